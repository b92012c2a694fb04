"""The answer to a linear program as a proof: checked in integers, and written as a certificate.

The check follows docs/certificates.md (type `linear_program`) word by word; it knows nothing of bases or of how the
answer was found.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from exact.lp_problem import Interval, Problem, Row
from exact.numerals import numeral
from exact.sparse_vectors import SparseVector


class ProofError(ArithmeticError):
    """An answer that does not prove itself; the message says where."""


def check_optimal(problem: Problem, value: Fraction, primal: SparseVector, dual: SparseVector) -> None:
    """Raises ProofError unless `primal` is feasible with this objective and `dual` shows that none is better."""
    check_feasible(problem, primal)
    reached = problem.offset + problem.objective.dot(primal)
    if reached != value:
        raise ProofError(f"the objective of the primal point is {_short(reached)}, not {_short(value)}")
    sign = 1 if problem.sense == "minimise" else -1
    bound = sign * problem.offset + _lower_bound(problem, problem.objective.times(sign), dual.times(sign))
    if bound != sign * value:
        raise ProofError(f"the dual proves the bound {_short(sign * bound)}, not {_short(value)}")


def check_infeasible(problem: Problem, dual: SparseVector) -> None:
    """Raises ProofError unless the multipliers are a Farkas proof that no point is feasible."""
    bound = _lower_bound(problem, SparseVector(), dual)
    if bound <= 0:
        raise ProofError(f"the Farkas bound is {_short(bound)}, not positive")


def check_unbounded(problem: Problem, primal: SparseVector, ray: SparseVector) -> None:
    """Raises ProofError unless `primal` is feasible and `ray` improves the objective and never leaves a bound."""
    check_feasible(problem, primal)
    gain = problem.objective.dot(ray)
    if gain == 0 or (gain > 0) != (problem.sense == "maximise"):
        raise ProofError("the ray does not improve the objective")
    _check_within(ray, map(_recession, problem.column_bounds), map(_recession_row, problem.rows))


def check_feasible(problem: Problem, primal: SparseVector) -> None:
    """Raises ProofError naming a row or column whose bounds the point does not keep."""
    _check_within(primal, problem.column_bounds, problem.rows)


def document(
    problem: Problem,
    outcome: str,
    value: Fraction | None,
    vectors: Mapping[str, SparseVector | None],
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """The certificate as a JSON document; `vectors` holds primal, dual and ray."""
    default = Counter(problem.column_bounds).most_common(1)[0][0] if problem.columns else (Fraction(0), None)
    exceptions = [[j, *_ends(pair)] for j, pair in enumerate(problem.column_bounds) if pair != default]
    return {
        "schema": "assay.certificate/1",
        "type": "linear_program",
        "about": dict(about),
        "proposition": {
            "sense": problem.sense,
            "columns": problem.columns,
            "objective": _pairs(problem.objective),
            "offset": numeral(problem.offset),
            "bounds": {"default": _ends(default), "except": exceptions},
            "rows": [
                {"entries": _pairs(row.entries), "lower": _end(row.lower), "upper": _end(row.upper)}
                for row in problem.rows
            ],
            "outcome": outcome,
            "value": _end(value),
        },
        "proof": {
            name: None
            if vector is None
            else {
                "denominator": numeral(vector.denominator),
                "entries": [[index, numeral(number)] for index, number in vector.numerators.items()],
            }
            for name, vector in vectors.items()
        },
    }


def _lower_bound(problem: Problem, objective: SparseVector, dual: SparseVector) -> Fraction:
    """The lower bound on objective·x over the feasible x that the row multipliers give."""
    if any(i >= len(problem.rows) for i in dual):
        raise ProofError("the dual has a multiplier for a row that is not there")
    rows = [(i, problem.rows[i]) for i in dual]
    # y_i over the denominator of row i: its products with the row's integer entries add up over one denominator.
    common = math.lcm(*{row.entries.denominator for _, row in rows})
    weights = SparseVector.over(
        dual.denominator * common,
        ((i, dual.numerators[i] * (common // row.entries.denominator)) for i, row in rows),
    )
    scale = weights.denominator * objective.denominator
    reduced: dict[int, int] = defaultdict(int)
    for j, number in objective.numerators.items():
        reduced[j] = number * weights.denominator
    for i, row in rows:
        weight = weights.numerators[i] * objective.denominator
        for j, entry in row.entries.numerators.items():
            reduced[j] -= weight * entry
    terms = [(number, problem.column_bounds[j], f"column {j}") for j, number in reduced.items()]
    multiples = [(dual.numerators[i], (row.lower, row.upper), f"row {i}") for i, row in rows]
    return _sum_at_bounds(terms) / scale + _sum_at_bounds(multiples) / dual.denominator


def _sum_at_bounds(terms: Iterable[tuple[int, Interval, str]]) -> Fraction:
    """Sum of number·lower where the number is positive, number·upper where it is negative."""
    totals: dict[int, int] = defaultdict(int)
    for number, (lower, upper), name in terms:
        if number:
            bound = lower if number > 0 else upper
            if bound is None:
                raise ProofError(f"{name}: the dual bound needs a bound that is absent")
            totals[bound.denominator] += number * bound.numerator
    return sum((Fraction(total, denominator) for denominator, total in totals.items()), Fraction(0))


def _check_within(point: SparseVector, bounds: Iterable[Interval], rows: Iterable[Row]) -> None:
    numbers = point.numerators
    for j, interval in enumerate(bounds):
        _check_interval(numbers.get(j, 0), point.denominator, interval, f"column {j}")
    for i, row in enumerate(rows):
        activity = sum(entry * numbers[j] for j, entry in row.entries.numerators.items() if j in numbers)
        _check_interval(activity, point.denominator * row.entries.denominator, (row.lower, row.upper), f"row {i}")


def _check_interval(number: int, denominator: int, interval: Interval, name: str) -> None:
    lower, upper = interval
    if lower is not None and number * lower.denominator < lower.numerator * denominator:
        raise ProofError(f"{name}: the value is below its lower bound")
    if upper is not None and number * upper.denominator > upper.numerator * denominator:
        raise ProofError(f"{name}: the value is above its upper bound")


def _recession(interval: Interval) -> Interval:
    """The bounds of a direction that stays within the interval for ever."""
    return None if interval[0] is None else Fraction(0), None if interval[1] is None else Fraction(0)


def _recession_row(row: Row) -> Row:
    return Row(row.entries, *_recession((row.lower, row.upper)))


def _pairs(vector: SparseVector) -> list[list[int | str]]:
    return [[index, numeral(number)] for index, number in vector.items()]


def _ends(interval: Interval) -> list[str | None]:
    return [_end(interval[0]), _end(interval[1])]


def _end(number: Fraction | None) -> str | None:
    return None if number is None else numeral(number)


def _short(number: Fraction) -> str:
    text = numeral(number)
    return text if len(text) < 60 else f"{text[:50]}… ({len(text)} characters)"
