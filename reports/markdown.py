"""A run as Markdown: the table of claims, then every claim with its parts, arguments, counterexamples and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports.summary import GRADES, Document, PartRow, Row, effort_line, rows, summary_line

_DIGITS = 14


def render(document: Document) -> str:
    """The report as Markdown text."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from ["# What was checked, and how it came out", "", f"{summary_line(document)}.", ""]
    for paper in document["papers"]:
        yield f"* **{_plain(paper['title'])}**: {_plain(paper['citation'])}"
    yield f"* seed {document['seed']}, effort {document['effort']}; {effort_line(document)}"
    yield from ["", "| claim | title | grade | scope | trust | time | mutants |", "| --- | --- | --- | --- | --- | ---: | ---: |"]
    yield from (_table_row(row) for row in rows(document))
    claims = {claim["id"]: claim for claim in document["claims"]}
    for row in rows(document):
        yield from _section(row, claims[row.id])
    for paper in document["papers"]:
        yield from _discrepancies(paper)
    yield from ["", "## How to read a grade", ""]
    yield from (f"* **{grade}**: {meaning}" for grade, meaning in GRADES.items())


def _table_row(row: Row) -> str:
    cells = [row.id, row.title, row.grade, row.scope, row.trust, f"{row.seconds:.2f} s", row.mutants_refuted or "–"]
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _section(row: Row, claim: Mapping[str, Any]) -> Iterator[str]:
    yield from ["", f"## {row.id}: {_plain(row.title)}", "", _plain(claim["statement"]), ""]
    yield f"*{_plain(claim['source'])}*" + (f"; bound: {_code(claim['bound'])}" if claim["bound"] else "")
    if row.remark:
        yield from ["", f"**{_plain(row.remark)}**"]
    yield ""
    for part in row.parts:
        yield from _part(part, alone=len(row.parts) == 1)
    if row.mutants:
        survivors = f"; NOT refuted: {', '.join(row.surviving_mutants)}" if row.surviving_mutants else ""
        yield f"* mutants: {row.mutants_refuted} refuted{survivors}"
    yield from _evidence(claim)


def _part(part: PartRow, *, alone: bool) -> Iterator[str]:
    name = "" if alone else f"part {_plain(part.name)}: "
    yield f"* {name}**{part.grade}** ({part.scope}, {part.trust}{', beside the grade' if part.beside else ''})" if part.grade else f"* {name}not checked"
    if part.finding:
        yield f"  * {_plain(part.finding)}"
    if part.argument:
        yield f"  * because: {_plain(part.argument)}"
    if part.rests_on:
        yield f"  * rests on: {_plain('; '.join(part.rests_on))}"


def _evidence(claim: Mapping[str, Any]) -> Iterator[str]:
    if not claim["evidence"]:
        return
    yield from ["", "| part | checker | parameters | status | scope | trust | measured | bound | certificate |",
                "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    for item in claim["evidence"]:
        certificate = item["certificate"] or (item["counterexample"] or {}).get("certificate")
        cells = [item["part"], item["checker"], ", ".join(f"{name}={_number(value)}" for name, value in item["parameters"].items()), item["status"],
                 item["scope"], item["trust"], _number(item["measured"]), _number(item["bound"])]
        link = f"[{certificate.rsplit('/', 1)[-1][:12]}]({certificate})" if certificate else "–"
        yield "| " + " | ".join(_plain(cell) for cell in cells) + f" | {link} |"


def _discrepancies(paper: Mapping[str, Any]) -> Iterator[str]:
    if paper["discrepancies"]:
        yield from ["", f"## What is printed otherwise in {_plain(paper['title'])}", ""]
        for gap in paper["discrepancies"]:
            shown = f" (see {gap['claim']})" if gap["claim"] else ""
            yield f"* **{gap['number']}**: {_plain(gap['statement'])}{shown} {_plain(gap['evidence'])}"


def _number(value: Any) -> str:
    """A number of evidence, short enough for a table."""
    if isinstance(value, Mapping):
        return _approximately(value["mid"]) if value.keys() == {"mid", "rad"} else "…"
    text = "–" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def _approximately(decimal: str) -> str:
    """The leading digits of a decimal, with its exponent: the run document has them all."""
    mantissa, mark, exponent = decimal.partition("e")
    return f"≈ {mantissa[:_DIGITS]}{mark}{exponent}"


def _plain(text: str) -> str:
    """Text with what Markdown would take for markup escaped, on one line."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_|<>[]#" else letter for letter in str(text))
    return " ".join(escaped.split())


def _code(text: str) -> str:
    return "`" + text.replace("`", "'") + "`"
