"""The disengagement room's algorithms against brute force: chains, ladders, learners, prices, the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.user_disengagement import model, named_instances
from claims.user_disengagement.algorithms import baselines, grid_hedge, hedge, ladders, per_user_game, prices, simulator
from claims.user_disengagement.model import DisengagementMDP, LadderUser, TableMoves, WindowMoves, free_moves
from exact import reals
from instances import loss_sequences
from instances.errors import InstanceError
from instances.loss_sequences import GainSequence

F = Fraction
seeds = st.integers(0, 10**6)
ladders_drawn = seeds.map(named_instances.random_ladder)
tables_drawn = seeds.map(named_instances.random_table)


def truncated_value(table: DisengagementMDP, policy: tuple[int, ...], x: int, rounds: int) -> Fraction:
    """The discounted revenue of the first rounds, by following the distribution over states and statuses."""
    engaged, away, worth, weight = {x: Fraction(1)}, dict[int, Fraction](), Fraction(0), Fraction(1)
    for _ in range(rounds):
        next_engaged, next_away = dict[int, Fraction](), dict[int, Fraction]()
        for state, mass in engaged.items():
            reward, y = table.moves[state][policy[state]]
            worth += weight * mass * reward
            next_engaged[y] = next_engaged.get(y, Fraction(0)) + mass * table.demand[y]
            next_away[y] = next_away.get(y, Fraction(0)) + mass * (1 - table.demand[y])
        for state, mass in away.items():
            next_engaged[state] = next_engaged.get(state, Fraction(0)) + mass * table.rho[state]
            next_away[state] = next_away.get(state, Fraction(0)) + mass * (1 - table.rho[state])
        engaged, away, weight = next_engaged, next_away, weight * table.gamma
    return worth


@settings(max_examples=15, deadline=None)
@given(tables_drawn)
def test_the_reduced_value_is_the_sum_over_rounds(table: DisengagementMDP) -> None:
    policy = tuple(len(menu) - 1 for menu in table.moves)
    value = table.reduced().value_of(policy)
    largest = max(reward for menu in table.moves for reward, _ in menu)
    rest = table.gamma**12 / (1 - table.gamma) * largest
    for x in range(len(table.demand)):
        assert 0 <= value[x] - truncated_value(table, policy, x, 12) <= rest


@settings(max_examples=40, deadline=None)
@given(ladders_drawn)
def test_label_setting_is_the_best_of_all_policies(ladder: LadderUser) -> None:
    found = ladders.label_setting(ladder)
    process = ladder.table().reduced()
    assert found.values == process.optimum().values
    assert ladders.is_optimal(ladder, found.values, found.successors)
    assert ladders.policy_values(ladder, found.successors) == found.values
    if process.policy_count <= 60:
        assert found.values == tuple(map(max, zip(*(process.value_of(policy) for policy in process.policies()), strict=True)))


@settings(max_examples=60, deadline=None)
@given(ladders_drawn)
def test_successors_follow_the_tie_rule_and_steps_are_counted(ladder: LadderUser) -> None:
    found, discounts, indices, k = ladders.label_setting(ladder), ladder.discounts, ladder.indices, ladder.count
    for i in range(k):
        worth = {j: (1 - discounts[j]) * indices[j] + discounts[j] * found.labels[j] for j in ladder.moves.reach(i)}
        best = [j for j, value in worth.items() if value == max(worth.values())]
        assert found.successors[i] == (i if i in best else min(best))
        assert len(found.path(i)) <= k
    assert k * (k + 1) // 2 <= found.steps <= k * k


@given(ladders_drawn)
def test_an_altered_value_or_policy_fails_the_certificate(ladder: LadderUser) -> None:
    found = ladders.label_setting(ladder)
    raised = (found.values[0] + Fraction(1, 10**9), *found.values[1:])
    assert not ladders.is_optimal(ladder, raised, found.successors)


@settings(max_examples=40, deadline=None)
@given(ladders_drawn)
def test_the_killing_sum_is_the_value(ladder: LadderUser) -> None:
    policy = [ladder.moves.reach(i)[-1] for i in range(ladder.count)]
    killed = ladders.killing_sum(ladder, policy)
    assert ladders.policy_values(ladder, policy) == tuple(ladder.base(i) + w for i, w in enumerate(killed))


@pytest.mark.parametrize("k", [1, 2, 7, 40])
def test_free_moves_take_k_squared_steps(k: int) -> None:
    demand = tuple(Fraction(i, k) for i in range(k))
    ladder = LadderUser(Fraction(9, 10), tuple(map(Fraction, range(k))), demand, (Fraction(0),) * k, Fraction(2), Fraction(1), Fraction(1), free_moves(k))
    assert ladders.label_setting(ladder).steps == k * k


def test_a_level_that_cannot_be_kept_is_refused() -> None:
    ladder = replace(named_instances.g1(), moves=TableMoves(((1,), (1,), (2,), (3,), (4,))))
    with pytest.raises(ladders.NotReflexive):
        ladders.label_setting(ladder)


@given(st.integers(1, 7), st.integers(0, 7), st.integers(0, 7))
def test_origins_are_the_inverse_of_reach(levels: int, down: int, up: int) -> None:
    window = WindowMoves(levels, down, up)
    table = TableMoves(tuple(tuple(window.reach(i)) for i in range(levels)))
    for j in range(levels):
        assert list(window.origins(j)) == [i for i in range(levels) if j in window.reach(i)] == list(table.origins(j))


def test_the_grid_of_three_levels_has_7680_ladders() -> None:
    assert sum(1 for _ in named_instances.reflexive_relations(3)) == 64
    assert sum(1 for _ in named_instances.ladder_grid(3)) == 7_680
    assert sum(1 for _ in named_instances.reflexive_relations(4)) == 4_096


# Learners


def all_binary(choices: int, rounds: int) -> Iterator[GainSequence]:
    return loss_sequences.all_sequences(choices, rounds, (Fraction(0), Fraction(1)))


@pytest.mark.parametrize(("choices", "rounds", "eta"), [(2, 4, "5/2"), (2, 4, "1/2"), (3, 3, "5/2"), (1, 3, "1")])
@pytest.mark.parametrize("coefficient", ["1/2", "1"])
def test_the_worst_binary_sequence_is_the_worst_of_all(choices: int, rounds: int, eta: str, coefficient: str) -> None:
    runs = [hedge.prod_hedge(sequence, Fraction(eta)) for sequence in all_binary(choices, rounds)]
    assert hedge.worst_excess(choices, rounds, Fraction(eta), Fraction(coefficient))[0] == min(run.gain - Fraction(coefficient) * run.benchmark for run in runs)


@given(st.integers(1, 5), st.integers(1, 6))
def test_named_gains_are_those_of_the_sequence(choices: int, rounds: int) -> None:
    eta = Fraction(5, 2)
    assert hedge.single_winner_gain(choices, rounds, eta) == hedge.prod_hedge(loss_sequences.single_winner(choices, rounds), eta).gain
    assert hedge.round_robin_gain(choices, eta) == hedge.prod_hedge(loss_sequences.round_robin(choices, choices), eta).gain
    turns = hedge.prod_hedge(loss_sequences.round_robin(2, rounds), eta)
    assert hedge.alternating_regret(rounds, eta) == turns.benchmark - turns.gain


@given(st.integers(2, 40))
def test_the_worst_single_winner_is_the_worst_of_many_lengths(choices: int) -> None:
    eta, half = Fraction(5, 2), Fraction(1, 2)
    assert hedge.worst_single_winner(choices, eta, half)[0] == min(hedge.single_winner_gain(choices, m, eta) - half * m for m in range(12))


def test_exploration_is_averaged_over_every_path() -> None:
    sequence = GainSequence(((Fraction(1), Fraction(1, 2)), (Fraction(0), Fraction(1)), (Fraction(1), Fraction(1))))
    rate = hedge.explore_half_rate(2, 3)
    total = reals.ball(Fraction(0))
    for path in product(range(2), repeat=3):
        estimates, chance, gain = [reals.ball(Fraction(0))] * 2, reals.ball(Fraction(1)), Fraction(0)
        for t, i in enumerate(path):
            weights = [reals.exp(rate * e) for e in estimates]
            p = weights[i] / (weights[0] + weights[1]) / 2 + Fraction(1, 4)
            chance, gain = chance * p, gain + sequence.gains[t][i]
            estimates = [e + sequence.gains[t][i] / p if j == i else e for j, e in enumerate(estimates)]
        total = total + chance * gain
    gap = abs(hedge.explore_half(sequence).gain - total)
    assert gap < Fraction(1, 10**30)


def test_follow_the_leader_follows_the_last_winner() -> None:
    run = hedge.follow_the_leader(loss_sequences.winners(2, (1, 0, 1, 0, 1, 0)))
    assert (run.gain, run.benchmark) == (0, 3)


def test_gains_above_the_cap_are_refused() -> None:
    with pytest.raises(InstanceError, match=r"gains\[0\]\[1\]"):
        GainSequence(((Fraction(1), Fraction(2)),))


@pytest.mark.parametrize("targets", [1, 2, 5])
def test_the_per_user_game_is_solved_by_the_uniform_mixture(targets: int) -> None:
    eps = Fraction(1, 3)
    solution = per_user_game.solve(targets, eps)
    assert solution.value == per_user_game.closed_form(targets, eps)
    assert solution.primal is not None
    assert [solution.primal[i] for i in range(targets)] == [Fraction(1, targets)] * targets


# Prices and simulation


@given(st.integers(2, 4), st.integers(-1, 2), st.integers(1, 20))
def test_the_optimal_price_beats_its_neighbours(m: int, n: int, rate: int) -> None:
    churn, z = prices.Churn(Fraction(1, 8), m, n), Fraction(rate, 1_000)
    price = reals.ball(prices.optimal_price(churn, z, Fraction(1)))

    def revenue(p: Fraction) -> Fraction:
        value: Fraction = p * z / (z + churn.at(p))
        return value

    best = price * z / (z + churn.at(price))
    centre = Fraction(price.mid)
    for step in (Fraction(-1, 1000), Fraction(1, 1000)):
        assert best > revenue(centre + step)


def test_a_price_at_the_end_is_refused() -> None:
    with pytest.raises(prices.NoInteriorPrice):
        prices.optimal_price(prices.Churn(Fraction(1, 8), 2, 0), Fraction(1), Fraction(1))


def test_the_simulator_agrees_with_the_chain() -> None:
    found = simulator.sample(Fraction(4, 5), Fraction(1, 2), Fraction(1, 4), Fraction(2), 20_000, seed=7)
    exact = model.chain_value(Fraction(4, 5), Fraction(1, 2), Fraction(1, 4), Fraction(2))[0]
    assert found.low <= float(exact) <= found.high
    assert found == simulator.sample(Fraction(4, 5), Fraction(1, 2), Fraction(1, 4), Fraction(2), 20_000, seed=7)


# Baselines


@settings(max_examples=30, deadline=None)
@given(tables_drawn)
def test_no_baseline_beats_the_optimum_and_each_is_worth_what_it_earns(table: DisengagementMDP) -> None:
    optimum = table.reduced().optimum().values
    largest = max(abs(reward) for menu in table.moves for reward, _ in menu)
    for choose in baselines.BASELINES.values():
        policy = choose(table)
        value = table.reduced().value_of(policy)
        assert all(own <= best for own, best in zip(value, optimum, strict=True))
        assert abs(value[0] - truncated_value(table, policy, 0, 12)) <= table.gamma**12 * largest / (1 - table.gamma)


def test_what_each_baseline_misses() -> None:
    arms = ((F(3), 0), (F(2), 1))
    user = DisengagementMDP(F(9, 10), (F(1, 2), F(1)), (F(0), F(0)), (arms, arms))
    policies = {name: choose(user) for name, choose in baselines.BASELINES.items()}
    assert policies == {"myopic": (0, 0), "engagement-maximising": (1, 1), "no disengagement": (0, 0), "no return": (1, 1)}
    assert user.reduced().optimum().policy == (1, 1)
    returning = replace(user, rho=(F(1), F(1)))
    assert returning.reduced().optimum().policy == (0, 0)
    assert baselines.without_return(returning) == (1, 1)


def test_the_upper_endpoint_takes_another_level_than_the_best() -> None:
    ladder = named_instances.g1("6", "1")
    free = replace(ladder, moves=free_moves(ladder.count))
    best = ladders.label_setting(free)
    chosen = baselines.upper_endpoint(free)
    limits = [free.indices[i] - free.beta * (free.levels[i + 1] - free.levels[i]) for i in range(free.count - 1)]
    assert chosen == [*limits, free.indices[-1]].index(max([*limits, free.indices[-1]]))
    assert free.indices[chosen] <= max(best.labels)


@settings(max_examples=30, deadline=None)
@given(tables_drawn, st.integers(1, 12))
def test_value_iteration_is_as_far_from_the_optimum_as_it_says(table: DisengagementMDP, rounds: int) -> None:
    process = table.reduced()
    values, distance = baselines.value_iteration(process, rounds)
    assert all(abs(found - true) <= distance for found, true in zip(values, process.optimum().values, strict=True))
    with pytest.raises(ValueError, match="at least one"):
        baselines.value_iteration(process, 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from([F(1, 2), F(3, 4), F(1, 3), F(2)]))
def test_grid_hedge_loses_at_most_the_step_to_the_continuum(demands: list[list[int]], step: Fraction) -> None:
    levels = (F(0), F(1), F(5, 2))
    users = [
        LadderUser(F(9, 10), levels, tuple(F(d, 4) for d in sorted(demand)), (F(0),) * 3, F(2), F(1), F(1), free_moves(3)) for demand in demands
    ]
    on_grid, on_line = grid_hedge.regrets(users, step, F(1, 2))
    assert on_line <= on_grid + len(users) * users[0].beta * step


def test_targets_are_rounded_up() -> None:
    points = grid_hedge.grid(F(0), F(1), F(3, 4))
    assert points == (0, F(3, 4), F(3, 2))
    assert grid_hedge.rounded_up(F(1), points) == F(3, 2)
    user = LadderUser(F(9, 10), (F(0), F(1)), (F(0), F(1)), (F(0), F(0)), F(2), F(1), F(1), free_moves(2))
    assert (grid_hedge.worth(user, F(1)), grid_hedge.worth(user, F(3, 2)), grid_hedge.worth(user, F(3, 4))) == (19, F(37, 2), F(5, 4))
    with pytest.raises(ValueError, match="positive"):
        grid_hedge.grid(F(0), F(1), F(0))
    with pytest.raises(ValueError, match="above the grid"):
        grid_hedge.rounded_up(F(2), points)
    with pytest.raises(ValueError, match="below the first level"):
        grid_hedge.worth(user, F(-1))
