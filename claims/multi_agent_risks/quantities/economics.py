"""The quantities that the formulations of C11 and C12 measure."""

from __future__ import annotations

from typing import Any

from claims.multi_agent_risks.algorithms import logit_duopoly
from claims.multi_agent_risks.models import collusion as model_collusion
from claims.parameters import Values
from exact.reals import Real

Payoffs = tuple[Real, Real, Real, Real]


def rent_ratio(instance: Any, parameters: Values) -> Real:
    """Equilibrium rent over optimal rent."""
    return model_collusion.rent_ratio(parameters["n"])


def payoffs_of(parameters: Values) -> Payoffs:
    """(T, R, P, S)."""
    return parameters["T"], parameters["R"], parameters["P"], parameters["S"]


def grim_discount(payoffs: Payoffs, parameters: Values) -> Real:
    """The critical discount factor of the grim trigger."""
    return model_collusion.prisoners_dilemma(payoffs).critical_discount


def grim_temptation(payoffs: Payoffs, parameters: Values) -> Real:
    """What deviating from the grim trigger gains at δ."""
    return model_collusion.prisoners_dilemma(payoffs).temptation(parameters["delta"])


def tit_for_tat_discount(payoffs: Payoffs, parameters: Values) -> Real:
    """The critical discount factor of tit for tat."""
    return model_collusion.tit_for_tat_discount(payoffs)


def cournot_discount(instance: Any, parameters: Values) -> Real:
    """The critical discount factor of n Cournot firms."""
    return model_collusion.cournot(parameters["n"]).critical_discount


def next_cournot_discount(instance: Any, parameters: Values) -> Real:
    """The same with one firm more."""
    return model_collusion.cournot(parameters["n"] + 1).critical_discount


def separate_discount(share: Real, parameters: Values) -> Real:
    """Two Bertrand markets, each on its own."""
    return model_collusion.markets_apart(share)


def linked_discount(share: Real, parameters: Values) -> Real:
    """Two Bertrand markets, linked."""
    return model_collusion.markets_linked(share).critical_discount


def logit_error(instance: Any, parameters: Values) -> Real:
    """The distance of a figure of the logit duopoly from the printed one."""
    match parameters["figure"]:
        case "deviation price":
            value = logit_duopoly.deviation_price()
        case "deviation profit":
            value = logit_duopoly.profit(logit_duopoly.deviation_price(), logit_duopoly.monopoly_price())
        case _:
            value = logit_duopoly.critical_discount()
    return abs(value - parameters["stated"])


def tolerance(instance: Any, parameters: Values) -> Real:
    """Half a unit of the last printed digit."""
    return parameters["within"]
