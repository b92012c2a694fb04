"""What somebody who believes a run believes: counted word by word, for every format that says what must be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.summary import SCOPES, TRUSTS, Document, Row, rows


def must_be_trusted(document: Document) -> tuple[tuple[str, int, str], ...]:
    """Every word of trust that a claim's grade rests on, for how many claims, and what it asks for; the strongest trust first."""
    found = Counter(row.trust for row in rows(document))
    return tuple((word, found[word], meaning) for word, meaning in TRUSTS.items() if found[word])


def reach(document: Document) -> tuple[tuple[str, int, str], ...]:
    """Every scope of a claim's grade, for how many claims, and how far it reaches; the widest first."""
    found = Counter(row.scope for row in rows(document))
    return tuple((word, found[word], meaning) for word, meaning in SCOPES.items() if found[word])


def without_certificate(listed: Sequence[Row]) -> tuple[str, ...]:
    """The claims whose grade no certificate of the kernel carries."""
    return tuple(row.id for row in listed if row.grade and row.trust != "kernel")
