"""multi_agent_risks C17–C24, C39, C41, C47: the claims hold, their mutants are refuted, evaluations agree with golden values and with brute force."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import comb
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
from claims.formulations import Enumeration, Formulation, Inequality
from claims.multi_agent_risks.figures.network import NAMES, STAGES, figures
from claims.multi_agent_risks.models import cascades as model_cascades
from claims.multi_agent_risks.models import counting as model_counting
from claims.multi_agent_risks.models import errors as model_errors
from claims.multi_agent_risks.models import moran as model_moran
from claims.multi_agent_risks.models import safety as model_safety
from claims.multi_agent_risks.models import sharing as model_sharing
from claims.multi_agent_risks.models import watts as model_watts
from claims.multi_agent_risks.sections import counting, network, selection, structures
from claims.parameters import parse_assignments, to_json
from exact.balls import Ball
from instances.networks import Graph, all_directed_graphs

F = Fraction
DATA = Path(__file__).parents[1] / "data"
CLAIMS = {claim.number: claim for section in (network, selection, structures, counting) for claim in section.CLAIMS}
GOLDEN = [
    case
    for name in ("network", "selection", "structures")
    for case in json.loads((DATA / f"multi_agent_risks_{name}.json").read_text(encoding="utf-8"))["evaluations"]
]
PARTS = [(claim, part, formulation) for claim in CLAIMS.values() for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in CLAIMS.values() for number, mutant in enumerate(claim.mutants, 1)]
QUICK = Budget("quick", 30)


def told(number: str, parameters: dict[str, str]) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(CLAIMS[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    """``measured``, ``bound``, ``status`` or a further value."""
    return getattr(evaluation, name) if name in ("measured", "bound", "status") else evaluation.values[name]


def agrees(found: Any, wanted: Any) -> bool:
    """Exactly, or to the digits that are given."""
    if isinstance(found, list):
        return len(found) == len(wanted) and all(agrees(a, b) for a, b in zip(found, wanted, strict=True))
    if isinstance(wanted, str) and (isinstance(found, Ball) or "." in wanted):
        last_digit = Fraction(1, 10 ** -int(Decimal(wanted).as_tuple().exponent)) if "." in wanted else F(0)
        value = found.mid if isinstance(found, Ball) else found
        return bool(abs(value - F(wanted)) <= last_digit)
    return bool(to_json(found) == wanted) and type(to_json(found)) is type(wanted)


def test_every_claim_is_there_with_its_mutants() -> None:
    assert sorted(CLAIMS) == sorted(["C17", "C18", "C19", "C20", "C21", "C22", "C23", "C24", "C39", "C41", "C47"])
    assert all(len(claim.mutants) >= 2 and claim.measure for claim in CLAIMS.values())


@pytest.mark.parametrize(("claim", "part", "formulation"), PARTS, ids=[f"{claim.number} {part.name}" for claim, part, _ in PARTS])
def test_formulations_hold(claim: Claim, part: Part, formulation: Formulation) -> None:
    for setting in formulation.settings.quick:
        evidence = check(formulation, setting, 1, QUICK)
        assert (evidence.status, evidence.trust) == ("holds", "exact" if isinstance(formulation, Enumeration) else "kernel"), evidence.note


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_mutants_are_refuted_by_what_the_kernel_accepts(mutant: Mutant) -> None:
    (formulation,) = mutant.formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


@pytest.mark.parametrize("number", ["C19", "C20", "C21", "C22", "C23", "C24", "C47"])
def test_identities_with_a_changed_side_fail(number: str) -> None:
    for part in CLAIMS[number].parts:
        for formulation in part.formulations:
            if isinstance(formulation, Inequality) and formulation.relation == "==":
                wrong = replace(formulation, right=formulation.right + formulation.domain[0][0] / 100)
                assert check(wrong, {}, 1, QUICK).status == "refuted", part.name


def test_a_window_that_is_a_little_wider_is_refuted() -> None:
    (inside,) = next(part for part in CLAIMS["C18"].parts if part.name == "K = 5, window").formulations
    assert isinstance(inside, Inequality)
    ((z, lower, upper),) = inside.domain
    assert check(replace(inside, domain=((z, lower - F(1, 10**12), upper),)), {}, 1, QUICK).status == "refuted"
    assert check(replace(inside, domain=((z, lower, upper + F(1, 10**12)),)), {}, 1, QUICK).status == "refuted"


def test_predicates_can_fail() -> None:
    census = model_cascades.edge_census(4, F(1, 2))
    assert model_cascades.is_as_stated(census, {"grows": 12, "shrinks": 18})
    assert not model_cascades.is_as_stated(census, {"grows": 12, "shrinks": 17})
    unions = model_safety.union_census(3)
    assert not model_safety.is_as_stated(unions, {"safe": 24, "unsafe_unions": 127})
    both = model_safety.WITNESS[0].union(model_safety.WITNESS[1])
    assert not model_safety.is_no_smaller_witness((both, both.intersection(model_safety.WITNESS[0].intersection(model_safety.WITNESS[1]))), {})
    process = model_moran.Moran(4, model_moran.donation(F(3), F(1)), F(0))
    assert not model_moran.formula_holds(process, {})
    assert model_errors.majority_by_patterns((3, F(1, 10)), {}) != model_errors.majority_of((3, F(1, 5)), {})
    assert not model_counting.agree(replace(model_counting.listed(3, 2), coalitions=8), {})
    assert not model_cascades.is_as_stated(model_cascades.EdgeCensus(192, 18, 12), {"grows": 12, "shrinks": 18})


@pytest.mark.parametrize("case", GOLDEN, ids=[f"{case['claim']} {case['parameters']}" for case in GOLDEN])
def test_golden_values(case: dict[str, Any]) -> None:
    evaluation = told(case["claim"], case["parameters"])
    for name, wanted in case["expected"].items():
        assert agrees(field(evaluation, name), wanted), (name, field(evaluation, name), wanted)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.number)
def test_the_defaults_hold_and_are_json(claim: Claim) -> None:
    evaluation = evaluate(claim, {})
    assert evaluation.status == "holds"
    json.dumps(to_json({**evaluation.values, "measured": evaluation.measured, "bound": evaluation.bound}))


@pytest.mark.parametrize(
    ("number", "parameters", "message"),
    [
        ("C17", {"n": "6"}, "n: .*<= 5"),
        ("C17", {"phi": "3/2"}, "phi: .*0 <= value <= 1"),
        ("C17", {"seeds": "[1]"}, "seeds"),
        ("C17", {"edges": "[[0,5]]"}, "edges"),
        ("C17", {"edges": "[[0,0]]"}, "edges"),
        ("C17", {"edges": "[[0,1],[1,0]]"}, "edges"),
        ("C17", {"edges": "[[0,1,2]]"}, "edges"),
        ("C17", {"edges": "[]", "seeds": "[7]"}, "seeds"),
        ("C18", {"phi": "0"}, "phi"),
        ("C18", {"phi": "2"}, "phi"),
        ("C19", {"n": "4"}, "n: .*odd"),
        ("C19", {"epsilon": "2"}, "epsilon"),
        ("C21", {"beta": "0"}, "beta"),
        ("C21", {"p0": "0"}, "p0"),
        ("C21", {"L": "[[0,1],[1,0]]"}, "e: "),
        ("C21", {"L": "[[1]]", "e": "[0]"}, "L: "),
        ("C22", {"b": "1", "c": "2"}, "b: .*b > c"),
        ("C22", {"x0": "3/2"}, "x0"),
        ("C22", {"t": "1e30"}, "t: .*c·t <="),
        ("C23", {"N": "1"}, "N"),
        ("C23", {"w": "1/2"}, "w: .*positive"),
        ("C23", {"matrix": "[1,2,3]"}, "matrix"),
        ("C23", {"matrix": "[1,2,3,4]", "b": "2"}, "cannot both"),
        ("C24", {"x": '["1/2","1/2"]'}, "x: "),
        ("C24", {"x": '["1/2","1/2","0"]'}, "x: "),
        ("C39", {"p": "6"}, "p: .*prime"),
        ("C39", {"n": "5"}, "n: .*p − 1"),
        ("C39", {"t": "5"}, "n: .*t <= n"),
        ("C41", {"n": "5"}, "n: "),
        ("C47", {"n": "0"}, "n: "),
    ],
)
def test_usage_errors_name_the_domain(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, parameters)


# Against independent computations


@given(st.integers(1, 5), st.integers(0, 1023), st.fractions(0, 1, max_denominator=6))
@settings(max_examples=60, deadline=None)
def test_one_graph_against_synchronous_rounds(nodes: int, bits: int, phi: Fraction) -> None:
    edges = [pair for bit, pair in enumerate(combinations(range(nodes), 2)) if bits >> bit & 1]
    active, before = {0}, set()
    while active != before:
        before = set(active)
        for node in range(nodes):
            around = [i + j - node for i, j in edges if node in (i, j)]
            if around and F(sum(other in before for other in around), len(around)) >= phi:
                active.add(node)
    found = told("C17", {"n": str(nodes), "phi": str(phi), "edges": json.dumps(edges)})
    assert found.values["active"] == sorted(active)


def test_the_census_is_the_sum_over_single_graphs() -> None:
    for nodes in (2, 3, 4):
        graphs = [Graph(nodes, tuple(edges)) for size in range(7) for edges in combinations(tuple(combinations(range(nodes), 2)), size)]
        single = [model_cascades.edge_changes(graph, F(1, 2), (0,)) for graph in graphs]
        census = model_cascades.edge_census(nodes, F(1, 2))
        totals = tuple(sum(getattr(found, name) for found in single) for name in ("pairs", "grows", "shrinks"))
        assert totals == (census.pairs, census.grows, census.shrinks)


@pytest.mark.parametrize("degree", [2, 3, 4, 7, 12, 25, 60])
def test_the_window_ends_where_the_factor_is_one(degree: int) -> None:
    found = model_watts.window(degree)
    assert (found.ends is not None) == (degree >= 4)
    if found.ends is not None:
        for end, (left, right) in zip(found.ends, ((False, True), (True, False)), strict=True):
            step = F(1, 10**20)
            assert bool(model_watts.branching(Ball(end.mid - step), degree) > 1) is left
            assert bool(model_watts.branching(Ball(end.mid + step), degree) > 1) is right
    grid = [model_watts.branching(Ball(F(k, 8)), degree) for k in range(1, 16 * degree)]
    assert all(value.lower <= found.peak.upper for value in grid)


@given(st.integers(0, 5), st.fractions(0, 1, max_denominator=9), st.fractions(0, 1, max_denominator=9))
@settings(max_examples=40, deadline=None)
def test_errors_against_all_patterns(half: int, epsilon: Fraction, rho: Fraction) -> None:
    n = 2 * half + 1
    found = told("C19", {"n": str(n), "epsilon": str(epsilon), "rho": str(rho)})
    weights = [(pattern, epsilon ** sum(pattern) * (1 - epsilon) ** (n - sum(pattern))) for pattern in product((0, 1), repeat=n)]
    independent = sum(weight for pattern, weight in weights if sum(pattern) > n - sum(pattern))
    even = sum(weight for pattern, weight in weights if sum(pattern) % 2 == 0)
    assert (found.values["majority"], found.values["chain"]) == (independent, even)
    assert found.measured == rho * epsilon + (1 - rho) * independent
    assert found.status == "holds"


@given(
    st.integers(2, 7), st.tuples(*[st.fractions(-2, 3, max_denominator=3)] * 4), st.fractions(0, 1, max_denominator=8)
)
@settings(max_examples=50, deadline=None)
def test_fixation_against_first_steps(size: int, payoffs: tuple[Fraction, ...], intensity: Fraction) -> None:
    R, S, T, P = payoffs
    process = model_moran.Moran(size, (R, S, T, P), intensity)
    if not process.is_defined:
        return
    found = told("C23", {"N": str(size), "matrix": json.dumps([str(x) for x in payoffs]), "w": str(intensity)})
    assert found.values == {**found.values, "rho_C": model_moran.absorption(process), "rho_D": model_moran.absorption(process.exchanged())}
    if found.status != "undecided":
        assert found.status == "holds"


@given(st.fractions(0, 4, max_denominator=5), st.tuples(*[st.integers(1, 9)] * 3))
@settings(max_examples=30, deadline=None)
def test_red_queen_against_the_derivative_written_out(win: Fraction, weights: tuple[int, ...]) -> None:
    x = [F(weight, sum(weights)) for weight in weights]
    payoff = [win * x[(i + 1) % 3] - x[(i + 2) % 3] for i in range(3)]
    mean = sum(a * b for a, b in zip(x, payoff, strict=True))
    found = told("C24", {"w": str(win), "x": json.dumps([str(share) for share in x])})
    assert found.measured == found.bound == sum(payoff) - 3 * mean


@pytest.mark.parametrize(("p", "t", "n"), [(2, 1, 1), (3, 2, 2), (5, 3, 4), (7, 2, 3), (5, 1, 4)])
def test_information_against_the_joint_law(p: int, t: int, n: int) -> None:
    """Ranks against counting: no information iff the joint law is a product, all of it iff shares fix the secret."""
    for size in range(1, n + 1):
        for points in combinations(range(1, n + 1), size):
            counts = model_sharing.joint_counts(model_sharing.Coalition(p, t, points))
            views = Counter(view for (_, view) in counts)
            known = model_sharing.known_symbols(p, t, points)
            assert known == (1 if size >= t else 0)
            assert set(views.values()) == ({1} if known else {p})
    assert told("C39", {"p": str(p), "t": str(t), "n": str(n)}).measured == 0


def test_unions_against_counting_below_each_union() -> None:
    """Pairs with a given union, by inclusion and exclusion over its subsets."""
    for nodes in (2, 3, 4):
        graphs = list(all_directed_graphs(nodes))
        safe = [int(nodes - 1 not in graph.reachable(0)) for graph in graphs]
        below, bits = list(safe), nodes * (nodes - 1)
        for bit in range(bits):
            below = [below[k] + (below[k ^ 1 << bit] if k >> bit & 1 else 0) for k in range(len(graphs))]
        exact = [value**2 for value in below]
        for bit in range(bits):
            exact = [exact[k] - (exact[k ^ 1 << bit] if k >> bit & 1 else 0) for k in range(len(graphs))]
        unsafe = sum(pairs for pairs, good in zip(exact, safe, strict=True) if not good)
        assert told("C41", {"n": str(nodes)}).values["unsafe_unions"] == unsafe


@given(st.integers(1, 40), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_counts(n: int, k: int) -> None:
    found = told("C47", {"n": str(n), "k": str(k)})
    assert found.measured == k**n
    assert found.values["coalitions"] == sum(comb(n, size) for size in range(2, n + 1))
    assert found.values["channels"] == n * (n - 1)


def test_figures_are_read_off_the_evidence() -> None:
    def item(part: str, measured: Any, bound: str = "0", status: str = "holds", **parameters: Any) -> dict[str, Any]:
        return {"part": part, "status": status, "measured": measured, "bound": bound, "parameters": parameters}

    run = [
        {"id": "multi_agent_risks/C17", "evidence": [item("path", str(size), graph=name) for name, size in zip(STAGES, (1, 5, 1), strict=True)]},
        {"id": "multi_agent_risks/C18", "evidence": [item("lower end", {"mid": "1.1", "rad": "1e-30"}, K=4), item("lower end", "9", status="undecided", K=5)]},
        {"id": "multi_agent_risks/C19", "evidence": [item("at numbers", "1/10", "1/50", n=1), item("at numbers", "53/1250", "1/50", n=3)]},
    ]
    drawn = {figure.name: figure for figure in figures(run)}
    assert drawn["cascade-edges"].series[0].points == ((F(0), F(1)), (F(1), F(5)), (F(2), F(1)))
    assert drawn["watts-window"].series[0].points == ((F(1, 5), F(11, 10)), (F(1, 4), F(11, 10)))
    assert [series.kind for series in drawn["correlated-majority"].series] == ["measured", "bound"]
    assert tuple(drawn) == NAMES
    assert not figures([])


@pytest.mark.parametrize("excess", [F(1, 10**31), F(1, 10**300), F(1, 7), F(10) ** 40])
def test_the_giant_component_is_found_at_the_threshold_and_far_from_it(excess: Fraction) -> None:
    """With u = zS: 2(z − 1)/z² <= S <= 2(z − 1), and z = u/(1 − e^−u)."""
    found = told("C21", {"z": str(1 + excess)}).values["giant"]
    assert isinstance(found, Ball)
    assert 2 * excess / (1 + excess) ** 2 <= found.upper
    assert found.lower <= min(F(1), 2 * excess)
    assert found.rad <= found.mid / 10**30


def test_selection_of_any_strength_favours_defectors() -> None:
    """The part on the gap's sign has no upper end for w: the claim is about all w > 0 with positive fitness."""
    (part,) = (part for part in CLAIMS["C23"].parts if part.name == "sign of the gap")
    (formulation,) = part.formulations
    assert isinstance(formulation, Inequality)
    assert {str(symbol): high for symbol, _, high in formulation.domain}["w"] is None
