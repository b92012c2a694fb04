"""False variants of C6 and C8, each refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from fractions import Fraction

from claims import Enumeration, Mutant, Settings
from claims.multi_agent_risks.identities import frontier as facts
from claims.multi_agent_risks.identities.parts import free, inequality, positive
from claims.multi_agent_risks.mutants.kinds import false_inequality, false_program, false_witness
from claims.multi_agent_risks.quantities import frontier as q
from claims.multi_agent_risks.sections.common import Mutants
from claims.parameters import Values

F = Fraction
OPPOSED: Values = {"u": tuple(map(F, (6, 20, 33, 19))), "v": tuple(map(F, (39, 14, 5, 25)))}
"""An opposed game whose mixed equilibrium is dominated in the hull: it is not affinely zero-sum."""
CONSTANT: Values = {"u": (F(1),) * 4, "v": tuple(map(F, (1, 2, 3, 4))), "law": (F(1, 4),) * 4}
"""A game in which the weights (1, 0) make the weighted sum constant, and uniform play."""


def pure_only(size: int, levels: int) -> Mutant:
    """Every matrix has a saddle point."""
    return Mutant(
        "every 3×3 matrix over {0, 1, 2} has a saddle point",
        (
            Enumeration(
                statement="the matrix has a saddle point",
                elements=q.matrices,
                predicate=q.has_saddle_point,
                quantity=q.pure_gap,
                relation="==",
                bound=lambda a, parameters: F(0),
                settings=Settings(({"m": size, "levels": levels},)),
            ),
        ),
    )


MUTANTS: Mutants = {
    "C6": (
        false_program(
            "mixed equilibria of opposed games are efficient in the hull",
            q.domination,
            "<=",
            q.nothing,
            OPPOSED,
            decode=q.dominating_law,
            quantity=q.total_gain,
        ),
        false_program(
            "some weights λ >= 0, λ ≠ 0 suffice", q.domination, "<=", q.nothing, CONSTANT, decode=q.dominating_law, quantity=q.total_gain
        ),
        false_inequality(
            "ours: weights are needed without full support too",
            inequality(
                (facts.W - facts.mu * facts.w) / (1 - facts.mu), ">", facts.W, ((facts.mu, 0, 1), *free(facts.w, facts.W)),
                where=positive(1 - facts.mu, facts.W - facts.w),
            ),
        ),
    ),
    "C8": (
        false_witness("equilibria of common-interest games are interchangeable", q.cross_play, ">=", q.equilibrium_payoff, {"m": 2}, q.convention_of),
        pure_only(3, 3),
        false_witness(
            "ours: an equilibrium strategy of a common-interest game guarantees the equilibrium payoff",
            q.equilibrium_guarantee,
            ">=",
            q.equilibrium_payoff,
            {"m": 3},
            q.convention_of,
        ),
    ),
}
