"""Replaying the enumerations that a run's certificates stand for: `assay recheck --replay`, the one re-check that runs a claim's own code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkers import exhaustive
from checkers.certify import NotCertified
from claims.claim import Claim
from claims.errors import ClaimError
from claims.formulations import Formulation
from claims.registry import entries_of, load_origin


class NotReplayed(ValueError):
    """The enumeration came out differently, or the claim's code is not to be had; the message says which."""


def replay(file: Path, document: Mapping[str, Any]) -> str:
    """Enumerate again what a certificate says, and tell the count. Raises NotReplayed.

    ``file`` is where the certificate lies: a run folder knows the user's own files of claims. The document must have been accepted in form by the kernel.
    """
    place = document["proof"]["replay"]
    try:
        found = exhaustive.replay(document, _formulation(_claim(place["claim"], file), place))
    except (ClaimError, NotCertified, exhaustive.ReplayMismatch) as error:
        raise NotReplayed(f"proof.replay: {error}") from error
    return f"{found.count} cases, enumerated again: {document['proposition']['statement']}"


def _claim(name: str, file: Path) -> Claim:
    origin = _origins(file).get(name, name.partition("/")[0])
    for entry in entries_of(load_origin(origin), origin):
        if entry.id == name:
            return entry.claim
    raise ClaimError(f"there is no claim {name!r} in {origin}")


def _origins(file: Path) -> dict[str, str]:
    """Where the claims of the run come from that the certificate belongs to; nothing for a certificate that lies alone."""
    plan = file.resolve().parent.parent / "plan.json"
    if not plan.is_file():
        return {}
    try:
        described = json.loads(plan.read_text(encoding="utf-8"))
        return {claim["id"]: claim["origin"] for claim in (*described["claims"], *described["foundations"])}
    except (ValueError, KeyError, TypeError) as error:
        raise ClaimError(f"{plan}: is no plan of a run ({type(error).__name__}: {error})") from None


def _formulation(claim: Claim, place: Mapping[str, Any]) -> Formulation:
    """The formulation of the part that the certificate names, or of the mutant (``m1`` and so on)."""
    index: int = place["formulation"]
    owners = {f"m{number}": mutant.formulations for number, mutant in enumerate(claim.mutants, start=1)}
    owners |= {part.name: part.formulations for part in claim.parts}
    if index >= len(owners.get(place["part"], ())):
        raise ClaimError(f"{claim.number} has no part {place['part']!r} with a formulation {index}")
    return owners[place["part"]][index]
