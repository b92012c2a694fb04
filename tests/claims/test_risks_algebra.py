"""C6, C8, C11–C16 and C44 of multi_agent_risks: formulations hold, mutants are refuted, wrong statements are caught, golden evaluations."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import Evaluation, evaluate
from claims.claim import Claim, Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Enumeration, Formulation, Inequality
from claims.multi_agent_risks.figures.information import figures
from claims.multi_agent_risks.quantities import frontier as opposed
from claims.multi_agent_risks.quantities import information
from claims.multi_agent_risks.sections import economics, frontier, mitigations
from claims.multi_agent_risks.sections import information as asymmetries
from claims.parameters import parse_assignments, to_json

F = Fraction
CLAIMS = {claim.number: claim for section in (frontier, economics, asymmetries, mitigations) for claim in section.CLAIMS}
PARTS = [(claim, part, formulation) for claim in CLAIMS.values() for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in CLAIMS.values() for number, mutant in enumerate(claim.mutants, 1)]
SECTIONS = ("frontier", "economics", "information", "mitigations")
DATA = Path(__file__).parents[1] / "data"
GOLDEN = [case for name in SECTIONS for case in json.loads((DATA / f"multi_agent_risks_{name}.json").read_text(encoding="utf-8"))["evaluations"]]
QUICK = Budget("quick", 20)


def told(number: str, parameters: dict[str, str]) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(CLAIMS[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    """``measured``, ``bound`` or a further value, as JSON data."""
    return to_json(getattr(evaluation, name) if name in ("measured", "bound") else evaluation.values[name])


def test_every_claim_has_mutants_and_a_measure() -> None:
    assert sorted(CLAIMS, key=lambda number: int(number[1:])) == ["C6", "C8", "C11", "C12", "C13", "C14", "C15", "C16", "C44"]
    assert all(len(claim.mutants) >= 3 and claim.measure for claim in CLAIMS.values())


@pytest.mark.parametrize(("claim", "part", "formulation"), PARTS, ids=[f"{claim.number} {part.name}" for claim, part, _ in PARTS])
def test_formulations_hold(claim: Claim, part: Part, formulation: Formulation) -> None:
    settings = formulation.settings.quick
    for setting in {id(s): s for s in (settings[0], settings[-1])}.values():
        evidence = check(formulation, setting, 1, QUICK)
        assert (evidence.status, evidence.trust) == ("holds", "exact" if isinstance(formulation, Enumeration) else "kernel"), evidence.note
    assert formulation.argument or part.quantifier == "exists"


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


IDENTITIES = [
    (f"{claim.number} {part.name}", formulation)
    for claim, part, formulation in PARTS
    if isinstance(formulation, Inequality) and formulation.relation == "=="
]


@pytest.mark.parametrize("identity", [identity for _, identity in IDENTITIES], ids=[name for name, _ in IDENTITIES])
def test_identities_with_another_right_side_fail(identity: Inequality) -> None:
    """The kernel does not accept a changed identity: the checks look at both sides."""
    wrong = replace(identity, right=identity.right + identity.domain[0][0] / 100)
    assert check(wrong, {}, 1, QUICK).status == "refuted"


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['claim']} {case['parameters']}")
def test_golden_values(case: dict[str, Any]) -> None:
    evaluation = told(case["claim"], case["parameters"])
    assert {name: field(evaluation, name) for name in case["expected"]} == case["expected"]
    assert evaluation.status == "holds" or "hypothesis" in evaluation.values


@pytest.mark.parametrize("number", CLAIMS)
def test_the_defaults_hold(number: str) -> None:
    assert told(number, {}).status == "holds"


def test_the_logit_duopoly_is_evaluated_in_balls() -> None:
    evaluation = told("C12", {"model": "logit"})
    assert evaluation.status == "holds"
    assert evaluation.bound is None
    assert abs(evaluation.measured - F("0.393098")) < F(1, 10**6)
    assert abs(evaluation.values["deviation_price"] - F("1.66169")) < F(1, 10**5)
    assert evaluation.measured.rad < F(1, 10**15)


@pytest.mark.parametrize(
    ("number", "parameters", "message"),
    [
        ("C6", {"u": "[1,2,3]"}, "u"),
        ("C6", {"v": "[1,2,3,4,5]"}, "v: 5 payoffs"),
        ("C8", {"A": "[[1,2]]"}, "square"),
        ("C8", {"m": "4", "levels": "3"}, "matrices"),
        ("C8", {"m": "2", "A": "[[1]]"}, "both"),
        ("C11", {"n": "0"}, "n"),
        ("C12", {"payoffs": "[3,5,1,0]"}, "T > R > P > S"),
        ("C12", {"payoffs": "[5,3,1,1]"}, "T > R > P > S"),
        ("C12", {"model": "cournot", "n": "1"}, "n"),
        ("C12", {"model": "multimarket", "s": "5/4"}, "s"),
        ("C13", {"F": "[0,1,1]"}, "cdf"),
        ("C13", {"G": "[0,3,-2]"}, "cdf"),
        ("C13", {"G": "[1,0]"}, "cdf"),
        ("C14", {"n": "0"}, "n"),
        ("C14", {"grid": "two_types", "vL": "3/4"}, "cL < vL < cH < vH"),
        ("C14", {"grid": "two_types", "beta": "3/2"}, "beta"),
        ("C15", {"alpha": "1"}, "alpha"),
        ("C16", {"cl": "2/5"}, "cl"),
        ("C16", {"ch": "3/5"}, "p"),
        ("C44", {"u": "[1,2,3]"}, "u"),
    ],
)
def test_usage_errors_name_the_domain(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, parameters)


def test_predicates_can_fail() -> None:
    census = opposed.census(2, 2)
    assert opposed.is_printed_census(census, {"matrices": 16, "with_saddle": 14, "violations": 0})
    assert not opposed.is_printed_census(census, {"matrices": 16, "with_saddle": 15, "violations": 0})
    assert not opposed.has_saddle_point(((1, 0), (0, 1)), {})
    path = information.printed_path({"n": 4, "alpha": F(3, 2)})[0]
    assert information.is_printed_path(path, {"path": [4, 3]})
    assert not information.is_printed_path(path, {"path": [4, 2]})


def test_figures_are_read_off_the_evidence() -> None:
    holds = {"part": "(b) second best", "status": "holds", "measured": "25/162", "parameters": {"grid": "midpoint", "n": 6, "share": "20/21"}}
    surplus = {"part": "(a) midpoint programs", "status": "holds", "measured": "1/8", "parameters": {"grid": "midpoint", "n": 2}}
    drawn = figures(
        [
            {
                "id": "multi_agent_risks/C14",
                "evidence": [holds, surplus, {**surplus, "status": "undecided", "parameters": {"grid": "midpoint", "n": 3}}],
            }
        ]
    )
    assert [figure.name for figure in drawn] == ["bargaining-surplus", "bargaining-efficiency"]
    assert drawn[0].series[0].points == ((F(2), F(1, 8)),)
    assert drawn[1].series[0].points == ((F(6), F(20, 21)),)
    assert drawn[1].series[-1].points[0][1] == F(27, 32)
    assert figures([]) == []
