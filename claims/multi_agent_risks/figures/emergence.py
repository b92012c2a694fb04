"""The figure of C35, as data that are read off the evidence of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from claims.multi_agent_risks.models.voting import cycle_limit, cycle_probability
from exact.numerals import read_rational

Document = Mapping[str, Any]

NAMES = ("majority-cycles",)


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn = [majority_cycles(evidence)]
    return [figure for figure in drawn if figure.series]


def majority_cycles(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """The frequency of strict majority cycles against the number of voters, where the count of the profiles confirmed it, and its limit (to 30 bits)."""
    points: dict[Fraction, Fraction] = {}
    for item in evidence.get("C35", ()):
        if item["part"] == "frequencies" and item["status"] == "holds":
            voters = _number(item["parameters"]["n"])
            points[voters] = cycle_probability(int(voters))
    line: tuple[Point, ...] = tuple(sorted(points.items()))
    series: tuple[Series, ...] = ()
    if line:
        limit = Fraction(round(cycle_limit().mid * 2**30), 2**30)
        ends = (line[0][0], line[-1][0])
        series = (
            Series("profiles with a strict majority cycle", line, "measured", "cycles"),
            Series("limit 1/4 − 3/(2π)·arcsin(1/3)", tuple((x, limit) for x in dict.fromkeys(ends)), "asymptote", "cycles"),
        )
    return Figure("majority-cycles", "How often three alternatives are in a cycle", "voters $n$", "frequency of cycles", series)


def _number(value: Any) -> Fraction:
    return read_rational(value) if isinstance(value, str) else Fraction(value)
