"""`assay evaluate` for leakage_persuasion: golden values, hypotheses that fail, and usage errors."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checkers.evaluation import Evaluation, evaluate
from claims.errors import ParameterError
from claims.leakage_persuasion import PAPER
from claims.parameters import parse_assignments, to_json

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "leakage_persuasion.json").read_text(encoding="utf-8"))
CLAIMS = {claim.number: claim for claim in PAPER.claims}


def told(number: str, parameters: dict[str, str]) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(CLAIMS[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    """``measured``, ``bound``, ``status`` or a further value, as JSON data."""
    return to_json(getattr(evaluation, name) if name in ("measured", "bound", "status") else evaluation.values[name])


@pytest.mark.parametrize("number", sorted(CLAIMS, key=lambda number: int(number[1:])))
def test_golden_values(number: str) -> None:
    for case in GOLDEN["evaluations"]:
        if case["claim"] == number:
            evaluation = told(number, case["parameters"])
            shown = {name: field(evaluation, name) for name in case["expected"]}
            assert shown == case["expected"], case["parameters"]


@pytest.mark.parametrize("case", GOLDEN["rounded"], ids=lambda case: f"{case['claim']} {case['parameters']}")
def test_rounded_golden_values(case: dict[str, Any]) -> None:
    value = Fraction(field(told(case["claim"], case["parameters"]), case["field"]))
    unit = Fraction(1, 10 ** -Decimal(case["value"]).as_tuple().exponent)  # type: ignore[operator]
    assert abs(value - Fraction(case["value"])) < unit


@pytest.mark.parametrize("claim", PAPER.claims, ids=lambda claim: claim.number)
def test_the_defaults_can_be_evaluated(claim: Any) -> None:
    evaluation = evaluate(claim, {})
    assert evaluation.measured is not None
    assert evaluation.bound is not None
    assert evaluation.status == ("undecided" if claim.number == "C18" else "holds")


@pytest.mark.parametrize(
    ("number", "parameters", "hypothesis"),
    [
        ("C2", {"V": "coverage"}, "V is supermodular"),
        ("C5", {"V": "coverage"}, "V is supermodular"),
        ("C6", {"n": "4", "k": "1", "M": "10"}, "n <= 2^(k+1) - 1"),
        ("C18", {}, "V is subadditive"),
        ("C20", {"n": "2"}, "n >= 3"),
        ("C22", {"n": "3", "theta": "1/2", "V": "coverage"}, "thresholds are pairwise distinct"),
        ("C22", {"k": "0"}, "k >= 1"),
    ],
)
def test_a_failing_hypothesis_leaves_the_status_undecided(number: str, parameters: dict[str, str], hypothesis: str) -> None:
    evaluation = told(number, parameters)
    assert evaluation.status == "undecided"
    assert evaluation.measured is not None
    assert hypothesis in evaluation.values["hypothesis"]


@pytest.mark.parametrize(
    ("number", "parameters", "part"),
    [
        ("C1", {"n": "11", "M": "2"}, "4096 columns"),
        ("C1", {"n": "30", "theta": "1/2", "V": "coverage"}, "2^30"),
        ("C10", {"n": "40"}, "2^40"),
        ("C1", {"theta": '["1/5","1/3"]', "n": "3"}, "theta has 2 entries"),
        ("C1", {"theta": "1/2"}, "needs n"),
        ("C1", {"theta": '["1/5","1/3"]', "V": "[0,2,1,1]"}, "not monotone"),
        ("C1", {"theta": '["1/5","1/3"]', "V": "[1,2,2,2]"}, "empty set"),
        ("C1", {"theta": '["1/5","1/3"]', "V": "[0,1,1]"}, "power of two"),
        ("C1", {"theta": '["1/5","1/3"]', "V": "[0,0,1,1,1,1,1,1]"}, "3 agents"),
        ("C1", {"theta": '["0","1/3"]'}, "not in the domain"),
        ("C1", {"V": "coverage", "v": "[1,1,1]"}, "V=chain"),
        ("C3", {"V": "[0,0,0,0,0,0,0,0]"}, "0 everywhere"),
        ("C6", {"lam": "1/2"}, "smallest threshold"),
        ("C7", {"lam": "1/2"}, "smallest threshold"),
        ("C15", {"n": "5"}, "do not divide"),
        ("C17", {"B": "7"}, "at most n"),
        ("C18", {"K": "[[2],[3]]"}, "2 leak sets for 3 receivers"),
        ("C18", {"K": "[[1],[3],[1]]"}, "does not leak to itself"),
        ("C18", {"K": "[[4],[3],[1]]"}, "none of the receivers"),
        ("C20", {"scheme": "matching", "n": "5"}, "odd"),
        ("C20", {"scheme": "secret_sharing", "q": "6"}, "no prime"),
        ("C20", {"scheme": "secret_sharing", "q": "3"}, "no prime >= n = 4"),
        ("C21", {"theta": '["1/2","1/2","1/2"]'}, "two are due"),
        ("C9", {"x": "1"}, "unknown parameter"),
    ],
)
def test_usage_errors_say_what_is_wrong(number: str, parameters: dict[str, str], part: str) -> None:
    with pytest.raises(ParameterError, match=part.replace("[", r"\[").replace("^", r"\^").replace("+", r"\+")):
        told(number, parameters)


def test_leaks_above_n_minus_one_mean_n_minus_one() -> None:
    for number in ("C1", "C3", "C4", "C5", "C9", "C11", "C12", "C13", "C22"):
        parameters = {"n": "3"} if number in ("C9", "C11", "C12", "C13") else {}
        many, two = told(number, {**parameters, "k": "9"}), told(number, {**parameters, "k": "2"})
        assert (many.measured, many.bound) == (two.measured, two.bound)


def test_what_is_out_of_reach_is_null() -> None:
    assert told("C9", {"n": "18"}).measured is None
    assert told("C9", {"n": "18"}).status == "undecided"
    assert told("C9", {"n": "63", "k": "5"}).measured == 63
    assert told("C16", {"n": "3", "k": "2"}).bound is None
    assert told("C19", {"k": "3"}).measured is None
    assert told("C20", {"n": "10"}).measured is None
    assert told("C20", {"n": "10"}).values["U"] == told("C20", {"n": "10"}).bound


def test_the_state_zero_budget_may_bind() -> None:
    """λ(1 + no) > 1: the closed form of coverage is min(1, ·), and the symmetric program agrees with the full one."""
    evaluation = told("C12", {"n": "4", "theta": "1/5", "lam": "3/10"})
    assert evaluation.values["OPT_0"] == 1
    full = told("C1", {"n": "4", "theta": "1/5", "lam": "3/10", "V": "coverage"})
    assert (full.bound, full.measured) == (evaluation.values["OPT_0"], evaluation.values["OPT_k"])
