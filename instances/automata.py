"""Automaton strategies for repeated games: Moore machines that read the other player's action.

Outputs are pure actions; only an absorbing state may mix (a punishment that is played for ever).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real
from exact.recording import Recorded
from instances.errors import InstanceError
from instances.instance import Instance, sequence, simplex_point

Output = int | tuple[Real, ...]


@dataclass(frozen=True)
class Automaton(Instance):
    """State 0 is first. ``outputs[q]`` is the action played in state q, or a mixture over actions if q is absorbing;
    ``moves[q][b]`` is the next state when the other player plays b.

    Raises InstanceError for moves that lead nowhere and for a state that mixes and can be left.
    """

    outputs: tuple[Output, ...]
    moves: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        moves = tuple(tuple(sequence(f"moves[{q}]", row)) for q, row in enumerate(sequence("moves", self.moves)))
        outputs = tuple(_output(f"outputs[{q}]", output) for q, output in enumerate(sequence("outputs", self.outputs)))
        if not outputs or len(outputs) != len(moves):
            raise InstanceError("moves", f"{len(moves)} rows for {len(outputs)} states")
        for q, row in enumerate(moves):
            if len(row) != len(moves[0]) or not all(isinstance(r, int) and 0 <= r < len(outputs) for r in row):
                raise InstanceError(f"moves[{q}]", f"one of the states 0 … {len(outputs) - 1} is due for each action of the other player")
            if isinstance(outputs[q], tuple) and any(r != q for r in row):
                raise InstanceError(f"outputs[{q}]", "a state that mixes must be absorbing")
        object.__setattr__(self, "outputs", outputs)
        object.__setattr__(self, "moves", moves)


def _output(name: str, value: object) -> Output:
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise InstanceError(name, f"{value} is no action")
        return value
    entries = sequence(name, value)
    return tuple(entries) if any(isinstance(x, Recorded) for x in entries) else simplex_point(name, value)


def constant(action: int, others: int) -> Automaton:
    """The same action for ever, against ``others`` actions of the other player."""
    return Automaton((action,), ((0,) * others,))


def trigger(first: int, others: int, on: int, then: int) -> Automaton:
    """``first`` until the other player plays ``on`` for the first time, then ``then`` for ever."""
    return Automaton((first, then), (tuple(1 if b == on else 0 for b in range(others)), (1,) * others))


def limit_cycle(first: Automaton, second: Automaton) -> list[tuple[Output, Output]]:
    """The pairs of outputs that two automata repeat for ever. A pair with a mixed output repeats alone only when both states are absorbing.

    Raises InstanceError where one automaton mixes while the other one still reacts: then play is random and has no cycle.
    """
    seen: dict[tuple[int, int], int] = {}
    path: list[tuple[Output, Output]] = []
    states = (0, 0)
    while states not in seen:
        seen[states] = len(path)
        one, two = first.outputs[states[0]], second.outputs[states[1]]
        path.append((one, two))
        if isinstance(one, int) and isinstance(two, int):
            states = first.moves[states[0]][two], second.moves[states[1]][one]
        elif any(len(set(machine.moves[q])) > 1 for machine, q in ((first, states[0]), (second, states[1]))):
            raise InstanceError("outputs", "one automaton mixes while the other still reacts")
        else:
            states = first.moves[states[0]][0], second.moves[states[1]][0]
    return path[seen[states] :]


def average(pairs: Sequence[tuple[Output, Output]], payoffs: Sequence[Sequence[Real]]) -> Real:
    """The mean payoff ``payoffs[row][column]`` over pairs of outputs."""
    total: Real = Fraction(0)
    for one, two in pairs:
        total = total + expected(one, two, payoffs)
    return total / len(pairs)


def expected(one: Output, two: Output, payoffs: Sequence[Sequence[Real]]) -> Real:
    """The expected payoff of two independent outputs."""
    if isinstance(one, int) and isinstance(two, int):
        return payoffs[one][two]
    rows = ((one, Fraction(1)),) if isinstance(one, int) else tuple(enumerate(one))
    columns = ((two, Fraction(1)),) if isinstance(two, int) else tuple(enumerate(two))
    return sum((x * y * payoffs[a][b] for a, x in rows for b, y in columns), Fraction(0))
