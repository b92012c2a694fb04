"""C1 to C5: what leaks cost, and the transformations that make a private scheme robust."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Asymptotic, Bound, Enumeration, Inequality, LinearProgram, Part, Property, Settings, Source, Witness
from claims.leakage_persuasion import enumerations as finite
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import (
    leak_pattern_program,
    obedience_programs,
    symmetric_programs,
    transformations,
)
from claims.leakage_persuasion.model import is_persuasive, least_slack, value
from claims.leakage_persuasion.named_instances import chain, chain_at, drawn, each, problem_at, table
from claims.leakage_persuasion.quantities import (
    decoded_scheme,
    persuasive_value,
    relative_closed_form,
    relative_opt,
    relative_private,
    relative_public,
)
from claims.leakage_persuasion.sections.common import (
    DRAWN,
    EXAMPLES,
    MIXED,
    MORE,
    OURS,
    TALLER_CHAIN,
    UNSORTED,
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
from claims.parameters import Values
from exact import reals
from exact.linear_programs import Problem
from exact.reals import Real
from instances.persuasion_problems import PersuasionProblem, persuasion_problems
from instances.signalling_schemes import DirectScheme

# C1

FOLLOWED_OVER_BUDGETS = (
    *(setting for budget in range(4) for setting in each((TALLER_CHAIN,), k=budget)),
    *each((chain(4, 10),), k=2),
    *each((UNSORTED,), k=0),
    *each((UNSORTED,), k=1),
)

SANDWICH = claim(
    "C1",
    "More leaks never help",
    "OPT_pub = OPT_{n−1} <= OPT_{k+1} <= OPT_k <= OPT_0 for every problem and every k.",
    Source("definitions", "reconstructed"),
    "<=",
    Bound(sp.Symbol("OPT_0")),
    Part(
        "monotone",
        "OPT_{k+1} <= OPT_k",
        (
            Enumeration(
                statement="the event of a view with k leaks is the disjoint union of the events of the two views with one more leak",
                elements=finite.refinements,
                predicate=finite.is_sum_of_two,
                settings=Settings(sizes((2, 0), (3, 0), (3, 1), (4, 0), (4, 1), (4, 2)), sizes((5, 0), (5, 1), (5, 2), (5, 3), (6, 2))),
                argument="The row (OB) of a view has the multipliers 1 − θ_i and θ_i, which depend on the receiver only. So if its event "
                "is the disjoint union of two events with one more leak, the row is the sum of their rows: whatever is persuasive "
                "under k + 1 leaks is so under k. The two programs have the same objective, so OPT_{k+1} <= OPT_k, for all "
                "priors, thresholds and utilities with n receivers.",
            ),
            LinearProgram(
                build=lambda p: obedience_programs.worst_case_program(problem_at(p), p["k"] + 1),
                relation="<=",
                bound=lambda p: relative_opt(p, p["k"]),
                settings=Settings(
                    each(MIXED, k=0) + each(MIXED, k=1) + each(DRAWN, k=0), each(MORE, k=0) + each(DRAWN, k=1) + FOLLOWED_OVER_BUDGETS
                ),
                argument="The program's value is OPT_{k+1}/λ at the named instance, and the bound is OPT_k/λ by another program.",
            ),
        ),
    ),
    Part(
        "public",
        "OPT_{n−1} = OPT_pub, the concave closure of q ↦ V({i : θ_i <= q}) at λ",
        (
            Enumeration(
                statement="with all other signals leaked, a view of a receiver that is told to adopt is one profile",
                elements=finite.full_views,
                predicate=finite.shows_one_profile,
                settings=Settings(agents(1, 2, 3, 4, 5), agents(6, 7, 8)),
                argument="So (OB) says for each profile S that its posterior q_S is at least θ_i for all i in S, that is S ⊆ {i : θ_i <= "
                "q_S}, and by monotonicity V(S) <= f(q_S) with f(q) = V({i : θ_i <= q}). A scheme's value is then at most an "
                "average of f over posteriors with mean λ, hence at most the concave closure. Conversely every distribution of "
                "posteriors with mean λ is attained by publicly recommending {i : θ_i <= q}, which satisfies (OB).",
            ),
            LinearProgram(
                build=public_program,
                relation="==",
                bound=relative_public,
                decode=decoded_scheme,
                quantity=lambda scheme, p: persuasive_value(scheme, {**p, "k": problem_at(p).agents - 1}),
                settings=Settings(MIXED + DRAWN, (*MORE, TALLER_CHAIN, UNSORTED)),
                argument="The program's value is OPT_{n−1}/λ at the named instance; the bound is the closed form.",
            ),
        ),
    ),
)


# C2

SUPERMODULAR = (
    chain_at("1/4 1/2", "1/8"),
    chain_at("1/5 1/3 1/2", "1/10"),
    chain_at("1/3 1/3 1"),
    table("1/2 1/2 1/2", "3/4", "0 0 0 1 0 1 1 4"),
    table("1/5 1/3 1/2", "1/4", "0 1 1 4 1 4 4 9"),
    chain(4, 10),
    drawn("supermodular", 3, 5),
    drawn("supermodular", 4, 6),
)
IDENTICAL = table("1/2 1/2 1/2 1/2", "1/10", "0 1 1 3 1 3 3 7 1 3 3 7 3 7 7 15")

PRIVATE_OPTIMUM = claim(
    "C2",
    "The private optimum of a supermodular utility",
    "For supermodular V and sorted thresholds: OPT_0 = λV([n]) + (1−λ) Σ_i (p_i − p_{i+1}) V([i]), p_{n+1} = 0. With equal thresholds "
    "OPT_0 = OPT_pub.",
    Source("Arieli and Babichenko 2019, used by the paper", "restated"),
    "==",
    Bound(sp.Symbol("OPT_0")),
    Part(
        "closed form",
        "the program of OPT_0 has this value",
        (
            Enumeration(
                statement="Σ_{i∈S} (V([i]) − V([i−1])) − V(S) is a sum of second differences of V, as linear forms in V",
                elements=finite.nonempty_profiles,
                predicate=finite.is_sum_of_second_differences,
                settings=Settings(agents(1, 2, 3, 4, 5, 6), agents(7, 8, 9)),
                argument="Second differences of a supermodular V are >= 0, so V(S) <= Σ_{i∈S} (V([i]) − V([i−1])). By (OB) at k = 0 state "
                "0 tells i to adopt with probability at most p_i, and p_1 >= … >= p_n; averaging the inequality over state 0 and "
                "summing by parts bounds its share by (1−λ) Σ (p_i − p_{i+1}) V([i]), and state 1 earns at most λV([n]). The "
                "comonotone scheme (all ones in state 1; {i : u <= p_i}, u uniform, in state 0) satisfies (OB) at k = 0 with "
                "equality where p_i < 1 and attains the sum.",
            ),
            LinearProgram(
                build=private_program,
                relation="==",
                bound=relative_closed_form,
                decode=decoded_scheme,
                quantity=lambda scheme, p: persuasive_value(scheme, {**p, "k": 0}),
                settings=Settings(
                    SUPERMODULAR, tuple(drawn("supermodular", size, seed) for size in (2, 3, 4, 5) for seed in range(20, 28))
                ),
                argument="The program's value is OPT_0/λ at the named instance; the bound is the closed form.",
            ),
        ),
    ),
    Part(
        "corollary",
        "with equal thresholds private and public persuasion are worth the same",
        (
            Inequality(
                left=lam * sp.Symbol("V") + (1 - lam) * sp.Symbol("p") * sp.Symbol("V"),
                relation="==",
                right=(lam + (1 - lam) * sp.Symbol("p")) * sp.Symbol("V"),
                domain=((lam, 0, 1), (sp.Symbol("p"), 0, 1), (sp.Symbol("V"), 0, None)),
                method="identity",
                rests_on=("C1",),
                argument="With p_1 = … = p_n = p the closed form is λV([n]) + (1−λ)pV([n]) (the left side). Publicly recommending [n] "
                "always in state 1 and with probability p in state 0 satisfies (OB) for every k and is worth the right side, so "
                "OPT_pub >= OPT_0, and OPT_pub <= OPT_0 always (C1).",
            ),
            LinearProgram(
                build=robust_program,
                relation="==",
                bound=relative_private,
                settings=Settings(tuple({**IDENTICAL, "k": budget} for budget in (1, 2, 3))),
                argument="V(S) = 2^|S| − 1, n = 4, λ = 1/10, θ = 1/2: OPT_k/λ against OPT_0/λ.",
            ),
        ),
    ),
)


# C3


def sharp_for_n(problem: PersuasionProblem, parameters: Values) -> Real:
    """n·OPT_{n−1}."""
    return problem.agents * obedience_programs.opt(problem, problem.agents - 1)


AT_MOST_N = claim(
    "C3",
    "PoWR_k is at most n",
    "OPT_0 <= n·OPT_k for every monotone V, all priors and thresholds, and every k.",
    Source("abstract: O(min{2^k, n}) for supermodular; the constant is ours", "reconstructed"),
    "<=",
    Bound(n),
    Part(
        "bound",
        "OPT_0 <= n·OPT_pub",
        (
            Enumeration(
                statement="term i of n·P − [λW_n + Σ_i (q_i − λ)W_i] equals (P − q_iW_i) + λW_i for i < n and P − q_nW_n for i = n, as "
                "linear forms in P, q_iW_i, λW_i",
                elements=finite.receivers,
                predicate=finite.is_term_of_the_identity,
                settings=Settings(agents(1, 2, 3, 4, 5, 6, 7, 8), agents(12, 20, 50)),
                argument="Sort the thresholds, let i(S) be the last member of S, W_i = max V(S) over S with i(S) = i, q_i = λ + (1−λ)p_i "
                "and P = OPT_pub. Publicly recommending S succeeds with probability q_{i(S)}, so P >= q_iW_i for every i. In "
                "state 0 a private scheme sends profiles with i(S) = i with probability at most p_i, and V([n]) = W_n, so OPT_0 "
                "<= λW_n + Σ_i (q_i − λ)W_i. By the identity n·P minus this is a sum of the terms P − q_iW_i >= 0 and λW_i >= 0, "
                "and P <= OPT_k (C1).",
                rests_on=("C1",),
            ),
            LinearProgram(
                build=private_program,
                relation="<=",
                bound=lambda p: problem_at(p).agents * relative_public(p),
                settings=Settings(MIXED + DRAWN, (*MORE, TALLER_CHAIN, UNSORTED)),
                argument="The program's value is OPT_0/λ at the named instance; the bound is n·OPT_pub/λ.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=q.private_optimum,
                relation="<=",
                bound=sharp_for_n,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "kind": "monotone"},)),
                argument="Random monotone utilities on three receivers; OPT_{n−1} <= OPT_k.",
                rests_on=("C1",),
            ),
        ),
    ),
)


# C4

t, x_one, y_one, c, V_one, E_zero = sp.symbols("t X Y c V E", nonnegative=True)


def mask_slack(problem: PersuasionProblem, parameters: Values) -> Real:
    """The least slack of MASK at the default rate."""
    scheme = transformations.mask(obedience_programs.private_scheme(problem), parameters["k"])
    return least_slack(problem, scheme, parameters["k"])


def mask_value(problem: PersuasionProblem, parameters: Values) -> Real:
    """The value of MASK at the default rate."""
    return value(problem, transformations.mask(obedience_programs.private_scheme(problem), parameters["k"]))


def mask_guarantee(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0/(2^(k+1) + 1)."""
    return obedience_programs.private_value(problem) / (2 ** (parameters["k"] + 1) + 1)


def masked_at_rate(parameters: Values) -> tuple[PersuasionProblem, DirectScheme]:
    """The setting's problem with MASK at the rate ``alpha``. Raises ValueError if it is not persuasive."""
    problem = problem_at(parameters)
    scheme = transformations.mask(obedience_programs.comonotone_scheme(problem), parameters["k"], parameters["alpha"])
    if not is_persuasive(problem, scheme, parameters["k"]):
        raise ValueError("the scheme is not persuasive")
    return problem, scheme


def loss_of_supermodular(sent: tuple[PersuasionProblem, DirectScheme], parameters: Values) -> Real:
    """OPT_0 over the value of the scheme, for a supermodular utility."""
    return obedience_programs.private_closed_form(sent[0]) / value(*sent)


def mask_loss(sent: tuple[PersuasionProblem, DirectScheme], parameters: Values) -> Real:
    """1/min(1 − α, α·2^−(k+1))."""
    alpha = parameters["alpha"]
    return 1 / reals.minimum([1 - alpha, alpha / 2 ** (parameters["k"] + 1)])


UNANIMITY = table("9/10 9/10 9/10 9/10", "1/10", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1")
"""Everybody or nothing, and hard to persuade: nearly all of its value lies in state 1."""
LONG_CHAIN = chain(8, 1000)
"""Nearly all of its value lies in state 0."""
RATES = tuple(Fraction(tenth, 10) for tenth in range(1, 10))

MASKING = claim(
    "C4",
    "Masking keeps the share 1/(2^(k+1) + 1) of any utility",
    "PoWR_k <= 2^(k+1) + 1 for every monotone V: MASK at α = t/(t+1), t = 2^(k+1), is k-worst-case persuasive and worth at least "
    "OPT_0/(2^(k+1) + 1).",
    Source("abstract: O(2^k) for supermodular; scheme and constant are ours", "reconstructed"),
    "<=",
    Asymptotic(
        2 ** (k + 1) + 1,
        "2^(k+1) + 1; the paper: O(2^k)",
        kind="O",
        upper_constant=sp.Integer(1),
        valid_for="all k, n and monotone V",
        chosen_by="assay: derived here",
    ),
    Part(
        "persuasive",
        "MASK satisfies (OB) for every leak of k signals",
        (
            Inequality(
                left=t / (t + 1) / t * lam - c * (t / (t + 1) / t) * y_one,
                relation="==",
                right=(lam - c * y_one) / (t + 1),
                domain=((t, 1, None), (lam, 0, 1), (c, 0, None), (y_one, 0, None)),
                method="identity",
                argument="In state 1 the mask shows every nonzero pattern on k + 1 receivers with probability at least α/t (t = 2^(k+1), α "
                "= t/(t+1)), so (OB)'s left side, over 1 − θ_i, is at least αλ/t. State 0 sends the private profile with "
                "probability α/t, so its mass in any view of a receiver i that is told to adopt is at most (α/t)·Y, with Y = "
                "(1−λ)Pr(s_i = 1) under the private scheme. Private persuasiveness is λ − c_iY >= 0, and by the identity (OB) "
                "follows; where θ_i = 1, Y = 0.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=mask_slack,
                relation=">=",
                bound=q.nothing,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "k": 1, "kind": "monotone"}, {"n": 4, "k": 2, "kind": "xos"})),
                argument="Every view of the transformed scheme, on random instances.",
            ),
        ),
    ),
    Part(
        "value",
        "MASK is worth at least OPT_0/(2^(k+1) + 1)",
        (
            Inequality(
                left=(1 - t / (t + 1)) * lam * V_one + t / (t + 1) / t * (1 - lam) * E_zero,
                relation="==",
                right=(lam * V_one + (1 - lam) * E_zero) / (t + 1),
                domain=((t, 1, None), (lam, 0, 1), (V_one, 0, None), (E_zero, 0, None)),
                method="identity",
                argument="A private optimum may be taken to send all ones in state 1 (it stays persuasive and V is monotone), so OPT_0 = "
                "λV + (1−λ)E with V = V([n]) and E the expected utility in state 0. MASK earns at least λV([n]) with probability "
                "1 − α in state 1 and E with probability α/t in state 0, which is the left side.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=mask_value,
                relation=">=",
                bound=mask_guarantee,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "k": 1, "kind": "monotone"}, {"n": 4, "k": 2, "kind": "coverage"})),
                argument="The value of the transformed scheme, on random instances.",
            ),
        ),
    ),
    Part(
        "finite n",
        "the best exchangeable mask loses at most 2^(k+1) + 1",
        (
            LinearProgram(
                build=lambda p: symmetric_programs.masking_program(p["n"], p["k"]),
                relation=">=",
                bound=lambda p: Fraction(1, 2 ** (p["k"] + 1) + 1),
                settings=Settings(
                    sizes((3, 1), (4, 1), (5, 1), (10, 1), (7, 2), (10, 2), (20, 2), (16, 3), (40, 1)), sizes((60, 3), (100, 2))
                ),
                argument="The program maximises the least weight τ^sym of all ones and of the mixed patterns over exchangeable masks.",
            ),
        ),
        beside=True,
    ),
    Part(
        "rates",
        "MASK at the listed rates α loses at most 1/min(1 − α, α·2^−(k+1)) of two utilities",
        (
            Witness(
                instance=masked_at_rate,
                quantity=loss_of_supermodular,
                relation="<=",
                bound=mask_loss,
                settings=Settings(
                    each((UNANIMITY,), k=1, alpha=Fraction(4, 5)),
                    tuple(
                        setting
                        for alpha in RATES
                        for setting in each((UNANIMITY, LONG_CHAIN), k=1, alpha=alpha)
                        if setting != {**UNANIMITY, "k": 1, "alpha": Fraction(4, 5)}
                    ),
                ),
                argument="State 1 keeps at least 1 − α, state 0 keeps α·2^−(k+1). The scheme, persuasive in every view, on two utilities that "
                "live in one state each.",
            ),
        ),
        beside=True,
    ),
)


# C5


def ordered_slack(problem: PersuasionProblem, parameters: Values) -> Real:
    """The least slack of ORDERED-MASK."""
    spread = leak_pattern_program.best_spread(problem.agents, parameters["k"])
    return least_slack(problem, transformations.ordered_mask(problem, spread), parameters["k"])


def ordered_value(problem: PersuasionProblem, parameters: Values) -> Real:
    """The value of ORDERED-MASK."""
    return value(problem, transformations.ordered_mask(problem, leak_pattern_program.best_spread(problem.agents, parameters["k"])))


def ordered_guarantee(problem: PersuasionProblem, parameters: Values) -> Real:
    """τ·OPT_0."""
    return leak_pattern_program.kept_share(
        leak_pattern_program.best_spread(problem.agents, parameters["k"])
    ) * obedience_programs.private_closed_form(problem)


def masking_program_on_found(parameters: Values) -> Problem:
    """The ordered masking program on the strings that column generation found."""
    spread = leak_pattern_program.best_spread(parameters["n"], parameters["k"])
    return leak_pattern_program.ordered_masking_program(spread.agents, spread.leaks, spread.strings)


ORDERED_MASKING = claim(
    "C5",
    "Ordered masking: only the patterns 1^a 0^(k+1−a) matter",
    "For sorted thresholds and every supermodular V, ORDERED-MASK is k-worst-case persuasive and keeps the share τ = g/(1+g) of "
    "OPT_0, g = g_k(n).",
    OURS,
    ">=",
    Bound(sp.Symbol("tau"), "τ = g/(1+g)"),
    Part(
        "persuasive",
        "state 1 shows every view that state 0 can show with probability at least τ",
        (
            Enumeration(
                statement="for every (k+1)-set Q and nonempty A ⊆ Q: no prefix shows A on Q, or ORDERED-MASK shows it in state 1 with "
                "probability >= τ",
                elements=finite.sorted_views,
                predicate=finite.mask_weighs_enough,
                settings=Settings(
                    sizes((2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (6, 2), (7, 2), (8, 1), (8, 3)), sizes((9, 1), (10, 2))
                ),
                argument="In state 0 the comonotone scheme sends prefixes of the sorted receivers, damped by τ, so a view of i that is "
                "told to adopt has mass at most τ(1−λ)p_i <= τλ/c_i, and none unless it is a lower part of its set. In state 1 "
                "its mass is at least τλ by the enumeration, so (OB) holds.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], "supermodular"),
                quantity=ordered_slack,
                relation=">=",
                bound=q.nothing,
                examples=EXAMPLES,
                settings=Settings(sizes((3, 1), (4, 2))),
                argument="Every view of the transformed scheme, on random instances.",
            ),
        ),
    ),
    Part(
        "share",
        "the scheme keeps at least τ·OPT_0",
        (
            LinearProgram(
                build=masking_program_on_found,
                relation="==",
                bound=lambda p: leak_pattern_program.kept_share(leak_pattern_program.best_spread(p["n"], p["k"])),
                settings=Settings(sizes((2, 1), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2), (8, 1), (8, 3), (12, 1)), sizes((13, 1), (10, 3))),
                argument="ORDERED-MASK earns at least τλV([n]) in state 1 and τ(1−λ)E in state 0, together τ·OPT_0 (C2). The program maximises, "
                "over masks on the listed strings (all of them for n <= 8), the least probability of all ones and of the patterns 1^a 0^(k+1−a); "
                "its optimum is g/(1+g).",
                rests_on=("C2",),
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], "supermodular"),
                quantity=ordered_value,
                relation=">=",
                bound=ordered_guarantee,
                examples=EXAMPLES,
                settings=Settings(sizes((3, 1), (4, 2))),
                argument="The value of the transformed scheme, on random instances.",
            ),
        ),
    ),
)

CLAIMS = (SANDWICH, PRIVATE_OPTIMUM, AT_MOST_N, MASKING, ORDERED_MASKING)
