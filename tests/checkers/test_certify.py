"""From quantities to certificates: what is recorded, what the margin means, and what happens when the kernel says no."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import certify, enclosure, exact_lp, exhaustive, kernel, witness
from checkers.checker import Budget
from claims.formulations import Enumeration, LinearProgram, Relation, Root
from claims.registry import load_file
from exact import reals
from exact.balls import Ball
from exact.recording import recording

small = st.fractions(-5, 5, max_denominator=12)


@given(small, small, st.sampled_from(list(certify.NEGATION)))
def test_a_negative_margin_means_that_the_relation_fails(measured: Fraction, bound: Fraction, relation: Relation) -> None:
    margin = certify.margin(relation, measured, bound)
    holds = certify.holds(relation, measured, bound)
    assert holds != certify.holds(certify.NEGATION[relation], measured, bound)
    assert (margin > 0) <= holds
    assert (margin < 0) <= (not holds)
    if relation in ("<=", ">=", "=="):
        assert (margin >= 0) == holds


def document_of(quantity: Callable[[Any, Any], Any], instance: Any, bound: Any, relation: Relation = "==") -> certify.Outcome:
    return certify.certify(instance, {"r": Fraction(3, 2)}, quantity, relation, lambda _, __: bound, {"title": "test"})


class Named(NamedTuple):
    x: Fraction
    n: int


@pytest.mark.parametrize(("quantity", "value"), [
    (lambda named, _: named.x**named.n, Fraction(4, 9)),
    (lambda named, v: v["r"] ** named.n, Fraction(9, 4)),
    (lambda named, v: v["r"] ** Fraction(-2), Fraction(4, 9)),
    (lambda named, v: (named.x * 3) ** (v["r"] * 2), Fraction(8)),
    (lambda named, v: 2 ** (v["r"] * 2), Fraction(8)),
    (lambda named, _: reals.sqrt(Fraction(9, 4)) + reals.log(1) + reals.exp(0), Fraction(5, 2)),
])
def test_powers_named_tuples_and_constants_are_recorded(quantity: Any, value: Fraction) -> None:
    outcome = document_of(quantity, Named(Fraction(2, 3), 2), value)
    assert outcome.holds
    assert outcome.measured == value


def test_a_power_that_is_no_integer_says_what_to_write() -> None:
    with pytest.raises(certify.QuantityError, match=r"exp\(exponent \* log\(base\)\)"):
        document_of(lambda x, v: x ** v["r"], Fraction(2), 1)


def test_transcendental_constants_are_recorded_too() -> None:
    outcome = document_of(lambda x, _: x * reals.log(2) - reals.exp(Fraction(1, 3)), Fraction(3), Fraction(683838, 10**6), "<=")
    assert outcome.holds
    steps = outcome.document["proposition"]["program"]["steps"]
    assert {"log", "exp"} <= {step[0] for step in steps}


def test_a_ball_from_outside_the_recording_is_refused() -> None:
    outside = Ball(2).log()
    with pytest.raises(certify.QuantityError, match="outside the recording"):
        document_of(lambda x, _: outside, Fraction(3), 1, "<=")


def test_about_is_legible_for_every_checker() -> None:
    about = {"parameters": {"p": Fraction(1, 2), "flag": True, "none": None, "list": (1, Fraction(2))}}
    outcome = certify.certify(Fraction(1), {}, lambda x, _: x, "==", lambda _, __: 1, about)
    assert outcome.document["about"] == {"parameters": {"p": "1/2", "flag": "True", "none": "None", "list": [1, "2"]}}


def test_a_kernel_that_refuses_what_arithmetic_decides_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Any) -> Any:
        raise kernel.Rejected("proof", "because")

    monkeypatch.setattr(kernel, "check", refuse)
    with pytest.raises(certify.KernelDisagrees, match="proof: because"):
        document_of(lambda x, _: x, Fraction(1), 1)
    with pytest.raises(certify.KernelDisagrees, match="proof: because"):
        certify.accepted({})


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(3), "3"), (Fraction(1, 3), "1/3 (about 0.33333333)"), (Fraction(10**30 + 1, 10**30), "about 1.0000000"), (7, "7"),
])
def test_numbers_in_sentences(value: Any, text: str) -> None:
    assert certify.show(value) == text


def test_powers_of_balls_that_cover_zero_enclose_the_power() -> None:
    around = Ball.between(Fraction(-1, 2), Fraction(1, 3))
    assert (around**2).lower <= 0 <= Fraction(1, 4) <= (around**2).upper
    assert (around**3).lower <= -Fraction(1, 8) <= Fraction(1, 27) <= (around**3).upper
    assert (around**0).mid == 1
    with pytest.raises(ZeroDivisionError):
        around**-1


def test_recorded_exponents_keep_their_node() -> None:
    with recording() as recorder:
        k = recorder.number(Fraction(3))
        power = recorder.number(2) ** k
    assert (power.value, recorder.steps[power.node]) == (8, ("ipow", 1, 0))


MODULE = '''
from fractions import Fraction
from claims.registry import load_file
from exact import reals
from exact.linear_programs import Problem, Row

def build(parameters):
    return Problem(sense="maximise", columns=1, objective={0: 1}, rows=[Row({0: 1}, None, parameters["cap"])])

def equations(x, parameters):
    return [x[0] * x[0] - parameters["cap"]]

def guess(parameters):
    return [Fraction(3, 2)]

def root(x, parameters):
    return x[0]

def three(x, parameters):
    return 3

def limit(parameters):
    return 1

def is_odd(element, parameters):
    return element % 2 == 1
'''


def test_the_code_beside_other_counterexamples_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lent.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    lent, values, budget = importlib.import_module("lent"), {"cap": Fraction(2)}, Budget()
    pieces = [
        exact_lp.check(LinearProgram(build=lent.build, bound=lent.limit), values, 0, budget),
        exact_lp.check(LinearProgram(build=lent.build, infeasible=True), values, 0, budget),
        enclosure.check(Root(equations=lent.equations, guess=lent.guess, quantity=lent.root, bound=lent.three), values, 0, budget),
        exhaustive.check(Enumeration(statement="odd", elements=lambda _: [1, 3, 4], predicate=lent.is_odd), values, 0, budget),
    ]
    assert [piece.status for piece in pieces] == ["refuted"] * 4, [piece.note for piece in pieces]
    code = "\n".join((piece.counterexample or {})["python"] for piece in pieces)
    assert code.count("assert") == 4
    path = f"{tmp_path}:{Path(certify.__file__).parents[1]}"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": path}, capture_output=True, text=True, check=True)


USER_FILE = """
from dataclasses import dataclass
from fractions import Fraction
from claims import Claim, Paper, Part, Source, Witness

@dataclass(frozen=True)
class Box:
    side: Fraction

def instance(box, parameters):
    assert isinstance(box, Box)
    return box.side

def two(box, parameters):
    return 2

FALSE = Witness(instance=lambda _: Box(Fraction(1)), quantity=instance, relation=">=", bound=two)
PAPER = Paper("mine", "Mine", "", "", (Claim("C1", "t", "s", Source("here"), (Part("a", "s", (FALSE,)),), ">="),))
"""


def test_the_code_for_a_user_s_own_file_runs_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(USER_FILE)
    formulation = load_file(file).claims[0].parts[0].formulations[0]
    counterexample = witness.check(formulation, {}, 0, Budget()).counterexample
    assert counterexample is not None
    path = str(Path(certify.__file__).parents[1])
    subprocess.run([sys.executable, "-c", counterexample["python"]], cwd=tmp_path, env={"PYTHONPATH": path}, capture_output=True, check=True)
