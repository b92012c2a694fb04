"""`linear_program`: an exact optimum with its dual, or a proof that there is none.

Long numbers meet only as integers over common denominators: `_dot` is the one place where they are multiplied.
"""

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from .documents import Field
from .intervals import ZERO, End, hull, picture

MAX_COLUMNS = 1_000_000

Row: TypeAlias = dict[int, Fraction]
Vector: TypeAlias = tuple[dict[int, int], int]  # numerators by index (absent: 0) over a positive denominator


class LinearProgram(NamedTuple):
    """The least (sign 1) or greatest (-1) value of offset + objective . x, for x and all rows . x within bounds."""

    sign: int
    objective: Row
    offset: Fraction
    bounds: list[tuple[End, End]]
    rows: list[Row]
    row_bounds: list[tuple[End, End]]


def check_linear_program(proposition: Field, proof: Field) -> str:
    """The linear program has the stated outcome; the summary of what was proved."""
    stated, lp = _read(proposition)
    outcome = stated["outcome"].choice("optimal", "infeasible", "unbounded")
    size = f"a linear program with {len(lp.bounds)} columns and {len(lp.rows)} rows"
    if outcome == "optimal":
        value = check_optimum(proposition, proof)
        return f"the {'least' if lp.sign > 0 else 'greatest'} value of {size} is {picture(value)}"
    stated["value"].absent()
    given = proof.record("primal", "dual", "ray")
    if outcome == "infeasible":
        given["primal"].absent()
        given["ray"].absent()
        numerator, _ = _lower_bound(lp._replace(objective={}, offset=ZERO, sign=1), given["dual"])
        if numerator <= 0:
            given["dual"].rejected("the bound that it proves for the zero objective is not positive")
        return f"{size} has no feasible point"
    given["dual"].absent()
    _check_feasible(lp, given["primal"])
    _check_ray(lp, given["ray"])
    return f"{size} is unbounded"


def check_optimum(proposition: Field, proof: Field) -> Fraction:
    """The proved optimal value."""
    stated, lp = _read(proposition)
    stated["outcome"].choice("optimal")
    value = stated["value"].number()
    given = proof.record("primal", "dual", "ray")
    given["ray"].absent()
    x, denominator = _check_feasible(lp, given["primal"])
    top, bottom = _dot([(c, x.get(j, 0)) for j, c in lp.objective.items()] + [(lp.offset, denominator)])
    if top * value.denominator != value.numerator * bottom * denominator:
        given["primal"].rejected(f"its objective is not the stated value {picture(value)}")
    top, bottom = _lower_bound(lp, given["dual"])
    if top * value.denominator != lp.sign * value.numerator * bottom:
        given["dual"].rejected(f"the bound that it proves is not the stated value {picture(value)}")
    return value


def _read(proposition: Field) -> tuple[dict[str, Field], LinearProgram]:
    stated = proposition.record("sense", "columns", "objective", "offset", "bounds", "rows", "outcome", "value")
    sign = 1 if stated["sense"].choice("minimise", "maximise") == "minimise" else -1
    columns = stated["columns"].integer(0, MAX_COLUMNS)
    bounds = stated["bounds"].record("default", "except")
    default = bounds["default"].items(2)
    column_bounds = [(default[0].bound(), default[1].bound())] * columns
    seen = set()
    for exception in bounds["except"].items():
        column, lo, hi = exception.items(3)
        j = column.index(columns)
        if j in seen:
            column.rejected(f"column {j} appears twice")
        seen.add(j)
        column_bounds[j] = lo.bound(), hi.bound()
    rows, row_bounds = [], []
    for row in stated["rows"].items():
        fields = row.record("entries", "lower", "upper")
        rows.append(_read_row(fields["entries"], columns))
        row_bounds.append((fields["lower"].bound(), fields["upper"].bound()))
    objective = _read_row(stated["objective"], columns)
    return stated, LinearProgram(sign, objective, stated["offset"].number(), column_bounds, rows, row_bounds)


def _read_row(field: Field, columns: int) -> Row:
    row: Row = {}
    for entry in field.items():
        column, coefficient = entry.items(2)
        if column.index(columns) in row:
            column.rejected(f"column {column.value} appears twice")
        row[column.index(columns)] = coefficient.number()
    return row


def _dot(pairs: list[tuple[Fraction, int]]) -> tuple[int, int]:
    """The sum of the products, as a numerator over a positive denominator, not reduced."""
    common = lcm(*(a.denominator for a, _ in pairs))
    return sum(a.numerator * (common // a.denominator) * n for a, n in pairs), common


def _within(numerator: int, denominator: int, bounds: tuple[End, End]) -> bool:
    """Whether numerator/denominator lies between the bounds."""
    lo, hi = bounds
    return ((lo is None or lo.numerator * denominator <= numerator * lo.denominator)
            and (hi is None or numerator * hi.denominator <= hi.numerator * denominator))


def _check_feasible(lp: LinearProgram, primal: Field) -> Vector:
    """A point within all bounds."""
    x, denominator = primal.vector(len(lp.bounds))
    for j, bounds in enumerate(lp.bounds):
        if not _within(x.get(j, 0), denominator, bounds):
            primal.rejected(f"column {j} is not within {picture(hull(*bounds))}")
    for i, (row, bounds) in enumerate(zip(lp.rows, lp.row_bounds, strict=True)):
        top, bottom = _dot([(a, x[j]) for j, a in row.items() if j in x])
        if not _within(top, bottom * denominator, bounds):
            primal.rejected(f"row {i} is not within {picture(hull(*bounds))}")
    return x, denominator


def _lower_bound(lp: LinearProgram, dual: Field) -> tuple[int, int]:
    """What the multipliers y prove for the minimum of sign * (offset + objective . x), as numerator and denominator.

    With d = objective - y . rows, the objective is y . (rows . x) + d . x, and every product is bounded by itself.
    """
    y, denominator = dual.vector(len(lp.rows))
    y = {i: lp.sign * n for i, n in y.items()}
    columns: dict[int, list[tuple[Fraction, int]]] = defaultdict(list)
    for j, c in lp.objective.items():
        columns[j].append((lp.sign * c, denominator))
    for i, n in y.items():
        for j, a in lp.rows[i].items():
            columns[j].append((a, -n))
    pairs = [(lp.sign * lp.offset, denominator)]
    for i, n in y.items():
        pairs.append((_active(lp.row_bounds[i], n, f"row {i}", dual), n))
    for j, column in columns.items():
        top, bottom = _dot(column)
        if top:
            pairs.append((_active(lp.bounds[j], top, f"column {j}", dual) / bottom, top))
    top, bottom = _dot(pairs)
    return top, bottom * denominator


def _active(bounds: tuple[End, End], sign: int, name: str, dual: Field) -> Fraction:
    """The bound that a multiplier of this sign uses."""
    lo, hi = bounds
    bound = lo if sign > 0 else hi if sign < 0 else ZERO
    if bound is None:
        dual.rejected(f"{name} has no {'lower' if sign > 0 else 'upper'} bound, but a multiplier that needs one")
    return bound


def _check_ray(lp: LinearProgram, field: Field) -> None:
    """A direction that keeps within all bounds for ever and improves the objective."""
    ray, _ = field.vector(len(lp.bounds))
    for j, n in ray.items():
        if not _within(n, 1, _recession(lp.bounds[j])):
            field.rejected(f"it leaves the bounds of column {j}")
    for i, row in enumerate(lp.rows):
        top, _ = _dot([(a, ray[j]) for j, a in row.items() if j in ray])
        if not _within(top, 1, _recession(lp.row_bounds[i])):
            field.rejected(f"it leaves the bounds of row {i}")
    top, _ = _dot([(c, ray.get(j, 0)) for j, c in lp.objective.items()])
    if lp.sign * top >= 0:
        field.rejected("it does not improve the objective")


def _recession(bounds: tuple[End, End]) -> tuple[End, End]:
    """The directions that keep within the bounds: every finite end becomes 0."""
    return None if bounds[0] is None else ZERO, None if bounds[1] is None else ZERO
