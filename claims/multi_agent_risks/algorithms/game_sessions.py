"""Q-learners in small symmetric games (C46): the profiles in which sessions end, and how learners of different sessions play together.

Action 0 is cooperation. Payoffs are whole numbers, so the doubles of the learners hold them exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from claims.multi_agent_risks.algorithms.learning_sessions import Learners, Matrix, Pair, Session, sessions

Payoffs: TypeAlias = tuple[tuple[int, ...], ...]

NAMED: dict[str, Payoffs] = {
    "pd": ((3, 1), (4, 2)),
    "stag_hunt": ((4, 1), (3, 2)),
    "chicken": ((3, 2), (4, 1)),
}
"""The row player's payoffs by (own, other) action: ranks."""


def payoffs_of(game: str, m: int) -> Payoffs:
    """A named game's payoffs, or those of pure coordination on one of m conventions."""
    if game == "coordination":
        return tuple(tuple(int(a == b) for b in range(m)) for a in range(m))
    return NAMED[game]


def is_equilibrium(payoffs: Payoffs, pair: Pair) -> bool:
    """Whether neither player gains by changing her own action, in the symmetric game."""
    a, b = pair
    return all(payoffs[a][b] >= payoffs[c][b] and payoffs[b][a] >= payoffs[c][a] for c in range(len(payoffs)))


def profile_name(game: str, pair: Pair) -> str:
    """``CD`` in a named game, ``0,1`` for conventions."""
    return f"{pair[0]},{pair[1]}" if game == "coordination" else "CD"[pair[0]] + "CD"[pair[1]]


@dataclass(frozen=True)
class GameSetting:
    """A game and how its learners learn."""

    game: str
    m: int
    memory: int
    alpha: Fraction
    beta: Fraction
    delta: Fraction
    patience: int

    @property
    def payoffs(self) -> Payoffs:
        """By own and other action."""
        return payoffs_of(self.game, self.m)

    def learners(self) -> Learners:
        """Two of them."""
        first: Matrix = tuple(tuple(map(float, row)) for row in self.payoffs)
        second: Matrix = tuple(zip(*first, strict=True))
        return Learners(first, second, self.alpha, self.beta, self.delta, self.memory, self.patience)


@lru_cache(maxsize=32)
def play_game(setting: GameSetting, seed: int, first: int, count: int) -> tuple[Session, ...]:
    """The sessions numbered first, …, first + count − 1."""
    return sessions(setting.learners(), seed, first, count)


def ends_at_equilibrium(payoffs: Payoffs, session: Session) -> bool:
    """Whether every pair of actions of the final cycle is an equilibrium of the stage game."""
    return all(is_equilibrium(payoffs, pair) for pair in session.cycle)


def shares_of_profiles(played: Sequence[Session]) -> dict[Pair, Fraction]:
    """The share of each profile: every session counts once, spread over its final cycle."""
    shares: dict[Pair, Fraction] = {}
    for session in played:
        for pair, times in Counter(session.cycle).items():
            shares[pair] = shares.get(pair, Fraction(0)) + Fraction(times, len(session.cycle) * len(played))
    return dict(sorted(shares.items()))


def cross_play(payoffs: Payoffs, played: Sequence[Session]) -> Fraction:
    """How often the row learner of one session and the column learner of another are at an equilibrium: over all ordered pairs, without memory.

    Raises ValueError for learners with memory, or for fewer than two sessions.
    """
    if len(played) < 2 or any(session.memory for session in played):
        raise ValueError("cross-play needs two sessions, and learners without memory")
    rows, columns = (Counter(session.play(0)[learner] for session in played) for learner in (0, 1))
    together = sum(rows[a] * columns[b] for a in rows for b in columns if is_equilibrium(payoffs, (a, b)))
    own = sum(is_equilibrium(payoffs, session.play(0)) for session in played)
    return Fraction(together - own, len(played) * (len(played) - 1))
