"""What pages say of a claim in a line: how it was shown, what its exactness rests on, and where a thing in ``rests_on`` is to be found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports.safe_text import one_line, short
from reports.summary import Document

CHECKERS = {
    "interval": "interval arithmetic", "polynomial": "polynomial proof", "identity": "identity", "exact_lp": "exact linear program", "smt": "SMT solver",
    "sat": "propositional refutation", "exhaustive": "enumeration", "witness": "exact witness", "search": "search for counterexamples",
    "enclosure": "enclosure of a root", "statistical": "trials", "scaling": "fit of an exponent", "grid": "exact grid", "binomial": "binomial sums",
}
RELATIONS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "<": "<", ">": ">", "exists": "there is", "iff": "if and only if"}
QUANTIFIERS = {"all": "for all", "exists": "there is"}
_REFERENCE = re.compile(r"(?:([A-Za-z0-9_]+)/)?([A-Za-z][A-Za-z0-9_]*)(?:\([^()]+\))?")
_LONGEST = 160


def checker_in_words(name: str) -> str:
    """Such as ``exact linear program`` for ``exact_lp``."""
    return CHECKERS.get(name, name.replace("_", " "))


def how(claim: Mapping[str, Any]) -> str:
    """One line: by which checks, and the first thing that one of them noted."""
    counts = Counter(checker_in_words(item["checker"]) for item in claim["evidence"])
    checks = ", ".join(f"{words} ×{count}" if count > 1 else words for words, count in counts.most_common())
    note = next((item["note"] for item in claim["evidence"] if item["note"] and item["status"] == claim["status"]), "")
    return short(f"{checks}: {note}" if note else checks, _LONGEST)


def referred_claim(text: str, claim: str, known: Iterable[str]) -> str:
    """The id of the claim that an entry of ``rests_on`` means, if the report knows it; empty for literature."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return ""
    name = f"{match[1] or claim.partition('/')[0]}/{match[2]}"
    return name if name in known else ""


def literature(document: Document) -> list[tuple[str, int]]:
    """What arguments use besides other claims, with the number of claims whose arguments use it, the most used first."""
    known = {claim["id"] for claim in (*document["claims"], *document["foundations"])}
    used: Counter[str] = Counter()
    for claim in document["claims"]:
        named = {one_line(text) for part in claim["parts"] for text in part["rests_on"] if not referred_claim(text, claim["id"], known)}
        used.update(named)
    return used.most_common()


def reproducing_command(document: Document, shipped: Mapping[str, Sequence[str]]) -> str:
    """The command that makes the run again: slugs where a whole paper was checked, else claim ids."""
    asked: list[str] = []
    for paper in document["papers"]:
        ids = [claim["id"] for claim in document["claims"] if claim["id"].partition("/")[0] == paper["slug"]]
        asked += [paper["slug"]] if ids == list(shipped.get(paper["slug"], ())) else ids
    command = "verify" if document["settings"]["verify"] else "mutants"
    return " ".join(["assay", command, *map(_quoted, asked), "--effort", _quoted(document["effort"]), "--seed", str(document["seed"])])


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(one_line(word))
