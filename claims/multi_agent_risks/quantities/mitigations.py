"""The quantities that the formulations of C44 measure. A setting holds the payoffs u and v over CC, CD, DC, DD."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.models import correlation
from claims.multi_agent_risks.models.frontier import Payoffs, expected, law_of, product_law
from claims.parameters import Values
from exact.linear_programs import Problem, Solution
from exact.reals import Real
from instances.equilibria import interior_mixture
from instances.ordinal_games import two_by_two


def correlation_program(parameters: Values) -> Problem:
    """The best correlated equilibrium."""
    return correlation.correlation_program(parameters["u"], parameters["v"])


def best_nash_welfare(parameters: Values) -> Real:
    """The best Nash welfare."""
    return correlation.best_nash_welfare(parameters["u"], parameters["v"])


def printed(parameters: Values) -> Real:
    """The printed optimum."""
    return parameters["stated"]


def law(parameters: Values, solution: Solution) -> Payoffs:
    """The law of a solution."""
    return law_of(solution)


def given_law(parameters: Values) -> Payoffs:
    """The law of a setting."""
    given: Payoffs = parameters["law"]
    return given


def welfare(law: Payoffs, parameters: Values) -> Real:
    """The sum of payoffs of a correlated equilibrium."""
    return correlation.welfare_of(law, parameters["u"], parameters["v"])


def family(parameters: Values) -> Any:
    """Random mixtures of Nash equilibria."""
    return correlation.mixture_family(parameters["u"], parameters["v"])


def nash_welfare(instance: Any, parameters: Values) -> Real:
    """The best Nash welfare, as a quantity."""
    return best_nash_welfare(parameters)


def mixed_payoff(instance: Any, parameters: Values) -> Real:
    """What the row player gets in the completely mixed equilibrium. Raises ValueError where there is no single one."""
    mixture = interior_mixture(two_by_two(parameters["u"], parameters["v"]))
    if mixture is None:
        raise ValueError("the game has no single completely mixed equilibrium")
    return expected(product_law(mixture), parameters["u"])


def dominance_margin(instance: Any, parameters: Values) -> Real:
    """By how much C beats D after the tax, beside the rival's action for which it does so least."""
    T, R, P, S = (parameters[name] for name in "TRPS")
    beside_c, beside_d = R - (T - parameters["tax"]), S - (P - parameters["tax"])
    return beside_c if beside_c <= beside_d else beside_d


def dominance_tax(instance: Any, parameters: Values) -> Real:
    """max(T − R, P − S)."""
    return correlation.dominance_tax(*(parameters[name] for name in "TRPS"))


def nothing(instance: Any, parameters: Values) -> Real:
    """0."""
    return Fraction(0)
