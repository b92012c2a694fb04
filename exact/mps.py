"""Reading linear programs from MPS files, fixed or free, with every number exactly as its decimal text says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from exact.lp_problem import NON_NEGATIVE, Interval, LinearProgramError, Problem, Row, Sense
from exact.sparse_vectors import NotExactError, rational

Tokens: TypeAlias = list[str]

_INFINITE = Fraction(10**30)
_FIXED_FIELDS = ((1, 3), (4, 12), (14, 22), (24, 36), (39, 47), (49, 61))
_SENSES: dict[str, Sense] = {
    "MIN": "minimise",
    "MINIMIZE": "minimise",
    "MINIMISE": "minimise",
    "MAX": "maximise",
    "MAXIMIZE": "maximise",
    "MAXIMISE": "maximise",
}
_WITHOUT_VALUE = {"FR", "MI", "PL", "BV"}

_log = logging.getLogger(__name__)


def read_mps(text: str) -> Problem:
    """The linear program in an MPS text; columns in order of appearance, rows in order, without the objective row.

    Understood: fixed and free format, OBJSENSE, several N rows (the first is the objective, the others are dropped), a
    RHS of the objective (minus the offset), RANGES, bounds LO UP FX FR MI PL, and BV LI UI and integer markers, whose
    integrality is dropped with a warning: what is read is the linear relaxation. Of several RHS, RANGES or BOUNDS sets
    the first counts. A negative UP bound without a LO bound makes the lower bound infinite, as most readers have it; a
    bound of 1e30 or more is none.

    Raises LinearProgramError, which begins with the line number.
    """
    try:
        return _Reader(str.split).read(text)
    except LinearProgramError as error:
        # Only fixed format can hold names with blanks, so it is the second choice.
        try:
            return _Reader(_fixed_fields).read(text)
        except LinearProgramError:
            raise error from None


def _fixed_fields(line: str) -> Tokens:
    fields = (line[start:end].strip() for start, end in _FIXED_FIELDS)
    return [text for text in fields if text]


@dataclass
class _Line:
    """A row of the file: its type, its right-hand side, its range."""

    kind: str
    index: int
    side: Fraction = Fraction(0)
    spread: Fraction | None = None
    entries: dict[int, Fraction] = field(default_factory=dict)

    def interval(self) -> Interval:
        side, spread = self.side, self.spread
        if self.kind == "E":
            other = side if spread is None else side + spread
            return min(side, other), max(side, other)
        if self.kind == "L":
            return None if spread is None else side - abs(spread), side
        return side, None if spread is None else side + abs(spread)


class _Reader:
    def __init__(self, split: Callable[[str], Tokens]) -> None:
        self._split = split
        self._sense: Sense = "minimise"
        self._lines: dict[str, _Line] = {}
        self._columns: dict[str, int] = {}
        self._bounds: dict[int, Interval] = {}
        self._lowered: set[int] = set()
        self._sets: dict[str, str] = {}
        self._integers = False

    def read(self, text: str) -> Problem:
        readers = {
            "OBJSENSE": self._read_sense,
            "ROWS": self._read_row,
            "COLUMNS": self._read_column,
            "RHS": self._read_side,
            "RANGES": self._read_range,
            "BOUNDS": self._read_bound,
        }
        section = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("*"):
                continue
            try:
                if not line[0].isspace():
                    section, *rest = line.split()
                    section = section.upper()
                    if section == "ENDATA":
                        return self._problem()
                    if section == "OBJSENSE" and rest:
                        self._read_sense(rest)
                    elif section not in readers and section != "NAME":
                        raise LinearProgramError(f"the section {section} is not understood")
                elif section in readers and (tokens := self._split(line)):
                    readers[section](tokens)
                else:
                    raise LinearProgramError("data outside a section")
            except (LinearProgramError, NotExactError) as error:
                raise LinearProgramError(f"line {number}: {error}") from None
        raise LinearProgramError("the last line: ENDATA is missing")

    def _read_sense(self, tokens: Tokens) -> None:
        if len(tokens) != 1 or tokens[0].upper() not in _SENSES:
            raise LinearProgramError(f"OBJSENSE {' '.join(tokens)} is neither MIN nor MAX")
        self._sense = _SENSES[tokens[0].upper()]

    def _read_row(self, tokens: Tokens) -> None:
        if len(tokens) != 2 or tokens[0].upper() not in {"N", "E", "L", "G"}:
            raise LinearProgramError("a row is a type N, E, L or G and a name")
        if tokens[1] in self._lines:
            raise LinearProgramError(f"the row {tokens[1]} is there already")
        self._lines[tokens[1]] = _Line(tokens[0].upper(), len(self._lines))

    def _read_column(self, tokens: Tokens) -> None:
        if len(tokens) >= 3 and tokens[1].strip("'") == "MARKER":
            self._note_integers()
            return
        column = self._columns.setdefault(tokens[0], len(self._columns))
        for line, number in self._pairs(tokens[1:]):
            if column in line.entries:
                raise LinearProgramError(f"the column {tokens[0]} has two entries in one row")
            line.entries[column] = number

    def _read_side(self, tokens: Tokens) -> None:
        for line, number in self._pairs(self._chosen("RHS", tokens, len(tokens) % 2 == 1)):
            line.side = number

    def _read_range(self, tokens: Tokens) -> None:
        for line, number in self._pairs(self._chosen("RANGES", tokens, len(tokens) % 2 == 1)):
            line.spread = number

    def _read_bound(self, tokens: Tokens) -> None:
        kind, rest = tokens[0].upper(), tokens[1:]
        valued = kind not in _WITHOUT_VALUE
        named = len(rest) == 3 if valued else any(name in self._columns for name in rest[1:2])
        if len(rest) <= named + valued:
            raise LinearProgramError(f"a bound {kind} is a set, a column{' and a number' if valued else ''}")
        rest = self._chosen("BOUNDS", rest, named)
        if not rest:
            return
        if rest[0] not in self._columns:
            raise LinearProgramError(f"there is no column {rest[0]}")
        value = _number(rest[1]) if valued else Fraction(0)
        self._set_bound(kind, self._columns[rest[0]], None if abs(value) >= _INFINITE else value)

    def _set_bound(self, kind: str, column: int, value: Fraction | None) -> None:
        lower, upper = self._bounds.get(column, NON_NEGATIVE)
        if kind in {"LO", "LI"}:
            lower = value
            self._lowered.add(column)
        elif kind in {"UP", "UI"}:
            upper = value
            if value is not None and value < 0 and column not in self._lowered:
                lower = None
        elif kind == "FX":
            lower = upper = value
        elif kind == "FR":
            lower = upper = None
        elif kind == "MI":
            lower = None
        elif kind == "PL":
            upper = None
        elif kind == "BV":
            lower, upper = Fraction(0), Fraction(1)
        else:
            raise LinearProgramError(f"the bound type {kind} is not understood")
        if kind in {"LI", "UI", "BV"}:
            self._note_integers()
        self._bounds[column] = lower, upper

    def _chosen(self, section: str, tokens: Tokens, named: bool) -> Tokens:
        """The tokens after the set's name, which may be absent; none if the set is not the first one."""
        name = tokens[0] if named else ""
        if self._sets.setdefault(section, name) != name:
            return []
        return tokens[1:] if named else tokens

    def _pairs(self, tokens: Tokens) -> Sequence[tuple[_Line, Fraction]]:
        if len(tokens) % 2:
            raise LinearProgramError("row names and numbers do not come in pairs")
        pairs = list(zip(tokens[::2], tokens[1::2], strict=True))
        for name, _ in pairs:
            if name not in self._lines:
                raise LinearProgramError(f"there is no row {name}")
        return [(self._lines[name], _number(text)) for name, text in pairs]

    def _note_integers(self) -> None:
        if not self._integers:
            _log.warning("the MPS text asks for integers; its linear relaxation is read")
        self._integers = True

    def _problem(self) -> Problem:
        objective = next((line for line in self._lines.values() if line.kind == "N"), None)
        return Problem(
            sense=self._sense,
            columns=len(self._columns),
            objective=objective.entries if objective else {},
            offset=-objective.side if objective else 0,
            rows=[Row(line.entries, *line.interval()) for line in self._lines.values() if line.kind != "N"],
            column_bounds=self._bounds,
        )


def _number(text: str) -> Fraction:
    lowered = text.lower()
    if lowered.lstrip("+-") in {"inf", "infinity"}:
        return -_INFINITE if lowered.startswith("-") else _INFINITE
    return rational(lowered.replace("d", "e"))
