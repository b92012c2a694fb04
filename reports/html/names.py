"""Where the pages of a report lie: one file each, with a name that any file system takes, whatever a claims file calls its claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from reports.summary import Document

OVERVIEW, ENVIRONMENT = "index.html", "environment.html"
LONGEST = 60
"""Characters of a file's name without its ending."""


class Names:
    """The paths of the pages, relative to the report's folder, by paper, claim and counterexample."""

    def __init__(self, document: Document) -> None:
        claims = (*document["claims"], *document["foundations"])
        self.papers = _paths("papers", (paper["slug"] for paper in document["papers"]))
        self.claims = _paths("claims", (claim["id"] for claim in claims))
        self.counterexamples = _paths("counterexamples", (key for claim in claims for key in counterexamples_of(claim)))


def counterexamples_of(claim: Document) -> dict[str, Document]:
    """The claim's counterexamples, and those of its mutants, each under a key of its own: the evidence or the mutant that has it."""
    found = {f"{claim['id']}/e{number}": item for number, item in enumerate(claim["evidence"], start=1) if item["counterexample"]}
    return found | {f"{claim['id']}/m{number}": mutant for number, mutant in enumerate(claim["mutants"], start=1) if mutant["counterexample"]}


def _paths(folder: str, keys: Iterable[str]) -> dict[str, str]:
    """A path for each key; no two are the same, not even where a file system does not tell capitals apart."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        name = safe_name(key)
        if name.lower() in taken:
            name = f"{name[:LONGEST - 13]}-{_digest(key)}"
        taken.add(name.lower())
        paths[key] = f"{folder}/{name}.html"
    return paths


def safe_name(text: str) -> str:
    """Letters, digits, ``-`` and ``_`` only, at most :data:`LONGEST` of them; with a digest of the text wherever something else was in it."""
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", text)
    if plain == text.replace("/", "-") and len(plain) <= LONGEST and plain.strip("-"):
        return plain
    return f"{plain[:LONGEST - 13].strip('-') or 'page'}-{_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
