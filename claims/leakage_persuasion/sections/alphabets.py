"""C19 to C22: graphs and alphabets, two receivers, and why obedience is one-sided."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Asymptotic, Bound, Enumeration, LinearProgram, Part, Settings, Source, Witness
from claims.leakage_persuasion import enumerations as finite
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import downstream_schemes, obedience_programs
from claims.leakage_persuasion.named_instances import chain, coverage, each, problem_at, table, tree
from claims.leakage_persuasion.quantities import decoded_scheme, relative_public
from claims.leakage_persuasion.sections.common import OURS, UNSORTED, M, agents, claim, k
from claims.leakage_persuasion.sections.leakage_laws import anticorrelated
from claims.parameters import Values
from exact.linear_programs import Problem
from instances.persuasion_problems import PersuasionProblem
from instances.signalling_schemes import SignallingScheme

# C19

TREES = (tree(1, 10, law="tree"), tree(2, 10, law="tree"))

TREE = claim(
    "C19",
    "A known graph on which the downstream price is exponential in k",
    "There is a tree graph of in-degree k, and a supermodular V, with PoDR >= (2^k − (2^k − 1)/M²)/(1 + k/M), for every M: 2^k(1 − "
    "o(1)), any alphabet.",
    Source("abstract: the order of PoDR depends on the leakage; the graph is ours", "reconstructed"),
    ">=",
    Asymptotic(
        2**k,
        "2^k",
        kind="Omega",
        lower_constant=(1 - 1 / M**2) / (1 + k / M),
        valid_for="all k >= 1, M > 1",
        chosen_by="assay: derived here",
    ),
    Part(
        "binary",
        "OPT_0/OPT_G >= the bound, with binary obedient signals",
        (
            Witness(
                instance=q.instance_at,
                quantity=q.pattern_price,
                relation=">=",
                bound=q.tree_guarantee,
                settings=Settings(TREES, (tree(2, 100, law="tree"),)),
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "any alphabet",
        "no scheme is worth more than λ(1 + k/M) downstream",
        (
            Enumeration(
                statement="V(a) <= Σ_j θ_j·1[the search ends at leaf j, a_j = 1] + (1/M) Σ_m θ_m·1[the search visits the inner node m, a_m "
                "= 1]",
                elements=finite.action_vectors,
                predicate=finite.value_is_covered,
                settings=Settings(
                    ({"k": 1, "M": Fraction(10)}, {"k": 2, "M": Fraction(10)}, {"k": 2, "M": Fraction(100)}),
                    ({"k": 3, "M": Fraction(10)}, {"k": 3, "M": Fraction(100)}),
                ),
                argument="A node sees its ancestors' signals and so knows their actions, hence whether the search (right after action 1, "
                "left after 0) reaches it. That it is reached and acts 1 is then a union of its views, where best responses give "
                "θ_j·Pr(E_j) <= Pr(E_j, ω = 1), and likewise for inner nodes. A search ends at one leaf and visits k inner nodes, "
                "so the inequality, averaged, gives at most λ + kλ/M. With OPT_0 = λ(2^k − (2^k − 1)/M²) (C2) it is the claimed "
                "ratio.",
                rests_on=("C2",),
            ),
        ),
    ),
)


# C20


def padded(parameters: Values) -> tuple[PersuasionProblem, SignallingScheme]:
    """A coverage problem with its pad scheme."""
    problem, private = anticorrelated(parameters)
    return problem, downstream_schemes.pad_scheme(private)


def matched(parameters: Values) -> tuple[PersuasionProblem, SignallingScheme]:
    """A coverage problem with its matching scheme."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.matching_scheme(problem)


def shared(parameters: Values) -> tuple[PersuasionProblem, SignallingScheme]:
    """A coverage problem with its secret sharing scheme."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.secret_sharing_scheme(problem, parameters["k"], parameters["q"])


ALPHABETS = claim(
    "C20",
    "Alphabets matter",
    "With larger alphabets: pads attain OPT_0 on the directed cycle (n >= 3), where binary obedient signals "
    "do not; matchings and secret sharing beat binary signals under broadcasts.",
    Source("ours; compare multi-channel persuasion (Babichenko, Talgam-Cohen, Xu, Zabarnyi)", "reconstructed"),
    "==",
    Bound(sp.Symbol("OPT_0"), "OPT_0 (pad), closed forms"),
    Part(
        "pad",
        "the pad scheme attains OPT_0 on the directed cycle",
        (
            Witness(
                instance=padded,
                quantity=q.downstream_value,
                relation="==",
                bound=q.coverage_closed_form,
                settings=Settings(
                    (coverage(3, "1/10", "1/2", k=1, law="cycle"), coverage(4, "1/10", "1/2", k=1, law="cycle")),
                    (coverage(5, "1/20", "1/2", k=1, law="cycle"), coverage(4, "1/100", "1/2", k=1, law="cycle")),
                ),
                argument="λ + (1−λ)min(1, np) is OPT_0 of coverage: the union bound over receivers, attained by the anticorrelated scheme.",
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "binary is worse",
        "binary obedient signals are worth less on the cycle",
        (
            Witness(
                instance=q.instance_at,
                quantity=q.pattern_optimum,
                relation="<",
                bound=q.private_optimum,
                settings=Settings((coverage(3, "1/10", "1/2", k=1, law="cycle"), coverage(4, "1/10", "1/2", k=1, law="cycle"))),
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "matching",
        "the matching scheme is worth λ + (1−λ)min(1, (n−1)p) under a broadcast of one",
        (
            Witness(
                instance=matched,
                quantity=q.downstream_value,
                relation="==",
                bound=q.matching_closed_form,
                settings=Settings((coverage(4, "1/100", "1/2", k=1, law="broadcast"), coverage(6, "1/100", "1/4", k=1, law="broadcast"))),
            ),
        ),
        quantifier="exists",
    ),
    Part(
        "secret sharing",
        "secret sharing is worth λ + (1−λ)β(1 − (1−1/q)^(n−k)) under a broadcast of k",
        (
            Witness(
                instance=shared,
                quantity=q.downstream_value,
                relation="==",
                bound=q.secret_sharing_closed_form,
                settings=Settings(
                    (coverage(3, "1/100", "1/2", k=1, law="broadcast", q=3),),
                    (coverage(4, "1/100", "1/2", k=2, law="broadcast", q=5), coverage(4, "1/100", "1/4", k=1, law="broadcast", q=5)),
                ),
            ),
        ),
        quantifier="exists",
    ),
)


# C21

OR_EQUAL = table("1/2 1/2", "1/10", "0 1 1 1")
OR_UNEQUAL = table("1/3 2/3", "1/10", "0 1 1 1")
STEP = table("1/4 9/10", "1/10", "0 1/4 0 1")
SIZE = table("1/4 3/4", "1/10", "0 1 1 2")

OPTIMA = (
    (OR_EQUAL, ("3/10", "1/4", "1/5", "1/5", "1/5"), (5, 67, 3, 3, 1)),
    (OR_UNEQUAL, ("7/20", "3/10", "3/10", "3/10", "3/10"), (5, 3, 3, 3, 1)),
    (STEP, ("11/60", "119/720", "53/360", "31/240", "1/9"), (5, 195, 195, 195, 17)),
    (SIZE, ("8/15", "7/15", "2/5", "2/5", "2/5"), (5, 195, 3, 3, 1)),
)
"""Best downstream values at ρ = 0, 1/4, 1/2, 3/4, 1, and policies that attain them (ours)."""


def at_rates(*quarters: int) -> tuple[Values, ...]:
    """Settings at ρ = quarter/4 with the stated optimum and policy."""
    return tuple(
        {**instance, "rho": Fraction(quarter, 4), "best": Fraction(values[quarter]), "policy": policies[quarter]}
        for quarter in quarters
        for instance, values, policies in OPTIMA
    )


def policy_program(parameters: Values) -> Problem:
    """The program of the stated policy."""
    return finite.game_of(parameters).program(parameters["policy"])


TWO_RECEIVERS = claim(
    "C21",
    "Two receivers, leaks with probability ρ: the exact downstream optimum",
    "Binary signals, each direction leaks independently with probability ρ, λ = 1/10: the optima of four problems at ρ = 0, 1/4, "
    "1/2, 3/4, 1.",
    OURS,
    "<=",
    Bound(sp.Symbol("OPT_0")),
    Part(
        "attained",
        "some policy and scheme attain the stated optimum",
        (
            LinearProgram(
                build=policy_program,
                relation="==",
                bound=lambda p: p["best"],
                settings=Settings(at_rates(1, 2), at_rates(0, 3, 4)),
                argument="The program of one action policy: the schemes for which adopting in the policy's views is a best "
                "response. Adopting less than best responses is worth no more (V is monotone), so its value is attained "
                "downstream.",
            ),
        ),
    ),
    Part(
        "best",
        "no policy earns more",
        (
            Enumeration(
                statement="the best scheme that the policy's adopters follow earns at most the stated optimum, by an exact linear program, "
                "or there is none",
                elements=finite.policies,
                predicate=finite.policy_earns_at_most,
                settings=Settings(at_rates(1, 2), at_rates(0, 3, 4)),
                argument="Whatever binary scheme is sent, the receivers' best responses are one of these policies (which views to adopt "
                "in), and the scheme satisfies (OB) in the adopting views, so its value is at most the optimum of that policy's "
                "program. Each is solved exactly, one for each orbit under renaming signals.",
            ),
        ),
    ),
)


# C22


def two_sided_program(parameters: Values) -> Problem:
    """The two-sided program of a setting."""
    return obedience_programs.two_sided_program(problem_at(parameters), parameters["k"])


DISTINCT = (
    chain(4, 10, k=1),
    *each((UNSORTED,), k=1),
    table("1/5 1/3 1/2", "1/10", "0 1 1 4 1 4 4 9", k=1),
    table("1/5 1/3 1/2", "1/10", "0 1 1 1 1 1 1 1", k=2),
    table("1/5 1/3", "1/4", "0 1 1 1", k=1),
    chain(7, 10, k=1),
)

TWO_SIDED = claim(
    "C22",
    "Two-sided obedience collapses the theory",
    "If receivers that are told 0 must keep action 0 under every leak as well, then "
    "for pairwise distinct thresholds and k >= 1: OPT_k = OPT_pub for every V.",
    OURS,
    "==",
    Bound(sp.Symbol("OPT_pub")),
    Part(
        "collapse",
        "two-sided OPT_k = OPT_pub",
        (
            Enumeration(
                statement="a profile that is no prefix lies in some event {s_i = 0, s_j = 1}, i < j, and a prefix [ℓ] is the only prefix "
                "with s_ℓ = 1, s_{ℓ+1} = 0",
                elements=finite.all_profiles,
                predicate=finite.is_prefix_or_killed,
                settings=Settings(agents(1, 2, 3, 4, 5, 6), agents(8, 10)),
                argument="Sort the thresholds. For i < j, the event s_i = 0, s_j = 1 has state-1 mass at most c_i·y (i, seeing s_j, keeps "
                "0) and at least c_j·y (j, seeing s_i, keeps 1); as c_i < c_j, both masses vanish, so only prefixes are sent. "
                "Then ℓ, seeing s_{ℓ+1}, knows the prefix, so (OB) holds at full information and the scheme is public: OPT_k <= "
                "OPT_pub. A public optimum tells i to adopt iff θ_i <= q, which is two-sided obedient.",
            ),
            LinearProgram(
                build=two_sided_program,
                relation="==",
                bound=relative_public,
                decode=decoded_scheme,
                settings=Settings(
                    DISTINCT,
                    (chain(5, 3, k=2), chain(8, 4, k=1), chain(4, 10, k=2), chain(4, 10, k=3), *each((UNSORTED,), k=2)),
                ),
                argument="Two-sided OPT_k/λ by the program with refusal rows, against OPT_pub/λ in closed form.",
            ),
        ),
    ),
)

CLAIMS = (TREE, ALPHABETS, TWO_RECEIVERS, TWO_SIDED)
