"""A run as Markdown, for a README or a review: the table of claims, what must be trusted, then every claim with its parts, arguments,
counterexamples, evidence and mutants, what the papers print otherwise, and where and how it was checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reports.margins import margins_in_words
from reports.markdown_text import block, certificate, code, data, plain
from reports.summary import GRADES, SCOPES, Document, PartRow, Row, effort_line, program, rows, summary_line
from reports.trust import must_be_trusted

Shown = Callable[[object], str]
"""Shows the path of a certificate; the path may be None."""

_DIGITS = 14
_LONGEST_INSTANCE = 2000


def render(document: Document) -> str:
    """The report as Markdown text."""
    return told(document, certificate)


def told(document: Document, shown: Shown) -> str:
    """The same, with each certificate as ``shown`` shows its path, for a report that does not lie in the run's folder."""
    return "\n".join(_lines(document, shown)) + "\n"


def _table(listed: Sequence[Row]) -> Iterator[str]:
    yield from ["| claim | title | grade | scope | trust | expected | time | mutants |", "| --- | --- | --- | --- | --- | --- | ---: | ---: |"]
    for row in listed:
        cells = [row.id, row.title, row.grade or "not checked", row.scope, row.trust, row.expected, f"{row.seconds:.2f} s",
                 row.mutants_refuted or "–"]
        yield "| " + " | ".join(plain(cell) for cell in cells) + " |"


def _lines(document: Document, shown: Shown) -> Iterator[str]:
    yield from ["# What was checked, and how it came out", "", f"{plain(summary_line(document))}.", ""]
    for paper in document["papers"]:
        yield f"* **{plain(paper['title'])}**: {plain(paper['citation'])}"
    yield from [f"* seed {document['seed']}, effort {document['effort']}; {effort_line(document)}", ""]
    yield from _table(rows(document))
    yield from _trust(document)
    claims = {claim["id"]: claim for claim in document["claims"]}
    for row in rows(document):
        yield from _section(row, claims[row.id], shown)
    for paper in document["papers"]:
        yield from _discrepancies(paper)
    yield from _meanings()
    yield from _environment(document)


def _trust(document: Document) -> Iterator[str]:
    yield from ["", "## What must be trusted", ""]
    yield from (f"* **{word}** ({count} claim{'' if count == 1 else 's'}): {meaning}" for word, count, meaning in must_be_trusted(document))


def _section(row: Row, claim: Mapping[str, Any], shown: Shown) -> Iterator[str]:
    yield from ["", f"## {plain(row.id)}: {plain(row.title)}", "", plain(claim["statement"]), ""]
    yield f"*{plain(claim['source'])}*" + (f"; bound: {code(claim['bound'])}" if claim["bound"] else "") + f"; expected: {row.expected}"
    if row.remark:
        yield from ["", f"**{plain(row.remark)}**"]
    yield ""
    for part in row.parts:
        yield from _part(part, alone=len(row.parts) == 1)
    compared = margins_in_words(claim["evidence"])
    if compared:
        yield f"* evidence: {plain(compared)}"
    if row.mutants:
        survivors = f"; NOT refuted: {plain(', '.join(row.surviving_mutants))}" if row.surviving_mutants else ""
        yield f"* mutants: {row.mutants_refuted} refuted{survivors}"
    for item in claim["evidence"]:
        if item["counterexample"]:
            yield from _counterexample(item)
    yield from _evidence(claim, shown)
    yield from _mutants(claim, shown)


def _part(part: PartRow, *, alone: bool) -> Iterator[str]:
    name = "" if alone else f"part {plain(part.name)}: "
    yield f"* {name}**{part.grade}** ({part.scope}, {part.trust}{', beside the grade' if part.beside else ''})" if part.grade else f"* {name}not checked"
    if part.finding:
        yield f"  * {plain(part.finding)}"
    if part.argument:
        yield f"  * because: {plain(part.argument)}"
    if part.rests_on:
        yield f"  * rests on: {plain('; '.join(part.rests_on))}"


def _counterexample(item: Mapping[str, Any]) -> Iterator[str]:
    """What fails, for which instance, and the code that shows it."""
    example = item["counterexample"]
    yield from ["", f"Counterexample to part {plain(item['part'])}: {plain(example['statement'])}", ""]
    if example.get("instance") is not None:
        yield from [block(data(example["instance"], _LONGEST_INSTANCE), "json"), ""]
    if example.get("python"):
        yield block(example["python"], "python")


def _evidence(claim: Mapping[str, Any], shown: Shown) -> Iterator[str]:
    if not claim["evidence"]:
        return
    yield from ["", "| part | checker | parameters | status | scope | trust | measured | bound | margin | certificate |",
                "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    for item in claim["evidence"]:
        cells = [item["part"], item["checker"], ", ".join(f"{name}={_number(value)}" for name, value in item["parameters"].items()), item["status"],
                 item["scope"], item["trust"], *(_number(item[name]) for name in ("measured", "bound", "margin"))]
        link = shown(item["certificate"] or (item["counterexample"] or {}).get("certificate"))
        yield "| " + " | ".join(plain(cell) for cell in cells) + f" | {link} |"


def _mutants(claim: Mapping[str, Any], shown: Shown) -> Iterator[str]:
    """How each mutant died, or that it did not."""
    if not claim["mutants"]:
        return
    yield from ["", "| mutant | change | status | refuted by | certificate |", "| --- | --- | --- | --- | --- |"]
    for mutant in claim["mutants"]:
        example = mutant["counterexample"] or {}
        cells = [str(mutant["id"]).rpartition("/")[2], mutant["change"], mutant["status"], example.get("statement", "–")]
        yield "| " + " | ".join(plain(cell) for cell in cells) + f" | {shown(example.get('certificate'))} |"


def _discrepancies(paper: Mapping[str, Any]) -> Iterator[str]:
    if paper["discrepancies"]:
        yield from ["", f"## What is printed otherwise in {plain(paper['title'])}", ""]
        for gap in paper["discrepancies"]:
            where = f" (see {plain(gap['claim'])})" if gap["claim"] else ""
            yield f"* **{plain(gap['number'])}**: {plain(gap['statement'])}{where} {plain(gap['evidence'])}"


def _meanings() -> Iterator[str]:
    yield from ["", "## How to read a grade", ""]
    yield from (f"* **{grade}**: {meaning}" for grade, meaning in GRADES.items())
    yield from ["", "Scope says how far a grade reaches:", ""]
    yield from (f"* **{scope}**: {meaning}" for scope, meaning in SCOPES.items())


def _environment(document: Document) -> Iterator[str]:
    """Where it was checked, and how to do it again."""
    environment = document["environment"]
    yield from ["", "## Where it was checked, and how to check it again", ""]
    where = [program(environment), f"Python {environment['python']}" if environment.get("python") else "", environment.get("system", ""),
            f"begun {environment['started']}" if environment.get("started") else ""]
    yield f"* {plain(', '.join(text for text in where if text))}"
    if environment.get("versions"):
        yield "* " + plain(", ".join(f"{name} {version}" for name, version in environment["versions"].items()))
    slugs = " ".join(paper["slug"] for paper in document["papers"])
    again = f"assay verify {slugs} --effort {document['effort']} --seed {document['seed']}"
    yield f"* the same again: {code(again)}"
    yield "* every certificate again, with the kernel alone: `assay recheck RUN`, where RUN is the run's folder"


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
