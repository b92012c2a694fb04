"""C44: what some mitigations are worth."""

from __future__ import annotations

from fractions import Fraction

from claims import Part, Settings, Source
from claims.multi_agent_risks.evaluations.mitigations import EVALUATIONS
from claims.multi_agent_risks.identities import mitigations as facts
from claims.multi_agent_risks.identities.parts import figures
from claims.multi_agent_risks.mutants.mitigations import CHICKEN, DILEMMA, MUTANTS, RANK_CHICKEN, RANK_DILEMMA
from claims.multi_agent_risks.quantities import mitigations as q
from claims.multi_agent_risks.sections.common import claim, program
from claims.parameters import Values

F = Fraction
EQUILIBRIA = "The program ranges over all correlated equilibria of the game: laws over its four outcomes with the four obedience constraints."


def best_equilibrium(name: str, statement: str, *settings: Values) -> Part:
    """The greatest welfare of a correlated equilibrium against the printed one."""
    return Part(
        name,
        statement,
        (
            program(
                q.correlation_program, "==", q.printed, Settings(settings), EQUILIBRIA, decode=q.law, quantity=q.welfare, family=q.family,
            ),
        ),
    )


MITIGATIONS = claim(
    "C44",
    "What mitigations are worth",
    "A correlation device: in Chicken (6,6 / 2,7 / 7,2 / 0,0) the best Nash welfare is 28/3, the best correlated equilibrium has 21/2 by the law "
    "(1/2, 1/4, 1/4, 0); with ranks as payoffs it gains nothing (6); a prisoner's dilemma cannot be helped. A tax on defection makes C strictly dominant iff "
    "it exceeds max(T − R, P − S). Damping: trend followers' gains times θ are stable iff θ < 1/Σk_i. Disclosing B's type in C16 saves the waste of war. "
    "(Redundancy, n >= 3f + 1: C38.)",
    Source("§4, implications; Aumann (1974)", "restated"),
    "==",
    None,
    (
        *facts.correlation_parts(),
        best_equilibrium("(a) Chicken", "the best correlated equilibrium has 21/2", {**CHICKEN, "stated": F(21, 2)}),
        figures(
            "(a) law", "(1/2, 1/4, 1/4, 0) is a correlated equilibrium with 21/2", q.welfare,
            ({**CHICKEN, "law": (F(1, 2), F(1, 4), F(1, 4), F(0)), "stated": F(21, 2)},), q.given_law,
        ),
        figures("(a) best Nash welfare", "it is 28/3", q.nash_welfare, ({**CHICKEN, "stated": F(28, 3)},)),
        figures("(a) mixed equilibrium", "14/3 for each", q.mixed_payoff, ({**CHICKEN, "stated": F(14, 3)},)),
        best_equilibrium("(a) Chicken with ranks", "6, which is the welfare of both pure equilibria", {**RANK_CHICKEN, "stated": F(6)}),
        best_equilibrium("(b) prisoner's dilemma with ranks", "4, which is the welfare of the equilibrium", {**RANK_DILEMMA, "stated": F(4)}),
        *facts.tax_parts(),
        figures("(c) figure", "2 at (5, 3, 1, 0)", q.dominance_tax, ({**DILEMMA, "stated": F(2)},)),
        *facts.damping_parts(),
        facts.disclosure_part(),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (MITIGATIONS,)
