"""Grids: one recorded program for all points where that is possible, exact measurements where it is not, the first failing point otherwise."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import grid, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Grid
from exact import reals

BUDGET = Budget()


def evidence_of(ranges: Mapping[str, Any], quantity: Any, relation: Any, bound: Any, parameters: Any = None) -> Evidence:
    return grid.check(Grid(ranges=lambda _: ranges, quantity=quantity, relation=relation, bound=bound), parameters or {}, 0, BUDGET)


def win_rate_excess(point: Any, values: Any) -> Any:
    power = values["r"] ** point["k"]
    return (power - 1) / (power + 1)


def test_a_relation_that_holds_is_replayed_by_the_kernel_at_every_point() -> None:
    ranges = {"k": range(9), "t": [Fraction(j, 4) for j in range(5)]}
    evidence = evidence_of(ranges, lambda p, v: win_rate_excess(p, v) * p["t"], "<=", lambda p, _: p["k"], {"r": Fraction(3, 2)})
    assert (evidence.status, evidence.scope, evidence.trust, evidence.grade) == ("holds", "parametric", "kernel", "certified")
    assert evidence.certificate is not None
    assert evidence.certificate["proof"]["points"] == 45
    assert any(step[0] == "ipow" for step in evidence.certificate["proposition"]["program"]["steps"])
    assert evidence.details["worst"] == {"k": "0", "t": "0"}
    kernel.check(evidence.certificate)


def test_the_first_failing_point_is_the_counterexample() -> None:
    evidence = evidence_of({"x": range(5), "y": range(5)}, lambda p, _: p["x"] * p["y"], "<=", lambda _, __: 5)
    assert evidence.status == "refuted"
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"] == {"x": "2", "y": "3"}
    kernel.check(evidence.counterexample["certificate"])


@given(st.lists(st.integers(-3, 3), min_size=3, max_size=3), st.sampled_from(["<=", ">=", "<", "!="]))
@settings(max_examples=60, deadline=None)
def test_verdicts_agree_with_brute_force(coefficients: list[int], relation: str) -> None:
    a, b, c = coefficients
    ranges = {"x": [Fraction(n, 2) for n in range(-2, 3)], "y": [Fraction(-1), Fraction(1, 3)]}
    values = [a * x * x + b * x * y + c for x, y in product(*ranges.values())]
    truth = all({"<=": v <= 0, ">=": v >= 0, "<": v < 0, "!=": v != 0}[relation] for v in values)
    evidence = evidence_of(ranges, lambda p, _: a * p["x"] ** 2 + b * p["x"] * p["y"] + c, relation, lambda _, __: 0)
    assert evidence.status == ("holds" if truth else "refuted")
    kernel.check(evidence.certificate if truth else (evidence.counterexample or {})["certificate"])


def test_transcendental_sides_are_enclosed() -> None:
    evidence = evidence_of({"x": range(-3, 4)}, lambda p, _: reals.exp(p["x"]), ">=", lambda p, _: 1 + p["x"])
    assert (evidence.status, evidence.trust) == ("holds", "kernel")
    assert evidence.details["worst"] == {"x": "0"}


def test_steering_that_takes_the_same_path_everywhere_is_part_of_the_certificate() -> None:
    evidence = evidence_of({"x": range(1, 5)}, lambda p, _: p["x"] if p["x"] > 0 else -p["x"], ">", lambda _, __: 0)
    assert (evidence.status, evidence.trust) == ("holds", "kernel")
    assert evidence.certificate is not None
    assert len(evidence.certificate["proposition"]["conclusion"]) == 2


def test_steering_that_takes_two_paths_leaves_exact_measurements() -> None:
    """A wrong program, recorded along the first path only, would claim −x >= 0 for x = 2."""
    evidence = evidence_of({"x": range(-2, 3)}, lambda p, _: -p["x"] if p["x"] < 0 else p["x"], ">=", lambda _, __: 0)
    assert (evidence.status, evidence.trust, evidence.certificate) == ("holds", "exact", None)
    assert "does not serve all others" in evidence.note


def test_a_quantity_that_cannot_be_recorded_leaves_exact_measurements() -> None:
    evidence = evidence_of({"n": range(1, 6)}, lambda p, _: sum(Fraction(1, k) for k in range(1, int(p["n"]) + 1)), "<=", lambda p, _: p["n"])
    assert (evidence.status, evidence.trust) == ("holds", "exact")
    assert "int()" in evidence.note


def test_a_quantity_that_looks_past_its_recording_gets_no_certificate() -> None:
    evidence = evidence_of({"x": range(5)}, lambda p, _: p["x"] + round(float(p["x"])), "<=", lambda _, __: 8)
    assert (evidence.status, evidence.trust, evidence.measured) == ("holds", "exact", "8")
    assert "gives 4 at the worst, not 8" in evidence.note


def test_errors_come_with_their_point() -> None:
    evidence = evidence_of({"x": range(3)}, lambda p, _: 1 / (p["x"] - 2), "<=", lambda _, __: 5)
    assert evidence.status == "error"
    assert evidence.details["instance"] == {"x": "2"}
    assert evidence_of({"x": []}, lambda p, _: p["x"], "<=", lambda _, __: 5).status == "error"
    assert evidence_of({"x": [1, 1]}, lambda p, _: p["x"], "<=", lambda _, __: 5).status == "error"


def test_a_point_that_is_not_decided_leaves_the_grid_undecided() -> None:
    evidence = evidence_of({"x": range(3)}, lambda p, _: reals.exp(p["x"]) * reals.exp(-p["x"]), ">=", lambda _, __: 1)
    assert evidence.status == "undecided"
    assert evidence.details["instance"] == {"x": "1"}
