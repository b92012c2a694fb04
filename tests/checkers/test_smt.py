"""The smt checker: two solvers on one script, models evaluated exactly, and scripts that can do nothing but assert."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel, smt, smtlib, solvers
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.smt_models import Arithmetic, truth
from claims.formulations import Satisfiability


def evidence(script: str, expected: str) -> Evidence:
    return smt.check(Satisfiability(script=script, expected=expected), {}, 0, Budget("quick", 4))  # type: ignore[arg-type]


REALS = "(declare-const x Real)(declare-const y Real)"
TWO_SQUARES = f"{REALS}(assert (< (+ (* x x) (* y y)) (* 2.0 x y)))"
BETWEEN = f"{REALS}(assert (> (* x x) 2.0))(assert (< x (/ 3 2)))(assert (> x 0.0))"
MIXED = """
; integers, Booleans, definitions, let and ite
(set-logic ALL)
(set-info :status sat)
(declare-fun n () Int)
(declare-const p Bool)
(define-fun square ((a Int)) Int (* a a))
(assert (and (or p (= n 3)) (=> p (> (square n) 10)) (distinct n 5)))
(assert (let ((m (+ n 1))) (ite p (>= m 4) (< m 0))))
(assert (xor p (not (= (abs (- n)) (abs n)))))
"""


@pytest.mark.parametrize("script", [BETWEEN, MIXED, f"{REALS}(assert (= (* 3 x) (- y 1)))(assert (not (= x y)))(assert (<= 0.0 x y (/ 7 2)))"])
def test_a_model_is_evaluated_and_certified(script: str) -> None:
    found = evidence(script, "sat")
    assert (found.status, found.trust, found.grade) == ("holds", "kernel", "proved"), found.note
    assert found.certificate is not None
    kernel.check(found.certificate)


def test_a_model_refutes_what_was_said_to_have_none() -> None:
    found = evidence(BETWEEN, "unsat")
    assert (found.status, found.trust, found.grade) == ("refuted", "kernel", "refuted")
    assert found.counterexample is not None
    kernel.check(found.counterexample["certificate"])
    x = Fraction(found.counterexample["instance"]["x"])
    assert x * x > 2
    assert x < Fraction(3, 2)
    exec(found.counterexample["python"], {})


def test_unsatisfiability_rests_on_both_solvers() -> None:
    found = evidence(TWO_SQUARES, "unsat")
    assert (found.status, found.trust, found.grade) == ("holds", "solver", "decided")
    wrong = evidence(TWO_SQUARES, "sat")
    assert (wrong.status, wrong.trust, wrong.grade) == ("refuted", "solver", "undecided")


def test_disagreement_is_an_error_and_silence_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def says(z3: solvers.Answer, cvc5: solvers.Answer) -> str:
        monkeypatch.setattr(solvers, "ask", lambda script, seconds: solvers.Consensus(solvers.Opinion("z3", z3), solvers.Opinion("cvc5", cvc5)))
        return evidence(TWO_SQUARES, "unsat").status

    assert says("unsat", "unsat") == "holds"
    assert says("sat", "unsat") == "error"
    assert says("unsat", "sat") == "error"
    assert says("unsat", "unknown") == "undecided"
    assert says("unknown", "unknown") == "undecided"


def test_an_irrational_model_is_not_rounded_into_a_proof() -> None:
    found = evidence(f"{REALS}(assert (= (* x x) 2.0))(assert (> x 0.0))(assert (= y 0.0))", "sat")
    assert found.trust != "kernel"


def test_hard_questions_end_in_time() -> None:
    fermat = "(declare-const a Int)(declare-const b Int)(declare-const c Int)(assert (and (> a 0) (> b 0) (> c 0)))"
    found = evidence(f"{fermat}(assert (= (+ (* a a a) (* b b b)) (* c c c)))", "unsat")
    assert found.status == "undecided"


@pytest.mark.parametrize(("script", "word"), [
    ("(check-sat)", "check-sat"),
    ("(exit)", "exit"),
    ("(set-option :produce-models true)", "set-option"),
    ("(include \"file\")", "include"),
    ("(get-value (x))", "get-value"),
    ("(eval x)", "eval"),
    ("assert", "no command"),
    ("((assert true))", "no command"),
    ("(assert (= \"a\" \"b\"))", "string"),
    ("(assert true", "not closed"),
    ("(assert true))", "without an opening"),
    ("(assert |x)", "cannot read"),
    ("(" * 300 + ")" * 300, "nesting"),
    ("(declare-const x Real)", "asserts nothing"),
])
def test_scripts_can_only_declare_and_assert(script: str, word: str) -> None:
    with pytest.raises(smtlib.ScriptError, match=word):
        smtlib.read(script)
    assert evidence(script, "sat").status == "error"


def test_a_script_writes_no_file(tmp_path: Path) -> None:
    """z3 obeys this option even where it is asked to parse formulas only."""
    target = tmp_path / "written"
    found = evidence(f'(set-option :regular-output-channel "{target}")(declare-const x Real)(assert (= x 1.0))', "sat")
    assert found.status == "error"
    assert not target.exists()


def test_what_the_solvers_cannot_read_is_an_error_with_the_reason() -> None:
    assert "foo" in evidence("(declare-const x Real)(assert (foo x))", "sat").note


def test_writing_gives_back_what_was_read() -> None:
    commands = smtlib.read(MIXED)
    assert smtlib.read(smtlib.write(commands)) == commands


numbers = st.fractions(-3, 3, max_denominator=5)


@settings(max_examples=60, deadline=None)
@given(x=numbers, y=numbers, k=st.integers(-3, 3), relation=st.sampled_from(["<", "<=", ">", ">=", "="]), negated=st.booleans())
def test_truth_at_a_model(x: Fraction, y: Fraction, k: int, relation: str, negated: bool) -> None:
    """The evaluation of formulas agrees with Python's own arithmetic, and every comparison that it keeps is true."""
    formula = f"({relation} (+ (* x x) (- y) {abs(k)}) (- (* 2 x y) (/ y 3)))"
    expected = {"<": Fraction.__lt__, "<=": Fraction.__le__, ">": Fraction.__gt__, ">=": Fraction.__ge__, "=": Fraction.__eq__}[relation](
        x * x - y + abs(k), 2 * x * y - y / 3)
    (command,) = smtlib.read(f"(assert {f'(not {formula})' if negated else formula})")
    arithmetic = Arithmetic(definitions={}, values={"x": x, "y": y})
    assert truth(command[1], arithmetic) == (expected != negated)
    document = {
        "schema": "assay.certificate/1", "type": "evaluation", "about": {},
        "proposition": {"program": {"variables": [], "steps": [list(step) for step in arithmetic.steps]},
                        "conclusion": [list(c) for c in arithmetic.comparisons], "systems": [], "linear_programs": []},
        "proof": {"precision": 64, "steering": [], "preconditioners": [], "optima": []},
    }
    kernel.check(document)
