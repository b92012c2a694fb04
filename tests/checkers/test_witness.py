"""Witnesses: what holds is certified, what fails is a counterexample, what cannot be told apart is undecided."""

import importlib
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import kernel, witness
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Witness
from exact import reals

BUDGET = Budget()
RELATIONS = ("<", "<=", ">", ">=", "==", "!=")


@dataclass(frozen=True)
class Pair:
    left: Fraction
    right: Fraction


def left(pair: Any, _: Any) -> Any:
    return pair.left


def right(pair: Any, _: Any) -> Any:
    return pair.right


def evidence_of(instance: Any, quantity: Any, relation: Any, bound: Any, parameters: Any = None) -> Evidence:
    formulation = Witness(instance=lambda _: instance, quantity=quantity, relation=relation, bound=bound)
    return witness.check(formulation, parameters or {}, 0, BUDGET)


@given(st.fractions(max_denominator=50), st.fractions(max_denominator=50), st.sampled_from(RELATIONS))
def test_rational_relations_are_decided_as_fractions_decide_them(a: Fraction, b: Fraction, relation: str) -> None:
    truth = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[relation]
    evidence = evidence_of(Pair(a, b), left, relation, right)
    assert (evidence.status, evidence.trust, evidence.scope) == ("holds" if truth else "refuted", "kernel", "instance")
    document = evidence.certificate if truth else (evidence.counterexample or {})["certificate"]
    kernel.check(document)
    margin = Fraction(evidence.margin)
    assert margin >= 0 if truth else margin <= 0
    if relation in ("<=", ">=", "=="):
        assert (margin >= 0) == truth


@pytest.mark.parametrize(("relation", "status"), [("<", "holds"), (">=", "refuted")])
def test_transcendental_sides_are_decided_in_balls(relation: str, status: str) -> None:
    evidence = evidence_of(Fraction(1), lambda x, _: reals.exp(x), relation, lambda _, __: Fraction(27183, 10000))
    assert evidence.status == status
    assert set(evidence.measured) == {"mid", "rad"}


def test_the_precision_rises_until_a_close_call_is_decided() -> None:
    """exp(1) − 2^-700 < exp(1): no enclosure of 512 bits tells them apart."""
    evidence = evidence_of(Fraction(1), lambda x, _: reals.exp(x) - Fraction(1, 2**700), "<", lambda x, _: reals.exp(x))
    assert evidence.status == "holds"
    assert evidence.certificate is not None
    assert evidence.certificate["proof"]["precision"] == 1024


def test_equal_transcendental_sides_stay_undecided_with_the_reason() -> None:
    evidence = evidence_of(Fraction(2), lambda x, _: reals.exp(x) * reals.exp(-x), ">=", lambda _, __: 1)
    assert evidence.status == "undecided"
    assert "1024 bits" in evidence.note
    assert evidence.certificate is None


def test_a_counterexample_shows_instance_statement_code_and_certificate() -> None:
    evidence = evidence_of(Pair(Fraction(1, 3), Fraction(1, 2)), left, ">=", right)
    assert evidence.counterexample is not None
    assert evidence.counterexample["statement"] == "1/3 (about 0.33333333) >= 1/2 (about 0.50000000) fails"
    kernel.check(evidence.counterexample["certificate"])
    assert evidence.margin == "-1/6"


def test_the_code_of_a_counterexample_runs_and_shows_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "borrowed.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    borrowed = importlib.import_module("borrowed")
    formulation = Witness(instance=lambda _: borrowed.Box(Fraction(1, 3)), quantity=borrowed.size, relation=">", bound=borrowed.least)
    counterexample = witness.check(formulation, {"beta": Fraction(4)}, 0, BUDGET).counterexample
    assert counterexample is not None
    code = counterexample["python"] + "\nprint(instance, parameters, quantity(instance, parameters))"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "Box(width=Fraction(1, 3)) {'beta': Fraction(4, 1)} 4/3\n"


MODULE = """
from dataclasses import dataclass
from fractions import Fraction

@dataclass(frozen=True)
class Box:
    width: Fraction

def size(box, parameters):
    return box.width * parameters["beta"]

def least(box, parameters):
    return 2
"""


def first(instance: Any, _: Any) -> Any:
    return instance[0]


def one(_: Any, __: Any) -> int:
    return 1


def test_a_quantity_that_raises_is_an_error_with_its_instance() -> None:
    evidence = evidence_of(Fraction(0), lambda x, _: 1 / x, "<=", one)
    assert evidence.status == "error"
    assert "ZeroDivisionError" in evidence.note
    assert evidence.details["instance"] == "0"


@pytest.mark.parametrize(("value", "hint"), [("inf", "without division"), (0.5, "float"), (True, "exact number"), (None, "exact number")])
def test_what_is_no_exact_number_is_an_error_that_says_what_to_do(value: Any, hint: str) -> None:
    evidence = evidence_of(Fraction(0), lambda _, __: value, "<=", one)
    assert evidence.status == "error"
    assert hint in evidence.note


def test_an_instance_that_cannot_be_built_is_an_error() -> None:
    def broken(_: Any) -> Any:
        raise ValueError("weights add up to 2")

    evidence = witness.check(Witness(instance=broken, quantity=first, relation="<=", bound=one), {}, 0, BUDGET)
    assert evidence.status == "error"
    assert "weights add up to 2" in evidence.note


def test_a_run_steered_by_comparisons_records_them() -> None:
    evidence = evidence_of((Fraction(1), Fraction(3)), lambda pair, _: pair[0] if pair[0] > pair[1] else pair[1], "==", lambda _, __: 3)
    assert evidence.status == "holds"
    assert evidence.certificate is not None
    assert evidence.certificate["proof"]["steering"] == [["<=", 0, 1]]
