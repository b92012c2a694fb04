"""Is Knowledge Power? (N. Ananthakrishnan, N. Haghtalab, C. Podimata, K. Yang, arXiv:2408.08272): the meta-game of algorithms."""

from claims.strategic_learning.theorems import PAPER

__all__ = ["PAPER"]
