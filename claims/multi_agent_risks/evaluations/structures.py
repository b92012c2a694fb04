"""What `assay evaluate` computes for C39 and C41."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.models import safety as model_safety
from claims.multi_agent_risks.models import sharing as model_sharing
from claims.parameters import Integers, Parameter, Values
from claims.room import Measure

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}

LARGEST_PRIME, MOST_SHARES, MOST_NODES = 1_000_000, 200, 4


@dataclass(frozen=True)
class Primes(Integers):
    """Primes between ``lower`` and ``upper``."""

    def read(self, data: Any) -> int:
        """The prime."""
        value = super().read(data)
        if not model_sharing.is_prime(value):
            raise ValueError(f"{value} is no prime")
        return value

    def describe(self) -> str:
        """For instance ``prime integer >= 2``."""
        return f"prime {super().describe()}"


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure."""

    def register(measure: Measure) -> Measure:
        EVALUATIONS[number] = (parameters, measure)
        return measure

    return register


@evaluates(
    "C39",
    Parameter("p", Primes(lower=2, upper=LARGEST_PRIME), "size of the field", 5),
    Parameter("t", Integers(lower=1, upper=MOST_SHARES), "shares that determine the secret, 1 <= t <= n", 3),
    Parameter("n", Integers(lower=1, upper=MOST_SHARES), "shares in all, t <= n <= p − 1", 4),
)
def sharing(values: Values) -> Measurement:
    """The information of t − 1 shares."""
    prime, threshold, shares = values["p"], values["t"], values["n"]
    if not threshold <= shares < prime:
        raise ParameterError(f"n: {shares} is not in the domain; it must be an integer with t <= n <= p − 1 (t = {threshold}, p = {prime})")
    told = {"information": [model_sharing.information(prime, threshold, number) for number in range(1, shares + 1)]}
    known = model_sharing.known_symbols(prime, threshold, range(1, threshold))
    measured = Fraction(0) if known == 0 else model_sharing.information(prime, threshold, threshold - 1)
    return Measurement(measured, Fraction(0), told)


@evaluates("C41", Parameter("n", Integers(lower=2, upper=MOST_NODES), "number of nodes, start and bad node included", 3))
def unions(values: Values) -> Measurement:
    """The share of ordered safe pairs with an unsafe union."""
    census = model_safety.union_census(values["n"])
    told = {"safe": census.safe, "pairs": census.pairs, "unsafe_unions": census.unsafe_unions}
    share = Fraction(census.unsafe_unions, census.pairs)
    return Measurement(share, Fraction(0), told, holds=True if share > 0 else None)
