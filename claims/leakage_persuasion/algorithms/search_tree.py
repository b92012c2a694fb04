"""A9: which k signals every receiver has to see so that the geometric chain is worth no more than public persuasion.

A search tree over the receivers: an inner node asks whether its pivot is told to adopt (then go right) or not (left), a leaf is a receiver that sees the
pivots on its path. E_j, the event that leaf j is reached and told to adopt, is a view of j. The events exclude each other and together cover every profile
with a nonempty prefix, so (OB) at these n views bounds the chain's value by λ. With n <= 2^(k+1) − 1 receivers, k leaks suffice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class LeafEvent:
    """Leaf ``receiver`` (from 1) with what it sees: its own signal 1, and the bit that it must see at every leaked signal."""

    receiver: int
    ones: frozenset[int]
    zeros: frozenset[int]

    @property
    def leaked(self) -> frozenset[int]:
        """K_j: the receivers whose signals it sees."""
        return (self.ones | self.zeros) - {self.receiver}


def leaks_needed(agents: int) -> int:
    """⌈log2(n+1)⌉ − 1: the least k with n <= 2^(k+1) − 1."""
    return agents.bit_length() - 1


def leak_paths(agents: int) -> dict[int, tuple[int, ...]]:
    """For every receiver 1 … n the pivots on its path (without itself), in the order of the search."""
    paths: dict[int, tuple[int, ...]] = {}

    def descend(low: int, high: int, path: tuple[int, ...], depth: int, spine: bool) -> None:
        if low == high:
            paths[low] = tuple(pivot for pivot in path if pivot != low)
            return
        left = min(2**depth - 1 if spine else 2 ** (depth - 1), high - low)
        pivot = low + left
        descend(low, pivot - 1, (*path, pivot), depth - 1, spine)
        descend(pivot, high, (*path, pivot), depth if spine else depth - 1, False)

    descend(1, agents, (), leaks_needed(agents), True)
    return paths


def leaf_events(agents: int) -> list[LeafEvent]:
    """E_1, …, E_n: s_j = 1, ones at the leaked signals below j, zeros at those above."""
    return [
        LeafEvent(j, frozenset(m for m in path if m < j) | {j}, frozenset(m for m in path if m > j))
        for j, path in sorted(leak_paths(agents).items())
    ]


def exclude_each_other(first: LeafEvent, second: LeafEvent) -> bool:
    """Whether some receiver must be told opposite things by the two events."""
    return bool(first.ones & second.zeros or first.zeros & second.ones)


def covered_share(events: Sequence[LeafEvent], prefix: int) -> Fraction:
    """The share of the profiles with longest prefix ``prefix`` that lies in E_j for some j >= prefix, where the E_j exclude each other.

    Among the free bits (those above prefix + 1), E_j fixes some: its share is 2^−(their number), if it agrees with s_1 = … = s_prefix = 1, s_{prefix+1} = 0.
    """
    total = Fraction(0)
    for event in events:
        consistent = all(m > prefix for m in event.zeros) and prefix + 1 not in event.ones
        if event.receiver >= prefix and consistent:
            required = sum(1 for m in event.ones | event.zeros if m > prefix + 1)
            total += Fraction(1, 2**required)
    return total


def certifies(agents: int) -> bool:
    """Whether the tree proves OPT_k = λ on every chain v = θ with n receivers: at most k leaks each, exclusive and covering events."""
    events = leaf_events(agents)
    budget = leaks_needed(agents)
    return (
        all(len(event.leaked) <= budget for event in events)
        and all(exclude_each_other(a, b) for place, a in enumerate(events) for b in events[:place])
        and all(covered_share(events, prefix) == 1 for prefix in range(1, agents + 1))
    )
