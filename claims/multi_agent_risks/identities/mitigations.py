"""The identities and inequalities behind C44; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Part
from claims.multi_agent_risks.identities.economics import P, R, S, T
from claims.multi_agent_risks.identities.parts import free, from_zero, positive, proved

law = sp.symbols("x0:3", real=True)
"""The probabilities of CC, CD and DC; DD has the rest."""
DD = 1 - sum(law)
tax, gain, factor, shock = sp.symbols("tau K theta epsilon", real=True)


def correlation_parts() -> tuple[Part, ...]:
    """Chicken (6, 2, 7, 0), and every prisoner's dilemma."""
    CC, CD, DC = law
    welfare = 12 * CC + 9 * CD + 9 * DC
    row_obeys, column_obeys = -CC + 2 * CD, -CC + 2 * DC
    three_quarters = sp.Rational(3, 4)
    return (
        proved(
            "(a) multipliers",
            "in Chicken 21/2 minus the welfare is 3/4 of each player's obedience when told C, plus 21/2 of the probability of DD",
            sp.Rational(21, 2) - welfare,
            "==",
            three_quarters * row_obeys + three_quarters * column_obeys + sp.Rational(21, 2) * DD,
            free(*law),
            "A player told C gains −1 by D where the other was told C and 2 by obeying where the other was told D: obedience says −x_CC + 2x_CD >= 0 and "
            "−x_CC + 2x_DC >= 0. So no correlated equilibrium has a welfare above 21/2; (1/2, 1/4, 1/4, 0) makes all three terms 0.",
        ),
        *(
            proved(
                f"(b) prisoner's dilemma, {beside}",
                f"told C where {beside} has positive probability, a player loses by obeying",
                CC * (T - R) + CD * (P - S),
                ">",
                0,
                (*from_zero(CC, CD), *free(T, R, P, S)),
                "D gives T − R more beside C and P − S more beside D. Obedience needs the sum to be <= 0, so CC and CD have probability 0 for the row player, "
                "and CC and DC for the column player by the same argument: only DD is left, which is the Nash equilibrium.",
                where=positive(T - R, P - S, chance),
            )
            for beside, chance in (("CC", CC), ("CD", CD))
        ),
    )


def tax_parts() -> tuple[Part, ...]:
    """When a tax on defection makes cooperation dominant."""
    return (
        proved(
            "(c) tax, beside C",
            "C is better than D beside C by τ − (T − R)",
            R - (T - tax),
            "==",
            tax - (T - R),
            free(T, R, tax),
            "So it is strictly better iff τ > T − R.",
        ),
        proved(
            "(c) tax, beside D",
            "C is better than D beside D by τ − (P − S)",
            S - (P - tax),
            "==",
            tax - (P - S),
            free(P, S, tax),
            "So C is strictly dominant iff τ > max(T − R, P − S).",
        ),
    )


def damping_parts() -> tuple[Part, ...]:
    """Trend followers whose gains are all multiplied by θ."""
    return (
        proved(
            "(d) damping",
            "gains with sum K, all multiplied by θ, have a sum below 1 iff θ < 1/K",
            1 - factor * gain,
            "==",
            gain * (1 / gain - factor),
            free(factor, gain),
            "For K > 0 both sides have the sign of 1/K − θ. The displacement follows Δ' = θKΔ, which dies out iff |θK| < 1.",
        ),
        proved(
            "(d) bounded displacement",
            "ε/(1 − K) is the displacement at which a shock ε and the followers' reaction K·displacement balance",
            shock / (1 - gain),
            "==",
            shock + gain * (shock / (1 - gain)),
            free(shock, gain),
            "For 0 <= K < 1 the sums ε(1 + K + … + K^t) stay below it and tend to it; for K >= 1 they grow without bound.",
        ),
    )


def disclosure_part() -> Part:
    """What disclosing B's type is worth in C16's crisis."""
    p, cA, cl, ch, pi = sp.symbols("p c_A c_l c_h pi", real=True)
    risky = pi * (p + ch) + (1 - pi) * (p - cA)
    disclosed = pi * (p + ch) + (1 - pi) * (p + cl)
    return proved(
        "(e) type disclosure",
        "with B's cost disclosed A gains exactly the waste of war, (1 − π)(c_A + c_l)",
        disclosed - risky,
        "==",
        (1 - pi) * (cA + cl),
        free(p, cA, cl, ch, pi),
        "With disclosure A demands p + c of each type, which accepts; without it the risky demand loses the war against the type with the low cost.",
        rests_on=("C16((c) common knowledge)",),
    )
