"""False variants of C35–C37."""

from __future__ import annotations

from fractions import Fraction

from claims import Enumeration, LinearProgram, Mutant, PropositionalSatisfiability, Settings
from claims.multi_agent_risks.quantities.emergence import (
    ADDITIVE_TABLES,
    XOR,
    arrow_rules,
    cycle_count,
    cycle_profiles,
    doctrinal,
    frequency,
    has_interaction,
    largest_interaction,
    margin_of_two_inputs,
    non_dictatorial_rules,
    stated,
    stated_frequency,
    superadditive_tables,
    unvoted,
    unvoted_with_two_issues,
)
from claims.multi_agent_risks.sections.common import Mutants

F = Fraction

MUTANTS: Mutants = {
    "C35": (
        Mutant("1/18 of the profiles of five voters are cyclic, as of three", (
            Enumeration(
                statement="the frequency of cycles is as stated", elements=cycle_count, predicate=lambda element, p: frequency(element, p) == p["stated"],
                quantity=frequency, relation="==", bound=stated_frequency, settings=Settings(({"n": 5, "stated": F(1, 18)},)),
            ),
        )),
        Mutant("some rule without a dictator exists", (
            PropositionalSatisfiability(build=non_dictatorial_rules, expected="sat", settings=Settings(({"n": 3},))),
        )),
        Mutant("ours: for three voters there are four rules", (
            PropositionalSatisfiability(build=arrow_rules, models=stated, settings=Settings(({"n": 3, "stated": 4},))),
        )),
        Mutant("ours: five voters are in a cycle in 541 profiles", (
            PropositionalSatisfiability(build=cycle_profiles, models=stated, settings=Settings(({"n": 5, "stated": 541},))),
        )),
    ),
    "C36": (
        Mutant("with three issues the majority is always somebody's top", (
            PropositionalSatisfiability(build=unvoted, expected="unsat"),
        )),
        Mutant("with three voters and two issues the majority can be nobody's top", (
            PropositionalSatisfiability(build=unvoted_with_two_issues, expected="sat", settings=Settings(({"n": 3},))),
        )),
        Mutant("ours: three judges who decide premise by premise never contradict their verdict", (
            PropositionalSatisfiability(build=doctrinal, expected="unsat", settings=Settings(({"n": 3},))),
        )),
    ),
    "C37": (
        Mutant("what is superadditive is emergent", (
            Enumeration(
                statement="some Möbius coefficient of a coalition of two or more is not 0", elements=superadditive_tables, predicate=has_interaction,
                quantity=largest_interaction, relation=">", bound=lambda element, p: F(0), settings=Settings(({"n": 3},)),
            ),
        )),
        Mutant("one linear-threshold agent computes each of the 16 functions of two inputs", (
            LinearProgram(build=margin_of_two_inputs, relation="==", bound=lambda p: F(1), settings=Settings(({"table": XOR},))),
        )),
        Mutant("ours: additive functions have some interaction", (
            Enumeration(
                statement="some Möbius coefficient of a coalition of two or more is not 0", elements=lambda p: ADDITIVE_TABLES, predicate=has_interaction,
                quantity=largest_interaction, relation=">", bound=lambda element, p: F(0), settings=Settings(({"n": 3},)),
            ),
        )),
    ),
}
