"""C14 to C18: downstream utility under known laws of leakage."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Asymptotic, Bound, Enumeration, Inequality, LinearProgram, Part, Property, Settings, Source, Witness
from claims.leakage_persuasion import enumerations as finite
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import class_program, downstream_schemes, obedience_programs
from claims.leakage_persuasion.named_instances import chain, coverage, each, problem_at
from claims.leakage_persuasion.sections.common import EXAMPLES, OURS, claim, k, n, sizes
from claims.parameters import Values
from exact.linear_programs import Problem
from exact.reals import Real
from instances import leak_patterns
from instances.persuasion_problems import PersuasionProblem, geometric_thresholds, half_smallest, identical_coverage, persuasion_problems
from instances.signalling_schemes import DirectScheme

m, o = sp.symbols("m o", nonnegative=True)


# C14

DOWNSTREAM = claim(
    "C14",
    "Downstream utility is at least the robust optimum",
    "PoDR_D <= PoWR_k for every law D of leakage with in-degree at most k; and PoDR_D >= 1.",
    Source("definitions", "reconstructed"),
    ">=",
    Bound(sp.Symbol("OPT_k"), "U_D >= OPT_k"),
    Part(
        "upper",
        "U_D(μ) >= Σ (x + y)V for every k-persuasive μ",
        (
            Enumeration(
                statement="the event of a view with fewer than k leaks is the disjoint union of events of views with exactly k, for every "
                "larger leaked set",
                elements=finite.coarse_views,
                predicate=finite.is_sum_of_full_views,
                settings=Settings(sizes((2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)), sizes((5, 2), (5, 3), (5, 4))),
                argument="Rows of (OB) with fewer leaks are sums of rows with k leaks, since the multipliers 1 − θ_i and θ_i depend on i "
                "only. So whatever a receiver that is told to adopt sees under a pattern of in-degree at most k, it adopts; then "
                "the adopters contain the profile, and V is monotone. Averaging over D, U_D(μ) is at least the value of μ; take μ "
                "optimal for OPT_k.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=q.downstream_of_robust,
                relation=">=",
                bound=q.robust_optimum,
                examples=EXAMPLES,
                settings=Settings(
                    (
                        {"n": 3, "k": 1, "law": "broadcast", "kind": "monotone"},
                        {"n": 4, "k": 1, "law": "random clique", "kind": "coverage"},
                    ),
                    ({"n": 3, "k": 1, "law": "independent", "kind": "supermodular"},),
                ),
                argument="U_D of the optimal robust scheme by enumeration of patterns and best responses, on random instances.",
            ),
        ),
    ),
    Part(
        "lower",
        "no scheme has U_D above OPT_0",
        (
            Enumeration(
                statement="the event that a receiver adopts is the disjoint union of the views in which it does",
                elements=finite.adoption_sets,
                predicate=finite.adoption_is_a_sum_of_views,
                settings=Settings(
                    sizes((2, 0), (2, 1), (3, 1), (3, 2)),
                    sizes(
                        (4, 2),
                    ),
                ),
                argument="Fix a pattern. A receiver adopts in views where (1−θ_i)x >= θ_iy, so by the enumeration (a sum over its views) "
                "the same holds for the event that it adopts: recommending to everybody what it would do is a private scheme of "
                "the same value, at most OPT_0. Average over the patterns. It holds for any alphabet, with letters in place of "
                "bits.",
            ),
        ),
    ),
)


# C15


def clique_settings(*triples: tuple[int, int, str]) -> tuple[Values, ...]:
    """Settings (n, k, layout)."""
    return tuple({"n": size, "k": budget, "layout": layout} for size, budget, layout in triples)


def clique_class_program(parameters: Values) -> Problem:
    """The class program under the clique leaks, at geometric thresholds."""
    thresholds = geometric_thresholds(parameters["n"], parameters["M"])
    pattern = leak_patterns.disjoint_cliques(parameters["n"], finite.cliques_of(parameters))
    return class_program.pattern_class_program(half_smallest(thresholds), thresholds, pattern)


def one_adopter_a_clique(problem: PersuasionProblem, parameters: Values) -> Real:
    """λ(1 + mo), m = n/(k+1) cliques, o = (1−θ)/θ."""
    theta = problem.thresholds[0]
    return problem.prior * (1 + len(problem.thresholds) // (parameters["k"] + 1) * (1 - theta) / theta)


LAYOUTS = clique_settings(
    (2, 1, "contiguous"),
    (4, 1, "contiguous"),
    (4, 1, "interleaved"),
    (6, 1, "contiguous"),
    (6, 1, "interleaved"),
    (6, 2, "contiguous"),
    (6, 2, "interleaved"),
    (4, 3, "contiguous"),
)
MORE_LAYOUTS = clique_settings((8, 1, "contiguous"), (8, 3, "interleaved"), (9, 2, "contiguous"), (10, 4, "interleaved"))
TEN = {"M": Fraction(10)}

FIXED_CLIQUES = claim(
    "C15",
    "Disjoint cliques of k + 1: the downstream price is k + 1",
    "Leaks inside known blocks of size k + 1: PoDR = k + 1 for subadditive and for supermodular V, any alphabet.",
    Source("abstract: Θ(k); the family and the constant are ours", "reconstructed"),
    "<=",
    Asymptotic(
        k + 1,
        "k + 1; the paper: Θ(k)",
        kind="Theta",
        lower_constant=sp.Integer(1),
        upper_constant=sp.Integer(1),
        valid_for="(k+1) | n",
        chosen_by="assay: derived here",
    ),
    Part(
        "subadditive, upper",
        "the best of the k + 1 transversals keeps 1/(k+1)",
        (
            Enumeration(
                statement="the k + 1 transversals have no leak inside, and contain every receiver once",
                elements=finite.transversals,
                predicate=finite.is_transversal_partition,
                settings=Settings(LAYOUTS, MORE_LAYOUTS),
                argument="Run an optimal private scheme on one transversal T and always tell the others 0: nobody in T learns anything but "
                "its own signal, so it is obeyed and worth OPT_0 of V restricted to T. By subadditivity V(S) <= Σ_T V(S ∩ T), so "
                "those values add up to at least OPT_0.",
            ),
        ),
    ),
    Part(
        "supermodular, upper",
        "the staircase scheme keeps 1/(k+1)",
        (
            Enumeration(
                statement="state 1 of the staircase shows the first a members of a clique told to adopt with probability exactly 1/(k+1)",
                elements=finite.clique_prefixes,
                predicate=finite.staircase_shows_it,
                settings=Settings(LAYOUTS, MORE_LAYOUTS),
                argument="State 0 sends the comonotone profile with probability 1/(k+1), a prefix of the sorted receivers, so a member i "
                "of a clique that is told to adopt sees the first a members told so, with mass at most (1−λ)p_i/(k+1) <= "
                "λ/(c_i(k+1)). State 1 shows that view with mass λ/(k+1), so i adopts. The scheme earns V([n]) with probability "
                "1/(k+1) in state 1 and 1/(k+1) of the private share in state 0, together OPT_0/(k+1) (C2).",
                rests_on=("C2",),
            ),
            LinearProgram(
                build=clique_class_program,
                relation=">=",
                bound=lambda p: Fraction(1, p["k"] + 1),
                settings=Settings(each(LAYOUTS, **TEN), each(MORE_LAYOUTS[:2], **TEN)),
                argument="One over the class supremum at geometric thresholds, by C7's argument with the rows of the cliques.",
                rests_on=("C2",),
            ),
        ),
    ),
    Part(
        "subadditive, lower",
        "coverage reaches every ratio below k + 1",
        (
            Inequality(
                left=(1 + (k + 1) * m * o) / (1 + m * o),
                relation="==",
                right=(k + 1) - k / (1 + m * o),
                domain=((k, 0, None), (m, 1, None), (o, 0, None)),
                method="identity",
                argument="Coverage, equal thresholds, o = (1−θ)/θ, n = (k+1)m, λ(1+no) <= 1: OPT_0 = λ(1+no). Under the leaks each of the "
                "m cliques is a public audience, which in state 0 adopts with mass at most λo in any alphabet, so a downstream "
                "value is at most λ(1+mo), the union over cliques. The ratio is (k+1) − k/(1+mo), which tends to k+1 as θ → 0.",
            ),
        ),
    ),
    Part(
        "supermodular, lower",
        "a chain on one clique reaches every ratio below k + 1",
        (
            LinearProgram(
                build=lambda p: obedience_programs.worst_case_program(problem_at(p), p["n"] - 1),
                relation="==",
                bound=lambda p: Fraction(1),
                settings=Settings((chain(2, 10), chain(3, 10), chain(4, 10)), (chain(6, 10), chain(8, 10))),
                argument="With n = k+1 the one clique is a public audience, whose optimum on the geometric chain is λ by the program (C6; "
                "any alphabet, as public persuasion only splits the prior), while OPT_0 = λ(n − (n−1)/M), which tends to λ(k+1).",
                rests_on=("C6",),
            ),
        ),
    ),
    Part(
        "coverage",
        "with binary obedient signals the listed coverage problems are worth exactly λ(1 + no/(k+1)) under the leaks",
        (
            Witness(
                instance=q.instance_at,
                quantity=q.pattern_optimum,
                relation="==",
                bound=one_adopter_a_clique,
                settings=Settings(
                    (coverage(4, "1/100", "1/2", k=1, law="cliques"),),
                    (coverage(6, "1/100", "1/4", k=1, law="cliques"), coverage(6, "1/100", "1/4", k=2, law="cliques")),
                ),
                argument="The bound of the part before last is attained; by the program of the known leaks.",
            ),
        ),
        beside=True,
    ),
)


# C16


def anticorrelated(parameters: Values) -> tuple[PersuasionProblem, DirectScheme]:
    """The coverage problem of a setting, with its optimal private scheme that tells one receiver at most in state 0."""
    problem = identical_coverage(parameters["n"], parameters["lam"], parameters["theta"])
    return problem, downstream_schemes.anticorrelated_scheme(problem)


PAIRS = ((3, 1), (4, 1), (4, 2), (5, 1), (6, 2), (8, 1), (8, 3))

RANDOM_CLIQUE = claim(
    "C16",
    "A random clique costs a constant",
    "A uniform (k+1)-subset becomes a clique: the unmodified private scheme gives PoDR <= "
    "n/(n−k−1) for XOS, and 2 for subadditive V when n >= 2(k+1).",
    Source("abstract: Θ(1); the family and the constants are ours", "reconstructed"),
    "<=",
    Asymptotic(
        n / (n - k - 1),
        "n/(n−k−1); the paper: Θ(1)",
        kind="O",
        upper_constant=sp.Integer(1),
        valid_for="k + 1 < n",
        chosen_by="assay: derived here",
    ),
    Part(
        "XOS",
        "U_D >= (n−k−1)/n · OPT_0",
        (
            Enumeration(
                statement="a share of exactly (n−k−1)/n of the (k+1)-sets misses a given receiver",
                elements=finite.all_receivers,
                predicate=finite.is_outside_often,
                settings=Settings(sizes(*PAIRS), sizes((10, 3), (12, 5))),
                argument="Receivers outside the clique C see their own signal only and follow the private scheme, so U_D is at least the "
                "expectation of V(S \\ C). For XOS take the additive clause of S: the expectation of its value on S \\ C is "
                "(n−k−1)/n·V(S).",
            ),
        ),
    ),
    Part(
        "subadditive",
        "U_D >= OPT_0/2 when n >= 2(k+1)",
        (
            Enumeration(
                statement="every (k+1)-set has the same number, C(n−k−1, k+1) >= 1, of disjoint (k+1)-sets",
                elements=finite.leaked_sets,
                predicate=finite.has_disjoint_partners,
                settings=Settings(sizes((4, 1), (5, 1), (6, 1), (6, 2), (8, 1), (8, 3)), sizes((10, 3), (10, 4))),
                argument="Draw a uniform disjoint pair C, C': by the enumeration each of them is a uniform (k+1)-set. (S \\ C) ∪ (S \\ C') "
                "= S, so V(S \\ C) + V(S \\ C') >= V(S), and the expectation of V(S \\ C) is at least V(S)/2.",
            ),
        ),
    ),
    Part(
        "coverage",
        "the anticorrelated scheme is worth exactly λ + (1−λ)np(n−k−1)/n",
        (
            Witness(
                instance=anticorrelated,
                quantity=q.downstream_value,
                relation="==",
                bound=q.random_clique_closed_form,
                argument="By enumeration of patterns and best responses.",
                settings=Settings(
                    (coverage(4, "1/100", "1/2", k=1, law="random clique"), coverage(6, "1/100", "1/4", k=2, law="random clique")),
                    (coverage(8, "1/100", "1/2", k=1, law="random clique"),),
                ),
            ),
        ),
        beside=True,
    ),
)


# C17


def grids(*triples: tuple[int, int, int]) -> tuple[Values, ...]:
    """Settings (n, k, B)."""
    return tuple({"n": size, "k": budget, "B": grid} for size, budget, grid in triples)


def boundary(parameters: Values) -> tuple[PersuasionProblem, DirectScheme]:
    """The chain of a setting with its boundary scheme."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.boundary_scheme(problem, parameters["B"])


def boundary_guarantee(sent: tuple[PersuasionProblem, DirectScheme], parameters: Values) -> Real:
    """OPT_0 over the loss that the boundary scheme is held to."""
    size = len(sent[0].thresholds)
    bound = downstream_schemes.boundary_bound(size, parameters["k"], parameters["B"])
    if bound is None:
        raise ValueError("the bound is infinite at these parameters")
    return obedience_programs.private_closed_form(sent[0]) / bound


BROADCAST = claim(
    "C17",
    "Broadcasting k random signals costs O(k) for supermodular utilities",
    "A uniform k-subset of signals is seen by all: PoDR <= min_B B'·C(n,k)/C(n−⌈n/B⌉+1, k), which tends to (k+1)^(k+1)/k^k.",
    Source("abstract: Θ(k); the family, the scheme and the constant are ours", "reconstructed"),
    "<=",
    Asymptotic(
        (k + 1) ** (k + 1) / k**k,
        "min over B; the paper: O(k)",
        kind="O",
        upper_constant=sp.exp(1),
        valid_for="the listed (n, k, B)",
        chosen_by="assay: derived here",
    ),
    Part(
        "bound",
        "the boundary scheme keeps C(n−g+1, k)/(B'·C(n, k)) of OPT_0",
        (
            Enumeration(
                statement="if the broadcast set L misses the gap between j and the next boundary b, every i <= j sees in prefix [b] what "
                "it sees in prefix [j]; and at least C(n−g+1, k) sets miss it",
                elements=finite.cuts_and_leaks,
                predicate=finite.boundary_hides_the_cut,
                settings=Settings(
                    grids((4, 1, 2), (6, 1, 2), (6, 2, 3), (8, 2, 3), (10, 1, 2), (10, 2, 2)), grids((10, 3, 4), (12, 3, 4), (15, 2, 3))
                ),
                argument="State 0 sends the prefix [j] of the sorted receivers with the comonotone mass over B'; let b be the next "
                "boundary. If L misses the gap, state 1 shows the same view to i <= j with mass at least λ/B' (it sends [b] with "
                "probability 1/B'), against at most (1−λ)p_i/B' <= λ/(c_iB') in state 0, so all of [j] adopt; that happens for a "
                "share of at least C(n−g+1, k)/C(n, k) of the sets L. In state 1 prefix [n] is sent with probability 1/B', and "
                "all adopt. So U_D is at least that share of OPT_0/B' (C2).",
                rests_on=("C2",),
            ),
            Witness(
                instance=boundary,
                quantity=q.downstream_value,
                relation=">=",
                bound=boundary_guarantee,
                argument="U_D of the boundary scheme on geometric chains, by enumeration of patterns and best responses.",
                settings=Settings(
                    (chain(4, 10, k=1, B=2, law="broadcast"), chain(6, 10, k=1, B=2, law="broadcast")),
                    (chain(6, 10, k=2, B=3, law="broadcast"), chain(8, 10, k=2, B=3, law="broadcast")),
                ),
            ),
        ),
    ),
)


# C18


def best_class_value(problem: PersuasionProblem, parameters: Values) -> Real:
    """(2k+1)·U of the best independent class under the directed cycle."""
    pattern = leak_patterns.directed_cycle(problem.agents)
    classes = downstream_schemes.fewest_classes(pattern)
    restricted = downstream_schemes.restricted_problem(problem, downstream_schemes.best_class(problem, classes))
    return (2 * pattern.in_degree + 1) * obedience_programs.private_value(restricted)


FIXED_GRAPH = claim(
    "C18",
    "Any known leak graph, subadditive utilities",
    "PoDR <= 2k + 1 for subadditive V under every fixed known leak graph of in-degree at most k.",
    OURS,
    "<=",
    Bound(2 * k + 1),
    Part(
        "bound",
        "the receivers split into 2k + 1 classes without a leak inside, and the best class keeps 1/(2k+1)",
        (
            Enumeration(
                statement="the receivers of the leak graph split into at most 2k + 1 classes without a leak inside",
                elements=finite.digraphs,
                predicate=finite.splits_into_few_classes,
                settings=Settings(
                    sizes((2, 1), (3, 1), (4, 1), (5, 1), (4, 2)),
                    sizes(
                        (6, 1),
                    ),
                ),
                argument="The enumeration goes through every graph of in-degree at most k. (In general: a graph with in-degrees at most k "
                "has at most kn leaks, so in every induced part some receiver has at most 2k neighbours; colour it last.) An "
                "optimal private scheme run on one class, all others being told 0, is obeyed there and worth OPT_0 of V "
                "restricted to the class; by subadditivity these values add up to at least OPT_0.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=best_class_value,
                relation=">=",
                bound=q.private_optimum,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "kind": "xos"}, {"n": 4, "kind": "coverage"})),
                argument="The best class of the directed cycle, on random instances.",
            ),
        ),
    ),
)

CLAIMS = (DOWNSTREAM, FIXED_CLIQUES, RANDOM_CLIQUE, BROADCAST, FIXED_GRAPH)
