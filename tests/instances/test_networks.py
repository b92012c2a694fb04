"""Graphs, cascades, debts and roads: what they refuse, their exact JSON round trip, and their algorithms against brute force."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.linear_programs import solve
from instances.congestion_networks import CongestionNetwork, equilibrium
from instances.errors import InstanceError
from instances.financial_networks import FinancialNetwork, clearing_program, greatest_clearing, least_clearing
from instances.networks import (
    DirectedGraph,
    Graph,
    absolute_thresholds,
    all_directed_graphs,
    all_graphs,
    all_pairs,
    cascade,
    fractional_cascade,
    fractional_thresholds,
)

F = Fraction


@st.composite
def weighted_graphs(draw: st.DrawFn) -> Graph:
    """Graphs on up to 5 nodes with weights 1/2, 1, 2, 3."""
    nodes = draw(st.integers(1, 5))
    edges = tuple(pair for pair in all_pairs(nodes) if draw(st.booleans()))
    return Graph(nodes, edges, tuple(draw(st.sampled_from((F(1, 2), F(1), F(2), F(3)))) for _ in edges))


@st.composite
def financial_networks(draw: st.DrawFn) -> FinancialNetwork:
    """Up to 4 banks with small liabilities and assets, zeros included."""
    banks = draw(st.integers(1, 4))
    amount = st.sampled_from((F(0), F(0), F(1), F(2), F(5, 3)))
    rows = tuple(tuple(F(0) if i == j else draw(amount) for j in range(banks)) for i in range(banks))
    return FinancialNetwork(rows, tuple(draw(st.sampled_from((F(0), F(0), F(1), F(1, 2)))) for _ in range(banks)))


@st.composite
def congestion_networks(draw: st.DrawFn) -> CongestionNetwork:
    """Up to 4 paths over 4 links with affine costs."""
    links = 4
    path = st.lists(st.integers(0, links - 1), min_size=1, max_size=3, unique=True)
    number = st.sampled_from((F(0), F(1), F(2), F(1, 2)))
    return CongestionNetwork(
        tuple(draw(number) for _ in range(links)),
        tuple(draw(number) for _ in range(links)),
        tuple(tuple(p) for p in draw(st.lists(path, min_size=1, max_size=4))),
    )


def test_graphs_put_their_pairs_in_order() -> None:
    graph = Graph(4, ((3, 1), (0, 2)), (F(5), F(7)))
    assert (graph.edges, graph.weights) == (((0, 2), (1, 3)), (F(7), F(5)))
    assert graph == Graph(4, [[2, 0], [1, 3]], [7, "5"])  # type: ignore[arg-type]
    assert graph.missing_edges == ((0, 1), (0, 3), (1, 2), (2, 3))
    assert graph.with_edge((2, 1)).edges == ((0, 2), (1, 2), (1, 3))
    assert DirectedGraph(3, ((1, 0), (0, 1))).arcs == ((0, 1), (1, 0))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Graph(3, ((0, 0),)), "edges"),
        (lambda: Graph(3, ((0, 1), (1, 0))), "edges"),
        (lambda: Graph(3, ((0, 3),)), "edges"),
        (lambda: Graph(3, ((0, 1, 2),)), "edges"),  # type: ignore[arg-type]
        (lambda: Graph(3, ((0, 1),), (F(0),)), "weights"),
        (lambda: Graph(3, ((0, 1),), (F(1), F(1))), "weights"),
        (lambda: DirectedGraph(3, ((0, 1), (0, 1))), "arcs"),
        (lambda: DirectedGraph(3, ()).union(DirectedGraph(2, ())), "nodes"),
        (lambda: FinancialNetwork(((F(0), F(1)),), (F(1),)), "liabilities"),
        (lambda: FinancialNetwork(((F(1),),), (F(1),)), "liabilities"),
        (lambda: FinancialNetwork(((F(0),),), (F(1), F(1))), "assets"),
        (lambda: FinancialNetwork(((F(0),),), (F(-1),)), "assets"),
        (lambda: CongestionNetwork((F(1),), (F(0), F(1)), ((0,),)), "intercepts"),
        (lambda: CongestionNetwork((F(1),), (F(0),), ((1,),)), "paths"),
        (lambda: CongestionNetwork((F(1),), (F(0),), ()), "paths"),
    ],
)
def test_malformed_networks_are_refused(make: Any, field: str) -> None:
    with pytest.raises(InstanceError, match=field):
        make()


@given(weighted_graphs(), financial_networks(), congestion_networks())
@settings(max_examples=30, deadline=None)
def test_networks_travel(graph: Graph, debts: FinancialNetwork, roads: CongestionNetwork) -> None:
    for network in (graph, DirectedGraph(graph.nodes, graph.edges, graph.weights), debts, roads):
        assert type(network).from_json(json.loads(json.dumps(network.to_json()))) == network


def test_all_graphs_are_all_graphs() -> None:
    for nodes in range(5):
        graphs = list(all_graphs(nodes))
        assert len(set(graphs)) == len(graphs) == 2 ** (nodes * (nodes - 1) // 2)
    assert len(set(all_directed_graphs(3))) == 64


def test_reachable_is_the_closure_of_the_arcs() -> None:
    for graph in all_directed_graphs(3):
        walks = {0}
        for _ in range(3):
            walks |= {j for i, j in graph.arcs if i in walks}
        assert graph.reachable(0) == walks


@given(weighted_graphs(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_cascade_is_the_least_stable_set(graph: Graph, data: st.DataObject) -> None:
    """Of all sets that contain the seeds and whatever they activate, the least; for every order of the nodes."""
    thresholds = tuple(data.draw(st.sampled_from((F(1, 4), F(1, 2), F(1), F(2)))) for _ in range(graph.nodes))
    seeds = frozenset(data.draw(st.sets(st.integers(0, graph.nodes - 1))))
    order = data.draw(st.permutations(range(graph.nodes)))
    for rule in (absolute_thresholds, fractional_thresholds):
        activates = rule(graph, thresholds)
        final = cascade(order, seeds, activates)
        stable = [
            subset
            for bits in product((False, True), repeat=graph.nodes)
            for subset in [frozenset(node for node, bit in enumerate(bits) if bit)]
            if seeds <= subset and not any(activates(node, subset) for node in set(range(graph.nodes)) - subset)
        ]
        assert final in stable
        assert all(final <= subset for subset in stable)


def test_isolated_nodes_do_not_activate() -> None:
    assert fractional_cascade(Graph(3, ((0, 1),)), F(0), (0,)) == {0, 1}
    assert fractional_cascade(Graph(2, ()), F(1, 2), ()) == frozenset()


def test_weights_count() -> None:
    graph = Graph(3, ((0, 1), (1, 2)), (F(3), F(1)))
    assert fractional_cascade(graph, F(3, 4), (0,)) == {0, 1, 2}
    assert fractional_cascade(graph, F(4, 5), (0,)) == {0}
    assert cascade(range(3), (0,), absolute_thresholds(graph, (F(0), F(3), F(2)))) == {0, 1}


def iterated(network: FinancialNetwork, payments: tuple[Any, ...], rounds: int = 60) -> tuple[Any, ...]:
    """Settling again and again."""
    for _ in range(rounds):
        payments = network.settled(payments)
    return payments


@given(financial_networks())
@settings(max_examples=80, deadline=None)
def test_clearing_payments_lie_between_the_iterations(network: FinancialNetwork) -> None:
    """Settling from full payment falls to the greatest clearing vector, from nothing it rises to the least."""
    greatest, least = greatest_clearing(network), least_clearing(network)
    assert network.settled(greatest) == greatest
    assert network.settled(least) == least
    from_above, from_below = iterated(network, network.obligations), iterated(network, (F(0),) * network.banks)
    for low, little, much, high in zip(from_below, least, greatest, from_above, strict=True):
        assert low <= little <= much <= high
        assert high - much < F(1, 100)
        assert little - low < F(1, 100)


@given(financial_networks())
@settings(max_examples=40, deadline=None)
def test_the_program_has_the_greatest_payments(network: FinancialNetwork) -> None:
    solution = solve(clearing_program(network))
    assert solution.primal is not None
    assert tuple(solution.primal[i] for i in range(network.banks)) == greatest_clearing(network)


def test_who_defaults() -> None:
    chain = FinancialNetwork(((F(0), F(4), F(0)), (F(0), F(0), F(2)), (F(0), F(0), F(0))), (F(1), F(0), F(0)))
    assert greatest_clearing(chain) == (F(1), F(1), F(0))
    assert chain.defaults(greatest_clearing(chain)) == (0, 1)


@given(congestion_networks())
@settings(max_examples=40, deadline=None)
def test_no_used_path_is_dearer_than_another(network: CongestionNetwork) -> None:
    flow = equilibrium(network)
    costs = network.path_costs(flow)
    assert sum(flow) == 1
    assert min(flow) >= 0
    assert all(cost == min(costs) for share, cost in zip(flow, costs, strict=True) if share > 0)
    assert network.total_cost(flow) == min(costs)


@given(congestion_networks())
@settings(max_examples=25, deadline=None)
def test_affine_anarchy_is_at_most_four_thirds(network: CongestionNetwork) -> None:
    """Against the cheapest of all flows in steps of 1/4."""
    paths = len(network.paths)
    flows = [tuple(F(k, 4) for k in shares) for shares in product(range(5), repeat=paths) if sum(shares) == 4]
    assert network.total_cost(equilibrium(network)) <= F(4, 3) * min(network.total_cost(flow) for flow in flows)
