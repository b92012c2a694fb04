"""C12 to C15: what can be enumerated, and what the positive theorem needs."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Part, Settings, Source
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.algorithms import stackelberg
from claims.strategic_learning.named_games import TIED_GAMES
from claims.strategic_learning.printed_tables import FEEDBACK, RESTRICTED, SCANS
from claims.strategic_learning.sections.common import (
    HALF,
    OURS,
    claim,
    program,
    witness,
)

F = Fraction

QUICK_ROWS, STANDARD_ROWS = (tuple(row for row in RESTRICTED if (row.get("T") == 3) is late) for late in (False, True))
BY_ENUMERATION = "All profiles of the class, type by type and signal by signal, in exact integers."

RESTRICTED_CLASSES = claim(
    "C12",
    "Restricted meta-games, exhaustively",
    "In I(1/4, 1/2), π = 1/2, `resample`, the pure equilibria among plans of at most 3 rounds, memory-one strategies and two-state machines: their numbers and "
    "payoffs are as printed. With p < 1 all have Ū_2 <= R0 < B_2; with p = 1 the best has Ū_2 = B_2; one always pays player 1 her benchmark.",
    OURS,
    "==",
    None,
    Part(
        "table",
        "number of equilibria, max Ū_2, min Ū_1 (min Ū_2 = 1/2, max Ū_1 = 1)",
        (
            Enumeration(
                statement="the printed row",
                elements=q.restricted_summary,
                predicate=q.is_as_printed,
                settings=Settings(QUICK_ROWS, STANDARD_ROWS),
                argument=BY_ENUMERATION,
            ),
        ),
    ),
    Part(
        "bound",
        "Ū_2 <= R0 < B_2 for p < 1, and max Ū_2 = B_2 for p = 1",
        (
            Enumeration(
                statement="max Ū_2 against R0 and B_2",
                elements=q.restricted_summary,
                predicate=q.obeys_the_bound,
                settings=Settings(QUICK_ROWS, STANDARD_ROWS),
                argument=BY_ENUMERATION,
            ),
        ),
    ),
)

FEEDBACK_MATTERS = claim(
    "C13",
    "Player 2 must see her own payoffs",
    "In E with p_1 = 1, p_2 = 0: if player 2 sees only actions, every equilibrium has Ū_1 = 0 < 1/10 = B_1; if she sees her own payoffs, the best has "
    "(T − 1)/(10T).",
    Source("what C5 needs", "reconstructed"),
    "<",
    Bound(sp.Rational(1, 10), "B_1 = 1/10"),
    Part(
        "enumerated",
        "all equilibria among deterministic plans: payoffs and number",
        (
            Enumeration(
                statement="the payoffs and the number of equilibria are as printed, and below 1/10",
                elements=q.feedback_summary,
                predicate=q.feedback_as_printed,
                settings=Settings(FEEDBACK),
                argument="All plans. In general, with actions only: both types want the same, so r has the same frequency ρ in both games; player 2 can "
                "have 9/10 by l for ever, so 9/10·(1 − ρ) + ρ/10 >= 9/10 and ρ = 0.",
            ),
        ),
    ),
    Part(
        "benchmark", "B_1 = 1/10", (witness(q.feedback_benchmark, "==", q.stated, Settings(({"stated": F(1, 10)},))),), quantifier="exists"
    ),
)

frequency = sp.Symbol("frequency", real=True)

TIES = claim(
    "C14",
    "Ties with a single row",
    "One row, U_2 = 0, U_1 = (1, 0) or (0, 1) with equal probability, p_2 = 0: with ties in the leader's favour B_1 = 1, but Ū_1 = 1/2 whatever player 2 does.",
    Source("what C5 needs", "reconstructed"),
    "<",
    Bound(sp.S.One, "B_1 = 1"),
    Part(
        "payoff",
        "Ū_1 = 1/2 at every frequency of l",
        (
            facts.relation(
                frequency / 2 + (1 - frequency) / 2,
                "==",
                HALF,
                (frequency, 0, 1),
                argument="Player 2 cannot tell the games apart, so l has the same frequency in both; it pays player 1 in one of them and r in the other.",
            ),
        ),
    ),
    Part(
        "benchmark",
        "StackVal_1 = 1 in both games",
        (
            program(
                lambda p: stackelberg.correlated_program(TIED_GAMES[p["number"]]),
                "==",
                lambda p: F(1),
                Settings(({"number": 0}, {"number": 1})),
            ),
        ),
    ),
)

MINIMAL = claim(
    "C15",
    "The smallest families in which knowledge is power",
    "2×2, two different games, common U_2, uniform prior, p_2 = 0: R0 < B_2 in 0 of 1920 families with payoffs in {0, 1}, and in 72 of 9720 with U_2 in "
    "{0, 1, 2}: (B_2, R0) = (3/2, 1) 40 times, (7/4, 3/2) 20 times, (5/4, 1) 12 times.",
    OURS,
    "==",
    None,
    Part(
        "scan",
        "the numbers of families",
        (
            Enumeration(
                statement="the printed numbers",
                elements=q.scan_summary,
                predicate=q.scan_as_printed,
                settings=Settings(SCANS),
                argument="Every family. If some pair of pure cells satisfies the constraints of R0 and pays player 2 B_2, then R0 >= B_2; the others are "
                "settled by exact programs.",
            ),
        ),
    ),
)

CLAIMS = (
    RESTRICTED_CLASSES,
    FEEDBACK_MATTERS,
    TIES,
    MINIMAL,
)
