"""Exact polynomials and quotients of polynomials in several variables (python-flint), and programs that compute them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import comb
from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpq_poly

from exact.intervals import fraction, rational
from exact.programs import Builder, Program, Step, read_numeral

Polynomial: TypeAlias = Any
"""``flint.fmpq_mpoly`` in the ring's variables."""

MAX_TERMS = 4_000
MAX_PRODUCTS = 400_000
MAX_DEGREE = 600


class TooLarge(ArithmeticError):
    """A polynomial with more terms, or of higher degree, than is worth computing with."""


class NotRational(ValueError):
    """An expression that is no quotient of polynomials in the variables."""


class Ring:
    """Polynomials with rational coefficients in named variables."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._context = fmpq_mpoly_ctx.get(tuple(f"t{i}" for i in range(len(self.names))) or ("t0",), Ordering.degrevlex)
        self.size = max(1, len(self.names))

    def constant(self, value: Fraction | int) -> Polynomial:
        """A constant polynomial."""
        return self._context.constant(rational(value))

    def variable(self, index: int) -> Polynomial:
        """One of the variables."""
        return self._context.gen(index)

    def from_terms(self, terms: Mapping[tuple[int, ...], Any]) -> Polynomial:
        """The polynomial with these coefficients by exponent vector."""
        return self._context.from_dict(dict(terms))

    def lift(self, polynomial: Polynomial, places: Sequence[int]) -> Polynomial:
        """A polynomial of another ring whose i-th variable is this ring's variable number ``places[i]``."""
        terms: dict[tuple[int, ...], Any] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            moved = [0] * self.size
            for i, e in enumerate(exponents):
                if e:
                    moved[places[i]] = int(e)
            terms[tuple(moved)] = coefficient
        return self.from_terms(terms)


@dataclass(frozen=True)
class Quotient:
    """A quotient of polynomials in lowest terms, with a denominator whose leading coefficient is 1."""

    top: Polynomial
    bottom: Polynomial

    @staticmethod
    def of(top: Polynomial, bottom: Polynomial) -> Quotient:
        """top/bottom, cancelled. Raises ZeroDivisionError and TooLarge."""
        if bottom.is_zero():
            raise ZeroDivisionError("division by a quotient that is identically 0")
        if top.is_zero():
            return Quotient(top, bottom**0)
        if bottom.is_constant():
            return Quotient(_checked(top / bottom.leading_coefficient()), bottom**0)
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        leading = bottom.leading_coefficient()
        return Quotient(_checked(top / leading), _checked(bottom / leading))

    def __add__(self, other: Quotient) -> Quotient:
        return Quotient.of(times(self.top, other.bottom) + times(other.top, self.bottom), times(self.bottom, other.bottom))

    def __sub__(self, other: Quotient) -> Quotient:
        return Quotient.of(times(self.top, other.bottom) - times(other.top, self.bottom), times(self.bottom, other.bottom))

    def __mul__(self, other: Quotient) -> Quotient:
        return Quotient.of(times(self.top, other.top), times(self.bottom, other.bottom))

    def __truediv__(self, other: Quotient) -> Quotient:
        return Quotient.of(times(self.top, other.bottom), times(self.bottom, other.top))

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)

    def power(self, n: int) -> Quotient:
        """An integer power."""
        if abs(n) * max(self.top.total_degree(), self.bottom.total_degree(), 0) > MAX_DEGREE:
            raise TooLarge(f"a power with exponent {n}")
        top, bottom = _power(self.top, abs(n)), _power(self.bottom, abs(n))
        return Quotient.of(top, bottom) if n >= 0 else Quotient.of(bottom, top)

    @property
    def is_zero(self) -> bool:
        """Whether this is the zero function."""
        return bool(self.top.is_zero())

    @property
    def is_polynomial(self) -> bool:
        """Whether the denominator is 1."""
        return bool(self.bottom.is_constant())


def _power(p: Polynomial, n: int) -> Polynomial:
    if len(p) > 1 and comb(len(p) + n - 1, n) > MAX_PRODUCTS:
        raise TooLarge(f"a power of a polynomial with {len(p)} terms and exponent {n}")
    return p**n


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """p·q. Raises TooLarge before an expansion that would take long."""
    if len(p) * len(q) > MAX_PRODUCTS:
        raise TooLarge(f"a product of polynomials with {len(p)} and {len(q)} terms")
    return _checked(p * q)


def _checked(p: Polynomial) -> Polynomial:
    if len(p) > MAX_TERMS or p.total_degree() > MAX_DEGREE:
        raise TooLarge(f"a polynomial with {len(p)} terms of degree {p.total_degree()}")
    return p


def arithmetic(step: Step, arguments: Sequence[Quotient], ring: Ring) -> Quotient:
    """What an arithmetic step computes. Raises NotRational for any other step."""
    name = step[0]
    one = ring.constant(1)
    if name == "num":
        return Quotient(ring.constant(read_numeral(step[1])), one)
    if name == "neg":
        return -arguments[0]
    if name == "pow":
        return arguments[0].power(step[2])
    if name == "add":
        return arguments[0] + arguments[1]
    if name == "sub":
        return arguments[0] - arguments[1]
    if name == "mul":
        return arguments[0] * arguments[1]
    if name == "div":
        return arguments[0] / arguments[1]
    raise NotRational(f"the step {name!r} is no operation on quotients of polynomials")


# Reading a polynomial


def terms(p: Polynomial) -> list[list[Any]]:
    """``[[coefficient, exponents], …]`` as certificates write it."""
    from exact.numerals import numeral

    return [[numeral(fraction(c)), [int(e) for e in exponents]] for exponents, c in sorted(p.to_dict().items())]


def support(p: Polynomial) -> list[tuple[int, ...]]:
    """The exponent vectors."""
    return [tuple(int(e) for e in exponents) for exponents in p.to_dict()]


def coefficients(p: Polynomial) -> dict[tuple[int, ...], Fraction]:
    """The coefficients by exponent vector."""
    return {tuple(int(e) for e in exponents): fraction(c) for exponents, c in p.to_dict().items()}


def variables_in(p: Polynomial) -> set[int]:
    """The variables that occur."""
    return {i for i, degree in enumerate(p.degrees()) if degree > 0}


def in_one_variable(p: Polynomial, v: int) -> fmpq_poly:
    """A polynomial in which only variable v occurs, as a univariate one."""
    dense = [fmpq(0)] * (max(0, int(p.degrees()[v])) + 1)
    for exponents, c in p.to_dict().items():
        dense[int(exponents[v])] = c
    return fmpq_poly(dense)


def value(p: Polynomial, point: Sequence[Fraction]) -> Fraction:
    """The value at a point."""
    total = Fraction(0)
    for exponents, c in coefficients(p).items():
        term = c
        for x, e in zip(point, exponents, strict=False):
            term *= x**e
        total += term
    return total


# Programs that compute polynomials


def emit_terms(builder: Builder, p: Polynomial, nodes: Sequence[int]) -> int:
    """The node of Σ coefficient·Π node^exponent, written as a sum of terms."""
    positive: list[int] = []
    negative: list[int] = []
    for exponents, c in sorted(p.to_dict().items(), reverse=True):
        (positive if c > 0 else negative).append(_emit_monomial(builder, abs(c), exponents, nodes))
    if not positive and not negative:
        return builder.number(0)
    if not positive:
        return builder.step("neg", _sum(builder, negative))
    total = _sum(builder, positive)
    return builder.step("sub", total, _sum(builder, negative)) if negative else total


def _sum(builder: Builder, nodes: Sequence[int]) -> int:
    return reduce(lambda a, b: builder.step("add", a, b), nodes)


def _emit_monomial(builder: Builder, c: Any, exponents: Sequence[Any], nodes: Sequence[int]) -> int:
    factors = [nodes[i] if e == 1 else builder.step("pow", nodes[i], int(e)) for i, e in enumerate(exponents) if e]
    if not factors:
        return builder.number(fraction(c))
    if c != 1:
        factors = [builder.number(fraction(c)), *factors]
    return reduce(lambda a, b: builder.step("mul", a, b), factors)


def emit_horner(builder: Builder, p: Polynomial, nodes: Sequence[int], order: Sequence[int]) -> int:
    """The node of a polynomial, nested in the variables of ``order`` (outermost first): Σ_k c_k·x^k as (…·x + c_1)·x + c_0."""
    if p.is_constant() or not order:
        return emit_terms(builder, p, nodes)
    v, rest = order[0], order[1:]
    by_power: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, c in p.to_dict().items():
        e = int(exponents[v])
        by_power.setdefault(e, {})[(*exponents[:v], 0, *exponents[v + 1:])] = c
    context = p.context()
    powers = sorted(by_power, reverse=True)
    total = emit_horner(builder, context.from_dict(by_power[powers[0]]), nodes, rest)
    for higher, lower in zip(powers, [*powers[1:], 0], strict=True):
        if higher > lower:
            step = nodes[v] if higher - lower == 1 else builder.step("pow", nodes[v], higher - lower)
            total = step if builder.steps[total] == ("num", "1") else builder.step("mul", total, step)
        if lower in by_power and lower != higher:
            total = builder.step("add", total, emit_horner(builder, context.from_dict(by_power[lower]), nodes, rest))
    return total


def polynomial_program(p: Polynomial, names: Sequence[str]) -> tuple[Program, int]:
    """The program that computes a polynomial in its variables, and the node."""
    builder = Builder(())
    nodes = [builder.step("var", i) for i in range(len(names))]
    node = emit_terms(builder, p, nodes)
    return Program(tuple(names), tuple(builder.steps)), node


def raw_quotient(program: Program, node: int) -> tuple[Polynomial, Polynomial]:
    """A node as numerator and denominator with nothing cancelled but constant denominators: how certificates read it.

    Sums with the same denominator keep it. Raises NotRational, ZeroDivisionError and TooLarge.
    """
    ring = Ring(program.variables)
    nodes: list[tuple[Polynomial, Polynomial]] = []
    for step in program.steps[:node + 1]:
        nodes.append(_raw(step, nodes, ring))
    return nodes[node]


def _raw(step: Step, nodes: Sequence[tuple[Polynomial, Polynomial]], ring: Ring) -> tuple[Polynomial, Polynomial]:
    name, one = step[0], ring.constant(1)
    if name == "num":
        return ring.constant(read_numeral(step[1])), one
    if name == "var":
        return ring.variable(step[1]), one
    if name == "neg":
        return -nodes[step[1]][0], nodes[step[1]][1]
    if name == "pow":
        top, bottom = nodes[step[1]]
        if abs(step[2]) * max(top.total_degree(), bottom.total_degree(), 0) > MAX_DEGREE:
            raise TooLarge(f"a power with exponent {step[2]}")
        top, bottom = _power(top, abs(step[2])), _power(bottom, abs(step[2]))
        return _over(top, bottom) if step[2] >= 0 else _over(bottom, top)
    if name not in ("add", "sub", "mul", "div"):
        raise NotRational(f"the step {name!r} is no operation on quotients of polynomials")
    (a, b), (c, d) = nodes[step[1]], nodes[step[2]]
    if name == "mul":
        return _over(times(a, c), times(b, d))
    if name == "div":
        return _over(times(a, d), times(b, c))
    if b == d:
        return _over(a + c if name == "add" else a - c, b)
    left, right = times(a, d), times(c, b)
    return _over(left + right if name == "add" else left - right, times(b, d))


def _over(top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
    if bottom.is_zero():
        raise ZeroDivisionError("division by a quotient that is identically 0")
    if bottom.is_constant():
        return _checked(top / bottom.leading_coefficient()), bottom**0
    return _checked(top), _checked(bottom)
