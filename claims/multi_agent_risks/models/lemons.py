"""The market for lemons with finitely many qualities (C15): which qualities trade at one price.

Qualities are 1/n, …, n/n, equally likely; quality q is worth q to its seller and αq to the buyer. At a price p the qualities up to p are offered, so k
qualities can trade exactly if the buyer's mean value α(k + 1)/2n of the k lowest is at least the k-th seller's value k/n.

Source: G. A. Akerlof, The market for "lemons", Quarterly Journal of Economics 84 (1970).
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from exact.reals import Real


def sustains(k: int, alpha: Real) -> bool:
    """Whether some price trades exactly the k lowest qualities, k >= 1: k <= α(k + 1)/2."""
    return bool(2 * k <= alpha * (k + 1))


def largest_sustained(n: int, alpha: Real) -> int:
    """The largest k <= n that some price sustains, found by search; 0 if there is none."""
    return next((k for k in range(n, 0, -1) if sustains(k, alpha)), 0)


def closed_form(n: int, alpha: Fraction) -> int:
    """min(n, ⌊α/(2 − α)⌋) for 1 < α < 2, and n from α = 2 on."""
    return n if alpha >= 2 else min(n, floor(alpha / (2 - alpha)))


def unravelling(n: int, alpha: Fraction) -> list[int]:
    """How many qualities are left, round by round, as the price falls to the buyer's mean value of what is offered, from all n on."""
    path = [n]
    while path[-1] > 0 and (left := min(path[-1], floor(alpha * (path[-1] + 1) / 2))) < path[-1]:
        path.append(left)
    return path
