"""Small charts as hand-made SVG: points against two axes, for the hundreds of plots that a report of a run shows.

`reports.figures` draws the papers' own figures with matplotlib; it takes a tenth of a second and thirty kilobytes a figure. These take a
thousandth, and a few kilobytes, and text stays text. The look is the same: Okabe and Ito's colours, measured points filled on solid lines and
bounds hollow on dashed ones, a marker for each subject, so that they are told apart in grey and by every colour vision. Lines of the frame
and text have the colour of the text around (``currentColor``), so that a chart inside a page follows its light or dark appearance. The same
chart gives the same text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from reports.safe_text import one_line, short

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "currentColor")
"""As :data:`reports.figures.PALETTE`; black is the colour of the text."""
_MARKERS = (
    "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z", "M-2.9-2.9h5.8v5.8h-5.8z", "M0-3.7L3.4 2.7H-3.4z", "M0-4L4 0L0 4L-4 0z", "M0 3.7L3.4-2.7H-3.4z",
    "M-1.2-3.6h2.4v2.4h2.4v2.4h-2.4v2.4h-2.4v-2.4h-2.4v-2.4h2.4z", "M-3.6-2L-2-3.6L0-1.6L2-3.6L3.6-2L1.6 0L3.6 2L2 3.6L0 1.6L-2 3.6L-3.6 2L-1.6 0z",
)
_CROSS = "M-5-5L5 5M-5 5L5-5"
_WIDTH, _TOP, _BOTTOM, _RIGHT = 480.0, 34.0, 46.0, 14.0
_LETTER = 6.2
"""The mean width of a letter of the labels, in the units of the drawing."""
_LONGEST_TITLE, _LONGEST_LABEL, _LONGEST_NAME, _LONGEST_TOLD = 64, 60, 30, 240

Kind = Literal["measured", "bound", "refuted"]


@dataclass(frozen=True)
class Dot:
    """A point, and what is told of it when one points at it. Coordinates that are not 0 have absolute values between 1e-140 and 1e140."""

    x: float
    y: float
    told: str = ""


@dataclass(frozen=True)
class Series:
    """Points that look alike: ``kind`` decides line and filling, ``subject`` (from 0) colour and marker. ``joined`` points are on a line."""

    label: str
    dots: tuple[Dot, ...]
    kind: Kind = "measured"
    subject: int = 0
    joined: bool = True


@dataclass(frozen=True)
class Axis:
    """An axis: numbers, whole ones alone where they are ``counts``; or where there are ``names``, places counted from 0 (from the top, on an
    upright axis). ``shows`` are values that lie on it besides those of the points."""

    label: str
    scale: Literal["linear", "log"] = "linear"
    names: tuple[str, ...] = ()
    counts: bool = False
    shows: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart. At ``mark``, a value of x, a line is drawn from bottom to top, with ``mark_label`` above it."""

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    mark: float | None = None
    mark_label: str = ""


@dataclass(frozen=True)
class _Scale:
    """Where a value lies: ``low`` and ``high`` (their logarithms, on a log scale) are at ``start`` and ``end``."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool
    whole: bool = False

    def at(self, value: float) -> float:
        reached = math.log10(value) if self.logarithmic else value
        return self.start + (reached - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        found = _decades(self.low, self.high) if self.logarithmic else _steps(self.low, self.high)
        return [value for value in found if value == round(value)] if self.whole else found


def scale_for(values: Sequence[float]) -> Literal["linear", "log"]:
    """Logarithmic where all values are positive and the greatest is more than 50 times the least."""
    return "log" if values and min(values) > 0 and max(values) > 50 * min(values) else "linear"


def svg(chart: Chart, alt: str) -> str:
    """The chart as an SVG element, which stands alone or inside HTML; ``alt`` says in words what it shows."""
    dots = [dot for series in chart.series for dot in series.dots]
    legend = _legend(chart.series)
    depth = 26.0 * len(chart.y.names) + 16 if chart.y.names else 206.0
    y = _scale(chart.y, [dot.y for dot in dots], _TOP + depth, _TOP)
    left = _left(chart.y, y)
    x = _scale(chart.x, [dot.x for dot in dots], left, _WIDTH - _RIGHT)
    height = _TOP + depth + _BOTTOM + 17 * len(legend)
    body = [
        *_frame(chart, x, y), *(line for series in chart.series for line in _drawn(series, x, y)),
        *_legend_lines(legend, left, _TOP + depth + _BOTTOM + 6),
    ]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_attribute(alt)}" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" '
            f'width="{_WIDTH:.0f}" height="{height:.0f}" font-family="system-ui, sans-serif" font-size="11" fill="currentColor">\n'
            + "\n".join(body) + "\n</svg>\n")


def _attribute(text: str) -> str:
    return escape(one_line(text), quote=True)


def _scale(axis: Axis, values: Sequence[float], start: float, end: float) -> _Scale:
    if axis.names:
        upright = start > end
        low, high = -0.6, len(axis.names) - 0.4
        return _Scale(high, low, start, end, False) if upright else _Scale(low, high, start, end, False)
    logarithmic = axis.scale == "log"
    lying = [*values, *axis.shows]
    reached = [math.log10(value) for value in lying] if logarithmic else lying
    low, high = min(reached), max(reached)
    if not logarithmic and 0 < low <= 0.4 * high:
        low = 0.0
    if not logarithmic and 0.4 * low <= high < 0:
        high = 0.0
    spread = high - low
    pad = 0.06 * spread if spread > 1e-9 * max(abs(low), abs(high)) else max(0.1 * abs(high), 0.5 if logarithmic else 1e-12) or 1.0
    return _Scale(low if low == 0 and spread else low - pad, high if high == 0 and spread else high + pad, start, end, logarithmic, axis.counts)


def _steps(low: float, high: float) -> list[float]:
    """Round values from low to high, at most seven: multiples of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough)
    return [index * step for index in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _decades(low: float, high: float) -> list[float]:
    """Powers of ten between the logarithms, with 2 and 5 times them where there are few, and not all where there are many."""
    first, last = math.floor(low), math.ceil(high)
    stride = max(1, (last - first) // 6)
    factors = (1, 2, 5) if high - low < 2 else (1,)
    values = [factor * 10.0 ** exponent for exponent in range(first, last + 1, stride) for factor in factors]
    return [value for value in values if low <= math.log10(value) <= high]


def _number(value: float) -> str:
    return f"{value:.5g}".replace("-", "−")


def _left(axis: Axis, scale: _Scale) -> float:
    labels = [short(name, _LONGEST_NAME) for name in axis.names] or [_number(value) for value in scale.ticks()]
    return (30 if axis.label else 14) + _LETTER * max((len(label) for label in labels), default=1)


def _frame(chart: Chart, x: _Scale, y: _Scale) -> Iterator[str]:
    """Title, grid, ticks and labels of the axes, and the mark."""
    yield f'<text x="4" y="14" font-size="12.5" font-weight="600">{escape(short(chart.title, _LONGEST_TITLE))}</text>'
    yield '<g stroke="currentColor" stroke-opacity="0.18">'
    yield "".join(f'<path d="M{x.start:.1f} {y.at(value):.1f}H{x.end:.1f}"/>' for value in _places(chart.y, y))
    yield "".join(f'<path d="M{x.at(value):.1f} {y.end:.1f}V{y.start:.1f}"/>' for value in _places(chart.x, x))
    yield "</g>"
    yield f'<path d="M{x.start:.1f} {y.end:.1f}V{y.start:.1f}H{x.end:.1f}" fill="none" stroke="currentColor" stroke-opacity="0.6"/>'
    yield '<g text-anchor="end">'
    yield "".join(f'<text x="{x.start - 6:.1f}" y="{y.at(value) + 4:.1f}">{_tick(chart.y, value)}</text>' for value in _places(chart.y, y))
    yield '</g><g text-anchor="middle">'
    yield "".join(f'<text x="{x.at(value):.1f}" y="{y.start + 15:.1f}">{_tick(chart.x, value)}</text>' for value in _places(chart.x, x))
    yield f'<text x="{(x.start + x.end) / 2:.1f}" y="{y.start + 33:.1f}">{escape(short(chart.x.label, _LONGEST_LABEL))}</text>'
    middle = (y.start + y.end) / 2
    if chart.y.label:
        yield f'<text x="12" y="{middle:.1f}" transform="rotate(-90 12 {middle:.1f})">{escape(short(chart.y.label, 40))}</text>'
    yield "</g>"
    if chart.mark is not None:
        at = x.at(chart.mark)
        yield f'<path d="M{at:.1f} {y.end:.1f}V{y.start:.1f}" stroke="currentColor" stroke-dasharray="5 3"/>'
        yield f'<text x="{at:.1f}" y="{y.end - 3:.1f}" text-anchor="middle" font-size="10">{escape(short(chart.mark_label, 30))}</text>'


def _places(axis: Axis, scale: _Scale) -> list[float]:
    """Where the axis has ticks."""
    if not axis.names:
        return scale.ticks()
    stride = 1 if scale.start > scale.end else _stride(axis, scale)
    return [float(place) for place in range(0, len(axis.names), stride)]


def _stride(axis: Axis, scale: _Scale) -> int:
    """The least stride at which the names fit side by side."""
    room = (scale.end - scale.start) / len(axis.names)
    return max(1, math.ceil(_LETTER * (max(len(short(name, _LONGEST_NAME)) for name in axis.names) + 1) / room))


def _tick(axis: Axis, value: float) -> str:
    return escape(short(axis.names[round(value)], _LONGEST_NAME)) if axis.names else _number(value)


def _drawn(series: Series, x: _Scale, y: _Scale) -> Iterator[str]:
    colour = COLOURS[series.subject % len(COLOURS)]
    places = [(x.at(dot.x), y.at(dot.y)) for dot in series.dots]
    dashes = ' stroke-dasharray="5 3"' if series.kind == "bound" else ""
    if series.joined and len(places) > 1:
        path = "L".join(f"{across:.1f} {down:.1f}" for across, down in places)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.4"{dashes}/>'
    yield f"<g {_paint(series.kind, colour)}>"
    for dot, (across, down) in zip(series.dots, places, strict=True):
        told = f"<title>{escape(short(dot.told, _LONGEST_TOLD))}</title>" if dot.told else ""
        yield f'<path transform="{_placed(series.kind, across, down)}" d="{_shape(series)}"' + (f">{told}</path>" if told else "/>")
    yield "</g>"


def _paint(kind: Kind, colour: str) -> str:
    if kind == "refuted":
        return 'fill="none" stroke="currentColor" stroke-width="1.6"'
    return f'fill="{colour}"' if kind == "measured" else f'fill="none" stroke="{colour}" stroke-width="0.9" pointer-events="all"'


def _placed(kind: Kind, across: float, down: float) -> str:
    """A bound's marker is larger, so that one sees it around a measured point that meets it."""
    return f"translate({across:.1f} {down:.1f})" + (" scale(1.6)" if kind == "bound" else "")


def _shape(series: Series) -> str:
    return _CROSS if series.kind == "refuted" else _MARKERS[series.subject % len(_MARKERS)]


def _legend(series: Sequence[Series]) -> list[list[tuple[Series, str]]]:
    """The rows of the legend, as many entries in each as fit; empty where there is nothing to tell apart."""
    if len(series) < 2:
        return []
    rows: list[list[tuple[Series, str]]] = [[]]
    used = 0.0
    for line in series:
        label = short(line.label, _LONGEST_LABEL)
        width = 40 + _LETTER * len(label)
        if rows[-1] and used + width > _WIDTH - 40:
            rows.append([])
            used = 0.0
        rows[-1].append((line, label))
        used += width
    return rows


def _legend_lines(rows: Sequence[Sequence[tuple[Series, str]]], left: float, top: float) -> Iterator[str]:
    left = min(left, 60.0)
    for number, row in enumerate(rows):
        across, down = left, top + 17 * number
        for series, label in row:
            colour = COLOURS[series.subject % len(COLOURS)]
            dashes = ' stroke-dasharray="5 3"' if series.kind == "bound" else ""
            if series.joined and series.kind != "refuted":
                yield f'<path d="M{across - 12:.1f} {down:.1f}h24" stroke="{colour}" stroke-width="1.4"{dashes}/>'
            yield f'<path transform="{_placed(series.kind, across, down)}" d="{_shape(series)}" {_paint(series.kind, colour)}/>'
            yield f'<text x="{across + 16:.1f}" y="{down + 4:.1f}">{escape(label)}</text>'
            across += 40 + _LETTER * len(label)
