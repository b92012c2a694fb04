"""False variants of C44, each refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from fractions import Fraction

from claims.multi_agent_risks.mutants.kinds import false_program, false_witness
from claims.multi_agent_risks.quantities import mitigations as q
from claims.multi_agent_risks.sections.common import Mutants
from claims.parameters import Values

F = Fraction
CHICKEN: Values = {"u": tuple(map(F, (6, 2, 7, 0))), "v": tuple(map(F, (6, 7, 2, 0)))}
RANK_CHICKEN: Values = {"u": tuple(map(F, (3, 2, 4, 1))), "v": tuple(map(F, (3, 4, 2, 1)))}
RANK_DILEMMA: Values = {"u": tuple(map(F, (3, 1, 4, 2))), "v": tuple(map(F, (3, 4, 1, 2)))}
DILEMMA: Values = {"T": F(5), "R": F(3), "P": F(1), "S": F(0)}

MUTANTS: Mutants = {
    "C44": (
        false_program("correlation helps in the prisoner's dilemma", q.correlation_program, ">", q.best_nash_welfare, RANK_DILEMMA),
        false_program(
            "no correlated equilibrium beats the best Nash welfare",
            q.correlation_program,
            "<=",
            q.best_nash_welfare,
            CHICKEN,
            decode=q.law,
            quantity=q.welfare,
        ),
        false_witness("ours: the tax max(T − R, P − S) itself makes C strictly dominant", q.dominance_margin, ">", q.nothing, {**DILEMMA, "tax": F(2)}),
        false_program("ours: correlation helps in Chicken whatever the payoffs", q.correlation_program, ">", q.best_nash_welfare, RANK_CHICKEN),
    ),
}
