"""Exact solution of sparse linear systems: triangular parts by substitution, the rest by p-adic lifting.

Most of a matrix that comes from a model is triangular up to a permutation. `PeeledMatrix` finds that part by taking
away rows and columns with a single entry, again and again; what is left, the *nucleus*, is solved by FLINT's Dixon
lifting (J. D. Dixon, "Exact solution of linear equations using p-adic expansions", Numer. Math. 40, 1982), and the
rest is substituted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from exact.sparse_vectors import Number, SparseVector

if TYPE_CHECKING:
    import flint

IntegerRows: TypeAlias = Sequence[Mapping[int, int]]
Scaled: TypeAlias = tuple[list[int], int]
"""Rational numbers as integers over one common denominator > 0."""
Pivots: TypeAlias = list[tuple[int, int]]

_RANK_PRIME = (1 << 63) - 25


class SingularMatrixError(ArithmeticError):
    """The matrix has no inverse: the system has no solution, or more than one."""


def solve(rows: Sequence[Mapping[int, Number]], right: Sequence[Number]) -> tuple[Fraction, ...]:
    """The one x with rows·x = right: a square sparse system (row i as column -> entry) of n rational equations.

    Raises SingularMatrixError when the matrix is singular, ValueError when the shapes do not agree or a number is not
    exact.
    """
    if len(rows) != len(right):
        raise ValueError(f"{len(rows)} rows, but {len(right)} right-hand sides")
    vectors = [SparseVector(row, f"rows[{i}]") for i, row in enumerate(rows)]
    sides = SparseVector(enumerate(right), "right")
    matrix = PeeledMatrix([row.numerators for row in vectors])
    scaled = [sides.numerators.get(i, 0) * row.denominator for i, row in enumerate(vectors)]
    numerators, denominator = matrix.solve(scaled)
    return tuple(Fraction(number, denominator * sides.denominator) for number in numerators)


class PeeledMatrix:
    """A square sparse integer matrix, peeled once, then solved for many right-hand sides, also transposed.

    Row i is a mapping column -> entry. Peeling orders the matrix into blocks: the pivots (row, column) of `first` give
    each column from columns earlier in `first`; the nucleus comes next; the pivots of `last`, in reverse, give each
    column from all the others.
    """

    def __init__(self, rows: IntegerRows) -> None:
        """Raises ValueError when a column index is not below the number of rows."""
        self.size = len(rows)
        self._rows = [{column: entry for column, entry in row.items() if entry} for row in rows]
        self._columns: list[dict[int, int]] = [{} for _ in rows]
        for i, row in enumerate(self._rows):
            for column, entry in row.items():
                if not 0 <= column < self.size:
                    raise ValueError(f"row {i}: column {column} of a {self.size} x {self.size} matrix")
                self._columns[column][i] = entry
        self.first, self.last = _peel(self._rows, self._columns)
        peeled = self.first + self.last
        self.nucleus_rows = sorted(set(range(self.size)).difference(row for row, _ in peeled))
        self.nucleus_columns = sorted(set(range(self.size)).difference(column for _, column in peeled))
        self._nucleus: flint.fmpz_mat | None = None

    def solve(self, right: Sequence[int]) -> Scaled:
        """The x with A·x = right. Raises SingularMatrixError."""
        blocks = self.first, (self.nucleus_rows, self.nucleus_columns), self.last
        return _substitute(self._rows, right, *blocks, self._solve_nucleus)

    def solve_transposed(self, right: Sequence[int]) -> Scaled:
        """The y with Aᵀ·y = right. Raises SingularMatrixError."""
        blocks = _flipped(self.last), (self.nucleus_columns, self.nucleus_rows), _flipped(self.first)
        return _substitute(self._columns, right, *blocks, self._solve_nucleus_transposed)

    def _matrix(self) -> flint.fmpz_mat:
        if self._nucleus is None:
            import flint

            rows = [self._rows[i] for i in self.nucleus_rows]
            self._nucleus = flint.fmpz_mat(len(rows), len(rows), _dense(rows, self.nucleus_columns))
        return self._nucleus

    def _solve_nucleus(self, right: list[int]) -> tuple[list[flint.fmpz], int]:
        return _solve_dense(self._matrix(), right)

    def _solve_nucleus_transposed(self, right: list[int]) -> tuple[list[flint.fmpz], int]:
        return _solve_dense(self._matrix().transpose(), right)


def dependent(rows: IntegerRows, columns: int) -> tuple[list[int], list[int]]:
    """Rows and columns without which the matrix, of any shape, is square and regular: as few as possible.

    The rank is found modulo a 63-bit prime, after peeling where the matrix is square. In rare cases more lines are
    given up than need be; what is left is always regular.
    """
    import flint

    rows_left, columns_left = list(range(len(rows))), list(range(columns))
    if len(rows) == columns:
        peeled = PeeledMatrix(rows)
        rows_left, columns_left = peeled.nucleus_rows, peeled.nucleus_columns
    if not rows_left or not columns_left:
        return rows_left, columns_left
    entries = [entry % _RANK_PRIME for entry in _dense([rows[i] for i in rows_left], columns_left)]
    matrix = flint.nmod_mat(len(rows_left), len(columns_left), entries, _RANK_PRIME)
    kept_columns, kept_rows = _pivot_columns(matrix), _pivot_columns(matrix.transpose())
    return (
        [row for k, row in enumerate(rows_left) if k not in kept_rows],
        [column for k, column in enumerate(columns_left) if k not in kept_columns],
    )


def _pivot_columns(matrix: flint.nmod_mat) -> set[int]:
    if matrix.nrows() == matrix.ncols() == matrix.rank():
        return set(range(matrix.ncols()))
    reduced, rank = matrix.rref()
    columns = range(reduced.ncols())
    return {next(j for j in columns if int(reduced[i, j])) for i in range(rank)}


def _dense(rows: IntegerRows, columns: Sequence[int]) -> list[int]:
    return [row.get(column, 0) for row in rows for column in columns]


def _flipped(pivots: Pivots) -> Pivots:
    return [(column, row) for row, column in pivots]


def _peel(rows: IntegerRows, columns: IntegerRows) -> tuple[Pivots, Pivots]:
    """Take away rows with one column left (`first`) and columns with one row left (`last`) until there are none."""
    row_left = [set(row) for row in rows]
    column_left = [set(column) for column in columns]
    single_rows = [i for i, left in enumerate(row_left) if len(left) == 1]
    single_columns = [j for j, left in enumerate(column_left) if len(left) == 1]
    first: Pivots = []
    last: Pivots = []
    while single_rows or single_columns:
        if single_rows:
            row = single_rows.pop()
            if len(row_left[row]) != 1:
                continue
            (column,) = row_left[row]
            first.append((row, column))
        else:
            column = single_columns.pop()
            if len(column_left[column]) != 1:
                continue
            (row,) = column_left[column]
            last.append((row, column))
        single_columns += _forget(row, row_left, column_left)
        single_rows += _forget(column, column_left, row_left)
    return first, last


def _forget(line: int, lines: list[set[int]], crossing: list[set[int]]) -> list[int]:
    """Take a line away from those that cross it; the crossing lines that now have one entry left."""
    single = []
    for other in lines[line]:
        crossing[other].discard(line)
        if len(crossing[other]) == 1:
            single.append(other)
    lines[line] = set()
    return single


def _substitute(
    equations: IntegerRows,
    right: Sequence[int],
    first: Pivots,
    nucleus: tuple[list[int], list[int]],
    last: Pivots,
    solve_nucleus: Callable[[list[int]], tuple[list[flint.fmpz], int]],
) -> Scaled:
    """Solve block by block; pivots are (equation, unknown).

    From the nucleus on, everything is multiplied by the nucleus' denominator, which is long: then the fractions that
    substitution makes have only short denominators, and long greatest common divisors never arise.
    """
    import flint

    values = [flint.fmpq(0)] * len(equations)

    def residual(equation: int, side: int) -> flint.fmpq:
        total = flint.fmpq(side)
        for unknown, entry in equations[equation].items():
            if values[unknown]:
                total -= values[unknown] * entry
        return total

    for equation, unknown in first:
        values[unknown] = residual(equation, right[equation]) / equations[equation][unknown]
    scale = 1
    if nucleus[0]:
        sides = [residual(equation, right[equation]) for equation in nucleus[0]]
        common = math.lcm(*(int(side.q) for side in sides))
        numerators, denominator = solve_nucleus([int(side.p) * (common // int(side.q)) for side in sides])
        scale = common * denominator
        for _, unknown in first:
            values[unknown] *= scale
        for unknown, numerator in zip(nucleus[1], numerators, strict=True):
            values[unknown] = flint.fmpq(numerator)
    for equation, unknown in reversed(last):
        values[unknown] = residual(equation, right[equation] * scale) / equations[equation][unknown]
    common = math.lcm(*{int(value.q) for value in values})
    return [int(value.p) * (common // int(value.q)) for value in values], scale * common


def _solve_dense(matrix: flint.fmpz_mat, right: list[int]) -> tuple[list[flint.fmpz], int]:
    import flint

    try:
        solution = matrix.solve(flint.fmpz_mat(len(right), 1, right))
    except ZeroDivisionError:
        raise SingularMatrixError(f"singular matrix: its nucleus of {len(right)} rows is") from None
    numerators, denominator = solution.numer_denom()
    return list(numerators.entries()), int(denominator)
