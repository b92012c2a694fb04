"""Checks `Scaling` formulations: a least-squares line through (log size, log quantity), with an interval for its slope.

The logarithms, the line and the interval are enclosed in balls and rounded outward; the quantile is Student's, so the interval is exact where the
deviations from the line are independent and normal. They rarely are: a fitted exponent supports a claim, and never proves or refutes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from flint import arb

from checkers import certify
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Formulation, Scaling
from claims.parameters import Values, to_json
from exact.balls import Ball, Undecidable, to_arb
from exact.numerals import numeral
from exact.reals import Real, ball, is_certain, plain

NAME = "scaling"

CONFIDENCE = Fraction(99, 100)
_DECIMALS = 10**6
_QUANTILE_STEPS = 1_000
_GREATEST_QUANTILE = 10**6


@dataclass(frozen=True)
class Fit:
    """The slope of the line with an interval that contains it, ends rounded outward to six decimals."""

    slope: Ball
    lower: Fraction
    upper: Fraction


def accepts(formulation: Formulation) -> bool:
    """Every `Scaling`."""
    return isinstance(formulation, Scaling)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Measure the quantity at the sizes of the effort and fit the exponent. Supported when the interval lies within the claimed band."""
    assert isinstance(formulation, Scaling)
    try:
        sizes = _sizes(formulation, budget)
        points = [(size, _positive(formulation, size, parameters)) for size in sizes]
    except certify.NotCertified as error:
        return certify.failed(NAME, "sample", error)
    found = fit([(Ball(size).log(), ball(value).log()) for size, value in points])
    lowest, highest = formulation.exponent - formulation.band, formulation.exponent + formulation.band
    margin = min(found.lower - lowest, highest - found.upper)
    said = "supported" if margin >= 0 else "inconclusive"
    if found.upper < lowest or found.lower > highest:
        said = "contradicted in these trials"
    details = {
        "verdict": said, "interval": to_json((found.lower, found.upper)), "confidence": numeral(CONFIDENCE),
        "band": to_json((lowest, highest)), "points": [[size, to_json(plain(value))] for size, value in points],
    }
    note = f"{said}: fitted exponent in [{float(found.lower):.6g}, {float(found.upper):.6g}], claimed {formulation.exponent} ± {formulation.band}"
    shown: dict[str, Any] = {"measured": to_json(found.slope), "bound": numeral(formulation.exponent), "margin": numeral(margin)}
    return Evidence(checker=NAME, status="holds" if said == "supported" else "undecided", scope="sample", trust="statistical",
                    details=details, note=note, **shown)


def _sizes(formulation: Scaling, budget: Budget) -> tuple[int, ...]:
    """The sizes of the effort: three or more, increasing."""
    sizes: tuple[int, ...] = certify.amount(formulation.sizes, budget, "sizes")
    if len(sizes) < 3 or sizes[0] < 1 or any(a >= b for a, b in pairwise(sizes)):
        raise certify.QuantityError(f"the sizes {list(sizes)} are not three or more positive integers in increasing order")
    return sizes


def _positive(formulation: Scaling, size: int, parameters: Values) -> Real:
    try:
        value = certify.measure(formulation.quantity, size, parameters)
    except certify.QuantityError as error:
        raise error.at(size) from error
    except Undecidable as error:
        raise certify.NotDecided(f"the quantity at size {size} is steered by a comparison that is not decided: {error}").at(size) from error
    if not is_certain(lambda: value > 0):
        raise certify.QuantityError(f"the quantity at size {size} is {certify.show(value)}, which is not positive: no power law").at(size)
    return value


def fit(points: Sequence[tuple[Ball, Ball]], confidence: Fraction = CONFIDENCE) -> Fit:
    """Ordinary least squares through three or more points, and Student's interval for the slope."""
    n = len(points)
    mean_x, mean_y = (sum((point[k] for point in points), Ball(0)) / n for k in (0, 1))
    sum_xx = sum(((x - mean_x) ** 2 for x, _ in points), Ball(0))
    slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Ball(0)) / sum_xx
    residual = sum(((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points), Ball(0))
    spread = (Ball(max(residual.upper, Fraction(0))) / ((n - 2) * sum_xx)).sqrt()
    half = student_quantile(n - 2, confidence) * spread.upper
    return Fit(slope, Fraction(floor((slope.lower - half) * _DECIMALS), _DECIMALS), Fraction(ceil((slope.upper + half) * _DECIMALS), _DECIMALS))


def student_quantile(freedom: int, confidence: Fraction) -> Fraction:
    """The least t, up to 1/1000 upward, with P(|T| > t) <= 1 − confidence, T having Student's distribution."""
    low, high = 0, _GREATEST_QUANTILE * _QUANTILE_STEPS

    def small_enough(steps: int) -> bool:
        t = Fraction(steps, _QUANTILE_STEPS)
        tail = to_arb(freedom / (freedom + t * t)).beta_lower(to_arb(Fraction(freedom, 2)), arb(1) / 2, True)
        return is_certain(lambda: Ball(tail) <= 1 - confidence)

    if not small_enough(high):
        raise ValueError(f"no quantile for confidence {confidence} and {freedom} degrees of freedom below {_GREATEST_QUANTILE}")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if small_enough(middle) else (middle, high)
    return Fraction(high, _QUANTILE_STEPS)
