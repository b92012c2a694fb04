"""Instances and quantities of C33 and C34."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from claims.multi_agent_risks import model_commitment_bargaining as model
from claims.parameters import Values
from exact.reals import Real

F = Fraction
Match = tuple[model.Four, model.Four, tuple[Fraction, ...]]
"""X's strategy, Y's strategy and the stationary law."""

PRISONERS = model.Dilemma(F(5), F(3), F(1), F(0))
OPPONENT = (F(7, 10), F(7, 10), F(1, 10), F(1, 2))
ALWAYS = (F(1), F(1), F(1), F(1))
CHI = F(3)


def rivals(p1: str, p2: str, cost: str, delta: str) -> model.Rivalry:
    """Both costs alike."""
    return model.Rivalry(F(p1), F(p2), F(cost), F(cost), F(delta))


def rivalries(parameters: Values) -> Iterator[model.Rivalry]:
    """A grid: p1 <= p2 in steps of 1/``steps``, costs and discount factors from short lists, cost_r <= p2."""
    ends = [F(i, parameters["steps"]) for i in range(parameters["steps"] + 1)]
    costs, deltas = (F(0), F(1, 20), F(1, 10), F(2, 5)), (F(0), F(1, 2), F(9, 10), F(1))
    for p1, p2, cost_r, cost_d, delta in product(ends, ends, costs, costs, deltas):
        rivalry = model.Rivalry(p1, p2, cost_r, cost_d, delta)
        if rivalry.is_valid():
            yield rivalry


def follows_the_threshold(rivalry: model.Rivalry, parameters: Values) -> bool:
    """Backward induction leads to war exactly when the shift of power exceeds the threshold."""
    return bool((model.gain_from_war(rivalry) > 0) == (model.shift_of_power(rivalry) > model.war_threshold(rivalry)))


def gain(rivalry: model.Rivalry, parameters: Values) -> Real:
    """D's gain from war, by backward induction."""
    return model.gain_from_war(rivalry)


def match(q: model.Four) -> Match:
    """The extortion of the standard payoffs, χ = 3, φ = 1/26, against q."""
    strategy = model.extortion(PRISONERS, CHI, F(1, 26))
    law = model.stationary_law(strategy, q)
    assert law is not None
    return strategy, q, law


def imbalance(played: Match, parameters: Values) -> Real:
    """How far the law is from being stationary: the greatest change of a mass after a round."""
    strategy, q, law = played
    return sum((abs(after - before) for after, before in zip(model.after_one_round(law, strategy, q), law, strict=True)), Fraction(0))


def own_payoff(played: Match, parameters: Values) -> Real:
    """s_X."""
    return model.average(played[2], PRISONERS.own)


def others_payoff(played: Match, parameters: Values) -> Real:
    """s_Y."""
    return model.average(played[2], PRISONERS.others)


def excess_over_reward(played: Match, parameters: Values) -> Real:
    """(s_X − R) − χ(s_Y − R)."""
    return own_payoff(played, parameters) - PRISONERS.reward - CHI * (others_payoff(played, parameters) - PRISONERS.reward)


def from_the_wrong_side(parameters: Values) -> Match:
    """The match with q read in X's states: the entries of the middle states change places."""
    return match((OPPONENT[0], OPPONENT[2], OPPONENT[1], OPPONENT[3]))


def unconditional_exploiter(parameters: Values) -> Match:
    """Against one who always defects: the mutual punishment."""
    return match((F(0), F(0), F(0), F(0)))
