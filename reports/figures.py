"""Figures: one SVG file for each figure that a paper offers and that the run has points for.

A paper offers figures in a module ``claims.<slug>.figures``, with ``NAMES`` and ``figures(claims)``: data that is read off the run's
evidence. How they look is decided here, alike for all papers: a colour-blind safe palette, and markers and line styles that tell series
apart without it. The same run gives the same bytes with the same version of matplotlib.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from claims.figures import AnyFigure, Figure, HeatMap
from reports.summary import Document

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Okabe and Ito's colours, which people of every colour vision tell apart; the yellow, too light for lines, is left out."""
KINDS = ("#E6E6E6", "#F2B872", "#8EC1E8", "#7CCBA2", "#D9A0C4", "#F5E59B", "#B5B5B5")
"""Grounds for black text; the first is for what is unremarkable."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LINES: Mapping[str, Any] = {"measured": "-", "cloud": "none", "bound": "--", "asymptote": ":", "mark": "none"}
LONGEST_IN_TWO = 50
"""Labels longer than this (in characters) make the legend one column instead of two."""
SETTINGS = {
    "svg.hashsalt": "assay", "font.family": "DejaVu Sans", "font.size": 9, "axes.titlesize": 10, "axes.grid": True, "grid.color": "#DDDDDD",
    "axes.spines.top": False, "axes.spines.right": False, "legend.fontsize": 7, "legend.frameon": False, "lines.linewidth": 1.3, "lines.markersize": 4.5,
}


class FiguresUnavailable(Exception):
    """Figures cannot be drawn here; the message says what to install."""


def write(document: Document, folder: Path, run: Path) -> list[str]:
    """Draw the figures of the run's papers into ``folder``, and tell in a line each what was drawn, and what was left out and why. The document
    has all that is drawn: nothing is read from the folder ``run``.

    Raises FiguresUnavailable where matplotlib is missing.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise FiguresUnavailable("figures need matplotlib: pip install matplotlib")
    told = []
    for paper in document["papers"]:
        slug = paper["slug"]
        if _module(slug) is None:
            told.append(f"{slug} offers no figures")
            continue
        found, absent = of_paper(document, slug)
        for figure in found:
            file = folder / slug / f"{figure.name}.svg"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(svg(figure))
            told.append(str(file))
        told += [f"{slug}: no {name}: this run (effort {document['effort']}) has no evidence for it" for name in absent]
    return told


def of_paper(document: Document, slug: str) -> tuple[list[AnyFigure], list[str]]:
    """The figures of the run's paper for which it has points, and the names of those for which it has none."""
    module = _module(slug)
    if module is None:
        return [], []
    found = list(module.figures([claim for claim in document["claims"] if claim["id"].startswith(f"{slug}/")]))
    return found, [name for name in module.NAMES if name not in {figure.name for figure in found}]


def in_words(figure: AnyFigure) -> str:
    """What the figure shows, for those who do not see it."""
    if isinstance(figure, HeatMap):
        told = f"{len(figure.rows)} rows of {len(figure.columns)} cells: {', '.join(figure.kinds) or figure.value}"
        return f"{figure.title}: {figure.y} against {figure.x}. {told}.".replace("$", "")
    series = "; ".join(f"{line.label}, {len(line.points)} {'point' if len(line.points) == 1 else 'points'}" for line in figure.series)
    return f"{figure.title}: {figure.y} against {figure.x}. {series}.".replace("$", "")


def svg(figure: AnyFigure) -> bytes:
    """The figure as SVG."""
    return rendered(figure, "svg", {"Date": None, "Creator": "assay"})


def rendered(figure: AnyFigure, format: Literal["svg", "png"], metadata: Mapping[str, str | None]) -> bytes:
    """The figure in one of matplotlib's formats."""
    from io import BytesIO

    import matplotlib

    out = BytesIO()
    with matplotlib.rc_context(SETTINGS):
        canvas = _map(figure) if isinstance(figure, HeatMap) else _chart(figure)
        canvas.savefig(out, format=format, metadata=dict(metadata), dpi=110)
    return out.getvalue()


def _chart(figure: Figure) -> Canvas:
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(6.4, 4.0 + 0.13 * max(0, len(figure.series) - 6)), layout="constrained")
    _draw(canvas.subplots(), figure)
    canvas.legend(loc="outside lower center", ncols=2 if all(len(line.label) <= LONGEST_IN_TWO for line in figure.series) else 1)
    return canvas


def _module(slug: str) -> Any | None:
    """The module with the paper's figures, if there is one; a file of claims of one's own has none."""
    paper = importlib.util.find_spec(f"claims.{slug}") if slug.isidentifier() else None
    if paper is None or paper.submodule_search_locations is None:
        return None
    name = f"claims.{slug}.figures"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def _draw(axes: Axes, figure: Figure) -> None:
    from matplotlib.ticker import MaxNLocator

    for line, style in zip(figure.series, styles(figure), strict=True):
        xs, ys = [float(x) for x, _ in line.points], [float(y) for _, y in line.points]
        axes.plot(xs, ys, label=line.label, **style)
    for x in figure.marks:
        axes.axvline(float(x), color="#999999", linewidth=0.8, linestyle=(0, (1, 2)))
    axes.set_title(figure.title)
    axes.set_xlabel(figure.x)
    axes.set_ylabel(figure.y)
    if figure.scale == "log2":
        axes.set_yscale("log", base=2)
    if figure.x_scale == "log2":
        axes.set_xscale("log", base=2)
    if figure.categories:
        axes.set_xticks(range(len(figure.categories)), figure.categories)
        axes.set_xlim(-0.5, len(figure.categories) - 0.5)
        axes.set_ylim(bottom=0)
    elif figure.x_scale == "linear" and all(x.denominator == 1 for line in figure.series for x, _ in line.points):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def styles(figure: Figure) -> list[dict[str, Any]]:
    """Colour and marker by the subject of a series, the line's style by its kind."""
    subjects = list(dict.fromkeys(line.subject or line.label for line in figure.series))
    return [_style(line.kind, subjects.index(line.subject or line.label), bool(figure.categories)) for line in figure.series]


def _style(kind: str, place: int, loose: bool) -> dict[str, Any]:
    """Measured points are filled, others hollow; a limit carries its marker at the end only; ``loose`` points are not joined."""
    colour, marker = PALETTE[place % len(PALETTE)], MARKERS[place % len(MARKERS)]
    style = {"color": colour, "linestyle": LINES[kind], "marker": marker, "markerfacecolor": colour if kind in ("measured", "cloud") else "none"}
    if kind == "asymptote":
        style |= {"markevery": [-1]}
    if kind == "mark":
        style |= {"color": "black", "marker": "*", "markersize": 12}
    if loose:
        style |= {"markersize": 8, "linestyle": "none"}
    return style


def _map(figure: HeatMap) -> Canvas:
    """The cells, with a scale for numbers or a legend for kinds."""
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure as Canvas
    from matplotlib.patches import Patch

    canvas = Canvas(figsize=(6.4, max(2.6, min(5.0, 1.4 + 0.42 * len(figure.rows)))), layout="constrained")
    axes = canvas.subplots()
    axes.grid(visible=False)
    values = [[float("nan") if cell is None else float(cell) for cell in row] for row in figure.cells]
    xs, ys = _places(figure.columns), _places(figure.rows)
    if figure.kinds:
        colours = ListedColormap([KINDS[place % len(KINDS)] for place in range(len(figure.kinds))])
        axes.pcolormesh(xs, ys, values, cmap=colours, vmin=-0.5, vmax=len(figure.kinds) - 0.5, edgecolors="white", linewidth=1)
        shown = sorted({int(cell) for row in figure.cells for cell in row if cell is not None})
        handles: list[Any] = [Patch(facecolor=KINDS[place % len(KINDS)], label=figure.kinds[place]) for place in shown]
    else:
        mesh = axes.pcolormesh(xs, ys, values, cmap="cividis", edgecolors="face", linewidth=0.1)
        canvas.colorbar(mesh, ax=axes, label=figure.value)
        handles = []
    for curve, style in zip(figure.curves, ("-", "--", ":", "-."), strict=False):
        points = [(float(x), float(y)) for x, y in curve.points]
        handles += axes.plot(*zip(*points, strict=True), label=curve.label, color="white" if not figure.kinds else "black", linestyle=style)
    _write_texts(axes, figure, xs, ys, values)
    _name_axis(axes.set_xticks, figure.columns)
    _name_axis(axes.set_yticks, figure.rows)
    axes.set(title=figure.title, xlabel=figure.x, ylabel=figure.y)
    if handles:
        dark: Any = {} if figure.kinds else {"frameon": True, "facecolor": "#404040", "framealpha": 1, "labelcolor": "white"}
        canvas.legend(handles=handles, loc="outside lower center", ncols=2, **dark)
    return canvas


def _write_texts(axes: Axes, figure: HeatMap, xs: Sequence[float], ys: Sequence[float], values: Sequence[Sequence[float]]) -> None:
    """The texts of the cells, dark on a light ground and light on a dark one."""
    numbers = [value for row in values for value in row if value == value]
    middle = (min(numbers, default=0.0) + max(numbers, default=0.0)) / 2
    for y, texts, row in zip(ys, figure.texts, values, strict=False):
        for x, text, value in zip(xs, texts, row, strict=True):
            dark = figure.kinds or not value < middle
            axes.text(x, y, text, ha="center", va="center", fontsize=6.5, color="black" if dark else "white")


def _places(axis: Sequence[Fraction | str]) -> list[float]:
    """Where cells are centred: at their number, or at 0, 1, 2, … for names."""
    return [float(place if isinstance(at, str) else at) for place, at in enumerate(axis)]


def _name_axis(ticks: Any, axis: Sequence[Fraction | str]) -> None:
    names = [at for at in axis if isinstance(at, str)]
    if names:
        ticks(range(len(names)), names)
