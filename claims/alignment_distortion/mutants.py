"""False variants of the theorems, by claim. Each must be refuted by an exact counterexample; one that survives shows a blind checker."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Mutant, Settings, Witness
from claims.alignment_distortion import model
from claims.alignment_distortion import quantities as measured
from claims.alignment_distortion.analysis import R, S, beta, epsilon, gamma, relation, t
from claims.formulations import Formulation, Quantity, Relation
from claims.parameters import Values
from exact import reals
from exact.reals import Real
from instances import AlignmentProblem, BTModel, Election, GridBTModel, Population
from instances.preference_constructions import (
    CYCLIC_REFERENCE,
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    cyclic_population,
)

F = Fraction
a, b = sp.symbols("a b", real=True)


def at(instance: Callable[[Values], Any] | Any, quantity: Quantity, symbol: Relation, bound: Quantity, **parameters: Any) -> Witness:
    """``quantity symbol bound`` at one instance."""
    build = instance if callable(instance) else lambda values: instance
    return Witness(instance=build, quantity=quantity, relation=symbol, bound=bound, settings=Settings(quick=(parameters,)))


def mutant(change: str, *formulations: Formulation) -> Mutant:
    """A mutant."""
    return Mutant(change, formulations)


USER = ((a, 0, 1), (b, 0, 1), (beta, 1, 8))
ell = S(beta) / beta

WIN_RATE_LINEARISATION = (
    mutant("L = 24/100 in place of 1/4", relation(S(beta * (a - b)), "<=", beta * (sp.Rational(24, 100) * a - ell * b), *USER)),
    mutant("105/100·ℓ in place of ℓ", relation(S(beta * (a - b)), "<=", beta * (a / 4 - sp.Rational(105, 100) * ell * b), *USER)),
    mutant("the coefficients exchanged: ℓa − Lb", relation(S(beta * (a - b)), "<=", beta * (ell * a - b / 4), *USER)),
    mutant("utilities in [0,2]", relation(S(beta * (a - b)), "<=", beta * (a / 4 - ell * b), (a, 0, 2), (b, 0, 2), (beta, 1, 8))),
)


# Borda


def best_ratio(election: Election, parameters: Values) -> Real:
    """max A over A of the first alternative, which need not be a Borda winner."""
    return model.best_average_utility(election.population) / model.average_utility(election.population, 0)


def printed_winner_loss(election: Election, parameters: Values) -> Real:
    """max A − R²·A(winner of the printed score): the claim says it is at most 0."""
    scores = model.printed_borda_scores(election.response, election.population, election.mu)
    winner = reals.argmax(scores)[0]
    beta_ = election.response.beta
    return model.best_average_utility(election.population) - model.R(beta_) ** 2 * model.average_utility(election.population, winner)


def R_squared(instance: Any, parameters: Values) -> Real:  # noqa: N802
    """R(β)²."""
    return model.R(instance.response.beta) ** 2
