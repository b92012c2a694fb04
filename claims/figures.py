"""What a paper's figures are made of: exact points, what they are, and the axes. `reports.figures` draws them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[Fraction, Fraction]
Kind = Literal["measured", "bound", "asymptote", "mark"]
Scale = Literal["linear", "log2"]


@dataclass(frozen=True)
class Series:
    """Exact points, ascending in x.

    ``kind`` says what they are: measured, a proved bound, a limit, or a place to point at. Series of one ``subject`` look alike.
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
