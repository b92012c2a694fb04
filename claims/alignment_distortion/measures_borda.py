"""Evaluations of the claims about Borda and about what every rule must lose: worst-case programs and constructions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from claims.alignment_distortion import concentration, model
from claims.alignment_distortion.measures_rates import greatest_ratio
from claims.alignment_distortion.measuring import (
    DELTA,
    MU,
    OPEN_UNIT,
    UTILITIES,
    WEIGHTS,
    Evaluation,
    as_ball,
    check_columns,
    compared,
    fitting_xi,
    is_grid,
    list_of,
    noise,
    on_grid,
    population_of,
    real_response_of,
    response_of,
    sharpened,
    uniform,
)
from claims.alignment_distortion.rewards import population_rewards, reward_sign
from claims.alignment_distortion.worst_case import (
    borda_certificate,
    borda_loss_worst_case,
    borda_worst_case,
    decode_population,
    holds_on_grid,
    misordering_worst_case,
)
from claims.claim import Measurement
from claims.errors import ClaimError, ParameterError
from claims.parameters import POSITIVE, SIMPLEX, Integers, Parameter, Rationals, Values
from exact import reals
from exact.linear_programs import Problem, Solution, solve
from exact.reals import Real
from instances import Population, ResponseModel, UserTypes
from instances.preference_constructions import (
    PRINTED_SCORE_MU,
    PRINTED_SCORE_POPULATION,
    BordaLowerBound,
    HiddenOptimum,
    Misordering,
)

_ONE = Fraction(1)
_POOL = (Fraction(0), Fraction(0), _ONE)


def optimum(problem: Problem) -> tuple[Fraction, Solution]:
    """The value and the solution of a worst-case program. Raises ClaimError when it is unbounded or infeasible."""
    solution = solve(problem)
    if solution.value is None:
        raise ClaimError(f"the worst-case program is {solution.outcome}")
    return solution.value, solution


def shown_population(population: Population) -> dict[str, Any]:
    """``{"utilities": …, "weights": …}``."""
    return {"utilities": population.utilities, "weights": population.weights}


def grid_constants(values: Values) -> dict[str, Any]:
    """ρ_K and C_K where r and K are given."""
    return {"rho": model.rho_K(values["r"], values["K"]), "C_K": model.C_K(values["r"], values["K"])} if is_grid(values) else {}


# Upper bounds


@sharpened
def borda_program(values: Values) -> Measurement:
    """C2: the worst ratio over grid populations with Borda winner x̂, against R²."""
    r, K, mu = values["r"], values["K"], values["mu"]
    if len(mu) < 2:
        raise ParameterError("mu: at least two alternatives, x̂ and x*, are due")
    check_columns(K, len(mu))
    value, solution = optimum(borda_worst_case(r, K, mu))
    assert solution.dual is not None  # an optimum comes with its proof
    beta = response_of(values).beta
    shown = {
        **grid_constants(values),
        "R": as_ball(model.R(beta)),
        "C_star": as_ball(model.C_star(beta)),
        "population": shown_population(decode_population(K, len(mu), solution)),
        "dual": [solution.dual[row] for row in range(len(mu))],
    }
    return compared(value, "<=", as_ball(model.R(beta) ** 2), shown)


@sharpened
def borda_constant(values: Values) -> Measurement:
    """C3: Borda's distortion by two routes.

    β: the root of s'(γ) = 1 and the closed form at γ*; r, K: the worst-case program and the pool certificate. For m >= 3 the program needs only three
    alternatives: further ones of sampling weight 0 may have utility 0, which satisfies their rows.
    """
    beta, m = response_of(values).beta, values["m"]
    shown = {"gamma_star": as_ball(model.gamma_star(beta)), "C_star": as_ball(model.C_star(beta)), "R": as_ball(model.R(beta)), **grid_constants(values)}
    if not is_grid(values):
        if m == 2:
            return compared(as_ball(model.R(beta)), "==", as_ball(model.R_closed_form(beta)), shown)
        return compared(as_ball(greatest_ratio(beta)), "==", as_ball(model.C_star(beta)), shown)
    r, K = values["r"], values["K"]
    if m == 2:
        check_columns(K, 2)
        return compared(optimum(borda_worst_case(r, K, uniform(2)))[0], "==", model.rho_K(r, K), shown)
    check_columns(K, 3)
    certificate = borda_certificate(r, K)
    if not holds_on_grid(certificate, r, K):
        raise ClaimError(f"the pool certificate fails on the grid r = {r}, K = {K}")
    return compared(optimum(borda_worst_case(r, K, _POOL))[0], "==", certificate.lam, shown)


@sharpened
def borda_stability(values: Values) -> Measurement:
    """C4: the coefficient of e in the loss, and the radius e of the finite-sample guarantee."""
    beta, m, mu_min = response_of(values).beta, values["m"], values["mu_min"]
    if mu_min * m > 1:
        raise ParameterError(f"mu_min: the least of {m} sampling weights is at most 1/{m}")
    ratio = model.R(beta)
    coefficient = 8 * model.C_star(beta) / (beta * ratio**2)
    radius = concentration.borda_radius(m, values["n"], values["d"], mu_min, values["delta"])
    guarantee = (1 - values["delta"]) * (1 / ratio**2 - 8 * radius / beta)
    shown: dict[str, Any] = {
        "coefficient": as_ball(coefficient), "C_star": as_ball(model.C_star(beta)), "R": as_ball(ratio), "radius": as_ball(radius),
        "vacuous": bool(guarantee <= 0),
    }
    if is_grid(values):
        check_columns(values["K"], 3)
        shown["worst_loss"] = optimum(borda_loss_worst_case(values["r"], values["K"], _POOL))[0]
        shown["worst_loss_bound"] = 2 / (values["K"] * model.s_grid(values["r"], 1))
    return compared(as_ball(coefficient), "<=", as_ball(32 / beta**2), shown)


@sharpened
def misordering(values: Values) -> Measurement:
    """C13: the exact factor by which misordered alternatives differ, or the limit ratio of the (v, w) instance, against cosh²(β/2)."""
    response = response_of(values)
    if is_grid(values):
        r, K = values["r"], values["K"]
        check_columns(K, 3)
        value, solution = optimum(misordering_worst_case(r, K, _POOL))
        shown = {"R": as_ball(model.R(response.beta)), "Q_K": model.Q_K(r, K), "population": shown_population(decode_population(K, 3, solution))}
        return compared(value, "<=", model.grid_misordering_factor(r, K), shown)
    averages = model.average_utilities(Misordering(response, values["v"], values["w"]))
    bound = as_ball(model.misordering_factor(response.beta))
    return compared(as_ball(averages[1] / averages[0]), "<=", bound, {"R": as_ball(model.R(response.beta))})


# Lower bounds


@sharpened
def fair_coins(values: Values) -> Measurement:
    """C5: the ratio that a mass of at most 1/m on the hidden optimum leaves, against mρ/(m − 1 + ρ)."""
    m, instance = values["m"], _hidden_optimum(values, _ONE)
    beta = instance.response.beta
    shown = {
        "rho": _exact_or_ball(instance.rho),
        "q": _exact_or_ball(instance.q),
        "lower_bound": as_ball(model.minimax_bound(m, model.R(beta))),
        "R": as_ball(model.R(beta)),
    }
    return compared(_ratio_at_mass(instance, Fraction(1, m)), "==", model.minimax_bound(m, instance.rho), shown)


@sharpened
def condorcet_loser(values: Values) -> Measurement:
    """C6: the same when the optimum is a Condorcet loser of mass 1/m, against the explicit formula (equal while the loser is the best)."""
    instance = _hidden_optimum(values, values["xi"])
    share = Fraction(1, values["m"])
    bound = 1 / (share + (1 - share) * instance.xi / instance.rho)
    measured = _ratio_at_mass(instance, share)
    shown = {
        "q": _exact_or_ball(instance.q),
        "loser_margin": _exact_or_ball(instance.loser_margin),
        "loser_borda_score": _exact_or_ball(model.borda_score(instance.response, instance, (share, 1 - share), 0)),
        "R": as_ball(model.R(instance.response.beta)),
    }
    same = compared(measured, "==", bound, shown)
    return same if same.holds else compared(measured, ">=", bound, shown)


def _hidden_optimum(values: Values, xi: Fraction) -> HiddenOptimum:
    """The construction with its m − 1 ordinary alternatives, which are clones, as one."""
    on_grid(values, "eps", [values["eps"]])
    on_grid(values, "xi", [xi * values["eps"]])
    return HiddenOptimum(response_of(values), 2, values["eps"], xi)


def _ratio_at_mass(instance: HiddenOptimum, mass: Fraction) -> Real:
    """The ratio of a lottery with that mass on alternative 0 and the rest on the ordinary ones."""
    averages = model.average_utilities(instance)
    return reals.maximum(averages) / (mass * averages[0] + (1 - mass) * averages[1])


def _exact_or_ball(x: Real) -> Real:
    return x if isinstance(x, Fraction) else as_ball(x)


@sharpened
def borda_construction(values: Values) -> Measurement:
    """C9: A(a)/A(c) of the construction, below C(β, γ)."""
    response = real_response_of(values)
    gamma = values.get("gamma", model.gamma_star(response.beta))
    instance = BordaLowerBound(response, gamma, values["eps"])
    averages, mu = model.average_utilities(instance), instance.mu
    shown = {
        "gap": as_ball(instance.gap),
        "mu": as_ball(mu),
        "borda_scores": as_ball(model.borda_scores(response, instance, mu)),
        "avg_utils": as_ball(averages),
        "C_star": as_ball(model.C_star(response.beta)),
    }
    return compared(as_ball(averages[0] / averages[2]), "<", as_ball(model.C(response.beta, gamma)), shown)


# Orders and scores


@sharpened
def order_of_rewards(values: Values) -> Measurement:
    """C11: how many pairs the population MLE and the Borda score order differently."""
    response, population = response_of(values), population_of(values)
    mu = list_of(values, "mu", population.alternatives)
    rewards = population_rewards(response, population, mu)
    different = sum(
        reward_sign(rewards, x, y) != _sign(model.borda_difference(response, population, mu, x, y))
        for x, y in combinations(range(len(mu)), 2)
    )
    shown = {"rewards": as_ball(rewards), "borda_scores": [_exact_or_ball(score) for score in model.borda_scores(response, population, mu)]}
    return compared(Fraction(different), "==", Fraction(0), shown)


def _sign(x: Real) -> int:
    return 1 if x > 0 else 0 if x == 0 else -1


@sharpened
def borda_limit(values: Values) -> Measurement:
    """C20: the limit of W_x/I_x against BC*(x)."""
    response, population = response_of(values), population_of(values)
    m = population.alternatives
    mu = list_of(values, "mu", m)
    scores = model.borda_scores(response, population, mu)
    limits = [_limit_of_score(response, population, mu, x) for x in range(m)]
    shown = {
        "borda_scores": [_exact_or_ball(score) for score in scores],
        "printed_scores": [_exact_or_ball(score) for score in model.printed_borda_scores(response, population, mu)],
        "radius": as_ball(concentration.borda_radius(m, values["n"], values["d"], min(mu), values["delta"])),
    }
    return compared(reals.maximum([abs(limit - score) for limit, score in zip(limits, scores, strict=True)]), "==", Fraction(0), shown)


def _limit_of_score(response: ResponseModel, population: UserTypes, mu: Sequence[Fraction], x: int) -> Real:
    """lim W_x/I_x = (μ_x² + 2μ_x Σ_{y≠x} μ_y p(x ≻ y))/(2μ_x)."""
    met = model.total(mu[y] * model.win_rate(response, population, x, y) for y in range(len(mu)) if y != x)
    return (mu[x] ** 2 + 2 * mu[x] * met) / (2 * mu[x])


@sharpened
def printed_borda_rule(values: Values) -> Measurement:
    """P5: the ratio of the alternative that the score as printed elects, against R²."""
    response, population = response_of(values), population_of(values)
    mu = list_of(values, "mu", population.alternatives)
    winners = model.printed_borda_winners(response, population, mu)
    achieved = model.total(model.average_utility(population, x) for x in winners) / len(winners)
    ratio = model.distortion_ratio(model.best_average_utility(population), achieved)
    shown = {
        "printed_scores": [_exact_or_ball(score) for score in model.printed_borda_scores(response, population, mu)],
        "borda_scores": [_exact_or_ball(score) for score in model.borda_scores(response, population, mu)],
        "printed_winner": _numbered(winners),
        "borda_winner": _numbered(model.borda_winners(response, population, mu)),
    }
    return compared(ratio, "<=", as_ball(model.R(response.beta) ** 2), shown)


def _numbered(winners: Sequence[int]) -> int | list[int]:
    """The winner's number, from 1; a list when several tie."""
    return winners[0] + 1 if len(winners) == 1 else [x + 1 for x in winners]


# Parameters


def _default_eps(values: Values) -> Fraction:
    """1/100, or 1/K where 1/100 is not on the grid."""
    return _on_grid_or(values, Fraction(1, 100))


def _default_loser_eps(values: Values) -> Fraction:
    """1/m, or 1/K where 1/m is not on the grid."""
    return _on_grid_or(values, Fraction(1, values["m"]))


def _default_xi(values: Values) -> Fraction:
    """1 + 1/m; where ξε is then not on the grid, the ξ that makes it the next grid point after ε (at most 1)."""
    return fitting_xi(values, 1 + Fraction(1, values["m"]))


def _on_grid_or(values: Values, wanted: Fraction) -> Fraction:
    return wanted if not is_grid(values) or (values["K"] * wanted).denominator == 1 else Fraction(1, values["K"])


_BETA = noise(beta=Fraction(2))
_HALF_OPEN_UNIT = Rationals(lower=0, upper=1, without=(0,))
_SIZES = (
    Parameter("n", Integers(lower=1), "how many users", 200),
    Parameter("d", Integers(lower=1), "how many answers each user gives", 1),
)
_POPULATION = (*noise(beta=Fraction(4)), UTILITIES, WEIGHTS, MU)

EVALUATIONS: dict[str, Evaluation] = {
    "C2": ((
        Parameter("r", Rationals(lower=1, without=(1,)), "β = K·ln r", Fraction(2)),
        Parameter("K", Integers(lower=1), "utilities are multiples of 1/K", 4),
        Parameter("mu", SIMPLEX, "sampling weights of x̂, x*, the others", uniform(3)),
    ), borda_program),
    "C3": ((Parameter("m", Integers(lower=2), "how many alternatives", 3), *_BETA), borda_constant),
    "C4": ((
        *_BETA,
        Parameter("m", Integers(lower=2), "how many alternatives", 3),
        Parameter("n", Integers(lower=1), "how many users", 10**6),
        Parameter("d", Integers(lower=1), "how many answers each user gives", 1),
        Parameter("mu_min", _HALF_OPEN_UNIT, "the least sampling weight", lambda values: min(Fraction(1, 3), Fraction(1, values["m"]))),
        DELTA,
    ), borda_stability),
    "C5": ((
        *_BETA,
        Parameter("m", Integers(lower=2), "how many alternatives", 10),
        Parameter("eps", _HALF_OPEN_UNIT, "ε, the utility of the ordinary alternatives", _default_eps),
    ), fair_coins),
    "C6": ((
        *_BETA,
        Parameter("m", Integers(lower=2), "how many alternatives", 10),
        Parameter("eps", _HALF_OPEN_UNIT, "ε", _default_loser_eps),
        Parameter("xi", POSITIVE, "ξ; the ordinary alternatives have utility ξε", _default_xi),
    ), condorcet_loser),
    "C9": ((
        *_BETA,
        Parameter("gamma", OPEN_UNIT, "γ (unset: γ*)"),
        Parameter("eps", Rationals(lower=0, upper=Fraction(1, 2), without=(0, Fraction(1, 2))), "ε", Fraction(1, 100)),
    ), borda_construction),
    "C11": (_POPULATION, order_of_rewards),
    "C13": ((
        *_BETA,
        Parameter("v", _HALF_OPEN_UNIT, "the utility of x*", Fraction(1, 100), excludes=("r", "K")),
        Parameter("w", _HALF_OPEN_UNIT, "the utility of x̂", Fraction(1, 100), excludes=("r", "K")),
    ), misordering),
    "C20": ((*_POPULATION, *_SIZES, DELTA), borda_limit),
    "P5": ((
        *noise(r=Fraction(2), K=1),
        Parameter("utilities", UTILITIES.domain, UTILITIES.meaning, PRINTED_SCORE_POPULATION.utilities),
        Parameter("weights", WEIGHTS.domain, WEIGHTS.meaning, PRINTED_SCORE_POPULATION.weights),
        Parameter("mu", MU.domain, MU.meaning, PRINTED_SCORE_MU),
    ), printed_borda_rule),
}
