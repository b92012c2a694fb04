"""A famous claim that is false: Shapiro's cyclic inequality for n = 14. The search finds an exact counterexample by itself.

    assay verify examples/shapiro.py        (exit code 1: refuted)

H. S. Shapiro asked in 1954 whether x_1/(x_2 + x_3) + … + x_n/(x_1 + x_2) >= n/2 for all x >= 0 with positive denominators. It holds for even n <= 12
and odd n <= 23, and fails for every other n; n = 14 is the smallest case in which it fails, and the sum dips below 7 by less than 0.0004.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy

from claims import Bound, Claim, Paper, Part, Property, Source

N = 14

Numbers = tuple[Fraction, ...]


def cyclic_sum(numbers: Numbers, _: Any) -> Any:
    """x_1/(x_2 + x_3) + x_2/(x_3 + x_4) + … + x_n/(x_1 + x_2)."""
    n = len(numbers)
    return sum(numbers[i] / (numbers[(i + 1) % n] + numbers[(i + 2) % n]) for i in range(n))


def half(numbers: Numbers, _: Any) -> Fraction:
    """n/2."""
    return Fraction(len(numbers), 2)


def positive_numbers(_: Any) -> Any:
    """Random instances: n small positive integers."""
    from hypothesis import strategies as st

    return st.lists(st.integers(1, 50).map(Fraction), min_size=N, max_size=N).map(tuple)


def coordinates(numbers: Numbers) -> Sequence[Fraction]:
    """The numbers themselves are what the local search moves."""
    return numbers


def at_point(_: Numbers, point: Sequence[Fraction]) -> Numbers:
    """The instance at a point of the local search. Raises ValueError where there is none: a negative number, or a denominator that is 0."""
    if min(point) < 0 or any(point[i - 1] + point[i] == 0 for i in range(N)):
        raise ValueError("outside of the claim's domain")
    return tuple(point)


SHAPIRO = Claim(
    number="C1",
    title="Shapiro's cyclic inequality for n = 14",
    statement="For all x_1, …, x_14 >= 0 with positive denominators: the sum of x_i/(x_{i+1} + x_{i+2}), indices modulo 14, is at least 7.",
    source=Source("H. S. Shapiro, Advanced problem 4603, American Mathematical Monthly 61 (1954), p. 571"),
    relation=">=",
    bound=Bound(sympy.Rational(N, 2)),
    parts=(
        Part("a", "the cyclic sum is at least n/2", (
            Property(
                family=positive_numbers, quantity=cyclic_sum, relation=">=", bound=half, coordinates=coordinates, from_coordinates=at_point,
                examples={"quick": 600, "standard": 3_000, "full": 20_000},
            ),
        )),
    ),
)

PAPER = Paper(
    slug="shapiro", title="Shapiro's cyclic inequality", citation="H. S. Shapiro, Advanced problem 4603, American Mathematical Monthly 61 (1954), p. 571.",
    arxiv="", claims=(SHAPIRO,),
)
