"""C17 to C21: where friction raises engagement."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Part, Settings, Witness
from claims.formulations import Relation
from claims.parameters import Values
from claims.user_disengagement import plotted
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.algorithms.prices import Churn
from claims.user_disengagement.model import effective_demand, engaged_fraction
from claims.user_disengagement.sections.common import (
    ABSTRACT,
    DEMAND,
    OURS,
    PROP_DEMAND,
    alpha,
    beta,
    claim,
    eta,
    f,
    formula,
    g,
    m,
    p,
    phi,
    q,
    rho,
    sigma,
    u,
    u1,
    u2,
    z,
)
from claims.user_disengagement.sections.tradeoff import arm
from exact import reals
from exact.reals import Real

A, t, r1, r2, H, H1, H2, D, D1, s = sp.symbols("A t r1 r2 H H1 H2 D D1 s", real=True)
P1, P2 = sp.symbols("phi1 phi2", real=True)

# C17

GOLD = sp.diff(sp.log(1 - g + g * (1 - phi) * f) - sp.log(1 - g * phi * f), f, phi)
EFFECT = g * (1 / (1 - g * phi * f) ** 2 - (1 - g) / (1 - g + g * (1 - phi) * f) ** 2)
LEFT, RIGHT = sigma**2 + (1 - sigma**2) * q * f, sigma * (1 - (1 - sigma**2) * (1 - q) * f)
THRESHOLD = sigma / ((1 + sigma) * (q + (1 - q) * sigma))

ENGAGED = claim(
    "C17",
    "R-prop from an engaged start: a sign threshold",
    "With σ = √(1 − γ): ∂²ln D̃/∂φ∂f > 0 iff f > f*(q) = σ/((1 + σ)(q + (1 − q)σ)), which falls in q from 1/(1 + σ) to σ/(1 + σ). So if all f_a >= "
    "1/(1 + σ) optimal retention does not fall with friction, if all f_a <= σ/(1 + σ) it does not rise (δ = 0).",
    OURS,
    "iff",
    THRESHOLD,
    Part("demand", "D̃ = (1 − γ + γqf)/((1 − γ)(1 − γφf))", (formula(PROP_DEMAND, "==", (1 - g + g * q * f) / ((1 - g) * (1 - g * (1 - q) * f))),)),
    Part(
        "effect",
        "∂²ln D̃/∂φ∂f = γ(1/(1 − γφf)² − (1 − γ)/(1 − γ + γqf)²)",
        (
            formula(
                sp.together(GOLD),
                "==",
                EFFECT,
                "ln D̃ up to a constant is ln(1 − γ + γ(1 − φ)f) − ln(1 − γφf); its mixed derivative is a rational function.",
            ),
        ),
    ),
    Part(
        "factors",
        "with γ = 1 − σ²: (1 − γ + γqf) − σ(1 − γφf) = (1 − σ)(f(1 + σ)((1 − σ)q + σ) − σ)",
        (
            formula(
                LEFT - RIGHT,
                "==",
                (1 - sigma) * (f * (1 + sigma) * ((1 - sigma) * q + sigma) - sigma),
                "The effect has the sign of (1 − γ + γqf)² − σ²(1 − γφf)², a difference of squares of non-negative numbers whose sum is positive; the "
                "other factor is this one, and it is positive iff f > f*(q).",
            ),
        ),
    ),
    Part("sum positive", "(1 − γ + γqf) + σ(1 − γφf) > 0", (formula(LEFT + RIGHT, ">", 0),)),
    Part(
        "falling",
        "∂f*/∂q = −σ(1 − σ)/((1 + σ)(q + (1 − q)σ)²)",
        (
            formula(
                sp.diff(THRESHOLD, q),
                "==",
                -sigma * (1 - sigma) / ((1 + sigma) * (q + (1 - q) * sigma) ** 2),
                "It is negative for σ in (0, 1). At q = 0 and q = 1 f* is 1/(1 + σ) and σ/(1 + σ). Where the effect has one sign on all retentions, "
                "the ratio D̃(f_2)/D̃(f_1) is monotone in φ, and the optimal retention with it, as in C16.",
            ),
        ),
    ),
    plotted.OF_RATIO,
)

# C18

TWO_DEMANDS = z / (z + u2) - z / (z + u1)
BOUNDARY_DEMAND = (1 - g + g * (1 - phi) * f) / ((1 - g) * (1 - g * phi * f))


CUMULATIVE = claim(
    "C18",
    "Full memory: where friction raises the target",
    "δ = 1, linear, free moves. Friction raises ∂D̃/∂f iff f > 2 − 1/γ − ρ (R-const; u < z), iff f > 1/(2 − γφ) (R-prop). For two levels u_i > u_j the "
    "gain D̃_j − D̃_i = z(u_i − u_j)/((1 − γ)(z + u_i)(z + u_j)) is unimodal in z = (1 − γ)/γ + ρ with peak at z² = u_iu_j.",
    OURS,
    "iff",
    2 - 1 / g - rho,
    Part(
        "R-const demand",
        "D̃ = z/((1 − γ)(z + u))",
        (formula(DEMAND, "==", (1 / g - 1 + rho) / ((1 - g) * (1 / g - 1 + rho + 1 - f)), "z = 1/γ − 1 + ρ, u = 1 − f."),),
    ),
    Part(
        "R-const",
        "∂_z(z/(z + u)²) = (u − z)/(z + u)³",
        (
            formula(
                sp.diff(z / (z + u) ** 2, z),
                "==",
                (u - z) / (z + u) ** 3,
                "(1 − γ)∂D̃/∂f = z/(z + u)², and friction lowers z: it raises ∂D̃/∂f iff u < z iff f > 1 − z = 2 − 1/γ − ρ.",
            ),
        ),
    ),
    Part(
        "R-prop",
        "∂²D̃/∂φ∂f = γ²(f(2 − γφ) − 1)/((1 − γ)(1 − γφf)³)",
        (
            formula(
                sp.diff(BOUNDARY_DEMAND, f, phi),
                "==",
                g**2 * (f * (2 - g * phi) - 1) / ((1 - g) * (1 - g * phi * f) ** 3),
                "D̃ as in C17. The sign is that of f(2 − γφ) − 1.",
            ),
        ),
    ),
    Part(
        "gain",
        "(1 − γ)(D̃_j − D̃_i) = z(u_i − u_j)/((z + u_i)(z + u_j))",
        (formula(TWO_DEMANDS, "==", z * (u1 - u2) / ((z + u1) * (z + u2)), "u_i = u1, u_j = u2."),),
    ),
    Part(
        "unimodal",
        "its derivative in z has the sign of u_iu_j − z²",
        (
            formula(
                sp.diff(z * (u1 - u2) / ((z + u1) * (z + u2)), z),
                "==",
                (u1 - u2) * (u1 * u2 - z**2) / ((z + u1) ** 2 * (z + u2) ** 2),
                "So for u_i > u_j it rises up to z = √(u_iu_j) and falls after: as friction grows, the high target can be adopted and then abandoned.",
            ),
        ),
    ),
    plotted.OF_DIFFERENCE,
)

# C19


@qty.of
def rises_while_revenue_falls(p_: Values) -> Real:
    """The least of the four differences between ρ = ½ (arm 2 optimal) and ρ = 1 (arm 1 optimal), arms (3, ½), (2, 1), γ = 9/10."""
    return least_difference(p_["gamma"], (p_["rho_low"], p_["r2"], p_["f2"]), (p_["rho_high"], p_["r1"], p_["f1"]))


def least_difference(gamma: Real, low: tuple[Real, Real, Real], high: tuple[Real, Real, Real]) -> Real:
    """The least of: revenue lost, retention, D̃ and e3 gained; each friction is (ρ, reward of its optimal arm, retention of it)."""
    demand_low, demand_high = effective_demand(gamma, low[2], low[0]), effective_demand(gamma, high[2], high[0])
    return reals.minimum(
        [
            high[1] * demand_high - low[1] * demand_low,
            low[2] - high[2],
            demand_low - demand_high,
            engaged_fraction(low[2], low[0]) - engaged_fraction(high[2], high[0]),
        ]
    )


@qty.of
def optimality(p_: Values) -> Real:
    """By how much the named arms are optimal: V_2 − V_1 at ρ_low and V_1 − V_2 at ρ_high."""
    gamma, r1_, f1_, r2_, f2_ = (p_[name] for name in ("gamma", "r1", "f1", "r2", "f2"))
    low = arm(gamma, r2_, f2_, p_["rho_low"]) - arm(gamma, r1_, f1_, p_["rho_low"])
    high = arm(gamma, r1_, f1_, p_["rho_high"]) - arm(gamma, r2_, f2_, p_["rho_high"])
    return reals.minimum([low, high])


TWO_ARMS = {
    "gamma": Fraction(9, 10),
    "r1": Fraction(3),
    "f1": Fraction(1, 2),
    "r2": Fraction(2),
    "f2": Fraction(1),
    "rho_low": Fraction(1, 2),
    "rho_high": Fraction(1),
}


@qty.of
def smooth_rises(p_: Values) -> Real:
    """The least of revenue lost, retention and D̃ gained for f(p) = 1 − p²/(1 + p): price ⅔ at ρ = 11/225, price ½ at ρ = 0; the price is the reward."""
    churn, gamma, low, high = Churn(Fraction(1), 2, -1), p_["gamma"], p_["p_low"], p_["p_high"]
    stay_low, stay_high = 1 - churn.at(low), 1 - churn.at(high)
    demand_low, demand_high = effective_demand(gamma, stay_low, p_["rho_low"]), effective_demand(gamma, stay_high, p_["rho_high"])
    return reals.minimum([high * demand_high - low * demand_low, stay_low - stay_high, demand_low - demand_high])


@qty.of
def average_rises(p_: Values) -> Real:
    """The least of average revenue lost and e3 gained for the same demand in the long run."""
    churn, low, high = Churn(Fraction(1), 2, -1), p_["p_low"], p_["p_high"]
    share_low, share_high = engaged_fraction(1 - churn.at(low), p_["rho_low"]), engaged_fraction(1 - churn.at(high), p_["rho_high"])
    return reals.minimum([high * share_high - low * share_low, share_low - share_high])


@qty.of
def smooth_is_optimal(p_: Values) -> Real:
    """|z + h − ph'| at both prices: 0 where both are optimal."""
    churn = Churn(Fraction(1), 2, -1)
    total: Real = Fraction(0)
    for price, back in ((p_["p_low"], p_["rho_low"]), (p_["p_high"], p_["rho_high"])):
        patience = (1 - p_["gamma"]) / p_["gamma"] + back
        total = total + abs(patience + churn.at(price) - price * churn.slope(price))
    return total


SMOOTH = {"gamma": Fraction(9, 10), "rho_low": Fraction(0), "rho_high": Fraction(11, 225), "p_low": Fraction(1, 2), "p_high": Fraction(2, 3)}

AVERAGE = {"gamma": Fraction(1), "rho_low": Fraction(1, 16), "rho_high": Fraction(1, 9), "p_low": Fraction(1, 3), "p_high": Fraction(1, 2)}


def witness(quantity: qty.Quantity, relation: Relation, bound: Fraction | int, setting: Values, argument: str) -> Witness:
    """A named instance, given by the numbers of the setting."""
    return Witness(
        instance=qty.nothing,
        quantity=quantity,
        relation=relation,
        bound=qty.fixed(bound),
        settings=Settings((setting,)),
        argument=argument,
    )


COUNTERINTUITIVE = claim(
    "C19",
    "The counterintuitive effect",
    "More friction can lower the optimal revenue and raise retention, discounted engaged rounds and the engaged fraction of the optimum, all at once: "
    "arms (3, ½), (2, 1), γ = 9/10, ρ: 1 → ½.",
    ABSTRACT,
    "exists",
    None,
    Part(
        "two arms",
        "revenue falls; retention, D̃ and e3 rise",
        (witness(rises_while_revenue_falls, ">", 0, TWO_ARMS, "The least of the four differences is positive."),),
        quantifier="exists",
    ),
    Part(
        "optimal arms",
        "at ρ = ½ arm 2 is optimal, at ρ = 1 arm 1",
        (witness(optimality, ">", 0, TWO_ARMS, "Both differences of values are positive."),),
        quantifier="exists",
    ),
    Part(
        "smooth",
        "the same for f(p) = 1 − p²/(1 + p) without an absorbing arm: price ⅔ → ½",
        (witness(smooth_rises, ">", 0, SMOOTH, "ρ = 11/225 → 0: revenue falls, retention and D̃ rise. (At ρ = 0 the long-run fraction e3 is 0.)"),),
        quantifier="exists",
    ),
    Part(
        "smooth optimum",
        "both prices solve z + h − ph' = 0",
        (
            witness(
                smooth_is_optimal,
                "==",
                0,
                SMOOTH,
                "h = p²/(1 + p) is strictly convex (h'' = 2/(1 + p)³), so z + h − ph' falls strictly and its zero is the one maximiser of pD̃ (C20).",
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "average",
        "in the long run, ρ = 1/9 → 1/16: price ½ → ⅓, average revenue falls, e3 rises",
        (witness(average_rises, ">", 0, AVERAGE, "e3 2/5 → 3/7, average revenue 1/5 → 1/7."),),
        quantifier="exists",
    ),
    Part(
        "average optimum",
        "both prices solve ρ + h − ph' = 0",
        (witness(smooth_is_optimal, "==", 0, AVERAGE, "The same condition with z = ρ (γ = 1): the maximiser of p·ρ/(ρ + h)."),),
        quantifier="exists",
    ),
    *plotted.OF_FRICTION,
)

# C20

CHURN = claim(
    "C20",
    "The churn-elasticity criterion",
    "δ = 0, R-const, churn h = 1 − f strictly convex C², interior optimal price p*: h(p*)(ε_h(p*) − 1) = (1 − γ)/γ + ρ; p* strictly falls with friction; "
    "D̃* = (1 − 1/ε_h(p*))/(1 − γ), so D̃* rises with friction iff ε_h is decreasing at p*. For h = cp^m it is friction-neutral: D̃* = (m − 1)/(m(1 − γ)).",
    OURS,
    "==",
    (1 - 1 / eta) / (1 - g),
    Part(
        "first order",
        "(pz/(z + h))' = z(z + h − ph')/(z + h)²",
        (
            formula(
                z / (z + H) - p * z * H1 / (z + H) ** 2,
                "==",
                z * (z + H - p * H1) / (z + H) ** 2,
                "p·D̃ = pz/((1 − γ)(z + h)) (C18). At an interior optimum z = ph' − h = h(ε_h − 1).",
                where=((z + H, ">"),),
            ),
        ),
    ),
    Part(
        "unique",
        "(ph' − h)' = ph'' > 0",
        (
            formula(
                H1 + p * H2 - H1,
                ">",
                0,
                "So z = ph' − h has one solution, which rises with z; friction lowers z = (1 − γ)/γ + ρ, hence p*.",
                where=((H2, ">"),),
            ),
        ),
    ),
    Part(
        "engagement",
        "with z = h(ε − 1): z/(z + h) = 1 − 1/ε",
        (
            formula(
                H * (eta - 1) / (H * (eta - 1) + H),
                "==",
                1 - 1 / eta,
                "ε_h = eta. D̃* = z/((1 − γ)(z + h)) increases with ε_h(p*), and p* falls with friction: D̃* rises iff ε_h is decreasing there. With γ → 1 "
                "the left side is e3 = ρ/(ρ + h).",
                where=((H, ">"),),
            ),
        ),
    ),
    Part(
        "neutral",
        "for h = cp^m the elasticity is m and D̃* = (m − 1)/(m(1 − γ))",
        (formula((1 - 1 / m) / (1 - g), "==", (m - 1) / (m * (1 - g)), "p·(cp^m)'/(cp^m) = m at every price."),),
    ),
)

# C21

WELFARE = claim(
    "C21",
    "Revenue and user welfare",
    "δ = 0: with user welfare U = sD̃ and revenue V = (α − βs)D̃, V + βU = αD̃. So where (α >= 0, β > 0) friction strictly lowers V and does not lower D̃*, "
    "user welfare strictly rises.",
    OURS,
    "==",
    alpha * D,
    Part(
        "identity", "V + βU = αD̃", (formula((alpha - beta * s) * D + beta * (s * D), "==", alpha * D, "If V falls and αD̃ does not fall, βU rises."),)
    ),
)

CLAIMS = (ENGAGED, CUMULATIVE, COUNTERINTUITIVE, CHURN, WELFARE)
