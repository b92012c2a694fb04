"""C25 to C30 of multi_agent_risks: they hold, their mutants are refuted, and their evaluations agree with independent computations."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.checker import Budget, check
from checkers.evaluation import Evaluation, evaluate
from claims.claim import Claim, Mutant, Part
from claims.errors import ParameterError
from claims.formulations import Enumeration, Formulation, Inequality
from claims.multi_agent_risks.algorithms import best_replies, congestion_cycles, sending_game
from claims.multi_agent_risks.figures import dynamics as figures_dynamics
from claims.multi_agent_risks.identities import dynamics as facts
from claims.multi_agent_risks.models import dynamics as model
from claims.multi_agent_risks.quantities import dynamics as q
from claims.multi_agent_risks.sections.dynamics import CLAIMS
from claims.parameters import parse_assignments, to_json
from exact.balls import Ball, working_precision

F = Fraction
GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "multi_agent_risks_dynamics.json").read_text(encoding="utf-8"))
BY_NUMBER = {claim.number: claim for claim in CLAIMS}
QUICK = Budget("quick", 20)
PARTS = [(claim, part, formulation) for claim in CLAIMS for part in claim.parts for formulation in part.formulations]
MUTANTS = [(f"{claim.number}/m{number}", mutant) for claim in CLAIMS for number, mutant in enumerate(claim.mutants, 1)]


def told(number: str, **parameters: str) -> Evaluation:
    """The evaluation at what a user types."""
    return evaluate(BY_NUMBER[number], parse_assignments([f"{name}={value}" for name, value in parameters.items()]))


def field(evaluation: Evaluation, name: str) -> Any:
    return getattr(evaluation, name) if name in ("measured", "bound", "status") else evaluation.values[name]


@pytest.mark.parametrize(("claim", "part", "formulation"), PARTS, ids=[f"{c.number} {p.name} {type(f).__name__}" for c, p, f in PARTS])
def test_formulations_hold(claim: Claim, part: Part, formulation: Formulation) -> None:
    for setting in formulation.settings.quick:
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


def test_every_claim_has_two_mutants_and_an_evaluation_that_holds() -> None:
    assert list(BY_NUMBER) == ["C25", "C26", "C27", "C28", "C29", "C30"]
    for claim in CLAIMS:
        assert len(claim.mutants) >= 2
        assert evaluate(claim, {}).status == "holds"


def test_predicates_can_fail() -> None:
    game = next(q.ordinal_games({}))
    play = best_replies.play_of(game)
    assert q.plays_as_stated(game, {})
    assert q.EXPECTED[play.equilibria] != q.EXPECTED[(play.equilibria + 1) % 3]
    assert not q.counts_as_stated((18, 107, 19), {})
    assert not q.has_no_cycle(congestion_cycles.Piece(F(0), F(1), "cycle"), {})
    assert not q.has_no_cycle(congestion_cycles.Piece(F(0), F(1), "open"), {})
    assert any(not q.has_no_cycle(piece, {}) for piece in q.pieces({"a": F(20), "b": F(7, 10)}))
    assert not q.is_left((F(0), F(0)), {"gamma": F(1, 10)})


@pytest.mark.parametrize("case", GOLDEN["exact"], ids=lambda case: f"{case['claim']} {case['parameters']}")
def test_golden_values(case: dict[str, Any]) -> None:
    evaluation = told(case["claim"], **case["parameters"])
    assert evaluation.status == "holds"
    assert {name: to_json(field(evaluation, name)) for name in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", GOLDEN["balls"], ids=lambda case: f"{case['claim']} {case['field']} {case['parameters']}")
def test_golden_balls(case: dict[str, Any]) -> None:
    value = field(told(case["claim"], **case["parameters"]), case["field"])
    values = value if isinstance(value, list) else [value]
    assert len(values) == len(case["printed"])
    for ball, printed in zip(values, case["printed"], strict=True):
        unit = F(1, 10 ** len(printed.partition(".")[2]))
        assert abs(ball - F(printed)) <= unit
        assert ball.rad <= abs(ball.mid) / 10**15


@pytest.mark.parametrize(("number", "parameters", "message"), [
    ("C25", {"eta": "-1/2"}, "0 <= value"),
    ("C25", {"method": "newton"}, "optimistic"),
    ("C26", {"eta": "0"}, "0 < value"),
    ("C26", {"steps": "-1"}, "integer"),
    ("C26", {"s": "1e400"}, "s: .*value <= 1000000000000"),
    ("C26", {"eta": "1e3000"}, "0 < value <= 1000000000000"),
    ("C27", {"a": "0"}, "0 < value"),
    ("C27", {"b": "1"}, "value < 1"),
    ("C28", {"gamma": "1/2"}, "1/2 < value < 1"),
    ("C29", {"n": "0"}, "integer"),
    ("C29", {"n": "2", "k": "[1]"}, "both"),
    ("C29", {"k": "[]"}, "list"),
    ("C30", {"T": "0"}, "0 < value"),
    ("C30", {"T": "1e-300"}, "T: .*>= 1/1000000000"),
])
def test_usage_errors_name_the_domain(number: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        told(number, **parameters)


@pytest.mark.parametrize(("number", "parameters", "names"), [
    ("C25", {"eta": "0"}, ("measured",)),
    ("C25", {"method": "alternating"}, ("measured",)),
    ("C26", {"s": "0", "t": "0"}, ("measured", "bound")),
    ("C26", {"steps": "0"}, ("measured", "bound")),
    ("C30", {}, ("lower", "middle", "upper")),
    ("C30", {"T": "1"}, ("middle",)),
])
def test_balls_are_balls_also_where_the_number_is_rational(number: str, parameters: dict[str, str], names: tuple[str, ...]) -> None:
    evaluation = told(number, **parameters)
    assert evaluation.status == "holds"
    assert all(isinstance(field(evaluation, name), Ball) for name in names)


def test_the_values_of_the_markov_game_count() -> None:
    """What the claim says of the values is not left to parts beside it."""
    counted = [part for part in BY_NUMBER["C28"].parts if part.name.startswith("value, player") and not part.beside]
    assert len(counted) == 4
    gamma = F(3, 4)
    for part, value in zip(counted, (F(4), F(16, 3), F(16, 3), F(4)), strict=True):
        (formulation,) = part.formulations
        assert isinstance(formulation, Inequality)
        assert formulation.right.subs(facts.gamma, gamma) == formulation.left.subs(facts.gamma, gamma) == value


# C25 and C26


def step_matrix(eta: float, method: str) -> np.ndarray:
    """The matrix of one step on (x, y) or on (x, y, x before, y before)."""
    field_matrix = np.array([[0.0, 1.0], [-1.0, 0.0]])
    if method == "simultaneous":
        return np.eye(2) - eta * field_matrix
    if method == "alternating":
        return np.array([[1.0, -eta], [eta, 1 - eta * eta]])
    top = np.hstack([np.eye(2) - 2 * eta * field_matrix, eta * field_matrix])
    return np.vstack([top, np.hstack([np.eye(2), np.zeros((2, 2))])])


@given(st.fractions(0, 4, max_denominator=50), st.sampled_from(model.METHODS))
@settings(max_examples=60, deadline=None)
def test_spectral_radii_are_those_of_the_step_matrix(eta: Fraction, method: str) -> None:
    radius = max(abs(np.linalg.eigvals(step_matrix(float(eta), method))))
    assert float(model.spectral_radius(eta, method)) == pytest.approx(radius, abs=2e-7)


@given(st.fractions(F(1, 20), 2, max_denominator=20))
@settings(deadline=None)
def test_the_orbits_step_as_the_matrix_says(eta: Fraction) -> None:
    for method in model.METHODS:
        orbit = figures_dynamics.gradient_orbit(method, eta, 6)
        matrix = step_matrix(float(eta), method)
        state = np.array([1.0, 0.0] * (len(matrix) // 2))
        for x, y in orbit[1:]:
            state = matrix @ state
            assert (float(x), float(y)) == pytest.approx(tuple(state[:2]))


@given(st.fractions(-4, 4, max_denominator=10), st.fractions(-4, 4, max_denominator=10), st.fractions(F(1, 10), 3, max_denominator=10), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_divergences_are_those_of_weights(s: Fraction, t: Fraction, eta: Fraction, steps: int) -> None:
    """Multiplicative weights on the probabilities themselves, and the Kullback–Leibler divergence from (½, ½)."""
    x, y = (1 / (1 + exp(-float(z))) for z in (s, t))
    for _ in range(steps):
        gain, loss = 2 * y - 1, 2 * x - 1
        up, down = x * exp(float(eta) * gain), (1 - x) * exp(-float(eta) * gain)
        left, right = y * exp(-float(eta) * loss), (1 - y) * exp(float(eta) * loss)
        x, y = up / (up + down), left / (left + right)
    divergence = sum(-log(2) - (log(z) + log(1 - z)) / 2 for z in (x, y)) if max(x, y, 1 - x, 1 - y) < 1 else None
    evaluation = told("C26", s=str(s), t=str(t), eta=str(eta), steps=str(steps))
    assert evaluation.status == "holds"
    assert evaluation.relation == ("==" if steps == 0 or s == t == 0 else ">")
    if divergence is not None and min(x, y, 1 - x, 1 - y) > 1e-5:
        assert float(evaluation.measured) == pytest.approx(divergence, abs=1e-6)


def test_long_runs_keep_their_digits() -> None:
    measured = told("C26", steps="5000").measured
    assert measured.rad < measured.mid / 10**15


# C27


def routes(a: float, b: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda s: s - a * (1 / (1 + np.exp(-s)) - b)


def float_zeros(a: float, b: float) -> int:
    """Sign changes of g³(s) − s on a fine grid of the trapping interval, the fixed point's among them."""
    g = routes(a, b)
    fixed = np.log(b / (1 - b))
    s = np.linspace(fixed - a * (1 - b) - 0.01, fixed + a * b + 0.01, 400_001)
    signs = np.sign(g(g(g(s))) - s)
    return int(np.count_nonzero(np.diff(signs[signs != 0])))


@given(st.fractions(1, 45, max_denominator=4), st.fractions(F(1, 10), F(9, 10), max_denominator=20))
@settings(max_examples=30, deadline=None)
def test_the_scan_finds_as_many_cycles_as_a_fine_grid(a: Fraction, b: Fraction) -> None:
    found = congestion_cycles.cycles_of_three(a, b)
    assert found.complete
    assert float_zeros(float(a), float(b)) == 1 + 3 * len(found.orbits)
    for orbit in found.orbits:
        x = [float(share) for share in orbit.shares]
        assert x[0] == min(x)
        for here, there in zip(x, x[1:] + x[:1], strict=True):
            assert here / (here + (1 - here) * exp(float(a) * (here - float(b)))) == pytest.approx(there, abs=1e-9)
        assert orbit.attracting == (abs(float(orbit.multiplier)) < 1)


def test_a_narrow_window_far_out_is_found() -> None:
    """At b = 1/3 the cycle of period three is neutral but for terms like e^(−a/6): ordinary precision does not see it."""
    evaluation = told("C27", a="300", b="1/3")
    assert evaluation.values["period3"] is True
    attracting, repelling = evaluation.values["multipliers"]
    assert isinstance(attracting, Ball)
    assert attracting < 1 < repelling


def test_what_the_scan_gives_up_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(congestion_cycles, "_EFFORT", 1_000)
    evaluation = told("C27", a="15")
    assert evaluation.values["period3"] is None
    assert evaluation.status == "holds"


def test_shares_average_to_b_by_the_identity() -> None:
    a, b, steps = F(20), F(7, 10), 50
    s = F(0)
    for _ in range(steps):
        s = model.routes_step(s, a, b)
    assert abs(model.routes_mean(F(0), a, b, steps) - b - (0 - s) / (a * steps)) < F(1, 10**20)


# C28


@given(st.fractions(F(51, 100), F(99, 100), max_denominator=200))
@settings(max_examples=30, deadline=None)
def test_the_markov_game_against_policy_iteration_by_hand(gamma: Fraction) -> None:
    """Every deterministic reply to the mixture pays the same, and every deterministic profile is left by somebody, by values from the geometric series."""
    evaluation = told("C28", gamma=str(gamma))
    x, y = evaluation.values["send"]
    assert (x, y) == (1 / (2 * gamma), (3 * gamma - 1) / (4 * gamma))
    assert evaluation.measured == 0
    game = sending_game.game(gamma)
    assert game.is_equilibrium(*sending_game.policies(x, y))
    for player in (1, 2):
        here = sending_game.values(player, F(1, 3), F(3, 4), gamma)
        assert (here.first, here.second) == game.values(*sending_game.policies(F(1, 3), F(3, 4)))[player - 1]
    for own in (F(0), F(1)):
        assert sending_game.values(1, own, y, gamma) == sending_game.values(1, x, y, gamma)
        assert sending_game.values(2, x, own, gamma) == sending_game.values(2, x, y, gamma)
    first = sum(float(gamma) ** t * payoff for t, payoff in zip(range(3000), expected_rewards(float(x), float(y), 0), strict=False))
    assert float(evaluation.values["values_1"][0]) == pytest.approx(first, rel=1e-6)


def expected_rewards(x: float, y: float, player: int) -> list[float]:
    """Player's expected reward in each round from state 1, by the law of the state."""
    law, rewards = np.array([1.0, 0.0]), []
    move = np.array([[1 - x, x], [y, 1 - y]])
    paid = np.array([(1 - x) * (1, 0)[player] + x * (0, 3)[player], (1 - y) * (3, 1)[player]])
    for _ in range(3000):
        rewards.append(float(law @ paid))
        law = law @ move
    return rewards


# C29


def test_all_576_strict_games_play_as_their_number_of_equilibria_says() -> None:
    """By brute force over matrices of ranks, each class of 4 counted once."""
    from itertools import permutations

    counts: dict[tuple[int, int, int], int] = {}
    for u, v in product(permutations(range(4)), repeat=2):
        reply_row = [0 if u[c] > u[2 + c] else 1 for c in (0, 1)]
        reply_column = [0 if v[2 * r] > v[2 * r + 1] else 1 for r in (0, 1)]
        pure = sum(reply_row[c] == r and reply_column[r] == c for r, c in product((0, 1), repeat=2))
        alternating = simultaneous = 0
        for r, c in product((0, 1), repeat=2):
            path = [(r, c)]
            for _ in range(9):
                row = reply_row[path[-1][1]]
                path.append((row, reply_column[row]))
            alternating += path[-1] != path[-2]
            path = [(r, c)]
            for _ in range(9):
                path.append((reply_row[path[-1][1]], reply_column[path[-1][0]]))
            simultaneous += path[-1] != path[-2]
        key = (pure, alternating, simultaneous)
        counts[key] = counts.get(key, 0) + 1
    assert {key: number // 4 for key, number in counts.items()} == {(0, 4, 4): 18, (1, 0, 0): 108, (2, 0, 2): 18}
    values = told("C29").values
    assert values["simultaneous_failures"] == [18, 0, 18]
    assert (values["alternating_starts"], values["simultaneous_starts"]) == ([72, 0, 0], [72, 0, 36])


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_cournot_eigenvalues_are_those_of_the_matrix(n: int) -> None:
    def replies(quantities: np.ndarray) -> np.ndarray:
        return (12 - (quantities.sum() - quantities)) / 2

    matrix = np.array([replies(unit) - replies(np.zeros(n)) for unit in np.eye(n)])
    assert np.sort(np.linalg.eigvalsh(matrix)) == pytest.approx(sorted(map(float, model.cournot_eigenvalues(n))))


# C30


@given(st.fractions(F(1, 20), F(9, 10), max_denominator=60))
@settings(max_examples=30, deadline=None)
def test_logit_equilibria_against_sign_changes(temperature: Fraction) -> None:
    x = np.linspace(1e-12, 1 - 1e-12, 300_002)
    signs = np.sign(1 / (1 + np.exp(-(2 * x - 1) / float(temperature))) - x)
    evaluation = told("C30", T=str(temperature))
    assert evaluation.measured == np.count_nonzero(np.diff(signs[signs != 0]))
    if evaluation.measured == 3:
        for share in (evaluation.values["lower"], evaluation.values["upper"]):
            assert abs(model.logit_reply(share, temperature) - share) < F(1, 10**20)
        assert abs(evaluation.values["lower"] + evaluation.values["upper"] - 1) < F(1, 10**20)


@pytest.mark.parametrize("temperature", ["1/100000", "0.4999999999999999999999999", "1/3"])
def test_extreme_temperatures_keep_relative_precision(temperature: str) -> None:
    lower = told("C30", T=temperature).values["lower"]
    assert lower.rad <= lower.mid / 10**15


# Figures


def test_figures_are_computed_from_the_model() -> None:
    assert figures_dynamics.figures([]) == []
    portrait = figures_dynamics.gradient_play()
    assert [series.label for series in portrait.series] == list(model.METHODS)
    alternating = figures_dynamics.gradient_orbit("alternating", F(1, 5), 20)
    assert {x * x + y * y - F(1, 5) * x * y for x, y in alternating} == {F(1)}
    diagram = figures_dynamics.bifurcation(transient=150, kept=12)
    late = [y for x, y in diagram.series[0].points if x == 20]
    assert {round(float(y), 6) for y in late} == {0.129082, 0.999926, 0.970992}
    assert all(abs(mean - F(7, 10)) < F(1, 100) for _, mean in diagram.series[1].points)
    assert len(figures_dynamics.pitchfork(60).series[1].points) == 49


@pytest.mark.parametrize("a", [5, 18, 25])
def test_late_shares_are_known_to_the_digits_that_are_shown(a: int) -> None:
    with working_precision(figures_dynamics.bits_for(F(a), 240)):
        shares = figures_dynamics.late_shares(F(a), figures_dynamics.SHARE, 200, 40)
    assert all(share.rad < F(1, 2**figures_dynamics.DIGITS) for share in shares)
