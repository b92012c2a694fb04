"""What tasks are expected to cost, from recorded costs: the order in which they start, and the time that is left.
Results never depend on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checkers.engine.cache import cost_key
from checkers.engine.tasks import Task

_RECHECK_SECONDS = 0.05  # of evidence from the cache


class Forecast:
    """Expected seconds of each task, and of all that have not started."""

    def __init__(self, tasks: Iterable[Task], recorded: Mapping[str, float], reusable: Iterable[str]) -> None:
        """``recorded`` gives seconds by cost key, ``reusable`` the identities of tasks with evidence in the cache."""
        cached = set(reusable)
        self._known = {task.identity: _RECHECK_SECONDS if task.identity in cached else recorded.get(cost_key(task)) for task in tasks}
        self._ahead = sum(cost for cost in self._known.values() if cost is not None)
        self._unknown_ahead = sum(cost is None for cost in self._known.values())
        self._finished = 0
        self._spent = 0.0

    def longest_first(self, tasks: Iterable[Task]) -> list[Task]:
        """The tasks by expected seconds, longest first; one without a record counts as long, so that it starts early.
        Otherwise the order is kept."""
        return sorted(tasks, key=lambda task: task.seconds if (cost := self._known[task.identity]) is None else cost, reverse=True)

    def start(self, task: Task) -> None:
        """The task waits no more."""
        cost = self._known[task.identity]
        if cost is None:
            self._unknown_ahead -= 1
        else:
            self._ahead -= cost

    def finish(self, seconds: float) -> None:
        """A task took that long."""
        self._finished += 1
        self._spent += seconds

    def seconds_left(self, running: Sequence[tuple[Task, float]], workers: int) -> float | None:
        """An estimate of the wall time left; unrecorded tasks count as the mean so far. None while nothing is known."""
        unknown = self._unknown_ahead or any(self._known[task.identity] is None for task, _ in running)
        if unknown and not self._finished:
            return None
        mean = self._spent / self._finished if self._finished else 0.0
        under_way = sum(max(0.0, self._expected(task, mean) - seconds) for task, seconds in running)
        return max(0.0, self._ahead + self._unknown_ahead * mean + under_way) / workers

    def _expected(self, task: Task, otherwise: float) -> float:
        cost = self._known[task.identity]
        return otherwise if cost is None else cost
