"""The analytic facts behind the theorems, as formulations: closed forms, signs and linear combinations that the kernel checks.

Symbols and abbreviations of the paper: S(x) = σ(x) − 1/2 = tanh(x/2)/2, ℓ = S(β)/β, R = (β/2)·coth(β/2), s(t) = S(βt)/S(β).
E stands for e^z (z >= 0, so E >= 1), e for e^{Δ/2} in Lemma 15.
"""

from __future__ import annotations

import sympy as sp

from claims import Inequality
from claims.formulations import Relation

z, E, e, beta, gamma, epsilon, xi, m, t, y = sp.symbols("z E e beta gamma epsilon xi m t y", real=True)


def S(x: sp.Expr) -> sp.Expr:  # noqa: N802 - the paper's name
    """S(x) = σ(x) − 1/2."""
    return sp.tanh(x / 2) / 2


R = beta / 2 * sp.coth(beta / 2)
"""The minimax distortion R(β)."""


def s(x: sp.Expr) -> sp.Expr:
    """s(x) = S(βx)/S(β)."""
    return S(beta * x) / S(beta)


def relation(left: sp.Expr | int, symbol: Relation, right: sp.Expr | int, *domain: tuple[sp.Symbol, object, object], argument: str = "",
             rests_on: tuple[str, ...] = (), where: tuple[tuple[sp.Expr, Relation], ...] = ()) -> Inequality:
    """``left symbol right`` on the domain."""
    return Inequality(left=sp.S.Zero + left, relation=symbol, right=sp.S.Zero + right, domain=domain, where=where, argument=argument, rests_on=rests_on)


def concave(argument: str, rests_on: tuple[str, ...] = ()) -> Inequality:
    """S''(z) <= 0 for z >= 0: with S odd and S'(0) = 1/4, it gives S' <= 1/4, chords below and tangents above on [0, ∞)."""
    return relation(sp.diff(S(z), z, 2), "<=", 0, (z, 0, None), argument=argument, rests_on=rests_on)


def strictly_concave(argument: str, rests_on: tuple[str, ...] = ()) -> Inequality:
    """−S''(z) = E(E − 1)/(E + 1)³ > 0 for E = e^z > 1."""
    return relation(E * (E - 1) / (E + 1) ** 3, ">", 0, (E, 1, None), where=((E - 1, ">"),), argument=argument, rests_on=rests_on)


def increasing(argument: str, rests_on: tuple[str, ...] = ()) -> Inequality:
    """S'(z) = E/(E + 1)² > 0 for E = e^z > 0."""
    return relation(E / (E + 1) ** 2, ">", 0, (E, 0, None), where=((E, ">"),), argument=argument, rests_on=rests_on)
