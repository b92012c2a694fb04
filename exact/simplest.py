"""Simplest rationals: the number with the smallest denominator in an interval, and short numbers near a value."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor


def simplest_between(lo: Fraction, hi: Fraction) -> Fraction:
    """The rational with the smallest denominator in [lo, hi], among those the one nearest to 0 (Stern–Brocot descent)."""
    if lo > hi:
        raise ValueError(f"no number between {lo} and {hi}")
    if lo <= 0 <= hi:
        return Fraction(0)
    if hi < 0:
        return -simplest_between(-hi, -lo)
    terms: list[int] = []
    while True:
        whole = ceil(lo)
        if whole <= hi:
            terms.append(whole)
            break
        whole = floor(lo)
        terms.append(whole)
        lo, hi = 1 / (hi - whole), 1 / (lo - whole)
    value = Fraction(terms.pop())
    while terms:
        value = terms.pop() + 1 / value
    return value


def middle(lo: Fraction, hi: Fraction) -> Fraction:
    """A short number well inside lo < hi: geometrically central when the ends differ by orders of magnitude.

    A dyadic number, so that repeated cuts stay short.
    """
    if lo > 0 and hi > 16 * lo:
        return _geometric(lo, hi)
    if hi < 0 and lo < 16 * hi:
        return -_geometric(-hi, -lo)
    return _dyadic(lo + (hi - lo) * Fraction(3, 8), lo + (hi - lo) * Fraction(5, 8))


def _geometric(lo: Fraction, hi: Fraction) -> Fraction:
    """A power of two about as many octaves above lo as below hi."""
    return Fraction(2) ** ((_octave(lo) + _octave(hi) + 1) // 2)


def _octave(x: Fraction) -> int:
    """Some integer n with 2^(n-1) < x < 2^(n+1)."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def _dyadic(lo: Fraction, hi: Fraction) -> Fraction:
    """The dyadic number with the smallest denominator in [lo, hi], lo < hi."""
    scale = 1
    while True:
        top = ceil(lo * scale)
        if top <= hi * scale:
            return Fraction(top, scale)
        scale *= 2
