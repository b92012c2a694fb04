"""C33 and C34: bargaining without commitment, and extortion by it."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Part, Settings, Source
from claims.multi_agent_risks import identities_commitment_bargaining as facts
from claims.multi_agent_risks import quantities_commitment_bargaining as q
from claims.multi_agent_risks.evaluation_commitment_bargaining import EVALUATIONS
from claims.multi_agent_risks.mutants_commitment_bargaining import MUTANTS
from claims.multi_agent_risks.sections.common import claim, witness

F = Fraction

WAR = claim(
    "C33",
    "War from inability to commit",
    "Two periods, a pie of 1 in each, discount factor δ; D may attack or offer rising R (winning probability p1, then p2) a share, which R accepts or answers "
    "with war for all remaining pies, at costs 0 <= c_R <= p2 and c_D >= 0. War at t = 1 iff δ(p2 − p1) > p1 + c_D + δc_R; with enforceable promises never.",
    Source("§3.5, commitment and trust; Fearon 1995, Powell 2006", "reconstructed"),
    "iff",
    Bound(facts.p1 + facts.c_d + facts.delta * facts.c_r, "p1 + c_D + δc_R"),
    (
        Part(
            "R accepts nothing",
            "where R accepts a zero offer, D's gain from war is g = δ(p2 − p1) − p1 − c_D − δc_R",
            (
                facts.zero_offer(),
                Enumeration(
                    statement="backward induction leads to war exactly when δ(p2 − p1) > p1 + c_D + δc_R",
                    elements=q.rivalries,
                    predicate=q.follows_the_threshold,
                    settings=Settings(({"steps": 10},), ({"steps": 20},)),
                    argument="Exact backward induction on a grid.",
                ),
            ),
        ),
        Part("R must be paid", "where the least accepted offer x* is positive, D's gain from war is −(c_R + c_D)", (facts.indifferent_offer(),)),
        Part("which case", "x* = −(g + c_R + c_D)", (facts.size_of_the_offer(),)),
        Part("feasible", "x* <= p1", (facts.offer_is_feasible(),)),
        Part("later peace", "in period 2 peace pays D c_R + c_D more than war", (facts.late_peace_is_better(),)),
        Part("promises", "with enforceable promises peace leaves a surplus c_R + c_D over war", (facts.surplus_of_a_promise(),)),
    ),
    MUTANTS,
    EVALUATIONS,
)

STATES = ("CC", "CD", "DC", "DD")

EXTORTION = claim(
    "C34",
    "Extortion",
    "p = (1 − φ(χ − 1)(R − P)/(P − S), 1 − φ(1 + χ(T − P)/(P − S)), φ(χ + (T − P)/(P − S)), 0), with φ > 0 so small that p lies in [0, 1]⁴, enforces "
    "s_X − P = χ(s_Y − P) against every memory-one opponent with a unique stationary law.",
    Source("§3.5, threats and extortion; Press and Dyson 2012", "restated"),
    "==",
    Bound(facts.chi * (sp.Symbol("s_Y") - facts.P), "χ(s_Y − P)"),
    (
        *(Part(state, f"(P − S)·p̃ = φ[(s_X − P) − χ(s_Y − P)] in {state}", (facts.enforced(i),)) for i, state in enumerate(STATES)),
        Part("stationary", "v·p̃ = 0 for every stationary law v", (facts.stationarity(),)),
        Part(
            "against always C",
            "(T, R, P, S) = (5, 3, 1, 0), χ = 3, φ = 1/26: s_X = 41/11",
            (witness(q.own_payoff, "==", lambda played, p: F(41, 11), instance=lambda p: q.match(q.ALWAYS)),),
            quantifier="exists",
            beside=True,
        ),
        Part(
            "against (7/10, 7/10, 1/10, 1/2)",
            "s_X = 119/44",
            (witness(q.own_payoff, "==", lambda played, p: F(119, 44), instance=lambda p: q.match(q.OPPONENT)),),
            quantifier="exists",
            beside=True,
        ),
        Part(
            "that law is stationary",
            "against (7/10, 7/10, 1/10, 1/2): no mass changes in a round",
            (witness(q.imbalance, "==", lambda played, p: 0, instance=lambda p: q.match(q.OPPONENT)),),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (WAR, EXTORTION)
