"""Two-player Markov games with rational payoffs and transitions: exact values of stationary policies, and their equilibria (L. S. Shapley, 1953).

In every state both players choose an action at the same time; a player with nothing to decide has one action. A stationary policy is a mixture over the
actions of each state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from exact import linear_algebra
from instances.decision_processes import Action, DecisionProcess, Policy, Vector
from instances.errors import InstanceError
from instances.games import degenerate
from instances.instance import Instance, count, rational, rationals, sequence

StationaryPolicy: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""For each state a mixture over the player's actions there."""
PolicyPair: TypeAlias = tuple[StationaryPolicy, StationaryPolicy]

MOST_PROFILES = 100_000
"""Pairs of deterministic policies; a larger game is refused."""


@dataclass(frozen=True)
class Cell(Instance):
    """What a pair of actions does: both rewards, and where play goes: ``(state, probability)``, each state at most once.

    The probabilities may add up to less than 1: with the rest, play ends.
    """

    rewards: tuple[Fraction, Fraction]
    transitions: tuple[tuple[int, Fraction], ...]

    def __post_init__(self) -> None:
        rewards = rationals("rewards", self.rewards)
        if len(rewards) != 2:
            raise InstanceError("rewards", f"{len(rewards)} numbers, where one for each of two players is due")
        object.__setattr__(self, "rewards", rewards)
        object.__setattr__(self, "transitions", Action(Fraction(0), self.transitions).transitions)


@dataclass(frozen=True)
class MarkovGame(Instance):
    """States 0 … n − 1, a discount in [0, 1), and for each state a matrix of cells: player 1's actions are rows, player 2's columns."""

    discount: Fraction
    cells: tuple[tuple[tuple[Cell, ...], ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "discount", rational("discount", self.discount, 0, 1))
        if self.discount == 1:
            raise InstanceError("discount", "is 1, where less is due")
        object.__setattr__(self, "cells", tuple(_matrix(f"cells[{s}]", entry) for s, entry in enumerate(sequence("cells", self.cells))))
        if not self.cells:
            raise InstanceError("cells", "is empty: there is no state")
        for s, matrix in enumerate(self.cells):
            for cell in (cell for row in matrix for cell in row):
                for state, _ in cell.transitions:
                    if state >= len(self.cells):
                        raise InstanceError(f"cells[{s}]", f"leads to state {state} of {len(self.cells)}")

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.cells)

    def sizes(self, player: int) -> tuple[int, ...]:
        """For each state the number of the player's actions."""
        return tuple(len(matrix) if player == 0 else len(matrix[0]) for matrix in self.cells)

    def deterministic(self, player: int, policy: Policy) -> StationaryPolicy:
        """A policy that is one action in each state, as mixtures. Raises InstanceError for an action that is not there."""
        sizes = self.sizes(player)
        if len(policy) != self.states:
            raise InstanceError("policy", f"{len(policy)} actions for {self.states} states")
        for s, (action, size) in enumerate(zip(policy, sizes, strict=True)):
            if count(f"policy[{s}]", action) >= size:
                raise InstanceError(f"policy[{s}]", f"{action} is none of {size} actions")
        return tuple(degenerate(action, size) for action, size in zip(policy, sizes, strict=True))

    def facing(self, player: int, other: StationaryPolicy) -> DecisionProcess:
        """The decision process of a player whose opponent keeps a stationary policy."""
        return DecisionProcess(
            self.discount,
            tuple(
                tuple(_blend(player, [self._cell(s, player, a, b) for b in range(len(other[s]))], other[s]) for a in range(size))
                for s, size in enumerate(self.sizes(player))
            ),
        )

    def _cell(self, s: int, player: int, mine: int, other: int) -> Cell:
        return self.cells[s][mine][other] if player == 0 else self.cells[s][other][mine]

    def values(self, first: StationaryPolicy, second: StationaryPolicy) -> tuple[Vector, Vector]:
        """Both players' expected discounted rewards from every state: the solution of V = r + γPV, exactly."""
        mine = self.facing(0, second)
        chosen = [
            _mixed(menu, mixture) for menu, mixture in zip(mine.actions, first, strict=True)
        ]
        other = self.facing(1, first)
        answered = [_mixed(menu, mixture) for menu, mixture in zip(other.actions, second, strict=True)]
        return self._worth(chosen), self._worth(answered)

    def _worth(self, chosen: Sequence[Action]) -> Vector:
        rows: list[dict[int, Fraction]] = []
        for s, action in enumerate(chosen):
            row = {s: Fraction(1)}
            for state, chance in action.transitions:
                row[state] = row.get(state, Fraction(0)) - self.discount * chance
            rows.append(row)
        return linear_algebra.solve(rows, [action.reward for action in chosen])

    def is_equilibrium(self, first: StationaryPolicy, second: StationaryPolicy) -> bool:
        """Whether neither player has a better policy of any kind: both values solve the Bellman equation of the process that the other's policy makes.

        Against a stationary policy a stationary deterministic policy is a best reply, so nothing else needs to be compared.
        """
        values = self.values(first, second)
        return all(
            process.worth(action, value) <= value[s]
            for process, value in ((self.facing(0, second), values[0]), (self.facing(1, first), values[1]))
            for s, menu in enumerate(process.actions)
            for action in menu
        )

    def deterministic_pairs(self) -> Iterator[tuple[Policy, Policy]]:
        """All pairs of deterministic stationary policies, in lexicographic order. Raises InstanceError when there are too many."""
        if prod(self.sizes(0)) * prod(self.sizes(1)) > MOST_PROFILES:
            raise InstanceError("cells", f"more than {MOST_PROFILES} pairs of deterministic policies")
        yield from product(*(tuple(product(*(range(size) for size in self.sizes(player)))) for player in (0, 1)))

    def deterministic_equilibria(self) -> list[tuple[Policy, Policy]]:
        """The pairs of deterministic stationary policies that are equilibria."""
        return [
            (one, two)
            for one, two in self.deterministic_pairs()
            if self.is_equilibrium(self.deterministic(0, one), self.deterministic(1, two))
        ]


def _matrix(name: str, value: Any) -> tuple[tuple[Cell, ...], ...]:
    rows = tuple(tuple(_entry(cell) for cell in sequence(f"{name}[{i}]", row)) for i, row in enumerate(sequence(name, value)))
    if not rows or not rows[0]:
        raise InstanceError(name, "is empty: somebody has no action")
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise InstanceError(f"{name}[{i}]", f"{len(row)} cells, where the first row has {len(rows[0])}")
    return rows


def _entry(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell.from_json(value)


def _blend(player: int, cells: Sequence[Cell], weights: Sequence[Fraction]) -> Action:
    """The mixture of cells, as one action of a player."""
    return _mixed([Action(cell.rewards[player], cell.transitions) for cell in cells], weights)


def _mixed(actions: Sequence[Action], weights: Sequence[Fraction]) -> Action:
    """The mixture of actions as one action."""
    chances: dict[int, Fraction] = {}
    for action, weight in zip(actions, weights, strict=True):
        for state, chance in action.transitions:
            chances[state] = chances.get(state, Fraction(0)) + weight * chance
    reward = sum((weight * action.reward for action, weight in zip(actions, weights, strict=True)), Fraction(0))
    return Action(reward, tuple(sorted((state, chance) for state, chance in chances.items() if chance)))
