"""Maximal lotteries and Nash learning against their defining inequalities, floating-point solvers, and golden values."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkers import kernel
from claims.alignment_distortion import model
from claims.alignment_distortion.kl_ball import Reference, exploitability, maximise
from claims.alignment_distortion.maximal_lotteries import divergence, least_kl_maximal_lottery, maximal_lottery
from claims.alignment_distortion.nash import nlhf, population_nlhf, population_regularised_nlhf, regularised_nlhf
from claims.alignment_distortion.printed_nash import printed_regularised_nlhf
from claims.alignment_distortion.rewards import population_rewards
from claims.errors import ClaimError
from exact import reals
from exact.recording import recording
from instances import AlignmentProblem, BTModel, GridBTModel, Population, PopulationView, strategies
from instances.preference_constructions import (
    CYCLIC_REFERENCE,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    cyclic_population,
)

F = Fraction
FURTHER = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))["further"]
TINY = F(1, 10**25)


def golden(name: str, computed: Any) -> bool:
    text: str = FURTHER[name]["value"]
    return abs(reals.ball(computed).mid - F(text)) <= F(10) ** -len(text.partition(".")[2])


def contains(ball: Any, value: Any) -> bool:
    return bool(reals.ball(ball).arb.overlaps(reals.ball(value).arb))


def gains(game: Any, policy: Any) -> list[Any]:
    """What each alternative gains against the policy, (Mπ)_x."""
    return [model.dot(row, policy) for row in game]


entries = st.integers(-4, 4).map(lambda k: F(k, 4))


@st.composite
def games(draw: Any, most: int = 5) -> list[list[Fraction]]:
    n = draw(st.integers(1, most))
    upper = {(x, y): draw(entries) for x in range(n) for y in range(x + 1, n)}
    return [[F(0) if x == y else upper[x, y] if x < y else -upper[y, x] for y in range(n)] for x in range(n)]


@settings(max_examples=80, deadline=None)
@given(games(), st.data())
def test_maximal_lotteries_of_exact_games(game: list[list[Fraction]], data: Any) -> None:
    ref = Reference.of(data.draw(strategies.simplex_points(len(game), full_support=True)))
    try:
        policy, kl = least_kl_maximal_lottery(game, ref)
    except ClaimError:
        assume(False)  # rare: the nearest lottery lies where a constraint only just binds
    assert contains(model.total(policy), 1)
    assert not any(reals.ball(gain) > TINY for gain in gains(game, policy))
    assert contains(kl, divergence(policy, ref))


@settings(max_examples=25, deadline=None)
@given(games(4), st.data())
def test_no_maximal_lottery_is_nearer_to_the_reference(game: list[list[Fraction]], data: Any) -> None:
    import numpy as np
    from scipy.optimize import minimize

    weights = data.draw(strategies.simplex_points(len(game), full_support=True))
    try:
        _, kl = least_kl_maximal_lottery(game, Reference.of(weights))
    except ClaimError:
        return
    matrix, ref = np.array([[float(value) for value in row] for row in game]), np.array([float(weight) for weight in weights])

    def objective(p: Any) -> float:
        q = np.maximum(p, 1e-15)
        return float((q * np.log(q / ref)).sum())

    found = minimize(
        objective, maximal_float(matrix), method="SLSQP", bounds=[(0, 1)] * len(ref),
        constraints=[{"type": "eq", "fun": lambda p: p.sum() - 1}, {"type": "ineq", "fun": lambda p: p @ matrix}], options={"ftol": 1e-12, "maxiter": 300},
    )
    if found.success:
        assert float(kl) <= found.fun + 1e-6


def maximal_float(matrix: Any) -> Any:
    from scipy.optimize import linprog

    n = len(matrix)
    solved = linprog([0.0] * n, A_ub=-matrix.T, b_ub=[0.0] * n, A_eq=[[1.0] * n], b_eq=[1.0], bounds=[(0, 1)] * n)
    return solved.x


def test_ties_above_a_loser() -> None:
    """Two alternatives that tie and beat a third, at irrational margins: π_ref decides between the two."""
    game = model.margins(BTModel(2), Population(((1, 0, 0), (0, 1, 0)), ("1/2", "1/2")))
    assert game[0][1] == 0
    policy, kl = least_kl_maximal_lottery(game, Reference.of((F(1, 2), F(1, 4), F(1, 4))))
    assert policy == (F(2, 3), F(1, 3), 0)
    assert contains(kl, -reals.log(F(3, 4)))


def test_an_active_constraint_outside_the_support() -> None:
    """Three alternatives tie; a fourth bounds how they may be mixed."""
    game = [[F(0), F(0), F(0), F(1)], [F(0), F(0), F(0), F(-1)], [F(0), F(0), F(0), F(-1)], [F(-1), F(1), F(1), F(0)]]
    policy, _ = least_kl_maximal_lottery(game, Reference.of((F(1, 10), F(3, 10), F(1, 2), F(1, 10))))
    assert policy[3] == 0
    assert contains(policy[0], F(1, 2))
    assert contains(policy[1] / policy[2], F(3, 5))


def test_fair_coins_leave_the_reference() -> None:
    instance = HiddenOptimum(GridBTModel(2, 4), 3, F(1, 4))
    weights = (F(1, 2), F(1, 3), F(1, 6))
    for tau in (F(0), F(1, 10), model.INFINITE):
        found = population_nlhf(instance.response, instance, Reference.of(weights), tau)
        assert found.policy == weights
        assert found.kl == 0
        assert found.lam == 0


def test_a_condorcet_loser_gets_nothing() -> None:
    instance = HiddenOptimum(BTModel(4), 4, F(1, 4), F(2))
    policy = maximal_lottery(model.margins(instance.response, instance))
    assert policy[0] == 0
    assert all(contains(mass, F(1, 3)) for mass in policy[1:])


def test_indistinguishable_lotteries_are_an_error() -> None:
    """The pairs are fair coins, but only by an identity that balls do not see."""
    instance = HiddenOptimum(BTModel(4), 3, F(1, 4))
    with pytest.raises(ClaimError, match="several maximal lotteries"):
        least_kl_maximal_lottery(model.margins(instance.response, instance), Reference.of((F(1, 3),) * 3))


# Nash learning


@settings(max_examples=40, deadline=None)
@given(strategies.alignment_problems(max_alternatives=3), st.sampled_from([F(1, 50), F(1, 5), F(2)]))
def test_the_regularised_equilibrium_is_its_own_best_response(problem: AlignmentProblem, lam: Fraction) -> None:
    ref = Reference.of(problem.ref)
    game = model.margins(problem.response, problem.population)
    found = population_regularised_nlhf(problem.response, problem.population, ref, lam)
    levels = [reals.log(mass / weight) * lam - gain for mass, weight, gain in zip(found.policy, problem.ref, gains(game, found.policy), strict=True)]
    assert all(contains(level, levels[0]) for level in levels)
    assert contains(found.kl, model.kl_divergence(found.policy, problem.ref))
    assert reals.ball(exploitability(found.policy, game, ref, found.kl, lam)) < TINY
    best = maximise(model.average_utilities(problem.population), ref, reals.ball(found.kl).upper).value
    achieved = model.lottery_utility(problem.population, found.policy)
    assert not reals.ball(best).arb > reals.ball(model.R(problem.response.beta) * achieved + TINY).arb


@settings(max_examples=40, deadline=None)
@given(strategies.alignment_problems(max_alternatives=3), st.sampled_from([F(1, 1000), F(1, 20), F(1, 2)]))
def test_the_constrained_equilibrium_cannot_be_exploited(problem: AlignmentProblem, tau: Fraction) -> None:
    ref = Reference.of(problem.ref)
    game = model.margins(problem.response, problem.population)
    found = population_nlhf(problem.response, problem.population, ref, tau)
    assert not reals.ball(found.kl).arb > reals.ball(tau + TINY).arb
    assert reals.ball(exploitability(found.policy, game, ref, tau, found.lam)) < TINY
    assert contains(found.kl, tau) or (isinstance(found.lam, Fraction) and found.lam == 0)


def test_the_path_of_the_cyclic_population() -> None:
    game, ref = model.margins(BTModel(4), cyclic_population()), Reference.of(CYCLIC_REFERENCE)
    points = [regularised_nlhf(game, ref, F(1, 2**k)) for k in range(12)]
    assert all(later.kl > earlier.kl for earlier, later in pairwise(points))
    limit = regularised_nlhf(game, ref, F(0))
    assert points[-1].kl < limit.kl
    for point in points:
        again = nlhf(game, ref, reals.ball(point.kl).mid)
        assert abs(reals.ball(again.lam - point.lam)) < TINY


@pytest.mark.parametrize("tau", [F(1, 10**20), F(1, 10**6), F(17, 100)])
def test_small_budgets_and_budgets_next_to_the_maximal_lottery(tau: Fraction) -> None:
    game, ref = model.margins(BTModel(4), cyclic_population()), Reference.of(CYCLIC_REFERENCE)
    found = nlhf(game, ref, tau)
    assert contains(found.kl / tau, 1)
    assert abs(reals.ball(exploitability(found.policy, game, ref, tau, found.lam))) < TINY


def test_duplicates_share_as_the_reference_does() -> None:
    population = Population(((1, 1, 0), (0, 0, "1/2")), ("1/3", "2/3"))
    single = Population(((1, 0), (0, "1/2")), ("1/3", "2/3"))
    for lam in (F(1, 10), F(0)):
        doubled = population_regularised_nlhf(BTModel(2), population, Reference.of((F(1, 2), F(1, 4), F(1, 4))), lam)
        merged = population_regularised_nlhf(BTModel(2), single, Reference.of((F(3, 4), F(1, 4))), lam)
        assert contains(doubled.policy[0] + doubled.policy[1], merged.policy[0])
        assert contains(doubled.policy[0], 2 * doubled.policy[1])
        assert contains(doubled.kl, merged.kl)


@pytest.mark.parametrize("beta", [F(1, 10**25), F(1, 10**6), F(700), F(10**5)])
def test_extreme_beta(beta: Fraction) -> None:
    game, ref = model.margins(BTModel(beta), cyclic_population()), Reference.of(CYCLIC_REFERENCE)
    policy, _ = least_kl_maximal_lottery(game, ref)
    assert not any(reals.ball(gain) > TINY * abs(reals.ball(game[0][1])).upper for gain in gains(game, policy))


def test_many_alternatives() -> None:
    sequence = DecliningSequence(8, 20)
    view = PopulationView(sequence.utilities, sequence.weights)
    ref = Reference.of((F(1, 20),) * 20)
    found = population_nlhf(sequence.response, view, ref, F(1, 2))
    assert reals.ball(exploitability(found.policy, model.margins(sequence.response, view), ref, F(1, 2), found.lam)) < TINY


def test_rlhf_is_exploitable() -> None:
    instance = ExponentialGap(10, 1000, ExponentialGap.default_copies(F(10)))
    ref = Reference.from_logs(instance.log_ref)
    policy = maximise(population_rewards(instance.response, instance, instance.mu), ref, F(1)).policy
    game = model.margins(instance.response, instance)
    response = maximise(gains(game, policy), ref, F(1)).policy
    assert model.dot(response, gains(game, policy)) > F(1, 100)


def test_golden_ratio_with_doubled_radius() -> None:
    population, ref = Population(((1, 0),), (1,)), Reference.of((F(1, 1000), F(999, 1000)))
    game = model.margins(BTModel(1), population)
    lam = bisect_lam(game, ref)
    found = regularised_nlhf(game, ref, lam)
    assert abs(reals.ball(found.policy[0]) - F(1, 5)) < F(1, 10**8)
    best = maximise((F(1), F(0)), ref, 2 * found.kl)
    assert golden("C16 mutant: ratio with doubled radius", best.value / found.policy[0])


def bisect_lam(game: Any, ref: Reference) -> Fraction:
    low, high = F(8, 100), F(9, 100)
    for _ in range(36):
        middle = (low + high) / 2
        low, high = (middle, high) if regularised_nlhf(game, ref, middle).policy[0] > F(1, 5) else (low, middle)
    return low


def test_golden_welfare_along_the_path() -> None:
    instance = HiddenOptimum(BTModel(4), 2, F(1, 10), F(3, 2))
    for lam, name in ((F(1, 100), "C26 mutant: welfare at 0.01"), (F(10), "C26 mutant: welfare at 10")):
        found = regularised_nlhf(model.margins(instance.response, instance), Reference.of((F(1, 2), F(1, 2))), lam)
        assert golden(name, model.lottery_utility(instance, found.policy))


# The printed program


def test_the_printed_program_prefers_a_vertex() -> None:
    """Two alternatives, M_12 = x and λ = x/ln 3: (3/4, 1/4) is the constrained solution, and a vertex undercuts it in the printed program."""
    ref = Reference.of((F(1, 2), F(1, 2)))
    lam = F(1, 2) / reals.log(F(3))
    game = ((F(0), F(1, 2)), (F(-1, 2), F(0)))
    found = regularised_nlhf(game, ref, lam)
    assert contains(found.policy[0], F(3, 4))
    assert golden("P1 tau of (3/4,1/4)", found.kl)
    own, vertex = -found.kl, model.dot([row[0] for row in game], found.policy) / lam + ref.logs[0]
    assert vertex < own
    assert golden("P1 vertex value / lambda", -vertex)


@settings(max_examples=30, deadline=None)
@given(strategies.alignment_problems(max_alternatives=4), st.sampled_from([F(1, 20), F(1, 5), F(2)]))
def test_the_printed_program_is_solved(problem: AlignmentProblem, lam: Fraction) -> None:
    import numpy as np

    ref = Reference.of(problem.ref)
    game = model.margins(problem.response, problem.population)
    try:
        found = printed_regularised_nlhf(game, ref, lam)
    except ClaimError:
        return

    def value(policy: Any) -> float:
        against = policy @ matrix + float(lam) * np.log(weights)
        return float(against.min() - float(lam) * (policy * np.log(np.maximum(policy, 1e-300) / weights)).sum())

    matrix = np.array([[float(entry) for entry in row] for row in game])
    weights = np.array([float(weight) for weight in problem.ref])
    solution = np.array([float(mass) for mass in found.policy])
    rng = np.random.default_rng(1)
    for _ in range(100):
        other = rng.dirichlet(np.ones(len(weights)))
        for near in (other, 0.99 * solution + 0.01 * other):
            assert value(near) <= value(solution) + 1e-9


# Recordings


@pytest.mark.parametrize("response", [BTModel(4), GridBTModel(2, 2)])
@pytest.mark.parametrize("tau", [F(1, 10), F(1, 2), None])
def test_a_recorded_equilibrium_is_a_certificate(response: Any, tau: Fraction | None) -> None:
    problem = AlignmentProblem(response, cyclic_population(), CYCLIC_REFERENCE, tau)
    with recording() as recorder:
        lifted = recorder.lift(problem)
        ref, budget = Reference.of(lifted.ref), model.INFINITE if tau is None else lifted.tau
        found = population_nlhf(lifted.response, lifted.population, ref, budget)
        game = model.margins(lifted.response, lifted.population)
        gain = exploitability(found.policy, game, ref, budget, found.lam)
        kernel.check(recorder.document([("<=", gain, F(1, 10**12))], {}))


def test_the_recorded_printed_program_is_a_certificate() -> None:
    problem = AlignmentProblem(BTModel(4), cyclic_population(), CYCLIC_REFERENCE, None)
    with recording() as recorder:
        lifted = recorder.lift(problem)
        ref, game = Reference.of(lifted.ref), model.margins(lifted.response, lifted.population)
        found = printed_regularised_nlhf(game, ref, recorder.lift(F(1, 5)))
        response = maximise(gains(game, found.policy), ref, found.kl).policy
        kernel.check(recorder.document([(">", model.dot(response, gains(game, found.policy)), F(1, 10))], {}))
    assert math.isclose(float(found.kl), 0.4329510387, rel_tol=1e-9)
