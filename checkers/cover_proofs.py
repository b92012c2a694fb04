"""Proofs by box covers: the first view of a statement that has one, together with its lemmas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkers import covers
from checkers.proofs import Attempt, Proof, joined
from checkers.propositions import Document, Proposition
from checkers.rewritings import View
from checkers.statements import Statement

_LEMMA = covers.Limits(300, 1.0)
_SHARPER = 160


def first_cover(views: Iterable[View], limits: covers.Limits, statement: Statement, attempt: Attempt) -> Proof | None:
    """The proof by the first view that has a cover within the limits."""
    for view in views:
        if attempt.out_of_time:
            return None
        if (view, limits.pieces) not in attempt.covers_failed:
            proof = _cover(view, attempt.limited(limits), statement, attempt)
            if proof is not None:
                return proof
            attempt.covers_failed.add((view, limits.pieces))
    return None


def _cover(view: View, limits: covers.Limits, statement: Statement, attempt: Attempt) -> Proof | None:
    """A cover of the view, with covers of its lemmas."""
    description = attempt.about(statement)
    lemmas: list[Document] = []
    for group in view.lemmas:
        document = next((d for d in (lemma(p, {**description, "role": "lemma"}) for p in group) if d is not None), None)
        if document is None:
            return None
        lemmas.append(document)
    document, search = _document(view.proposition, limits, description)
    if search.violation is not None and not view.words:
        attempt.violations.append((statement, search.violation))
    if document is None or search.cover is None:
        return None
    margin = None if view.words else search.margin
    return Proof(document, joined(search.cover.describe(), view.words), tuple(lemmas), margin)


def lemma(proposition: Proposition, description: dict[str, Any]) -> Document | None:
    """The accepted certificate of a proposition that should not take long."""
    return _document(proposition, _LEMMA, description)[0]


def _document(proposition: Proposition, limits: covers.Limits, description: dict[str, Any]) -> tuple[Document | None, covers.Search]:
    """The accepted certificate of a proposition; a second search works with more digits where the first got stuck."""
    search = covers.search(proposition, limits)
    if search.cover is None and search.stuck:
        search = covers.search(proposition, limits, _SHARPER)
    return (None if search.cover is None else covers.prove(proposition, search.cover, description)), search
