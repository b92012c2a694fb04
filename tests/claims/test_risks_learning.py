"""C45 and C46: sessions against a plain reading of the algorithm, the audit against direct summation, experiments, mutants and evaluations."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import evaluate
from claims.claim import Mutant, Part
from claims.errors import ParameterError
from claims.multi_agent_risks.algorithms.game_sessions import GameSetting, cross_play, is_equilibrium, payoffs_of, play_game, shares_of_profiles
from claims.multi_agent_risks.algorithms.learning_sessions import Learners, Session, sessions
from claims.multi_agent_risks.algorithms.pricing_sessions import Setting, audit, discounted, grid_gains, market, pricing
from claims.multi_agent_risks.mutants.learning import ROW
from claims.multi_agent_risks.quantities import learning as q
from claims.multi_agent_risks.sections.learning import CLAIMS, FAMILY, PLAY, PRICES

F = Fraction
QUICK = Budget("quick", 20)
GOLD = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_learning.json").read_text(encoding="utf-8"))
WORD = 2**64


class Words:
    """splitmix64, as its author publishes it (S. Vigna, 2015)."""

    def __init__(self, state: int) -> None:
        self.state = state

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) % WORD
        return self.scramble(self.state)

    @staticmethod
    def scramble(z: int) -> int:
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % WORD
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % WORD
        return z ^ (z >> 31)

    def chance(self) -> float:
        return (self.next() >> 11) * 2.0**-53

    def below(self, n: int) -> int:
        return ((self.next() >> 32) * n) >> 32


def one_session(learners: Learners, seed: int, number: int) -> Session:
    """A11 with dictionaries, a pair of actions (or nothing) as state, one step after the other."""
    m, alpha, delta = learners.actions, float(learners.alpha), float(learners.delta)
    words = Words(Words.scramble((Words.scramble((seed + 0x9E3779B97F4A7C15) % WORD) + number * 0x9E3779B97F4A7C15) % WORD))
    states: list[Any] = [(a, b) for a in range(m) for b in range(m)] if learners.memory else [None]
    starts = learners.start_values()
    tables = [{(s, a): starts[i][a] for s in states for a in range(m)} for i in (0, 1)]

    def greedy(i: int, s: Any) -> int:
        return max(range(m), key=lambda a: (tables[i][s, a], -a))

    state, epsilon, steps, calm = states[words.below(len(states))], 1.0, 0, 0
    decay = math.exp(-float(learners.beta))
    policy = [{s: greedy(i, s) for s in states} for i in (0, 1)]
    while calm < learners.patience:
        pair = []
        for i in (0, 1):
            explores = words.chance() < epsilon
            pair.append(words.below(m) if explores else policy[i][state])
        a, b = pair
        following = (a, b) if learners.memory else None
        payoffs = (learners.first[a][b], learners.second[a][b])
        for i in (0, 1):
            best = max(tables[i][following, c] for c in range(m))
            tables[i][state, pair[i]] = (1.0 - alpha) * tables[i][state, pair[i]] + alpha * (payoffs[i] + delta * best)
        after = [{**policy[i], state: greedy(i, state)} for i in (0, 1)]
        calm = calm + 1 if after == policy else 0
        policy, state, steps, epsilon = after, following, steps + 1, epsilon * decay
    return Session(m, learners.memory, steps, False, states.index(state), (tuple(policy[0].values()), tuple(policy[1].values())))


@pytest.mark.parametrize(("size", "delta", "memory", "seed"), [(2, "0", 0, 0), (3, "9/10", 1, 5), (2, "1/2", 1, 2**64 - 1), (4, "19/20", 0, 77)])
def test_sessions_are_those_of_the_algorithm_read_plainly(size: int, delta: str, memory: int, seed: int) -> None:
    first = tuple(tuple(float((3 * a + 5 * b + a * b) % 7) for b in range(size)) for a in range(size))
    second = tuple(tuple(float((2 * a * a + b) % 5) for b in range(size)) for a in range(size))
    learners = Learners(first, second, F(3, 20), F(1, 50), F(delta), memory, 60)
    together = sessions(learners, seed, 3, 6)
    assert together == tuple(one_session(learners, seed, number) for number in range(3, 9))
    assert together == sessions(learners, seed, 3, 2) + sessions(learners, seed, 5, 4)


class Hurried(Learners):
    """Learners whose sessions are cut off early."""

    limit = 1100


def test_a_session_that_takes_too_long_is_cut_off_and_marked() -> None:
    played = sessions(Hurried(((1.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (1.0, 0.0)), F(1, 2), F(1, 50), F(0), 0, 30), 0, 0, 20)
    assert {session.cut_off for session in played} == {True, False}
    assert all(session.steps <= 1100 and session.cut_off == (session.steps == 1100) for session in played)


@given(st.lists(st.integers(0, 2), min_size=18, max_size=18), st.integers(0, 8), st.sampled_from([F(0), F(1, 2), F(9, 10)]))
@settings(max_examples=40, deadline=None)
def test_discounted_profits_are_the_sums_of_long_streams(policy: list[int], state: int, delta: Fraction) -> None:
    session = Session(3, 1, 1, False, state, (tuple(policy[:9]), tuple(policy[9:])))
    profits = ((1.0, 2.0, 4.0), (0.5, 3.0, 1.0), (2.0, 0.25, 5.0))
    value, factor, at = F(0), F(1), state
    for _ in range(400):
        pair = session.play(at)
        value, factor, at = value + factor * F(profits[pair[0]][pair[1]]), factor * delta, session.after(pair)
    assert 0 <= discounted(profits, session, state, delta) - value <= 5 * factor / (1 - delta)
    before, cycle = session.path(state)
    assert session.after(session.play(cycle[-1])) == cycle[0]
    assert len({*before, *cycle}) == len(before) + len(cycle)


def test_the_audit_without_memory_meets_no_reaction() -> None:
    setting = Setting(5, F(3, 20), F(1, 1000), F(19, 20), 0, 10_000)
    answers = [audit(setting, session) for session in pricing(setting, 0, 0, 60)]
    assert all(answer is None or (answer.pays and not answer.rival_cuts) for answer in answers)
    assert sum(answer is not None for answer in answers) > 50


def test_the_market_has_the_stated_figures() -> None:
    for size, stated in GOLD["grid equilibria: gain"].items():
        assert [float(gain) for gain in grid_gains(int(size))] == pytest.approx(stated, abs=5e-5)
    here = market(5)
    low, high = here.gain_range
    assert all(low < gain < high for row in here.gains for gain in row)
    assert here.static_replies == tuple(max(range(5), key=lambda own: here.profits[own][other]) for other in range(5))


PARTS = [(claim.number, part) for claim in CLAIMS for part in claim.parts]


@pytest.mark.parametrize("part", [part for _, part in PARTS], ids=[f"{number} {part.name}" for number, part in PARTS])
def test_experiments_support_their_claims(part: Part) -> None:
    (formulation,) = part.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.grade) == ("holds", "supported"), evidence.note
    assert evidence.certificate is not None
    assert evidence.details["family"]["confidence"] == "999/1000"
    kernel.check(evidence.certificate)


def test_the_family_counts_every_experiment() -> None:
    assert FAMILY.experiments == sum(len(f.settings.at("full")) for _, part in PARTS for f in part.formulations)
    assert all(f.family is FAMILY for _, part in PARTS for f in part.formulations)  # type: ignore[attr-defined]


def test_without_memory_prices_are_compared_with_those_of_the_same_learners_with_memory() -> None:
    values = {**ROW, "memory": 0}
    assert q.gains_with_memory(values, 4, 10, 20) == q.gains(ROW, 4, 10, 20)
    assert sum(q.gains(values, 4, 10, 20)) > sum(q.gains_with_memory(values, 4, 10, 20))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"delta": "0", "sessions": 4}, "undecided"), ({"sessions": 100}, "holds"),
        ({"delta": "0", "memory": 0, "patience": 1000, "sessions": 300}, "refuted"),
    ],
)
def test_an_interval_that_contains_the_equilibrium_decides_nothing(data: dict[str, Any], status: str) -> None:
    found = evaluate(PRICES, data)
    assert found.status == status
    assert found.values["supracompetitive"] == (status == "holds")
    assert ("hypothesis" in found.values) == (status == "undecided")


MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in CLAIMS for number, mutant in enumerate(claim.mutants, 1)]


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_exactly(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


@pytest.mark.parametrize("row", GOLD["slow learning, 3000 sessions"], ids=lambda row: f"delta={row['delta']}")
def test_slow_learning_is_that_of_the_table(row: dict[str, Any]) -> None:
    _, found = PRICES.evaluate({"beta": "1/10000", "delta": row["delta"], "patience": "100000", "sessions": "300", "seed": "3"})
    assert abs(found.measured - row["gain"]) < 0.05
    if row["delta"] == "19/20":
        assert all(abs(found.values[name] - share) < 0.07 for name, share in GOLD["audit of slow learning"].items())


@pytest.mark.parametrize("row", GOLD["mean gain"], ids=lambda row: f"delta={row['delta']}, memory={row['memory']}")
def test_mean_gains_are_those_of_the_table(row: dict[str, Any]) -> None:
    _, found = PRICES.evaluate({"delta": row["delta"], "memory": row["memory"], "sessions": 400, "seed": 11})
    assert abs(found.measured - row["gain"]) < 0.05
    low, high = found.values["interval"]
    assert low <= found.measured <= high
    assert found.values["supracompetitive"] == found.holds == (low > found.bound)
    assert found.values["cut_off"] == 0


def test_evaluate_prices_at_other_parameters() -> None:
    data = {"m": 3, "alpha": "1/4", "beta": "1/200", "delta": "1/2", "memory": 1, "sessions": 20, "patience": 500, "seed": 4}
    _, found = PRICES.evaluate(data)
    setting = Setting(3, F(1, 4), F(1, 200), F(1, 2), 1, 500)
    own = [one_session(setting.learners(), 4, number) for number in range(20)]
    assert found.values["steps"] == sum(session.steps for session in own) / 20
    assert found.measured == pytest.approx(float(sum(market(3).mean_gain(session.cycle) for session in own)) / 20, abs=1e-12)
    for wrong in ({"delta": "1"}, {"m": 1}, {"beta": "0"}, {"memory": 2}, {"sessions": 1}, {"alpha": "0"}):
        with pytest.raises(ParameterError):
            PRICES.evaluate(wrong)


def test_evaluate_games() -> None:
    _, found = PLAY.evaluate({})
    assert (found.measured, found.values["outcomes"], found.values["cross_play"]) == (1.0, {"DD": 1.0}, 1.0)
    _, found = PLAY.evaluate({"game": "coordination", "m": 4, "sessions": 60, "seed": 3})
    played = play_game(GameSetting("coordination", 4, 0, F(1, 10), F(1, 10_000), F(0), 20_000), 3, 0, 60)
    pairs = [(one.play(0)[0], two.play(0)[1]) for i, one in enumerate(played) for j, two in enumerate(played) if i != j]
    assert found.values["cross_play"] == sum(a == b for a, b in pairs) / len(pairs)
    assert sum(found.values["outcomes"].values()) == pytest.approx(1)
    assert PLAY.evaluate({"game": "pd", "memory": 1, "delta": "9/10", "sessions": 5})[1].values["cross_play"] is None
    with pytest.raises(ParameterError, match="m: chicken has two actions"):
        PLAY.evaluate({"game": "chicken", "m": 3})
    with pytest.raises(ValueError, match="cross-play"):
        cross_play(payoffs_of("pd", 2), ())


def test_equilibria_and_shares() -> None:
    assert [pair for pair in ((0, 0), (0, 1), (1, 0), (1, 1)) if is_equilibrium(payoffs_of("chicken", 2), pair)] == [(0, 1), (1, 0)]
    circling = Session(2, 1, 1, False, 0, ((0, 1, 1, 0), (1, 1, 0, 0)))
    assert sum(shares_of_profiles([circling]).values()) == 1
