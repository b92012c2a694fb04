"""Comparing two runs: the same verdicts, the same exact numbers, the same certificates?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

DifferenceKind = Literal["verdict", "value", "certificate", "time", "environment"]

_VERDICT = ("status", "scope", "trust", "grade")
_VALUE = ("measured", "bound", "margin")


@dataclass(frozen=True)
class Difference:
    """One field that differs between two runs. ``where`` names claim, part or mutant and setting."""

    kind: DifferenceKind
    claim: str
    where: str
    field: str
    left: Any
    right: Any

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON data."""
        return {"kind": self.kind, "claim": self.claim, "where": self.where, "field": self.field, "left": self.left, "right": self.right}


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs, and which claims both have."""

    claims: tuple[str, ...]
    differences: tuple[Difference, ...]

    def of(self, claim: str) -> tuple[Difference, ...]:
        """The differences that concern a claim."""
        return tuple(difference for difference in self.differences if difference.claim == claim)

    @property
    def same(self) -> bool:
        """Whether the runs say the same: no verdict and no exact number differs."""
        return not any(difference.kind in ("verdict", "value") for difference in self.differences)

    @property
    def kind(self) -> DifferenceKind | None:
        """The gravest kind of difference; None when there is none at all."""
        kinds = {difference.kind for difference in self.differences}
        order: tuple[DifferenceKind, ...] = ("verdict", "value", "certificate", "time", "environment")
        return next((kind for kind in order if kind in kinds), None)

    @property
    def exit_code(self) -> int:
        """1 when a verdict or a value differs, else 0."""
        return 0 if self.same else 1

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON data."""
        return {"schema": "assay.comparison/1", "same": self.same, "kind": self.kind, "claims": list(self.claims),
                "differences": [difference.to_json() for difference in self.differences]}


def compare_runs(a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
    """Compare two run documents claim by claim. A claim, part, setting or mutant that only one of them has is a
    difference of verdict."""
    left, right = _by_id(a), _by_id(b)
    names = list(left) + [name for name in right if name not in left]
    differences: list[Difference] = []
    for name in names:
        differences += _claim(name, left.get(name), right.get(name))
    differences += _environment(a, b)
    return Comparison(tuple(name for name in names if name in left and name in right), tuple(differences))


def _by_id(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {claim["id"]: claim for claim in document["claims"]}


def _claim(name: str, a: Mapping[str, Any] | None, b: Mapping[str, Any] | None) -> Iterator[Difference]:
    if a is None or b is None:
        yield Difference("verdict", name, "", "claim", _presence(a is not None), _presence(b is not None))
        return
    yield from _fields("verdict", name, "", _VERDICT, a, b)
    left, right = _items(a), _items(b)
    for where in [*left, *(key for key in right if key not in left)]:
        if where not in left or where not in right:
            yield Difference("verdict", name, where, "evidence", _presence(where in left), _presence(where in right))
            continue
        x, y = left[where], right[where]
        yield from _fields("verdict", name, where, _VERDICT, x, y)
        yield from _fields("value", name, where, _VALUE, x, y)
        yield from _fields("certificate", name, where, ("certificate", "counterexample"), x, y)
        yield from _fields("time", name, where, ("seconds",), x, y)


def _presence(there: bool) -> str:
    return "present" if there else "absent"


def _items(claim: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Parts, evidence and mutants by a name for each."""
    items: dict[str, Mapping[str, Any]] = {f"part {part['name']}": part for part in claim["parts"]}
    for owner, evidence in [(f"part {item['part']}", item) for item in claim["evidence"]] + [
            (mutant["id"].rsplit("/", 1)[1], item) for mutant in claim["mutants"] for item in mutant["evidence"]]:
        items[f"{owner}, formulation {evidence['formulation']}, {_setting(evidence['parameters'])}"] = evidence
    for mutant in claim["mutants"]:
        items[mutant["id"].rsplit("/", 1)[1]] = mutant
    return items


def _setting(parameters: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(parameters.items())) or "no parameters"


def _fields(
    kind: DifferenceKind, claim: str, where: str, names: tuple[str, ...], a: Mapping[str, Any], b: Mapping[str, Any],
) -> Iterator[Difference]:
    for name in names:
        if a.get(name) != b.get(name):
            yield Difference(kind, claim, where, name, a.get(name), b.get(name))


def _environment(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Difference]:
    """Differences of the machines and their software, not of the times that every two runs differ in."""
    left, right = a["environment"], b["environment"]
    for name in sorted(left.keys() | right.keys()):
        if left.get(name) != right.get(name):
            timing = name.endswith("seconds") or name in ("started", "utilisation")
            yield Difference("time" if timing else "environment", "", "", f"environment.{name}", left.get(name), right.get(name))
