"""C47: the induction steps, for all numbers of agents and actions at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Inequality
from claims.multi_agent_risks.identities.network import line, relation

n, k, X = sp.symbols("n k X", real=True)


def one_agent_more() -> tuple[Inequality, Inequality, Inequality]:
    """Profiles, coalitions and channels with one agent more."""
    return (
        relation(
            X * k, "==", X + X * (k - 1), line(X, k),
            argument="X = k^n profiles of n agents (one for none). A newcomer takes the first action beside each of them, or one of the k − 1 "
            "others: k·k^n in all.",
        ),
        relation(
            2 * (X - n - 1) + n,
            "==",
            2 * X - (n + 1) - 1,
            line(X, n),
            argument="X = 2^n, and 2^n − n − 1 coalitions of two or more among n agents (none among none). A newcomer joins each of them or not, or "
            "pairs with one of the n others.",
        ),
        relation(
            n * (n - 1) + 2 * n,
            "==",
            (n + 1) * n,
            line(n),
            argument="n(n − 1) channels among n agents (none among none); a newcomer has one to and one from each.",
        ),
    )
