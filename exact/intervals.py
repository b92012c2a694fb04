"""Intervals with rational or infinite ends: the arithmetic in which covers of a region are searched.

Sums, products and quotients are exact until their ends grow long, then rounded outward; elementary functions are enclosed end by
end with Arb, so that a wide interval keeps its sharp image. A thin interval (both ends equal) is an exact number: it stays
exact under arithmetic, and so do exp 0, log 1, tanh 0 and square roots of squares. Functions take the working precision in bits.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

from flint import arb, fmpq

End: TypeAlias = Any
"""``flint.fmpq``, or None for an infinite end."""

EXACT_BITS = 200_000
"""A thin interval stays exact up to this length of numerator or denominator."""

_MAX_EXPONENT = 1 << 17
_EXP_LIMIT = fmpq(1 << 16)
_HUGE, _TINY = fmpq(1 << (1 << 16)), fmpq(1, 1 << (1 << 16))
_ZERO, _ONE = fmpq(0), fmpq(1)


class Undefined(ArithmeticError):
    """A function is not defined for every number in the interval it was given."""


class Interval:
    """All real numbers between two ends, the finite ones included."""

    __slots__ = ("hi", "lo")

    def __init__(self, lo: End, hi: End) -> None:
        self.lo, self.hi = lo, hi

    @property
    def thin(self) -> bool:
        """Whether this is one exact number."""
        return self.lo is not None and self.lo == self.hi

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.lo is not None and self.hi is not None

    @property
    def is_zero(self) -> bool:
        """Whether this is exactly 0."""
        return self.lo is not None and not self.lo and self.hi is not None and not self.hi

    @property
    def positive(self) -> bool:
        """Whether every number in it is > 0."""
        return self.lo is not None and self.lo > 0

    @property
    def negative(self) -> bool:
        """Whether every number in it is < 0."""
        return self.hi is not None and self.hi < 0

    @property
    def nonnegative(self) -> bool:
        """Whether every number in it is >= 0."""
        return self.lo is not None and self.lo >= 0

    @property
    def nonpositive(self) -> bool:
        """Whether every number in it is <= 0."""
        return self.hi is not None and self.hi <= 0

    def contains(self, value: End) -> bool:
        """Whether a finite number lies in it."""
        return (self.lo is None or self.lo <= value) and (self.hi is None or value <= self.hi)

    def __repr__(self) -> str:
        return f"[{'-inf' if self.lo is None else self.lo}, {'inf' if self.hi is None else self.hi}]"


ZERO, ONE = Interval(_ZERO, _ZERO), Interval(_ONE, _ONE)


def rational(value: Fraction | int) -> End:
    """The number as flint's rational."""
    value = Fraction(value)
    return fmpq(value.numerator, value.denominator)


def fraction(value: End) -> Fraction:
    """Flint's rational as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def point(value: Fraction | int) -> Interval:
    """The thin interval of a rational."""
    end = rational(value)
    return Interval(end, end)


def between(lower: Fraction | int | None, upper: Fraction | int | None) -> Interval:
    """The interval between two rationals, None for an infinite end."""
    return Interval(None if lower is None else rational(lower), None if upper is None else rational(upper))


# Rounding


def rounded(value: Interval, bits: int) -> Interval:
    """The interval itself while its ends are short, else one that contains it with ends of about ``bits`` bits."""
    lo, hi = value.lo, value.hi
    if (lo is None or lo.height_bits() <= 2 * bits) and (hi is None or hi.height_bits() <= 2 * bits):
        return value
    if value.thin and lo.height_bits() <= EXACT_BITS:
        return value
    return Interval(None if lo is None else _down(lo, bits), None if hi is None else _up(hi, bits))


def _down(x: End, bits: int) -> End:
    if x.height_bits() <= 2 * bits:
        return x
    exponent = int(x.p).bit_length() - int(x.q).bit_length()
    if exponent > _MAX_EXPONENT:
        return fmpq(1 << _MAX_EXPONENT) if x > 0 else None
    if exponent < -_MAX_EXPONENT:
        return _ZERO if x > 0 else fmpq(-1, 1 << _MAX_EXPONENT)
    return arb(x).lower().fmpq()


def _up(x: End, bits: int) -> End:
    low = _down(-x, bits)
    return None if low is None else -low


# Arithmetic


def negative(a: Interval) -> Interval:
    """−a."""
    return Interval(None if a.hi is None else -a.hi, None if a.lo is None else -a.lo)


def add(a: Interval, b: Interval) -> Interval:
    """a + b."""
    return Interval(None if a.lo is None or b.lo is None else a.lo + b.lo,
                    None if a.hi is None or b.hi is None else a.hi + b.hi)


def subtract(a: Interval, b: Interval) -> Interval:
    """a − b."""
    return Interval(None if a.lo is None or b.hi is None else a.lo - b.hi,
                    None if a.hi is None or b.lo is None else a.hi - b.lo)


def multiply(a: Interval, b: Interval) -> Interval:
    """a · b, where 0 times an infinite end is 0 (the numbers in an interval are finite)."""
    (al, ah), (bl, bh) = (a.lo, a.hi), (b.lo, b.hi)
    if al is ah and bl is bh and al is not None and bl is not None:
        value = al * bl
        return Interval(value, value)
    if a.is_zero or b.is_zero:
        return ZERO
    if al is not None and al >= 0:
        return Interval(_product(al if bl is not None and bl >= 0 else ah, bl), _product(al if bh is not None and bh <= 0 else ah, bh))
    if ah is not None and ah <= 0:
        return negative(multiply(negative(a), b))
    if (bl is not None and bl >= 0) or (bh is not None and bh <= 0):
        return multiply(b, a)
    if al is None or ah is None or bl is None or bh is None:
        return Interval(None, None)
    return Interval(min(al * bh, ah * bl), max(al * bl, ah * bh))


def _product(x: End, y: End) -> End:
    if x is None or y is None:
        return _ZERO if (x is not None and not x) or (y is not None and not y) else None
    return x * y


def reciprocal(a: Interval) -> Interval:
    """1/a. Raises Undefined when a contains 0."""
    if not (a.positive or a.negative):
        raise Undefined(f"division by {a}")
    return Interval(_ZERO if a.hi is None else 1 / a.hi, _ZERO if a.lo is None else 1 / a.lo)


def divide(a: Interval, b: Interval) -> Interval:
    """a / b. Raises Undefined when b contains 0."""
    return multiply(a, reciprocal(b))


def maximum(a: Interval, b: Interval) -> Interval:
    """The larger of two numbers."""
    lo = a.lo if b.lo is None else b.lo if a.lo is None else max(a.lo, b.lo)
    return Interval(lo, None if a.hi is None or b.hi is None else max(a.hi, b.hi))


def minimum(a: Interval, b: Interval) -> Interval:
    """The smaller of two numbers."""
    return negative(maximum(negative(a), negative(b)))


def absolute(a: Interval) -> Interval:
    """The size of a number."""
    return maximum(maximum(a, negative(a)), ZERO)


def scale(a: Interval, factor: End) -> Interval:
    """a times an exact number."""
    if not factor:
        return ZERO
    lo, hi = None if a.lo is None else a.lo * factor, None if a.hi is None else a.hi * factor
    return Interval(lo, hi) if factor > 0 else Interval(hi, lo)


# Powers and elementary functions


def power(a: Interval, n: int, bits: int) -> Interval:
    """a to an integer power; 0 to the 0 is 1."""
    if n < 0:
        return reciprocal(power(a, -n, bits))
    if n == 0:
        return ONE
    if n == 1:
        return a
    if a.thin and n * a.lo.height_bits() <= EXACT_BITS:
        value = a.lo**n
        return Interval(value, value)
    base = a if n % 2 else absolute(a)
    return Interval(None if base.lo is None else _power_end(base.lo, n, bits, -1), None if base.hi is None else _power_end(base.hi, n, bits, 1))


def _power_end(x: End, n: int, bits: int, side: int) -> End:
    if n * x.height_bits() <= 4 * bits:
        return x**n
    return _bound(arb(x) ** n, side)


def _bound(value: arb, side: int) -> End:
    """The upper (side 1) or lower (side −1) bound of a ball as a rational, None where it is beyond all bounds."""
    end = value.upper() if side > 0 else value.lower()
    if not end.is_finite():
        return None
    mantissa, exponent = end.man_exp()
    size = int(exponent) + int(mantissa).bit_length()
    if size > _MAX_EXPONENT:
        return None if (mantissa > 0) == (side > 0) else fmpq(-side << _MAX_EXPONENT)
    if size < -_MAX_EXPONENT:
        return _ZERO if (mantissa > 0) == (side < 0) else fmpq(side, 1 << _MAX_EXPONENT)
    return end.fmpq()


def _increasing(function: Callable[[arb], arb], a: Interval, left: End = None, right: End = None) -> Interval:
    """The image under an increasing function, with its limits at infinite ends."""
    return Interval(left if a.lo is None else _bound(function(arb(a.lo)), -1), right if a.hi is None else _bound(function(arb(a.hi)), 1))


def exp(a: Interval) -> Interval:
    """The exponential function; exact at 0."""
    return Interval(_ZERO if a.lo is None else _exp_end(a.lo, -1), None if a.hi is None else _exp_end(a.hi, 1))


def _exp_end(x: End, side: int) -> End:
    if not x:
        return _ONE
    if x > _EXP_LIMIT:
        return _HUGE if side < 0 else None
    if x < -_EXP_LIMIT:
        return _ZERO if side < 0 else _TINY
    return _bound(arb(x).exp(), side)


def log(a: Interval) -> Interval:
    """The natural logarithm; exact at 1. Raises Undefined unless a > 0."""
    if not a.positive:
        raise Undefined(f"logarithm of {a}")
    return Interval(_log_end(a.lo, -1), None if a.hi is None else _log_end(a.hi, 1))


def _log_end(x: End, side: int) -> End:
    return _ZERO if x == 1 else _bound(arb(x).log(), side)


def sqrt(a: Interval) -> Interval:
    """The square root; exact for squares of rationals. Raises Undefined unless a >= 0."""
    if not a.nonnegative:
        raise Undefined(f"square root of {a}")
    return Interval(_sqrt_end(a.lo, -1), None if a.hi is None else _sqrt_end(a.hi, 1))


def _sqrt_end(x: End, side: int) -> End:
    top, bottom = int(x.p), int(x.q)
    p, q = isqrt(top), isqrt(bottom)
    return fmpq(p, q) if p * p == top and q * q == bottom else _bound(arb(x).sqrt(), side)


def tanh(a: Interval) -> Interval:
    """The hyperbolic tangent; exact at 0."""
    image = _increasing(lambda x: x.tanh(), a, -_ONE, _ONE)
    return Interval(_ZERO if a.lo is not None and not a.lo else image.lo, _ZERO if a.hi is not None and not a.hi else image.hi)


def real_power(a: Interval, b: Interval, bits: int) -> Interval:
    """a to the real power b = exp(b log a) for a > 0; also 0 to the b is 0 for b > 0. Raises Undefined elsewhere."""
    if not a.nonnegative or (not a.lo and not b.positive):
        raise Undefined(f"{a} to the power {b}")
    if b.thin and b.lo.q == 1 and abs(b.lo) <= 1_000_000:
        return power(a, int(b.lo.p), bits)
    if a.is_zero:
        return ZERO
    logarithm = log(a) if a.lo else Interval(None, None if a.hi is None else _log_end(a.hi, 1))
    return exp(rounded(multiply(b, logarithm), bits))
