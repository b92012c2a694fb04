"""C39: Shamir's secret sharing over a prime field, and what a coalition learns from its shares.

The secret is the value at 0 of a random polynomial of degree below t; share number x is its value at x = 1, …, n < p.

Reference: A. Shamir, How to share a secret, Communications of the ACM 22 (1979).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import isqrt

from flint import nmod_mat

from claims.parameters import Values
from exact import reals
from exact.balls import Ball
from exact.reals import Real


@dataclass(frozen=True)
class Coalition:
    """Holders of the shares at ``points`` in a (threshold, n) scheme over the field of ``prime`` elements."""

    prime: int
    threshold: int
    points: tuple[int, ...]


def coalitions(parameters: Values) -> Iterator[Coalition]:
    """Every coalition of the scheme with these ``p``, ``t`` and ``n``."""
    for size in range(1, parameters["n"] + 1):
        for points in combinations(range(1, parameters["n"] + 1), size):
            yield Coalition(parameters["p"], parameters["t"], points)


def joint_counts(coalition: Coalition) -> Counter[tuple[int, tuple[int, ...]]]:
    """How many of the p^t polynomials give each pair (secret, shares)."""
    prime = coalition.prime
    powers = [[pow(point, k, prime) for k in range(coalition.threshold)] for point in coalition.points]
    return Counter(
        (polynomial[0], tuple(sum(a * b for a, b in zip(polynomial, row, strict=True)) % prime for row in powers))
        for polynomial in product(range(prime), repeat=coalition.threshold)
    )


def best_guess(coalition: Coalition, parameters: Values) -> Real:
    """The greatest probability that any shares of the coalition give to any secret."""
    counts = joint_counts(coalition)
    views: Counter[tuple[int, ...]] = Counter()
    for (_, view), number in counts.items():
        views[view] += number
    return max(Fraction(number, views[view]) for (_, view), number in counts.items())


def claimed_guess(coalition: Coalition, parameters: Values) -> Real:
    """1/p below the threshold, 1 from there on."""
    return Fraction(1, coalition.prime) if len(coalition.points) < coalition.threshold else Fraction(1)


def hides_or_tells(coalition: Coalition, parameters: Values) -> bool:
    """Whether the coalition knows nothing below the threshold and the secret from there on."""
    return bool(best_guess(coalition, parameters) == claimed_guess(coalition, parameters))


def known_symbols(prime: int, threshold: int, points: Sequence[int]) -> int:
    """The information about the secret in units of log p: 0 or 1.

    Secret and shares are linear in the uniform coefficients, so every entropy is a rank times log p, and the mutual information is
    rank(shares) + 1 − rank(shares and secret).
    """
    rows = [[pow(point, k, prime) for k in range(threshold)] for point in points]
    secret = [1] + [0] * (threshold - 1)
    return _rank(rows, threshold, prime) + 1 - _rank([*rows, secret], threshold, prime)


def _rank(rows: Sequence[Sequence[int]], columns: int, prime: int) -> int:
    return int(nmod_mat(len(rows), columns, [entry for row in rows for entry in row], prime).rank()) if rows else 0


def information(prime: int, threshold: int, shares: int) -> Ball:
    """What so many shares tell of the secret, in bits: those at 1, …, m; by Vandermonde's determinant all others have the same ranks."""
    return reals.ball(Fraction(known_symbols(prime, threshold, range(1, shares + 1))) * reals.log(Fraction(prime)) / reals.log(Fraction(2)))


def is_prime(number: int) -> bool:
    """By trial division."""
    return number >= 2 and all(number % k for k in range(2, isqrt(number) + 1))
