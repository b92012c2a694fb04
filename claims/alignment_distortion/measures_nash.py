"""Evaluations of the claims about maximal lotteries and Nash learning from human feedback."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from claims.alignment_distortion import model
from claims.alignment_distortion.kl_ball import Reference, exploitability
from claims.alignment_distortion.measures_borda import optimum, shown_population
from claims.alignment_distortion.measuring import (
    BUDGET,
    LAM,
    REF,
    TAU,
    UTILITIES,
    WEIGHTS,
    Evaluation,
    as_ball,
    benchmark,
    check_columns,
    compared,
    decided,
    noise,
    own_benchmark,
    population_of,
    reference_of,
    response_of,
    sharpened,
    welfare_ratio,
)
from claims.alignment_distortion.nash import Equilibrium, population_nlhf, population_regularised_nlhf
from claims.alignment_distortion.printed_nash import population_printed_nlhf
from claims.alignment_distortion.worst_case import decode_population, maximal_lottery_worst_case
from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import SIMPLEX, Integers, Lists, Parameter, Rationals, Values
from exact import reals
from exact.reals import Real
from instances import Population, ResponseModel

_TOLERANCE = Fraction(1, 10**12)
"""What still counts as no exploitability at all: the figure of Proposition 13's claim, for a rigorous upper bound."""


@sharpened
def maximal_lottery_program(values: Values) -> Measurement:
    """C7: the worst ratio over grid populations for which π is a maximal lottery, over all optima, against R."""
    r, K, lottery = values["r"], values["K"], values["pi"]
    m = len(lottery)
    check_columns(K, m)
    found = [optimum(maximal_lottery_worst_case(r, K, lottery, best)) for best in range(m)]
    value, solution = max(found, key=lambda pair: pair[0])
    shown = {
        "rho": model.rho_K(r, K),
        "optimum": found.index((value, solution)) + 1,
        "population": shown_population(decode_population(K, m, solution)),
    }
    return compared(value, "<=", as_ball(model.R(response_of(values).beta)), shown)


def _problem(values: Values) -> tuple[ResponseModel, Population, Reference]:
    population = population_of(values)
    return response_of(values), population, reference_of(values, population.alternatives)


def _exploitability(response: ResponseModel, population: Population, ref: Reference, found: Equilibrium, tau: Real) -> Real:
    return exploitability(found.policy, model.margins(response, population), ref, tau, found.lam)


@sharpened
def constrained_equilibrium(values: Values) -> Measurement:
    """C14: the ratio of NLHF(τ), against R."""
    response, population, ref = _problem(values)
    tau = values["tau"]
    found = population_nlhf(response, population, ref, tau)
    best = benchmark(population, ref, tau).value
    ratio, achieved = welfare_ratio(best, population, found.policy)
    shown = {
        **_shown(found),
        "exploitability": as_ball(_exploitability(response, population, ref, found, tau)),
        "benchmark": as_ball(best),
        "avg_util": as_ball(achieved),
    }
    return compared(as_ball(ratio), "<=", as_ball(model.R(response.beta)), shown)


def _shown(found: Equilibrium) -> dict[str, Any]:
    return {"policy": as_ball(found.policy), "lam": as_ball(found.lam), "kl": as_ball(found.kl)}


@sharpened
def regularised_equilibrium(values: Values) -> Measurement:
    """C16: the ratio of regularised NLHF(λ) with the benchmark at its own divergence, against R."""
    response, population, ref = _problem(values)
    found = population_regularised_nlhf(response, population, ref, values["lam"])
    best = own_benchmark(population, ref, found.policy, found.kl)
    ratio, achieved = welfare_ratio(best, population, found.policy)
    shown = {
        "policy": as_ball(found.policy), "kl": as_ball(found.kl), "benchmark": as_ball(best), "avg_util": as_ball(achieved),
    }
    return compared(as_ball(ratio), "<=", as_ball(model.R(response.beta)), shown)


@sharpened
def equivalence(values: Values) -> Measurement:
    """C21: what an opponent in the ball can gain against the equilibrium for λ (its own ball) or for τ."""
    response, population, ref = _problem(values)
    if "tau" in values:
        found, tau = population_nlhf(response, population, ref, values["tau"]), values["tau"]
    else:
        found = population_regularised_nlhf(response, population, ref, values["lam"])
        tau = found.kl
    gain = as_ball(_exploitability(response, population, ref, found, tau))
    return Measurement(gain, Fraction(0), {**_shown(found), "exploitability": gain}, "<=", holds=decided(lambda: gain <= _TOLERANCE))


@sharpened
def monotone_path(values: Values) -> Measurement:
    """C26: the largest increase of the divergence from one λ to the next."""
    response, population, ref = _problem(values)
    lams = values["lams"]
    if any(first >= second for first, second in pairwise(lams)):
        raise ParameterError("lams: the values must increase")
    found = [population_regularised_nlhf(response, population, ref, lam) for lam in lams]
    increase = reals.maximum([after.kl - before.kl for before, after in pairwise(found)])
    averages = model.average_utilities(population)
    shown = {
        "kls": as_ball([point.kl for point in found]),
        "avg_utils": as_ball([model.dot(point.policy, averages) for point in found]),
    }
    return compared(as_ball(increase), "<=", Fraction(0), shown)


@sharpened
def printed_program(values: Values) -> Measurement:
    """P1: what an opponent in the ball of its own divergence gains against the solution of the program as printed."""
    response, population, ref = _problem(values)
    game = model.margins(response, population)
    found = population_printed_nlhf(response, population, ref, values["lam"])
    gain = as_ball(exploitability(found.policy, game, ref, found.kl))
    shown = {"policy": as_ball(found.policy), "kl": as_ball(found.kl), "exploitability": gain}
    return Measurement(gain, Fraction(0), shown, "<=", holds=decided(lambda: gain <= _TOLERANCE))


_PROBLEM = (*noise(beta=Fraction(4)), UTILITIES, WEIGHTS, REF)
_POSITIVE_LAM = Parameter("lam", Rationals(lower=0, without=(0,)), LAM.meaning, LAM.default)

EVALUATIONS: dict[str, Evaluation] = {
    "C7": ((
        Parameter("r", Rationals(lower=1, without=(1,)), "β = K·ln r", Fraction(2)),
        Parameter("K", Integers(lower=1), "utilities are multiples of 1/K", 4),
        Parameter("pi", SIMPLEX, "the maximal lottery", (Fraction(1, 2), Fraction(1, 2), Fraction(0))),
    ), maximal_lottery_program),
    "C14": ((*_PROBLEM, TAU), constrained_equilibrium),
    "C16": ((*_PROBLEM, LAM), regularised_equilibrium),
    "C21": ((
        *_PROBLEM,
        Parameter("lam", BUDGET, LAM.meaning, LAM.default, excludes=("tau",)),
        Parameter("tau", BUDGET, "KL budget in nats, in place of lam", excludes=("lam",)),
    ), equivalence),
    "C26": ((
        *_PROBLEM,
        Parameter("lams", Lists(Rationals(lower=0), least=2), "KL weights, increasing",
                  (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), Fraction(1))),
    ), monotone_path),
    "P1": ((*_PROBLEM, _POSITIVE_LAM), printed_program),
}

