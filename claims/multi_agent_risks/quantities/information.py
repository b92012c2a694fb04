"""The quantities that the formulations of C13 to C16 measure: an instance and parameters in, an exact number out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.models import bilateral_trade as trade
from claims.multi_agent_risks.models import lemons
from claims.multi_agent_risks.models import type_grids as grids
from claims.multi_agent_risks.models.crisis import Crisis
from claims.multi_agent_risks.models.type_grids import Mechanism, Ties, TypeGrid
from claims.parameters import Values
from exact.linear_programs import Problem, Solution
from exact.reals import Real

Instance = Any


def zero(instance: Instance, parameters: Values) -> Real:
    """0."""
    return Fraction(0)


# C13


def distributions(parameters: Values) -> tuple[trade.Polynomial, trade.Polynomial]:
    """The cdfs F and G of the setting."""
    return parameters["F"], parameters["G"]


def subsidy(pair: tuple[trade.Polynomial, trade.Polynomial], parameters: Values) -> Real:
    """What efficient trade costs, from virtual values."""
    return trade.subsidy(*pair)


def overlap_integral(pair: tuple[trade.Polynomial, trade.Polynomial], parameters: Values) -> Real:
    """∫ G(1 − F)."""
    return trade.overlap_integral(*pair)


def wrong_overlap_integral(pair: tuple[trade.Polynomial, trade.Polynomial], parameters: Values) -> Real:
    """∫ F(1 − G)."""
    return trade.wrong_overlap_integral(*pair)


def first_best(pair: tuple[trade.Polynomial, trade.Polynomial], parameters: Values) -> Real:
    """The expected gains of efficient trade."""
    return trade.first_best(*pair)


def disjoint_subsidy(supports: tuple[tuple[Real, Real], tuple[Real, Real]], parameters: Values) -> Real:
    """The subsidy with uniform types on two intervals."""
    return trade.uniform_overlap_subsidy(*supports)


def second_best_gains(margin: Real, parameters: Values) -> Real:
    """The gains where trade happens iff v − c >= margin, uniform types."""
    return trade.thresholded_gains(margin, 1)


def second_best_budget(margin: Real, parameters: Values) -> Real:
    """What that trade rule leaves over."""
    return trade.thresholded_budget(margin)


def second_best_ratio(margin: Real, parameters: Values) -> Real:
    """Its gains over the first best."""
    return trade.thresholded_gains(margin, 1) / trade.thresholded_gains(Fraction(0), 1)


def posted_ratio(instance: Instance, parameters: Values) -> Real:
    """The seller's best offer over the first best."""
    return trade.take_it_or_leave_it_gains() / trade.thresholded_gains(Fraction(0), 1)


def posted_gains(instance: Instance, parameters: Values) -> Real:
    """The gains under the seller's best offer."""
    return trade.take_it_or_leave_it_gains()


# C14


def grid_of(parameters: Values) -> TypeGrid:
    """The grid of the setting: midpoint, interleaved or two_types."""
    match parameters["grid"]:
        case "midpoint":
            return grids.midpoint_grid(parameters["n"])
        case "interleaved":
            return grids.interleaved_grid(parameters["n"])
    values, costs = (parameters["vL"], parameters["vH"]), (parameters["cL"], parameters["cH"])
    return grids.two_type_grid(parameters["beta"], parameters["gamma"], values, costs)


def ties_of(parameters: Values) -> Ties:
    """Whether trade is forced at ties."""
    return "forced" if parameters.get("ties", "none") == "forced" else "none"


def surplus_program(parameters: Values) -> Problem:
    """The largest surplus of an efficient mechanism."""
    return grids.surplus_program(grid_of(parameters), ties_of(parameters))


def balanced_program(parameters: Values) -> Problem:
    """An efficient mechanism whose payments balance."""
    return grids.balanced_program(grid_of(parameters))


def captive_seller_program(parameters: Values) -> Problem:
    """The same where the seller may not stay away."""
    return grids.balanced_program(grid_of(parameters), seller_may_leave=False)


def gains_program(parameters: Values) -> Problem:
    """The second best."""
    return grids.gains_program(grid_of(parameters))


def mechanism_of(parameters: Values, solution: Solution) -> Mechanism:
    """The mechanism of a solution."""
    return grids.decoded(grid_of(parameters), solution)


def _sound(mechanism: Mechanism) -> Mechanism:
    faults = mechanism.faults()
    if faults:
        raise ValueError(f"no mechanism: {faults[0]}")
    return mechanism


def surplus(mechanism: Mechanism, parameters: Values) -> Real:
    """The surplus of an efficient mechanism. Raises ValueError for one that is not efficient or breaks a constraint."""
    if not mechanism.is_efficient(ties_of(parameters)):
        raise ValueError("the mechanism does not trade efficiently")
    return _sound(mechanism).surplus


def gains(mechanism: Mechanism, parameters: Values) -> Real:
    """The gains of a mechanism whose payments balance in every state. Raises ValueError for one that does not balance or breaks a constraint."""
    if not mechanism.is_balanced:
        raise ValueError("the payments do not balance")
    return _sound(mechanism).gains


def surplus_family(parameters: Values) -> Any:
    """Random efficient mechanisms without trade at ties."""
    return grids.thrifty_family(grid_of(parameters))


def gains_family(parameters: Values) -> Any:
    """Random lotteries over posted prices."""
    return grids.posted_family(grid_of(parameters))


def closed_surplus(parameters: Values) -> Real:
    """The closed form of C14 on this grid."""
    match parameters["grid"]:
        case "midpoint":
            return grids.midpoint_surplus(parameters["n"], ties_of(parameters))
        case "interleaved":
            return grids.interleaved_surplus(parameters["n"])
    values, costs = (parameters["vL"], parameters["vH"]), (parameters["cL"], parameters["cH"])
    return grids.two_type_surplus(parameters["beta"], parameters["gamma"], values, costs)


def printed(parameters: Values) -> Real:
    """The printed figure of a program."""
    return parameters["stated"]


def nothing(parameters: Values) -> Real:
    """0, for a program."""
    return Fraction(0)


def printed_share(parameters: Values) -> Real:
    """The printed share of the first best."""
    return parameters["share"] * grid_of(parameters).first_best


# C15


def sustained(instance: Instance, parameters: Values) -> Real:
    """k*, by search."""
    return Fraction(lemons.largest_sustained(parameters["n"], parameters["alpha"]))


def everything(instance: Instance, parameters: Values) -> Real:
    """n."""
    return Fraction(parameters["n"])


def lemon_markets(parameters: Values) -> Iterator[tuple[int, Fraction]]:
    """All n up to ``most``, and every α > 1 with a denominator up to ``fine`` and α <= 3."""
    alphas = sorted({Fraction(top, bottom) for bottom in range(1, parameters["fine"] + 1) for top in range(bottom + 1, 3 * bottom + 1)})
    for n in range(1, parameters["most"] + 1):
        for alpha in alphas:
            yield n, alpha


def search_agrees(market: tuple[int, Fraction], parameters: Values) -> bool:
    """The search, the unravelling and the closed form give the same number of qualities."""
    n, alpha = market
    return lemons.largest_sustained(n, alpha) == lemons.closed_form(n, alpha) == lemons.unravelling(n, alpha)[-1]


def printed_path(parameters: Values) -> list[tuple[int, ...]]:
    """The unravelling of the setting, as the only element."""
    return [tuple(lemons.unravelling(parameters["n"], parameters["alpha"]))]


def is_printed_path(path: tuple[int, ...], parameters: Values) -> bool:
    """Whether it is the printed one."""
    return path == tuple(parameters["path"])


# C16


def crisis_of(parameters: Values) -> Crisis:
    """The crisis of the setting."""
    return Crisis(parameters["p"], parameters["cA"], parameters["cl"], parameters["ch"], parameters["pi"])


def of_crisis(measure: Callable[[Crisis], Real]) -> Callable[[Crisis, Values], Real]:
    """A number of a crisis as a quantity."""

    def quantity(crisis: Crisis, parameters: Values) -> Real:
        return measure(crisis)

    return quantity
