"""Leakage-Robust Bayesian Persuasion (N. Haghtalab, M. Qiao, K. Yang, arXiv:2411.16624): what leaks between receivers cost a sender."""

from claims.leakage_persuasion.theorems import PAPER

__all__ = ["PAPER"]
