"""Checks `Satisfiability` formulations: z3 and cvc5 on the same script, and models evaluated again exactly.

A rational model of a formula over reals, integers and Booleans is put into the formula; the arithmetic comparisons that make it true become an ``evaluation``
certificate. What rests on the solvers' word alone, such as unsatisfiability, has trust ``solver``, and both have to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checkers import smtlib, solvers
from checkers.checker import Budget
from checkers.evidence import Evidence, undecided
from checkers.propositions import SCHEMA, Document, rejection
from checkers.smt_models import Arithmetic, NotArithmetic, truth
from checkers.solvers import Consensus, Model
from claims.formulations import Formulation, Satisfiability
from claims.parameters import Values, to_json

NAME = "smt"

_SECONDS = {"quick": 5.0, "standard": 30.0, "full": 200.0}


def accepts(formulation: Formulation) -> bool:
    """Every `Satisfiability`."""
    return isinstance(formulation, Satisfiability)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """What both solvers say, and whether it is what the formulation expects."""
    assert isinstance(formulation, Satisfiability)
    try:
        commands = smtlib.read(formulation.script)
        consensus = solvers.ask(smtlib.write(commands), min(_SECONDS[budget.effort], budget.seconds / 2))
    except ValueError as error:
        return Evidence(checker=NAME, status="error", scope="universal", trust="numeric", note=str(error))
    if consensus.conflict:
        return Evidence(checker=NAME, status="error", scope="universal", trust="solver", note=f"the solvers contradict each other ({consensus.describe()})")
    assertions = [command[1] for command in commands if command[0] == "assert"]
    for model in consensus.models:
        document = _certificate(commands, assertions, model)
        if document is not None:
            return _with_model(formulation, consensus, model, document)
    return _on_their_word(formulation, consensus)


def _with_model(formulation: Satisfiability, consensus: Consensus, model: Model, document: Document) -> Evidence:
    """The formula is satisfiable, by a model that the kernel has checked."""
    note = f"the model, put into the formula, makes it true ({consensus.describe()})"
    values = {name: to_json(value) for name, value in sorted(model.items())}
    if formulation.expected == "sat":
        return Evidence(checker=NAME, status="holds", scope="universal", trust="kernel", certificate=document, note=note, details={"model": values})
    shown = ", ".join(f"{name} = {value}" for name, value in values.items())
    example = {
        "instance": values,
        "statement": f"the formula is satisfiable, although it was expected not to be: {shown}",
        "python": _python(formulation, model),
        "certificate": document,
    }
    return Evidence(checker=NAME, status="refuted", scope="universal", trust="kernel", counterexample=example, note=note)


def _python(formulation: Satisfiability, model: Model) -> str:
    """Lines that ask z3 whether the script with the model's values is satisfiable."""
    lines = ["import z3", "", f"script = {formulation.script!r}"]
    for name, value in sorted(model.items()):
        lines.append(f"script += {f'(assert (= {name} {smtlib.literal(value)}))'!r}")
    return "\n".join([*lines, "solver = z3.Solver()", "solver.add(z3.parse_smt2_string(script))", "assert solver.check() == z3.sat"])


def _on_their_word(formulation: Satisfiability, consensus: Consensus) -> Evidence:
    if consensus.answer == "unknown":
        return undecided(NAME, "universal", f"the solvers do not both decide it ({consensus.describe()})")
    status: Any = "holds" if consensus.answer == formulation.expected else "refuted"
    return Evidence(checker=NAME, status=status, scope="universal", trust="solver", note=f"{consensus.describe()}; no certificate")


# Models


def _certificate(commands: Sequence[smtlib.Expression], assertions: Sequence[smtlib.Expression], model: Model) -> Document | None:
    """The certificate that the model makes every assertion true: the comparisons between numbers on which that rests."""
    arithmetic = Arithmetic(definitions=dict(_definitions(commands)), values=_completed(commands, model))
    try:
        if not all(truth(assertion, arithmetic) for assertion in assertions):
            return None
    except NotArithmetic:
        return None
    document: Document = {
        "schema": SCHEMA,
        "type": "evaluation",
        "about": {"checker": NAME, "model": {name: to_json(value) if not isinstance(value, bool) else str(value) for name, value in sorted(model.items())}},
        "proposition": {
            "program": {"variables": [], "steps": [list(step) for step in arithmetic.steps]},
            "conclusion": [list(comparison) for comparison in arithmetic.comparisons],
            "systems": [],
            "linear_programs": [],
        },
        "proof": {"precision": 128, "steering": [], "preconditioners": [], "optima": []},
    }
    return document if rejection(document) is None else None


def _definitions(commands: Sequence[smtlib.Expression]) -> Iterator[tuple[str, tuple[tuple[str, ...], smtlib.Expression]]]:
    """The functions that the script defines: their parameters and bodies."""
    for command in commands:
        if command[0] == "define-fun" and isinstance(command[1], str) and isinstance(command[2], list):
            yield command[1], (tuple(str(parameter[0]) for parameter in command[2]), command[4])


def _completed(commands: Sequence[smtlib.Expression], model: Model) -> Mapping[str, Any]:
    """The model with values for constants that it leaves open (any will do)."""
    values: dict[str, Any] = dict(model)
    for command in commands:
        if command[0] in ("declare-const", "declare-fun") and isinstance(command[1], str) and command[1].strip("|") not in values:
            arguments = command[2] if command[0] == "declare-fun" else []
            if not arguments:
                values[command[1].strip("|")] = False if command[-1] == "Bool" else 0
    return values
