"""Commons, collusion, the logit duopoly, the hull's frontier, opposed games and correlation (C11, C12, C6, C8, C44) against independent computations."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.multi_agent_risks.algorithms import logit_duopoly
from claims.multi_agent_risks.models import collusion as model_collusion
from claims.multi_agent_risks.models import correlation, frontier
from claims.multi_agent_risks.models.failure_modes import incentive_class
from claims.multi_agent_risks.sections.frontier import CYCLIC, CYCLIC_OPPOSED
from exact.linear_algebra import solve as solve_system
from exact.linear_programs import solve
from instances.games import hull_gain
from instances.ordinal_games import classes, two_by_two, written

F = Fraction
LOGIT = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_economics.json").read_text(encoding="utf-8"))["logit"]
four = st.lists(st.integers(-5, 5).map(F), min_size=4, max_size=4).map(tuple)
Four = tuple[Fraction, ...]


# C11, C12


@pytest.mark.parametrize("n", range(1, 9))
def test_the_commons_equilibrium_solves_every_agent_s_condition(n: int) -> None:
    """1 − Q − q_i = 0 for all i, as a linear system of all n quantities."""
    quantities = solve_system([{j: 1 + int(i == j) for j in range(n)} for i in range(n)], [1] * n)
    assert quantities == (model_collusion.commons_quantity(n),) * n
    rent = sum(quantities) * (1 - sum(quantities))
    assert model_collusion.rent_ratio(n) == rent / max(F(k, 60) * (1 - F(k, 60)) for k in range(61))


payoffs = st.lists(st.integers(-6, 9), min_size=4, max_size=4, unique=True).map(lambda drawn: tuple(F(x) for x in sorted(drawn, reverse=True)))


def discounted(stream: list[Fraction], cycle: list[Fraction], delta: Fraction) -> Fraction:
    """The average payoff of a stream that goes on with a cycle for ever."""
    head = sum((delta**t * x for t, x in enumerate(stream)), F(0))
    tail = sum((delta**t * x for t, x in enumerate(cycle)), F(0)) / (1 - delta ** len(cycle))
    return (1 - delta) * (head + delta ** len(stream) * tail)


@settings(deadline=None)
@given(payoffs, st.integers(1, 39))
def test_triggers_in_the_repeated_dilemma(values: Four, step: int) -> None:
    T, R, P, S = values
    delta = F(step, 40)
    trigger = model_collusion.prisoners_dilemma((T, R, P, S))
    assert (discounted([T], [P], delta) <= R) == (delta >= trigger.critical_discount)
    assert trigger.temptation(delta) == discounted([T], [P], delta) - R
    deviations = [discounted([T], [P], delta), discounted([], [T, S], delta), discounted([T, P], [S, R], delta)]
    deviations += [discounted([T, *[P] * k, S], [R], delta) for k in range(4)]
    assert (max(deviations[:2]) <= R) == (delta >= model_collusion.tit_for_tat_discount((T, R, P, S)))
    if delta >= model_collusion.tit_for_tat_discount((T, R, P, S)):
        assert max(deviations[3:]) <= R


@pytest.mark.parametrize("n", range(2, 9))
def test_the_cournot_deviation_is_the_best(n: int) -> None:
    trigger, others = model_collusion.cournot(n), (n - 1) * F(1, 2 * n)
    assert trigger.deviation == max(model_collusion.commons_payoff(F(k, 4 * n), others) for k in range(4 * n + 1))
    assert trigger.collusion == F(1, 4 * n)
    assert trigger.punishment == F(1, (n + 1) ** 2)


@settings(deadline=None)
@given(st.fractions(0, 1, max_denominator=20))
def test_linked_markets_pool_slack(share: Fraction) -> None:
    apart, linked = model_collusion.markets_apart(share), model_collusion.markets_linked(share).critical_discount
    assert apart == max(share, 1 - share) >= linked == F(1, 2)


def printed(text: str) -> tuple[Fraction, Fraction]:
    """A printed decimal, and half a unit of its last digit."""
    return F(text), F(1, 2 * 10 ** len(text.partition(".")[2]))


def test_logit_constants_to_the_printed_digits() -> None:
    prices, deviation = logit_duopoly.prices(), logit_duopoly.deviation_price()
    found = {
        "nash": prices.nash,
        "monopoly": prices.monopoly,
        "nash_profit": prices.nash_profit,
        "monopoly_profit": prices.monopoly_profit,
        "nash_surplus": logit_duopoly.consumer_surplus(prices.nash, prices.nash),
        "monopoly_surplus": logit_duopoly.consumer_surplus(prices.monopoly, prices.monopoly),
        "deviation_price": deviation,
        "deviation_profit": logit_duopoly.profit(deviation, prices.monopoly),
        "critical_discount": logit_duopoly.critical_discount(),
    }
    for name, value in found.items():
        figure, half_unit = printed(LOGIT[name])
        assert abs(value - figure) <= half_unit, name


@pytest.mark.parametrize("size", [5, 7, 15])
def test_logit_grid_equilibria(size: int) -> None:
    equilibria = logit_duopoly.grid_equilibria(size)
    assert len(equilibria) == len(LOGIT["grids"][str(size)])
    for equilibrium, (price, gain) in zip(equilibria, LOGIT["grids"][str(size)], strict=True):
        assert equilibrium.indices[0] == equilibrium.indices[1]
        for value, text in ((equilibrium.prices[0], price), (equilibrium.gain, gain)):
            figure, half_unit = printed(text)
            assert abs(value - figure) <= half_unit


@pytest.mark.parametrize("size", [2, 3, 4, 6, 9])
def test_logit_grid_equilibria_in_floats(size: int) -> None:
    """Every pair of prices, by a profit function of another hand."""

    def profit(own: float, other: float) -> float:
        weights = np.exp((2 - np.array([own, other])) / 0.25)
        return float((own - 1) * weights[0] / (weights.sum() + 1))

    prices = logit_duopoly.prices()
    low, high = float(prices.nash), float(prices.monopoly)
    grid = np.linspace(low - 0.1 * (high - low), high + 0.1 * (high - low), size)
    best = [max(range(size), key=lambda own, other=other: profit(grid[own], grid[other])) for other in range(size)]
    expected = {(i, best[i]) for i in range(size) if best[best[i]] == i}
    assert {equilibrium.indices for equilibrium in logit_duopoly.grid_equilibria(size)} == expected


def test_a_grid_needs_two_prices() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        logit_duopoly.prices().grid(1)


# C6


def gain_by_segments(u: Four, v: Four, x: tuple[Fraction, Fraction]) -> Fraction:
    """The largest total gain over x in the hull: attained at an outcome, or where a segment between two outcomes meets y_1 = x_1 or y_2 = x_2, or at x."""
    points = list(zip(u, v, strict=True))
    candidates = [x, *points]
    for (a, b), (c, d) in combinations(points, 2):
        for start, end, level in ((a, c, x[0]), (b, d, x[1])):
            if min(start, end) <= level <= max(start, end) and start != end:
                t = (level - start) / (end - start)
                candidates.append((a + t * (c - a), b + t * (d - b)))
    return max(y[0] + y[1] - x[0] - x[1] for y in candidates if y[0] >= x[0] and y[1] >= x[1])


@settings(deadline=None)
@given(four, four, st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_full_support_is_efficient_exactly_with_weights(u: Four, v: Four, weights: list[int]) -> None:
    law = tuple(F(w, sum(weights)) for w in weights)
    point = (frontier.expected(law, u), frontier.expected(law, v))
    gain = hull_gain(two_by_two(u, v), point)
    assert gain == gain_by_segments(u, v, point)
    found = frontier.constant_weights(u, v)
    assert (gain == 0) == (found is not None)
    if found is not None:
        assert len({found[0] * a + found[1] * b for a, b in zip(u, v, strict=True)}) == 1
        assert min(found) > 0


def test_the_cyclic_games_of_the_claim_are_the_cyclic_classes() -> None:
    cyclic = [game for game in classes(144) if not game.pure_equilibria()]
    for listed, incentive in ((CYCLIC, "MM"), (CYCLIC_OPPOSED, "OP")):
        assert [(setting["u"], setting["v"]) for setting in listed] == [written(game) for game in cyclic if incentive_class(game) == incentive]


# C8


@settings(deadline=None)
@given(st.integers(1, 4).flatmap(lambda m: st.lists(st.lists(st.integers(-2, 2), min_size=m, max_size=m), min_size=1, max_size=4)))
def test_saddle_points_by_definition(rows: list[list[int]]) -> None:
    a = tuple(tuple(F(x) for x in row) for row in rows)
    by_definition = [
        (i, j)
        for i, j in product(range(len(a)), range(len(a[0])))
        if all(a[i][j] <= a[i][k] for k in range(len(a[0]))) and all(a[i][j] >= a[k][j] for k in range(len(a)))
    ]
    assert frontier.saddle_points(a) == by_definition
    assert frontier.are_interchangeable(by_definition)
    assert (frontier.pure_gap(a) == 0) == bool(by_definition)
    value = frontier.value_of(frontier.row_program(a))
    assert value == frontier.value_of(frontier.column_program(a)) == frontier.guarantee(frontier.law_of(solve(frontier.row_program(a)), len(a)), a)
    if by_definition:
        i, j = by_definition[0]
        assert value == a[i][j]


def test_interchangeability_can_fail() -> None:
    assert not frontier.are_interchangeable([(0, 0), (1, 1)])


# C44


@settings(deadline=None, max_examples=25)
@given(four, four)
def test_correlated_equilibria_by_vertices(u: Four, v: Four) -> None:
    """The best vertex of the polytope: three of the eight constraints hold with equality."""
    constraints = [{k: F(1)} for k in range(4)] + [dict(sums) for sums in correlation.obedience(u, v)]
    matrix = [[row.get(k, F(0)) for k in range(4)] for row in constraints]
    best = None
    for chosen in combinations(matrix, 3):
        law = null_law([*chosen])
        if law is not None and all(sum(a * x for a, x in zip(row, law, strict=True)) >= 0 for row in matrix):
            welfare = correlation.welfare_of(law, u, v)
            best = welfare if best is None else max(best, welfare)
    solution = solve(correlation.correlation_program(u, v))
    assert solution.value == best
    assert correlation.welfare_of(frontier.law_of(solution), u, v) == best >= correlation.best_nash_welfare(u, v)


def null_law(rows: list[list[Fraction]]) -> Four | None:
    """The law orthogonal to three vectors, from their 3×3 minors; None where there is not exactly one."""

    def minor(drop: int) -> Fraction:
        (a, b, c), (d, e, f), (g, h, i) = ([row[k] for k in range(4) if k != drop] for row in rows)
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)

    normal = [(-1) ** k * minor(k) for k in range(4)]
    total = sum(normal)
    return tuple(x / total for x in normal) if total != 0 else None


@settings(deadline=None, max_examples=25)
@given(four, four)
def test_no_equilibrium_on_a_grid_of_mixtures_beats_the_best(u: Four, v: Four) -> None:
    """Equilibria by their definition, among all pairs of mixtures with probabilities k/12."""
    corners = {pure: frontier.product_law(pure) for pure in product((0, 1), repeat=2)}
    best = correlation.best_nash_welfare(u, v)
    for p, q in product((F(k, 12) for k in range(13)), repeat=2):
        mine = [q * frontier.expected(corners[pure, 1], u) + (1 - q) * frontier.expected(corners[pure, 0], u) for pure in (1, 0)]
        yours = [p * frontier.expected(corners[1, pure], v) + (1 - p) * frontier.expected(corners[0, pure], v) for pure in (1, 0)]
        first, second = p * mine[0] + (1 - p) * mine[1], q * yours[0] + (1 - q) * yours[1]
        if first == max(mine) and second == max(yours):
            assert first + second <= best
    assert any(frontier.expected(law, u) + frontier.expected(law, v) == best for law in correlation.nash_laws(u, v))


ranks = st.permutations([F(1), F(2), F(3), F(4)]).map(tuple)


@settings(deadline=None, max_examples=40)
@given(ranks, ranks)
def test_the_best_nash_welfare_against_nashpy(u: Four, v: Four) -> None:
    """Support enumeration of another hand, in games without ties."""
    first, second = (np.array([[float(w[0]), float(w[1])], [float(w[2]), float(w[3])]]) for w in (u, v))
    welfares = [float(x @ first @ y + x @ second @ y) for x, y in nashpy.Game(first, second).support_enumeration()]
    assert max(welfares) == pytest.approx(float(correlation.best_nash_welfare(u, v)))


def test_disobedience_is_refused() -> None:
    chicken = ((F(6), F(2), F(7), F(0)), (F(6), F(7), F(2), F(0)))
    with pytest.raises(ValueError, match="disobeying"):
        correlation.welfare_of((F(1), F(0), F(0), F(0)), *chicken)
    with pytest.raises(ValueError, match="no law"):
        correlation.welfare_of((F(2), F(-1), F(0), F(0)), *chicken)
