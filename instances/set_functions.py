"""Set functions on finitely many agents, as exact tables, and exact tests for the classes that economics sorts them into.

Agents are numbered from 0 in code; a subset is a bitmask, and ``values[mask]`` is the value of the subset whose members are
the set bits. The classes: additive ⊂ coverage ⊂ submodular ⊂ XOS ⊂ subadditive; supermodular; anonymous (B. Lehmann,
D. Lehmann, N. Nisan, "Combinatorial auctions with decreasing marginal utilities", Games Econ. Behav. 55, 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.reals import Real
from instances.errors import InstanceError
from instances.instance import Instance, rationals

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

MOST_AGENTS = 16
"""A table of 2^16 exact values is as far as it goes."""


@dataclass(frozen=True)
class SetFunction(Instance):
    """A real function on the subsets of ``agents`` agents: 2^agents rationals in bitmask order.

    Raises InstanceError when the number of values is no power of two or a value is not rational.
    """

    values: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", rationals("values", self.values))
        count = len(self.values)
        if count & (count - 1):
            raise InstanceError("values", f"{count} of them, where a power of two is due, one per subset")
        subsets(self.agents)

    @classmethod
    def from_formula(cls, agents: int, formula: Callable[[frozenset[int]], Fraction | int]) -> SetFunction:
        """The table of ``formula``, a function of the set of members (agents numbered from 1, as papers do)."""
        return cls(tuple(Fraction(formula(frozenset(i + 1 for i in members(mask)))) for mask in subsets(agents)))

    @property
    def agents(self) -> int:
        """How many agents there are."""
        return len(self.values).bit_length() - 1

    def __call__(self, mask: int) -> Real:
        """The value of a subset."""
        return self.values[mask]

    def restricted(self, mask: int) -> SetFunction:
        """S ↦ V(S ∩ mask) on the same agents."""
        return SetFunction(tuple(self.values[subset & mask] for subset in range(len(self.values))))


def members(mask: int) -> Iterator[int]:
    """The set bits of a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def subsets(agents: int) -> range:
    """The masks of all subsets. Raises InstanceError past :data:`MOST_AGENTS` agents."""
    if agents > MOST_AGENTS:
        raise InstanceError("agents", f"a table of {agents} agents has 2^{agents} values; at most 2^{MOST_AGENTS} fit")
    return range(1 << agents)


def submasks(mask: int) -> Iterator[int]:
    """Every subset of ``mask``, descending, the mask itself first and 0 last."""
    subset = mask
    while True:
        yield subset
        if not subset:
            return
        subset = (subset - 1) & mask


# Constructions


def additive(weights: Sequence[Fraction | int]) -> SetFunction:
    """The sum of the members' weights."""
    return SetFunction(tuple(Fraction(sum(weights[i] for i in members(mask))) for mask in subsets(len(weights))))


def by_size(values: Sequence[Fraction | int]) -> SetFunction:
    """The anonymous function |S| ↦ ``values[|S|]``; one value for each size from 0 to the number of agents."""
    return SetFunction(tuple(Fraction(values[mask.bit_count()]) for mask in subsets(len(values) - 1)))


def at_least_one(agents: int) -> SetFunction:
    """1 for every nonempty subset: the simplest coverage function, and the logical or."""
    return by_size([0] + [1] * agents)


def unanimity(agents: int, team: int | None = None) -> SetFunction:
    """1 for every superset of ``team`` (a mask; everybody where it is not given): the unanimity game."""
    goal = (1 << agents) - 1 if team is None else team
    return SetFunction(tuple(Fraction(mask & goal == goal) for mask in subsets(agents)))


def prefix_chain(values: Sequence[Fraction | int], order: Sequence[int] | None = None) -> SetFunction:
    """The value of the longest prefix of ``order`` that is contained in S; ``values[j]`` belongs to the prefix of j + 1 agents.

    Supermodular when the values are nonnegative and nondecreasing. ``order`` is 0, 1, … where it is not given.
    """
    agents = len(values)
    queue = tuple(range(agents)) if order is None else tuple(order)
    if sorted(queue) != list(range(agents)):
        raise InstanceError("order", f"{queue} is no order of {agents} agents")
    steps = (Fraction(0), *(Fraction(value) for value in values))
    return SetFunction(tuple(steps[_prefix_length(mask, queue)] for mask in subsets(agents)))


def _prefix_length(mask: int, order: Sequence[int]) -> int:
    return next((length for length, agent in enumerate(order) if not mask >> agent & 1), len(order))


def weighted_coverage(agents: int, weights: Mapping[int, Fraction | int]) -> SetFunction:
    """The total weight of the elements that S covers: ``weights[mask]`` is the weight of what exactly the agents of ``mask`` can cover."""
    return SetFunction(tuple(Fraction(sum(w for covers, w in weights.items() if covers & mask)) for mask in subsets(agents)))


def unanimity_sum(agents: int, weights: Mapping[int, Fraction | int]) -> SetFunction:
    """The total weight of the teams that S contains; supermodular and monotone for weights >= 0."""
    return SetFunction(tuple(Fraction(sum(w for team, w in weights.items() if team & mask == team)) for mask in subsets(agents)))


def max_of_additive(clauses: Sequence[Sequence[Fraction | int]]) -> SetFunction:
    """The greatest of several additive functions: XOS (fractionally subadditive) for weights >= 0."""
    tables = [additive(clause).values for clause in clauses]
    return SetFunction(tuple(max(column) for column in zip(*tables, strict=True)))


# Classes, each decided exactly


def is_normalised(function: SetFunction) -> bool:
    """The empty set has value 0."""
    return bool(function(0) == 0)


def is_monotone(function: SetFunction) -> bool:
    """No member ever lowers the value."""
    return all(function(mask | 1 << i) >= function(mask) for mask, i in _extensions(function))


def is_additive(function: SetFunction) -> bool:
    """The value is the sum of the members' values."""
    return function == additive([function(1 << i) for i in range(function.agents)])


def is_submodular(function: SetFunction) -> bool:
    """Marginal values never rise: every second difference is <= 0."""
    return all(difference <= 0 for difference in second_differences(function))


def is_supermodular(function: SetFunction) -> bool:
    """Marginal values never fall: every second difference is >= 0."""
    return all(difference >= 0 for difference in second_differences(function))


def is_subadditive(function: SetFunction) -> bool:
    """V(S ∪ T) <= V(S) + V(T) for all S and T."""
    size = len(function.values)
    return all(function(s | t) <= function(s) + function(t) for s in range(size) for t in range(s, size))


def is_anonymous(function: SetFunction) -> bool:
    """The value depends on the size only."""
    return all(function(mask) == function((1 << mask.bit_count()) - 1) for mask in range(len(function.values)))


def is_coverage(function: SetFunction) -> bool:
    """The value is the weight of what S covers, for some weights >= 0 (they are unique: Möbius inversion finds them)."""
    return is_normalised(function) and all(weight >= 0 for weight in coverage_weights(function).values())


def coverage_weights(function: SetFunction) -> dict[int, Fraction]:
    """The unique weights with V(S) = V(∅) + Σ_{T ∩ S ≠ ∅} w(T), T nonempty; some may be negative."""
    everyone = len(function.values) - 1
    table = [function(everyone) - function(everyone ^ mask) for mask in range(everyone + 1)]  # Σ of w(T) over T ⊆ mask
    for i in range(function.agents):
        for mask in range(everyone + 1):
            if mask >> i & 1:
                table[mask] -= table[mask ^ 1 << i]
    return {mask: weight for mask, weight in enumerate(table) if mask}


def is_xos(function: SetFunction) -> bool:
    """For every S some additive a >= 0 has a(S) = V(S) and a(T) <= V(T) for all T (fractionally subadditive), by exact linear programs."""
    if not is_normalised(function) or not is_monotone(function):
        return False
    return all(supporting_sum(function, mask) >= function(mask) for mask in range(1, len(function.values)))


def supporting_sum(function: SetFunction, mask: int) -> Fraction:
    """The greatest a(mask) of an additive a >= 0 with a(T) <= V(T) for every T ⊆ mask, for V >= 0."""
    from exact.linear_programs import Problem, Row, solve

    places = {agent: place for place, agent in enumerate(members(mask))}
    rows = [Row({places[i]: 1 for i in members(subset)}, upper=function(subset)) for subset in submasks(mask) if subset]
    program = Problem(sense="maximise", columns=len(places), objective=dict.fromkeys(places.values(), 1), rows=rows)
    value = solve(program).value
    assert value is not None, "a = 0 is feasible and V bounds every coordinate"
    return value


def second_differences(function: SetFunction) -> Iterator[Real]:
    """V(S+i+j) − V(S+i) − V(S+j) + V(S) for all S and i < j outside of S."""
    for mask, i in _extensions(function):
        for j in range(i + 1, function.agents):
            if not mask >> j & 1:
                both = mask | 1 << i | 1 << j
                yield function(both) - function(mask | 1 << i) - function(mask | 1 << j) + function(mask)


def _extensions(function: SetFunction) -> Iterator[tuple[int, int]]:
    for mask in range(len(function.values)):
        for i in range(function.agents):
            if not mask >> i & 1:
                yield mask, i


# Random instances


def monotone_closure(values: Sequence[Fraction | int]) -> SetFunction:
    """The least monotone function above the given values, with value 0 for the empty set."""
    table = [Fraction(0), *(Fraction(value) for value in values[1:])]
    for i in range(len(table).bit_length() - 1):
        for mask in range(len(table)):
            if mask >> i & 1:
                table[mask] = max(table[mask], table[mask ^ 1 << i])
    return SetFunction(tuple(table))


def _supermodular(agents: int, weights: Sequence[int]) -> SetFunction:
    return unanimity_sum(agents, {mask + 1: weight for mask, weight in enumerate(weights)})


def _coverage(agents: int, weights: Sequence[int]) -> SetFunction:
    return weighted_coverage(agents, {mask + 1: weight for mask, weight in enumerate(weights)})


def _xos(agents: int, weights: Sequence[int]) -> SetFunction:
    return max_of_additive([weights[start * agents : (start + 1) * agents] for start in range(len(weights) // agents)])


def _monotone(agents: int, weights: Sequence[int]) -> SetFunction:
    return monotone_closure([0, *weights])


KINDS: Mapping[str, Callable[[int, Sequence[int]], SetFunction]] = {
    "supermodular": _supermodular,
    "coverage": _coverage,
    "xos": _xos,
    "monotone": _monotone,
}
"""How a list of small weights becomes a monotone function of each kind that is drawn at random."""


def from_weights(kind: str, agents: int, weights: Sequence[int]) -> SetFunction:
    """The function of a kind (see :data:`KINDS`) that the weights, :func:`weights_needed` of them, stand for."""
    return KINDS[kind](agents, weights)


def weights_needed(kind: str, agents: int) -> int:
    """How many weights a kind takes: one per nonempty subset, or three clauses of an XOS function."""
    return 3 * agents if kind == "xos" else (1 << agents) - 1


def set_functions(agents: int, kind: str) -> SearchStrategy[SetFunction]:
    """A Hypothesis strategy: monotone functions with value 0 at ∅ and somewhere positive, of one of :data:`KINDS`."""
    from hypothesis import strategies

    count = weights_needed(kind, agents)
    weights = strategies.lists(strategies.integers(0, 6), min_size=count, max_size=count).filter(any)
    return weights.map(lambda drawn: from_weights(kind, agents, drawn))
