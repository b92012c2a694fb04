"""C13–C16: information asymmetries."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Bound, Enumeration, LinearProgram, Part, Settings, Source
from claims.formulations import Quantity
from claims.multi_agent_risks.evaluations.information import EVALUATIONS
from claims.multi_agent_risks.identities import information as facts
from claims.multi_agent_risks.identities.parts import figures
from claims.multi_agent_risks.models.bilateral_trade import monomial
from claims.multi_agent_risks.mutants.information import CRISIS, MUTANTS
from claims.multi_agent_risks.quantities import information as q
from claims.multi_agent_risks.sections.common import claim, program
from claims.parameters import Values

F = Fraction
n = facts.n
REPORT = Source("§3.1, information asymmetries")


# C13

PAIRS = (
    {"F": monomial(1), "G": monomial(1), "stated": F(1, 6)},
    {"F": monomial(2), "G": monomial(2), "stated": F(2, 15)},
    {"F": monomial(2), "G": monomial(1), "stated": F(1, 4)},
)
POWERS = tuple({"F": monomial(a), "G": monomial(b)} for a in range(1, 5) for b in range(1, 5))
MIXTURES = ({"F": (F(0), F(2), F(-1)), "G": (F(0), F(1, 2), F(1, 2))}, {"F": (F(0), F(0), F(3), F(-2)), "G": (F(0), F(3, 2), F(-3, 4), F(1, 4))})

CONTINUOUS_TRADE = claim(
    "C13",
    "Efficient trade under private information needs a subsidy",
    "Independent private values with positive densities on overlapping intervals: a mechanism that trades efficiently, is Bayesian incentive compatible and "
    "interim individually rational needs a subsidy of at least ∫ G(1 − F) > 0 over the overlap. With uniform types the second best trades iff v − c "
    ">= 1/4 and "
    "has 27/32 of the first best, the seller's best offer 3/4.",
    Source(f"{REPORT.locator}, bargaining; Myerson and Satterthwaite (1983)"),
    ">",
    Bound(sp.S.Zero, "0"),
    (
        facts.envelope(),
        facts.subsidy_identity(),
        facts.power_subsidy(),
        figures("(b) figures", "1/6, 2/15 and 1/4", q.subsidy, PAIRS, q.distributions),
        figures(
            "(b) virtual values",
            "the difference of virtual value and virtual cost integrates to −∫ G(1 − F)",
            q.subsidy,
            (*POWERS, *MIXTURES),
            q.distributions,
            q.overlap_integral,
        ),
        facts.second_best_dual(),
        figures("(c) second best", "its gains are 9/64", q.second_best_gains, ({"margin": F(1, 4), "stated": F(9, 64)},), lambda p: p["margin"]),
        figures("(c) budget", "it needs no subsidy", q.second_best_budget, ({"margin": F(1, 4), "stated": F(0)},), lambda p: p["margin"]),
        figures("(c) ratio", "27/32 of the first best", q.second_best_ratio, ({"margin": F(1, 4), "stated": F(27, 32)},), lambda p: p["margin"]),
        facts.best_offer(),
        figures("(c) seller's offer", "its gains are 1/8", q.posted_gains, ({"stated": F(1, 8)},)),
        figures("(c) offer's ratio", "3/4 of the first best", q.posted_ratio, ({"stated": F(3, 4)},)),
    ),
    MUTANTS,
    EVALUATIONS,
)

# C14

QUICK, STANDARD, FULL = 8, 12, 16


def sized(grid: str, least: int, **more: str) -> Settings:
    """Settings of one grid: n from ``least`` to 8 at quick, to 12 at standard, to 16 at full."""
    rows = {top: tuple({"grid": grid, "n": size, **more} for size in range(low, top + 1)) for low, top in
            ((least, QUICK), (max(least, QUICK + 1), STANDARD), (max(least, STANDARD + 1), FULL))}
    return Settings(rows[QUICK], rows[STANDARD], rows[FULL])


SURPLUS = (
    "The program ranges over all efficient mechanisms, with all interim constraints; only the interim transfers count, so one transfer for each type "
    "is enough."
)
GAINS = (
    "The program ranges over all mechanisms whose payments balance in expectation, with all interim constraints; T_i + R_j − t, t their common mean, has the "
    "same interim means and balances in every state, and the decoded mechanism is measured with these payments."
)


def shares(grid: str, *rows: tuple[int, str]) -> tuple[Values, ...]:
    """Settings with a printed share of the first best."""
    return tuple({"grid": grid, "n": size, "share": F(share)} for size, share in rows)


def two(low_value: str, high_cost: str, stated: str) -> Values:
    """Two types each, β = γ = 1/2, the low cost 0 and the high value 1."""
    half = F(1, 2)
    ends = {"cL": F(0), "vL": F(low_value), "cH": F(high_cost), "vH": F(1)}
    return {"grid": "two_types", "beta": half, "gamma": half, **ends, "stated": F(stated)}


PRINTED = tuple(
    {"grid": "midpoint", "n": size, "stated": F(value)}
    for size, value in enumerate(("1/8", "2/27", "1/32", "0", "-5/216", "-2/49", "-7/128"), 2)
)
TWO_TYPES = (two("2/5", "3/5", "3/20"), two("1/4", "3/4", "0"), two("1/5", "4/5", "-1/20"))
LOPSIDED: tuple[Values, ...] = (
    {"grid": "two_types", "beta": F(1, 3), "gamma": F(3, 4), "cL": F(-1), "vL": F(0), "cH": F(1, 5), "vH": F(2)},
    {"grid": "two_types", "beta": F(9, 10), "gamma": F(1, 7), "cL": F(1), "vL": F(2), "cH": F(7, 3), "vH": F(5, 2)},
)
MIDPOINT_SHARES = Settings(shares("midpoint", *((size, "1") for size in range(2, 6)), (6, "20/21"), (7, "15/16"), (8, "14/15")))
LARGER_SHARES = Settings(shares("midpoint", (10, "252/275"), (12, "165/182")))
INTERLEAVED_SHARES = Settings(shares("interleaved", (1, "1"), (2, "1"), (3, "20/21"), (4, "14/15"), (5, "72/77")))


def surplus_part(name: str, statement: str, settings: Settings, **more: Any) -> Part:
    """The largest surplus by its program against the closed form."""
    return Part(
        name, statement, (program(q.surplus_program, "==", q.closed_surplus, settings, SURPLUS, decode=q.mechanism_of, quantity=q.surplus, **more),)
    )


def second_best_part(name: str, statement: str, settings: Settings, **more: Any) -> Part:
    """The second best against its printed share of the first best."""
    return Part(
        name,
        statement,
        (program(q.gains_program, "==", q.printed_share, settings, GAINS, decode=q.mechanism_of, quantity=q.gains, **more),),
    )


FINITE_TRADE = claim(
    "C14",
    "On coarse grids of types efficient trade is possible after all",
    "Both types uniform on the midpoints (2i − 1)/2n, no trade forced at ties: the largest budget surplus of an efficient mechanism that is incentive "
    "compatible and individually rational (interim) is s(n) = (n − 1)(5 − n)/6n². So efficient trade with balanced payments exists iff n <= 5, and "
    "s(n) → −1/6. "
    "Forced ties: −(n² − 1)/6n². Interleaved grid: (5 − 2n)(n + 1)/12n², feasible iff n <= 2. Two types each: β(1 − γ)(v_H − c_H) + (1 − β)γ(v_L − c_L) − "
    "βγ(c_H − v_L).",
    Source(f"{REPORT.locator}, bargaining; the theorem of C13 on finite grids", "reconstructed"),
    "==",
    Bound((n - 1) * (5 - n) / (6 * n**2), "(n − 1)(5 − n)/6n²"),
    (
        *facts.midpoint_parts(),
        surplus_part("(a) midpoint programs", "s(n) as the optimum over all mechanisms", sized("midpoint", 1)),
        Part(
            "(a) figures",
            "s(2), …, s(8)",
            (
                program(
                    q.surplus_program, "==", q.printed, Settings(PRINTED), SURPLUS,
                    decode=q.mechanism_of, quantity=q.surplus, family=q.surplus_family,
                ),
            ),
        ),
        Part(
            "(b) Farkas",
            "no efficient mechanism with balanced payments exists for these n >= 6",
            (
                LinearProgram(
                    build=q.balanced_program,
                    infeasible=True,
                    settings=sized("midpoint", 6),
                    argument="The constraints of all such mechanisms contradict each other, by the multipliers of the certificate.",
                ),
            ),
        ),
        second_best_part("(b) second best", "the share of the first best: 1 for 2 <= n <= 5, then 20/21, 15/16, 14/15", MIDPOINT_SHARES, family=q.gains_family),
        second_best_part("(b) second best, larger grids", "252/275 at n = 10 and 165/182 at n = 12", LARGER_SHARES),
        surplus_part("(d) programs with forced ties", "−(n² − 1)/6n²", sized("midpoint", 1, ties="forced")),
        *facts.interleaved_parts(),
        surplus_part("(e) interleaved programs", "(5 − 2n)(n + 1)/12n²", sized("interleaved", 1)),
        second_best_part("(e) second best", "the share of the first best: 1, 1, 20/21, 14/15, 72/77", INTERLEAVED_SHARES, family=q.gains_family),
        facts.two_type_part(),
        surplus_part("(f) programs", "two types each", Settings((*TWO_TYPES, *LOPSIDED)), family=q.surplus_family),
        Part("(f) figures", "3/20, 0 and −1/20", (program(q.surplus_program, "==", q.printed, Settings(TWO_TYPES), SURPLUS),)),
    ),
    MUTANTS,
    EVALUATIONS,
)

# C15

PATH = (100, 75, 57, 43, 33, 25, 19, 15, 12, 9, 7, 6, 5, 4, 3)

GOLDEN = ({"n": 100, "alpha": F(3, 2), "stated": F(3)}, {"n": 100, "alpha": F(19, 10), "stated": F(19)})

LEMONS = claim(
    "C15",
    "Lemons: how much of a market is left",
    "Quality uniform on {1/n, …, 1}, worth q to the seller and αq to the buyer, α > 1: the largest price that sustains trade trades the qualities up "
    "to k*/n with "
    "k* = min(n, ⌊α/(2 − α)⌋) for α < 2 and k* = n for α >= 2. The traded fraction tends to 0 for every α < 2, although every quality's trade gains.",
    Source(f"{REPORT.locator}; Akerlof (1970)", "reconstructed"),
    "==",
    Bound(sp.Min(n, sp.floor(facts.alpha / (2 - facts.alpha))), "min(n, ⌊α/(2 − α)⌋) for α < 2, n for α >= 2"),
    (
        *facts.lemons_parts(),
        Part(
            "(d) search",
            "search, unravelling and closed form agree",
            (
                Enumeration(
                    statement="the largest k, searched for, is where the unravelling ends and what the closed form says",
                    elements=q.lemon_markets,
                    predicate=q.search_agrees,
                    settings=Settings(({"most": 24, "fine": 6},), ({"most": 60, "fine": 10},), ({"most": 200, "fine": 20},)),
                    argument="Market by market. In general the unravelling ends at the largest k <= n with k <= α(k + 1)/2, as the buyer's value rises with k.",
                ),
            ),
            beside=True,
        ),
        figures("(d) figures", "k* at n = 100", q.sustained, GOLDEN, beside=True),
        Part(
            "(d) path",
            "the unravelling at n = 100, α = 3/2",
            (
                Enumeration(
                    statement="the numbers of qualities left are as printed",
                    elements=q.printed_path,
                    predicate=q.is_printed_path,
                    settings=Settings(({"n": 100, "alpha": F(3, 2), "path": PATH},)),
                    argument="The rounds one after the other.",
                ),
            ),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

# C16


def crisis_figures(name: str, statement: str, quantity: Quantity, low: str, high: str) -> Part:
    """A number of the crisis at π = 2/5 and at π = 3/5."""
    settings = ({**CRISIS, "pi": F(2, 5), "stated": F(low)}, {**CRISIS, "pi": F(3, 5), "stated": F(high)})
    return figures(name, statement, quantity, settings, q.crisis_of, beside=True)


CRISIS_BARGAINING = claim(
    "C16",
    "Crisis bargaining: the risk–return trade-off",
    "A demands x; B accepts or fights, with cost c_l or (probability π) c_h, 0 <= c_l < c_h <= 1 − p; A's cost is c_A >= 0. The best demand risks war iff "
    "π > (c_l + c_A)/(c_h + c_A); "
    "then war has "
    "probability 1 − π and the expected waste is (1 − π)(c_A + c_l). If A knows B's cost, war never occurs.",
    Source(f"{REPORT.locator}: the trade-off between demands and refusal; Fearon (1995)", "restated"),
    "iff",
    None,
    (
        *facts.crisis_parts(),
        crisis_figures("(d) offers", "A demands 3/5 and 4/5", q.of_crisis(lambda c: c.best_demand()), "3/5", "4/5"),
        crisis_figures("(d) war", "war with probability 0 and 2/5", q.of_crisis(lambda c: c.war_chance(c.best_demand())), "0", "2/5"),
        crisis_figures("(d) values", "worth 3/5 and 16/25", q.of_crisis(lambda c: c.value(c.best_demand())), "3/5", "16/25"),
        crisis_figures("(d) threshold", "the threshold is 1/2", q.of_crisis(lambda c: c.threshold), "1/2", "1/2"),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (CONTINUOUS_TRADE, FINITE_TRADE, LEMONS, CRISIS_BARGAINING)
