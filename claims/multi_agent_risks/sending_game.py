"""The two-state Markov game of Zinkevich, Greenwald and Littman (2005): the owner of a state keeps it or sends play to the other state.

Strategies are stationary: player 1 sends from state 1 with probability x, player 2 from state 2 with probability y.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from exact.reals import Real
from instances.markov_games import Cell, MarkovGame, PolicyPair

Rewards = tuple[tuple[int, int], tuple[int, int]]
KEEP: Rewards = ((1, 0), (3, 1))
"""What keeping pays player 1 and player 2, in state 1 and in state 2."""
SEND: Rewards = ((0, 3), (0, 0))


@dataclass(frozen=True)
class Values:
    """A player's discounted value from state 1 and from state 2."""

    first: Real
    second: Real


def values(player: int, x: Real, y: Real, gamma: Real) -> Values:
    """The values of a player (1 or 2) when player 1 sends with probability x and player 2 with y: two linear equations, by Cramer's rule."""
    i = player - 1
    one = (1 - x) * KEEP[0][i] + x * SEND[0][i]
    two = (1 - y) * KEEP[1][i] + y * SEND[1][i]
    stay_one, move_one = 1 - gamma * (1 - x), gamma * x
    stay_two, move_two = 1 - gamma * (1 - y), gamma * y
    determinant = stay_one * stay_two - move_one * move_two
    return Values((one * stay_two + move_one * two) / determinant, (two * stay_one + move_two * one) / determinant)


def advantage(player: int, x: Real, y: Real, gamma: Real) -> Real:
    """By how much sending once from the player's own state, and then going on as before, pays more than keeping once."""
    found, i = values(player, x, y, gamma), player - 1
    own, other = (found.first, found.second) if player == 1 else (found.second, found.first)
    return SEND[i][i] + gamma * other - KEEP[i][i] - gamma * own


def game(gamma: Fraction) -> MarkovGame:
    """The game as an instance: in each state the owner's actions are keep and send."""
    one, two = (
        [Cell((Fraction(rewards[state][0]), Fraction(rewards[state][1])), ((target, Fraction(1)),)) for rewards, target in ((KEEP, state), (SEND, 1 - state))]
        for state in (0, 1)
    )
    return MarkovGame(gamma, (tuple((cell,) for cell in one), (tuple(two),)))


def policies(x: Fraction, y: Fraction) -> PolicyPair:
    """The two players' stationary policies: each has one action in the state of the other."""
    return ((1 - x, x), (Fraction(1),)), ((Fraction(1),), (1 - y, y))


def deterministic() -> Iterator[tuple[Fraction, Fraction]]:
    """The four profiles (x, y) of stationary strategies without chance."""
    for x, y in product((0, 1), repeat=2):
        yield Fraction(x), Fraction(y)


def best_reply(player: int, x: Fraction, y: Fraction, gamma: Fraction) -> Fraction:
    """The player's best deterministic reply (there is no tie for ½ < γ < 1). A change that pays once pays for ever, and only such a one."""
    gain, sends = advantage(player, x, y, gamma), x if player == 1 else y
    return Fraction(gain > 0) if gain != 0 else sends


def stationary_equilibrium(gamma: Fraction) -> tuple[Fraction, Fraction]:
    """The mixed equilibrium for ½ < γ < 1: each player's sending makes the other indifferent. ``advantage`` times a positive factor is affine in the
    other's probability while the player keeps, so two values give its zero."""
    x = _zero(lambda send: advantage(2, send, Fraction(0), gamma) * values_scale(send, gamma))
    y = _zero(lambda send: advantage(1, Fraction(0), send, gamma) * values_scale(send, gamma))
    return x, y


def values_scale(send: Real, gamma: Real) -> Real:
    """1 − γ(1 − send): the factor that makes the advantage of one who keeps affine in the other's probability of sending."""
    return 1 - gamma * (1 - send)


def _zero(affine: Callable[[Fraction], Fraction]) -> Fraction:
    at_zero, at_one = affine(Fraction(0)), affine(Fraction(1))
    return at_zero / (at_zero - at_one)
