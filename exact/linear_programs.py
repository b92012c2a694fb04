"""Exact linear programming: sparse rational data in; the exact optimum, a basis and a proof out.

    problem = linear_programs.Problem(
        sense="maximise",
        columns=2,
        objective={0: 3, 1: 2},
        rows=[linear_programs.Row({0: 1, 1: "1/2"}, upper=4)],
    )
    solution = linear_programs.solve(problem)
    solution.value, solution.primal[1]

HiGHS guesses a basis in floating point; the basis is solved, and the solution proved, in rational arithmetic. Where the
guess is wrong, it is refined and then repaired by exact pivots. So the answer never depends on floating point, only the
time to find it does (compare D. L. Applegate, W. Cook, S. Dash, D. G. Espinoza, "Exact solutions to linear programming
problems", Oper. Res. Lett. 35, 2007).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from exact import float_basis, lp_proof, simplex
from exact.lp_basis import Basis, IntegerForm, Point, Status, integer_form
from exact.lp_problem import LinearProgramError, Problem, Row, without_crossed_bounds
from exact.mps import read_mps
from exact.simplex import Outcome
from exact.sparse_vectors import SparseVector

__all__ = ["LinearProgramError", "Problem", "Row", "Solution", "SparseVector", "read_mps", "solve"]

T = TypeVar("T")

_REFINEMENTS = 6

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Solution:
    """The proved answer to a problem.

    `optimal`: `value`, an optimal point `primal`, and `dual`: one multiplier per row, with the sign of shadow prices.
    `infeasible`: `dual` is a Farkas proof. `unbounded`: `primal` is feasible and `ray` improves for ever. What an
    outcome does not have is None. `basis` holds a status for every column, then for every row; `pivots` counts the
    exact pivots that the guessed basis needed.

    `problem` is the problem that was solved: the given one, unless its bounds contradict each other; then the upper one
    of such a pair stands as a row of its own at the end.
    """

    problem: Problem
    outcome: Outcome
    value: Fraction | None
    primal: SparseVector | None
    dual: SparseVector | None
    ray: SparseVector | None
    basis: tuple[Status, ...]
    pivots: int

    def certificate(self, about: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The proof as a JSON document (docs/certificates.md, type `linear_program`)."""
        vectors = {"primal": self.primal, "dual": self.dual, "ray": self.ray}
        return lp_proof.document(self.problem, self.outcome, self.value, vectors, about or {})


def solve(problem: Problem) -> Solution:
    """The exact answer, proved: optimal with its value, infeasible, or unbounded."""
    problem = without_crossed_bounds(problem)
    form = integer_form(problem)
    solution = _solution(problem, form, _verdict(form))
    _check(solution)
    return solution


def _verdict(form: IntegerForm) -> simplex.Verdict:
    """Try the bases that floating point proposes; repair the last one by exact pivots if none settles the matter."""
    basis = Basis.slack(form)
    if form.rows and form.columns:
        proposal = _advice(float_basis.propose, form)
        for _ in range(_REFINEMENTS):
            if proposal is None or proposal.statuses == basis.statuses:
                break
            basis = Basis.nearest(form, proposal.statuses)
            verdict = simplex.settled(basis, proposal.hint)
            if verdict is not None:
                return verdict
            proposal = _advice(float_basis.refine, basis)
    return simplex.run(basis)


def _advice(source: Callable[[T], float_basis.Proposal], subject: T) -> float_basis.Proposal | None:
    """What the floating-point solver proposes. Whatever goes wrong in there costs time and nothing else."""
    try:
        return source(subject)
    except Exception as failure:
        _log.info("no advice from floating point (%s: %s)", type(failure).__name__, failure)
        return None


def _solution(problem: Problem, form: IntegerForm, verdict: simplex.Verdict) -> Solution:
    primal = _structural(form, verdict.primal, form.bound_scale)
    dual = None
    if verdict.multipliers is not None:
        sign = -1 if problem.sense == "maximise" and verdict.outcome == "optimal" else 1
        scaled = zip(verdict.multipliers.rows, form.row_scales, strict=True)
        dual = SparseVector.over(
            verdict.multipliers.denominator * form.cost_scale,
            enumerate(sign * number * scale for number, scale in scaled),
        )
    return Solution(
        problem=problem,
        outcome=verdict.outcome,
        value=problem.offset + problem.objective.dot(primal) if primal is not None and dual is not None else None,
        primal=primal,
        dual=dual,
        ray=_structural(form, verdict.ray, 1),
        basis=tuple(verdict.basis.statuses),
        pivots=verdict.pivots,
    )


def _structural(form: IntegerForm, point: Point | None, scale: int) -> SparseVector | None:
    if point is None:
        return None
    return SparseVector.over(point.denominator * scale, enumerate(point.values[: form.columns]))


def _check(solution: Solution) -> None:
    """Check the proof against the problem as it was given: independent of the form, the basis and the solver."""
    match solution:
        case Solution(
            outcome="optimal", value=Fraction() as value, primal=SparseVector() as x, dual=SparseVector() as y
        ):
            lp_proof.check_optimal(solution.problem, value, x, y)
        case Solution(outcome="infeasible", dual=SparseVector() as y):
            lp_proof.check_infeasible(solution.problem, y)
        case Solution(outcome="unbounded", primal=SparseVector() as x, ray=SparseVector() as ray):
            lp_proof.check_unbounded(solution.problem, x, ray)
        case _:
            raise lp_proof.ProofError(f"an answer {solution.outcome!r} without the vectors that prove it")
