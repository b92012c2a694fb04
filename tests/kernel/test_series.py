"""Taylor coefficients: against Arb's power series in one variable, against sympy's derivatives in several."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import arb, arb_series, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.kernel import series
from checkers.kernel.documents import Field, Rejected
from checkers.kernel.intervals import ONE, Interval, Value, ends
from checkers.kernel.programs import Program, Source, expand, read_program
from checkers.kernel.series import Series

FEW = settings(max_examples=40, deadline=None)
POINTS = st.fractions(Fraction(1, 4), 3, max_denominator=50)
BITS = 100

ONE_VARIABLE: dict[str, tuple[Callable[[Series], Series], Callable[[Any], Any]]] = {
    "exp": (series.exp, lambda x: x.exp()),
    "log": (series.log, lambda x: x.log()),
    "sqrt": (series.sqrt, lambda x: x.sqrt()),
    "tanh": (series.tanh, lambda x: ((2 * x).exp() - 1) / ((2 * x).exp() + 1)),
    "cube": (lambda f: series.power(f, 3), lambda x: x * x * x),
    "reciprocal": (lambda f: series.power(f, -1), lambda x: 1 / x),
    "power -4": (lambda f: series.power(f, -4), lambda x: 1 / (x * x * x * x)),
    "power 5/2": (lambda f: series.real_power(f, number(f, Fraction(5, 2))), lambda x: x * x * x.sqrt()),
    "power f": (lambda f: series.real_power(f, f), lambda x: (x * x.log()).exp()),
    "exp of tanh of log": (lambda f: series.exp(series.tanh(series.log(f))),
                           lambda x: ((x * x - 1) / (x * x + 1)).exp()),
    "product": (lambda f: f * series.exp(f) - f * f + f, lambda x: x * x.exp() - x * x + x),
}


def number(like: Series, value: Value) -> Series:
    return Series({(): value}, like.order, like.bits)


def taylor(f: Callable[[Any], Any], p: Fraction, order: int) -> list[arb]:
    """Arb's Taylor coefficients at a point."""
    ctx.prec, ctx.cap = 800, order + 1
    expansion = f(arb_series([arb(fmpq(p.numerator, p.denominator)), 1]))
    return [expansion[k] for k in range(order + 1)]


def encloses(value: Value, truth: arb) -> bool:
    lo, hi = ends(value)
    return not ((lo is not None and arb(fmpq(lo.numerator, lo.denominator)) > truth)
                or (hi is not None and arb(fmpq(hi.numerator, hi.denominator)) < truth))


def width(value: Value) -> Fraction:
    lo, hi = ends(value)
    assert lo is not None
    assert hi is not None
    return hi - lo


@pytest.mark.parametrize("name", ONE_VARIABLE)
@FEW
@given(p=POINTS, order=st.integers(1, 9))
def test_coefficients_at_a_point_are_enclosed_tightly(name: str, p: Fraction, order: int) -> None:
    ours, theirs = ONE_VARIABLE[name]
    terms = ours(Series({(): p, (0,): ONE}, order, BITS)).terms
    for k, truth in enumerate(taylor(theirs, p, order)):
        value = terms.get((0,) * k, Fraction(0))
        assert encloses(value, truth)
        assert width(value) < Fraction(1, 2**60)


@pytest.mark.parametrize("name", ONE_VARIABLE)
@FEW
@given(p=POINTS, radius=st.fractions(0, 1, max_denominator=100), weight=st.fractions(0, 1, max_denominator=8))
def test_coefficients_on_an_interval_contain_those_at_its_points(
        name: str, p: Fraction, radius: Fraction, weight: Fraction) -> None:
    ours, theirs = ONE_VARIABLE[name]
    side = Interval(p, p + radius)
    terms = ours(Series({(): side, (0,): ONE}, 5, 30)).terms
    for k, truth in enumerate(taylor(theirs, p + weight * radius, 5)):
        assert encloses(terms.get((0,) * k, Fraction(0)), truth)


STEPS = [["var", 0], ["var", 1], ["var", 2], ["mul", 0, 1], ["exp", 3], ["tanh", 2], ["mul", 4, 5], ["add", 0, 2],
         ["sqrt", 7], ["div", 6, 8], ["log", 1], ["pow", 10, 3], ["sub", 9, 11], ["rpow", 1, 0], ["add", 12, 13]]


def program(steps: list[list[Any]], variables: int) -> Program:
    return read_program(Field({"variables": [f"x{v}" for v in range(variables)], "steps": steps}, "program"))


@settings(max_examples=8, deadline=None)
@given(st.tuples(POINTS, POINTS, POINTS))
def test_gradients_and_hessians_agree_with_sympy(point: tuple[Fraction, Fraction, Fraction]) -> None:
    x, y, z = symbols = sympy.symbols("x y z", positive=True)
    f = sympy.exp(x * y) * sympy.tanh(z) / sympy.sqrt(x + z) - sympy.log(y) ** 3 + y**x
    inputs = {Source("var", v): Series({(): p, (v,): ONE}, 2, BITS) for v, p in enumerate(point)}
    terms = expand(program(STEPS, 3), inputs, 2, BITS, {}, "")[14].terms
    at = {symbol: sympy.Rational(p.numerator, p.denominator) for symbol, p in zip(symbols, point, strict=True)}
    for monomial in [(), (0,), (1,), (2,), (0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]:
        derivative = sympy.diff(f, *(symbols[v] for v in monomial)) if monomial else f
        truth = arb(str(sympy.N(derivative.subs(at), 60))) / (2 if len(set(monomial)) < len(monomial) else 1)
        truth += arb(0, "1e-45") * (1 + abs(truth))
        assert encloses(terms[monomial], truth), monomial
        assert width(terms[monomial]) < Fraction(1, 2**40)


def absolute_value(box: Value, at: Value, branches: dict[int, bool]) -> Series:
    steps = program([["var", 0], ["abs", 0]], 1)
    expand(steps, {Source("var", 0): Series({(): box, (0,): ONE}, 1, BITS)}, 1, BITS, branches, "piece")
    return expand(steps, {Source("var", 0): Series({(): at, (0,): ONE}, 1, BITS)}, 1, BITS, branches, "piece")[1]


def test_the_branch_of_the_piece_rules_at_its_points() -> None:
    zero, one = Fraction(0), Fraction(1)
    assert absolute_value(Interval(zero, one), zero, {}).terms[0,] == 1
    assert absolute_value(Interval(-one, zero), zero, {}).terms[0,] == -1
    with pytest.raises(Rejected, match=r"piece: step 1 \(abs\) fails: no derivative"):
        absolute_value(Interval(-one, one), one, {})


@pytest.mark.parametrize(("step", "reason"), [
    (["log", 0], "logarithm of [0, 1]"),
    (["sqrt", 0], "division by [0, 1]"),
    (["rpow", 0, 1], "to the power -1/2"),
    (["ipow", 2, 0], "not a constant integer"),
    (["pow", 0, -1], "division by [0, 1]"),
    (["div", 1, 0], "division by [0, 1]"),
    (["max", 0, 1], "no derivative"),
    (["abs", 3], "no derivative"),
])
def test_functions_that_are_not_smooth_on_the_piece_are_refused(step: list[Any], reason: str) -> None:
    steps = program([["var", 0], ["num", "1/2"], ["num", "3"], ["sub", 0, 1], step], 1)
    inputs = {Source("var", 0): Series({(): Interval(Fraction(0), ONE), (0,): ONE}, 1, BITS)}
    with pytest.raises(Rejected) as rejection:
        expand(steps, inputs, 1, BITS, {}, "piece")
    assert reason in rejection.value.reason


def test_steps_that_do_not_depend_on_the_variables_need_not_be_smooth() -> None:
    steps = program([["var", 0], ["num", "0"], ["sqrt", 1], ["abs", 1], ["num", "2"], ["ipow", 1, 4], ["rpow", 1, 4],
                     ["max", 1, 3], ["add", 7, 0]], 1)
    inputs = {Source("var", 0): Series({(): Interval(Fraction(0), ONE), (0,): ONE}, 3, BITS)}
    assert expand(steps, inputs, 3, BITS, {}, "")[8].terms[0,] == 1
