"""Proofs of a statement: of the statement as it stands, of another way to write it, of its cases, or of statements about its derivatives.

* A view (:mod:`checkers.rewritings`) has a box cover.
* The statement is real algebra (:mod:`checkers.algebra`).
* By a derivative. Let f be the difference of the sides. If f is defined all over the region, f >= 0 on a face x = p, and (x − p)·∂f/∂x >= 0, then f >= 0.
  p is an end, a number inside, or another variable with the same range. Likewise when f is smooth, concave in x, and >= 0 where x is at an end.
* By cases: where u >= 0 and where u <= 0, for an |u|, or a min or max of two arguments with difference u.

Every ingredient has a certificate of its own; that f is defined, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy

from checkers import algebraic_proofs, covers, identity, rewritings
from checkers.algebra import Algebra, from_proposition
from checkers.counterexamples import holds_at_samples, touching_points
from checkers.proofs import Attempt, Proof, joined
from checkers.propositions import Document, Proposition
from checkers.rewritings import View, excludes
from checkers.statements import Statement, algebraic_proposition, substituted
from exact.polynomials import NotRational, TooLarge
from exact.programs import Builder, NotExpressible

_LOOK = covers.Limits(80, 0.5)
_GLANCE = covers.Limits(30, 0.3)
_LEMMA = covers.Limits(300, 1.0)
_LONG = {"quick": covers.Limits(4000, 3.0), "standard": covers.Limits(20_000, 12.0), "full": covers.Limits(150_000, 90.0)}
_SHARPER = 160
_DEPTH = 3
_VARIABLES = 4
_MAX_OPERATIONS = 250
_BRANCHING = (sympy.Abs, sympy.Min, sympy.Max)


def prove(statement: Statement, attempt: Attempt) -> Proof | None:
    """A proof of the statement, or None. Raises NotExpressible."""
    return _structured(statement, attempt, _DEPTH) or _first_cover(_views(statement), _LONG[attempt.budget.effort], statement, attempt)


def prove_as_stated(statement: Statement, attempt: Attempt) -> Proof | None:
    """A small cover of the statement as it stands, or None. Raises NotExpressible."""
    return _first_cover(rewritings.faithful_views(statement), _LOOK, statement, attempt)


def prove_quickly(statement: Statement, attempt: Attempt) -> Proof | None:
    """A small cover of the statement as it stands, a cheap algebraic certificate, or a small cover of a view; or None. Raises NotExpressible."""
    return (prove_as_stated(statement, attempt) or _quick_algebra(statement, attempt)
            or _first_cover(_views(statement), _GLANCE, statement, attempt))


def _structured(statement: Statement, attempt: Attempt, depth: int) -> Proof | None:
    """By small covers, algebra, cases and derivatives, as deep as said."""
    return (prove_quickly(statement, attempt) or _by_algebra(statement, attempt) or _by_cases(statement, attempt, depth)
            or _by_derivatives(statement, attempt, depth))


def _views(statement: Statement) -> Iterator[View]:
    """The views worth a search; in many variables only the faithful ones."""
    return rewritings.views(statement) if len(statement.symbols) <= _VARIABLES else rewritings.faithful_views(statement)


# Covers


def _first_cover(views: Iterable[View], limits: covers.Limits, statement: Statement, attempt: Attempt) -> Proof | None:
    for view in views:
        if attempt.out_of_time:
            return None
        if (view, limits) not in attempt.covers_failed:
            proof = _cover(view, limits, attempt.about(statement), attempt)
            if proof is not None:
                return proof
            attempt.covers_failed.add((view, limits))
    return None


def _cover(view: View, limits: covers.Limits, description: dict[str, Any], attempt: Attempt) -> Proof | None:
    """A cover of the view, with covers of its lemmas."""
    lemmas: list[Document] = []
    for group in view.lemmas:
        document = next((d for d in (_document(p, _LEMMA, {**description, "role": "lemma"})[0] for p in group) if d is not None), None)
        if document is None:
            return None
        lemmas.append(document)
    document, search = _document(view.proposition, limits, description)
    if search.violation is not None and not view.words:
        attempt.violations.append(search.violation)
    if document is None or search.cover is None:
        return None
    margin = None if view.words else search.margin
    return Proof(document, joined(search.cover.describe(), view.words), tuple(lemmas), margin)


def _document(proposition: Proposition, limits: covers.Limits, description: dict[str, Any]) -> tuple[Document | None, covers.Search]:
    """The accepted certificate of a proposition by a cover; a second search works with more digits where the first got stuck."""
    search = covers.search(proposition, limits)
    if search.cover is None and search.stuck:
        search = covers.search(proposition, limits, _SHARPER)
    return (None if search.cover is None else covers.prove(proposition, search.cover, description)), search


# Algebra


def _quick_algebra(statement: Statement, attempt: Attempt) -> Proof | None:
    problem = None if statement in attempt.algebra_failed else _algebra(statement)
    if problem is None:
        return None
    description = attempt.about(statement)
    proof = algebraic_proofs.prove_as_stated(problem, algebraic_proposition(statement), description)
    return proof or algebraic_proofs.prove_quickly(problem, description)


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
    if depth == 0 or not branching or attempt.out_of_time:
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


# Derivatives


def _by_derivatives(statement: Statement, attempt: Attempt, depth: int) -> Proof | None:
    if depth == 0 or statement.relation in ("==", "!=") or len(statement.symbols) > _VARIABLES:
        return None
    if statement.difference.has(*_BRANCHING) or statement.difference.count_ops() > _MAX_OPERATIONS:
        return None
    statement = _collected(statement)
    for v in range(len(statement.symbols)):
        if not _may_move(statement, v):
            continue
        for base in _bases(statement, v):
            proof = None if attempt.out_of_time else _from_base(statement, v, base, attempt, depth)
            if proof is not None:
                return proof
        proof = None if attempt.out_of_time else _concave(statement, v, attempt, depth)
        if proof is not None:
            return proof
    return None


def _collected(statement: Statement) -> Statement:
    """The statement as: the difference of the sides, multiplied out, is >= 0, or > 0. (This may cancel a division.)"""
    taken_apart = rewritings.plain(statement.difference, rewritings.interior(statement.symbols, statement.domain))
    difference = sympy.Add(*(sympy.expand_mul(term, deep=False) for term in sympy.Add.make_args(taken_apart)))
    return replace(statement, left=difference, relation=">" if statement.strict else ">=", right=sympy.Integer(0))


def _may_move(statement: Statement, v: int) -> bool:
    """Whether the region is a product in this variable: no condition mentions it, but to exclude an end of its side."""
    symbol, (lo, hi) = statement.symbols[v], statement.domain[v]
    ends = [end for end in (lo, hi) if end is not None]
    return all(symbol not in condition[0].free_symbols or any(excludes(condition, symbol, end) for end in ends) for condition in statement.where)


def _bases(statement: Statement, v: int) -> Iterator[sympy.Expr]:
    """Where the difference may be least in this variable: an end, a touching point inside, another variable with the same range."""
    side = statement.domain[v]
    for end in side:
        if end is not None:
            yield sympy.Rational(end.numerator, end.denominator)
    for x in touching_points(statement, v):
        if x not in side:
            yield sympy.Rational(x.numerator, x.denominator)
    for w, other in enumerate(statement.symbols):
        if w != v and statement.domain[w] == side and _excluded_ends(statement, w) == _excluded_ends(statement, v):
            yield other


def _excluded_ends(statement: Statement, v: int) -> set[Fraction]:
    return {end for end in statement.domain[v] if end is not None and any(excludes(condition, statement.symbols[v], end) for condition in statement.where)}


def _from_base(statement: Statement, v: int, base: sympy.Expr, attempt: Attempt, depth: int) -> Proof | None:
    """The statement where x = base, and growth of the difference away from there (strict, when the statement is and x = base is excluded)."""
    symbol = statement.symbols[v]
    number = Fraction(int(base.p), int(base.q)) if isinstance(base, sympy.Rational) else None
    outside = number is not None and number in _excluded_ends(statement, v)
    relation: Any = ">" if statement.strict and outside else ">="
    growing = replace(statement, left=(symbol - base) * sympy.diff(statement.difference, symbol), relation=relation, right=sympy.Integer(0))
    face = _on_face(statement, v, base, outside)
    if face is None or not _plausible(growing) or not _plausible(face):
        return None
    defined = _defined_on_closure(statement, (), attempt) if outside else _defined(statement, (), attempt)
    growth = None if defined is None else _structured(growing, attempt, 0)
    on_face = None if growth is None else _on_the_face(face, attempt, depth)
    if defined is None or growth is None or on_face is None:
        return None
    words = f"the difference is least at {symbol} = {base}: away from there it only grows (this certificate), and there the statement holds ({on_face.how})"
    return growth.with_words(words, (defined, *on_face.documents))


def _concave(statement: Statement, v: int, attempt: Attempt, depth: int) -> Proof | None:
    """The statement on two opposite faces, and concavity between them."""
    symbol, ends = statement.symbols[v], statement.domain[v]
    if None in ends or _excluded_ends(statement, v):
        return None
    curvature = replace(statement, left=-sympy.diff(statement.difference, symbol, 2), relation=">=", right=sympy.Integer(0))
    faces = [_on_face(statement, v, sympy.Rational(end.numerator, end.denominator), False) for end in ends if end is not None]
    if None in faces or not _plausible(curvature):
        return None
    defined = _defined(statement, _inverse_radicands(statement.difference), attempt)
    concave = None if defined is None else _structured(curvature, attempt, 0)
    if defined is None or concave is None:
        return None
    documents: list[Document] = [defined]
    for face in faces:
        proof = None if face is None else _on_the_face(face, attempt, depth)
        if proof is None:
            return None
        documents += proof.documents
    words = f"the difference is concave in {symbol} (this certificate), and the statement holds at {symbol} = {ends[0]} and at {symbol} = {ends[1]}"
    return concave.with_words(words, tuple(documents))


def _on_face(statement: Statement, v: int, base: sympy.Expr, weak: bool) -> Statement | None:
    """The statement with x_v = base (``weak``: equality allowed), or None where it is not defined there."""
    image = {statement.symbols[v]: base}
    try:
        difference = substituted(statement.difference, image)
    except NotExpressible:
        return None
    if difference.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        return None
    relation: Any = ">=" if weak or not statement.strict else ">"
    where = tuple((expression.subs(image), kind) for expression, kind in statement.where if statement.symbols[v] not in expression.free_symbols)
    return replace(
        statement, left=difference, relation=relation, right=sympy.Integer(0), where=where,
        symbols=statement.symbols[:v] + statement.symbols[v + 1:], domain=statement.domain[:v] + statement.domain[v + 1:],
    )


def _on_the_face(face: Statement, attempt: Attempt, depth: int) -> Proof | None:
    if face.relation == ">=":
        zero = _identically_zero(face, attempt)
        if zero is not None:
            return zero
    try:
        return _structured(face, attempt, depth - 1)
    except NotExpressible:
        return None


def _identically_zero(face: Statement, attempt: Attempt) -> Proof | None:
    """The identity difference = 0, when the normal form shows it."""
    builder = Builder(face.symbols)
    difference = rewritings.plain(face.left, rewritings.interior(face.symbols, face.domain))
    try:
        left, right = builder.expression(difference), builder.number(0)
        document = identity.certificate(builder, left, right, attempt.about(face, role="lemma"))
    except (NotExpressible, TooLarge, ZeroDivisionError):
        return None
    return None if document is None else Proof(document, "equality")


def _plausible(statement: Statement) -> bool:
    """Whether the statement holds at sampled points: a cheap look before a search."""
    try:
        return holds_at_samples(statement)
    except (NotExpressible, TooLarge):
        return False


def _inverse_radicands(expression: sympy.Expr) -> tuple[sympy.Expr, ...]:
    """1/u for every root or real power of u: where these are defined too, the expression is smooth."""
    return tuple(1 / power.base for power in expression.atoms(sympy.Pow) if not power.exp.is_integer and power.base != sympy.E)


def _defined(statement: Statement, beside: tuple[sympy.Expr, ...], attempt: Attempt) -> Document | None:
    """The certificate that the difference, and what stands beside it, are defined all over the region, excluded ends left out."""
    found = _defined_on_closure(statement, beside, attempt)
    if found is None:
        for rewritten, images, words in rewritings.openings(statement):
            found = _remembered(rewritten, tuple(substituted(e, images) for e in (statement.difference, *beside)), words, attempt)
            if found is not None:
                return found
    return found


def _defined_on_closure(statement: Statement, beside: tuple[sympy.Expr, ...], attempt: Attempt) -> Document | None:
    """The same with excluded ends."""
    return _remembered(statement, (statement.difference, *beside), "", attempt)


def _remembered(statement: Statement, expressions: tuple[sympy.Expr, ...], words: str, attempt: Attempt) -> Document | None:
    key = (statement, expressions)
    if key not in attempt.defined:
        attempt.defined[key] = _all_defined(statement, expressions, attempt.about(statement, role=joined("lemma: the difference is defined", words)))
    return attempt.defined[key]


def _all_defined(statement: Statement, expressions: Sequence[sympy.Expr], description: dict[str, Any]) -> Document | None:
    try:
        document, _ = _document(rewritings.all_defined(statement, expressions), _LEMMA, description)
    except NotExpressible:
        return None
    return document
