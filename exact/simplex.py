"""The exact primal simplex method for bounded variables: from any basis to a proved verdict.

Every question of a pivot (values, multipliers, direction) is one exact solve with the current basis, so the basis is
the only state and nothing drifts. Phase 1 minimises the sum of bound violations, phase 2 the objective. Dantzig's rule
picks the entering variable; after a run of degenerate pivots Bland's rule does (R. G. Bland, "New finite pivoting rules
for the simplex method", Math. Oper. Res. 2, 1977), until the objective moves again: so the method ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from exact.lp_basis import Basis, IntegerForm, Multipliers, Point, Status

Outcome: TypeAlias = Literal["optimal", "infeasible", "unbounded"]

_PATIENCE = 200  # degenerate pivots in a row before Bland's rule takes over


@dataclass(frozen=True)
class Verdict:
    """What was proved, and by what.

    `optimal`: `primal` and `multipliers` of the objective. `infeasible`: `multipliers`, a Farkas proof. `unbounded`:
    `primal`, a feasible point, and `ray`.
    """

    outcome: Outcome
    basis: Basis
    pivots: int
    primal: Point | None = None
    multipliers: Multipliers | None = None
    ray: Point | None = None


@dataclass(frozen=True)
class _Block:
    """The first bound that a step meets: the step is `slack` / `rate` (up to a factor that all blocks share)."""

    slack: int
    rate: int
    variable: int
    status: Status


def settled(basis: Basis, hint: int | None = None) -> Verdict | None:
    """The verdict, if the basis proves it without a pivot.

    `hint` is a variable that may do so: a basic one that cannot reach its bound (then the problem is infeasible), or a
    nonbasic one along which the objective improves for ever.
    """
    cost = violation_cost(basis)
    if cost is None:
        if _entering(basis, basis.dual, first=True) is None:
            return Verdict("optimal", basis, 0, primal=basis.primal, multipliers=basis.dual)
        if hint is not None and improves(basis.form, hint, basis.statuses[hint], basis.dual.reduced[hint]):
            direction = _improving(basis, basis.dual, hint)
            if _blocking(basis, direction) is None:
                return Verdict("unbounded", basis, 0, primal=basis.primal, ray=direction)
    elif hint is not None and cost[hint]:
        alone = basis.multipliers([number if k == hint else 0 for k, number in enumerate(cost)])
        if _entering(basis, alone, first=True) is None:
            return Verdict("infeasible", basis, 0, multipliers=alone)
    return None


def run(basis: Basis) -> Verdict:
    """Pivot from the basis until its problem is solved."""
    pivots = idle = 0
    while True:
        cost = violation_cost(basis)
        multipliers = basis.dual if cost is None else basis.multipliers(cost)
        entering = _entering(basis, multipliers, first=idle > _PATIENCE)
        if entering is None and cost is None:
            return Verdict("optimal", basis, pivots, primal=basis.primal, multipliers=multipliers)
        if entering is None:
            return Verdict("infeasible", basis, pivots, multipliers=multipliers)
        direction = _improving(basis, multipliers, entering)
        block = _blocking(basis, direction)
        if block is None:
            return Verdict("unbounded", basis, pivots, primal=basis.primal, ray=direction)
        basis = basis.exchanged(entering, "basic", block.variable, block.status)
        idle = idle + 1 if block.slack == 0 else 0
        pivots += 1


def violation_cost(basis: Basis) -> list[int] | None:
    """Phase 1: cost −1 for a basic variable below its lower bound, 1 for one above its upper; None if there is none."""
    form, point = basis.form, basis.primal
    cost = [0] * form.variables
    for k, status in enumerate(basis.statuses):
        if status == "basic":
            value, lower, upper = point.values[k], form.lower[k], form.upper[k]
            if lower is not None and value < lower * point.denominator:
                cost[k] = -1
            elif upper is not None and value > upper * point.denominator:
                cost[k] = 1
    return cost if any(cost) else None


def improves(form: IntegerForm, variable: int, status: Status, reduced: int) -> bool:
    """Whether moving a variable of this status, with this reduced cost, off its rest lowers the objective."""
    if status == "basic" or not reduced:
        return False
    lower = form.lower[variable]
    if lower is not None and lower == form.upper[variable]:
        return False
    return status == "free" or (reduced < 0) == (status == "lower")


def _entering(basis: Basis, multipliers: Multipliers, first: bool) -> int | None:
    """The variable to enter: the first that improves the objective (Bland) or the steepest (Dantzig)."""
    form, statuses, reduced = basis.form, basis.statuses, multipliers.reduced
    candidates = (k for k, status in enumerate(statuses) if reduced[k] and improves(form, k, status, reduced[k]))
    if first:
        return next(candidates, None)
    return max(candidates, key=lambda k: abs(reduced[k]), default=None)


def _improving(basis: Basis, multipliers: Multipliers, entering: int) -> Point:
    """The direction along the entering variable in which the objective falls."""
    direction = basis.direction(entering)
    if multipliers.reduced[entering] < 0:
        return direction
    return Point([-value for value in direction.values], direction.denominator)


def _blocking(basis: Basis, direction: Point) -> _Block | None:
    """The bound that stops a step along the direction; ties go to the smallest variable, as Bland's rule wants.

    A violated bound stops its variable too, when the step repairs it: the variable is feasible from there on.
    """
    form, point = basis.form, basis.primal
    nearest: _Block | None = None
    for k, rate in enumerate(direction.values):
        if not rate:
            continue
        goal = _goal(form.lower[k], form.upper[k], point.values[k], point.denominator, rate)
        if goal is None:
            continue
        bound, status = goal
        slack = abs(bound * point.denominator - point.values[k])
        if nearest is None or slack * nearest.rate < nearest.slack * abs(rate):
            nearest = _Block(slack, abs(rate), k, status)
    return nearest


def _goal(lower: int | None, upper: int | None, value: int, denominator: int, rate: int) -> tuple[int, Status] | None:
    """The bound that a variable at value/denominator meets first when it moves with the sign of `rate`."""
    if rate > 0:
        if lower is not None and value < lower * denominator:
            return lower, "lower"
        return None if upper is None or value > upper * denominator else (upper, "upper")
    if upper is not None and value > upper * denominator:
        return upper, "upper"
    return None if lower is None or value < lower * denominator else (lower, "lower")
