"""What `assay evaluate` computes for C44."""

from __future__ import annotations

from claims.claim import Measurement
from claims.multi_agent_risks.evaluations.frontier import check_four
from claims.multi_agent_risks.models import correlation
from claims.multi_agent_risks.models.frontier import law_of
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Lists, Parameter, Rationals, Values
from exact.linear_programs import solve


def correlation_device(values: Values) -> Measurement:
    """The best correlated equilibrium against the best Nash equilibrium, by the sum of payoffs. Raises ParameterError."""
    check_four(values)
    u, v = values["u"], values["v"]
    best = solve(correlation.correlation_program(u, v))
    return Measurement(best.value, correlation.best_nash_welfare(u, v), {"law": list(law_of(best))}, relation=">=")


_FOUR = Lists(Rationals(), least=4)
EVALUATIONS: Evaluations = {
    "C44": (
        (
            Parameter("u", _FOUR, "the row player's payoffs at CC, CD, DC, DD", (6, 2, 7, 0)),
            Parameter("v", _FOUR, "the column player's payoffs at CC, CD, DC, DD", (6, 7, 2, 0)),
        ),
        correlation_device,
    ),
}
