"""The sat checker: models, refutations and counts against truth tables, from two solvers, and wrong encodings."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel, refutations, sat
from checkers.checker import Budget, check
from checkers.evidence import Evidence
from claims import ClaimError, PropositionalSatisfiability
from exact.propositional import Formula, FormulaError, Literal, equal

LITERALS = st.builds(Literal, st.sampled_from("abcdef"), st.booleans())
FORMULAS = st.lists(st.lists(LITERALS, max_size=4), max_size=22).map(lambda clauses: Formula(clauses, tuple("abcdef")))


def evidence(formula: Formula, **expected: Any) -> Evidence:
    return check(PropositionalSatisfiability(build=lambda parameters: formula, **expected), {}, 0, Budget())


def models(formula: Formula) -> int:
    """The number of models, by truth table."""
    rows = (dict(zip(formula.variables, values, strict=True)) for values in itertools.product((False, True), repeat=len(formula.variables)))
    return sum(formula.holds(row) for row in rows)


def pigeons(count: int, holes: int) -> Formula:
    """Each pigeon has a hole, no hole has two pigeons."""
    def at(pigeon: int, hole: int) -> Literal:
        return Literal(f"pigeon {pigeon} in hole {hole}")

    somewhere = [[at(pigeon, hole) for hole in range(holes)] for pigeon in range(count)]
    alone = [[-at(a, hole), -at(b, hole)] for hole in range(holes) for a, b in itertools.combinations(range(count), 2)]
    return Formula([*somewhere, *alone])


@given(FORMULAS)
@settings(max_examples=150, deadline=None)
def test_verdicts_are_those_of_the_truth_table(formula: Formula) -> None:
    number = models(formula)
    for expected, truth in (("sat", number > 0), ("unsat", number == 0)):
        found = evidence(formula, expected=expected)
        assert (found.status, found.trust) == ("holds" if truth else "refuted", "kernel")
        kernel.check(found.certificate or found.counterexample["certificate"])
    counts = [evidence(formula, models=lambda parameters, m=m: m) for m in (number, number + 1, max(0, number - 1))]
    assert [found.status for found in counts] == ["holds", "refuted", "holds" if number == 0 else "refuted"]
    assert counts[0].certificate["proposition"]["count"] == number


@pytest.mark.parametrize("name", ["cadical103", "cadical153", "cadical195", "glucose3", "glucose4", "lingeling", "maplechrono"])
def test_the_proofs_of_every_solver_that_writes_them_can_be_followed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "_SOLVERS", (name,))
    for formula in (pigeons(5, 4), Formula([[]]), Formula([[Literal("a")], [-Literal("a")]]), Formula([[Literal("a")], []])):
        assert evidence(formula, expected="unsat").grade == "certified", name


def random_formula(seed: int) -> Formula:
    """60 variables, 360 clauses of three literals: hardly ever satisfiable."""
    chance = random.Random(seed)
    names = [f"x{number}" for number in range(60)]
    return Formula([[Literal(name, chance.random() < 0.5) for name in chance.sample(names, 3)] for _ in range(360)], names)


@pytest.mark.parametrize("name", ["cadical153", "glucose4"])
def test_longer_proofs_of_the_solvers_in_use_can_be_followed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "_SOLVERS", (name,))
    for seed in range(5):
        assert evidence(random_formula(seed), expected="unsat").grade == "certified"


def test_pigeons() -> None:
    assert evidence(pigeons(6, 5), expected="unsat").grade == "certified"
    assert evidence(pigeons(3, 3), models=lambda parameters: 6).grade == "certified"
    found = evidence(pigeons(3, 3), models=lambda parameters: 5)
    assert (found.status, found.measured, found.bound) == ("refuted", "6", "5")
    assert found.counterexample["certificate"]["proposition"]["relation"] == ">="


def test_proofs_are_trimmed() -> None:
    """Additions that the contradiction does not need are left out."""
    a, b = Literal("a"), Literal("b")
    formula = Formula([(a, b), *equal(a, b), (-a, -b)])
    steps = refutations.refute(formula.numbered(), [[1, 2], [-1, 2], [1], [2], []])
    assert [clause for clause, _ in steps] in ([[1], []], [[2], []], [[1], [2], []])


def test_a_proof_that_does_not_follow_leaves_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(clauses: Any, added: Any) -> Any:
        raise refutations.NoRefutation("clause 0 does not follow")

    monkeypatch.setattr(refutations, "refute", stuck)
    found = evidence(pigeons(3, 2), expected="unsat")
    assert (found.status, found.certificate) == ("undecided", None)
    assert "cadical153: clause 0 does not follow; glucose4" in found.note


def test_additions_of_a_proof() -> None:
    assert refutations.additions(["1 -2 0", "d 1 2 0", "", "0"]) == [[1, -2], []]
    with pytest.raises(refutations.NoRefutation, match="clause 1 of"):
        refutations.refute([[1, 2]], [[1], []])


def test_counting_over_some_variables() -> None:
    """c is either of two values where a and b are settled: it is not counted."""
    a, b, c = (Literal(name) for name in "abc")
    formula = Formula([(a, b, c), (a, b, -c)], counted=("a", "b"))
    assert evidence(formula, models=lambda parameters: 3).grade == "certified"
    assert evidence(Formula(formula.clauses), models=lambda parameters: 6).grade == "certified"
    assert evidence(Formula(formula.clauses, counted=()), models=lambda parameters: 1).grade == "certified"


def decoding(predicate: Callable[[Any, Any], bool]) -> Evidence:
    a, b = Literal("a"), Literal("b")
    return evidence(Formula(equal(a, b)), models=lambda parameters: 2, decode=lambda parameters, model: (model["a"], model["b"]), predicate=predicate)


def test_models_are_decoded_and_judged() -> None:
    assert decoding(lambda pair, parameters: pair[0] == pair[1]).details["models"] in ([[True, True], [False, False]], [[False, False], [True, True]])
    wrong = decoding(lambda pair, parameters: pair[0] and pair[1])
    assert (wrong.status, "encoding" in wrong.note) == ("error", True)


def test_a_counterexample_is_shown_again_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    found = check(PropositionalSatisfiability(build=three_pigeons, expected="sat"), {"holes": 2}, 0, Budget())
    code = found.counterexample["python"].replace("from test_sat import three_pigeons as build", "")
    exec(code, {"build": three_pigeons})
    assert "p cnf 6 9" in capsys.readouterr().out


def three_pigeons(parameters: Any) -> Formula:
    """Three pigeons."""
    return pigeons(3, parameters["holes"])


def test_what_is_no_formula() -> None:
    assert evidence(None, expected="sat").status == "error"  # type: ignore[arg-type]
    assert evidence(pigeons(1, 1), models=lambda parameters: -1).status == "error"
    with pytest.raises(ClaimError, match="either expected or models"):
        PropositionalSatisfiability(build=lambda parameters: pigeons(1, 1))
    with pytest.raises(FormulaError, match="b is not among"):
        Formula([[Literal("b")]], ("a",))
    with pytest.raises(FormulaError, match="twice"):
        Formula([], ("a", "a"))
    with pytest.raises(FormulaError, match="counted"):
        Formula([[Literal("b")]], counted=("a",))


def test_dimacs() -> None:
    a, b = Literal("a"), Literal("b")
    formula = Formula([(a, -b, a), (b,), (a, -a)])
    assert formula.dimacs() == "c 1 a\nc 2 b\np cnf 2 2\n1 -2 0\n2 0\n"
    assert [str(literal) for literal in formula.clauses[0]] == ["a", "-b"]
