"""Planning: the list of pure tasks that a run consists of, made before anything is checked."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checkers.engine.foundations import foundations
from checkers.engine.sources import code_digest
from checkers.engine.tasks import Kind, Task, canonical, derive_seed, digest, plain, task_key
from claims.errors import ClaimError
from claims.formulations import EFFORTS, Effort, Experiment, Formulation, Inequality, MeanExperiment, Property, Scaling
from claims.registry import Entry, entries_of, load_origin

PLAN_SCHEMA = "assay.plan/1"

_GUIDE_SECONDS: dict[Effort, float] = {"quick": 20.0, "standard": 60.0, "full": 600.0}
_IDENTITY_VERSION = 1  # raise it when the engine itself changes what a task's evidence says


@dataclass(frozen=True)
class Plan:
    """A run before it starts: what was asked for and the tasks that answer it.

    ``entries`` are the selected claims, ``foundations`` the claims that they rest on and that are checked as well, so
    that no part stands better than what it rests on.
    """

    entries: tuple[Entry, ...]
    foundations: tuple[Entry, ...]
    effort: Effort
    seed: int
    mutants: bool
    verify: bool
    tasks: tuple[Task, ...]

    def to_json(self) -> dict[str, Any]:
        """The plan as the run folder keeps it and ``assay verify --plan --json`` prints it."""
        return {
            "schema": PLAN_SCHEMA, "seed": self.seed, "effort": self.effort, "mutants": self.mutants, "verify": self.verify,
            "claims": [{"id": entry.id, "origin": entry.origin} for entry in self.entries],
            "foundations": [{"id": entry.id, "origin": entry.origin} for entry in self.foundations],
            "levels": levels(self.entries, mutants=self.mutants, verify=self.verify),
            "tasks": [task.to_json() for task in self.tasks],
        }


def plan_run(entries: Sequence[Entry], *, effort: Effort, seed: int = 0, mutants: bool = True, verify: bool = True) -> Plan:
    """The plan of a run over these claims: their parts (``verify``), their mutants (``mutants``), and what the parts
    rest on.

    Pure: the same claims, code and arguments give the same plan in every process. Raises ClaimError when a claim
    rests on something that does not exist, a setting is no JSON data, or two files define the same claim id.
    """
    beneath = foundations(entries) if verify else ()
    _refuse_doubles((*entries, *beneath))
    tasks: list[Task] = []
    for entry in entries:
        tasks += _tasks_of(entry, effort, seed, mutants=mutants, verify=verify)
    for entry in beneath:
        tasks += _tasks_of(entry, effort, seed, mutants=False, verify=True)
    return Plan(tuple(entries), beneath, effort, seed, mutants, verify, tuple(tasks))


def replan(document: Mapping[str, Any]) -> Plan:
    """The plan that a stored plan asks for, made anew from the code that is installed now. Raises ClaimError when a
    claim is gone."""
    entries = tuple(_entry(claim["origin"], claim["id"]) for claim in document["claims"])
    return plan_run(entries, effort=document["effort"], seed=document["seed"], mutants=document["mutants"], verify=document["verify"])


def levels(entries: Sequence[Entry], *, mutants: bool = True, verify: bool = True) -> dict[str, dict[str, Any]]:
    """What each effort level would do with these claims: the number of tasks, and the seconds that one task may take
    as a guide."""
    return {
        effort: {
            "tasks": sum(len(formulation.cases(effort)) for entry in entries
                         for kind, _, _, formulation in _formulations(entry) if (mutants if kind == "mutant" else verify)),
            "seconds_per_task": _GUIDE_SECONDS[effort],
        }
        for effort in EFFORTS
    }


def _refuse_doubles(entries: Sequence[Entry]) -> None:
    origins: dict[str, str] = {}
    for entry in entries:
        if origins.setdefault(entry.id, entry.origin) != entry.origin:
            raise ClaimError(f"{entry.id} is defined in {origins[entry.id]} and in {entry.origin}: give the papers different slugs, or run them apart")


def _entry(origin: str, claim: str) -> Entry:
    paper = load_origin(origin)
    for entry in entries_of(paper, origin):
        if entry.id == claim:
            return entry
    raise ClaimError(f"{claim} is not in {origin} any more")


def _formulations(entry: Entry) -> Iterator[tuple[Kind, str, int, Formulation]]:
    for part in entry.claim.parts:
        for index, formulation in enumerate(part.formulations):
            yield "part", part.name, index, formulation
    for number, mutant in enumerate(entry.claim.mutants, start=1):
        for index, formulation in enumerate(mutant.formulations):
            yield "mutant", f"m{number}", index, formulation


def _tasks_of(entry: Entry, effort: Effort, run_seed: int, *, mutants: bool, verify: bool) -> Iterator[Task]:
    for kind, member, index, formulation in _formulations(entry):
        if not (mutants if kind == "mutant" else verify):
            continue
        form = type(formulation).__name__
        code = code_digest(entry.origin, form)
        data = _formulation_digest(formulation)
        for setting, values in enumerate(formulation.cases(effort)):
            parameters = _json_parameters(values, entry)
            key = task_key(entry.id, kind, member, index, parameters)
            seed = derive_seed(run_seed, key)
            seconds = _GUIDE_SECONDS[effort]
            identity = digest({"version": _IDENTITY_VERSION, "key": key, "data": data, "seed": seed, "effort": effort, "seconds": seconds, "code": code})
            yield Task(
                origin=entry.origin, claim=entry.id, kind=kind, member=member, formulation=index, setting=setting, form=form, parameters=parameters,
                seed=seed, effort=effort, seconds=seconds, code=code, identity=identity, description=_describe(formulation, parameters, effort),
            )


def _json_parameters(values: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    parameters = plain(values)
    try:
        canonical(parameters)
    except (TypeError, ValueError) as error:
        raise ClaimError(f"{entry.id}: the setting {dict(values)!r} is no JSON data ({error}); use numbers, fractions, strings, tuples and mappings") from None
    return parameters


def _formulation_digest(formulation: Formulation) -> str:
    """The digest of the formulation's data. Functions count by name: their code is in the digest of the sources."""
    return digest({field.name: _datum(getattr(formulation, field.name)) for field in dataclasses.fields(formulation) if field.name != "settings"})


def _datum(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Fraction | float):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _datum(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_datum(item) for item in value]
    if isinstance(value, functools.partial):
        return [_datum(value.func), _datum(value.args), _datum(value.keywords)]
    if callable(value):
        return str(getattr(value, "__qualname__", type(value).__qualname__))
    return _expression(value)


def _expression(value: Any) -> str:
    import sympy

    return str(sympy.srepr(value)) if isinstance(value, sympy.Basic) else type(value).__qualname__


def _describe(formulation: Formulation, parameters: Mapping[str, Any], effort: Effort) -> str:
    """What the task will do, for people: kind of formulation, size at this effort, setting."""
    return ", ".join(filter(None, [type(formulation).__name__, _size(formulation, effort), _setting(parameters)]))


def _size(formulation: Formulation, effort: Effort) -> str:
    if isinstance(formulation, Property):
        return f"{formulation.examples[effort]:,} random instances"
    if isinstance(formulation, Experiment | MeanExperiment):
        return f"{formulation.trials[effort]:,} trials"
    if isinstance(formulation, Scaling):
        sizes = formulation.sizes[effort]
        return f"{len(sizes)} sizes {sizes[0]}…{sizes[-1]}"
    if isinstance(formulation, Inequality):
        return f"in {', '.join(str(symbol) for symbol, _, _ in formulation.domain)}"
    return ""


def _setting(parameters: Mapping[str, Any]) -> str:
    shown = [f"{name}={value if isinstance(value, str) else canonical(value)}" for name, value in parameters.items()]
    text = ", ".join(shown)
    return text if len(text) <= 100 else text[:97] + "…"
