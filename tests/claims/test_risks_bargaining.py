"""Bargaining, lemons and crises (C13–C16) against independent computations."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import Inequality
from claims.multi_agent_risks.identities import information as facts
from claims.multi_agent_risks.models import bilateral_trade as trade
from claims.multi_agent_risks.models import lemons
from claims.multi_agent_risks.models import type_grids as grids
from claims.multi_agent_risks.models.crisis import Crisis
from claims.multi_agent_risks.quantities import information as q
from exact.linear_programs import Problem, Row, solve

F = Fraction


# C13


@st.composite
def distributions(draw: st.DrawFn) -> tuple[Fraction, ...]:
    """Mixtures of powers."""
    weights = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4).filter(any))
    return (F(0), *(F(weight, sum(weights)) for weight in weights))


def in_sympy(polynomial: tuple[Fraction, ...], x: sp.Symbol) -> sp.Expr:
    return sum((sp.Rational(a.numerator, a.denominator) * x**k for k, a in enumerate(polynomial)), sp.S.Zero)


@settings(max_examples=5, deadline=None)
@given(distributions(), distributions())
def test_the_subsidy_is_the_double_integral_of_virtual_values(buyer: tuple[Fraction, ...], seller: tuple[Fraction, ...]) -> None:
    v, c = sp.symbols("v c")
    F_, G_ = in_sympy(buyer, v), in_sympy(seller, c)
    f, g = sp.diff(F_, v), sp.diff(G_, c)
    virtual = sp.expand((v * f - (1 - F_)) * g - (c * g + G_) * f)
    expected = -sp.integrate(sp.integrate(virtual, (c, 0, v)), (v, 0, 1))
    gains = sp.integrate(sp.integrate(sp.expand((v - c) * f * g), (c, 0, v)), (v, 0, 1))
    assert trade.subsidy(buyer, seller) == trade.overlap_integral(buyer, seller) == F(int(expected.p), int(expected.q))
    assert trade.first_best(buyer, seller) == F(int(gains.p), int(gains.q)) > 0


@settings(deadline=None)
@given(distributions())
def test_mixtures_of_powers_are_distributions(cdf: tuple[Fraction, ...]) -> None:
    assert trade.is_distribution(cdf)
    assert not trade.is_distribution((*cdf, F(1)))


@pytest.mark.parametrize("cdf", [("0", "3", "-2"), ("0", "4", "-6", "3"), ("0", "-1", "2"), ("1/2", "1/2"), ("0", "1/2")])
def test_what_falls_or_ends_elsewhere_is_no_distribution(cdf: tuple[str, ...]) -> None:
    """The second has the density (2 − 3x)², which touches 0 and falls nowhere: it is one."""
    polynomial = tuple(map(F, cdf))
    assert trade.is_distribution(polynomial) == (polynomial == (0, 4, -6, 3))


def test_uniform_supports() -> None:
    assert trade.uniform_overlap_subsidy((F(0), F(1)), (F(0), F(1))) == F(1, 6)
    assert trade.uniform_overlap_subsidy((F(2), F(3)), (F(0), F(1))) == 0
    assert trade.uniform_overlap_subsidy((F(0), F(1)), (F(2), F(3))) == 0
    assert trade.uniform_overlap_subsidy((F(1, 2), F(3, 2)), (F(0), F(1))) == trade.integral((F(0), F(3, 2), F(-1)), F(1, 2), F(1))


# C14


def full_program(grid: grids.TypeGrid, efficient: bool) -> Problem:
    """Written out state by state: p_ij, then t_ij and r_ij; the surplus of an efficient mechanism, or the gains of one with t = r in every state."""
    n, m = len(grid.values), len(grid.costs)
    states = list(product(range(n), range(m)))

    def column(kind: int, i: int, j: int) -> int:
        return kind * n * m + i * m + j

    rows, bounds = [], {}
    for i, k in product(range(n), repeat=2):
        entries: dict[int, Fraction] = {}
        for j in range(m):
            g = grid.cost_chances[j]
            for (kind, a), amount in (((0, i), grid.values[i]), ((1, i), F(-1)), *((((0, k), -grid.values[i]), ((1, k), F(1))) if k != i else ())):
                entries[column(kind, a, j)] = entries.get(column(kind, a, j), F(0)) + g * amount
        rows.append(Row(entries, lower=0))
    for j, k in product(range(m), repeat=2):
        entries = {}
        for i in range(n):
            f = grid.value_chances[i]
            for (kind, a), amount in (((0, j), -grid.costs[j]), ((2, j), F(1)), *((((0, k), grid.costs[j]), ((2, k), F(-1))) if k != j else ())):
                entries[column(kind, i, a)] = entries.get(column(kind, i, a), F(0)) + f * amount
        rows.append(Row(entries, lower=0))
    objective: dict[int, Fraction] = {}
    for i, j in states:
        chance, gain = grid.value_chances[i] * grid.cost_chances[j], grid.gain(i, j)
        bounds[column(1, i, j)] = bounds[column(2, i, j)] = (None, None)
        bounds[column(0, i, j)] = (0, 1)
        if efficient:
            objective |= {column(1, i, j): chance, column(2, i, j): -chance}
            if gain != 0:
                bounds[column(0, i, j)] = (int(gain > 0), int(gain > 0))
        else:
            objective[column(0, i, j)] = chance * gain
            rows.append(Row({column(1, i, j): 1, column(2, i, j): -1}, 0, 0))
    return Problem(sense="maximise", columns=3 * n * m, objective=objective, rows=rows, column_bounds=bounds)


@st.composite
def type_grids(draw: st.DrawFn) -> grids.TypeGrid:
    """Up to four types each, with random chances."""

    def types() -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        points = draw(st.lists(st.fractions(0, 2, max_denominator=6), min_size=1, max_size=4, unique=True).map(sorted))
        weights = draw(st.lists(st.integers(1, 5), min_size=len(points), max_size=len(points)))
        return tuple(points), tuple(F(w, sum(weights)) for w in weights)

    return grids.TypeGrid(*types(), *types())


@settings(max_examples=30, deadline=None)
@given(type_grids())
def test_interim_programs_agree_with_programs_over_every_state(grid: grids.TypeGrid) -> None:
    surplus, gains = (grids.optimum(full_program(grid, efficient)) for efficient in (True, False))
    assert grids.optimum(grids.surplus_program(grid)) == surplus
    best = solve(grids.gains_program(grid))
    assert best.value == gains <= grid.first_best
    mechanism = grids.decoded(grid, best)
    assert mechanism.faults() == []
    assert mechanism.is_balanced
    assert mechanism.gains == gains
    assert (solve(grids.balanced_program(grid)).outcome == "infeasible") == (surplus < 0)
    assert solve(grids.balanced_program(grid, seller_may_leave=False)).outcome == "optimal"


@settings(max_examples=40, deadline=None)
@given(type_grids(), st.fractions(0, 1, max_denominator=5), st.fractions(0, 1, max_denominator=5))
def test_thrifty_mechanisms_are_sound(grid: grids.TypeGrid, rebate: Fraction, bonus: Fraction) -> None:
    mechanism = grids.thrifty_mechanism(grid, rebate, bonus)
    assert mechanism.faults() == []
    assert mechanism.is_efficient("none")
    assert mechanism.surplus == grids.thrifty_mechanism(grid).surplus - rebate - bonus <= grids.optimum(grids.surplus_program(grid))


@pytest.mark.parametrize("n", range(1, 11))
def test_closed_forms(n: int) -> None:
    midpoint, interleaved = grids.midpoint_grid(n), grids.interleaved_grid(n)
    assert grids.thrifty_mechanism(midpoint).surplus == grids.midpoint_surplus(n) == F((n - 1) * (5 - n), 6 * n * n)
    assert grids.thrifty_mechanism(interleaved).surplus == grids.interleaved_surplus(n)
    assert grids.optimum(grids.surplus_program(midpoint, "forced")) == F(1 - n * n, 6 * n * n)


def virtual_second_best(n: int) -> Fraction:
    """On midpoints: trade iff i − j >= d, the least such rule without a deficit mixed with the next laxer one so that the virtual surplus is 0."""

    def totals(d: int) -> tuple[Fraction, Fraction]:
        pairs = [i - j for i in range(n) for j in range(n) if i - j >= d]
        return sum((F(k, n**3) for k in pairs), F(0)), sum((F(2 * k + 1 - n, n**3) for k in pairs), F(0))

    d = 1
    while totals(d)[1] < 0:
        d += 1
    gains, budget = totals(d)
    if d == 1:
        return gains
    laxer_gains, laxer_budget = totals(d - 1)
    share = budget / (budget - laxer_budget)
    return gains + share * (laxer_gains - gains)


@pytest.mark.parametrize("n", range(1, 15))
def test_the_second_best_is_a_mixture_of_two_thresholds(n: int) -> None:
    assert grids.optimum(grids.gains_program(grids.midpoint_grid(n))) == virtual_second_best(n)


def test_faults_are_found() -> None:
    grid = grids.midpoint_grid(3)
    sound = grids.thrifty_mechanism(grid)
    greedy = grids.Mechanism(grid, sound.trade, tuple(tuple(p + 1 for p in row) for row in sound.pays), sound.gets)
    assert any("stays away" in fault for fault in greedy.faults())
    unequal = grids.Mechanism(grid, sound.trade, ((F(0),) * 3, (F(0),) * 3, (F(1),) * 3), sound.gets)
    assert any("poses as" in fault for fault in unequal.faults())
    assert any("probability" in fault for fault in grids.Mechanism(grid, ((F(2),) * 3,) * 3, sound.pays, sound.gets).faults())
    with pytest.raises(ValueError, match="stays away"):
        q.surplus(greedy, {"ties": "none"})
    with pytest.raises(ValueError, match="efficiently"):
        q.surplus(grids.posted_prices(grid, [(F(1, 2), F(1))]), {"ties": "forced"})
    with pytest.raises(ValueError, match="balance"):
        q.gains(sound, {})


# C15


@settings(deadline=None)
@given(st.integers(1, 30), st.fractions(F(31, 30), 3, max_denominator=30))
def test_lemons_at_every_price(n: int, alpha: Fraction) -> None:
    """At each price at which another quality is offered: does the buyer's mean value cover it?"""
    sustained = []
    for price in (F(k, n) for k in range(1, n + 1)):
        offered = [F(k, n) for k in range(1, n + 1) if F(k, n) <= price]
        if alpha * sum(offered, F(0)) / len(offered) >= price:
            sustained.append(len(offered))
    assert lemons.largest_sustained(n, alpha) == lemons.closed_form(n, alpha) == max(sustained) == lemons.unravelling(n, alpha)[-1]


# C16


@settings(deadline=None)
@given(*[st.integers(0, 12)] * 5)
def test_no_demand_on_a_grid_beats_the_best(p: int, own: int, low: int, high: int, pi: int) -> None:
    unit = F(1, 24)
    crisis = Crisis(p * unit, own * unit, low * unit, (low + 1 + high) * unit, F(pi, 12))
    if crisis.p + crisis.high_cost > 1:
        return
    best = crisis.best_demand()

    def value(demand: Fraction) -> Fraction:
        """What A expects, B's two types taken one by one."""
        total = F(0)
        for cost, chance in ((crisis.low_cost, 1 - crisis.pi), (crisis.high_cost, crisis.pi)):
            accepts = 1 - demand >= 1 - crisis.p - cost
            total += chance * (demand if accepts else crisis.p - crisis.own_cost)
        return total

    assert value(best) == crisis.value(best) == max(value(F(k, 48)) for k in range(49))
    assert crisis.war_chance(best) == crisis.predicted_war_chance()
    safest = min(crisis.war_chance(F(k, 48)) for k in range(49) if value(F(k, 48)) == value(best))
    assert crisis.war_chance(best) == safest


@given(st.fractions(0, 1, max_denominator=12), st.fractions(0, 1, max_denominator=12))
def test_no_offer_beats_the_best_offer(cost: Fraction, offer: Fraction) -> None:
    def earned(price: Fraction) -> Fraction:
        return (price - cost) * (1 - price)

    (formulation,) = facts.best_offer().formulations
    assert isinstance(formulation, Inequality)
    c, r = sp.symbols("c r", real=True)
    best = (1 + cost) / 2
    values = {c: sp.Rational(cost.numerator, cost.denominator), r: sp.Rational(offer.numerator, offer.denominator)}
    assert formulation.left.subs(values) == sp.Rational(*(earned(best) - earned(offer)).as_integer_ratio()) == formulation.right.subs(values)
    assert earned(best) >= earned(offer)
