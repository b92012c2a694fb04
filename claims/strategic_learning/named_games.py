"""The games of this room. The paper's own matrices were not available; these have the stated properties, and the claims prove it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from exact.reals import Real
from instances.bayesian_games import BayesianGame, SignalChannel, resample
from instances.stage_games import BimatrixGame, common_interest

F = Fraction

COMMITMENT = BimatrixGame(((2, 4), (1, 3)), ((1, 0), (0, 1)))
"""CS, the classic example of commitment: row 1 is dominant, and committing to a mixture pays more."""
COMMITMENT_UNIT = COMMITMENT.scaled(F(1, 4))
"""CS with player 1's payoffs in [0, 1]."""


def deng_schneider_sivan(eps: Real) -> BimatrixGame:
    """DSS(ε): external regret alone lets the follower be exploited (after Deng, Schneider, Sivan, arXiv:1909.13861)."""
    return BimatrixGame(((F(0), F(-2), F(-2)), (F(0), F(-2), F(2))), ((eps, F(-1), F(0)), (F(-1), F(1), F(0))))


def concede_insist(gamma: Real, beta: Real) -> tuple[BimatrixGame, BimatrixGame]:
    """The games G_1 (soft player 1) and G_2 (tough player 1) of I(γ, β): row a concedes, row b insists; player 2's payoffs are common."""
    second = ((F(1), F(0)), (F(0), beta))
    return (
        BimatrixGame(((gamma, gamma), (F(0), F(1))), second),
        BimatrixGame(((F(0), F(0)), (F(1), F(1))), second),
    )


def concede_insist_game(gamma: Real, beta: Real, pi: Real, channel: SignalChannel | None = None) -> BayesianGame:
    """I(γ, β) with prior (π, 1 − π); without a channel, player 2 is uninformed."""
    prior = (pi, 1 - pi)
    return BayesianGame(concede_insist(gamma, beta), prior, resample(prior, F(0)) if channel is None else channel)


def both_stubborn(gamma: Real) -> tuple[BimatrixGame, ...]:
    """N(γ): each player may be soft or tough; the games in the order ss, st, ts, tt (player 1's type first)."""
    first = {"s": ((gamma, gamma), (F(0), F(1))), "t": ((F(0), F(0)), (F(1), F(1)))}
    second = {"s": ((F(1), gamma), (F(0), gamma)), "t": ((F(1), F(0)), (F(1), F(0)))}
    return tuple(BimatrixGame(first[i], second[j]) for i, j in ("ss", "st", "ts", "tt"))


COMMON_INTEREST = (common_interest(((F(1), F(0)), (F(0), F(0)))), common_interest(((F(0), F(0)), (F(0), F(1)))))
"""C: both players want the same cell, and which one depends on the game."""


def feedback_games(rows: int = 2) -> tuple[BimatrixGame, BimatrixGame]:
    """E: the rows do nothing; player 1 wants column r, player 2 wants l in G and r in G'."""
    return (
        BimatrixGame(((F(0), F(1)),) * rows, ((F(1), F(0)),) * rows),
        BimatrixGame(((F(0), F(1)),) * rows, ((F(0), F(1)),) * rows),
    )


FEEDBACK_PRIOR = (F(9, 10), F(1, 10))

TIED_GAMES = (
    BimatrixGame(((1, 0),), ((0, 0),)),
    BimatrixGame(((0, 1),), ((0, 0),)),
)
"""One row, an indifferent player 2: nobody can tell her which tie to break."""

NAMED: Mapping[str, BimatrixGame] = {
    "CS": COMMITMENT,
    "CS/4": COMMITMENT_UNIT,
    "DSS(1/10)": deng_schneider_sivan(F(1, 10)),
    "I1": concede_insist(F(1, 4), F(1, 2))[0],
    "I2": concede_insist(F(1, 4), F(1, 2))[1],
    "one row, tie": BimatrixGame(((1, 0),), ((0, 0),)),
    "constant": BimatrixGame(((1, 1), (1, 1)), ((1, 1), (1, 1))),
    "never best": BimatrixGame(((3, 1), (0, 2)), ((1, 0), (1, 0))),
    "duplicate columns": BimatrixGame(((2, 4, 0), (1, 3, 5)), ((1, 0, 1), (0, 1, 0))),
    "matching pennies": BimatrixGame(((1, -1), (-1, 1)), ((-1, 1), (1, -1))),
}


def game_at(parameters: Mapping[str, Any]) -> BimatrixGame:
    """The game that a setting names, or its matrices ``U1`` and ``U2``."""
    if "game" in parameters:
        return NAMED[parameters["game"]]
    return BimatrixGame(parameters["U1"], parameters["U2"])


def random_game(rng: Random, most: int = 4, levels: int = 6) -> BimatrixGame:
    """A game of at most ``most`` × ``most`` with payoffs in {0, 1, …, levels}/levels: ties are common."""
    rows, columns = rng.randint(1, most), rng.randint(1, most)

    def entries() -> tuple[tuple[Fraction, ...], ...]:
        return tuple(tuple(F(rng.randint(0, levels), levels) for _ in range(columns)) for _ in range(rows))

    return BimatrixGame(entries(), entries())


def random_games(parameters: Mapping[str, Any]) -> Iterator[BimatrixGame]:
    """The first ``games`` random games of a ``seed``, after the named ones."""
    yield from NAMED.values()
    rng = Random(parameters["seed"])
    for _ in range(parameters["games"]):
        yield random_game(rng)


def random_menus(parameters: Mapping[str, Any]) -> Iterator[tuple[BimatrixGame, BimatrixGame]]:
    """Pairs of games in which player 2 has the same payoffs."""
    rng = Random(parameters["seed"])
    for _ in range(parameters["games"]):
        game = random_game(rng)
        other = tuple(tuple(F(rng.randint(0, 6), 6) for _ in row) for row in game.first)
        yield game, BimatrixGame(other, game.second)
