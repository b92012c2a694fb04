"""False variants of C38, C40 and C42."""

from __future__ import annotations

from fractions import Fraction

from claims import Enumeration, Grid, LinearProgram, Mutant, PropositionalSatisfiability, Settings, Witness
from claims.multi_agent_risks.models import steganography
from claims.multi_agent_risks.quantities import security as q
from claims.multi_agent_risks.sections.common import Mutants

F = Fraction

MUTANTS: Mutants = {
    "C38": (
        Mutant("three generals can agree in two rounds", (
            PropositionalSatisfiability(build=q.rules, expected="sat", settings=Settings(({"n": 3, "rounds": 2},))),
        )),
        Mutant("four generals can agree in one round", (
            PropositionalSatisfiability(build=q.rules, expected="sat", settings=Settings(({"n": 4, "rounds": 1},))),
        )),
        Mutant("views leave out what loyal lieutenants relay: three generals still cannot agree", (
            PropositionalSatisfiability(build=q.rules_without_loyal_relays, expected="unsat", settings=Settings(({"n": 3},))),
        )),
        Mutant("views leave out what loyal lieutenants relay: four generals still have exactly one rule", (
            PropositionalSatisfiability(build=q.rules_without_loyal_relays, models=lambda p: 1, settings=Settings(({"n": 4},))),
        )),
        Mutant("ours: five generals have exactly one rule, too", (
            PropositionalSatisfiability(build=q.rules, models=lambda p: 1, settings=Settings(({"n": 5, "rounds": 2},))),
        )),
    ),
    "C40": (
        Mutant("the capacity is the Shannon entropy", (
            Witness(instance=lambda p: q.LAWS["half"], quantity=lambda law, p: steganography.min_entropy(law), relation=">=",
                    bound=lambda law, p: steganography.entropy(law)),
        )),
        Mutant("what a keyed channel can do, an unkeyed one can: some items have probability 1/2", (
            Enumeration(statement="some items have probability 1/2 together", elements=q.flat_laws, predicate=q.some_set_has_half,
                        quantity=q.distance_from_half, relation="==", bound=lambda law, p: F(0), settings=Settings(({"items": 3, "denominator": 3},))),
        )),
        Mutant("ours: three fifths on one item still allow two messages", (
            LinearProgram(build=q.packing, relation="==", bound=lambda p: F(1), settings=Settings(({"channel": "three fifths, 2 messages"},))),
        )),
    ),
    "C42": (
        Mutant("15 attempts suffice", (
            Grid(ranges=q.each_model, quantity=q.success(15), relation=">=", bound=q.reported),
        )),
        Mutant("43 % is within the union bound of two attempts", (
            Grid(ranges=q.each_model, quantity=q.reported, relation="<=", bound=q.sum_of_two),
        )),
        Mutant("ours: two independent attempts succeed with 6 %", (
            Grid(ranges=q.each_model, quantity=q.success(2), relation="==", bound=q.sum_of_two),
        )),
    ),
}
