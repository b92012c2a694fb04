"""Best-reply dynamics in 2×2 games with strict preferences, and whether they settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from instances.stage_games import BimatrixGame

Profile = tuple[int, int]
PROFILES: tuple[Profile, ...] = tuple(product((0, 1), (0, 1)))


def row_reply(game: BimatrixGame, column: int) -> int:
    """Player 1's best row; the first one of a tie."""
    return max(range(game.rows), key=lambda row: game.first[row][column])


def column_reply(game: BimatrixGame, row: int) -> int:
    """Player 2's best column; the first one of a tie."""
    return max(range(game.columns), key=lambda column: game.second[row][column])


def alternating_round(game: BimatrixGame, profile: Profile) -> Profile:
    """Player 1 replies, then player 2 to the new row."""
    row = row_reply(game, profile[1])
    return row, column_reply(game, row)


def simultaneous_round(game: BimatrixGame, profile: Profile) -> Profile:
    """Both reply to what the other plays now."""
    return row_reply(game, profile[1]), column_reply(game, profile[0])


def settles(game: BimatrixGame, start: Profile, play: Callable[[BimatrixGame, Profile], Profile]) -> bool:
    """Whether play comes to a profile that it does not leave. It is in its cycle after as many rounds as there are profiles."""
    profile = start
    for _ in range(game.rows * game.columns):
        profile = play(game, profile)
    return play(game, profile) == profile


def pure_equilibria(game: BimatrixGame) -> tuple[Profile, ...]:
    """Profiles in which both play a best reply."""
    return tuple(profile for profile in PROFILES if simultaneous_round(game, profile) == profile)


@dataclass(frozen=True)
class Play:
    """A game's number of pure equilibria, and from how many of the four starts each dynamics never settles."""

    equilibria: int
    alternating: int
    simultaneous: int


def play_of(game: BimatrixGame) -> Play:
    """Both dynamics from all starts."""
    alternating, simultaneous = (
        sum(not settles(game, start, play) for start in PROFILES) for play in (alternating_round, simultaneous_round)
    )
    return Play(len(pure_equilibria(game)), alternating, simultaneous)
