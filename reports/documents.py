"""What the command line prints with ``--json``: one document a command, exact numbers as ``"p/q"``, balls as mid and rad."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.claim import Claim, Part
from claims.parameters import Parameter, to_json
from claims.registry import Entry
from exact.numerals import numeral

if TYPE_CHECKING:
    from checkers.evaluation import Evaluation
    from checkers.evidence import Evidence
    from checkers.hunt import Hunt


def dumps(document: Any) -> str:
    """The document as text, as every ``--json`` and every JSON report is written. A lone surrogate, which no encoding has, stands escaped."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace").decode() + "\n"


def listing(entries: Sequence[Entry]) -> dict[str, Any]:
    """``assay list --json``."""
    papers: dict[str, dict[str, Any]] = {}
    for entry in entries:
        paper = entry.paper
        about = {"slug": paper.slug, "title": paper.title, "citation": paper.citation, "arxiv": paper.arxiv, "claims": []}
        papers.setdefault(f"{entry.origin}:{paper.slug}", about)["claims"].append(_headline(entry))
    return {"schema": "assay.list/1", "papers": list(papers.values())}


def _headline(entry: Entry) -> dict[str, Any]:
    claim = entry.claim
    return {"id": entry.id, "title": claim.title, "source": str(claim.source), "expected": claim.expected,
            "parts": [part.name for part in claim.parts], "mutants": len(claim.mutants)}


def description(entry: Entry) -> dict[str, Any]:
    """``assay show --json``."""
    claim = entry.claim
    return {
        "schema": "assay.claim/1", "id": entry.id, "title": claim.title, "paper": entry.paper.citation, "statement": claim.statement,
        "source": str(claim.source), "relation": claim.relation, "bound": str(claim.bound) if claim.bound is not None else None,
        "expected": claim.expected, "reason": claim.reason, "corrected_by": claim.corrected_by,
        "parts": [_part(part) for part in claim.parts], "mutants": _mutants(entry, claim),
        "parameters": [_parameter(parameter) for parameter in claim.parameters],
    }


def _part(part: Part) -> dict[str, Any]:
    formulations = [{"form": type(formulation).__name__, "argument": formulation.argument, "rests_on": list(formulation.rests_on)}
                    for formulation in part.formulations]
    return {"name": part.name, "statement": part.statement, "quantifier": part.quantifier, "beside": part.beside, "formulations": formulations}


def _mutants(entry: Entry, claim: Claim) -> list[dict[str, Any]]:
    return [{"id": f"{entry.id}/m{number}", "change": mutant.change} for number, mutant in enumerate(claim.mutants, start=1)]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    default = "computed from the other parameters" if callable(parameter.default) else to_json(parameter.default)
    return {"name": parameter.name, "domain": parameter.domain.describe(), "meaning": parameter.meaning, "default": default,
            "excludes": list(parameter.excludes)}


def evaluation(entry: Entry, found: Evaluation) -> dict[str, Any]:
    """``assay evaluate --json``."""
    return {
        "claim": entry.id, "parameters": number(found.parameters), "measured": number(found.measured), "bound": number(found.bound),
        "margin": number(found.margin), "relation": found.relation, "status": found.status, "scope": found.scope, "trust": found.trust,
        "values": number(found.values),
    }


def number(value: Any) -> Any:
    """Exact data as JSON, every exact number as text: ``"3"``, ``"2/7"``. Plain JSON numbers are left to floats."""
    if isinstance(value, Mapping):
        return {str(key): number(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [number(item) for item in value]
    return numeral(value) if isinstance(value, int) and not isinstance(value, bool) else to_json(value)


def hunt(entry: Entry, ended: Hunt, certificate: Path | None) -> dict[str, Any]:
    """``assay hunt --json``."""
    found = ended.found
    return {
        "schema": "assay.hunt/1", "claim": entry.id, "status": "refuted" if found else "undecided", "attempts": ended.attempts,
        "seconds": round(ended.seconds, 3), "exhausted": ended.exhausted, "certificate": str(certificate) if certificate else None,
        "evidence": found and {
            **{key: to_json(getattr(found, key)) for key in ("part", "checker", "parameters", "seed", "status", "scope", "trust", "measured",
                                                             "bound", "margin")},
            "counterexample": _without_certificate(found.counterexample or {}),
        },
    }


def _without_certificate(example: Mapping[str, Any]) -> dict[str, Any]:
    return {key: to_json(value) for key, value in example.items() if key != "certificate"}


def save_certificate(entry: Entry, found: Evidence, folder: Path) -> Path:
    """Write the certificate of a counterexample; the file, named after the claim. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"counterexample-{entry.id.replace('/', '-')}.json"
    assert found.counterexample is not None
    file.write_text(dumps(to_json(found.counterexample["certificate"])), encoding="utf-8")
    return file
