"""C19: errors along a chain of relays, and of a majority of voters who may share one draw."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import comb

from claims.parameters import Values
from exact.reals import Real


def chain_accuracy(length: int, error: Real) -> Real:
    """The probability that a bit arrives as it was sent, over relays that each flip it with probability ``error``: relay by relay."""
    right: Real = Fraction(1)
    for _ in range(length):
        right = right * (1 - error) + (1 - right) * error
    return right


def chain_formula(length: int, error: Real) -> Real:
    """½(1 + (1 − 2ε)^n)."""
    return (1 + (1 - 2 * error) ** length) / Fraction(2)


def majority_error(voters: int, error: Real) -> Real:
    """B(n, ε): the probability that most of an odd number of independent voters err."""
    return sum(
        (Fraction(comb(voters, wrong)) * error**wrong * (1 - error) ** (voters - wrong) for wrong in range(voters // 2 + 1, voters + 1)), Fraction(0)
    )


def correlated_error(voters: int, error: Real, shared: Real) -> Real:
    """ρε + (1 − ρ)B(n, ε): with probability ρ all voters share one draw."""
    return shared * error + (1 - shared) * majority_error(voters, error)


Case = tuple[int, Fraction]


def voting_cases(parameters: Values) -> Iterator[Case]:
    """Odd numbers of voters up to ``voters``, and error probabilities."""
    for voters in range(1, parameters["voters"] + 1, 2):
        for error in (Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(3, 4), Fraction(1)):
            yield voters, error


def majority_by_patterns(case: Case, parameters: Values) -> Real:
    """The same probability, summed over every pattern of errors."""
    voters, error = case
    total: Real = Fraction(0)
    for pattern in product((0, 1), repeat=voters):
        if 2 * sum(pattern) > voters:
            total = total + error ** sum(pattern) * (1 - error) ** (voters - sum(pattern))
    return total


def majority_of(case: Case, parameters: Values) -> Real:
    """B(n, ε) of the case."""
    return majority_error(*case)


def patterns_agree(case: Case, parameters: Values) -> bool:
    """Whether the sum over patterns is B(n, ε)."""
    return bool(majority_by_patterns(case, parameters) == majority_of(case, parameters))


def correlated_at(instance: object, parameters: Values) -> Real:
    """The correlated majority's error at ``n``, ``epsilon``, ``rho``."""
    return correlated_error(parameters["n"], parameters["epsilon"], parameters["rho"])


def floor_at(instance: object, parameters: Values) -> Real:
    """ρε."""
    return parameters["rho"] * parameters["epsilon"]


def chain_at(instance: object, parameters: Values) -> Real:
    """The chain's accuracy at ``n`` and ``epsilon``."""
    return chain_accuracy(parameters["n"], parameters["epsilon"])
