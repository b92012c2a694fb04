"""The disengagement room as a whole: its claims, mutants, arguments, example and figures."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checkers import exact_lp, witness
from checkers.checker import Budget, check
from claims import LinearProgram, Part, Witness
from claims.figures import Figure
from claims.formulations import Formulation
from claims.parameters import Values, to_json
from claims.user_disengagement import PAPER, figures, plotted

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = [(claim.number, i) for claim in PAPER.claims for i in range(len(claim.mutants))]
CLAIMS = {claim.number: claim for claim in PAPER.claims}


def test_every_claim_of_the_paper_is_there_in_order() -> None:
    assert [claim.number for claim in PAPER.claims] == [f"C{i}" for i in range(1, 29)]
    assert len(MUTANTS) == 74
    assert all(len(claim.mutants) >= 2 and claim.measure is not None for claim in PAPER.claims)
    assert {discrepancy.claim for discrepancy in PAPER.discrepancies} <= set(CLAIMS)


def test_sources_never_quote_the_paper() -> None:
    assert {claim.source.origin for claim in PAPER.claims} == {"reconstructed"}


@pytest.mark.parametrize(("number", "index"), MUTANTS)
def test_mutants_are_refuted_with_a_certificate(number: str, index: int) -> None:
    (formulation,) = CLAIMS[number].mutants[index].formulations
    assert isinstance(formulation, Witness | LinearProgram)
    checker = exact_lp if isinstance(formulation, LinearProgram) else witness
    (setting,) = formulation.settings.at("quick")
    evidence = checker.check(formulation, setting, 0, Budget())
    assert (evidence.status, evidence.trust) == ("refuted", "kernel")


def told(part: Part, formulation: Formulation, setting: Values) -> dict[str, object]:
    """What the run document says of one setting, checked here and now."""
    found = check(formulation, setting, 1, Budget())
    return {"part": part.name, "status": found.status, "measured": to_json(found.measured), "bound": to_json(found.bound), "parameters": to_json(setting)}


@pytest.fixture(scope="module")
def run() -> list[dict[str, Any]]:
    """The claims of a run at effort quick, with the evidence of the plotted points only."""
    plotted_parts = {part.name for part in plotted.PARTS}
    return [
        {"id": f"user_disengagement/{claim.number}", "evidence": [
            told(part, formulation, setting) for part in claim.parts if part.beside and part.name in plotted_parts
            for formulation in part.formulations for setting in formulation.settings.at("quick")
        ]}
        for claim in PAPER.claims
    ]


def lines_of(figure: Figure) -> dict[str, dict[Fraction, Fraction]]:
    return {series.label: dict(series.points) for series in figure.series}


def test_figures_are_read_off_the_evidence(run: list[dict[str, Any]]) -> None:
    drawn = {figure.name: figure for figure in figures.figures(run)}
    assert tuple(drawn) == figures.NAMES
    for figure in drawn.values():
        for series in figure.series:
            assert list(series.points) == sorted(series.points, key=lambda point: point[0])
    friction = lines_of(drawn["friction"])
    assert friction["V*"][Fraction(0)] == Fraction(600, 29)
    assert friction["V*"][Fraction(1)] == 20
    assert (friction["D̃"][Fraction(0)], friction["D̃"][Fraction(1, 2)]) == (Fraction(200, 29), 10)
    assert (friction["e3"][Fraction(0)], friction["e3"][Fraction(1, 2)]) == (Fraction(2, 3), 1)
    assert drawn["friction"].marks == (Fraction(1, 9),)
    assert lines_of(drawn["elasticities"])["modified"][Fraction(2, 3)] == 1
    assert drawn["elasticities"].marks == (Fraction(2, 3),)
    assert lines_of(drawn["boundaries"])["C17, γ = 3/4"][Fraction(1, 2)] == Fraction(4, 9)
    indices = lines_of(drawn["indices"])
    assert list(indices["δ = 0"].values()) == [Fraction(300, 41), Fraction(100, 11), Fraction(200, 23), Fraction(300, 19), Fraction(400, 29)]
    assert (indices["target, δ = 0"], indices["target, δ = 1/2"]) == ({Fraction(3): Fraction(300, 19)}, {Fraction(4): Fraction(742, 29)})
    assert lines_of(drawn["ceiling"])["played out"][Fraction(3, 4)] == Fraction(2, 3)
    assert lines_of(drawn["basins"])["ρ = 1, from 5"] == {Fraction(0): 5, Fraction(1): 4}
    steps = lines_of(drawn["steps"])
    assert steps["free"] == steps["k²"]
    assert all(count < k**2 for k, count in steps["nearest"].items() if k > 2)


def test_learning_is_drawn_from_runs_of_the_learners(run: list[dict[str, Any]]) -> None:
    (figure,) = (figure for figure in figures.figures(run) if figure.name == "learning")
    lines = lines_of(figure)
    assert lines["ALG/OPT, N = 8"][Fraction(2)] * 2 - 1 == Fraction(-13, 24)
    assert round(4 * lines["ALG/OPT, bandit, N = 2"][Fraction(4)], 11) == Fraction("2.14969359407")
    assert all(lines["regret/√T, two in turn"][users] <= bound for users, bound in lines["bound √(2 ln 2)"].items())


def test_what_does_not_hold_is_not_drawn(run: list[dict[str, Any]]) -> None:
    failed = [claim | {"evidence": [item | {"status": "undecided"} for item in claim["evidence"]]} for claim in run]
    assert figures.figures(failed) == figures.figures([]) == []
    without = [claim for claim in run if claim["id"] != "user_disengagement/C19"]
    assert [figure.name for figure in figures.figures(without)] == list(figures.NAMES[1:])


@pytest.mark.parametrize("part", plotted.PARTS, ids=lambda part: part.name)
def test_plotted_points_can_fail(part: Part) -> None:
    (formulation,) = part.formulations
    setting = formulation.settings.at("quick")[0]
    opposite = {"==": "!=", ">=": "<", "<=": ">", ">": "<="}[formulation.relation]
    assert check(replace(formulation, relation=opposite), setting, 1, Budget()).status != "holds"


def test_away_from_the_boundary_the_sign_does_not_change() -> None:
    (formulation,) = plotted.OF_RATIO.formulations
    setting = formulation.settings.at("quick")[0]
    for shift in (Fraction(1, 20), Fraction(-1, 20)):
        moved = {**setting, "f": setting["f"] + shift, "f_next": setting["f_next"] + shift}
        assert check(formulation, moved, 1, Budget()).status == "refuted"


def test_plotted_parts_leave_the_grades_alone_and_have_a_finer_grid_at_standard() -> None:
    listed = [part for claim in PAPER.claims for part in claim.parts if part in plotted.PARTS]
    assert len(listed) == len(plotted.PARTS)
    assert all(part.beside for part in plotted.PARTS)
    cases = {effort: sum(len(part.formulations[0].cases(effort)) for part in plotted.PARTS) for effort in ("quick", "standard")}
    assert cases["quick"] <= 100 < 3 * cases["quick"] < cases["standard"]


def test_the_example_prints_the_switch() -> None:
    printed = subprocess.run([sys.executable, "-m", "examples.content_selection"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "1→2, 2→3, 3→4, 4→5, 5→5; worth 12212093/2900000" in printed
    assert "ρ = 1: show the one that pays 3: revenue 600/29" in printed
    assert "ρ = 1/2: show the one that pays 2: revenue 20, 10 discounted rounds, engaged 1 of the time" in printed


def test_the_room_is_listed_without_heavy_imports() -> None:
    code = "import sys; import claims.user_disengagement; print(sorted({'cvxpy', 'z3', 'cvc5', 'scipy', 'matplotlib', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"
