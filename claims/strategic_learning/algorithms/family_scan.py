"""C15: all families of two 2×2 games with few payoff levels, and those in which the uninformed player provably misses her benchmark.

A family is a common matrix U_2 and an unordered pair of different matrices U_1; the prior is uniform and player 2 has no signal. It counts when
R0 < B_2. Most families are settled without a linear program: if a pair of pure cells satisfies the constraints and gives player 2 her benchmark, R0 is no
less than B_2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

from claims.strategic_learning.algorithms.outcome_programs import mimic_program
from exact.linear_programs import solve
from instances.bayesian_games import BayesianGame, SignalChannel
from instances.stage_games import BimatrixGame

HALF = Fraction(1, 2)
Matrix = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
CELLS = tuple(product((0, 1), repeat=2))
MOST_FAMILIES = 300_000


class TooManyFamilies(ValueError):
    """The levels give too many families to look at all."""


@dataclass(frozen=True)
class Scan:
    """How many families there are, how many of them need a program, and the values (B_2, R0) of those with R0 < B_2, with their numbers."""

    scanned: int
    programs: int
    found: tuple[tuple[Fraction, Fraction, int], ...]

    @property
    def count(self) -> int:
        """The number of families with R0 < B_2."""
        return sum(number for _, _, number in self.found)


def matrices(levels: Sequence[Fraction]) -> list[Matrix]:
    """All 2×2 matrices with entries among the levels."""
    return [((w, x), (y, z)) for w, x, y, z in product(levels, repeat=4)]


def _crossing(left: Fraction, right: Fraction) -> list[Fraction]:
    """Where the line from ``left`` at 0 to ``right`` at 1 crosses 0, if it does so between."""
    return [left / (left - right)] if left != right and 0 <= left / (left - right) <= 1 else []


@lru_cache(maxsize=4096)
def secured(own: Matrix) -> Fraction:
    """What the row player can secure in a 2×2 game: the best of both rows and the mixture that equalises the columns."""
    points = [Fraction(0), Fraction(1), *_crossing(own[0][0] - own[0][1], own[1][0] - own[1][1])]
    return max(min((1 - t) * own[0][b] + t * own[1][b] for b in (0, 1)) for t in points)


@lru_cache(maxsize=65536)
def leading_column_value(first: Matrix, second: Matrix) -> Fraction:
    """StackVal_2 of a 2×2 game: the columns are mixed with weight t on the second; at the ends and where the rows tie."""
    points = [Fraction(0), Fraction(1), *_crossing(first[0][0] - first[1][0], first[0][1] - first[1][1])]
    values = []
    for t in points:
        replies = [(1 - t) * row[0] + t * row[1] for row in first]
        values += [(1 - t) * second[a][0] + t * second[a][1] for a in (0, 1) if replies[a] == max(replies)]
    return max(values)


def settled_by_cells(one: Matrix, two: Matrix, second: Matrix, benchmark: Fraction) -> bool:
    """Whether some pair of pure cells satisfies all constraints of R0 and gives player 2 her benchmark."""
    for a, b in CELLS:
        if one[a][b] < secured(one):
            continue
        for c, d in CELLS:
            stays = two[c][d] >= secured(two) and one[a][b] >= one[c][d] and two[c][d] >= two[a][b]
            if stays and (second[a][b] + second[c][d]) / 2 >= benchmark:
                return True
    return False


def families(levels1: Sequence[Fraction], levels2: Sequence[Fraction], top_first: bool = False) -> Iterator[tuple[Matrix, Matrix, Matrix]]:
    """(U_1 of game 1, U_1 of game 2, U_2), in a fixed order; ``top_first`` keeps those whose first cell of U_2 has the highest level."""
    top = max(levels2)
    for second in matrices(levels2):
        if not top_first or second[0][0] == top:
            for one, two in combinations(matrices(levels1), 2):
                yield one, two, second


@lru_cache(maxsize=32)
def scan(levels1: tuple[Fraction, ...], levels2: tuple[Fraction, ...], top_first: bool = False) -> Scan:
    """Every family of these levels. Raises TooManyFamilies."""
    one, two = len(set(levels1)) ** 4, len(set(levels2)) ** (3 if top_first else 4)
    if one * (one - 1) // 2 * two > MOST_FAMILIES:
        raise TooManyFamilies(f"{one * (one - 1) // 2 * two} families are more than {MOST_FAMILIES}")
    scanned, programs = 0, 0
    found: Counter[tuple[Fraction, Fraction]] = Counter()
    for first, other, second in families(tuple(dict.fromkeys(levels1)), tuple(dict.fromkeys(levels2)), top_first):
        scanned += 1
        benchmark = (leading_column_value(first, second) + leading_column_value(other, second)) / 2
        if settled_by_cells(first, other, second, benchmark):
            continue
        programs += 1
        value = uninformed_value(first, other, second)
        if value < benchmark:
            found[benchmark, value] += 1
    rows = sorted(((b, r, number) for (b, r), number in found.items()), reverse=True)
    return Scan(scanned, programs, tuple(rows))


def family_game(first: Matrix, other: Matrix, second: Matrix) -> BayesianGame:
    """The family as a Bayesian game without signals."""
    channel = SignalChannel(((Fraction(1),), (Fraction(1),)))
    return BayesianGame((BimatrixGame(first, second), BimatrixGame(other, second)), (HALF, HALF), channel)


def uninformed_value(first: Matrix, other: Matrix, second: Matrix) -> Fraction:
    """R0 of the family. It does not change when actions or the two games are renamed, so one program serves all copies."""
    return _representative_value(min(_copies(first, other, second)))


def _copies(first: Matrix, other: Matrix, second: Matrix) -> Iterator[tuple[Matrix, Matrix, Matrix]]:
    """The family under all exchanges of rows, of columns and of the games."""
    for rows, columns in product((1, -1), repeat=2):
        one, two, common = (_reordered(matrix, rows, columns) for matrix in (first, other, second))
        yield one, two, common
        yield two, one, common


def _reordered(matrix: Matrix, rows: int, columns: int) -> Matrix:
    top, bottom = (row[::columns] for row in matrix[::rows])
    return (top[0], top[1]), (bottom[0], bottom[1])


@lru_cache(maxsize=65536)
def _representative_value(family: tuple[Matrix, Matrix, Matrix]) -> Fraction:
    value = solve(mimic_program(family_game(*family))).value
    if value is None:
        raise ValueError("R0 has no optimum")
    return value
