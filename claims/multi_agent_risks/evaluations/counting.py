"""What `assay evaluate` computes for C47."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from claims.claim import Measurement
from claims.multi_agent_risks.models.counting import counted
from claims.parameters import Integers, Parameter, Values

LARGEST = 1000


def complexity(values: Values) -> Measurement:
    """Profiles, counted, against k^n."""
    found = counted(values["n"], values["k"])
    told = {"profiles": found.profiles, "coalitions": found.coalitions, "channels": found.channels}
    return Measurement(Fraction(found.profiles), Fraction(values["k"]) ** values["n"], told)


EVALUATIONS: Mapping[str, tuple[tuple[Parameter, ...], Callable[[Values], Measurement]]] = {
    "C47": (
        (
            Parameter("n", Integers(lower=1, upper=LARGEST), "number of agents", 10),
            Parameter("k", Integers(lower=1, upper=LARGEST), "number of actions of each", 3),
        ),
        complexity,
    )
}
