"""Ladders: the k-level program by label setting, its certificate, the target rule, and the baselines.

Label setting (Dijkstra with Knuth's superior functions: D. E. Knuth, "A generalization of Dijkstra's algorithm", Inf. Process. Lett. 6,
1977) finalises the levels in non-increasing order of their labels W. Stepping onto a finalised level j is worth
h_j = (1 − f̃_j)J_j + f̃_j·W_j, which is at most W_j; so no label that is finalised later could have improved one finalised before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from claims.user_disengagement.model import LadderUser

_KEY_BITS = 64


@dataclass(frozen=True)
class LadderOptimum:
    """The optimum of a ladder: V = βδb + W, an optimal next level for every level, and the elementary steps that were counted.

    A level's next level is itself where staying is optimal, else the smallest optimal one: following it never visits a level twice.
    """

    values: tuple[Fraction, ...]
    labels: tuple[Fraction, ...]
    successors: tuple[int, ...]
    steps: int

    def path(self, start: int) -> tuple[int, ...]:
        """The levels visited from ``start`` on, until one is kept."""
        levels = [start]
        while self.successors[levels[-1]] != levels[-1]:
            levels.append(self.successors[levels[-1]])
            if len(levels) > len(self.successors):
                raise AssertionError("an optimal path visits a level twice")
        return tuple(levels)

    @property
    def sinks(self) -> tuple[int, ...]:
        """The levels that are kept."""
        return tuple(i for i, j in enumerate(self.successors) if i == j)


class NotReflexive(ValueError):
    """A level cannot be kept: label setting need not be exact then."""


class _Label:
    """An exact number with the integer part of its 2^64-fold: integers tell most labels apart, and ties fall back on the numbers."""

    __slots__ = ("key", "number")

    def __init__(self, number: fmpq) -> None:
        self.number = number
        self.key = int((number * (1 << _KEY_BITS)).floor())

    def exceeds(self, other: _Label) -> bool:
        return self.key > other.key or (self.key == other.key and self is not other and bool(self.number > other.number))


def label_setting(ladder: LadderUser) -> LadderOptimum:
    """The optimum of a ladder in which every level can be kept, in exact rationals. Raises NotReflexive.

    ``steps`` counts one per open level looked at and one per relaxation tried: at most k², with equality for free moves.
    """
    if not ladder.is_reflexive:
        raise NotReflexive("a level cannot be kept: there is no neutral content")
    k = ladder.count
    discounts = [fmpq(d.numerator, d.denominator) for d in ladder.discounts]
    indices = [_Label(fmpq(x.numerator, x.denominator)) for x in ladder.indices]
    labels, successors = list(indices), list(range(k))
    still_open, unsettled, steps = [True] * k, list(range(k)), 0
    for _ in range(k):
        steps += len(unsettled)
        j = _largest(unsettled, labels)
        unsettled.remove(j)
        still_open[j] = False
        step = _Label((1 - discounts[j]) * indices[j].number + discounts[j] * labels[j].number)
        steps += _relax(ladder.moves.origins(j), j, step, still_open, labels, successors)
    _prefer_small_sinks(ladder, indices, labels, successors)
    found = tuple(index if label is start else _fraction(label.number)
                  for label, start, index in zip(labels, indices, ladder.indices, strict=True))
    return LadderOptimum(tuple(ladder.base(i) + w for i, w in enumerate(found)), found, tuple(successors), steps)


def _fraction(number: fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _largest(unsettled: Sequence[int], labels: Sequence[_Label]) -> int:
    """The first level whose label is largest."""
    top = max([labels[i].key for i in unsettled])
    best = -1
    for i in unsettled:
        label = labels[i]
        if label.key == top and (best < 0 or (label is not labels[best] and label.exceeds(labels[best]))):
            best = i
    return best


def _relax(origins: Sequence[int], j: int, step: _Label, still_open: list[bool], labels: list[_Label], successors: list[int]) -> int:
    """Try the step onto j from every open level that can make it; how many there are. Among equally good steps the smallest level is kept."""
    tried, key = 0, step.key
    for i in origins:
        if still_open[i]:
            tried += 1
            label = labels[i]
            if label.key > key or label is step:
                continue
            if step.exceeds(label):
                labels[i], successors[i] = step, j
            elif successors[i] != i and j < successors[i] and not label.exceeds(step):
                successors[i] = j
    return tried


def _prefer_small_sinks(ladder: LadderUser, indices: Sequence[_Label], labels: Sequence[_Label], successors: list[int]) -> None:
    """A level finalised after i can be an equally good step only if it has i's label and is kept (h_j = W_j iff W_j = J_j)."""
    sinks: dict[tuple[int, int], list[int]] = {}
    for j, (label, index) in enumerate(zip(labels, indices, strict=True)):
        if label is index:
            sinks.setdefault((int(label.number.p), int(label.number.q)), []).append(j)
    for i, j in enumerate(successors):
        if j != i:
            reach = ladder.moves.reach(i)
            equal = sinks.get((int(labels[i].number.p), int(labels[i].number.q)), ())
            successors[i] = min([j, *(sink for sink in equal if sink in reach)])


def is_optimal(ladder: LadderUser, values: Sequence[Fraction], successors: Sequence[int]) -> bool:
    """The certificate of a ladder: V(i) >= α − β(b_j − δb_i) + f̃_j V(j) for every move, with equality at the successor. One pass over the moves."""
    onto = [d * v - ladder.beta * b for d, v, b in zip(ladder.discounts, values, ladder.levels, strict=True)]
    for i, value in enumerate(values):
        rest = value - ladder.alpha - ladder.base(i)
        if onto[successors[i]] != rest or any(onto[j] > rest for j in ladder.moves.reach(i)) or successors[i] not in ladder.moves.reach(i):
            return False
    return True


def policy_values(ladder: LadderUser, policy: Sequence[int]) -> tuple[Fraction, ...]:
    """V of going to ``policy[i]`` from level i, on the two-status chain."""
    moves = tuple(((ladder.reward(i, j), j),) for i, j in enumerate(policy))
    table = ladder.table()
    chain = type(table)(table.gamma, table.demand, table.rho, moves).chain()
    return chain.value_of((0,) * chain.states)[: ladder.count]


def killing_sum(ladder: LadderUser, policy: Sequence[int]) -> tuple[Fraction, ...]:
    """E[J at the killing time] from every level: the policy's trajectory is killed at each visited level y with probability 1 − f̃(y).

    A trajectory enters a cycle, whose sum is geometric.
    """
    discounts, indices = ladder.discounts, ladder.indices
    return tuple(_killed(policy, discounts, indices, i) for i in range(ladder.count))


def _killed(policy: Sequence[int], discounts: Sequence[Fraction], indices: Sequence[Fraction], start: int) -> Fraction:
    survival, total = Fraction(1), Fraction(0)
    entered: dict[int, tuple[Fraction, Fraction]] = {}
    level = policy[start]
    while level not in entered:
        entered[level] = survival, total
        total += survival * (1 - discounts[level]) * indices[level]
        survival *= discounts[level]
        level = policy[level]
    survived, before = entered[level]
    return before if survived == 0 else before + (total - before) / (1 - survival / survived)


def best_targets(ladder: LadderUser) -> tuple[int, ...]:
    """All levels with the largest J_δ: with free moves, go to one and stay (the target rule)."""
    best = max(ladder.indices)
    return tuple(i for i, index in enumerate(ladder.indices) if index == best)
