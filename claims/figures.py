"""What a paper's figures are made of: exact points or cells, what they are, and the axes. `reports.figures` draws them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from claims.errors import ClaimError

Point: TypeAlias = tuple[Fraction, Fraction]
Kind = Literal["measured", "cloud", "bound", "asymptote", "mark"]
Scale = Literal["linear", "log2"]


@dataclass(frozen=True)
class Series:
    """Exact points, ascending in x.

    ``kind`` says what they are: measured along a line, or a cloud of single points; a proved bound, a limit, or a place to point at. Series of one
    ``subject`` look alike.
    """

    label: str
    points: tuple[Point, ...]
    kind: Kind = "measured"
    subject: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure: what its axes are (with symbols in TeX), and its series. Where there are ``categories``, x counts them from 0;
    ``marks`` are values of x that deserve a vertical line.
    """

    name: str
    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    scale: Scale = "linear"
    x_scale: Scale = "linear"
    categories: tuple[str, ...] = ()
    marks: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class HeatMap:
    """A rectangle of coloured cells: rows from the bottom up, columns from the left.

    ``columns`` and ``rows`` are ascending numbers, or names. A cell is a number, or a place in ``kinds`` (names of what a cell can be, each with its own
    colour), or None where the run has no evidence. ``texts`` are written into the cells; ``value`` says what a number means. ``curves`` are lines over the
    cells, where both axes are numbers. Raises ClaimError for a rectangle with a hole.
    """

    name: str
    title: str
    x: str
    y: str
    value: str
    columns: tuple[Fraction, ...] | tuple[str, ...]
    rows: tuple[Fraction, ...] | tuple[str, ...]
    cells: tuple[tuple[Fraction | None, ...], ...]
    kinds: tuple[str, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    curves: tuple[Series, ...] = ()

    def __post_init__(self) -> None:
        for content in (self.cells, self.texts or self.cells):
            if len(content) != len(self.rows) or any(len(row) != len(self.columns) for row in content):
                raise ClaimError(f"figure {self.name}: {len(self.rows)} rows of {len(self.columns)} cells are asked for")


AnyFigure: TypeAlias = Figure | HeatMap
