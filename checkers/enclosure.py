"""Checks `Root` and `Cycle` formulations: Krawczyk's test proves exactly one root near the guess, and the relation is decided there.

A cycle is the root of its cyclic system; its certificate concludes that the multiplier has modulus < 1 (or > 1) and that the points make the period exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checkers import certify
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.reproduction import root_code
from claims.formulations import Cycle, Formulation, Root
from claims.parameters import Values, to_json
from exact.balls import Undecidable
from exact.reals import Real, plain
from exact.recording import Recorder
from exact.roots import certified_root

NAME = "enclosure"


def accepts(formulation: Formulation) -> bool:
    """Every `Root` and every `Cycle`."""
    return isinstance(formulation, Root | Cycle)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Prove the root and decide the relation there; without a quantity, the certificate says that the first unknown is at least its box's lower end.

    Undecided when no root can be proved near the guess, or when the two sides cannot be told apart.
    """
    if isinstance(formulation, Cycle):
        return _check(formulation.root(), parameters, formulation.earlier_returns())
    assert isinstance(formulation, Root)
    return _check(formulation, parameters, ())


def _check(formulation: Root, parameters: Values, different: Sequence[int]) -> Evidence:
    """The check of a system whose first unknown differs from those at the indices ``different``."""
    recorded: list[Sequence[Real]] = []
    roots: list[Sequence[Real]] = []

    def computation(recorder: Recorder) -> tuple[Real, Real]:
        values = recorder.lift(parameters)
        unknowns = _root(formulation, parameters, values)
        recorded[:], roots[:] = [unknowns], [[plain(x) for x in unknowns]]
        if formulation.quantity is None or formulation.bound is None:
            return unknowns[0], _lowest(recorder)
        return certify.measure(formulation.quantity, unknowns, values), certify.measure(formulation.bound, unknowns, values, "bound")

    about = {"checker": NAME, "parameters": parameters}
    relation = formulation.relation if formulation.quantity is not None else ">="
    try:
        outcome = certify.decide(computation, relation, about, lambda: [("!=", recorded[0][0], recorded[0][i]) for i in different])
    except certify.NotCertified as error:
        return certify.failed(NAME, "instance", error)
    details = {"root": to_json(roots[0])}
    if outcome.holds:
        return Evidence(checker=NAME, status="holds", scope="instance", trust="kernel", certificate=outcome.document, details=details,
                        note="exactly one root in the box, by Krawczyk's test", **certify.numbers(outcome))
    example = _counterexample(formulation, outcome, roots[0], parameters)
    return certify.refuted(NAME, "instance", outcome, example, details=details)


def _root(formulation: Root, parameters: Values, lifted: Mapping[str, Any]) -> Sequence[Real]:
    """The recorded root. Raises NotDecided when none can be proved, QuantityError when the claim's own functions fail."""
    guess = certify.call("guess", formulation.guess, parameters)

    def equations(unknowns: Sequence[Real]) -> Sequence[Real]:
        values: Sequence[Real] = certify.call("system of equations", formulation.equations, unknowns, lifted)
        return values

    try:
        return certified_root(equations, guess)
    except Undecidable:
        raise
    except ArithmeticError as error:  # NoRoot, or a step of Newton's method that leaves the domain
        raise certify.NotDecided(f"no root is proved near the guess: {error}") from error
    except ValueError as error:
        raise certify.QuantityError(f"the system of equations is not one that can be enclosed: {error}") from error


def _counterexample(formulation: Root, outcome: certify.Outcome, root: Sequence[Real], parameters: Values) -> dict[str, Any]:
    assert formulation.quantity is not None
    assert formulation.bound is not None
    return {
        "instance": to_json(root),
        "statement": f"at the root, {certify.show(outcome.measured)} {outcome.relation} {certify.show(outcome.bound)} fails",
        "python": root_code(parameters, formulation.equations, formulation.guess, formulation.quantity, outcome.relation, formulation.bound),
        "certificate": dict(outcome.document),
    }


def _lowest(recorder: Recorder) -> Real:
    """The lower end of the first unknown's box in the system recorded last."""
    system = recorder.systems[-1]
    assert system is not None
    return system.box[0][0]
