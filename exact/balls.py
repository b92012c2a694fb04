"""Rigorous real balls: a midpoint and a radius that provably contain a real number (Arb, through python-flint)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from flint import arb, ctx, fmpq

_Test = Callable[[arb, arb], bool]

DEFAULT_PRECISION = 256
"""Working precision in bits; Arb keeps every result rigorous at any precision, only radii depend on it."""

ctx.prec = DEFAULT_PRECISION


class Undecidable(ArithmeticError):
    """A comparison that the balls at hand, at the present precision, do not decide."""


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Compute with ``bits`` bits inside the ``with`` block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def to_arb(value: int | Fraction) -> arb:
    """The smallest ball around a rational at the working precision."""
    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    return arb(value)


def fraction_of(point: arb) -> Fraction:
    """The midpoint of an Arb ball, exactly."""
    mantissa, exponent = point.mid().man_exp()
    mantissa, exponent = int(mantissa), int(exponent)
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


class Ball:
    """A real number known up to a rigorous radius. Mixes with ``int`` and ``Fraction``, never with ``float``.

    Comparisons answer only what is certain and raise :class:`Undecidable` otherwise.
    """

    __slots__ = ("arb",)
    __hash__ = None  # type: ignore[assignment]  # equality of balls is not decidable

    def __init__(self, value: arb | int | Fraction) -> None:
        self.arb: arb = value if isinstance(value, arb) else to_arb(value)
        if self.arb.is_nan():
            raise ArithmeticError("an operation outside its domain (or at its edge, within the radius) gave no number")

    @staticmethod
    def _other(value: object) -> arb | None:
        if isinstance(value, Ball):
            return value.arb
        if isinstance(value, int | Fraction):
            return to_arb(value)
        return None

    def __add__(self, other: object) -> Ball:
        right = self._other(other)
        return NotImplemented if right is None else Ball(self.arb + right)

    __radd__ = __add__

    def __sub__(self, other: object) -> Ball:
        right = self._other(other)
        return NotImplemented if right is None else Ball(self.arb - right)

    def __rsub__(self, other: object) -> Ball:
        left = self._other(other)
        return NotImplemented if left is None else Ball(left - self.arb)

    def __mul__(self, other: object) -> Ball:
        right = self._other(other)
        return NotImplemented if right is None else Ball(self.arb * right)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Ball:
        right = self._other(other)
        return NotImplemented if right is None else _quotient(self.arb, right)

    def __rtruediv__(self, other: object) -> Ball:
        left = self._other(other)
        return NotImplemented if left is None else _quotient(left, self.arb)

    def __neg__(self) -> Ball:
        return Ball(-self.arb)

    def __pos__(self) -> Ball:
        return self

    def __abs__(self) -> Ball:
        return Ball(abs(self.arb))

    def __pow__(self, exponent: object) -> Ball:
        if isinstance(exponent, int):
            return Ball(integer_power(self.arb, exponent))
        return NotImplemented

    def __lt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a < b, lambda a, b: a >= b, "<")

    def __le__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a <= b, lambda a, b: a > b, "<=")

    def __gt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a > b, lambda a, b: a <= b, ">")

    def __ge__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a >= b, lambda a, b: a < b, ">=")

    def __eq__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a == b, lambda a, b: a != b, "==")

    def __ne__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a != b, lambda a, b: a == b, "!=")

    def _compare(self, other: object, yes: _Test, no: _Test, symbol: str) -> bool:
        right = self._other(other)
        if right is None:
            return NotImplemented  # type: ignore[no-any-return]
        if yes(self.arb, right):
            return True
        if no(self.arb, right):
            return False
        raise Undecidable(f"{self} {symbol} {Ball(right)} is not decided at {ctx.prec} bits")

    def __bool__(self) -> bool:
        return self != 0

    def exp(self) -> Ball:
        """e to this number."""
        return Ball(self.arb.exp())

    def log(self) -> Ball:
        """Natural logarithm; the ball must be positive."""
        return Ball(self.arb.log())

    def sqrt(self) -> Ball:
        """Square root; the ball must be non-negative."""
        return Ball(self.arb.sqrt())

    def tanh(self) -> Ball:
        """Hyperbolic tangent."""
        return Ball(self.arb.tanh())

    @property
    def mid(self) -> Fraction:
        """The midpoint, exactly."""
        return fraction_of(self.arb)

    @property
    def rad(self) -> Fraction:
        """An upper bound of the distance to the midpoint."""
        return fraction_of(self.arb.rad().upper())

    @property
    def lower(self) -> Fraction:
        """A rational lower bound."""
        return fraction_of(self.arb.lower())

    @property
    def upper(self) -> Fraction:
        """A rational upper bound."""
        return fraction_of(self.arb.upper())

    @classmethod
    def between(cls, lower: Fraction, upper: Fraction) -> Ball:
        """A ball that contains the segment from ``lower`` to ``upper``."""
        return cls(to_arb(lower).union(to_arb(upper)))

    def to_json(self, digits: int = 30) -> dict[str, str]:
        """``{"mid": decimal, "rad": decimal}``; the decimal ball contains this one."""
        mid, rad, exponent = (int(part) for part in self.arb.mid_rad_10exp(digits))
        return {"mid": _scientific(mid, exponent), "rad": _scientific(rad, exponent)}

    def __repr__(self) -> str:
        return f"Ball({self.arb.str(20, radius=True)})"

    def __str__(self) -> str:
        return str(self.arb.str(15, radius=True))

    def __float__(self) -> float:
        return float(self.arb.mid())


def integer_power(base: arb, exponent: int) -> arb:
    """The power; FLINT's own is no number as soon as the base may be 0. Raises ZeroDivisionError for a negative power of such a base."""
    if not base.contains(0):
        return base**exponent
    if exponent < 0:
        raise ZeroDivisionError(f"a negative power of {base.str(10, radius=True)}, which may be zero")
    power, square = arb(1), base
    while exponent:
        power = power * square if exponent & 1 else power
        exponent >>= 1
        square = square * square if exponent else square
    return power


def _quotient(numerator: arb, denominator: arb) -> Ball:
    if denominator.contains(0):
        raise ZeroDivisionError(f"division by {denominator.str(10, radius=True)}, which may be zero")
    return Ball(numerator / denominator)


def _scientific(mantissa: int, exponent: int) -> str:
    digits = str(abs(mantissa)).rstrip("0") or "0"
    if digits == "0":
        return "0"
    exponent += len(str(abs(mantissa))) - 1
    sign = "-" if mantissa < 0 else ""
    point = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{point}" if exponent == 0 else f"{sign}{point}e{exponent}"
