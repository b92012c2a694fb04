"""The run document: what a run found, in the shape that DESIGN.md fixes as ``assay.run/1``.

Everything in it is determined by the plan and the code, except what stands under a key ``seconds`` or under
``environment``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from checkers.engine.errors import NotARun
from checkers.engine.folder import DOCUMENT, read_document
from checkers.engine.foundations import find_circles, nodes_of, resolve
from checkers.engine.plan import Plan
from checkers.engine.records import engine_evidence, evidence_of
from checkers.engine.tasks import Task
from checkers.evidence import Evidence, PartVerdict
from checkers.verdicts import Node, PartCase, agreement, judge_claim, judge_parts, status_of
from claims.claim import Part
from claims.parameters import to_json
from claims.registry import Entry

RUN_SCHEMA = "assay.run/1"

OK, FOUND, UNDECIDED, ERROR = 0, 1, 3, 4
"""Exit codes, except 2, which is the command line's own (usage)."""


def build_document(
    plan: Plan, records: Mapping[str, Mapping[str, Any]], environment: Mapping[str, Any], interrupted: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The document of a run from its plan and the stored evidence by task identity. Tasks without evidence are
    undecided (not run)."""
    why = f"not run: {interrupted['reason']}" if interrupted else "not run"
    missing = engine_evidence("undecided", why)
    stored = {task.identity: records.get(task.identity, missing) for task in plan.tasks}
    tasks: dict[str, list[Task]] = {}
    for task in plan.tasks:
        tasks.setdefault(task.claim, []).append(task)
    verdicts = _judge(plan, tasks, stored)
    describe = _Describer(plan, tasks, stored, verdicts)
    claims = [describe.claim(entry) for entry in plan.entries]
    return {
        "schema": RUN_SCHEMA, "seed": plan.seed, "effort": plan.effort, "settings": {"mutants": plan.mutants, "verify": plan.verify},
        "environment": dict(environment), "papers": _papers(plan.entries), "claims": claims,
        "foundations": [describe.claim(entry) for entry in plan.foundations],
        "totals": totals(claims), "interrupted": dict(interrupted) if interrupted else None,
    }


def _judge(plan: Plan, tasks: Mapping[str, Sequence[Task]], stored: Mapping[str, Mapping[str, Any]]) -> dict[Node, PartVerdict]:
    if not plan.verify:
        return {}
    entries = (*plan.entries, *plan.foundations)
    cases = [_case(entry, part, tasks, stored) for entry in entries for part in entry.claim.parts]
    return judge_parts(cases, find_circles(entries))


def _case(entry: Entry, part: Part, tasks: Mapping[str, Sequence[Task]], stored: Mapping[str, Mapping[str, Any]]) -> PartCase:
    evidence = tuple(evidence_of(stored[task.identity], task, part) for task in tasks.get(entry.id, ())
                     if task.kind == "part" and task.member == part.name)
    supports: dict[str, tuple[Node, ...]] = {}
    for formulation in part.formulations:
        for text in formulation.rests_on:
            reference = resolve(text, entry)
            if reference is not None:
                supports[text] = tuple(nodes_of(reference))
    return PartCase((entry.id, part.name), evidence, part.beside, supports)


class _Describer:
    """Writes claims with their parts, evidence and mutants."""

    def __init__(self, plan: Plan, tasks: Mapping[str, Sequence[Task]], stored: Mapping[str, Mapping[str, Any]],
                 verdicts: Mapping[Node, PartVerdict]) -> None:
        self._plan = plan
        self._tasks = tasks
        self._stored = stored
        self._verdicts = verdicts

    def claim(self, entry: Entry) -> dict[str, Any]:
        """One claim of the document."""
        claim = entry.claim
        tasks = self._tasks.get(entry.id, ())
        evidence = [self._evidence(task, entry) for task in tasks if task.kind == "part"]
        about = {
            "id": entry.id, "title": claim.title, "statement": claim.statement, "source": str(claim.source), "relation": claim.relation,
            "bound": str(claim.bound) if claim.bound is not None else None,
        }
        mutants = [self._mutant(entry, number, tasks) for number in range(1, len(claim.mutants) + 1)] if self._plan.mutants else []
        seconds = sum(item["seconds"] for item in (*evidence, *(m for mutant in mutants for m in mutant["evidence"])))
        return {**about, **self._verdict(entry), "expected": claim.expected, "reason": claim.reason, "corrected_by": claim.corrected_by,
                "parts": [self._part(entry, part) for part in claim.parts], "evidence": evidence, "mutants": mutants, "seconds": seconds}

    def _verdict(self, entry: Entry) -> dict[str, Any]:
        if not self._plan.verify:
            return {"status": None, "scope": None, "trust": None, "grade": None, "agreement": None, "note": "not asked for"}
        verdict = judge_claim([self._verdicts[entry.id, part.name] for part in entry.claim.parts])
        decisive = verdict.decisive
        return {"status": verdict.status, "scope": decisive and decisive.scope, "trust": decisive and decisive.trust, "grade": verdict.grade,
                "agreement": agreement(entry.claim.expected, verdict.grade), "note": decisive.note if decisive else ""}

    def _part(self, entry: Entry, part: Part) -> dict[str, Any]:
        about = {"name": part.name, "statement": part.statement, "quantifier": part.quantifier, "beside": part.beside}
        verdict = self._verdicts.get((entry.id, part.name))
        if verdict is None:
            return {**about, "status": None, "scope": None, "trust": None, "grade": None, "argument": "", "rests_on": [], "conflict": False, "note": ""}
        evidence = verdict.evidence
        return {
            **about, "status": status_of(verdict.grade), "scope": evidence and evidence.scope, "trust": evidence and evidence.trust,
            "grade": verdict.grade, "argument": evidence.argument if evidence else "", "rests_on": list(evidence.rests_on) if evidence else [],
            "conflict": verdict.conflict, "note": _conflict_note(verdict) if verdict.conflict else evidence.note if evidence else "",
        }

    def _evidence(self, task: Task, entry: Entry) -> dict[str, Any]:
        part = next(part for part in entry.claim.parts if part.name == task.member)
        evidence = evidence_of(self._stored[task.identity], task, part)
        return {"part": task.member, **_described(evidence, task), "argument": evidence.argument, "rests_on": list(evidence.rests_on)}

    def _mutant(self, entry: Entry, number: int, tasks: Sequence[Task]) -> dict[str, Any]:
        found = [(evidence_of(self._stored[task.identity], task, None), task) for task in tasks if task.kind == "mutant" and task.member == f"m{number}"]
        refuted = [item for item, _ in found if item.grade == "refuted"]
        statuses = [item.status for item, _ in found]
        status = "refuted" if refuted else "error" if "error" in statuses else "undecided" if set(statuses) != {"holds"} else "holds"
        return {
            "id": f"{entry.id}/m{number}", "change": entry.claim.mutants[number - 1].change, "status": status,
            "counterexample": to_json(refuted[0].counterexample) if refuted else None,
            "evidence": [_described(item, task) for item, task in found],
        }


def _conflict_note(verdict: PartVerdict) -> str:
    what = verdict.evidence.note if verdict.evidence else ""
    return f"CONFLICT: one piece of evidence shows that this holds, another refutes it; {what}".rstrip("; ")


def _described(evidence: Evidence, task: Task) -> dict[str, Any]:
    return {
        "checker": evidence.checker, "form": task.form, "formulation": evidence.formulation, "parameters": dict(task.parameters),
        "status": evidence.status, "scope": evidence.scope, "trust": evidence.trust, "grade": evidence.grade, "measured": evidence.measured,
        "bound": evidence.bound, "margin": evidence.margin, "certificate": evidence.certificate, "counterexample": evidence.counterexample,
        "note": evidence.note, "details": evidence.details, "seed": evidence.seed, "identity": task.identity, "seconds": evidence.seconds,
    }


def _papers(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    papers = {(entry.origin, entry.paper.slug): entry.paper for entry in entries}
    return [{
        "slug": paper.slug, "title": paper.title, "citation": paper.citation, "arxiv": paper.arxiv,
        "discrepancies": [{"number": gap.number, "statement": gap.statement, "evidence": gap.evidence, "claim": gap.claim} for gap in paper.discrepancies],
    } for paper in papers.values()]


def totals(claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts over the selected claims: by grade, by agreement with what was expected, mutants, evidence by status."""
    evidence = [item for claim in claims for item in claim["evidence"]]
    mutants = [mutant for claim in claims for mutant in claim["mutants"]]
    return {
        "claims": len(claims), "grades": _count(claim["grade"] for claim in claims), "agreement": _count(claim["agreement"] for claim in claims),
        "evidence": _count(item["status"] for item in evidence), "mutants": _count(mutant["status"] for mutant in mutants),
    }


def _count(words: Any) -> dict[str, int]:
    return dict(sorted(Counter(word for word in words if word is not None).items()))


def exit_code(document: Mapping[str, Any]) -> int:
    """DESIGN.md's exit code: 4 for an error or a conflict, else 1 for an unexpected refutation or a surviving mutant,
    else 3 for an unexpected undecided, else 0.

    A mutant that was not run is undecided; one that ran and was not refuted has survived.
    """
    agreements = {claim["agreement"] for claim in document["claims"]}
    mutants = [mutant for claim in document["claims"] for mutant in claim["mutants"]]
    if agreements & {"error", "conflict"} or any(mutant["status"] == "error" for mutant in mutants):
        return ERROR
    if "refuted" in agreements or any(survived(mutant) for mutant in mutants):
        return FOUND
    if "undecided" in agreements or any(mutant["status"] != "refuted" for mutant in mutants):
        return UNDECIDED
    return OK


def survived(mutant: Mapping[str, Any]) -> bool:
    """Whether a mutant was checked and not refuted: then its claim's checker is blind."""
    return mutant["status"] in ("holds", "undecided") and not any(was_not_run(item) for item in mutant["evidence"])


def was_not_run(evidence: Mapping[str, Any]) -> bool:
    """Whether this evidence stands for a task that the run did not reach."""
    return bool(evidence["checker"] == "engine" and evidence["note"].startswith("not run"))


def load_run(path: Path) -> dict[str, Any]:
    """The run document in a run folder, or in a run.json. Raises NotARun."""
    document = read_document(path / DOCUMENT if path.is_dir() else path)
    if document.get("schema") != RUN_SCHEMA:
        raise NotARun(f"{path}: its schema is {document.get('schema')!r}, not {RUN_SCHEMA!r}")
    return document
