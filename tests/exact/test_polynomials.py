"""Polynomials, normal forms, Sturm sequences, simplest rationals: against sympy and brute force."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from exact import univariate
from exact.normal_forms import NormalForms, integer_basis
from exact.polynomials import Quotient, Ring, TooLarge, coefficients, emit_horner, emit_terms, raw_quotient, value
from exact.programs import Builder, Program, evaluate, from_sympy
from exact.python_source import python_source
from exact.simplest import middle, simplest_between

x, y, z = sp.symbols("x y z", real=True)
small = st.integers(-4, 4)
terms = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), small.filter(bool), min_size=1, max_size=5)
rationals = st.fractions(-3, 3, max_denominator=7)


@given(terms, rationals, rationals)
def test_programs_compute_the_polynomial(given_terms: dict[tuple[int, int], int], a: Fraction, b: Fraction) -> None:
    ring = Ring(["x", "y"])
    p = ring.from_terms(given_terms)
    expected = sum((c * a**i * b**j for (i, j), c in given_terms.items()), Fraction(0))
    assert value(p, [a, b]) == expected
    for order in ([0, 1], [1, 0], []):
        builder = Builder(())
        nodes = [builder.step("var", 0), builder.step("var", 1)]
        node = emit_horner(builder, p, nodes, order) if order else emit_terms(builder, p, nodes)
        assert evaluate(Program(("x", "y"), tuple(builder.steps)), [a, b])[node] == expected


@given(terms, terms)
def test_quotients_are_in_lowest_terms(first: dict[tuple[int, int], int], second: dict[tuple[int, int], int]) -> None:
    ring = Ring(["x", "y"])
    p, q = ring.from_terms(first), ring.from_terms(second)
    quotient = Quotient.of(p * q, q * q)
    assert quotient.top * q == p * quotient.bottom
    assert quotient.top.gcd(quotient.bottom).is_constant()
    assert (quotient - Quotient.of(p, q)).is_zero


def test_nothing_is_cancelled_in_a_raw_quotient() -> None:
    program, (node,) = from_sympy([(x**2 - 1) / (x - 1) + 2 / (x - 1)], [x])
    top, bottom = raw_quotient(program, node)
    assert bottom.total_degree() >= 1
    assert Quotient.of(top, bottom).bottom.total_degree() == 1


def test_expansions_that_would_explode_are_refused() -> None:
    ring = Ring([f"x{i}" for i in range(12)])
    total = sum((ring.variable(i) for i in range(12)), ring.constant(0))
    with pytest.raises(TooLarge):
        Quotient.of(total, ring.constant(1)).power(40)


EXPRESSIONS = [
    (sp.tanh(x + y), (sp.tanh(x) + sp.tanh(y)) / (1 + sp.tanh(x) * sp.tanh(y)), True),
    (sp.exp(2 * x - 3 * y), sp.exp(x) ** 2 / sp.exp(y) ** 3, True),
    (sp.sqrt(1 + x) ** 3, (1 + x) * sp.sqrt(1 + x), True),
    (sp.log(x * y / x), sp.log(y), True),
    (sp.exp(x / 2) * sp.exp(x / 3), sp.exp(5 * x / 6), True),
    (sp.tanh(x), sp.tanh(2 * x) / 2, False),
    (sp.exp(x) + 1, sp.exp(x + 1), False),
    (sp.log(x + 1), sp.log(x), False),
]


@pytest.mark.parametrize(("left", "right", "equal"), EXPRESSIONS)
def test_normal_forms_decide_equality(left: sp.Expr, right: sp.Expr, equal: bool) -> None:
    program, (a, b) = from_sympy([left, right], [x, y])
    forms = NormalForms(program)
    assert forms.reduced(forms.forms[a] - forms.forms[b]).is_zero == equal


@given(st.lists(st.tuples(small, small, st.integers(1, 3)), min_size=1, max_size=4))
def test_exponents_are_integer_combinations_of_the_basis(rows: list[tuple[int, int, int]]) -> None:
    ring = Ring(["x", "y"])
    wanted = [Quotient.of(ring.variable(0) * i + ring.variable(1) * j, ring.constant(k)) for i, j, k in rows]
    basis, found = integer_basis(wanted, ring)
    assert len(basis) <= 2
    for quotient, row in zip(wanted, found, strict=True):
        total = Quotient(ring.constant(0), ring.constant(1))
        for n, w in zip(row, basis, strict=True):
            total = total + w * Quotient(ring.constant(n), ring.constant(1))
        assert (total - quotient).is_zero


@given(st.lists(small, min_size=2, max_size=6), st.lists(st.fractions(-3, 3, max_denominator=3), max_size=3))
def test_sturm_counts_the_roots(free: list[int], roots: list[Fraction]) -> None:
    polynomial = sp.Poly([sp.Rational(c) for c in free], x)
    for root in roots:
        polynomial *= sp.Poly(x - sp.Rational(root.numerator, root.denominator), x)
    assume(polynomial.degree() > 0)
    p = univariate.dense([Fraction(int(c.p), int(c.q)) for c in reversed(polynomial.all_coeffs())])
    for lo, hi in ((None, None), (Fraction(0), None), (Fraction(-1), Fraction(2))):
        inside = [r for r in set(polynomial.real_roots()) if (lo is None or r > lo) and (hi is None or r < hi)]
        assert univariate.roots_inside(p, lo, hi) == len(inside)
    split = univariate.decomposition(p)
    assert split.square**2 * split.rest == p
    rational_roots = {r for r in polynomial.real_roots() if r.is_rational}
    assert {sp.Rational(r.numerator, r.denominator) for r in univariate.rational_roots(p)} == rational_roots


@example(free=[-1, 0, 0], bounded=False)  # the midpoint is a double root
@given(st.lists(small, min_size=2, max_size=6), st.booleans())
def test_negative_points_are_found_when_there_are_any(free: list[int], bounded: bool) -> None:
    polynomial = sp.Poly([sp.Rational(c) for c in free], x)
    assume(polynomial.degree() > 0)
    p = univariate.dense([Fraction(int(c)) for c in reversed(polynomial.all_coeffs())])
    lo, hi = (Fraction(-2), Fraction(3)) if bounded else (None, None)
    found = list(univariate.negative_points(p, lo, hi))
    for point in found:
        assert polynomial.eval(sp.Rational(point.numerator, point.denominator)) < 0
        assert not bounded or -2 <= point <= 3
    if any(polynomial.eval(sp.Rational(k, 8)) < 0 for k in range(-15, 24)):
        assert found


@given(st.fractions(-5, 5, max_denominator=60), st.fractions(0, 2, max_denominator=60))
def test_the_simplest_rational_has_the_smallest_denominator(lo: Fraction, width: Fraction) -> None:
    hi = lo + width
    found = simplest_between(lo, hi)
    assert lo <= found <= hi
    for d in range(1, found.denominator):
        assert not any(lo <= Fraction(n, d) <= hi for n in range(int(lo * d) - 1, int(hi * d) + 2))


@given(st.fractions(-5, 5, max_denominator=60), st.fractions(Fraction(1, 10**6), 10**6, max_denominator=10**6))
def test_the_middle_lies_inside_and_stays_dyadic(lo: Fraction, width: Fraction) -> None:
    at = middle(lo, lo + width)
    assert lo < at < lo + width
    assert at.denominator & (at.denominator - 1) == 0


@settings(max_examples=30)
@given(rationals.filter(lambda r: r > 0), rationals.filter(lambda r: r > 0))
def test_python_source_computes_the_expression(a: Fraction, b: Fraction) -> None:
    from exact import reals

    for expression in (x / (y * (1 + x)), x - y / 3 * 2, (x + 1) ** 2 / (x * y), sp.Max(x, y) - sp.Min(x, y, 1), abs(x - y) ** 3, x ** -2 * y, -x / (-y)):
        names = {"x": a, "y": b, "Fraction": Fraction, "maximum": reals.maximum, "minimum": reals.minimum}
        expected = expression.subs({x: sp.Rational(a.numerator, a.denominator), y: sp.Rational(b.numerator, b.denominator)})
        assert eval(python_source(expression), names) == Fraction(int(expected.p), int(expected.q))


def test_coefficients_read_back() -> None:
    ring = Ring(["x", "y"])
    assert coefficients(ring.variable(0) ** 2 * ring.variable(1) * 3 - 1) == {(2, 1): 3, (0, 0): -1}
