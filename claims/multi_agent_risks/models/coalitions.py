"""What a group can do that its members cannot: coalition functions with values 0 and 1, and linear-threshold agents.

A coalition function (or a Boolean function) of n agents is an integer whose bit S is its value at the coalition S, itself a bitmask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import permutations

from exact.linear_programs import Problem, Row, solve
from instances.set_functions import members, submasks

Table = int


def value(table: Table, coalition: int) -> int:
    """What the coalition achieves."""
    return table >> coalition & 1


# Accumulation and emergence


def normalised_tables(agents: int) -> range:
    """Every function with values 0 and 1 that is 0 at the empty coalition."""
    return range(0, 1 << (1 << agents), 2)


def disjoint_pairs(agents: int) -> Iterator[tuple[int, int]]:
    """Pairs of disjoint coalitions, neither empty."""
    everyone = (1 << agents) - 1
    for first in range(1, everyone + 1):
        yield from ((first, second) for second in submasks(everyone & ~first) if second)


def is_additive(table: Table, agents: int) -> bool:
    """Whether disjoint coalitions achieve together what they achieve apart, no more and no less."""
    return all(value(table, a | b) == value(table, a) + value(table, b) for a, b in disjoint_pairs(agents))


def is_superadditive(table: Table, agents: int) -> bool:
    """Whether disjoint coalitions achieve together at least what they achieve apart."""
    return all(value(table, a | b) >= value(table, a) + value(table, b) for a, b in disjoint_pairs(agents))


def is_monotone(table: Table, agents: int) -> bool:
    """Whether a larger coalition never achieves less."""
    return all(value(table, mask) <= value(table, mask | 1 << agent) for mask in range(1 << agents) for agent in range(agents))


def is_emergent(table: Table, agents: int) -> bool:
    """Monotone, no single agent achieves anything, all together do."""
    everyone = (1 << agents) - 1
    return value(table, everyone) == 1 and all(value(table, 1 << agent) == 0 for agent in range(agents)) and is_monotone(table, agents)


def moebius(values: Sequence[int] | Sequence[Fraction]) -> list[Fraction]:
    """The Möbius coefficients m with v(S) = Σ_{T ⊆ S} m(T)."""
    coefficients = [Fraction(0) + entry for entry in values]
    bit = 1
    while bit < len(coefficients):
        for mask in range(len(coefficients)):
            if mask & bit:
                coefficients[mask] = coefficients[mask] - coefficients[mask ^ bit]
        bit <<= 1
    return coefficients


def interactions(values: Sequence[int] | Sequence[Fraction]) -> list[Fraction]:
    """The Möbius coefficients of coalitions of two or more."""
    return [coefficient for mask, coefficient in enumerate(moebius(values)) if mask.bit_count() > 1]


def values_of(table: Table, agents: int) -> tuple[Fraction, ...]:
    """The values in bitmask order."""
    return tuple(Fraction(value(table, mask)) for mask in range(1 << agents))


def counts(agents: int) -> tuple[int, int, int, int]:
    """How many functions there are, and how many are additive, superadditive, emergent."""
    tables = normalised_tables(agents)
    return (len(tables), sum(is_additive(table, agents) for table in tables), sum(is_superadditive(table, agents) for table in tables),
            sum(is_emergent(table, agents) for table in tables))


# Linear-threshold agents


def separation(table: Table, inputs: int) -> Problem:
    """The greatest margin t <= 1 with w·x − θ >= t where the function is 1, and <= −t where it is 0: 1 if there are such w and θ, else 0."""
    return Problem(sense="maximise", columns=inputs + 2, objective={inputs + 1: 1}, rows=_sign_rows(table, inputs, {inputs + 1: Fraction(-1)}, Fraction(0)),
                   column_bounds={**dict.fromkeys(range(inputs + 1), (None, None)), inputs + 1: (0, 1)})


def strict_separation(table: Table, inputs: int) -> Problem:
    """w·x − θ >= 1 where the function is 1, and <= −1 where it is 0."""
    return Problem(columns=inputs + 1, rows=_sign_rows(table, inputs, {}, Fraction(1)), column_bounds=dict.fromkeys(range(inputs + 1), (None, None)))


def _sign_rows(table: Table, inputs: int, margin: dict[int, Fraction], least: Fraction) -> list[Row]:
    """For each input x: sign·(w·x − θ) + margin >= least, where the sign is that of the function."""
    rows = []
    for mask in range(1 << inputs):
        sign = Fraction(1 if value(table, mask) else -1)
        rows.append(Row({**dict.fromkeys(members(mask), sign), inputs: -sign, **margin}, lower=least))
    return rows


def is_threshold(table: Table, inputs: int) -> bool:
    """Whether one linear-threshold agent computes the function, by an exact linear program."""
    return solve(separation(table, inputs)).value == 1


@cache
def threshold_tables(inputs: int) -> frozenset[Table]:
    """Every function that one linear-threshold agent computes.

    Inputs with negative weights can be negated and the rest be sorted by weight, after which the function is regular: more input, or input of
    greater weight, never turns 1 into 0. So the regular functions are tested, and their images under negations and permutations of inputs collected.
    """
    found: set[Table] = set()
    for table in regular_tables(inputs):
        if table not in found and is_threshold(table, inputs):
            found.update(images(table, inputs))
    return frozenset(found)


def regular_tables(inputs: int) -> Iterator[Table]:
    """The functions that stay 1 when an input is added, or an input is exchanged for one of a lower number."""
    masks = sorted(range(1 << inputs), key=lambda mask: (-sum(inputs - agent for agent in members(mask)), mask))
    above = {mask: _covers(mask, inputs) for mask in masks}

    def extend(position: int, table: Table) -> Iterator[Table]:
        if position == len(masks):
            yield table
            return
        yield from extend(position + 1, table)
        mask = masks[position]
        if all(value(table, cover) for cover in above[mask]):
            yield from extend(position + 1, table | 1 << mask)

    return extend(0, 0)


def _covers(mask: int, inputs: int) -> list[int]:
    """The next coalitions upwards: with the last input added, or an input moved one place forward."""
    moved = [mask ^ (3 << agent - 1) for agent in members(mask) if agent and not mask >> agent - 1 & 1]
    last = 1 << inputs - 1
    return moved if mask & last else [*moved, mask | last]


def images(table: Table, inputs: int) -> set[Table]:
    """The function under all permutations and negations of its inputs."""
    found = set()
    for order in permutations(range(inputs)):
        moved = [sum(1 << order[agent] for agent in members(mask)) for mask in range(1 << inputs)]
        true = [mask for mask in range(1 << inputs) if value(table, mask)]
        for flipped in range(1 << inputs):
            found.add(sum(1 << (moved[mask] ^ flipped) for mask in true))
    return found


def fires(weights: Sequence[int], threshold: int, inputs: Sequence[int]) -> int:
    """The output of a linear-threshold agent."""
    return int(sum(w * x for w, x in zip(weights, inputs, strict=True)) >= threshold)


def two_layers(inputs: tuple[int, int]) -> int:
    """Three agents: one fires on 1 or more inputs, one on at most 1, the third when both do."""
    return fires((1, 1), 2, (fires((1, 1), 1, inputs), fires((-1, -1), -1, inputs)))
