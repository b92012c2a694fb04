"""Checks `Witness` formulations: one named instance, measured exactly, with a certificate either way."""

from __future__ import annotations

from checkers import certify
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Formulation, Witness
from claims.parameters import Values

NAME = "witness"


def accepts(formulation: Formulation) -> bool:
    """Every `Witness`."""
    return isinstance(formulation, Witness)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Measure the instance: the relation holds (with a certificate) or fails (with a counterexample), both re-checked by the kernel.

    Undecided when the two sides cannot be told apart at any precision; an error when the instance or the quantity raises.
    """
    assert isinstance(formulation, Witness)
    instance = None
    try:
        instance = certify.call("instance", formulation.instance, parameters)
        about = {"checker": NAME, "parameters": parameters, "instance": instance}
        outcome = certify.certify(instance, parameters, formulation.quantity, formulation.relation, formulation.bound, about)
    except certify.NotCertified as error:
        return certify.failed(NAME, "instance", error, instance)
    if not outcome.holds:
        example = certify.counterexample(outcome, instance, parameters, formulation.quantity, formulation.bound)
        return certify.refuted(NAME, "instance", outcome, example)
    return Evidence(checker=NAME, status="holds", scope="instance", trust="kernel", certificate=outcome.document, **certify.numbers(outcome))
