"""Programs on boxes: enclosures of every node, gradients, Hessians and Taylor coefficients over a box of intervals.

A jet is a truncated Taylor series whose coefficients enclose those of the function at every point of the box; an
:class:`Algebra` says which monomials are kept and how they multiply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement
from math import factorial
from typing import TypeAlias

from flint import fmpq

from exact import intervals as iv
from exact.intervals import ONE, ZERO, Interval, Undefined, rounded
from exact.programs import Program, Step, read_numeral

Box: TypeAlias = Sequence[Interval]
Jet: TypeAlias = list[Interval]
Branches: TypeAlias = Mapping[int, int]
"""For each min, max and abs node the argument that it equals on the whole box (0 or 1; for abs: 1 or −1)."""


@dataclass(frozen=True)
class Algebra:
    """Truncated series: the monomials kept (constant first), products within them, and the monomial of each variable."""

    size: int
    order: int
    products: tuple[tuple[int, int, int], ...]
    seeds: Mapping[int, int]

    def constant(self, value: Interval) -> Jet:
        """The jet of a number."""
        return [value] + [ZERO] * (self.size - 1)

    def variable(self, index: int, value: Interval) -> Jet:
        """The jet of a variable (of a number, when the variable is not expanded)."""
        jet = self.constant(value)
        if index in self.seeds:
            jet[self.seeds[index]] = ONE
        return jet

    def multiply(self, a: Jet, b: Jet, bits: int) -> Jet:
        """The product."""
        total: list[Interval | None] = [None] * self.size
        for i, j, k in self.products:
            x, y = a[i], b[j]
            if x is ZERO or y is ZERO:
                continue
            product = iv.multiply(x, y)
            before = total[k]
            total[k] = product if before is None else iv.add(before, product)
        return [ZERO if x is None or x.is_zero else rounded(x, bits) for x in total]

    def compose(self, coefficients: Sequence[Interval], f: Jet, bits: int) -> Jet:
        """g(f) from the Taylor coefficients of g at the constant of f, by Horner's rule in the rest of f."""
        rest = [ZERO, *(ZERO if x.is_zero else x for x in f[1:])]
        last = max((k for k, c in enumerate(coefficients) if not c.is_zero), default=0)
        total = self.constant(coefficients[last])
        for coefficient in reversed(coefficients[:last]):
            total = self.multiply(total, rest, bits)
            total[0] = iv.add(total[0], coefficient)
        return total


@lru_cache(maxsize=256)
def univariate(variable: int, order: int) -> Algebra:
    """Expansions in one variable; the others stay intervals."""
    products = tuple((i, k - i, k) for k in range(order + 1) for i in range(k + 1))
    return Algebra(order + 1, order, products, {variable: 1})


@lru_cache(maxsize=64)
def multivariate(variables: int, order: int) -> Algebra:
    """Expansions in all variables up to a total degree: order 1 gives gradients, order 2 Hessians (with ½ on the diagonal)."""
    monomials = [m for degree in range(order + 1) for m in combinations_with_replacement(range(variables), degree)]
    place = {m: k for k, m in enumerate(monomials)}
    products = tuple((i, j, place[tuple(sorted(a + b))]) for i, a in enumerate(monomials) for j, b in enumerate(monomials)
                     if len(a) + len(b) <= order)
    return Algebra(len(monomials), order, products, {v: place[(v,)] for v in range(variables)})


class BoxFunction:
    """Some nodes of a program, ready to be enclosed over boxes."""

    def __init__(self, program: Program, nodes: Sequence[int]) -> None:
        self.program, self.nodes = program, tuple(nodes)
        self.variables = len(program.variables)
        needed = set(nodes)
        for k in range(max(nodes, default=-1), -1, -1):
            if k in needed:
                needed.update(arguments(program.steps[k]))
        self._steps = [(k, _sharper(program.steps[k])) for k in sorted(needed)]
        self._numbers = {k: iv.point(read_numeral(step[1])) for k, step in self._steps if step[0] == "num"}
        self._choices = [(k, step) for k, step in self._steps if step[0] in ("min", "max", "abs")]

    def values(self, box: Box, bits: int) -> dict[int, Interval]:
        """The enclosure of every node needed. Raises Undefined where a function may be undefined in the box."""
        values: dict[int, Interval] = {}
        for k, step in self._steps:
            values[k] = self._numbers[k] if k in self._numbers else rounded(_operate(step, values, box, bits), bits)
        return values

    def branches(self, values: Mapping[int, Interval]) -> dict[int, int]:
        """What min, max and abs are on the box, where the enclosures decide it."""
        found: dict[int, int] = {}
        for k, step in self._choices:
            if step[0] == "abs":
                a = values[step[1]]
                if a.nonnegative or a.nonpositive:
                    found[k] = 1 if a.nonnegative else -1
                continue
            a, b = values[step[1]], values[step[2]]
            if _below(a, b):
                found[k] = 0 if step[0] == "min" else 1
            elif _below(b, a):
                found[k] = 1 if step[0] == "min" else 0
        return found

    def jets(self, box: Box, algebra: Algebra, branches: Branches, bits: int) -> dict[int, Jet]:
        """The jet of every node needed. Raises Undefined where a function may be undefined or not differentiable in the box."""
        jets: dict[int, Jet] = {}
        for k, step in self._steps:
            if k in self._numbers:
                jets[k] = algebra.constant(self._numbers[k])
            elif step[0] == "var":
                jets[k] = algebra.variable(step[1], box[step[1]])
            elif all(_constant(jets[i]) for i in arguments(step)):
                values = {i: jets[i][0] for i in arguments(step)}
                jets[k] = algebra.constant(rounded(_operate(step, values, box, bits), bits))
            else:
                jets[k] = _expand(k, step, jets, algebra, branches, bits)
        return jets


def _constant(jet: Jet) -> bool:
    return all(x.is_zero for x in jet[1:])


def arguments(step: Step) -> tuple[int, ...]:
    """The nodes that a step computes with."""
    if step[0] in ("num", "var"):
        return ()
    return (step[1],) if step[0] == "pow" else step[1:]


def _sharper(step: Step) -> Step:
    """A product of a node with itself is a square, which is never negative."""
    return ("pow", step[1], 2) if step[0] == "mul" and step[1] == step[2] else step


def _below(a: Interval, b: Interval) -> bool:
    return a.hi is not None and b.lo is not None and bool(a.hi <= b.lo)


def _operate(step: Step, values: Mapping[int, Interval], box: Box, bits: int) -> Interval:
    name = step[0]
    if name == "var":
        return box[step[1]]
    a = values[step[1]]
    if name in _BINARY:
        return _BINARY[name](a, values[step[2]])
    if name in _UNARY:
        return _UNARY[name](a)
    if name == "pow":
        return iv.power(a, step[2], bits)
    if name == "rpow":
        return iv.real_power(a, values[step[2]], bits)
    raise Undefined(f"the step {name!r} has no enclosure here")


_BINARY = {"add": iv.add, "sub": iv.subtract, "mul": iv.multiply, "div": iv.divide, "min": iv.minimum, "max": iv.maximum}
_UNARY = {"neg": iv.negative, "abs": iv.absolute, "exp": iv.exp, "log": iv.log, "sqrt": iv.sqrt, "tanh": iv.tanh}


def _expand(k: int, step: Step, jets: Mapping[int, Jet], algebra: Algebra, branches: Branches, bits: int) -> Jet:
    name, f = step[0], jets[step[1]]
    if name == "neg":
        return [iv.negative(x) for x in f]
    if name in ("add", "sub"):
        combine = iv.add if name == "add" else iv.subtract
        return [rounded(combine(x, y), bits) for x, y in zip(f, jets[step[2]], strict=True)]
    if name == "mul":
        return algebra.multiply(f, jets[step[2]], bits)
    if name == "div":
        return algebra.multiply(f, _power(jets[step[2]], Fraction(-1), algebra, bits), bits)
    if name in ("abs", "min", "max"):
        if k not in branches:
            raise Undefined(f"{name} is not differentiable where its arguments meet")
        if name == "abs":
            return f if branches[k] > 0 else [iv.negative(x) for x in f]
        return jets[step[1 + branches[k]]]
    if name == "pow":
        return _power(f, Fraction(step[2]), algebra, bits)
    if name == "rpow":
        g = jets[step[2]]
        if _constant(g):
            return _real_power(f, g[0], algebra, bits)
        return _elementary("exp", algebra.multiply(g, _elementary("log", f, algebra, bits), bits), algebra, bits)
    return _elementary(name, f, algebra, bits)


def _elementary(name: str, f: Jet, algebra: Algebra, bits: int) -> Jet:
    u, orders = f[0], range(algebra.order + 1)
    if name == "sqrt":
        return _power(f, Fraction(1, 2), algebra, bits)
    if name == "exp":
        value = iv.exp(u)
        coefficients = [rounded(iv.scale(value, fmpq(1, factorial(k))), bits) for k in orders]
    elif name == "log":
        inverse = [rounded(iv.power(iv.negative(u), -k, bits), bits) for k in orders[1:]]
        coefficients = [iv.log(u), *(iv.scale(x, fmpq(-1, k)) for k, x in enumerate(inverse, 1))]
    elif name == "tanh":
        coefficients = _tanh_coefficients(u, algebra.order, bits)
    else:
        raise Undefined(f"the step {name!r} has no derivatives here")
    return algebra.compose(coefficients, f, bits)


def _tanh_coefficients(u: Interval, order: int, bits: int) -> list[Interval]:
    """From y' = 1 − y²."""
    c = [iv.tanh(u)]
    for k in range(order):
        square = ZERO
        for i in range(k + 1):
            square = iv.add(square, iv.power(c[i], 2, bits) if 2 * i == k else iv.multiply(c[i], c[k - i]))
        c.append(rounded(iv.scale(iv.subtract(ONE if k == 0 else ZERO, square), fmpq(1, k + 1)), bits))
    return c


def _power(f: Jet, exponent: Fraction, algebra: Algebra, bits: int) -> Jet:
    """f to an integer or half-integer power: the coefficients at u are binomial(a, k)·u^(a − k), absent where the binomial is 0."""
    root = iv.sqrt(f[0]) if exponent.denominator == 2 else f[0]
    coefficients: list[Interval] = []
    binomial = Fraction(1)
    for k in range(algebra.order + 1):
        steps = int((exponent - k) * exponent.denominator)
        coefficients.append(rounded(iv.scale(iv.power(root, steps, bits), iv.rational(binomial)), bits) if binomial else ZERO)
        binomial = binomial * (exponent - k) / (k + 1)
    return algebra.compose(coefficients, f, bits)


def _real_power(f: Jet, exponent: Interval, algebra: Algebra, bits: int) -> Jet:
    coefficients: list[Interval] = []
    binomial = ONE
    for k in range(algebra.order + 1):
        power = iv.subtract(exponent, iv.point(k))
        coefficients.append(ZERO if binomial.is_zero else rounded(iv.multiply(binomial, iv.real_power(f[0], power, bits)), bits))
        binomial = rounded(iv.scale(iv.multiply(binomial, power), fmpq(1, k + 1)), bits)
    return algebra.compose(coefficients, f, bits)
