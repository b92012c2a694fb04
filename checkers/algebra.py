"""Inequalities as real algebra: a polynomial that is to be >= 0 (or > 0) on a box cut by polynomial conditions.

Rational functions become numerator times denominator. Exponentials become variables when nothing else depends on what they stand for (E = exp(2·z) >= 1
for z >= 0), and square roots become variables whose square is what they stand for. Each step enlarges the region at most, so that what holds for the
algebraic problem holds for the statement; what fails has to be carried back and decided exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checkers.propositions import Proposition, Side
from checkers.statements import Statement
from checkers.statements import proposition as stated
from claims.formulations import Relation
from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import BoxFunction
from exact.intervals import Interval, Undefined
from exact.normal_forms import Generator, NormalForms
from exact.polynomials import NotRational, Polynomial, Quotient, Ring, coefficients, emit_terms, variables_in
from exact.programs import Builder, Program

_END_BITS = 40

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Algebra:
    """``target`` >= 0 (``strict``: > 0) on the box ``domain`` where each polynomial of ``where`` stands in its relation to 0.

    ``names`` are the variables; ``substitution`` says in words how they come from the statement's variables (empty: they are these), and
    ``carry_back`` turns a point into one of the statement (approximately, where a logarithm has to be rounded).
    """

    names: tuple[str, ...]
    ring: Ring
    target: Polynomial
    strict: bool
    domain: tuple[Side, ...]
    where: tuple[tuple[Polynomial, Relation], ...]
    substitution: str
    carry_back: Callable[[Sequence[Fraction]], Point | None]

    def proposition(self) -> Proposition:
        """The proposition in the algebraic variables."""
        builder = Builder(())
        nodes = [builder.step("var", i) for i in range(len(self.names))]
        node = emit_terms(builder, self.target, nodes)
        where = tuple((relation, emit_terms(builder, p, nodes)) for p, relation in self.where)
        return Proposition(Program(self.names, tuple(builder.steps)), node, self.strict, self.domain, where)


def translate(statement: Statement) -> Algebra:
    """The statement as real algebra. Raises NotRational when it is none, NotExpressible and TooLarge."""
    return from_proposition(stated(statement), statement)


def from_proposition(proposition: Proposition, statement: Statement) -> Algebra:
    """A proposition on the statement's region as real algebra."""
    forms = NormalForms(proposition.program)
    top, bottom = forms.forms[proposition.node].top, forms.forms[proposition.node].bottom
    conditions = [(forms.forms[node].top * forms.forms[node].bottom, relation) for relation, node in proposition.where]
    target = top * bottom
    used = _with_arguments(forms, forms.occurring(target))
    kinds = {forms.generators[i].kind for i in used}
    if kinds <= {"variable"}:
        return _rational(proposition, forms, target, conditions)
    if kinds == {"exp"}:
        return _exponential(proposition, forms, target, conditions, statement)
    if kinds <= {"variable", "sqrt"}:
        return _radical(proposition, forms, target, conditions)
    others = ", ".join(sorted(kinds - {"variable", "exp", "sqrt"})) or "exponentials beside other functions of their variables"
    raise NotRational(f"not algebraic: it contains {others}")


def _with_arguments(forms: NormalForms, generators: set[int]) -> set[int]:
    """The generators, and those that occur in their arguments, and so on."""
    found: set[int] = set()
    pending = set(generators)
    while pending:
        i = pending.pop()
        found.add(i)
        argument = forms.generators[i].argument
        if argument is not None:
            pending |= forms.occurring(argument.top, argument.bottom) - found
    return found


Conditions = Sequence[tuple[Polynomial, Relation]]


def _rational(proposition: Proposition, forms: NormalForms, target: Polynomial, conditions: Conditions) -> Algebra:
    n = len(proposition.program.variables)
    ring = Ring(proposition.program.variables)
    kept = [(p, relation) for p, relation in conditions if forms.occurring(p) <= set(range(n))]
    where = tuple((_restricted(p, ring, range(n)), relation) for p, relation in kept)
    restricted = _restricted(target, ring, range(n))
    return tightened(Algebra(proposition.program.variables, ring, restricted, proposition.strict, proposition.domain, where, "", tuple))


def _restricted(p: Polynomial, ring: Ring, kept: Sequence[int]) -> Polynomial:
    """The polynomial in the variables ``kept``, which are all that it contains, as one of a smaller ring."""
    terms = {}
    for exponents, c in p.to_dict().items():
        vector = tuple(int(exponents[i]) for i in kept)
        terms[vector or (0,)] = c
    return ring.from_terms(terms)


# Exponentials


def _exponential(proposition: Proposition, forms: NormalForms, target: Polynomial, conditions: Conditions, statement: Statement) -> Algebra:
    kept = sorted(forms.occurring(target))
    generators = [forms.generators[i] for i in kept]
    names = ("E",) if len(kept) == 1 else tuple(f"E{k + 1}" for k in range(len(kept)))
    ring = Ring(names)
    ranges = [_exponent_range(generator, forms, proposition) for generator in generators]
    where: list[tuple[Polynomial, Relation]] = []
    for k, side in enumerate(ranges):
        if side.lo is None:
            where.append((ring.variable(k), ">"))
    for p, relation in conditions:
        translated = _translated_condition(p, relation, forms, kept, ring)
        if translated is not None:
            where.append(translated)
    domain = tuple((Fraction(0) if side.lo is None else _exponential_end(side.lo, -1), None if side.hi is None else _exponential_end(side.hi, 1))
                   for side in ranges)
    words = [f"{name} = exp({_show(generator.exponent, proposition.program.variables)})" for name, generator in zip(names, generators, strict=True)]
    carry = _logarithms(generators, forms, statement)
    problem = Algebra(names, ring, _restricted(target, ring, kept), proposition.strict, domain, tuple(where), "with " + ", ".join(words), carry)
    return tightened(problem)


def _exponent_range(generator: Generator, forms: NormalForms, proposition: Proposition) -> Interval:
    """The range of the exponent over the domain."""
    assert generator.exponent is not None
    builder = Builder(())
    nodes = [builder.step("var", i) for i in range(len(proposition.program.variables))]
    node = builder.step("div", emit_terms(builder, generator.exponent.top, nodes), emit_terms(builder, generator.exponent.bottom, nodes))
    function = BoxFunction(Program(proposition.program.variables, tuple(builder.steps)), [node])
    try:
        return function.values([iv.between(*side) for side in proposition.domain], 64)[node]
    except Undefined:
        return Interval(None, None)


def _exponential_end(w: Any, side: int) -> Fraction:
    """exp(w), rounded outward to a short rational."""
    if not w:
        return Fraction(1)
    with working_precision(_END_BITS):
        image = iv.exp(Interval(w, w))
    end = image.lo if side < 0 else image.hi
    return Fraction(0) if end is None else iv.fraction(end)


def _translated_condition(p: Polynomial, relation: Relation, forms: NormalForms, kept: Sequence[int],
                          ring: Ring) -> tuple[Polynomial, Relation] | None:
    """A condition in the exponentials; c·w > 0 for the exponent w of one of them is c·(E − 1) > 0. None: dropped, which enlarges the region."""
    if forms.occurring(p) <= set(kept):
        return _restricted(p, ring, kept), relation
    if not forms.occurring(p) <= set(forms.index("variable")):
        return None
    plain = _restricted(p, forms.variables, range(forms.variables.size))
    for k, i in enumerate(kept):
        w = forms.generators[i].exponent
        if w is None or not w.is_polynomial:
            continue
        ratio = Quotient.of(plain, w.top)
        if ratio.is_polynomial and ratio.top.is_constant():
            sign = 1 if ratio.top.leading_coefficient() > 0 else -1
            return (ring.variable(k) - 1) * sign, relation
    return None


def _logarithms(generators: Sequence[Generator], forms: NormalForms, statement: Statement) -> Callable[[Sequence[Fraction]], Point | None]:
    """Solves for the statement's variables where each exponent is a multiple of its own variable, up to a constant."""
    solved: list[tuple[int, Fraction, Fraction]] = []
    for generator in generators:
        assert generator.exponent is not None
        found = variables_in(generator.exponent.top)
        if len(found) != 1 or not generator.exponent.is_polynomial or generator.exponent.top.total_degree() != 1:
            return lambda point: None
        (v,) = found
        by_power = coefficients(generator.exponent.top)
        unit = tuple(int(i == v) for i in range(forms.variables.size))
        solved.append((v, by_power[unit], by_power.get((0,) * forms.variables.size, Fraction(0))))

    def carry(point: Sequence[Fraction]) -> Point | None:
        values = [_default(side) for side in statement.domain]
        for x, (v, slope, shift) in zip(point, solved, strict=True):
            if x <= 0:
                return None
            with working_precision(160):
                logarithm = iv.log(iv.point(x))
            lo, hi = statement.domain[v]
            value = (iv.fraction(logarithm.lo) - shift) / slope
            values[v] = lo if lo is not None and value < lo else hi if hi is not None and value > hi else value
        return tuple(values)

    return carry


def _default(side: Side) -> Fraction:
    lo, hi = side
    return lo if lo is not None else hi if hi is not None else Fraction(0)


def _show(exponent: Quotient | None, names: Sequence[str]) -> str:
    """The exponent in words."""
    assert exponent is not None
    top, bottom = show_polynomial(exponent.top, names), show_polynomial(exponent.bottom, names)
    return top if bottom == "1" else f"({top})/({bottom})"


def show_polynomial(p: Polynomial, names: Sequence[str]) -> str:
    """A polynomial as people write it."""
    parts = []
    for exponents, c in sorted(coefficients(p).items(), reverse=True):
        powers = [name if e == 1 else f"{name}^{e}" for name, e in zip(names, exponents, strict=False) if e]
        number = [] if abs(c) == 1 and powers else [str(abs(c))]
        parts.append(("-" if c < 0 else "+") + "*".join(number + powers))
    text = "".join(parts).removeprefix("+") or "0"
    return text[0] + text[1:].replace("+", " + ").replace("-", " - ")


# Square roots


def _radical(proposition: Proposition, forms: NormalForms, target: Polynomial, conditions: Conditions) -> Algebra:
    """Each root of a variable (or of a product of variables that are >= 0) goes with that variable's own root; other roots get an equation."""
    n = len(proposition.program.variables)
    algebraic = [(p, relation) for p, relation in conditions
                 if {forms.generators[i].kind for i in _with_arguments(forms, forms.occurring(p))} <= {"variable", "sqrt"}]
    inside = _with_arguments(forms, forms.occurring(target, *(p for p, _ in algebraic)))
    used = sorted(i for i in inside if forms.generators[i].kind == "sqrt")
    squared = _squared_variables(forms, used, proposition.domain)
    rooted = [i for i in used if not _is_monomial_root(forms, i, squared)]
    own = tuple(f"sqrt_{name}" if v in squared else name for v, name in enumerate(proposition.program.variables))
    names = own + tuple(f"root_{k + 1}" for k in range(len(rooted)))
    ring = Ring(names)
    images = [ring.variable(v) ** (2 if v in squared else 1) for v in range(n)]
    roots = {i: ring.variable(n + k) for k, i in enumerate(rooted)}
    for i in used:
        if i not in roots:
            roots[i] = _monomial_root(forms, i, ring, squared)
    where: list[tuple[Polynomial, Relation]] = []
    for i in rooted:
        argument = forms.generators[i].argument
        assert argument is not None
        top, bottom = (_composed(part, images, roots, ring) for part in (argument.top, argument.bottom))
        where.append((roots[i] ** 2 * bottom - top, "=="))
    where += [(_composed(p, images, roots, ring), relation) for p, relation in algebraic]
    domain = tuple(_root_side(side) if v in squared else side for v, side in enumerate(proposition.domain)) + ((Fraction(0), None),) * len(rooted)
    words = [f"{names[v]} = sqrt({proposition.program.variables[v]})" for v in sorted(squared)] + [f"{names[n + k]} a square root" for k in range(len(rooted))]

    def carry(point: Sequence[Fraction]) -> Point:
        return tuple(x * x if v in squared else x for v, x in enumerate(point[:n]))

    problem = Algebra(names, ring, _composed(target, images, roots, ring), proposition.strict, domain, tuple(where), "with " + ", ".join(words), carry)
    return tightened(problem)


def _squared_variables(forms: NormalForms, used: Sequence[int], domain: Sequence[Side]) -> set[int]:
    """The variables that stand under a root of a monomial, all of whose variables are >= 0 on the domain."""
    squared: set[int] = set()
    for i in used:
        argument = forms.generators[i].argument
        assert argument is not None
        if len(argument.top) == 1 and len(argument.bottom) == 1:
            found = variables_in(argument.top) | variables_in(argument.bottom)
            if all(v < len(domain) and domain[v][0] is not None and domain[v][0] >= 0 for v in found):  # type: ignore[operator]
                squared |= found
    return squared


def _is_monomial_root(forms: NormalForms, i: int, squared: set[int]) -> bool:
    argument = forms.generators[i].argument
    assert argument is not None
    if len(argument.top) != 1 or not argument.is_polynomial or not variables_in(argument.top) <= squared:
        return False
    root = iv.sqrt(iv.point(iv.fraction(argument.top.leading_coefficient()))) if argument.top.leading_coefficient() > 0 else None
    return root is not None and root.thin


def _monomial_root(forms: NormalForms, i: int, ring: Ring, squared: set[int]) -> Polynomial:
    argument = forms.generators[i].argument
    assert argument is not None
    ((exponents, c),) = argument.top.to_dict().items()
    root = ring.constant(iv.fraction(iv.sqrt(Interval(c, c)).lo))
    for v, e in enumerate(exponents):
        if e:
            root = root * ring.variable(v) ** int(e)
    return root


def _composed(p: Polynomial, images: Sequence[Polynomial], roots: Mapping[int, Polynomial], ring: Ring) -> Polynomial:
    total = ring.constant(0)
    for exponents, c in p.to_dict().items():
        term = ring.constant(iv.fraction(c))
        for i, e in enumerate(exponents):
            if e:
                term = term * (images[i] if i < len(images) else roots[i]) ** int(e)
        total = total + term
    return total


def _root_side(side: Side) -> Side:
    """The square roots of a side's ends, rounded outward."""
    lo, hi = side
    with working_precision(_END_BITS):
        low = Fraction(0) if lo is None else iv.fraction(iv.sqrt(iv.point(lo)).lo)
        return low, None if hi is None else iv.fraction(iv.sqrt(iv.point(hi)).hi)


# Smaller and equivalent problems


def tightened(problem: Algebra) -> Algebra:
    """The problem with linear conditions on a single variable put into its side as well."""
    domain = list(problem.domain)
    for p, relation in problem.where:
        found = variables_in(p)
        if relation not in (">=", ">") or len(found) != 1 or p.total_degree() != 1:
            continue
        (v,) = found
        by_power = coefficients(p)
        unit = tuple(int(i == v) for i in range(problem.ring.size))
        at = -by_power.get((0,) * problem.ring.size, Fraction(0)) / by_power[unit]
        lo, hi = domain[v]
        if by_power[unit] > 0:
            domain[v] = (at if lo is None or at > lo else lo, hi)
        else:
            domain[v] = (lo, at if hi is None or at < hi else hi)
        if domain[v][0] is not None and domain[v][1] is not None and domain[v][0] > domain[v][1]:  # type: ignore[operator]
            return problem
    return replace(problem, domain=tuple(domain))
