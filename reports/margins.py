"""Where a claim's numbers came closest to its bound: the least margin among its evidence, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from reports.plots import exact_value, number_in_words, parameters_in_words

Item = Mapping[str, Any]


def compared(evidence: Sequence[Item]) -> list[tuple[Fraction, Item]]:
    """The evidence in which a number was compared with a bound, and by how much the relation holds (of a ball, the midpoint)."""
    read = [(exact_value(item["margin"]), item) for item in evidence if item["measured"] is not None and item["bound"] is not None]
    return [(margin, item) for margin, item in read if margin is not None]


def least(evidence: Sequence[Item]) -> Item | None:
    """The piece of evidence with the least margin; the first of several. None where no numbers were compared."""
    found = compared(evidence)
    return min(found, key=lambda pair: pair[0])[1] if found else None


def margins_in_words(evidence: Sequence[Item]) -> str:
    """Such as ``12 checks, 11 with numbers; the least margin is 0, at β = 2: measured 1, bound 1``. Empty without evidence."""
    if not evidence:
        return ""
    checks = f"{len(evidence)} check{'' if len(evidence) == 1 else 's'}"
    closest, found = least(evidence), compared(evidence)
    if closest is None:
        return checks
    at = parameters_in_words(closest["parameters"])
    numbers = f"measured {number_in_words(closest['measured'])}, bound {number_in_words(closest['bound'])}"
    return (f"{checks}, {len(found)} with numbers; the least margin is {number_in_words(closest['margin'])}, in {closest['part']}"
            + (f" at {at}" if at else "") + f": {numbers}")
