"""Experiments: exact intervals against brute force, verdicts that are never refutations, and recorded trials."""

import json
import random
from fractions import Fraction
from itertools import pairwise, product
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import binomial, kernel, statistical
from checkers.analyses import NoTrials, reanalyse
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.reanalysis import main as reanalysis_main
from checkers.reanalysis import read_together
from claims.errors import ClaimError
from claims.formulations import Experiment, Family, MeanExperiment, Settings
from claims.parameters import to_json
from exact import betting
from exact.balls import Ball

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


def average_fortune(outcomes: list[Fraction], mean: Fraction) -> list[Fraction]:
    """After each outcome, in exact fractions, for outcomes in [0, 1] and bets on larger ones."""
    fortunes, averages = [Fraction(1)] * len(betting.STAKES), []
    for outcome in outcomes:
        fortunes = [fortune * (1 - f + f * outcome / mean) for fortune, f in zip(fortunes, betting.STAKES, strict=True)]
        averages.append(sum(fortunes, Fraction(0)) / len(fortunes))
    return averages


shares = st.lists(st.fractions(0, 1, max_denominator=9), min_size=1, max_size=25)


@given(shares, confidences)
@settings(max_examples=60, deadline=None)
def test_betting_intervals_end_where_the_best_fortune_crosses_its_goal(outcomes: list[Fraction], confidence: Fraction) -> None:
    lower, upper = betting.interval(betting.Sample(tuple(outcomes), Fraction(0), Fraction(1)), confidence)
    goal, unit = 2 / (1 - confidence), Fraction(1, betting.RESOLUTION)
    mirrored = [1 - outcome for outcome in outcomes]
    for end, seen in ((lower, outcomes), (1 - upper, mirrored)):
        assert end == 0 or max(average_fortune(seen, end)) >= goal
        assert end + unit == 1 or max(average_fortune(seen, end + unit)) < goal * (1 + Fraction(1, 10**12))
    assert lower <= sum(outcomes) / len(outcomes) <= upper


def test_betting_covers_with_its_confidence_at_all_times_at_once() -> None:
    """All 3^8 equally weighted histories of outcomes 0, 1/3, 1 (mean 4/9): at most half ever leave the mean out, and some do."""
    values, mean, confidence = (Fraction(0), Fraction(1, 3), Fraction(1)), Fraction(4, 9), HALF
    histories = list(product(values, repeat=8))
    misses = sum(betting.decision_time(betting.Sample(history, Fraction(0), Fraction(1)), mean, confidence) is not None for history in histories)
    assert 0 < misses <= len(histories) / 2


@given(shares, st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50))
@settings(max_examples=60, deadline=None)
def test_p_values_are_one_over_the_best_fortune(outcomes: list[Fraction], value: Fraction) -> None:
    sample = betting.Sample(tuple(outcomes), Fraction(0), Fraction(1))
    exact = min(Fraction(1), 1 / max(average_fortune(outcomes, value)))
    assert exact <= betting.p_value(sample, value, "above") <= exact * (1 + Fraction(1, 10**12))


@given(st.lists(st.fractions(-2, 3, max_denominator=7), min_size=1, max_size=12), st.fractions(Fraction(-19, 10), Fraction(29, 10), max_denominator=40))
@settings(max_examples=60, deadline=None)
def test_the_kernel_accepts_the_intervals_and_the_stop(outcomes: list[Fraction], value: Fraction) -> None:
    evidence = mean_evidence(">=", value, outcomes=outcomes, trials={"quick": len(outcomes)}, look_every=2, outcome_range=lambda _: (Fraction(-2), Fraction(3)))
    assert evidence.certificate is not None, evidence.note
    assert kernel.check(evidence.certificate).type == "means"


def mean_evidence(relation: Any, bound: Fraction | Ball, outcomes: Any = None, other: Any = None, seed: int = 3, **changes: Any) -> Evidence:
    def batch(values: Any, from_seed: int, first: int, count: int) -> list[Fraction]:
        return list(outcomes[first : first + count]) if outcomes is not None else draws(values, from_seed, first, count)

    def versus(values: Any, from_seed: int, first: int, count: int) -> list[Fraction]:
        return list(other[first : first + count])

    fields: dict[str, Any] = {
        "outcome": "a share", "batch": batch, "outcome_range": lambda _: (Fraction(0), Fraction(1)), "bound": lambda _: bound,
        "versus": None if other is None else versus,
    }
    return statistical.check(MeanExperiment(relation=relation, **(fields | changes)), {}, seed, Budget())


def draws(_: Any, seed: int, first: int, count: int) -> list[Fraction]:
    """Uniform on {0, …, 8}/10, each from the seed and its number."""
    return [Fraction(random.Random(seed * 10**6 + number).randrange(9), 10) for number in range(first, first + count)]


@pytest.mark.parametrize(("relation", "bound", "verdict"), [
    ("<=", HALF, "supported"), (">=", HALF, "contradicted in these trials"), (">=", Fraction(3, 10), "supported"),
    ("<=", Fraction(2, 5), "inconclusive"), (">=", Ball(2).sqrt() / 5, "supported"), ("<=", Ball(2).sqrt() / 5, "contradicted in these trials"),
])
def test_a_mean_is_held_against_a_number(relation: Any, bound: Fraction | Ball, verdict: str) -> None:
    evidence = mean_evidence(relation, bound)
    assert (evidence.details["verdict"], evidence.grade) == (verdict, "supported" if verdict == "supported" else "undecided")
    assert evidence.counterexample is None
    assert evidence.certificate is not None
    kernel.check(evidence.certificate)


def test_two_arms_are_held_against_each_other() -> None:
    high, low = [Fraction(k % 3 + 7, 10) for k in range(200)], [Fraction(k % 3 + 4, 10) for k in range(200)]
    assert mean_evidence(">=", Fraction(0), high, low, trials={"quick": 200}).details["verdict"] == "supported"
    assert mean_evidence(">=", Fraction(0), low, high, trials={"quick": 200}).details["verdict"] == "contradicted in these trials"
    same = mean_evidence("<=", Fraction(0), low, low, trials={"quick": 200})
    assert (same.details["verdict"], same.measured, same.details["trials"]) == ("inconclusive", "0", [200, 200])
    assert mean_evidence("<=", Fraction(0), low, high, trials={"quick": 200}).details["p_value_at_most"] == "1/1000000000000"


def test_a_sequential_experiment_stops_at_the_first_look_that_decides() -> None:
    evidence = mean_evidence("<=", HALF, trials={"quick": 2000}, look_every=50)
    taken = evidence.details["trials"]
    assert (evidence.details["verdict"], taken % 50) == ("supported", 0)
    sample = betting.Sample(tuple(draws(None, 3, 0, taken)), Fraction(0), Fraction(1))
    time = betting.decision_time(sample, HALF, Fraction(99, 100))
    assert time is not None
    assert taken - 50 < time <= taken < 2000
    never = mean_evidence("<=", Fraction(2, 5), trials={"quick": 100}, look_every=30)
    assert (never.details["verdict"], never.details["trials"]) == ("inconclusive", 100)


def test_sequential_yes_or_no_trials_are_recorded_as_outcomes_0_and_1() -> None:
    evidence = evidence_of("<=", HALF, trials={"quick": 1000}, look_every=20)
    assert evidence.certificate is not None
    assert (evidence.details["verdict"], kernel.check(evidence.certificate).type) == ("supported", "means")
    assert set(evidence.certificate["proof"]["outcomes"][0]) == {"0", "1"}
    assert evidence.details["trials"] < 1000


def test_a_batch_gives_the_same_outcomes_in_one_piece_and_in_many() -> None:
    assert draws(None, 3, 0, 100) == draws(None, 3, 0, 30) + draws(None, 3, 30, 70)

    def batch(_: Any, seed: int, first: int, count: int) -> list[bool]:
        return [outcome > HALF for outcome in draws(_, seed, first, count)]

    evidence = evidence_of("<=", HALF, trial=None, batch=batch)
    assert evidence.details["verdict"] == "supported"
    assert evidence.details["successes"] == sum(batch(None, 7, 0, 400))
    assert evidence_of("<=", HALF, trial=None, batch=lambda *_: [True]).note == "the batch gave 1 outcomes, where 400 were asked for"


@pytest.mark.parametrize(("outcome", "bound", "note"), [
    (Fraction(2), HALF, "outside the range"), (0.5, HALF, "no rational number"), (HALF, Fraction(1), "no trial decides"),
])
def test_what_is_no_outcome_is_an_error(outcome: Any, bound: Fraction, note: str) -> None:
    evidence = mean_evidence(">=", bound, [outcome] * 400, look_every=10)
    assert evidence.status == "error"
    assert note in evidence.note


def test_a_family_shares_its_error() -> None:
    family = Family("these", 5, Fraction(95, 100))
    evidence = mean_evidence("<=", HALF, family=family)
    assert evidence.details["confidence"] == "99/100"
    assert evidence.details["family"] == {"name": "these", "experiments": 5, "confidence": "19/20"}
    with pytest.raises(ClaimError, match="at least one"):
        Family("none", 0, HALF)


def test_recorded_trials_are_analysed_again_without_running(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = [mean_evidence("<=", HALF), mean_evidence("<=", Fraction(2, 5)), evidence_of("<=", HALF)]
    documents = {f"e{number}": item.certificate for number, item in enumerate(evidence) if item.certificate is not None}
    for item in evidence:
        assert item.certificate is not None
        again = reanalyse(item.certificate)
        assert (again.verdict, to_json(again.interval), to_json(again.measured)) == (item.details["verdict"], item.details["interval"], item.measured)
        wider = reanalyse(item.certificate, Fraction(999_999, 1_000_000))
        assert wider.interval[0] < again.interval[0] <= again.interval[1] < wider.interval[1]
    reading = read_together(documents)
    assert reading.supported == {"e0", "e2"}
    (tmp_path / "certificates").mkdir()
    for name, document in documents.items():
        (tmp_path / "certificates" / f"{name}.json").write_text(json.dumps(document))
    assert reanalysis_main([str(tmp_path)]) == 0
    printed = json.loads(capsys.readouterr().out)["experiments"]
    assert {name: item["holm"] for name, item in printed.items()} == {"e0": True, "e1": False, "e2": True}
    with pytest.raises(NoTrials):
        reanalyse({"type": "enumeration"})
    damaged = json.loads(json.dumps(documents["e0"]))
    damaged["proof"]["outcomes"][0][0] = "2"
    (tmp_path / "certificates" / "e0.json").write_text(json.dumps(damaged))
    assert reanalysis_main([str(tmp_path)]) == 4


def test_certificates_of_the_same_name_are_all_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    certificates = [mean_evidence("<=", bound).certificate for bound in (HALF, Fraction(2, 5), HALF)]
    files = [tmp_path / str(number) / "same.json" for number in range(3)]
    for file, document in zip(files, certificates, strict=True):
        file.parent.mkdir()
        file.write_text(json.dumps(document))
    assert reanalysis_main([str(file) for file in files]) == 0
    assert set(json.loads(capsys.readouterr().out)["experiments"]) == {"same", str(files[1])}
    with pytest.raises(SystemExit):
        reanalysis_main([str(files[0]), "--level", "2"])


@pytest.mark.parametrize(("change", "note"), [
    ({"confidence": Fraction(1)}, "between 0 and 1"), ({"confidence": 0.9}, "no Fraction"), ({"look_every": 0}, "at least one trial"),
    ({"family": Family("few", 1, HALF), "settings": Settings(quick=({"n": 1}, {"n": 2}))}, "2 settings"),
])
def test_rules_that_make_no_sense_are_refused(change: dict[str, Any], note: str) -> None:
    with pytest.raises(ClaimError, match=note):
        mean_evidence("<=", HALF, **change)


@pytest.mark.parametrize(("change", "note"), [
    ({"outcome_range": lambda _: (0.0, 1.0)}, "two rational numbers"), ({"outcome_range": lambda _: (Fraction(1), Fraction(0))}, "is empty"),
    ({"outcome_range": lambda _: HALF}, "two rational numbers"), ({"batch": lambda *_: None}, "gave a NoneType"),
    ({"batch": lambda *_: iter(())}, "outcomes were asked for"),
])
def test_what_is_no_range_or_no_batch_is_an_error(change: dict[str, Any], note: str) -> None:
    rules: dict[str, Any] = {"batch": lambda *_: [HALF] * 400, "outcome_range": lambda _: (Fraction(0), Fraction(1)), **change}
    formulation = MeanExperiment(outcome="o", relation="<=", bound=lambda _: HALF, **rules)
    evidence = statistical.check(formulation, {}, 0, Budget())
    assert evidence.status == "error"
    assert note in evidence.note
