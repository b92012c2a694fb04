"""Elementary functions on every kind of number that assay computes with.

A quantity is written once, in these functions and ordinary arithmetic, and runs on

* ``int`` and ``Fraction``: exact, as long as only rational operations are used;
* :class:`exact.balls.Ball`: rigorous enclosures of transcendental values;
* :class:`exact.recording.Recorded`: the run is noted step by step, for a certificate.

A function of a rational stays rational where it is (exp 0, log 1, tanh 0, the root of a square) and becomes a ball elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

from exact.balls import Ball, Undecidable
from exact.recording import Recorded, active

Real: TypeAlias = Any
"""``int | Fraction | Ball | Recorded``. (``Any``, because mixed operators of four types defeat the type checker.)"""


def exp(x: Real) -> Real:
    """e to the x."""
    return _function("exp", x)


def log(x: Real) -> Real:
    """Natural logarithm of x > 0."""
    return _function("log", x)


def tanh(x: Real) -> Real:
    """Hyperbolic tangent."""
    return _function("tanh", x)


def sqrt(x: Real) -> Real:
    """Square root of x >= 0; rational when x is the square of a rational."""
    return _function("sqrt", x)


def _function(name: str, x: Real) -> Real:
    """The function on any kind of number; inside a recording, a rational constant is recorded too, so that nothing irrational escapes it."""
    if isinstance(x, Recorded | Ball):
        return getattr(x, name)()
    recorder = active()
    return _OF_RATIONAL[name](Fraction(x)) if recorder is None else getattr(recorder.number(x), name)()


def of_plain(name: str, x: Fraction | Ball) -> Fraction | Ball:
    """``exp``, ``log``, ``tanh`` or ``sqrt`` of a number that is not recorded, inside a recording or not."""
    value: Fraction | Ball = getattr(x, name)() if isinstance(x, Ball) else _OF_RATIONAL[name](x)
    return value


def _exp(x: Fraction) -> Fraction | Ball:
    return Fraction(1) if x == 0 else Ball(x).exp()


def _log(x: Fraction) -> Fraction | Ball:
    if x <= 0:
        raise ValueError(f"log of {x}, which is not positive")
    return Fraction(0) if x == 1 else Ball(x).log()


def _tanh(x: Fraction) -> Fraction | Ball:
    return Fraction(0) if x == 0 else Ball(x).tanh()


def _sqrt(x: Fraction) -> Fraction | Ball:
    if x < 0:
        raise ValueError(f"square root of {x}, which is negative")
    top, bottom = isqrt(x.numerator), isqrt(x.denominator)
    if top * top == x.numerator and bottom * bottom == x.denominator:
        return Fraction(top, bottom)
    return Ball(x).sqrt()


_OF_RATIONAL: Mapping[str, Callable[[Fraction], Fraction | Ball]] = {"exp": _exp, "log": _log, "tanh": _tanh, "sqrt": _sqrt}


def minimum(values: Iterable[Real]) -> Real:
    """The least of finitely many numbers; never undecided, because a ball may cover the candidates."""
    return _extremum(list(values), -1)


def maximum(values: Iterable[Real]) -> Real:
    """The greatest of finitely many numbers; never undecided, because a ball may cover the candidates."""
    return _extremum(list(values), 1)


def _extremum(values: Sequence[Real], sign: int) -> Real:
    if not values:
        raise ValueError("the minimum or maximum of no numbers")
    best = values[0]
    for value in values[1:]:
        if isinstance(best, Recorded) or isinstance(value, Recorded):
            best = Recorded.extremum(best, value, sign)
        elif isinstance(best, Ball) or isinstance(value, Ball):
            left, right = _arb(best), _arb(value)
            best = Ball(left.max(right) if sign > 0 else left.min(right))
        else:
            best = max(best, value) if sign > 0 else min(best, value)
    return best


def _arb(value: Real) -> Any:
    return value.arb if isinstance(value, Ball) else Ball(value).arb


def argmax(values: Sequence[Real]) -> tuple[int, ...]:
    """Every index at which the greatest value stands, in order; raises :class:`Undecidable` when balls overlap."""
    best: list[int] = []
    for index, value in enumerate(values):
        if not best or value > values[best[0]]:
            best = [index]
        elif value == values[best[0]]:
            best.append(index)
    return tuple(best)


def ball(x: Real) -> Ball:
    """The number as a ball (of radius about 0 for a rational)."""
    if isinstance(x, Recorded):
        x = x.value
    return x if isinstance(x, Ball) else Ball(x)


def plain(x: Real) -> Fraction | Ball:
    """The number without its recording."""
    if isinstance(x, Recorded):
        x = x.value
    return x if isinstance(x, Ball) else Fraction(x)


def is_certain(comparison: Any) -> bool:
    """True when ``comparison()`` is certainly true; False when it is false or undecided."""
    try:
        return bool(comparison())
    except Undecidable:
        return False
