"""A run while it goes on: a live display on a terminal, plain lines elsewhere. Refutations are told as soon as they are found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from checkers.engine import Event, Watch

_EVERY = 2.0
_RUNNING_SHOWN = 8


@contextmanager
def watching(out: Console) -> Iterator[Watch]:
    """A watcher for ``checkers.engine.execute`` that tells on the console what happens."""
    if out.is_terminal:
        display = _Display()
        with Live(display, console=out, refresh_per_second=8, transient=True):
            yield lambda event: display.see(event, out)
    else:
        lines = _Lines(out)
        yield lines.see


def news(event: Event) -> Text | None:
    """What must be told at once: a refuted part, an error, a warning; None for everything else."""
    if event.kind in ("warning", "stopping"):
        return Text(event.message, style="yellow")
    if event.kind != "finished" or event.task is None or event.evidence is None:
        return None
    if event.evidence["status"] == "refuted" and event.task.kind == "part" and event.evidence["counterexample"]:
        return Text(f"refuted: {event.task.name}: {event.evidence['counterexample'].get('statement', '')}", style="red")
    if event.evidence["status"] == "error":
        return Text(f"error: {event.task.name}: {event.evidence['note']}", style="red")
    return None


def clock(seconds: float) -> str:
    """``7 s`` or ``2:05``."""
    return f"{seconds:.0f} s" if seconds < 60 else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


class _Lines:
    """At most one line every two seconds, and the news."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._began = self._told = time.monotonic()

    def see(self, event: Event) -> None:
        told = news(event)
        if told is not None:
            self._out.print(told, soft_wrap=True)
        now = time.monotonic()
        if event.kind == "started":
            known = f", {event.done} of them done already" if event.done else ""
            self._out.print(Text(f"{event.total} task{'' if event.total == 1 else 's'}{known}"))
        elif event.kind == "ended":
            self._out.print(Text(f"{event.done}/{event.total} tasks done after {clock(now - self._began)}"))
        elif now - self._told >= _EVERY:
            self._told = now
            left = f", about {clock(event.seconds_left)} left" if event.seconds_left is not None else ""
            self._out.print(Text(f"{event.done}/{event.total} tasks, {clock(now - self._began)}{left}"))


class _Display:
    """The latest event, drawn: a bar, elapsed time and estimate, the running tasks."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._event: Event | None = None

    def see(self, event: Event, out: Console) -> None:
        self._event = event
        told = news(event)
        if told is not None:
            out.print(told)

    def __rich__(self) -> Group:
        event = self._event
        if event is None:
            return Group(Text("starting …"))
        left = f"about {clock(event.seconds_left)} left" if event.seconds_left is not None else ""
        head = Table.grid(padding=(0, 1))
        head.add_row(ProgressBar(total=max(event.total, 1), completed=event.done, width=30), f"{event.done}/{event.total}",
                     clock(time.monotonic() - self._began), left)
        running = [Text(f"  {clock(seconds):>6}  {task.name}: {task.description}", style="dim", no_wrap=True, overflow="ellipsis")
                   for task, seconds in event.running[:_RUNNING_SHOWN]]
        return Group(head, *running)
