"""Evaluations of the finite-sample claims that have an exact side, and of the Plackett–Luce marginals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.alignment_distortion import concentration, model
from claims.alignment_distortion.measuring import (
    DELTA,
    OPEN_UNIT,
    Evaluation,
    as_ball,
    compared,
    fitting_xi,
    is_grid,
    noise,
    on_grid,
    response_of,
    sharpened,
)
from claims.alignment_distortion.voting import plackett_luce_marginals
from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import POSITIVE, Integers, Matrices, Parameter, Rationals, Values
from exact import reals
from exact.balls import Ball
from exact.reals import Real
from instances import GridBTModel
from instances.preference_constructions import HiddenOptimum

_HALF = Fraction(1, 2)
_EXACT_BITS = 400_000
"""A sum of one pass whose common denominator has more bits than this is enclosed in a ball instead; below, sums that are quadratic in n likewise."""
_EXACT_TAIL_BITS = 20_000
_MOST_ANSWERS = 200_000
_MOST_ALTERNATIVES = 8


def _number_for_sum(p: Real, n: int) -> Real:
    """The number to sum with: p itself while exact terms stay short, else a ball around it."""
    return Ball(p) if isinstance(p, Fraction) and n * p.denominator.bit_length() > _EXACT_BITS else p


@sharpened
def finite_sample_nlhf(values: Values) -> Measurement:
    """C15: the exact mean welfare of NLHF from n comparisons of two alternatives, against the guarantee.

    Half of the pairs are self-pairs. A majority decides; a tie, or no information, gives the uniform lottery.
    """
    n, eps, xi = values["n"], values["eps"], values["xi"]
    response = response_of(values)
    on_grid(values, "eps", [eps])
    on_grid(values, "xi", [xi * eps])
    instance = HiddenOptimum(response, 2, eps, xi)
    special, ordinary = model.average_utilities(instance)
    win = _HALF + instance.loser_margin if xi != 1 else _HALF
    lead = concentration.majority(n, _HALF, _number_for_sum(win, n))
    average = (special + ordinary) / 2
    measured = lead.win * ordinary + lead.tie * average + lead.loss * special
    best = reals.maximum([special, ordinary])
    limit = average if xi == 1 else ordinary if xi > 1 else special
    radius = concentration.win_rate_radius(2, n, 1, _HALF, values["delta"])
    guarantee = (1 - values["delta"]) * (best / model.R(response.beta) - 4 * radius / response.beta)
    shown = {
        "best_avg_util": best,
        "limit_ratio": best / limit,
        "win_probability": win,
        "radius": as_ball(radius),
        "vacuous": bool(guarantee <= 0),
    }
    return compared(measured, ">=", as_ball(guarantee), shown)


@sharpened
def win_rate_concentration(values: Values) -> Measurement:
    """C19: for two alternatives and one answer per user, the exact probability that the empirical win rate is off by more than t; null otherwise."""
    m, n, d, mu_min = values["m"], values["n"], values["d"], values["mu_min"]
    if mu_min * m > 1:
        raise ParameterError(f"mu_min: the least of {m} sampling weights is at most 1/{m}")
    radius = concentration.win_rate_radius(m, n, d, mu_min, values["delta"])
    shown: dict[str, Any] = {"radius": as_ball(radius), "vacuous": bool(radius >= 1)}
    if m != 2 or d != 1:
        return Measurement(None, values["delta"], shown, "<=", holds=None)
    informative = 2 * mu_min * (1 - mu_min)
    p, t = values["p"], values.get("t", radius)
    if n > _MOST_ANSWERS:
        raise ParameterError(f"n: the exact probability is summed for at most {_MOST_ANSWERS} users (leave m = 2 or d = 1 for the radius alone)")
    bits = n * (p.denominator.bit_length() + informative.denominator.bit_length())
    measured = concentration.win_rate_deviation(n, informative, p, t, number=Ball if bits > _EXACT_TAIL_BITS else lambda x: x)
    return compared(measured, "<=", values["delta"], shown)


@sharpened
def ranking_marginals(values: Values) -> Measurement:
    """C24: the largest gap between how often a Plackett–Luce user ranks x above y and the Bradley–Terry win rate."""
    rows = values["utilities"]
    if len(rows) != 1:
        raise ParameterError(f"utilities: {len(rows)} rows; give the one row of one user")
    if len(rows[0]) > _MOST_ALTERNATIVES:
        raise ParameterError(f"utilities: the rankings of {len(rows[0])} alternatives are too many; at most {_MOST_ALTERNATIVES} alternatives")
    response = GridBTModel(values["r"], values["K"])
    on_grid(values, "utilities", rows[0])
    marginals = plackett_luce_marginals(response, rows[0])
    gap = max(abs(marginals[x][y] - response.win(a - b)) for x, a in enumerate(rows[0]) for y, b in enumerate(rows[0]))
    return compared(gap, "==", Fraction(0), {"marginals": marginals})


_HALF_OPEN_UNIT = Rationals(lower=0, upper=1, without=(0,))


def _default_eps(values: Values) -> Fraction:
    """1/20, or 1/K where 1/20 or 11/200 is not on the grid."""
    return Fraction(1, 20) if _defaults_fit(values) else Fraction(1, values["K"])


def _default_xi(values: Values) -> Fraction:
    """11/10; where ξε is then not on the grid, the ξ that makes it the next grid point after ε (at most 1)."""
    return fitting_xi(values, Fraction(11, 10))


def _defaults_fit(values: Values) -> bool:
    return not is_grid(values) or values["K"] % 20 == 0


EVALUATIONS: dict[str, Evaluation] = {
    "C15": ((
        *noise(beta=Fraction(4)),
        Parameter("eps", _HALF_OPEN_UNIT, "ε", _default_eps),
        Parameter("xi", POSITIVE, "ξ; the ordinary alternative has utility ξε", _default_xi),
        Parameter("n", Integers(lower=1, upper=10**6), "how many comparisons, one per user", 1000),
        DELTA,
    ), finite_sample_nlhf),
    "C19": ((
        Parameter("m", Integers(lower=2), "how many alternatives", 2),
        Parameter("n", Integers(lower=1), "how many users", 200),
        Parameter("d", Integers(lower=1), "how many answers each user gives", 1),
        Parameter("mu_min", _HALF_OPEN_UNIT, "the least sampling weight", lambda values: min(_HALF, Fraction(1, values["m"]))),
        DELTA,
        Parameter("p", OPEN_UNIT, "the win rate p(x ≻ y), for m = 2 and d = 1", Fraction(2, 3)),
        Parameter("t", Rationals(lower=0), "the deviation, for m = 2 and d = 1 (unset: the radius)"),
    ), win_rate_concentration),
    "C24": ((
        Parameter("r", Rationals(lower=1, without=(1,)), "β = K·ln r", Fraction(2)),
        Parameter("K", Integers(lower=1), "utilities are multiples of 1/K", 2),
        Parameter("utilities", Matrices(Rationals(lower=0, upper=1)), "the one row of one Plackett–Luce user", ((0, _HALF, 1),)),
    ), ranking_marginals),
}
