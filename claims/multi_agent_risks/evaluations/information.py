"""What `assay evaluate` computes for C13 to C16."""

from __future__ import annotations

from fractions import Fraction

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.models import bilateral_trade as trade
from claims.multi_agent_risks.models import lemons
from claims.multi_agent_risks.models import type_grids as grids
from claims.multi_agent_risks.quantities import information as q
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Choices, Integers, Lists, Parameter, Rationals, Values

UNIT = Rationals(lower=0, upper=1)
COST = Rationals(lower=0)
LARGEST_GRID = 24
"""Types per trader that the programs of C14 are solved for."""


def continuous_trade(values: Values) -> Measurement:
    """The subsidy that efficient trade needs, and the expected gains. Raises ParameterError for what is no cdf."""
    for name in ("F", "G"):
        if not trade.is_distribution(values[name]):
            raise ParameterError(
                f"{name}: no cdf on [0, 1]; it must be: coefficients, constant first, of a polynomial that rises from 0 at 0 to 1 at 1"
            )
    pair = (values["F"], values["G"])
    return Measurement(trade.subsidy(*pair), Fraction(0), {"first_best": trade.first_best(*pair)}, relation=">")


def finite_trade(values: Values) -> Measurement:
    """The largest surplus by its program against the closed form. Raises ParameterError for two types in another order."""
    if values["grid"] == "two_types":
        ordered = values["cL"] < values["vL"] < values["cH"] < values["vH"]
        if not ordered:
            raise ParameterError("cL, vL, cH, vH: two types need cL < vL < cH < vH")
    grid = q.grid_of(values)
    measured, best = grids.optimum(q.surplus_program(values)), grid.first_best
    told = {
        "feasible": measured >= 0,
        "second_best_ratio": grids.optimum(grids.gains_program(grid)) / best if best else None,
    }
    return Measurement(measured, q.closed_surplus(values), told, relation="==")


def lemon_market(values: Values) -> Measurement:
    """k* by search against the closed form, and the unravelling."""
    n, alpha = values["n"], values["alpha"]
    measured, bound = Fraction(lemons.largest_sustained(n, alpha)), Fraction(lemons.closed_form(n, alpha))
    return Measurement(measured, bound, {"path": lemons.unravelling(n, alpha)}, relation="==")


def crisis(values: Values) -> Measurement:
    """The probability of war at the best demand against 1 − π or 0. Raises ParameterError where costs and p do not fit."""
    if values["cl"] >= values["ch"]:
        raise ParameterError("cl, ch: B's low cost must be below the high one, 0 <= cl < ch")
    if values["p"] + values["ch"] > 1:
        raise ParameterError("p, ch: p + ch <= 1 is needed")
    found = q.crisis_of(values)
    demand = found.best_demand()
    told = {"threshold": found.threshold, "offer": demand, "value": found.value(demand), "waste": found.war_waste}
    return Measurement(Fraction(found.war_chance(demand)), Fraction(found.predicted_war_chance()), told, relation="==")


_CDF = Lists(Rationals(), least=2)
EVALUATIONS: Evaluations = {
    "C13": (
        (
            Parameter("F", _CDF, "coefficients of the buyer's cdf on [0, 1], constant first", (0, 1)),
            Parameter("G", _CDF, "coefficients of the seller's cdf on [0, 1], constant first", (0, 1)),
        ),
        continuous_trade,
    ),
    "C14": (
        (
            Parameter("grid", Choices(("midpoint", "interleaved", "two_types")), "how the types lie", "midpoint"),
            Parameter("n", Integers(1, LARGEST_GRID), "types per trader (midpoint, interleaved)", 5),
            Parameter("ties", Choices(("none", "forced")), "whether trade is forced where value and cost are equal", "none"),
            Parameter("beta", UNIT, "probability of the high value (two_types)", "1/2"),
            Parameter("gamma", UNIT, "probability of the low cost (two_types)", "1/2"),
            Parameter("cL", Rationals(), "low cost (two_types)", 0),
            Parameter("vL", Rationals(), "low value (two_types)", "2/5"),
            Parameter("cH", Rationals(), "high cost (two_types)", "3/5"),
            Parameter("vH", Rationals(), "high value (two_types)", 1),
        ),
        finite_trade,
    ),
    "C15": (
        (
            Parameter("n", Integers(1, 1_000_000), "number of qualities", 100),
            Parameter("alpha", Rationals(lower=1, without=(1,)), "what a quality is worth to the buyer, per unit of its value to the seller", "3/2"),
        ),
        lemon_market,
    ),
    "C16": (
        (
            Parameter("p", UNIT, "probability that A wins a war", "1/2"),
            Parameter("cA", COST, "A's cost of war", "1/10"),
            Parameter("cl", COST, "B's low cost of war", "1/10"),
            Parameter("ch", COST, "B's high cost of war, cl < ch <= 1 − p", "3/10"),
            Parameter("pi", UNIT, "probability of the high cost", "3/5"),
        ),
        crisis,
    ),
}
