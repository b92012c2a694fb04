"""Truncated Taylor series with enclosures as coefficients: gradients, Hessians, Jacobians, expansions in one variable.

A series belongs to a function on a box. At every point of the box, the coefficient of a monomial encloses the Taylor
coefficient of the function there; a monomial is the sorted tuple of its variables: x0*x0*x1 is (0, 0, 1).
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import factorial
from typing import TypeAlias

from . import intervals as iv
from .intervals import ONE, ZERO, Value, rounded

Monomial: TypeAlias = tuple[int, ...]


class Series:
    """Coefficients of the monomials up to a degree (`order` >= 1); absent ones are 0."""

    def __init__(self, terms: dict[Monomial, Value], order: int, bits: int) -> None:
        self.terms, self.order, self.bits = terms, order, bits

    @property
    def constant(self) -> Value:
        """The enclosure of the function itself."""
        return self.terms.get((), ZERO)

    def is_constant(self) -> bool:
        """Whether every coefficient but the constant is exactly 0."""
        return all(not monomial or c == ZERO for monomial, c in self.terms.items())

    def __neg__(self) -> "Series":
        return Series({monomial: -c for monomial, c in self.terms.items()}, self.order, self.bits)

    def __add__(self, other: "Series") -> "Series":
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            terms[monomial] = rounded(terms[monomial] + c, self.bits) if monomial in terms else c
        return Series(terms, self.order, self.bits)

    def __sub__(self, other: "Series") -> "Series":
        return self + -other

    def __mul__(self, other: "Series") -> "Series":
        terms: dict[Monomial, Value] = {}
        for left, c in self.terms.items():
            for right, d in other.terms.items():
                if len(left) + len(right) <= self.order:
                    monomial, product = tuple(sorted(left + right)), c * d
                    terms[monomial] = terms[monomial] + product if monomial in terms else product
        return Series({monomial: rounded(c, self.bits) for monomial, c in terms.items()}, self.order, self.bits)

    def compose(self, coefficients: Sequence[Value]) -> "Series":
        """The series of g(f): f = f0 + h gives the sum of c_k h**k, with c_k the k-th Taylor coefficient of g at f0."""
        h = Series({m: c for m, c in self.terms.items() if m and c != ZERO}, self.order, self.bits)
        total = Series({(): coefficients[-1]}, self.order, self.bits)
        for degree, c in enumerate(reversed(coefficients[:-1]), start=1):  # higher ones would end beyond the order
            total = Series(total.terms, degree, self.bits) * h + Series({(): c}, self.order, self.bits)
        return Series(total.terms, self.order, self.bits)


def exp(f: Series) -> Series:
    """The series of exp f."""
    value = iv.exp(f.constant, f.bits)
    return f.compose([rounded(value * Fraction(1, factorial(k)), f.bits) for k in range(f.order + 1)])


def log(f: Series) -> Series:
    """The series of log f: the coefficients of log at u are log u and -(-1/u)**k / k."""
    u, bits = f.constant, f.bits
    value = iv.log(u, bits)
    rest = [iv.power(-u, -k, bits) * Fraction(-1, k) for k in range(1, f.order + 1)]
    return f.compose([value, *(rounded(c, bits) for c in rest)])


def tanh(f: Series) -> Series:
    """The series of tanh f; the coefficients c of tanh satisfy y' = 1 - y**2."""
    bits = f.bits
    c = [iv.tanh(f.constant, bits)]
    for k in range(f.order):
        square: Value = ZERO
        for i in range(k + 1):
            square = square + (iv.power(c[i], 2, bits) if 2 * i == k else c[i] * c[k - i])
        c.append(rounded(((ONE if k == 0 else ZERO) - square) * Fraction(1, k + 1), bits))
    return f.compose(c)


def power(f: Series, n: int) -> Series:
    """The series of f**n for an integer n."""
    return _power(f, Fraction(n), lambda k: iv.power(f.constant, n - k, f.bits))


def sqrt(f: Series) -> Series:
    """The series of the square root: its powers of f are odd powers of the root, so that f > 0 is needed."""
    root = iv.sqrt(f.constant, f.bits)
    return _power(f, Fraction(1, 2), lambda k: iv.power(root, 1 - 2 * k, f.bits))


def real_power(f: Series, g: Series) -> Series:
    """The series of f**g."""
    if not g.is_constant():
        return exp(g * log(f))
    return _power(f, g.constant, lambda k: iv.real_power(f.constant, g.constant - Fraction(k), f.bits))


def _power(f: Series, a: Value, remaining_power: Callable[[int], Value]) -> Series:
    """The series of f**a, whose coefficients at u are binomial(a, k) u**(a - k); k gives the power of u."""
    coefficients: list[Value] = []
    binomial: Value = ONE
    for k in range(f.order + 1):
        coefficients.append(ZERO if binomial == ZERO else rounded(binomial * remaining_power(k), f.bits))
        binomial = rounded(binomial * (a - Fraction(k)) * Fraction(1, k + 1), f.bits)
    return f.compose(coefficients)
