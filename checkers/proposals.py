"""Where an inequality may fail: points proposed in floats, which never decide.

Special and random points of the domain, tails included; ends of descents of the gap between the two sides; and Newton's method with many digits for
minima that floats cannot tell from 0. :mod:`checkers.counterexamples` decides exactly about each proposal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from checkers.landscapes import Landscape, Point, clamped
from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import BoxFunction, multivariate
from exact.intervals import Undefined
from exact.simplest import simplest_between

_SAMPLES = {1: 3000}
_MORE_SAMPLES = 8000
_STARTS = 8
_POLISHED = 3
_POLISHING_STEPS = 8
_FEW_VARIABLES = 4
_SIMPLE_RADII = (Fraction(1, 10**3), Fraction(1, 10**6), Fraction(1, 10**9))


def proposals(landscape: Landscape, seed: int) -> Iterator[Point]:
    """Points worth an exact look, the most promising first."""
    import numpy as np

    if landscape.size == 0:
        yield ()
        return
    rng = np.random.default_rng(seed)
    columns = landscape.samples(rng, _SAMPLES.get(landscape.size, _MORE_SAMPLES))
    gaps, scaled = landscape.gaps(columns)
    promising = [int(i) for i in np.lexsort((gaps, scaled)) if np.isfinite(scaled[i])]
    violating = [i for i in promising if scaled[i] < 1e-9]
    for i in [*violating[:12], *violating[:: max(1, len(violating) // 12)][:12]]:
        yield landscape.rational(columns[:, i])
    by_gap = [int(i) for i in np.argsort(gaps)[:_STARTS] if np.isfinite(gaps[i])]
    starts = list(dict.fromkeys([*promising[:_STARTS], *by_gap[:_STARTS // 2]]))
    if starts:
        yield from _around_minima(landscape, columns[:, starts], rng)


def _around_minima(landscape: Landscape, starts: Any, rng: Any) -> Iterator[Point]:
    """The ends of descents from several starts, the simple points near them, and what Newton's method makes of the best ones."""
    import numpy as np

    for kind in (0, 1):
        ends = landscape.descended(starts, kind, rng)
        order = [int(i) for i in np.argsort(landscape.gaps(ends)[kind])]
        for rank, i in enumerate(order):
            point = landscape.rational(ends[:, i])
            yield point
            yield from _simple_neighbours(landscape, point)
            if rank < _POLISHED and landscape.size <= _FEW_VARIABLES:
                yield from _polished(landscape, point)
    searches = 1 if landscape.size <= _FEW_VARIABLES else starts.shape[1]
    for i in range(min(searches, starts.shape[1])):
        for kind in (0, 1):
            for point in landscape.minimised(starts[:, i], kind):
                yield point
                yield from _simple_neighbours(landscape, point)


def touching_values(landscape: Landscape, v: int) -> list[Fraction]:
    """Simple values of variable v near minima at which the gap nearly closes."""
    import numpy as np

    rng = np.random.default_rng(0)
    columns = landscape.samples(rng, 400)
    _, scaled = landscape.gaps(columns)
    starts = [int(i) for i in np.argsort(scaled)[:3] if np.isfinite(scaled[i])]
    found: dict[Fraction, None] = {}
    for column in landscape.descended(columns[:, starts], 1, rng).T if starts else ():
        x = landscape.rational(column)[v]
        near = simplest_between(x - Fraction(1, 10**4), x + Fraction(1, 10**4))
        if near.denominator <= 20 and abs(near) <= 100:
            found[near] = None
    return list(found)


def _simple_neighbours(landscape: Landscape, point: Point) -> Iterator[Point]:
    """The simplest rational points near a point: a violation by equality often sits at one of them."""
    domain = landscape.statement.domain
    for radius in _SIMPLE_RADII:
        yield landscape.determined([clamped(simplest_between(x - radius, x + radius), side) for x, side in zip(point, domain, strict=True)])


def _polished(landscape: Landscape, point: Point) -> Iterator[Point]:
    """Newton's method on the gradient of the gap, with many digits."""
    if landscape.eliminations:
        return
    statement, program = landscape.statement, landscape.program
    free = [v for v, (x, side) in enumerate(zip(point, statement.domain, strict=True)) if x not in side]
    function = BoxFunction(program.program, [program.left, program.right])
    for _ in range(_POLISHING_STEPS):
        step = _newton_step(landscape, function, point, free)
        if step is None:
            return
        moved = list(point)
        for v, change in zip(free, step, strict=True):
            moved[v] = clamped(_significant(point[v] - change), statement.domain[v])
        point = tuple(moved)
    yield point


def _newton_step(landscape: Landscape, function: BoxFunction, point: Point, free: Sequence[int]) -> list[Fraction] | None:
    from flint import fmpq_mat

    bits, n, program = 256, len(point), landscape.program
    try:
        with working_precision(bits + 16):
            box = [iv.point(x) for x in point]
            branches = function.branches(function.values(box, bits))
            jets = function.jets(box, multivariate(n, 2), branches, bits)
    except Undefined:
        return None
    difference = [iv.subtract(b, a) for a, b in zip(jets[program.left], jets[program.right], strict=True)]
    if not free or not all(x.bounded for x in difference):
        return None
    middles = [(x.lo + x.hi) / 2 for x in difference]
    place, index = {}, 1 + n
    for v in range(n):
        for w in range(v, n):
            place[v, w] = index
            index += 1
    hessian = fmpq_mat(len(free), len(free), [middles[place[min(v, w), max(v, w)]] * (2 if v == w else 1) for v in free for w in free])
    try:
        solution = hessian.solve(fmpq_mat(len(free), 1, [middles[1 + v] for v in free]))
    except ZeroDivisionError:
        return None
    return [iv.fraction(solution[i, 0]) for i in range(len(free))]


def _significant(x: Fraction, bits: int = 200) -> Fraction:
    """Rounded to this many significant bits."""
    if x == 0:
        return x
    scale = Fraction(2) ** (bits - (abs(x.numerator).bit_length() - x.denominator.bit_length()))
    return Fraction(round(x * scale)) / scale
