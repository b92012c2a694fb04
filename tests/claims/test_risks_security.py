"""C38, C40, C42: formulations hold, mutants are refuted, and the models agree with simulations and brute force written once more."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel, sat
from checkers.checker import Budget, check
from checkers.evaluation import evaluate
from claims import Enumeration
from claims.claim import Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Formulation
from claims.multi_agent_risks.models import attempts, generals, steganography
from claims.multi_agent_risks.quantities import security as q
from claims.multi_agent_risks.sections import security, structures
from claims.parameters import parse_assignments, to_json
from exact.balls import Ball, working_precision
from exact.linear_programs import solve

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_security.json").read_text(encoding="utf-8"))
OURS = [claim for claim in security.CLAIMS if claim not in structures.CLAIMS]
CLAIMS = {claim.number: claim for claim in OURS}
F = Fraction
QUICK = Budget("quick", 20)
FORMULATIONS = [(claim.number, part, formulation) for claim in OURS for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in OURS for number, mutant in enumerate(claim.mutants, 1)]


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


@pytest.mark.parametrize(("number", "parameters", "message"), [
    ("C38", ["n=2"], "integer >= 3 and <= 10"), ("C38", ["rounds=4"], "integer >= 1 and <= 3"), ("C38", ["rounds=3"], "n = 3 only"),
    ("C38", ["n=7/2"], "integer"), ("C40", ['P=["1/2","1/3"]'], "sum 1"), ("C40", ['P=["3/2","-1/2"]'], "rational, 0 <= value"), ("C40", ["M=0"], "integer"),
    ("C42", ["q=2"], "0 <= value <= 1"), ("C42", ["attempts=0"], "integer"), ("C42", ["target=-1/10"], "0 <= value <= 1"),
])
def test_out_of_domain_names_the_domain(number: str, parameters: list[str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        evaluate(CLAIMS[number], parse_assignments(parameters))


def test_the_figures_of_the_case_study_are_called_reported() -> None:
    claim = CLAIMS["C42"]
    assert "REPORTED" in claim.statement
    for part in claim.parts:
        assert "reported" in part.statement
        assert all("not verified" in formulation.argument for formulation in part.formulations)


# C38


def three_rounds_by_messages() -> set[tuple[Any, Any]]:
    """The cases of three generals in three rounds, by passing messages: every loyal general tells all that he knows, the traitor anything."""
    found = set()
    for traitor in range(3):
        for order in (0, 1):
            channels = [(i, j) for i in range(3) for j in range(3) if i != j and i == traitor]
            # what the traitor says: in round 1 (if he commands) and 2 one bit on each channel, in round 3 two
            for lies in product((0, 1), repeat=4 * len(channels)):
                lie = {(i, j): lies[4 * k:4 * k + 4] for k, (i, j) in enumerate(channels)}
                first = {i: lie[0, i][0] if traitor == 0 else order for i in (1, 2)}
                knows = {0: order, **first}
                second = {(i, j): lie[i, j][1] if i == traitor else knows[i] for i in range(3) for j in range(3) if i != j}
                third = {(i, j): lie[i, j][2:] if i == traitor else tuple(second[k, i] for k in (3 - i - j, j)) for i in range(3) for j in range(3) if i != j}
                views = tuple((i, (first[i], second[0, i], second[3 - i, i], *third[0, i], *third[3 - i, i])) for i in (1, 2) if i != traitor)
                found.add((views, None if traitor == 0 else order))
    return found


def test_the_cases_of_three_rounds_are_those_of_passing_messages() -> None:
    assert {(case.views, case.order) for case in generals.cases(3, 3)} == three_rounds_by_messages()


def two_rounds_by_messages(number: int) -> set[tuple[Any, Any]]:
    """The same for two rounds, in which the commander is silent after the first, and perhaps nobody is a traitor."""
    found = set()
    lieutenants = range(1, number)
    for traitor in (None, *range(number)):
        for order in (0, 1):
            for lies in product((0, 1), repeat=number - 1 if traitor is not None else 0):
                lie = dict(zip((i for i in range(number) if i != traitor), lies, strict=False)) if traitor is not None else {}
                heard = {i: lie[i] if traitor == 0 else order for i in lieutenants}
                views = tuple((i, (heard[i], *(lie[i] if j == traitor else heard[j] for j in lieutenants if j != i))) for i in lieutenants if i != traitor)
                found.add((views, None if traitor == 0 else order))
    return found


@pytest.mark.parametrize("number", [3, 4, 5])
def test_the_cases_of_two_rounds_are_those_of_passing_messages(number: int) -> None:
    assert {(case.views, case.order) for case in generals.cases(number, 2)} == two_rounds_by_messages(number)


@pytest.mark.parametrize(("number", "rounds"), [(2, 1), (2, 2), (3, 1), (3, 2), (4, 1)])
def test_rules_are_counted_by_trying_each(number: int, rounds: int) -> None:
    formula = generals.validity(generals.cases(number, rounds))
    views = sorted({view for case in generals.cases(number, rounds) for view in case.views})
    assert len(views) == len(formula.variables)
    valid = sum(generals.is_valid(dict(zip(views, bits, strict=True)), number, rounds) for bits in product((False, True), repeat=len(views)))
    assert valid == generals.count_rules(number, rounds) == len(sat.models_of(formula, at_most=100))


def test_rules_are_counted_by_the_solver() -> None:
    for number, rounds, expected in ((4, 2, 1), (5, 2, 64), (5, 1, 0), (3, 3, 0)):
        assert generals.count_rules(number, rounds) == expected == len(sat.models_of(generals.validity(generals.cases(number, rounds)), at_most=100))
    assert generals.count_rules(6, 2) == 2**20


def test_a_rule_with_one_bit_changed_fails() -> None:
    (model,) = sat.models_of(generals.validity(generals.cases(4, 2)), at_most=2)
    rule = dict(generals.rule_of(generals.cases(4, 2), model))
    assert q.is_valid_majority(rule, {})
    for view in rule:
        changed = {**rule, view: not rule[view]}
        assert not generals.is_valid(changed, 4, 2)
        assert not q.is_valid_majority(changed, {})


# C40


@st.composite
def cover_laws(draw: st.DrawFn) -> tuple[Fraction, ...]:
    """Laws of up to five items."""
    weights = draw(st.lists(st.integers(0, 6), min_size=1, max_size=5).filter(any))
    return tuple(F(weight, sum(weights)) for weight in weights)


@given(cover_laws(), st.integers(1, 4))
@settings(max_examples=120, deadline=None)
def test_channels_by_programs_and_by_trying_each_division(law: tuple[Fraction, ...], messages: int) -> None:
    keyed = steganography.keyed_channel_exists(law, messages)
    assert keyed == (max(law) <= F(1, messages))
    assert keyed == (solve(steganography.mixture_program(law, messages)).outcome == "optimal")
    assert keyed == (solve(steganography.packing_program(law, messages)).value == 1)
    divided = any(all(sum((p for p, cell in zip(law, cells, strict=True) if cell == message), F(0)) == F(1, messages) for message in range(messages))
                  for cells in product(range(messages), repeat=len(law)))
    assert steganography.unkeyed_channel_exists(law, messages) == divided
    assert not divided or keyed


def test_bits_and_paraphrases() -> None:
    assert [steganography.keyed_bits(law) for law in ((F(1),), (F(1, 2),) * 2, (F(1, 8),) * 8, (F(3, 5), F(2, 5)))] == [0, 1, 3, 0]
    assert steganography.paraphrased((F(1, 2), F(1, 4), F(1, 4)), (0, 1, 0)) == (F(3, 4), F(1, 4))
    assert len(list(steganography.laws(3, 4))) == 15
    assert all(sum(law) == 1 for law in steganography.laws(3, 4))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_cells_filled_one_by_one_are_those_filled_item_by_item(entries: list[int], messages: int) -> None:
    weights = tuple(sorted((messages * entry for entry in entries), reverse=True))
    room = sum(entries)
    assert steganography._CellByCell(room).fills(weights, messages) == (weights[0] <= room and steganography._fill_item_by_item(weights, messages, room))


def test_thirty_items_of_many_digits_are_divided_or_not() -> None:
    """Three planted cells of ten items; and one item more, after which the whole is no multiple of three."""
    cells = [[(7**(10 * cell + item) * 1_000_003) % 999_983 for item in range(9)] for cell in range(3)]
    total = max(map(sum, cells)) + 1
    weights = [weight for cell in cells for weight in (*cell, total - sum(cell))]
    law = tuple(F(weight, 3 * total) for weight in weights)
    assert len(law) == 30
    assert steganography.unkeyed_channel_exists(law, 3)
    assert not steganography.unkeyed_channel_exists(tuple(F(weight, sum(weights) + 1) for weight in (*weights, 1)), 3)


@pytest.mark.parametrize("law", ['["1"]', '["1/2","1/4","1/4"]', '["1/3","2/3"]'])
def test_the_min_entropy_is_a_ball_always(law: str) -> None:
    assert isinstance(evaluate(CLAIMS["C40"], parse_assignments([f"P={law}"])).values["min_entropy"], Ball)


@pytest.mark.parametrize("exponent", [9, 29, 60, 100, 300, 3000])
def test_the_least_number_of_attempts_is_exact_however_small_their_success(exponent: int) -> None:
    q, target = Fraction(1, 10**exponent), Fraction(43, 100)
    least = attempts.matching_attempts(q, target)
    assert least is not None
    with working_precision(8 * exponent + 256):
        short, enough = (Ball(arb(n) * arb(fmpq(-1, 10**exponent)).log1p()) for n in (least - 1, least))
        wanted = Ball(arb(fmpq(57, 100)).log())
        assert bool(enough <= wanted)
        assert bool(wanted < short)


def test_giving_up_on_equal_cells_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steganography, "MOST_STATES", 1)
    with pytest.raises(ParameterError, match="P: too many items"):
        evaluate(CLAIMS["C40"], parse_assignments(['P=["1/4","1/4","1/8","1/8","1/4"]']))


def test_predicates_can_fail() -> None:
    assert not q.bits_by_min_entropy(q.LAWS["half"], {"law": "half", "length": 2})
    assert not q.bits_by_min_entropy(q.LAWS["half"], {"law": "three fifths", "length": 1})
    assert not q.unkeyed_as_printed(q.LAWS["thirds"], {"channel": "half, 2 messages"})
    assert not q.unkeyed_as_printed(q.LAWS["half"], {"channel": "thirds, 2 messages"})
    assert not steganography.is_decodable(steganography.systematic_sampling(q.LAWS["three fifths"], 2))
    assert q.some_set_has_half(q.LAWS["half"], {})


# C42


@given(st.integers(1, 20), st.integers(1, 99), st.integers(1, 6), st.booleans())
@settings(max_examples=200, deadline=None)
def test_matching_attempts_by_trying_each(twentieths: int, hundredths: int, power: int, attained: bool) -> None:
    chance = F(twentieths, 21)
    target = attempts.independent_success(chance, power) if attained else F(hundredths, 100)
    least = next(n for n in range(10_000) if 1 - (1 - chance) ** n >= target)
    assert attempts.matching_attempts(chance, target) == least
