"""Commons and sustained collusion (C11, C12): what a grim trigger compares, and the critical discount factors of standard markets.

The oligopoly has inverse demand 1 − Q and no costs. Payoffs are per period and per agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real


@dataclass(frozen=True)
class Trigger:
    """Perpetual collusion under the threat of reversion: the payoff of colluding, of the best deviation for one period, and of every later one."""

    collusion: Real
    deviation: Real
    punishment: Real

    def temptation(self, delta: Real) -> Real:
        """What deviating gains, in average payoff per period: (1 − δ)·deviation + δ·punishment − collusion."""
        return (1 - delta) * self.deviation + delta * self.punishment - self.collusion

    @property
    def critical_discount(self) -> Real:
        """The δ from which on deviating gains nothing: the root of the temptation, which falls in δ where deviation > punishment."""
        return (self.deviation - self.collusion) / (self.deviation - self.punishment)


def prisoners_dilemma(payoffs: tuple[Real, Real, Real, Real]) -> Trigger:
    """Grim trigger in the repeated game (T, R, P, S)."""
    temptation, reward, punishment, _ = payoffs
    return Trigger(reward, temptation, punishment)


def tit_for_tat_discount(payoffs: tuple[Real, Real, Real, Real]) -> Real:
    """The δ from which on tit for tat is a best reply to itself: neither defecting for ever nor once every other period gains.

    Beside tit for tat a player faces a decision problem with two states (the other's next move), so one of always cooperating, always defecting and
    alternating is best. Alternating pays (T + δS)/(1 + δ), at most R iff δ >= (T − R)/(R − S). A threshold of 1 or more means: no δ < 1 does.
    """
    temptation, reward, punishment, sucker = payoffs
    for_ever = (temptation - reward) / (temptation - punishment)
    by_turns = (temptation - reward) / (reward - sucker)
    return for_ever if for_ever >= by_turns else by_turns


def bertrand(n: int) -> Trigger:
    """n firms share a monopoly profit of 1; the one that undercuts takes it all, and then all price at cost."""
    return Trigger(Fraction(1, n), Fraction(1), Fraction(0))


def commons_reply(others: Real) -> Real:
    """The best quantity beside the others' total: the root of the first-order condition 1 − others − 2q = 0, or 0."""
    return (1 - others) / 2 if others < 1 else Fraction(0)


def commons_quantity(n: int) -> Fraction:
    """The symmetric equilibrium quantity: the root of 1 − (n + 1)q, which is 0 exactly where q is the best reply to (n − 1)q."""
    at_zero, at_one = Fraction(1), Fraction(-n)
    return at_zero / (at_zero - at_one)


def commons_payoff(own: Real, others: Real) -> Real:
    """Own quantity times the price 1 − Q."""
    return own * (1 - own - others)


def cournot(n: int) -> Trigger:
    """n firms share the monopoly quantity 1/2; the deviation is the best reply to the others, then the equilibrium of the one-shot game for ever."""
    share, nash = Fraction(1, 2 * n), commons_quantity(n)
    deviation = commons_reply((n - 1) * share)
    return Trigger(
        commons_payoff(share, (n - 1) * share), commons_payoff(deviation, (n - 1) * share), commons_payoff(nash, (n - 1) * nash)
    )


def rent_ratio(n: int) -> Fraction:
    """All agents' equilibrium rent over the greatest rent, which is that of one agent alone."""
    nash, optimal = commons_quantity(n), commons_quantity(1)
    rent: Fraction = n * commons_payoff(nash, (n - 1) * nash) / commons_payoff(optimal, Fraction(0))
    return rent


def markets_apart(share: Real) -> Real:
    """Two Bertrand markets of monopoly profit 1, one firm with ``share`` of the first and 1 − share of the second, the other the rest.

    Each firm can be held in each market by the threat in that market alone from this δ on.
    """
    first, second = Trigger(share, Fraction(1), Fraction(0)), Trigger(1 - share, Fraction(1), Fraction(0))
    one, other = first.critical_discount, second.critical_discount
    return one if one >= other else other


def markets_linked(share: Real) -> Trigger:
    """A deviation in either market ends collusion in both, so a deviator takes both: each firm colludes for share + (1 − share), deviates for 2."""
    return Trigger(share + (1 - share), Fraction(2), Fraction(0))
