"""Continuous local search on the coordinates of instances: finds candidates in floats, decides nothing.

Two methods share a budget of evaluations: L-BFGS with difference quotients from each start (smooth valleys), then differential evolution on all
starts together (kinks, plateaus). Coordinates that are never negative are searched as squares, those that stay in [0, 1] as a smooth periodic
function, so that the ends of a range are ordinary points. Plain Python arithmetic and ``random`` only: the same path on every machine.

Sources: J. Nocedal, Updating quasi-Newton matrices with limited storage, Math. Comp. 35 (1980). R. Storn, K. Price, Differential evolution,
J. Global Optim. 11 (1997).
"""

from __future__ import annotations

import itertools
import math
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

Vector: TypeAlias = list[float]
Objective: TypeAlias = Callable[[Sequence[Fraction]], float]
"""What is made small; infinite outside the domain."""

_STEP = 2.0**-18
_MEMORY = 10
_MANTISSA = 30
_TINY = 2.0**-60
_HALVINGS = 30
_POPULATION = 24
_SHARES = 6


class OutOfBudget(Exception):
    """The evaluations are used up."""


@dataclass(frozen=True)
class Chart:
    """How one coordinate is searched: ``free`` as it is, ``positive`` as a square, ``unit`` as a smooth wave between 0 and 1."""

    kind: str

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> Chart:
        """The narrowest chart that has all these values."""
        if min(values) < 0:
            return cls("free")
        return cls("unit" if max(values) <= 1 else "positive")

    def value(self, t: float) -> float:
        """The coordinate at the search variable t."""
        if self.kind == "free":
            return t
        if self.kind == "positive":
            return t * t
        u = abs(math.remainder(t, 2.0))
        return u * u * (3.0 - 2.0 * u)

    def inverse(self, x: float) -> float:
        """A search variable at which the coordinate is x (nearly)."""
        if self.kind == "free":
            return x
        if self.kind == "positive":
            return math.sqrt(max(x, 0.0))
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if self.value(middle) < x else (low, middle)
        return low


def short(value: float) -> Fraction:
    """A rational with a short binary expansion near the float: keeps exact evaluation cheap."""
    if abs(value) < _TINY:
        return Fraction(0)
    mantissa, exponent = math.frexp(value)
    numerator, shift = round(mantissa * 2**_MANTISSA), exponent - _MANTISSA
    return Fraction(numerator << shift) if shift >= 0 else Fraction(numerator, 1 << -shift)


@dataclass
class Search:
    """One search: the objective on coordinates, the charts, and what has been spent and found.

    A negative value is a violation. Once one is found, the search goes on as long as it deepens by a twentieth every ``patience`` evaluations: a
    deep violation survives rounding to small numbers.
    """

    objective: Objective
    charts: Sequence[Chart]
    evaluations: int
    patience: int
    best: float = math.inf
    point: tuple[Fraction, ...] = ()
    spent: int = 0
    _deep: float = field(default=0.0, init=False)

    def at(self, t: Sequence[float]) -> float:
        """The objective at search variables. Raises OutOfBudget."""
        if self.spent >= self.evaluations:
            raise OutOfBudget
        self.spent += 1
        point = tuple(short(chart.value(x)) for chart, x in zip(self.charts, t, strict=True))
        value = self.objective(point)
        if value < self.best:
            self._note(value, point)
        return value

    def _note(self, value: float, point: tuple[Fraction, ...]) -> None:
        """Keep the best point; as long as a violation gets clearly deeper, there is budget to deepen it further."""
        if value < 0 and value < self._deep * 1.05:
            self.evaluations = self.spent + self.patience
            self._deep = value
        self.best, self.point = value, point


def search(run: Search, starts: Sequence[Sequence[Fraction]], seed: int) -> None:
    """Spend the budget of ``run`` from the starts, most promising first; the result is in ``run.best`` and ``run.point``."""
    rng = random.Random(seed)
    variables = [[chart.inverse(float(x)) for chart, x in zip(run.charts, start, strict=True)] for start in starts]
    share = run.evaluations // _SHARES
    try:
        for nudge in itertools.count(1):
            reached = [_descend(run, _nudged(t, 0.2 * nudge, rng), share) for t in variables]
            _evolve(run, [*reached, *variables], rng)
    except OutOfBudget:
        return


def _nudged(t: Sequence[float], size: float, rng: random.Random) -> Vector:
    return [x + size * _normal(rng) for x in t]


def _normal(rng: random.Random) -> float:
    """Nearly normal, by arithmetic that is the same everywhere (a sum of twelve uniform numbers)."""
    return sum(rng.random() for _ in range(12)) - 6.0


def _descend(run: Search, t: Vector, share: int) -> Vector:
    """L-BFGS with backtracking, until no step helps or a share of the budget is spent without a violation."""
    last, value = run.spent + share, run.at(t)
    if not math.isfinite(value):
        return t
    gradient = _gradient(run, t, value)
    pairs: deque[tuple[Vector, Vector]] = deque(maxlen=_MEMORY)
    while any(gradient) and (run.spent < last or value < 0):
        direction = _direction(gradient, pairs)
        slope = _dot(direction, gradient)
        if slope >= 0:
            pairs.clear()
            direction, slope = [-g for g in gradient], -_dot(gradient, gradient)
        step = 1.0 if pairs else min(1.0, 0.5 / math.sqrt(-slope))
        found = _backtrack(run, t, value, direction, slope, step)
        if found is None:
            if not pairs:
                return t
            pairs.clear()
            continue
        moved, lower = found
        following = _gradient(run, moved, lower)
        s, y = [a - b for a, b in zip(moved, t, strict=True)], [a - b for a, b in zip(following, gradient, strict=True)]
        if _dot(s, y) > 1e-10 * math.sqrt(_dot(s, s) * _dot(y, y)):
            pairs.append((s, y))
        stalled = value - lower <= 1e-15 * abs(value)
        t, value, gradient = moved, lower, following
        if stalled:
            return t
    return t


def _gradient(run: Search, t: Vector, value: float) -> Vector:
    """Difference quotients; backward where forward leaves the domain."""
    gradient = []
    for i, x in enumerate(t):
        for step in (_STEP, -_STEP):
            shifted = run.at([*t[:i], x + step, *t[i + 1:]])
            if math.isfinite(shifted):
                gradient.append((shifted - value) / step)
                break
        else:
            gradient.append(0.0)
    return gradient


def _direction(gradient: Vector, pairs: Sequence[tuple[Vector, Vector]]) -> Vector:
    """The quasi-Newton direction of Nocedal's two loops."""
    q = [-g for g in gradient]
    weights = []
    for s, y in reversed(pairs):
        weight = _dot(s, q) / _dot(s, y)
        weights.append(weight)
        q = [a - weight * b for a, b in zip(q, y, strict=True)]
    if pairs:
        s, y = pairs[-1]
        scale = _dot(s, y) / _dot(y, y)
        q = [scale * a for a in q]
    for (s, y), weight in zip(pairs, reversed(weights), strict=True):
        correction = weight - _dot(y, q) / _dot(s, y)
        q = [a + correction * b for a, b in zip(q, s, strict=True)]
    return q


def _backtrack(run: Search, t: Vector, value: float, direction: Vector, slope: float, step: float) -> tuple[Vector, float] | None:
    for _ in range(_HALVINGS):
        moved = [x + step * d for x, d in zip(t, direction, strict=True)]
        lower = run.at(moved)
        if lower <= value + 1e-4 * step * slope and lower < value:
            return moved, lower
        step /= 2
    return None


def _dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _evolve(run: Search, starts: Sequence[Vector], rng: random.Random, generations: int = 60) -> None:
    """Differential evolution towards the best, on the starts and random neighbours of them."""
    members = [list(t) for t in starts[:_POPULATION]]
    members += [_nudged(starts[k % len(starts)], 0.5, rng) for k in range(_POPULATION - len(members))]
    values = [run.at(t) for t in members]
    dimension = len(members[0])
    for _ in range(generations):
        for k, member in enumerate(members):
            best = members[min(range(len(members)), key=values.__getitem__)]
            a, b = members[rng.randrange(len(members))], members[rng.randrange(len(members))]
            factor, forced = 0.4 + 0.6 * rng.random(), rng.randrange(dimension)
            trial = [
                x + factor * (best[i] - x) + factor * (a[i] - b[i]) if i == forced or rng.random() < 0.7 else x
                for i, x in enumerate(member)
            ]
            value = run.at(trial)
            if value <= values[k]:
                members[k], values[k] = trial, value
