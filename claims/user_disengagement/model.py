"""The model: a user whose satisfaction decides whether they stay, and the platform's value, in two conventions of re-engagement.

Each round an engaged user is shown content, which earns a reward and moves the user's satisfaction state to y; with probability f(y) (read
at the new state) the user is engaged in the next round too, else disengaged. A disengaged user's state is frozen and earns nothing; from one
round to the next they come back with probability ρ(y). So whoever leaves misses at least one round. Nothing is decided while a user is away,
so time away can be summed up: the engaged user faces an ordinary decision problem with the *modified discount factor*

    f̃ = γf + (1 − f)·γ²ρ/(1 − γ + γρ)

that depends on the state (C1). Everything here takes exact numbers, balls or recording numbers. Reconstructed from the paper's abstracts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeAlias

from exact.reals import Real
from instances.decision_processes import Action, DecisionProcess
from instances.errors import InstanceError
from instances.instance import Instance, Rationals, count, rational, rationals, sequence

Move: TypeAlias = tuple[Fraction, int]
"""Reward, and next state (from 0)."""


# One state


def return_factor(gamma: Real, rho: Real) -> Real:
    """V_D/V_E = γρ/(1 − γ + γρ): what a disengaged user is worth, relative to an engaged one in the same state."""
    return gamma * rho / (1 - gamma + gamma * rho)


def modified_discount(gamma: Real, f: Real, rho: Real) -> Real:
    """f̃ = γf + (1 − f)γ²ρ/(1 − γ + γρ), in [0, γ]."""
    return gamma * f + (1 - f) * gamma * return_factor(gamma, rho)


def effective_demand(gamma: Real, f: Real, rho: Real) -> Real:
    """D̃ = 1/(1 − f̃): the discounted number of engaged rounds of a user who starts engaged."""
    return 1 / (1 - modified_discount(gamma, f, rho))


def door_demand(gamma: Real, f: Real, rho: Real) -> Real:
    """Ñ = f̃/(γ(1 − f̃)): the same from the door, where the first round is engaged with probability f."""
    discount = modified_discount(gamma, f, rho)
    return discount / (gamma * (1 - discount))


def engaged_fraction(f: Real, rho: Real) -> Real:
    """The long-run fraction of engaged rounds, ρ/(ρ + 1 − f); 1 where f = 1."""
    return Fraction(1) if f == 1 else rho / (rho + 1 - f)


def chain_value(gamma: Fraction, f: Fraction, rho: Fraction, reward: Fraction = Fraction(1)) -> tuple[Fraction, Fraction]:
    """(V_E, V_D) of one state whose content pays ``reward`` in each engaged round, by the two-status chain."""
    engaged, away = DisengagementMDP(gamma, (f,), (rho,), (((reward, 0),),)).chain().value_of((0, 0))
    return engaged, away


# Tables


@dataclass(frozen=True)
class DisengagementMDP(Instance):
    """A finite user: demand f(x), re-engagement ρ(x), and for each state x the moves ``(reward, next state)``; states from 0."""

    gamma: Fraction
    demand: Rationals
    rho: Rationals
    moves: tuple[tuple[Move, ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "gamma", open_unit("gamma", self.gamma))
        object.__setattr__(self, "demand", rationals("demand", self.demand, 0, 1))
        object.__setattr__(self, "rho", rationals("rho", self.rho, 0, 1))
        menus = tuple(tuple(_move(x, len(self.demand), entry) for entry in sequence(f"moves[{x}]", menu)) for x, menu in enumerate(self.moves))
        object.__setattr__(self, "moves", menus)
        for name, length in (("rho", len(self.rho)), ("moves", len(menus))):
            if length != len(self.demand):
                raise InstanceError(name, f"{length} entries for {len(self.demand)} states")
        for x, menu in enumerate(menus):
            if not menu:
                raise InstanceError(f"moves[{x}]", "is empty: there is nothing to show")

    @property
    def discounts(self) -> Rationals:
        """f̃ of every state."""
        return tuple(modified_discount(self.gamma, f, rho) for f, rho in zip(self.demand, self.rho, strict=True))

    def reduced(self) -> DecisionProcess:
        """The engaged user alone: a move to y goes on with probability f̃(y)/γ, so that the discount of that move is f̃(y)."""
        going_on = [discount / self.gamma for discount in self.discounts]
        return DecisionProcess(self.gamma, tuple(tuple(Action(r, ((y, going_on[y]),)) for r, y in menu) for menu in self.moves))

    def chain(self) -> DecisionProcess:
        """The two-status chain: states x (engaged) and n + x (disengaged, one action: wait)."""
        n = len(self.demand)
        engaged = tuple(tuple(Action(r, ((y, self.demand[y]), (n + y, 1 - self.demand[y]))) for r, y in menu) for menu in self.moves)
        away = tuple((Action(Fraction(0), ((y, self.rho[y]), (n + y, 1 - self.rho[y]))),) for y in range(n))
        return DecisionProcess(self.gamma, engaged + away)


def _move(x: int, states: int, entry: object) -> Move:
    pair = sequence(f"moves[{x}]", entry)
    if len(pair) != 2:
        raise InstanceError(f"moves[{x}]", "an entry is no pair of a reward and a next state")
    state = count(f"moves[{x}]", pair[1])
    if state >= states:
        raise InstanceError(f"moves[{x}]", f"leads to state {state} of {states}")
    return rational(f"moves[{x}]", pair[0]), state


def open_unit(field: str, value: object) -> Fraction:
    """A rational strictly between 0 and 1."""
    exact = rational(field, value)
    if not 0 < exact < 1:
        raise InstanceError(field, f"{exact} is not strictly between 0 and 1")
    return exact


# Ladders: k levels of satisfaction and a linear relation of reward and satisfaction


class MoveRelation(ABC):
    """Which levels are reachable in one round: ``reach(i)`` from level i; ``origins(j)`` are the levels that can move to j. Ascending, from 0."""

    @abstractmethod
    def reach(self, i: int) -> Sequence[int]:
        """The levels reachable from i."""

    @abstractmethod
    def origins(self, j: int) -> Sequence[int]:
        """The levels from which j is reachable."""


@dataclass(frozen=True)
class WindowMoves(Instance, MoveRelation):
    """From level i every level from i − down to i + up: bounded steps. Free moves and nearest neighbours are special cases."""

    levels: int
    down: int
    up: int

    def reach(self, i: int) -> range:
        """max(0, i − down) … min(k − 1, i + up)."""
        return range(max(0, i - self.down), min(self.levels, i + self.up + 1))

    def origins(self, j: int) -> range:
        """max(0, j − up) … min(k − 1, j + down)."""
        return range(max(0, j - self.up), min(self.levels, j + self.down + 1))


@dataclass(frozen=True)
class TableMoves(Instance, MoveRelation):
    """Any relation, given by the list of reachable levels for each level."""

    table: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", tuple(tuple(sorted(set(sequence("table", row)))) for row in self.table))
        for i, row in enumerate(self.table):
            if not row or row[0] < 0 or row[-1] >= len(self.table):
                raise InstanceError(f"table[{i}]", "must name levels of the ladder, at least one")

    def reach(self, i: int) -> tuple[int, ...]:
        """The row."""
        return self.table[i]

    def origins(self, j: int) -> tuple[int, ...]:
        """The rows that contain j."""
        return tuple(i for i, row in enumerate(self.table) if j in row)


def free_moves(levels: int) -> WindowMoves:
    """Every level is reachable from every level."""
    return WindowMoves(levels, levels, levels)


def nearest_moves(levels: int) -> WindowMoves:
    """One level up or down, or none."""
    return WindowMoves(levels, 1, 1)


def downward_moves(levels: int) -> WindowMoves:
    """Only lower levels, and staying."""
    return WindowMoves(levels, levels, 0)


@dataclass(frozen=True)
class LadderUser(Instance):
    """k levels of satisfaction with the linear relation: moving from level i to j earns α − β(b_j − δb_i).

    ``levels`` are the lower endpoints b_1 < … < b_k; ``demand`` and ``rho`` have one entry per level; δ in [0, 1] is the memory.
    """

    gamma: Fraction
    levels: Rationals
    demand: Rationals
    rho: Rationals
    alpha: Fraction
    beta: Fraction
    delta: Fraction
    moves: WindowMoves | TableMoves

    def __post_init__(self) -> None:
        object.__setattr__(self, "gamma", open_unit("gamma", self.gamma))
        object.__setattr__(self, "levels", rationals("levels", self.levels))
        for name in ("demand", "rho"):
            object.__setattr__(self, name, rationals(name, getattr(self, name), 0, 1))
            if len(getattr(self, name)) != len(self.levels):
                raise InstanceError(name, f"{len(getattr(self, name))} entries for {len(self.levels)} levels")
        for name in ("alpha", "beta"):
            object.__setattr__(self, name, rational(name, getattr(self, name)))
        object.__setattr__(self, "delta", rational("delta", self.delta, 0, 1))
        if any(low >= high for low, high in pairwise(self.levels)):
            raise InstanceError("levels", "do not increase")
        size = len(self.moves.table) if isinstance(self.moves, TableMoves) else self.moves.levels
        if size != len(self.levels):
            raise InstanceError("moves", f"speaks of {size} levels, not {len(self.levels)}")

    @property
    def count(self) -> int:
        """k."""
        return len(self.levels)

    @cached_property
    def discounts(self) -> Rationals:
        """f̃ of every level."""
        return tuple(_discount_of(self.gamma, f, rho) for f, rho in zip(self.demand, self.rho, strict=True))

    @property
    def is_reflexive(self) -> bool:
        """Whether every level can be kept: neutral content exists."""
        return all(i in self.moves.reach(i) for i in range(self.count))

    @cached_property
    def indices(self) -> Rationals:
        """J_δ of every level."""
        return tuple(_index_of(self.alpha, self.beta, self.delta, y, d) for y, d in zip(self.levels, self.discounts, strict=True))

    def reward(self, i: int, j: int) -> Fraction:
        """α − β(b_j − δb_i)."""
        return self.alpha - self.beta * (self.levels[j] - self.delta * self.levels[i])

    def base(self, i: int) -> Fraction:
        """βδb_i: the part of the value that any policy earns from the present satisfaction."""
        return self.beta * self.delta * self.levels[i]

    def table(self) -> DisengagementMDP:
        """The ladder as a table of moves."""
        menus = tuple(tuple((self.reward(i, j), j) for j in self.moves.reach(i)) for i in range(self.count))
        return DisengagementMDP(self.gamma, self.demand, self.rho, menus)


def steady_index(alpha: Real, beta: Real, delta: Real, y: Real, discount: Real) -> Real:
    """J_δ(y) = αD̃ − βy(δ + (1 − δ)D̃), the value of staying at y for ever, less βδ times the satisfaction at the start."""
    demand = 1 / (1 - discount)
    return alpha * demand - beta * y * (delta + (1 - delta) * demand)


def proportional(q: Fraction, demand: Sequence[Fraction]) -> Rationals:
    """R-prop: ρ(x) = q·f(x); friction is 1 − q."""
    return tuple(q * f for f in demand)


def constant(rho: Fraction, demand: Sequence[Fraction]) -> Rationals:
    """R-const: the same ρ in every state; friction is 1 − ρ."""
    return (rho,) * len(demand)


@lru_cache(maxsize=4_096)
def _discount_of(gamma: Fraction, f: Fraction, rho: Fraction) -> Fraction:
    """The modified discount of plain rationals: enumerations ask for the same few again and again."""
    discount: Fraction = modified_discount(gamma, f, rho)
    return discount


@lru_cache(maxsize=4_096)
def _index_of(alpha: Fraction, beta: Fraction, delta: Fraction, y: Fraction, discount: Fraction) -> Fraction:
    """The steady index of plain rationals."""
    index: Fraction = steady_index(alpha, beta, delta, y, discount)
    return index
