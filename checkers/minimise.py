"""Makes a counterexample small: simpler numbers, fewer of them, as long as it still violates. Exact; every candidate is tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

Point: TypeAlias = tuple[Fraction, ...]
Violates: TypeAlias = Callable[[Point], bool]

_DENOMINATORS = (*range(1, 101), 120, 150, 200, 250, 300, 400, 500, 700, 1_000, 2_000, 5_000, 10_000, 10**5, 10**6, 10**7, 10**8)
_SIMPLE_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 50, 100, 1_000, 10_000, 10**6)

_SMALL = 1_000


def complexity(point: Point) -> tuple[int, Fraction]:
    """What minimisation lowers: the digits (in bits) of the least common denominator and of all numerators over it, then the sum of sizes."""
    denominator = math.lcm(*(x.denominator for x in point))
    bits = denominator.bit_length() - 1 + sum((x.numerator * (denominator // x.denominator)).bit_length() for x in point)
    return bits, sum((abs(x) for x in point), Fraction(0))


def simplest(point: Sequence[Fraction], violates: Violates, attempts: int = 3_000) -> Point:
    """A point that violates, no more complex than the given one (which must violate): rounded as a whole, then number by number.

    Tries at most ``attempts`` candidates; deterministic.
    """
    trial = _Trial(violates, attempts)
    best: Point = tuple(point)
    while True:
        before = best
        best = _better(best, _rounded(best), trial)
        for i in range(len(best)):
            best = _better(best, _variants(best, i), trial)
        if best == before:
            return best


class _Trial:
    """Counts candidates and remembers those that were tried."""

    def __init__(self, violates: Violates, attempts: int) -> None:
        self._violates, self._left = violates, attempts
        self._known: set[Point] = set()

    def __call__(self, point: Point) -> bool:
        if self._left <= 0 or point in self._known:
            return False
        self._left -= 1
        self._known.add(point)
        return self._violates(point)


def _better(best: Point, candidates: Iterable[Point], trial: _Trial) -> Point:
    """The first candidate that is simpler and violates, or the point itself."""
    for candidate in candidates:
        if complexity(candidate) < complexity(best) and trial(candidate):
            return candidate
    return best


def _rounded(point: Point) -> Iterator[Point]:
    """The whole point on coarse grids, as it is and scaled so that its greatest or its least entry is 1 (for claims that ignore scale).

    Rounded to the nearest, and away from 0: an entry that is tiny and must not be 0 becomes one unit.
    """
    sizes = sorted(abs(x) for x in point if x)
    scales = [Fraction(1), *([1 / sizes[-1], 1 / sizes[0]] if sizes else [])]
    for denominator in _DENOMINATORS:
        for k, scale in enumerate(scales):
            nearest = [round(x * scale * denominator) for x in point]
            nonzero = [n or (x > 0) - (x < 0) for n, x in zip(nearest, point, strict=True)]
            for numerators in (nearest, nonzero):
                yield tuple(Fraction(n, denominator) for n in numerators)
                if k:
                    yield tuple(Fraction(n) for n in numerators)
    for denominator in _SIMPLE_DENOMINATORS:
        yield tuple(x.limit_denominator(denominator) for x in point)


def _variants(point: Point, i: int) -> Iterator[Point]:
    """The point with entry i simplified, simplest first."""
    x = point[i]
    values = [Fraction(0), Fraction(1), Fraction(round(x)), *(x.limit_denominator(d) for d in _SIMPLE_DENOMINATORS)]
    values += [other for k, other in enumerate(point) if k != i]
    if x.denominator == 1 and abs(x) > 1:
        values.append(Fraction(x.numerator // 2))
        if abs(x) < _SMALL:
            values.append(x - 1 if x > 0 else x + 1)
    seen: set[Fraction] = {x}
    for value in sorted(values, key=lambda v: (v.numerator.bit_length() + v.denominator.bit_length(), abs(v), v)):
        if value not in seen:
            seen.add(value)
            yield (*point[:i], value, *point[i + 1:])
