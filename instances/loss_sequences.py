"""Sequences of gains (or losses) for online learning: what each of N choices is worth in each of T rounds, between 0 and a cap H."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from instances.errors import InstanceError
from instances.instance import Instance, Rationals, count, matrix, rational


@dataclass(frozen=True)
class GainSequence(Instance):
    """``gains[t][i]`` is what choice i is worth in round t (both from 0), in [0, cap]."""

    gains: tuple[Rationals, ...]
    cap: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cap", rational("cap", self.cap, 0))
        object.__setattr__(self, "gains", matrix("gains", self.gains, 0))
        if not self.cap:
            raise InstanceError("cap", "is 0, where a positive number is due")
        for t, row in enumerate(self.gains):
            for i, gain in enumerate(row):
                if gain > self.cap:
                    raise InstanceError(f"gains[{t}][{i}]", f"{gain} exceeds the cap {self.cap}")

    @property
    def choices(self) -> int:
        """N."""
        return len(self.gains[0])

    @property
    def rounds(self) -> int:
        """T."""
        return len(self.gains)

    @property
    def losses(self) -> tuple[Rationals, ...]:
        """cap − gain."""
        return tuple(tuple(self.cap - gain for gain in row) for row in self.gains)

    @property
    def totals(self) -> Rationals:
        """The sum of each choice's gains."""
        return tuple(sum(column, Fraction(0)) for column in zip(*self.gains, strict=True))

    @property
    def best_fixed(self) -> Fraction:
        """What the best single choice in hindsight earns: the benchmark of regret."""
        return max(self.totals)


def winners(choices: int, order: Sequence[int]) -> GainSequence:
    """In round t only choice ``order[t]`` is worth something, namely 1."""
    count("choices", choices, 1)
    for winner in order:
        if not 0 <= winner < choices:
            raise InstanceError("order", f"{winner} is none of the {choices} choices")
    return GainSequence(tuple(tuple(Fraction(int(i == winner)) for i in range(choices)) for winner in order))


def single_winner(choices: int, rounds: int) -> GainSequence:
    """The same choice wins in every round."""
    return winners(choices, (0,) * rounds)


def round_robin(choices: int, rounds: int) -> GainSequence:
    """The choices win in turn."""
    return winners(choices, tuple(t % choices for t in range(rounds)))


def all_sequences(choices: int, rounds: int, values: Sequence[Fraction]) -> Iterator[GainSequence]:
    """Every sequence with gains among ``values`` (in [0, 1]), in lexicographic order."""
    rows = list(product(values, repeat=choices))
    yield from (GainSequence(gains) for gains in product(rows, repeat=rounds))


def drifting(choices: int, rounds: int, seed: int) -> GainSequence:
    """Thresholds that drift at random: choice i is worth i/N where i is at most the threshold, else 0. The same seed gives the same sequence."""
    source = random.Random(f"drifting {choices} {rounds} {seed}")
    threshold, rows = choices // 2, []
    for _ in range(rounds):
        threshold = min(choices - 1, max(0, threshold + source.choice((-1, 0, 1))))
        rows.append(tuple(Fraction(i + 1, choices) if i <= threshold else Fraction(0) for i in range(choices)))
    return GainSequence(tuple(rows))
