"""A guess at the right basis, in floating point, from HiGHS. Nothing here is trusted: the exact engine checks it.

Numbers go to HiGHS after scaling by powers of two where they would leave the range in which it is good, so data far
outside the doubles are no obstacle in themselves. When a guess is not optimal, `refine` poses the problem again around
its exact solution, with the errors magnified (A. M. Gleixner, D. E. Steffy, K. Wolter, "Iterative refinement for linear
programming", INFORMS J. Comput. 28, 2016).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from exact import simplex
from exact.lp_basis import Basis, IntegerForm, Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Indices: TypeAlias = NDArray[np.int32]

# Powers of two between which numbers go to HiGHS as they are: its own scaling serves them best.
_MATRIX_WINDOW = (-20, 30)
_BOUND_WINDOW = (-6, 30)
_COST_WINDOW = (-3, 20)
_FAR = 1e19  # HiGHS takes 1e20 for infinity
_DEAR = 1e8  # a reduced cost beyond this keeps its variable at rest all the same
_TOLERANCE = 1e-9
_PIVOTS_PER_LINE = 20
# First without presolve: a basis carried back from a presolved problem need not be optimal.
_SETTINGS: tuple[dict[str, str | int], ...] = (
    {"presolve": "off"},
    {"simplex_strategy": 4},  # the primal method
    {"presolve": "on", "simplex_strategy": 0},
)


class SolverFailure(RuntimeError):
    """HiGHS gave no basis."""


@dataclass(frozen=True)
class Proposal:
    """A status for every variable, and the variable that carries HiGHS' proof of infeasibility or unboundedness."""

    statuses: Sequence[Status]
    hint: int | None = None


def propose(form: IntegerForm) -> Proposal:
    """The basis with which HiGHS ends. Raises SolverFailure."""
    scaling = _Scaling(form)
    n = form.columns
    lower, upper = scaling.bounds([0] * form.variables, 1, [])
    solver = _Solver(
        cost=scaling.costs(form.cost, 1, [])[:n],
        column_bounds=(lower[:n], upper[:n]),
        row_bounds=(lower[n:], upper[n:]),
        matrix=scaling.matrix,
    )
    solver.run()
    return Proposal(solver.statuses(), solver.ray_carrier())


def refine(basis: Basis) -> Proposal:
    """A better basis than one that is not optimal, from the problem around its exact solution. Raises SolverFailure.

    Values are shifted so that the basic solution is 0, and the objective becomes its reduced costs; then the largest
    violation of a bound, and the largest reduced cost of the wrong sign, are scaled to about 1. The logical variables
    are columns of this problem, for they have reduced costs too.
    """
    import numpy as np

    form, scaling = basis.form, _Scaling(basis.form)
    n, m = form.columns, len(form.rows)
    reduced = basis.dual.reduced
    violated = [k for k, sign in enumerate(simplex.violation_cost(basis) or ()) if sign]
    improving = [k for k, number in enumerate(reduced) if simplex.improves(form, k, basis.statuses[k], number)]
    rows, columns, values = scaling.matrix
    logicals = np.arange(m, dtype=np.int32)
    solver = _Solver(
        cost=np.clip(scaling.costs(reduced, basis.dual.denominator, improving), -_DEAR, _DEAR),
        column_bounds=scaling.bounds(basis.primal.values, basis.primal.denominator, violated),
        row_bounds=(np.zeros(m), np.zeros(m)),
        matrix=(
            np.concatenate([rows, logicals]),
            np.concatenate([columns, logicals + n]),
            np.concatenate([values, -np.ones(m)]),
        ),
    )
    solver.start(basis.statuses, ["lower"] * m)
    solver.run()
    carrier = solver.ray_carrier()
    return Proposal(solver.statuses()[: n + m], carrier if carrier is not None and carrier < n + m else None)


class _Scaling:
    """Powers of two for rows and columns, and the numbers of a problem as doubles after scaling."""

    def __init__(self, form: IntegerForm) -> None:
        import numpy as np

        self._form = form
        self._rows: Indices = np.repeat(np.arange(len(form.rows), dtype=np.int32), [len(row) for row in form.rows])
        self._columns: Indices = np.array([column for row in form.rows for column, _ in row], dtype=np.int32)
        scales = zip(form.rows, form.row_scales, strict=True)
        sizes = np.array([_size(entry, scale) for row, scale in scales for _, entry in row], dtype=float)
        row_exponents, column_exponents = np.zeros(len(form.rows)), np.zeros(form.columns)
        if sizes.size and not _MATRIX_WINDOW[0] <= sizes.min() <= sizes.max() <= _MATRIX_WINDOW[1]:
            for _ in range(8):
                row_exponents = _centres(sizes + column_exponents[self._columns], self._rows, len(form.rows))
                column_exponents = _centres(sizes + row_exponents[self._rows], self._columns, form.columns)
        self._matrix_exponents = (row_exponents[self._rows] + column_exponents[self._columns]).astype(int).tolist()
        # A scaled variable is the true one times 2**exponent. A logical of the integer form is row_scale times the true
        # row activity.
        self._exponents = [-int(e) for e in column_exponents] + [int(e) for e in row_exponents]
        self._units = [1] * form.columns + form.row_scales

    @property
    def matrix(self) -> tuple[Indices, Indices, Floats]:
        """The scaled matrix as row indices, column indices and values."""
        import numpy as np

        scales = zip(self._form.rows, self._form.row_scales, strict=True)
        ratios = ((entry, scale) for row, scale in scales for _, entry in row)
        values = [_double(*ratio, e) for ratio, e in zip(ratios, self._matrix_exponents, strict=True)]
        return self._rows, self._columns, np.array(values, dtype=float)

    def bounds(self, values: Sequence[int], denominator: int, violated: Sequence[int]) -> tuple[Floats, Floats]:
        """Bounds minus values / denominator, so scaled that the worst violation of the listed variables is about 1."""
        import numpy as np

        form, exponents = self._form, self._exponents
        scales = [form.bound_scale * denominator * unit for unit in self._units]

        def distances(bounds: Sequence[int | None]) -> list[int | None]:
            pairs = zip(bounds, values, strict=True)
            return [None if bound is None else bound * denominator - value for bound, value in pairs]

        lower, upper = distances(form.lower), distances(form.upper)
        if violated:
            worst = [(k, max(lower[k] or 0, -(upper[k] or 0))) for k in violated]
            shift = -max(_size(distance, scales[k]) + exponents[k] for k, distance in worst)
        else:
            finite = [(k, distance) for side in (lower, upper) for k, distance in enumerate(side) if distance]
            shift = _shift((_size(distance, scales[k]) + exponents[k] for k, distance in finite), _BOUND_WINDOW)

        def doubles(side: list[int | None], absent: float) -> Floats:
            triples = zip(side, scales, exponents, strict=True)
            numbers = [absent if d is None else _double(d, scale, e + shift) if d else 0.0 for d, scale, e in triples]
            return np.where(np.abs(numbers) == math.inf, absent, np.clip(numbers, -_FAR, _FAR))

        return doubles(lower, -math.inf), doubles(upper, math.inf)

    def costs(self, numbers: Sequence[int], denominator: int, improving: Sequence[int]) -> Floats:
        """Costs numbers / denominator, so scaled that the worst of the listed variables is about ±1."""
        import numpy as np

        scale = self._form.cost_scale * denominator
        scaled = [number * unit for number, unit in zip(numbers, self._units, strict=True)]
        sizes = (_size(scaled[k], scale) - self._exponents[k] for k in improving or range(len(scaled)) if scaled[k])
        shift = -max(sizes) if improving else _shift(sizes, _COST_WINDOW)
        pairs = zip(scaled, self._exponents, strict=True)
        return np.array([_double(number, scale, shift - e) if number else 0.0 for number, e in pairs])


class _Solver:
    """One linear program in HiGHS."""

    def __init__(
        self,
        cost: Floats,
        column_bounds: tuple[Floats, Floats],
        row_bounds: tuple[Floats, Floats],
        matrix: tuple[Indices, Indices, Floats],
    ) -> None:
        import numpy as np
        from highspy import _core  # the public class greets on standard output, which would spoil JSON printed there

        self._core: Any = _core
        self._matrix = matrix
        self._columns, self._rows = cost.size, row_bounds[0].size
        rows, columns, values = matrix
        options: Any = _core.HighsOptions()
        options.output_flag = False
        options.solver = "simplex"
        options.parallel = "off"
        options.primal_feasibility_tolerance = options.dual_feasibility_tolerance = _TOLERANCE
        options.simplex_iteration_limit = _PIVOTS_PER_LINE * (self._columns + self._rows)
        program: Any = _core.HighsLp()
        program.num_col_, program.num_row_ = self._columns, self._rows
        program.col_cost_ = cost
        program.col_lower_, program.col_upper_ = column_bounds
        program.row_lower_, program.row_upper_ = row_bounds
        order = np.argsort(columns, kind="stable")
        program.a_matrix_.format_ = _core.MatrixFormat.kColwise
        program.a_matrix_.start_ = np.searchsorted(columns[order], np.arange(self._columns + 1)).astype(np.int32)
        program.a_matrix_.index_ = rows[order]
        program.a_matrix_.value_ = values[order]
        self._highs: Any = _core._Highs()
        self._highs.passOptions(options)
        if self._highs.passModel(program) == _core.HighsStatus.kError:
            raise SolverFailure("HiGHS refused the problem")

    def start(self, columns: Sequence[Status], rows: Sequence[Status]) -> None:
        """Start from a basis."""
        kinds = self._core.HighsBasisStatus
        named = {"basic": kinds.kBasic, "lower": kinds.kLower, "upper": kinds.kUpper, "free": kinds.kZero}
        basis: Any = self._core.HighsBasis()
        basis.col_status = [named[status] for status in columns]
        basis.row_status = [named[status] for status in rows]
        basis.valid = True
        self._highs.setBasis(basis)

    def run(self) -> None:
        """Solve, in other ways when one leaves no basis. Raises SolverFailure when none does.

        What HiGHS thinks of its own result does not matter: the basis with which it stops is a start.
        """
        for setting in _SETTINGS:
            for name, value in setting.items():
                self._highs.setOptionValue(name, value)
            self._highs.run()
            if self._highs.getBasis().valid:
                return
            self._highs.clearSolver()
        raise SolverFailure(f"HiGHS left no basis: {self._highs.getModelStatus().name}")

    def statuses(self) -> list[Status]:
        """The status of every column, then of every row."""
        basis = self._highs.getBasis()
        kinds = self._core.HighsBasisStatus
        named: dict[Any, Status] = {kinds.kBasic: "basic", kinds.kUpper: "upper", kinds.kZero: "free"}
        return [named.get(status, "lower") for status in [*basis.col_status, *basis.row_status]]

    def ray_carrier(self) -> int | None:
        """Infeasible: the basic variable that cannot reach its bound. Unbounded: the nonbasic one that may grow."""
        import numpy as np

        status, kinds = self._highs.getModelStatus(), self._core.HighsModelStatus
        rows, columns, values = self._matrix
        basic = np.array([name == "basic" for name in self.statuses()])
        if status == kinds.kInfeasible:
            _, known, ray = self._highs.getDualRay()
            if known:
                sizes = np.bincount(columns, values * ray[rows], self._columns)
                return _largest(np.concatenate([sizes, ray]), basic)
        if status == kinds.kUnbounded:
            _, known, ray = self._highs.getPrimalRay()
            if known:
                sizes = np.bincount(rows, values * ray[columns], self._rows)
                return _largest(np.concatenate([ray, sizes]), ~basic)
        return None


def _largest(sizes: Floats, among: NDArray[np.bool_]) -> int | None:
    import numpy as np

    return int(np.argmax(np.where(among, np.abs(sizes), -1.0))) if among.any() else None


def _centres(sizes: Floats, line: Indices, count: int) -> Floats:
    """Per line, minus the middle between its largest and its smallest size: the exponent of geometric scaling."""
    import numpy as np

    high, low = np.full(count, -math.inf), np.full(count, math.inf)
    np.maximum.at(high, line, sizes)
    np.minimum.at(low, line, sizes)
    return np.where(high >= low, -np.round((np.maximum(high, -1e9) + np.minimum(low, 1e9)) / 2), 0.0)


def _size(numerator: int, denominator: int) -> int:
    """About log2 |numerator / denominator|, both nonzero."""
    return numerator.bit_length() - denominator.bit_length()


def _shift(sizes: Iterable[int], window: tuple[int, int]) -> int:
    """The exponent that brings the largest size into the window, 0 if it is there."""
    top = max(sizes, default=0)
    return window[1] - top if top > window[1] else -top if top < window[0] else 0


def _double(numerator: int, denominator: int, exponent: int) -> float:
    """numerator / denominator · 2**exponent as a double; infinite beyond their range."""
    if exponent > 0:
        numerator <<= exponent
    elif exponent < 0:
        denominator <<= -exponent
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if numerator > 0 else -math.inf
