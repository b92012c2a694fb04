"""C13: the game E, in which player 2 must see her own payoffs. All deterministic plans of T rounds, and all equilibria among them.

Player 1 knows the game and sees player 2's columns; player 2 has no signal and sees the rows, or the rows with her own payoffs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Literal

from claims.strategic_learning.named_games import FEEDBACK_PRIOR, feedback_games

Feedback = Literal["actions", "own_payoff"]
MOST_PAIRS = 1 << 17
"""The most pairs of plans that are played out."""
MOST_PROFILES = 1 << 25


class TooManyPlans(ValueError):
    """There are too many plans of this length to try all."""


@dataclass(frozen=True)
class FeedbackEquilibria:
    """All equilibria: player 1's payoffs that occur, ascending, and the number of profiles (a plan for each type, a plan of player 2)."""

    payoffs: tuple[Fraction, ...]
    count: int


def _plans(letters: int, rounds: int, actions: int) -> list[tuple[int, ...]]:
    """All maps from observations of fewer than T rounds to actions, as tuples in the order of the histories."""
    histories = sum(letters**length for length in range(rounds))
    if actions**histories > MOST_PAIRS:
        raise TooManyPlans(f"{actions}^{histories} plans of {rounds} rounds are too many")
    return list(product(range(actions), repeat=histories))


def _index(history: list[int], letters: int) -> int:
    """The place of a history: shorter ones first, then in order."""
    place = sum(letters**length for length in range(len(history)))
    value = 0
    for letter in history:
        value = value * letters + letter
    return int(place + value)


@lru_cache(maxsize=64)
def feedback_equilibria(rounds: int, rows: int, feedback: Feedback) -> FeedbackEquilibria:
    """All equilibria of T rounds. Raises TooManyPlans."""
    import numpy as np

    letters = rows * (2 if feedback == "own_payoff" else 1)
    mine, hers = _plans(2, rounds, rows), _plans(letters, rounds, 2)
    if len(mine) * len(hers) > MOST_PAIRS or len(mine) ** 2 * len(hers) > MOST_PROFILES:
        raise TooManyPlans(f"{len(mine)}² × {len(hers)} profiles of plans are too many")
    first, second = (np.zeros((2, len(mine), len(hers)), dtype=np.int64) for _ in range(2))
    for g, m, k in product((0, 1), range(len(mine)), range(len(hers))):
        first[g, m, k], second[g, m, k] = _played(g, mine[m], hers[k], rounds, rows, feedback)
    prior = [int(10 * p) for p in FEEDBACK_PRIOR]
    best = [first[g] == first[g].max(axis=0)[None, :] for g in (0, 1)]
    expected = prior[0] * second[0][:, None, :] + prior[1] * second[1][None, :, :]
    stable = (expected == expected.max(axis=2)[:, :, None]) & best[0][:, None, :] & best[1][None, :, :]
    payoffs = (prior[0] * first[0][:, None, :] + prior[1] * first[1][None, :, :])[stable]
    found = tuple(Fraction(int(x), 10 * rounds) for x in np.unique(payoffs))
    return FeedbackEquilibria(found, int(stable.sum()))


def _played(g: int, mine: tuple[int, ...], hers: tuple[int, ...], rounds: int, rows: int, feedback: Feedback) -> tuple[int, int]:
    """Both players' total payoffs."""
    stage = feedback_games(rows)[g]
    seen: list[int] = []
    columns: list[int] = []
    first = second = 0
    letters = rows * (2 if feedback == "own_payoff" else 1)
    for _ in range(rounds):
        row, column = mine[_index(columns, 2)], hers[_index(seen, letters)]
        got = int(stage.second[row][column])
        first, second = first + int(stage.first[row][column]), second + got
        columns.append(column)
        seen.append(2 * row + got if feedback == "own_payoff" else row)
    return first, second
