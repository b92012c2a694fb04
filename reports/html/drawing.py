"""The figures of a run's papers, for the HTML report: which there are, and drawing them, many of them by a process of their own.

    python -m reports.html.drawing RUN.json FOLDER

Drawing takes a tenth of a second a figure, as long as all pages together: so it is done beside them.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claims.figures import AnyFigure
from reports import figures
from reports.documents import dumps
from reports.html.names import safe_name
from reports.summary import Document

FEW = 8
"""So many figures are drawn at once: a process takes longer to start."""


class NotDrawn(Exception):
    """The drawing process failed; the message is its last word."""


@dataclass(frozen=True)
class Drawing:
    """A figure of a paper, and the path of its file in the report's folder."""

    paper: str
    path: str
    figure: AnyFigure

    def draw(self, folder: Path) -> None:
        """Write the file."""
        file = folder / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(figures.svg(self.figure))


def drawings(document: Document) -> tuple[list[Drawing], dict[str, list[str]]]:
    """Every figure for which the run has points; and by paper, the names of those for which it has none. Nothing where matplotlib is missing."""
    found: list[Drawing] = []
    absent: dict[str, list[str]] = {}
    if importlib.util.find_spec("matplotlib") is not None:
        for paper in document["papers"]:
            slug = paper["slug"]
            offered, absent[slug] = figures.of_paper(document, slug)
            found += [Drawing(slug, f"figures/{safe_name(f'{slug}/{figure.name}')}.svg", figure) for figure in offered]
    return found, absent


@contextmanager
def being_drawn(document: Document, found: list[Drawing], folder: Path) -> Iterator[None]:
    """The figures are drawn while the body runs, and are there when it is left. Raises NotDrawn."""
    if len(found) <= FEW:
        for drawing in found:
            drawing.draw(folder)
        yield
        return
    with tempfile.TemporaryDirectory(prefix="assay-figures-") as place:
        file = Path(place) / "run.json"
        file.write_text(dumps({"papers": document["papers"], "claims": document["claims"]}), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        process = subprocess.Popen([sys.executable, "-m", "reports.html.drawing", str(file), str(folder.resolve())], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            yield
        finally:
            _, said = process.communicate()
        if process.returncode:
            raise NotDrawn((said.strip().splitlines() or ["the figures were not drawn"])[-1])


def main() -> None:
    """Draw every figure of the run document into the folder."""
    file, folder = map(Path, sys.argv[1:])
    for drawing in drawings(json.loads(file.read_text(encoding="utf-8")))[0]:
        drawing.draw(folder)


if __name__ == "__main__":
    main()
