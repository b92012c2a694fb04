"""From a job's outcome to the record of its task, and from the record to evidence."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from checkers.engine.tasks import Task
from checkers.engine.worker import Outcome
from checkers.evidence import Evidence
from claims.claim import Part

Store = Callable[[Mapping[str, Any]], str]
"""Keeps a certificate document and returns the path under which it lies in the run folder."""

_ABOUT_ONE_INSTANCE = ("Witness", "Root", "Cycle")
_EVIDENCE_FIELDS = ("checker", "status", "scope", "trust", "measured", "bound", "margin", "certificate", "counterexample", "note", "details", "seconds")


def record_of(task: Task, outcome: Outcome, limits_memory: str, store: Store) -> dict[str, Any]:
    """The record of a finished task: its certificates are stored and replaced by their paths."""
    evidence = _finished(outcome, store) if outcome.ending == "finished" else _unfinished(outcome, limits_memory)
    return {"identity": task.identity, "task": task.key, "ending": outcome.ending, "evidence": evidence}


def _finished(outcome: Outcome, store: Store) -> dict[str, Any]:
    evidence: dict[str, Any] = json.loads(outcome.evidence)
    if evidence["certificate"] is not None:
        evidence["certificate"] = store(evidence["certificate"])
    example = evidence["counterexample"]
    if example is not None and example.get("certificate") is not None:
        evidence["counterexample"] = {**example, "certificate": store(example["certificate"])}
    return evidence


def _unfinished(outcome: Outcome, memory: str) -> dict[str, Any]:
    """What is known about a task that reached a limit or went wrong: that, the traceback, and the last that it
    printed."""
    if outcome.ending == "time":
        status, note = "undecided", f"stopped at the time limit of {outcome.message}"
    elif outcome.ending == "memory":
        status, note = "undecided", f"stopped at the memory limit of {memory}"
    elif outcome.ending == "raised":
        status, note = "error", outcome.message.rstrip().rsplit("\n", 1)[-1]
    else:
        status, note = "error", outcome.message
    details = {"traceback": outcome.message if outcome.ending == "raised" else "", "output": outcome.output}
    return engine_evidence(status, note, outcome.seconds, {name: text for name, text in details.items() if text})


def engine_evidence(status: str, note: str, seconds: float = 0.0, details: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Evidence in the engine's own name: no checker came to an end."""
    return {
        "checker": "engine", "status": status, "scope": "sample", "trust": "numeric", "measured": None, "bound": None, "margin": None,
        "certificate": None, "counterexample": None, "note": note, "details": dict(details or {}), "seconds": seconds,
    }


def evidence_of(stored: Mapping[str, Any], task: Task, part: Part | None) -> Evidence:
    """The stored evidence with what the task and the claim say about it. ``part`` is None for a mutant."""
    evidence = _exactly_refuted(Evidence(
        **{name: stored[name] for name in _EVIDENCE_FIELDS}, part=task.member, formulation=task.formulation, parameters=task.parameters, seed=task.seed))
    if part is None:
        return evidence
    formulation = part.formulations[task.formulation]
    evidence = dataclasses.replace(evidence, quantifier=part.quantifier, argument=formulation.argument, rests_on=formulation.rests_on)
    if part.quantifier == "exists" and evidence.status == "refuted" and task.form in _ABOUT_ONE_INSTANCE:
        return dataclasses.replace(evidence, status="undecided", note=f"this instance does not show it; {evidence.note}".rstrip("; "))
    return evidence


def _exactly_refuted(evidence: Evidence) -> Evidence:
    """The evidence, undecided where it is refuted without exact arithmetic: refuted means exact."""
    if evidence.status != "refuted" or evidence.trust in ("kernel", "exact"):
        return evidence
    note = f"a candidate for a counterexample, with trust {evidence.trust} only"
    return dataclasses.replace(evidence, status="undecided", note=f"{note}; {evidence.note}" if evidence.note else note)
