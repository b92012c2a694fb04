"""A6: the value of a best response, among all algorithms, to finite automata, one for each type that the opponent may have. Exact.

The infinite game pays the limit average. While all types that fit the history play alike, the own actions walk in the product of their automata, and
the best that can be had for ever is the greatest mean cycle (R. M. Karp, "A characterization of the minimum cycle mean in a digraph", Discrete Math.
23, 1978); where they differ, one's own action is chosen first, and then each class of types that played alike goes on alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exact import reals
from exact.reals import Real
from instances.automata import Automaton, Output, expected

States = tuple[int, ...]


class Unsupported(ValueError):
    """Types that fit the same history mix differently, or only some of them mix: the recursion does not cover that."""


@dataclass(frozen=True)
class Opponent:
    """One type of the opponent: her automaton, her weight (a prior probability, not normalised) and one's own payoffs against her,
    ``payoffs[own action][her action]``."""

    automaton: Automaton
    weight: Real
    payoffs: tuple[tuple[Real, ...], ...]


@dataclass
class _Graph:
    """What is reachable while the types play alike: edges between states of the product, and the states where the types part or mix."""

    edges: dict[States, dict[States, Real]] = field(default_factory=dict)
    exits: list[States] = field(default_factory=list)


@dataclass
class _Search:
    opponents: Sequence[Opponent]
    actions: int
    known: dict[tuple[tuple[int, ...], States], Real] = field(default_factory=dict)

    def value(self, live: tuple[int, ...], states: States) -> Real:
        """The best limit average, weighted, against the types ``live`` in the given states."""
        key = (live, states)
        if key not in self.known:
            graph = self._explore(live, states)
            candidates = [self._leave(live, exit_) for exit_ in graph.exits] + greatest_cycle_means(graph.edges)
            self.known[key] = reals.maximum(candidates)
        return self.known[key]

    def _explore(self, live: tuple[int, ...], states: States) -> _Graph:
        graph, waiting = _Graph(), [states]
        seen = {states}
        while waiting:
            node = waiting.pop()
            outputs = self._outputs(live, node)
            if not isinstance(outputs[0], int) or any(output != outputs[0] for output in outputs):
                graph.exits.append(node)
                continue
            edges = graph.edges[node] = {}
            for action in range(self.actions):
                after = self._moved(live, node, action)
                reward = self._reward(live, action, outputs)
                edges[after] = reals.maximum([edges[after], reward]) if after in edges else reward
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return graph

    def _outputs(self, live: tuple[int, ...], states: States) -> list[Output]:
        return [self.opponents[i].automaton.outputs[q] for i, q in zip(live, states, strict=True)]

    def _moved(self, live: Sequence[int], states: Sequence[int], action: int) -> States:
        return tuple(self.opponents[i].automaton.moves[q][action] for i, q in zip(live, states, strict=True))

    def _reward(self, live: tuple[int, ...], action: int, outputs: Sequence[Output]) -> Real:
        terms = [
            self.opponents[i].weight * expected(action, output, self.opponents[i].payoffs) for i, output in zip(live, outputs, strict=True)
        ]
        return sum(terms[1:], terms[0])

    def _leave(self, live: tuple[int, ...], states: States) -> Real:
        outputs = self._outputs(live, states)
        if not all(isinstance(output, int) for output in outputs):
            if any(isinstance(output, int) or output != outputs[0] for output in outputs):
                raise Unsupported("types that fit the same history mix differently")
            return reals.maximum([self._reward(live, action, outputs) for action in range(self.actions)])
        classes = {output: [k for k, other in enumerate(outputs) if other == output] for output in dict.fromkeys(outputs)}
        return reals.maximum([self._parted(live, states, action, classes) for action in range(self.actions)])

    def _parted(self, live: tuple[int, ...], states: States, action: int, classes: Mapping[Output, Sequence[int]]) -> Real:
        values = []
        for members in classes.values():
            group, places = tuple(live[k] for k in members), [states[k] for k in members]
            values.append(self.value(group, self._moved(group, places, action)))
        return sum(values[1:], values[0])


def best_response_value(opponents: Sequence[Opponent]) -> Real:
    """The supremum of one's limit average, over all algorithms, against the types with their weights (types of weight 0 are left out).

    Raises Unsupported for automata that the recursion does not cover.
    """
    met = [opponent for opponent in opponents if opponent.weight > 0]
    if not met:
        return Fraction(0)
    search = _Search(met, len(met[0].payoffs))
    return search.value(tuple(range(len(met))), (0,) * len(met))


def greatest_cycle_means(edges: Mapping[States, Mapping[States, Real]]) -> list[Real]:
    """The greatest mean reward of a cycle in each strongly connected component that has one."""
    means = []
    for component in _components(edges):
        inside = {node: {after: reward for after, reward in edges[node].items() if after in component} for node in component}
        if len(component) == 1 and not inside[next(iter(component))]:
            continue
        if all(len(after) == 1 for after in inside.values()):
            rewards = [reward for after in inside.values() for reward in after.values()]
            means.append(sum(rewards[1:], rewards[0]) / len(rewards))
        else:
            means.append(_karp(inside))
    return means


def _karp(edges: Mapping[States, Mapping[States, Real]]) -> Real:
    """The greatest cycle mean of a strongly connected graph."""
    nodes = list(edges)
    walks: list[dict[States, Real]] = [{nodes[0]: Fraction(0)}]
    for _ in nodes:
        longer: dict[States, Real] = {}
        for node, length in walks[-1].items():
            for after, reward in edges[node].items():
                candidate = length + reward
                longer[after] = reals.maximum([longer[after], candidate]) if after in longer else candidate
        walks.append(longer)
    size = len(nodes)
    return reals.maximum(
        [
            reals.minimum([(longest - walks[k][node]) / (size - k) for k in range(size) if node in walks[k]])
            for node, longest in walks[size].items()
        ]
    )


def _components(edges: Mapping[States, Mapping[States, Real]]) -> list[dict[States, None]]:
    """The strongly connected components (Kosaraju's two passes, without recursion)."""
    order: list[States] = []
    seen: set[States] = set()
    for root in edges:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(edges[root]))]
        while stack:
            node, successors = stack[-1]
            after = next((s for s in successors if s in edges and s not in seen), None)
            if after is None:
                order.append(stack.pop()[0])
            else:
                seen.add(after)
                stack.append((after, iter(edges[after])))
    backwards: dict[States, list[States]] = {node: [] for node in edges}
    for node, successors_of in edges.items():
        for after in successors_of:
            if after in edges:
                backwards[after].append(node)
    return _backward_pass(reversed(order), backwards)


def _backward_pass(order: Iterable[States], backwards: Mapping[States, Sequence[States]]) -> list[dict[States, None]]:
    components: list[dict[States, None]] = []
    placed: set[States] = set()
    for root in order:
        if root in placed:
            continue
        component: dict[States, None] = {}
        waiting = [root]
        placed.add(root)
        while waiting:
            node = waiting.pop()
            component[node] = None
            fresh = [before for before in backwards[node] if before not in placed]
            placed.update(fresh)
            waiting += dict.fromkeys(fresh)
        components.append(component)
    return components
