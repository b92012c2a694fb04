"""The definitions against brute force, against each other, and against their golden values."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.alignment_distortion import model
from exact import reals
from exact.balls import Ball
from exact.recording import recording
from instances import BTModel, Election, GridBTModel, Population, PopulationView, strategies
from instances.preference_constructions import (
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    Misordering,
)

F = Fraction
FURTHER = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))["further"]


def golden(name: str, computed: Any) -> bool:
    """Whether the number agrees with the golden one to the digits shown."""
    text: str = FURTHER[name]["value"]
    if "/" in text:
        return bool(computed == F(text))
    mantissa, _, exponent = text.partition("e")
    unit = F(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    value = computed if isinstance(computed, Ball) else Ball(Fraction(computed))
    return abs(value.mid - F(text)) <= unit + value.rad


def close(left: Any, right: float, relative: float = 1e-12) -> bool:
    return math.isclose(float(left), right, rel_tol=relative, abs_tol=1e-300)


betas = st.fractions(F(1, 50), 30, max_denominator=100)


@given(betas)
def test_closed_forms_agree_with_floating_point(beta: Fraction) -> None:
    b = float(beta)
    assert close(model.R(beta), b / 2 / math.tanh(b / 2))
    assert close(model.R_closed_form(beta), b / 2 / math.tanh(b / 2))
    assert close(model.ell(beta), math.tanh(b / 2) / 2 / b)
    assert close(model.misordering_factor(beta), math.cosh(b / 2) ** 2)
    assert close(model.sigma(beta), 1 / (1 + math.exp(-b)))
    assert close(model.S(beta), 1 / (1 + math.exp(-b)) - 0.5, 1e-9)


@given(betas)
def test_gamma_star_is_the_best_gamma(beta: Fraction) -> None:
    best = model.C_star(beta)
    assert 0 < model.gamma_star(beta) < 1
    assert all(model.C(beta, F(k, 12)) <= best for k in range(13))
    assert model.R(beta) < best < 2 * model.R(beta)


@pytest.mark.parametrize("beta", [F(1, 10**6), F(1, 10**20), F(700), F(10**6), F(10**12)])
def test_constants_at_extreme_beta(beta: Fraction) -> None:
    assert model.R(beta) >= 1
    assert model.R(beta) < 1 + beta / 2
    assert reals.ball(model.R(beta)).arb.overlaps(reals.ball(model.R_closed_form(beta)).arb)


@given(strategies.grid_models(), st.integers(0, 6))
def test_the_grid_is_the_real_model_at_rational_points(response: GridBTModel, k: int) -> None:
    k = min(k, response.K)
    t = F(k, response.K)
    real = BTModel(response.beta)
    assert isinstance(response.win(t), Fraction)
    assert reals.ball(real.win(t)).arb.overlaps(Ball(response.win(t)).arb)
    assert reals.ball(real.excess(t)).arb.overlaps(Ball(model.s_grid(response.r, k)).arb)
    assert model.rho_K(response.r, response.K) < model.R(response.beta) or response.K == 1
    assert reals.ball(model.misordering_factor(response.beta)).arb.overlaps(Ball(model.grid_misordering_factor(response.r, response.K)).arb)


@given(strategies.elections())
def test_win_rates_and_margins(election: Election) -> None:
    rates = model.win_rates(election.response, election.population)
    game = model.margins(election.response, election.population)
    for x, row in enumerate(rates):
        for y, rate in enumerate(row):
            types = zip(election.population.utilities, election.population.weights, strict=True)
            direct = sum((weight * election.response.win(u[x] - u[y]) for u, weight in types), F(0))
            assert rate == direct
            assert rate + rates[y][x] == 1
            assert game[x][y] == 2 * rate - 1


@settings(max_examples=50)
@given(strategies.elections(grid=False))
def test_lemma_1_on_random_populations(election: Election) -> None:
    beta = election.response.beta
    averages = model.average_utilities(election.population)
    for x in range(len(averages)):
        for y in range(len(averages)):
            excess = reals.ball(model.win_excess(election.response, election.population, x, y))
            upper = reals.ball(beta * (model.L * averages[x] - model.ell(beta) * averages[y]))
            lower = reals.ball(beta * (model.ell(beta) * averages[x] - model.L * averages[y]))
            assert not excess.arb > upper.arb
            assert not excess.arb < lower.arb


@given(strategies.elections())
def test_borda_scores(election: Election) -> None:
    response, population, mu = election.response, election.population, election.mu
    scores = model.borda_scores(response, population, mu)
    direct = [sum((mu[y] * model.win_rate(response, population, x, y) for y in range(len(mu))), F(0)) for x in range(len(mu))]
    assert list(scores) == direct
    assert model.dot(mu, scores) == F(1, 2)
    best = max(scores)
    assert model.borda_winners(response, population, mu) == tuple(x for x, score in enumerate(scores) if score == best)
    printed = model.printed_borda_scores(response, population, mu)
    assert list(printed) == [2 * score / (2 - weight) for score, weight in zip(scores, mu, strict=True)]
    assert model.printed_borda_winners(response, population, mu) == tuple(x for x, score in enumerate(printed) if score == max(printed))
    assert all(model.borda_difference(response, population, mu, x, y) == scores[x] - scores[y] for x in range(len(mu)) for y in range(len(mu)))


terms = st.lists(st.tuples(st.fractions(-2, 2, max_denominator=5), st.integers(-4, 4).map(lambda k: F(k, 4))), max_size=8)


@given(terms, strategies.bt_models())
def test_total_excess_is_the_sum(pairs: list[tuple[Fraction, Fraction]], response: BTModel) -> None:
    direct = sum((w * response.excess(t) for w, t in pairs), F(0))
    assert reals.ball(model.total_excess(response, pairs)).arb.overlaps(reals.ball(direct).arb)


@given(terms, strategies.bt_models())
def test_what_cancels_is_exactly_zero(pairs: list[tuple[Fraction, Fraction]], response: BTModel) -> None:
    mirrored = [(w, -t) for w, t in reversed(pairs)]
    zero = model.total_excess(response, pairs + mirrored)
    assert isinstance(zero, Fraction)
    assert zero == 0


def test_a_tie_at_irrational_win_rates_is_seen() -> None:
    rows = ((F(1), F(1, 2), F(0)), (F(0), F(1), F(1, 2)), (F(1, 2), F(0), F(1)))
    population = Population(rows, (F(1, 3),) * 3)
    assert model.borda_winners(BTModel(4), population, (F(1, 3),) * 3) == (0, 1, 2)


@given(strategies.elections())
def test_recorded_numbers_give_the_same_values(election: Election) -> None:
    with recording() as recorder:
        lifted = recorder.lift(election)
        scores = model.borda_scores(lifted.response, lifted.population, lifted.mu)
    assert [reals.plain(score) for score in scores] == list(model.borda_scores(election.response, election.population, election.mu))


def test_the_ratio_of_nothing() -> None:
    assert model.distortion_ratio(F(0), F(0)) == 1
    assert model.distortion_ratio(F(1, 3), F(0)) == model.INFINITE
    assert model.distortion_ratio(F(1), F(1, 3)) == 3


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(strategies.simplex_points(n), strategies.simplex_points(n, full_support=True))))
def test_kl_divergence(pair: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]) -> None:
    policy, ref = pair
    value = model.kl_divergence(policy, ref)
    direct = sum(float(p) * math.log(float(p / q)) for p, q in zip(policy, ref, strict=True) if p)
    assert math.isclose(float(value), direct, abs_tol=1e-12)
    assert policy == ref or value > 0


# Constructions


@given(strategies.hidden_optima())
def test_every_pair_of_a_hidden_optimum_is_a_fair_coin(instance: HiddenOptimum) -> None:
    plain = HiddenOptimum(instance.response, instance.m, instance.eps)
    game = model.margins(plain.response, plain)
    assert all(value == 0 for row in game for value in row)
    assert plain.rho == (plain.q / (1 - plain.q)) / plain.eps
    assert model.win_excess(instance.response, instance, 1, 0) == instance.loser_margin
    assert (instance.loser_margin > 0) == (instance.xi > 1)


@settings(max_examples=40)
@given(strategies.borda_lower_bounds())
def test_the_borda_construction_elects_c(instance: BordaLowerBound) -> None:
    assume(instance.response.beta <= 20)
    averages, mu = model.average_utilities(instance), instance.mu
    assert reals.ball(model.win_excess(instance.response, instance, 0, 1)).arb.contains(0)
    assert model.borda_winners(instance.response, instance, mu) == (2,)
    assert averages[0] / averages[2] < model.C(instance.response.beta, instance.gamma)


def test_a_tie_in_the_borda_construction_without_eps0() -> None:
    instance = BordaLowerBound(BTModel(4), F(1, 2), F(1, 100), F(0))
    assert reals.ball(instance.gap).arb.contains(0)


@settings(max_examples=25)
@given(strategies.declining_sequences())
def test_the_declining_sequence(sequence: DecliningSequence) -> None:
    steps = sequence.steps
    beta = sequence.beta
    for before, after in pairwise(steps):
        assert all(reals.ball(value) <= 1 for value in after)
        assert model.total(after) < model.total(before)
        dropped = [i for i in range(3) if not reals.ball(after[i]) > reals.ball(before[i])]
        assert len(dropped) == 1
        assert after[dropped[0]] == 0
        assert not any(reals.ball(value) > reals.ball(before[dropped[0]]) for value in before if not _same(value, before[dropped[0]]))
        margin = model.total(BTModel(beta).excess(new - old) for new, old in zip(after, before, strict=True)) / 3
        assert margin > 0


def _same(left: Any, right: Any) -> bool:
    return bool(reals.ball(left).arb.overlaps(reals.ball(right).arb))


def test_the_declining_sequence_falls_like_root_six() -> None:
    sequence = DecliningSequence(8, 2000)
    last = model.total(sequence.steps[-1]) / 3
    assert close(last * 8 * reals.sqrt(F(2000)), math.sqrt(6), 1e-2)


def test_clones_may_be_merged() -> None:
    merged = ExponentialGap(2, 5, 3)
    clones = merged.with_clones()
    assert len(clones.utilities[0]) == 5
    for alone, together in zip(model.average_utilities(clones)[:3], model.average_utilities(merged), strict=True):
        assert reals.ball(alone).arb.overlaps(reals.ball(together).arb)


@given(strategies.misorderings())
def test_the_misordering_instance_is_balanced(instance: Misordering) -> None:
    difference = model.borda_difference(instance.response, instance, instance.mu, 0, 1)
    assert reals.ball(difference).arb.contains(0)


# Golden values


def test_golden_constants() -> None:
    assert golden("C1 mutant 0.24: S(0.04)", model.S(F(1, 25)))
    assert golden("C1 mutant [0,2]: S(4)", model.S(F(4)))
    assert golden("C1 mutant [0,2]: 2S(2)", 2 * model.S(F(2)))
    beta = 4 * reals.log(F(2))
    assert golden("C3 program at 4 ln 2: R", model.R(beta))
    assert golden("C3 mutant: C_star(2)", model.C_star(F(2)))
    assert golden("C8 mutant: 1/(e-1)", model.R(F(1)) - F(1, 2))
    assert golden("C10 mutant: C_star/R - 1 at 0.1", model.C_star(F(1, 10)) / model.R(F(1, 10)) - 1)
    assert golden("C10 mutant: beta - ln(1+beta)/2 at 16", 16 - reals.log(F(17)) / 2)
    assert golden("C14 mutant: R(10)", model.R(F(10)))
    assert golden("C15 mutant: 4e/beta^2 at beta 4", model.S(F(4)) / 4)
    assert golden("C15 mutant: 1/R(4)", 1 / model.R(F(4)))


def test_golden_special_alternative() -> None:
    instance = HiddenOptimum(GridBTModel(F(6, 5), 12), 2, F(1, 12))
    averages = model.average_utilities(instance)
    assert golden("C7 mutant: ratio of the special alternative, m=2, r=6/5, K=12", averages[0] / averages[1])
    assert golden("C7 mutant: 0.99 R", F(99, 100) * model.R(instance.response.beta))


def test_golden_order_of_the_sequence() -> None:
    sequence = DecliningSequence(4, 3)
    assert golden("C18 mutant: p(a1 > a3) at beta 4", model.win_rate(sequence.response, PopulationView(sequence.utilities, sequence.weights), 0, 2))


def test_golden_borda_under_uniform_sampling() -> None:
    instance = BordaLowerBound(BTModel(4), model.gamma_star(F(4)), F(1, 100))
    scores = model.borda_scores(instance.response, instance, (F(1, 3),) * 3)
    for name, score in zip("abc", scores, strict=True):
        assert golden(f"C24 Borda under uniform mu, {name}", score)


def sign_changes(function: Any, at: Fraction) -> bool:
    """Whether the sign changes within one unit of the last digit of a golden threshold."""
    return bool((function(at - F(1, 10**6)) < 0) != (function(at + F(1, 10**6)) < 0))


def test_golden_thresholds() -> None:
    value = {name: F(entry["value"]) for name, entry in FURTHER.items()}
    assert sign_changes(lambda b: reals.exp(b) - 10 * b, value["C12 A(a)>A(b) from beta"])
    assert sign_changes(lambda b: reals.exp(b) - 44 * b, value["C12 bound above 1 from beta"])
    assert sign_changes(lambda b: model.R(b) - b**2 / 4, value["C16 mutant: fraction exceeds 1 from beta"])
    assert golden("C16 mutant: fraction at 4", F(4) ** 2 / 4 / model.R(F(4)))

    def gap(threshold: Fraction) -> Any:  # k·δ·(1/3 − e/10) at k = 4e^β as a function of e^β
        return 40 * threshold / (10 + threshold) * (F(1, 3) - reals.exp(F(1)) / 10) - 1

    at = value["P3 count threshold e^beta"]
    assert (gap(at - F(1, 1000)) < 0) != (gap(at + F(1, 1000)) < 0)
    assert abs(reals.log(at) - value["P3 count survives from beta"]) < F(1, 10**3)
