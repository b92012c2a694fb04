"""Voting on data, worst-case programs, pool certificates, finite-sample probabilities and simulated data."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import permutations, product
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkers import kernel
from claims.alignment_distortion import concentration, model, worst_case
from claims.alignment_distortion.algorithms import (
    Tally,
    borda_scores_of,
    empirical_margins,
    empirical_win_rates,
    plackett_luce_marginals,
    printed_borda_scores_of,
    uniform_on_best,
)
from claims.alignment_distortion.pair_threshold import largest_eps_with_last_winner
from claims.alignment_distortion.rewards import pair_law_rewards
from claims.alignment_distortion.sampling import draw_tally
from claims.errors import ClaimError
from exact import reals
from exact.balls import Ball, working_precision
from exact.linear_programs import solve
from exact.recording import recording
from instances import GridBTModel, Population, PopulationView, ProductSampler, UserCorrelation, strategies
from instances.preference_constructions import DecliningSequence, adjacent_pair_law, cyclic_population

F = Fraction
FURTHER = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))["further"]


def golden(name: str, computed: Any) -> bool:
    text: str = FURTHER[name]["value"]
    mantissa, _, exponent = text.partition("e")
    return abs(reals.ball(computed).mid - F(text)) <= F(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


# Voting on data


comparisons = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()).map(lambda c: (c[0], c[1], c[0] if c[2] else c[1])), max_size=30)


@given(comparisons)
def test_borda_scores_of_data(data: list[tuple[int, int, int]]) -> None:
    tally = Tally.of(4, data)
    for x in range(4):
        won, shown = 0, 0
        for first, second, winner in data:
            if first == second == x:
                won, shown = won + 1, shown + 2
            elif x in (first, second):
                won, shown = won + (winner == x), shown + 1
        assert borda_scores_of(tally)[x] == (F(won, shown) if shown else 0)
        selves = sum(first == second == x for first, second, _ in data)
        assert printed_borda_scores_of(tally)[x] == (F(won, shown - selves) if shown else 0)
    rates, margins = empirical_win_rates(tally), empirical_margins(tally)
    assert all(rates[x][y] + rates[y][x] == 1 and margins[x][y] == 2 * rates[x][y] - 1 for x in range(4) for y in range(4))
    lottery = uniform_on_best(borda_scores_of(tally))
    assert sum(lottery) == 1
    assert all((mass > 0) == (score == max(borda_scores_of(tally))) for mass, score in zip(lottery, borda_scores_of(tally), strict=True))


def test_a_winner_must_take_part() -> None:
    with pytest.raises(ClaimError, match="2 is said to win"):
        Tally.of(3, [(0, 1, 2)])


@settings(max_examples=30, deadline=None)
@given(strategies.grid_models(), st.data())
def test_plackett_luce_users_answer_pairs_as_bradley_terry(response: GridBTModel, data: Any) -> None:
    utilities = data.draw(st.lists(strategies.utilities(response.K), min_size=1, max_size=5))
    marginals = plackett_luce_marginals(response, utilities)
    assert all(marginals[x][y] == response.win(a - b) for x, a in enumerate(utilities) for y, b in enumerate(utilities))


# Worst-case programs


@pytest.mark.parametrize(("mu", "seeds"), [((F(1, 3),) * 3, 60), ((F(0), F(0), F(1)), 60), ((F(1, 6), F(1, 2), F(1, 3)), 60)])
def test_no_population_beats_the_borda_program(mu: tuple[Fraction, ...], seeds: int) -> None:
    r, K = F(2), 3
    value = solve(worst_case.borda_worst_case(r, K, mu)).value
    response = GridBTModel(r, K)

    @settings(max_examples=seeds, deadline=None)
    @given(strategies.populations(3, K=K))
    def none_beats(population: Population) -> None:
        for order in permutations(range(3)):
            rows = tuple(tuple(row[x] for x in order) for row in population.utilities)
            moved = Population(rows, population.weights)
            if 0 in model.borda_winners(response, moved, mu):
                averages = model.average_utilities(moved)
                assert averages[1] <= value * averages[0]

    none_beats()


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([F(6, 5), F(2), F(5)]), st.integers(1, 4), strategies.simplex_points(3))
def test_the_borda_program_decodes_to_a_population_that_attains_it(r: Fraction, K: int, mu: tuple[Fraction, ...]) -> None:
    solution = solve(worst_case.borda_worst_case(r, K, mu))
    population = worst_case.decode_population(K, 3, solution)
    averages = model.average_utilities(population)
    assert averages[1] / averages[0] == solution.value
    assert 0 in model.borda_winners(GridBTModel(r, K), population, mu)
    assert solution.value <= model.C_K(r, K)
    single = solve(worst_case.misordering_worst_case(r, K, mu)).value
    assert solution.value <= single <= model.Q_K(r, K)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([F(6, 5), F(2), F(5)]), st.integers(1, 4), strategies.simplex_points(3))
def test_the_maximal_lottery_program(r: Fraction, K: int, lottery: tuple[Fraction, ...]) -> None:
    response = GridBTModel(r, K)
    for best in range(3):
        solution = solve(worst_case.maximal_lottery_worst_case(r, K, lottery, best))
        population = worst_case.decode_population(K, 3, solution)
        assert model.average_utility(population, best) == solution.value * model.lottery_utility(population, lottery)
        game = model.margins(response, population)
        assert all(model.dot(lottery, [row[z] for row in game]) >= 0 for z in range(3))
        assert solution.value <= model.rho_K(r, K)


@pytest.mark.parametrize(("r", "K"), [(F(2), 4), (F(2), 8), (F(6, 5), 5)])
def test_the_loss_program_attains_its_bound(r: Fraction, K: int) -> None:
    assert solve(worst_case.borda_loss_worst_case(r, K, (F(0), F(0), F(1)))).value == 2 / (K * model.s_grid(r, 1))


@given(st.sampled_from([F(101, 100), F(3, 2), F(2), F(50)]), st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_pool_certificates_by_enumeration(r: Fraction, K: int) -> None:
    response, grid = GridBTModel(r, K), [F(k, K) for k in range(K + 1)]
    for certificate in (worst_case.borda_certificate(r, K), worst_case.misordering_certificate(r, K)):
        assert all(certificate.f(response, a, c, y) >= 0 for a, c, y in product(grid, repeat=3))
        assert worst_case.holds_on_grid(certificate, r, K)
        assert worst_case.vanishing_points(certificate, response, grid)
        smaller = worst_case.PoolCertificate(certificate.lam * F(99, 100), certificate.nu, certificate.kappa)
        assert worst_case.holds_on_grid(smaller, r, K) == all(smaller.f(response, a, c, y) >= 0 for a, c, y in product(grid, repeat=3))
        assert not worst_case.holds_on_grid(smaller, r, K)


def test_a_certificate_for_a_large_grid_is_quick() -> None:
    assert worst_case.holds_on_grid(worst_case.borda_certificate(F(11, 10), 60), F(11, 10), 60)


def test_golden_finite_sample_losses() -> None:
    """The worst loss per unit of error for μ = (1, 1, 998)/1000 on a fine grid, in floating point."""
    import numpy as np
    from scipy.optimize import linprog

    mu, fine = (0.001, 0.001, 0.998), np.linspace(0, 1, 41)
    mesh = np.meshgrid([0, 1e-4, 1e-3, 1e-2, 0.1, 0.3, 1], fine, fine, indexing="ij")
    utilities = [axis.ravel() for axis in mesh]
    for beta in (1, 4, 16):
        scores = [sum(weight * np.tanh(beta * (u - v) / 2) / 2 for weight, v in zip(mu, utilities, strict=True)) for u in utilities]
        ratio = beta / 2 / np.tanh(beta / 2)
        solved = linprog(
            utilities[0] - utilities[1] / ratio**2, A_ub=[scores[1] - scores[0], scores[2] - scores[0]], b_ub=[2e-3, 2e-3],
            A_eq=[np.ones(len(scores[0]))], b_eq=[1],
        )
        loss = -solved.fun / 1e-3
        assert golden(f"C4 worst loss, beta {beta}", F(loss))
        assert loss <= float(8 * model.C_star(F(beta)) / (beta * model.R(F(beta)) ** 2))


# Finite samples


chances = st.integers(1, 11).map(lambda k: F(k, 12))
deviations = st.fractions(0, F(3, 2), max_denominator=12)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), chances, chances, deviations)
def test_win_rate_deviation_by_enumeration(n: int, informative: Fraction, p: Fraction, t: Fraction) -> None:
    direct = F(0)
    for size in range(n + 1):
        for won in range(size + 1):
            rate = F(won, size) if size else F(1, 2)
            if abs(rate - p) > t:
                direct += comb(n, size) * informative**size * (1 - informative) ** (n - size) * comb(size, won) * p**won * (1 - p) ** (size - won)
    assert concentration.win_rate_deviation(n, informative, p, t) == direct
    enclosed = concentration.win_rate_deviation(n, informative, p, t, number=Ball)
    assert reals.ball(enclosed).arb.overlaps(Ball(direct).arb)


@given(st.integers(1, 12), chances, deviations)
def test_binomial_tails_by_enumeration(n: int, p: Fraction, t: Fraction) -> None:
    masses = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    assert concentration.deviation_outside(n, p, t) == sum((mass for k, mass in enumerate(masses) if abs(F(k, n) - p) > t), F(0))
    assert concentration.binomial_window(n, p, 1, n - 1) == sum(masses[1:n], F(0))
    for k, mass in enumerate(masses):
        assert concentration.binomial_mass(n, k, p) == mass
        assert concentration.binomial_mass(n, k, Ball(p)).arb.overlaps(Ball(mass).arb)
        assert mass * F(2**250, 2**250 + 1) <= concentration.binomial_mass_above(n, k, Ball(p)).upper


@given(st.integers(1, 8), chances, chances)
def test_majorities_by_enumeration(n: int, informative: Fraction, p: Fraction) -> None:
    steps = {1: informative * p, -1: informative * (1 - p), 0: 1 - informative}
    leads = {0: F(1)}
    for _ in range(n):
        following: dict[int, Fraction] = {}
        for lead, mass in leads.items():
            for step, chance in steps.items():
                following[lead + step] = following.get(lead + step, F(0)) + mass * chance
        leads = following
    found = concentration.majority(n, informative, p)
    assert found.win == sum((mass for lead, mass in leads.items() if lead > 0), F(0))
    assert found.tie == leads.get(0, 0)
    assert found.loss == sum((mass for lead, mass in leads.items() if lead < 0), F(0))


@given(st.integers(2, 5), st.integers(1, 10**6), st.integers(1, 100), st.integers(1, 20).map(lambda k: F(k, 100)))
def test_a_radius_is_large_where_its_failure_probability_is_not_allowed(m: int, n: int, d: int, mu_min: Fraction) -> None:
    """Below the least δ for which the lemmas speak, their radii say nothing anyway."""
    delta = F(1, 20)
    assume(mu_min * m <= 1)
    if float(delta) < m * m * math.exp(-n * d * float(mu_min) ** 2 / 8):
        assert concentration.win_rate_radius(m, n, d, mu_min, delta) >= 1
    if float(delta) < 2 * m * math.exp(-n * d * float(mu_min) / 8):
        assert concentration.borda_radius(m, n, d, mu_min, delta) >= 1


def test_golden_failure_probabilities() -> None:
    p, half = model.sigma(F(1)), F(1, 2)
    assert golden("C19 P(|p_n - sigma(1)| > 0.1), n=200", concentration.win_rate_deviation(200, half, p, F(1, 10)))
    assert golden("C19 P(|p_n - sigma(1)| > 0.05), n=2000", concentration.win_rate_deviation(2000, half, p, F(1, 20)))
    claimed = concentration.win_rate_radius_without_minimum(2, 100, 10**4, half, F(1, 20))
    assert golden("C19 mutant without minimum: claimed", claimed)
    assert golden("C19 mutant without minimum: true failure", concentration.deviation_outside(100, p, claimed))
    claimed = concentration.win_rate_radius(2, 200, 1, half, F(1, 20), constants=(F(1, 8), 0))
    assert golden("C19 mutant constants 1/8, 0: claimed", claimed)
    assert golden("C19 mutant constants 1/8, 0: failure", concentration.win_rate_deviation(200, half, p, claimed))
    claimed = concentration.borda_radius_without_minimum(2, 10**7, 10**8, half, F(1, 20))
    assert golden("C20 mutant: claimed", claimed)
    assert golden("C20 mutant: failure", concentration.deviation_outside(10**7, p, 2 * claimed))


def test_a_bound_of_the_outside_probability_is_one() -> None:
    with working_precision(700):
        p = model.sigma(F(1))
        exact, below = (function(4000, p, F(1, 100)) for function in (concentration.deviation_outside, concentration.deviation_outside_at_least))
        assert 0 < exact - below < F(1, 2**250)
        above = concentration.binomial_mass_above(4000, 2900, p)
        assert 0 < above / concentration.binomial_mass(4000, 2900, p) - 1 < F(1, 2**250)


def test_recorded_failure_probabilities_are_certificates() -> None:
    half, eta = F(1, 2), F(1, 10**6)
    with recording() as recorder:
        p = recorder.lift(F(2, 3))
        bound = concentration.latent_win_rate_failure(100, 10**6, p, F(39, 1000), F(1, 1000))
        kernel.check(recorder.document([(">", bound, F(1, 20))], {}))
    with recording() as recorder:
        p = model.sigma(recorder.lift(F(1)))
        claimed = concentration.borda_radius_without_minimum(2, 10**6, 10**10, half, F(1, 20))
        bound = concentration.latent_borda_failure(10**6, 10**10, p, claimed, eta)
        kernel.check(recorder.document([(">", bound, F(1, 20))], {}))


# Simulated data


def test_the_rigorous_failure_bounds_against_simulation() -> None:
    import numpy as np

    rng, n, d, p, t = np.random.default_rng(7), 60, 400, F(2, 3), F(1, 25)
    users = rng.binomial(n, float(p), size=20_000)
    informative = rng.binomial(n * d, 0.5, size=users.size)
    wins = rng.binomial(informative, users / n)
    failed = float((np.abs(wins / informative - float(p)) > float(t)).mean())
    assert float(concentration.latent_win_rate_failure(n, d, p, t, F(1, 50))) <= failed + 0.02
    assert float(concentration.latent_win_rate_failure(n, d, p, t, F(1, 50))) > 0.2
    won, lost = rng.binomial(d * users, 0.5), rng.binomial(d * (n - users), 0.5)
    selves = rng.binomial(n * d - won - lost, 0.5)
    scores = (won + selves) / (won + lost + 2 * selves)
    failed = float((np.abs(scores - (0.25 + float(p) / 2)) > float(t) / 2).mean())
    assert float(concentration.latent_borda_failure(n, d, p, t / 2, F(1, 50))) <= failed + 0.02


@pytest.mark.parametrize("correlation", list(UserCorrelation))
def test_every_correlation_has_bradley_terry_marginals(correlation: UserCorrelation) -> None:
    import numpy as np

    response, population = GridBTModel(F(3), 2), cyclic_population()
    mu = (F(1, 2), F(1, 4), F(1, 4))
    tally = draw_tally(response, population, ProductSampler(mu), correlation, 20_000, 3, np.random.default_rng(3))
    assert sum(map(sum, tally.wins)) + sum(tally.self_pairs) == 60_000
    rates = empirical_win_rates(tally)
    scores = borda_scores_of(tally)
    for x in range(3):
        assert abs(tally.self_pairs[x] / 60_000 - float(mu[x]) ** 2) < 0.02
        assert abs(scores[x] - model.borda_score(response, population, mu, x)) < F(2, 100)
        for y in range(3):
            assert abs(rates[x][y] - model.win_rate(response, population, x, y)) < F(3, 100)


@pytest.mark.parametrize(("correlation", "consistent"), [
    (UserCorrelation.INDEPENDENT, False), (UserCorrelation.PLACKETT_LUCE, True), (UserCorrelation.LATENT, True),
])
def test_a_user_repeats_an_answer_only_when_answers_are_correlated(correlation: UserCorrelation, consistent: bool) -> None:
    import numpy as np

    population, response = Population(((0, 0),), (1,)), GridBTModel(F(2), 1)
    tally = draw_tally(response, population, ProductSampler((F(1, 2), F(1, 2))), correlation, 1, 500, np.random.default_rng(11))
    assert (0 in (tally.wins[0][1], tally.wins[1][0])) == consistent


def test_pair_laws_are_sampled() -> None:
    import numpy as np

    sequence, law = DecliningSequence(4, 5), adjacent_pair_law(5, F(1, 10))
    view = PopulationView(sequence.utilities, sequence.weights)
    tally = draw_tally(sequence.response, view, law, UserCorrelation.LATENT, 4000, 5, np.random.default_rng(5))
    assert sum(tally.self_pairs) == 0
    adjacent = sum(tally.wins[x][x + 1] + tally.wins[x + 1][x] for x in range(4))
    assert abs(adjacent / 20_000 - 0.9) < 0.02


# The threshold of Theorem 9


def test_the_threshold_is_where_the_winner_changes() -> None:
    sequence = DecliningSequence(8, 6)
    view = PopulationView(sequence.utilities, sequence.weights)
    eps = largest_eps_with_last_winner(model.margins(sequence.response, view))
    assert eps is not None
    for factor, last_wins in ((F(999, 1000), True), (F(1001, 1000), False)):
        rewards = pair_law_rewards(sequence.response, view, adjacent_pair_law(6, Fraction(eps) * factor))
        assert (reals.argmax(rewards) == (5,)) == last_wins


def test_no_threshold_when_the_last_never_wins() -> None:
    assert largest_eps_with_last_winner(((0, F(1, 2), F(1, 2)), (F(-1, 2), 0, F(1, 2)), (F(-1, 2), F(-1, 2), 0))) is None
