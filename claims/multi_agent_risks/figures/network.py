"""Figures of the network claims, as data: read off the evidence of a run, and nothing that the run did not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from exact.numerals import read_rational

Document = Mapping[str, Any]
Evidence = Mapping[str, Sequence[Document]]

NAMES = ("watts-window", "cascade-edges", "correlated-majority")
STAGES = ("path", "with 0-1", "with 0-1 and 1-3")


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn = (watts_window(evidence), cascade_sizes(evidence), correlated_errors(evidence))
    return [figure for figure in drawn if figure.series]


def watts_window(evidence: Evidence) -> Figure:
    """The ends of the window against φ, constant while ⌊1/φ⌋ is, from C18."""
    series = []
    for place in ("lower", "upper"):
        found = {int(item["parameters"]["K"]): number(item["measured"]) for item in _holding(evidence, "C18", f"{place} end")}
        points: list[Point] = []
        for degree in sorted(found, reverse=True):
            points += [(Fraction(1, degree + 1), found[degree]), (Fraction(1, degree), found[degree])]
        if points:
            series.append(Series(f"{place} end", tuple(points), subject=place))
    return Figure("watts-window", "Where global cascades are possible", "threshold $\\phi$", "mean degree $z$", tuple(series))


def cascade_sizes(evidence: Evidence) -> Figure:
    """How far the cascade from seed 0 goes on the path, with one edge and with two edges more, from C17."""
    found = {item["parameters"]["graph"]: number(item["measured"]) for item in _holding(evidence, "C17", "path")}
    points = tuple((Fraction(place), found[name]) for place, name in enumerate(STAGES) if name in found)
    series = (Series("active nodes, $\\phi = 1/2$", points),) if points else ()
    return Figure("cascade-edges", "One edge makes a cascade, another ends it", "graph", "active nodes of 5", series, categories=STAGES)


def correlated_errors(evidence: Evidence) -> Figure:
    """The correlated majority's error against the number of voters, with its floor ρε, from C19."""
    found = sorted((int(item["parameters"]["n"]), number(item["measured"]), number(item["bound"])) for item in _holding(evidence, "C19", "at numbers"))
    if not found:
        return Figure("correlated-majority", "", "", "", ())
    error = Series("error of the majority", tuple((Fraction(n), measured) for n, measured, _ in found), subject="majority")
    floor = Series("floor $\\rho\\epsilon$", tuple((Fraction(n), bound) for n, _, bound in found), "bound", "floor")
    title = "Redundancy does not remove a shared error"
    return Figure("correlated-majority", title, "voters $n$", "probability of a wrong majority", (error, floor))


def number(value: Any) -> Fraction:
    """A number of a run's document; of a ball, its midpoint."""
    if isinstance(value, Mapping):
        return read_rational(value["mid"])
    return read_rational(value) if isinstance(value, str) else Fraction(value)


def _holding(evidence: Evidence, claim: str, part: str) -> list[Document]:
    return [item for item in evidence.get(claim, ()) if item["part"] == part and item["status"] == "holds"]
