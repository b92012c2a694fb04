"""Proofs from derivatives. Let f be the difference of the two sides, as a function of one variable x; the others are parameters.

* Growth: f >= 0 where x = p, and (x − p)·f′ >= 0.
* Convexity: f >= 0 and f′ = 0 where x = p, and f″ >= 0.
* Concavity: f >= 0 where x is at either end, and f″ <= 0.

p is an end, a number inside, another variable with the same range, or what a condition x >= p or x <= p says. That f (for growth), or f and all that
makes it smooth, is defined all over the region has a certificate of its own: without it f might jump. What is proved of a derivative where its formula
is defined holds elsewhere by continuity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import sympy

from checkers import identity, rewritings
from checkers.counterexamples import holds_at_samples, touching_points
from checkers.cover_proofs import lemma
from checkers.proofs import Attempt, Proof, joined
from checkers.propositions import Document
from checkers.rewritings import excludes
from checkers.statements import Statement, substituted
from exact.polynomials import TooLarge
from exact.programs import Builder, NotExpressible

Prover: TypeAlias = Callable[[Statement], "Proof | None"]

_MAX_OPERATIONS = 250


@dataclass(frozen=True)
class _Base:
    """Where f may be least: x = ``point``. ``direction`` tells that the region lies above (1) or below (−1) it, 0 on both sides."""

    point: sympy.Expr
    direction: int = 0
    outside: bool = False


def by_derivatives(statement: Statement, attempt: Attempt, provers: Sequence[Prover]) -> Proof | None:
    """A proof by growth, convexity or concavity in one of the variables. Statements about derivatives are left to each of the provers in turn, the
    quickest first; statements on faces to the last one.
    """
    if statement.relation in ("==", "!=") or statement.difference.count_ops() > _MAX_OPERATIONS:
        return None
    statement = _collected(statement)
    bases = {v: list(_bases(statement, v)) for v in range(len(statement.symbols))}
    for prove in provers:
        for v, points in bases.items():
            for base in points:
                argument = _Argument(_relevant(statement, v, base), v, attempt, prove, provers[-1])
                proof = argument.growth(base) or argument.convexity(base)
                if proof is not None or attempt.out_of_time:
                    return proof
            proof = _Argument(_relevant(statement, v, None), v, attempt, prove, provers[-1]).concavity()
            if proof is not None or attempt.out_of_time:
                return proof
    return None


def _collected(statement: Statement) -> Statement:
    """The statement as: the difference of the sides, multiplied out, is >= 0, or > 0. (This may cancel a division.)"""
    taken_apart = rewritings.plain(statement.difference, rewritings.interior(statement.symbols, statement.domain))
    difference = sympy.Add(*(sympy.expand_mul(term, deep=False) for term in sympy.Add.make_args(taken_apart)))
    return replace(statement, left=difference, relation=">" if statement.strict else ">=", right=sympy.Integer(0))


# Bases


def _bases(statement: Statement, v: int) -> Iterator[_Base]:
    """Where f may be least in this variable."""
    symbol, side = statement.symbols[v], statement.domain[v]
    excluded = _excluded_ends(statement, v)
    for end, direction in zip(side, (1, -1), strict=True):
        if end is not None:
            yield _Base(sympy.Rational(end.numerator, end.denominator), direction, end in excluded)
    for x in touching_points(statement, v):
        if x not in side:
            yield _Base(sympy.Rational(x.numerator, x.denominator))
    equals = [other for w, other in enumerate(statement.symbols)
              if w != v and statement.domain[w] == side and _excluded_ends(statement, w) == excluded]
    for condition in statement.where:
        bound = _bound(condition, symbol)
        if bound is not None and bound[0] in equals:
            yield _Base(bound[0], bound[1])
    for other in equals:
        yield _Base(other)


def _excluded_ends(statement: Statement, v: int) -> set[Fraction]:
    return {end for end in statement.domain[v] if end is not None and any(excludes(condition, statement.symbols[v], end) for condition in statement.where)}


def _bound(condition: tuple[sympy.Expr, Any], symbol: sympy.Symbol) -> tuple[sympy.Expr, int] | None:
    """p and 1 for a condition x >= p or x > p, p and −1 for x <= p or x < p."""
    expression, relation = condition
    slope = sympy.diff(expression, symbol)
    if relation in ("==", "!=") or not slope.is_Rational or slope == 0:
        return None
    upward = (slope > 0) == (relation in (">", ">="))
    return sympy.expand(symbol - expression / slope), 1 if upward else -1


def _relevant(statement: Statement, v: int, base: _Base | None) -> Statement:
    """The statement without the conditions that would cut the way from the base to a point of the region. (This enlarges the region.)"""
    symbol = statement.symbols[v]
    ends = [end for end in statement.domain[v] if end is not None]

    def kept(condition: tuple[sympy.Expr, Any]) -> bool:
        if symbol not in condition[0].free_symbols or any(excludes(condition, symbol, end) for end in ends):
            return True
        return base is not None and base.direction != 0 and _bound(condition, symbol) == (base.point, base.direction)

    return replace(statement, where=tuple(condition for condition in statement.where if kept(condition)))


# Arguments


@dataclass(frozen=True)
class _Argument:
    """What the three arguments share: f as the left side of a statement f >= 0 or f > 0, and its variable x."""

    statement: Statement
    v: int
    attempt: Attempt
    prove: Prover
    prove_on_face: Prover

    @property
    def symbol(self) -> sympy.Symbol:
        return self.statement.symbols[self.v]

    def claim(self, expression: sympy.Expr, relation: Any = ">=") -> Statement:
        """A statement about an expression on the same region."""
        return replace(self.statement, left=expression, relation=relation, right=sympy.Integer(0))

    def growth(self, base: _Base) -> Proof | None:
        """f >= 0 where x = p, and f grows away from there (strictly, when x = p is not in the region and f is to be > 0)."""
        slope = sympy.diff(self.statement.difference, self.symbol)
        factor = self.symbol - base.point if base.direction == 0 else sympy.Integer(base.direction)
        growing = self.claim(factor * slope, ">" if self.statement.strict and base.outside else ">=")
        face = self.face(base.point, base.outside)
        if face is None or not _plausible(growing) or not _plausible(face):
            return None
        defined = self.defined_on_closure(()) if base.outside else self.defined(())
        grows = None if defined is None else self.prove(growing)
        on_face = None if grows is None else self.holds_on(face)
        if defined is None or grows is None or on_face is None:
            return None
        words = f"the difference only grows (this certificate) away from {self.symbol} = {base.point}, where the statement holds ({on_face.how})"
        return grows.with_words(words, (defined, *on_face.documents))

    def convexity(self, base: _Base) -> Proof | None:
        """f >= 0 and f′ = 0 where x = p, and f is convex."""
        slope = sympy.diff(self.statement.difference, self.symbol)
        face, flat = self.face(base.point, False), self.face(base.point, True, slope)
        convex = self.claim(sympy.diff(slope, self.symbol))
        if base.outside or face is None or flat is None or not _plausible(convex) or not _plausible(face):
            return None
        stationary = self.vanishes(flat)
        defined = None if stationary is None else self.defined(_inverse_radicands(self.statement.difference))
        curved = None if defined is None else self.prove(convex)
        on_face = None if curved is None else self.holds_on(face)
        if stationary is None or defined is None or curved is None or on_face is None:
            return None
        words = f"the difference is convex in {self.symbol} (this certificate) and stationary at {self.symbol} = {base.point}, where the statement holds"
        return curved.with_words(words, (defined, stationary, *on_face.documents))

    def concavity(self) -> Proof | None:
        """f >= 0 on two opposite faces, and f is concave between them."""
        ends = self.statement.domain[self.v]
        if None in ends or _excluded_ends(self.statement, self.v):
            return None
        concave = self.claim(-sympy.diff(self.statement.difference, self.symbol, 2))
        faces = [self.face(sympy.Rational(end.numerator, end.denominator), False) for end in ends if end is not None]
        if None in faces or not _plausible(concave):
            return None
        defined = self.defined(_inverse_radicands(self.statement.difference))
        curved = None if defined is None else self.prove(concave)
        if defined is None or curved is None:
            return None
        documents: list[Document] = [defined]
        for face in faces:
            proof = None if face is None else self.holds_on(face)
            if proof is None:
                return None
            documents += proof.documents
        words = f"the difference is concave in {self.symbol} (this certificate), and the statement holds where it is {ends[0]} and where it is {ends[1]}"
        return curved.with_words(words, tuple(documents))

    # Faces

    def face(self, point: sympy.Expr, weak: bool, expression: sympy.Expr | None = None) -> Statement | None:
        """The statement (or one about another expression) where x = point (``weak``: equality allowed), or None where it is not defined there."""
        image = {self.symbol: point}
        try:
            value = substituted(self.statement.difference if expression is None else expression, image)
        except NotExpressible:
            return None
        if value.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
            return None
        statement, v = self.statement, self.v
        relation: Any = ">=" if weak or not statement.strict else ">"
        where = tuple(condition for condition in statement.where if self.symbol not in condition[0].free_symbols)
        return replace(statement, left=value, relation=relation, right=sympy.Integer(0), where=where,
                       symbols=statement.symbols[:v] + statement.symbols[v + 1:], domain=statement.domain[:v] + statement.domain[v + 1:])

    def holds_on(self, face: Statement) -> Proof | None:
        zero = self.vanishes(face) if face.relation == ">=" else None
        try:
            return self.prove_on_face(face) if zero is None else Proof(zero, "equality")
        except NotExpressible:
            return None

    def vanishes(self, face: Statement) -> Document | None:
        """The certificate that the left side is identically 0, when the normal form shows it."""
        builder = Builder(face.symbols)
        difference = rewritings.plain(face.left, rewritings.interior(face.symbols, face.domain))
        try:
            left, right = builder.expression(difference), builder.number(0)
            return identity.certificate(builder, left, right, self.attempt.about(face, role="lemma"))
        except (NotExpressible, TooLarge, ZeroDivisionError):
            return None

    # Where f is defined

    def defined(self, beside: tuple[sympy.Expr, ...]) -> Document | None:
        """The certificate that f, and what stands beside it, are defined all over the region, excluded ends left out."""
        found = self.defined_on_closure(beside)
        if found is None:
            for rewritten, images, words in rewritings.openings(self.statement):
                found = self.remembered(rewritten, tuple(substituted(e, images) for e in (self.statement.difference, *beside)), words)
                if found is not None:
                    return found
        return found

    def defined_on_closure(self, beside: tuple[sympy.Expr, ...]) -> Document | None:
        """The same with excluded ends."""
        return self.remembered(self.statement, (self.statement.difference, *beside), "")

    def remembered(self, statement: Statement, expressions: tuple[sympy.Expr, ...], words: str) -> Document | None:
        known = self.attempt.defined
        key = (statement, expressions)
        if key not in known:
            known[key] = _all_defined(statement, expressions, self.attempt.about(statement, role=joined("lemma: the difference is defined", words)))
        return known[key]


def _all_defined(statement: Statement, expressions: Sequence[sympy.Expr], description: dict[str, Any]) -> Document | None:
    try:
        return lemma(rewritings.all_defined(statement, expressions), description)
    except NotExpressible:
        return None


def _plausible(statement: Statement) -> bool:
    """Whether the statement holds at sampled points: a cheap look before a search."""
    try:
        return holds_at_samples(statement)
    except (NotExpressible, TooLarge):
        return False


def _inverse_radicands(expression: sympy.Expr) -> tuple[sympy.Expr, ...]:
    """1/u for every root or real power of u: where these are defined too, the expression is smooth."""
    return tuple(1 / power.base for power in expression.atoms(sympy.Pow) if not power.exp.is_integer and power.base != sympy.E)
