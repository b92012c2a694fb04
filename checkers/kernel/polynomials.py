"""Exact polynomials and quotients of polynomials, and the number of real roots by Sturm's theorem."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from .documents import Field
from .intervals import EXACT_BITS, ONE, ZERO, End, Impossible, length
from .programs import Step

MAX_TERMS = 100_000
MAX_PRODUCTS = 1_000_000  # in one multiplication
MAX_DEGREE = 1_000_000
MAX_STURM_WORK = 2_000_000  # degree squared times length of the coefficients

Exponents: TypeAlias = tuple[int, ...]
Polynomial: TypeAlias = dict[Exponents, Fraction]  # without zero coefficients


def read_polynomial(field: Field, variables: int) -> Polynomial:
    """A list of terms [coefficient, exponents]."""
    polynomial: Polynomial = {}
    for term in field.items():
        coefficient, powers = term.items(2)
        exponents = tuple(power.integer(0, MAX_DEGREE) for power in powers.items(variables))
        if exponents in polynomial:
            powers.rejected("these exponents appear twice")
        polynomial[exponents] = coefficient.number()
    return {exponents: c for exponents, c in polynomial.items() if c}


def constant(c: Fraction, variables: int) -> Polynomial:
    """The constant polynomial."""
    return {(0,) * variables: c} if c else {}


def variable(v: int, variables: int) -> Polynomial:
    """The polynomial x_v."""
    return {tuple(int(i == v) for i in range(variables)): ONE}


def plus(p: Polynomial, q: Polynomial, factor: Fraction = ONE) -> Polynomial:
    """p + factor q."""
    total = dict(p)
    for exponents, c in q.items():
        total[exponents] = total.get(exponents, ZERO) + factor * c
    return _checked(total)


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """p q."""
    if len(p) * len(q) > MAX_PRODUCTS:
        raise Impossible(f"a product of polynomials with {len(p)} and {len(q)} terms is too large")
    total: Polynomial = {}
    for left, c in p.items():
        for right, d in q.items():
            exponents = tuple([i + j for i, j in zip(left, right, strict=True)])
            total[exponents] = total.get(exponents, ZERO) + c * d
    return _checked(total)


def power(p: Polynomial, n: int, variables: int) -> Polynomial:
    """p**n for n >= 0."""
    total, square = constant(ONE, variables), p
    while n:
        total = times(total, square) if n % 2 else total
        n //= 2
        square = times(square, square) if n else square
    return total


def _checked(p: Polynomial) -> Polynomial:
    p = {exponents: c for exponents, c in p.items() if c}
    if len(p) > MAX_TERMS or any(length(c) > EXACT_BITS for c in p.values()) or degree(p) > MAX_DEGREE:
        raise Impossible("a polynomial is too large")
    return p


def degree(p: Polynomial, v: int | None = None) -> int:
    """The degree in a variable (without one: the largest of these degrees); 0 for the zero polynomial."""
    return max((max(exponents, default=0) if v is None else exponents[v] for exponents in p), default=0)


def substitute(p: Polynomial, v: int, top: Polynomial, bottom: Polynomial) -> Polynomial:
    """p at x_v = top/bottom, times bottom to the power of p's degree in x_v."""
    parts: dict[int, Polynomial] = {}
    for e, c in p.items():
        parts.setdefault(e[v], {})[(*e[:v], 0, *e[v + 1:])] = c
    size = max(map(len, p), default=0)
    total: Polynomial = {}
    factor, last = constant(ONE, size), degree(p, v)  # Horner: total holds the parts above `last`, factor the bottoms
    for k in sorted(parts, reverse=True):
        total = times(total, power(top, last - k, size))
        factor = times(factor, power(bottom, last - k, size))
        total, last = plus(total, times(parts[k], factor)), k
    return times(total, power(top, last, size))


class Quotient(NamedTuple):
    """A quotient of polynomials. A constant denominator is 1; nothing else is cancelled."""

    top: Polynomial
    bottom: Polynomial


def quotient(top: Polynomial, bottom: Polynomial) -> Quotient:
    """top/bottom."""
    if not bottom:
        raise Impossible("division by zero")
    (exponents, c), *others = bottom.items()
    if others or any(exponents):
        return Quotient(top, bottom)
    return Quotient({e: a / c for e, a in top.items()}, {exponents: ONE})


def add(p: Quotient, q: Quotient, factor: Fraction = ONE) -> Quotient:
    """p + factor q, over the common denominator or else over the product of the denominators."""
    if p.bottom == q.bottom:
        return quotient(plus(p.top, q.top, factor), p.bottom)
    return quotient(plus(times(p.top, q.bottom), times(q.top, p.bottom), factor), times(p.bottom, q.bottom))


def arithmetic(step: Step, arguments: Sequence[Quotient], variables: int) -> Quotient:
    """The quotient that a step computes. Where it has a value, and the program is defined, it is the node's value:
    a denominator is a product of denominators and divisors."""
    if step.number is not None:
        return Quotient(constant(step.number, variables), constant(ONE, variables))
    if step.operation == "neg":
        return Quotient(plus({}, arguments[0].top, -ONE), arguments[0].bottom)
    if step.operation == "pow":
        top, bottom = (power(p, abs(step.exponent), variables) for p in arguments[0])
        return quotient(top, bottom) if step.exponent >= 0 else quotient(bottom, top)
    if step.operation not in ("add", "sub", "mul", "div"):
        raise Impossible("not an operation on quotients of polynomials")
    (a, b), (c, d) = arguments
    if step.operation == "mul":
        return quotient(times(a, c), times(b, d))
    if step.operation == "div":
        return quotient(times(a, d), times(b, c))
    return add(arguments[0], arguments[1], ONE if step.operation == "add" else -ONE)


# One variable: integer coefficients from the constant up, without a common divisor; the last one is not 0

Dense: TypeAlias = list[int]


def dense(p: Polynomial) -> Dense:
    """A positive multiple of a polynomial in one variable."""
    n, scale = degree(p), Fraction(lcm(*(c.denominator for c in p.values())))
    if n**2 * max((length(c * scale) for c in p.values()), default=0) > MAX_STURM_WORK:
        raise Impossible(f"a polynomial of degree {n} is too large for Sturm's theorem")
    return _primitive([int(p.get((k,), ZERO) * scale) for k in range(n + 1)])


def _primitive(p: Dense) -> Dense:
    while p and not p[-1]:
        p = p[:-1]
    content = gcd(*p)
    return [c // content for c in p]


def divide(p: Dense, q: Dense) -> tuple[Dense, Dense]:
    """Positive multiples of the quotient and of the remainder."""
    rest, result = list(p), [0] * max(len(p) - len(q) + 1, 0)
    for k in reversed(range(len(result))):
        common = gcd(rest[-1], q[-1]) * (1 if q[-1] > 0 else -1)
        factor, scale = rest[-1] // common, q[-1] // common  # the remainder is scaled so that its leading term can go
        result = [c * scale for c in result]
        result[k] = factor
        rest = [c * scale for c in rest[:-1]]
        for i, c in enumerate(q[:-1]):
            rest[k + i] -= factor * c
    return _primitive(result), _primitive(rest)


def common_divisor(p: Dense, q: Dense) -> Dense:
    """A greatest common divisor."""
    while q:
        p, q = q, divide(p, q)[1]
    return p


def value_at(p: Dense, x: Fraction) -> int:
    """A positive multiple of p(x)."""
    a, b = x.as_integer_ratio()
    total, power_of_b = 0, 1
    for c in reversed(p):
        total = total * a + c * power_of_b
        power_of_b *= b
    return total


def roots_between(p: Dense, lo: End, hi: End) -> int:
    """How many different roots p != 0 has with lo < root < hi: Sturm's theorem, after division by roots at the ends."""
    for end in (lo, hi):
        while end is not None and value_at(p, end) == 0:
            p = divide(p, [-end.numerator, end.denominator])[0]
    chain = [p, _primitive([k * c for k, c in enumerate(p)][1:])]
    while chain[-1]:
        chain.append([-c for c in divide(chain[-2], chain[-1])[1]])
    return _variations(chain, lo, -1) - _variations(chain, hi, 1)


def _variations(chain: list[Dense], x: End, side: int) -> int:
    """The sign changes along the chain at x, or at the infinite end on this side."""
    values = [value_at(p, x) if x is not None else p[-1] * side ** (len(p) - 1) for p in chain if p]
    signs = [value > 0 for value in values if value]
    return sum(a != b for a, b in pairwise(signs))
