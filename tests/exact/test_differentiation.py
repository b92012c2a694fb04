"""Derivatives from steps: against difference quotients, sympy's derivative, and inside recordings."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exact import reals
from exact.differentiation import NotDifferentiable, derivative
from exact.reals import Real, plain
from exact.recording import Recorded, recording

RATIONALS = st.fractions(Fraction(-3), Fraction(3), max_denominator=20)


def mixed(x: Real) -> Real:
    return reals.exp(x / 2) * reals.tanh(x) / (1 + x**2) - reals.log(3 + reals.sqrt(x * x + 1)) + x**-3


@given(RATIONALS, st.lists(RATIONALS, min_size=1, max_size=5))
def test_polynomials_are_exact(x: Fraction, coefficients: list[Fraction]) -> None:
    def polynomial(y: Real) -> Real:
        return sum((c * y**k for k, c in enumerate(coefficients)), Fraction(0))

    assert derivative(polynomial, x) == sum(k * c * x ** (k - 1) for k, c in enumerate(coefficients) if k)


@given(st.fractions(Fraction(1, 2), 3, max_denominator=20))
def test_against_difference_quotients(x: Fraction) -> None:
    h = Fraction(1, 10**12)
    slope = (mixed(x + h) - mixed(x - h)) / (2 * h)
    assert abs(derivative(mixed, x) - slope) < Fraction(1, 10**15)


def test_a_recorded_point_gives_a_recorded_derivative() -> None:
    with recording() as recorder:
        slope = derivative(lambda y: reals.exp(y) * y, recorder.number(Fraction(1, 3)))
    assert isinstance(slope, Recorded)
    assert abs(plain(slope) - reals.exp(Fraction(1, 3)) * Fraction(4, 3)) < Fraction(1, 10**60)


def test_constants_and_kinks() -> None:
    assert derivative(lambda y: Fraction(7), Fraction(2)) == 0
    assert derivative(lambda y: y if y > 1 else -y, Fraction(2)) == 1
    assert derivative(lambda y: y if Fraction(1) <= 1 else -y, Fraction(1)) == 1
    with pytest.raises(NotDifferentiable, match="branch"):
        derivative(lambda y: y if y >= 1 else -y, Fraction(1))
    with pytest.raises(NotDifferentiable, match="abs"):
        derivative(abs, Fraction(2))
