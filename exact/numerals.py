"""Exact numbers as text: ``"p/q"`` out, and strict, bounded reading of what people type in."""

from __future__ import annotations

import re
from fractions import Fraction

_DECIMAL_DIGITS = 4000
_HEXADECIMAL_FROM = 1 << 13_287  # 10**4000 is a little larger: decimal text stays below Python's own limit for int(str)
_RATIONAL = re.compile(r"[+-]?\d{1,4000}/\d{1,4000}")
_POINT = re.compile(r"[+-]?(\d{1,4000}\.?\d{0,4000}|\.\d{1,4000})([eE][+-]?\d{1,4})?")


def numeral(value: Fraction | int) -> str:
    """``"p"`` or ``"p/q"`` in lowest terms; hexadecimal beyond 4,000 decimal digits."""
    value = Fraction(value)
    top = _integer(value.numerator)
    return top if value.denominator == 1 else f"{top}/{_integer(value.denominator)}"


def _integer(value: int) -> str:
    return str(value) if abs(value) < _HEXADECIMAL_FROM else hex(value)


def read_rational(text: str) -> Fraction:
    """The rational that a text such as ``-3``, ``2/7``, ``0.05`` or ``1e-4`` denotes, exactly.

    Raises ValueError for anything else, and for texts that would take more than a few thousand digits.
    """
    text = text.strip()
    if _RATIONAL.fullmatch(text):
        top, bottom = text.split("/")
        if int(bottom) == 0:
            raise ValueError(f"{text!r} has denominator 0")
        return Fraction(int(top), int(bottom))
    if _POINT.fullmatch(text):
        return Fraction(text)
    raise ValueError(f"{text[:40]!r} is no rational number: write 3, -2/7, 0.05 or 1e-4")
