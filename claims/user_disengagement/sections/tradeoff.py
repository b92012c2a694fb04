"""C12 to C16: revenue against engagement, elasticity, and what friction does to revenue and to retention."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Enumeration, Part, Property, Witness
from claims.parameters import Values
from claims.user_disengagement import enumerations as finite
from claims.user_disengagement import plotted
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.model import effective_demand
from claims.user_disengagement.sections.common import (
    ABSTRACT,
    DEMAND,
    DISCOUNT,
    OURS,
    PROP_DOOR,
    R,
    V,
    alpha,
    beta,
    claim,
    d,
    df,
    f,
    f1,
    f2,
    formula,
    g,
    p,
    q,
    rho,
    seeds,
    y,
)
from exact import reals
from exact.reals import Real

A, t, r1, r2, H, H1, H2, D, D1, s = sp.symbols("A t r1 r2 H H1 H2 D D1 s", real=True)
P1, P2 = sp.symbols("phi1 phi2", real=True)

# C12


def arm(g_: Real, reward: Real, stay: Real, back: Real) -> Real:
    """V of always showing one arm."""
    return reward * effective_demand(g_, stay, back)


def drawn_arms(parameters: Values) -> Any:
    """γ, ρ, and two or three arms with rewards >= 0."""
    from hypothesis import strategies as st

    unit = st.fractions(0, 1, max_denominator=12)
    arms = st.lists(st.tuples(st.fractions(0, 10, max_denominator=6), unit), min_size=2, max_size=3).map(tuple)
    return st.fixed_dictionaries({"gamma": st.fractions(Fraction(1, 12), Fraction(11, 12), max_denominator=12), "rho": unit, "arms": arms})


def myopic_excess(instance: Mapping[str, Any], parameters: Values) -> Real:
    """V_myopic − (1 − γ)V*, with the first arm of largest reward."""
    worths = [arm(instance["gamma"], reward, stay, instance["rho"]) for reward, stay in instance["arms"]]
    chosen = reals.argmax([reward for reward, _ in instance["arms"]])[0]
    return worths[chosen] - (1 - instance["gamma"]) * reals.maximum(worths)


def friction_gain(instance: Mapping[str, Any], parameters: Values) -> Real:
    """V* at ρ/2 minus V* at ρ."""
    low, high = ([arm(instance["gamma"], reward, stay, rate) for reward, stay in instance["arms"]] for rate in (instance["rho"] / 2, instance["rho"]))
    return reals.maximum(low) - reals.maximum(high)


FEW = {"quick": 60, "standard": 400, "full": 4_000}

MYOPIA = claim(
    "C12",
    "Myopia",
    "(a) The arm of highest immediate reward need not maximise retention nor value. (b) With the same largest reward R in every state and all rewards "
    ">= 0, V_myopic >= (1 − γ)V*. (c) That is tight: two arms (1, 0), (r_2, 1), δ = 0, ρ = 0 have the ratio (1 − γ)/r_2.",
    ABSTRACT,
    ">=",
    (1 - g) * V,
    Part(
        "(a)",
        "the more rewarding arm (1, f = 0) is worth less than (9/10, f = 1)",
        (
            Witness(
                instance=lambda p_: {"gamma": Fraction(9, 10), "r": Fraction(9, 10)},
                quantity=lambda i, p_: arm(i["gamma"], 1, Fraction(0), Fraction(0)),
                relation="<",
                bound=lambda i, p_: arm(i["gamma"], i["r"], Fraction(1), Fraction(0)),
                argument="1 < 9; and its retention 0 is less than 1.",
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "(b)",
        "V_myopic >= R and V* <= R/(1 − γ)",
        (
            formula(
                (1 - g) * (R / (1 - g)),
                "==",
                R,
                "The myopic policy earns R in the first round and nothing negative later: V_myopic >= R. No round earns more than R, so V* <= R/(1 − γ).",
            ),
            Property(
                family=drawn_arms,
                quantity=myopic_excess,
                relation=">=",
                bound=qty.fixed(Fraction(0)),
                examples=FEW,
                argument="Random arms without memory, rewards >= 0.",
            ),
        ),
    ),
    Part(
        "(c)",
        "1·D̃(0) / (r_2·D̃(1)) = (1 − γ)/r_2 at ρ = 0",
        (
            formula(
                DEMAND.subs({rho: 0, f: 0}) / (R * DEMAND.subs({rho: 0, f: 1})),
                "==",
                (1 - g) / R,
                "For 1 − γ < r_2 < 1 the myopic arm is the first and the second is optimal; the ratio tends to 1 − γ as r_2 ↑ 1.",
                where=((R, ">"),),
            ),
        ),
    ),
)

# C13


def elasticity(demand: sp.Expr) -> sp.Expr:
    """−p·(d demand/dp)/demand, where df is the slope of f along p."""
    return -p * sp.diff(demand, f) * df / demand


AVERAGE_PROP, AVERAGE_CONST = q * f / (q * f + 1 - f), rho / (rho + 1 - f)

ELASTICITY = claim(
    "C13",
    "Unit modified elasticity",
    "δ = 0, price form, f in C¹: at an interior maximiser of p·D̃(p) the modified elasticity ε̃_D = −pD̃'/D̃ is 1. R-const: ε̃_D = p|f'|/(1/γ + ρ − f). "
    "R-prop, from the door: ε̃_N = ε/(1 − γφf), the classical elasticity iff φf = 0.",
    ABSTRACT,
    "==",
    1,
    Part(
        "first order",
        "(pD̃)' = D̃(1 − ε̃)",
        (
            formula(
                D + p * D1,
                "==",
                D * (1 - (-p * D1 / D)),
                "So at an interior maximiser, where D̃ > 0, ε̃ = 1; and if ε̃ strictly increases, the "
                "derivative changes sign once, so the maximiser is unique. The same with Ñ in place of D̃.",
                where=((D, ">"),),
            ),
        ),
    ),
    Part("R-const", "ε̃_D = −pf'/(1/γ + ρ − f)", (formula(elasticity(DEMAND), "==", -p * df / (1 / g + rho - f)),)),
    Part(
        "R-prop, door",
        "ε̃_N = ε/(1 − γφf)",
        (formula(elasticity(PROP_DOOR), "==", -p * df / f / (1 - g * (1 - q) * f), "1 − γφf = 1 iff φf = 0.", where=((f, ">"),)),),
    ),
    Part(
        "average, R-prop",
        "the long-run average: ε/(1 − φf)",
        (formula(elasticity(AVERAGE_PROP), "==", -p * df / f / (1 - (1 - q) * f), where=((f, ">"), (q, ">"))),),
    ),
    Part(
        "average, R-const",
        "the long-run average: −pf'/(1 + ρ − f)",
        (formula(elasticity(AVERAGE_CONST), "==", -p * df / (1 + rho - f), where=((rho, ">"),)),),
    ),
    Part(
        "general D̃",
        "ε̃_D = −pf̃'/(1 − f̃)",
        (formula(-p * sp.diff(1 / (1 - d), d) * df / (1 / (1 - d)), "==", -p * df / (1 - d), "Here f̃ = d, and df is its slope along p."),),
    ),
    Part(
        "general Ñ",
        "ε̃_N = −pf̃'/(f̃(1 − f̃))",
        (formula(-p * sp.diff(d / (g * (1 - d)), d) * df / (d / (g * (1 - d))), "==", -p * df / (d * (1 - d)), where=((d, ">"),)),),
    ),
    Part(
        "full memory",
        "δ = 1: (αD̃ − βy)' = αD̃' − β",
        (
            formula(
                sp.diff(alpha * (D + D1 * y) - beta * y, y),
                "==",
                alpha * D1 - beta,
                "D̃ to first order is D + D1·y; so at an interior maximiser αD̃' = β.",
            ),
        ),
    ),
    *plotted.OF_PRICE,
)

# C14

LOWERS = claim(
    "C14",
    "Friction lowers revenue",
    "Rewards >= 0: ρ <= ρ' in every state implies V*_ρ <= V*_ρ' in every state, and the same for every fixed policy.",
    ABSTRACT,
    "<=",
    0,
    Part(
        "monotone",
        "∂f̃/∂ρ >= 0",
        (
            formula(
                sp.diff(DISCOUNT, rho),
                ">=",
                0,
                "V_π = Σ_t r_t·Π_{s<t} f̃(y_s) is a sum of products of discounts with coefficients >= 0 (C1), and each discount increases in ρ. So "
                "every policy is worth no less at ρ', and hence the optimum. Under R-prop a larger q is a larger ρ in every state.",
                rests_on=("C1",),
            ),
            Enumeration(
                statement="halving ρ raises no policy's value, nor the optimum",
                elements=finite.random_tables,
                predicate=finite.friction_lowers_every_policy,
                settings=seeds(30, 120, 500),
                argument="All policies of random tables.",
            ),
            Property(
                family=drawn_arms,
                quantity=friction_gain,
                relation="<=",
                bound=qty.fixed(Fraction(0)),
                examples=FEW,
                argument="Random arms without memory: the optimum at ρ/2 against ρ.",
            ),
        ),
    ),
)

# C15, C16

HALF = r1 * (A - f2) - r2 * (A - f1)

RETENTION = claim(
    "C15",
    "Friction raises optimal retention (R-const, no memory)",
    "Finite arm set, some r > 0: the largest and the smallest optimal retention do not rise with ρ. Two arms with r_1 > r_2, f_1 < f_2: arm 2 is "
    "optimal iff ρ <= (r_1f_2 − r_2f_1)/(r_1 − r_2) − 1/γ.",
    ABSTRACT,
    ">=",
    None,
    Part(
        "value",
        "V = r·D̃ = r(1/γ − 1 + ρ)/((1 − γ)(1/γ + ρ − f))",
        (
            formula(
                DEMAND,
                "==",
                (1 / g - 1 + rho) / ((1 - g) * (1 / g + rho - f)),
                "So the optimum maximises r/(A − f), A = 1/γ + ρ > 1.",
                rests_on=("C1",),
            ),
        ),
    ),
    Part(
        "single crossing",
        "once the arm of lower retention is as good, it stays so as ρ rises",
        (
            formula(
                (A - f2) * HALF.subs(A, A + t),
                "==",
                (A - f2) * HALF + t * (HALF + r2 * (f2 - f1)),
                "h(A) = r_1(A − f_2) − r_2(A − f_1) has the sign of V_1 − V_2. Arms with r < 0 are never optimal. For r_2 >= 0, f_1 < f_2 and t >= 0: "
                "h(A) >= 0 makes the right side >= 0, so h(A + t) >= 0, and > 0 if h(A) > 0. So no arm of higher retention becomes optimal, or "
                "stops being beaten, as ρ rises: largest and smallest maximiser fall.",
            ),
        ),
    ),
    Part(
        "threshold",
        "h(A) = (r_1 − r_2)(A − (r_1f_2 − r_2f_1)/(r_1 − r_2))",
        (
            formula(
                HALF,
                "==",
                (r1 - r2) * (A - (r1 * f2 - r2 * f1) / (r1 - r2)),
                "For r_1 > r_2 arm 2 is optimal iff h(A) <= 0 iff A = 1/γ + ρ <= (r_1f_2 − r_2f_1)/(r_1 − r_2).",
                where=((r1 - r2, ">"),),
            ),
        ),
    ),
)

DOOR = claim(
    "C16",
    "Friction raises optimal retention (R-prop, from the door or in the long run)",
    "Maximising r·Ñ(f) (or r·e3 with q > 0), some rf > 0: the largest and the smallest optimal retention do not fall as friction φ = 1 − q rises.",
    OURS,
    ">=",
    None,
    Part("Ñ", "Ñ = f(1 − γφ)/((1 − γ)(1 − γφf))", (formula(PROP_DOOR, "==", f * (1 - g * (1 - q)) / ((1 - g) * (1 - g * (1 - q) * f))),)),
    Part("e3", "e3 = qf/(1 − φf)", (formula(AVERAGE_PROP, "==", q * f / (1 - (1 - q) * f), "The same form with γ = 1.", where=((q, ">"),)),)),
    Part(
        "ratio",
        "Ñ(f_2)/Ñ(f_1) increases in φ for f_2 > f_1",
        (
            formula(
                (1 - g * P2 * f1) * (1 - g * P1 * f2) - (1 - g * P1 * f1) * (1 - g * P2 * f2),
                "==",
                g * (P2 - P1) * (f2 - f1),
                "f_2(1 − γφf_1)/(f_1(1 − γφf_2)) at φ_2 against φ_1, cross-multiplied: the difference is γ(φ_2 − φ_1)(f_2 − f_1) >= 0. So with rising "
                "friction an arm of higher retention that is as good as one of lower retention stays so. γ = 1 gives e3. Arms with rf <= 0 are "
                "never optimal.",
                domains={g: (0, 1)},
            ),
        ),
    ),
)

CLAIMS = (MYOPIA, ELASTICITY, LOWERS, RETENTION, DOOR)
