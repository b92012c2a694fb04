"""Finite-sample radii, and exact binomial probabilities to hold against them.

The constants are those of the formal restatement of the paper (nikhgarg/AppliedModelingLib, GolzHaghtalabYang2025Distortion).
n users answer d pairs each; μ_min is the least sampling weight, δ the failure probability.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from claims.alignment_distortion.model import total
from exact import reals
from exact.balls import Ball
from exact.reals import Real

# Radii


def win_rate_radius(m: int, n: int, d: int, mu_min: Fraction, delta: Fraction, constants: tuple[Real, Real] = (8, 16)) -> Real:
    """e₁₀ = 8√(Λ/(n·min{1, dμ²_min})) + 16Λ/(nμ²_min), Λ = ln(4m²/δ): the radius of Lemma 10 for all empirical win rates at once."""
    logarithm = reals.log(Fraction(4 * m * m) / delta)
    effective = n * min(Fraction(1), d * mu_min * mu_min)
    return constants[0] * reals.sqrt(logarithm / effective) + constants[1] * logarithm / (n * mu_min * mu_min)


def win_rate_radius_without_minimum(m: int, n: int, d: int, mu_min: Fraction, delta: Fraction) -> Real:
    """What Lemma 10 would say if the nd answers were independent: n·d in place of n·min{1, …} and n. False for correlated users."""
    return win_rate_radius(m, n * d, 1, mu_min, delta)


def borda_radius(m: int, n: int, d: int, mu_min: Fraction, delta: Fraction) -> Real:
    """e = 20√(Λ/(n·min{1, dμ²_min})) + 8(m+1)Λ/(nμ_min), Λ = ln(8m²/δ): the radius of Lemma 11 for all Borda scores at once."""
    logarithm = reals.log(Fraction(8 * m * m) / delta)
    effective = n * min(Fraction(1), d * mu_min * mu_min)
    return 20 * reals.sqrt(logarithm / effective) + 8 * (m + 1) * logarithm / (n * mu_min)


def borda_radius_without_minimum(m: int, n: int, d: int, mu_min: Fraction, delta: Fraction) -> Real:
    """Lemma 11's radius with n·dμ²_min in place of n·min{1, dμ²_min}. False for correlated users."""
    logarithm = reals.log(Fraction(8 * m * m) / delta)
    return 20 * reals.sqrt(logarithm / (n * d * mu_min * mu_min)) + 8 * (m + 1) * logarithm / (n * mu_min)


# Binomial probabilities. They run on any kind of number: exact for a fraction p, a ball for a ball p.


def binomial_mass(n: int, k: int, p: Real) -> Real:
    """P(Bin(n, p) = k), 0 < p < 1. For a ball p by logarithms, which keep large powers in range."""
    from flint import arb, fmpz

    if isinstance(p, Ball):
        return _power_mass(n, k, p, reals.log(Ball(arb.bin_uiui(n, k))))
    return int(fmpz.bin_uiui(n, k)) * p**k * (1 - p) ** (n - k)


def binomial_mass_above(n: int, k: int, p: Real) -> Real:
    """An upper bound of P(Bin(n, p) = k) within a relative 2^−250, for any n: short enough to be recorded when p is irrational and n is a million."""
    from flint import fmpz

    if isinstance(reals.plain(p), Fraction):
        return binomial_mass(n, k, p)
    ways = int(fmpz.bin_uiui(n, k))
    shift = max(0, ways.bit_length() - 256)
    return _power_mass(n, k, p, reals.log(Fraction((ways >> shift) + 1)) + shift * reals.log(Fraction(2)))


def _power_mass(n: int, k: int, p: Real, log_ways: Real) -> Real:
    return reals.exp(log_ways + k * reals.log(p) + (n - k) * reals.log(1 - p))


def binomial_window(n: int, p: Real, low: int, high: int, mass: Callable[[int, int, Real], Real] = binomial_mass) -> Real:
    """P(low <= Bin(n, p) <= high) for 0 < p < 1, from one mass and the ratios of neighbours; an upper bound if ``mass`` is one."""
    low, high = max(low, 0), min(high, n)
    if low > high:
        return Fraction(0)
    peak = min(max(round(n * float(p)), low), high)
    odds = p / (1 - p)
    terms: list[Real] = [Fraction(1)]
    term: Real = Fraction(1)
    for k in range(peak, high):
        term = term * Fraction(n - k, k + 1) * odds
        terms.append(term)
    term = Fraction(1)
    for k in range(peak, low, -1):
        term = term * Fraction(k, n - k + 1) / odds
        terms.append(term)
    return mass(n, peak, p) * total(terms)


def deviation_outside(n: int, p: Real, t: Real) -> Real:
    """P(|Bin(n, p)/n − p| > t) for t >= 0."""
    low, high = inner_range(n, p, t)
    return 1 - binomial_window(n, p, low, high)


def deviation_outside_at_least(n: int, p: Real, t: Real) -> Real:
    """A lower bound of P(|Bin(n, p)/n − p| > t) within 2^−250, by :func:`binomial_mass_above`."""
    return 1 - binomial_window(n, p, *inner_range(n, p, t), mass=binomial_mass_above)


def inner_range(n: int, p: Real, t: Real) -> tuple[int, int]:
    """The least and the greatest k with |k/n − p| <= t; the least exceeds the greatest when there is none. n >= 1, t >= 0."""
    return _least_within(n, p, t), n - _least_within(n, 1 - p, t)


def _least_within(n: int, p: Real, t: Real) -> int:
    """The least k in 0..n with k/n − p >= −t, searched from a float guess; t >= 0."""
    k = round(min(max(n * float(p - t), 0.0), float(n)))
    while k < n and not Fraction(k, n) - p >= -t:
        k += 1
    while k > 0 and Fraction(k - 1, n) - p >= -t:
        k -= 1
    return k


def win_rate_deviation(n: int, informative: Fraction, p: Real, t: Real, number: Callable[[Real], Real] = lambda x: x) -> Real:
    """P(|p_n − p| > t) for one pair when each of n independent answers concerns it with probability ``informative``.

    p_n is the share of wins among the N ~ Bin(n, informative) answers, and 1/2 if N = 0. The tails of Bin(N, p) are carried along from N to N + 1:
    P(B_{N+1} <= j) = P(B_N <= j) − p·P(B_N = j). Exact for rational p; with ``number=Ball`` the sums, not the comparisons, are done in balls.
    """
    lower, upper = _Tail(number(p)), _Tail(number(1 - p))
    outside = [Fraction(1) if abs(Fraction(1, 2) - p) > t else Fraction(0)]
    for size in range(1, n + 1):
        lower.grow()
        upper.grow()
        outside.append(lower.upto(_least_within(size, p, t) - 1) + upper.upto(_least_within(size, 1 - p, t) - 1))
    masses = _binomial_masses(n, number(informative))
    return sum((mass * part for mass, part in zip(masses, outside, strict=True)), Fraction(0))


class _Tail:
    """P(Bin(N, p) <= j) while N grows by one at a time and j never falls by more than it must."""

    def __init__(self, p: Real) -> None:
        self.p, self.size, self.j = p, 0, -1
        self.mass: Real = Fraction(0)
        self.tail: Real = Fraction(0)

    def grow(self) -> None:
        """From N to N + 1, at the same j."""
        if self.j >= 0:
            self.tail = self.tail - self.p * self.mass
            self.mass = self.mass * (1 - self.p) * Fraction(self.size + 1, self.size + 1 - self.j)
        self.size += 1

    def upto(self, j: int) -> Real:
        """P(Bin(N, p) <= j) for −1 <= j < N."""
        while self.j < j:
            if self.j < 0:
                self.mass = (1 - self.p) ** self.size
            else:
                self.mass = self.mass * Fraction(self.size - self.j, self.j + 1) * self.p / (1 - self.p)
            self.tail = self.tail + self.mass
            self.j += 1
        while self.j > j:
            self.tail = self.tail - self.mass
            self.mass = self.mass * Fraction(self.j, self.size - self.j + 1) * (1 - self.p) / self.p if self.j else Fraction(0)
            self.j -= 1
        return self.tail


def _binomial_masses(n: int, p: Real) -> list[Real]:
    if p == 1:
        return [Fraction(0)] * n + [Fraction(1)]
    masses = [(1 - p) ** n]
    for k in range(n):
        masses.append(masses[-1] * Fraction(n - k, k + 1) * (p / (1 - p)))
    return masses


@dataclass(frozen=True)
class Majority:
    """The probabilities that an alternative wins, ties or loses a majority of comparisons."""

    win: Real
    tie: Real
    loss: Real


def majority(n: int, informative: Fraction, p: Real) -> Majority:
    """n independent answers; each is a comparison with probability ``informative``, won with probability p.

    The lead is the sum of n steps +1, −1, 0. The coefficients of (ax² + cx + b)ⁿ obey
    (k + 1)·b·f_{k+1} = (n − k)·c·f_k + (2n − k + 1)·a·f_{k−1}; up to k = n all terms are positive, so nothing cancels. 0 < p < 1.
    """
    won, lost, idle = informative * p, informative * (1 - p), 1 - informative
    before: Real = Fraction(0)
    current = lost**n
    losses = Fraction(0)
    for k in range(n):
        losses = losses + current
        before, current = current, ((n - k) * idle * current + (2 * n - k + 1) * won * before) / ((k + 1) * lost)
    return Majority(1 - losses - current, current, losses)


# Rigorous failure probabilities of claims that forget within-user correlation


def latent_win_rate_failure(n: int, d: int, p: Real, t: Real, eta: Fraction) -> Real:
    """A lower bound of P(|p_n − p| > t) when each user has one latent answer: m = 2, μ = 1/2, nd pairs, half of them self-pairs.

    Let B of the n users have latent answer 1. Given B and the number N of informative pairs, p_n has mean B/n and variance <= 1/(4N), so
    |p_n − B/n| > η has probability <= 1/(ndη²) if N >= nd/4, which fails with probability <= 4/(nd) (Chebyshev both times).
    """
    pairs = n * d
    return deviation_outside_at_least(n, p, t + eta) - 1 / (pairs * eta * eta) - Fraction(4, pairs)


def latent_borda_failure(n: int, d: int, p: Real, t: Real, eta: Fraction) -> Real:
    """A lower bound of P(|BC_n(x) − BC*(x)| > t) when each user has one latent answer: m = 2, μ = 1/2, nd pairs.

    BC*(x) = 1/4 + p/2. Given that B of the n users have latent answer 1 the numerator minus q = 1/4 + B/(2n) times the denominator has mean 0 and variance
    <= 9nd/16; the denominator has mean nd and variance nd/2. So |BC_n − q| > η has probability <= 9/(4ndη²) + 2/(nd) (Chebyshev both times).
    """
    pairs = n * d
    return deviation_outside_at_least(n, p, 2 * (t + eta)) - Fraction(9, 4) / (pairs * eta * eta) - Fraction(2, pairs)
