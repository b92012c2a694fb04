"""What formulations and mutants measure: functions that run on recording numbers. Optima are recorded as Bellman certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from claims.parameters import Values
from claims.user_disengagement.model import DisengagementMDP, LadderUser
from exact.linear_programs import Solution
from exact.reals import Real
from exact.recording import active
from instances.decision_processes import DecisionProcess

Quantity = Callable[[Any, Values], Real]


def noted(solution: Solution) -> Real:
    """The value of a solved program; inside a recording, with the program and its proof."""
    recorder = active()
    assert solution.value is not None, "a Bellman program has an optimum"
    return solution.value if recorder is None else recorder.optimum(solution)


def start_at(states: int, x: int) -> list[Fraction]:
    """All weight on state x."""
    return [Fraction(int(s == x)) for s in range(states)]


def optimum_from(process: DecisionProcess, start: Sequence[Fraction]) -> Real:
    """Σ start·V*, recorded as a Bellman certificate: value function and discounted occupation measure."""
    return noted(process.optimum().bellman_certificate(start))


def best(table: DisengagementMDP, x: int) -> Real:
    """V*(x) of the reduced problem, x from 0."""
    return optimum_from(table.reduced(), start_at(len(table.demand), x))


def best_on_chain(table: DisengagementMDP, x: int) -> Real:
    """V*(x) on the two-status chain."""
    return optimum_from(table.chain(), start_at(2 * len(table.demand), x))


def following(table: DisengagementMDP, policy: Sequence[int], x: int) -> Real:
    """V_π(x) of a policy that picks the move of that number (from 0) in each state."""
    return optimum_from(table.reduced().restricted(policy), start_at(len(table.demand), x))


def going(ladder: LadderUser, successors: Sequence[int], x: int) -> Real:
    """V_π(x) of going to the named level from each level."""
    moves = tuple(((ladder.reward(i, j), j),) for i, j in enumerate(successors))
    return best(DisengagementMDP(ladder.gamma, ladder.demand, ladder.rho, moves), x)


def fixed(value: Real) -> Quantity:
    """A constant."""
    return lambda _, p: value


def of(function: Callable[[Values], Real]) -> Quantity:
    """A function of the parameters alone."""
    return lambda _, p: function(p)


def nothing(parameters: Values) -> None:
    """No instance: the parameters say it all."""
