"""What leaks cost in a problem of your own: the private, the robust and the public optimum, an optimal scheme, and the price, exactly.

    from instances.persuasion_problems import PersuasionProblem
    from instances.set_functions import SetFunction

    utility = SetFunction.from_formula(3, lambda adopters: len(adopters) ** 2)
    problem = PersuasionProblem("1/10", ("1/5", "1/3", "1/2"), utility)
    price_of_leaks(problem, leaks=1)

Where only a class of utilities is known, :func:`price_over_supermodular` gives the worst of the class at given thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from claims.leakage_persuasion.algorithms import class_program, obedience_programs
from claims.leakage_persuasion.model import effective_leaks, public_optimum
from exact.linear_programs import solve
from instances.errors import InstanceError
from instances.persuasion_problems import PersuasionProblem
from instances.set_functions import members
from instances.signalling_schemes import DirectScheme


@dataclass(frozen=True)
class LeakPrice:
    """The optima of one problem (absolute), an optimal scheme under ``leaks`` leaks, and OPT_0/OPT_k (None for a utility that is 0 everywhere)."""

    leaks: int
    private: Fraction
    robust: Fraction
    public: Fraction
    scheme: DirectScheme
    price: Fraction | None


@dataclass(frozen=True)
class ClassPrice:
    """The greatest OPT_0/OPT_k over supermodular utilities at fixed thresholds, and a utility that attains it."""

    leaks: int
    price: Fraction
    worst: PersuasionProblem


def price_of_leaks(problem: PersuasionProblem, leaks: int) -> LeakPrice:
    """The three optima, exactly. ``leaks`` above n − 1 means n − 1. Raises obedience_programs.TooLarge past ten receivers."""
    budget = effective_leaks(problem.agents, leaks)
    robust = obedience_programs.worst_case_optimum(problem, budget)
    private = obedience_programs.private_optimum(problem).value
    price = private / robust.value if robust.value else None
    return LeakPrice(budget, private, robust.value, Fraction(public_optimum(problem)), robust.scheme, price)


def price_over_supermodular(prior: Fraction, thresholds: Sequence[Fraction], leaks: int) -> ClassPrice:
    """The worst supermodular utility, a prefix chain, for ``prior`` <= every threshold. Raises InstanceError and obedience_programs.TooLarge."""
    if prior > min(thresholds):
        raise InstanceError("prior", f"{prior} is more than the smallest threshold {min(thresholds)}")
    solution = solve(class_program.worst_case_class_program(prior, thresholds, leaks))
    assert solution.value is not None, "class programs are feasible and bounded"
    return ClassPrice(effective_leaks(len(thresholds), leaks), 1 / solution.value, class_program.worst_chain(prior, thresholds, solution))


def told(scheme: DirectScheme) -> list[dict[str, object]]:
    """The scheme as a list: who is told to adopt (receivers from 1), with which mass together with state 1, and with state 0."""
    return [{"adopt": [i + 1 for i in members(profile)], "state 1": one, "state 0": zero} for profile, one, zero in scheme.masses]
