"""Repeated attempts at an attack: independence, the union bound, and how many attempts match a given success."""

from __future__ import annotations

from fractions import Fraction

from exact.balls import working_precision
from exact.reals import Real, ball, log

_MOST_EXACT = 4_096
"""Up to so many attempts a power is compared as a fraction."""


def independent_success(q: Real, attempts: int) -> Real:
    """The probability that one of so many independent attempts succeeds."""
    return 1 - (1 - q) ** attempts


def union_bound(q: Real, attempts: int) -> Real:
    """The sum of the probabilities (it may exceed 1)."""
    return attempts * q


def matching_attempts(q: Fraction, target: Fraction) -> int | None:
    """The least number of independent attempts whose success is at least the target; None where none is enough."""
    if target == 0:
        return 0
    if q == 0 or (target == 1 and q < 1):
        return None
    if q == 1:
        return 1
    return _least(q, target)


def _least(q: Fraction, target: Fraction) -> int:
    """The least n with (1 − q)^n <= 1 − target, from n >= log(1 − target)/log(1 − q): whole part plus one unless it is attained exactly."""
    bits = 128
    while True:
        try:
            with working_precision(bits):
                ratio = ball(log(1 - target)) / ball(log(1 - q))
                low, high = -(-ratio.lower // 1), -(-ratio.upper // 1)
        except ZeroDivisionError:  # 1 − q is 1 at this precision
            bits *= 2
            continue
        if low == high:
            return int(low)
        if _is_power(1 - q, int(low), 1 - target):  # the ratio is an integer: no precision tells it from what is above
            return int(low)
        bits *= 2


def _is_power(base: Fraction, exponent: int, power: Fraction) -> bool:
    """Whether base^exponent is exactly this; the size of the denominators tells most that are not."""
    bits = (base.denominator.bit_length() - 1) * exponent
    return bits <= power.denominator.bit_length() and base**exponent == power
