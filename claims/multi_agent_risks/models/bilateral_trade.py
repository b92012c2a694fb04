"""Bilateral trade with continuous types (C13): exact integrals of polynomial distributions on [0, 1].

A polynomial is the tuple of its coefficients, constant first. F is the buyer's value cdf with density f, G the seller's cost cdf with density g.

Source: R. B. Myerson, M. A. Satterthwaite, Efficient mechanisms for bilateral trading, Journal of Economic Theory 29 (1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from exact.reals import Real, maximum, minimum
from exact.univariate import decomposition, dense, roots_inside

Polynomial = tuple[Real, ...]

IDENTITY: Polynomial = (Fraction(0), Fraction(1))
ONE: Polynomial = (Fraction(1),)


def plus(p: Polynomial, q: Polynomial, factor: Real = 1) -> Polynomial:
    """p + factor·q."""
    size = max(len(p), len(q))
    padded = [[*r, *[Fraction(0)] * (size - len(r))] for r in (p, q)]
    return tuple(a + factor * b for a, b in zip(*padded, strict=True))


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """p·q."""
    product: list[Real] = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            product[i + j] += a * b
    return tuple(product)


def derivative(p: Polynomial) -> Polynomial:
    """p'."""
    return tuple(k * a for k, a in enumerate(p))[1:] or (Fraction(0),)


def antiderivative(p: Polynomial) -> Polynomial:
    """The integral from 0 to x."""
    return (Fraction(0), *(a * Fraction(1, k) for k, a in enumerate(p, 1)))


def value(p: Polynomial, x: Real) -> Real:
    """p(x), by Horner's rule."""
    total: Real = Fraction(0)
    for a in reversed(p):
        total = total * x + a
    return total


def integral(p: Polynomial, lo: Real = 0, hi: Real = 1) -> Real:
    """The integral of p from lo to hi."""
    whole = antiderivative(p)
    return value(whole, hi) - value(whole, lo)


def below_the_diagonal(of_value: Polynomial, of_cost: Polynomial) -> Real:
    """∫∫ of_value(v)·of_cost(c) over 0 <= c <= v <= 1."""
    return integral(times(of_value, antiderivative(of_cost)))


def is_distribution(cdf: Sequence[Fraction]) -> bool:
    """Whether the polynomial is a cdf on [0, 1]: 0 at 0, 1 at 1, and nowhere falling between.

    The density is square²·rest with simple roots of the rest, where it changes sign: so it is >= 0 exactly if the rest has no root inside and is
    positive at a point.
    """
    if value(tuple(cdf), Fraction(0)) != 0 or value(tuple(cdf), Fraction(1)) != 1:
        return False
    rest = decomposition(dense(list(derivative(tuple(cdf))))).rest
    return roots_inside(rest, Fraction(0), Fraction(1)) == 0 and rest(fmpq(1, 2)) > 0


def first_best(buyer: Polynomial, seller: Polynomial) -> Real:
    """The expected gains ∫∫ (v − c)·f·g over v >= c."""
    f, g = derivative(buyer), derivative(seller)
    return below_the_diagonal(times(IDENTITY, f), g) - below_the_diagonal(f, times(IDENTITY, g))


def subsidy(buyer: Polynomial, seller: Polynomial) -> Real:
    """What efficient trade costs an outsider: minus the expected difference of virtual value and virtual cost over v >= c.

    f·(v − (1 − F)/f) = vf − (1 − F) and g·(c + G/g) = cg + G, so that no density is divided by.
    """
    f, g = derivative(buyer), derivative(seller)
    virtual_value = plus(times(IDENTITY, f), plus(ONE, buyer, -1), -1)
    virtual_cost = plus(times(IDENTITY, g), seller)
    return below_the_diagonal(f, virtual_cost) - below_the_diagonal(virtual_value, g)


def overlap_integral(buyer: Polynomial, seller: Polynomial) -> Real:
    """∫ G(1 − F)."""
    return integral(times(seller, plus(ONE, buyer, -1)))


def wrong_overlap_integral(buyer: Polynomial, seller: Polynomial) -> Real:
    """∫ F(1 − G): the two sides exchanged."""
    return overlap_integral(seller, buyer)


def uniform_overlap_subsidy(buyer: tuple[Real, Real], seller: tuple[Real, Real]) -> Real:
    """∫ G(1 − F) over the overlap of two supports with uniform types; 0 where they do not overlap."""
    lo, hi = maximum([buyer[0], seller[0]]), minimum([buyer[1], seller[1]])
    if lo >= hi:
        return Fraction(0) * lo
    widths = (buyer[1] - buyer[0]) * (seller[1] - seller[0])
    return integral(times((-seller[0], 1), (buyer[1], -1)), lo, hi) / widths


def thresholded_gains(margin: Real, power: int) -> Real:
    """∫∫ (v − c)^power over v − c >= margin, uniform types: the difference v − c has density 1 − d."""
    return integral(times((Fraction(0),) * power + ONE, (Fraction(1), Fraction(-1))), margin, 1)


def thresholded_budget(margin: Real) -> Real:
    """∫∫ (2v − 1 − 2c) over v − c >= margin, uniform types: what a mechanism with this trade rule leaves over."""
    return 2 * thresholded_gains(margin, 1) - thresholded_gains(margin, 0)


def take_it_or_leave_it_gains() -> Real:
    """The gains where a seller of cost c asks for (1 + c)/2, uniform types: ∫_0^1 ∫_{(1+c)/2}^1 (v − c) dv dc = ∫ 3(1 − c)²/8 dc."""
    half = (Fraction(1, 2), Fraction(1, 2))
    upper = plus((Fraction(1, 2),), times(half, half), Fraction(-1, 2))
    mean = times(IDENTITY, plus(ONE, half, -1))
    return integral(plus(upper, mean, -1))


def monomial(power: int) -> Polynomial:
    """x^power."""
    return (Fraction(0),) * power + ONE
