"""`python -m checkers.kernel PATH…`, also known as `assay recheck PATH…`: the kernel alone re-checks certificates.

Like all of the kernel this needs the standard library only. Exit codes: 0 every certificate accepted (a count that needs a
replay included), 1 one was rejected, 2 usage, 4 one could not be read or is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

import checkers.kernel as kernel
from checkers.kernel import documents

ACCEPTED, REJECTED, REPLAY, UNREADABLE = "accepted", "rejected", "replay needed", "unreadable"

Replay = Callable[[Path, Mapping[str, Any]], str]
"""Counts the enumeration in a file again with the claim's own code; a ValueError says that it came out differently."""

_EPILOG = """\
a PATH is a run folder, a folder of certificates, or one certificate file

examples:
  assay recheck runs/latest
  assay recheck runs/latest/certificates/3f2a….json
  assay recheck --replay runs/latest     count enumerations again, with the claims' own code
"""


@dataclass(frozen=True)
class Finding:
    """What became of one certificate. ``message`` is the proposition in a line, or the place and the reason of a rejection."""

    path: str
    outcome: str
    type: str
    message: str


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line that says what to do."""
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` shows how to use it\n")


def main(arguments: Sequence[str], program: str = "python -m checkers.kernel", replay: Replay | None = None) -> int:
    """Re-check what the command line names and tell the outcome; the exit code."""
    parser = _Parser(prog=program, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
                     description="Re-check certificates with the kernel alone: exact rational arithmetic, no solver, no code of a paper.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--replay", action="store_true", help="count enumerations again (this runs the claims' own code)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args(arguments)
    if options.replay and replay is None:
        parser.error("--replay runs the claims' own code, which the kernel knows nothing of: use `assay recheck --replay`")
    start = time.perf_counter()
    findings = [finding for path in options.paths for finding in recheck(path, replay if options.replay else None)]
    seconds = time.perf_counter() - start
    _print_document(findings, seconds) if options.json else _print_lines(findings, seconds)
    outcomes = {finding.outcome for finding in findings}
    return 4 if UNREADABLE in outcomes else 1 if REJECTED in outcomes else 0


def recheck(path: Path, replay: Replay | None = None) -> Iterator[Finding]:
    """The findings on every certificate at a path: a run folder, a folder of certificates, or one file."""
    try:
        files = certificates_at(path)
    except (OSError, ValueError, RecursionError) as error:
        yield Finding(str(path), UNREADABLE, "", str(error))
        return
    for file in files:
        yield _check(file, replay)


def certificates_at(path: Path) -> list[Path]:
    """The certificate files that a path stands for, those that a run document names included, in alphabetical order.

    Raises FileNotFoundError when the path does not exist or holds no certificate.
    """
    if not path.exists():
        raise FileNotFoundError("no such file or folder")
    if not path.is_dir():
        return [path]
    is_run = (path / "run.json").is_file() or (path / "certificates").is_dir()
    folder = path / "certificates" if is_run else path
    found = set(folder.rglob("*.json"))
    if (path / "run.json").is_file():
        found.update(path / name for name in _named(json.loads((path / "run.json").read_text(encoding="utf-8"))))
    if not found:
        raise FileNotFoundError("a run without certificates" if is_run else "a folder without certificates (*.json)")
    return sorted(found)


def _named(run: Any) -> Iterator[str]:
    """Every file that a run document names under the key ``certificate``."""
    if isinstance(run, dict):
        for key, value in run.items():
            if key == "certificate" and isinstance(value, str):
                yield value
            else:
                yield from _named(value)
    elif isinstance(run, list):
        for value in run:
            yield from _named(value)


def _check(file: Path, replay: Replay | None) -> Finding:
    try:
        if file.exists() and not file.is_file():
            return Finding(str(file), UNREADABLE, "", "no regular file")
        if not _is_named_truly(file):
            return Finding(str(file), REJECTED, "", "the file's name is not the digest of its content: it was changed after it was written")
        document = kernel.read(file)
        verdict = kernel.check(document)
        if verdict.replay_needed and replay is not None:
            return Finding(str(file), ACCEPTED, verdict.type, replay(file, document))
    except OSError as error:
        return Finding(str(file), UNREADABLE, "", error.strerror or str(error))
    except (kernel.Rejected, ValueError) as error:
        return Finding(str(file), REJECTED, "", str(error))
    return Finding(str(file), REPLAY if verdict.replay_needed else ACCEPTED, verdict.type, verdict.summary)


def _is_named_truly(file: Path) -> bool:
    """Whether a name that is a SHA-256 digest is the digest of the file; other names say nothing about the content, nor do files that are too large to read."""
    if file.stat().st_size > documents.MAX_BYTES:
        return True
    return not re.fullmatch(r"[0-9a-f]{64}", file.stem) or hashlib.sha256(file.read_bytes()).hexdigest() == file.stem


def _print_lines(findings: Sequence[Finding], seconds: float) -> None:
    for finding in findings:
        if finding.outcome in (REJECTED, UNREADABLE):
            print(f"{finding.outcome}: {finding.path}: {finding.message}", file=sys.stderr)
    counts = Counter(finding.outcome for finding in findings)
    types = Counter(finding.type for finding in findings if finding.outcome in (ACCEPTED, REPLAY))
    if types:
        print("; ".join(f"{count} {name}" for name, count in sorted(types.items())))
    told = [f"{counts[ACCEPTED]} accepted", f"{counts[REJECTED]} rejected"]
    told += [f"{counts[UNREADABLE]} unreadable or missing"] if counts[UNREADABLE] else []
    told += [f"{counts[REPLAY]} need a replay (add --replay)"] if counts[REPLAY] else []
    print(f"{', '.join(told)}; {seconds:.2f} s")


def _print_document(findings: Sequence[Finding], seconds: float) -> None:
    counts = Counter(finding.outcome for finding in findings)
    document = {
        "schema": "assay.recheck/1",
        "totals": {outcome: counts[outcome] for outcome in (ACCEPTED, REJECTED, REPLAY, UNREADABLE)},
        "seconds": round(seconds, 3),
        "certificates": [asdict(finding) for finding in findings],
    }
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
