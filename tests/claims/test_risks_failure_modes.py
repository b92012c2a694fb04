"""The failure modes of ordinal games and what commitment does: claims, mutants, evaluations against definitions written down a second time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import Evaluation, evaluate
from claims.claim import Claim, Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Enumeration, Formulation, Satisfiability
from claims.multi_agent_risks.algorithms.commitments import mixed_commitment, pure_commitment, race
from claims.multi_agent_risks.figures import failure_modes as drawings
from claims.multi_agent_risks.models.failure_modes import (
    INTENTS,
    NoBenchmark,
    alignment,
    classify,
    collusion_severity,
    conflict_severity,
    equilibrium_payoffs,
    game_verdict,
    has_constant_sum,
    incentive_class,
    miscoordination_severity,
    pure_labels,
)
from claims.multi_agent_risks.quantities import commitment, conventions
from claims.multi_agent_risks.quantities import failure_modes as q
from claims.multi_agent_risks.registry import RegistryError, parse_registry, registry
from claims.multi_agent_risks.sections import failure_modes, stackelberg
from claims.multi_agent_risks.sections import registry as taxonomy
from claims.parameters import parse_assignments, to_json
from instances.games import NormalFormGame, point_law
from instances.ordinal_games import NAMED, classes, representative, two_by_two

F = Fraction
ROOT = Path(__file__).parents[2]
GOLDEN = json.loads((ROOT / "tests" / "data" / "multi_agent_risks_failure_modes.json").read_text(encoding="utf-8"))
ALL = (*taxonomy.CLAIMS, *failure_modes.CLAIMS, *stackelberg.CLAIMS)
CLAIMS = {claim.number: claim for claim in ALL}
PARTS = [(claim, part, i, formulation) for claim in ALL for part in claim.parts for i, formulation in enumerate(part.formulations)]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in ALL for number, mutant in enumerate(claim.mutants, 1)]
QUICK = Budget("quick", 20)
small = st.integers(-2, 3)
squares = st.builds(two_by_two, st.tuples(*[small] * 4), st.tuples(*[small] * 4))


def told(number: str, parameters: dict[str, str]) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(CLAIMS[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    """``measured``, ``bound``, ``status`` or a further value, as JSON data."""
    return to_json(getattr(evaluation, name) if name in ("measured", "bound", "status") else evaluation.values[name])


# Claims and mutants


@pytest.mark.parametrize(("claim", "part", "number", "formulation"), PARTS, ids=[f"{c.number} {p.name} {i}" for c, p, i, _ in PARTS])
def test_formulations_hold(claim: Claim, part: Part, number: int, formulation: Formulation) -> None:
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    trust = {Enumeration: "exact", Satisfiability: "solver"}.get(type(formulation), "kernel")
    assert (evidence.status, evidence.trust) == ("holds", trust), evidence.note
    assert formulation.argument


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


def test_every_claim_has_two_mutants_and_an_evaluation() -> None:
    assert list(CLAIMS) == ["C1", "C2", "C3", "C4", "C5", "C7", "C9", "C10", "C31", "C32"]
    assert all(len(claim.mutants) >= 2 and claim.measure for claim in ALL)


def test_predicates_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not q.is_as_stated(("doomed", 17), {"stated": {"doomed": 18}})
    assert not q.modes_are_dual(two_by_two((1, 1, 1, 2), (1, 3, 2, 1)), {})
    assert not conventions.fails_unless_chicken(NAMED["Chicken"], {"chicken": NAMED["Leader"]})
    assert not commitment.repair_is_as_stated(NAMED["Harmony"], {})
    assert not commitment.nothing_changes(two_by_two((1, 3, 2, 4), (1, 4, 3, 2)))
    assert not q.is_one_of_the_four((0, NAMED["Chicken"]), {})
    assert not q.shares_alignment(("Chicken", "conflict-possible"), {"rho": F(3, 5)})
    assert not q.shares_alignment(("Harmony", "robust"), {"rho": F(3, 5)})
    monkeypatch.setattr(commitment, "best_nash", lambda game, leader: F(9, 2))
    assert not commitment.commitment_never_hurts(NAMED["Chicken"], {})
    monkeypatch.setattr(q, "pure_labels", lambda game, intent: pure_labels(game, intent, "hull"))
    assert not all(q.labels_are_ordinal(game, {"ladders": 2}) for game in classes(78))
    monkeypatch.setattr(q, "pure_labels", lambda game, intent: ("conflict", "none", "none", "none"))
    assert not q.labels_move_along(NAMED["Chicken"], {})
    assert not q.has_one_label(NAMED["Chicken"], {})


# Evaluations


@pytest.mark.parametrize("number", CLAIMS)
def test_golden_values(number: str) -> None:
    cases = [case for case in GOLDEN["evaluations"] if case["claim"] == number]
    assert cases
    for case in cases:
        evaluation = told(number, case["parameters"])
        assert {name: field(evaluation, name) for name in case["expected"]} == case["expected"], case["parameters"]


@pytest.mark.parametrize("number", CLAIMS)
def test_the_defaults_hold(number: str) -> None:
    assert told(number, {}).status == "holds"


@pytest.mark.parametrize(
    ("number", "parameters", "message"),
    [
        ("C2", {"games": "145"}, "games"), ("C5", {"games": "726"}, "144, 78"), ("C7", {"games": "1413"}, "144, 78"), ("C2", {"u": "[1,2,3,4]"}, "v"),
        ("C4", {"v": "[1,2,3,4]"}, "u"), ("C2", {"u": "[1,2,3]", "v": "[1,2,3,4]"}, "four"), ("C5", {"u": "[1,1,3,4]", "v": "[1,2,3,4]"}, "different"),
        ("C32", {"u": "[1,2,3,4]", "v": "[1,2,2,4]"}, "different"), ("C2", {"games": "78", "u": "[1,2,3,4]", "v": "[1,2,3,4]"}, "games"),
        ("C2", {"intent": "win"}, "intent"), ("C4", {"frontier": "convex"}, "frontier"), ("C9", {"m": "0"}, "m"), ("C9", {"n": "1001"}, "n"),
        ("C1", {"n": "2"}, "unknown"), ("C7", {"u": "[1,2,3,4]", "v": "[1,2,3,4]"}, "unknown"),
    ],
)
def test_usage_errors_name_the_domain(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, parameters)


# A second hand: labels, equilibria and commitments from the definitions, on plain matrices


def matrices(game: NormalFormGame) -> tuple[dict[tuple[int, int], Fraction], dict[tuple[int, int], Fraction]]:
    """Both players' payoffs by cell."""
    cells = list(product((0, 1), repeat=2))
    return dict(zip(cells, game.of(0), strict=True)), dict(zip(cells, game.of(1), strict=True))


def known_equilibria(game: NormalFormGame) -> list[tuple[Fraction, Fraction]]:
    """Pure equilibria, then the interior one by Cramer's rule if it is unique."""
    u, v = matrices(game)
    found = [(u[i, j], v[i, j]) for i, j in u if u[i, j] >= u[1 - i, j] and v[i, j] >= v[i, 1 - j]]
    a, b = u[0, 0] - u[0, 1] - u[1, 0] + u[1, 1], v[0, 0] - v[0, 1] - v[1, 0] + v[1, 1]
    if a and b:
        p, y = (v[1, 1] - v[1, 0]) / b, (u[1, 1] - u[0, 1]) / a
        if 0 < p < 1 and 0 < y < 1:
            weights = {(0, 0): p * y, (0, 1): p * (1 - y), (1, 0): (1 - p) * y, (1, 1): (1 - p) * (1 - y)}
            found.append((sum(weights[c] * u[c] for c in u), sum(weights[c] * v[c] for c in v)))
    return found


def label_by_hand(game: NormalFormGame, intent: str, cell: tuple[int, int]) -> str:
    """The label of a pure outcome."""
    u, v = matrices(game)
    if intent == "compete":
        return "collusion" if all(u[cell] > x and v[cell] > y for x, y in known_equilibria(game)) else "none"
    if not any(u[c] >= u[cell] and v[c] >= v[cell] and (u[c], v[c]) != (u[cell], v[cell]) for c in u):
        return "none"
    same = all((u[c] > u[d]) == (v[c] > v[d]) and (u[c] == u[d]) == (v[c] == v[d]) for c, d in product(u, u))
    return "miscoordination" if same else "conflict"


@given(squares)
@settings(deadline=None)
def test_labels_by_hand(game: NormalFormGame) -> None:
    for intent in INTENTS:
        expected = tuple(label_by_hand(game, intent, cell) for cell in product((0, 1), repeat=2))
        assert pure_labels(game, intent) == expected
        assert tuple(classify(game, intent, point_law(game, cell)) for cell in product((0, 1), repeat=2)) == expected
        assert q.has_one_label(game, {})
    assert sorted(equilibrium_payoffs(game)) == sorted(known_equilibria(game))


@given(squares)
@settings(deadline=None)
def test_verdicts_by_hand(game: NormalFormGame) -> None:
    u, v = matrices(game)
    efficient = [
        not any(x >= a and y >= b and (x, y) != (a, b) for x, y in zip(u.values(), v.values(), strict=True)) for a, b in known_equilibria(game)
    ]
    verdict = game_verdict(game, "cooperate")
    assert verdict == "robust" if all(efficient) else verdict.endswith("possible" if any(efficient) else "inevitable")
    labels = [label_by_hand(game, "compete", cell) for cell in u]
    assert game_verdict(game, "compete") == ("collusion-possible" if "collusion" in labels else "robust")


@given(squares)
@settings(deadline=None)
def test_commitments_by_a_grid(game: NormalFormGame) -> None:
    """No mixture of a fine grid earns the leader more, and the optimum is what its mixture earns against the best of the follower's best replies."""
    u, v = matrices(game)
    found = mixed_commitment(game)

    def earned(p: Fraction) -> Fraction:
        reply = [p * v[0, j] + (1 - p) * v[1, j] for j in (0, 1)]
        return max(p * u[0, j] + (1 - p) * u[1, j] for j in (0, 1) if reply[j] == max(reply))

    assert found.payoffs[0] == earned(F(found.weight)) == max(earned(p) for p in {F(k, 12) for k in range(13)} | {F(found.weight)})
    assert game.at(pure_commitment(game))[0] == max(earned(F(0)), earned(F(1)))
    mirrored = two_by_two([v[j, i] for i, j in u], [u[j, i] for i, j in u])
    assert mixed_commitment(game, 1).payoffs == mixed_commitment(mirrored).payoffs[::-1]
    assert commitment.commitment_never_hurts(game, {})


@given(squares)
@settings(deadline=None)
def test_one_game_evaluates_as_itself(game: NormalFormGame) -> None:
    given_ = {"u": json.dumps([str(x) for x in game.of(0)]), "v": json.dumps([str(x) for x in game.of(1)])}
    labels = told("C2", given_).values["labels"]
    assert labels == [label_by_hand(game, "cooperate", cell) for cell in product((0, 1), repeat=2)]
    value = told("C31", given_)
    assert value.status == "holds"
    assert value.values["best_nash"] >= max(x for x, _ in known_equilibria(game))


@given(st.integers(1, 6), st.integers(1, 5))
@settings(deadline=None)
def test_conventions_by_counting_profiles(m: int, n: int) -> None:
    profiles = list(product(range(m), repeat=n))
    lost = F(sum(len(set(profile)) > 1 for profile in profiles), len(profiles))
    assert told("C9", {"m": str(m), "n": str(n)}).measured == lost


def test_races_are_what_both_would_do_alone() -> None:
    for game in classes(144):
        u, v = matrices(game)
        row = max((0, 1), key=lambda i: u[i, max((0, 1), key=lambda j: v[i, j])])
        column = max((0, 1), key=lambda j: v[max((0, 1), key=lambda i: u[i, j]), j])
        assert race(game) == (row, column)


@pytest.mark.parametrize("census", [78, 726])
def test_the_hull_by_linear_programs(census: int) -> None:
    from instances.games import hull_gain

    for game in classes(census)[::29]:
        by_program = sum(hull_gain(game, vector) == 0 for vector in game.payoffs)
        assert by_program == sum(label == "none" for label in pure_labels(game, "cooperate", "hull"))


# Larger games, third parties, severities, alignment


def three_players(good: int) -> NormalFormGame:
    """Everybody gets 2 where all play 0, ``good`` where all play 1, else 0."""
    return NormalFormGame((2, 2, 2), tuple((F({0: 2, 3: good}.get(sum(p), 0)),) * 3 for p in product((0, 1), repeat=3)))


def test_larger_games() -> None:
    game = three_players(1)
    assert incentive_class(game) == "CI"
    assert game_verdict(game, "cooperate") == "miscoordination-possible"
    law = point_law(game, (1, 1, 1))
    assert classify(game, "cooperate", law) == "miscoordination"
    assert miscoordination_severity(game, game.expected(law)) == F(1, 2)


def test_without_a_known_equilibrium_nothing_is_called_collusion() -> None:
    beats = {0: 0, 1: 1, 2: -1}
    rock_paper_scissors = NormalFormGame((3, 3), tuple((beats[(a - b) % 3], beats[(b - a) % 3]) for a, b in product(range(3), repeat=2)))
    assert has_constant_sum(rock_paper_scissors)
    law = point_law(rock_paper_scissors, (0, 0))
    assert classify(rock_paper_scissors, "cooperate", law) == "none"
    with pytest.raises(NoBenchmark):
        classify(rock_paper_scissors, "compete", law)
    with pytest.raises(NoBenchmark):
        pure_labels(rock_paper_scissors, "compete")
    with pytest.raises(NoBenchmark):
        game_verdict(rock_paper_scissors, "cooperate")


def test_colluders_and_victims() -> None:
    consumer = conventions.with_consumer()
    high = point_law(consumer, (0, 0, 0))
    assert classify(consumer, "compete", high) == "none"
    assert classify(consumer, "compete", high, colluders=(0, 1)) == "collusion"
    assert classify(conventions.BERTRAND, "compete", point_law(conventions.BERTRAND, (0, 0)), third_party=[F(7), F(6), F(6), F(6)]) == "none"
    nash, best = (F(2), F(2)), (F(3), F(3))
    assert collusion_severity(conventions.BERTRAND, best, nash) == 1
    assert collusion_severity(conventions.BERTRAND, nash, best) is None
    assert conflict_severity(NAMED["Prisoner's Dilemma"], (F(2), F(2))) == 2
    assert conflict_severity(two_by_two((4, 0, 0, 0), (0, 4, 0, 0)), (F(0), F(0)), "hull") == 4


@given(squares)
@settings(max_examples=50, deadline=None)
def test_alignment_is_a_share_of_variances(game: NormalFormGame) -> None:
    rho = alignment(game)
    mean = [sum(game.of(i)) / 4 for i in (0, 1)]
    one, two = ([x - mean[i] for x in game.of(i)] for i in (0, 1))
    together = sum(((x + y) / 2) ** 2 for x, y in zip(one, two, strict=True))
    apart = sum(((x - y) / 2) ** 2 for x, y in zip(one, two, strict=True))
    assert (rho is None) == (together + apart == 0)
    assert rho is None or rho == together / (together + apart)


# The registry


def test_the_registry_reports_and_verifies_nothing() -> None:
    known = registry()
    assert (len(known.modes), len(known.factors), len(known.instances), known.records) == (3, 7, 33, 43)
    assert known.figure("combined-model attack").value == 43
    assert known.figure("single-model attack").relation == "<"
    assert not any(figure.verified for figure in known.reported)
    with pytest.raises(RegistryError, match="judge jailbreak"):
        known.figure("nothing")


@pytest.mark.parametrize(
    ("place", "change", "message"),
    [
        (("reported", 0), {"relation": "is"}, "relation"),
        (("reported", 0), {"value": "many"}, "survival"),
        (("reported", 0), {"evidence": "rumour"}, "evidence"),
        (("modes", 0), {"name": "Conflict"}, "twice"), (("factors", 0), {"colour": 1}, "colour"),
    ],
)
def test_a_malformed_registry_names_the_record(place: Sequence[Any], change: dict[str, Any], message: str) -> None:
    data = json.loads((ROOT / "claims" / "multi_agent_risks" / "registry.json").read_text(encoding="utf-8"))
    data[place[0]][place[1]] |= change
    with pytest.raises(RegistryError, match=message):
        parse_registry(data)


# Figures


def test_figures_are_drawn_when_the_census_holds() -> None:
    holds = {"part": "pure frontier", "status": "holds"}
    assert drawings.figures([{"id": "multi_agent_risks/C4", "evidence": [{**holds, "status": "undecided"}]}]) == []
    table, plot = drawings.figures([{"id": "multi_agent_risks/C4", "evidence": [holds]}])
    assert (table.name, plot.name) == drawings.NAMES
    cells = [cell for row in table.cells for cell in row if cell is not None]
    assert len(cells) == 78
    assert sum(number for series in plot.series for _, number in series.points) == 78
    for kind, verdict in enumerate(drawings.VERDICTS):
        assert cells.count(kind) == sum(game_verdict(game, "cooperate") == verdict for game in classes(78))


def test_the_table_holds_each_class_once() -> None:
    turned = list(drawings.diagonal_games().values())
    games = {representative(two_by_two(turned[x].of(0), turned[y].of(1))) for x in range(12) for y in range(x + 1)}
    assert games == set(classes(78))


def test_listing_these_claims_needs_no_solver() -> None:
    code = (
        "import sys, claims.multi_agent_risks.sections.failure_modes, claims.multi_agent_risks.sections.stackelberg;"
        "print(sorted({'cvxpy', 'z3', 'cvc5', 'scipy', 'matplotlib', 'numpy', 'highspy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"
