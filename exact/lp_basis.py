"""A linear program in integers, and the exact basic solutions that a basis of it stands for.

The form: minimise cost·x over structural variables x_0 … x_{n−1}, where row i of the integer matrix defines the
logical variable x_{n+i} = a_i·x, and every variable, structural or logical, has bounds. A basis names m of the n + m
variables; the others rest at a bound (or at 0 when they are free). Its nucleus is small: only rows whose logical is
not basic and structural columns that are basic meet in the system to solve.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from exact import linear_algebra
from exact.lp_problem import Problem

Status: TypeAlias = Literal["basic", "lower", "upper", "free"]
"""What a basis says of a variable: it is basic, or it rests at a bound, or it rests at 0 and has no bound."""


@dataclass(frozen=True)
class Point:
    """One integer per variable (structural, then logical) over one common denominator > 0."""

    values: list[int]
    denominator: int


@dataclass(frozen=True)
class Multipliers:
    """Row multipliers y and, per variable, the reduced cost: cost − Aᵀy (logical: cost + y). One denominator > 0."""

    rows: list[int]
    reduced: list[int]
    denominator: int


@dataclass(frozen=True)
class IntegerForm:
    """A problem in integers. True values: x_j / bound_scale; y_i · row_scales[i] / cost_scale; cost / cost_scale."""

    columns: int
    rows: list[list[tuple[int, int]]]
    column_entries: list[list[tuple[int, int]]]
    cost: list[int]
    lower: list[int | None]
    upper: list[int | None]
    row_scales: list[int]
    bound_scale: int
    cost_scale: int

    @property
    def variables(self) -> int:
        """How many variables there are, structural and logical."""
        return self.columns + len(self.rows)

    def rest(self, variable: int, status: Status) -> int:
        """The value of a nonbasic variable."""
        bound = self.lower[variable] if status == "lower" else self.upper[variable] if status == "upper" else 0
        assert bound is not None
        return bound

    def resting(self, variable: int, wanted: Status) -> Status:
        """The nonbasic status nearest to the wanted one that the variable's bounds allow."""
        lower, upper = self.lower[variable], self.upper[variable]
        if lower is None and upper is None:
            return "free"
        if upper is None or (lower is not None and wanted != "upper"):
            return "lower"
        return "upper"

    def activity(self, row: int, structural: Sequence[int]) -> int:
        """a_row · x for the values of the structural variables."""
        return sum(entry * structural[column] for column, entry in self.rows[row] if structural[column])


def integer_form(problem: Problem) -> IntegerForm:
    """The problem as a minimisation in integers; its bounds must not cross."""
    matrix = [list(row.entries.numerators.items()) for row in problem.rows]
    row_scales = [row.entries.denominator for row in problem.rows]
    column_entries: list[list[tuple[int, int]]] = [[] for _ in range(problem.columns)]
    for i, entries in enumerate(matrix):
        for column, entry in entries:
            column_entries[column].append((i, entry))
    lower = [interval[0] for interval in problem.column_bounds]
    upper = [interval[1] for interval in problem.column_bounds]
    lower += [_times(row.lower, scale) for row, scale in zip(problem.rows, row_scales, strict=True)]
    upper += [_times(row.upper, scale) for row, scale in zip(problem.rows, row_scales, strict=True)]
    bound_scale = math.lcm(*{bound.denominator for bound in lower + upper if bound})
    sign = 1 if problem.sense == "minimise" else -1
    objective = problem.objective.numerators
    return IntegerForm(
        columns=problem.columns,
        rows=matrix,
        column_entries=column_entries,
        cost=[sign * objective.get(j, 0) for j in range(problem.columns)] + [0] * len(matrix),
        lower=_integers(lower, bound_scale),
        upper=_integers(upper, bound_scale),
        row_scales=row_scales,
        bound_scale=bound_scale,
        cost_scale=problem.objective.denominator,
    )


class Basis:
    """A basis of an integer form, given by one status per variable, with the exact solutions that belong to it.

    The statuses must form a basis: `nearest` makes one from any proposal. Otherwise SingularMatrixError may come.
    """

    def __init__(self, form: IntegerForm, statuses: Sequence[Status]) -> None:
        self.form = form
        self.statuses = statuses
        self._columns = [j for j in range(form.columns) if statuses[j] == "basic"]
        self._rows = [row for row in range(len(form.rows)) if statuses[form.columns + row] != "basic"]

    @classmethod
    def nearest(cls, form: IntegerForm, proposal: Iterable[Status]) -> Basis:
        """A basis as near to the proposal as its statuses allow.

        Statuses that the bounds do not allow are replaced; logical variables complete a choice of basic variables that
        are dependent, or too few, or too many.
        """
        statuses = [
            "basic" if status == "basic" else form.resting(variable, status) for variable, status in enumerate(proposal)
        ]
        basis = cls(form, statuses)
        rows, columns = linear_algebra.dependent(basis._system(), len(basis._columns))
        if not rows and not columns:
            return basis
        for k in rows:
            statuses[form.columns + basis._rows[k]] = "basic"
        for k in columns:
            statuses[basis._columns[k]] = form.resting(basis._columns[k], "lower")
        return cls(form, statuses)

    @classmethod
    def slack(cls, form: IntegerForm) -> Basis:
        """The basis of all logical variables."""
        structural: list[Status] = [form.resting(j, "lower") for j in range(form.columns)]
        return cls(form, structural + ["basic"] * len(form.rows))

    @cached_property
    def primal(self) -> Point:
        """Every variable's value; the nonbasic ones are at rest."""
        form = self.form
        resting = [0 if status == "basic" else form.rest(k, status) for k, status in enumerate(self.statuses)]
        right = [resting[form.columns + row] - form.activity(row, resting) for row in self._rows]
        solution, denominator = self._matrix.solve(right)
        values = [value * denominator for value in resting]
        for j, value in zip(self._columns, solution, strict=True):
            values[j] = value
        self._set_basic_logicals(values)
        return Point(values, denominator)

    @cached_property
    def dual(self) -> Multipliers:
        """The multipliers of the problem's own objective."""
        return self.multipliers(self.form.cost)

    def multipliers(self, cost: Sequence[int]) -> Multipliers:
        """The row multipliers that make the reduced cost of every basic variable zero; one cost per variable."""
        form, statuses = self.form, self.statuses
        known = [-cost[form.columns + row] if self._is_basic_row(row) else 0 for row in range(len(form.rows))]
        right = [
            cost[column] - sum(entry * known[row] for row, entry in form.column_entries[column] if known[row])
            for column in self._columns
        ]
        solution, denominator = self._matrix.solve_transposed(right)
        values = [value * denominator for value in known]
        for row, value in zip(self._rows, solution, strict=True):
            values[row] = value
        reduced = [0 if status == "basic" else cost[k] * denominator for k, status in enumerate(statuses)]
        for row, value in enumerate(values):
            if value:
                if not self._is_basic_row(row):
                    reduced[form.columns + row] += value
                for column, entry in form.rows[row]:
                    if statuses[column] != "basic":
                        reduced[column] -= entry * value
        return Multipliers(values, reduced, denominator)

    def direction(self, entering: int) -> Point:
        """How all variables change while the nonbasic variable `entering` grows by 1 and the other nonbasic rest."""
        form = self.form
        column = dict(form.column_entries[entering]) if entering < form.columns else {entering - form.columns: -1}
        solution, denominator = self._matrix.solve([-column.get(row, 0) for row in self._rows])
        values = [0] * form.variables
        for j, value in zip(self._columns, solution, strict=True):
            values[j] = value
        values[entering] = denominator
        self._set_basic_logicals(values)
        return Point(values, denominator)

    def exchanged(self, entering: int, status: Status, leaving: int, leaving_status: Status) -> Basis:
        """The basis in which `entering` has `status` and then `leaving` has `leaving_status` (they may be the same)."""
        statuses = list(self.statuses)
        statuses[entering] = status
        statuses[leaving] = leaving_status
        return Basis(self.form, statuses)

    def _is_basic_row(self, row: int) -> bool:
        return self.statuses[self.form.columns + row] == "basic"

    def _set_basic_logicals(self, values: list[int]) -> None:
        for row in range(len(self.form.rows)):
            if self._is_basic_row(row):
                values[self.form.columns + row] = self.form.activity(row, values)

    @cached_property
    def _matrix(self) -> linear_algebra.PeeledMatrix:
        return linear_algebra.PeeledMatrix(self._system())

    def _system(self) -> list[dict[int, int]]:
        """The rows whose logical is not basic, at the basic structural columns, both renumbered."""
        position = {column: k for k, column in enumerate(self._columns)}
        return [
            {position[column]: entry for column, entry in self.form.rows[row] if column in position}
            for row in self._rows
        ]


def _times(bound: Fraction | None, scale: int) -> Fraction | None:
    return None if bound is None else bound * scale


def _integers(bounds: Sequence[Fraction | None], scale: int) -> list[int | None]:
    return [None if bound is None else bound.numerator * (scale // bound.denominator) for bound in bounds]
