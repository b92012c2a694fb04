"""A run as JUnit XML, for continuous integration: a suite for each paper, a test case for each claim and each mutant.

A claim that came out refuted and was expected to hold is a failure; one that was not decided is skipped, with the reason; a checker that
failed, or evidence that contradicts evidence, is an error. A mutant fails when it is not refuted. What passes says in its output how far
the grade reaches and what must be trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checkers.engine.document import survived
from reports.safe_text import one_line, visible
from reports.summary import GRADES, TRUSTS, Document, PartRow, Row, rows, summary_line

LONGEST_NAME = 300
"""The characters of a test case's name."""


def render(document: Document) -> str:
    """The report as XML text."""
    root = Element("testsuites", name="assay")
    for paper in document["papers"]:
        _suite(root, document, paper)
    cases = list(root.iter("testcase"))
    root.attrib |= {"tests": str(len(cases)), "failures": str(_count(root, "failure")), "errors": str(_count(root, "error"))}
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, document: Document, paper: Mapping[str, Any]) -> None:
    slug = paper["slug"]
    environment = document["environment"]
    suite = SubElement(root, "testsuite", name=one_line(slug, LONGEST_NAME))
    properties = SubElement(suite, "properties")
    about = {"title": paper["title"], "citation": paper["citation"], "seed": document["seed"], "effort": document["effort"],
             "assay": environment.get("assay", ""), "python": environment.get("python", ""), "summary": summary_line(document)}
    for name, value in about.items():
        SubElement(properties, "property", name=name, value=one_line(value))
    claims = {claim["id"]: claim for claim in document["claims"]}
    for row in rows(document):
        if row.paper == slug:
            _claim_case(suite, row, claims[row.id])
            for mutant in claims[row.id]["mutants"]:
                _mutant_case(suite, row, mutant)
    counts = {"tests": len(list(suite.iter("testcase"))), "failures": _count(suite, "failure"), "errors": _count(suite, "error"),
              "skipped": _count(suite, "skipped")}
    seconds = sum(row.seconds for row in rows(document) if row.paper == slug)
    suite.attrib |= {**{name: str(count) for name, count in counts.items()}, "time": f"{seconds:.3f}"}
    if environment.get("started"):
        suite.set("timestamp", one_line(environment["started"], LONGEST_NAME))


def _count(element: Element, outcome: str) -> int:
    return sum(case.find(outcome) is not None for case in element.iter("testcase"))


def _claim_case(suite: Element, row: Row, claim: Mapping[str, Any]) -> None:
    case = SubElement(suite, "testcase", name=one_line(f"{row.number}: {row.title}", LONGEST_NAME), classname=one_line(f"assay.{row.paper}", LONGEST_NAME),
                      time=f"{row.seconds:.3f}")
    outcome = _outcome(row)
    if outcome:
        message = _message(row, claim)
        said = SubElement(case, outcome, type=row.agreement or "not checked", message=one_line(message, 1000))
        said.text = visible(message)
    SubElement(case, "system-out").text = visible("\n".join(_lines(row, claim)))


def _outcome(row: Row) -> str:
    """``failure``, ``error`` or ``skipped``; empty for a claim that passes."""
    if row.agreement in ("error", "conflict"):
        return "error"
    if row.agreement == "refuted":
        return "failure"
    return "skipped" if row.grade in ("", "undecided") else ""


def _message(row: Row, claim: Mapping[str, Any]) -> str:
    """Why: what the parts found, or that it was not asked for."""
    if not row.grade:
        return "not checked: the run was of mutants alone"
    found = [f"{part.name}: {part.finding}" for part in row.parts if part.finding and part.grade not in ("supported", "decided")]
    return "; ".join([f"{row.grade} ({row.scope}, {row.trust})" if row.scope else row.grade, *found]) or str(claim["note"])


def _lines(row: Row, claim: Mapping[str, Any]) -> Iterator[str]:
    yield f"statement: {claim['statement']}"
    yield f"source: {claim['source']}"
    yield f"expected: {row.expected}" + (f"; {row.remark}" if row.remark else "")
    if row.grade:
        yield f"grade: {row.grade}: {GRADES[row.grade]}"
    if row.scope:
        yield f"scope: {row.scope}"
    if row.trust:
        yield f"what must be trusted: {row.trust}: {TRUSTS[row.trust]}"
    for part in row.parts:
        yield from _part_lines(part)
    if row.mutants:
        yield f"mutants refuted: {row.mutants_refuted}"


def _part_lines(part: PartRow) -> Iterator[str]:
    yield f"part {part.name}: {part.standing or 'not checked'}"
    yield from (f"  {word}: {text}" for word, text in part.remarks)


def _mutant_case(suite: Element, row: Row, mutant: Mapping[str, Any]) -> None:
    number = str(mutant["id"]).rpartition("/")[2]
    seconds = sum(item["seconds"] for item in mutant["evidence"])
    case = SubElement(suite, "testcase", name=one_line(f"{row.number}/{number}: {mutant['change']}", LONGEST_NAME),
                      classname=one_line(f"assay.{row.paper}.mutants", LONGEST_NAME), time=f"{seconds:.3f}")
    notes = "; ".join(dict.fromkeys(item["note"] for item in mutant["evidence"] if item["note"]))
    if mutant["status"] == "refuted":
        shown = (mutant["counterexample"] or {}).get("statement", "")
        SubElement(case, "system-out").text = visible(f"refuted, as every mutant must be: {shown}")
        return
    outcome = "error" if mutant["status"] == "error" else "failure" if survived(mutant) else "skipped"
    message = f"a mutant, false by construction, came out as: {mutant['status']}" + (f"; {notes}" if notes else "")
    SubElement(case, outcome, type="mutant", message=one_line(message, 1000)).text = visible(message)
