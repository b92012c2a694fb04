"""False variants of the theorems, by claim. Each must be refuted by an exact counterexample; one that survives shows a blind checker."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Mutant, Settings, Witness
from claims.alignment_distortion import instance_formulations as forms
from claims.alignment_distortion import model
from claims.alignment_distortion import quantities as measured
from claims.alignment_distortion.analysis import R, S, beta, e, relation
from claims.alignment_distortion.concentration import (
    borda_radius_without_minimum,
    latent_win_rate_failure,
    win_rate_deviation,
    win_rate_radius,
    win_rate_radius_without_minimum,
)
from claims.alignment_distortion.kl_ball import Reference, maximise
from claims.alignment_distortion.nash import nlhf, regularised_nlhf
from claims.alignment_distortion.printed_nash import printed_regularised_nlhf
from claims.alignment_distortion.rewards import pair_law_rewards, population_rewards
from claims.alignment_distortion.worst_case import borda_loss_worst_case, decode_population
from claims.formulations import Formulation, Quantity, Relation
from claims.parameters import Values
from exact import reals
from exact.linear_programs import solve
from exact.reals import Real
from instances import AlignmentProblem, BTModel, Election, GridBTModel, Population
from instances.preference_constructions import (
    CYCLIC_REFERENCE,
    PRINTED_SCORE_MU,
    PRINTED_SCORE_POPULATION,
    PRINTED_SCORE_RESPONSE,
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    adjacent_pair_law,
    cyclic_population,
)

F = Fraction
a, b = sp.symbols("a b", real=True)
PRINTED_SCORE = Election(PRINTED_SCORE_RESPONSE, PRINTED_SCORE_POPULATION, PRINTED_SCORE_MU)


def at(
    instance: Callable[[Values], Any] | Any, quantity: Quantity, symbol: Relation, bound: Quantity, **parameters: Any
) -> Witness:
    """``quantity symbol bound`` at one instance."""
    build = instance if callable(instance) else lambda values: instance
    return Witness(
        instance=build, quantity=quantity, relation=symbol, bound=bound, settings=Settings(quick=(parameters,))
    )


def mutant(change: str, *formulations: Formulation) -> Mutant:
    """A mutant."""
    return Mutant(change, formulations)


USER = ((a, 0, 1), (b, 0, 1), (beta, 1, 8))
ell = S(beta) / beta

WIN_RATE_LINEARISATION = (
    mutant(
        "L = 24/100 in place of 1/4",
        relation(S(beta * (a - b)), "<=", beta * (sp.Rational(24, 100) * a - ell * b), *USER),
    ),
    mutant(
        "105/100·ℓ in place of ℓ",
        relation(S(beta * (a - b)), "<=", beta * (a / 4 - sp.Rational(105, 100) * ell * b), *USER),
    ),
    mutant("the coefficients exchanged: ℓa − Lb", relation(S(beta * (a - b)), "<=", beta * (ell * a - b / 4), *USER)),
    mutant(
        "utilities in [0,2]",
        relation(S(beta * (a - b)), "<=", beta * (a / 4 - ell * b), (a, 0, 2), (b, 0, 2), (beta, 1, 8)),
    ),
)


# Borda


def best_ratio(election: Election, parameters: Values) -> Real:
    """max A over A of the first alternative, which need not be a Borda winner."""
    return model.best_average_utility(election.population) / model.average_utility(election.population, 0)


def printed_winner_loss(election: Election, parameters: Values) -> Real:
    """max A − R²·A(winner of the printed score): the claim says it is at most 0."""
    scores = model.printed_borda_scores(election.response, election.population, election.mu)
    winner = reals.argmax(scores)[0]
    beta_ = election.response.beta
    return model.best_average_utility(election.population) - model.R(beta_) ** 2 * model.average_utility(
        election.population, winner
    )


def R_squared(instance: Any, parameters: Values) -> Real:  # noqa: N802
    """R(β)²."""
    return model.R(instance.response.beta) ** 2


BORDA_QUADRATIC = (
    mutant("exponent 1: R in place of R²", forms.borda_program("<=", forms.grid_R, forms.CORNER_SETTINGS)),
    mutant(
        "x̂ need not be a Borda winner",
        at(
            Election(BTModel(F(2)), Population(((F(1, 10), F(1)),), (F(1),)), (F(1, 2), F(1, 2))),
            best_ratio,
            "<=",
            R_squared,
        ),
    ),
    mutant("the winner by the printed score (P5)", at(PRINTED_SCORE, printed_winner_loss, "<=", measured.zero)),
)


def _constant(function: Callable[[Real], Real]) -> Quantity:
    """A function of β as a quantity of the parameters."""

    def quantity(instance: Any, parameters: Values) -> Real:
        return function(parameters["beta"])

    return quantity


def at_beta(
    beta_: Fraction, quantity: Callable[[Real], Real], symbol: Relation, bound: Callable[[Real], Real]
) -> Witness:
    """``quantity(β) symbol bound(β)`` at one β."""
    return Witness(
        instance=lambda parameters: None,
        quantity=_constant(quantity),
        relation=symbol,
        bound=_constant(bound),
        settings=Settings(quick=({"beta": beta_},)),
    )


BORDA_EXACT = (
    mutant("at most R", forms.borda_program("<=", forms.grid_R, forms.CORNER_SETTINGS)),
    mutant("C* ≥ β for every β", at_beta(F(2), model.C_star, ">=", lambda x: x)),
    mutant("C* ≥ 2R", at_beta(F(2), model.C_star, ">=", lambda x: 2 * model.R(x))),
)


def half_loss_bound(parameters: Values) -> Real:
    """Half of 2/(K·s_1)."""
    return forms.grid_loss_bound(parameters) / 2


def worst_loss_population(parameters: Values) -> Population:
    """The population with the greatest loss per unit of error on the K-grid, at μ = (0, 0, 1)."""
    problem = borda_loss_worst_case(parameters["r"], parameters["K"], parameters["mu"])
    return decode_population(parameters["K"], 3, solve(problem))


def loss_in_R(population: Population, parameters: Values) -> Real:  # noqa: N802
    """(A(x*)/R² − A(x̂)) per unit of error in the Borda scores."""
    response = GridBTModel(parameters["r"], parameters["K"])
    error = reals.maximum(model.borda_difference(response, population, parameters["mu"], y, 0) for y in range(1, 3)) / 2
    return (
        model.average_utility(population, 1) / forms.grid_R_squared(parameters) - model.average_utility(population, 0)
    ) / error


def cubic_rate(population: Population, parameters: Values) -> Real:
    """16/β³."""
    return 16 / forms.grid_beta(parameters) ** 3


BORDA_STABILITY = (
    mutant("half the coefficient", forms.stability_program(bound=half_loss_bound, relation="<=")),
    mutant(
        "a rate of 16/β³",
        Witness(
            instance=worst_loss_population,
            quantity=loss_in_R,
            relation="<=",
            bound=cubic_rate,
            settings=forms.grid_settings((2, 8, forms.CORNER)),
        ),
    ),
)


def R_plus(instance: HiddenOptimum, parameters: Values) -> Real:  # noqa: N802
    """R + 1/100."""
    return measured.R_of(instance, parameters) + F(1, 100)


def unequal_excess(population: Population, parameters: Values) -> Real:
    """p − 1/2 between the two ordinary alternatives."""
    return model.win_excess(BTModel(F(4)), population, 1, 2)


TWO = HiddenOptimum(BTModel(F(8)), 2, F(1, 100))
IMPOSSIBILITY = (
    mutant("R for every m, not only in the limit", at(TWO, measured.forced_ratio, ">=", measured.R_of)),
    mutant(
        "R + 1/100 for large m", at(HiddenOptimum(BTModel(F(4)), 100, F(1, 1000)), measured.forced_ratio, ">=", R_plus)
    ),
    mutant(
        "unequal ordinary utilities leave every pair a fair coin",
        at(
            Population(((F(1), F(0), F(0)), (F(0), F(1, 10), F(1, 5))), (F(1, 10), F(9, 10))),
            unequal_excess,
            "==",
            measured.zero,
        ),
    ),
)

CONDORCET_LOSERS = (
    mutant(
        "ξ = 1 still makes x₀ a loser",
        at(HiddenOptimum(GridBTModel(F(2), 4), 4, F(1, 4)), measured.loser_margin, ">", measured.zero),
    ),
    mutant(
        "R for every m ≥ 2",
        at(HiddenOptimum(BTModel(F(8)), 2, F(1, 100), F(101, 100)), measured.forced_ratio, ">=", measured.R_of),
    ),
)


def half_beta(parameters: Values) -> Real:
    """β/2."""
    return forms.grid_beta(parameters) / 2


def ordinary_ratio(instance: HiddenOptimum, parameters: Values) -> Real:
    """A(x₀)/A(y): every pair is a fair coin, so any ordinary y is a maximal lottery."""
    return model.average_utility(instance, 0) / model.average_utility(instance, 1)


def R_99(instance: HiddenOptimum, parameters: Values) -> Real:  # noqa: N802
    """99/100·R."""
    return F(99, 100) * measured.R_of(instance, parameters)


MAXIMAL_LOTTERIES = (
    mutant("β/2 in place of R", forms.lottery_program(bound=half_beta)),
    mutant("99/100·R", at(HiddenOptimum(GridBTModel(F(6, 5), 12), 2, F(1, 12)), ordinary_ratio, "<=", R_99)),
)

MINIMAX_CONSTANT = (
    mutant("R ≤ β/2", relation(R, "<=", beta / 2, (beta, 1, None))),
    mutant(
        "R − β/2 ≤ 1/2 for every β", relation(R - beta / 2, "<=", sp.Rational(1, 2), (beta, sp.Rational(1, 2), None))
    ),
    mutant("R ≥ β for every β", relation(R, ">=", beta, (beta, 1, None))),
)


def overshooting_target(instance: BordaLowerBound, parameters: Values) -> Real:
    """9/10·R·(1 + γ + s(γ))."""
    x = instance.response.beta
    return F(9, 10) * model.R(x) * (1 + instance.gamma + model.s(x, instance.gamma))


def exact_target(instance: BordaLowerBound, parameters: Values) -> Real:
    """C(β, γ) itself."""
    return model.C(instance.response.beta, instance.gamma)


def winning_gap(instance: BordaLowerBound, parameters: Values) -> Real:
    """g = p(c ≻ b) − 1/2."""
    return model.win_excess(instance.response, instance, 2, 1)


THEOREM_12 = {"beta": F(4), "gamma": forms.GAMMA_STAR_4, "eps": F(1, 100)}


def fitted_instance(parameters: Values) -> BordaLowerBound:
    """Theorem 12's instance on the K-grid with ε₀ = 0."""
    return BordaLowerBound(GridBTModel(F(2), 4), F(1, 2), F(1, 4), F(0))


BORDA_LOWER = (
    mutant(
        "1 + γ in place of 1 − γ",
        Witness(
            instance=forms.borda_lower,
            quantity=measured.borda_lower_ratio,
            relation=">=",
            bound=overshooting_target,
            settings=Settings(quick=(THEOREM_12,)),
        ),
    ),
    mutant(
        "ε₀ = 0: c is still a strict winner",
        Witness(instance=fitted_instance, quantity=winning_gap, relation=">", bound=measured.zero),
    ),
    mutant(
        "the instance attains C(β,γ) (P8)",
        Witness(
            instance=forms.borda_lower,
            quantity=measured.borda_lower_ratio,
            relation=">=",
            bound=exact_target,
            settings=Settings(quick=(THEOREM_12,)),
        ),
    ),
)

RLHF_LOWER = (
    mutant("C* ≥ β − 1", at_beta(F(16), model.C_star, ">=", lambda x: x - 1)),
    mutant("C* ≥ β − ln(1+β)/2", at_beta(F(16), model.C_star, ">=", lambda x: x - reals.log(1 + x) / 2)),
    mutant("C* ≥ 101/100·R for every β", at_beta(F(1, 10), model.C_star, ">=", lambda x: F(101, 100) * model.R(x))),
)


def pair_law_disagreements(instance: DecliningSequence, parameters: Values) -> Real:
    """How many pairs the MLE under the adjacent-pair law ν orders differently than Σ_y ν·p/Σ_y ν."""
    law = measured.pair_law(instance, parameters)
    rewards = pair_law_rewards(instance.response, instance, law)
    scores = []
    for x in range(instance.m):
        others = [y for y in range(instance.m) if y != x]
        mass = model.total(law.pair_weight(x, y) for y in others)
        scores.append(
            model.total(law.pair_weight(x, y) * model.win_excess(instance.response, instance, x, y) for y in others)
            / mass
        )
    return F(sum((rewards[x] > rewards[y]) != (scores[x] > scores[y]) for x in range(instance.m) for y in range(x)))


def reward_and_welfare(instance: ExponentialGap, parameters: Values) -> Real:
    """(r(a) − r(b))·(A(a) − A(b))."""
    rewards = population_rewards(instance.response, instance, instance.mu)
    utilities = model.average_utilities(instance)
    return (rewards[0] - rewards[1]) * (utilities[0] - utilities[1])


def exponential(beta_: int, T: int, **rest: Any) -> ExponentialGap:
    """Theorem 6's instance."""
    rest.setdefault("copies", ExponentialGap.default_copies(F(beta_)))
    return ExponentialGap(F(beta_), F(T), **rest)


BORDA_IS_MLE = (
    mutant(
        "a general pair law ν, with BC_ν = Σνp/Σν",
        at(DecliningSequence(F(8), 4), pair_law_disagreements, "==", measured.zero, eps=F(1, 1000)),
    ),
    mutant("the MLE orders by AvgUtil", at(exponential(4, 10), reward_and_welfare, ">=", measured.zero)),
)


def largest_utility(parameters: Any, values: Values) -> Real:
    """1/β, a utility of the construction."""
    return 1 / values["beta"]


RLHF_EXPONENTIAL = (
    mutant("ε = e^−10 fixed", at(exponential(10, 10), measured.rlhf_ratio, ">=", measured.exponential_bound)),
    mutant(
        "k = 1 with uniform μ",
        at(exponential(10, 1000, copies=1), measured.rlhf_ratio, ">=", measured.exponential_bound),
    ),
    mutant(
        "δ ≈ 10e^−β/2 (674/10⁴ at β = 10)",
        at(exponential(10, 1000, delta=F(674, 10_000)), measured.rlhf_ratio, ">=", measured.exponential_bound),
    ),
    mutant(
        "valid for β < 1: the utility 1/β lies in [0,1]",
        Witness(
            instance=lambda parameters: None,
            quantity=largest_utility,
            relation="<=",
            bound=measured.one,
            settings=Settings(quick=({"beta": F(1, 2)},)),
        ),
    ),
)


def exponential_over_ten(parameters: Values) -> Real:
    """e^β/(10β)."""
    return reals.exp(forms.grid_beta(parameters)) / (10 * forms.grid_beta(parameters))


MISORDERING = (
    mutant("factor R²", forms.misordering_program("<=", forms.grid_R_squared)),
    mutant("factor β", forms.misordering_program("<=", forms.grid_beta)),
    mutant("factor e^β/(10β)", forms.misordering_program("<=", exponential_over_ten)),
)


def simplex_ratio(problem: AlignmentProblem, parameters: Values) -> Real:
    """The best welfare on the whole simplex over NLHF's."""
    policy = nlhf(
        model.margins(problem.response, problem.population), Reference.of(problem.ref), measured.budget(problem)
    ).policy
    return model.best_average_utility(problem.population) / model.lottery_utility(problem.population, policy)


ONE_USER = Population(((F(1), F(0)),), (F(1),))
NLHF = (
    mutant("RLHF in place of NLHF", at(exponential(10, 1000), measured.rlhf_ratio, "<=", measured.R_of)),
    mutant(
        "the benchmark over the whole simplex, τ < ∞",
        at(
            AlignmentProblem(BTModel(F(2)), ONE_USER, (F(1, 100), F(99, 100)), F(0)), simplex_ratio, "<=", measured.R_of
        ),
    ),
)


def loss_constant(factor: Fraction) -> Quantity:
    """A(x*)/R − factor·e/β with e = S(β), for m = 2 and every user (0, 1): the guarantee for a method that outputs the worthless alternative."""

    def guarantee(instance: Any, parameters: Values) -> Real:
        x = parameters["beta"]
        return 1 / model.R(x) - factor * model.S(x) / x

    return guarantee


def quadratic_loss(instance: Any, parameters: Values) -> Real:
    """A(x*)/R − 4e/β² with e = S(β)."""
    x = parameters["beta"]
    return 1 / model.R(x) - 4 * model.S(x) / x**2


def worthless(instance: Population, parameters: Values) -> Real:
    """A(1) of the first alternative."""
    return model.average_utility(instance, 0)


SECOND_ONLY = Population(((F(0), F(1)),), (F(1),))
NLHF_SAMPLING = (
    mutant("39/10 in place of 4", at(SECOND_ONLY, worthless, ">=", loss_constant(F(39, 10)), beta=F(4))),
    mutant("4e/β² in place of 4e/β", at(SECOND_ONLY, worthless, ">=", quadratic_loss, beta=F(4))),
)


def inverted_fraction(problem: AlignmentProblem, parameters: Values) -> Real:
    """(2/β)(1 + e^−β)/(1 − e^−β), the reciprocal of the misread fraction."""
    x = problem.response.beta
    power = reals.exp(-x)
    return 2 / x * (1 + power) / (1 - power)


def doubled_radius_ratio(problem: AlignmentProblem, parameters: Values) -> Real:
    """The benchmark on the ball of twice the output's KL, over the welfare of regularised NLHF."""
    ref = Reference.of(problem.ref)
    found = regularised_nlhf(model.margins(problem.response, problem.population), ref, parameters["lam"])
    best = maximise(model.average_utilities(problem.population), ref, 2 * found.kl)
    return best.value / model.lottery_utility(problem.population, found.policy)


CYCLIC = AlignmentProblem(BTModel(F(4)), cyclic_population(), CYCLIC_REFERENCE, None)
REGULARISED_NLHF = (
    mutant(
        "the fraction read as (β/2)(1 − e^−β)/(1 + e^−β)",
        at(CYCLIC, measured.regularised_nlhf_ratio, "<=", inverted_fraction, lam=F(1, 5)),
    ),
    mutant(
        "the benchmark's radius doubled",
        at(
            AlignmentProblem(BTModel(F(1)), ONE_USER, (F(1, 1000), F(999, 1000)), None),
            doubled_radius_ratio,
            "<=",
            measured.R_of,
            lam=F(837, 10_000),
        ),
    ),
)

RLHF_UNBOUNDED = (
    mutant(
        "ε = 1/2", at(DecliningSequence(F(8), 14), measured.rlhf_ratio_on_pairs, ">=", forms.root_growth, eps=F(1, 2))
    ),
    mutant(
        "m = 3 exceeds R",
        at(DecliningSequence(F(8), 3), measured.rlhf_ratio_on_pairs, ">", measured.R_of, eps=F(1, 10_000)),
    ),
    mutant(
        "NLHF in place of RLHF",
        at(DecliningSequence(F(8), 14), measured.nlhf_lottery_ratio_on_pairs, ">=", forms.root_growth),
    ),
)


def win_over_first(instance: DecliningSequence, parameters: Values) -> Real:
    """p(a_m ≻ a_1) − 1/2."""
    return model.win_excess(instance.response, instance, instance.m - 1, 0)


def last_welfare(instance: DecliningSequence, parameters: Values) -> Real:
    """A_m."""
    return model.average_utility(instance, instance.m - 1)


def doubled_decrement(instance: DecliningSequence, parameters: Values) -> Real:
    """A_{m−1} − (4/(3β))·ln(1 + tanh³(Δ/4)), Δ/β the largest utility before the step."""
    before = instance.steps[instance.m - 2]
    x = instance.beta
    return model.total(before) / 3 - 4 / (3 * x) * reals.log(1 + reals.tanh(x * reals.maximum(before) / 4) ** 3)


E_gain = (e + 1) ** 3 / (2 * (e**2 + 3))
LEMMA_15 = (
    mutant("p(a_t ≻ a_1) > 1/2 for every t", at(DecliningSequence(F(4), 3), win_over_first, ">", measured.zero)),
    mutant(
        "the user with the smallest utility, which may be 0, drops",
        relation((2 * (E_gain - 1) / (2 * (E_gain + 1)) - (e**2 - 1) / (2 * (e**2 + 1))) / 3, ">", 0, (e, 1, None)),
    ),
    mutant(
        "twice the decrement, from the largest utility",
        at(DecliningSequence(F(4), 2), last_welfare, "<=", doubled_decrement),
    ),
)


def claimed_rate(instance: Any, parameters: Values) -> Real:
    """δ."""
    return instance["delta"]


def latent_failure(instance: Any, parameters: Values) -> Real:
    """A lower bound of the failure rate, one latent answer per user, at the radius without the minimum."""
    t_ = win_rate_radius_without_minimum(2, instance["n"], instance["d"], F(1, 2), instance["delta"])
    return latent_win_rate_failure(instance["n"], instance["d"], instance["p"], t_, instance["eta"])


def independent_failure(instance: Any, parameters: Values) -> Real:
    """The exact failure rate for d = 1 at the radius with constants (1/8, 0)."""
    t_ = win_rate_radius(2, instance["n"], 1, F(1, 2), instance["delta"], (F(1, 8), F(0)))
    return win_rate_deviation(instance["n"], F(1, 2), instance["p"], t_)


CONCENTRATION = (
    mutant(
        "n·dμ² in place of n·min{1, dμ²}",
        at(
            {"n": 100, "d": 10_000, "p": F(2, 3), "delta": F(1, 20), "eta": F(1, 200)},
            latent_failure,
            "<=",
            claimed_rate,
        ),
    ),
    mutant(
        "constants (1/8, 0) in place of (8, 16)",
        at({"n": 200, "p": F(2, 3), "delta": F(1, 20)}, independent_failure, "<=", claimed_rate),
    ),
)


def latent_borda_failure_rate(instance: Any, parameters: Values) -> Real:
    """A lower bound of the failure rate of a Borda score, one latent answer (a fair coin) per user, at the radius without the minimum.

    With B ~ Bin(n, 1/2) latent wins, |B/n − 1/2| <= 2(t + η) has probability at most (4(t + η)n + 1)·√(2/(3n)),
    because no value of B has more than √(2/(πn)) and π > 3;
    the comparisons move the score from its conditional mean by more than η with probability at most 9/(4ndη²) + 2/(nd) (Chebyshev).
    """
    n, d, eta = instance["n"], instance["d"], instance["eta"]
    t_ = borda_radius_without_minimum(2, n, d, F(1, 2), instance["delta"])
    inside = (4 * (t_ + eta) * n + 1) * reals.sqrt(F(2, 3 * n))
    return 1 - inside - F(9, 4) / (n * d * eta * eta) - F(2, n * d)


P_, mu_ = sp.symbols("P mu", real=True)
BORDA_CONCENTRATION = (
    mutant(
        "the printed denominator (P5)",
        relation(
            (mu_**2 + 2 * mu_ * P_) / (2 * mu_ - mu_**2), "==", mu_ / 2 + P_, (mu_, sp.Rational(1, 10), 1), (P_, 0, 1)
        ),
    ),
    mutant(
        "n·dμ² in place of n·min{1, dμ²}",
        at(
            {"n": 10**7, "d": 10**8, "delta": F(1, 20), "eta": F(1, 10**5)},
            latent_borda_failure_rate,
            "<=",
            claimed_rate,
        ),
    ),
)


def printed_exploitation(problem: AlignmentProblem, parameters: Values) -> Real:
    """What an opponent in the ball of its own KL gains against the solution of the printed program (P1)."""
    ref, margins = Reference.of(problem.ref), model.margins(problem.response, problem.population)
    found = printed_regularised_nlhf(margins, ref, parameters["lam"])
    return measured.exploitation(found.policy, margins, ref, found.kl)


def rlhf_exploitation(instance: ExponentialGap, parameters: Values) -> Real:
    """What an opponent in the ball gains against RLHF's policy."""
    rewards = population_rewards(instance.response, instance, instance.mu)
    ref = Reference.from_logs(instance.log_ref)
    policy = maximise(rewards, ref, instance.tau).policy
    return measured.exploitation(policy, model.margins(instance.response, instance), ref, instance.tau)


NLHF_EQUIVALENCE = (
    mutant(
        "the program as printed (P1) has the same solutions",
        at(CYCLIC, printed_exploitation, "<=", forms.tolerance, lam=F(1, 5)),
    ),
    mutant(
        "RLHF's policy solves the constrained game", at(exponential(10, 1000), rlhf_exploitation, "<=", forms.tolerance)
    ),
)


def tilt_distance(instance: Any, parameters: Values) -> Real:
    """Σ |π_λ − π_λ'| for the policies ∝ π_ref·e^{r/λ} at two weights."""
    policies = []
    for weight in (instance["lam"], instance["other"]):
        masses = [p * reals.exp(r / weight) for p, r in zip(instance["ref"], instance["rewards"], strict=True)]
        policies.append([x / model.total(masses) for x in masses])
    return model.total(abs(x - y) for x, y in zip(*policies, strict=True))


RLHF_EQUIVALENCE = (
    mutant(
        "λ is unique: different λ, different policies",
        at(
            {"rewards": (F(0), F(0)), "ref": (F(1, 3), F(2, 3)), "lam": F(1), "other": F(2)},
            tilt_distance,
            ">",
            measured.zero,
        ),
    ),
    mutant(
        "the λ-regularised optimum is the constrained one at τ = λ",
        at(forms.GIBBS_DATA | {"lam": F(2, 5)}, measured.regularised_value, "==", measured.constrained_value),
    ),
)

DPO = (
    mutant(
        "the policy without its normaliser (P2)",
        at({"ref": (F(1, 2), F(1, 2)), "odds": (F(3), F(1))}, measured.unnormalised_mass, "==", measured.one),
    ),
    mutant(
        "different weights for DPO and RLHF",
        at(forms.DPO_DATA | {"rlhf_lam": F(1, 2)}, measured.dpo_distance, "<=", forms.tolerance),
    ),
    mutant(
        "rewards order alternatives by welfare, as in π_ref·e^{AvgUtil/λ'}",
        at(exponential(4, 10), reward_and_welfare, ">=", measured.zero),
    ),
)


def winner_under_own_mu(instance: BordaLowerBound, parameters: Values) -> Real:
    """The index of the Borda winner (hence of RLHF's choice) under the construction's μ."""
    return F(model.borda_winners(instance.response, instance, instance.mu)[0])


def winner_under_uniform_mu(instance: BordaLowerBound, parameters: Values) -> Real:
    """The index of the Borda winner under uniform μ."""
    return F(model.borda_winners(instance.response, instance, (F(1, 3),) * 3)[0])


def choice_on_pairs(eps: Fraction) -> Quantity:
    """The index of RLHF's choice under the adjacent-pair law with this ε."""

    def choice(instance: DecliningSequence, parameters: Values) -> Real:
        return F(reals.argmax(pair_law_rewards(instance.response, instance, adjacent_pair_law(instance.m, eps)))[0])

    return choice


ROBUSTNESS = (
    mutant(
        "RLHF in place of NLHF, and μ",
        Witness(
            instance=forms.borda_lower,
            quantity=winner_under_own_mu,
            relation="==",
            bound=winner_under_uniform_mu,
            settings=Settings(quick=(THEOREM_12,)),
        ),
    ),
    mutant(
        "RLHF in place of NLHF, and ν",
        at(DecliningSequence(F(8), 10), choice_on_pairs(F(1, 10_000)), "==", choice_on_pairs(F(1, 2))),
    ),
)


def reference_ratio(problem: AlignmentProblem, parameters: Values) -> Real:
    """The best welfare on the simplex over the reference policy's."""
    return model.best_average_utility(problem.population) / model.lottery_utility(problem.population, problem.ref)


FOOTNOTE_10 = (
    mutant(
        "the same under the real definition",
        at(
            AlignmentProblem(BTModel(F(2)), ONE_USER, (F(1, 100), F(99, 100)), None),
            reference_ratio,
            "==",
            measured.one,
        ),
    ),
    mutant(
        "RLHF has distortion 1 under the changed benchmark",
        at(exponential(10, 1000), measured.rlhf_ratio, "<=", measured.one),
    ),
)


def kl_at(name: str) -> Quantity:
    """The KL divergence of regularised NLHF at the parameter's weight."""

    def divergence(problem: AlignmentProblem, parameters: Values) -> Real:
        return regularised_nlhf(
            model.margins(problem.response, problem.population), Reference.of(problem.ref), parameters[name]
        ).kl

    return divergence


def welfare_at(name: str) -> Quantity:
    """The welfare of regularised NLHF at the parameter's weight, on Theorem 3's population with uniform reference."""

    def welfare(instance: HiddenOptimum, parameters: Values) -> Real:
        found = regularised_nlhf(
            model.margins(instance.response, instance), Reference.of([F(1, instance.m)] * instance.m), parameters[name]
        )
        return model.lottery_utility(instance, found.policy)

    return welfare


ALL_EQUAL = Population(((F(1, 2), F(1, 2)),), (F(1),))
MONOTONICITY = (
    mutant(
        "strictly decreasing",
        at(
            AlignmentProblem(BTModel(F(1)), ALL_EQUAL, (F(1, 3), F(2, 3)), None),
            kl_at("lam"),
            ">",
            kl_at("larger"),
            lam=F(1),
            larger=F(2),
        ),
    ),
    mutant(
        "welfare is non-increasing in λ",
        at(
            HiddenOptimum(BTModel(F(4)), 2, F(1, 10), F(3, 2)),
            welfare_at("larger"),
            "<=",
            welfare_at("lam"),
            lam=F(1, 100),
            larger=F(10),
        ),
    ),
)

MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C1": WIN_RATE_LINEARISATION,
    "C2": BORDA_QUADRATIC,
    "C3": BORDA_EXACT,
    "C4": BORDA_STABILITY,
    "C5": IMPOSSIBILITY,
    "C6": CONDORCET_LOSERS,
    "C7": MAXIMAL_LOTTERIES,
    "C8": MINIMAX_CONSTANT,
    "C9": BORDA_LOWER,
    "C10": RLHF_LOWER,
    "C11": BORDA_IS_MLE,
    "C12": RLHF_EXPONENTIAL,
    "C13": MISORDERING,
    "C14": NLHF,
    "C15": NLHF_SAMPLING,
    "C16": REGULARISED_NLHF,
    "C17": RLHF_UNBOUNDED,
    "C18": LEMMA_15,
    "C19": CONCENTRATION,
    "C20": BORDA_CONCENTRATION,
    "C21": NLHF_EQUIVALENCE,
    "C22": RLHF_EQUIVALENCE,
    "C23": DPO,
    "C24": ROBUSTNESS,
    "C25": FOOTNOTE_10,
    "C26": MONOTONICITY,
}
"""The mutants of each claim, in the order m1, m2, …"""
