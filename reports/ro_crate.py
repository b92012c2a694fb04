"""A run as an RO-Crate (https://w3id.org/ro/crate/1.1): a folder that says what it is to archives and people who were not there.

Its files are those of the run: the plan, the run document, the certificates, and the Markdown report. Its metadata say which papers were looked
at, with what software in which versions, when, and how every claim came out: each is a ``ClaimReview`` with grade, scope, trust and what was
expected. The action is described as the profile Process Run Crate asks for.
"""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reports.documents import dumps
from reports.formats import format_named
from reports.safe_text import one_line
from reports.summary import GRADES, SCOPES, TRUSTS, Document, PartRow, Row, rows, summary_line
from reports.trust import must_be_trusted

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LICENCE = "https://spdx.org/licenses/Apache-2.0"
LONGEST_NAME = 300

_ARXIV = re.compile(r"\d{4}\.\d{4,5}(v\d+)?")
_FILES = {
    "plan.json": ("application/json", "what was asked for: claims, effort, seed and tasks"),
    "events.jsonl": ("application/x-ndjson", "the evidence of each task, in the order in which the tasks ended"),
}
_CERTIFICATES = "certificates"


def write(document: Document, folder: Path, run: Path) -> list[str]:
    """Write the crate into ``folder``; ``run`` is the folder that the run has its certificates in. A line for each thing that was written.

    Raises FileExistsError where ``folder`` is the run's own, and OSError.
    """
    from rocrate.rocrate import ROCrate

    if folder.resolve() == run.resolve():
        raise FileExistsError(errno.EEXIST, "this is the run's own folder; write the crate into another one", str(folder))
    crate = ROCrate(version="1.1")
    _describe_root(crate, document)
    results = [
        crate.add_file(io.StringIO(dumps(document)), "run.json", properties={
            "name": "run document", "encodingFormat": "application/json", "description": "every verdict with its evidence, schema assay.run/1"}),
        crate.add_file(io.StringIO(format_named("md").render(document)), "report.md", properties={
            "name": "report", "encodingFormat": "text/markdown", "description": "the run document for people"}),
    ]
    asked: list[Any] = []
    for name, (kind, description) in _FILES.items():
        if (run / name).is_file():
            added = crate.add_file(run / name, name, properties={"name": name, "encodingFormat": kind, "description": description})
            (asked if name == "plan.json" else results).append(added)
    if (run / _CERTIFICATES).is_dir():
        results.append(crate.add_dataset(run / _CERTIFICATES, _CERTIFICATES, properties={
            "name": "certificates", "description": "JSON documents that prove their own propositions, each named after the digest of its content; "
                                                   "`assay recheck certificates` re-checks them all with the kernel alone"}))
    results += [crate.add_dataset(page.parent, page.parent.name, properties={
        "name": "HTML report", "description": "the run document for people; open index.html"}) for page in sorted(run.glob("*/index.html"))]
    papers = {paper["slug"]: _add(crate, *_paper(paper)) for paper in document["papers"]}
    _describe_action(crate, document, [*asked, *papers.values()], results)
    crate.root_dataset["mentions"] = [*crate.root_dataset.get("mentions", []), *_reviews(crate, document, papers)]
    crate.root_dataset["citation"] = list(papers.values())
    crate.write(folder)
    return [str(folder / "ro-crate-metadata.json"), *(str(folder / entity.id) for entity in (*asked, *results))]


def _add(crate: Any, identifier: str, kind: str | list[str], properties: Mapping[str, Any]) -> Any:
    """A contextual entity, once."""
    from rocrate.model.contextentity import ContextEntity

    known = crate.dereference(identifier)
    return known or crate.add(ContextEntity(crate, identifier, properties={"@type": kind, **properties}))


def _describe_root(crate: Any, document: Document) -> None:
    trusted = "; ".join(f"{word} ({count} claims): {meaning}" for word, count, meaning in must_be_trusted(document))
    crate.name = "Whether the theorems are true: " + ", ".join(one_line(paper["slug"], 100) for paper in document["papers"])
    crate.description = f"{one_line(summary_line(document))}. What must be trusted: {trusted or 'nothing was decided'}."
    crate.license = _add(crate, LICENCE, "CreativeWork", {
        "name": "Apache License 2.0", "description": "the licence of assay, under which the run's own documents are; the papers are their authors'"})
    crate.datePublished = _began(document)
    crate.root_dataset["conformsTo"] = _add(crate, PROFILE, "CreativeWork", {"name": "Process Run Crate", "version": "0.5"})


def _began(document: Document) -> datetime:
    return datetime.fromisoformat(document["environment"]["started"])


def _paper(paper: Mapping[str, Any]) -> tuple[str, list[str], dict[str, Any]]:
    arxiv = str(paper["arxiv"])
    known = _ARXIV.fullmatch(arxiv)
    identifier = f"https://arxiv.org/abs/{arxiv}" if known else "#paper-" + _local(paper["slug"])
    about = {"name": one_line(paper["title"], LONGEST_NAME), "description": one_line(paper["citation"])}
    return identifier, ["CreativeWork", "ScholarlyArticle"], {**about, **({"identifier": f"arXiv:{arxiv}"} if known else {})}


def _local(name: object) -> str:
    """A name as a part of an identifier inside the crate."""
    return quote(one_line(name, 120), safe="")


def _describe_action(crate: Any, document: Document, inputs: list[Any], results: list[Any]) -> None:
    environment = document["environment"]
    ended = _began(document) + timedelta(seconds=environment["wall_seconds"])
    action = {
        "name": f"assay {'verify' if document['settings']['verify'] else 'mutants'}, effort {document['effort']}, seed {document['seed']}",
        "description": f"on {one_line(environment['system'], LONGEST_NAME)}, {environment['workers']} workers, executor {environment['executor']}",
        "startTime": environment["started"], "endTime": ended.isoformat(timespec="seconds"),
        "actionStatus": "http://schema.org/" + ("FailedActionStatus" if document["interrupted"] else "CompletedActionStatus"),
    }
    if document["interrupted"]:
        action["error"] = one_line(document["interrupted"]["reason"], LONGEST_NAME)
    entity = _add(crate, "#run", "CreateAction", action)
    settings = [_add(crate, f"#{name}", "PropertyValue", {"name": name, "value": document[name]}) for name in ("effort", "seed")]
    agent = _add(crate, "#agent", "Person", {"name": "not recorded: whoever started the run"})
    entity["agent"] = agent
    crate.root_dataset["author"] = agent
    entity["instrument"] = _software(crate, environment)
    entity["object"] = [*inputs, *settings]
    entity["result"] = results
    crate.root_dataset["mentions"] = [entity]


def _software(crate: Any, environment: Mapping[str, Any]) -> Any:
    """assay, with everything that it stood on, each in the version that was used."""
    versions = {"Python": environment["python"], **environment["versions"]}
    needed = [_add(crate, f"#software-{_local(name)}", "SoftwareApplication", {"name": one_line(name, LONGEST_NAME), "softwareVersion": one_line(version, 100)})
              for name, version in versions.items()]
    assay = _add(crate, "#assay", "SoftwareApplication", {
        "name": "assay", "softwareVersion": one_line(environment["assay"], 100).replace("not installed", "unknown: run from its sources"),
        "description": "checks whether the theorems of a paper are true: exact checkers, certificates, counterexamples"})
    assay["softwareRequirements"] = needed
    return assay


def _reviews(crate: Any, document: Document, papers: Mapping[str, Any]) -> list[Any]:
    """Every claim, and how it came out."""
    claims = {claim["id"]: claim for claim in document["claims"]}
    return [_review(crate, row, claims[row.id], papers.get(row.paper)) for row in rows(document)]


def _review(crate: Any, row: Row, claim: Mapping[str, Any], paper: Any) -> Any:
    about = _add(crate, f"#claim-{_local(row.id)}", "Claim", {
        "name": one_line(f"{row.number}: {row.title}", LONGEST_NAME), "text": one_line(claim["statement"])})
    if paper is not None:
        about["appearance"] = paper
    review = _add(crate, f"#verdict-{_local(row.id)}", "ClaimReview", {
        "name": f"{row.grade or 'not checked'} (expected: {row.expected})", "claimReviewed": one_line(claim["statement"]),
        "reviewBody": one_line(" ".join(_told(row))),
    })
    review["itemReviewed"] = about
    review["author"] = _add(crate, "#assay", "SoftwareApplication", {})
    return review


def _told(row: Row) -> Iterator[str]:
    """Grade, scope, trust, what was expected, and the parts, in words."""
    yield f"Grade: {row.grade}: {GRADES[row.grade]}." if row.grade else "Not checked."
    if row.scope:
        yield f"Scope: {row.scope}: {SCOPES[row.scope]}."
    if row.trust:
        yield f"Trust: {row.trust}: {TRUSTS[row.trust]}."
    yield f"Expected: {row.expected}." + (f" {row.remark}." if row.remark else "")
    for part in row.parts:
        yield from _part_told(part)
    if row.mutants:
        yield f"Mutants refuted: {row.mutants_refuted}."


def _part_told(part: PartRow) -> Iterator[str]:
    yield f"Part {part.name}: {part.standing or 'not checked'}."
    for word, text in part.remarks:
        yield f"{word.capitalize()}: {text}" + ("" if word == "because" else ".")
