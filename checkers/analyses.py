"""What recorded trials say: interval, verdict and p-value, computed from the certificate of an experiment and nothing else.

So recorded trials can be analysed again without running anything: at another confidence, or together with the other experiments of a run
(:mod:`checkers.reanalysis`). An experiment's certificate is of type ``trials`` (a fixed number of yes-or-no trials, Clopper–Pearson) or ``means``
(outcomes in a range, or trials that stop when the interval decides: :mod:`exact.betting`); under ``about`` it says what was claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from checkers import binomial
from exact import betting
from exact.balls import Ball
from exact.numerals import read_rational
from exact.reals import Real, is_certain

Interval: TypeAlias = tuple[Fraction, Fraction]
Relation: TypeAlias = Literal["<=", ">="]
Verdict: TypeAlias = Literal["supported", "inconclusive", "contradicted in these trials"]


class NoTrials(ValueError):
    """A document that records no trials of an experiment."""


@dataclass(frozen=True)
class Analysis:
    """What the trials of one experiment say at a confidence.

    ``interval`` is for the chance or the mean (for two arms: the difference of the means, first minus second), ``p_value`` an upper bound of the
    chance of trials that speak so clearly for the claim when it is false (what Holm's procedure takes).
    """

    outcome: str
    relation: Relation
    bound: Interval
    trials: tuple[int, ...]
    measured: Fraction
    confidence: Fraction
    interval: Interval
    verdict: Verdict
    p_value: Fraction


def verdict(relation: Relation, interval: Interval, claimed: Real) -> Verdict:
    """What the interval says about the claimed number."""
    lower, upper = interval
    if is_certain(lambda: upper <= claimed if relation == "<=" else lower >= claimed):
        return "supported"
    if is_certain(lambda: lower > claimed if relation == "<=" else upper < claimed):
        return "contradicted in these trials"
    return "inconclusive"


def reanalyse(document: Mapping[str, Any], confidence: Fraction | None = None) -> Analysis:
    """The analysis of recorded trials, at the confidence that they were recorded with or at another. Raises NoTrials and ValueError.

    The document is believed as it stands: let the kernel check it first.
    """
    about = document.get("about", {})
    if document.get("type") not in ("trials", "means") or "relation" not in about or "bound" not in about:
        raise NoTrials("the document records no trials of an experiment")
    level = read_rational(document["proposition"]["confidence"]) if confidence is None else confidence
    if not 0 < level < 1:
        raise ValueError(f"the confidence {level} is not between 0 and 1")
    lower, upper = (read_rational(end) for end in about["bound"])
    outcome = str(about.get("event", about.get("outcome", "")))
    analyse = _of_chances if document["type"] == "trials" else _of_means
    return analyse(document, outcome, about["relation"], (lower, upper), level)


def _of_chances(document: Mapping[str, Any], outcome: str, relation: Relation, bound: Interval, confidence: Fraction) -> Analysis:
    outcomes = document["proof"]["outcomes"]
    count, successes = len(outcomes), outcomes.count("1")
    interval = binomial.clopper_pearson(successes, count, confidence)
    tail = binomial.at_most(successes, count, min(bound[0], Fraction(1))) if relation == "<=" else binomial.at_least(
        successes, count, max(bound[1], Fraction(0)))
    return Analysis(outcome, relation, bound, (count,), Fraction(successes, count), confidence, interval,
                    verdict(relation, interval, _claimed(bound)), min(Fraction(1), tail.upper))


def _of_means(document: Mapping[str, Any], outcome: str, relation: Relation, bound: Interval, confidence: Fraction) -> Analysis:
    low, high = (read_rational(end) for end in document["proposition"]["range"])
    samples = [betting.Sample(tuple(map(read_rational, arm)), low, high) for arm in document["proof"]["outcomes"]]
    cautious = cautious_end(relation, bound)
    if len(samples) == 1:
        interval = betting.interval(samples[0], confidence, cautious)
        chance = betting.p_value(samples[0], cautious, "above" if relation == ">=" else "below")
        measured = samples[0].mean
    else:
        interval = difference(arm_intervals(samples, confidence))
        chance = _p_value_of_difference(samples[0], samples[1], relation, cautious)
        measured = samples[0].mean - samples[1].mean
    return Analysis(outcome, relation, bound, tuple(len(sample.outcomes) for sample in samples), measured, confidence, interval,
                    verdict(relation, interval, _claimed(bound)), chance)


def arm_intervals(samples: list[betting.Sample], confidence: Fraction) -> list[Interval]:
    """An interval for the mean of each arm; all are right at once with this confidence."""
    return [betting.interval(sample, binomial.bonferroni(confidence, len(samples))) for sample in samples]


def difference(intervals: list[Interval]) -> Interval:
    """The interval of the first mean minus the second."""
    (a, b), (c, d) = intervals
    return a - d, b - c


def cautious_end(relation: Relation, bound: Interval) -> Fraction:
    """The end of the claimed number's enclosure that is the harder one to pass."""
    return bound[1] if relation == ">=" else bound[0]


def _claimed(bound: Interval) -> Real:
    return bound[0] if bound[0] == bound[1] else Ball.between(*bound)


def _p_value_of_difference(first: betting.Sample, second: betting.Sample, relation: Relation, bound: Fraction) -> Fraction:
    """Twice the larger of two chances: that one mean is not beyond a number, nor the other beyond that number less the bound; at the best number."""
    side: betting.Side = "above" if relation == ">=" else "below"
    other: betting.Side = "below" if relation == ">=" else "above"

    def chances(cut: Fraction) -> tuple[Fraction, Fraction]:
        return betting.p_value(first, cut, side), betting.p_value(second, cut - bound, other)

    low, high = first.low, first.high
    best = Fraction(1)
    for _ in range(24):
        cut = (low + high) / 2
        p, q = chances(cut)
        best = min(best, 2 * max(p, q))
        if (p > q) == (relation == ">="):
            high = cut
        else:
            low = cut
    return best
