"""The certificates that a report carries with it: copies of those that are small, and the way to the run folder for the others."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checkers import kernel

LARGEST = 16 * 1024
"""Bytes of a certificate that is copied."""
MOST = 256 * 1024
"""Bytes of all copies together."""
_NAME = re.compile(r"certificates/[0-9A-Za-z_-]{1,100}\.json")


@dataclass(frozen=True)
class Link:
    """A certificate as pages speak of it. ``path`` is relative to the report's folder; it is empty where there is no such file.

    ``note`` says why it is not in the report's own folder.
    """

    path: str
    name: str
    size: int = 0
    note: str = ""


@dataclass
class Certificates:
    """Copies certificates of a run into the folder of its report, as they are asked for."""

    run: Path
    folder: Path
    _links: dict[str, Link] = field(default_factory=dict)
    _copied: int = 0

    def link(self, name: str | None) -> Link | None:
        """The certificate of this name in the run document; None without one."""
        if not name:
            return None
        if name not in self._links:
            self._links[name] = self._found(name)
        return self._links[name]

    def document(self, name: str | None) -> Mapping[str, Any] | None:
        """What the certificate says; None where there is no such file, or the kernel does not take it for a certificate."""
        if not name or not self._is_there(name):
            return None
        try:
            return kernel.read(self.run / name)
        except kernel.Rejected:
            return None

    def _found(self, name: str) -> Link:
        short = name.rsplit("/", 1)[-1]
        if not self._is_there(name):
            return Link("", short, note="the run folder does not hold this certificate")
        source = self.run / name
        size = source.stat().st_size
        target = self.folder / name
        if target.resolve() == source.resolve():
            return Link(name, short, size)
        if size > LARGEST or self._copied + size > MOST:
            target.unlink(missing_ok=True)
            return Link(self._way(source), short, size, "large: it stays in the run folder, and the link leads there")
        self._copied += size
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return Link(name, short, size)

    def _is_there(self, name: str) -> bool:
        """Only what the engine itself has named is read: a document may come from anywhere."""
        return _NAME.fullmatch(name) is not None and (self.run / name).is_file() and not (self.run / name).is_symlink()

    def _way(self, source: Path) -> str:
        """From the report's folder to the file."""
        return Path(os.path.relpath(source.resolve(), self.folder.resolve())).as_posix()
