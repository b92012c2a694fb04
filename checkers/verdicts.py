"""Verdicts over several claims: no part stands better than the claims that it rests on, and what was found is held
against what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from checkers.evidence import Evidence, Grade, PartVerdict, Scope, Status, Trust, claim_grade, part_verdict, strength

Node: TypeAlias = tuple[str, str]
"""A part of a claim: the claim's id and the part's name."""

Agreement: TypeAlias = Literal["expected", "better", "refuted", "undecided", "conflict", "error"]
"""How a verdict compares with what was expected: as expected, better, or in which way not."""

_SCOPES: tuple[Scope, ...] = ("sample", "instance", "parametric", "universal")
_TRUSTS: tuple[Trust, ...] = ("statistical", "numeric", "solver", "exact", "kernel")


@dataclass(frozen=True)
class PartCase:
    """A part with all the evidence found for it. ``supports`` maps entries of ``rests_on`` that are claims to the
    parts they stand for."""

    node: Node
    evidence: tuple[Evidence, ...]
    beside: bool
    supports: Mapping[str, tuple[Node, ...]]


@dataclass(frozen=True)
class ClaimVerdict:
    """The grade of a claim and the evidence of the part that decides it (None when there is none)."""

    grade: Grade
    decisive: Evidence | None
    parts: tuple[PartVerdict, ...]

    @property
    def status(self) -> Status:
        """The status that belongs to the grade."""
        return status_of(self.grade)


def status_of(grade: Grade) -> Status:
    """``holds`` for every grade that says so, else the grade itself."""
    if grade in ("refuted", "undecided", "error"):
        return grade
    return "holds"


def judge_parts(cases: Sequence[PartCase], circles: Mapping[Node, str]) -> dict[Node, PartVerdict]:
    """The verdict of every part, each capped by what its argument rests on. A part on a circle (given with the circle
    in words) is an error."""
    by_node = {case.node: case for case in cases}
    verdicts: dict[Node, PartVerdict] = {}

    def judge(node: Node) -> PartVerdict:
        if node not in verdicts:
            case = by_node[node]
            if node in circles:
                verdicts[node] = PartVerdict(node[1], "error", _circular(case, circles[node]), case.beside)
            else:
                capped = [_capped(item, case, judge) for item in case.evidence]
                verdicts[node] = part_verdict(node[1], capped, case.beside)
        return verdicts[node]

    for case in cases:
        judge(case.node)
    return verdicts


def _circular(case: PartCase, circle: str) -> Evidence:
    first = case.evidence[0] if case.evidence else Evidence(checker="engine", status="error", scope="sample", trust="numeric")
    return replace(first, status="error", note=f"the argument runs in a circle: {circle}", certificate=None, counterexample=None)


def _capped(item: Evidence, case: PartCase, judge: Callable[[Node], PartVerdict]) -> Evidence:
    """The evidence, no stronger in status, scope or trust than any part that it rests on. A counterexample stands by
    itself."""
    if item.status != "holds":
        return item
    for text in item.rests_on:
        for node in case.supports.get(text, ()):
            item = cap(item, text, judge(node))
    return item


def cap(item: Evidence, text: str, support: PartVerdict) -> Evidence:
    """Evidence that holds, weakened to what the part that it rests on can carry; the note says so when that changes
    the grade."""
    evidence = support.evidence
    if support.grade == "error":
        return replace(item, status="error", note=f"it rests on {text}, which is in error")
    if evidence is None or status_of(support.grade) != "holds":
        return replace(item, status="undecided", note=f"it rests on {text}, which is {support.grade}")
    allowed = min(strength(item.grade), strength(support.grade))
    capped = next(weaker for weaker in _weakened(item, evidence) if strength(weaker.grade) <= allowed)
    if capped.grade == item.grade:
        return capped
    note = f"no better than {text}, on which it rests and which is {support.grade}"
    return replace(capped, note=f"{item.note}; {note}" if item.note else note)


def _weakened(item: Evidence, support: Evidence) -> Iterator[Evidence]:
    """Ever weaker forms of evidence that holds, none of which has more scope or trust than its support.

    What rests on a witness says something about the instances that were witnessed, and so about some instances.
    """
    scope = min(item.scope, support.scope, key=_SCOPES.index)
    trust = min(item.trust, support.trust, key=_TRUSTS.index)
    yield replace(item, scope=scope, trust=trust, quantifier="exists" if support.grade == "witnessed" else item.quantifier)
    yield replace(item, scope=scope, trust=trust)
    yield replace(item, scope="sample", trust=trust)
    yield replace(item, scope="sample", trust="numeric")


def judge_claim(parts: Sequence[PartVerdict]) -> ClaimVerdict:
    """The claim's verdict from its parts: it is decided by its weakest part, or by the one that is refuted or in
    error."""
    grade = claim_grade(parts)
    deciding = [part for part in parts if part.grade == grade]
    counted = [part for part in deciding if not part.beside] or deciding
    return ClaimVerdict(grade, counted[0].evidence if counted else None, tuple(parts))


def agreement(expected: str, grade: Grade) -> Agreement:
    """How a claim's grade compares with what the claim expects of itself.

    A claim that is false as printed and comes out holding is a conflict. One that is expected undecided and comes out
    holding is better than expected.
    """
    status = status_of(grade)
    if status == "error":
        return "error"
    if status == expected:
        return "expected"
    if expected == "refuted" and status == "holds":
        return "conflict"
    if expected == "undecided" and status == "holds":
        return "better"
    return "refuted" if status == "refuted" else "undecided"

