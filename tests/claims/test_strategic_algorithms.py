"""The algorithms of strategic_learning against brute force and against each other."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.strategic_learning.algorithms import joint_plans, learners, stackelberg
from claims.strategic_learning.algorithms.best_responses import Opponent, Unsupported, best_response_value, greatest_cycle_means
from claims.strategic_learning.algorithms.equilibria import extreme_equilibria
from claims.strategic_learning.algorithms.family_scan import leading_column_value, matrices, secured, uninformed_value
from claims.strategic_learning.algorithms.outcome_programs import LEVELS, ConcedeInsist, erasure_gap, mimic_bound
from claims.strategic_learning.algorithms.restricted import StrategyClass, frequencies, restricted_equilibria
from claims.strategic_learning.model import against, best_replies, external_regret, payoff, swap_regret
from claims.strategic_learning.named_games import COMMITMENT_UNIT, concede_insist_game, deng_schneider_sivan
from claims.strategic_learning.patterns import averaged_bound
from instances.automata import Automaton
from instances.bayesian_games import SignalChannel, erasure, resample
from instances.stage_games import BimatrixGame

F = Fraction
OPEN = st.integers(1, 6).map(lambda n: F(n, 7))


@st.composite
def games(draw: Any, most: int = 3) -> BimatrixGame:
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    entries = st.lists(st.lists(st.integers(0, 4).map(lambda n: F(n, 4)), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    return BimatrixGame(draw(entries), draw(entries))


@st.composite
def channels(draw: Any, least: int = 0) -> SignalChannel:
    signals = draw(st.integers(1, 3))
    rows = []
    for _ in range(2):
        weights = draw(st.lists(st.integers(least, 3), min_size=signals, max_size=signals).filter(any))
        rows.append(tuple(F(w, sum(weights)) for w in weights))
    return SignalChannel(tuple(rows))


@settings(max_examples=25, deadline=None)
@given(games())
def test_no_mixture_on_a_grid_beats_the_stackelberg_value(game: BimatrixGame) -> None:
    found = stackelberg.commit(game)
    assert found.column in best_replies(game, found.mixture)
    assert against(found.mixture, game.first, found.column) == found.value
    for steps in product(range(5), repeat=game.rows):
        if sum(steps) == 4:
            mixture = [F(n, 4) for n in steps]
            assert all(against(mixture, game.first, b) <= found.value for b in best_replies(game, mixture))


@settings(max_examples=25, deadline=None)
@given(games(), st.data())
def test_no_outcome_beats_the_regret_cap(game: BimatrixGame, data: Any) -> None:
    weights = data.draw(st.lists(st.integers(0, 3), min_size=game.rows * game.columns, max_size=game.rows * game.columns).filter(any))
    masses = [F(w, sum(weights)) for w in weights]
    outcome = [masses[a * game.columns : (a + 1) * game.columns] for a in range(game.rows)]
    regret = swap_regret(game, outcome)
    assert payoff(outcome, game.first) <= stackelberg.value_of(stackelberg.cap_program(game, regret))
    assert external_regret(game, outcome) <= regret
    slope = stackelberg.value_of(stackelberg.slope_program(game, F(0)))
    assert payoff(outcome, game.first) <= stackelberg.commit(game).value + slope * regret


@settings(max_examples=25, deadline=None)
@given(games())
def test_extreme_equilibria_are_equilibria(game: BimatrixGame) -> None:
    found = extreme_equilibria(game)
    assert found
    for e in found:
        columns = [sum(x * game.second[a][b] for a, x in enumerate(e.rows)) for b in range(game.columns)]
        rows = [sum(y * game.first[a][b] for b, y in enumerate(e.columns)) for a in range(game.rows)]
        assert max(rows) == sum(x * r for x, r in zip(e.rows, rows, strict=True)) == e.first
        assert max(columns) == sum(y * c for y, c in zip(e.columns, columns, strict=True)) == e.second
    pure = [
        (a, b)
        for a, b in product(range(game.rows), range(game.columns))
        if game.first[a][b] == max(row[b] for row in game.first) and game.second[a][b] == max(game.second[a])
    ]
    listed = {(e.rows.index(1), e.columns.index(1)) for e in found if 1 in e.rows and 1 in e.columns}
    assert set(pure) == listed


@st.composite
def machines(draw: Any) -> Automaton:
    size = draw(st.integers(1, 3))
    states = st.integers(0, size - 1)
    return Automaton(
        tuple(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size))),
        tuple(draw(st.lists(st.tuples(states, states), min_size=size, max_size=size))),
    )


PAYOFFS = (((F(0), F(1)), (F(2), F(-1))), ((F(1), F(3)), (F(0), F(2))))


@settings(max_examples=40, deadline=None)
@given(machines(), machines(), st.integers(1, 4))
def test_best_responses_are_the_limit_of_finite_horizons(one: Automaton, two: Automaton, weight: int) -> None:
    """Dynamic programming over T rounds, on what is known of the type, is within const/T of the infinite game."""
    types = [Opponent(one, F(weight, 5), PAYOFFS[0]), Opponent(two, 1 - F(weight, 5), PAYOFFS[1])]
    horizon = 120

    @cache
    def best(live: tuple[int, ...], states: tuple[int, ...], left: int) -> Fraction:
        if not left:
            return F(0)
        outputs = [types[i].automaton.outputs[q] for i, q in zip(live, states, strict=True)]
        values = []
        for action in (0, 1):
            value = F(0)
            for output in sorted(set(outputs)):
                members = [k for k, other in enumerate(outputs) if other == output]
                value += sum(types[live[k]].weight * types[live[k]].payoffs[action][output] for k in members)
                after = tuple(types[live[k]].automaton.moves[states[k]][action] for k in members)
                value += best(tuple(live[k] for k in members), after, left - 1)
            values.append(value)
        return max(values)

    for left in range(horizon):
        best((0, 1), (0, 0), left)
    finite = best((0, 1), (0, 0), horizon) / horizon
    assert abs(finite - best_response_value(types)) <= F(80, horizon)


def test_cycle_means_by_karp() -> None:
    edges = {(0,): {(1,): F(1), (0,): F(2)}, (1,): {(0,): F(4), (1,): F(0)}}
    assert greatest_cycle_means(edges) == [F(5, 2)]


def test_types_that_mix_differently_are_refused() -> None:
    mixed = [Automaton(((F(1, n), 1 - F(1, n)),), ((0, 0),)) for n in (2, 3)]
    with pytest.raises(Unsupported):
        best_response_value([Opponent(machine, F(1, 2), PAYOFFS[0]) for machine in mixed])


@settings(max_examples=30, deadline=None)
@given(OPEN, OPEN, OPEN, channels(), st.data())
def test_plans_without_their_periods(gamma: Fraction, beta: Fraction, pi: Fraction, channel: SignalChannel, data: Any) -> None:
    items = data.draw(st.lists(st.tuples(*(st.integers(0, 4).map(lambda n: F(n, 4)),) * 2), min_size=1, max_size=2))
    announce = data.draw(st.lists(st.integers(0, len(items) - 1), min_size=channel.signals, max_size=channel.signals))
    plan = joint_plans.JointPlan(tuple(items), tuple(announce))
    assert joint_plans.plan_standing(gamma, beta, pi, channel, plan) == joint_plans.plan_profile(gamma, beta, pi, channel, plan).check()


@settings(max_examples=25, deadline=None)
@given(OPEN, OPEN, OPEN, channels())
def test_closed_forms_of_the_outcome_programs(gamma: Fraction, beta: Fraction, pi: Fraction, channel: SignalChannel) -> None:
    numbers = ConcedeInsist(gamma, beta, pi, channel)
    game = concede_insist_game(gamma, beta, pi, channel)
    bounds = [mimic_bound(game, level) for level in LEVELS]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] == numbers.knapsack()
    assert numbers.benchmark - bounds[0] >= numbers.gap_bound()
    if channel.has_full_support:
        assert bounds[2] == numbers.best_value()
        plan = joint_plans.menu_plan(gamma, beta, channel, numbers.announcements())
        standing = joint_plans.plan_standing(gamma, beta, pi, channel, plan)
        assert standing.is_equilibrium
        assert standing.second_value == numbers.best_value() <= numbers.benchmark - numbers.uniform_gap()


@settings(max_examples=20, deadline=None)
@given(OPEN, OPEN, OPEN, st.integers(0, 8).map(lambda n: F(n, 8)))
def test_erasure_in_closed_form(gamma: Fraction, beta: Fraction, pi: Fraction, precision: Fraction) -> None:
    numbers = ConcedeInsist(gamma, beta, pi, erasure(2, precision))
    gap = erasure_gap(gamma, beta, pi, precision)
    assert numbers.benchmark - mimic_bound(concede_insist_game(gamma, beta, pi, numbers.channel)) == gap
    assert (gap == 0) == (gamma >= 1 - precision)


def test_the_averaged_bound_at_no_information_is_the_bound_itself() -> None:
    half = (F(1, 2), F(1, 2))
    assert averaged_bound(F(1, 4), F(1, 2), F(1, 2), F(0), F(1, 3)) == mimic_bound(
        concede_insist_game(F(1, 4), F(1, 2), F(1, 2), resample(half, F(1, 3)))
    )


def test_restricted_equilibria_against_plain_enumeration() -> None:
    """tree(2) by four nested loops in fractions."""
    half = (F(1, 2), F(1, 2))
    for precision in (F(0), F(1, 3), F(1)):
        game = concede_insist_game(F(2, 7), F(3, 5), F(1, 2), resample(half, precision))
        strategies = StrategyClass("tree", 2)
        counts = frequencies(strategies).tolist()
        size, q = len(counts), game.channel.rows

        def value(payoffs: Any, cells: list[int]) -> Fraction:
            return sum((F(n, 2) * payoffs[cell // 2][cell % 2] for cell, n in enumerate(cells)), F(0))

        own = [[[value(stage.first, counts[m][k]) for k in range(size)] for m in range(size)] for stage in game.games]
        hers = [[value(game.games[0].second, counts[m][k]) for k in range(size)] for m in range(size)]
        everything = range(size)
        best1 = [
            {
                (m, k1, k2)
                for k1, k2 in product(everything, repeat=2)
                for m in everything
                if q[g][0] * own[g][m][k1] + q[g][1] * own[g][m][k2]
                == max(q[g][0] * own[g][n][k1] + q[g][1] * own[g][n][k2] for n in everything)
            }
            for g in (0, 1)
        ]
        best2 = [
            {
                (k, m1, m2)
                for m1, m2 in product(everything, repeat=2)
                for k in everything
                if q[0][s] * hers[m1][k] + q[1][s] * hers[m2][k] == max(q[0][s] * hers[m1][n] + q[1][s] * hers[m2][n] for n in everything)
            }
            for s in (0, 1)
        ]
        count = sum(
            (m1, k1, k2) in best1[0] and (m2, k1, k2) in best1[1] and (k1, m1, m2) in best2[0] and (k2, m1, m2) in best2[1]
            for m1, m2, k1, k2 in product(everything, repeat=4)
        )
        assert restricted_equilibria(game, strategies).count == count


def test_class_sizes() -> None:
    assert [StrategyClass("tree", t).size for t in (1, 2)] == [2, 8]
    assert StrategyClass("memory1").size == 32
    assert StrategyClass("moore2").size == 26


def test_two_by_two_values_against_programs() -> None:
    every = matrices((F(0), F(1), F(2)))[::7]
    for first, second in zip(every, reversed(every), strict=True):
        game = BimatrixGame(first, second)
        assert secured(first) == stackelberg.security_value(game)
        assert leading_column_value(first, second) == stackelberg.commit(game.swapped()).value


def test_renaming_does_not_change_the_bound() -> None:
    one, two, second = ((F(0), F(0)), (F(0), F(1))), ((F(0), F(0)), (F(1), F(1))), ((F(2), F(0)), (F(0), F(1)))
    flipped = [tuple(row[::-1] for row in matrix[::-1]) for matrix in (two, one, second)]
    assert uninformed_value(one, two, second) == uninformed_value(*flipped) == mimic_bound(concede_insist_game(F(0), F(1, 2), F(1, 2))) * 2


def test_learners_obey_the_cap_on_every_run() -> None:
    import numpy as np

    rounds, game = 1500, deng_schneider_sivan(F(1, 10))
    values = []
    for learner in (learners.Hedge(3, rounds), learners.BlumMansour(3, rounds), learners.BlumMansour(3, rounds, bandit=True)):
        counts = learners.play(game, learners.first_half_then(0, 1, rounds), learner, rounds, np.random.default_rng(7))
        run = learners.empirical(counts)
        assert sum(map(sum, counts)) == rounds
        values.append(payoff(run, game.first))
        assert values[-1] <= 2 * swap_regret(game, run)
    assert values[0] > F(1, 2)
    assert values[1] < 0


def test_commitment_against_a_learner() -> None:
    """Means over seeds, against the exact worst case with the regret that was measured."""
    import numpy as np

    rounds, total = 2000, F(0)
    mixture = stackelberg.mixed_commitment(COMMITMENT_UNIT, F(1, 20)).mixture
    for seed in range(12):
        rng = np.random.default_rng(seed)
        counts = learners.play(COMMITMENT_UNIT, learners.mixed_rows(mixture, rounds, rng), learners.BlumMansour(2, rounds), rounds, rng)
        run = learners.empirical(counts)
        assert payoff(run, COMMITMENT_UNIT.first) <= F(7, 8) + swap_regret(COMMITMENT_UNIT, run) / 8
        total += payoff(run, COMMITMENT_UNIT.first) / 12
    assert F(2, 3) < total < F(7, 8)
