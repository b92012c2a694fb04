"""The figures of this report, as data: each is read off a run's evidence, or computed again from what a claim of the run has shown.

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claims.figures import AnyFigure
from claims.multi_agent_risks.figures import dynamics as figures_dynamics
from claims.multi_agent_risks.figures import emergence as figures_emergence
from claims.multi_agent_risks.figures import failure_modes as figures_failure_modes
from claims.multi_agent_risks.figures import information as figures_information
from claims.multi_agent_risks.figures import learning as figures_learning
from claims.multi_agent_risks.figures import network as figures_network

_SECTIONS = (figures_failure_modes, figures_information, figures_network, figures_dynamics, figures_emergence, figures_learning)
NAMES = tuple(name for section in _SECTIONS for name in section.NAMES)


def figures(claims: Sequence[Mapping[str, Any]]) -> list[AnyFigure]:
    """The figures of a run, section by section, those without points left out."""
    return [figure for section in _SECTIONS for figure in section.figures(claims)]
