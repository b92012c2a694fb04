"""Evidence and verdicts: what was shown, how, and what must be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Status: TypeAlias = Literal["holds", "refuted", "undecided", "error"]
Scope: TypeAlias = Literal["universal", "parametric", "instance", "sample"]
Trust: TypeAlias = Literal["kernel", "exact", "solver", "numeric", "statistical"]
Grade: TypeAlias = Literal["proved", "certified", "witnessed", "decided", "supported", "refuted", "undecided", "error"]

_STRENGTH: dict[str, int] = {
    "error": 0, "undecided": 1, "supported": 2, "decided": 3, "witnessed": 4, "certified": 5, "proved": 6, "refuted": 7,
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one checker found for one formulation at one parameter setting. Numbers are exact, as JSON data.

    ``certificate`` is a certificate document (docs/certificates.md) that the kernel has accepted, for what holds;
    ``counterexample`` is ``{"instance": …, "statement": …, "certificate": document}`` for what is refuted, likewise
    accepted. ``trust`` says what remains to be believed; ``note`` says in a line how it was shown, or why it was not
    decided (with the candidate, if there is one).
    """

    checker: str
    status: Status
    scope: Scope
    trust: Trust
    measured: Any = None
    bound: Any = None
    margin: Any = None
    certificate: Mapping[str, Any] | None = None
    counterexample: Mapping[str, Any] | None = None
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    formulation: int = 0
    quantifier: str = "all"
    argument: str = ""
    rests_on: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    seconds: float = 0.0

    @property
    def grade(self) -> Grade:
        """The one word that people read, derived from status, scope and trust (never stored)."""
        if self.status in ("undecided", "error"):
            return self.status
        if self.status == "refuted":
            return "refuted" if self.trust in ("kernel", "exact") else "undecided"
        if self.scope == "universal" and self.trust == "kernel":
            return "proved"
        if self.scope in ("universal", "parametric") and self.trust in ("kernel", "exact"):
            return "certified"
        if self.quantifier == "exists" and self.scope == "instance" and self.trust in ("kernel", "exact"):
            return "witnessed"
        if self.trust == "solver":
            return "decided"
        return "supported"


@dataclass(frozen=True)
class PartVerdict:
    """The strongest evidence of one part."""

    name: str
    grade: Grade
    evidence: Evidence | None
    beside: bool = False
    conflict: bool = False


def part_verdict(name: str, evidence: Sequence[Evidence], beside: bool = False) -> PartVerdict:
    """The verdict of a part from all its evidence.

    A formulation stands as well as its weakest setting; the part as well as its strongest formulation. Evidence that a part holds
    and evidence that it is refuted is a conflict: an error, never averaged. A sample that holds does not contradict a refutation.
    """
    by_formulation: dict[int, list[Evidence]] = {}
    for item in evidence:
        by_formulation.setdefault(item.formulation, []).append(item)
    weakest = [min(items, key=_strength_below_refutation) for items in by_formulation.values()]
    refuted = [item for item in evidence if item.grade == "refuted"]
    if refuted:
        conflict = any(_contradicts(item, refuted) for item in evidence if item.grade in ("proved", "certified", "decided"))
        return PartVerdict(name, "error" if conflict else "refuted", refuted[0], beside, conflict)
    if not weakest:
        return PartVerdict(name, "undecided", None, beside)
    best = max(weakest, key=lambda item: _STRENGTH[item.grade])
    return PartVerdict(name, best.grade, best, beside)


def _strength_below_refutation(item: Evidence) -> int:
    return _STRENGTH[item.grade]


def _contradicts(item: Evidence, refuted: Sequence[Evidence]) -> bool:
    """Whether evidence that holds cannot stand beside the refutations: it speaks of everything, or of the same parameters."""
    everything = item.scope == "universal" and not item.parameters
    return everything or any(dict(item.parameters) == dict(counter.parameters) for counter in refuted)


def claim_grade(parts: Sequence[PartVerdict]) -> Grade:
    """The claim's grade: its weakest part; refuted or in conflict as soon as one part is. Parts beside count only when refuted or in error."""
    if any(part.grade == "error" for part in parts):
        return "error"
    if any(part.grade == "refuted" for part in parts):
        return "refuted"
    counted = [part for part in parts if not part.beside] or list(parts)
    return min((part.grade for part in counted), key=lambda grade: _STRENGTH[grade])


def strength(grade: Grade) -> int:
    """The order of grades, from error (0) to refuted."""
    return _STRENGTH[grade]


def undecided(checker: str, scope: Scope, note: str, **rest: Any) -> Evidence:
    """Evidence that nothing was decided, with the reason."""
    return Evidence(checker=checker, status="undecided", scope=scope, trust="numeric", note=note, **rest)


def with_context(evidence: Evidence, **context: Any) -> Evidence:
    """The evidence with the engine's fields (part, formulation, parameters, seed, seconds, …) filled in."""
    return replace(evidence, **context)
