"""Single claims on a terminal: what they say and how they are checked, what they measure, and what a hunt for a counterexample found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checkers import certify
from checkers.evidence import Evidence
from claims.formulations import Formulation
from claims.parameters import Parameter, to_json
from claims.registry import Entry
from exact.balls import Ball
from reports.terminal import STYLES, indented

if TYPE_CHECKING:
    from checkers.evaluation import Evaluation
    from checkers.hunt import Attempt, Hunt

_SHOWN = 300


def print_listing(out: Console, entries: Sequence[Entry]) -> None:
    """The papers with their claims: number, title, where the paper says so, and a mark on what is not expected to hold."""
    for (title, slug), listed in groupby(entries, key=lambda entry: (entry.paper.title, entry.paper.slug)):
        out.print(Text.assemble((slug, "bold"), f"  {title}"))
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=3)
        grid.add_column(ratio=2, style="dim")
        for entry in listed:
            marks = "" if entry.claim.expected == "holds" else f" [expected: {entry.claim.expected}]"
            grid.add_row(f"  {entry.claim.number}", Text.assemble(entry.claim.title, (marks, "magenta")), Text(str(entry.claim.source)))
        out.print(grid)


def print_description(out: Console, entry: Entry) -> None:
    """The claim in full."""
    claim = entry.claim
    out.print(Text.assemble((entry.id, "bold"), f"  {claim.title}"))
    out.print(Text(f"{entry.paper.citation} {claim.source}", style="dim"))
    out.print(indented(Text(claim.statement), 2))
    if claim.bound is not None:
        out.print(indented(Text(f"bound: {claim.bound}"), 2))
    if claim.expected != "holds":
        corrected = f" (corrected by {claim.corrected_by})" if claim.corrected_by else ""
        out.print(indented(Text(f"expected: {claim.expected}{corrected}: {claim.reason}", style="magenta"), 2))
    for part in claim.parts:
        marks = (" (exists)" if part.quantifier == "exists" else "") + (" (beside the grade)" if part.beside else "")
        out.print(Text.assemble("\npart ", (part.name, "bold"), f"{marks}: {part.statement}"))
        for formulation in part.formulations:
            _print_formulation(out, formulation)
    for number, mutant in enumerate(claim.mutants, start=1):
        out.print(Text.assemble("\nmutant ", (f"m{number}", "bold"), f": {mutant.change}"))
    if claim.parameters:
        out.print(Text("\nparameters of `assay evaluate`"))
        for parameter in claim.parameters:
            out.print(indented(Text(_parameter(parameter)), 2))


def _print_formulation(out: Console, formulation: Formulation) -> None:
    counts = ", ".join(f"{effort} {len(formulation.settings.at(effort))}" for effort in ("quick", "standard", "full"))
    out.print(indented(Text(f"checked as {type(formulation).__name__} (settings: {counts})"), 2))
    if formulation.argument:
        out.print(indented(Text(f"because: {formulation.argument}", style="dim")))
    else:
        out.print(indented(Text("this is the part itself", style="dim")))
    if formulation.rests_on:
        out.print(indented(Text(f"rests on: {'; '.join(formulation.rests_on)}", style="dim")))


def _parameter(parameter: Parameter) -> str:
    default = "computed from the others" if callable(parameter.default) else "none" if parameter.default is None else to_json(parameter.default)
    return f"{parameter.name}: {parameter.domain.describe()}; {parameter.meaning}; default {default}"


def print_evaluation(out: Console, entry: Entry, evaluation: Evaluation) -> None:
    """What was measured, at which parameters, and how it compares with the bound."""
    out.print(Text.assemble((entry.id, "bold"), f"  {entry.claim.title}"))
    for name, value in evaluation.parameters.items():
        out.print(indented(Text(f"{name} = {shown(value)}", style="dim"), 2))
    out.print(Text(f"measured {shown(evaluation.measured)}"))
    out.print(Text(f"bound    {shown(evaluation.bound)}"))
    out.print(Text(f"margin   {shown(evaluation.margin)}"))
    verdict = f"measured {evaluation.relation} bound: " if evaluation.relation in certify.NEGATION else ""
    out.print(Text.assemble(verdict, (evaluation.status, STYLES[evaluation.status]), f" at these parameters ({evaluation.trust})"))
    if evaluation.values.get("vacuous") is True:
        out.print(Text("vacuous: at these parameters the claim says nothing", style="yellow"))
    for name, value in evaluation.values.items():
        out.print(indented(Text(f"{name} = {shown(value)}"), 2))


def shown(value: Any) -> str:
    """A value for people: exact, with a decimal beside a long fraction; long data cut short (``--json`` has it all)."""
    if value is None:
        return "none"
    if isinstance(value, bool | str | float):
        return str(value)
    if isinstance(value, Ball) or hasattr(value, "denominator"):
        return certify.show(value)
    text = _compact(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + " …"


def _compact(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_compact(item) for item in value) + "]"
    return str(value) if isinstance(value, Ball) else str(to_json(value))


def print_attempt(out: Console, attempt: Attempt) -> None:
    """One line for each check of a hunt."""
    evidence = attempt.evidence
    how = f"{type(attempt.formulation).__name__} at effort {attempt.effort}, seed {attempt.seed}"
    note = f": {evidence.note}" if evidence.note else ""
    out.print(Text(f"{attempt.part.name}: {how}: {evidence.grade}{note}", style="dim"))


def print_hunt(out: Console, entry: Entry, hunt: Hunt, file: Path | None) -> None:
    """How a hunt ended: the counterexample, or that there was none."""
    if hunt.found is None:
        why = "nothing is left to search at random" if hunt.exhausted else "time is up"
        out.print(Text(f"{entry.id}: no counterexample in {hunt.seconds:.1f} s and {hunt.attempts} checks ({why})", style="bold"))
        return
    print_counterexample(out, hunt.found)
    out.print(Text(f"{entry.id}: refuted after {hunt.seconds:.1f} s; certificate: {file}", style="bold red"))


def print_counterexample(out: Console, evidence: Evidence) -> None:
    """The counterexample: what fails, for which instance, and code that shows it."""
    example = evidence.counterexample or {}
    out.print(Text(f"counterexample to part {evidence.part}: {example.get('statement', '')}", style="red"))
    out.print(indented(Text(f"instance: {to_json(example.get('instance'))}"), 2))
    for line in str(example.get("python", "")).splitlines():
        out.print(Text(f"  {line}"), soft_wrap=True)
