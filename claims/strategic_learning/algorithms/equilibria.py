"""All extreme Nash equilibria of a bimatrix game, by the vertices of the best-reply polytopes, exactly.

O. L. Mangasarian, "Equilibrium points of bimatrix games", J. SIAM 12, 1964. The set of equilibria is a union of products of polytopes with these
vertices, and payoffs are bilinear, so the least and the greatest equilibrium payoff stand at extreme equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from claims.strategic_learning.model import plain_game
from exact import linear_algebra
from instances.stage_games import BimatrixGame, transposed

MOST_VERTICES = 20_000
"""Candidate vertices per polytope; a larger game is refused."""


class TooManyVertices(ValueError):
    """The game is too large for vertex enumeration."""


@dataclass(frozen=True)
class Equilibrium:
    """A pair of mixtures and both payoffs."""

    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]
    first: Fraction
    second: Fraction


def extreme_equilibria(game: BimatrixGame) -> list[Equilibrium]:
    """Every extreme equilibrium. Raises TooManyVertices."""
    game = plain_game(game)
    if comb(game.rows + game.columns, game.rows) > MOST_VERTICES:
        raise TooManyVertices(f"a {game.rows}×{game.columns} game has too many candidate vertices for the enumeration of its equilibria")
    rows_of_second = transposed(game.second)
    left = _vertices(rows_of_second)
    right = _vertices(game.first)
    found = []
    for x, second in left:
        for y, first in right:
            if _complementary(x, game.first, y, first) and _complementary(y, rows_of_second, x, second):
                found.append(Equilibrium(x, y, first, second))
    return found


def _complementary(mine: Sequence[Fraction], payoffs: Sequence[Sequence[Fraction]], other: Sequence[Fraction], value: Fraction) -> bool:
    """Whether every action in use earns the best reply's value against the other's mixture."""
    return all(
        p == 0 or sum((u * q for u, q in zip(row, other, strict=True)), Fraction(0)) == value for p, row in zip(mine, payoffs, strict=True)
    )


def _vertices(payoffs: Sequence[Sequence[Fraction]]) -> list[tuple[tuple[Fraction, ...], Fraction]]:
    """The vertices (z, v) of {z a mixture, payoffs·z <= v} at which some inequality payoffs·z <= v is tight."""
    return list(dict.fromkeys(_candidates(payoffs)))


def _candidates(payoffs: Sequence[Sequence[Fraction]]) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
    size, replies = len(payoffs[0]), len(payoffs)
    for tight in combinations(range(size + replies), size):
        support = [j for j in range(size) if j not in tight]
        best = [i - size for i in tight if i >= size]
        if not best:
            continue
        point = _solve(payoffs, support, best)
        if point is None:
            continue
        mixture, value = point
        full = tuple(mixture[support.index(j)] if j in support else Fraction(0) for j in range(size))
        if all(z >= 0 for z in full) and all(sum((u * z for u, z in zip(row, full, strict=True)), Fraction(0)) <= value for row in payoffs):
            yield full, value


def _solve(payoffs: Sequence[Sequence[Fraction]], support: Sequence[int], best: Sequence[int]) -> tuple[list[Fraction], Fraction] | None:
    """The mixture on the support and the value at which the best replies all earn the value; None where the system is singular."""
    rows: list[dict[int, Fraction | int]] = [
        {**{column: payoffs[i][j] for column, j in enumerate(support)}, len(support): -1} for i in best
    ]
    rows.append(dict.fromkeys(range(len(support)), Fraction(1)))
    try:
        *mixture, value = linear_algebra.solve(rows, [0] * len(best) + [1])
    except linear_algebra.SingularMatrixError:
        return None
    return mixture, value
