"""C1 to C4: one stage game. What commitment is worth, and what a learner must not regret."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Experiment, Part, Settings, Source
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.named_games import random_games
from claims.strategic_learning.sections.common import (
    ALL_GAMES,
    OURS,
    RANDOM,
    claim,
    games,
    program,
    witness,
)

F = Fraction

STACKELBERG = claim(
    "C1",
    "The Stackelberg value, three ways",
    "Multiple programs (A1), one program over cells (A2), and the greatest payoff at outcomes without swap regret, W(0), are equal.",
    Source("benchmark of the abstract; standard", "restated"),
    "==",
    Bound(sp.Symbol("StackVal_1"), "StackVal_1(G)"),
    Part(
        "A1 = A2",
        "multiple programs and the correlated commitment",
        (
            program(q.correlated, "==", q.stackelberg_value, ALL_GAMES, decode=q.outcome, quantity=q.first_payoff),
            Enumeration(
                statement="A1 = A2 = W(0), each an exact optimum with its proof",
                elements=random_games,
                predicate=q.three_ways_agree,
                settings=RANDOM,
                argument="In general: the columns of a feasible outcome, normalised, are mixtures to which the column is a best reply, so its payoff is an "
                "average of values of feasible pairs, and a feasible pair is an outcome. Here: exactly, game by game.",
            ),
        ),
    ),
    Part("A2 = W(0)", "no swap regret", (program(q.cap, "==", q.stackelberg_value, ALL_GAMES),)),
)

ORDER = claim(
    "C2",
    "The order of the values",
    "v_1 <= every Nash payoff of player 1 <= max over correlated equilibria <= StackVal_1 <= F_1; the follower gets at least v_2.",
    OURS,
    "<=",
    Bound(sp.Symbol("F_1"), "F_1(G)"),
    Part(
        "chain",
        "v_1 <= NE <= CE <= StackVal_1 <= F_1",
        (
            Enumeration(
                statement="v_1 <= min NE <= max NE <= max CE <= StackVal_1 <= F_1",
                elements=random_games,
                predicate=q.order_holds,
                settings=RANDOM,
                argument="Programs with proofs, and all extreme equilibria. In general: each set of outcomes contains the one before, and a best reply "
                "secures v_2.",
            ),
        ),
    ),
    Part(
        "follower",
        "the follower gets at least v_2 at a Stackelberg profile",
        (
            Enumeration(
                statement="U_2(x*, b*) >= v_2",
                elements=random_games,
                predicate=q.follower_is_safe,
                settings=RANDOM,
                argument="At the computed profiles; in general a best reply to any mixture earns at least v_2.",
            ),
        ),
    ),
    Part(
        "strict",
        "F_1 can exceed StackVal_1",
        (
            program(
                q.folk,
                "==",
                q.stated_bound,
                Settings(({"game": "DSS(1/10)", "stated": F(2)},)),
                "F_1 = 2 on DSS(1/10), whose StackVal_1 is 0 (C1).",
            ),
        ),
        quantifier="exists",
    ),
)

RUNS = {"quick": 52, "standard": 60, "full": 240}
HORIZONS = Settings(({"T": 2000},), ({"T": 20000},))
LISTED_RUNS = tuple(
    tuple({"learner": learner, "T": rounds, "seed": seed} for learner in ("Hedge", "Blum-Mansour") for seed in range(1, count + 1))
    for rounds, count in ((2000, 3), (20000, 12))
)
EPS = (F(0), F(1, 100), F(1, 10))
CAP_SETTINGS = Settings(tuple({"game": name, "eps": eps} for name in ("CS/4", "DSS(1/10)", "I1", "never best") for eps in EPS))

REGRET_CAP = claim(
    "C3",
    "A follower without swap regret caps the leader at her Stackelberg value",
    "For every outcome μ with SR(μ) <= ε: U_1(μ) <= W(ε) <= StackVal_1 + Kε, K = M/min|g_b|, all margins g_b ≠ 0. External regret is not enough.",
    Source("ingredient of the positive theorem; constant chosen here", "reconstructed"),
    "<=",
    Bound(sp.Symbol("StackVal_1") + sp.Symbol("K") * sp.Symbol("epsilon"), "StackVal_1 + Kε"),
    Part("cap", "W(ε) <= StackVal_1 + Kε", (facts.mixing_loss(), program(q.cap, "<=", q.capped, CAP_SETTINGS))),
    Part(
        "slope",
        "W(ε') <= W(ε) + y(ε' − ε) for all ε', with the least such y",
        (
            program(
                q.slope,
                "==",
                q.stated_bound,
                Settings(
                    tuple({"game": "CS/4", "eps": eps, "stated": F(1, 8)} for eps in EPS)
                    + tuple({"game": "DSS(1/10)", "eps": eps, "stated": F(2)} for eps in EPS)
                ),
                "W is a concave function of the right side of one row; every optimal multiplier of that row is a supergradient, and the program finds the "
                "least.",
            ),
        ),
    ),
    Part(
        "two columns",
        "with two columns W_ext(0) = StackVal_1",
        (program(q.external_cap, "==", q.stackelberg_value, Settings(games("CS", "CS/4", "I1", "I2", "matching pennies"))),),
    ),
    Part(
        "three columns",
        "with three columns no external regret is not enough: W_ext(0) = 2(1 + ε)/(2 + ε) on DSS(ε)",
        (program(q.external_cap, "==", q.stated_bound, Settings(({"game": "DSS(1/10)", "stated": F(22, 21)},))),),
        quantifier="exists",
    ),
    Part(
        "Hedge is exploited",
        "Up, then Down, against Hedge pays more than 1/2 on DSS(1/10), where StackVal_1 = 0",
        (
            Experiment(
                event="the run pays player 1 more than 1/2",
                trial=q.hedge_is_exploited,
                relation=">=",
                probability=lambda p: F(9, 10),
                trials=RUNS,
                settings=HORIZONS,
                argument="StackVal_1 is 0; the limit is 1 − ε = 9/10.",
            ),
        ),
        beside=True,
    ),
    Part(
        "Blum–Mansour is not",
        "the same play against a learner without swap regret pays less than 0, and never more than the cap of the run",
        (
            Experiment(
                event="the run pays player 1 less than 0",
                trial=q.cap_holds_on_the_run,
                relation=">=",
                probability=lambda p: F(9, 10),
                trials=RUNS,
                settings=HORIZONS,
                argument="The cap StackVal_1 + 2·SR is asserted on every run in exact arithmetic.",
            ),
        ),
        beside=True,
    ),
    Part(
        "runs",
        "on every listed run U_1 <= StackVal_1 + 2·SR",
        (
            witness(
                q.paid_on_the_run, "<=", q.cap_of_the_run, Settings(*LISTED_RUNS), instance=q.run_on_three_columns,
                argument="The counts of a run are an outcome like any other, so C3 says it of all runs; here the kernel adds it up run by run.",
            ),
        ),
        beside=True,
    ),
)

LOSS = tuple({"game": "CS/4", "lam": F(1, 20), "rho": rho} for rho in (F(0), F(1, 100), F(1, 20)))

COMMITMENT = claim(
    "C4",
    "What commitment guarantees against a no-regret learner",
    "Payoffs in [0, 1], g = g_{b*} > 0, external regret <= ρ per round against x_λ: Ū_1 >= StackVal_1 − λ − ρ/(λg); at λ = √(ρ/g), StackVal_1 − 2√(ρ/g).",
    Source("ingredient of the positive theorem; constants chosen here", "reconstructed"),
    ">=",
    Bound(sp.Symbol("StackVal_1") - facts.lam - facts.rho / (facts.lam * facts.g), "StackVal_1 − λ − ρ/(λg)"),
    Part("bound", "Ū_1 >= StackVal_1 − λ − ρ/(λg)", (facts.guarantee(), program(q.worst_case, ">=", q.guaranteed, Settings(LOSS)))),
    Part("tuned", "λ = √(ρ/g) gives StackVal_1 − 2√(ρ/g)", (facts.tuned(),)),
    Part("worst case", "CS/4 at λ = 1/20: exactly 139/160 − 10ρ", (program(q.worst_case, "==", q.exact_worst_case, Settings(LOSS)),)),
    Part(
        "simulated",
        "x_λ of CS/4 against Blum–Mansour",
        (
            Experiment(
                event="the run pays player 1 more than 1/2, her payoff in the only equilibrium of the stage game",
                trial=q.commitment_pays,
                relation=">=",
                probability=lambda p: F(9, 10),
                trials=RUNS,
                settings=Settings(({"T": 2000},), ({"T": 20000}, {"T": 20000, "feedback": "bandit"}), ({"T": 100_000, "feedback": "bandit"},)),
                argument="The cap 7/8 + SR/8 of C3 is asserted on every run in exact arithmetic.",
            ),
        ),
        beside=True,
    ),
)

CLAIMS = (
    STACKELBERG,
    ORDER,
    REGRET_CAP,
    COMMITMENT,
)
