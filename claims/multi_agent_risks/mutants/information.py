"""False variants of C13 to C16, each refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from fractions import Fraction

from claims.multi_agent_risks.identities import information as facts
from claims.multi_agent_risks.identities.parts import free, inequality
from claims.multi_agent_risks.models.bilateral_trade import monomial
from claims.multi_agent_risks.models.crisis import Crisis
from claims.multi_agent_risks.mutants.kinds import false_inequality, false_infeasibility, false_program, false_witness
from claims.multi_agent_risks.quantities import information as q
from claims.multi_agent_risks.sections.common import Mutants
from claims.parameters import Values
from exact.reals import Real

F = Fraction
CRISIS: Values = {"p": F(1, 2), "cA": F(1, 10), "cl": F(1, 10), "ch": F(3, 10)}


def cost_ratio_war(crisis: Crisis, parameters: Values) -> Real:
    """The probability of war if the threshold were c_l/c_h."""
    return 1 - crisis.pi if crisis.pi * crisis.high_cost > crisis.low_cost else F(0)


MIDPOINT: Values = {"grid": "midpoint"}

MUTANTS: Mutants = {
    "C13": (
        false_witness(
            "the subsidy is ∫ F(1 − G)", q.subsidy, "==", q.wrong_overlap_integral, {"F": monomial(2), "G": monomial(1)}, q.distributions
        ),
        false_witness(
            "disjoint supports need a subsidy too", q.disjoint_subsidy, ">", q.zero, {}, lambda p: ((F(2), F(3)), (F(0), F(1)))
        ),
        false_witness(
            "ours: trade iff v − c >= 1/5 needs no subsidy", q.second_best_budget, ">=", q.zero, {"margin": F(1, 5)}, lambda p: p["margin"]
        ),
    ),
    "C14": (
        false_infeasibility("infeasible for every n >= 2", q.balanced_program, {**MIDPOINT, "n": 5}, decode=q.mechanism_of),
        false_program(
            "feasible iff n <= 6", q.surplus_program, ">=", q.nothing, {**MIDPOINT, "n": 6}, decode=q.mechanism_of, quantity=q.surplus
        ),
        false_infeasibility(
            "infeasible for n >= 6 even if the seller may not stay away", q.captive_seller_program, {**MIDPOINT, "n": 6}, decode=q.mechanism_of
        ),
        false_program("ours: forcing trade at ties costs nothing", q.surplus_program, "==", lambda p: F(2, 27), {**MIDPOINT, "n": 3, "ties": "forced"}),
        false_inequality(
            "ours: the surplus falls below −1/6",
            inequality((facts.n - 1) * (5 - facts.n) / (6 * facts.n**2), "<", -facts.sixth, ((facts.n, 6, None),)),
        ),
    ),
    "C15": (
        false_witness("all qualities trade from α = 1 on", q.sustained, "==", q.everything, {"n": 100, "alpha": F(3, 2)}),
        false_witness("all qualities trade for α > 3/2", q.sustained, "==", q.everything, {"n": 100, "alpha": F(19, 10)}),
        false_inequality(
            "ours: k qualities are sustained iff k(2 − α) <= 2α",
            inequality(2 * facts.k - facts.alpha * (facts.k + 1), "==", facts.k * (2 - facts.alpha) - 2 * facts.alpha, free(facts.k, facts.alpha)),
        ),
    ),
    "C16": (
        false_witness(
            "the threshold is c_l/c_h", q.of_crisis(lambda c: c.war_chance(c.best_demand())), "==", cost_ratio_war, {**CRISIS, "pi": F(2, 5)}, q.crisis_of
        ),
        false_witness(
            "war has probability π where the risky demand is best",
            q.of_crisis(lambda c: c.war_chance(c.best_demand())),
            "==",
            q.of_crisis(lambda c: c.pi),
            {**CRISIS, "pi": F(3, 5)},
            q.crisis_of,
        ),
        false_witness(
            "ours: A never risks war", q.of_crisis(lambda c: c.war_chance(c.best_demand())), "==", q.zero, {**CRISIS, "pi": F(3, 5)}, q.crisis_of
        ),
    ),
}
