"""The claims of alignment_distortion: every formulation comes out as expected, every mutant is refuted, reductions fit from both sides."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from checkers import kernel
from checkers.checker import Budget, check
from claims.alignment_distortion import PAPER, model
from claims.alignment_distortion.maximal_lotteries import maximal_lottery
from claims.claim import Claim, Mutant, Part
from claims.formulations import Enumeration, Experiment, Formulation, Property, Scaling
from instances import GridBTModel, Population
from instances.strategies import populations

PARTS = [
    (claim, part, number, formulation)
    for claim in PAPER.claims
    for part in claim.parts
    for number, formulation in enumerate(part.formulations)
]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in PAPER.claims for number, mutant in enumerate(claim.mutants, 1)]
QUICK = Budget("quick", 20)


def test_the_paper_has_26_claims_with_mutants_and_5_printed_errors() -> None:
    theorems = [claim for claim in PAPER.claims if claim.number.startswith("C")]
    printed = [claim for claim in PAPER.claims if claim.number.startswith("P")]
    assert [claim.number for claim in theorems] == [f"C{number}" for number in range(1, 27)]
    assert [claim.number for claim in printed] == [f"P{number}" for number in range(1, 6)]
    assert all(len(claim.mutants) >= 2 and claim.expected == "holds" for claim in theorems)
    assert all(claim.expected == "refuted" and claim.corrected_by for claim in printed)
    assert all(claim.measure and claim.parameters for claim in PAPER.claims)
    assert [entry.number for entry in PAPER.discrepancies] == [f"P{number}" for number in range(1, 10)]


@pytest.mark.parametrize(("claim", "part", "number", "formulation"), PARTS, ids=[f"{c.number} {p.name} {i}" for c, p, i, _ in PARTS])
def test_formulations_come_out_as_expected(claim: Claim, part: Part, number: int, formulation: Formulation) -> None:
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert evidence.status == claim.expected, evidence.note
    weaker = {Enumeration: "exact", Property: "exact", Experiment: "statistical", Scaling: "statistical"}
    assert evidence.trust == weaker.get(type(formulation), "kernel")
    document = evidence.certificate if evidence.status == "holds" else (evidence.counterexample or {}).get("certificate")
    if evidence.trust == "kernel":
        assert document is not None
        kernel.check(document)


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    refuted = [check(formulation, setting, 1, QUICK) for formulation in mutant.formulations for setting in formulation.settings.quick]
    counterexamples = [evidence.counterexample for evidence in refuted if evidence.status == "refuted" and evidence.trust == "kernel"]
    assert counterexamples, [evidence.note for evidence in refuted]
    assert counterexamples[0] is not None
    kernel.check(counterexamples[0]["certificate"])


@settings(max_examples=60, deadline=None)
@given(population=populations(alternatives=3, K=4))
def test_no_grid_population_beats_the_maximal_lottery_program(population: Population) -> None:
    """C7 from the other side: the ratio to an exact maximal lottery never exceeds ρ_K."""
    response = GridBTModel(Fraction(2), 4)
    welfare = model.lottery_utility(population, maximal_lottery(model.margins(response, population)))
    assert model.best_average_utility(population) <= model.rho_K(Fraction(2), 4) * welfare


@settings(max_examples=60, deadline=None)
@given(population=populations(alternatives=3, K=4))
def test_no_grid_population_beats_the_borda_program(population: Population) -> None:
    """C3 from the other side, at uniform μ: every Borda winner is within 68/45 of the best."""
    mu = (Fraction(1, 3),) * 3
    for winner in model.borda_winners(GridBTModel(Fraction(2), 4), population, mu):
        assert model.best_average_utility(population) <= Fraction(68, 45) * model.average_utility(population, winner)
