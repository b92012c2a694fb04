"""Checks `PropositionalSatisfiability` formulations: models, refutations and complete lists of models that the kernel re-checks.

CaDiCaL finds the answer. A model is put into the clauses; unsatisfiability comes with a proof, which is trimmed and hinted here, so that the kernel follows it
by unit propagation; models are counted by excluding each one that is found, until no other is left. Nothing rests on the solver's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkers import certify, refutations
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.reproduction import counting_code
from claims.formulations import Formulation, PropositionalSatisfiability
from claims.parameters import Values, to_json
from exact.propositional import Assignment, Formula, Literal

NAME = "sat"

SCHEMA = "assay.certificate/1"

_SOLVERS = ("cadical153", "glucose4")
"""Solvers whose proofs are tried in turn: complete, and without clauses that do not follow by unit propagation (tests go through all that write proofs)."""

_MOST_MODELS = 100_000


class EncodingError(certify.NotCertified):
    """A model of the formula does not stand for what the claim speaks of."""


class NoProof(certify.NotCertified):
    """The solvers say that there is no model, but no proof of theirs could be followed."""

    status = "undecided"


@dataclass(frozen=True)
class _Task:
    """A formulation at one parameter setting, with its formula."""

    formulation: PropositionalSatisfiability
    parameters: Values
    formula: Formula

    def proposition(self, **more: Any) -> dict[str, Any]:
        """What certificates about the formula have in common."""
        return {"variables": list(self.formula.variables), "clauses": self.formula.numbered(), **more}

    def certificate(self, kind: str, proposition: Mapping[str, Any], proof: Mapping[str, Any]) -> Mapping[str, Any]:
        """A document that the kernel has accepted. Raises KernelDisagrees."""
        about = certify.legible({"checker": NAME, "parameters": self.parameters})
        return certify.accepted({"schema": SCHEMA, "type": kind, "about": about, "proposition": dict(proposition), "proof": dict(proof)})

    def values(self, model: Assignment) -> str:
        """A model as certificates write it."""
        return "".join("1" if model[name] else "0" for name in self.formula.variables)

    def decoded(self, model: Assignment) -> Any:
        """What a model stands for; without ``decode``, the variables that are true. Raises EncodingError when the predicate is false of it."""
        if self.formulation.decode is None:
            return [name for name in self.formula.variables if model[name]]
        instance = certify.call("decode", self.formulation.decode, self.parameters, model)
        if self.formulation.predicate is not None and certify.call("predicate", self.formulation.predicate, instance, self.parameters) is not True:
            raise EncodingError("a model of the formula stands for what the predicate refuses: the encoding is wrong").at(instance)
        return instance


def accepts(formulation: Formulation) -> bool:
    """Every `PropositionalSatisfiability`."""
    return isinstance(formulation, PropositionalSatisfiability)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Solve; certify the model, the refutation or the list of all models; compare with what is expected."""
    assert isinstance(formulation, PropositionalSatisfiability)
    try:
        formula = certify.call("builder", formulation.build, parameters)
        if not isinstance(formula, Formula):
            raise certify.QuantityError(f"the builder returned a {type(formula).__name__}, where an exact.propositional.Formula is due")
        task = _Task(formulation, parameters, formula)
        return _satisfiability(task) if formulation.models is None else _count(task, certify.call("models", formulation.models, parameters))
    except certify.NotCertified as error:
        return certify.failed(NAME, "parametric", error)


def _satisfiability(task: _Task) -> Evidence:
    found = models_of(task.formula, at_most=1)
    if found:
        document = task.certificate("model", task.proposition(), {"values": task.values(found[0])})
        instance, answer, note = task.decoded(found[0]), "sat", "a model, put into the clauses"
    else:
        steps = refutation_of(task.formula)
        document = task.certificate("refutation", task.proposition(), {"steps": steps})
        instance, answer, note = None, "unsat", f"a refutation in {len(steps)} steps"
    details = _size(task.formula)
    if answer == task.formulation.expected:
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=document, note=note,
                        details={**details, "model": to_json(instance)} if found else details)
    statement = "the clauses have a model, although none was expected" if found else "the clauses have no model, although one was expected"
    return _refuted(task, document, statement, instance, int(bool(found)), note)


def _count(task: _Task, expected: int) -> Evidence:
    """All models; or one more than was expected, which is enough to refute."""
    if isinstance(expected, bool) or not isinstance(expected, int) or not 0 <= expected <= _MOST_MODELS:
        raise certify.QuantityError(f"the number of models is {expected!r}, where an integer in 0..{_MOST_MODELS} is due")
    found = models_of(task.formula, at_most=expected + 1)
    instances = [task.decoded(model) for model in found]
    complete = len(found) <= expected
    steps = refutation_of(excluding(task.formula, found)) if complete else []
    stated = task.proposition(counted=[task.formula.numbers[name] for name in task.formula.counted], relation="==" if complete else ">=", count=len(found))
    document = task.certificate("model_count", stated, {"models": [task.values(model) for model in found], "steps": steps})
    numbers: dict[str, Any] = {"measured": str(len(found)), "bound": str(expected), "margin": str(-abs(len(found) - expected))}
    if len(found) == expected:
        note = f"{len(found)} models, and a refutation of any other in {len(steps)} steps"
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=document, note=note,
                        details={**_size(task.formula), "models": to_json(instances[:20])}, **numbers)
    least = "" if complete else "at least "
    statement = f"the clauses have {least}{len(found)} models, where {expected} were expected"
    return _refuted(task, document, statement, instances, len(found), f"{least}{len(found)} models", **numbers)


def _refuted(task: _Task, document: Mapping[str, Any], statement: str, instance: Any, models: int, note: str, **numbers: Any) -> Evidence:
    relation = ">=" if document["type"] == "model" or document["proposition"].get("relation") == ">=" else "=="
    example = {
        "instance": to_json(instance),
        "statement": statement,
        "python": counting_code(task.formulation.build, task.parameters, relation, models),
        "certificate": dict(document),
    }
    return Evidence(checker=NAME, status="refuted", scope="parametric", trust="kernel", counterexample=example, note=note,
                    details=_size(task.formula), **numbers)


def _size(formula: Formula) -> dict[str, Any]:
    return {"variables": len(formula.variables), "clauses": len(formula.clauses)}


def models_of(formula: Formula, at_most: int) -> list[dict[str, bool]]:
    """Models that differ in the counted variables, as many as there are, but at most so many."""
    from pysat.solvers import Solver

    numbers = formula.numbers
    found: list[dict[str, bool]] = []
    with Solver(name=_SOLVERS[0], bootstrap_with=formula.numbered()) as solver:
        while len(found) < at_most and solver.solve():
            true = {literal for literal in solver.get_model() if literal > 0}
            model = {name: number in true for name, number in numbers.items()}
            found.append(model)
            if not formula.counted:
                break
            solver.add_clause([-numbers[name] if model[name] else numbers[name] for name in formula.counted])
    return found


def excluding(formula: Formula, models: list[dict[str, bool]]) -> Formula:
    """The formula with a further clause for each model, which says that some counted variable has another value."""
    others = [[Literal(name, not model[name]) for name in formula.counted] for model in models]
    return Formula([*formula.clauses, *others], formula.variables, formula.counted)


def refutation_of(formula: Formula) -> list[refutations.Step]:
    """The steps of a refutation. Raises NoProof, and EncodingError when there is a model after all."""
    from pysat.solvers import Solver

    clauses = formula.numbered()
    trouble = []
    for name in _SOLVERS:
        with Solver(name=name, bootstrap_with=clauses, with_proof=True) as solver:
            if solver.solve():
                raise EncodingError(f"{name} finds a model where there should be none left")
            lines = solver.get_proof() or []
        try:
            return refutations.refute(clauses, refutations.additions(lines))
        except refutations.NoRefutation as error:
            trouble.append(f"{name}: {error}")
    raise NoProof("; ".join(trouble))
