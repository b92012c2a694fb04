"""Every golden value by `evaluate`, values at other parameters, and the edges: degenerate populations, extreme β, wrong input."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from claims.alignment_distortion.evaluation import EVALUATIONS
from claims.claim import Measurement
from claims.errors import ClaimError, ParameterError
from claims.parameters import read_parameters
from exact.balls import Ball

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))


def measure(claim: str, **parameters: Any) -> Measurement:
    wanted, function = EVALUATIONS[claim]
    return function(read_parameters(wanted, parameters))


def field_of(measurement: Measurement, path: str) -> Any:
    first, *rest = path.split(".")
    item: Any = getattr(measurement, first)
    for name in rest:
        item = item[int(name)] if isinstance(item, list | tuple) else item[name]
    return item


def agrees(computed: Any, golden: Any) -> bool:
    """Exact values are equal; decimals agree to the digits shown (one unit in the last place, for rounding or truncation)."""
    if isinstance(golden, str) and golden != "inf" and not isinstance(computed, str):
        if "/" in golden:
            return isinstance(computed, Fraction) and computed == Fraction(golden)
        mantissa, _, exponent = golden.lower().partition("e")
        digits = len(mantissa.partition(".")[2])
        unit = Fraction(10) ** (int(exponent or 0) - digits) if digits else Fraction(0)
        middle, radius = (computed.mid, computed.rad) if isinstance(computed, Ball) else (Fraction(computed), Fraction(0))
        return abs(middle - Fraction(golden)) <= unit + radius
    return bool(computed == golden)


def grouped() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in GOLDEN["evaluate"]:
        groups.setdefault(f"{entry['claim']} {json.dumps(entry['parameters'])}", []).append(entry)
    return groups


@pytest.mark.parametrize("entries", grouped().values(), ids=grouped().keys())
def test_golden_values(entries: list[dict[str, Any]]) -> None:
    measurement = measure(entries[0]["claim"], **entries[0]["parameters"])
    for entry in entries:
        computed = field_of(measurement, entry["field"])
        assert agrees(computed, entry["value"]), f"{entry['field']}: {computed} where {entry['value']} is due ({entry['source']})"
