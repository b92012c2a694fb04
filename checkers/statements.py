"""What an `Inequality` formulation says at one parameter setting: two expressions, a relation, a domain, side conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from checkers.evidence import Scope
from checkers.propositions import Proposition, Side
from claims.errors import ClaimError
from claims.formulations import Inequality, Relation
from claims.parameters import Values
from exact.balls import Ball, working_precision
from exact.programs import Builder, NotExpressible, Program

_END_BITS = 64


@dataclass(frozen=True)
class Statement:
    """``left relation right`` for all points of ``domain`` where each ``where`` expression stands in its relation to 0."""

    left: sympy.Expr
    relation: Relation
    right: sympy.Expr
    symbols: tuple[sympy.Symbol, ...]
    domain: tuple[Side, ...]
    where: tuple[tuple[sympy.Expr, Relation], ...]
    scope: Scope

    @property
    def difference(self) -> sympy.Expr:
        """The expression that is >= 0 (or > 0, or for ``==`` and ``!=`` compared with 0) when the statement holds."""
        return self.right - self.left if self.relation in ("<", "<=") else self.left - self.right

    @property
    def strict(self) -> bool:
        """Whether equality violates the statement."""
        return self.relation in ("<", ">", "!=")

    def describe(self) -> str:
        """The statement in a line."""
        sides = ", ".join(_describe_side(symbol, side) for symbol, side in zip(self.symbols, self.domain, strict=True))
        conditions = ", ".join(f"{expression} {relation} 0" for expression, relation in self.where)
        return f"{self.left} {self.relation} {self.right} for {sides}" + (f" where {conditions}" if conditions else "")


@dataclass(frozen=True)
class Compiled:
    """A statement as one program, with the nodes of its sides and of its conditions."""

    program: Program
    left: int
    right: int
    where: tuple[tuple[Relation, int], ...]


def _describe_side(symbol: sympy.Symbol, side: Side) -> str:
    lo, hi = side
    return f"{symbol} in [{'-∞' if lo is None else lo}, {'∞' if hi is None else hi}]"


def read(formulation: Inequality, parameters: Values) -> Statement:
    """The formulation with the parameters put in for the symbols of the same names.

    Raises NotExpressible, and ClaimError for a domain that is empty or not made of real constants, or that contradicts what a symbol assumes.
    """
    given = {symbol: sympy.Rational(value.numerator, value.denominator) for symbol, _, _ in formulation.domain
             if isinstance(value := _parameter(parameters, symbol), Fraction)}
    symbols: list[sympy.Symbol] = []
    domain: list[Side] = []
    where = [(substituted(expression, given), relation) for expression, relation in formulation.where]
    for symbol, lower, upper in formulation.domain:
        if symbol in given:
            continue
        low, high = _end(lower, given, symbol), _end(upper, given, symbol)
        for end, enclosure, sign in ((lower, low, 1), (upper, high, -1)):
            if isinstance(enclosure, Ball):
                where.append((sign * (symbol - sympy.sympify(end, strict=True).subs(given)), ">="))
        side: Side = (low.lower if isinstance(low, Ball) else low, high.upper if isinstance(high, Ball) else high)
        _check_side(symbol, side)
        symbols.append(symbol)
        domain.append(side)
    return Statement(
        left=substituted(sympy.sympify(formulation.left, strict=True), given), relation=formulation.relation,
        right=substituted(sympy.sympify(formulation.right, strict=True), given),
        symbols=tuple(symbols), domain=tuple(domain), where=tuple(where), scope="parametric" if given else "universal",
    )


def substituted(expression: sympy.Expr, images: Mapping[sympy.Symbol, sympy.Expr]) -> sympy.Expr:
    """The expression with symbols replaced. Raises NotExpressible where sympy meets complex numbers that it would have to order."""
    try:
        return expression.subs(images)
    except (TypeError, ValueError) as error:
        raise NotExpressible(f"{expression} is not real at {images}: {error}") from None


def without_logarithms(expression: sympy.Expr) -> sympy.Expr:
    """The expression with tanh of a logarithm in exponentials, which sympy then takes of the logarithm: tanh(log(u)/2) = (u − 1)/(u + 1)."""
    return expression.replace(
        lambda e: isinstance(e, sympy.tanh) and e.has(sympy.log), lambda e: (sympy.exp(2 * e.args[0]) - 1) / (sympy.exp(2 * e.args[0]) + 1))


def _parameter(parameters: Mapping[str, Any], symbol: sympy.Symbol) -> Fraction | None:
    value = parameters.get(str(symbol))
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    return Fraction(value)


def _end(end: Any, given: Mapping[sympy.Symbol, sympy.Rational], symbol: sympy.Symbol) -> Fraction | Ball | None:
    """An end of a domain: rational, a ball around a real constant such as log(5), or None for infinite."""
    if end is None:
        return None
    if isinstance(end, Fraction):
        return end
    value = sympy.sympify(end, strict=True).subs(given)
    if value in (sympy.oo, -sympy.oo):
        return None
    if isinstance(value, sympy.Rational):
        return Fraction(int(value.p), int(value.q))
    from exact.programs import evaluate, from_sympy

    try:
        program, (node,) = from_sympy([value], [])
    except NotExpressible as error:
        raise ClaimError(f"the domain of {symbol} ends at {value}: {error}") from None
    with working_precision(_END_BITS):
        enclosure = evaluate(program, [])[node]
    return enclosure if isinstance(enclosure, Ball) else Fraction(enclosure)


def _check_side(symbol: sympy.Symbol, side: Side) -> None:
    lo, hi = side
    if lo is not None and hi is not None and lo > hi:
        raise ClaimError(f"the domain of {symbol} is empty: {lo} > {hi}")
    below, above = lo is None or lo < 0, hi is None or hi > 0
    if (symbol.is_nonnegative and below) or (symbol.is_nonpositive and above):
        raise ClaimError(f"the symbol {symbol} is declared with a sign that its domain contradicts: sympy may have simplified wrongly")
    if symbol.is_integer or symbol.is_extended_real is False:
        raise ClaimError(f"the symbol {symbol} is not declared as a real number, but its domain is an interval")


def compiled(statement: Statement) -> Compiled:
    """The statement as a program. Raises NotExpressible."""
    builder = Builder(statement.symbols)
    left, right = builder.expression(statement.left), builder.expression(statement.right)
    where = tuple((relation, builder.expression(expression)) for expression, relation in statement.where)
    return Compiled(builder.program(), left, right, where)


def proposition(statement: Statement) -> Proposition:
    """The statement as a certificate states it: the difference of its sides is >= 0 or > 0. Raises NotExpressible."""
    builder = Builder(statement.symbols)
    left, right = builder.expression(statement.left), builder.expression(statement.right)
    larger, smaller = (right, left) if statement.relation in ("<", "<=") else (left, right)
    node = _difference(builder, larger, smaller)
    if statement.relation == "!=":
        node = builder.step("abs", node)
    return assembled(builder, node, statement)


def algebraic_proposition(statement: Statement) -> Proposition:
    """The statement as a certificate of real algebra states it: ``!=`` as a square that is > 0. Raises NotExpressible."""
    return of_expression(statement.difference**2, statement) if statement.relation == "!=" else proposition(statement)


def _difference(builder: Builder, larger: int, smaller: int) -> int:
    if builder.steps[smaller] == ("num", "0"):
        return larger
    if builder.steps[larger] == ("num", "0"):
        return builder.step("neg", smaller)
    return builder.step("sub", larger, smaller)


def assembled(builder: Builder, node: int, statement: Statement) -> Proposition:
    """The proposition that a node has the sign that the statement claims of its difference, on the statement's region."""
    where = tuple((_relation(relation), _condition(builder, expression, relation)) for expression, relation in statement.where)
    return Proposition(builder.program(), node, statement.strict, statement.domain, where)


def _relation(relation: Relation) -> Relation:
    flipped: dict[Relation, Relation] = {"<": ">", "<=": ">="}
    return flipped.get(relation, relation)


def _condition(builder: Builder, expression: sympy.Expr, relation: Relation) -> int:
    return builder.expression(-expression if relation in ("<", "<=") else expression)


def of_expression(expression: sympy.Expr, statement: Statement) -> Proposition:
    """The proposition that an expression has the sign that the statement claims of its difference. Raises NotExpressible."""
    builder = Builder(statement.symbols)
    return assembled(builder, builder.expression(expression), statement)
