"""The formats in which a run is reported. A format is one module: with a function ``render``, for a report that is one text, or with a
function ``write``, for one that is a folder of files. The tables below name them all."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol

from reports.summary import Document

_MODULES = {
    "badge": "reports.badge", "bibtex": "reports.bibtex", "json": "reports.json_report", "junit": "reports.junit", "latex": "reports.latex",
    "md": "reports.markdown",
}
_FOLDERS = {"figures": "reports.figures", "html": "reports.html", "ro-crate": "reports.ro_crate"}
"""A new format is a module of this room and a line here. Modules are imported when they are asked for."""


class Format(Protocol):
    """A module that renders run documents."""

    def render(self, document: Document) -> str:
        """The whole report as text."""


class FolderFormat(Protocol):
    """A module that writes run documents as folders."""

    def write(self, document: Document, folder: Path, run: Path) -> list[str]:
        """Write the files into ``folder``, and tell in a line each what was written, or left out and why. ``run`` is the run's own folder, where
        its certificates are."""


def format_names() -> tuple[str, ...]:
    """The names of the formats that are one text, in alphabetical order."""
    return tuple(sorted(_MODULES))


def folder_format_names() -> tuple[str, ...]:
    """The names of the formats that are folders, in alphabetical order."""
    return tuple(sorted(_FOLDERS))


def format_named(name: str) -> Format:
    """The format's module. Raises KeyError for a name that :func:`format_names` does not list."""
    module: Format = importlib.import_module(_MODULES[name])
    return module


def folder_format_named(name: str) -> FolderFormat:
    """The format's module. Raises KeyError for a name that :func:`folder_format_names` does not list."""
    module: FolderFormat = importlib.import_module(_FOLDERS[name])
    return module
