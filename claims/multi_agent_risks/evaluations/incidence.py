"""What `assay evaluate` computes for C43: one cell of the incidence matrix."""

from __future__ import annotations

from claims.claim import Measurement
from claims.multi_agent_risks.algorithms.incidence_cells import CELLS
from claims.multi_agent_risks.models.incidence import FACTORS, MODES, label
from claims.parameters import Choices, Parameter, Values
from claims.room import Measure


def matrix_cell(values: Values) -> Measurement:
    """What the cell shows with the factor on and off, and the labels of the decision procedure."""
    meaning, situation = CELLS[values["factor"], values["mode"]]
    on, off = situation(True), situation(False)
    labels = (label(on), label(off))
    return Measurement(
        on.outcome, off.outcome, {"label_on": labels[0], "label_off": labels[1], "meaning": meaning}, relation="!=",
        holds=labels == (values["mode"], "none"),
    )


EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {
    "C43": (
        (
            Parameter("factor", Choices(FACTORS), "the risk factor", "info"),
            Parameter("mode", Choices(MODES), "the failure mode", "collusion"),
        ),
        matrix_cell,
    ),
}
