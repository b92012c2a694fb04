"""False variants of C11 and C12, each refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.identities import economics as facts
from claims.multi_agent_risks.identities.parts import inequality
from claims.multi_agent_risks.mutants.kinds import false_inequality, false_witness
from claims.multi_agent_risks.quantities import economics as q
from claims.multi_agent_risks.sections.common import Mutants
from claims.parameters import Values
from exact.reals import Real

F = Fraction
DILEMMA: Values = {"T": F(5), "R": F(3), "P": F(1), "S": F(0)}


def nothing(instance: Any, parameters: Values) -> Real:
    """0."""
    return F(0)


MUTANTS: Mutants = {
    "C11": (
        false_witness("the ratio is 4/(n + 1)", q.rent_ratio, "==", lambda i, p: F(4, p["n"] + 1), {"n": 2}),
        false_witness("the ratio stays at least 1/2", q.rent_ratio, ">=", lambda i, p: F(1, 2), {"n": 6}),
        false_inequality(
            "ours: the ratio rises in n",
            inequality(4 * (facts.n + 1) / (facts.n + 2) ** 2, ">", 4 * facts.n / (facts.n + 1) ** 2, ((facts.n, 1, None),)),
        ),
    ),
    "C12": (
        false_witness(
            "(T − R)/(T − S) suffices", q.grim_temptation, "<=", nothing, {**DILEMMA, "delta": F(9, 20)}, q.payoffs_of
        ),
        false_witness("the Cournot threshold falls in n", q.next_cournot_discount, "<=", q.cournot_discount, {"n": 2}),
        false_witness("tit for tat needs no more than the grim trigger", q.tit_for_tat_discount, "==", q.grim_discount, DILEMMA, q.payoffs_of),
        false_witness(
            "ours: linking markets changes nothing", q.linked_discount, "==", q.separate_discount, {"s": F(1, 4)}, lambda p: p["s"]
        ),
    ),
}
