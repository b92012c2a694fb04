"""Propositions that an `inequality` certificate states: a node of a program has a sign on a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from checkers import kernel
from claims.formulations import Relation
from exact.numerals import numeral
from exact.programs import Program

SCHEMA = "assay.certificate/1"

Side: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The closed range of a variable, None for an infinite end."""

Document: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Proposition:
    """Node ``node`` is >= 0 (``strict``: > 0) at every point of the box ``domain`` where the ``where`` nodes stand in their relation to 0."""

    program: Program
    node: int
    strict: bool
    domain: tuple[Side, ...]
    where: tuple[tuple[Relation, int], ...] = ()

    @property
    def relation(self) -> Relation:
        """``>`` or ``>=``."""
        return ">" if self.strict else ">="

    def document(self, proof: Mapping[str, Any], about: Mapping[str, Any]) -> Document:
        """The certificate that the proof makes of the proposition."""
        return {
            "schema": SCHEMA,
            "type": "inequality",
            "about": dict(about),
            "proposition": {
                "program": self.program.to_json(),
                "node": self.node,
                "relation": self.relation,
                "domain": [[None if end is None else numeral(end) for end in side] for side in self.domain],
                "where": [list(condition) for condition in self.where],
            },
            "proof": dict(proof),
        }


def accepted(documents: Sequence[Document]) -> Document | None:
    """The first document that the kernel accepts."""
    for document in documents:
        if rejection(document) is None:
            return document
    return None


def rejection(document: Document) -> kernel.Rejected | None:
    """Why the kernel rejects a document; None when it accepts it."""
    try:
        kernel.check(document)
    except kernel.Rejected as rejected:
        return rejected
    return None
