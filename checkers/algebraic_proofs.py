"""Certificates for algebraic problems: a shift, a Sturm sequence, a small cover, a reduction to a simpler problem, sums of squares."""

from __future__ import annotations

from itertools import islice
from typing import Any

from checkers import covers, positivity
from checkers.algebra import Algebra
from checkers.algebra_reductions import Reduction, is_plausible, reductions
from checkers.proofs import Attempt, Proof
from checkers.propositions import Document, Proposition
from exact.polynomials import NotRational, TooLarge, raw_quotient

_GLANCES = (200, 120, 40, 10)
_DEPTH = 2
_FIRST_RELAXATIONS = 2


def prove_quickly(problem: Algebra, attempt: Attempt, description: dict[str, Any]) -> Proof | None:
    """A certificate of the algebraic problem by a shift, a Sturm sequence, a small cover, or the first sums of squares."""
    if not is_plausible(problem):
        return None
    proposition = problem.proposition()
    proof = _quick(problem, proposition, description)
    relaxations = positivity.by_squares(problem, proposition, description, lambda: attempt.out_of_time)
    squares = islice(relaxations, 0 if proof else _FIRST_RELAXATIONS)
    proof = proof or next((Proof(found.document, found.how) for found in squares if found is not None), None)
    return None if proof is None else proof.with_words(problem.substitution)


def prove(problem: Algebra, attempt: Attempt, description: dict[str, Any]) -> Proof | None:
    """A certificate of the algebraic problem, directly or after reductions."""
    proof = _prove(problem, attempt, description, _DEPTH)
    return None if proof is None else proof.with_words(problem.substitution)


def _prove(problem: Algebra, attempt: Attempt, description: dict[str, Any], depth: int) -> Proof | None:
    if not is_plausible(problem):
        return None
    proposition = problem.proposition()
    proof = _quick(problem, proposition, description)
    if proof is not None:
        return proof
    for reduction in reductions(problem) if depth > 0 else ():
        proof = _reduced(reduction, attempt, description, depth)
        if proof is not None:
            return proof
    squares = positivity.by_squares(problem, proposition, description, lambda: attempt.out_of_time)
    return next((Proof(found.document, found.how) for found in squares if found is not None), None)


def prove_as_stated(problem: Algebra, proposition: Proposition, description: dict[str, Any]) -> Proof | None:
    """A certificate of a rational inequality with its program as it stands."""
    if problem.substitution:
        return None
    same = Proposition(proposition.program, proposition.node, proposition.strict, problem.domain, proposition.where)
    try:
        top, bottom = raw_quotient(proposition.program, proposition.node)
        target = top * bottom
    except (NotRational, TooLarge, ZeroDivisionError):
        return None
    positive = positivity.by_shift(same, description) or positivity.by_sturm(problem, same, target, description)
    return None if positive is None else Proof(positive.document, positive.how)


def _quick(problem: Algebra, proposition: Proposition, description: dict[str, Any]) -> Proof | None:
    positive = positivity.by_shift(proposition, description) or positivity.by_sturm(problem, proposition, problem.target, description)
    if positive is not None:
        return Proof(positive.document, positive.how)
    pieces = _GLANCES[min(len(problem.names), len(_GLANCES)) - 1]
    search = covers.search(proposition, covers.Limits(pieces, 0.5))
    document = None if search.cover is None else covers.prove(proposition, search.cover, description)
    return None if document is None or search.cover is None else Proof(document, search.cover.describe())


def _reduced(reduction: Reduction, attempt: Attempt, description: dict[str, Any], depth: int) -> Proof | None:
    """The proof of the reduced problem, once every lemma is proved quickly."""
    lemmas: list[Document] = []
    for lemma in reduction.lemmas:
        proof = _quick(lemma, lemma.proposition(), {**description, "role": "lemma"})
        if proof is None:
            return None
        lemmas.append(proof.document)
    main = _prove(reduction.core, attempt, description, depth - 1)
    return None if main is None else main.with_words(reduction.words, tuple(lemmas))
