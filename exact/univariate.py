"""Polynomials in one variable with rational coefficients: their sign on an interval, decided by Sturm's theorem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from flint import fmpq, fmpq_poly

from exact.intervals import fraction, rational
from exact.simplest import middle, simplest_between

Dense: TypeAlias = Any
"""``flint.fmpq_poly``."""

_ISOLATION_STEPS = 4000


@dataclass(frozen=True)
class Decomposition:
    """p = square² · rest, where ``rest`` has simple roots only."""

    square: Dense
    rest: Dense


def decomposition(p: Dense) -> Decomposition:
    """The squarefree decomposition of p != 0, squares collected."""
    constant, factors = p.factor_squarefree()
    square, rest = fmpq_poly([1]), fmpq_poly([constant])
    for factor, multiplicity in factors:
        square = square * factor ** (multiplicity // 2)
        rest = rest * factor ** (multiplicity % 2)
    return Decomposition(square, rest)


def sturm_chain(p: Dense) -> list[Dense]:
    """p, p′ and the negated remainders."""
    chain = [p, p.derivative()]
    while chain[-1].degree() > 0:
        remainder = -(chain[-2] % chain[-1])
        if remainder.is_zero():
            break
        chain.append(remainder / abs(remainder.leading_coefficient()))
    return [q for q in chain if not q.is_zero()]


def roots_inside(p: Dense, lo: Fraction | None, hi: Fraction | None) -> int:
    """The number of distinct real roots of p != 0 in the open interval (None: infinite end)."""
    for end in (lo, hi):
        while end is not None and not p(rational(end)):
            p = p / fmpq_poly([-rational(end), 1])
    chain = sturm_chain(p)
    return _variations(chain, lo, -1) - _variations(chain, hi, 1)


def _variations(chain: list[Dense], x: Fraction | None, side: int) -> int:
    values = [q.leading_coefficient() * side ** (q.degree() % 2) if x is None else q(rational(x)) for q in chain]
    signs = [v > 0 for v in values if v]
    return sum(a != b for a, b in pairwise(signs))


def inner_point(lo: Fraction | None, hi: Fraction | None) -> Fraction:
    """A point strictly inside the interval."""
    if lo is not None and hi is not None:
        return (lo + hi) / 2
    if lo is not None:
        return lo + 1
    return hi - 1 if hi is not None else Fraction(0)


def negative_points(p: Dense, lo: Fraction | None, hi: Fraction | None) -> Iterator[Fraction]:
    """Rational points inside the interval at which p < 0: one in each gap between roots where there are any."""
    rest = decomposition(p).rest
    bound = _root_bound(rest)
    low = -bound if lo is None else lo
    high = bound if hi is None else hi
    if low >= high:
        low, high = (lo, lo + 1) if lo is not None else (high - 1, high)
    pending, steps = [(low, high)], 0
    while pending and steps < _ISOLATION_STEPS:
        a, b = pending.pop(0)
        steps += 1
        at = middle(a, b)
        if p(rational(at)) < 0:
            yield _simplified(p, at, a, b)
            continue
        if p(rational(at)) == 0 or roots_inside(rest, a, b):
            pending += [(a, at), (at, b)]


def _simplified(p: Dense, at: Fraction, a: Fraction, b: Fraction) -> Fraction:
    """The simplest number around a point at which p < 0 where p is still negative."""
    radius = b - a
    for _ in range(200):
        near = simplest_between(max(a, at - radius), min(b, at + radius))
        if p(rational(near)) < 0:
            return near
        radius /= 2
    return at


def _root_bound(p: Dense) -> Fraction:
    """A number larger in size than every root (Cauchy)."""
    leading = abs(fraction(p.leading_coefficient()))
    return 1 + max((abs(fraction(c)) for c in p.coeffs()[:-1]), default=Fraction(0)) / leading + 1


def rational_roots(p: Dense) -> list[Fraction]:
    """The distinct rational roots of p != 0."""
    _, factors = p.factor()
    return sorted(fraction(-f[0] / f[1]) for f, _ in factors if f.degree() == 1)


def dense(coefficients: list[Fraction]) -> Dense:
    """The polynomial with these coefficients, from the constant up."""
    return fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
