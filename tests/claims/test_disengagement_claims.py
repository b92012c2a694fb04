"""The disengagement room as a whole: its claims, mutants, arguments, example and figures."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from checkers import exact_lp, witness
from checkers.checker import Budget
from claims import LinearProgram, Witness
from claims.user_disengagement import PAPER, figures

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


def test_figures_have_points_where_the_claims_say() -> None:
    drawn = {figure.name: figure for figure in figures.figures([{"id": "user_disengagement/C1"}])}
    assert len(drawn) == 8
    for figure in drawn.values():
        for series in figure.series:
            assert list(series.points) == sorted(series.points, key=lambda point: point[0])
    modified = dict(drawn["elasticities"].series[0].points)
    assert modified[Fraction(2, 3)] == 1
    free = drawn["steps"].series[0]
    assert all(steps == k**2 for k, steps in free.points)
    revenue = dict(drawn["friction"].series[0].points)
    assert revenue[Fraction(0)] == Fraction(600, 29)
    assert revenue[Fraction(1)] == 20


def test_the_example_prints_the_switch() -> None:
    printed = subprocess.run([sys.executable, "-m", "examples.content_selection"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "1→2, 2→3, 3→4, 4→5, 5→5; worth 12212093/2900000" in printed
    assert "ρ = 1: show the one that pays 3: revenue 600/29" in printed
    assert "ρ = 1/2: show the one that pays 2: revenue 20, 10 discounted rounds, engaged 1 of the time" in printed


def test_the_room_is_listed_without_heavy_imports() -> None:
    code = "import sys; import claims.user_disengagement; print(sorted({'cvxpy', 'z3', 'cvc5', 'scipy', 'matplotlib', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"
