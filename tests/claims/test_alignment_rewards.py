"""Rewards, KL balls and DPO against first-order conditions, brute force, scipy, and their golden values."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from claims.alignment_distortion import model
from claims.alignment_distortion.kl_ball import Reference, dual_value, exploitability, maximise, regularised_policy
from claims.alignment_distortion.rewards import (
    NoMaximumError,
    dpo_policy,
    maximum_likelihood_rewards,
    negative_log_likelihood,
    pair_law_rewards,
    population_rewards,
    reward_sign,
    wins_of_table,
)
from exact import reals
from exact.balls import working_precision
from exact.recording import recording
from instances import BTModel, Election, Population, PopulationView, strategies
from instances.preference_constructions import (
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    Misordering,
    adjacent_pair_law,
)

F = Fraction
FURTHER = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))["further"]


def golden(name: str, computed: Any) -> bool:
    text: str = FURTHER[name]["value"]
    mantissa, _, exponent = text.partition("e")
    unit = F(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(reals.ball(computed).mid - F(text)) <= unit


def contains(ball: Any, value: Any) -> bool:
    return bool(reals.ball(ball).arb.overlaps(reals.ball(value).arb))


def full_support(election: Election) -> Election:
    m = len(election.mu)
    mixed = tuple((weight + F(1, m)) / 2 for weight in election.mu)
    return Election(election.response, election.population, mixed)


@settings(max_examples=60, deadline=None)
@given(st.one_of(strategies.elections(), strategies.elections(grid=False)).map(full_support))
def test_population_rewards_solve_the_first_order_condition_and_order_as_borda(election: Election) -> None:
    response, population, mu = election.response, election.population, election.mu
    with working_precision(256 if response.beta < 100 else 32_768):
        rewards = population_rewards(response, population, mu)
        assert rewards[0] == 0
        for x in range(len(mu)):
            expected = model.total(mu[z] * model.sigma(rewards[x] - rewards[z]) for z in range(len(mu)))
            assert contains(expected, model.borda_score(response, population, mu, x))
            for y in range(x):
                lead = model.borda_difference(response, population, mu, x, y)
                assert reward_sign(rewards, x, y) == (1 if lead > 0 else 0 if lead == 0 else -1)


@settings(max_examples=30, deadline=None)
@given(strategies.elections().map(full_support))
def test_sharing_unknowns_changes_nothing(election: Election) -> None:
    m = len(election.mu)
    wins = {
        (x, y): election.mu[x] * election.mu[y] * model.win_rate(election.response, election.population, x, y)
        for x in range(m) for y in range(m) if x != y
    }
    apart = maximum_likelihood_rewards(m, wins)
    assert all(contains(a, b) for a, b in zip(apart, population_rewards(election.response, election.population, election.mu), strict=True))


def test_clones_may_be_merged() -> None:
    merged = ExponentialGap(2, 5, 3)
    clones = merged.with_clones()
    apart = population_rewards(merged.response, clones, (F(1, 5),) * 5)
    together = population_rewards(merged.response, merged, merged.mu)
    assert all(contains(a, b) for a, b in zip(apart[:3], together, strict=True))


tables = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 9), min_size=n, max_size=n), min_size=n, max_size=n).map(
        lambda rows: tuple(tuple(0 if x == y else count for y, count in enumerate(row)) for x, row in enumerate(rows))
    )
)


@settings(max_examples=15, deadline=None)
@given(tables)
def test_rewards_agree_with_scipy(table: tuple[tuple[int, ...], ...]) -> None:
    import numpy as np
    from scipy.optimize import minimize

    wins = wins_of_table(table)
    counts = np.array(table, dtype=float)

    def loss(free: Any) -> float:
        rewards = np.concatenate([[0.0], free])
        return float((counts * np.logaddexp(0, -(rewards[:, None] - rewards[None, :]))).sum() - counts.trace() * math.log(2))

    best = minimize(loss, np.zeros(len(table) - 1), method="BFGS", options={"gtol": 1e-9})
    rewards = maximum_likelihood_rewards(len(table), wins)
    assert all(math.isclose(float(a), b, abs_tol=1e-5) for a, b in zip(rewards[1:], best.x, strict=True))
    assert math.isclose(float(negative_log_likelihood(wins, rewards)), best.fun, rel_tol=1e-9)


@pytest.mark.parametrize(("table", "side"), [
    (((0, 1, 1), (1, 0, 1), (0, 0, 0)), "3 never beat"),
    (((0, 0, 0), (1, 0, 1), (1, 1, 0)), "2, 3 are never beaten"),
    (((0, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0)), "3, 4"),
    (((0, 0), (0, 0)), "2"),
])
def test_a_diverging_likelihood_is_an_error(table: Any, side: str) -> None:
    with pytest.raises(NoMaximumError, match=side):
        maximum_likelihood_rewards(len(table), wins_of_table(table))


@pytest.mark.parametrize("beta", [1, 10, 700, 2000])
def test_rewards_at_extreme_beta(beta: int) -> None:
    instance = ExponentialGap(beta, 10, 10**6)
    rewards = population_rewards(instance.response, instance, instance.mu)
    for x in range(3):
        expected = model.total(instance.mu[z] * model.sigma(rewards[x] - rewards[z]) for z in range(3))
        assert contains(expected, model.borda_score(instance.response, instance, instance.mu, x))


def test_rewards_under_a_pair_law_need_not_order_as_borda() -> None:
    sequence, law = DecliningSequence(8, 4), adjacent_pair_law(4, F(1, 1000))
    view = PopulationView(sequence.utilities, sequence.weights)
    rewards = pair_law_rewards(sequence.response, view, law)
    scores = []
    for x in range(4):
        others = [y for y in range(4) if y != x]
        exposure = sum(law.pair_weight(x, y) for y in others)
        scores.append(model.total(law.pair_weight(x, y) * model.win_rate(sequence.response, view, x, y) for y in others) / exposure)
        assert golden(f"C11 mutant: scores under nu, {x + 1}", scores[x])
        expected = model.total(law.pair_weight(x, y) * model.sigma(rewards[x] - rewards[y]) for y in others) / exposure
        assert contains(expected, scores[x])
    assert scores[1] > scores[2]
    assert rewards[1] < rewards[2]


# KL balls


refs = st.integers(1, 4).flatmap(lambda n: st.tuples(
    st.lists(st.integers(-3, 3).map(lambda k: F(k, 2)), min_size=n, max_size=n), strategies.simplex_points(n, full_support=True)))
taus = st.one_of(st.sampled_from([F(0), F(1, 10**12), F(10), model.INFINITE]), st.fractions(F(1, 100), 2, max_denominator=100))


@settings(max_examples=80, deadline=None)
@given(refs, taus)
def test_primal_meets_dual_in_the_ball(problem: Any, tau: Any) -> None:
    rewards, weights = problem
    ref = Reference.of(weights)
    found = maximise(rewards, ref, tau)
    assert contains(model.total(found.policy), 1)
    assert contains(found.kl, model.kl_divergence(found.policy, weights))
    if tau != model.INFINITE:
        assert not reals.ball(found.kl).arb > reals.ball(tau).arb
    assert contains(found.value, model.dot(found.policy, rewards))
    assert contains(found.value, dual_value(found, ref, rewards, tau))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=3, max_size=3), strategies.simplex_points(3, full_support=True), st.integers(1, 30).map(lambda k: F(k, 20)))
def test_no_feasible_policy_is_better(rewards: list[int], weights: tuple[Fraction, ...], tau: Fraction) -> None:
    found = maximise([F(reward) for reward in rewards], Reference.of(weights), tau)
    steps = 24
    for i, j in product(range(steps + 1), repeat=2):
        if i + j <= steps:
            policy = (i / steps, j / steps, (steps - i - j) / steps)
            kl = sum(p * math.log(p / float(q)) for p, q in zip(policy, weights, strict=True) if p)
            if kl <= tau:
                assert sum(p * r for p, r in zip(policy, rewards, strict=True)) <= float(found.value) + 1e-12


@given(refs, st.sampled_from([F(1, 100), F(1), F(50)]))
def test_log_weights_give_the_same_tilt(problem: Any, lam: Fraction) -> None:
    rewards, weights = problem
    first = regularised_policy(rewards, Reference.of(weights), lam)
    second = regularised_policy(rewards, Reference.from_logs(reals.log(weight) for weight in weights), lam)
    assert all(contains(a, b) for a, b in zip(first.policy, second.policy, strict=True))


def test_a_reference_below_every_float() -> None:
    instance = ExponentialGap(10, 10**9, ExponentialGap.default_copies(F(10)))
    ref = Reference.from_logs(instance.log_ref)
    found = maximise((F(-8), F(-7), F(0)), ref, F(1))
    assert contains(found.kl, 1)
    assert 0 < reals.ball(found.policy[2]) < F(1, 10**8)


@settings(max_examples=40, deadline=None)
@given(refs, taus, st.integers(1, 9))
def test_exploitability_bounds_every_response(problem: Any, tau: Any, seed: int) -> None:
    rewards, weights = problem
    n, ref = len(weights), Reference.of(weights)
    game = [[F((7 * seed + 3 * x + 5 * y) % 5 - 2, 4) if x < y else F(0) for y in range(n)] for x in range(n)]
    game = [[game[x][y] - game[y][x] for y in range(n)] for x in range(n)]
    bound = exploitability(weights, game, ref, tau)
    for x in range(n):
        response = maximise([game[y][x] + rewards[y] / 100 for y in range(n)], ref, tau).policy
        gain = model.total(response[z] * game[z][y] * weights[y] for z in range(n) for y in range(n))
        assert not reals.ball(gain).arb > reals.ball(bound).arb


# DPO


@settings(max_examples=15, deadline=None)
@given(tables, st.sampled_from([F(1, 3), F(1), F(4)]), st.data())
def test_dpo_is_regularised_rlhf(table: Any, lam: Fraction, data: Any) -> None:
    ref = Reference.of(data.draw(strategies.simplex_points(len(table), full_support=True)))
    wins = wins_of_table(table)
    rewards = maximum_likelihood_rewards(len(table), wins)
    direct = dpo_policy(wins, ref, lam)
    tilted = regularised_policy(rewards, ref, lam)
    assert all(contains(a, b) for a, b in zip(direct, tilted.policy, strict=True))
    implicit = [lam * (reals.log(mass) - log) for mass, log in zip(direct, ref.logs, strict=True)]
    assert contains(negative_log_likelihood(wins, implicit), negative_log_likelihood(wins, rewards))


# Golden values that need a run


def rlhf_ratio(instance: Any) -> Any:
    rewards = population_rewards(instance.response, instance, instance.mu)
    ref = Reference.from_logs(instance.log_ref)
    policy = maximise(rewards, ref, instance.tau).policy
    return maximise(model.average_utilities(instance), ref, instance.tau).value / model.lottery_utility(instance, policy)


def test_golden_misordering_run() -> None:
    mu = (F(1, 10**9), F(1, 10**9), 1 - F(2, 10**9))
    instance = Misordering(BTModel(4), F(1, 100), F(1, 100), F(1001, 1000), mu, F(10**9))
    assert golden("C13 RLHF run at T=1e9", rlhf_ratio(instance))


def test_golden_rlhf_in_place_of_nash() -> None:
    assert golden("C14 mutant: RLHF at beta 10", rlhf_ratio(ExponentialGap(10, 1000, ExponentialGap.default_copies(F(10)))))


def test_the_threshold_of_the_exponential_construction() -> None:
    at = F(FURTHER["C12 r(c)>r(b) from beta"]["value"])
    signs = []
    for beta in (at - F(1, 10**6), at + F(1, 10**6)):
        base = ExponentialGap(beta, 1, 1)
        share = 1 / (4 * reals.exp(beta) + 2)  # k = 4e^β, not rounded
        mu = (share, share, 1 - 2 * share)
        signs.append(model.borda_difference(base.response, base, mu, 2, 1) > 0)
    assert signs == [False, True]


def test_borda_and_rewards_follow_the_sampling_weights() -> None:
    instance = BordaLowerBound(BTModel(4), model.gamma_star(F(4)), F(1, 100))
    for mu, winner in (((F(1, 3),) * 3, 0), (instance.mu, 2)):
        rewards = population_rewards(instance.response, instance, mu)
        assert reals.argmax(rewards) == (winner,)


# Recordings


@pytest.mark.parametrize("beta", [4, 10])
def test_a_recorded_run_is_a_certificate(beta: int) -> None:
    instance = ExponentialGap(beta, 1000, ExponentialGap.default_copies(F(beta)))
    with recording() as recorder:
        lifted = recorder.lift(instance)
        ratio = rlhf_ratio(lifted)
        document = recorder.document([(">", ratio, reals.exp(lifted.beta) / (44 * lifted.beta))], {})
    assert len(document["proposition"]["systems"]) == 3
    kernel.check(document)
    assert contains(ratio, rlhf_ratio(instance))


def test_a_recorded_dpo_run_is_a_certificate() -> None:
    with recording() as recorder:
        wins = wins_of_table(recorder.lift(((F(0), F(3), F(4)), (F(2), F(0), F(5)), (F(1), F(2), F(0)))))
        ref, lam = Reference.of(recorder.lift((F(1, 5), F(3, 10), F(1, 2)))), recorder.lift(F(7, 10))
        rlhf = regularised_policy(maximum_likelihood_rewards(3, wins), ref, lam).policy
        gap = reals.maximum([abs(a - b) for a, b in zip(dpo_policy(wins, ref, lam), rlhf, strict=True)])
        kernel.check(recorder.document([("<=", gap, F(1, 10**12))], {}))


def test_a_recorded_pair_law_run_is_a_certificate() -> None:
    with recording() as recorder:
        sequence = recorder.lift(DecliningSequence(8, 6))
        view = PopulationView(sequence.utilities, sequence.weights)
        rewards = pair_law_rewards(sequence.response, view, adjacent_pair_law(6, F(1, 1000)))
        assert reals.argmax(rewards) == (5,)
        kernel.check(recorder.document([(">", rewards[5], F(0))], {}))


def test_single_alternative() -> None:
    population = Population(((F(1, 2),),), (F(1),))
    assert population_rewards(BTModel(1), population, (F(1),)) == (0,)
    assert maximise([F(1, 2)], Reference.of([F(1)]), F(0)).policy == (1,)
    assert maximise([F(1, 2)], Reference.of([F(1)]), F(1)).kl == 0
