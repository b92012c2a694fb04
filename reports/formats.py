"""The formats in which a run is reported. A format is one module with a function ``render``; the table below names them all."""

from __future__ import annotations

import importlib
from typing import Protocol

from reports.summary import Document

_MODULES = {"json": "reports.json_report", "md": "reports.markdown"}
"""A new format is a module of this room and a line here. Modules are imported when they are asked for."""


class Format(Protocol):
    """A module that renders run documents."""

    def render(self, document: Document) -> str:
        """The whole report as text."""


def format_names() -> tuple[str, ...]:
    """The names of the formats, in alphabetical order."""
    return tuple(sorted(_MODULES))


def format_named(name: str) -> Format:
    """The format's module. Raises KeyError for a name that :func:`format_names` does not list."""
    module: Format = importlib.import_module(_MODULES[name])
    return module
