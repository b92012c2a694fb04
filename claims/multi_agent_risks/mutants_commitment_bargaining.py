"""False variants of C33 and C34, each refuted by an exact counterexample."""

from __future__ import annotations

from fractions import Fraction

from claims import Mutant
from claims.multi_agent_risks import identities_commitment_bargaining as facts
from claims.multi_agent_risks import quantities_commitment_bargaining as q
from claims.multi_agent_risks.sections.common import Mutants, witness

F = Fraction

MUTANTS: Mutants = {
    "C33": (
        Mutant(
            "war iff δ(p2 − p1) > c_D + δc_R, without p1: war at p1 = 1/2, p2 = 4/5, costs 1/20, δ = 9/10",
            (witness(q.gain, ">", lambda rivalry, p: 0, instance=lambda p: q.rivals("1/2", "4/5", "1/20", "9/10")),),
        ),
        Mutant(
            "war iff δ(p2 − p1) > p1 + c_D, without δc_R: war at p1 = 1/10, p2 = 3/10, costs 1/20, δ = 9/10",
            (witness(q.gain, ">", lambda rivalry, p: 0, instance=lambda p: q.rivals("1/10", "3/10", "1/20", "9/10")),),
        ),
        Mutant("ours: D's gain from war is −(c_R + c_D) also where R accepts a zero offer", (facts.zero_offer_costs_only(),)),
    ),
    "C34": (
        Mutant(
            "the baseline is R: s_X − R = χ(s_Y − R)",
            (witness(q.excess_over_reward, "==", lambda played, p: 0, instance=lambda p: q.match(q.OPPONENT)),),
        ),
        Mutant(
            "indexing does not matter: with q read in X's states s_X is still 119/44",
            (witness(q.own_payoff, "==", lambda played, p: F(119, 44), instance=q.from_the_wrong_side),),
        ),
        Mutant(
            "ours: the extortioner always gets more than the opponent",
            (witness(lambda played, p: q.own_payoff(played, p) - q.others_payoff(played, p), ">", lambda played, p: 0, instance=q.unconditional_exploiter),),
        ),
    ),
}
