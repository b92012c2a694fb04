"""Finite networks with exact weights, and threshold cascades on them.

Nodes are numbered from 0. A cascade starts from seeds; a node that is not yet active activates when its active neighbours reach its threshold. The final
active set is the least fixed point of a monotone operator, so it does not depend on the order of the updates.

References: M. Granovetter, Threshold models of collective behavior, Am. J. Sociol. 83 (1978); D. J. Watts, A simple model of global cascades on random
networks, PNAS 99 (2002).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any, TypeAlias

from exact.reals import Real
from instances.errors import InstanceError
from instances.instance import Instance, count, rationals, sequence

Pair: TypeAlias = tuple[int, int]
Activates: TypeAlias = Callable[[int, frozenset[int]], bool]
"""Whether a node activates, given the set of active nodes."""


@dataclass(frozen=True)
class Graph(Instance):
    """An undirected graph without loops: ``edges`` are pairs i < j in ascending order, ``weights`` positive rationals (left out: all 1).

    Pairs are put in order on construction. Raises InstanceError for a loop, a double edge, an unknown node or a weight that is not positive.
    """

    nodes: int
    edges: tuple[Pair, ...]
    weights: tuple[Fraction, ...] = ()

    def __post_init__(self) -> None:
        _set_pairs(self, "edges", lambda pair: (min(pair), max(pair)))

    def with_edge(self, edge: Pair, weight: Fraction = Fraction(1)) -> Graph:
        """The graph with one edge more."""
        return Graph(self.nodes, (*self.edges, edge), (*self.weights, weight))

    @property
    def missing_edges(self) -> tuple[Pair, ...]:
        """The pairs that are no edges, in ascending order."""
        return tuple(sorted(set(all_pairs(self.nodes)) - set(self.edges)))

    def neighbours(self) -> tuple[dict[int, Fraction], ...]:
        """For each node its neighbours with the weights of the edges to them."""
        found: tuple[dict[int, Fraction], ...] = tuple({} for _ in range(self.nodes))
        for (i, j), weight in zip(self.edges, self.weights, strict=True):
            found[i][j] = found[j][i] = weight
        return found


@dataclass(frozen=True)
class DirectedGraph(Instance):
    """A directed graph without loops: ``arcs`` are pairs (from, to) in ascending order, ``weights`` positive rationals (left out: all 1).

    Raises InstanceError for a loop, a double arc, an unknown node or a weight that is not positive.
    """

    nodes: int
    arcs: tuple[Pair, ...]
    weights: tuple[Fraction, ...] = ()

    def __post_init__(self) -> None:
        _set_pairs(self, "arcs", lambda pair: pair)

    def reachable(self, start: int) -> frozenset[int]:
        """The nodes that some walk from ``start`` visits, ``start`` included."""
        after = tuple({j for i, j in self.arcs if i == node} for node in range(self.nodes))
        found, fresh = {start}, {start}
        while fresh:
            fresh = set().union(*(after[node] for node in fresh)) - found
            found |= fresh
        return frozenset(found)

    def union(self, other: DirectedGraph) -> DirectedGraph:
        """All arcs of both, with weight 1. Raises InstanceError for different numbers of nodes."""
        _same_nodes(self, other)
        return DirectedGraph(self.nodes, tuple(sorted({*self.arcs, *other.arcs})))

    def intersection(self, other: DirectedGraph) -> DirectedGraph:
        """The arcs that both have, with weight 1. Raises InstanceError for different numbers of nodes."""
        _same_nodes(self, other)
        return DirectedGraph(self.nodes, tuple(sorted({*self.arcs} & {*other.arcs})))


def _same_nodes(one: DirectedGraph, other: DirectedGraph) -> None:
    if one.nodes != other.nodes:
        raise InstanceError("nodes", f"{one.nodes} and {other.nodes} nodes: these graphs have no union or intersection")


def _set_pairs(graph: Graph | DirectedGraph, field: str, form: Callable[[Pair], Pair]) -> None:
    """Check the fields of a graph and put its pairs, with their weights, in ascending order."""
    nodes = count("nodes", graph.nodes)
    pairs = tuple(form(_pair(f"{field}[{k}]", pair, nodes)) for k, pair in enumerate(sequence(field, getattr(graph, field))))
    if len(set(pairs)) != len(pairs):
        raise InstanceError(field, "the same pair stands twice")
    given = sequence("weights", graph.weights)
    weights = rationals("weights", given) if given else (Fraction(1),) * len(pairs)
    if len(weights) != len(pairs):
        raise InstanceError("weights", f"{len(weights)} weights for {len(pairs)} {field}")
    for k, weight in enumerate(weights):
        if weight <= 0:
            raise InstanceError(f"weights[{k}]", f"{weight} is not positive")
    ordered = sorted(zip(pairs, weights, strict=True))
    object.__setattr__(graph, field, tuple(pair for pair, _ in ordered))
    object.__setattr__(graph, "weights", tuple(weight for _, weight in ordered))


def _pair(field: str, value: Any, nodes: int) -> Pair:
    entries = sequence(field, value)
    if len(entries) != 2:
        raise InstanceError(field, f"{len(entries)} nodes, where 2 are due")
    i, j = (count(field, entry) for entry in entries)
    if max(i, j) >= nodes:
        raise InstanceError(field, f"node {max(i, j)} does not exist: there are {nodes}, numbered from 0")
    if i == j:
        raise InstanceError(field, f"a loop at node {i}")
    return i, j


def all_pairs(nodes: int) -> tuple[Pair, ...]:
    """The pairs i < j in ascending order."""
    return tuple(combinations(range(nodes), 2))


def all_graphs(nodes: int) -> Iterator[Graph]:
    """Every graph on the numbered nodes, 2^(n(n−1)/2) in all; the k-th has the pairs whose bits are set in k."""
    for chosen in _subsets(all_pairs(nodes)):
        yield Graph(nodes, chosen)


def all_directed_graphs(nodes: int) -> Iterator[DirectedGraph]:
    """Every directed graph on the numbered nodes, 2^(n(n−1)) in all; the k-th has the pairs whose bits are set in k."""
    for chosen in _subsets(tuple(permutations(range(nodes), 2))):
        yield DirectedGraph(nodes, chosen)


def _subsets(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
    for number in range(1 << len(pairs)):
        yield tuple(pair for bit, pair in enumerate(pairs) if number >> bit & 1)


def cascade(order: Sequence[int], seeds: Iterable[int], activates: Activates) -> frozenset[int]:
    """The least set that contains the seeds and every node that it activates: sweeps in the given order until nothing changes.

    ``activates`` must be monotone in the active set; then the answer is the same for every order of all the nodes.
    """
    active = frozenset(seeds)
    while True:
        before = active
        for node in order:
            if node not in active and activates(node, active):
                active = active | {node}
        if active == before:
            return active


def absolute_thresholds(graph: Graph, thresholds: Sequence[Real]) -> Activates:
    """A node activates when the weight of its active neighbours is at least its threshold."""
    neighbours = _links(graph)

    def activates(node: int, active: frozenset[int]) -> bool:
        return bool(_weight(neighbours[node], active) >= thresholds[node])

    return activates


def fractional_thresholds(graph: Graph, thresholds: Sequence[Real]) -> Activates:
    """A node activates when at least the fraction of its neighbours' weight that is its threshold is active; an isolated node never does."""
    neighbours = _links(graph)
    totals = tuple(sum(links.values()) for links in neighbours)

    def activates(node: int, active: frozenset[int]) -> bool:
        return bool(neighbours[node]) and bool(_weight(neighbours[node], active) >= thresholds[node] * totals[node])

    return activates


def _links(graph: Graph) -> tuple[dict[int, Real], ...]:
    """Neighbours with their weights, integers as such: cascades on thousands of graphs add them up millions of times."""
    return tuple(
        {node: weight.numerator if isinstance(weight, Fraction) and weight.denominator == 1 else weight for node, weight in around.items()}
        for around in graph.neighbours()
    )


def _weight(links: dict[int, Real], active: frozenset[int]) -> Real:
    return sum(weight for node, weight in links.items() if node in active)


def fractional_cascade(graph: Graph, threshold: Real, seeds: Iterable[int]) -> frozenset[int]:
    """The final active set where every node has the same fractional threshold."""
    return cascade(range(graph.nodes), seeds, fractional_thresholds(graph, (threshold,) * graph.nodes))
