"""The figures of C14, as data: points that are read off the evidence of a run, and the limits beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from claims.multi_agent_risks.models.type_grids import interleaved_grid, midpoint_grid
from exact.numerals import read_rational

Document = Mapping[str, Any]

NAMES = ("bargaining-surplus", "bargaining-efficiency")
"""The figures that a run at effort quick has evidence for."""

LIMIT_SURPLUS = Fraction(-1, 6)
LIMIT_RATIO = Fraction(27, 32)
"""What the continuous types of C13 have."""


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    items = [item for claim in claims if claim["id"].endswith("/C14") for item in claim["evidence"]]
    return [figure for figure in (surplus_figure(items), efficiency_figure(items)) if figure.series]


def surplus_figure(items: Sequence[Document]) -> Figure:
    """s(n) against n, with its limit −1/6."""
    series = tuple(
        Series(label, points)
        for label, part in (
            ("midpoints", "(a) midpoint programs"),
            ("midpoints, ties forced", "(d) programs with forced ties"),
            ("interleaved", "(e) interleaved programs"),
        )
        if (points := _points(items, part))
    )
    return Figure(
        "bargaining-surplus", "The largest surplus of efficient trade", "types per trader n", "surplus", (*series, *_limit("−1/6", LIMIT_SURPLUS, series))
    )


def efficiency_figure(items: Sequence[Document]) -> Figure:
    """The second best over the first best against n, with 27/32, that of uniform types."""
    series = tuple(
        Series(label, tuple((n, gains / grid(int(n)).first_best) for n, gains in points))
        for label, parts, grid in (
            ("midpoints", ("(b) second best", "(b) second best, larger grids"), midpoint_grid),
            ("interleaved", ("(e) second best",), interleaved_grid),
        )
        if (points := _points(items, *parts))
    )
    return Figure(
        "bargaining-efficiency", "Second best over first best", "types per trader n", "share of the gains", (*series, *_limit("27/32", LIMIT_RATIO, series))
    )


def _limit(label: str, value: Fraction, series: Sequence[Series]) -> tuple[Series, ...]:
    """A level line over the range of the series, if there are any."""
    places = [x for line in series for x, _ in line.points]
    return (Series(label, ((min(places), value), (max(places), value)), "asymptote"),) if places else ()


def _points(items: Sequence[Document], *parts: str) -> tuple[Point, ...]:
    """(n, measured) of the evidence of parts that holds, ascending."""
    found = {
        read_rational(str(item["parameters"]["n"])): read_rational(item["measured"])
        for item in items
        if item["part"] in parts and item["status"] == "holds" and isinstance(item["measured"], str)
    }
    return tuple(sorted(found.items()))
