"""What `assay evaluate` computes for each claim: parameters, and the measurement at given values.

``EVALUATIONS[number]`` is ``(parameters, measure)``. A measurement's ``measured`` and ``bound`` are exact (``Fraction``) or balls, as
the claim says; an infinite ratio is the word ``inf``.
"""

from __future__ import annotations

from claims.alignment_distortion import measures_borda, measures_nash, measures_rates, measures_rlhf, measures_sampling
from claims.alignment_distortion.measuring import Evaluation, Measure

__all__ = ["EVALUATIONS", "Evaluation", "Measure"]

_NUMBERS = (*(f"C{k}" for k in range(1, 27)), *(f"P{k}" for k in range(1, 6)))

_ALL: dict[str, Evaluation] = {
    **measures_rates.EVALUATIONS,
    **measures_borda.EVALUATIONS,
    **measures_rlhf.EVALUATIONS,
    **measures_nash.EVALUATIONS,
    **measures_sampling.EVALUATIONS,
}

EVALUATIONS: dict[str, Evaluation] = {number: _ALL[number] for number in _NUMBERS}
"""Claim number → its parameters and its measurement, in the paper's order."""
