"""The derivative of a function of one real variable, by forward differentiation of the steps that it computes.

The result is a number of the same kind as the point: inside a recording it is recorded, so that a certificate holds the arithmetic of the derivative itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from exact import reals
from exact.numerals import read_rational
from exact.reals import Real, plain
from exact.recording import Recorded, Step, recording

_Tangent = tuple[Real, Real]
"""A value and its derivative."""


class NotDifferentiable(ValueError):
    """A step whose derivative is not known (abs, min, max, a power with a computed exponent), or a point where the function changes its branch."""


def derivative(function: Callable[[Real], Real], x: Real) -> Real:
    """The derivative of ``function`` at ``x``: a rational, a ball, or a recorded number, as x is.

    The function uses arithmetic and :mod:`exact.reals`; where it compares, the branch that is taken at x counts, if it is the one that is taken
    around x: the compared numbers differ (inside a recording, the certificate says so). Raises NotDifferentiable, and Undecidable.
    """
    with recording(scratch=True) as scratch:
        variable = Recorded(scratch, scratch.step("var", 0), plain(x))
        output = scratch.number(function(variable)).node
    tangents = _run(scratch.steps, x)
    moving = _moving(scratch.steps)
    for relation, left, right in scratch.steering:
        if (left in moving or right in moving) and (left == right or not tangents[left][0] != tangents[right][0]):
            raise NotDifferentiable(f"the point lies where the function changes its branch: {relation} is a tie there")
    return tangents[output][1]


def _moving(steps: Sequence[Step]) -> set[int]:
    """The steps that depend on the variable."""
    moving: set[int] = set()
    for node, (name, *arguments) in enumerate(steps):
        inner = arguments[:1] if name == "pow" else () if name in ("num", "ball") else arguments
        if name == "var" or not moving.isdisjoint(inner):
            moving.add(node)
    return moving


def _run(steps: Sequence[Step], x: Real) -> list[_Tangent]:
    tangents: list[_Tangent] = []
    for name, *arguments in steps:
        if name == "var":
            tangents.append((x, Fraction(1)))
        elif name == "num":
            tangents.append((read_rational(arguments[0]), Fraction(0)))
        elif name == "ball":
            tangents.append((arguments[0], Fraction(0)))
        elif name == "pow":
            tangents.append(_power(tangents[arguments[0]], arguments[1]))
        else:
            tangents.append(_apply(name, [tangents[node] for node in arguments]))
    return tangents


def _power(base: _Tangent, exponent: int) -> _Tangent:
    f, df = base
    slope = exponent * f ** (exponent - 1) if exponent else Fraction(0)
    return f**exponent, slope * df


def _apply(name: str, arguments: Sequence[_Tangent]) -> _Tangent:
    rule = _RULES.get(name)
    if rule is None:
        raise NotDifferentiable(f"no derivative of {name}: use + − × ÷, integer powers, exp, log, sqrt and tanh")
    return rule(*arguments)


def _divided(f: _Tangent, g: _Tangent) -> _Tangent:
    quotient = f[0] / g[0]
    return quotient, (f[1] - quotient * g[1]) / g[0]


def _exp(f: _Tangent) -> _Tangent:
    value = reals.exp(f[0])
    return value, value * f[1]


def _sqrt(f: _Tangent) -> _Tangent:
    value = reals.sqrt(f[0])
    return value, f[1] / (2 * value)


def _tanh(f: _Tangent) -> _Tangent:
    value = reals.tanh(f[0])
    return value, (1 - value * value) * f[1]


_RULES: dict[str, Callable[..., _Tangent]] = {
    "add": lambda f, g: (f[0] + g[0], f[1] + g[1]),
    "sub": lambda f, g: (f[0] - g[0], f[1] - g[1]),
    "mul": lambda f, g: (f[0] * g[0], f[1] * g[0] + f[0] * g[1]),
    "div": _divided,
    "neg": lambda f: (-f[0], -f[1]),
    "exp": _exp,
    "log": lambda f: (reals.log(f[0]), f[1] / f[0]),
    "sqrt": _sqrt,
    "tanh": _tanh,
}
