"""Multi-Agent Risks from Advanced AI (L. Hammond et al., arXiv:2502.14143): a taxonomy, through theorems that can be checked."""

from claims.multi_agent_risks.theorems import PAPER

__all__ = ["PAPER"]
