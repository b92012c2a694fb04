"""The claims of *Multi-Agent Risks from Advanced AI* (Hammond et al., Technical Report 1): read it beside the report.

The report has no numbered theorems. Every claim formalises a definition or an assertion of the report, or a theorem that it cites or
relies on; each says which.
"""

from __future__ import annotations

from claims import Claim, Discrepancy, Paper
from claims.multi_agent_risks.sections import commitment, cross_cutting, dynamics, emergence, information, network, security, selection, taxonomy

_SECTIONS = (taxonomy, information, network, selection, dynamics, commitment, emergence, security, cross_cutting)


def _in_order() -> tuple[Claim, ...]:
    claims = [claim for section in _SECTIONS for claim in section.CLAIMS]
    return tuple(sorted(claims, key=lambda claim: int(claim.number[1:])))


DISCREPANCIES: tuple[Discrepancy, ...] = ()

PAPER = Paper(
    slug="multi_agent_risks",
    title="Multi-Agent Risks from Advanced AI",
    citation="Lewis Hammond, Alan Chan, Jesse Clifton, Jason Hoelscher-Obermaier, Akbir Khan, Euan McLean, Chandler Smith, et al. Multi-Agent Risks from "
    "Advanced AI. Cooperative AI Foundation, Technical Report 1. arXiv:2502.14143 (2025).",
    arxiv="2502.14143",
    claims=_in_order(),
    discrepancies=DISCREPANCIES,
)
