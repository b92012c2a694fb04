"""Algorithmic Content Selection and the Impact of User Disengagement (E. Calvano, N. Haghtalab, E. Vitercik, E. Zhao, arXiv:2410.13108)."""

from claims.user_disengagement.theorems import PAPER

__all__ = ["PAPER"]
