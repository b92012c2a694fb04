"""Repeated games between automata with discounting: exact payoffs, and whether anybody gains by leaving her automaton.

Payoffs are sums Σ δᵗ u(aᵗ), t from 0. Limits of means are in :mod:`instances.automata`.
"""

from __future__ import annotations

from fractions import Fraction

from instances.automata import Automaton, Output
from instances.decision_processes import Action, DecisionProcess
from instances.errors import InstanceError
from instances.stage_games import BimatrixGame


def discounted_payoffs(game: BimatrixGame, first: Automaton, second: Automaton, discount: Fraction) -> tuple[Fraction, Fraction]:
    """Both players' discounted sums when both follow automata with pure outputs. Raises InstanceError for an output that mixes."""
    seen: dict[tuple[int, int], int] = {}
    totals: list[tuple[Fraction, Fraction]] = []
    one, two, weight = Fraction(0), Fraction(0), Fraction(1)
    states = (0, 0)
    while states not in seen:
        seen[states] = len(totals)
        totals.append((one, two))
        a, b = _pure(first.outputs[states[0]]), _pure(second.outputs[states[1]])
        one, two = one + weight * game.first[a][b], two + weight * game.second[a][b]
        weight *= discount
        states = first.moves[states[0]][b], second.moves[states[1]][a]
    start = seen[states]
    repeats = 1 - discount ** (len(totals) - start)
    before = totals[start]
    return before[0] + (one - before[0]) / repeats, before[1] + (two - before[1]) / repeats


def replying_process(game: BimatrixGame, other: Automaton, discount: Fraction) -> DecisionProcess:
    """What player 1 faces when player 2 follows an automaton with pure outputs: its states are the automaton's."""
    return DecisionProcess(
        discount,
        tuple(
            tuple(Action(Fraction(game.first[a][_pure(output)]), ((other.moves[state][a], Fraction(1)),)) for a in range(game.rows))
            for state, output in enumerate(other.outputs)
        ),
    )


def is_equilibrium(game: BimatrixGame, first: Automaton, second: Automaton, discount: Fraction) -> bool:
    """Whether neither player has a better strategy of any kind against the other's automaton (with pure outputs), from the start of play on."""
    payoffs = discounted_payoffs(game, first, second, discount)
    best = (
        replying_process(game, second, discount).optimum().values[0],
        replying_process(game.swapped(), first, discount).optimum().values[0],
    )
    return payoffs == best


def _pure(output: Output) -> int:
    if not isinstance(output, int):
        raise InstanceError("outputs", "an automaton that mixes has no discounted path")
    return output
