"""Sessions of two ε-greedy Q-learners in a repeated game (A11 of the report's notes), and the greedy play in which they end.

Both learners update at the same time, ties go to the lowest action, exploration falls as e^(−βt), the first state is random, and a session ends
when both greedy policies have not changed for ``patience`` steps (or at ``limit``: then it is marked as cut off). With memory 1 the state is the last
pair of actions, with memory 0 there is none. Initial values: the discounted payoff against an opponent who plays at random.

Source: E. Calvano, G. Calzolari, V. Denicolò, S. Pastorello, American Economic Review 110 (2020), section II.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exact.balls import Ball

Matrix = tuple[tuple[float, ...], ...]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Learners:
    """A symmetric set-up: two payoff matrices by (row action, column action), and what both learners have in common.

    0 < α <= 1, β > 0, 0 <= δ < 1, memory 0 or 1, patience >= 1.
    """

    first: Matrix
    second: Matrix
    alpha: Fraction
    beta: Fraction
    delta: Fraction
    memory: int
    patience: int

    @property
    def actions(self) -> int:
        """How many actions each has."""
        return len(self.first)

    @property
    def limit(self) -> int:
        """When a session is cut off: long after exploration has died out (ε < e^-100) and the patience has passed a hundred times."""
        return int(100 / self.beta) + 100 * self.patience

    def start_values(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Q_0(s, a) of both: the payoff against random play, divided by 1 − δ."""
        scale = float((1 - self.delta) * self.actions)
        row = tuple(sum(payoffs) / scale for payoffs in self.first)
        column = tuple(sum(payoffs[b] for payoffs in self.second) / scale for b in range(self.actions))
        return row, column


@dataclass(frozen=True)
class Session:
    """How a session ended: its length, last state, and greedy actions by learner and state. State a·m + b: the actions were a and b (0 without memory)."""

    actions: int
    memory: int
    steps: int
    cut_off: bool
    state: int
    policies: tuple[tuple[int, ...], tuple[int, ...]]

    def play(self, state: int) -> Pair:
        """The greedy actions in a state."""
        return self.policies[0][state], self.policies[1][state]

    def after(self, pair: Pair) -> int:
        """The state that a pair of actions leads to."""
        return pair[0] * self.actions + pair[1] if self.memory else 0

    def path(self, state: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The states of greedy play from a state: those before the cycle, and the cycle from its first state on."""
        seen: dict[int, int] = {}
        while state not in seen:
            seen[state] = len(seen)
            state = self.after(self.play(state))
        states = tuple(seen)
        return states[: seen[state]], states[seen[state] :]

    @cached_property
    def cycle(self) -> tuple[Pair, ...]:
        """The pairs of actions of the final cycle, from its first state on."""
        return tuple(self.play(state) for state in self.path(self.state)[1])


def sessions(learners: Learners, seed: int, first: int, count: int) -> tuple[Session, ...]:
    """The sessions numbered first, …, first + count − 1; each depends on the seed and its number only."""
    import numpy as np

    from claims.multi_agent_risks.algorithms.session_loops import play

    states = learners.actions**2 if learners.memory else 1
    steps, last = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    policies = np.zeros((count, 2, states), dtype=np.int64)
    play(
        np.array(learners.first), np.array(learners.second), float(learners.alpha), float(learners.delta), float(Ball(-learners.beta).exp()),
        learners.memory, learners.patience, learners.limit, np.uint64(seed % 2**64), first, np.array(learners.start_values()), steps, last, policies,
    )
    return tuple(
        Session(learners.actions, learners.memory, int(steps[k]), bool(steps[k] >= learners.limit), int(last[k]), _policies(policies[k].tolist()))
        for k in range(count)
    )


def _policies(rows: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(rows[0]), tuple(rows[1])
