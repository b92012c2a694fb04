"""Jets over boxes enclose derivatives, and exact zeros are seen as zeros."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import BoxFunction, multivariate, univariate
from exact.intervals import Interval, Undefined
from exact.programs import from_sympy

x, y = sp.symbols("x y", real=True)
FUNCTIONS = [
    x**3 - 2 * x * y, sp.exp(x * y) - y, sp.log(2 + x + y**2), sp.tanh(x - y) / (1 + y**2), sp.sqrt(1 + x**2 + y), (1 + x**2) ** sp.Rational(1, 3),
    x ** (-2) * y, sp.Max(x, y + 3), abs(x - 5) * y, (2 + y) ** (x / 2),
]
points = st.fractions(Fraction(1, 4), 2, max_denominator=8)
bits = 64


def function(expression: sp.Expr) -> tuple[BoxFunction, int]:
    program, (node,) = from_sympy([expression], [x, y])
    return BoxFunction(program, [node]), node


def contains(interval: Interval, value: sp.Expr) -> bool:
    number = Fraction(str(sp.N(value, 40)))
    slack = Fraction(1, 10**15) * (1 + abs(number))
    return (interval.lo is None or iv.fraction(interval.lo) <= number + slack) and (interval.hi is None or number - slack <= iv.fraction(interval.hi))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FUNCTIONS), points, points, st.fractions(0, Fraction(1, 8), max_denominator=64))
def test_derivatives_are_enclosed(expression: sp.Expr, a: Fraction, b: Fraction, radius: Fraction) -> None:
    f, node = function(expression)
    box = [iv.between(a - radius / 2, a + radius), iv.between(b, b + radius)]
    here = {x: sp.Rational(a.numerator, a.denominator), y: sp.Rational(b.numerator, b.denominator)}
    with working_precision(bits + 16):
        branches = f.branches(f.values(box, bits))
        value = f.values(box, bits)[node]
        gradient = f.jets(box, multivariate(2, 1), branches, bits)[node]
        second = f.jets(box, multivariate(2, 2), branches, bits)[node]
        taylor = f.jets(box, univariate(0, 4), branches, bits)[node]
    assert contains(value, expression.subs(here))
    for v, symbol in enumerate((x, y)):
        assert contains(gradient[1 + v], sp.diff(expression, symbol).subs(here))
    for place, (v, w) in enumerate([(x, x), (x, y), (y, y)]):
        scale = sp.Rational(1, 2) if v == w else 1
        assert contains(second[3 + place], scale * sp.diff(expression, v, w).subs(here))
    for k in range(5):
        derivative = sp.diff(expression, x, k) if k else expression
        assert contains(taylor[k], derivative.subs(here) / factorial(k))


def test_a_touching_point_is_seen_exactly() -> None:
    """z/4 − tanh(z/2)/2 vanishes to third order at 0, with coefficient 1/48."""
    f, node = function(x / 4 - sp.tanh(x / 2) / 2)
    with working_precision(80):
        jet = f.jets([iv.point(0), iv.between(None, None)], univariate(0, 5), {}, bits)[node]
    assert all(coefficient.is_zero for coefficient in jet[:3])
    assert iv.fraction(jet[3].lo) == Fraction(1, 48)
    assert jet[3].thin


def test_other_variables_range_over_their_sides() -> None:
    f, node = function(y * sp.log(1 + x / y))
    with working_precision(80):
        jet = f.jets([iv.point(0), iv.between(1, 2)], univariate(0, 2), {}, bits)[node]
    assert jet[0].is_zero
    assert jet[1].positive


def test_branches_are_decided_on_the_box_only() -> None:
    f, node = function(abs(x) + sp.Max(x, y))
    with working_precision(80):
        undecided = f.branches(f.values([iv.between(-1, 1), iv.between(0, 2)], bits))
        decided = f.branches(f.values([iv.between(0, 1), iv.between(1, 2)], bits))
        with pytest.raises(Undefined):
            f.jets([iv.between(-1, 1), iv.between(0, 2)], multivariate(2, 1), undecided, bits)
        at_the_kink = f.jets([iv.point(0), iv.point(1)], multivariate(2, 1), decided, bits)[node]
    assert (len(undecided), len(decided)) == (0, 2)
    assert iv.fraction(at_the_kink[1].lo) == 1


def test_what_may_be_undefined_is_said() -> None:
    for expression in (sp.log(x), 1 / x, sp.sqrt(x - 1), x ** sp.Rational(1, 2) / y):
        f, _ = function(expression)
        with pytest.raises(Undefined), working_precision(80):
            f.values([iv.between(0, 1), iv.between(0, 1)], bits)
