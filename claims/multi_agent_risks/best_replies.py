"""Best-reply dynamics in games with strict preferences, and whether they settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from instances.games import NormalFormGame, Profile


def best_reply(game: NormalFormGame, profile: Profile, player: int) -> Profile:
    """The profile after the player has moved to a best action of hers, the first one of a tie."""
    return max(game.replies(profile, player), key=lambda reached: game.at(reached)[player])


def alternating_round(game: NormalFormGame, profile: Profile) -> Profile:
    """The players reply in turn, each to what the others play by then."""
    for player in range(game.players):
        profile = best_reply(game, profile, player)
    return profile


def simultaneous_round(game: NormalFormGame, profile: Profile) -> Profile:
    """All players reply to what the others play now."""
    return tuple(best_reply(game, profile, player)[player] for player in range(game.players))


def settles(game: NormalFormGame, start: Profile, play: Callable[[NormalFormGame, Profile], Profile]) -> bool:
    """Whether play comes to a profile that it does not leave. It is in its cycle after as many rounds as there are profiles."""
    profile = start
    for _ in game.payoffs:
        profile = play(game, profile)
    return play(game, profile) == profile


@dataclass(frozen=True)
class Play:
    """A game's number of pure equilibria, and from how many starts each dynamics never settles."""

    equilibria: int
    alternating: int
    simultaneous: int


def play_of(game: NormalFormGame) -> Play:
    """Both dynamics from all starts."""
    alternating, simultaneous = (
        sum(not settles(game, start, play) for start in game.profiles()) for play in (alternating_round, simultaneous_round)
    )
    return Play(len(game.pure_equilibria()), alternating, simultaneous)
