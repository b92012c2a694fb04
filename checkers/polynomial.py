"""Checks `Inequality` formulations that are real algebra: by certificates where one is found, by z3 and cvc5 where not.

Rational functions, and what becomes rational when an exponential or a square root is taken as a variable (:mod:`checkers.algebra`). Certificates are those
of :mod:`checkers.algebraic_proofs` and, failing these, of :mod:`checkers.analysis`; a failure is refuted at a rational point. Where neither is found, both
solvers are asked, and have to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checkers import algebraic_proofs, analysis, smtlib, solvers
from checkers.algebra import Algebra, from_proposition
from checkers.checker import Budget
from checkers.counterexamples import Counterexample, find, holds_at_samples, one_sided
from checkers.evidence import Evidence, undecided
from checkers.landscapes import Point
from checkers.proofs import Attempt, Proof, joined
from checkers.propositions import Proposition
from checkers.statements import Statement, algebraic_proposition, read
from claims.errors import ClaimError
from claims.formulations import Formulation, Inequality
from claims.parameters import Values
from exact import univariate
from exact.polynomials import NotRational, TooLarge, in_one_variable
from exact.programs import NotExpressible

NAME = "polynomial"

_SOLVER_SECONDS = {"quick": 3.0, "standard": 15.0, "full": 120.0}


def accepts(formulation: Formulation) -> bool:
    """Inequalities (not identities) that are real algebra, before parameters are put in; any, when the formulation asks for this checker."""
    if not isinstance(formulation, Inequality) or formulation.relation == "==" or formulation.method not in ("auto", "polynomial"):
        return False
    if formulation.method == "polynomial":
        return True
    try:
        from_proposition(algebraic_proposition(statement := read(formulation, {})), statement)
    except TooLarge:
        return True
    except (NotRational, NotExpressible, ZeroDivisionError, ClaimError):
        return False
    return True


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Prove the inequality with a certificate, refute it at a rational point, or decide it by two solvers that agree."""
    assert isinstance(formulation, Inequality)
    attempt = Attempt(NAME, budget)
    try:
        statement = read(formulation, parameters)
        proposition = algebraic_proposition(statement)
    except ClaimError as error:
        return Evidence(checker=NAME, status="error", scope="universal", trust="numeric", note=str(error))
    except NotExpressible as error:
        return undecided(NAME, "universal", str(error))
    try:
        problem = from_proposition(proposition, statement)
    except (NotRational, TooLarge, ZeroDivisionError) as error:
        return _beyond_algebra(statement, str(error), seed, attempt)
    return _check(statement, proposition, problem, seed, attempt)


def _beyond_algebra(statement: Statement, reason: str, seed: int, attempt: Attempt) -> Evidence:
    """What can be said where the polynomials are too large, or none."""
    counterexample = find(statement, seed, attempt.about(statement))
    if counterexample is not None:
        return counterexample.evidence(NAME, "a point of the domain")
    proof = analysis.prove_as_stated(one_sided(statement), attempt)
    return undecided(NAME, statement.scope, reason) if proof is None else proof.evidence(NAME, statement)


def _check(statement: Statement, proposition: Proposition, problem: Algebra, seed: int, attempt: Attempt) -> Evidence:
    description = attempt.about(statement)
    proof = algebraic_proofs.prove_as_stated(problem, proposition, description)
    if proof is None and holds_at_samples(statement):
        proof = algebraic_proofs.prove_quickly(problem, attempt, description)
    if proof is not None:
        return proof.evidence(NAME, statement)
    counterexample = find(statement, seed, description, extra=_algebraic_points(problem))
    if counterexample is not None:
        return counterexample.evidence(NAME, "a point of the domain")
    if len(problem.names) > 1 or problem.substitution:  # in one variable, Sturm sequences have decided already
        proof = _prove(statement, problem, attempt)
        if proof is not None:
            return proof.evidence(NAME, statement)
    return _by_solvers(problem, statement, attempt)


def _prove(statement: Statement, problem: Algebra, attempt: Attempt) -> Proof | None:
    """By a cover of the statement as it stands, by algebra at length, by what else analysis knows."""
    claimed = one_sided(statement)
    proof = analysis.prove_as_stated(claimed, attempt) or algebraic_proofs.prove(problem, attempt, attempt.about(statement))
    if proof is None and claimed.relation != "!=" and not attempt.out_of_time:
        attempt.algebra_failed.add(claimed)
        return analysis.prove(claimed, attempt)
    return proof


def _algebraic_points(problem: Algebra) -> Iterator[Point]:
    """For one variable, points at which the polynomial is certainly negative (or 0, for a strict inequality), carried back to the statement."""
    if len(problem.names) != 1 or problem.target.is_zero():
        return
    p = in_one_variable(problem.target, 0)
    lo, hi = problem.domain[0]
    found = [x for x, _ in zip(univariate.negative_points(p, lo, hi), range(4), strict=False)] if p.degree() > 0 else []
    if problem.strict and p.degree() > 0:
        found += univariate.rational_roots(p)
    for x in found:
        point = problem.carry_back((x,))
        if point is not None:
            yield point


def _by_solvers(problem: Algebra, statement: Statement, attempt: Attempt) -> Evidence:
    seconds = min(_SOLVER_SECONDS[attempt.budget.effort], attempt.budget.seconds / 3)
    consensus = solvers.ask(smtlib.negation(problem), seconds)
    words = joined(consensus.describe(), problem.substitution)
    if consensus.conflict:
        return Evidence(checker=NAME, status="error", scope=statement.scope, trust="solver", note=f"the solvers contradict each other: {words}")
    if consensus.answer == "unsat":
        return Evidence(checker=NAME, status="holds", scope=statement.scope, trust="solver", note=f"no violation exists ({words}); no certificate was found")
    counterexample = _from_models(problem, statement, consensus.models, attempt)
    if counterexample is not None:
        return counterexample.evidence(NAME, f"a model of the negation ({words})")
    return undecided(NAME, statement.scope, f"no certificate and no counterexample found ({words})")


def _from_models(problem: Algebra, statement: Statement, models: Sequence[solvers.Model], attempt: Attempt) -> Counterexample | None:
    points = []
    for model in models:
        values = [model.get(f"x{i}") for i in range(len(problem.names))]
        if all(isinstance(value, Fraction) for value in values):
            point = problem.carry_back([value for value in values if isinstance(value, Fraction)])
            points += [] if point is None else [point]
    return find(statement, 0, attempt.about(statement), extra=points) if points else None
