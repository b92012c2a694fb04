"""Commitment in 2×2 games: the leader moves first, the follower answers, ties go the leader's way (strong Stackelberg), exactly.

V. Conitzer, T. Sandholm, "Computing the optimal strategy to commit to", EC 2006. For each answer of the follower the mixtures that induce it form an interval;
the leader's payoff is linear there, so its ends are enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real
from instances.equilibria import lead, mixed_pair, weights_where
from instances.games import NormalFormGame, Profile, Vector


@dataclass(frozen=True)
class MixedCommitment:
    """The probability of the leader's first action, the follower's answer, and both payoffs in the order of the players."""

    weight: Real
    answer: int
    payoffs: Vector


def mixed_commitment(game: NormalFormGame, leader: int = 0) -> MixedCommitment:
    """The leader's best commitment to a mixture; among equals the follower's first action, then the smallest weight."""
    follower = 1 - leader
    best: MixedCommitment | None = None
    for answer, sign in ((0, 1), (1, -1)):
        inducing = weights_where(lead(game, follower), sign)
        for weight in () if inducing is None else dict.fromkeys(inducing):
            choice = MixedCommitment(weight, answer, payoffs_at(game, leader, weight, answer))
            if best is None or choice.payoffs[leader] > best.payoffs[leader]:
                best = choice
    if best is None:
        raise ArithmeticError("the follower has no best reply to any mixture")
    return best


def payoffs_at(game: NormalFormGame, leader: int, weight: Real, answer: int) -> Vector:
    """The payoffs when the leader plays her first action with this weight and the follower a pure action."""
    other = Fraction(int(answer == 0))
    return game.expected(game.law(mixed_pair(weight, other) if leader == 0 else mixed_pair(other, weight)))


def pure_commitment(game: NormalFormGame, leader: int = 0) -> Profile:
    """The profile that the leader's best pure commitment leads to; among equals her first action."""
    outcomes = [_answered(game, leader, action) for action in (0, 1)]
    return max(outcomes, key=lambda profile: game.at(profile)[leader])


def _answered(game: NormalFormGame, leader: int, action: int) -> Profile:
    """What the follower makes of the leader's action: his best reply, and among those the one that the leader likes best."""
    follower = 1 - leader
    profiles: list[Profile] = [(action, answer) if leader == 0 else (answer, action) for answer in (0, 1)]
    most = max(game.at(profile)[follower] for profile in profiles)
    return max((profile for profile in profiles if game.at(profile)[follower] == most), key=lambda profile: game.at(profile)[leader])


def race(game: NormalFormGame) -> Profile:
    """Both commit at once, each to the action that is best for a pure leader; both are played."""
    return pure_commitment(game, 0)[0], pure_commitment(game, 1)[1]
