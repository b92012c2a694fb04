"""The verdicts on the papers that ship, as they are published: a Markdown report for each paper, a page over them, and the table in the README.

    python -m reports.publishing RUN [--reports reports/published] [--readme README.md]

``make published`` makes the run, at effort standard, and then this.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checkers.engine import load_run
from checkers.engine.document import totals
from checkers.engine.errors import NotARun
from reports import badge, markdown
from reports.markdown_text import digest, plain
from reports.summary import GRADES, Document, Row, program, rows, summary_line
from reports.trust import must_be_trusted

BEGIN, END = "<!-- summary:begin -->", "<!-- summary:end -->"
PAGE, BADGE = "README.md", "badge.svg"


class CannotPublish(Exception):
    """The run, or the README, is not fit for it; the message says why."""


def publish(document: Document, folder: Path, readme: Path) -> list[Path]:
    """Write the reports into ``folder`` and the summary into the marked block of ``readme``; the files that were written.

    Reports in the folder of papers that the run does not have are removed. Raises CannotPublish for a run that was cut short, has no verdicts, or
    is of claims of one's own, and where the README has not exactly one marked block; nothing is written then. Raises OSError.
    """
    if document["interrupted"] or any(not row.grade for row in rows(document)):
        raise CannotPublish("the run was cut short, or was of mutants alone: publish a whole run")
    unfit = [paper["slug"] for paper in document["papers"] if not paper["slug"].isidentifier()]
    if unfit:
        raise CannotPublish(f"{', '.join(unfit)}: only papers that ship are published")
    text = with_summary(readme.read_text(encoding="utf-8"), "\n".join(summary(document, f"{folder.as_posix()}/")), str(readme))
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{paper['slug']}.md": markdown.told(of_paper(document, paper["slug"]), digest) for paper in document["papers"]}
    pages |= {PAGE: "\n".join(_page(document)) + "\n", BADGE: badge.render(document)}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
    readme.write_text(text, encoding="utf-8")
    return [*(folder / name for name in pages), readme]


def of_paper(document: Document, slug: str) -> Document:
    """The part of the document that is about one paper. Versions, machine and time are those of the whole run."""
    claims = [claim for claim in document["claims"] if claim["id"].partition("/")[0] == slug]
    papers = [paper for paper in document["papers"] if paper["slug"] == slug]
    return {**document, "papers": papers, "claims": claims, "totals": totals(claims)}


def with_summary(text: str, block: str, name: str) -> str:
    """The text with what is between its markers replaced. Raises CannotPublish unless there is one pair of them, in order."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise CannotPublish(f"{name} must have one line {BEGIN} and, further down, one line {END}")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{block}\n{END}{rest.partition(END)[2]}"


def summary(document: Document, prefix: str) -> Iterator[str]:
    """A row for each paper: how many of its claims have which grade, and how many mutants were refuted. Links begin with ``prefix``."""
    grades = [grade for grade in GRADES if any(row.grade == grade for row in rows(document))]
    yield f"| paper | claims | {' | '.join([*grades, 'mutants refuted', 'as expected'])} |"
    yield "| --- |" + " ---: |" * (len(grades) + 3)
    for paper in document["papers"]:
        own = [row for row in rows(document) if row.paper == paper["slug"]]
        yield f"| [{plain(paper['title'])}]({prefix}{paper['slug']}.md) | " + " | ".join(_counts(own, grades)) + " |"
    yield f"| **all** | {' | '.join(_counts(rows(document), grades))} |"
    yield f"\nEffort {document['effort']}, seed {document['seed']}: {plain(summary_line(document))}."


def _counts(own: Sequence[Row], grades: Sequence[str]) -> Iterator[str]:
    found = Counter(row.grade for row in own)
    mutants = sum(len(row.mutants) for row in own)
    survivors = sum(len(row.surviving_mutants) for row in own)
    expected = sum(row.agreement in ("expected", "better") for row in own)
    yield str(len(own))
    yield from (str(found[grade]) for grade in grades)
    yield f"{mutants - survivors} of {mutants}"
    yield f"{expected} of {len(own)}"


def _page(document: Document) -> Iterator[str]:
    """The page over the reports."""
    yield from ["# What assay found in the papers that ship", "",
                "Each report has every claim with its grade, argument, evidence, margins and mutants. The certificates that it names are in the run's folder: "
                "`make published` makes them anew, and `assay recheck RUN` re-checks them with the kernel alone.", ""]
    yield from summary(document, "")
    yield from ["", "## What must be trusted", ""]
    yield from (f"* **{word}** ({count} claims): {meaning}" for word, count, meaning in must_be_trusted(document))
    yield from ["", "## Claims that do not hold, or were not decided", "", "| claim | title | grade | expected | remark |", "| --- | --- | --- | --- | --- |"]
    for row in rows(document):
        if row.grade in ("refuted", "undecided", "error") or row.expected != "holds":
            yield "| " + " | ".join(plain(cell) for cell in (row.id, row.title, row.grade, row.expected, row.remark)) + " |"
    yield from ["", "## Claims that no certificate carries alone", "", "Their grade rests on more than the kernel:", ""]
    yield from _lines_beyond_the_kernel(rows(document))
    yield f"\nChecked with {plain(_versions(document['environment']))}."


def _lines_beyond_the_kernel(listed: Sequence[Row]) -> Iterator[str]:
    for row in listed:
        if row.trust != "kernel":
            yield f"* {plain(row.id)}: {plain(row.title)}: {row.grade} · {row.scope} · {row.trust}"


def _versions(environment: Mapping[str, Any]) -> str:
    return ", ".join([program(environment), f"Python {environment['python']}", *(f"{name} {version}" for name, version in environment["versions"].items())])


def main(arguments: Sequence[str]) -> int:
    """The command line; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m reports.publishing", description="Publish the verdicts of a run.")
    parser.add_argument("run", type=Path, help="a run folder, or its run.json")
    parser.add_argument("--reports", type=Path, default=Path("reports/published"), help="where the reports go")
    parser.add_argument("--readme", type=Path, default=Path("README.md"), help="the README with the marked block")
    asked = parser.parse_args(arguments)
    try:
        written = publish(load_run(asked.run), asked.reports, asked.readme)
    except (CannotPublish, NotARun, OSError) as error:
        print(f"publishing: {error}", file=sys.stderr)
        return 2
    for file in written:
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
