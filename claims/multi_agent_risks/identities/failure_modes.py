"""The algebra behind C3, C5, C9 and C31, for all payoffs at once."""

from __future__ import annotations

import sympy as sp

from claims import Inequality, Satisfiability
from claims.formulations import Relation

a, b, c, d, q, here, there, loss, m, y, one, two = sp.symbols("a b c d q here there loss m y one two", real=True)

Where = tuple[tuple[sp.Expr, Relation], ...]


def on_the_line(left: sp.Expr, relation: Relation, right: sp.Expr, *symbols: sp.Symbol, where: Where = (), argument: str = "") -> Inequality:
    """``left relation right`` for all reals with the side conditions."""
    return Inequality(
        left=sp.S.Zero + left,
        relation=relation,
        right=sp.S.Zero + right,
        domain=tuple((symbol, None, None) for symbol in symbols),
        where=where,
        argument=argument,
    )


SYMMETRIC_IS_NOT_SHARED = on_the_line(
    (here - there) * (there - here), "==", -((here - there) ** 2), here, there,
    argument="In a symmetric m×m game player 2 gets u_1(j, i) at (i, j). Take i ≠ j, here = u_1(i, j), there = u_1(j, i): different in a strict "
    "game. From (j, i) to (i, j) player 1's payoff changes by here − there and player 2's by there − here; the product of the changes is −(here − there)², "
    "which is negative, so they disagree about these two outcomes. "
    "If instead some renaming of actions makes the game symmetric, rename first: preferences over outcomes do not change.",
)

MIXED_VALUE = q * a + (1 - q) * b

BETWEEN = on_the_line(
    (MIXED_VALUE - a) * (MIXED_VALUE - b), "==", -q * (1 - q) * (a - b) ** 2, a, b, q,
    argument="Say the row player's payoffs are a, b in one row and c, d in the other, and the column player plays the first column with probability "
    "q, 0 < q < 1. "
    "Indifference says v = qa + (1 − q)b = qc + (1 − q)d. By the identity v lies strictly between a and b (they differ), and likewise "
    "strictly between c and d. "
    "So two different payoffs, the larger of each row, are above v, and two are below: v is below her 2nd best and above her 3rd best. The "
    "same holds for the "
    "column player. Hence an outcome is at least as good for a player as the mixed equilibrium exactly when its rank for her is 3 or 4, and "
    "it is never equally "
    "good: whether the mixed equilibrium is dominated depends on the ranks alone.",
)

BELOW_BETTER_EQUILIBRIUM = on_the_line(
    MIXED_VALUE, "<", q * a + (1 - q) * d, a, b, d, q,
    where=((d - b, ">"), (1 - q, ">")),
    argument="With two pure equilibria and no ties, name the actions so that they are the first row with the first column (a) and the second row "
    "with the second "
    "column (d); then a > c and d > b. So v = qa + (1 − q)b is less than qa + (1 − q)d, a mean of a and d, and so less than the larger of them.",
)

_MIXED = """
(declare-const a Real) (declare-const b Real) (declare-const c Real) (declare-const d Real) (declare-const q Real) (declare-const v Real)
(assert (distinct a b c d))
(assert (and (< 0 q) (< q 1)))
(assert (= v (+ (* q a) (* (- 1 q) b))))
(assert (= v (+ (* q c) (* (- 1 q) d))))
"""

_COUNTED = """
(define-fun above ((x Real)) Int (ite (> x v) 1 0))
(define-fun below ((x Real)) Int (ite (< x v) 1 0))
(assert (not (and (= 2 (+ (above a) (above b) (above c) (above d))) (= 2 (+ (below a) (below b) (below c) (below d))))))
"""

BETWEEN_BY_SOLVERS = Satisfiability(
    script=_MIXED + _COUNTED,
    expected="unsat",
    argument="The negation: a player's four different payoffs, an interior mixture that makes her indifferent, and not exactly two payoffs above and "
    "two below v.",
)

BELOW_BY_SOLVERS = Satisfiability(
    script=_MIXED + "(assert (and (> a c) (> d b)))\n(assert (and (<= a v) (<= d v)))\n",
    expected="unsat",
    argument="The negation, with the equilibria in the first row and column (a) and in the second row and column (d): both pay no more than v.",
)

BELOW_WORSE_BY_SOLVERS = Satisfiability(
    script=_MIXED + "(assert (and (> a c) (> d b)))\n(assert (or (<= a v) (<= d v)))\n",
    expected="unsat",
)
"""A false statement: the mixed equilibrium pays less than the worse pure one."""

NEWCOMER = on_the_line(
    loss + (1 - loss) * (1 - 1 / m), "==", 1 - (1 - loss) / m, loss, m,
    where=((m, ">"),),
    argument="Induction on the number n of agents. One agent never fails: loss 0 = 1 − m^0. One more agent, who picks each of the m conventions with "
    "probability "
    "1/m whatever the others do, agrees with those who agree with probability 1/m: the loss becomes loss + (1 − loss)(1 − 1/m) = 1 − (1 − "
    "loss)/m, so success is "
    "divided by m. Hence success m^(1 − n). Uniform play is an equilibrium, because by symmetry every convention earns an agent the same against it.",
)

MEAN_BELOW_MAXIMUM = on_the_line(
    one - (y * one + (1 - y) * two), "==", (1 - y) * (one - two), one, two, y,
    argument="Take the leader's best equilibrium, (x, y), and let her commit to x. Every reply that y uses is a best reply to x; at a strong "
    "Stackelberg outcome "
    "the follower's best reply that the leader likes best is played, so she gets at least the payoff `one` of the best reply in y's "
    "support. Her equilibrium "
    "payoff is the mean of her payoffs over y's support, which is at most the largest of them: with two replies the difference is (1 − "
    "y)(one − two) >= 0 by the "
    "identity, and with more replies one after the other. So the strong Stackelberg value is at least the best Nash value, in every finite "
    "two-player game.",
)
