"""What the kernel accepts about propositional formulas is true: against truth tables, whatever the proof says."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkers import kernel, refutations
from checkers.kernel import propositional

Clauses = list[list[int]]
SIZE = 4
LITERALS = st.integers(1, SIZE).flatmap(lambda v: st.sampled_from((v, -v)))
CLAUSE = st.lists(LITERALS, max_size=3, unique_by=abs)
FORMULAS = st.lists(CLAUSE, max_size=14)


def document(kind: str, clauses: Clauses, proof: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A certificate about clauses in the variables x1 to x4."""
    names = [f"x{v}" for v in range(1, SIZE + 1)]
    return {"schema": "assay.certificate/1", "type": kind, "about": {}, "proposition": {"variables": names, "clauses": clauses, **more}, "proof": proof}


def accepts(certificate: dict[str, Any]) -> bool:
    """Whether the kernel accepts it."""
    try:
        kernel.check(certificate)
    except kernel.Rejected:
        return False
    return True


def models(clauses: Clauses) -> list[tuple[bool, ...]]:
    """All models, by truth table."""
    return [values for values in itertools.product((False, True), repeat=SIZE)
            if all(any(values[abs(literal) - 1] == (literal > 0) for literal in clause) for clause in clauses)]


def written(values: tuple[bool, ...]) -> str:
    """An assignment as certificates write it."""
    return "".join("01"[value] for value in values)


@st.composite
def proofs(draw: st.DrawFn, clauses: int) -> list[Any]:
    """Steps that look like a proof and end in the empty clause."""
    steps = [[draw(CLAUSE), draw(st.lists(st.integers(0, clauses + k - 1), max_size=4))] for k in range(draw(st.integers(0, 3)))]
    last = clauses + len(steps)
    return [*steps, [[], draw(st.lists(st.integers(0, last - 1), max_size=4))]]


@given(FORMULAS.filter(bool), st.data())
@settings(max_examples=400, deadline=None)
def test_a_satisfiable_formula_has_no_refutation(clauses: Clauses, data: st.DataObject) -> None:
    steps = data.draw(proofs(len(clauses)))
    if accepts(document("refutation", clauses, {"steps": steps})):
        assert models(clauses) == []


def all_sequences(numbers: range, length: int) -> list[tuple[int, ...]]:
    """Every order of every choice of at most so many numbers."""
    return [hints for k in range(length + 1) for hints in itertools.permutations(numbers, k)]


@pytest.mark.parametrize("clauses", [[[1], [-1, 2]], [[1, 2], [-1, 2], [1, -2]], [[1, 2], [-1, -2]], [[1], [-2], [2, -3]]])
def test_no_hints_at_all_refute_a_satisfiable_formula(clauses: Clauses) -> None:
    """One step by every sequence of hints, after a unit clause by every sequence of hints."""
    first = [[unit, list(hints)] for unit in ([1], [-1], [2], [-2]) for hints in all_sequences(range(len(clauses)), 3)]
    for step in first:
        for hints in all_sequences(range(len(clauses) + 1), 3):
            assert not accepts(document("refutation", clauses, {"steps": [step, [[], list(hints)]]}))


@given(FORMULAS)
@settings(max_examples=150, deadline=None)
def test_every_unsatisfiable_formula_has_a_refutation(clauses: Clauses) -> None:
    """All clauses over the variables, longest first, refute by unit propagation whatever is unsatisfiable; trimming keeps the proof."""
    longest_first = [[sign * v for sign, v in zip(signs, range(1, k + 1), strict=True)]
                     for k in range(SIZE, -1, -1) for signs in itertools.product((1, -1), repeat=k)]
    if models(clauses):
        with pytest.raises(refutations.NoRefutation):
            refutations.refute(clauses, longest_first)
    else:
        assert accepts(document("refutation", clauses, {"steps": refutations.refute(clauses, longest_first)}))


@given(FORMULAS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_refutation_does_not_survive_what_makes_the_formula_satisfiable(clauses: Clauses, data: st.DataObject) -> None:
    assume(clauses and not models(clauses))
    longest_first = [[sign * v for sign, v in zip(signs, range(1, k + 1), strict=True)]
                     for k in range(SIZE, -1, -1) for signs in itertools.product((1, -1), repeat=k)]
    certificate = document("refutation", clauses, {"steps": refutations.refute(clauses, longest_first)})
    changed = copy.deepcopy(certificate)
    place = data.draw(st.integers(0, len(clauses) - 1))
    changed["proposition"]["clauses"][place] = data.draw(CLAUSE)
    if models(changed["proposition"]["clauses"]):
        assert not accepts(changed)


@given(FORMULAS, st.tuples(*[st.booleans()] * SIZE))
@settings(max_examples=200, deadline=None)
def test_models_are_those_of_the_truth_table(clauses: Clauses, values: tuple[bool, ...]) -> None:
    assert accepts(document("model", clauses, {"values": written(values)})) == (values in models(clauses))


@given(FORMULAS, st.sets(st.integers(1, SIZE)), st.data())
@settings(max_examples=200, deadline=None)
def test_counts_are_those_of_the_truth_table(clauses: Clauses, chosen: set[int], data: st.DataObject) -> None:
    """The true count is accepted with its models; a smaller one is not, whichever models are left out."""
    counted = sorted(chosen)
    found = list({tuple(values[v - 1] for v in counted): values for values in models(clauses)}.values())
    blocking = [[-v if values[v - 1] else v for v in counted] for values in found]
    longest_first = [[sign * v for sign, v in zip(signs, range(1, k + 1), strict=True)]
                     for k in range(SIZE, -1, -1) for signs in itertools.product((1, -1), repeat=k)]
    steps = refutations.refute([*clauses, *blocking], longest_first)

    def counting(listed: list[tuple[bool, ...]], relation: str, given_steps: list[Any]) -> dict[str, Any]:
        proof = {"models": [written(values) for values in listed], "steps": given_steps}
        return document("model_count", clauses, proof, counted=counted, relation=relation, count=len(listed))

    assert accepts(counting(found, "==", steps))
    assert accepts(counting(found, ">=", []))
    if found:
        left_out = data.draw(st.integers(0, len(found) - 1))
        fewer = [values for number, values in enumerate(found) if number != left_out]
        assert accepts(counting(fewer, ">=", []))
        assert not accepts(counting(fewer, "==", steps))
        assert not accepts(counting([*found, found[0]], ">=", []))


def test_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(propositional, "MAX_WORK", 4)
    clauses = [[1, 2], [1, -2], [-1]]
    with pytest.raises(kernel.Rejected, match=r"proof\.steps\[0\]\[1\]\[2\]: unit propagation looks at more than 4 literals"):
        kernel.check(document("refutation", clauses, {"steps": [[[], [2, 0, 1]]]}))
    with pytest.raises(kernel.Rejected, match="more than 4 literals"):
        kernel.check(document("model_count", clauses[:2], {"models": ["1000", "1100"], "steps": []}, counted=[2], relation=">=", count=2))


def test_models_of_many_variables_count_as_work_without_any_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(propositional, "MAX_WORK", 7)
    with pytest.raises(kernel.Rejected, match=r"proof\.models: to check them means to look at more than 7 literals"):
        kernel.check(document("model_count", [], {"models": ["1000", "0100"], "steps": []}, counted=[1], relation=">=", count=2))
