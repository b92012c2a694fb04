"""The run folder: plan, events, certificates and run document, written so that a kill at any moment loses nothing
that was finished.

    plan.json                  what was asked for, and the tasks
    events.jsonl               one line per finished task, flushed to the disk before the next step
    certificates/<sha256>.json certificates under the digest of their content
    run.json                   the run document
    lock                       held by the process that works here
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from checkers.engine.errors import FolderBusy, FolderTaken, NotARun, StorageError
from checkers.engine.tasks import canonical

EVENTS = "events.jsonl"
PLAN = "plan.json"
DOCUMENT = "run.json"
CERTIFICATES = "certificates"


class RunFolder:
    """An open run folder. As a context manager it holds the folder's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[bytes] | None = None
        self._events: IO[bytes] | None = None

    def __enter__(self) -> Self:
        with _told(self.path):
            (self.path / CERTIFICATES).mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / "lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise FolderBusy(f"{self.path}: another process works on this run; wait for it to end, or choose another folder") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in (self._events, self._lock):
            if file is not None:
                file.close()

    def refuse_if_taken(self) -> None:
        """Raise FolderTaken when a run was begun here."""
        if (self.path / EVENTS).exists():
            raise FolderTaken(f"{self.path} already holds a run: resume it with --resume, or choose another folder")

    def store_plan(self, plan: Mapping[str, Any]) -> None:
        """Write plan.json."""
        self._write(PLAN, json.dumps(plan, indent=1, ensure_ascii=False))

    def store_document(self, document: Mapping[str, Any]) -> None:
        """Write run.json."""
        self._write(DOCUMENT, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")

    def store_certificate(self, certificate: Mapping[str, Any]) -> str:
        """Write a certificate under the digest of its text; the path is relative to the folder."""
        text = canonical(certificate)
        name = f"{CERTIFICATES}/{hashlib.sha256(text.encode()).hexdigest()}.json"
        if not self.has_certificate(name):
            self._write(name, text)
        return name

    def has_certificate(self, name: str) -> bool:
        """Whether the certificate is there and still has the digest that it is named after."""
        path = self.path / name
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == path.stem

    def _write(self, name: str, text: str) -> None:
        path = self.path / name
        draft = path.with_name(f".{path.name}.draft")
        with _told(self.path):
            with draft.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)

    def append(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Append one line per record to events.jsonl and wait until the disk has them."""
        with _told(self.path):
            if self._events is None:
                self._drop_torn_line()
                self._events = (self.path / EVENTS).open("ab", buffering=0)
            text = b"".join(canonical(record).encode() + b"\n" for record in records)
            while text:  # an unbuffered write may be short, when the disk fills up for instance
                text = text[self._events.write(text):]
            os.fsync(self._events.fileno())

    def _drop_torn_line(self) -> None:
        """Cut off a last line without an end: the process was killed, or the disk was full, while it was written."""
        path = self.path / EVENTS
        if not path.exists():
            return
        content = path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            with path.open("r+b") as file:
                file.truncate(whole)

    def records(self) -> Iterator[dict[str, Any]]:
        """The records of finished tasks. A torn last line and lines that are not JSON count as unfinished."""
        path = self.path / EVENTS
        if not path.exists():
            return
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n") and (record := _parsed(line)) is not None:
                    yield record

    def finished(self) -> Iterator[dict[str, Any]]:
        """The records whose certificates are all there, undamaged."""
        for record in self.records():
            if all(self.has_certificate(name) for name in certificates_of(record["evidence"])):
                yield record


def certificates_of(evidence: Mapping[str, Any]) -> Iterator[str]:
    """The paths of the certificates that stored evidence refers to."""
    if evidence["certificate"] is not None:
        yield evidence["certificate"]
    if evidence["counterexample"] is not None and evidence["counterexample"].get("certificate") is not None:
        yield evidence["counterexample"]["certificate"]


def read_document(path: Path) -> dict[str, Any]:
    """The JSON object in a file of a run. Raises NotARun."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotARun(f"{path}: no such file; a run folder holds {DOCUMENT} when the run has ended and {PLAN} from its start") from None
    except (OSError, ValueError) as error:
        raise NotARun(f"{path}: cannot be read as a run: {error}") from None
    if not isinstance(document, dict):
        raise NotARun(f"{path}: is no run document")
    return document


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and {"identity", "evidence"} <= record.keys() else None


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn an error of the file system into one clear sentence."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror or error}. What was finished is kept: make room (or mend the permissions) "
                           "and go on with --resume") from error
