"""C41: safe parts with an unsafe union. Agents contribute arcs; a graph is safe when no walk leads from the start (node 0) to the bad node (the last)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from claims.parameters import Values
from exact.reals import Real
from instances.networks import DirectedGraph, all_directed_graphs

Pair = tuple[DirectedGraph, DirectedGraph]


def is_safe(graph: DirectedGraph) -> bool:
    """Whether the bad node is out of reach."""
    return graph.nodes - 1 not in graph.reachable(0)


@dataclass(frozen=True)
class UnionCensus:
    """Safe graphs, ordered pairs of them, and the pairs with an unsafe union or an unsafe intersection."""

    safe: int
    pairs: int
    unsafe_unions: int
    unsafe_intersections: int


def union_census(nodes: int) -> UnionCensus:
    """Over all directed graphs on the nodes: graph number k has the arcs whose bits are set in k, so that unions are k | l."""
    safe = [is_safe(graph) for graph in all_directed_graphs(nodes)]
    numbers = [number for number, good in enumerate(safe) if good]
    unions = sum(not safe[one | other] for one in numbers for other in numbers)
    intersections = sum(not safe[one & other] for one in numbers for other in numbers)
    return UnionCensus(len(numbers), len(numbers) ** 2, unions, intersections)


def censuses(parameters: Values) -> Iterator[UnionCensus]:
    """The census at ``n``."""
    yield union_census(parameters["n"])


def is_as_stated(found: UnionCensus, parameters: Values) -> bool:
    """Whether the census shows these counts, and no unsafe intersection."""
    return (found.safe, found.unsafe_unions, found.unsafe_intersections) == (parameters["safe"], parameters["unsafe_unions"], 0)


def safe_pairs(parameters: Values) -> Iterator[Pair]:
    """Ordered pairs of safe graphs on three nodes."""
    safe = [graph for graph in all_directed_graphs(3) if is_safe(graph)]
    for one in safe:
        for other in safe:
            yield one, other


def is_no_smaller_witness(pair: Pair, parameters: Values) -> bool:
    """Whether the union is safe, or the pair has two arcs or more, and with exactly two it is the witness (in one of its two orders)."""
    one, other = pair
    if is_safe(one.union(other)):
        return True
    if len(one.arcs) + len(other.arcs) != 2:
        return len(one.arcs) + len(other.arcs) > 2
    return {one.arcs, other.arcs} == {((0, 1),), ((1, 2),)}


Coalition = tuple[int, tuple[int, ...]]


def path_coalitions(parameters: Values) -> Iterator[Coalition]:
    """Paths of 2 to ``longest`` arcs, one arc for each agent, and every coalition of agents."""
    for length in range(2, parameters["longest"] + 1):
        for size in range(length + 1):
            for agents in combinations(range(length), size):
                yield length, agents


def needs_everybody(coalition: Coalition, parameters: Values) -> bool:
    """Whether the coalition's arcs lead to the bad node only if all agents are in it."""
    length, agents = coalition
    graph = DirectedGraph(length + 1, tuple((agent, agent + 1) for agent in agents))
    return is_safe(graph) == (len(agents) < length)


WITNESS = DirectedGraph(3, ((0, 1),)), DirectedGraph(3, ((1, 2),))
"""{start → mid} and {mid → bad}."""


def danger_of_union(pair: Pair, parameters: Values) -> Real:
    """1 if the union reaches the bad node, else 0."""
    return Fraction(not is_safe(pair[0].union(pair[1])))


def danger_of_parts(pair: Pair, parameters: Values) -> Real:
    """How many of the two graphs reach the bad node."""
    return Fraction(sum(not is_safe(graph) for graph in pair))


def danger_of_intersections(instance: None, parameters: Values) -> Real:
    """How many ordered pairs of safe graphs on three nodes have an unsafe intersection."""
    return Fraction(union_census(3).unsafe_intersections)
