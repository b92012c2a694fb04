"""C31–C34: commitment and trust."""

from __future__ import annotations

from claims.multi_agent_risks.sections import commitment_bargaining, stackelberg

CLAIMS = (*stackelberg.CLAIMS, *commitment_bargaining.CLAIMS)
