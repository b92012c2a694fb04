"""Checks `LinearProgram` formulations: the exact optimum with its certificate, and the reduction tested from both sides.

The program is solved exactly; the certificate holds the program with its primal and dual and the conclusion ``optimum relation bound``. Then
the solution is decoded into an instance and measured again with the claim's own quantity, which must give the program's value; random
instances must not beat it. So a wrong encoding cannot pass silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checkers import certify, draws
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.reproduction import solving_code
from claims.formulations import Formulation, Instance, LinearProgram, Relation
from claims.parameters import INFINITY, Values, to_json
from exact import linear_programs
from exact.linear_programs import Problem, Solution, SparseVector
from exact.reals import Real, is_certain, plain
from exact.recording import Recorder

NAME = "exact_lp"

_DRAWS = {"quick": 25, "standard": 200, "full": 2_000}
_LEAST_TYPES = 24
"""How many columns the search for a smaller counterexample tries to do without."""
_FURTHEST = 256
"""Doublings along an unbounded ray before the search for a violating instance gives up."""


class ReductionError(certify.NotCertified):
    """The linear program is not the claim: its optimum is not what the quantity measures, or an instance beats it."""


@dataclass(frozen=True)
class _Task:
    """A formulation at one parameter setting, with what all steps need."""

    formulation: LinearProgram
    parameters: Values

    def bound(self, _: Instance, parameters: Values) -> Real:
        """The bound in the form of a quantity."""
        assert self.formulation.bound is not None
        return self.formulation.bound(parameters)

    @property
    def about(self) -> dict[str, Any]:
        return {"checker": NAME, "parameters": self.parameters}

    def decoded(self, solution: Solution) -> Instance:
        """The instance that a solution stands for; without ``decode``, the nonzero entries of the solution."""
        if self.formulation.decode is None:
            return None if solution.primal is None else {str(j): x for j, x in solution.primal.items()}
        return certify.call("decode", self.formulation.decode, self.parameters, solution)

    @property
    def measurable(self) -> bool:
        """Whether decoded instances can be measured with the claim's own quantity."""
        return self.formulation.decode is not None and self.formulation.quantity is not None

    def measured(self, instance: Instance) -> Real:
        assert self.formulation.quantity is not None
        return certify.measure(self.formulation.quantity, instance, self.parameters)

    def violates(self, relation: Relation, instance: Instance) -> bool:
        """Whether the instance certainly violates ``quantity relation bound``."""
        value, bound = self.measured(instance), certify.measure(self.bound, None, self.parameters, "bound")
        return is_certain(lambda: not certify.holds(relation, value, bound))


def accepts(formulation: Formulation) -> bool:
    """Every `LinearProgram`."""
    return isinstance(formulation, LinearProgram)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Solve, compare, decode, measure again, draw random instances.

    Holds for all instances of the size at these parameters (scope parametric, trust kernel), or refuted by the decoded instance. Undecided when
    optimum and bound cannot be told apart; an error when the reduction does not fit.
    """
    assert isinstance(formulation, LinearProgram)
    task = _Task(formulation, parameters)
    try:
        problem = certify.call("builder", formulation.build, parameters)
        if not isinstance(problem, Problem):
            raise certify.QuantityError(f"the builder returned a {type(problem).__name__}, where an exact.linear_programs.Problem is due")
        solution = linear_programs.solve(problem)
        if formulation.infeasible:
            return _infeasibility(task, solution)
        if solution.outcome == "infeasible":
            raise ReductionError("the linear program is infeasible: there is no instance of this size, and nothing has been shown")
        if solution.outcome == "unbounded":
            return _unbounded(task, solution)
        _check_reduction(task, solution, seed, _DRAWS[budget.effort])
        return _optimum(task, solution)
    except certify.NotCertified as error:
        return certify.failed(NAME, "parametric", error)


def _optimum(task: _Task, solution: Solution) -> Evidence:
    relation = task.formulation.relation

    def computation(recorder: Recorder) -> tuple[Real, Real]:
        return recorder.optimum(solution), certify.measure(task.bound, None, recorder.lift(task.parameters), "bound")

    outcome = certify.decide(computation, relation, task.about)
    details = _size(solution)
    if task.formulation.decode is not None:
        details["attained_by"] = to_json(task.decoded(solution))
    if outcome.holds:
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=outcome.document, details=details,
                        **certify.numbers(outcome))
    each = _for_each_instance(relation, solution.problem.sense, certify.margin("<=", outcome.measured, outcome.bound))
    if each is None or not task.measurable:
        code = solving_code(task.formulation.build, task.parameters, solution.outcome, solution.value)
        example = {"instance": to_json(task.decoded(solution)), "statement": f"the optimum {certify.show(outcome.measured)} {relation} "
                   f"{certify.show(outcome.bound)} fails", "python": code, "certificate": dict(outcome.document)}
        return certify.refuted(NAME, "parametric", outcome, example, details=details)
    instance = _smallest(task, solution, each)
    return _counterexample(task, instance, each, details)


def _for_each_instance(relation: Relation, sense: str, gap: Any) -> Relation | None:
    """The relation that every single instance must stand in, where an instance that attains the optimum breaks it; None where none does.

    A supremum that is too great is a single instance's fault; a supremum that is too small is nobody's. ``gap`` is bound − optimum.
    """
    upper = sense == "maximise"
    if relation in (("<", "<=") if upper else (">", ">=")):
        return relation
    if relation == "==" and (gap < 0) == upper:
        return "<=" if upper else ">="
    return None


def _counterexample(task: _Task, instance: Instance, relation: Relation, details: dict[str, Any]) -> Evidence:
    quantity = task.formulation.quantity
    assert quantity is not None
    about = {**task.about, "instance": instance}
    outcome = certify.certify(instance, task.parameters, quantity, relation, task.bound, about)
    assert task.formulation.bound is not None
    example = certify.counterexample(outcome, instance, task.parameters, quantity, task.formulation.bound, bound_arguments="parameters")
    return certify.refuted(NAME, "parametric", outcome, example, details=details)


def _infeasibility(task: _Task, solution: Solution) -> Evidence:
    document = certify.accepted(solution.certificate(certify.legible(task.about)))
    if solution.outcome == "infeasible":
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=document, details=_size(solution),
                        note="infeasible: no instance exists (Farkas certificate)")
    example = {"instance": to_json(task.decoded(solution)), "statement": "the linear program is feasible",
               "python": solving_code(task.formulation.build, task.parameters, solution.outcome, solution.value), "certificate": document}
    return Evidence(checker=NAME, status="refuted", scope="parametric", trust="kernel", counterexample=example, details=_size(solution))


def _unbounded(task: _Task, solution: Solution) -> Evidence:
    upper, relation = solution.problem.sense == "maximise", task.formulation.relation
    bound = certify.measure(task.bound, None, task.parameters, "bound")
    shown: dict[str, Any] = {"measured": INFINITY if upper else f"-{INFINITY}", "bound": to_json(plain(bound))}
    document = certify.accepted(solution.certificate(certify.legible(task.about)))
    if relation in ((">", ">=", "!=") if upper else ("<", "<=", "!=")):
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=document, details=_size(solution),
                        note="the linear program is unbounded", **shown)
    each: Relation = ("<=" if upper else ">=") if relation == "==" else relation
    if task.measurable:
        return _counterexample(task, _far_out(task, solution, each), each, _size(solution))
    example = {"instance": to_json(task.decoded(solution)), "statement": f"the linear program is unbounded, {shown['measured']} {relation} "
               f"{certify.show(bound)} fails", "python": solving_code(task.formulation.build, task.parameters, solution.outcome, None),
               "certificate": document}
    return Evidence(checker=NAME, status="refuted", scope="parametric", trust="kernel", counterexample=example, details=_size(solution), **shown)


def _far_out(task: _Task, solution: Solution, relation: Relation) -> Instance:
    """The first instance on the way along the ray, doubling the step, that violates the relation."""
    assert solution.primal is not None
    assert solution.ray is not None
    for doubling in range(_FURTHEST):
        point = {j: solution.primal[j] + 2**doubling * solution.ray[j] for j in {*solution.primal, *solution.ray}}
        vector = SparseVector(point)
        there = replace(solution, primal=vector, value=solution.problem.offset + solution.problem.objective.dot(vector))
        instance = task.decoded(there)
        if task.violates(relation, instance):
            return instance
    raise ReductionError("the linear program is unbounded, but no instance decoded along its ray violates the bound: the reduction does not fit")


def _check_reduction(task: _Task, solution: Solution, seed: int, examples: int) -> None:
    """Raises ReductionError unless the decoded optimum measures as the program says and no random instance does better."""
    assert solution.value is not None
    if task.formulation.decode is not None:
        _check_decoded(task, solution, solution.value)
    if task.formulation.family is None or task.formulation.quantity is None:
        return
    value, sense = solution.value, solution.problem.sense
    better: Callable[[Real], bool] = (lambda x: x > value) if sense == "maximise" else (lambda x: x < value)

    def visit(instance: Instance) -> float:
        try:
            measured = task.measured(instance)
        except certify.QuantityError as error:
            raise draws.Stop(instance, f"{error}, on a random instance of the family") from error
        if is_certain(lambda: better(measured)):
            raise draws.Stop(instance, f"the reduction does not fit: a random instance measures {certify.show(measured)} and beats the optimum "
                             f"{certify.show(value)} of the linear program (to {sense})")
        return float(measured) if sense == "maximise" else -float(measured)

    family = certify.call("family", task.formulation.family, task.parameters)
    try:
        draws.explore(family, visit, seed, examples)
    except draws.Stop as stop:
        raise ReductionError(stop.reason).at(stop.instance) from None


def _check_decoded(task: _Task, solution: Solution, value: Fraction) -> None:
    instance = task.decoded(solution)
    if task.formulation.quantity is None:
        return
    try:
        measured = plain(task.measured(instance))
    except certify.QuantityError as error:
        raise error.at(instance) from error
    fits = measured == value if isinstance(measured, Fraction) else measured.lower <= value <= measured.upper
    if not fits:
        raise ReductionError(f"the reduction does not fit: the decoded instance measures {certify.show(measured)}, the linear program's optimum "
                             f"is {certify.show(value)}").at(instance)


def _smallest(task: _Task, solution: Solution, relation: Relation) -> Instance:
    """A violating instance with as few nonzero columns as a greedy search finds, those of least weight dropped first.

    A column is dropped when the best solution without it still violates the bound; so every candidate is a feasible solution, decoded.
    """
    kept, instance = solution, task.decoded(solution)
    assert kept.primal is not None
    order = sorted(kept.primal, key=lambda j: (abs(solution.primal[j]) if solution.primal else 0, j))
    for column in order[:_LEAST_TYPES]:
        assert kept.primal is not None
        if column not in kept.primal:
            continue
        trial = _solved_on(solution.problem, [j for j in kept.primal if j != column])
        candidate = _violating(task, trial, relation)
        if candidate is not None:
            kept, instance = trial, candidate
    return instance


def _violating(task: _Task, trial: Solution, relation: Relation) -> Instance | None:
    """The decoded instance, if it violates; one that cannot be decoded or measured is no simpler counterexample."""
    if trial.outcome != "optimal":
        return None
    try:
        instance = task.decoded(trial)
        return instance if task.violates(relation, instance) else None
    except certify.QuantityError:
        return None


def _solved_on(problem: Problem, columns: Collection[int]) -> Solution:
    """The solution of the program with every other column at zero, in the numbering of the whole program."""
    kept = sorted(columns)
    position = {column: k for k, column in enumerate(kept)}

    def restricted(vector: SparseVector) -> dict[int, Fraction]:
        return {position[j]: vector[j] for j in vector if j in position}

    small = linear_programs.solve(Problem(
        sense=problem.sense, columns=len(kept), objective=restricted(problem.objective), offset=problem.offset,
        rows=[linear_programs.Row(restricted(row.entries), row.lower, row.upper) for row in problem.rows],
        column_bounds=[problem.column_bounds[j] for j in kept],
    ))
    if small.primal is None or not all(_admits_zero(interval) for j, interval in enumerate(problem.column_bounds) if j not in position):
        return replace(small, problem=problem, outcome="infeasible", primal=None)
    return replace(small, problem=problem, primal=SparseVector({kept[k]: x for k, x in small.primal.items()}))


def _admits_zero(interval: tuple[Fraction | None, Fraction | None]) -> bool:
    lower, upper = interval
    return (lower is None or lower <= 0) and (upper is None or upper >= 0)


def _size(solution: Solution) -> dict[str, Any]:
    return {"columns": solution.problem.columns, "rows": len(solution.problem.rows), "pivots": solution.pivots}
