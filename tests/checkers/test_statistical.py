"""Experiments: exact intervals against brute force, verdicts that are never refutations, and recorded trials."""

from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import binomial, kernel, statistical
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Experiment

HALF = Fraction(1, 2)


def exact_tail(successes: int, trials: int, p: Fraction) -> Fraction:
    return sum((comb(trials, j) * p**j * (1 - p) ** (trials - j) for j in range(successes, trials + 1)), Fraction(0))


counts = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.sampled_from([Fraction(9, 10), Fraction(99, 100), Fraction(999, 1000)])


@given(counts, st.fractions(0, 1, max_denominator=20))
def test_tails_enclose_the_sums_they_stand_for(count: tuple[int, int], p: Fraction) -> None:
    s, n = count
    tail = binomial.at_least(s, n, p)
    assert tail.lower <= exact_tail(s, n, p) <= tail.upper
    assert tail.rad < Fraction(1, 10**50)
    below = binomial.at_most(s, n, p)
    assert below.lower <= 1 - exact_tail(s + 1, n, p) <= below.upper


@given(counts, confidences)
@settings(max_examples=50, deadline=None)
def test_clopper_pearson_ends_are_the_outermost_multiples_that_the_definition_allows(count: tuple[int, int], confidence: Fraction) -> None:
    s, n = count
    lower, upper = binomial.clopper_pearson(s, n, confidence)
    tail, unit = (1 - confidence) / 2, Fraction(1, binomial.RESOLUTION)
    if s:
        assert exact_tail(s, n, lower) <= tail <= exact_tail(s, n, lower + unit)
    else:
        assert lower == 0
    if s < n:
        assert 1 - exact_tail(s + 1, n, upper) <= tail <= 1 - exact_tail(s + 1, n, upper - unit)
    else:
        assert upper == 1


@given(counts, confidences)
@settings(max_examples=50, deadline=None)
def test_anytime_intervals_leave_out_what_the_mixture_martingale_excludes_and_nothing_else(count: tuple[int, int], confidence: Fraction) -> None:
    s, n = count
    lower, upper = binomial.anytime_interval(s, n, confidence)
    unit = Fraction(1, binomial.RESOLUTION)

    def martingale(p: Fraction) -> Fraction:
        return 1 / ((n + 1) * comb(n, s) * p**s * (1 - p) ** (n - s))

    threshold = 1 / (1 - confidence)
    if lower:
        assert martingale(lower) >= threshold >= martingale(lower + unit)
    if upper < 1:
        assert martingale(upper) >= threshold >= martingale(upper - unit)
    assert lower <= Fraction(s, n) <= upper


def test_a_confidence_sequence_covers_with_its_confidence_at_all_times_at_once() -> None:
    """All 2^12 equally weighted histories of a fair coin: at most 1 in 10 ever leaves the truth out."""
    steps, misses = 12, 0
    for history in range(1 << steps):
        outcomes = [bool(history >> k & 1) for k in range(steps)]
        misses += any(martingale_at_half(outcomes[:t]) >= 10 for t in range(1, steps + 1))
    assert 0 < misses / 2**steps <= 0.1
    for outcomes in ([True] * 12, [False] * 12, [True, False] * 6):
        intervals = list(binomial.confidence_sequence(outcomes, Fraction(9, 10)))
        assert all(a[0] <= b[0] and b[1] <= a[1] for a, b in pairwise(intervals))
        left_out = any(martingale_at_half(outcomes[:t]) >= 10 for t in range(1, steps + 1))
        assert (intervals[-1][0] <= HALF <= intervals[-1][1]) != left_out


def martingale_at_half(outcomes: list[bool]) -> Fraction:
    n, s = len(outcomes), sum(outcomes)
    return Fraction(2**n, (n + 1) * comb(n, s))


def test_holm_rejects_step_by_step() -> None:
    p_values = {"a": Fraction(1, 100), "b": Fraction(4, 100), "c": Fraction(2, 100), "d": Fraction(1, 2)}
    assert binomial.holm(p_values, Fraction(5, 100)) == {"a"}
    assert binomial.holm({**p_values, "a": Fraction(0), "c": Fraction(1, 100)}, Fraction(5, 100)) == {"a", "c"}
    assert binomial.holm({**p_values, "d": Fraction(1, 25)}, Fraction(16, 100)) == set("abcd")
    assert binomial.bonferroni(Fraction(95, 100), 5) == Fraction(99, 100)


@pytest.mark.parametrize(("successes", "trials", "confidence"), [(3, 2, HALF), (-1, 2, HALF), (0, 0, HALF), (1, 2, Fraction(1))])
def test_impossible_counts_are_refused(successes: int, trials: int, confidence: Fraction) -> None:
    with pytest.raises(ValueError, match=r"successes|confidence"):
        binomial.clopper_pearson(successes, trials, confidence)


def coin(values: Any, rng: Any) -> bool:
    return bool(rng.random() < float(values["chance"]))


def evidence_of(relation: Any, claimed: Fraction, chance: Fraction = Fraction(3, 10), seed: int = 7, **changes: Any) -> Evidence:
    fields: dict[str, Any] = {"event": "heads", "trial": coin, "probability": lambda _: claimed}
    return statistical.check(Experiment(relation=relation, **(fields | changes)), {"chance": chance}, seed, Budget())


def test_a_true_claim_with_room_is_supported_and_its_trials_are_recorded() -> None:
    evidence = evidence_of("<=", HALF)
    assert (evidence.status, evidence.scope, evidence.trust, evidence.grade) == ("holds", "sample", "statistical", "supported")
    assert evidence.details["verdict"] == "supported"
    assert evidence.certificate is not None
    assert kernel.check(evidence.certificate).type == "trials"
    assert Fraction(evidence.margin) > 0
    assert Fraction(evidence.measured) == Fraction(evidence.details["successes"], 400)


@pytest.mark.parametrize(("relation", "claimed", "verdict"), [
    (">=", HALF, "contradicted in these trials"), ("<=", Fraction(1, 10), "contradicted in these trials"),
    ("<=", Fraction(3, 10), "inconclusive"), (">=", Fraction(3, 10), "inconclusive"), (">=", Fraction(1, 10), "supported"),
])
def test_trials_never_refute(relation: str, claimed: Fraction, verdict: str) -> None:
    evidence = evidence_of(relation, claimed)
    assert evidence.details["verdict"] == verdict
    assert evidence.status == ("holds" if verdict == "supported" else "undecided")
    assert evidence.grade in ("supported", "undecided")
    assert evidence.counterexample is None


def test_p_values_are_the_exact_tails_at_the_claimed_probability() -> None:
    details = evidence_of("<=", HALF, trials={"quick": 20}).details
    low = 1 - exact_tail(details["successes"] + 1, 20, HALF)
    assert abs(Fraction(details["p_value_of_contrary"]["mid"]) - low) < Fraction(1, 10**20)


def test_a_claim_that_says_nothing_is_vacuous_and_nothing_is_tried() -> None:
    def never(_: Any, __: Any) -> bool:
        raise AssertionError("no trial may run")

    for relation, claimed, vacuous in (("<=", Fraction(1), None), (">=", Fraction(0), None), ("<=", HALF, lambda _: True)):
        evidence = evidence_of(relation, claimed, trial=never, vacuous=vacuous)
        assert (evidence.status, evidence.note) == ("undecided", "vacuous")


def test_the_seed_fixes_the_trials() -> None:
    first, again, other = (evidence_of("<=", HALF, seed=seed).certificate for seed in (1, 1, 2))
    assert first == again
    assert first is not None
    assert other is not None
    assert first["proof"] != other["proof"]


def test_a_trial_that_fails_is_an_error_with_its_number_and_seed() -> None:
    evidence = evidence_of("<=", HALF, trial=lambda _, rng: 1 / 0)
    assert evidence.status == "error"
    assert "trial 0 (counted from 0, seed 7) raised ZeroDivisionError" in evidence.note
    assert evidence_of("<=", HALF, trial=lambda _, rng: 1).status == "error"
