"""The report's taxonomy and the figures that it reports, read from ``registry.json``.

A *reported* figure is what the report says about an event, the literature or an experiment of its own. None is verified here and none can be recomputed; only
the arithmetic between them is checked (C42).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from exact.numerals import read_rational

EvidenceType: TypeAlias = Literal["historical", "literature", "own experiment"]
EVIDENCE_TYPES = ("historical", "literature", "own experiment")
RELATIONS = ("<", "<=", "==", ">=", ">", "~")
"""How a reported figure stands to the truth as reported; ``~`` is "about"."""


class RegistryError(ValueError):
    """The registry is malformed; the message names the record."""


@dataclass(frozen=True)
class Entry:
    """A failure mode or a risk factor: where the report treats it, what it means there (modes only), and its instances."""

    name: str
    section: str
    has_case_study: bool
    instances: tuple[str, ...]
    meaning: str | None


@dataclass(frozen=True)
class CaseStudy:
    """A numbered case study; ``section`` is None where it was not noted down."""

    number: int
    section: str | None


@dataclass(frozen=True)
class ReportedFigure:
    """A figure as reported, not verified: ``subject relation value unit``. ``page``, ``case_study``, ``evidence`` are None where they were not noted down."""

    name: str
    subject: str
    relation: str
    value: Fraction
    unit: str
    case_study: int | None
    page: int | None
    evidence: EvidenceType | None

    @property
    def verified(self) -> bool:
        """Never: the registry repeats what the report says."""
        return False


@dataclass(frozen=True)
class Registry:
    """Everything in the registry."""

    modes: tuple[Entry, ...]
    factors: tuple[Entry, ...]
    case_studies: tuple[CaseStudy, ...]
    reported: tuple[ReportedFigure, ...]

    @property
    def instances(self) -> tuple[str, ...]:
        """The instances of all modes and factors."""
        return tuple(instance for entry in (*self.modes, *self.factors) for instance in entry.instances)

    @property
    def records(self) -> int:
        """Modes, factors and instances together."""
        return len(self.modes) + len(self.factors) + len(self.instances)

    def figure(self, name: str) -> ReportedFigure:
        """A reported figure by name. Raises RegistryError where there is none."""
        for figure in self.reported:
            if figure.name == name:
                return figure
        raise RegistryError(f"no figure is called {name!r}; there are {', '.join(figure.name for figure in self.reported)}")


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry of this room."""
    text = (Path(__file__).parent / "registry.json").read_text(encoding="utf-8")
    return parse_registry(json.loads(text))


def parse_registry(data: Mapping[str, Any]) -> Registry:
    """The registry that a document describes. Raises RegistryError for a record with a missing or unknown field, a wrong value, or a name that stands twice."""
    _require(data, "the registry", {"about", "modes", "factors", "case_studies", "reported"})
    found = Registry(
        tuple(_entry(record) for record in data["modes"]),
        tuple(_entry(record) for record in data["factors"]),
        tuple(_case_study(record) for record in data["case_studies"]),
        tuple(_reported(record) for record in data["reported"]),
    )
    names = [entry.name for entry in (*found.modes, *found.factors)]
    for group in (names, list(found.instances), [figure.name for figure in found.reported], [str(study.number) for study in found.case_studies]):
        for name in group:
            if group.count(name) > 1:
                raise RegistryError(f"{name!r} stands twice")
    return found


def _require(record: Mapping[str, Any], name: str, fields: set[str]) -> None:
    if set(record) != fields:
        raise RegistryError(f"{name}: the fields {', '.join(sorted(fields ^ set(record)))} are missing or unknown")


def _entry(record: Mapping[str, Any]) -> Entry:
    _require(record, str(record.get("name")), {"name", "section", "has_case_study", "instances", "meaning"})
    return Entry(record["name"], record["section"], bool(record["has_case_study"]), tuple(record["instances"]), record["meaning"])


def _case_study(record: Mapping[str, Any]) -> CaseStudy:
    _require(record, f"case study {record.get('number')}", {"number", "section"})
    return CaseStudy(int(record["number"]), record["section"])


def _reported(record: Mapping[str, Any]) -> ReportedFigure:
    name = str(record.get("name"))
    _require(record, name, {"name", "subject", "relation", "value", "unit", "case_study", "page", "evidence"})
    if record["relation"] not in RELATIONS:
        raise RegistryError(f"{name}: the relation {record['relation']!r} is none of {' '.join(RELATIONS)}")
    if record["evidence"] is not None and record["evidence"] not in EVIDENCE_TYPES:
        raise RegistryError(f"{name}: the evidence {record['evidence']!r} is none of {', '.join(EVIDENCE_TYPES)}")
    try:
        value = read_rational(record["value"])
    except ValueError as error:
        raise RegistryError(f"{name}: {error}") from None
    evidence = cast("EvidenceType | None", record["evidence"])
    return ReportedFigure(name, record["subject"], record["relation"], value, record["unit"], record["case_study"], record["page"], evidence)
