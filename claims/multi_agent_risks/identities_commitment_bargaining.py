"""The identities and inequalities behind C33 and C34, for all numbers at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Inequality
from claims.multi_agent_risks import model_commitment_bargaining as model
from claims.multi_agent_risks.identities_dynamics import identity, relation

p1, p2, c_r, c_d, delta = sp.symbols("p1 p2 c_R c_D delta", real=True)
T, R, P, S, chi, phi = sp.symbols("T R P S chi phi", real=True)
v, p, q = (sp.symbols(f"{letter}1:5", real=True) for letter in "vpq")

RIVALRY = model.Rivalry(p1, p2, c_r, c_d, delta)
SYMBOLS = (p1, p2, c_r, c_d, delta)
GAP = delta * (p2 - p1) - p1 - c_d - delta * c_r
"""g: positive exactly when the claim predicts war."""

# C33

INDUCTION = (
    "Backward induction. In the second period peace is better for D (part “later peace”), so R gets p2 − c_R there. In the "
    "first period R accepts x iff x >= x*, "
    "R's payoff from war now less δ(p2 − c_R); so D attacks iff war pays more than the offer max(0, x*), which is <= 1 (part “feasible”). If x* <= 0, "
    "war less peace is g. If x* > 0 it is −(c_R + c_D), and x* = −(g + c_R + c_D) > 0 says g < −(c_R + c_D) <= 0. So in both cases D attacks iff g > 0."
)


def zero_offer() -> Inequality:
    """D's war payoff less that from an accepted zero offer."""
    peace = 1 + delta * model.late_peace(RIVALRY).d
    return identity(model.early_war(RIVALRY).d - peace, GAP, SYMBOLS, INDUCTION)


def zero_offer_costs_only() -> Inequality:
    """False: D's war payoff less that from an accepted zero offer is −(c_R + c_D)."""
    return identity(model.early_war(RIVALRY).d - 1 - delta * model.late_peace(RIVALRY).d, -(c_r + c_d), SYMBOLS)


def indifferent_offer() -> Inequality:
    """D's war payoff less that from the offer x*."""
    peace = 1 - model.indifferent_offer(RIVALRY) + delta * model.late_peace(RIVALRY).d
    return identity(model.early_war(RIVALRY).d - peace, -(c_r + c_d), SYMBOLS, INDUCTION)


def size_of_the_offer() -> Inequality:
    """x* = −(g + c_R + c_D)."""
    return identity(model.indifferent_offer(RIVALRY), -(GAP + c_r + c_d), SYMBOLS, INDUCTION)


def late_peace_is_better() -> Inequality:
    """D's peace less war in the second period."""
    return identity(model.late_peace(RIVALRY).d - model.late_war(RIVALRY).d, c_r + c_d, SYMBOLS,
                    "p2 − c_R lies in [0, 1] as 0 <= c_R <= p2, is the least share that R accepts, and leaves D c_R + c_D >= 0 more than war.")


def offer_is_feasible() -> Inequality:
    """x* <= p1 <= 1, with p2 = p1 + s, s >= 0."""
    s = sp.Symbol("s", real=True)
    offer = model.indifferent_offer(model.Rivalry(p1, p1 + s, c_r, c_d, delta))
    return relation(p1 - offer, ">=", 0, (p1, 0, 1), (s, 0, None), (c_r, 0, None), (c_d, 0, None), (delta, 0, 1),
                    argument="p1 − x* = δ·s + (1 − δ)·c_R, sum of products of numbers >= 0.")


def surplus_of_a_promise() -> Inequality:
    """What both get in peace, 1 + δ, less what both get from war now."""
    war = model.early_war(RIVALRY)
    return identity(1 + delta - war.r - war.d, c_r + c_d, SYMBOLS,
                    "If D can bind itself to shares in both periods, every division of 1 + δ is open; the surplus over war is c_R + c_D, so some promise gives "
                    "both at least their war payoffs (R's, if negative, is replaced by 0), and D, who proposes, prefers it: war never occurs.")


# C34

GAME = model.Dilemma(T, R, P, S)
MEANING = (
    "v·p̃ is the probability that X cooperates next less the probability that X cooperated: 0 under a stationary law v, whatever Y does (part “stationary”). "
    "Summed against v, the four identities give 0 = φ[(s_X − P) − χ(s_Y − P)], and φ > 0."
)


def enforced(state: int) -> Inequality:
    """(P − S)·p̃ = φ[(s_X − P) − χ(s_Y − P)] in one state."""
    strategy = model.extortion(GAME, chi, phi)
    left = (P - S) * model.drift(strategy)[state]
    right = phi * ((GAME.own[state] - P) - chi * (GAME.others[state] - P))
    return relation(left, "==", right, *((symbol, None, None) for symbol in (T, R, P, S, chi, phi)), where=((P - S, "!="),), argument=MEANING)


def stationarity() -> Inequality:
    """The masses of CC and CD after a round, less before: v·p̃ for any law and any opponent."""
    after = model.after_one_round(v, p, q)
    left = after[0] + after[1] - v[0] - v[1]
    right = sum(mass * entry for mass, entry in zip(v, model.drift(p), strict=True))
    return identity(left, right, (*v, *p, *q), "X has cooperated in CC and CD. The left side is 0 when v is stationary. q is arbitrary.")
