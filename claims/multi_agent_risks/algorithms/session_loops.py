"""The inner loop of learning sessions, compiled: two ε-greedy Q-learners, step by step, for many sessions.

This module imports numba, so import it inside functions only. The arithmetic is that of IEEE doubles in a fixed order and of 64-bit words, without
fast-math: the same seed gives the same sessions on every machine. A compiled copy is kept beside this file or in the user's cache directory; where
neither can be written, every process compiles anew (about two seconds).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11, _32 = (np.uint64(shift) for shift in (30, 27, 31, 11, 32))
_UNIT = 2.0**-53


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled and kept where there is a place to keep it."""
    try:
        kept: Callable[..., Any] = numba.njit(cache=True)(function)
    except RuntimeError:  # numba found no directory that it can write to
        kept = numba.njit(function)
    return kept


@_compiled
def play(
    first: Any, second: Any, alpha: float, delta: float, decay: float, memory: int, patience: int, limit: int, seed: Any, start: int, start_values: Any,
    steps: Any, states: Any, policies: Any,
) -> None:
    """Plays ``len(steps)`` sessions, numbered from ``start``, and writes their lengths, last states and greedy policies.

    ``first``, ``second``: payoffs by (own row action, column action), m × m; ``start_values``: each learner's initial Q-row (2 × m); ``decay``:
    factor of ε per step; random words: splitmix64, started from the seed and the session's number. ``policies``: session × learner × state. A session
    of length ``limit`` was cut off.
    """
    def scrambled(word: Any) -> Any:
        word = (word ^ (word >> _30)) * _MIX_1
        word = (word ^ (word >> _27)) * _MIX_2
        return word ^ (word >> _31)

    actions: Any = first.shape[0]
    count = actions * actions if memory == 1 else 1
    values = np.empty((2, count, actions))
    for session in range(len(steps)):
        word = scrambled(scrambled(seed + _GOLDEN) + np.uint64(start + session) * _GOLDEN)
        greedy = policies[session]
        for learner in range(2):
            best = 0
            for action in range(1, actions):
                if start_values[learner, action] > start_values[learner, best]:
                    best = action
            for place in range(count):
                greedy[learner, place] = best
                for action in range(actions):
                    values[learner, place, action] = start_values[learner, action]
        word += _GOLDEN
        state: Any = np.int64(((scrambled(word) >> _32) * np.uint64(count)) >> _32)
        epsilon, unchanged, step = 1.0, 0, 0
        while unchanged < patience and step < limit:
            word += _GOLDEN
            drawn = scrambled(word)
            row: Any = greedy[0, state]
            if np.float64(drawn >> _11) * _UNIT < epsilon:
                word += _GOLDEN
                row = np.int64(((scrambled(word) >> _32) * np.uint64(actions)) >> _32)
            word += _GOLDEN
            drawn = scrambled(word)
            column: Any = greedy[1, state]
            if np.float64(drawn >> _11) * _UNIT < epsilon:
                word += _GOLDEN
                column = np.int64(((scrambled(word) >> _32) * np.uint64(actions)) >> _32)
            following = row * actions + column if memory == 1 else 0
            changed = False
            for learner in range(2):
                action = row if learner == 0 else column
                payoff = first[row, column] if learner == 0 else second[row, column]
                target = payoff + delta * values[learner, following, greedy[learner, following]]
                values[learner, state, action] = (1.0 - alpha) * values[learner, state, action] + alpha * target
            for learner in range(2):
                best = 0
                for action in range(1, actions):
                    if values[learner, state, action] > values[learner, state, best]:
                        best = action
                if best != greedy[learner, state]:
                    greedy[learner, state] = best
                    changed = True
            unchanged = 0 if changed else unchanged + 1
            epsilon *= decay
            state = following
            step += 1
        steps[session] = step
        states[session] = state
