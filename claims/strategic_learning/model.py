"""The definitions: commitment, regret, benchmarks and outcomes, as pure functions on games.

An *outcome* is a distribution over cells, ``outcome[a][b]``; ``U(outcome)`` is its expected payoff. Player 1 leads unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exact import reals
from exact.reals import Real
from exact.recording import Recorded
from instances.stage_games import BimatrixGame

Mixture = Sequence[Real]
Outcome = Sequence[Sequence[Real]]


def total(values: Sequence[Real]) -> Real:
    """The sum, exact for no values too."""
    return sum(values, Fraction(0))


def payoff(outcome: Outcome, payoffs: Sequence[Sequence[Real]]) -> Real:
    """The expected payoff U(μ)."""
    return total([mass * value for masses, row in zip(outcome, payoffs, strict=True) for mass, value in zip(masses, row, strict=True)])


def against(mixture: Mixture, payoffs: Sequence[Sequence[Real]], column: int) -> Real:
    """U(x, b): the payoff of column b when rows are mixed."""
    return total([x * row[column] for x, row in zip(mixture, payoffs, strict=True)])


def best_replies(game: BimatrixGame, mixture: Mixture) -> tuple[int, ...]:
    """The columns that are optimal for player 2 against a mixture."""
    return reals.argmax([against(mixture, game.second, b) for b in range(game.columns)])


def regret_of(game: BimatrixGame, outcome: Outcome, column: int, other: int) -> Real:
    """What player 2 would gain by playing ``other`` whenever she plays ``column``."""
    return total([outcome[a][column] * (game.second[a][other] - game.second[a][column]) for a in range(game.rows)])


def swap_regret(game: BimatrixGame, outcome: Outcome) -> Real:
    """SR(μ): player 2's gain from the best exchange of her actions."""
    return total([reals.maximum(regret_of(game, outcome, b, k) for k in range(game.columns)) for b in range(game.columns)])


def external_regret(game: BimatrixGame, outcome: Outcome) -> Real:
    """ER(μ): player 2's gain from one fixed action; may be negative."""
    return reals.maximum(total([regret_of(game, outcome, b, k) for b in range(game.columns)]) for k in range(game.columns))


def spread(game: BimatrixGame) -> Real:
    """M: the greatest minus the least payoff of player 1."""
    entries = [value for row in game.first for value in row]
    return reals.maximum(entries) - reals.minimum(entries)


def plain_game(game: BimatrixGame) -> BimatrixGame:
    """The game without recording, for solvers."""
    return BimatrixGame(plain_rows(game.first), plain_rows(game.second))


def plain_rows(rows: Sequence[Sequence[Real]]) -> tuple[tuple[Fraction, ...], ...]:
    """A matrix without recording."""
    return tuple(tuple(plain(x) for x in row) for row in rows)


def plain(x: Real) -> Fraction:
    """A rational without recording."""
    value: Any = x.value if isinstance(x, Recorded) else x
    return Fraction(value)
