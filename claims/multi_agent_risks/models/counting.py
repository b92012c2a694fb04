"""C47: how many profiles, coalitions and channels a population has, counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations, product

from claims.parameters import Values
from exact.reals import Real


@dataclass(frozen=True)
class Counts:
    """What was counted for ``agents`` agents with ``actions`` actions each."""

    agents: int
    actions: int
    profiles: int
    coalitions: int
    channels: int


def listed(agents: int, actions: int) -> Counts:
    """Every profile, every coalition of two or more, every ordered pair of agents."""
    profiles = sum(1 for _ in product(range(actions), repeat=agents))
    coalitions = sum(1 for size in range(2, agents + 1) for _ in combinations(range(agents), size))
    return Counts(agents, actions, profiles, coalitions, sum(1 for _ in permutations(range(agents), 2)))


def counted(agents: int, actions: int) -> Counts:
    """The same agent by agent, for populations whose profiles nobody can list.

    A newcomer takes any action beside each old profile; joins each old coalition or not, or pairs with one old agent; and has a channel to and from each.
    """
    profiles, coalitions, channels = 1, 0, 0
    for old in range(agents):
        profiles = sum(profiles for _ in range(actions))
        coalitions = coalitions + coalitions + old
        channels += old + old
    return Counts(agents, actions, profiles, coalitions, channels)


def formulas(agents: int, actions: int) -> Counts:
    """k^n, 2^n − n − 1, n(n − 1)."""
    return Counts(agents, actions, actions**agents, 2**agents - agents - 1, agents * (agents - 1))


def populations(parameters: Values) -> Iterator[Counts]:
    """Listed counts up to ``agents`` agents and ``actions`` actions."""
    for agents in range(1, parameters["agents"] + 1):
        for actions in range(1, parameters["actions"] + 1):
            yield listed(agents, actions)


def agree(found: Counts, parameters: Values) -> bool:
    """Whether what was listed is what the formulas say, and what is counted agent by agent."""
    return found == formulas(found.agents, found.actions) == counted(found.agents, found.actions)


def population(parameters: Values) -> Counts:
    """The counts at ``n`` and ``k``."""
    return counted(parameters["n"], parameters["k"])


def coalitions_of(found: Counts, parameters: Values) -> Real:
    """Coalitions of two or more."""
    return Fraction(found.coalitions)


def channels_of(found: Counts, parameters: Values) -> Real:
    """Directed channels."""
    return Fraction(found.channels)
