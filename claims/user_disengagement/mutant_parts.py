"""What the mutants are made of: wrong algorithms, and quantities at named numbers. All run on recording numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

from claims.parameters import Values
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.algorithms import hedge, ladders
from claims.user_disengagement.algorithms.prices import Churn
from claims.user_disengagement.model import (
    DisengagementMDP,
    LadderUser,
    TableMoves,
    door_demand,
    effective_demand,
    steady_index,
)
from exact import reals
from exact.reals import Real
from exact.recording import active
from instances import loss_sequences


def lifted(numbers: Any) -> Any:
    """The numbers, recorded where a recording is on."""
    recorder = active()
    return numbers if recorder is None else recorder.lift(numbers)


# Tables and ladders


def best_settling(table: DisengagementMDP, x: int) -> Real:
    """The best V(x) of all stationary policies that end in one state for ever."""
    values = [qty.following(table, policy, x) for policy in product(*(range(len(menu)) for menu in table.moves)) if _settles(table, policy, x)]
    return reals.maximum(values)


def _settles(table: DisengagementMDP, policy: tuple[int, ...], x: int) -> bool:
    for _ in table.moves:
        x = table.moves[x][policy[x]][1]
    return table.moves[x][policy[x]][1] == x


def index_at(ladder: LadderUser, i: int) -> Real:
    """J_δ of level i (from 0), computed from its demand."""
    gamma, f, rho, y, alpha, beta, delta = lifted(
        (ladder.gamma, ladder.demand[i], ladder.rho[i], ladder.levels[i], ladder.alpha, ladder.beta, ladder.delta))
    discount = gamma * f + (1 - f) * gamma**2 * rho / (1 - gamma + gamma * rho)
    return steady_index(alpha, beta, delta, y, discount)


def largest_left_limit(ladder: LadderUser) -> Real:
    """The largest left limit of J at the upper end of a level, for δ = 1."""
    return reals.maximum([index_at(ladder, i) - ladder.beta * (ladder.levels[i + 1] - ladder.levels[i]) for i in range(ladder.count - 1)])


def two_way_ladder() -> LadderUser:
    """Two levels between which the user has to alternate: no level can be kept."""
    f = (Fraction(0), Fraction(1))
    return LadderUser(Fraction(1, 2), f, f, (Fraction(0), Fraction(0)), Fraction(2), Fraction(1), Fraction(1), TableMoves(((1,), (0,))))


Step = Callable[[Real, Real, Real], Real]


def right_step(discount: Real, index: Real, label: Real) -> Real:
    """(1 − f̃)J + f̃W."""
    return (1 - discount) * index + discount * label


def overcounting_step(discount: Real, index: Real, label: Real) -> Real:
    """J + f̃W."""
    return index + discount * label


def relaxed_label(ladder: LadderUser, i: int, step: Step = right_step, smallest_first: bool = False) -> Real:
    """V of level i by label setting with this step and order (βδb + W; for the wrong step the label W itself)."""
    gamma, demand, rho = lifted((ladder.gamma, ladder.demand, ladder.rho))
    discounts = [gamma * f + (1 - f) * gamma**2 * r / (1 - gamma + gamma * r) for f, r in zip(demand, rho, strict=True)]
    alpha, beta, delta, levels = lifted((ladder.alpha, ladder.beta, ladder.delta, ladder.levels))
    indices = [steady_index(alpha, beta, delta, y, d) for y, d in zip(levels, discounts, strict=True)]
    labels, unsettled = list(indices), list(range(ladder.count))
    while unsettled:
        j = unsettled[0]
        for other in unsettled[1:]:
            if labels[other] < labels[j] if smallest_first else labels[other] > labels[j]:
                j = other
        unsettled.remove(j)
        onto = step(discounts[j], indices[j], labels[j])
        for other in unsettled:
            if j in ladder.moves.reach(other) and onto > labels[other]:
                labels[other] = onto
    return labels[i] if step is overcounting_step else labels[i] + ladder.base(i)


def counted_steps(ladder: LadderUser) -> Real:
    """The steps of label setting."""
    return Fraction(ladders.label_setting(ladder).steps)


def moves_until_settled(ladder: LadderUser, start: int) -> Real:
    """The number of optimal moves from ``start`` until a level is kept."""
    return Fraction(len(ladders.label_setting(ladder).path(start)) - 1)


# Demands and elasticities


def demand_ratio(p: Values, q: str) -> Real:
    """D̃(high)/D̃(low) under R-prop."""
    return effective_demand(p["g"], p["high"], p[q] * p["high"]) / effective_demand(p["g"], p["low"], p[q] * p["low"])


def door(p: Values, f: str) -> Real:
    """Ñ under R-prop."""
    return door_demand(p["g"], p[f], p["q"] * p[f])


def classical_elasticity(p: Values) -> Real:
    """−pf'/f."""
    return -p["p"] * p["df"] / p["f"]


def engaged_elasticity(p: Values) -> Real:
    """−pD̃'/D̃ under R-const: −p·f̃'/(1 − f̃)."""
    waiting = 1 - p["g"] + p["g"] * p["rho"]
    discount = p["g"] * p["f"] + (1 - p["f"]) * p["g"] ** 2 * p["rho"] / waiting
    slope = p["df"] * (p["g"] - p["g"] ** 2 * p["rho"] / waiting)
    return -p["p"] * slope / (1 - discount)


def door_elasticity(p: Values) -> Real:
    """−pÑ'/Ñ under R-prop, by the quotient rule on Ñ ∝ f/(1 − γφf)."""
    friction = 1 - p["q"]
    below = 1 - p["g"] * friction * p["f"]
    demand = p["f"] / below
    slope = (p["df"] * below + p["f"] * p["g"] * friction * p["df"]) / below**2
    return -p["p"] * slope / demand


def cumulative(p: Values, level: str, f: str) -> Real:
    """J = αD̃ − βb."""
    return p["a"] * effective_demand(p["g"], p[f], p["rho"]) - p["beta"] * p[level]


def gain(p: Values, z: Real) -> Real:
    """z(u_i − u_j)/((z + u_i)(z + u_j))."""
    return z * (p["u1"] - p["u2"]) / ((z + p["u1"]) * (z + p["u2"]))


def best_demand(p: Values, price: str, rho: str, churn: Churn) -> Real:
    """D̃ at a price."""
    return effective_demand(p["g"], 1 - churn.at(p[price]), p[rho])


def linear_churn_value(p: Values, price: str) -> Real:
    """p·D̃ with the churn p/2."""
    return p[price] * effective_demand(p["g"], 1 - p[price] / 2, p["rho"])


def step_index(p: Values, y: str, drops: bool = False) -> Real:
    """αD̃ − βy for the demand that is 0 below 1 and 1 from 1 on (0 again from 5/4 on where it drops); ρ = 0."""
    high = p[y] >= 1 and not (drops and p[y] >= Fraction(5, 4))
    return p["a"] * effective_demand(p["g"], Fraction(int(high)), Fraction(0)) - p["b"] * p[y]


# Learners


def single_winner_regret(users: int, eta: Real) -> Real:
    """The regret of Prod-Hedge with two policies, one of which always wins."""
    return users - hedge.single_winner_gain(2, users, eta)


def leader_regret(users: int) -> Real:
    """The regret of follow-the-leader on (0, 1), (1, 0), (0, 1), …: it always follows the last winner."""
    run = hedge.follow_the_leader(loss_sequences.winners(2, tuple(1 - t % 2 for t in range(users))))
    return run.benchmark - run.gain
