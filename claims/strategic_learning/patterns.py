"""C11: both players partially informed. Who can get her Stackelberg value depends on the structure of the games, not on who has the better signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from claims.strategic_learning.algorithms.outcome_programs import ConcedeInsist
from exact import reals
from exact.reals import Real
from instances.bayesian_games import resample

SOFT_SOFT, SOFT_TOUGH, TOUGH_SOFT, TOUGH_TOUGH = range(4)


@dataclass(frozen=True)
class Standing:
    """A player's payoff in an equilibrium that is best for her, or an upper bound on it where she cannot reach her benchmark."""

    value: Real
    benchmark: Real
    achieves: bool


def averaged_bound(gamma: Real, beta: Real, pi: Real, informed: Real, uninformed: Real) -> Real:
    """Σ_{s_1} P(s_1)·R0(γ, β, P(G_1|s_1), Q_2): the bound of C7 averaged over the posterior of the player who concedes or insists.

    ``informed`` is that player's precision, ``uninformed`` the other's; both signals by `resample`.
    """
    prior = (pi, 1 - pi)
    own, other = resample(prior, informed), resample(prior, uninformed)
    value: Real = Fraction(0)
    for s in (0, 1):
        weight = pi * own.rows[0][s] + (1 - pi) * own.rows[1][s]
        posterior = pi * own.rows[0][s] / weight
        value = value + weight * ConcedeInsist(gamma, beta, posterior, other).knapsack()
    return value


def stubborn_bound(gamma: Real, prior: Sequence[Real], first: Real, second: Real, player: int) -> Real:
    """B_i − (1 − γ)κ·D(ss) in N(γ), by the identity of C11(d). For player 1 the roles of st and ts are exchanged (the game is symmetric)."""
    signals = [resample(prior, precision) for precision in (first, second)]
    stubborn = TOUGH_SOFT if player == 2 else SOFT_TOUGH

    def chance(game: int, pair: tuple[int, int]) -> Real:
        return prior[game] * signals[0].rows[game][pair[0]] * signals[1].rows[game][pair[1]]

    ratios = [chance(stubborn, pair) / chance(SOFT_SOFT, pair) for pair in product(range(4), range(4))]
    kappa = reals.minimum([Fraction(1), gamma * reals.minimum(ratios)])
    return stubborn_benchmark(gamma, prior, player) - (1 - gamma) * kappa * prior[SOFT_SOFT]


def stubborn_benchmark(gamma: Real, prior: Sequence[Real], player: int) -> Real:
    """B_i in N(γ): γ where she is soft and the other one tough, else 1."""
    weak = SOFT_TOUGH if player == 1 else TOUGH_SOFT
    return 1 - (1 - gamma) * prior[weak]


def insisting_standing() -> Standing:
    """The player of I(γ, β) who concedes or insists: her own payoffs reveal the game, and "always b, always r" pays her 1 = B."""
    return Standing(Fraction(1), Fraction(1), True)


def answering_standing(gamma: Real, beta: Real, pi: Real, informed: Real, uninformed: Real) -> Standing:
    """The other player of I(γ, β): her payoffs reveal nothing, and she cannot reach B = π + (1 − π)β."""
    return Standing(averaged_bound(gamma, beta, pi, informed, uninformed), pi + (1 - pi) * beta, False)


def common_interest_standing() -> Standing:
    """Either player of C: both try a cell, see from their payoffs which game it is, and earn the greatest payoff for ever."""
    return Standing(Fraction(1), Fraction(1), True)


def stubborn_standing(gamma: Real, prior: Sequence[Real], first: Real, second: Real, player: int) -> Standing:
    """Either player of N(γ): she cannot reach B."""
    return Standing(stubborn_bound(gamma, prior, first, second, player), stubborn_benchmark(gamma, prior, player), False)
