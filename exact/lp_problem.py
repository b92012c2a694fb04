"""Linear programs as data: a sparse rational objective, rows with bounds, columns with bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from exact.sparse_vectors import Entries, NotExactError, Number, SparseVector, rational

Sense: TypeAlias = Literal["minimise", "maximise"]
Interval: TypeAlias = tuple[Fraction | None, Fraction | None]
NumberInterval: TypeAlias = tuple[Number | None, Number | None]

NON_NEGATIVE: Interval = (Fraction(0), None)


class LinearProgramError(ValueError):
    """A linear program that is not well formed; the message begins with the field at fault."""


@dataclass(frozen=True, init=False)
class Row:
    """One constraint: lower <= sum of entries[j] * x_j <= upper, where None means that side is absent."""

    entries: SparseVector
    lower: Fraction | None
    upper: Fraction | None

    def __init__(self, entries: Entries = (), lower: Number | None = None, upper: Number | None = None) -> None:
        """Raises LinearProgramError naming the field that is not exact."""
        object.__setattr__(self, "entries", _vector(entries, "entries"))
        object.__setattr__(self, "lower", _bound(lower, "lower"))
        object.__setattr__(self, "upper", _bound(upper, "upper"))


@dataclass(frozen=True, init=False)
class Problem:
    """Minimise or maximise offset + objective·x over the x that satisfy every row and lie in every column's bounds.

    `columns` is the number of variables; `column_bounds` holds one pair (lower or None, upper or None) for each.
    Contradicting bounds (lower > upper) are allowed: they make the problem infeasible.
    """

    sense: Sense
    columns: int
    objective: SparseVector
    offset: Fraction
    rows: tuple[Row, ...]
    column_bounds: tuple[Interval, ...] = field(repr=False)

    def __init__(
        self,
        *,
        columns: int,
        sense: Sense = "minimise",
        objective: Entries = (),
        rows: Iterable[Row] = (),
        column_bounds: Sequence[NumberInterval] | Mapping[int, NumberInterval] | None = None,
        offset: Number = 0,
    ) -> None:
        """Numbers may be ints, rationals or text ("7/3", "0.25"). `column_bounds` is a pair for every column, or a
        mapping of the columns whose bounds are not (0, None).

        Raises LinearProgramError, which names the field, for what is not exact, not an interval or out of range.
        """
        if sense not in ("minimise", "maximise"):
            raise LinearProgramError(f"sense: {sense!r} is neither 'minimise' nor 'maximise'")
        if isinstance(columns, bool) or not isinstance(columns, int) or columns < 0:
            raise LinearProgramError(f"columns: {columns!r} is not a count")
        object.__setattr__(self, "sense", sense)
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "objective", _vector(objective, "objective"))
        object.__setattr__(self, "offset", _number(offset, "offset"))
        object.__setattr__(self, "rows", tuple(rows))
        object.__setattr__(self, "column_bounds", _intervals(column_bounds, columns))
        _check_range(self.objective, columns, "objective")
        for number, row in enumerate(self.rows):
            if not isinstance(row, Row):
                raise LinearProgramError(f"rows[{number}]: {type(row).__name__} where a Row is due")
            _check_range(row.entries, columns, f"rows[{number}].entries")


def without_crossed_bounds(problem: Problem) -> Problem:
    """An equivalent problem in which no lower bound exceeds its upper bound: the upper one becomes a row of its own.

    One multiplier per row cannot say that a row's own two bounds contradict each other; two rows can. The new rows
    come after the given ones, first those of the columns, then those of the rows. The problem itself if none crosses.
    """
    crossed_columns = [j for j, interval in enumerate(problem.column_bounds) if _crossed(*interval)]
    crossed_rows = [i for i, row in enumerate(problem.rows) if _crossed(row.lower, row.upper)]
    if not crossed_columns and not crossed_rows:
        return problem
    bounds, rows = list(problem.column_bounds), list(problem.rows)
    for j in crossed_columns:
        rows.append(Row({j: 1}, upper=bounds[j][1]))
        bounds[j] = (bounds[j][0], None)
    for i in crossed_rows:
        rows.append(Row(rows[i].entries, upper=rows[i].upper))
        rows[i] = Row(rows[i].entries, lower=rows[i].lower)
    return Problem(
        sense=problem.sense,
        columns=problem.columns,
        objective=problem.objective,
        offset=problem.offset,
        rows=rows,
        column_bounds=bounds,
    )


def _crossed(lower: Fraction | None, upper: Fraction | None) -> bool:
    return lower is not None and upper is not None and lower > upper


def _number(number: Number, name: str) -> Fraction:
    try:
        return rational(number, name)
    except NotExactError as error:
        raise LinearProgramError(str(error)) from None


def _bound(number: Number | None, name: str) -> Fraction | None:
    return None if number is None else _number(number, name)


def _vector(entries: Entries, name: str) -> SparseVector:
    if isinstance(entries, SparseVector):
        return entries
    try:
        return SparseVector(entries, name)
    except NotExactError as error:
        raise LinearProgramError(str(error)) from None


def _interval(pair: NumberInterval, name: str) -> Interval:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise LinearProgramError(f"{name}: {pair!r} is not a pair (lower or None, upper or None)")
    return _bound(pair[0], f"{name}[0]"), _bound(pair[1], f"{name}[1]")


def _intervals(
    bounds: Sequence[NumberInterval] | Mapping[int, NumberInterval] | None, columns: int
) -> tuple[Interval, ...]:
    if bounds is None:
        return (NON_NEGATIVE,) * columns
    if isinstance(bounds, Mapping):
        outside = [j for j in bounds if not (isinstance(j, int) and 0 <= j < columns)]
        if outside:
            raise LinearProgramError(f"column_bounds: column {outside[0]!r} is not one of the {columns} columns")
        known = {j: _interval(pair, f"column_bounds[{j}]") for j, pair in bounds.items()}
        return tuple(known.get(j, NON_NEGATIVE) for j in range(columns))
    if len(bounds) != columns:
        raise LinearProgramError(f"column_bounds: {len(bounds)} pairs for {columns} columns")
    return tuple(_interval(pair, f"column_bounds[{j}]") for j, pair in enumerate(bounds))


def _check_range(vector: SparseVector, columns: int, name: str) -> None:
    if vector and (last := max(vector)) >= columns:
        raise LinearProgramError(f"{name}: column {last} is out of range (the problem has {columns} columns)")
