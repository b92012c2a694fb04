"""The figures of a run's papers, for the HTML report: which there are, and drawing them, many of them by processes of their own.

    python -m reports.html.drawing RUN.json FOLDER

Drawing takes a tenth of a second a figure, longer than all pages together: so two processes, with half of the papers each, do it
beside them.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from reports import figures
from reports.documents import dumps
from reports.html.names import safe_name
from reports.summary import Document

FEW = 40
"""The figures of a run of so few claims are drawn here: a process takes longer to start."""


class NotDrawn(Exception):
    """The drawing process failed; the message is its last word."""


@dataclass(frozen=True)
class Drawing:
    """A figure of a paper: the path of its file in the report's folder, and what is seen on it, in words."""

    paper: str
    path: str
    alt: str


@dataclass(frozen=True)
class Drawings:
    """The figures for which a run has points; and by paper, the names of those for which it has none."""

    drawn: tuple[Drawing, ...] = ()
    absent: Mapping[str, Sequence[str]] = field(default_factory=dict)


def draw(document: Document, folder: Path) -> Drawings:
    """Draw every figure of the run's papers into the report's folder. There is none where matplotlib is missing."""
    drawn: list[Drawing] = []
    absent: dict[str, list[str]] = {}
    for paper in document["papers"] if _can_draw() else ():
        slug = paper["slug"]
        found, absent[slug] = figures.of_paper(document, slug)
        for figure in found:
            path = f"figures/{safe_name(f'{slug}/{figure.name}')}.svg"
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(figures.svg(figure))
            drawn.append(Drawing(slug, path, figures.in_words(figure)))
    return Drawings(tuple(drawn), absent)


def _can_draw() -> bool:
    return importlib.util.find_spec("matplotlib") is not None


@contextmanager
def being_drawn(document: Document, folder: Path) -> Iterator[Callable[[], Drawings]]:
    """The figures are drawn while the body runs, which calls the function for them when it needs them. That raises NotDrawn."""
    if len(document["claims"]) <= FEW or not _can_draw():
        yield partial(draw, document, folder)
        return
    with tempfile.TemporaryDirectory(prefix="assay-figures-") as place, ExitStack() as processes:
        halves = [half for half in (document["papers"][::2], document["papers"][1::2]) if half]
        started = [processes.enter_context(_started({"papers": half, "claims": document["claims"]}, Path(place) / f"{number}.json", folder))
                   for number, half in enumerate(halves)]
        yield lambda: _together([_ended(process) for process in started])


def _started(document: Document, file: Path, folder: Path) -> subprocess.Popen[str]:
    file.write_text(dumps(document), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "reports.html.drawing", str(file), str(folder.resolve())]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def _ended(process: subprocess.Popen[str]) -> Drawings:
    told, said = process.communicate()
    if process.returncode:
        raise NotDrawn((said.strip().splitlines() or ["the figures were not drawn"])[-1])
    found = json.loads(told)
    return Drawings(tuple(Drawing(**one) for one in found["drawn"]), found["absent"])


def _together(parts: Sequence[Drawings]) -> Drawings:
    return Drawings(tuple(drawing for part in parts for drawing in part.drawn), {slug: names for part in parts for slug, names in part.absent.items()})


def main() -> None:
    """Draw every figure of the run document into the folder, and tell which, as JSON."""
    file, folder = map(Path, sys.argv[1:])
    print(json.dumps(asdict(draw(json.loads(file.read_text(encoding="utf-8")), folder))))


if __name__ == "__main__":
    main()
