"""All cycles of period three of multiplicative weights on two congested routes, by a rigorous scan.

In the logit s of the share x the map is g(s) = s − a(σ(s) − b), a, b as in :mod:`model_dynamics`. A cycle lies in the interval from s* − a(1 − b) to s* + ab,
where s* = ln(b/(1 − b)) is the only fixed point: its least point is the image of a point above s*, its greatest the image of one below. That interval is
cut into pieces until on each one G(s) = g³(s) − s has no zero, or is strictly monotone, so that the signs at its ends tell whether it has one. A zero
that is not s* has the exact period three, because g has no other fixed point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal, TypeAlias

from flint import arb, ctx

from exact.balls import Ball, to_arb, working_precision

Span: TypeAlias = tuple[arb, arb]
"""The ends of an interval, each an exact point."""

Verdict = Literal["no zero", "fixed point", "cycle", "open"]

_EFFORT = 4_000_000
"""The scan gives up after this many pieces times bits (it needs some dozens of pieces where cycles are not about to appear)."""
_BITS = 128
_MOST_BITS = 8192
_SPLIT = Fraction(487, 1000)
"""Where a piece is cut: off its middle, so that no symmetric zero falls on a cut."""


_HALF = arb(1) / 2


def _bits(a: Fraction) -> int:
    """Bits in which 1 − σ(s) is seen beside 1 all over the interval, whose length is about a."""
    return min(_BITS + 2 * ceil(a), _MOST_BITS)


@dataclass(frozen=True)
class Piece:
    """A piece of the scan, from ``lower`` to ``upper``, and what is proved there. ``open``: nothing."""

    lower: Fraction
    upper: Fraction
    verdict: Verdict


@dataclass(frozen=True)
class Orbit:
    """A cycle of period three: shares in order of visit from the smallest on, its multiplier, and whether that has modulus < 1."""

    shares: tuple[Ball, Ball, Ball]
    multiplier: Ball
    attracting: bool


@dataclass(frozen=True)
class Cycles:
    """What a scan found: the orbits, and whether it went through to the end."""

    orbits: tuple[Orbit, ...]
    complete: bool

    @property
    def exists(self) -> bool | None:
        """Whether there is a cycle of period three; None when the scan does not decide it."""
        return True if self.orbits else False if self.complete else None


class Routes:
    """The map for a > 0 and 0 < b < 1, on points and on intervals, at the working precision."""

    def __init__(self, a: Fraction, b: Fraction) -> None:
        self.a, self.b, self.ab = to_arb(a), to_arb(b), to_arb(a * b)
        self.fixed = to_arb(b / (1 - b)).log()

    def share(self, s: arb) -> arb:
        """σ(s) = 1/(1 + e^−s)."""
        return 1 / (1 + (-s).exp())

    def image(self, s: arb) -> arb:
        """g at a point."""
        return s - self.a * self.share(s) + self.ab

    def slope(self, s: arb) -> arb:
        """g′ = 1 − aσ(1 − σ) at a point."""
        share = self.share(s)
        return 1 - self.a * share * (1 - share)

    def gap(self, s: arb) -> arb:
        """G = g³ − id at a point."""
        return self.image(self.image(self.image(s))) - s

    def steepness(self, s: arb) -> arb:
        """The derivative of g³ at a point, or over a ball."""
        first = self.image(s)
        return self.slope(s) * self.slope(first) * self.slope(self.image(first))

    def trap(self) -> Span:
        """The interval that holds all cycles, rounded outwards."""
        return (self.fixed - self.a + self.ab).lower() - 1, (self.fixed + self.ab).upper() + 1

    def over(self, span: Span) -> tuple[Span, Span]:
        """What g and g′ take on an interval, from outside."""
        low, high = span
        left, right = self.share(low), self.share(high)
        steepest = to_arb(Fraction(1, 4)) if not (left > _HALF or right < _HALF) else (left * (1 - left)).max(right * (1 - right))
        flattest = (left * (1 - left)).min(right * (1 - right))
        slopes = (1 - self.a * steepest).lower(), (1 - self.a * flattest).upper()
        if slopes[0] >= 0:
            return (self.image(low).lower(), self.image(high).upper()), slopes
        if slopes[1] <= 0:
            return (self.image(high).lower(), self.image(low).upper()), slopes
        return ((low - self.a * right + self.ab).lower(), (high - self.a * left + self.ab).upper()), slopes


def _product(x: Span, y: Span) -> Span:
    corners = [p * q for p in x for q in y]
    low, high = corners[0], corners[0]
    for corner in corners[1:]:
        low, high = low.min(corner), high.max(corner)
    return low.lower(), high.upper()


def _verdict(routes: Routes, piece: Span) -> Verdict:
    """What the piece is proved to be."""
    span, slope = piece, (arb(1), arb(1))
    for _ in range(3):
        span, factor = routes.over(span)
        slope = _product(slope, factor)
    if span[0] > piece[1] or span[1] < piece[0]:
        return "no zero"
    if not (slope[0] > 1 or slope[1] < 1):
        return "no zero" if _mean_value(routes, piece, slope) else "open"
    left, right = routes.gap(piece[0]), routes.gap(piece[1])
    if (left > 0 and right > 0) or (left < 0 and right < 0):
        return "no zero"
    if not ((left > 0 and right < 0) or (left < 0 and right > 0)):
        return "open"
    if piece[0] < routes.fixed < piece[1]:
        return "fixed point"
    return "cycle" if piece[1] < routes.fixed or routes.fixed < piece[0] else "open"


def _mean_value(routes: Routes, piece: Span, slope: Span) -> bool:
    """Whether G(c) + (slope − 1)·(piece − c) excludes 0, c a point of the piece."""
    middle = ((piece[0] + piece[1]) / 2).mid()
    moves = _product((slope[0] - 1, slope[1] - 1), (piece[0] - middle, piece[1] - middle))
    gap = routes.gap(middle)
    return bool(gap + moves[0] > 0 or gap + moves[1] < 0)


def scan(a: Fraction, b: Fraction) -> list[Piece]:
    """Pieces that cover the interval that holds all cycles, each with its verdict, for a > 0 and 0 < b < 1; ``open`` where the scan gave up."""
    with working_precision(_bits(a)):
        return _pieces(Routes(a, b), _EFFORT // _bits(a))


def _pieces(routes: Routes, most: int) -> list[Piece]:
    stack, found = [routes.trap()], []
    split = to_arb(_SPLIT)
    while stack:
        piece = stack.pop()
        verdict = _verdict(routes, piece) if most > 0 else "open"
        most -= 1
        cut = (piece[0] + (piece[1] - piece[0]) * split).mid()
        if verdict == "open" and most > 0 and piece[0] < cut < piece[1]:
            stack += [(cut, piece[1]), (piece[0], cut)]
        else:
            found.append(Piece(Ball(piece[0]).mid, Ball(piece[1]).mid, verdict))
    return found


def cycles_of_three(a: Fraction, b: Fraction) -> Cycles:
    """Every cycle of period three, the one with the smallest share first."""
    pieces = scan(a, b)
    orbits = []
    with working_precision(2 * _bits(a) + 128):
        routes = Routes(a, b)
        for piece in pieces:
            if piece.verdict == "cycle":
                orbit = _orbit(routes, piece)
                if orbit is not None:
                    orbits.append(orbit)
    return Cycles(tuple(orbits), all(piece.verdict != "open" for piece in pieces))


def _orbit(routes: Routes, piece: Piece) -> Orbit | None:
    """The orbit of the zero in the piece, if the zero is its smallest point."""
    first = _zero(routes, piece)
    points = [first, routes.image(first), routes.image(routes.image(first))]
    if not (points[0] < points[1] and points[0] < points[2]):
        return None
    multiplier = routes.steepness(first)
    one, two, three = (Ball(routes.share(point)) for point in points)
    return Orbit((one, two, three), Ball(multiplier), bool(abs(multiplier) < 1))


def _zero(routes: Routes, piece: Piece) -> arb:
    """The only zero of the monotone G in the piece: by bisection, and by Newton's interval step as soon as that does better."""
    low, high = to_arb(piece.lower), to_arb(piece.upper)
    rising = routes.gap(high) > 0
    for _ in range(ctx.prec):
        middle, span = ((low + high) / 2).mid(), low.union(high)
        gap, slope = routes.gap(middle), routes.steepness(span) - 1
        if slope.contains(0):
            if gap.contains(0):
                break
            low, high = (low, middle) if (gap > 0) == rising else (middle, high)
        else:
            closer = (middle - gap / slope).intersection(span)
            if closer.rad() * 2 > span.rad():
                return closer
            low, high = closer.lower(), closer.upper()
    return low.union(high)
