"""C43–C47: the incidence matrix, mitigations, learners and counts."""

from __future__ import annotations

from claims.multi_agent_risks.sections import counting, incidence, learning, mitigations

CLAIMS = (*incidence.CLAIMS, *mitigations.CLAIMS, *learning.CLAIMS, *counting.CLAIMS)
