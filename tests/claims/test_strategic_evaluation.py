"""`assay evaluate` for strategic_learning: golden values, hypotheses that fail, usage errors."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checkers.evaluation import Evaluation, evaluate
from claims.errors import ParameterError
from claims.parameters import parse_assignments, to_json
from claims.strategic_learning import PAPER

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "strategic_learning.json").read_text(encoding="utf-8"))
CLAIMS = {claim.number: claim for claim in PAPER.claims}
F = Fraction


def told(number: str, parameters: dict[str, str]) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(CLAIMS[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    """``measured``, ``bound``, ``status`` or a further value, as JSON data."""
    return to_json(getattr(evaluation, name) if name in ("measured", "bound", "status") else evaluation.values[name])


@pytest.mark.parametrize("number", CLAIMS)
def test_golden_values(number: str) -> None:
    cases = [case for case in GOLDEN["evaluations"] if case["claim"] == number]
    assert cases
    for case in cases:
        evaluation = told(number, case["parameters"])
        assert {name: field(evaluation, name) for name in case["expected"]} == case["expected"], case["parameters"]


@pytest.mark.parametrize("claim", PAPER.claims, ids=lambda claim: claim.number)
def test_the_defaults_hold(claim: Any) -> None:
    assert evaluate(claim, {}).status == "holds"


@pytest.mark.parametrize(
    ("number", "parameters", "hypothesis"),
    [
        ("C3", {"U1": "[[1,0]]", "U2": "[[0,0]]"}, "margin 0"),
        ("C4", {"U1": "[[2,4],[1,3]]"}, "[0, 1]"),
        ("C4", {"lam": "0"}, "λ > 0"),
        ("C9", {"w": "1/9", "z": "2/3"}, "equilibrium"),
    ],
)
def test_hypotheses_that_fail_are_named(number: str, parameters: dict[str, str], hypothesis: str) -> None:
    evaluation = told(number, parameters)
    assert evaluation.status == "undecided"
    assert hypothesis in evaluation.values["hypothesis"]


@pytest.mark.parametrize(
    ("number", "parameters", "message"),
    [
        ("C8", {"p": "1"}, "full support"),
        ("C8", {"channel": "erasure", "p": "1/2"}, "full support"),
        ("C6", {"channel": "symmetric"}, "q"),
        ("C6", {"gamma": "1"}, "gamma"),
        ("C6", {"Q": '[["1/2","1/2"]]'}, "Q"),
        ("C6", {"Q": '[["1/2","1/3"],["1/2","1/2"]]'}, "Q"),
        ("C1", {"U2": "[[1,0,0],[0,1,0]]"}, "U2"),
        ("C11", {"game": "N", "prior": '["1/2","1/2"]'}, "prior"),
        ("C12", {"strategies": "tree", "T": "4"}, "T"),
        ("C13", {"T": "3", "feedback": "own_payoff"}, "plans"),
        ("C15", {"levels1": "[0,1,2,3]"}, "families"),
    ],
)
def test_usage_errors_name_the_parameter(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, parameters)


def test_a_channel_given_in_full_overrides_its_name() -> None:
    given = told("C6", {"Q": '[["3/4","1/4"],["1/4","3/4"]]', "channel": "erasure", "p": "1/3"})
    assert given.measured == told("C6", {"channel": "symmetric", "q": "3/4"}).measured == F(11, 16)


def test_long_periods_are_no_obstacle() -> None:
    evaluation = told("C8", {"gamma": "123/1000", "beta": "457/1000", "p": "1/3"})
    assert evaluation.values["is_pne"]
    assert evaluation.values["plan"] == evaluation.bound == evaluation.measured
