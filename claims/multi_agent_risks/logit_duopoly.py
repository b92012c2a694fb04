"""The logit duopoly of Calvano et al. (2020): Nash, monopoly and deviation prices as rigorous balls, the price grid and its equilibria.

Two firms with cost ``COST`` sell products of quality ``QUALITY``; firm i sells exp((a − p_i)/μ) / (1 + Σ_j exp((a − p_j)/μ)). Everything is written in
:mod:`exact.reals`, so it runs on balls and on recording numbers alike. The radius of a ball follows the working precision.

Why each first-order condition has one root, and that root is the maximum: the share q falls in the own price and lies in (0, 1), so
p − c − μ/(1 − q) rises strictly from a negative to a positive value, and d log(profit)/dp = 1/(p − c) − (1 − q)/μ has the opposite sign. For the joint
profit Π, each price satisfies p_i − c = μ + Π, so both are equal, and the same holds with 2q in place of q.

Source: E. Calvano, G. Calzolari, V. Denicolò, S. Pastorello, Artificial intelligence, algorithmic pricing, and collusion, American Economic Review 110
(2020), section III.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real, argmax, exp, log
from exact.roots import certified_root

QUALITY = Fraction(2)
COST = Fraction(1)
DIFFERENTIATION = Fraction(1, 4)
"""a, c and μ of the demand system."""
EXTENSION = Fraction(1, 10)
"""ξ: how far the price grid reaches beyond the Nash and the monopoly price, in units of their distance."""

_NASH_GUESS = Fraction(147, 100)
_MONOPOLY_GUESS = Fraction(192, 100)
_DEVIATION_GUESS = Fraction(166, 100)


def attraction(price: Real) -> Real:
    """exp((a − p)/μ)."""
    return exp((QUALITY - price) / DIFFERENTIATION)


def demand(own: Real, other: Real) -> Real:
    """The share that a firm sells at its own price, beside a rival's price."""
    return attraction(own) / (1 + attraction(own) + attraction(other))


def profit(own: Real, other: Real) -> Real:
    """(p − c)·q."""
    return (own - COST) * demand(own, other)


def consumer_surplus(first: Real, second: Real) -> Real:
    """μ·log(1 + Σ_j exp((a − p_j)/μ)), the surplus over buying nothing."""
    return DIFFERENTIATION * log(1 + attraction(first) + attraction(second))


def nash_price() -> Real:
    """p^N, the price of the only symmetric Nash equilibrium: (p − c)(1 − q) = μ."""
    return certified_root(lambda x: [(x[0] - COST) * (1 - demand(x[0], x[0])) - DIFFERENTIATION], [_NASH_GUESS])[0]


def monopoly_price() -> Real:
    """p^M, the price that maximises the joint profit: (p − c)(1 − 2q) = μ."""
    return certified_root(lambda x: [(x[0] - COST) * (1 - 2 * demand(x[0], x[0])) - DIFFERENTIATION], [_MONOPOLY_GUESS])[0]


def deviation_price() -> Real:
    """The best reply to p^M: (p − c)(1 − q(p, p^M)) = μ."""
    def conditions(x: tuple[Real, ...]) -> list[Real]:
        best, monopoly = x
        return [
            (best - COST) * (1 - demand(best, monopoly)) - DIFFERENTIATION,
            (monopoly - COST) * (1 - 2 * demand(monopoly, monopoly)) - DIFFERENTIATION,
        ]

    return certified_root(lambda x: conditions(tuple(x)), [_DEVIATION_GUESS, _MONOPOLY_GUESS])[0]


@dataclass(frozen=True)
class Prices:
    """The Nash and the monopoly price, and what a firm earns at them."""

    nash: Real
    monopoly: Real

    @property
    def nash_profit(self) -> Real:
        """π^N: a firm's profit when both charge p^N."""
        return profit(self.nash, self.nash)

    @property
    def monopoly_profit(self) -> Real:
        """π^M: a firm's profit when both charge p^M."""
        return profit(self.monopoly, self.monopoly)

    def gain(self, mean_profit: Real) -> Real:
        """Δ = (π − π^N)/(π^M − π^N): 0 at the Nash, 1 at the monopoly profit."""
        return (mean_profit - self.nash_profit) / (self.monopoly_profit - self.nash_profit)

    def grid(self, size: int) -> tuple[Real, ...]:
        """``size`` >= 2 equispaced prices from p^N − ξ(p^M − p^N) to p^M + ξ(p^M − p^N), ascending. Raises ValueError for fewer."""
        if size < 2:
            raise ValueError(f"a grid of {size} prices, where at least 2 are due")
        width = self.monopoly - self.nash
        low = self.nash - EXTENSION * width
        return tuple(low + Fraction(k, size - 1) * (1 + 2 * EXTENSION) * width for k in range(size))


def prices() -> Prices:
    """p^N and p^M at the working precision."""
    return Prices(nash_price(), monopoly_price())


def profit_matrix(grid: tuple[Real, ...]) -> tuple[tuple[Real, ...], ...]:
    """π(a, b): the profit of a firm with price number a beside a rival with price number b."""
    return tuple(tuple(profit(own, other) for other in grid) for own in grid)


@dataclass(frozen=True)
class GridEquilibrium:
    """A pure Nash equilibrium of the one-shot game on the grid: the two price numbers, the prices, and Δ of the mean profit."""

    indices: tuple[int, int]
    prices: tuple[Real, Real]
    gain: Real


def grid_equilibria(size: int) -> tuple[GridEquilibrium, ...]:
    """Every pure equilibrium on the grid of ``size`` prices, by Δ ascending. Raises Undecidable where two profits cannot be told apart."""
    found = prices()
    grid = found.grid(size)
    matrix = profit_matrix(grid)
    replies = [argmax([matrix[own][other] for own in range(size)]) for other in range(size)]
    pairs = [(own, other) for other in range(size) for own in replies[other] if other in replies[own]]
    ordered = sorted(pairs, key=lambda pair: (pair[0] + pair[1], pair))
    equilibria = [
        GridEquilibrium((i, j), (grid[i], grid[j]), found.gain((matrix[i][j] + matrix[j][i]) / 2)) for i, j in ordered
    ]
    return tuple(sorted(equilibria, key=lambda equilibrium: equilibrium.gain.mid))


def critical_discount() -> Real:
    """δ* = (π^D − π^M)/(π^D − π^N): grim reversion to the Nash price sustains p^M exactly from there on."""
    found, deviation = prices(), deviation_price()
    best = profit(deviation, found.monopoly)
    return (best - found.monopoly_profit) / (best - found.nash_profit)
