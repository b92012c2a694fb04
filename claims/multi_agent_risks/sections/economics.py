"""C11, C12: commons and sustained collusion."""

from __future__ import annotations

from fractions import Fraction

from claims import Bound, Part, Settings, Source
from claims.multi_agent_risks.evaluations.economics import EVALUATIONS
from claims.multi_agent_risks.identities import economics as facts
from claims.multi_agent_risks.identities.parts import figures
from claims.multi_agent_risks.mutants.economics import DILEMMA, MUTANTS
from claims.multi_agent_risks.quantities import economics as q
from claims.multi_agent_risks.sections.common import claim, witness

F = Fraction
n = facts.n

COMMONS = claim(
    "C11",
    "The tragedy of the commons",
    "Linear inverse demand, zero cost, n agents: equilibrium rent over optimal rent is 4n/(n + 1)², strictly decreasing in n, with limit 0.",
    Source("§2.2, social dilemmas", "reconstructed"),
    "==",
    Bound(4 * n / (n + 1) ** 2),
    (
        *facts.commons_parts(),
        figures(
            "(d) figures",
            "8/9, 3/4, 16/25, 5/9, 24/49 for n = 2, …, 6",
            q.rent_ratio,
            tuple({"n": size, "stated": F(value)} for size, value in enumerate(("8/9", "3/4", "16/25", "5/9", "24/49"), 2)),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

COURNOT = tuple({"n": size, "stated": F(value)} for size, value in enumerate(("9/17", "4/7", "25/41", "9/14", "49/73"), 2))
LOGIT = (
    {"figure": "deviation price", "stated": F("1.66169"), "within": F(1, 200_000)},
    {"figure": "deviation profit", "stated": F("0.41169485"), "within": F(1, 200_000_000)},
    {"figure": "critical discount", "stated": F("0.393098"), "within": F(1, 2_000_000)},
)

COLLUSION = claim(
    "C12",
    "From which discount factor on collusion is sustained",
    "Grim trigger sustains cooperation in the prisoner's dilemma iff δ >= (T − R)/(T − P), which every equilibrium with perpetual C needs; n-firm Bertrand iff "
    "δ >= 1 − 1/n; linear Cournot with reversion to the equilibrium iff δ >= (n + 1)²/((n + 1)² + 4n). Two Bertrand markets with shares s, 1 − s: separate "
    "δ >= max(s, 1 − s), linked δ >= 1/2.",
    Source("§2.3, collusion in markets; Friedman (1971), Bernheim and Whinston (1990)", "restated"),
    "iff",
    None,
    (
        *facts.dilemma_parts(),
        *facts.market_parts(),
        Part(
            "(f) logit duopoly",
            "deviation price 1.66169, profit 0.41169485, δ* = 0.393098, to the digits printed",
            (witness(q.logit_error, "<=", q.tolerance, Settings(LOGIT), argument="The roots of the first-order conditions, each proved to be the only one."),),
            quantifier="exists",
            beside=True,
        ),
        figures("(g) prisoner's dilemma", "grim trigger 1/2 at (5, 3, 1, 0)", q.grim_discount, ({**DILEMMA, "stated": F(1, 2)},), q.payoffs_of, beside=True),
        figures("(g) tit for tat", "2/3 at (5, 3, 1, 0)", q.tit_for_tat_discount, ({**DILEMMA, "stated": F(2, 3)},), q.payoffs_of, beside=True),
        figures("(g) Cournot", "9/17, 4/7, 25/41, 9/14, 49/73 for n = 2, …, 6", q.cournot_discount, COURNOT, beside=True),
        figures("(g) separate markets", "3/4 at s = 1/4", q.separate_discount, ({"s": F(1, 4), "stated": F(3, 4)},), lambda p: p["s"], beside=True),
        figures("(g) linked markets", "1/2 at s = 1/4", q.linked_discount, ({"s": F(1, 4), "stated": F(1, 2)},), lambda p: p["s"], beside=True),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (COMMONS, COLLUSION)
