"""C1–C12: the taxonomy and the three failure modes, with the theorems that separate them."""

from __future__ import annotations

from claims.multi_agent_risks.sections import economics, failure_modes, frontier, registry

CLAIMS = (*registry.CLAIMS, *failure_modes.CLAIMS, *frontier.CLAIMS, *economics.CLAIMS)
