"""The papers of a run, and assay itself, as BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reports.safe_text import one_line
from reports.summary import Document
from reports.tex import escaped

_YEAR = re.compile(r"\b(19|20)\d\d\b")
_ARXIV = re.compile(r"([a-z-]+(\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(v\d+)?")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


def render(document: Document) -> str:
    """The bibliography as text: an entry for each paper, and one for the version of assay that checked it."""
    return "\n".join([_software(document["environment"]), *(_paper(paper) for paper in document["papers"])])


def key(slug: str) -> str:
    """The citation key of a paper: its slug, without what BibTeX does not take in a key."""
    return "paper:" + (re.sub(r"[^A-Za-z0-9_.-]", "-", slug)[:80] or "unnamed")


def _entry(kind: str, name: str, fields: Mapping[str, str]) -> str:
    lines = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items() if value)
    return f"@{kind}{{{name},\n{lines}}}\n"


def _software(environment: Mapping[str, Any]) -> str:
    version = str(environment.get("assay", ""))
    note = f"version {version}" if _VERSION.fullmatch(version) and version[0].isdigit() else ""
    return _entry("misc", "assay", {"title": "{assay}: checks whether the theorems of a paper are true", "author": "{The assay developers}",
                                    "howpublished": "computer program", "note": note})


def _paper(paper: Mapping[str, Any]) -> str:
    return _entry("misc", key(paper["slug"]), dict(_fields(paper)))


def _fields(paper: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is known for certain: the title, the arXiv id, and the citation as the claims file has it. Authors and year only where the citation
    begins with the one, up to the title, and names the other."""
    title, citation = one_line(paper["title"]), one_line(paper["citation"])
    yield "title", "{" + escaped(title) + "}"
    before, found, after = citation.partition(title.rstrip(".?!"))
    authors = [name.strip() for name in before.strip().rstrip(".").split(",") if name.strip()]
    if found and authors:
        yield "author", " and ".join(escaped(name) for name in authors)
    year = _YEAR.search(_ARXIV.sub("", after))
    if found and year:
        yield "year", year[0]
    arxiv = str(paper["arxiv"])
    if _ARXIV.fullmatch(arxiv):
        yield "eprint", arxiv
        yield "archiveprefix", "arXiv"
    yield "note", escaped(citation)
