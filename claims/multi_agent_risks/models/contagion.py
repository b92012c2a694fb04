"""C20 and C21: flows and debts on named networks, infection by pairwise chats, the giant component."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil

from flint import ctx

from claims.parameters import Values
from exact import reals
from exact.balls import Ball, working_precision
from exact.linear_programs import Problem, Solution, solve
from exact.reals import Real, is_certain
from instances.congestion_networks import CongestionNetwork, equilibrium
from instances.financial_networks import FinancialNetwork, clearing_program, greatest_clearing, least_clearing

F = Fraction
_SPARE_BITS = 128

TWO_ROADS = CongestionNetwork((F(1), F(0), F(0), F(1)), (F(0), F(1), F(1), F(0)), ((0, 1), (2, 3)))
"""Two paths of two links each, one with cost x and one with cost 1."""
WITH_SHORTCUT = CongestionNetwork((F(1), F(0), F(0), F(1), F(0)), (F(0), F(1), F(1), F(0), F(0)), ((0, 1), (2, 3), (0, 4, 3)))
"""The same with a free link between the middles."""
ROADS = {"before": TWO_ROADS, "after": WITH_SHORTCUT}

Routed = tuple[CongestionNetwork, tuple[Fraction, ...]]


def routed(parameters: Values) -> Routed:
    """The named network with its equilibrium flow."""
    network = ROADS[parameters["network"]]
    return network, equilibrium(network)


def routed_cost(instance: Routed, parameters: Values) -> Real:
    """The cost of the flow."""
    network, flow = instance
    return network.total_cost(flow)


def limit_prevalence(beta: Real, gamma: Real, start: Real) -> Real:
    """Where the infection leads from ``start`` > 0: the next rest point in the direction in which p moves.

    ṗ = (β/2)·p(1 − p) − γp = p·(β/2 − γ − βp/2) is 0 at p = 0 and where the second factor is.
    """

    def growth(p: Real) -> Real:
        return beta / 2 - gamma - beta * p / 2

    inner = (beta / 2 - gamma) * 2 / beta
    now = growth(start)
    if now == 0:
        return start
    if now > 0:
        return inner
    return inner if inner > 0 else F(0)


def limit_formula(beta: Real, gamma: Real) -> Real:
    """max(0, 1 − 2γ/β)."""
    return reals.maximum([F(0), 1 - 2 * gamma / beta])


def half_time(beta: Fraction, gamma: Fraction, start: Fraction) -> Real | None:
    """When half of a positive limit is reached: ln(k/p_0 − 1)/(β/2 − γ); None where the limit is 0 or more than half is there at the start."""
    limit = limit_formula(beta, gamma)
    if limit == 0 or 2 * start > limit:
        return None
    return reals.log(limit / start - 1) / (beta / 2 - gamma)


def giant_component(mean_degree: Fraction) -> Real:
    """The positive root of S = 1 − e^(−zS), or 0 for z <= 1: h(S) = 1 − e^(−zS) − S is concave with h(0) = 0, so it is positive left of the root and
    negative right of it, and bisection by certain signs encloses the root. With u = zS it is 1 − 1/z <= S, as e^u >= 1 + u, and S <= 2(z − 1), as
    u/(1 − e^(−u)) >= 1 + u/2."""
    if mean_degree <= 1:
        return F(0)
    lower, upper = 1 - 1 / mean_degree, min(F(1), 2 * (mean_degree - 1))
    closeness = ceil(1 / (mean_degree - 1)).bit_length()  # near z = 1 the root is about 2(z − 1), and h there about its square
    digits = int(ctx.prec)
    with working_precision(digits + _SPARE_BITS + 2 * closeness):
        for _ in range(digits):
            middle = (lower + upper) / 2
            value = 1 - (Ball(-mean_degree * middle)).exp() - middle
            if is_certain(lambda value=value: value > 0):
                lower = middle
            elif is_certain(lambda value=value: value < 0):
                upper = middle
            else:
                break
        return Ball.between(lower, upper)


CHAIN = FinancialNetwork(
    ((F(0), F(10), F(0), F(0)), (F(0), F(0), F(8), F(0)), (F(0), F(0), F(0), F(6)), (F(0), F(0), F(0), F(0))), (F(3), F(2), F(1), F(1))
)
"""Liabilities 10 → 8 → 6 along a chain of four banks."""
TRIANGLE = FinancialNetwork(((F(0), F(8), F(4)), (F(2), F(0), F(4)), (F(3), F(3), F(0))), (F(1), F(1), F(1)))
MUTUAL = FinancialNetwork(((F(0), F(1)), (F(1), F(0))), (F(0), F(0)))
"""Two banks that owe each other 1, without outside assets."""
DEBTS = {"chain": CHAIN, "triangle": TRIANGLE, "mutual": MUTUAL}


def debts_program(parameters: Values) -> Problem:
    """The clearing program of the named network."""
    return clearing_program(DEBTS[parameters["network"]])


def greatest_total(parameters: Values) -> Real:
    """What the greatest clearing payments add up to."""
    return sum(greatest_clearing(DEBTS[parameters["network"]]), F(0))


def paid(parameters: Values, solution: Solution) -> tuple[Fraction, ...]:
    """The payments that a solution of the program is."""
    assert solution.primal is not None
    return tuple(F(solution.primal[j]) for j in range(solution.problem.columns))


def total(payments: tuple[Fraction, ...], parameters: Values) -> Real:
    """What the payments add up to."""
    return sum(payments, F(0))


def small_networks(parameters: Values) -> Iterator[FinancialNetwork]:
    """Every network of ``banks`` banks with liabilities 0 or 2 and outside assets 0 or 1."""
    banks = parameters["banks"]
    for owed in product((F(0), F(2)), repeat=banks * (banks - 1)):
        entries = iter(owed)
        rows = tuple(tuple(F(0) if i == j else next(entries) for j in range(banks)) for i in range(banks))
        for assets in product((F(0), F(1)), repeat=banks):
            yield FinancialNetwork(rows, assets)


def clears(network: FinancialNetwork, parameters: Values) -> bool:
    """Whether both algorithms give clearing payments, in order, and the greatest is the optimum of the program."""
    greatest, least = greatest_clearing(network), least_clearing(network)
    settled = network.settled(greatest) == greatest and network.settled(least) == least
    ordered = all(low <= high for low, high in zip(least, greatest, strict=True))
    return settled and ordered and paid(parameters, solve(clearing_program(network))) == greatest
