"""Proofs of a statement: as it stands, written in another way, by cases, or from statements about its derivatives.

* A view (:mod:`checkers.rewritings`) has a box cover.
* The statement is real algebra (:mod:`checkers.algebra`).
* By cases: where u >= 0 and where u <= 0, for an |u|, or a min or max of two arguments with difference u.
* Both sides exponentiated, where that removes logarithms; or their logarithms taken, where that removes exponentials.
* By derivatives (:mod:`checkers.derivatives`).

Every ingredient has a certificate of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy

from checkers import algebraic_proofs, covers, rewritings
from checkers.algebra import Algebra, from_proposition
from checkers.cover_proofs import first_cover
from checkers.derivatives import by_derivatives
from checkers.proofs import Attempt, Proof
from checkers.rewritings import View
from checkers.statements import Statement, algebraic_proposition, substituted
from exact.polynomials import NotRational, TooLarge

_LOOK = covers.Limits(80, 0.5)
_GLANCE = covers.Limits(30, 0.3)
_LONG = {"quick": covers.Limits(4000, 3.0), "standard": covers.Limits(20_000, 12.0), "full": covers.Limits(150_000, 90.0)}
_DEPTH = 4
_VARIABLES = 4
_BRANCHING = (sympy.Abs, sympy.Min, sympy.Max)


def prove(statement: Statement, attempt: Attempt) -> Proof | None:
    """A proof of the statement, or None. Raises NotExpressible."""
    return _structured(statement, attempt, _DEPTH) or first_cover(_views(statement), _LONG[attempt.budget.effort], statement, attempt)


def prove_as_stated(statement: Statement, attempt: Attempt) -> Proof | None:
    """A small cover of the statement as it stands, or None. Raises NotExpressible."""
    return first_cover(rewritings.faithful_views(statement), _LOOK, statement, attempt)


def prove_quickly(statement: Statement, attempt: Attempt) -> Proof | None:
    """A small cover of the statement as it stands, a cheap algebraic certificate, or a small cover of a view; or None. Raises NotExpressible."""
    return (prove_as_stated(statement, attempt) or _quick_algebra(statement, attempt)
            or first_cover(_views(statement), _GLANCE, statement, attempt))


def _structured(statement: Statement, attempt: Attempt, depth: int) -> Proof | None:
    """By small covers and algebra, and by arguments that lead to other statements, as deep as said."""
    proof = prove_quickly(statement, attempt)
    if proof is not None or depth == 0 or attempt.out_of_time:
        return proof

    def quickly(other: Statement) -> Proof | None:
        return None if attempt.out_of_time else prove_quickly(other, attempt)

    def deeper(other: Statement) -> Proof | None:
        return None if attempt.out_of_time else _structured(other, attempt, depth - 1)

    for exponentiated in _exponentiated(statement):
        proof = deeper(exponentiated)
        if proof is not None:
            return proof.with_words("both sides exponentiated")
    proof = _by_algebra(statement, attempt) or _by_cases(statement, attempt, depth)
    if proof is None and len(statement.symbols) <= _VARIABLES and not statement.difference.has(*_BRANCHING):
        proof = by_derivatives(statement, attempt, (quickly, deeper)) or _by_logarithms(statement, attempt, depth)
    return proof


def _views(statement: Statement) -> Iterator[View]:
    """The views worth a search; in many variables only the faithful ones."""
    return rewritings.views(statement) if len(statement.symbols) <= _VARIABLES else rewritings.faithful_views(statement)


# Algebra


def _quick_algebra(statement: Statement, attempt: Attempt) -> Proof | None:
    problem = None if statement in attempt.algebra_failed else _algebra(statement)
    if problem is None:
        return None
    description = attempt.about(statement)
    proof = algebraic_proofs.prove_as_stated(problem, algebraic_proposition(statement), description)
    return proof or algebraic_proofs.prove_quickly(problem, attempt, description)


def _by_algebra(statement: Statement, attempt: Attempt) -> Proof | None:
    if statement in attempt.algebra_failed or attempt.out_of_time:
        return None
    attempt.algebra_failed.add(statement)
    problem = _algebra(statement)
    return None if problem is None else algebraic_proofs.prove(problem, attempt, attempt.about(statement))


def _algebra(statement: Statement) -> Algebra | None:
    try:
        return from_proposition(algebraic_proposition(statement), statement)
    except (NotRational, TooLarge, ZeroDivisionError):
        return None


# Cases


def _by_cases(statement: Statement, attempt: Attempt, depth: int) -> Proof | None:
    """Both cases of the sign that decides an absolute value, a minimum or a maximum."""
    branching = sorted(statement.difference.atoms(*_BRANCHING), key=lambda e: (e.count_ops(), str(e)))
    if not branching or attempt.out_of_time:
        return None
    chosen = branching[0]
    proofs = []
    for sign, deciding, image in _branches(chosen):
        left, right = (substituted(side, {chosen: image}) for side in (statement.left, statement.right))
        case = replace(statement, left=left, right=right, where=(*statement.where, (sign * deciding, ">=")))
        proof = _structured(case, attempt, depth - 1)
        if proof is None:
            return None
        proofs.append(proof)
    first, second = proofs
    return first.with_words(f"by cases: {chosen} by the sign of {_branches(chosen)[0][1]} (this certificate: >= 0; <= 0: {second.how})", second.documents)


def _branches(expression: sympy.Expr) -> list[tuple[int, sympy.Expr, sympy.Expr]]:
    """The sign, what decides, and what the expression is then."""
    if isinstance(expression, sympy.Abs):
        inside = expression.args[0]
        return [(1, inside, inside), (-1, inside, -inside)]
    first, *rest = sorted(expression.args, key=sympy.default_sort_key)
    other = expression.func(*rest)
    chosen = (first, other) if isinstance(expression, sympy.Max) else (other, first)
    return [(1, first - other, chosen[0]), (-1, first - other, chosen[1])]


# Exponentials and logarithms of the sides


def _exponentiated(statement: Statement) -> Iterator[Statement]:
    """exp(left) against exp(right), where no logarithm, and no power like x^y in its place, is left then."""
    if statement.difference.has(sympy.log):
        left, right = sympy.exp(statement.left), sympy.exp(statement.right)
        powers = [power for side in (left, right) for power in side.atoms(sympy.Pow) if not power.exp.is_number]
        if not left.has(sympy.log) and not right.has(sympy.log) and not powers:
            yield replace(statement, left=left, right=right)


def _by_logarithms(statement: Statement, attempt: Attempt, depth: int) -> Proof | None:
    """log(left) against log(right), where one side is an exponential, once the other is known to be positive."""
    sides = (statement.left, statement.right)
    if not any(isinstance(side, sympy.exp) and side.free_symbols for side in sides):
        return None
    lemmas = []
    for side in sides:
        positive = None if isinstance(side, sympy.exp) else replace(statement, left=side, relation=">", right=sympy.Integer(0))
        proof = None if positive is None else prove_quickly(positive, attempt)
        if positive is not None and proof is None:
            return None
        lemmas += [] if proof is None else list(proof.documents)
    at = rewritings.interior(statement.symbols, statement.domain)
    left, right = (rewritings.plain(sympy.expand(sympy.log(side), log=True, force=True), at) for side in sides)
    proof = _structured(replace(statement, left=left, right=right), attempt, depth - 1)
    return None if proof is None else proof.with_words("logarithms of both sides taken", tuple(lemmas))
