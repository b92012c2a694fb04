"""Carrying out a run for a person: where it goes, what is shown meanwhile, what is written at the end; and finding earlier runs."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from claims.errors import UnknownClaim
from reports.formats import folder_format_named, format_named
from reports.summary import Document

if TYPE_CHECKING:
    from rich.console import Console

    from checkers.engine import Plan
    from checkers.engine.execution import ExecutorName

RUNS = Path("runs")
LATEST = RUNS / "latest"
REPORT = "report.md"
"""The report that every run writes into its folder, beside the engine's own run.json."""
PAGES = "report"
"""The folder, in the run's folder, of the HTML report."""

_BY_GRADE = "grade:"


@dataclass(frozen=True)
class Execution:
    """How a plan is carried out: workers, cluster, reuse of what is known, and time in seconds."""

    jobs: int
    executor: ExecutorName = "local"
    scheduler: str | None = None
    resume: bool = False
    fresh: bool = False
    budget: float | None = None

    def carry_out(self, plan: Plan, folder: Path, out: Console) -> Document:
        """Execute the plan in the folder, showing progress on the console, and write the report. Raises EngineError."""
        from checkers.engine import execute
        from reports.progress import watching

        point_latest_to(folder)
        with watching(out) as watch:
            document = execute(plan, folder, jobs=self.jobs, executor=self.executor, scheduler=self.scheduler,
                               resume=self.resume, fresh=self.fresh, budget=self.budget, watch=watch)
        (folder / REPORT).write_text(format_named("md").render(document), encoding="utf-8")
        return document


def write_pages(document: Document, folder: Path) -> Path:
    """Write the HTML report into the run's folder; its first page. Raises OSError."""
    folder_format_named("html").write(document, folder / PAGES, folder)
    return folder / PAGES / "index.html"


def new_folder(plan: Plan) -> Path:
    """A free name for a run's folder in ``runs/``: when it began (UTC), and a digest of what it was asked to do."""
    from checkers.engine.tasks import digest

    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{digest(plan.to_json())[:8]}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(RUNS / free for free in names if not (RUNS / free).exists())


def point_latest_to(folder: Path) -> None:
    """Let ``runs/latest`` point to a run in ``runs/``; a run elsewhere leaves it alone."""
    if folder.parent != RUNS or folder == LATEST:
        return
    RUNS.mkdir(exist_ok=True)
    fresh = RUNS / f".latest-{os.getpid()}"
    fresh.symlink_to(folder.name)
    fresh.replace(LATEST)


def resolve_grades(selectors: Sequence[str], run: Path | None) -> list[str]:
    """The selectors with every ``grade:…`` replaced by the claims that had this grade in a run, the latest unless one is given.

    Raises UnknownClaim when no claim of that run has the grade, NotARun when there is no such run.
    """
    resolved: list[str] = []
    for selector in selectors:
        resolved += _with_grade(selector.removeprefix(_BY_GRADE), run or LATEST) if selector.startswith(_BY_GRADE) else [selector]
    return resolved


def _with_grade(grade: str, run: Path) -> list[str]:
    from checkers.engine import load_plan, load_run

    grades = {claim["id"]: claim["grade"] or "" for claim in load_run(run)["claims"]}
    chosen = [entry for entry in load_plan(run).entries if fnmatch.fnmatch(grades.get(entry.id, ""), grade)]
    if not chosen:
        found = ", ".join(sorted({word for word in grades.values() if word})) or "none"
        raise UnknownClaim(f"no claim of the run {run} has the grade {grade!r}; its grades are: {found}")
    return [f"{entry.origin}/{entry.claim.number}" if entry.origin.endswith(".py") else entry.id for entry in chosen]
