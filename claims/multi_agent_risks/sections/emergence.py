"""C35–C37: emergent agency. What a group wants, and can do, that no member wants or can do."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, LinearProgram, Part, PropositionalSatisfiability, Settings, Source
from claims.multi_agent_risks.evaluations.emergence import EVALUATIONS
from claims.multi_agent_risks.models import voting
from claims.multi_agent_risks.mutants.emergence import MUTANTS
from claims.multi_agent_risks.quantities import emergence as q
from claims.multi_agent_risks.sections.common import claim, witness

F = Fraction

AS_CLAUSES = "One variable for each vote (or each value of the rule); the clauses say what the part says, and each model is decoded and judged again."



def voters(*numbers: int) -> tuple[dict[str, int], ...]:
    """Settings that name the number of voters, judges, agents or inputs."""
    return tuple({"n": number} for number in numbers)


GROUP_PREFERENCES = claim(
    "C35",
    "Groups of rational agents without a rational preference",
    "Three alternatives, all profiles of strict orders equally likely: the strict majorities are cyclic with probability 1/18, 5/72, 875/11664 for 3, 5, 7 "
    "voters, and 1/4 − 3/(2π)·arcsin(1/3) = 0.0877398280… in the limit. The rules that respect unanimity, look at each pair of alternatives alone and give "
    "an order at every profile are two for two voters and three for three: the dictatorships.",
    Source("Section 3.6, emergent goals", "restated"),
    "<",
    Bound(sp.Rational(1, 4) - 3 * sp.asin(sp.Rational(1, 3)) / (2 * sp.pi), "1/4 − 3/(2π)·arcsin(1/3)"),
    (
        Part(
            "cycles", "12 of 216 profiles of three voters are cyclic, and 540 of 7776 of five",
            (
                PropositionalSatisfiability(
                    build=q.cycle_profiles, models=q.number_of_cycles, decode=q.profile, predicate=lambda profile, p: voting.is_cyclic(profile),
                    settings=Settings(voters(3, 5)), argument=AS_CLAUSES,
                ),
            ),
        ),
        Part(
            "frequencies", "the frequency of cycles, for up to nine voters (at greater effort up to 19)",
            (
                Enumeration(
                    statement="the frequency of cyclic profiles is as printed", elements=q.cycle_count, predicate=q.frequency_as_printed,
                    settings=Settings(voters(3, 5, 7, 9), voters(11, 13, 15), voters(17, 19)),
                    argument="Profiles are enumerated up to the names of the voters, each with the number of profiles that it stands for. The closed "
                    "sum that "
                    "`assay evaluate` uses is compared with the count.",
                ),
            ),
        ),
        Part(
            "limit", "the limit is 1/4 − 3/(2π)·arcsin(1/3)",
            (
                Enumeration(
                    statement='over the six orders, "0 above 1" and "0 above 2" have mean 0 and correlation 1/3 as signs', elements=q.sign_pairs,
                    predicate=q.correlation_is_a_third,
                    argument="By the central limit theorem the two majority margins of alternative 0 become jointly normal with this correlation, so "
                    "both are "
                    "positive with probability 1/4 + arcsin(1/3)/(2π) (Sheppard). Ties vanish, a profile is cyclic unless one of three alternatives beats "
                    "both others, and these events exclude each other: 1 − 3·(1/4 + arcsin(1/3)/(2π)).",
                    rests_on=("the central limit theorem", "Sheppard's formula for the orthant probability of a bivariate normal law (Sheppard 1899)"),
                ),
            ),
        ),
        Part(
            "Arrow", "there are exactly two rules for two voters, and three for three; each has a dictator",
            (
                PropositionalSatisfiability(
                    build=q.arrow_rules, models=q.one_rule_per_voter, decode=q.dictators, predicate=lambda dictators, p: len(dictators) == 1,
                    settings=Settings(voters(2, 3), voters(4)), argument=AS_CLAUSES,
                ),
            ),
        ),
        Part(
            "no other rule", "no such rule is without a dictator",
            (
                PropositionalSatisfiability(
                    build=q.non_dictatorial_rules, expected="unsat", settings=Settings(voters(2, 3), voters(4)),
                    argument="The clauses of a rule, and for each voter one more: somewhere society ranks a pair against her.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

NOBODYS_GOALS = claim(
    "C36",
    "Goals that no member has",
    "Three members whose tops on three issues are 110, 101, 011 decide 111 issue by issue: nobody's top; and if each ranks 111 last, all seven other "
    "outcomes are "
    "better for everybody. So it goes in 48 of 512 profiles of three voters and three issues, and in none of 64 with two issues. Judges who decide p "
    "and q one by "
    "one uphold both and reject p ∧ q in 6 of 64 profiles (three judges), 150 of 1024 (five).",
    Source("Section 3.6, emergent goals", "restated"),
    "exists",
    None,
    (
        Part(
            "nobody's top", "each member agrees with the majority on at most two of the three issues",
            (witness(q.wanted_by, "==", lambda tops, p: F(2), instance=lambda p: q.COMMITTEE),), quantifier="exists",
        ),
        Part(
            "worst for all", "where each member ranks 111 last, each of the other seven outcomes is better for everybody",
            (
                Enumeration(
                    statement="every member ranks the outcome above the majority's choice", elements=q.others, predicate=q.is_better_for_all,
                    argument="The seven other outcomes one by one, under rankings with the members' tops first and 111 last; only that 111 is last matters.",
                ),
            ),
        ),
        Part(
            "three issues", "48 of 512 profiles of three voters",
            (
                PropositionalSatisfiability(
                    build=q.unvoted, models=lambda p: 48, decode=q.unvoted_profile, predicate=q.is_unvoted, argument=AS_CLAUSES,
                ),
            ),
        ),
        Part(
            "two issues", "none of 64 profiles of three voters, and of 1024 of five",
            (
                PropositionalSatisfiability(build=q.unvoted_with_two_issues, expected="unsat", settings=Settings(voters(3, 5)), argument=AS_CLAUSES),
            ),
        ),
        Part(
            "doctrinal", "6 of 64 profiles of three judges, and 150 of 1024 of five",
            (
                PropositionalSatisfiability(
                    build=q.doctrinal, models=q.number_doctrinal, decode=q.doctrinal_profile, predicate=q.is_doctrinal, settings=Settings(voters(3, 5)),
                    argument=AS_CLAUSES,
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

EMERGENT_CAPABILITY = claim(
    "C37",
    "Emergent capability, and what threshold agents compute together",
    "A coalition function is pure accumulation (additive) iff all Möbius coefficients of coalitions of two or more vanish. Of the 128 functions of "
    "three agents "
    "with values 0 and 1 and v(∅) = 0, 4 are additive and 12 superadditive; 8 are monotone with 0 for single agents and 1 for all together, of four "
    "agents 113. One "
    "linear-threshold agent computes 14 of 16, 104 of 256, 1882 of 65536 functions of 2, 3, 4 inputs; not XOR, which three such agents compute in two "
    "layers.",
    Source("Section 3.6, emergent capabilities", "restated"),
    "<=",
    Bound(2 ** (2 ** sp.Symbol("n", positive=True, integer=True)), "2^(2^n)"),
    (
        Part(
            "accumulation", "additive iff no interaction: for each of the 128 functions of three agents (at greater effort of the 32768 of four)",
            (
                Enumeration(
                    statement="additive exactly when no coalition of two or more has a Möbius coefficient other than 0", elements=q.tables,
                    predicate=q.accumulation_is_no_interaction, settings=Settings(voters(2, 3), (), voters(4)),
                    argument="Function by function, additivity being tested on all pairs of disjoint coalitions. In general v(S) = Σ_{T ⊆ S} m(T), so "
                    "that v is "
                    "additive when the m(T) of two or more vanish; conversely an additive v is the sum of its m({i}), and the coefficients are unique.",
                ),
            ),
        ),
        Part(
            "census", "how many functions are additive, superadditive, emergent",
            (
                Enumeration(
                    statement="functions, additive, superadditive and emergent ones are as many as printed", elements=q.census, predicate=q.census_as_printed,
                    settings=Settings(voters(2, 3, 4)),
                    argument="All functions, each tested by the definition.",
                ),
            ),
        ),
        Part(
            "XOR", "one linear-threshold agent computes neither XOR nor its negation",
            (
                LinearProgram(
                    build=q.xor_by_one_agent, infeasible=True, settings=Settings(({"negated": 0}, {"negated": 1})),
                    argument="Weights w and a threshold θ that separate strictly could be scaled to the margin 1; the four sign conditions add up to 0 >= 4.",
                ),
            ),
        ),
        Part(
            "one agent", "14 of 16, 104 of 256, 1882 of 65536 functions",
            (
                Enumeration(
                    statement="as many functions are linear-threshold as printed", elements=q.threshold_census, predicate=q.threshold_as_printed,
                    settings=Settings(voters(2, 3, 4)),
                    argument="Inputs with negative weight can be negated and inputs be sorted by weight; then the function is regular. Each regular "
                    "function is decided by "
                    "an exact linear program (greatest margin 1 or 0), and all images of those that are realisable are collected.",
                ),
            ),
        ),
        Part(
            "each of two inputs", "the greatest margin is 1 for each of the 14, and 0 for XOR and its negation",
            (
                LinearProgram(
                    build=q.margin_of_two_inputs, relation="==", bound=q.margin_as_printed, settings=Settings(tuple({"table": table} for table in range(16))),
                    argument="The margin can be scaled, so it is 1 where the function is realisable; w = θ = 0 gives 0 always.",
                ),
            ),
        ),
        Part(
            "two layers", "three agents compute XOR",
            (
                Enumeration(
                    statement="the two layers fire exactly when the inputs differ", elements=q.inputs_of_two, predicate=q.computes_xor,
                    argument="All four inputs; the first layer fires on one or more, and on at most one, the second when both do.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (GROUP_PREFERENCES, NOBODYS_GOALS, EMERGENT_CAPABILITY)
