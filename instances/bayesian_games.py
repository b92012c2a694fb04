"""Bayesian games: nature draws a stage game once, and players receive private signals about which one it is.

A signal channel gives the distribution of a player's signal in each game. *Precision* p is the probability that the signal tells the game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real
from exact.recording import Recorded
from instances.errors import InstanceError
from instances.instance import Instance, sequence, simplex_point
from instances.stage_games import BimatrixGame


@dataclass(frozen=True)
class SignalChannel(Instance):
    """``rows[g][s]`` is the probability of signal s in game g. Raises InstanceError unless every row is a distribution of equal length."""

    rows: tuple[tuple[Real, ...], ...]

    def __post_init__(self) -> None:
        rows = tuple(_distribution(f"rows[{g}]", row) for g, row in enumerate(sequence("rows", self.rows)))
        if not rows:
            raise InstanceError("rows", "is empty")
        for g, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise InstanceError(f"rows[{g}]", f"{len(row)} signals, where the first game has {len(rows[0])}")
        object.__setattr__(self, "rows", rows)

    @property
    def games(self) -> int:
        """The number of games."""
        return len(self.rows)

    @property
    def signals(self) -> int:
        """The number of signals."""
        return len(self.rows[0])

    @property
    def has_full_support(self) -> bool:
        """Whether every signal can occur in every game."""
        return all(entry > 0 for row in self.rows for entry in row)


def _distribution(name: str, row: object) -> tuple[Real, ...]:
    entries = sequence(name, row)
    return tuple(entries) if any(isinstance(x, Recorded) for x in entries) else simplex_point(name, row)


def resample(prior: Sequence[Real], precision: Real) -> SignalChannel:
    """With probability ``precision`` the signal is the game, else it is drawn from the prior."""
    size = len(prior)
    return SignalChannel(tuple(tuple((precision if s == g else 0) + (1 - precision) * prior[s] for s in range(size)) for g in range(size)))


def erasure(games: int, precision: Real) -> SignalChannel:
    """The signal is the game with probability ``precision``, else it is blank (the last signal)."""
    return SignalChannel(tuple((*(precision * int(s == g) for s in range(games)), 1 - precision) for g in range(games)))


def symmetric(games: int, right: Real) -> SignalChannel:
    """The signal is the game with probability ``right``, else one of the others, all equally likely. Raises InstanceError for a single game."""
    if games < 2:
        raise InstanceError("games", "a symmetric channel needs at least two games")
    wrong = (1 - right) / Fraction(games - 1)
    return SignalChannel(tuple(tuple(right if s == g else wrong for s in range(games)) for g in range(games)))


@dataclass(frozen=True)
class BayesianGame(Instance):
    """A prior over stage games of one shape, and player 2's signal channel; player 1 knows the game.

    Raises InstanceError for games of different shapes, a prior without full support, or a channel for another number of games.
    """

    games: tuple[BimatrixGame, ...]
    prior: tuple[Real, ...]
    channel: SignalChannel

    def __post_init__(self) -> None:
        games = tuple(game if isinstance(game, BimatrixGame) else BimatrixGame.from_json(game) for game in sequence("games", self.games))
        if not games:
            raise InstanceError("games", "is empty")
        if len({(game.rows, game.columns) for game in games}) != 1:
            raise InstanceError("games", "the games have different shapes")
        recorded = any(isinstance(x, Recorded) for x in self.prior)
        prior = tuple(self.prior) if recorded else simplex_point("prior", self.prior, full_support=True)
        channel = self.channel if isinstance(self.channel, SignalChannel) else SignalChannel.from_json(self.channel)
        if not len(games) == len(prior) == channel.games:
            raise InstanceError("channel", f"{len(games)} games, {len(prior)} prior probabilities, {channel.games} rows of signals")
        for name, value in (("games", games), ("prior", prior), ("channel", channel)):
            object.__setattr__(self, name, value)

    @property
    def has_common_second(self) -> bool:
        """Whether player 2's payoffs are the same in all games, so that they reveal nothing."""
        return all(game.second == self.games[0].second for game in self.games)
