"""The claims of leakage_persuasion: every formulation holds at its first setting, every mutant is refuted, wrong statements are caught."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checkers import kernel
from checkers.checker import Budget, check
from claims.claim import Claim, Mutant, Part
from claims.formulations import Enumeration, Formulation, Property, Scaling
from claims.leakage_persuasion import PAPER, enumerations
from claims.leakage_persuasion.algorithms import leak_pattern_program
from claims.leakage_persuasion.figures import figures
from claims.leakage_persuasion.named_instances import problem_at, random_instance
from claims.parameters import to_json

PARTS = [
    (claim, part, number, formulation)
    for claim in PAPER.claims
    for part in claim.parts
    for number, formulation in enumerate(part.formulations)
]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in PAPER.claims for number, mutant in enumerate(claim.mutants, 1)]
QUICK = Budget("quick", 20)


def test_there_are_22_claims_with_three_mutants_each() -> None:
    assert [claim.number for claim in PAPER.claims] == [f"C{number}" for number in range(1, 23)]
    assert all(len(claim.mutants) >= 3 for claim in PAPER.claims)
    assert all(claim.measure and claim.parameters for claim in PAPER.claims)


@pytest.mark.parametrize(("claim", "part", "number", "formulation"), PARTS, ids=[f"{c.number} {p.name} {i}" for c, p, i, _ in PARTS])
def test_formulations_hold(claim: Claim, part: Part, number: int, formulation: Formulation) -> None:
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert evidence.status == "holds", evidence.note
    assert evidence.trust == (
        "exact" if isinstance(formulation, Enumeration | Property) else "statistical" if isinstance(formulation, Scaling) else "kernel"
    )
    assert formulation.argument or part.quantifier == "exists"


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


def test_predicates_can_fail() -> None:
    """Each enumeration's predicate is false somewhere near: with a price, a ratio or a grid that is wrong."""
    strings = range(1 << 5)
    too_dear = {"n": 5, "k": 1, "price": Fraction(4)}
    assert all(enumerations.collects_little(string, {**too_dear, "price": Fraction(7, 2)}) for string in strings)
    assert not all(enumerations.collects_little(string, too_dear) for string in strings)
    tree = {"k": 2, "M": Fraction(10)}
    assert all(enumerations.value_is_covered(actions, tree) for actions in enumerations.action_vectors(tree))
    assert not all(enumerations.value_is_covered(actions, {"k": 2, "M": Fraction(1, 10)}) for actions in enumerations.action_vectors(tree))
    cuts = {"n": 6, "k": 1, "B": 2}
    wrong = [element for element in enumerations.cuts_and_leaks({**cuts, "B": 3}) if element[1] is None]
    assert all(enumerations.boundary_hides_the_cut(element, cuts) for element in wrong)
    assert not enumerations.is_transversal_partition(3, {"n": 4, "k": 1, "layout": "contiguous"})
    assert enumerations.is_transversal_partition(5, {"n": 4, "k": 1, "layout": "contiguous"})
    assert not enumerations.policy_earns_at_most(
        0b000011,
        {
            "instance": "table",
            "theta": (Fraction(1, 2),) * 2,
            "lam": Fraction(1, 10),
            "V": (0, 1, 1, 1),
            "rho": Fraction(1, 2),
            "best": Fraction(1, 10),
        },
    )


def test_random_instances_are_fixed_by_their_seed() -> None:
    assert random_instance("xos", 3, 5) == random_instance("xos", 3, 5) != random_instance("xos", 3, 6)
    assert problem_at({"instance": "drawn", "kind": "xos", "n": 3, "seed": 5}) == random_instance("xos", 3, 5)
    with pytest.raises(ValueError, match="no instance"):
        problem_at({"instance": "what"})


def test_figures_are_read_off_evidence() -> None:
    claim = next(claim for claim in PAPER.claims if claim.number == "C8")
    formulation = claim.parts[0].formulations[0]
    evidence = []
    for setting in formulation.settings.quick[:4]:
        found = check(formulation, setting, 1, QUICK)
        evidence.append({"part": "upper", "status": found.status, "measured": found.measured, "parameters": to_json(setting)})
    (figure,) = figures([{"id": "leakage_persuasion/C8", "evidence": evidence}])
    (line,) = [series for series in figure.series if series.label == "k = 1"]
    assert line.points == tuple((Fraction(n), leak_pattern_program.limit_price(n, 1)) for n in (2, 3, 4, 5))
    assert {series.label for series in figure.series} == {"k = 1", "min(n, 3), k = 1", "min(n, 5), k = 1"}
