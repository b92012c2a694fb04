"""Figures: one SVG file for each figure that a paper offers and that the run has points for.

A paper offers figures in a module ``claims.<slug>.figures``, with ``NAMES`` and ``figures(claims)``: data that is read off the run's
evidence. How they look is decided here, alike for all papers: a colour-blind safe palette, and markers and line styles that tell series
apart without it. The same run gives the same bytes with the same version of matplotlib.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from claims.figures import Figure
from reports.summary import Document

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Okabe and Ito's colours, which people of every colour vision tell apart; the yellow, too light for lines, is left out."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LINES: Mapping[str, Any] = {"measured": "-", "bound": "--", "asymptote": ":", "mark": "none"}
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


def of_paper(document: Document, slug: str) -> tuple[list[Figure], list[str]]:
    """The figures of the run's paper for which it has points, and the names of those for which it has none."""
    module = _module(slug)
    if module is None:
        return [], []
    found = list(module.figures([claim for claim in document["claims"] if claim["id"].startswith(f"{slug}/")]))
    return found, [name for name in module.NAMES if name not in {figure.name for figure in found}]


def in_words(figure: Figure) -> str:
    """What the figure shows, for those who do not see it."""
    series = "; ".join(f"{line.label}, {len(line.points)} {'point' if len(line.points) == 1 else 'points'}" for line in figure.series)
    return f"{figure.title}: {figure.y} against {figure.x}. {series}.".replace("$", "")


def svg(figure: Figure) -> bytes:
    """The figure as SVG."""
    return rendered(figure, "svg", {"Date": None, "Creator": "assay"})


def rendered(figure: Figure, format: Literal["svg", "png"], metadata: Mapping[str, str | None]) -> bytes:
    """The figure in one of matplotlib's formats."""
    from io import BytesIO

    import matplotlib
    from matplotlib.figure import Figure as Canvas

    out = BytesIO()
    with matplotlib.rc_context(SETTINGS):
        canvas = Canvas(figsize=(6.4, 4.0 + 0.13 * max(0, len(figure.series) - 6)), layout="constrained")
        _draw(canvas.subplots(), figure)
        canvas.legend(loc="outside lower center", ncols=2 if all(len(line.label) <= LONGEST_IN_TWO for line in figure.series) else 1)
        canvas.savefig(out, format=format, metadata=dict(metadata), dpi=110)
    return out.getvalue()


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
    style = {"color": colour, "linestyle": LINES[kind], "marker": marker, "markerfacecolor": colour if kind == "measured" else "none"}
    if kind == "asymptote":
        style |= {"markevery": [-1]}
    if kind == "mark":
        style |= {"color": "black", "marker": "*", "markersize": 12}
    if loose:
        style |= {"markersize": 8, "linestyle": "none"}
    return style
