"""Runs on a terminal, readable at 80 columns: a row a claim, and under it why the grade means what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.summary import Document, PartRow, Row, effort_line, mutants_line, rows, summary_line

if TYPE_CHECKING:
    from checkers.engine import Comparison, Plan

STYLES = {
    "proved": "bold green", "certified": "green", "witnessed": "green", "decided": "cyan", "supported": "cyan", "holds": "green",
    "refuted": "bold red", "undecided": "yellow", "error": "bold white on red",
}
_COLUMNS = {"claim": 5, "title": 0, "grade": 9, "scope": 10, "trust": 11, "time": 7, "mutants": 7}
_RIGHT = ("time", "mutants")
_INDENT = 4


class _Console(Console):
    """A console that lets the front door hear that nobody reads on."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console on standard output or standard error. It obeys NO_COLOR and the terminal's width."""
    return _Console(stderr=stderr, highlight=False, emoji=False)


def indented(text: Text, columns: int = _INDENT) -> Padding:
    """The text, wrapped, with a margin on the left."""
    return Padding(text, (0, 0, 0, columns), expand=False)


def print_verdicts(out: Console, document: Document) -> None:
    """The table of a run (claim, title, grade, scope, trust, time, mutants) with arguments and remarks, and the summary."""
    widths = {**_COLUMNS, "claim": max([_COLUMNS["claim"], *(len(row.number) for row in rows(document))])}
    for paper, listed in groupby(rows(document), key=lambda row: row.paper):
        out.print()
        out.print(Text(paper, style="bold"))
        out.print(_line([Text(name, style="dim") for name in widths], widths))
        for row in listed:
            out.print(_line(_cells(row), widths))
            for columns, text in _lines_under(row):
                out.print(indented(text, columns))
    out.print()
    out.print(Text(summary_line(document), style="bold"))
    out.print(Text(effort_line(document), style="dim"))


def _line(cells: Sequence[Text], widths: Mapping[str, int]) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    for name, width in widths.items():
        if width:
            grid.add_column(width=width, no_wrap=True, justify="right" if name in _RIGHT else "left")
        else:
            grid.add_column(ratio=1)
    grid.add_row(*cells)
    return grid


def _cells(row: Row) -> list[Text]:
    return [
        Text(row.number, style="bold"), Text(row.title), Text(row.grade, style=STYLES.get(row.grade, "")), Text(row.scope), Text(row.trust),
        Text(f"{row.seconds:.2f} s"), Text(row.mutants_refuted or "–", style="bold red" if row.surviving_mutants else ""),
    ]


def _lines_under(row: Row) -> Iterator[tuple[int, Text]]:
    """What stands under a claim's row, with the columns by which it is indented."""
    if row.remark:
        yield _INDENT, Text(row.remark, style="magenta" if row.agreement in ("expected", "better") else "bold red")
    alone = len(row.parts) == 1
    for part in row.parts:
        if not alone:
            yield _INDENT, Text.assemble((f"{part.name}: ", "bold"), (part.standing, STYLES.get(part.grade, "")))
        yield from ((_INDENT if alone else 2 * _INDENT, text) for text in _part_lines(part))
    if row.surviving_mutants:
        yield _INDENT, Text(f"mutants NOT refuted: {', '.join(row.surviving_mutants)}", style="bold red")


def _part_lines(part: PartRow) -> Iterator[Text]:
    if part.finding:
        yield Text.assemble((f"{part.grade}: ", STYLES.get(part.grade, "")), part.finding)
    if part.argument:
        yield Text.assemble(("because: ", "bold dim"), (part.argument, "dim"))
    if part.rests_on:
        yield Text.assemble(("rests on: ", "bold dim"), ("; ".join(part.rests_on), "dim"))


def print_mutants(out: Console, document: Document) -> None:
    """Every mutant with its change, its status and the counterexample that refutes it, and the summary."""
    for claim in document["claims"]:
        for mutant in claim["mutants"]:
            out.print(Text.assemble((f"{mutant['status']:<10}", STYLES.get(mutant["status"], "")), f"{mutant['id']}: {mutant['change']}"))
            found = (mutant["counterexample"] or {}).get("statement") or "; ".join(dict.fromkeys(item["note"] for item in mutant["evidence"] if item["note"]))
            if found:
                out.print(indented(Text(found, style="dim"), 10))
    out.print(Text(mutants_line(document), style="bold"))


def print_plan(out: Console, plan: Plan) -> None:
    """The tasks of a run that has not started, and what other efforts would do."""
    described: dict[str, Any] = plan.to_json()
    for task in described["tasks"]:
        member = f"/{task['member']}" if task["kind"] == "mutant" else f" {task['member']}"
        out.print(Text(f"{task['claim']}{member}: {task['description']}"), soft_wrap=True)
    for effort, level in described["levels"].items():
        chosen = " (this plan)" if effort == described["effort"] else ""
        out.print(Text(f"{effort}: {level['tasks']} tasks, about {level['seconds_per_task']:g} s each at most{chosen}", style="bold" if chosen else ""))


def print_comparison(out: Console, comparison: Comparison) -> None:
    """What differs between two runs, gravest first, and the answer in a line. Times are counted, not listed."""
    told = [difference for difference in comparison.differences if difference.kind != "time"]
    for difference in told:
        where = ", ".join(word for word in (difference.claim, difference.where, difference.field) if word)
        style = "red" if difference.kind in ("verdict", "value") else "dim"
        out.print(Text(f"{difference.kind}: {where}: {_short(difference.left)} → {_short(difference.right)}", style=style), soft_wrap=True)
    answer = "the same verdicts and the same numbers" if comparison.same else "the runs DIFFER"
    times = len(comparison.differences) - len(told)
    out.print(Text(f"{len(comparison.claims)} claims compared: {answer}; {len(told)} differences shown, {times} of time only", style="bold"))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
