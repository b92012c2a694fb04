"""Certificates that a polynomial is >= 0 or > 0 on a region: coefficients after a shift, Sturm sequences, sums of squares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from checkers import sums_of_squares
from checkers.algebra import Algebra
from checkers.propositions import Document, Proposition, rejection
from exact import univariate
from exact.polynomials import in_one_variable, terms


@dataclass(frozen=True)
class Positive:
    """A certificate that the kernel has accepted, and how it works in a few words."""

    document: Document
    how: str


def by_shift(proposition: Proposition, about: dict[str, Any]) -> Positive | None:
    """No negative coefficient when every variable is counted from an end of its side."""
    document = proposition.document({"method": "shift"}, about)
    return Positive(document, "no negative coefficient after a shift") if rejection(document) is None else None


def by_sturm(problem: Algebra, proposition: Proposition, target: Any, about: dict[str, Any]) -> Positive | None:
    """One variable: a square times a polynomial without a root inside. ``target`` is numerator times denominator as certificates read them."""
    if len(problem.names) != 1 or target.is_zero():
        return None
    p = univariate.decomposition(in_one_variable(target, 0))
    square, rest = (problem.ring.from_terms({(k,): c for k, c in enumerate(part.coeffs()) if c}) for part in (p.square, p.rest))
    document = proposition.document({"method": "sturm", "square": terms(square), "rest": terms(rest)}, about)
    return Positive(document, "Sturm sequence") if rejection(document) is None else None


def goal(problem: Algebra) -> sums_of_squares.Goal:
    """The problem with the constraints in the order in which certificates number them."""
    ring = problem.ring
    constraints = []
    for v, (lo, hi) in enumerate(problem.domain):
        if lo is not None:
            constraints.append((ring.variable(v) - ring.constant(lo), False))
        if hi is not None:
            constraints.append((ring.constant(hi) - ring.variable(v), False))
    constraints += [(p, relation == ">") for p, relation in problem.where if relation in (">=", ">")]
    equations = tuple((index, p) for index, (p, relation) in enumerate(problem.where) if relation == "==")
    return sums_of_squares.Goal(ring, problem.target, problem.strict, tuple(constraints), equations)


def by_squares(problem: Algebra, proposition: Proposition, about: dict[str, Any], stop: Callable[[], bool]) -> Iterator[Positive | None]:
    """Sum-of-squares certificates, relaxation by relaxation (None for one that fails), until ``stop`` says so."""
    for proof in sums_of_squares.proofs(goal(problem), stop):
        if proof is None:
            yield None
            continue
        document = proposition.document(proof, about)
        yield Positive(document, _describe(proof)) if rejection(document) is None else None


def _describe(proof: dict[str, Any]) -> str:
    squares = sum(len(term["squares"]) for term in proof["terms"])
    products = sum(bool(term["constraints"]) for term in proof["terms"])
    words = f"sum of {squares} square{'s' * (squares != 1)}" + (f", {products} of its terms times constraints" if products else "")
    return words + (", with a multiplier" if proof["multiplier"] else "")
