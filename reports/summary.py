"""What every report says of a run, whatever its format: the claims in order, each with its grade, its arguments and how it compares with what was expected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Document: TypeAlias = Mapping[str, Any]
"""A run document, ``assay.run/1``."""

GRADES = {
    "proved": "for every instance and every parameter value, by a certificate that the kernel has re-checked",
    "certified": "for every instance at the listed parameters, re-checked by the kernel or enumerated exactly",
    "witnessed": "existence, shown by an instance that is evaluated exactly",
    "decided": "a named solver says so; there is no certificate",
    "supported": "random instances or trials speak for it, none against it",
    "refuted": "false: there is an exact counterexample",
    "undecided": "nothing was decided within the budget",
    "error": "a checker failed, or two pieces of evidence contradict each other",
}
"""What each grade says."""

SCOPES = {
    "universal": "every instance and every parameter value", "parametric": "every instance, at the listed parameter values",
    "instance": "the listed instances only", "sample": "random instances or trials",
}
"""How far each scope reaches."""

TRUSTS = {
    "kernel": "the kernel (standard library only), which has re-checked the certificate, and the argument printed beside the grade",
    "exact": "this project's own exact arithmetic and enumeration, without an independent certificate",
    "solver": "the solver that is named",
    "numeric": "floating point",
    "statistical": "the trials, at the confidence that is stated",
}
"""What must be trusted, for each word of trust."""

_READABLE = 240

_AGREEMENTS = {
    "better": "better than expected", "refuted": "NOT as expected: it was expected to hold", "undecided": "NOT as expected: it was expected to be decided",
    "conflict": "CONFLICT: it was expected to be refuted, and comes out holding", "error": "ERROR",
}


@dataclass(frozen=True)
class PartRow:
    """One part of a claim: its grade, and why what was checked implies it (``argument`` is empty where it was the part itself).

    ``finding`` is the counterexample in words, or why nothing was decided; empty where the part holds.
    """

    name: str
    grade: str
    scope: str
    trust: str
    argument: str
    rests_on: tuple[str, ...]
    finding: str
    beside: bool

    @property
    def standing(self) -> str:
        """Grade, scope and trust in a line."""
        return " · ".join(word for word in (self.grade, self.scope, self.trust) if word) + (" (beside the grade)" if self.beside else "")

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """What stands under the grade, each with the word that introduces it; what is empty is left out."""
        listed = (("found", self.finding), ("because", self.argument), ("rests on", "; ".join(self.rests_on)))
        return tuple((word, text) for word, text in listed if text)


@dataclass(frozen=True)
class Row:
    """One claim of a run."""

    paper: str
    number: str
    title: str
    expected: str
    reason: str
    corrected_by: str
    agreement: str
    grade: str
    scope: str
    trust: str
    seconds: float
    parts: tuple[PartRow, ...]
    mutants: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """``<slug>/<number>``."""
        return f"{self.paper}/{self.number}"

    @property
    def surviving_mutants(self) -> tuple[str, ...]:
        """The mutants that were not refuted, as all of them must be."""
        return tuple(name for name, status in self.mutants if status != "refuted")

    @property
    def mutants_refuted(self) -> str:
        """For instance ``2/3``; empty when there are none."""
        return f"{len(self.mutants) - len(self.surviving_mutants)}/{len(self.mutants)}" if self.mutants else ""

    @property
    def remark(self) -> str:
        """What must be said besides the grade: a claim that was not expected to hold, or one that came out in another way than expected."""
        told = [_AGREEMENTS.get(self.agreement, "")]
        if self.expected == "refuted":
            told.append("false as printed" + (f" (corrected by {self.corrected_by})" if self.corrected_by else ""))
        elif self.expected == "undecided":
            told.append("not expected to be decided")
        remark = "; ".join(text for text in told if text)
        return f"{remark}: {self.reason}" if self.reason else remark


def rows(document: Document) -> tuple[Row, ...]:
    """The claims of a run: those that are not expected to hold first, then in the paper's order."""
    listed = [_row(claim) for claim in document["claims"]]
    return tuple(sorted(listed, key=lambda row: row.expected == "holds"))


def _row(claim: Mapping[str, Any]) -> Row:
    paper, _, number = claim["id"].partition("/")
    return Row(
        paper=paper, number=number, title=claim["title"], expected=claim["expected"], reason=claim["reason"], corrected_by=claim["corrected_by"],
        agreement=claim["agreement"] or "", grade=claim["grade"] or "", scope=claim["scope"] or "", trust=claim["trust"] or "", seconds=claim["seconds"],
        parts=tuple(_part(part, claim["evidence"]) for part in claim["parts"]),
        mutants=tuple((mutant["id"], mutant["status"]) for mutant in claim["mutants"]),
    )


def _part(part: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> PartRow:
    grade = part["grade"] or ""
    own = [item for item in evidence if item["part"] == part["name"]]
    return PartRow(
        name=part["name"], grade=grade, scope=part["scope"] or "", trust=part["trust"] or "", argument=part["argument"],
        rests_on=tuple(part["rests_on"]), finding=_finding(part, own) if grade not in ("proved", "certified", "witnessed") else "",
        beside=part["beside"],
    )


def _finding(part: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> str:
    if part["grade"] == "refuted":
        examples = [item["counterexample"] for item in evidence if item["counterexample"]]
        return _counterexample(examples[0]) if examples else str(part["note"])
    return str(part["note"])


def _counterexample(example: Mapping[str, Any]) -> str:
    """What fails, and the instance where it is short enough to be read."""
    instance = json.dumps(example.get("instance"), ensure_ascii=False).replace('"', "")
    return f"{example['statement']} for {instance}" if example.get("instance") is not None and len(instance) <= _READABLE else str(example["statement"])


def surviving_mutants(document: Document) -> list[str]:
    """The ids of the mutants that were not refuted: each is a blind spot of its claim's checkers."""
    return [name for row in rows(document) for name in row.surviving_mutants]


def summary_line(document: Document) -> str:
    """The run in one line: how many claims stand with which grade, and what did not come out as expected."""
    listed = rows(document)
    grades = Counter(row.grade for row in listed)
    told = [f"{len(listed)} claim{'' if len(listed) == 1 else 's'}: " + ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])]
    if any(row.mutants for row in listed):
        told.append(mutants_line(document))
    unexpected = [row.id for row in listed if row.agreement not in ("", "expected", "better")]
    told.append(f"NOT as expected: {', '.join(unexpected)}" if unexpected else "all as expected")
    better = [row.id for row in listed if row.agreement == "better"]
    if better:
        told.append(f"better than expected: {', '.join(better)}")
    if document["interrupted"]:
        told.append("the run was cut short")
    return "; ".join(told)


def effort_line(document: Document) -> str:
    """What the run took: tasks, wall time, and the share of the workers' time in which they had a task."""
    environment = document["environment"]
    told = f"{environment['wall_seconds']:.1f} s on {environment['workers']} workers, busy {environment['utilisation']:.0%} of the time"
    reused = environment["reused_tasks"] + environment["resumed_tasks"]
    return f"{told}; {reused} tasks known from earlier runs, re-checked" if reused else told


def program(environment: Mapping[str, Any]) -> str:
    """``assay 0.1.0``; without a version where it ran from its sources and was not installed."""
    version = str(environment.get("assay", ""))
    return f"assay {version}" if version[:1].isdigit() else "assay"


def mutants_line(document: Document) -> str:
    """How many mutants were refuted, and which were not."""
    total = sum(len(row.mutants) for row in rows(document))
    survivors = surviving_mutants(document)
    told = f"{total - len(survivors)} of {total} mutants refuted"
    return f"{told}, NOT refuted: {', '.join(survivors)}" if survivors else told
