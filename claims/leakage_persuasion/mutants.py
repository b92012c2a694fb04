"""False variants of the claims. Each is refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from fractions import Fraction

from claims import LinearProgram, Mutant, Settings, Witness
from claims.formulations import Formulation, Relation
from claims.leakage_persuasion import mutant_parts as parts
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import (
    symmetric_programs,
)
from claims.leakage_persuasion.named_instances import chain, chain_at, coverage, rationals, table, tree
from claims.parameters import Values

ONE = Fraction(1)


def program(build: object, relation: Relation, bound: object, setting: Values) -> tuple[Formulation, ...]:
    """A false statement about a linear program's optimum."""
    return (LinearProgram(build=build, relation=relation, bound=bound, settings=Settings((setting,))),)  # type: ignore[arg-type]


def witness(instance: object, quantity: object, relation: Relation, bound: object, setting: Values) -> tuple[Formulation, ...]:
    """A false statement about one instance."""
    return (Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting,))),)  # type: ignore[arg-type]


THREE = chain_at("1/200 1/20 1/2", "1/400", k=1)
OR3 = coverage(3, "1/10", "1/2", k=1)
TWO_OF_THREE = table("1/5 1/3 1/2", "1/10", "0 0 0 1 0 1 1 1", k=2)

MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C1": (
        Mutant("OPT_1 = OPT_0 always", program(parts.robust, "==", q.relative_private, chain(2, 10, k=1))),
        Mutant("OPT_1 = OPT_pub always", program(parts.robust, "==", q.relative_public, OR3)),
        Mutant(
            "ours: one more leak always costs something, OPT_2 < OPT_1",
            program(parts.robust, "<", lambda p: q.relative_opt(p, 1), TWO_OF_THREE),
        ),
    ),
    "C2": (
        Mutant(
            "the closed form also holds for submodular utilities",
            program(parts.robust, "==", q.relative_closed_form, coverage(2, "1/10", "1/2", k=0)),
        ),
        Mutant("weights p_i in place of p_i − p_{i+1}", program(parts.robust, "==", parts.plain_weights, chain_at("1/4 1/2", "1/8", k=0))),
        Mutant("ours: state 1 earns nothing", program(parts.robust, "==", parts.without_state_one, chain_at("1/4 1/2", "1/8", k=0))),
    ),
    "C3": (
        Mutant("PoWR_k <= n − 1", witness(q.instance_at, parts.ratio, "<=", parts.n_minus_one, chain(2, 100, k=1))),
        Mutant("PoWR_k <= n/2 + 1", witness(q.instance_at, parts.ratio, "<=", parts.half_n_plus_one, chain(3, 100, k=1))),
        Mutant(
            "ours: PoWR_k is at most the number of different thresholds",
            witness(q.instance_at, parts.ratio, "<=", parts.different_thresholds, OR3),
        ),
    ),
    "C4": (
        Mutant(
            "MASK with state 0 damped by α·2^−k is persuasive",
            witness(parts.masked_too_often, q.view_slack, ">=", q.nothing, {"receiver": 0, "leaked": 2, "ones": 0}),
        ),
        Mutant(
            "the private scheme is robust as it is",
            witness(parts.unmasked, q.view_slack, ">=", q.nothing, {"receiver": 0, "leaked": 2, "ones": 0}),
        ),
        Mutant(
            "ours: MASK keeps 2^−(k+1) of every utility",
            witness(
                parts.masked,
                q.scheme_value,
                ">=",
                parts.other_share,
                {**table("1/100 1/100 1/100 1/100 1/100 1/100", "1/1000", " ".join(["0"] * 63 + ["1"])), "k": 1, "share": Fraction(1, 4)},
            ),
        ),
    ),
    "C5": (
        Mutant(
            "the mass on all ones is not needed",
            witness(parts.ordered_without_all_ones, q.view_slack, ">=", q.nothing, {**THREE, "receiver": 2, "leaked": 2, "ones": 2}),
        ),
        Mutant(
            "state 0 may be damped by g in place of τ",
            witness(parts.ordered_with_factor_g, q.view_slack, ">=", q.nothing, {**THREE, "receiver": 0, "leaked": 2, "ones": 0}),
        ),
        Mutant(
            "ours: ORDERED-MASK keeps the share g",
            witness(parts.ordered_sent, q.scheme_value, ">=", parts.other_share, chain(5, 10, k=1, share=Fraction(2, 5))),
        ),
    ),
    "C6": (
        Mutant("PoWR_k <= 2^k", witness(q.instance_at, parts.ratio, "<=", parts.power_of_two, chain(3, 3, k=1))),
        Mutant(
            "PoWR_k <= e(k+1) for supermodular utilities",
            witness(parts.geometric, parts.chain_ratio, "<=", parts.e_times, {"n": 15, "k": 3, "M": Fraction(10)}),
        ),
        Mutant("⌈log2 n⌉ − 1 leaks suffice for OPT_k = λ", program(parts.robust, "==", lambda p: ONE, chain(4, 10, k=1))),
    ),
    "C7": (
        Mutant(
            "c_i/c_{i+1} in place of θ_i/θ_{i+1}",
            program(parts.by_class, "==", parts.odds_in_place_of_thresholds, {"theta": rationals("1/3 2/5 3/4"), "k": 1}),
        ),
        Mutant(
            "the value holds for every k >= 1",
            program(parts.by_class, "==", parts.inverse_chain_price, {"theta": rationals("1/5 1/4 1/2 4/5"), "k": 1}),
        ),
        Mutant(
            "ours: the supremum is n at all distinct thresholds",
            program(parts.by_class, "==", lambda p: Fraction(1, 3), {"theta": rationals("1/3 2/5 3/4"), "k": 1}),
        ),
    ),
    "C8": (
        Mutant("PoWR_1(n) <= 3", program(parts.by_ratio, ">=", lambda p: Fraction(1, 3), {"n": 5, "M": Fraction(10), "k": 1})),
        Mutant(
            "PoWR_1(n) is strictly increasing: g_1(4) < g_1(3)", program(parts.spread, "<", lambda p: q.solved_g(p, 3), {"n": 4, "k": 1})
        ),
        Mutant("ours: PoWR_k(n) = 1/g_k(n)", program(parts.ordered, "==", lambda p: q.solved_g(p, 4), {"n": 4, "k": 1})),
    ),
    "C9": (
        Mutant("lower constant 3/2: PoWR_k >= (3/2)·min{2^k, n}", program(parts.ordered, "<=", lambda p: Fraction(1, 3), {"n": 2, "k": 1})),
        Mutant("PoWR_k <= 2^(k+1) − 1", program(parts.ordered, ">=", lambda p: Fraction(1, 3), {"n": 5, "k": 1})),
        Mutant("PoWR_k <= 2·min{2^k, n}", program(parts.folded, ">=", lambda p: Fraction(1, 4), {"n": 13, "k": 1})),
        Mutant("PoWR_k >= 2^(k+1) − 1 without the cap n", program(parts.ordered, "<=", lambda p: Fraction(1, 3), {"n": 2, "k": 1})),
    ),
    "C10": (
        Mutant("the least k is ⌈log2 n⌉: OPT_1 > OPT_pub at n = 3", program(parts.robust, ">", q.relative_public, chain(3, 2, k=1))),
        Mutant("the least k is ⌊log2 n⌋ − 1: OPT_1 = OPT_pub at n = 4", program(parts.robust, "==", q.relative_public, chain(4, 2, k=1))),
        Mutant("ours: n − 1 leaks are needed: OPT_3 > OPT_pub at n = 5", program(parts.robust, ">", q.relative_public, chain(5, 2, k=3))),
    ),
    "C11": (
        Mutant(
            "SUBSAMPLE without damping (β = 1) is persuasive",
            witness(parts.undamped_sample, q.view_slack, ">=", q.nothing, {"receiver": 0, "leaked": 2, "ones": 0}),
        ),
        Mutant(
            "the rate r = 1/2 keeps most for every k",
            witness(parts.rate, parts.kept, "<=", parts.kept_at_half, {"r": Fraction(1, 4), "k": 3}),
        ),
        Mutant(
            "PoWR_k <= (k+1)^(k+1)/k^k for supermodular utilities",
            witness(q.instance_at, parts.ratio, "<=", parts.xos_limit, chain(7, 100, k=2)),
        ),
    ),
    "C12": (
        Mutant(
            "PoWR_k <= k + 1 for submodular utilities",
            witness(q.instance_at, parts.ratio, "<=", q.stated, coverage(4, "1/100", "1/10", k=1, bound=Fraction(2))),
        ),
        Mutant(
            "PoWR_k <= 2k + 1 for submodular utilities",
            witness(q.instance_at, parts.ratio, "<=", q.stated, coverage(7, "1/10000", "1/1000", k=1, bound=Fraction(3))),
        ),
        Mutant("ours: h(n, 1) = n/4", program(parts.coverage_limit, "==", lambda p: Fraction(p["n"], 4), {"n": 4, "k": 1})),
    ),
    "C13": (
        Mutant(
            "the rate r = 1/2 is optimal for every k",
            witness(parts.rate, parts.kept, "<=", parts.kept_at_half, {"r": Fraction(1, 4), "k": 3}),
        ),
        Mutant(
            "MASK is within a factor 2 of optimal for submodular utilities too",
            witness(parts.masked_coverage, q.scheme_value, ">=", parts.twice_robust, coverage(5, "1/1000", "1/50", k=3)),
        ),
        Mutant(
            "ours: h = nφ at every n",
            program(parts.coverage_limit, "==", lambda p: p["n"] * symmetric_programs.best_sample(p["n"], p["k"])[0], {"n": 5, "k": 2}),
        ),
    ),
    "C14": (
        Mutant(
            "PoDR_D = PoWR_k for every D: n/h <= n/(n−k−1) (random clique)",
            program(parts.coverage_limit, ">=", lambda p: Fraction(p["n"] - p["k"] - 1), {"n": 10, "k": 1}),
        ),
        Mutant(
            "a 1-persuasive scheme keeps its value under more leaks: OPT_1 <= OPT_pub",
            program(parts.robust, "<=", q.relative_public, chain(4, 10, k=1)),
        ),
        Mutant(
            "ours: receivers that are told 0 never switch to 1, U_D <= Σ(x+y)V",
            witness(
                parts.first_is_told,
                q.downstream_value,
                "<=",
                parts.followed_value,
                {**table("1/2 1/2 1/2", "1/10", "0 1 1 2 1 2 2 3"), "k": 1, "n": 3, "law": "broadcast"},
            ),
        ),
    ),
    "C15": (
        Mutant("PoDR <= k", witness(q.instance_at, q.public_price, "<=", q.one, coverage(2, "1/1000", "1/100"))),
        Mutant(
            "PoDR = 2^k: the class value at n = 6, k = 2 is 4",
            program(parts.by_cliques, "==", lambda p: Fraction(1, 4), {"n": 6, "k": 2, "M": Fraction(10), "layout": "contiguous"}),
        ),
        Mutant(
            "ours: interleaved cliques cost nothing",
            program(parts.by_cliques, "==", lambda p: ONE, {"n": 4, "k": 1, "M": Fraction(10), "layout": "interleaved"}),
        ),
    ),
    "C16": (
        Mutant(
            "the unmodified scheme loses at most (n+1)/n",
            witness(
                parts.anticorrelated, q.downstream_value, ">=", parts.nearly_private, coverage(4, "1/100", "1/2", k=1, law="random clique")
            ),
        ),
        Mutant(
            "PoDR <= 2 for every k < n",
            witness(q.instance_at, q.public_price, "<=", q.stated, coverage(3, "1/100", "1/10", bound=Fraction(2))),
        ),
        Mutant(
            "ours: the unmodified scheme loses nothing",
            witness(
                parts.anticorrelated,
                q.downstream_value,
                ">=",
                q.coverage_closed_form,
                coverage(6, "1/100", "1/4", k=2, law="random clique"),
            ),
        ),
    ),
    "C17": (
        Mutant(
            "the private scheme unchanged is within 2 of OPT_0",
            witness(parts.anticorrelated, q.downstream_value, ">=", parts.half_private, coverage(4, "1/100", "1/2", k=1, law="broadcast")),
        ),
        Mutant("B = n is the best grid of boundaries", witness(parts.whole_grid, parts.first_of, "<=", parts.second_of, {"n": 10, "k": 1})),
        Mutant(
            "ours: the boundary scheme loses at most B'",
            witness(parts.boundary, q.downstream_value, ">=", parts.share_over_boundaries, chain(4, 10, k=1, B=2, law="broadcast")),
        ),
    ),
    "C18": (
        Mutant("k + 1 classes suffice", witness(parts.leak_graph, q.least_conflicts, "<=", q.nothing, {"n": 3, "k": 1, "classes": 2})),
        Mutant(
            "PoDR <= 2k + 1 for supermodular utilities too",
            witness(parts.tree_ratio, q.tree_price, "<=", parts.twice_k_plus_one, {"k": 3, "M": Fraction(100)}),
        ),
        Mutant("ours: 2k classes suffice", witness(parts.leak_graph, q.least_conflicts, "<=", q.nothing, {"n": 5, "k": 2, "classes": 4})),
    ),
    "C19": (
        Mutant("the downstream optimum is λ", program(parts.by_pattern, "==", lambda p: ONE, tree(1, 10, law="tree"))),
        Mutant(
            "PoDR never exceeds 2k + 1", witness(parts.tree_ratio, q.tree_price, "<=", parts.twice_k_plus_one, {"k": 3, "M": Fraction(100)})
        ),
        Mutant(
            "ours: the downstream optimum is at most λ(1 + k/M²)",
            program(parts.by_pattern, "<=", lambda p: 1 + p["k"] / (p["M"] * p["M"]), tree(1, 10, law="tree")),
        ),
    ),
    "C20": (
        Mutant(
            "the pad also works for n = 2",
            witness(parts.padded, q.downstream_value, ">=", q.coverage_closed_form, coverage(2, "1/10", "1/2", k=1, law="cycle")),
        ),
        Mutant(
            "secret sharing attains OPT_0",
            witness(parts.shared, q.downstream_value, ">=", q.coverage_closed_form, coverage(3, "1/100", "1/2", k=1, law="broadcast", q=3)),
        ),
        Mutant(
            "ours: binary obedient signals attain OPT_0 on the cycle",
            program(parts.by_pattern, "==", q.relative_private, coverage(3, "1/10", "1/2", k=1, law="cycle")),
        ),
    ),
    "C21": (
        Mutant(
            "the optimum is linear in ρ",
            witness(q.instance_at, q.two_receiver_ceiling, ">=", q.interpolated, coverage(2, "1/10", "1/2", rho=Fraction(1, 2))),
        ),
        Mutant(
            "a leak rarer than 1/2 costs nothing",
            witness(q.instance_at, q.two_receiver_ceiling, ">=", q.private_optimum, coverage(2, "1/10", "1/2", rho=Fraction(1, 4))),
        ),
        Mutant(
            "ours: a rare leak costs as much as a certain one, OPT(1/4) = OPT_1",
            program(parts.best_policy, "==", lambda p: q.relative_opt(p, 1) * p["lam"], coverage(2, "1/10", "1/2", rho=Fraction(1, 4))),
        ),
    ),
    "C22": (
        Mutant(
            "two-sided obedience costs nothing: two-sided OPT_1 = OPT_1",
            program(parts.two_sided, "==", lambda p: q.relative_opt(p, 1), chain(4, 10, k=1)),
        ),
        Mutant(
            "PoWR_k <= 2^(k+1) + 1 holds two-sided", program(parts.two_sided, ">=", lambda p: q.relative_private(p) / 5, chain(7, 10, k=1))
        ),
        Mutant("ours: the collapse holds for equal thresholds too", program(parts.two_sided, "==", q.relative_public, OR3)),
    ),
}
