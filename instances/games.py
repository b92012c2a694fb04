"""Finite games in normal form with exact payoffs, for any number of players, and what is efficient in them.

A profile is a tuple of actions, one per player, numbered from 0. Payoffs stand profile by profile, the last player's action running fastest: for two
players with two actions each, that is the flat order CC, CD, DC, DD with C = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import TypeAlias

from exact.linear_programs import Problem, Row, solve
from exact.reals import Real
from exact.recording import Recorded
from instances.errors import InstanceError
from instances.instance import Instance, count, rationals, sequence
from instances.stage_games import BimatrixGame

Profile: TypeAlias = tuple[int, ...]
Mixture: TypeAlias = tuple[Fraction, ...]
Vector: TypeAlias = tuple[Real, ...]
"""One payoff per player."""
Law: TypeAlias = tuple[Real, ...]
"""A distribution over profiles, in the order of ``NormalFormGame.payoffs``."""


@dataclass(frozen=True)
class NormalFormGame(Instance):
    """``actions[i]`` actions for player i; ``payoffs`` holds one vector (a payoff per player) for every profile.

    Payoffs are rationals; recording numbers pass. Raises InstanceError for no player, no action, or a table of another size.
    """

    actions: tuple[int, ...]
    payoffs: tuple[Vector, ...]

    def __post_init__(self) -> None:
        actions = tuple(count(f"actions[{i}]", entry, 1) for i, entry in enumerate(sequence("actions", self.actions)))
        if not actions:
            raise InstanceError("actions", "is empty: there is no player")
        vectors = tuple(_vector(f"payoffs[{k}]", entry) for k, entry in enumerate(sequence("payoffs", self.payoffs)))
        if len(vectors) != prod(actions):
            raise InstanceError("payoffs", f"{len(vectors)} profiles, where {' × '.join(map(str, actions))} = {prod(actions)} are due")
        for k, vector in enumerate(vectors):
            if len(vector) != len(actions):
                raise InstanceError(f"payoffs[{k}]", f"{len(vector)} payoffs for {len(actions)} players")
        object.__setattr__(self, "actions", actions)
        object.__setattr__(self, "payoffs", vectors)

    @property
    def players(self) -> int:
        """How many players there are."""
        return len(self.actions)

    def profiles(self) -> Iterator[Profile]:
        """All profiles, in the order of ``payoffs``."""
        yield from product(*(range(size) for size in self.actions))

    def place(self, profile: Sequence[int]) -> int:
        """The number of a profile in ``payoffs``. Raises InstanceError for an action that a player does not have."""
        if len(profile) != self.players or any(not 0 <= action < size for action, size in zip(profile, self.actions, strict=True)):
            raise InstanceError("profile", f"{tuple(profile)} is none of the profiles of a game with {self.actions} actions")
        number = 0
        for action, size in zip(profile, self.actions, strict=True):
            number = number * size + action
        return number

    def at(self, profile: Sequence[int]) -> Vector:
        """The payoffs at a profile."""
        return self.payoffs[self.place(profile)]

    def of(self, player: int) -> tuple[Real, ...]:
        """One player's payoffs, profile by profile."""
        return tuple(vector[player] for vector in self.payoffs)

    def replies(self, profile: Profile, player: int) -> list[Profile]:
        """The profiles that the player can reach alone, in the order of her actions."""
        return [(*profile[:player], action, *profile[player + 1 :]) for action in range(self.actions[player])]

    def is_equilibrium(self, profile: Profile) -> bool:
        """Whether nobody gains by deviating alone."""
        return all(
            self.at(other)[player] <= self.at(profile)[player] for player in range(self.players) for other in self.replies(profile, player)
        )

    def pure_equilibria(self) -> list[Profile]:
        """All pure Nash equilibria, in the order of the profiles."""
        return [profile for profile in self.profiles() if self.is_equilibrium(profile)]

    def law(self, mixtures: Sequence[Sequence[Real]]) -> Law:
        """The distribution over profiles when the players mix independently."""
        return tuple(prod((mixtures[i][action] for i, action in enumerate(profile)), start=Fraction(1)) for profile in self.profiles())

    def expected(self, law: Sequence[Real]) -> Vector:
        """The expected payoffs under a distribution over profiles."""
        return tuple(
            sum((weight * vector[player] for weight, vector in zip(law, self.payoffs, strict=True)), Fraction(0)) for player in range(self.players)
        )

    def is_mixed_equilibrium(self, mixtures: Sequence[Mixture]) -> bool:
        """Whether no player gains by an action of hers against the others' independent mixtures. The definition, for games of any size."""
        value = self.expected(self.law(mixtures))
        return all(
            self.expected(self.law([*mixtures[:i], degenerate(action, size), *mixtures[i + 1 :]]))[i] <= value[i]
            for i, size in enumerate(self.actions)
            for action in range(size)
        )

    def maximin_actions(self, player: int) -> tuple[int, ...]:
        """The pure actions whose worst payoff is best."""
        worst = [
            min(vector[player] for profile, vector in zip(self.profiles(), self.payoffs, strict=True) if profile[player] == action)
            for action in range(self.actions[player])
        ]
        return tuple(action for action, value in enumerate(worst) if value == max(worst))

    def mapped(self, transformations: Sequence[Callable[[Real], Real]]) -> NormalFormGame:
        """Each player's payoffs carried by her own function."""
        return NormalFormGame(self.actions, tuple(tuple(f(x) for f, x in zip(transformations, vector, strict=True)) for vector in self.payoffs))

    def bimatrix(self) -> BimatrixGame:
        """The two matrices of a two-player game. Raises InstanceError for another number of players."""
        if self.players != 2:
            raise InstanceError("actions", f"{self.players} players, where two are due")
        rows, columns = self.actions
        first, second = (
            tuple(self.of(player)[a * columns : (a + 1) * columns] for a in range(rows)) for player in (0, 1)
        )
        return BimatrixGame(first, second)


def _vector(name: str, value: object) -> Vector:
    entries = sequence(name, value)
    return tuple(entries) if any(isinstance(x, Recorded) for x in entries) else rationals(name, value)


def from_bimatrix(game: BimatrixGame) -> NormalFormGame:
    """The same game, profile by profile."""
    vectors = tuple(pair for one, two in zip(game.first, game.second, strict=True) for pair in zip(one, two, strict=True))
    return NormalFormGame((game.rows, game.columns), vectors)


def degenerate(action: int, size: int) -> Mixture:
    """The mixture that is one action."""
    return tuple(Fraction(int(other == action)) for other in range(size))


def point_law(game: NormalFormGame, profile: Sequence[int]) -> tuple[Fraction, ...]:
    """The distribution that is one profile."""
    return degenerate(game.place(profile), len(game.payoffs))


# Efficiency


def dominates(better: Sequence[Real], worse: Sequence[Real]) -> bool:
    """Pareto dominance: nobody gets less and somebody gets more."""
    pairs = list(zip(better, worse, strict=True))
    return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)


def pure_dominators(game: NormalFormGame, payoffs: Sequence[Real]) -> list[Profile]:
    """The pure profiles that Pareto-dominate a payoff vector."""
    return [profile for profile, vector in zip(game.profiles(), game.payoffs, strict=True) if dominates(vector, payoffs)]


def hull_gain_program(game: NormalFormGame, payoffs: Sequence[Fraction]) -> Problem:
    """The most that all players together can gain, none of them losing, when profiles may be mixed in any way.

    Columns: a weight for each profile, then each player's gain. The payoff vector lies in the convex hull's shadow, or the program is infeasible.
    """
    size = len(game.payoffs)
    rows = [Row(dict.fromkeys(range(size), 1), lower=1, upper=1)]
    for player in range(game.players):
        entries: dict[int, Fraction | int] = {k: Fraction(vector[player]) for k, vector in enumerate(game.payoffs)}
        entries[size + player] = -1
        rows.append(Row(entries, lower=payoffs[player], upper=payoffs[player]))
    return Problem(sense="maximise", columns=size + game.players, objective=dict.fromkeys(range(size, size + game.players), 1), rows=rows)


def hull_gain(game: NormalFormGame, payoffs: Sequence[Fraction]) -> Fraction:
    """The optimum of `hull_gain_program`: 0 exactly when nothing in the hull dominates the payoff vector, which must be attainable."""
    value = solve(hull_gain_program(game, payoffs)).value
    if value is None:
        raise InstanceError("payoffs", "no mixture of profiles gives everybody as much: the vector is not attainable")
    return value


def pure_gain(game: NormalFormGame, payoffs: Sequence[Real]) -> Real:
    """The most that all players together gain at a pure profile that dominates the payoff vector; 0 if none does."""
    gains = [sum((y - x for x, y in zip(payoffs, game.at(profile), strict=True)), Fraction(0)) for profile in pure_dominators(game, payoffs)]
    return max(gains, default=Fraction(0))


def dominated_in_plane(points: Sequence[Vector], payoffs: Vector) -> bool:
    """Whether the hull of points in the plane holds a point that dominates ``payoffs``: two players, no linear program.

    Where a point of the hull dominates, one on its upper right boundary does; that boundary is made of segments between the points.
    """
    return any(_segment_dominates(one, two, payoffs) for i, one in enumerate(points) for two in points[i:])


def _segment_dominates(one: Vector, two: Vector, payoffs: Vector) -> bool:
    """Whether some one·t + two·(1 − t), 0 <= t <= 1, dominates: the t at which nobody loses form an interval; its ends are tried."""
    low, high = Fraction(0), Fraction(1)
    for x, y, z in zip(one, two, payoffs, strict=True):
        if x == y:
            if x < z:
                return False
            continue
        crossing = (z - y) / (x - y)
        if x > y:
            low = max(low, crossing)
        else:
            high = min(high, crossing)
    return low <= high and any(
        dominates(tuple(t * x + (1 - t) * y for x, y in zip(one, two, strict=True)), payoffs) for t in (low, high)
    )
