"""What earlier runs found: evidence by task identity, and costs by task key. Neither can change a result.

Evidence is believed only after the kernel has accepted its certificates once more (in the worker); costs only decide
which task starts first.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from checkers.engine.tasks import Task, canonical


def cache_folder() -> Path:
    """``$ASSAY_CACHE``, or ``assay`` in the user's cache folder ($XDG_CACHE_HOME, ~/.cache)."""
    if chosen := os.environ.get("ASSAY_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"


class Cache:
    """The evidence cache in a folder, and the record of costs beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, identity: str) -> Path:
        return self.folder / "evidence" / identity[:2] / f"{identity}.json"

    def look_up(self, identity: str) -> str | None:
        """The JSON text of the evidence stored for this identity, unverified."""
        try:
            return self._path(identity).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def has(self, identity: str) -> bool:
        """Whether there is an entry."""
        return self._path(identity).exists()

    def store(self, identity: str, evidence: str) -> None:
        """Keep finished evidence. Raises OSError."""
        write_whole(self._path(identity), evidence)

    def drop(self, identity: str) -> None:
        """Forget an entry. Raises OSError."""
        self._path(identity).unlink(missing_ok=True)

    def costs(self) -> dict[str, float]:
        """Seconds by cost key, as earlier runs recorded them; empty when there is no readable record."""
        try:
            data = json.loads((self.folder / "costs.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(data, dict):
            return {}
        return {key: float(value) for key, value in data.items() if isinstance(value, int | float)}

    def record_costs(self, measured: Mapping[str, float]) -> None:
        """Add to the record of costs. Raises OSError."""
        if measured:
            write_whole(self.folder / "costs.json", canonical({**self.costs(), **{key: round(value, 3) for key, value in measured.items()}}))


def cost_key(task: Task) -> str:
    """Under which a task's cost is recorded: not its identity, so that an edit does not make the record useless."""
    return f"{task.effort}|{task.key}"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new, never a part. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
