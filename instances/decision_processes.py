"""Finite Markov decision processes with rational rewards and transitions, solved exactly, with a proof of optimality.

The probabilities of an action may add up to less than 1: with the rest the process ends. So a discount that depends on the state
is a process too (continue with probability discount(state)/discount).

That a value function is optimal is shown by a *Bellman certificate*, which is the primal and dual solution of one linear program:
minimise Σ w(s)V(s) subject to V(s) >= r + γ Σ P(s')V(s') for every action. The value function is primal feasible, and the discounted
occupation measure of the optimal policy, started from w, is dual feasible with the same value (M. L. Puterman, *Markov Decision
Processes*, 1994, section 6.9). Both come from policy iteration in rational arithmetic; nothing is solved to write the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from exact import linear_algebra, lp_proof
from exact.linear_programs import Problem, Row, Solution
from exact.sparse_vectors import SparseVector
from instances.errors import InstanceError
from instances.instance import Instance, count, rational, sequence

Policy: TypeAlias = tuple[int, ...]
"""For each state the number of the chosen action, from 0."""
Vector: TypeAlias = tuple[Fraction, ...]


@dataclass(frozen=True)
class Action(Instance):
    """What may be done in a state: the expected reward now, and where the process goes: ``(state, probability)``, each state at most once."""

    reward: Fraction
    transitions: tuple[tuple[int, Fraction], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "reward", rational("reward", self.reward))
        object.__setattr__(self, "transitions", tuple(_transition(i, entry) for i, entry in enumerate(sequence("transitions", self.transitions))))
        states = [state for state, _ in self.transitions]
        if len(set(states)) != len(states):
            raise InstanceError("transitions", "a state stands twice")
        if sum(chance for _, chance in self.transitions) > 1:
            raise InstanceError("transitions", "the probabilities add up to more than 1")


def _transition(position: int, entry: Any) -> tuple[int, Fraction]:
    pair = sequence(f"transitions[{position}]", entry)
    if len(pair) != 2:
        raise InstanceError(f"transitions[{position}]", "is no pair of a state and a probability")
    return count(f"transitions[{position}][0]", pair[0]), rational(f"transitions[{position}][1]", pair[1], 0, 1)


@dataclass(frozen=True)
class DecisionProcess(Instance):
    """States 0 … n − 1, a discount in [0, 1), and for each state a non-empty tuple of actions."""

    discount: Fraction
    actions: tuple[tuple[Action, ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "discount", rational("discount", self.discount, 0, 1))
        if self.discount == 1:
            raise InstanceError("discount", "is 1, where less is due")
        states = tuple(tuple(_action(entry) for entry in sequence(f"actions[{s}]", menu)) for s, menu in enumerate(sequence("actions", self.actions)))
        object.__setattr__(self, "actions", states)
        if not states:
            raise InstanceError("actions", "is empty: there is no state")
        for s, menu in enumerate(states):
            if not menu:
                raise InstanceError(f"actions[{s}]", "is empty: nothing can be done in this state")
            for action in menu:
                for state, _ in action.transitions:
                    if state >= len(states):
                        raise InstanceError(f"actions[{s}]", f"leads to state {state} of {len(states)}")

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.actions)

    @property
    def policy_count(self) -> int:
        """How many stationary deterministic policies there are."""
        return prod(len(menu) for menu in self.actions)

    def policies(self) -> Iterator[Policy]:
        """All stationary deterministic policies, in lexicographic order."""
        yield from product(*(range(len(menu)) for menu in self.actions))

    def restricted(self, policy: Sequence[int]) -> DecisionProcess:
        """The process in which only the policy's actions are left: its optimal value is the policy's value."""
        return DecisionProcess(self.discount, tuple((menu[a],) for menu, a in zip(self.actions, policy, strict=True)))

    def worth(self, action: Action, values: Sequence[Fraction]) -> Fraction:
        """r + γ Σ P(s')V(s')."""
        return action.reward + self.discount * sum((chance * values[state] for state, chance in action.transitions), Fraction(0))

    def value_of(self, policy: Sequence[int]) -> Vector:
        """The expected discounted reward of the policy from every state: the solution of V = r + γPV, exactly."""
        chosen = [menu[a] for menu, a in zip(self.actions, policy, strict=True)]
        return linear_algebra.solve([self._equation(s, action) for s, action in enumerate(chosen)], [action.reward for action in chosen])

    def _equation(self, s: int, action: Action) -> dict[int, Fraction]:
        """The row of I − γP."""
        row = {s: Fraction(1)}
        for state, chance in action.transitions:
            row[state] = row.get(state, Fraction(0)) - self.discount * chance
        return row

    def optimum(self) -> Optimum:
        """Policy iteration in exact rationals (R. A. Howard, 1960): a state's action changes only for a strictly better one, so that it ends."""
        policy = tuple(0 for _ in self.actions)
        while True:
            values = self.value_of(policy)
            better = tuple(self._improved(s, policy[s], values) for s in range(self.states))
            if better == policy:
                return Optimum(self, values, policy)
            policy = better

    def _improved(self, s: int, current: int, values: Vector) -> int:
        worths = [self.worth(action, values) for action in self.actions[s]]
        best = max(worths)
        return worths.index(best) if best > worths[current] else current

    def is_optimal(self, values: Sequence[Fraction], policy: Sequence[int]) -> bool:
        """The Bellman equation: no action is worth more than ``values``, and the policy's actions are worth that. One pass over the actions.

        This proves that ``values`` is the optimal value, because the Bellman operator is a contraction by γ < 1.
        """
        return all(
            self.worth(menu[a], values) == values[s] and all(self.worth(action, values) <= values[s] for action in menu)
            for s, (menu, a) in enumerate(zip(self.actions, policy, strict=True))
        )

    def bellman_program(self, start: Sequence[Fraction]) -> Problem:
        """Minimise Σ start(s)V(s) over the V that no action improves: the optimum is the value from the start weights. Rows in the order of actions."""
        rows = [Row(self._equation(s, action), lower=action.reward) for s, menu in enumerate(self.actions) for action in menu]
        objective = {s: w for s, w in enumerate(start) if w}
        return Problem(sense="minimise", columns=self.states, objective=objective, rows=rows, column_bounds=[(None, None)] * self.states)


@dataclass(frozen=True)
class Optimum:
    """The optimal value from every state, and a policy that attains it."""

    process: DecisionProcess
    values: Vector
    policy: Policy

    def optimal_actions(self, s: int) -> tuple[int, ...]:
        """Every action of the state that attains the optimum."""
        worths = (self.process.worth(action, self.values) for action in self.process.actions[s])
        return tuple(a for a, worth in enumerate(worths) if worth == self.values[s])

    def occupation(self, start: Sequence[Fraction]) -> Vector:
        """The discounted number of visits to every state under the policy, from the start weights: m = start + γPᵀm."""
        rows: list[dict[int, Fraction]] = [{s: Fraction(1)} for s in range(self.process.states)]
        for s, a in enumerate(self.policy):
            for state, chance in self.process.actions[s][a].transitions:
                rows[state][s] = rows[state].get(s, Fraction(0)) - self.process.discount * chance
        return linear_algebra.solve(rows, list(start))

    def bellman_certificate(self, start: Sequence[Fraction]) -> Solution:
        """Primal (values) and dual (occupation measure) of the Bellman program, checked. Start weights are >= 0."""
        problem = self.process.bellman_program(start)
        visits = iter(self.occupation(start))
        multipliers: list[Fraction] = []
        for a, menu in zip(self.policy, self.process.actions, strict=True):
            here = next(visits)
            multipliers += [here if other == a else Fraction(0) for other in range(len(menu))]
        value = sum((w * v for w, v in zip(start, self.values, strict=True)), Fraction(0))
        primal, dual = SparseVector(enumerate(self.values)), SparseVector(enumerate(multipliers))
        lp_proof.check_optimal(problem, value, primal, dual)
        return Solution(problem=problem, outcome="optimal", value=value, primal=primal, dual=dual, ray=None, basis=(), pivots=0)


def _action(entry: Any) -> Action:
    return entry if isinstance(entry, Action) else Action.from_json(entry)
