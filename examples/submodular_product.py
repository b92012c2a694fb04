"""A tempting claim that is false: the product of two submodular functions is submodular.

    assay verify examples/submodular_product.py        (exit code 1: refuted)

A set function f is submodular when f(S + a) + f(S + b) >= f(S + a + b) + f(S) for every set S and all different a, b outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import sympy

from claims import Bound, Claim, Paper, Part, Property, Source
from exact.reals import minimum

ELEMENTS = 3
SETS = range(1 << ELEMENTS)
"""The subsets of {0, 1, 2}, as bit masks."""


@dataclass(frozen=True)
class Pair:
    """Two set functions, each as its values on the eight sets in the order of :data:`SETS`."""

    f: tuple[Fraction, ...]
    g: tuple[Fraction, ...]


def slacks(values: Any) -> Iterator[Any]:
    """f(S + a) + f(S + b) - f(S + a + b) - f(S) for every S and a, b outside of it: submodular means that all are >= 0."""
    for a, b in combinations(range(ELEMENTS), 2):
        for s in SETS:
            if not s & (1 << a | 1 << b):
                yield values[s | 1 << a] + values[s | 1 << b] - values[s | 1 << a | 1 << b] - values[s]


def product_slack(pair: Pair, _: Any) -> Any:
    """The least slack of the product f · g."""
    return minimum(slacks([left * right for left, right in zip(pair.f, pair.g, strict=True)]))


def zero(_pair: Pair, _: Any) -> Fraction:
    """The bound: no slack is negative."""
    return Fraction(0)


def coverage_pairs(_: Any) -> Any:
    """Random pairs of weighted coverage functions, which are submodular: f(S) is the weight of the points that S covers.

    A point that exactly the elements of T cover counts for S when S and T meet; a point for every nonempty T gives every coverage function.
    """
    from hypothesis import strategies as st

    def covering(weights: list[int]) -> tuple[Fraction, ...]:
        return tuple(Fraction(sum(weight for t, weight in enumerate(weights, start=1) if s & t)) for s in SETS)

    functions = st.lists(st.integers(0, 3), min_size=len(SETS) - 1, max_size=len(SETS) - 1).map(covering)
    return st.builds(Pair, functions, functions)


PRODUCT = Claim(
    number="C1",
    title="The product of two submodular functions is submodular",
    statement="For all submodular f, g >= 0 on a finite set, f · g is submodular.",
    source=Source("a tempting guess"),
    relation=">=",
    bound=Bound(sympy.Integer(0)),
    parts=(Part("a", "no slack of f · g is negative", (Property(family=coverage_pairs, quantity=product_slack, relation=">=", bound=zero),)),),
)

PAPER = Paper(slug="submodular_product", title="Products of submodular functions", citation="Nobody's theorem.", arxiv="", claims=(PRODUCT,))
