"""What somebody who believes a run believes: counted word by word, for every format that says what must be trusted."""

from __future__ import annotations

from collections import Counter

from reports.summary import TRUSTS, Document, rows


def must_be_trusted(document: Document) -> tuple[tuple[str, int, str], ...]:
    """Every word of trust that a claim's grade rests on, for how many claims, and what it asks for; the strongest trust first."""
    found = Counter(row.trust for row in rows(document))
    return tuple((word, found[word], meaning) for word, meaning in TRUSTS.items() if found[word])
