"""Scaling: a power law is recognised, another exponent is not, and noise widens the interval."""

from fractions import Fraction
from math import isqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import scaling
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Scaling
from exact import reals
from exact.balls import Ball

SIZES = (10, 20, 40, 80, 160, 320)


def evidence_of(quantity: Any, exponent: Fraction, band: Fraction = Fraction(1, 20), sizes: Any = None) -> Evidence:
    formulation = Scaling(quantity=quantity, exponent=exponent, band=band, sizes={"quick": SIZES} if sizes is None else sizes)
    return scaling.check(formulation, {}, 0, Budget())


@given(st.fractions(-3, 3, max_denominator=4), st.fractions(Fraction(1, 9), 9, max_denominator=9))
@settings(max_examples=25, deadline=None)
def test_an_exact_power_law_has_its_exponent(exponent: Fraction, factor: Fraction) -> None:
    def power(size: int, _: Any) -> Any:
        return factor * reals.exp(exponent * reals.log(Fraction(size)))

    evidence = evidence_of(power, exponent, Fraction(1, 1000))
    assert (evidence.status, evidence.trust, evidence.grade) == ("holds", "statistical", "supported")
    lower, upper = (Fraction(end) for end in evidence.details["interval"])
    assert lower <= exponent <= upper < lower + Fraction(1, 10**5)
    assert evidence_of(power, exponent + Fraction(1, 10)).details["verdict"] == "contradicted in these trials"


def test_another_exponent_is_contradicted_and_never_refuted() -> None:
    evidence = evidence_of(lambda size, _: Fraction(size**2 + size), Fraction(1))
    assert evidence.details["verdict"] == "contradicted in these trials"
    assert (evidence.status, evidence.grade) == ("undecided", "undecided")


def test_an_interval_that_straddles_the_band_is_inconclusive() -> None:
    evidence = evidence_of(lambda size, _: Fraction(size) * (2 if size % 20 else 1) * (3 if size == 80 else 1), Fraction(1))
    assert evidence.details["verdict"] == "inconclusive"
    assert evidence.status == "undecided"


def test_the_line_is_the_least_squares_line() -> None:
    xs, ys = [0, 1, 2, 5], [Fraction(1), Fraction(3, 2), Fraction(3), Fraction(9)]
    found = scaling.fit([(Ball(x), Ball(y)) for x, y in zip(xs, ys, strict=True)])
    mean_x, mean_y = Fraction(sum(xs), 4), sum(ys) / 4
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)
    assert found.slope.lower <= slope <= found.slope.upper
    residual = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    half = scaling.student_quantile(2, scaling.CONFIDENCE) * reals.sqrt(residual / (2 * sum((x - mean_x) ** 2 for x in xs)))
    for end, sign in ((found.lower, -1), (found.upper, 1)):
        assert 0 <= sign * (end - slope) - half <= Fraction(2, 10**6), "Student's interval, rounded outward"


@pytest.mark.parametrize(("freedom", "confidence", "quantile"), [
    (1, Fraction(1, 2), "1.000"), (1, Fraction(99, 100), "63.657"), (2, Fraction(95, 100), "4.303"), (10, Fraction(99, 100), "3.170"),
])
def test_quantiles_are_the_printed_ones_rounded_up(freedom: int, confidence: Fraction, quantile: str) -> None:
    assert 0 <= scaling.student_quantile(freedom, confidence) - Fraction(quantile) <= Fraction(1, 1000)


def test_a_lower_effort_s_sizes_are_used_where_an_effort_has_none() -> None:
    formulation = Scaling(quantity=lambda size, _: Fraction(size), exponent=Fraction(1), band=Fraction(1, 100), sizes={"quick": SIZES})
    assert scaling.check(formulation, {}, 0, Budget(effort="full")).status == "holds"


@pytest.mark.parametrize("sizes", [(), (1, 2), (1, 3, 3), (0, 1, 2)])
def test_too_few_or_disordered_sizes_are_an_error(sizes: tuple[int, ...]) -> None:
    assert evidence_of(lambda size, _: Fraction(size), Fraction(1), sizes={"quick": sizes}).status == "error"


def test_what_is_not_positive_or_raises_is_an_error_with_its_size() -> None:
    evidence = evidence_of(lambda size, _: Fraction(40 - size), Fraction(1))
    assert (evidence.status, evidence.details["instance"]) == ("error", 40)
    assert "not positive" in evidence.note
    evidence = evidence_of(lambda size, _: Fraction(1, size - 20), Fraction(1))
    assert (evidence.status, evidence.details["instance"]) == ("error", 10)
    assert evidence_of(lambda size, _: isqrt(size) / 2, Fraction(1)).status == "error", "a float decides nothing"
