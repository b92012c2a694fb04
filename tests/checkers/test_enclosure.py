"""Roots: proved to exist, measured at the root, undecided where there is none to prove."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import enclosure, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.errors import ClaimError
from claims.formulations import Cycle, Root
from exact import reals


def evidence_of(equations: Any, guess: Sequence[Fraction], quantity: Any = None, relation: Any = ">=", bound: Any = None,
                parameters: Any = None) -> Evidence:
    formulation = Root(equations=equations, guess=lambda _: guess, quantity=quantity, relation=relation, bound=bound)
    return enclosure.check(formulation, parameters or {}, 0, Budget())


def circle_and_exponential(x: Any, _: Any) -> Any:
    return [x[0] * x[0] + x[1] * x[1] - 4, x[1] - reals.exp(-x[0])]


GUESS = (Fraction(2), Fraction(1, 7))


def test_a_root_is_proved_and_measured() -> None:
    evidence = evidence_of(circle_and_exponential, GUESS, lambda x, _: x[0] + x[1], "<=", lambda _, __: Fraction(22, 10))
    assert (evidence.status, evidence.trust, evidence.scope) == ("holds", "kernel", "instance")
    assert evidence.certificate is not None
    kernel.check(evidence.certificate)
    assert evidence.measured["mid"].startswith("2.13")


def test_a_relation_that_fails_at_the_root_is_refuted() -> None:
    evidence = evidence_of(circle_and_exponential, GUESS, lambda x, _: x[0], ">=", lambda _, __: 2)
    assert evidence.status == "refuted"
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])
    assert len(evidence.counterexample["instance"]) == 2


def test_existence_alone_is_certified() -> None:
    evidence = evidence_of(lambda x, v: [x[0] ** 2 - v["a"]], [Fraction(3, 2)], parameters={"a": Fraction(2)})
    assert evidence.status == "holds"
    assert evidence.details["root"][0]["mid"].startswith("1.41421356")


@given(st.fractions(Fraction(1, 20), 50, max_denominator=20), st.fractions(0, 8, max_denominator=20))
@settings(max_examples=25, deadline=None)
def test_square_roots_compare_as_their_squares(a: Fraction, bound: Fraction) -> None:
    evidence = evidence_of(lambda x, _: [x[0] ** 2 - a], [(1 + a) / 2], lambda x, _: x[0], "<=", lambda _, __: bound)
    expected = {True: "holds", False: "refuted"}[a <= bound * bound]
    assert evidence.status == (expected if a != bound * bound else "undecided")


@pytest.mark.parametrize("equations", [lambda x, _: [x[0] ** 2 + 1], lambda x, _: [(x[0] - 1) ** 2]])
def test_no_root_and_a_double_root_are_undecided(equations: Any) -> None:
    evidence = evidence_of(equations, [Fraction(1, 3)], lambda x, _: x[0], ">=", lambda _, __: 0)
    assert evidence.status == "undecided"
    assert "no root is proved" in evidence.note


@pytest.mark.parametrize(("equations", "hint"), [
    (lambda x, _: [x[0] - 1, x[0]], "as many equations"),
    (lambda x, _: [abs(x[0]) - 1], "abs"),
    (lambda x, _: [x[1]], "IndexError"),
])
def test_a_malformed_system_is_an_error(equations: Any, hint: str) -> None:
    evidence = evidence_of(equations, [Fraction(1, 2)])
    assert evidence.status == "error"
    assert hint in evidence.note


def logistic(x: Any, v: Any) -> Any:
    return v["r"] * x * (1 - x)


def cycle_of(points: Sequence[Fraction], stability: Any = "attracting", period: int | None = None, map_: Any = logistic, r: str = "383/100") -> Evidence:
    formulation = Cycle(map=map_, period=period or len(points), guess=lambda _: points, stability=stability)
    return enclosure.check(formulation, {"r": Fraction(r)}, 0, Budget())


ATTRACTING = (Fraction("0.1561"), Fraction("0.5047"), Fraction("0.9574"))
REPELLING = (Fraction("0.1640"), Fraction("0.5249"), Fraction("0.9551"))


def test_the_two_cycles_of_period_three_of_the_logistic_map() -> None:
    for points, stability in ((ATTRACTING, "attracting"), (REPELLING, "repelling")):
        evidence = cycle_of(points, stability)
        assert (evidence.status, evidence.trust, evidence.scope) == ("holds", "kernel", "instance"), evidence.note
        assert evidence.certificate is not None
        kernel.check(evidence.certificate)
        assert [relation for relation, _, _ in evidence.certificate["proposition"]["conclusion"]][1:] == ["!="]
        other = cycle_of(points, "repelling" if stability == "attracting" else "attracting")
        assert other.status == "refuted"
        assert other.counterexample is not None
        kernel.check(other.counterexample["certificate"])


@given(st.fractions(Fraction(31, 10), Fraction(344, 100), max_denominator=1000))
@settings(max_examples=20, deadline=None)
def test_multipliers_of_period_two_are_the_closed_form(r: Fraction) -> None:
    """The logistic map's cycle of period two has the multiplier 4 + 2r − r²; it attracts for 3 < r < 1 + √6."""
    half, root = (r + 1) / (2 * r), Fraction(float((r + 1) * (r - 3)) ** 0.5) / (2 * r)
    evidence = cycle_of((half - root, half + root), r=str(r))
    assert evidence.status == "holds"
    measured = evidence.measured["mid"] if isinstance(evidence.measured, dict) else evidence.measured
    assert abs(float(Fraction(measured)) - abs(float(4 + 2 * r - r * r))) < 1e-12


def test_a_fixed_point_is_no_cycle_of_period_three() -> None:
    fixed = 1 - 1 / Fraction(383, 100)
    evidence = cycle_of((fixed,) * 3, "repelling")
    assert evidence.status == "undecided"
    assert cycle_of((fixed,), "repelling").status == "holds"


def test_a_cycle_of_period_two_is_no_cycle_of_period_four() -> None:
    low, high = Fraction("0.5130445095"), Fraction("0.7994554905")
    assert cycle_of((low, high), r="33/10").status == "holds"
    assert cycle_of((low, high, low, high), r="33/10").status == "undecided"


def test_a_corrupted_cycle_certificate_is_rejected() -> None:
    document: Any = cycle_of(ATTRACTING).certificate
    assert document is not None
    for change in ("swap", "relation", "box", "preconditioner", "equation"):
        copy = json.loads(json.dumps(document))
        conclusion, system = copy["proposition"]["conclusion"], copy["proposition"]["systems"][0]
        if change == "swap":
            conclusion[0] = [">", *conclusion[0][1:]]
        elif change == "relation":
            conclusion[1] = ["==", *conclusion[1][1:]]
        elif change == "box":
            system["box"][1] = ["1/2", "51/100"]
        elif change == "preconditioner":
            copy["proof"]["preconditioners"][0][0] = ["0", "0", "0"]
        else:
            system["equations"][0] = system["equations"][1]
        with pytest.raises(kernel.Rejected):
            kernel.check(copy)


@pytest.mark.parametrize(("map_", "hint"), [(lambda x, _: abs(x - 1) + 1, "abs"), (lambda x, v: 1 / (x - x), "ZeroDivisionError")])
def test_a_map_that_cannot_be_differentiated_is_an_error(map_: Any, hint: str) -> None:
    evidence = cycle_of((Fraction(3, 2),), map_=map_)
    assert evidence.status == "error"
    assert hint in evidence.note


@pytest.mark.parametrize("equation", [
    lambda x, _: [x[0] - Fraction(1, 2) if x[0] >= Fraction(1, 2) else Fraction(0)],  # every number up to 1/2 is a root
    lambda x, _: [x[0] - Fraction(1, 2) if x[0] == Fraction(1, 2) else Fraction(1)],
    lambda x, _: [x[0] - Fraction(1, 2) if x[0] > Fraction(1, 2) - Fraction(1, 2**1300) else 0 * x[0]],  # no precision tells them apart
])
def test_equations_that_change_their_branch_in_the_box_prove_no_single_root(equation: Any) -> None:
    evidence = evidence_of(equation, [Fraction(1, 2)])
    assert evidence.status == "undecided"


def test_equations_may_have_branches_elsewhere() -> None:
    def tent(x: Any, _: Any) -> Any:
        return [(2 * x[0] if x[0] < Fraction(1, 2) else 2 - 2 * x[0]) - Fraction(1, 3)]

    assert evidence_of(tent, [Fraction(1, 5)]).status == evidence_of(tent, [Fraction(4, 5)]).status == "holds"


@pytest.mark.parametrize("map_", [
    lambda x, _: x / 2 + Fraction(1, 4) if x >= Fraction(1, 2) else 3 * x - 1,  # a kink: attracting on one side, repelling on the other
    lambda x, _: 3 * x - 1 if x > Fraction(1, 2) else x / 2 + Fraction(1, 4),
    lambda x, _: x / 2 + Fraction(1, 4) if x >= Fraction(1, 2) else Fraction(0),  # a jump
    lambda x, _: Fraction(1, 2) if x == Fraction(1, 2) else 5 * x - 2,  # a constant on one point only
])
def test_a_cycle_through_a_kink_or_a_jump_has_no_multiplier(map_: Any) -> None:
    assert cycle_of((Fraction(1, 2),), map_=map_).status == "undecided"


def test_a_branch_that_is_taken_around_the_points_counts() -> None:
    def tent(x: Any, _: Any) -> Any:
        return 2 * x if x < Fraction(1, 2) else 2 - 2 * x

    points = (Fraction(2, 5), Fraction(4, 5))
    assert cycle_of(points, "repelling", map_=tent).status == "holds"
    assert cycle_of(points, map_=tent).status == "refuted"


def test_a_cycle_needs_as_many_points_as_its_period() -> None:
    assert "as many points" in cycle_of(ATTRACTING, period=2).note
    with pytest.raises(ClaimError, match="periods start at 1"):
        Cycle(map=logistic, period=0, guess=lambda _: ())
