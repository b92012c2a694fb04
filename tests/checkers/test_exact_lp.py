"""Linear programs: the optimum against the bound, and the reduction tested from both sides."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import exact_lp, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import LinearProgram
from exact import reals
from exact.linear_programs import Problem, Row, Solution

BUDGET = Budget()
Lottery = tuple[Fraction, ...]

PRIZES = (Fraction(0), Fraction(1), Fraction(2), Fraction(5))


def build(parameters: Mapping[str, Any]) -> Problem:
    """The greatest mean prize of a lottery over PRIZES whose chance of the last prize is at most ``cap``."""
    return Problem(sense="maximise", columns=len(PRIZES), objective=dict(enumerate(PRIZES)),
                   rows=[Row(dict.fromkeys(range(len(PRIZES)), 1), 1, 1), Row({len(PRIZES) - 1: 1}, None, parameters["cap"])])


def decode(_: Any, solution: Solution) -> Lottery:
    assert solution.primal is not None
    return tuple(solution.primal[j] for j in range(len(PRIZES)))


def mean(lottery: Lottery, _: Any) -> Any:
    return sum((p * x for p, x in zip(lottery, PRIZES, strict=True)), Fraction(0))


def family(parameters: Mapping[str, Any]) -> st.SearchStrategy[Lottery]:
    """Lotteries over PRIZES, the excess over the cap moved to the first prize."""

    def lottery(weights: list[int]) -> Lottery:
        total = sum(weights) or 1
        chances = [Fraction(w, total) for w in weights] if sum(weights) else [Fraction(1), *[Fraction(0)] * (len(PRIZES) - 1)]
        excess = max(Fraction(0), chances[-1] - parameters["cap"])
        return (chances[0] + excess, *chances[1:-1], chances[-1] - excess)

    return st.lists(st.integers(0, 9), min_size=len(PRIZES), max_size=len(PRIZES)).map(lottery)


def evidence_of(cap: Fraction = Fraction(1, 3), **changes: Any) -> Evidence:
    fields: dict[str, Any] = {"build": build, "bound": lambda _: 3, "decode": decode, "quantity": mean, "family": family}
    return exact_lp.check(LinearProgram(**(fields | changes)), {"cap": cap}, 1, BUDGET)


def test_an_optimum_within_the_bound_holds_for_all_instances() -> None:
    evidence = evidence_of()
    assert (evidence.status, evidence.scope, evidence.trust, evidence.grade) == ("holds", "parametric", "kernel", "certified")
    assert (evidence.measured, evidence.bound, evidence.margin) == ("3", "3", "0")
    assert evidence.details["attained_by"] == ["0", "0", "2/3", "1/3"]
    assert evidence.certificate is not None
    kernel.check(evidence.certificate)
    assert evidence.certificate["proposition"]["linear_programs"]


def test_a_transcendental_bound_is_compared_in_balls() -> None:
    evidence = evidence_of(bound=lambda _: reals.exp(Fraction(11, 10)))
    assert evidence.status == "holds"
    assert evidence_of(bound=lambda _: reals.exp(1)).status == "refuted"


@given(st.fractions(0, 1, max_denominator=30), st.fractions(0, 6, max_denominator=12))
@settings(max_examples=30, deadline=None)
def test_verdicts_follow_the_closed_form(cap: Fraction, bound: Fraction) -> None:
    best = 2 * (1 - cap) + 5 * cap
    for relation, truth in (("<=", best <= bound), (">=", best >= bound), ("==", best == bound), ("<", best < bound), ("!=", best != bound)):
        evidence = evidence_of(cap, relation=relation, bound=lambda _: bound, family=None)
        assert evidence.status == ("holds" if truth else "refuted"), relation
        document = evidence.certificate if truth else (evidence.counterexample or {})["certificate"]
        kernel.check(document)


def test_a_violation_is_one_instance_with_as_few_types_as_can_be() -> None:
    evidence = evidence_of(cap=Fraction(1), bound=lambda _: 1)
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"] == ["0", "0", "0", "1"]
    evidence = evidence_of(bound=lambda _: Fraction(9, 5))
    assert evidence.counterexample is not None
    instance = [Fraction(x) for x in evidence.counterexample["instance"]]
    assert sum(x != 0 for x in instance) == 1, "the prize 2 alone violates 9/5; the optimum mixes two prizes"
    assert evidence.counterexample["certificate"]["proposition"]["linear_programs"] == []


def test_types_without_which_nothing_can_be_measured_stay() -> None:
    """The quantity needs the last prize; the search for a smaller instance must not trip over those without it."""

    def fragile(lottery: Lottery, values: Any) -> Any:
        return mean(lottery, values) / lottery[-1] * lottery[-1]

    evidence = evidence_of(quantity=fragile, family=None, bound=lambda _: Fraction(9, 5))
    assert evidence.status == "refuted", evidence.note
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"][-1] != "0"


def test_a_supremum_that_is_too_small_is_refuted_by_the_program_itself() -> None:
    evidence = evidence_of(relation=">=", bound=lambda _: 4)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel")
    assert evidence.counterexample is not None
    assert evidence.counterexample["certificate"]["proposition"]["linear_programs"]


def test_a_wrong_decode_is_an_error() -> None:
    evidence = evidence_of(decode=lambda _, solution: decode(_, solution)[::-1])
    assert evidence.status == "error"
    assert "the reduction does not fit" in evidence.note
    assert evidence.details["instance"]


def test_an_instance_that_beats_the_program_is_an_error_even_where_the_bound_fails() -> None:
    """The program forgets the last prize; random lotteries do better than its optimum."""

    def forgetful(parameters: Any) -> Problem:
        whole = build(parameters)
        return Problem(sense="maximise", columns=4, objective=whole.objective, rows=whole.rows, column_bounds={3: (0, 0)})

    evidence = evidence_of(build=forgetful, bound=lambda _: 1)
    assert evidence.status == "error"
    assert "beats the optimum 2" in evidence.note
    assert mean(tuple(Fraction(x) for x in evidence.details["instance"]), {}) > 2


def test_a_decode_that_raises_is_an_error() -> None:
    def broken(_: Any, __: Any) -> Any:
        raise KeyError("no such type")

    evidence = evidence_of(decode=broken)
    assert evidence.status == "error"
    assert "decode raised KeyError" in evidence.note


def test_a_quantity_that_fails_on_a_random_instance_is_an_error() -> None:
    def fragile(lottery: Lottery, values: Any) -> Any:
        return mean(lottery, values) / (1 - lottery[0])

    evidence = evidence_of(quantity=fragile, bound=lambda _: 9)
    assert evidence.status == "error"
    assert "ZeroDivisionError" in evidence.note
    assert evidence.details["instance"] == ["1", "0", "0", "0"]


def test_an_infeasible_program_says_nothing_about_a_supremum() -> None:
    assert evidence_of(cap=Fraction(-1)).status == "error"


def test_infeasibility_is_proved_by_a_farkas_certificate() -> None:
    evidence = evidence_of(cap=Fraction(-1), infeasible=True, bound=None)
    assert (evidence.status, evidence.scope, evidence.trust) == ("holds", "parametric", "kernel")
    assert evidence.certificate is not None
    assert evidence.certificate["proposition"]["outcome"] == "infeasible"
    kernel.check(evidence.certificate)


def test_a_feasible_program_refutes_infeasibility_with_a_point() -> None:
    evidence = evidence_of(infeasible=True, bound=None)
    assert evidence.status == "refuted"
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])
    assert sum(Fraction(x) for x in evidence.counterexample["instance"]) == 1


def unbounded(_: Any) -> Problem:
    return Problem(sense="maximise", columns=2, objective={0: 1}, rows=[Row({0: 1, 1: -1}, None, 1)])


def test_an_unbounded_program_is_refuted_by_an_instance_on_the_way() -> None:
    evidence = evidence_of(build=unbounded, decode=lambda _, s: (s.primal[0], s.primal[1]), quantity=lambda x, _: x[0], family=None,
                           bound=lambda _: 1000)
    assert evidence.status == "refuted"
    assert Fraction(evidence.measured) > 1000
    assert evidence_of(build=unbounded, decode=None, bound=lambda _: 1000).status == "refuted"
    evidence = evidence_of(build=unbounded, decode=None, relation=">=", bound=lambda _: 1000)
    assert (evidence.status, evidence.measured) == ("holds", "inf")


@pytest.mark.parametrize("steps", [3, 6])
def test_the_greatest_sum_of_a_convex_chain(steps: int) -> None:
    """x_0 = 0, x_n = 1, increments increasing: the sum of the x_k is at most that of the straight line."""

    def chain(_: Any) -> Problem:
        rows = [Row({k - 1: 1, k: -2, k + 1: 1}, lower=0) for k in range(1, steps)]
        return Problem(sense="maximise", columns=steps + 1, objective=dict.fromkeys(range(steps + 1), 1), rows=rows,
                       column_bounds={0: (0, 0), steps: (1, 1)})

    def total(xs: Any, _: Any) -> Any:
        assert all(b - a >= 0 for a, b in pairwise(xs))
        return sum(xs)

    formulation = LinearProgram(build=chain, relation="==", bound=lambda _: Fraction(steps + 1, 2), quantity=total,
                                decode=lambda _, s: tuple(s.primal[j] for j in range(steps + 1)) if s.primal else ())
    assert exact_lp.check(formulation, {}, 0, BUDGET).status == "holds"
