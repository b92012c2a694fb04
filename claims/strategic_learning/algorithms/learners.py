"""A4 and Hedge: learners that player 2 may run against fixed play, simulated. Only the counts of cells come back, and they are exact.

A. Blum, Y. Mansour, "From external to internal regret", J. Mach. Learn. Res. 8, 2007: one Hedge copy per action, and the action is drawn from the
stationary distribution of the copies' advice. The learners compute in floating point, which decides nothing: what is said about a run is computed
from its counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import exp, lcm, log, sqrt
from typing import Any, Protocol

from instances.stage_games import BimatrixGame

Counts = tuple[tuple[int, ...], ...]


class Learner(Protocol):
    """Draws an action, then hears what every action (or only the drawn one) would have paid."""

    def distribution(self) -> list[float]:
        """The probabilities of the next action."""

    def hear(self, payoffs: Sequence[float], drawn: int) -> None:
        """Payoffs of all actions in this round; a bandit learner uses the drawn one only."""


class Hedge:
    """Exponential weights: no external regret with full information, rate √(8 ln n/T)."""

    def __init__(self, actions: int, rounds: int) -> None:
        self.rate = sqrt(8 * log(actions) / rounds)
        self.gains = [0.0] * actions

    def distribution(self) -> list[float]:
        """Weights e^(rate·gain), normalised."""
        return _softmax(self.rate, self.gains)

    def hear(self, payoffs: Sequence[float], drawn: int) -> None:
        """Add the payoffs."""
        self.gains = [gain + payoff for gain, payoff in zip(self.gains, payoffs, strict=True)]


class BlumMansour:
    """No swap regret. Full information: rate √(8n ln n/T). Bandit: exploration min{1/2, (n ln n/T)^(1/3)}, rate exploration/n."""

    def __init__(self, actions: int, rounds: int, bandit: bool = False) -> None:
        scale = actions * log(actions) / rounds
        self.bandit = bandit
        self.explore = min(0.5, scale ** (1 / 3)) if bandit else 0.0
        self.rate = self.explore / actions if bandit else sqrt(8 * scale)
        self.gains = [[0.0] * actions for _ in range(actions)]
        self.last = [1 / actions] * actions

    def distribution(self) -> list[float]:
        """The stationary distribution of the copies' advice, mixed with exploration."""
        self.last = _stationary([_softmax(self.rate, gains) for gains in self.gains])
        return [self._explored(q) for q in self.last]

    def _explored(self, q: float) -> float:
        return (1 - self.explore) * q + self.explore / len(self.last)

    def hear(self, payoffs: Sequence[float], drawn: int) -> None:
        """Copy b is fed its share q_b of the payoffs, or of their unbiased estimate."""
        if self.bandit:
            payoffs = [payoff / self._explored(self.last[b]) if b == drawn else 0.0 for b, payoff in enumerate(payoffs)]
        self.gains = [
            [gain + q * payoff for gain, payoff in zip(gains, payoffs, strict=True)] for q, gains in zip(self.last, self.gains, strict=True)
        ]


def _softmax(rate: float, gains: Sequence[float]) -> list[float]:
    top = max(gains)
    weights = [exp(rate * (gain - top)) for gain in gains]
    total = sum(weights)
    return [weight / total for weight in weights]


def _stationary(advice: Sequence[Sequence[float]]) -> list[float]:
    """The stationary distribution of a chain with positive entries, by elimination of states without subtraction (Grassmann, Taksar, Heyman 1985)."""
    chain = [list(row) for row in advice]
    size = len(chain)
    for last in range(size - 1, 0, -1):
        leaving = sum(chain[last][:last])
        for i in range(last):
            chain[i][last] /= leaving
            for j in range(last):
                chain[i][j] += chain[i][last] * chain[last][j]
    weights = [1.0]
    for j in range(1, size):
        weights.append(sum(weights[i] * chain[i][j] for i in range(j)))
    total = sum(weights)
    return [weight / total for weight in weights]


def play(game: BimatrixGame, rows: Iterator[int], learner: Learner, rounds: int, rng: Any) -> Counts:
    """How often each cell occurs when player 1 plays the given rows and player 2 learns; ``rng`` is a ``numpy.random.Generator``."""
    second = [[float(x) for x in row] for row in game.second]
    counts = [[0] * game.columns for _ in range(game.rows)]
    for draw in rng.random(rounds).tolist():
        row = next(rows)
        column = _drawn(learner.distribution(), draw)
        learner.hear(second[row], column)
        counts[row][column] += 1
    return tuple(map(tuple, counts))


def _drawn(distribution: Sequence[float], draw: float) -> int:
    """The action whose share of [0, 1) holds the draw; the last one where rounding leaves a rest."""
    for action, chance in enumerate(distribution):
        draw -= chance
        if draw < 0:
            return action
    return len(distribution) - 1


def first_half_then(first: int, second: int, rounds: int) -> Iterator[int]:
    """One row for half of the rounds, then the other."""
    for t in range(rounds):
        yield first if 2 * t < rounds else second


def mixed_rows(mixture: Sequence[Fraction], rounds: int, rng: Any) -> Iterator[int]:
    """Rows drawn independently from a mixture, with exact probabilities."""
    scale = lcm(*(x.denominator for x in mixture))
    steps = [int(x * scale) for x in mixture]
    for draw in rng.integers(scale, size=rounds):
        row, left = 0, int(draw)
        while left >= steps[row]:
            left -= steps[row]
            row += 1
        yield row


def empirical(counts: Counts) -> tuple[tuple[Fraction, ...], ...]:
    """The counts as a distribution over cells."""
    rounds = sum(map(sum, counts))
    return tuple(tuple(Fraction(n, rounds) for n in row) for row in counts)
