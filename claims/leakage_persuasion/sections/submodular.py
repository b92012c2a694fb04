"""C11 to C13: submodular, XOS and subadditive utilities, where subsampling loses a factor that is linear in k."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Asymptotic, Enumeration, Inequality, LinearProgram, Part, Property, Settings, Source, Witness
from claims.leakage_persuasion import enumerations as finite
from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import downstream_schemes, obedience_programs, symmetric_programs, transformations
from claims.leakage_persuasion.model import is_persuasive, least_slack, value
from claims.leakage_persuasion.named_instances import coverage, problem_at
from claims.leakage_persuasion.quantities import decoded_scheme, persuasive_value
from claims.leakage_persuasion.sections.common import EXAMPLES, claim, k, n, robust_program, sizes
from claims.parameters import Values
from exact.linear_programs import Problem
from exact.reals import Real
from instances.persuasion_problems import PersuasionProblem, persuasion_problems
from instances.signalling_schemes import DirectScheme

EVERY_SMALL = tuple((size, budget) for size in range(2, 9) for budget in range(1, size))
GRID = (*EVERY_SMALL, (10, 1), (10, 2), (10, 3), (12, 3), (20, 1), (20, 2), (40, 1), (40, 3), (40, 7))
LARGE = (*((60, budget) for budget in range(1, 8)), (100, 1), (100, 3))
LARGEST = ((200, 1), (200, 3), (200, 6), (300, 3))
LIMIT = (k + 1) ** (k + 1) / k**k


# C11


def _sampled(problem: PersuasionProblem, parameters: Values) -> DirectScheme:
    _, sample = symmetric_programs.best_sample(problem.agents, parameters["k"])
    return transformations.subsample_fixed(obedience_programs.private_scheme(problem), parameters["k"], sample)


def sample_slack(problem: PersuasionProblem, parameters: Values) -> Real:
    """The least slack of SUBSAMPLE fixed(N) at the best N."""
    return least_slack(problem, _sampled(problem, parameters), parameters["k"])


def sample_value(problem: PersuasionProblem, parameters: Values) -> Real:
    """The value of SUBSAMPLE fixed(N) at the best N."""
    return value(problem, _sampled(problem, parameters))


def sample_guarantee(problem: PersuasionProblem, parameters: Values) -> Real:
    """φ·OPT_0."""
    return symmetric_programs.best_sample(problem.agents, parameters["k"])[0] * obedience_programs.private_value(problem)


def sampled_at_rate(parameters: Values) -> tuple[PersuasionProblem, DirectScheme]:
    """The coverage problem of a setting with SUBSAMPLE iid at ``rate``. Raises ValueError if it is not persuasive."""
    problem = problem_at(parameters)
    private = downstream_schemes.anticorrelated_scheme(problem)
    scheme = transformations.subsample_independent(private, parameters["k"], parameters["rate"])
    if not is_persuasive(problem, scheme, parameters["k"]):
        raise ValueError("the scheme is not persuasive")
    return problem, scheme


def coverage_loss(sent: tuple[PersuasionProblem, DirectScheme], parameters: Values) -> Real:
    """OPT_0 over the value of the scheme, for coverage."""
    return q.coverage_closed_form(sent, parameters) / value(*sent)


def sampling_loss(sent: tuple[PersuasionProblem, DirectScheme], parameters: Values) -> Real:
    """1/(r(1−r)^k)."""
    rate = parameters["rate"]
    return 1 / (rate * (1 - rate) ** parameters["k"])


def at_sampling_rates(*pairs: tuple[int, int]) -> tuple[Values, ...]:
    """Settings (k, twelfths): coverage with five receivers and small thresholds, rate r = twelfths/12."""
    return tuple(coverage(5, "1/1000", "1/100", k=budget, rate=Fraction(twelfths, 12)) for budget, twelfths in pairs)


BEST_RATES = ((1, 6), (2, 4), (3, 3))
"""Rate 1/(k+1), in twelfths."""
OTHER_RATES = tuple((budget, twelfths) for budget in (1, 2, 3) for twelfths in range(1, 12) if (budget, twelfths) not in BEST_RATES)

u = sp.Symbol("u", real=True)

SUBSAMPLING = claim(
    "C11",
    "Subsampling keeps the share φ(n, k) of an XOS utility",
    "PoWR_k <= 1/φ(n, k) for XOS, φ = max_N C(n−k−1, N−1)/C(n, N); 1/φ <= min{n, (k+1)^(k+1)/k^k} <= e(k+1); and PoWR_k <= min{n, "
    "(k+1)^(k+1)/k^k} for subadditive V.",
    Source("abstract: O(k); the constants are ours", "reconstructed"),
    "<=",
    Asymptotic(
        LIMIT,
        "(k+1)^(k+1)/k^k; the paper: O(k)",
        kind="O",
        upper_constant=sp.Integer(1),
        valid_for="all n and k >= 1",
        chosen_by="assay: derived here",
    ),
    Part(
        "persuasive",
        "SUBSAMPLE fixed(N) with β = C(n−k−1, N−1)/C(n−1, N−1) satisfies (OB)",
        (
            Enumeration(
                statement="β·C(n−1−b, N−1−b) <= C(n−k−1, N−1−b) for every sample size N and every number b of leaked ones",
                elements=finite.sample_views,
                predicate=finite.damping_is_enough,
                settings=Settings(sizes(*EVERY_SMALL, (12, 3), (20, 2), (40, 7)), sizes((60, 5), (100, 10), (119, 30))),
                argument="A view of i with b leaked ones and k − b leaked zeros: in state 1 exactly the ones are in the sample, which "
                "C(n−k−1, N−1−b) of the C(n, N) samples do. In state 0 i and the ones must be in the sample, which C(n−1−b, "
                "N−1−b) do, and the private profile must contain i; this happens with mass at most β·C(n−1−b, N−1−b)/C(n, N)·Y, "
                "where λ >= c_iY by private persuasiveness. So (OB) follows from the inequality.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=sample_slack,
                relation=">=",
                bound=q.nothing,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "k": 1, "kind": "xos"}, {"n": 4, "k": 1, "kind": "coverage"})),
                argument="Every view of the transformed scheme, on random instances.",
            ),
        ),
    ),
    Part(
        "share",
        "it keeps the share φ(n, k) of an XOS optimum",
        (
            Enumeration(
                statement="a receiver is in N/n of the samples, and β·N/n = C(n−k−1, N−1)/C(n, N)",
                elements=finite.sample_sizes,
                predicate=finite.share_is_damping_times_frequency,
                settings=Settings(sizes(*EVERY_SMALL, (12, 3), (40, 7)), sizes((100, 10), (119, 30))),
                argument="For XOS take the additive clause a with a(S) = V(S), a <= V: the expectation of V(S ∩ R) is at least that of a(S "
                "∩ R), which is (N/n)·V(S). State 1 sends all of R and earns at least (N/n)λV([n]), more than φ demands as β <= "
                "1; state 0 earns at least β(N/n) times its private share, and private schemes may send all ones in state 1.",
            ),
            Property(
                family=lambda p: persuasion_problems(p["n"], p["kind"]),
                quantity=sample_value,
                relation=">=",
                bound=sample_guarantee,
                examples=EXAMPLES,
                settings=Settings(({"n": 3, "k": 1, "kind": "xos"}, {"n": 4, "k": 1, "kind": "coverage"})),
                argument="The value of the transformed scheme, on random instances.",
            ),
        ),
    ),
    Part(
        "closed form",
        "1/φ(n, k) <= min{n, (k+1)^(k+1)/k^k}",
        (
            Enumeration(
                statement="φ(n, k)·n >= 1 and φ(n, k)·(k+1)^(k+1)/k^k >= 1",
                elements=finite.budgets,
                predicate=finite.share_is_enough,
                settings=Settings(({"most": 30},), ({"most": 60},), ({"most": 119},)),
                argument="These are the two inequalities, at every 0 <= k < n up to the stated n. (In general: N = 1 gives 1/n, and the "
                "average of the shares over N ~ Bin(n, r) is r(1−r)^k.)",
            ),
        ),
    ),
    Part(
        "ceiling",
        "(k+1)^(k+1)/k^k <= e(k+1)",
        (
            Inequality(
                left=sp.log(1 + u),
                relation="<=",
                right=u,
                domain=((u, 0, 1),),
                argument=(
                    "(k+1)^(k+1)/k^k = (k+1)(1 + 1/k)^k, and k·log(1 + u) <= ku = 1 for u = 1/k in (0, 1] by the inequality, so (1 + 1/k)^k <= "
                    "e. At k = 0 it is 1 <= e."
                ),
            ),
        ),
    ),
    Part(
        "subadditive",
        "with independent samples at rate r = 1/(k+1), PoWR_k <= (k+1)^(k+1)/k^k for subadditive V",
        (
            Enumeration(
                statement="(1−r)^k <= (1−r)^(k−b) for b = 0 … k, and r(1−r)^k = k^k/(k+1)^(k+1), at r = 1/(k+1)",
                elements=finite.leaked_ones,
                predicate=finite.independent_damping_is_enough,
                settings=Settings(tuple({"k": budget} for budget in range(12)), tuple({"k": budget} for budget in (20, 50, 100))),
                argument="In a view with b leaked ones state 1 has r^(b+1)(1−r)^(k−b), and state 0 at most β·r^(b+1) times Y, λ >= c_iY: β "
                "= (1−r)^k suffices for (OB). Colour the receivers independently and uniformly with k + 1 colours: every class is "
                "distributed as R, and subadditivity gives Σ V(S ∩ class) >= V(S), so E V(S ∩ R) >= V(S)/(k+1) = rV(S). State 1 "
                "keeps r and state 0 rβ of OPT_0. The bound n is C3.",
                rests_on=("C3",),
            ),
        ),
    ),
    Part(
        "rates",
        "independent samples at the listed rates r lose at most 1/(r(1−r)^k) of coverage",
        (
            Witness(
                instance=sampled_at_rate,
                quantity=coverage_loss,
                relation="<=",
                bound=sampling_loss,
                settings=Settings(at_sampling_rates(*BEST_RATES), at_sampling_rates(*OTHER_RATES)),
                argument="The part above with r in place of 1/(k+1). The scheme, persuasive in every view, on coverage with small thresholds.",
            ),
        ),
        beside=True,
    ),
)


# C12


def coverage_program(parameters: Values) -> Problem:
    """The program of h(n, k)."""
    return symmetric_programs.coverage_limit_program(parameters["n"], parameters["k"])


def symmetric_program(parameters: Values) -> Problem:
    """The symmetric program of a coverage setting, of any size."""
    size = parameters["n"]
    return symmetric_programs.symmetric_program(
        size, parameters["k"], parameters["lam"], parameters["theta"], symmetric_programs.coverage_values(size)
    )


def coverage_value(parameters: Values) -> Real:
    """λ(1 + h(n, k)·(1−θ)/θ), h recorded."""
    lam, theta = parameters["lam"], parameters["theta"]
    return lam * (1 + q.coverage_limit(parameters) * (1 - theta) / theta)


def relative_coverage_value(parameters: Values) -> Real:
    """1 + h(n, k)·(1−θ)/θ."""
    return coverage_value(parameters) / parameters["lam"]


def closed_h(parameters: Values) -> Real:
    """h(n, 1): (n+2)/4 for even n, (n+1)²/(4n) for odd n."""
    size = parameters["n"]
    return Fraction(size + 2, 4) if size % 2 == 0 else Fraction((size + 1) ** 2, 4 * size)


FREE_BUDGET = (
    coverage(3, "1/10", "1/2", k=1),
    coverage(4, "1/10", "1/2", k=2),
    coverage(5, "1/20", "1/2", k=2),
    coverage(6, "1/100", "1/3", k=2),
    coverage(4, "1/100", "9/10", k=1),
    coverage(4, "1/100", "1/10", k=1),
)

COVERAGE_PRICE = claim(
    "C12",
    "Submodular utilities lose a factor of order k",
    "Coverage with equal thresholds, o = (1−θ)/θ, λ(1+no) <= 1: OPT_0 = λ(1+no), OPT_k = λ(1+h(n,k)·o). The ratio tends to n/h >= "
    "k+1 as θ → 0, so k+1 <= PoWR_k(n) for n >= k+1 and submodular V; sup_n n/h = (k+1)^(k+1)/k^k.",
    Source("abstract: Ω(k); the constants are ours", "reconstructed"),
    ">=",
    Asymptotic(
        k + 1,
        "k + 1; the paper: Ω(k)",
        kind="Omega",
        lower_constant=sp.Integer(1),
        valid_for="n >= k + 1, k >= 1",
        chosen_by="assay: derived here",
    ),
    Part(
        "ratio",
        "n/h(n, k) >= k + 1",
        (
            LinearProgram(
                build=coverage_program,
                relation="<=",
                bound=lambda p: Fraction(p["n"], p["k"] + 1),
                settings=Settings(sizes(*GRID), sizes(*LARGE), sizes(*LARGEST)),
                argument="The program's optimum is h(n, k): what k-persuasive exchangeable schemes get from state 0 for coverage, over λo, "
                "in the limit of small thresholds; equal thresholds and an anonymous V make exchangeable schemes optimal. As θ → "
                "0, OPT_0/OPT_k = (1+no)/(1+ho) → n/h. For all n >= k+1 at once: add dummy receivers to n = k+1, where h = 1.",
            ),
        ),
    ),
    Part(
        "one clique",
        "h(k+1, k) = 1",
        (
            LinearProgram(
                build=coverage_program,
                relation="==",
                bound=lambda p: Fraction(1),
                settings=Settings(sizes(*((budget + 1, budget) for budget in range(1, 9))), sizes((13, 12), (21, 20))),
                argument="The program's optimum at n = k + 1, where everybody sees everything.",
            ),
        ),
    ),
    Part(
        "values",
        "OPT_k = λ(1 + h(n, k)·o)",
        (
            LinearProgram(
                build=robust_program,
                relation="==",
                bound=relative_coverage_value,
                decode=decoded_scheme,
                quantity=persuasive_value,
                settings=Settings(
                    FREE_BUDGET,
                    (coverage(7, "1/10000", "1/1000", k=1), coverage(8, "1/100", "1/4", k=2), coverage(4, "1/100", "1/2", k=1)),
                ),
                argument="OPT_k/λ by the full program with 2·2^n columns, not using symmetry, against the symmetric program's h.",
            ),
            LinearProgram(
                build=symmetric_program,
                relation="==",
                bound=coverage_value,
                settings=Settings(
                    (*FREE_BUDGET, coverage(20, "1/1000", "1/10", k=3), coverage(40, "1/10000", "1/50", k=2)),
                    (coverage(100, "1/100000", "1/100", k=4),),
                ),
                argument="OPT_k by the symmetric program at θ and λ against h of the small-threshold limit.",
            ),
        ),
    ),
    Part(
        "one leak",
        "h(n, 1) = (n+2)/4 for even n and (n+1)²/(4n) for odd n",
        (
            LinearProgram(
                build=coverage_program,
                relation="==",
                bound=closed_h,
                settings=Settings(sizes(*((size, 1) for size in (2, 3, 4, 5, 6, 7, 8, 9, 20, 21))), sizes((60, 1), (61, 1), (100, 1))),
                argument="The program's optimum at the listed n.",
            ),
        ),
    ),
    Part(
        "no better",
        "n/h(n, k) <= 1/φ(n, k), so n/h never exceeds (k+1)^(k+1)/k^k",
        (
            LinearProgram(
                build=coverage_program,
                relation=">=",
                bound=lambda p: p["n"] * symmetric_programs.best_sample(p["n"], p["k"])[0],
                settings=Settings(sizes(*GRID), sizes(*LARGE)),
                argument="h >= nφ; the closed form is C11.",
                rests_on=("C11",),
            ),
        ),
    ),
    Part(
        "limit",
        "at large n the ratio n/h is within 3/(2n)·(k+2) of the share of (k+1)^(k+1)/k^k",
        (
            LinearProgram(
                build=coverage_program,
                relation="<=",
                bound=lambda p: p["n"] / (symmetric_programs.subsampling_limit(p["k"]) * (1 - Fraction(3 * (p["k"] + 2), 2 * p["n"]))),
                settings=Settings(sizes((100, 1), (100, 3), (200, 2)), sizes((200, 1), (200, 3), (200, 6), (300, 3))),
                argument="One point of the sequence each; the limit itself is not proved by finitely many of them.",
            ),
        ),
        beside=True,
    ),
)


# C13

MINMAX = claim(
    "C13",
    "Subsampling and masking are minmax optimal",
    "Subsampling loses what its class must: 1 <= h/(nφ) <= 1 + 5/(4n). Masking too: 0 <= 2^(k+1) + 1 − 1/τ^sym <= 2(k+2)/n.",
    Source("abstract; the finite forms are ours", "reconstructed"),
    "<=",
    Asymptotic(
        sp.Integer(1),
        "1",
        kind="O",
        upper_constant=1 + sp.Rational(5, 4) / n,
        valid_for="n >= 2, 1 <= k <= min{7, n − 1} (masking: k <= 5), n <= 60 checked",
        chosen_by="assay: derived from exact values",
    ),
    Part(
        "subsampling, lower",
        "h >= nφ",
        (
            LinearProgram(
                build=coverage_program,
                relation=">=",
                bound=lambda p: p["n"] * symmetric_programs.best_sample(p["n"], p["k"])[0],
                settings=Settings(sizes(*GRID), sizes(*LARGE)),
                argument="The optimum is h(n, k), so n/h, a lower bound on the price of submodular utilities (C12), is at most "
                "1/φ, what subsampling loses (C11).",
                rests_on=("C11", "C12"),
            ),
        ),
    ),
    Part(
        "subsampling, upper",
        "h <= nφ(1 + 5/(4n))",
        (
            LinearProgram(
                build=coverage_program,
                relation="<=",
                bound=lambda p: p["n"] * symmetric_programs.best_sample(p["n"], p["k"])[0] * (1 + Fraction(5, 4 * p["n"])),
                settings=Settings(
                    sizes(*GRID), sizes(*LARGE), sizes(*((size, budget) for size in range(9, 61, 3) for budget in range(1, 8)))
                ),
                argument="The optimum is h(n, k): what subsampling loses, 1/φ, exceeds the lower bound n/h of the class by the "
                "factor h/(nφ) only.",
                rests_on=("C11", "C12"),
            ),
        ),
    ),
    Part(
        "masking, upper",
        "1/τ^sym <= 2^(k+1) + 1",
        (
            LinearProgram(
                build=lambda p: symmetric_programs.masking_program(p["n"], p["k"]),
                relation=">=",
                bound=lambda p: Fraction(1, 2 ** (p["k"] + 1) + 1),
                settings=Settings(sizes(*GRID), sizes(*LARGE)),
                argument="The optimum is τ^sym, the share that the best exchangeable mask keeps; sup_n PoWR_k = 2^(k+1) + 1 (C9) "
                "is what it may lose.",
                rests_on=("C4", "C9"),
            ),
        ),
    ),
    Part(
        "masking, lower",
        "1/τ^sym >= 2^(k+1) + 1 − 2(k+2)/n",
        (
            LinearProgram(
                build=lambda p: symmetric_programs.masking_program(p["n"], p["k"]),
                relation="<=",
                bound=lambda p: 1 / (2 ** (p["k"] + 1) + 1 - Fraction(2 * (p["k"] + 2), p["n"])),
                settings=Settings(sizes(*(pair for pair in GRID if pair[1] <= 5)), sizes((60, 1), (60, 2), (60, 4), (60, 5))),
                rests_on=("C4",),
                argument="The optimum is τ^sym.",
            ),
        ),
    ),
)

CLAIMS = (SUBSAMPLING, COVERAGE_PRICE, MINMAX)
