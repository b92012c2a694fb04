"""What `assay evaluate` computes for C11 and C12."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.algorithms import logit_duopoly
from claims.multi_agent_risks.models import collusion as model_collusion
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Choices, Integers, Lists, Parameter, Rationals, Values

UNIT = Rationals(lower=0, upper=1)


def commons(values: Values) -> Measurement:
    """The share of the rent that is left in equilibrium against 4n/(n + 1)²."""
    n = values["n"]
    return Measurement(model_collusion.rent_ratio(n), Fraction(4 * n, (n + 1) ** 2), {}, relation="==")


def dilemma(values: Values) -> Measurement:
    """Grim trigger and tit for tat. Raises ParameterError unless T > R > P > S."""
    payoffs = values["payoffs"]
    ordered = len(payoffs) == 4 and payoffs[0] > payoffs[1] > payoffs[2] > payoffs[3]
    if not ordered:
        raise ParameterError("payoffs: they must be: four payoffs [T, R, P, S] with T > R > P > S")
    temptation, reward, punishment, _ = payoffs
    trigger = model_collusion.prisoners_dilemma(payoffs)
    told = {"deviation_profit": trigger.deviation, "tit_for_tat": model_collusion.tit_for_tat_discount(payoffs)}
    return Measurement(trigger.critical_discount, (temptation - reward) / (temptation - punishment), told, relation="==")


def bertrand(values: Values) -> Measurement:
    """n firms against 1 − 1/n."""
    trigger = model_collusion.bertrand(values["n"])
    return Measurement(trigger.critical_discount, 1 - Fraction(1, values["n"]), {"deviation_profit": trigger.deviation}, relation="==")


def cournot(values: Values) -> Measurement:
    """n firms against (n + 1)²/((n + 1)² + 4n)."""
    n = values["n"]
    trigger = model_collusion.cournot(n)
    bound = Fraction((n + 1) ** 2, (n + 1) ** 2 + 4 * n)
    return Measurement(trigger.critical_discount, bound, {"deviation_profit": trigger.deviation}, relation="==")


def multimarket(values: Values) -> Measurement:
    """Linked markets against 1/2, and separate ones beside them."""
    share = values["s"]
    linked = model_collusion.markets_linked(share)
    told = {
        "deviation_profit": linked.deviation,
        "separate": model_collusion.markets_apart(share),
        "linked": linked.critical_discount,
    }
    return Measurement(linked.critical_discount, Fraction(1, 2), told, relation="==")


def logit(values: Values) -> Measurement:
    """The logit duopoly: its critical discount factor lies strictly between 0 and 1; there is no closed form."""
    prices, price = logit_duopoly.prices(), logit_duopoly.deviation_price()
    trigger = model_collusion.Trigger(prices.monopoly_profit, logit_duopoly.profit(price, prices.monopoly), prices.nash_profit)
    measured = trigger.critical_discount
    told = {"deviation_profit": trigger.deviation, "deviation_price": price}
    return Measurement(measured, None, told, relation="==", holds=bool(0 < measured < 1))


MODELS: Mapping[str, Callable[[Values], Measurement]] = {
    "pd": dilemma, "bertrand": bertrand, "cournot": cournot, "multimarket": multimarket, "logit": logit,
}


def collusion(values: Values) -> Measurement:
    """The critical discount factor of the chosen model."""
    return MODELS[values["model"]](values)


EVALUATIONS: Evaluations = {
    "C11": ((Parameter("n", Integers(1), "number of agents", 2),), commons),
    "C12": (
        (
            Parameter("model", Choices(tuple(MODELS)), "the market", "pd"),
            Parameter("payoffs", Lists(Rationals(), least=4), "[T, R, P, S] with T > R > P > S (pd)", (5, 3, 1, 0)),
            Parameter("n", Integers(2), "number of firms (bertrand, cournot)", 2),
            Parameter("s", UNIT, "a firm's share of the first market (multimarket)", "1/4"),
        ),
        collusion,
    ),
}
