"""C18: Watts's condition for global cascades on a random graph with Poisson degrees.

f_K(z) = z·P(Poisson(z) <= K − 2) is the mean number of nodes that one active node activates in turn, where nodes of degree at most K are the ones that one
active neighbour suffices for. f_K rises to its only maximum and falls from there on; the window is where it exceeds 1.

Reference: D. J. Watts, A simple model of global cascades on random networks, PNAS 99 (2002), equation 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from exact import reals
from exact.balls import Ball, Undecidable
from exact.reals import Real

_STEPS = 110
_PROBES = (Fraction(1, 2), Fraction(5, 8), Fraction(3, 8))


def vulnerable_degree(threshold: Fraction) -> int:
    """K = ⌊1/φ⌋: the greatest degree at which one active neighbour is enough."""
    return floor(1 / threshold)


def partial_exponential(z: Real, last: int) -> Real:
    """Σ z^j/j! over 0 <= j <= last; 0 for last < 0."""
    total: Real = Fraction(0)
    term: Real = Fraction(1)
    for j in range(last + 1):
        total = total + term
        term = term * z / Fraction(j + 1)
    return total


def branching(z: Real, degree: int) -> Real:
    """f_K(z) = z·e^(−z)·Σ z^j/j! over j <= K − 2."""
    return z * partial_exponential(z, degree - 2) * reals.exp(-z)


def slope_factor(z: Real, degree: int) -> Real:
    """e^z·f_K'(z) = Σ z^j/j! (j <= K − 2) − z^(K−1)/(K−2)!, for K >= 2: it changes its sign once."""
    last: Real = Fraction(1)
    for j in range(1, degree - 1):
        last = last * z / Fraction(j)
    return partial_exponential(z, degree - 2) - last * z


def crossing(above: Callable[[Fraction], bool], lower: Fraction, upper: Fraction) -> Ball:
    """Where the answer changes between the two ends, by bisection; a point that the precision does not decide is passed over for one beside it."""
    first = above(lower)
    for _ in range(_STEPS):
        for part in _PROBES:
            middle = lower + part * (upper - lower)
            try:
                answer = above(middle)
            except Undecidable:
                continue
            lower, upper = (middle, upper) if answer == first else (lower, middle)
            break
        else:
            break
    return Ball.between(lower, upper)


@dataclass(frozen=True)
class Window:
    """The greatest value of f_K and the open interval where f_K > 1 (None: there is none)."""

    peak: Real
    ends: tuple[Ball, Ball] | None


def window(degree: int) -> Window:
    """The window at K >= 1, every number as a rigorous ball."""
    if degree < 2:
        return Window(Ball(0), None)
    top = crossing(lambda z: bool(reals.ball(slope_factor(Ball(z), degree)) > 0), Fraction(0), Fraction(degree))
    peak = branching(top, degree)
    if not peak > 1:
        return Window(peak, None)

    def exceeds(z: Fraction) -> bool:
        return bool(branching(Ball(z), degree) > 1)

    beyond = Fraction(2 * degree)
    while exceeds(beyond):
        beyond *= 2
    return Window(peak, (crossing(exceeds, Fraction(0), top.mid), crossing(exceeds, top.mid, beyond)))
