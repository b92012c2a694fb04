"""C5 to C10: one player knows the game. She can always get her Stackelberg value; the other one cannot, and how much she misses."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Part, Satisfiability, Settings, Source
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.named_games import random_menus
from claims.strategic_learning.printed_tables import BEST_VALUES
from claims.strategic_learning.sections.common import (
    ABSTRACT,
    MORE,
    OURS,
    RANDOM_FAMILIES,
    STANDARD,
    beta,
    claim,
    pi,
    program,
    witness,
)

F = Fraction

INFORMED = claim(
    "C5",
    "A perfectly informed player can get her Stackelberg value",
    "p_1 = 1, any p_2, T = ∞, player 2 sees her own payoffs: some equilibrium of the meta-game pays player 1 StackVal_1 in every game (margins g_{b*} > 0; "
    "with ties she must be able to tell player 2 which one to break, C14).",
    ABSTRACT,
    "exists",
    Bound(sp.Symbol("B_1"), "B_1 = E[StackVal_1(G)]"),
    Part(
        "equilibrium in I(γ, β)",
        '"always b, always r": nobody gains by any other algorithm',
        (
            witness(
                q.measured(q.insisting_profile, q.temptation), "==", q.nothing, Settings((*STANDARD, q.at("1/4", "1/2", "1/2", 1)), MORE)
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "value in I(γ, β)",
        "it pays player 1 her benchmark 1",
        (
            witness(
                q.measured(q.insisting_profile, q.value_of_first), ">=", q.one, Settings((*STANDARD, q.at("1/4", "1/2", "1/2", 1)), MORE)
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "every family of games",
        "commitment against a learner without swap regret is an approximate equilibrium, exact in the limit",
        (facts.approximate_pair(),),
        quantifier="exists",
    ),
    Part(
        "menu property",
        "with a common U_2 no type envies another type's commitment: U_1^g(x*_h, b*_h) <= StackVal_1(g)",
        (
            Enumeration(
                statement="U_1^g(x*_h, b*_h) <= StackVal_1(g)",
                elements=random_menus,
                predicate=q.menu_holds,
                settings=Settings(({"seed": 4, "games": 40},), ({"seed": 5, "games": 200},)),
                argument="Pair by pair, exactly; in general the set {(x, b): b a best reply to x} does not depend on the type.",
            ),
        ),
    ),
)

IMPOSSIBILITY = claim(
    "C6",
    "A partially informed player cannot always get hers",
    "In I(γ, β) with p_1 = 1 and any channel of player 2 with full support, no equilibrium has Ū_2 >= B_2, for all γ, β, π in (0, 1) and every horizon; "
    "the gap is at least min{π(1 − β), (1 − π)β(1 − γ)ϱ}.",
    Source("abstract, Theorem 3.2; games and proof ours", "reconstructed"),
    "<",
    Bound(pi + (1 - pi) * beta, "B_2 = π + (1 − π)β"),
    Part(
        "multipliers",
        "B_2 − Ū_2 is a non-negative combination of the constraints, plus κ(1 − γ)π",
        (facts.multiplier_identity(facts.IDENTITY_ARGUMENT),),
    ),
    Part("coefficient of (a, l)", "P2·β − κ(1 − γ)P1 >= 0, as a sum", (facts.tough_coefficient(beta),)),
    Part("coefficient of (a, r)", "P2·(1 + β) − κ(1 − γ)P1 >= 0, as a sum", (facts.tough_coefficient(1 + beta),)),
    Part("gap", "κ(1 − γ)π > 0", (facts.positive_gap(),)),
    Part(
        "second opinion",
        "with two signals, γ, β, π and the channel symbolic, no outcome meets the constraints and reaches B_2",
        (Satisfiability(script=facts.two_signals(), expected="unsat", argument="Two solvers on the constraints themselves, without the multipliers."),),
        beside=True,
    ),
    Part(
        "at numbers",
        "R0 < B_2",
        (program(q.level("R0"), "<", q.benchmark, Settings(STANDARD, MORE), decode=q.outcomes, quantity=q.second_payoff),),
        beside=True,
    ),
)

TENTHS = tuple(F(i, 10) for i in range(1, 10))
ERASED_GRID = tuple({"gamma": a, "beta": F(1, 2), "pi": F(1, 2), "channel": "erasure", "p": p} for a in TENTHS for p in TENTHS)
PRECISE_GRID = tuple({"gamma": a, "beta": b, "pi": F(1, 2), "p": F(99, 100)} for a in TENTHS for b in TENTHS)

ERASED = tuple(
    {"gamma": F(a), "beta": F(b), "pi": F(c), "channel": "erasure", "p": F(p)}
    for a, b, c, p in (
        ("1/4", "1/2", "1/2", "1/2"),
        ("1/4", "1/2", "1/2", "9/10"),
        ("1/4", "1/2", "1/2", "3/4"),
        ("1/10", "9/10", "1/3", "1/2"),
        ("1/10", "9/10", "1/3", "9/10"),
        ("1/3", "1/5", "3/4", "1/7"),
    )
)

ERASURE = claim(
    "C6e",
    "Erasure: what γ has to do with the precision",
    "R0 = B_2 iff γ >= 1 − p; else B_2 − R0 = (1 − p − γ)·min{(1 − π)β, π(1 − β)/(1 − γ)}. With fallback (T = ∞) impossibility holds for all γ, p < 1: "
    "R2 = p·B_2 + (1 − p)·V*(0).",
    Source("reading of the γ that depends on p*", "reconstructed"),
    "==",
    Bound(sp.Symbol("gap"), "the closed form of B_2 − R0"),
    Part("R0", "R0 = B_2 − the closed form", (program(q.level("R0"), "==", q.after_erasure, Settings(ERASED, ERASED_GRID)),)),
    Part("R2", "R2 = p·B_2 + (1 − p)·V*(0)", (program(q.level("R2"), "==", q.erased_value, Settings(ERASED)),)),
    Part("R1", "R1 < B_2 for every γ < 1, p < 1", (program(q.level("R1"), "<", q.benchmark, Settings(ERASED)),)),
)

SYMMETRIC = tuple(
    {"gamma": F(a), "beta": F(b), "pi": F(c), "channel": "symmetric", "q": F(right)}
    for a, b, c, right in (("1/4", "1/2", "1/2", "3/4"), ("1/3", "1/2", "1/2", "4/5"), ("1/2", "1/5", "2/3", "9/10"))
)

KNAPSACK = claim(
    "C7",
    "The bound R0 in closed form",
    "R0 is a knapsack: spend the budget γ on the signals that speak most for game 2, buy more at unit price π(1 − β)/(1 − γ) while it pays. It bounds "
    "player 2 at every equilibrium, every horizon, and in every class of strategies closed under exchanging type-plans.",
    OURS,
    "==",
    Bound(sp.Symbol("R0"), "the knapsack formula"),
    Part(
        "knapsack",
        "R0 by its program is the knapsack value",
        (
            program(
                q.level("R0"),
                "==",
                q.knapsack,
                Settings(
                    (*STANDARD, q.at("1/4", "1/2", "1/2", 1), *SYMMETRIC, *ERASED[:2]),
                    (
                        *MORE,
                        {
                            "gamma": F(1, 5),
                            "beta": F(2, 3),
                            "pi": F(3, 7),
                            "Q": ((F(1, 2), F(1, 4), F(1, 8), F(1, 8)), (F(1, 8), F(1, 8), F(1, 4), F(1, 2))),
                        },
                    ),
                ),
                decode=q.outcomes,
                quantity=q.second_payoff,
            ),
            Enumeration(
                statement="R0 by its program is the knapsack value, and B_2 − R0 >= min{π(1 − β), (1 − π)β(1 − γ)ϱ} > 0",
                elements=q.random_numbers,
                predicate=q.is_knapsack,
                settings=RANDOM_FAMILIES,
                argument="Random parameters and channels of full support, exactly, one by one.",
            ),
        ),
    ),
    Part(
        "symmetric channel",
        "B_2 − R0 = (1 − π)β(1 − q)(1 − γ)/q when 1 − q <= γ and the price is not worth paying",
        (program(q.level("R0"), "==", q.symmetric_value, Settings(SYMMETRIC)),),
    ),
)

BEST = claim(
    "C8",
    "The best equilibrium of a partially informed player, exactly",
    "T = ∞, p_1 = 1, full-support channel: the greatest payoff of player 2 at an equilibrium is V*(Q) = Σ_s max over z in {z_0, 1} of "
    "πQ(s|1)(1 − (1 − β)w(z)) + (1 − π)Q(s|2)βz, z_0 = max(γ, 1/(1 + β)), w(z) = (z − γ)/(1 − γ); it stays π(1 − β)w(z_0) below B_2 "
    "however precise the signal.",
    OURS,
    "==",
    Bound(sp.Symbol("V_star"), "V*(Q)"),
    Part(
        "upper bound",
        "R2 = V*",
        (
            program(
                q.level("R2"),
                "==",
                q.best_value,
                Settings((*STANDARD, *MORE), (*({k: v for k, v in row.items() if k != "stated"} for row in BEST_VALUES), *PRECISE_GRID)),
                "R2 bounds player 2 at every equilibrium: in G_2, which has positive probability after every history that type 1 may mimic, she secures "
                "v_2 from then on (A∞, martingale convergence), and type 1 may mimic and fall back to γ. The program is R2 at the setting.",
                rests_on=("C7",),
                decode=q.outcomes,
                quantity=q.second_payoff,
            ),
        ),
    ),
    Part(
        "attained",
        "the joint plan with items (w(z), z) is an equilibrium of the whole meta-game and pays V*",
        (
            Enumeration(
                statement="every type and signal gets as much as its best response among all algorithms, and player 2 gets V*",
                elements=q.stands,
                predicate=q.stands_still,
                settings=Settings((*STANDARD, *MORE)),
                argument="Values of best responses to finite automata by A6, exactly; an equilibrium of the unrestricted infinite meta-game.",
            ),
            Enumeration(
                statement="R2 = V*, and the joint plan is an equilibrium that pays V*",
                elements=q.random_numbers,
                predicate=q.best_is_attained,
                settings=RANDOM_FAMILIES,
                argument="Random parameters and channels of full support, exactly, one by one; the recursion A6, collapsed along the periods of the plan.",
            ),
        ),
    ),
    Part(
        "table",
        "the printed values of V*",
        (program(q.level("R2"), "==", q.stated_bound, Settings(BEST_VALUES[:6], BEST_VALUES[6:]), rests_on=("C8(upper bound)",)),),
    ),
    Part("uniform gap", "V* <= B_2 − π(1 − β)w(z_0)", (facts.uniform_gap(),)),
)

ITEM = q.at("1/4", "1/2", "1/2", 0, w=F(5, 9), z=F(2, 3))
OTHER_ITEMS = (q.at("1/4", "1/2", "1/2", 0, w=F(7, 9), z=F(5, 6)), q.at("1/4", "1/2", "1/2", 0, w=F(1), z=F(1)))

ROUNDS = tuple(q.at("1/4", "1/2", "1/2", 0, T=rounds) for rounds in (2, 3, 5, 10, 20, 50, 100))

KNOWING = claim(
    "C9",
    "Learning the game is not enough",
    "In I(γ, β) there are equilibria in which player 2 knows the game for certain after round 1 and still gets at most V* < B_2. Against a myopic player 1 "
    "probe-then-commit would earn B_2 − (1 − π)β/T.",
    ABSTRACT,
    "exists",
    Bound(sp.Symbol("V_star"), "V*(Q)"),
    Part(
        "equilibrium",
        "the joint plan with the item (5/9, 2/3)",
        (witness(q.measured(q.single_item_profile, q.temptation), "==", q.nothing, Settings((ITEM, *OTHER_ITEMS))),),
        quantifier="exists",
    ),
    Part(
        "value",
        "it pays player 2 at most V*",
        (witness(q.measured(q.single_item_profile, q.value_of_second), "<=", q.best_value_of, Settings((ITEM, *OTHER_ITEMS))),),
        quantifier="exists",
    ),
    Part("below B_2", "V* < B_2", (witness(q.best_value_of, "<", q.benchmark_of, Settings((ITEM,))),), quantifier="exists"),
    Part(
        "myopic",
        "probe-then-commit earns B_2 − (1 − π)β/T",
        (
            facts.myopic_value(),
            witness(
                q.probed("myopic"), "==", q.myopic_average, Settings(ROUNDS), argument="Played round by round at T; the identity stands for all T."
            ),
        ),
    ),
    Part(
        "strategic",
        "a strategic type 1 insists for T > 1/(1 − γ), which leaves player 2 β(T − 1)/T",
        (
            facts.strategic_gain(),
            witness(q.probed("strategic"), "==", q.insisted_average, Settings(ROUNDS), argument="Played round by round at T; the identity stands for all T."),
        ),
    ),
)

BOUNDARY = claim(
    "C10",
    "Both perfectly informed",
    "At p_1 = p_2 = 1 each player gets her benchmark in some equilibrium; in I(γ, β), player 2 gets B_2 from (a, l) in G_1 and (b, r) in G_2.",
    OURS,
    "exists",
    Bound(pi + (1 - pi) * beta, "B_2"),
    Part(
        "equilibrium",
        "nobody gains",
        (witness(q.measured(q.informed_profile, q.temptation), "==", q.nothing, Settings(STANDARD, MORE)),),
        quantifier="exists",
    ),
    Part(
        "value",
        "it pays player 2 B_2",
        (witness(q.measured(q.informed_profile, q.value_of_second), ">=", q.two_sided_benchmark, Settings(STANDARD, MORE)),),
        quantifier="exists",
    ),
)

CLAIMS = (
    INFORMED,
    IMPOSSIBILITY,
    ERASURE,
    KNAPSACK,
    BEST,
    KNOWING,
    BOUNDARY,
)
