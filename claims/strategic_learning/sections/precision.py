"""C11: two partially informed players."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Part, Satisfiability, Settings, Source
from claims.parameters import Values
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.named_games import COMMON_INTEREST
from claims.strategic_learning.sections.common import (
    MORE,
    STANDARD,
    claim,
    gamma,
    witness,
)

F = Fraction


def pairs(**more: Any) -> tuple[Values, ...]:
    """Settings of two precisions."""
    rows = (("1/2", "1/2"), ("9/10", "1/2"), ("0", "9/10"), ("99/100", "0"))
    return tuple({"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2), "p1": F(a), "p2": F(b), **more} for a, b in rows)


STUBBORN = tuple(
    {"gamma": F(1, 4), "prior": prior, "p1": F(a), "p2": F(b), "player": player}
    for prior, a, b in (((F(1, 4),) * 4, "1/2", "1/2"), ((F(1, 2), F(1, 6), F(1, 6), F(1, 6)), "0", "9/10"))
    for player in (1, 2)
)

TWO_SIDED = claim(
    "C11",
    "Both partially informed: precision does not decide",
    "For every (p_1, p_2) in [0, 1)², T = ∞, own payoffs seen: (a) in I(γ, β) player 1 achieves B_1 and player 2 never B_2; (b) in its transpose the roles are "
    "reversed; (c) in C both achieve; (d) in N(γ) neither does. All four patterns occur at every pair of precisions.",
    Source("abstract, Figure 2; games ours", "reconstructed"),
    "iff",
    None,
    Part(
        "(a) player 1",
        'in I(γ, β) "always b, always r" is an equilibrium and pays player 1 B_1 = 1',
        (
            witness(
                q.measured(q.insisting_profile, q.temptation),
                "==",
                q.nothing,
                Settings(STANDARD, MORE),
                argument="The profile ignores all signals, and no better informed player 1 gains; so none gains at any p_1.",
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "(a) player 2",
        "in I(γ, β) no equilibrium pays player 2 B_2",
        (
            facts.multiplier_identity(
                "The identity of C6 with the pair s = (s_1, s_2) as the signal and P1, P2 the joint probabilities: player 1, once she has played a in G_2, "
                "has seen payoff 0 and plays b for ever, so row a has limit frequency 0 there; and for every s_1 she may run her plan on payoffs simulated "
                "as if the game were G_2, which gives her no less than U(μ_2) in G_1 and the same in G_2. The coefficients are >= 0 by C6.",
                rests_on=("C6(coefficient of (a, l))", "C6(coefficient of (a, r))", "C6(gap)"),
            ),
        ),
    ),
    Part(
        "(a) at numbers",
        "the averaged bound is below B_2",
        (
            witness(
                q.averaged,
                "<",
                q.two_sided_benchmark,
                Settings(pairs()),
                argument="Σ P(s_1)·R0(π_{s_1}, Q_2), the exact optimum of the argument's program.",
            ),
        ),
        quantifier="exists",
        beside=True,
    ),
    Part(
        "(b)",
        "in the transpose of I(γ, β) the roles are reversed",
        (
            facts.multiplier_identity(
                "The same statement with the players' names exchanged; p_1 and p_2 are arbitrary in (a), so it holds at p_1 = 99/100, p_2 = 0 as well.",
                rests_on=("C11((a) player 1)", "C11((a) player 2)"),
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "(c)",
        "in C both get 1, the greatest payoff there is, and so nobody gains",
        (witness(q.common_interest_learned, ">=", q.one, Settings(), instance=lambda p: COMMON_INTEREST),),
        quantifier="exists",
    ),
    Part("(d) multipliers", "in N(γ): B_2 − Ū_2 as a non-negative combination", (facts.stubborn_identity(),)),
    Part("(d) coefficient of (a, l)", "γP_ts − κ(1 − γ)P_ss >= 0", (facts.stubborn_coefficient(gamma),)),
    Part("(d) coefficient of (a, r)", "P_ts − κ(1 − γ)P_ss >= 0", (facts.stubborn_coefficient(sp.S.One),)),
    Part(
        "(d) second opinion",
        "without signals, γ and the prior symbolic, no outcome meets the constraints and reaches B_2",
        (Satisfiability(script=facts.stubborn(scaled=False), expected="unsat", argument="Two solvers on the constraints, without the multipliers."),),
        beside=True,
    ),
    Part(
        "(d) at numbers",
        "the certified bounds are below the benchmarks",
        (witness(q.stubborn_value, "<", q.stubborn_benchmark, Settings(STUBBORN), argument="B_i − (1 − γ)κ·D(ss)."),),
        quantifier="exists",
        beside=True,
    ),
)

CLAIMS = (TWO_SIDED,)
