"""C23: the Moran process with two strategies in a finite population.

N individuals meet everyone but themselves. Fitness is 1 − w + w·(mean payoff); each step one individual, chosen in proportion to fitness, has a copy that
replaces one chosen at random. Payoffs R (C against C), S (C against D), T (D against C), P (D against D).

Reference: M. A. Nowak, A. Sasaki, C. Taylor, D. Fudenberg, Emergence of cooperation and evolutionary stability in finite populations, Nature 428 (2004).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from claims.parameters import Values
from exact.linear_algebra import solve
from exact.reals import Real

Payoffs = tuple[Real, Real, Real, Real]


def donation(benefit: Real, cost: Real) -> Payoffs:
    """(R, S, T, P) = (b − c, −c, b, 0)."""
    return benefit - cost, -cost, benefit, Fraction(0)


@dataclass(frozen=True)
class Moran:
    """A population of ``size`` >= 2 with the payoffs (R, S, T, P) and intensity of selection ``intensity``."""

    size: int
    payoffs: Payoffs
    intensity: Real

    def fitness(self, cooperators: int) -> tuple[Real, Real]:
        """Fitness of a cooperator and of a defector when there are 0 < i < N cooperators."""
        others, i = Fraction(self.size - 1), cooperators
        R, S, T, P = self.payoffs
        of_c = (Fraction(i - 1) * R + Fraction(self.size - i) * S) / others
        of_d = (Fraction(i) * T + Fraction(self.size - i - 1) * P) / others
        return 1 - self.intensity + self.intensity * of_c, 1 - self.intensity + self.intensity * of_d

    def exchanged(self) -> Moran:
        """The same population with the names of the strategies exchanged."""
        R, S, T, P = self.payoffs
        return Moran(self.size, (P, T, S, R), self.intensity)

    @property
    def is_defined(self) -> bool:
        """Whether fitness is positive in every mixed state."""
        return all(min(self.fitness(i)) > 0 for i in range(1, self.size))

    @property
    def favours_defectors(self) -> bool:
        """Whether defectors are fitter in every mixed state."""
        return all(of_c < of_d for of_c, of_d in map(self.fitness, range(1, self.size)))


def fixation(process: Moran) -> Real:
    """The probability that one C among N − 1 D takes over: 1/(1 + Σ_k Π_{i<=k} g_i/f_i), k = 1..N − 1, summed from the inside."""
    total: Real = Fraction(1)
    for i in range(process.size - 1, 0, -1):
        of_c, of_d = process.fitness(i)
        total = 1 + of_d / of_c * total
    return 1 / total


def absorption(process: Moran) -> Fraction:
    """The same probability from the process itself: the linear equations of first steps, without the closed form."""
    size = process.size
    rows: list[dict[int, Fraction]] = []
    right = []
    for i in range(1, size):
        of_c, of_d = process.fitness(i)
        whole = i * of_c + (size - i) * of_d
        up, down = i * of_c / whole * Fraction(size - i, size), (size - i) * of_d / whole * Fraction(i, size)
        row = {i - 1: up + down}
        if i > 1:
            row[i - 2] = -down
        if i < size - 1:
            row[i] = -up
        rows.append(row)
        right.append(up if i == size - 1 else Fraction(0))
    return solve(rows, right)[0]


def processes(parameters: Values) -> Iterator[Moran]:
    """Donation games in populations up to ``largest``, always with positive fitness."""
    for size in range(2, parameters["largest"] + 1):
        for benefit, cost, intensity in ((3, 1, Fraction(1, 10)), (2, 1, Fraction(1, 3)), (10, 9, Fraction(1, 11)), (5, 1, Fraction(49, 100))):
            yield Moran(size, donation(Fraction(benefit), Fraction(cost)), intensity)


def formula_holds(process: Moran, parameters: Values) -> bool:
    """Whether the closed form gives the absorption probabilities, on both sides of 1/N."""
    rho_c, rho_d = fixation(process), fixation(process.exchanged())
    agrees = rho_c == absorption(process) and rho_d == absorption(process.exchanged())
    return agrees and bool(rho_c < Fraction(1, process.size) < rho_d)
