"""Instances as something that a person can check by hand: names with their values, vectors as rows, and matrices with their indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from markupsafe import Markup

from reports.html.numbers import in_words, read
from reports.safe_text import one_line

MOST = 40
"""Rows, columns or entries of one table that are shown."""
_DEEPEST = 8
Data: TypeAlias = Any


def instance_table(value: Data, depth: int = 0) -> Markup:
    """The instance as tables within tables, as deep as the data is."""
    if depth > _DEEPEST:
        return Markup("<span>{}</span>").format(in_words(value))
    if isinstance(value, Mapping) and value.keys() != {"mid", "rad"}:
        return _named(value, depth)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if _is_matrix(value):
            return _matrix(value)
        return _vector(value) if all(_is_plain(item) for item in value) else _numbered(value, depth)
    return Markup('<span class="entry">{}</span>').format(in_words(value))


def _is_plain(value: Data) -> bool:
    return isinstance(value, str | int | float | None) or (isinstance(value, Mapping) and value.keys() == {"mid", "rad"})


def _is_matrix(value: Sequence[Data]) -> bool:
    """Rows of the same length, of plain entries."""
    rows = [row for row in value if isinstance(row, Sequence) and not isinstance(row, str) and row and all(map(_is_plain, row))]
    return bool(rows) and len(rows) == len(value) and len({len(row) for row in rows}) == 1


def _named(value: Mapping[str, Data], depth: int) -> Markup:
    rows = Markup("").join(Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(_name(name), instance_table(item, depth + 1))
                           for name, item in islice(sorted(value.items(), key=_place) if all(map(str.isdigit, value)) else value.items(), MOST))
    return Markup('<table class="instance">{}</table>{}').format(rows, _rest(len(value), "entries")) if value else Markup("<span>empty</span>")


def _place(entry: tuple[str, Data]) -> tuple[int, str]:
    """The order of columns of a linear program."""
    return len(entry[0]), entry[0]


def _name(name: str) -> str:
    """Columns of a linear program have numbers for names."""
    return f"column {name}" if name.isdigit() and read(name) is not None else one_line(name, 200)


def _vector(value: Sequence[Data]) -> Markup:
    if not value:
        return Markup("<span>()</span>")
    cells = Markup("").join(Markup("<td>{}</td>").format(in_words(item)) for item in value[:MOST])
    return Markup('<table class="matrix"><tr>{}</tr></table>{}').format(cells, _rest(len(value), "entries"))


def _matrix(rows: Sequence[Sequence[Data]]) -> Markup:
    width = min(len(rows[0]), MOST)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(column) for column in range(1, width + 1))
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(place, Markup("").join(Markup("<td>{}</td>").format(in_words(item)) for item in row[:width]))
        for place, row in enumerate(rows[:MOST], start=1))
    left_out = Markup("{}{}").format(_rest(len(rows), "rows"), _rest(len(rows[0]), "columns"))
    return Markup('<table class="matrix indexed"><tr><td></td>{}</tr>{}</table>{}').format(head, body, left_out)


def _numbered(value: Sequence[Data], depth: int) -> Markup:
    rows = Markup("").join(Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(place, instance_table(item, depth + 1))
                           for place, item in enumerate(value[:MOST], start=1))
    return Markup('<table class="instance">{}</table>{}').format(rows, _rest(len(value), "entries"))


def _rest(count: int, what: str) -> Markup:
    return Markup("") if count <= MOST else Markup('<p class="left-out">{} more {} are in the certificate</p>').format(count - MOST, what)
