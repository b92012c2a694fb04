"""The run document itself, as text."""

from __future__ import annotations

from reports.documents import dumps
from reports.summary import Document


def render(document: Document) -> str:
    """The document as JSON."""
    return dumps(document)
