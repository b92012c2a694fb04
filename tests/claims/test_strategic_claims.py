"""The claims of strategic_learning: every formulation holds at its first setting, every mutant is refuted, wrong statements are caught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from checkers import kernel
from checkers.checker import Budget, check
from claims.claim import Claim, Mutant, Part
from claims.figures import HeatMap
from claims.formulations import Experiment, Formulation, Inequality
from claims.parameters import to_json
from claims.strategic_learning import PAPER, quantities
from claims.strategic_learning.figures import figures
from claims.strategic_learning.knowledge import price_of_not_knowing, stackelberg_values
from claims.strategic_learning.named_games import COMMITMENT, COMMON_INTEREST, concede_insist_game, feedback_games
from claims.strategic_learning.printed_tables import RESTRICTED
from claims.strategic_learning.sections.knowledge import PRECISE_GRID, ROUNDS
from claims.strategic_learning.sections.one_game import LISTED_RUNS
from examples import knowledge
from instances.bayesian_games import BayesianGame, symmetric

F = Fraction
PARTS = [
    (claim, part, number, formulation)
    for claim in PAPER.claims
    for part in claim.parts
    for number, formulation in enumerate(part.formulations)
    if not isinstance(formulation, Experiment)
]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in PAPER.claims for number, mutant in enumerate(claim.mutants, 1)]
QUICK = Budget("quick", 20)


def test_there_are_16_claims_with_three_mutants_each() -> None:
    assert [claim.number for claim in PAPER.claims] == [*(f"C{n}" for n in range(1, 7)), "C6e", *(f"C{n}" for n in range(7, 16))]
    assert all(len(claim.mutants) >= 3 and claim.measure for claim in PAPER.claims)


@pytest.mark.parametrize(("claim", "part", "number", "formulation"), PARTS, ids=[f"{c.number} {p.name} {i}" for c, p, i, _ in PARTS])
def test_formulations_hold(claim: Claim, part: Part, number: int, formulation: Formulation) -> None:
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    trust = {"Enumeration": "exact", "Satisfiability": "solver"}.get(type(formulation).__name__, "kernel")
    assert (evidence.status, evidence.trust) == ("holds", trust), evidence.note
    assert part.beside or trust != "solver"
    assert formulation.argument or part.quantifier == "exists"


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


def test_identities_with_a_changed_coefficient_fail() -> None:
    """The kernel does not accept the multipliers of C6 and C11 with another constant."""
    for claim in PAPER.claims:
        for part in claim.parts:
            for formulation in part.formulations:
                if claim.number in ("C6", "C11") and isinstance(formulation, Inequality) and formulation.relation == "==":
                    wrong = replace(formulation, right=formulation.right + formulation.domain[0][0] / 100)
                    assert check(wrong, {}, 1, QUICK).status == "refuted", part.name


def test_predicates_can_fail() -> None:
    row = next(setting for setting in RESTRICTED if setting["strategies"] == "moore2")
    (element,) = quantities.restricted_summary(row)
    assert quantities.is_as_printed(element, row)
    assert not quantities.is_as_printed(element, {**row, "count": row["count"] + 1})
    assert quantities.obeys_the_bound(element, row)
    assert not quantities.obeys_the_bound((*element[:5], F(3, 4), *element[6:]), row)
    assert not quantities.menu_holds(feedback_games(), {})
    assert not quantities.stands_still(("type 1", F(1, 2), F(2, 3)), {})


def test_a_game_of_your_own() -> None:
    values = stackelberg_values(COMMITMENT)
    assert (values.first.value, values.second.value) == (F(7, 2), F(1))
    game = concede_insist_game(F(1, 4), F(1, 2), F(1, 2), symmetric(2, F(3, 4)))
    answer = price_of_not_knowing(game)
    assert (answer.benchmark, answer.bound, answer.gap) == (F(3, 4), F(11, 16), F(1, 16))
    kernel.check(answer.certificate({"game": "I(1/4, 1/2)"}))
    with pytest.raises(ValueError, match="same in all games"):
        price_of_not_knowing(BayesianGame(COMMON_INTEREST, (F(1, 2), F(1, 2)), symmetric(2, F(3, 4))))


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    knowledge.main()
    shown = capsys.readouterr().out
    assert "gap 4/27" in shown
    assert "accepted by the kernel" in shown


def test_figures_are_read_off_the_evidence() -> None:
    holds = {
        "part": "table",
        "status": "holds",
        "measured": "19/36",
        "parameters": {"gamma": "1/4", "beta": "1/2", "pi": "1/2", "p": "0", "stated": "19/36"},
    }
    drawn = figures([{"id": "strategic_learning/C8", "evidence": [holds, {**holds, "status": "undecided"}]}])
    assert [figure.name for figure in drawn] == ["best-equilibrium"]
    assert drawn[0].series[0].points == ((F(0), F(19, 36)),)
    assert drawn[0].series[1].points == ((F(0), F(3, 4)),)


def told(number: str, part_name: str, settings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a run's document says of a part at some of its settings, checked here and now."""
    (part,) = [part for claim in PAPER.claims if claim.number == number for part in claim.parts if part.name == part_name]
    evidence = []
    for formulation in part.formulations:
        for setting in (values for values in formulation.settings.at("standard") if values in settings):
            found = check(formulation, setting, 1, QUICK)
            evidence.append(
                {
                    "part": part_name,
                    "status": found.status,
                    "measured": to_json(found.measured),
                    "bound": to_json(found.bound),
                    "parameters": to_json(setting),
                }
            )
    return {"id": f"strategic_learning/{number}", "evidence": evidence}


def test_the_gap_vanishes_right_of_the_curve_only() -> None:
    claim = told("C8", "upper bound", PRECISE_GRID)
    (figure,) = [figure for figure in figures([claim]) if figure.name == "gap"]
    assert isinstance(figure, HeatMap)
    for row, beta in zip(figure.cells, figure.rows, strict=True):
        for cell, gamma in zip(row, figure.columns, strict=True):
            assert cell is not None
            assert isinstance(beta, F)
            assert isinstance(gamma, F)
            uniform = (1 - beta) / 2 * (1 / (1 + beta) - gamma) / (1 - gamma)
            assert uniform <= cell
            assert uniform > 0 or cell < F(1, 100)
    assert [figure for figure in figures([{**claim, "evidence": claim["evidence"][:40]}]) if figure.name == "gap"] == []


def test_probing_and_runs_are_drawn_from_what_was_played() -> None:
    drawn = {figure.name: figure for figure in figures([told("C9", "myopic", ROUNDS), told("C3", "runs", LISTED_RUNS[0])])}
    assert list(drawn) == ["runs", "probing"]
    myopic, limit = drawn["probing"].series
    assert dict(myopic.points)[F(10)] == F(3, 4) - F(1, 40)
    assert {y for _, y in limit.points} == {F(3, 4)}
    learners = {series.label: series.points for series in drawn["runs"].series}
    assert all(y > F(1, 2) for _, y in learners["Hedge, T = 2000"])
    assert all(y < 0 and x < F(1, 20) for x, y in learners["Blum-Mansour, T = 2000"])
