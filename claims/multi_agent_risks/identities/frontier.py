"""The inequalities behind C6 and C8, for all games at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Part
from claims.multi_agent_risks.identities.parts import Condition, free, from_zero, positive, proved

lam, lam2, mu, w, W, rest = sp.symbols("lambda lambda2 mu w W rest", real=True)
a, b, c, d, k = sp.symbols("a b c d k", real=True)


def weight_parts() -> tuple[Part, ...]:
    """A law of full support is efficient in the hull iff some positive weights make the weighted sum of payoffs constant."""
    return (
        proved(
            "(a) weights suffice",
            "a point that is better for somebody and worse for nobody has a greater weighted sum",
            lam * a + rest,
            ">",
            0,
            from_zero(lam, a, rest),
            "Let λ ≫ 0 make Σ λ_i u_i constant on all outcomes, hence on the hull. For y >= x with y_i > x_i, the weighted gain is λ_i a + rest with "
            "a = y_i − x_i > 0 and the others' weighted gains rest >= 0: it is positive, so y is not in the hull and x is efficient.",
            where=positive(lam, a),
        ),
        proved(
            "(a) weights are needed",
            "if an outcome of probability μ has weighted sum w below the mean W, the others have a mean above W",
            (W - mu * w) / (1 - mu),
            ">",
            W,
            ((mu, 0, 1), *free(w, W)),
            "Let x be efficient. The program max Σ s over y = x + s in the hull, s >= 0, has value 0, and its dual has a solution: multipliers λ_i >= 1 with "
            "λ·y <= λ·x for every y in the hull. With full support every outcome a has μ_a > 0, and W = λ·x is the mean of w = λ·u(a) and of the mean of the "
            "others, (W − μw)/(1 − μ), which lies in the hull too and is at most W. So w < W is impossible: λ·u is constant.",
            where=positive(mu, 1 - mu, W - w),
            rests_on=("strong duality of linear programming (Gale, Kuhn and Tucker 1951)",),
        ),
        proved(
            "(b) two players",
            "with constant λ_1 u_1 + λ_2 u_2, what player 1 gains from one outcome to another player 2 loses, in proportion",
            lam2 * (d - c),
            "==",
            lam * (a - b) - ((lam * a + lam2 * c) - (lam * b + lam2 * d)),
            free(lam, lam2, a, b, c, d),
            "The bracket is 0 where the weighted sum is constant: then u_2 falls exactly where u_1 rises, and the game is opposed (or both are constant). "
            "So in a mixed-motive game of two players every outcome of full support is dominated in the hull, in pure, mixed or correlated play: conflict.",
            rests_on=("C6((a) weights are needed)",),
        ),
    )


def opposed_parts() -> tuple[Part, ...]:
    """Constant-sum games, and saddle points."""
    own, others, own2, others2 = sp.symbols("x_i x_others y_i y_others", real=True)
    corner, across = sp.symbols("a_ij a_kl", real=True)
    mixed_row, mixed_column = sp.symbols("a_il a_kj", real=True)
    chain: tuple[Condition, ...] = ((mixed_row - corner, ">="), (across - mixed_row, ">="), (mixed_column - across, ">="), (corner - mixed_column, ">="))
    matrix = free(corner, across, mixed_row, mixed_column)
    reading = (
        "(i, j) and (k, l) are saddle points: a_ij <= a_il and a_kl <= a_kj, as each is least in its row, a_kj <= a_ij and a_il <= a_kl, as each is "
        "greatest in its column. "
    )
    return (
        proved(
            "(a) constant sum",
            "the gains of one agent and of all the others add up to 0",
            (own2 - own) + (others2 - others),
            "==",
            (own2 + others2) - (own + others),
            free(own, own2, others, others2),
            "The right side is 0 where payoffs have a constant sum: nobody gains unless somebody loses, so no outcome is dominated, not even in the hull.",
        ),
        proved(
            "(b) guarantee",
            "zero-sum: where the column player does not gain by deviating, the row player does not lose by it",
            b - a,
            ">=",
            0,
            free(a, b),
            "a = u(x*, y*) and b = u(x*, y) with −a >= −b, because y* is a best reply to x*. So x* guarantees a; and nothing guarantees more, as x* is a best "
            "reply to y*: a is the value.",
            where=((-a - (-b), ">="),),
        ),
        proved(
            "(c) saddle points pay the same",
            "a_il <= a_ij for saddle points (i, j) and (k, l)",
            mixed_row,
            "<=",
            corner,
            matrix,
            reading + "So all four entries are equal.",
            where=chain,
        ),
        proved(
            "(c) saddle points are interchangeable",
            "a_kl <= a_ij for saddle points (i, j) and (k, l)",
            across,
            "<=",
            corner,
            matrix,
            reading + "So a_il = a_ij is least in row i, and a_il = a_kl is greatest in column l: (i, l) is a saddle point, and (k, j) likewise.",
            where=chain,
            rests_on=("C8((c) saddle points pay the same)",),
        ),
    )
