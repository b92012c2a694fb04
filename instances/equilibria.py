"""Nash equilibria of two-player games, exactly: all of a 2×2 game, the extreme ones of any, and those that support enumeration finds.

* `components` describes every equilibrium of a 2×2 game, degenerate or not, as a union of rectangles of mixtures.
* `extreme_equilibria` gives the vertices of the equilibrium set (O. L. Mangasarian, "Equilibrium points of bimatrix games", J. SIAM 12, 1964). The set is a
  union of products of polytopes with these vertices, and payoffs are bilinear, so the least and the greatest equilibrium payoff stand at extreme equilibria.
* `support_enumeration` (J. Dickhaut, T. Kaplan, 1991) solves the indifference equations for every pair of supports of equal size. In a nondegenerate game
  these are all equilibria; `is_nondegenerate` decides that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import comb

from exact import linear_algebra
from exact.reals import Real
from instances.errors import InstanceError
from instances.games import NormalFormGame
from instances.stage_games import BimatrixGame, transposed

MOST_VERTICES = 20_000
"""Candidate vertices per polytope; a larger game is refused."""

Rows = Sequence[Sequence[Fraction]]
Interval = tuple[Real, Real]
Tight = tuple[int, ...]


class TooManyVertices(ValueError):
    """The game is too large for vertex enumeration."""


@dataclass(frozen=True)
class Equilibrium:
    """A pair of mixtures and both payoffs."""

    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]
    first: Fraction
    second: Fraction


# Any bimatrix game


def extreme_equilibria(game: BimatrixGame) -> list[Equilibrium]:
    """Every extreme equilibrium, degenerate game or not. Raises TooManyVertices."""
    _require_small(game)
    rows_of_second = transposed(game.second)
    left = _vertices(rows_of_second)
    right = _vertices(game.first)
    return [
        Equilibrium(x, y, first, second)
        for x, second in left
        for y, first in right
        if _complementary(x, game.first, y, first) and _complementary(y, rows_of_second, x, second)
    ]


def is_nondegenerate(game: BimatrixGame) -> bool:
    """Whether no mixture with k actions has more than k pure best replies. Raises TooManyVertices.

    A mixture with too many best replies lies on a face of the best-reply polytope, all of whose vertices have as many tight inequalities; so it is enough to
    count at the vertices: as many as the mixture has coordinates.
    """
    _require_small(game)
    return all(
        sum(z == 0 for z in point) + sum(_dot(row, point) == value for row in payoffs) == len(point)
        for payoffs in (game.first, transposed(game.second))
        for point, value in _vertices(payoffs)
    )


def support_enumeration(game: BimatrixGame) -> list[Equilibrium]:
    """The equilibria whose supports have equal size and determine them: all of them where the game is nondegenerate."""
    rows_of_second = transposed(game.second)
    found = []
    for size in range(1, min(game.rows, game.columns) + 1):
        for mine, other in product(combinations(range(game.rows), size), combinations(range(game.columns), size)):
            columns, rows = _solve(game.first, other, mine), _solve(rows_of_second, mine, other)
            if columns is None or rows is None:
                continue
            (y, first), (x, second) = columns, rows
            full_x, full_y = _spread(x, mine, game.rows), _spread(y, other, game.columns)
            best = all(_dot(row, full_y) <= first for row in game.first) and all(_dot(row, full_x) <= second for row in rows_of_second)
            if best and all(p > 0 for p in (*x, *y)):
                found.append(Equilibrium(full_x, full_y, first, second))
    return found


def _require_small(game: BimatrixGame) -> None:
    if comb(game.rows + game.columns, game.rows) > MOST_VERTICES:
        raise TooManyVertices(f"a {game.rows}×{game.columns} game has too many candidate vertices for the enumeration of its equilibria")


def _dot(row: Sequence[Real], point: Sequence[Real]) -> Real:
    return sum((u * z for u, z in zip(row, point, strict=True)), Fraction(0))


def _spread(mixture: Sequence[Fraction], support: Sequence[int], size: int) -> tuple[Fraction, ...]:
    """The mixture with zeros outside its support."""
    weights = dict(zip(support, mixture, strict=True))
    return tuple(weights.get(j, Fraction(0)) for j in range(size))


def _complementary(mine: Sequence[Fraction], payoffs: Rows, other: Sequence[Fraction], value: Fraction) -> bool:
    """Whether every action in use earns the best reply's value against the other's mixture."""
    return all(p == 0 or _dot(row, other) == value for p, row in zip(mine, payoffs, strict=True))


def _vertices(payoffs: Rows) -> list[tuple[tuple[Fraction, ...], Fraction]]:
    """The vertices (z, v) of {z a mixture, payoffs·z <= v} at which some inequality payoffs·z <= v is tight."""
    return list(dict.fromkeys(_candidates(payoffs)))


def _candidates(payoffs: Rows) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
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
        full = _spread(mixture, support, size)
        if all(z >= 0 for z in full) and all(_dot(row, full) <= value for row in payoffs):
            yield full, value


def _solve(payoffs: Rows, support: Sequence[int], best: Sequence[int]) -> tuple[list[Fraction], Fraction] | None:
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


# 2×2 games


@dataclass(frozen=True)
class Component:
    """A rectangle of equilibria: the row player plays her first action with any probability in ``p``, the column player his with any in ``q``."""

    p: Interval
    q: Interval

    def within(self, other: Component) -> bool:
        """Whether the other rectangle holds this one."""
        return all(b[0] <= a[0] and a[1] <= b[1] for a, b in ((self.p, other.p), (self.q, other.q)))

    @property
    def corners(self) -> list[tuple[Real, Real]]:
        """The extreme equilibria of the rectangle."""
        return [(p, q) for p in dict.fromkeys(self.p) for q in dict.fromkeys(self.q)]


def components(game: NormalFormGame) -> list[Component]:
    """All equilibria of a 2×2 game as the largest rectangles of mixtures that hold nothing else; a single equilibrium is a rectangle that is a point.

    The row player may play p = 1 where her first action is no worse, p = 0 where the second is no worse, any p where they are worth the same; each of these is
    an interval of q; and likewise for the column player. So there are nine rectangles, some of them empty or inside others.
    """
    first, second = (lead(game, player) for player in (0, 1))
    found: list[Component] = []
    for mine, sign in _WAYS:
        for other, other_sign in _WAYS:
            p, q = _intersection(mine, _where(second, other_sign)), _intersection(other, _where(first, sign))
            if p is not None and q is not None:
                found.append(Component(p, q))
    largest = [one for one in found if not any(one != two and one.within(two) for two in found)]
    return sorted(set(largest), key=lambda one: (one.p, one.q), reverse=True)


_WAYS: tuple[tuple[Interval, int], ...] = (((Fraction(1), Fraction(1)), 1), ((Fraction(0), Fraction(0)), -1), ((Fraction(0), Fraction(1)), 0))
"""Which mixtures a player may use: her first action where it leads by >= 0, her second where it leads by <= 0, any where it leads by 0."""


def lead(game: NormalFormGame, player: int) -> tuple[Real, Real]:
    """By how much a player's first action beats her second when the other plays his first, and his second, action. Raises InstanceError unless 2×2."""
    if game.actions != (2, 2):
        raise InstanceError("actions", f"{game.actions}, where two players with two actions each are due")
    cc, cd, dc, dd = game.of(player)
    return (cc - dc, cd - dd) if player == 0 else (cc - cd, dc - dd)


def _where(ends: tuple[Real, Real], sign: int) -> Interval | None:
    """The weights t in [0, 1] of the first end at which t·ends[0] + (1 − t)·ends[1] is >= 0 (sign 1), <= 0 (−1), or 0 (0); None if there are none."""
    one, zero = ends
    if sign == 0:
        if one == zero == 0:
            return Fraction(0), Fraction(1)
        if one == zero:
            return None
        t = zero / (zero - one)
        return (t, t) if 0 <= t <= 1 else None
    one, zero = sign * one, sign * zero
    if one >= 0 and zero >= 0:
        return Fraction(0), Fraction(1)
    if one < 0 and zero < 0:
        return None
    t = zero / (zero - one)
    return (Fraction(0), t) if one < 0 else (t, Fraction(1))


def _intersection(one: Interval, two: Interval | None) -> Interval | None:
    if two is None:
        return None
    low, high = max(one[0], two[0]), min(one[1], two[1])
    return (low, high) if low <= high else None


def interior_mixture(game: NormalFormGame) -> tuple[Real, Real] | None:
    """(p, q) of the equilibrium of a 2×2 game in which both players really mix, where there is exactly one; else None."""
    (a, b), (c, d) = lead(game, 0), lead(game, 1)
    if not (a * b < 0 and c * d < 0):
        return None
    return d / (d - c), b / (b - a)


def mixed_pair(p: Real, q: Real) -> tuple[tuple[Real, Real], tuple[Real, Real]]:
    """The two mixtures in which the first actions have these probabilities."""
    return (p, 1 - p), (q, 1 - q)
