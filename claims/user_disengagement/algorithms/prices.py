"""Prices under churn (no memory, constant re-engagement): the price that maximises p·D̃(p) when a share h(p) leaves.

The churn is h(p) = c·p^m·(1 + p)^n with integers m >= 2, n >= −1, which is strictly convex for p > 0. Since p·D̃ ∝ pz/(z + h), z = κ + ρ, the
optimum solves z + h − p·h' = 0, that is h(p)(ε_h(p) − 1) = z with the churn elasticity ε_h = p·h'/h = m + n·p/(1 + p). The left side increases.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import arb, ctx, fmpz_poly

from exact.balls import Ball, to_arb
from exact.reals import Real


class NoInteriorPrice(ValueError):
    """The optimum is at the end of the price range."""


@dataclass(frozen=True)
class Churn:
    """h(p) = c·p^m·(1 + p)^n."""

    c: Fraction
    m: int
    n: int

    def at(self, p: Real) -> Real:
        """h(p)."""
        return self.c * p**self.m * ((1 + p) ** self.n if self.n >= 0 else 1 / (1 + p))

    def elasticity(self, p: Real) -> Real:
        """ε_h(p) = m + n·p/(1 + p)."""
        return self.m + self.n * p / (1 + p)

    def slope(self, p: Real) -> Real:
        """h'(p) = h·ε_h/p."""
        return self.at(p) * self.elasticity(p) / p


def patience(gamma: Fraction, rho: Fraction) -> Fraction:
    """z = (1 − γ)/γ + ρ; with γ = 1 (long-run average) z = ρ."""
    return (1 - gamma) / gamma + rho


def optimal_price(churn: Churn, z: Fraction, largest: Fraction) -> Real:
    """The one p > 0 with h(p)(ε_h(p) − 1) = z: exact where it is rational, else a ball. Raises NoInteriorPrice unless it is below ``largest``."""
    if churn.at(largest) * (churn.elasticity(largest) - 1) <= z:
        raise NoInteriorPrice("p_max: the optimum is not below p_max; the claim speaks of an interior optimum")
    polynomial = _condition(churn, z)
    for factor, _ in polynomial.factor()[1]:
        if factor.degree() == 1:
            root = Fraction(-int(factor[0]), int(factor[1]))
            if root > 0:
                return root
    return _enclosed(polynomial, largest)


def _condition(churn: Churn, z: Fraction) -> fmpz_poly:
    """c·p^m·((m − 1)(1 + p) + n·p)(1 + p)^(n+1) − z(1 + p)^2, over integers: the condition times (1 + p)^2. Its one positive root is the price."""
    scale = lcm(churn.c.denominator, z.denominator)
    p = fmpz_poly([0, 1])
    inner = (churn.m - 1) * (1 + p) + churn.n * p
    return int(churn.c * scale) * p**churn.m * inner * (1 + p) ** (churn.n + 1) - int(z * scale) * (1 + p) ** 2


def _enclosed(polynomial: fmpz_poly, high: Fraction) -> Ball:
    """Bisection by exact signs: negative at 0, positive at the right end, one change of sign."""
    low = Fraction(0)
    for _ in range(ctx.prec + 16):
        middle = (low + high) / 2
        value = Fraction(0)
        for coefficient in reversed(polynomial.coeffs()):
            value = value * middle + int(coefficient)
        low, high = (middle, high) if value < 0 else (low, middle)
    return Ball(arb((to_arb((low + high) / 2)).mid(), to_arb(high - low)))
