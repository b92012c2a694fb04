"""Who sees whose signal: leak patterns, distributions over them, and the families that theorems speak of.

A pattern gives every receiver the bitmask of the receivers whose signals it sees beside its own (agents numbered from 0).
A leakage law is a finite distribution over patterns, independent of the state and of the signals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any

from instances.errors import InstanceError
from instances.instance import Instance, count, rational, sequence
from instances.set_functions import members

MOST_PATTERNS = 100_000


@dataclass(frozen=True)
class LeakPattern(Instance):
    """``sees[i]`` is the mask of the receivers whose signals leak to receiver i. Raises InstanceError for a mask out of range."""

    sees: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sees", tuple(count(f"sees[{i}]", mask) for i, mask in enumerate(sequence("sees", self.sees))))
        for i, mask in enumerate(self.sees):
            if mask >= 1 << len(self.sees):
                raise InstanceError(f"sees[{i}]", f"{mask} names a receiver that does not exist")
            if mask >> i & 1:
                raise InstanceError(f"sees[{i}]", "a receiver does not leak to itself; its own signal is always seen")

    @classmethod
    def from_lists(cls, lists: Sequence[Sequence[int]]) -> LeakPattern:
        """From the receivers that every receiver sees, numbered from 1. Raises InstanceError for a number that is none of them."""
        for place, row in enumerate(lists):
            for j in row:
                if not 1 <= j <= len(lists):
                    raise InstanceError(f"sees[{place}]", f"{j} is none of the receivers 1 to {len(lists)}")
        return cls(tuple(sum(1 << (j - 1) for j in set(row)) for row in lists))

    def lists(self) -> list[list[int]]:
        """For every receiver the list of those that it sees, numbered from 1."""
        return [[j + 1 for j in members(mask)] for mask in self.sees]

    @property
    def agents(self) -> int:
        """How many receivers there are."""
        return len(self.sees)

    @property
    def in_degree(self) -> int:
        """The most signals that leak to one receiver."""
        return max((mask.bit_count() for mask in self.sees), default=0)

    def edges(self) -> Iterator[tuple[int, int]]:
        """The pairs (j, i) such that j's signal leaks to i."""
        for i, mask in enumerate(self.sees):
            for j in members(mask):
                yield j, i

    def neighbours(self) -> tuple[int, ...]:
        """For every receiver the mask of those that it sees or that see it: the underlying undirected graph."""
        masks = list(self.sees)
        for j, i in self.edges():
            masks[j] |= 1 << i
        return tuple(masks)


@dataclass(frozen=True)
class LeakageLaw(Instance):
    """A finite distribution: pairs (probability > 0, pattern), with probabilities that add up to 1. Raises InstanceError."""

    patterns: tuple[tuple[Fraction, LeakPattern], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "patterns", tuple(_weighted(i, pair) for i, pair in enumerate(sequence("patterns", self.patterns))))
        if sum(weight for weight, _ in self.patterns) != 1:
            raise InstanceError("patterns", "the probabilities do not add up to 1")
        if len({pattern.agents for _, pattern in self.patterns}) != 1:
            raise InstanceError("patterns", "they speak of different numbers of receivers")

    @property
    def agents(self) -> int:
        """How many receivers there are."""
        return self.patterns[0][1].agents

    @property
    def in_degree(self) -> int:
        """The leak budget k: the most signals that leak to one receiver under any pattern of the support."""
        return max(pattern.in_degree for _, pattern in self.patterns)


def _weighted(place: int, pair: Any) -> tuple[Fraction, LeakPattern]:
    field = f"patterns[{place}]"
    if len(sequence(field, pair)) != 2:
        raise InstanceError(field, "is no pair (probability, pattern)")
    weight, pattern = rational(field, pair[0], 0, 1), pair[1]
    if weight == 0:
        raise InstanceError(field, "has probability 0")
    return weight, pattern if isinstance(pattern, LeakPattern) else LeakPattern.from_json(pattern)


def always(pattern: LeakPattern) -> LeakageLaw:
    """The law of a fixed, known pattern."""
    return LeakageLaw(((Fraction(1), pattern),))


def mixture(weighted: Sequence[tuple[Fraction, LeakPattern]]) -> LeakageLaw:
    """The law with these probabilities; equal patterns are put together, those of probability 0 left out."""
    total: dict[LeakPattern, Fraction] = defaultdict(Fraction)
    for weight, pattern in weighted:
        total[pattern] += weight
    return LeakageLaw(tuple((weight, pattern) for pattern, weight in total.items() if weight))


def no_leak(agents: int) -> LeakPattern:
    """Everybody sees its own signal only."""
    return LeakPattern((0,) * agents)


def full_leak(agents: int) -> LeakPattern:
    """Everybody sees everything: public persuasion."""
    return clique(agents, (1 << agents) - 1)


def clique(agents: int, mask: int) -> LeakPattern:
    """The receivers of ``mask`` see each other; the others see nothing."""
    return disjoint_cliques(agents, [mask])


def disjoint_cliques(agents: int, masks: Sequence[int]) -> LeakPattern:
    """Inside every one of the disjoint ``masks`` everybody sees everybody."""
    sees = [0] * agents
    for mask in masks:
        for i in members(mask):
            if sees[i]:
                raise InstanceError("masks", f"receiver {i + 1} is in two cliques")
            sees[i] = mask ^ 1 << i
    return LeakPattern(tuple(sees))


def contiguous_blocks(agents: int, size: int) -> tuple[int, ...]:
    """Masks of the blocks {1..size}, {size+1..2·size}, …; ``size`` divides the number of agents, or InstanceError."""
    _check_divides(agents, size)
    return tuple(((1 << size) - 1) << start for start in range(0, agents, size))


def interleaved_blocks(agents: int, size: int) -> tuple[int, ...]:
    """Masks of the blocks {i : i ≡ r mod agents/size}, each of ``size`` receivers."""
    _check_divides(agents, size)
    count = agents // size
    return tuple(sum(1 << i for i in range(r, agents, count)) for r in range(count))


def _check_divides(agents: int, size: int) -> None:
    if size < 1 or agents % size:
        raise InstanceError("size", f"blocks of {size} do not divide {agents} receivers")


def random_clique(agents: int, size: int) -> LeakageLaw:
    """A uniformly random set of ``size`` receivers becomes a clique."""
    return _uniform([clique(agents, _mask(chosen)) for chosen in combinations(range(agents), size)])


def broadcast(agents: int, leaks: int) -> LeakageLaw:
    """A uniformly random set of ``leaks`` signals is seen by everybody."""
    patterns = []
    for chosen in combinations(range(agents), min(leaks, agents)):
        mask = _mask(chosen)
        patterns.append(LeakPattern(tuple(mask & ~(1 << i) for i in range(agents))))
    return _uniform(patterns)


def independent_uniform(agents: int, leaks: int) -> LeakageLaw:
    """Every receiver sees an independent uniformly random set of ``leaks`` others. Raises InstanceError past 100,000 patterns."""
    choices = [
        [_mask(chosen) for chosen in combinations([j for j in range(agents) if j != i], min(leaks, agents - 1))] for i in range(agents)
    ]
    total = prod(len(options) for options in choices)
    if total > MOST_PATTERNS:
        raise InstanceError("agents", f"{total} patterns are too many to list")
    return _uniform([LeakPattern(sees) for sees in product(*choices)])


def directed_cycle(agents: int) -> LeakPattern:
    """Receiver i sees the next one, and the last sees the first; for two or more receivers."""
    if agents < 2:
        raise InstanceError("agents", "a cycle takes two receivers or more")
    return LeakPattern(tuple(1 << (i + 1) % agents for i in range(agents)))


def tree_ancestors(depth: int) -> LeakPattern:
    """Receivers 1 … 2^(depth+1) − 1 are the nodes of a balanced search tree, in order; everybody sees its ancestors."""
    agents = 2 ** (depth + 1) - 1
    sees = [0] * agents

    def descend(low: int, high: int, above: int) -> None:
        if low > high:
            return
        middle = (low + high) // 2
        sees[middle] = above
        descend(low, middle - 1, above | 1 << middle)
        descend(middle + 1, high, above | 1 << middle)

    descend(0, agents - 1, 0)
    return LeakPattern(tuple(sees))


def bernoulli(agents: int, rate: Fraction) -> LeakageLaw:
    """Each of the ordered pairs (j to i) leaks independently with probability ``rate`` (in [0, 1])."""
    pairs = [(j, i) for i in range(agents) for j in range(agents) if i != j]
    if 1 << len(pairs) > MOST_PATTERNS:
        raise InstanceError("agents", f"2^{len(pairs)} patterns are too many to list")
    weighted = []
    for leaks in product((False, True), repeat=len(pairs)):
        sees = [0] * agents
        for (j, i), leaked in zip(pairs, leaks, strict=True):
            sees[i] |= leaked << j
        weighted.append((rate ** sum(leaks) * (1 - rate) ** (len(pairs) - sum(leaks)), LeakPattern(tuple(sees))))
    return mixture(weighted)


def _mask(chosen: Sequence[int]) -> int:
    return sum(1 << i for i in chosen)


def _uniform(patterns: Sequence[LeakPattern]) -> LeakageLaw:
    return mixture([(Fraction(1, len(patterns)), pattern) for pattern in patterns])
