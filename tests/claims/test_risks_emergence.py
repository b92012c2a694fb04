"""C35–C37: formulations hold, mutants are refuted, evaluations agree with counting by hand and by other means."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import evaluate
from claims import Enumeration
from claims.claim import Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Formulation
from claims.multi_agent_risks.figures.emergence import NAMES, figures
from claims.multi_agent_risks.models import coalitions, voting
from claims.multi_agent_risks.quantities import emergence as q
from claims.multi_agent_risks.sections import emergence
from claims.parameters import parse_assignments, to_json
from exact.linear_programs import solve

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_emergence.json").read_text(encoding="utf-8"))
CLAIMS = {claim.number: claim for claim in emergence.CLAIMS}
F = Fraction
QUICK = Budget("quick", 20)
FORMULATIONS = [(claim.number, part, formulation) for claim in emergence.CLAIMS for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in emergence.CLAIMS for number, mutant in enumerate(claim.mutants, 1)]


@pytest.mark.parametrize(("part", "formulation"), [row[1:] for row in FORMULATIONS], ids=[f"{n} {part.name}" for n, part, _ in FORMULATIONS])
def test_formulations_hold_at_every_quick_setting(part: Part, formulation: Formulation) -> None:
    for setting in formulation.settings.quick:
        evidence = check(formulation, setting, 1, QUICK)
        assert (evidence.status, evidence.trust) == ("holds", "exact" if isinstance(formulation, Enumeration) else "kernel"), (setting, evidence.note)
    assert formulation.argument or part.quantifier == "exists"


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    kernel.check(evidence.counterexample["certificate"])


@pytest.mark.parametrize("case", GOLDEN["evaluations"], ids=lambda case: f"{case['claim']} {case['parameters']}")
def test_golden_values(case: dict[str, Any]) -> None:
    found = evaluate(CLAIMS[case["claim"]], parse_assignments([f"{name}={value}" for name, value in case["parameters"].items()]))
    told = {"measured": to_json(found.measured), "bound": to_json(found.bound), **to_json(found.values)}
    assert {name: told[name] for name in case["expected"]} == case["expected"]
    assert found.status == "holds"


@pytest.mark.parametrize(("number", "parameters"), [
    ("C35", "n=4"), ("C35", "n=0"), ("C35", "n=-1"), ("C36", "n=2"), ("C36", "issues=0"), ("C36", "n=3/2"), ("C37", "n=0"), ("C37", "n=5"),
])
def test_out_of_domain_names_the_domain(number: str, parameters: str) -> None:
    with pytest.raises(ParameterError, match=r"it must be: (odd )?integer"):
        evaluate(CLAIMS[number], parse_assignments([parameters]))


# C35


@pytest.mark.parametrize("voters", [1, 2, 3, 5])
def test_cyclic_profiles_are_counted_one_by_one(voters: int) -> None:
    """By the definition of a strict majority, written once more."""
    def beats(profile: Any, a: int, b: int) -> bool:
        return sum(1 if order.index(a) < order.index(b) else -1 for order in profile) > 0

    cyclic = sum(all(beats(profile, a, b) for a, b in ((0, 1), (1, 2), (2, 0))) or all(beats(profile, b, a) for a, b in ((0, 1), (1, 2), (2, 0)))
                 for profile in product(voting.ORDERS, repeat=voters))
    assert voting.cyclic_profiles(voters) == cyclic


def test_the_frequency_grows_to_the_limit() -> None:
    found = [voting.cycle_probability(voters) for voters in (1, 3, 5, 7, 9, 31, 101, 301)]
    assert found == sorted(found)
    assert all(p < voting.cycle_limit() for p in found)
    assert abs(voting.cycle_limit() - F(GOLDEN["limit"])) < F(1, 10**10)
    assert voting.cycle_limit() - found[-1] < F(1, 1000)


def test_arrow_by_naive_enumeration() -> None:
    """All 64 rules for two voters."""
    patterns = list(product((False, True), repeat=2))
    single = [dict(zip(patterns, (False, *values, True), strict=True)) for values in product((False, True), repeat=2)]
    profiles = list(product(voting.ORDERS, repeat=2))

    def is_transitive(rule: Any) -> bool:
        for profile in profiles:
            ranked = [view[tuple(order.index(a) < order.index(b) for order in profile)] for view, (a, b) in zip(rule, voting.PAIRS, strict=True)]
            if len(set(ranked)) == 1:
                return False
        return True

    assert sum(is_transitive(rule) for rule in product(single, repeat=3)) == 2
    assert [voting.count_rules(voters) for voters in (2, 3)] == [(2, 2), (3, 3)]


# C36


@pytest.mark.parametrize(("voters", "issues"), [(1, 2), (3, 1), (3, 2), (3, 3), (3, 4), (5, 2), (5, 3)])
def test_unvoted_profiles_are_counted_one_by_one(voters: int, issues: int) -> None:
    outcomes = list(product((0, 1), repeat=issues))
    unvoted = sum(tuple(int(sum(votes) > voters // 2) for votes in zip(*profile, strict=True)) not in profile for profile in product(outcomes, repeat=voters))
    assert voting.unvoted_profiles(voters, issues) == unvoted


@pytest.mark.parametrize("judges", [1, 3, 5])
def test_doctrinal_profiles_are_counted_one_by_one(judges: int) -> None:
    half = judges / 2
    paradox = sum(sum(p for p, _ in profile) > half and sum(r for _, r in profile) > half and sum(p * r for p, r in profile) < half
                  for profile in product(product((0, 1), repeat=2), repeat=judges))
    assert voting.doctrinal_profiles(judges) == paradox


# C37


def test_threshold_functions_by_integer_weights_from_below_and_programs_from_above() -> None:
    """Weights up to 3 reach every function of up to four inputs that the regular ones reach; for three inputs, 256 programs say the same."""
    for inputs in (1, 2, 3):
        by_weights = set()
        for weights in product(range(-3, 4), repeat=inputs):
            sums = [sum(w for bit, w in enumerate(weights) if mask >> bit & 1) for mask in range(1 << inputs)]
            by_weights |= {sum(1 << mask for mask, total in enumerate(sums) if total >= threshold) for threshold in {*sums, max(sums) + 1}}
        assert by_weights == coalitions.threshold_tables(inputs)
    assert {table for table in range(256) if coalitions.is_threshold(table, 3)} == coalitions.threshold_tables(3)


def test_strict_separation_is_feasible_exactly_where_the_margin_is_1() -> None:
    for table in range(16):
        assert (solve(coalitions.strict_separation(table, 2)).outcome == "optimal") == coalitions.is_threshold(table, 2)


def test_moebius_coefficients_add_up_again() -> None:
    values = [F(0), F(1, 2), F(3), F(-1), F(2), F(7, 3), F(0), F(5)]
    coefficients = coalitions.moebius(values)
    assert [sum(coefficients[part] for part in range(8) if part & ~mask == 0) for mask in range(8)] == values


def test_superadditive_functions_are_proper_simple_games() -> None:
    """Up-closed families without two disjoint members: counted another way."""
    for agents in (2, 3):
        masks = range(1, 1 << agents)
        families = [[mask for mask in masks if bits >> (mask - 1) & 1] for bits in range(1 << ((1 << agents) - 1))]
        proper = [family for family in families if all(a & b for a in family for b in family)
                  and all(b in family for a in family for b in masks if a & b == a)]
        assert coalitions.counts(agents)[2] == len(proper)


def test_predicates_can_fail() -> None:
    assert not q.frequency_as_printed((F(12), F(215)), {"n": 3})
    assert not q.frequency_as_printed((F(13), F(216)), {"n": 3})
    assert not q.threshold_as_printed((13, 16), {"n": 2})
    assert not q.correlation_is_a_third(voting.ORDERS[:4], {})
    assert not q.census_as_printed((128, 4, 12, 9), {"n": 3})
    assert not q.is_better_for_all((1, 1, 1), {})
    assert coalitions.fires((1, 1), 2, (0, 1)) == 0
    assert not voting.is_doctrinal([(1, 1), (1, 1), (0, 0)])


def test_the_figure_is_read_off_the_evidence() -> None:
    held = [{"part": "frequencies", "status": "holds", "parameters": {"n": voters}} for voters in ("5", 3)]
    lost = {"part": "frequencies", "status": "undecided", "parameters": {"n": "7"}}
    (figure,) = figures([{"id": "multi_agent_risks/C35", "evidence": [*held, lost]}])
    assert figure.name in NAMES
    assert figure.series[0].points == ((F(3), F(1, 18)), (F(5), F(5, 72)))
    assert [x for x, _ in figure.series[1].points] == [F(3), F(5)]
    assert figures([{"id": "multi_agent_risks/C35", "evidence": [lost]}]) == []
