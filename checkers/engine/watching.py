"""What a run tells while it goes on: events for a progress display."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from checkers.engine.tasks import Task

EventKind = Literal["started", "finished", "tick", "warning", "stopping", "ended"]


@dataclass(frozen=True)
class Event:
    """One moment of a run.

    ``started`` comes once, before the first task; ``finished`` once per task, with the task and its evidence;
    ``tick`` a few times a second; ``warning`` and ``stopping`` carry a message; ``ended`` comes last. ``done`` of
    ``total`` tasks are finished; ``running`` gives the running tasks with their elapsed seconds; ``seconds_left`` is
    an estimate, or None before there is one.
    """

    kind: EventKind
    done: int
    total: int
    running: tuple[tuple[Task, float], ...] = ()
    seconds_left: float | None = None
    task: Task | None = None
    evidence: Mapping[str, Any] | None = None
    message: str = ""


Watch: TypeAlias = Callable[[Event], None]
