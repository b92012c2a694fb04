"""C33 and C34 of multi_agent_risks: they hold, their mutants are refuted, and their evaluations agree with independent computations."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import Evaluation, evaluate
from claims.claim import Claim, Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Enumeration, Formulation
from claims.multi_agent_risks import model_commitment_bargaining as model
from claims.multi_agent_risks import quantities_commitment_bargaining as q
from claims.multi_agent_risks.sections.commitment_bargaining import CLAIMS
from claims.parameters import parse_assignments, to_json

F = Fraction
GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_commitment_bargaining.json").read_text(encoding="utf-8"))
BY_NUMBER = {claim.number: claim for claim in CLAIMS}
QUICK = Budget("quick", 20)
PARTS = [(claim, part, formulation) for claim in CLAIMS for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in CLAIMS for number, mutant in enumerate(claim.mutants, 1)]
UNIT = st.fractions(0, 1, max_denominator=12)


def told(number: str, **parameters: str) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(BY_NUMBER[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


@pytest.mark.parametrize(("claim", "part", "formulation"), PARTS, ids=[f"{c.number} {p.name} {type(f).__name__}" for c, p, f in PARTS])
def test_formulations_hold(claim: Claim, part: Part, formulation: Formulation) -> None:
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("holds", "exact" if isinstance(formulation, Enumeration) else "kernel"), evidence.note
    assert formulation.argument or part.quantifier == "exists"


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


@pytest.mark.parametrize("case", GOLDEN["exact"], ids=lambda case: f"{case['claim']} {case['parameters']}")
def test_golden_values(case: dict[str, Any]) -> None:
    evaluation = told(case["claim"], **case["parameters"])
    assert evaluation.status == "holds"
    found = {name: getattr(evaluation, name) if name in ("measured", "bound") else evaluation.values[name] for name in case["expected"]}
    assert to_json(found) == case["expected"]


@pytest.mark.parametrize(("number", "parameters", "message"), [
    ("C33", {"p1": "9/10", "p2": "1/2"}, "p1 <= p2"),
    ("C33", {"p2": "1/2", "cR": "3/5"}, "cR <= p2"),
    ("C33", {"delta": "2"}, "value <= 1"),
    ("C33", {"cD": "-1"}, "0 <= value"),
    ("C34", {"payoffs": "[3,5,1,0]"}, "T > R > P > S"),
    ("C34", {"payoffs": "[5,3,1]"}, "list"),
    ("C34", {"q": "[1,1,1,1,1]"}, "four"),
    ("C34", {"q": "[1,1,1,2]"}, "value <= 1"),
    ("C34", {"phi": "1/2"}, "phi"),
    ("C34", {"phi": "0"}, "0 < value"),
    ("C34", {"chi": "1/2"}, "1 <= value"),
])
def test_usage_errors_name_the_domain(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, **parameters)


def test_predicates_can_fail() -> None:
    """Where war pays D a prize of its own, the formula is wrong: such a rivalry is outside the domain."""
    assert q.follows_the_threshold(q.rivals("1/10", "9/10", "1/20", "9/10"), {})
    looting = model.Rivalry(F(1, 2), F(1, 2), F(0), F(-1, 10), F(0))
    assert not looting.is_valid()
    assert not q.follows_the_threshold(looting, {})


def best_peace_by_search(rivalry: model.Rivalry) -> Fraction | None:
    """D's best payoff over offers on a fine grid in both periods, R's answers compared one by one; None where R accepts none."""
    offers = [F(i, 720) for i in range(721)]
    late_war = rivalry.p2 - rivalry.cost_r
    late = max([1 - y for y in offers if y >= late_war])
    late_r = max(late_war, F(0))
    accepted = [x for x in offers if x + rivalry.delta * late_r >= rivalry.p1 * (1 + rivalry.delta) - rivalry.cost_r]
    return max((1 - x + rivalry.delta * late for x in accepted), default=None)


@given(UNIT, UNIT, st.sampled_from([F(0), F(1, 12), F(1, 3)]), st.sampled_from([F(0), F(1, 12), F(1, 2)]), st.sampled_from([F(0), F(1, 2), F(4, 5), F(1)]))
@settings(max_examples=80, deadline=None)
def test_backward_induction_against_a_search_over_offers(one: Fraction, other: Fraction, cost_r: Fraction, cost_d: Fraction, delta: Fraction) -> None:
    rivalry = model.Rivalry(min(one, other), max(one, other), cost_r, cost_d, delta)
    assume(rivalry.is_valid())
    peace = best_peace_by_search(rivalry)
    assert peace is not None
    war = (1 - rivalry.p1) * (1 + delta) - cost_d
    names = {"p1": rivalry.p1, "p2": rivalry.p2, "cR": cost_r, "cD": cost_d, "delta": delta}
    evaluation = told("C33", **{name: str(value) for name, value in names.items()})
    assert abs(evaluation.values["gain_from_war"] - (war - peace)) <= F(2, 720)
    assert evaluation.values["war"] == (delta * (rivalry.p2 - rivalry.p1) > rivalry.p1 + cost_d + delta * cost_r)
    assert evaluation.status == "holds"


@given(st.lists(UNIT, min_size=4, max_size=4), st.fractions(1, 5, max_denominator=4), st.fractions(F(1, 4), 1, max_denominator=8))
@settings(max_examples=60, deadline=None)
def test_extortion_against_long_play(opponent: list[Fraction], chi: Fraction, scale: Fraction) -> None:
    """Cesàro means of the law of the state, from play with the opponent's own indexing."""
    phi = scale / (1 + 4 * chi)
    evaluation = told("C34", q=json.dumps([str(x) for x in opponent]), chi=str(chi), phi=str(phi))
    strategy = evaluation.values["strategy"]
    assert all(0 <= p <= 1 for p in strategy)
    if evaluation.measured is None:
        assert "unique" in evaluation.values["hypothesis"]
        return
    assert evaluation.status == "holds"
    assert sum(evaluation.values["stationary"]) == 1
    names = ("CC", "CD", "DC", "DD")
    move = np.zeros((4, 4))
    for i, state in enumerate(names):
        x = float(strategy[i])
        y = float(opponent[names.index(state[::-1])])
        for j, after in enumerate(names):
            move[i, j] = (x if after[0] == "C" else 1 - x) * (y if after[1] == "C" else 1 - y)
    law = np.array([float(v) for v in evaluation.values["stationary"]])
    assert law @ move == pytest.approx(law, abs=1e-12)
    assert float(evaluation.values["s_X"]) == pytest.approx(law @ np.array([3, 0, 5, 1]))
    assert float(evaluation.values["s_Y"]) == pytest.approx(law @ np.array([3, 5, 0, 1]))
    if law.min() > 1e-3:
        power = np.linalg.matrix_power((move + np.eye(4)) / 2, 4096)
        assert power[0] == pytest.approx(law, abs=1e-6)


def test_two_stationary_laws_are_named() -> None:
    """χ = 1 and Y repays like with like: mutual cooperation and mutual punishment both last."""
    evaluation = told("C34", chi="1", phi="1/10", q="[1,0,1,0]")
    assert evaluation.status == "undecided"
    assert "unique" in evaluation.values["hypothesis"]
    assert evaluation.values["stationary"] is None
