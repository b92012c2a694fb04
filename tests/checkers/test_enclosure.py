"""Roots: proved to exist, measured at the root, undecided where there is none to prove."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import enclosure, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Root
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
