"""False variants of C39 and C41, each refuted by an exact counterexample."""

from __future__ import annotations

from fractions import Fraction

from claims import Mutant
from claims.multi_agent_risks.models import safety as model_safety
from claims.multi_agent_risks.models import sharing as model_sharing
from claims.multi_agent_risks.models.sharing import Coalition
from claims.multi_agent_risks.mutants.network import at, constant
from claims.parameters import Values

F = Fraction


def two_shares(parameters: Values) -> Coalition:
    """Two shares at p = 5, t = 3."""
    return Coalition(5, 3, (1, 2))


def three_shares(parameters: Values) -> Coalition:
    """Three shares at p = 5, t = 3."""
    return Coalition(5, 3, (1, 2, 4))


def witness_pair(parameters: Values) -> model_safety.Pair:
    """{start → mid}, {mid → bad}."""
    return model_safety.WITNESS


MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C39": (
        Mutant("t − 1 shares leak: some view makes a secret likelier than 1/p", at(model_sharing.best_guess, ">", constant(F(1, 5)), instance=two_shares)),
        Mutant("t shares leave the secret open: no view makes a secret certain", at(model_sharing.best_guess, "<", constant(1), instance=three_shares)),
    ),
    "C41": (
        Mutant("the union of safe graphs is safe", at(model_safety.danger_of_union, "==", constant(0), instance=witness_pair)),
        Mutant("some safe graphs on three nodes have an unsafe intersection", at(model_safety.danger_of_intersections, ">", constant(0))),
    ),
}
