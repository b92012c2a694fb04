"""C6 to C10: what supermodular utilities lose, exactly, and how few leaks make private persuasion public."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Asymptotic, Bound, Enumeration, Inequality, LinearProgram, Part, Scaling, Settings, Source
from claims.leakage_persuasion import enumerations as finite
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import (
    class_program,
    leak_pattern_program,
    obedience_programs,
)
from claims.leakage_persuasion.named_instances import chain, chain_at, problem_at, rationals
from claims.leakage_persuasion.quantities import (
    decoded_scheme,
    persuasive_value,
    relative_public,
)
from claims.leakage_persuasion.sections.common import (
    ABSTRACT,
    OURS,
    agents,
    claim,
    k,
    lam,
    n,
    private_program,
    public_program,
    robust_program,
    sizes,
)
from claims.leakage_persuasion.sections.robust import masking_program_on_found
from claims.parameters import Values
from exact.linear_programs import Problem, Solution
from exact.reals import Real
from instances.persuasion_problems import PersuasionProblem, geometric_thresholds, half_smallest

t = sp.Symbol("t", nonnegative=True)


# C6

ASCENDING = (
    chain_at("1/2"),
    chain_at("1/4 1/2"),
    chain_at("1/3 2/5 3/4"),
    chain_at("1/5 1/5 1/2", "1/5"),
    chain_at("1/5 1/4 1/2 4/5"),
    chain_at("1/8 1/4 1/2 1", "1/16"),
    chain(3, 10),
    chain(7, 4),
)

EXTREMAL_CHAIN = claim(
    "C6",
    "An instance on which k leaks make private persuasion public",
    "Sorted λ <= θ_1 <= … <= θ_n <= 1, chain v = θ: OPT_0 = λ(n − Σ θ_i/θ_{i+1}), OPT_pub = λ, and OPT_k = λ whenever n <= 2^(k+1) − 1.",
    Source("abstract: Ω(min{2^k, n}); the instance is ours", "reconstructed"),
    "==",
    Bound(lam, "OPT_k = λ"),
    Part(
        "k leaks",
        "OPT_k = λ whenever n <= 2^(k+1) − 1",
        (
            Enumeration(
                statement="in the search tree every leaf sees at most k pivots, two leaf events exclude each other, and those of leaves j "
                ">= ℓ cover the profiles with prefix ℓ",
                elements=finite.tree_checks,
                predicate=finite.tree_check_passes,
                settings=Settings(agents(1, 2, 3, 4, 5, 6, 7, 8, 15, 31, 63), agents(*range(9, 31), 127)),
                argument="Let E_j be the view of leaf j. By the enumeration every profile s with prefix ℓ(s) >= 1 lies in exactly one E_j, "
                "and j >= ℓ(s), so V(s) = θ_{ℓ(s)} <= Σ_j θ_j·1[s ∈ E_j]. (OB) for (j, K_j) says θ_j·(x+y)(E_j) <= x(E_j). "
                "Summing, the value is at most Σ_j x(E_j) <= λ; and λ is reached by telling the state (V([n]) = θ_n, and OPT_k >= "
                "OPT_pub = λ). It covers all θ and λ at this n and all k with n <= 2^(k+1) − 1.",
                rests_on=("C1",),
            ),
            LinearProgram(
                build=robust_program,
                relation="==",
                bound=lambda p: Fraction(1),
                decode=decoded_scheme,
                quantity=persuasive_value,
                settings=Settings(
                    (chain(3, 10, k=1), chain(7, 4, k=2), chain_at("1/5 1/5 1/2", "1/5", k=1)), (chain(9, 2, k=4), chain(5, 3, k=2))
                ),
                argument="OPT_k/λ by the whole program, at named thresholds.",
            ),
        ),
    ),
    Part(
        "no leaks",
        "OPT_0 = λ(n − Σ θ_i/θ_{i+1})",
        (
            LinearProgram(
                build=private_program,
                relation="==",
                bound=lambda p: q.chain_price_of(sorted(problem_at(p).thresholds)),
                settings=Settings(ASCENDING, (chain(8, 3),)),
                argument="OPT_0/λ by the whole program, at named thresholds.",
            ),
        ),
    ),
    Part(
        "public",
        "OPT_pub = λ",
        (
            LinearProgram(
                build=public_program,
                relation="==",
                bound=lambda p: Fraction(1),
                settings=Settings(ASCENDING, (chain(8, 3),)),
                argument="OPT_{n−1}/λ by the whole program, at named thresholds; OPT_pub = OPT_{n−1} (C1).",
                rests_on=("C1",),
            ),
        ),
    ),
)


# C7


def thresholds_at(parameters: Values) -> tuple[Fraction, ...]:
    """The sorted thresholds of a setting."""
    return tuple(parameters["theta"])


def class_program_at(parameters: Values) -> Problem:
    """The class program at the setting's thresholds, λ half the smallest."""
    thresholds = thresholds_at(parameters)
    return class_program.worst_case_class_program(half_smallest(thresholds), thresholds, parameters["k"])


def inverse_chain_price(parameters: Values) -> Real:
    """1/(n − Σ θ_i/θ_{i+1})."""
    return 1 / q.chain_price_of(q.sorted_by_value(parameters["theta"]))


def worst_chain_at(parameters: Values, solution: Solution) -> PersuasionProblem:
    """The chain that the dual multipliers of a class program stand for."""
    thresholds = thresholds_at(parameters)
    return class_program.worst_chain(half_smallest(thresholds), thresholds, solution)


def inverse_price(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_k/OPT_0."""
    return obedience_programs.opt(problem, parameters["k"]) / obedience_programs.private_closed_form(problem)


def with_thresholds(*settings: tuple[str, int]) -> tuple[Values, ...]:
    """Settings (θ, k)."""
    return tuple({"theta": rationals(text), "k": budget} for text, budget in settings)


CLASS_VALUE = claim(
    "C7",
    "The worst supermodular utility at fixed thresholds",
    "For n <= 2^(k+1) − 1 and λ <= θ_1: sup over supermodular V of OPT_0/OPT_k = n − Σ_{i<n} θ_i/θ_{i+1}.",
    OURS,
    "==",
    Bound(n - sp.Symbol("Sigma"), "n − Σ θ_i/θ_{i+1}"),
    Part(
        "supremum",
        "the class program has the value 1/(n − Σ θ_i/θ_{i+1})",
        (
            LinearProgram(
                build=class_program_at,
                relation="==",
                bound=inverse_chain_price,
                decode=worst_chain_at,
                quantity=inverse_price,
                settings=Settings(
                    with_thresholds(
                        ("1/2", 0),
                        ("1/3 2/5 3/4", 1),
                        ("1/2 1/2 1/2", 1),
                        ("1/5 1/4 1/2 4/5", 2),
                        ("1/8 1/4 1/2 1", 2),
                        ("1/16 1/8 1/4 1/2 1", 2),
                        ("1/16 1/8 1/4 1/2 1", 3),
                        ("1/10000 1/1000 1/100 1/10 1", 2),
                    ),
                    with_thresholds(("1/64 1/32 1/16 1/8 1/4 1/2 1", 2), ("1/9 1/7 1/5 1/4 1/3 1/2 3/4", 2)),
                ),
                argument="Among supermodular V the worst are prefix chains: a chain lies below every monotone V with the same values on "
                "prefixes and has the same OPT_0 (C2), namely λ Σ (v_j − v_{j−1})/θ_j for λ <= θ_1. So sup OPT_0/OPT_k is one "
                "over the least OPT_k of a chain with OPT_0 = 1, a minimum of maxima of a bilinear form, which by LP duality is "
                "the value of this program; its dual multipliers are the worst chain, which is measured again.",
                rests_on=("C2",),
            ),
        ),
    ),
)


# C8

PRICES = {
    (2, 1): "2",
    (3, 1): "3",
    (4, 1): "3",
    (5, 1): "7/2",
    (6, 1): "7/2",
    (7, 1): "11/3",
    (8, 1): "15/4",
    (12, 1): "4",
    (13, 1): "73/18",
    (14, 1): "143/35",
    (15, 1): "4493/1090",
    (16, 1): "763/184",
    (17, 1): "5833/1396",
    (3, 2): "3",
    (4, 2): "4",
    (5, 2): "5",
    (6, 2): "6",
    (7, 2): "7",
    (8, 2): "7",
    (11, 2): "94993/12750",
    (12, 2): "3840276268/508639735",
    (4, 3): "4",
    (5, 3): "5",
    (6, 3): "6",
    (7, 3): "7",
    (8, 3): "8",
    (9, 3): "9",
    (10, 3): "10",
    (11, 3): "11",
}
"""PoWR_k(n) for supermodular utilities, exact (ours)."""


def priced(*pairs: tuple[int, int]) -> tuple[Values, ...]:
    """Settings (n, k) with the stated price."""
    return tuple({"n": size, "k": budget, "price": Fraction(PRICES[size, budget])} for size, budget in pairs)


SMALL = tuple(pair for pair in PRICES if pair[0] <= 8)


def spread_program_on_found(parameters: Values) -> Problem:
    """The program of g_k(n), on all strings (n <= 8) or on those that column generation found."""
    spread = leak_pattern_program.best_spread(parameters["n"], parameters["k"])
    return leak_pattern_program.spread_program(spread.agents, spread.leaks, spread.strings)


def stated_g(parameters: Values) -> Real:
    """1/(price − 1)."""
    return 1 / (parameters["price"] - 1)


def ratio_program(parameters: Values) -> Problem:
    """The class program at geometric thresholds."""
    thresholds = geometric_thresholds(parameters["n"], parameters["M"])
    return class_program.worst_case_class_program(half_smallest(thresholds), thresholds, parameters["k"])


LOWER_ARGUMENT = (
    "Dual weights u on the views (Q, a), Σu = 1, of which no string shows more than g, make a chain: a_j is the weight of the views whose "
    "last one is j (j < n), a_n = g, θ_j = M^(j−n), v_j = a_jθ_j (the value before where a_j = 0). Its private optimum over λ tends to "
    "Σ_j a_j = 1 + g as M → ∞ (C2). Under k leaks only prefixes earn in state 0 in the limit (a told receiver above the prefix bounds the "
    "mass by λ over far larger odds), and a prefix [j], j < n, shows every view whose last one is j, so the rows of the views with multipliers u "
    "bound state 0 over λ by what strings collect; state 1 adds g at the all-ones string, which shows none of the views. So OPT_k/λ is at most "
    "g in the limit, and PoWR_k(n) >= (1+g)/g = 1 + 1/g."
)

SUPERMODULAR_PRICE = claim(
    "C8",
    "The exact price of k leaks for supermodular utilities",
    "PoWR_0 = 1, and PoWR_k(n) = 1 + 1/g_k(n) for 1 <= k <= n − 1: a supremum that no instance attains.",
    OURS,
    "==",
    Bound(1 + 1 / sp.Symbol("g"), "1 + 1/g_k(n)"),
    Part(
        "upper",
        "a mask shows every pattern 1^a 0^(k+1−a), 1 <= a <= k, with probability at least 1/(PoWR − 1)",
        (
            LinearProgram(
                build=spread_program_on_found,
                relation=">=",
                bound=stated_g,
                settings=Settings(
                    priced(*SMALL, (12, 1), (13, 1), (9, 3)),
                    priced((14, 1), (15, 1), (16, 1), (11, 2), (10, 3)),
                ),
                argument="The primal solution is a distribution on strings, whose ORDERED-MASK keeps g/(1+g) of every private optimum "
                "(C5): PoWR_k(n) <= 1 + 1/g.",
                rests_on=("C5",),
            ),
        ),
    ),
    Part(
        "lower",
        "no string shows patterns of more than the share 1/(PoWR − 1) of the dual weight",
        (
            LinearProgram(
                build=spread_program_on_found,
                relation="<=",
                bound=stated_g,
                settings=Settings(priced(*SMALL)),
                argument=LOWER_ARGUMENT,
                rests_on=("C2",),
            ),
            Enumeration(
                statement="every string of {0,1}^n shows ordered views of at most the share 1/(price − 1) of the dual weights that column "
                "generation ends with",
                elements=finite.strings,
                predicate=finite.collects_little,
                settings=Settings(
                    priced(*SMALL, (12, 1), (13, 1), (9, 3)), priced((14, 1), (16, 1), (17, 1), (11, 2), (12, 2), (10, 3), (11, 3))
                ),
                argument=LOWER_ARGUMENT,
                rests_on=("C2",),
            ),
        ),
    ),
    Part(
        "approach",
        "at θ_j = M^(j−n) the class value lies between (1 − 1/M)·PoWR and PoWR",
        (
            LinearProgram(
                build=ratio_program,
                relation="<=",
                bound=lambda p: 1 / (p["price"] * (1 - 1 / p["M"])),
                settings=Settings(
                    tuple({**setting, "M": Fraction(ratio)} for setting in priced((4, 1), (5, 1)) for ratio in (10, 30)),
                    tuple({**setting, "M": Fraction(ratio)} for setting in priced((6, 1), (7, 2)) for ratio in (10, 100)),
                ),
                argument="One over the optimum is the class value at these thresholds (C7's argument).",
            ),
        ),
        beside=True,
    ),
)


# C9

TABLE = tuple(pair for pair in PRICES if pair[0] <= 8 or pair in ((12, 1), (9, 3)))


HEADLINE = claim(
    "C9",
    "Θ(min{2^k, n}) for supermodular utilities, with constants",
    "min{n, 2^(k+1) − 1} <= PoWR_k(n) <= min{n, 2^(k+1) + 1} for k >= 1, PoWR_0 = 1; hence min{2^k, n} <= PoWR_k(n) <= (5/2)·min{2^k, n}.",
    ABSTRACT,
    "<=",
    Asymptotic(
        sp.Min(2**k, n),
        "min{2^k, n}",
        kind="Theta",
        lower_constant=sp.Integer(1),
        upper_constant=sp.Rational(5, 2),
        valid_for="n >= 1, 1 <= k <= n − 1",
        chosen_by="assay: the paper states Θ; both constants are sharp",
    ),
    Part(
        "lower",
        "PoWR_k(n) >= min{n, 2^(k+1) − 1}",
        (
            LinearProgram(
                build=masking_program_on_found,
                relation="<=",
                bound=lambda p: Fraction(1, min(p["n"], 2 ** (p["k"] + 1) - 1)),
                settings=Settings(sizes(*SMALL)),
                argument="The program's optimum is 1/PoWR_k(n) (C8). For every n it follows from C6: its chain with min{n, 2^(k+1) − 1} "
                "receivers and geometric thresholds has the ratio n − (n−1)/M → n, and further receivers may be dummies.",
                rests_on=("C6", "C8"),
            ),
        ),
    ),
    Part(
        "upper",
        "PoWR_k(n) <= min{n, 2^(k+1) + 1}",
        (
            LinearProgram(
                build=masking_program_on_found,
                relation=">=",
                bound=lambda p: Fraction(1, min(p["n"], 2 ** (p["k"] + 1) + 1)),
                settings=Settings(sizes(*TABLE), sizes((13, 1), (10, 3), (11, 2))),
                argument="The program's optimum is 1/PoWR_k(n), or less where only some strings are columns (n > 8), here at the listed (n, k) "
                "(C8). For every n and k it is C3 and C4.",
                rests_on=("C3", "C4", "C8"),
            ),
        ),
    ),
    Part(
        "constants",
        "min{n, 2t − 1} >= min{t, n} and min{n, 2t + 1} <= (5/2)·min{t, n} for t = 2^k >= 2",
        (
            Inequality(
                left=sp.Rational(5, 2) * t - (2 * t + 1),
                relation=">=",
                right=sp.Integer(0),
                domain=((t, 2, None),),
                method="polynomial",
                rests_on=("C3", "C4", "C6"),
                argument="If n <= t both minima are n (2t − 1 >= t), and n <= (5/2)n. If n > t: min{n, 2t − 1} >= t, and min{n, 2t + 1} <= "
                "2t + 1 <= (5/2)t by the inequality. Neither constant can be improved: PoWR_1(2) = 2, and sup_n PoWR_1 = 5.",
            ),
        ),
    ),
    Part(
        "growth",
        "PoWR_k at n = 2^(k+1) − 1 grows like 2^k",
        (
            Scaling(
                quantity=lambda size, p: leak_pattern_program.price_by_theorem(2 * size - 1, size.bit_length() - 1),
                exponent=Fraction(1),
                band=Fraction(1, 10),
                sizes={"quick": (8, 16, 32, 64), "standard": (8, 16, 32, 64, 128), "full": (8, 16, 32, 64, 128, 256)},
                rests_on=("C6",),
                argument="The size is 2^k; by C3 and C6 the price there is n = 2^(k+1) − 1.",
            ),
        ),
        beside=True,
    ),
)


# C10

LEAKS_TO_PUBLIC = claim(
    "C10",
    "⌈log2(n+1)⌉ − 1 leaks make private persuasion public",
    "On the chain of C6 with geometric thresholds the least k with OPT_k = OPT_pub is ⌈log2(n+1)⌉ − 1.",
    Source("abstract: Θ(log k) leakages, read as Θ(log n); the exact form is ours", "reconstructed"),
    "==",
    Bound(sp.ceiling(sp.log(n + 1, 2)) - 1),
    Part(
        "enough",
        "OPT_k = OPT_pub = λ at k = ⌈log2(n+1)⌉ − 1",
        (
            LinearProgram(
                build=lambda p: obedience_programs.worst_case_program(problem_at(p), p["k"]),
                relation="==",
                bound=relative_public,
                settings=Settings(
                    tuple(chain(size, 2, k=size.bit_length() - 1) for size in range(2, 9)),
                    (chain(4, 10, k=2), chain(9, 2, k=3)),
                    (chain(10, 2, k=3),),
                ),
                argument="OPT_k/λ and OPT_pub/λ by their programs; in general it is C6.",
            ),
        ),
    ),
    Part(
        "needed",
        "OPT_k > OPT_pub at k = ⌈log2(n+1)⌉ − 2",
        (
            LinearProgram(
                build=lambda p: obedience_programs.worst_case_program(problem_at(p), p["k"]),
                relation=">",
                bound=relative_public,
                settings=Settings(
                    tuple(chain(size, 2, k=size.bit_length() - 2) for size in range(2, 9)),
                    (chain(4, 10, k=1), chain(8, 4, k=2)),
                    (chain(10, 2, k=2),),
                ),
                argument="OPT_k/λ at one leak less, by its program. Fewer leaks leave at least as much (C1).",
                rests_on=("C1",),
            ),
        ),
    ),
)

CLAIMS = (EXTREMAL_CHAIN, CLASS_VALUE, SUPERMODULAR_PRICE, HEADLINE, LEAKS_TO_PUBLIC)
