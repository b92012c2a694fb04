"""Checks `Inequality` formulations of closed forms in few variables, in interval arithmetic.

With + − × ÷, powers, exp, log, sqrt, tanh, min, max, abs on boxes, half-lines and the line. Proofs are box covers (:mod:`checkers.covers`) of the
statement or of an equivalent one (:mod:`checkers.rewritings`), or of statements about its derivatives (:mod:`checkers.analysis`); refutations are
rational points.
"""

from __future__ import annotations

from checkers import analysis, covers, polynomial
from checkers.checker import Budget
from checkers.counterexamples import find, holds_at_samples, one_sided
from checkers.evidence import Evidence, undecided
from checkers.proofs import Attempt
from checkers.statements import Statement, proposition, read
from claims.errors import ClaimError
from claims.formulations import Formulation, Inequality
from claims.parameters import Values
from exact.programs import NotExpressible

NAME = "interval"


def accepts(formulation: Formulation) -> bool:
    """Inequalities of closed forms that are no real algebra (the polynomial checker's proofs contain these), unless this checker is asked for."""
    if not isinstance(formulation, Inequality) or formulation.relation == "==" or formulation.method not in ("auto", "interval"):
        return False
    return formulation.method == "interval" or not polynomial.accepts(formulation)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Prove the inequality with a certificate, or refute it at a rational point."""
    assert isinstance(formulation, Inequality)
    try:
        statement = read(formulation, parameters)
        return _check(statement, seed, Attempt(NAME, budget))
    except ClaimError as error:
        return Evidence(checker=NAME, status="error", scope="universal", trust="numeric", note=str(error))
    except NotExpressible as error:
        return undecided(NAME, "universal", str(error))


def _check(statement: Statement, seed: int, attempt: Attempt) -> Evidence:
    description = attempt.about(statement)
    claimed = one_sided(statement)
    proof = analysis.prove_quickly(claimed, attempt) if holds_at_samples(statement) else None
    if proof is not None:
        return proof.evidence(NAME, statement)
    counterexample = find(statement, seed, description, extra=attempt.violations_of(statement, claimed))
    if counterexample is None and claimed.relation != "!=":
        attempt.violations.clear()
        proof = analysis.prove(claimed, attempt)
        if proof is not None:
            return proof.evidence(NAME, statement)
        violations = attempt.violations_of(statement, claimed)
        counterexample = find(statement, seed, description, extra=violations) if violations else None
    if counterexample is not None:
        return counterexample.evidence(NAME, "a point of the domain")
    return undecided(NAME, statement.scope, _stuck(statement))


def _stuck(statement: Statement) -> str:
    """Where the cover of the statement as it stands gets stuck: often a point where the two sides touch."""
    search = covers.search(proposition(statement), covers.Limits(400, 1.0))
    if search.stopped_at is None:
        return "no cover and no counterexample found"
    place = ", ".join(f"{symbol} in {side}" for symbol, side in zip(statement.symbols, search.stopped_at, strict=True))
    return f"no cover and no counterexample found; undecided at {place}"
