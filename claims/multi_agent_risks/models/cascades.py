"""C17: threshold cascades on all small graphs, and what one edge more does to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

from claims.parameters import Values
from exact.reals import Real
from instances.networks import Graph, Pair, absolute_thresholds, all_graphs, cascade, fractional_cascade

ORDERS = ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2))
"""Three orders in which four nodes are updated."""
SEEDS = ((0,), (0, 1), (0, 1, 2))
"""Three growing sets of seeds."""
THRESHOLDS = tuple(product((1, 2, 3), repeat=4))
"""The 81 absolute thresholds of four nodes."""

Case = tuple[tuple[Pair, ...], tuple[int, ...]]
Counts = tuple[int, int, int]


def threshold_graphs(parameters: Values) -> Iterator[Case]:
    """Every graph on four nodes (by its edges) with each of the 81 thresholds."""
    for graph in all_graphs(4):
        for thresholds in THRESHOLDS:
            yield graph.edges, thresholds


def is_confluent_and_monotone(case: Case, parameters: Values) -> bool:
    """Whether the final set is the same for every order, and grows with the seeds."""
    edges, thresholds = case
    activates = absolute_thresholds(_with_one_edge_more(edges)[0], thresholds)
    smaller: frozenset[int] = frozenset()
    for seeds in SEEDS:
        final = {cascade(order, seeds, activates) for order in ORDERS}
        if len(final) != 1 or not smaller <= min(final, key=len):
            return False
        (smaller,) = final
    return True


def grows_with_edges(case: Case, parameters: Values) -> bool:
    """Whether no edge more makes the final set from seed 0 lose a node, at absolute thresholds."""
    edges, thresholds = case
    graph, *larger = _with_one_edge_more(edges)
    before = cascade(range(4), (0,), absolute_thresholds(graph, thresholds))
    return all(before <= cascade(range(4), (0,), absolute_thresholds(other, thresholds)) for other in larger)


@cache
def _with_one_edge_more(edges: tuple[Pair, ...]) -> tuple[Graph, ...]:
    """The graph on four nodes, and those with one edge more."""
    graph = Graph(4, edges)
    return graph, *(graph.with_edge(edge) for edge in graph.missing_edges)


@dataclass(frozen=True)
class EdgeCensus:
    """Pairs (graph, new edge): all of them, those that take the cascade from the seeds alone to every node, and those that do the reverse."""

    pairs: int
    grows: int
    shrinks: int


def edge_census(nodes: int, threshold: Real) -> EdgeCensus:
    """Over all graphs on the nodes and all their missing edges, seed 0, one fractional threshold for all."""
    sizes = {graph.edges: len(fractional_cascade(graph, threshold, (0,))) for graph in all_graphs(nodes)}
    changes = [
        (sizes[graph.edges], sizes[tuple(sorted((*graph.edges, edge)))]) for graph in all_graphs(nodes) for edge in graph.missing_edges
    ]
    return EdgeCensus(len(changes), changes.count((1, nodes)), changes.count((nodes, 1)))


def edge_changes(graph: Graph, threshold: Real, seeds: tuple[int, ...]) -> EdgeCensus:
    """The same over the missing edges of one graph."""
    alone, everyone = frozenset(seeds), frozenset(range(graph.nodes))
    before = fractional_cascade(graph, threshold, seeds)
    after = [fractional_cascade(graph.with_edge(edge), threshold, seeds) for edge in graph.missing_edges]
    grows = sum(alone == before != final == everyone for final in after)
    shrinks = sum(everyone == before != final == alone for final in after)
    return EdgeCensus(len(after), grows, shrinks)


def counted(parameters: Values) -> Iterator[EdgeCensus]:
    """The census at ``n`` and ``phi``."""
    yield edge_census(parameters["n"], parameters["phi"])


def is_as_stated(found: EdgeCensus, parameters: Values) -> bool:
    """Whether the census shows ``grows`` and ``shrinks``."""
    return (found.grows, found.shrinks) == (parameters["grows"], parameters["shrinks"])


PATH = Graph(5, ((1, 2), (2, 3), (3, 4)))
"""The path 1-2-3-4 beside the isolated seed 0."""
STAGES = {"path": PATH, "with 0-1": PATH.with_edge((0, 1)), "with 0-1 and 1-3": PATH.with_edge((0, 1)).with_edge((1, 3))}
"""No cascade, a full one, and none again."""


def stage(parameters: Values) -> Graph:
    """The graph of this name."""
    return STAGES[parameters["graph"]]


def cascade_size(graph: Graph, parameters: Values) -> Real:
    """How many nodes become active from seed 0 at the threshold ``phi``."""
    return Fraction(len(fractional_cascade(graph, parameters["phi"], (0,))))
