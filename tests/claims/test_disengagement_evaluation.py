"""Golden values of the disengagement room, and what its parameters refuse."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from claims import ParameterError
from claims.claim import Measurement
from claims.parameters import parse_assignments
from claims.user_disengagement import PAPER
from exact import reals

GOLDEN = json.loads((Path(__file__).parent.parent / "data" / "user_disengagement.json").read_text(encoding="utf-8"))
CLAIMS = {claim.number: claim for claim in PAPER.claims}


def measured(claim: str, *assignments: str) -> Measurement:
    return CLAIMS[claim].evaluate(parse_assignments(assignments))[1]


def exact(data: Any) -> Any:
    return [exact(entry) for entry in data] if isinstance(data, list | tuple) else Fraction(data)


@pytest.mark.parametrize("case", GOLDEN["evaluations"], ids=lambda case: " ".join([case["claim"], *case["assignments"]]))
def test_golden_values(case: dict[str, Any]) -> None:
    found = measured(case["claim"], *case["assignments"])
    for side in ("measured", "bound"):
        if side in case:
            assert getattr(found, side) == Fraction(case[side])
    for name, value in case.get("values", {}).items():
        assert exact(found.values[name]) == exact(value), name


@pytest.mark.parametrize("case", GOLDEN["decimals"], ids=lambda case: " ".join([case["claim"], *case["assignments"]]))
def test_golden_decimals(case: dict[str, Any]) -> None:
    last = Fraction(1, 10 ** len(case["measured"].split(".")[1]))
    gap = reals.ball(measured(case["claim"], *case["assignments"]).measured) - Fraction(case["measured"])
    assert abs(gap) <= last


@pytest.mark.parametrize("number", CLAIMS)
def test_every_claim_holds_at_its_default_parameters(number: str) -> None:
    data = {"users": "2000"} if number == "C28" else {}
    found = CLAIMS[number].evaluate(data)[1]
    relation = CLAIMS[number].relation
    if found.holds is not None:
        assert found.holds
    else:
        assert {"<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "iff": lambda a, b: a == b}[relation](
            found.measured, found.bound
        )


@pytest.mark.parametrize(
    ("claim", "assignments", "hypothesis"),
    [
        ("C1", ["rho=1/2", "q=1/2"], "cannot both"),
        ("C7", ["reach=[[2],[1]]", "b=[0,1]", "f=[0,1]"], "neutral content"),
        ("C8", ["reach=[[2],[1]]", "b=[0,1]", "f=[0,1]"], "neutral content"),
        ("C11", ["moves=[[[-1,1]]]"], "negative"),
        ("C12", ["r=[1,-1]"], "negative"),
        ("C14", ["moves=[[[-1,1]],[[1,1]],[[1,1]]]"], "negative"),
        ("C14", ["rho_low=1", "rho_high=0"], "more friction"),
        ("C16", ["gamma=1"], "long-run average"),
        ("C20", ["rho=1"], "interior"),
        ("C22", ["c=3/5"], "limit"),
        ("C24", ["delta=1/2"], "delta = 1"),
        ("C27", ["T=2"], "2N ln N"),
        ("C7", ["b=[0,1]"], "entries"),
        ("C3", ["rho=[0,1]"], "entries"),
    ],
)
def test_what_a_claim_does_not_speak_about_is_refused(claim: str, assignments: list[str], hypothesis: str) -> None:
    with pytest.raises(ParameterError, match=hypothesis):
        measured(claim, *assignments)


def test_a_failed_example_refutes_no_existence_claim() -> None:
    for claim, assignment in (("C9", "down=3/2"), ("C10", "up=3"), ("C19", "rho_low=9/10")):
        assert measured(claim, assignment).holds is None


def test_an_irrational_price_is_enclosed() -> None:
    found = measured("C20", "rho=1/7", "c=1/2", "n=1")
    price = found.values["p"]
    z = Fraction(1, 9) + Fraction(1, 7)
    churn = price**2 * (1 + price) / 2
    assert (churn * (found.values["churn_elasticity"] - 1)).arb.overlaps(reals.ball(z).arb)
    assert found.holds
