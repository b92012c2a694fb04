"""The theorems of *Distortion of AI Alignment* (Gölz, Haghtalab, Yang), in the paper's order: read it beside the paper.

Abbreviations: A(x) is AvgUtil(x), x* a best alternative, x̂ a Borda winner; S, L = 1/4, ℓ, R, s as in `analysis`. Most upper bounds come
down to one fact, the concavity of S on [0, ∞); the argument beside it says how.
"""

from __future__ import annotations

import sympy as sp

from claims import Asymptotic, Bound, Part, Source
from claims.alignment_distortion import instance_formulations as forms
from claims.alignment_distortion.analysis import (
    E,
    R,
    S,
    beta,
    concave,
    e,
    epsilon,
    gamma,
    increasing,
    m,
    relation,
    s,
    strictly_concave,
    t,
    xi,
    z,
)
from claims.alignment_distortion.evaluation import EVALUATIONS
from claims.alignment_distortion.mutants import MUTANTS
from claims.formulations import Relation
from claims.room import Room

A, A_star, A_bar, R_, ell_, lam, err = sp.symbols("A A_star A_bar R ell lambda e", real=True)
nu, kappa, lead, excess, c_star, loss, gain, mu_, P_ = sp.symbols(
    "nu kappa lead excess C_star loss gain mu P", real=True
)
sigma_star = (1 + sp.sqrt(1 - 4 * ell_)) / 2

C1_ARGUMENT = (
    "Both sides are linear in the population, so it suffices to show S(β(a−b)) ≤ β(La − ℓb) for one user with "
    "utilities a, b in [0,1]; the lower bound is this with x and y exchanged. "
    "S is odd with S'(0) = L and, by the inequality, concave on [0,∞), so for t in [0,1] the chord and the tangent "
    "give ℓβt ≤ S(βt) ≤ Lβt; in particular ℓ ≤ L. "
    "If a ≥ b: S(β(a−b)) ≤ Lβ(a−b) ≤ β(La−ℓb). If a < b: S(β(a−b)) = −S(β(b−a)) ≤ −ℓβ(b−a) ≤ β(La−ℓb)."
)

GAME_ARGUMENT = (
    "The population game π₁ᵀ(p − 1/2)π₂ on the KL ball is symmetric, zero-sum, bilinear, on a convex compact set, so "
    "it has value 0 and the method's output π satisfies 0 ≤ πᵀ(p − 1/2)π' for every feasible π'. "
    "S is odd with S'(0) = L and concave on [0,∞) by the inequality, which gives Lemma 1 (C1). "
    "Averaging Lemma 1 over x ~ π, y ~ π' yields 0 ≤ β(L·A(π) − ℓ·A(π')), that is A(π') ≤ R·A(π)."
)


claim = Room(EVALUATIONS, MUTANTS).claim

LINEARISATION = claim(
    "C1",
    "Win-rate linearisation",
    "For every population and all alternatives x, y: β(ℓ·A(x) − L·A(y)) ≤ p(x ≻ y) − 1/2 ≤ β(L·A(x) − ℓ·A(y)).",
    Source("Lemma 1"),
    "<=",
    Bound(beta * (sp.Symbol("A_x") / 4 - S(beta) / beta * sp.Symbol("A_y")), "β(L·A(x) − ℓ·A(y))"),
    Part(
        "two-sided",
        "the upper bound; the lower one follows by exchanging x and y",
        (concave(C1_ARGUMENT), forms.RANDOM_LINEARISATION),
    ),
)

BORDA_QUADRATIC = claim(
    "C2",
    "Borda's distortion is at most R²",
    "For every population, all sampling weights μ and every Borda winner x̂: A(x̂) ≥ max_x A(x)/R².",
    Source("Theorem 2 (population)"),
    "<=",
    Asymptotic(
        R**2,
        "R(β)²; the paper: O(β²)",
        kind="O",
        upper_constant=sp.Integer(1),
        valid_for="every β > 0",
        chosen_by="assay: R² is the paper's own constant",
    ),
    Part(
        "ratio",
        "A(x*) ≤ R²·A(x̂)",
        (
            relation(
                A_star,
                "<=",
                R_**2 * A,
                (A, 0, None),
                (A_star, 0, None),
                (A_bar, 0, None),
                (R_, 1, None),
                where=((R_ * A - A_bar, ">="), (R_ * A + (R_ - 1) * A_bar - A_star, ">=")),
                rests_on=("C1",),
                argument=(
                    "Write A for A(x̂) and A_bar for the μ-average of A. Borda scores average to 1/2 under μ, so "
                    "BC*(x̂) ≥ 1/2, and averaging Lemma 1 over y ~ μ gives L·A ≥ ℓ·A_bar, the first side condition. "
                    "BC*(x̂) ≥ BC*(x*) with Lemma 1 on both sides gives L·A − ℓ·A_bar ≥ ℓ·A(x*) − L·A_bar, the second. "
                    "The inequality is what these two, with R = L/ℓ ≥ 1, imply."
                ),
            ),
            forms.borda_program("<=", forms.grid_R_squared, forms.BORDA_SETTINGS),
            forms.RANDOM_BORDA,
        ),
    ),
)

BORDA_EXACT = claim(
    "C3",
    "Borda's distortion is exactly C*(β)",
    "For m ≥ 3 the supremum of Borda's distortion over all μ and populations is C*(β) = R·max_γ (1 − γ + s(γ)) < 2R, "
    "attained by no instance with A(x̂) > 0; for m = 2 it is R.",
    Source("Theorem 12 (lower bound); upper bound added", "reconstructed"),
    "==",
    Bound(R * (1 - gamma + s(gamma)), "C*(β) = R(β)·max over γ of (1 − γ + s(γ))"),
    Part(
        "upper bound",
        "A(x*) ≤ C*·A(x̂) for every Borda winner x̂",
        (
            concave(
                "With G = max(s(γ) − γ), ν = 1/S(β), κ = Gν and λ = β(ν + κ)/4 = C*, it suffices that f(a,c,y) = λa "
                "− c − ν[S(β(a−y)) − S(β(c−y))] − κS(β(a−y)) ≥ 0 on [0,1]³: summed over y ~ μ and the users it reads "
                "λA(x̂) − A(x*) ≥ ν[BC*(x̂) − BC*(x*)] + κ[BC*(x̂) − 1/2] ≥ 0. "
                "S is odd and concave on [0,∞) with S'(0) = 1/4, so S' ≤ 1/4 everywhere, f increases in a, and it "
                "remains to show f(0,c,y) = (1+G)s(y) + s(c−y) − c ≥ 0. "
                "If c ≥ y, both chords give s(y) ≥ y and s(c−y) ≥ c−y. If t = y−c > 0, this is h(y) + G·s(y) ≥ h(t) "
                "for the concave h(t) = s(t) − t, whose maximum is G at γ*: for y ≤ γ* h increases, and for y > γ* "
                "q(y) = (1+G)s(y) − y − G is concave with q(γ*) = G(γ*+G) ≥ 0 and q(1) = 0, so q ≥ 0 while h(t) ≤ G."
            ),
            forms.POOL_CERTIFICATE,
        ),
    ),
    Part(
        "lower bound",
        "on the K-grid the supremum at μ = (0,0,1) is C_K, which tends to C*",
        (
            forms.borda_program(
                "==",
                forms.grid_C_K,
                forms.CORNER_SETTINGS,
                argument=(
                    "The program is the supremum of A(x*)/A(x̂) over all populations with utilities in {0, 1/K, …, "
                    "1} of which x̂ is a Borda winner, at μ = (0,0,1), which is approached by samplers of full "
                    "support. "
                    "C_K = ρ_K·max_j(1 − j/K + s_j/s_K) tends to C*(β) as K grows at fixed β, because ρ_K → R and "
                    "the grid {j/K} becomes dense."
                ),
            ),
        ),
    ),
    Part(
        "two alternatives",
        "for m = 2 the supremum is R",
        (
            forms.borda_program(
                "==",
                forms.grid_rho_K,
                forms.PAIR_SETTINGS,
                rests_on=("C1",),
                argument=(
                    "For m = 2 a Borda winner has p(x̂ ≻ x*) ≥ 1/2 whatever μ is, so Lemma 1 gives A(x*) ≤ R·A(x̂). "
                    "On the K-grid the program's optimum is ρ_K < R, which tends to R as K grows at fixed β."
                ),
            ),
        ),
    ),
    Part(
        "closed form",
        "the maximiser γ* solves s'(γ) = 1, with σ(βγ*) = (1 + √(1 − 4ℓ))/2",
        (
            relation(
                sigma_star * (1 - sigma_star),
                "==",
                ell_,
                (ell_, 0, sp.Rational(1, 4)),
                argument=(
                    "s is concave, so s(γ) − γ is greatest where βS'(βγ) = S(β), that is σ(1 − σ) = ℓ at σ = σ(βγ), "
                    "because σ' = σ(1 − σ). "
                    "The root with σ ≥ 1/2 is (1 + √(1 − 4ℓ))/2, and γ* = ln(σ/(1 − σ))/β."
                ),
            ),
        ),
    ),
    Part(
        "below 2R",
        "C* < 2R",
        (
            relation(
                1 - gamma + t,
                "<",
                2,
                (gamma, 0, 1),
                (t, 0, 1),
                where=((gamma, ">"),),
                argument=("t stands for s(γ), which is at most s(1) = 1; the maximum is taken at some γ in (0,1)."),
            ),
        ),
    ),
    Part("growth", "C* = β − ln(2β)/2 − 1/2 + o(1)", (forms.ASYMPTOTIC,), beside=True),
    Part(
        "not attained",
        "A(x*) < C*·A(x̂) when A(x̂) > 0",
        (
            relation(
                (E - 1) ** 2 / (4 * (E + 1) ** 2),
                ">",
                0,
                (E, 1, None),
                where=((E - 1, ">"),),
                argument=(
                    "1/4 − S'(z) = (E−1)²/(4(E+1)²) with E = e^|z| is positive except at z = 0, so in the proof of "
                    "the upper bound f(a,c,y) > f(0,c,y) ≥ 0 for every a > 0. "
                    "If A(x̂) > 0, some type of positive weight has a > 0, and the sum of f over users and μ is "
                    "positive."
                ),
            ),
        ),
    ),
)

BORDA_STABILITY = claim(
    "C4",
    "Borda from finitely many comparisons",
    "(a) If every empirical Borda score is within e of BC* and x̂ maximises the empirical score, then A(x̂) ≥ "
    "A(x*)/C* − 8e/β, hence A(x̂) ≥ A(x*)/R² − (8C*/(βR²))·e, and 8C*/(βR²) ≤ 32/β². "
    "(b) E[A(x̂_n)] ≥ (1−δ)(A(x*)/R² − 8e/β) with e = 20√(Λ/(n·min{1, dμ_min²})) + 8(m+1)Λ/(nμ_min), Λ = ln(8m²/δ), "
    "for 1 ≥ δ ≥ 2m·exp(−ndμ_min/8).",
    Source("Theorem 2 (finite sample); (a) added", "reconstructed"),
    ">=",
    Bound(A_star / R**2 - 32 * err / beta**2, "A(x*)/R² − (32/β²)·e"),
    Part(
        "(a) loss",
        "A(x̂) ≥ A(x*)/C* − 8e/β",
        (
            relation(
                A_star - 2 * err * (nu + kappa),
                "<=",
                lam * A,
                (A, 0, None),
                (A_star, 0, None),
                (err, 0, None),
                (nu, 0, None),
                (kappa, 0, None),
                (lam, 0, None),
                (lead, None, None),
                (excess, None, None),
                where=(
                    (lam * A - A_star - nu * lead - kappa * excess, ">="),
                    (lead + 2 * err, ">="),
                    (excess + 2 * err, ">="),
                ),
                rests_on=("C3(upper bound)",),
                argument=(
                    "The first side condition is the dual certificate in the proof of C3 (ν = 1/S(β), κ = Gν, λ = "
                    "β(ν+κ)/4 = C*), where lead = BC*(x̂) − BC*(x*) and excess = BC*(x̂) − 1/2. "
                    "x̂ has the best empirical score and each score is off by at most e, so BC*(x̂) ≥ BC*(y) − 2e "
                    "for every y; averaged over y ~ μ, excess ≥ −2e. "
                    "Dividing the inequality by λ, and 2e(ν+κ)/λ = 8e/β, is the claim."
                ),
            ),
            forms.stability_program(),
        ),
    ),
    Part(
        "(a) in R",
        "A(x̂) ≥ A(x*)/R² − (8C*/(βR²))·e",
        (
            relation(
                A_star - c_star * loss,
                "<=",
                R_**2 * A,
                (A, 0, None),
                (A_star, 0, None),
                (loss, 0, None),
                (c_star, 1, None),
                (R_, 1, None),
                where=((c_star * (A + loss) - A_star, ">="), (R_**2 - c_star, ">=")),
                argument="loss stands for 8e/β; the side conditions are the part before this one and the part after it.",
            ),
        ),
    ),
    Part(
        "(a) C* and R²",
        "C* ≤ R²",
        (
            relation(
                R_ * (1 + gain),
                "<=",
                R_**2,
                (R_, 1, None),
                (gain, 0, None),
                where=((R_ - 1 - R_ * gain, ">="),),
                rests_on=("C1",),
                argument=(
                    "C* = R(1 + gain) with gain = max over γ of s(γ) − γ. s(γ) ≤ Rγ (the tangent S(z) ≤ z/4 of C1) and "
                    "s(γ) ≤ s(1) = 1, so s(γ) − γ ≤ (R−1)γ ≤ 1 − 1/R for γ ≤ 1/R and s(γ) − γ ≤ 1 − γ ≤ 1 − 1/R beyond: "
                    "that is the side condition R·gain ≤ R − 1."
                ),
            ),
        ),
    ),
    Part(
        "(a) coefficient",
        "8C*/(βR²) ≤ 32/β²",
        (
            relation(
                8 * c_star / (beta * R_**2),
                "<=",
                32 / beta**2,
                (beta, 0, None),
                (R_, 0, None),
                (c_star, 0, None),
                where=((beta, ">"), (R_ - beta / 2, ">="), (2 * R_ - c_star, ">=")),
                rests_on=("C3(below 2R)", "C8(closed form)", "C8(excess above 0)"),
                argument="C* ≤ 2R is part of C3, and R ≥ β/2 is what C8's closed form and its positive excess say.",
            ),
        ),
    ),
    Part("(b)", "the expectation, from sampled comparisons", (forms.BORDA_SAMPLING,), beside=True),
)

q = S(beta * epsilon) / (S(beta) + S(beta * epsilon))
rho = S(beta * epsilon) / (epsilon * S(beta))
UNIT = ((beta, 0, None), (epsilon, 0, 1))

IMPOSSIBILITY = claim(
    "C5",
    "No rule beats R (one comparison per user)",
    "For d = 1, any pair law, any rule f, any n and m: some population has ratio ≥ mρ/(m−1+ρ) with ρ = "
    "S(βε)/(ε·S(β)), for every ε in (0,1]; the supremum over ε is LB(m, β) = mR/(m−1+R), which tends to R.",
    Source("Theorem 3, d = 1; explicit in m", "reconstructed"),
    "exists",
    Bound(m * R / (m - 1 + R), "mR/(m − 1 + R)"),
    Part(
        "no information",
        "with mass q = S(βε)/(S(β)+S(βε)) wanting only x₀ and the rest worth ε each, every pair is a fair coin",
        (
            relation(
                q * S(beta),
                "==",
                (1 - q) * S(beta * epsilon),
                *UNIT,
                where=((beta, ">"), (epsilon, ">")),
                argument=(
                    "p(x₀ ≻ y) − 1/2 = qS(β) − (1−q)S(βε) = 0 for ordinary y, and two ordinary alternatives have "
                    "equal utilities for everyone. With one answer per user all data are independent fair coins, "
                    "whatever x₀ is; "
                    "so some choice of x₀ gets probability at most 1/m (for infinitely many n)."
                ),
            ),
            forms.COINS,
        ),
        quantifier="exists",
    ),
    Part(
        "ratio",
        "then the ratio is at least mρ/(m − 1 + ρ)",
        (
            relation(
                q / (q / m + (1 - 1 / m) * (1 - q) * epsilon),
                "==",
                m * rho / (m - 1 + rho),
                *UNIT,
                (m, 2, None),
                where=((beta, ">"), (epsilon, ">")),
                rests_on=("C1",),
                argument=(
                    "A(x₀) = q and A(y) = (1−q)ε, with q ≥ (1−q)ε as S(βε) ≥ εS(β); a rule that gives x₀ probability "
                    "at most 1/m has welfare at most q/m + (1 − 1/m)(1−q)ε."
                ),
            ),
            forms.FORCED,
        ),
        quantifier="exists",
    ),
    Part(
        "limit",
        "R − LB(m, β) = R(R−1)/(m−1+R), which tends to 0",
        (
            relation(
                R_ - m * R_ / (m - 1 + R_),
                "==",
                R_ * (R_ - 1) / (m - 1 + R_),
                (R_, 1, None),
                (m, 2, None),
                rests_on=("C1",),
                argument=(
                    "mρ/(m−1+ρ) increases in ρ, ρ ≤ R by C1's tangent, and ρ → R as ε → 0 because S(βε)/ε → β/4; so the "
                    "supremum over ε is LB(m, β), and the gap to R vanishes as m grows."
                ),
            ),
        ),
    ),
)

CONDORCET_LOSERS = claim(
    "C6",
    "No rule that shuns Condorcet losers beats R (several comparisons per user)",
    "A rule that gives a strict empirical Condorcet loser probability ≤ 1/m has, for every ε and ξ > 1, ratio ≥ [1/m "
    "+ (1−1/m)·ξε·S(β)/S(βε)]⁻¹ on some population; with ε = 1/m, ξ = 1 + 1/m this tends to R as m grows.",
    Source("Theorem 3, d ≥ 2; explicit in m", "reconstructed"),
    "exists",
    Bound(1 / (1 / m + (1 - 1 / m) * xi * epsilon * S(beta) / S(beta * epsilon)), "[1/m + (1−1/m)ξεS(β)/S(βε)]⁻¹"),
    Part(
        "loser",
        "ordinary utility ξε makes x₀ lose to every other alternative by (1−q)(S(βξε) − S(βε))",
        (
            relation(
                (1 - q) * S(beta * xi * epsilon) - q * S(beta),
                "==",
                (1 - q) * (S(beta * xi * epsilon) - S(beta * epsilon)),
                *UNIT,
                (xi, 1, None),
                where=((beta, ">"), (epsilon, ">")),
                argument=(
                    "q < 1 is chosen as in C5, so qS(β) = (1−q)S(βε); S is strictly increasing (next part), so the "
                    "margin is positive for ξ > 1, and x₀ is the strict Condorcet loser of the data for large n."
                ),
            ),
            forms.LOSER,
        ),
        quantifier="exists",
    ),
    Part("S increases", "S' > 0", (increasing("S'(z) = E/(E+1)² with E = e^z."),)),
    Part(
        "ratio",
        "A(x₀) over the welfare of a rule with mass ≤ 1/m on x₀",
        (
            relation(
                q / (q / m + (1 - 1 / m) * (1 - q) * xi * epsilon),
                "==",
                1 / (1 / m + (1 - 1 / m) * xi * epsilon * S(beta) / S(beta * epsilon)),
                *UNIT,
                (m, 2, None),
                (xi, 1, None),
                where=((beta, ">"), (epsilon, ">")),
                argument=(
                    "A(x₀) = q and A(y) = (1−q)ξε; when q < (1−q)ξε the right-hand side is below 1 and says nothing. "
                    "With ε = 1/m, ξ = 1+1/m, S(βε)/(ε·S(β)) → R and the bound tends to R."
                ),
            ),
            forms.LOSER_RATIO,
        ),
        quantifier="exists",
    ),
    Part(
        "rules concerned",
        "maximal lotteries give a strict Condorcet loser mass 0, and Borda never elects one",
        (forms.LOSERS_AVOIDED,),
        beside=True,
    ),
)

MAXIMAL_LOTTERIES = claim(
    "C7",
    "Maximal lotteries: distortion at most R",
    "For every population, all sampling weights (or any pair law of full support) and every maximal lottery π: A(π) "
    "≥ max_x A(x)/R.",
    Source("Corollary 4"),
    "<=",
    Bound(R, "R(β)"),
    Part(
        "ratio",
        "A(x) ≤ R·A(π) for every x",
        (
            concave(
                GAME_ARGUMENT + " A maximal lottery is the case of an unbounded KL budget.",
                rests_on=("C1", "von Neumann 1928, minimax theorem"),
            ),
            forms.lottery_program(),
        ),
    ),
)

MINIMAX_CONSTANT = claim(
    "C8",
    "The minimax constant is (1/2 + o(1))β",
    "R(β) = β/2 + β/(e^β − 1); the excess β/(e^β − 1) lies in (0,1) and decreases in β, and R → 1 as β → 0.",
    Source("Abstract"),
    "==",
    Asymptotic(
        beta,
        "(1/2 + o(1))·β",
        kind="Theta",
        lower_constant=sp.Rational(1, 2),
        upper_constant=sp.Rational(1, 2) + 1 / beta,
        valid_for="every β > 0",
        chosen_by="assay: the exact excess",
    ),
    Part(
        "closed form",
        "R = β/2 + β/(e^β − 1)",
        (relation(R, "==", beta / 2 + beta / (sp.exp(beta) - 1), (beta, 0, None), where=((beta, ">"),)),),
    ),
    Part(
        "excess below 1",
        "β/(e^β − 1) < 1",
        (
            relation(
                1 + beta,
                "<",
                sp.exp(beta),
                (beta, 0, None),
                where=((beta, ">"),),
                argument="e^β − 1 is positive for β > 0, so β/(e^β − 1) < 1 means β < e^β − 1.",
            ),
        ),
    ),
    Part(
        "excess above 0",
        "β/(e^β − 1) > 0",
        (
            relation(
                beta / (E - 1),
                ">",
                0,
                (beta, 0, None),
                (E, 1, None),
                where=((beta, ">"), (E - 1, ">")),
                argument="E stands for e^β, which is greater than 1 for β > 0.",
            ),
        ),
    ),
    Part(
        "excess decreases",
        "the derivative of β/(e^β − 1) is negative",
        (
            relation(
                (1 - beta) * sp.exp(beta),
                "<",
                1,
                (beta, 0, None),
                where=((beta, ">"),),
                argument="The derivative is ((1−β)e^β − 1)/(e^β − 1)².",
            ),
        ),
    ),
    Part(
        "limit at 0",
        "1 ≤ R ≤ 1 + β²/12",
        (
            relation(
                beta / 2,
                "<=",
                (1 + beta**2 / 12) * sp.tanh(beta / 2),
                (beta, 0, 1),
                argument=(
                    "R = (β/2)/tanh(β/2); R ≥ 1 is S(β) ≤ β/4 (C1), and the inequality says R ≤ 1 + β²/12 on (0, 1], "
                    "so R → 1."
                ),
                rests_on=("C1",),
            ),
        ),
    ),
)

BORDA_LOWER = claim(
    "C9",
    "Borda exceeds C(β, γ) − 0 on some instance",
    "For every β > 0, m ≥ 3, γ in (0,1) and q < C(β,γ) = R·(1−γ+s(γ)) some (μ, population) has a strict Borda winner "
    "with ratio > q; and C(β,γ) > R. The same holds for RLHF without a KL constraint, by C11.",
    Source("Theorem 12"),
    "exists",
    Bound(R * (1 - gamma + s(gamma)), "R(β)(1 − γ + s(γ))"),
    Part(
        "instance",
        "the three-type instance has a strict Borda winner c and ratio A(a)/A(c) > q",
        (forms.BORDA_LOWER,),
        quantifier="exists",
    ),
    Part(
        "strictness",
        "C(β,γ) > R, that is s(γ) > γ",
        (
            strictly_concave(
                "s(t) = S(βt)/S(β) has s(0) = 0 and s(1) = 1 and is strictly concave on [0,1] by the inequality (S'' "
                "= −E(E−1)/(E+1)³ with E = e^{βt} > 1 for t > 0), so s(γ) > γ inside."
            ),
        ),
    ),
)

RLHF_LOWER = claim(
    "C10",
    "RLHF and DPO: at least (1 − o(1))β without KL constraint",
    "With γ = ln(1+β)/β: s(γ) = (β/(β+2))·coth(β/2), so for all β > 0: C*(β) ≥ C(β,γ) ≥ β − 1 − (1/2)·ln(1+β). (That "
    "RLHF and DPO reach C*(β) without a KL constraint is C9 with C11.)",
    Source("Theorem 5; explicit form added", "reconstructed"),
    ">=",
    Asymptotic(
        beta,
        "(1 − o(1))·β",
        kind="Omega",
        lower_constant=1 - (1 + sp.log(1 + beta) / 2) / beta,
        valid_for="every β > 0",
        chosen_by="assay",
    ),
    Part(
        "s at γ",
        "s(ln(1+β)/β) = (β/(β+2))·coth(β/2)",
        (
            relation(
                ((1 + beta) - 1) / (2 * ((1 + beta) + 1)) / S(beta),
                "==",
                beta / (beta + 2) * sp.coth(beta / 2),
                (beta, 0, None),
                where=((beta, ">"),),
                argument=("βγ = ln(1+β), so S(βγ) = (e^{βγ} − 1)/(2(e^{βγ} + 1)) with e^{βγ} = 1 + β."),
            ),
        ),
    ),
    Part(
        "explicit bound",
        "C(β,γ) ≥ β − 1 − ln(1+β)/2",
        (
            relation(
                beta / 2 * (1 + beta / (beta + 2)),
                ">=",
                beta - 1,
                (beta, 0, None),
                rests_on=("C8",),
                argument=(
                    "R ≥ β/2 (C8) and coth ≥ 1, and 1 − γ + s(γ) ≥ 0, so C(β,γ) ≥ (β/2)(1 − ln(1+β)/β + β/(β+2)); "
                    "subtract (1/2)·ln(1+β) on both sides of the inequality. "
                    "C* ≥ C(β,γ) by definition."
                ),
            ),
        ),
    ),
    Part("growth", "(β − C*)/ln β tends to 1/2", (forms.ASYMPTOTIC,), beside=True),
)

BORDA_IS_MLE = claim(
    "C11",
    "Borda scores order alternatives as the reward MLE does",
    "If pairs are drawn from μ ⊗ μ, the population MLE rewards satisfy r(x) ≥ r(y) ⟺ BC*(x) ≥ BC*(y).",
    Source("used for Theorem 5; proof added", "reconstructed"),
    "iff",
    None,
    Part(
        "order",
        "r(x) ≥ r(y) ⟺ BC*(x) ≥ BC*(y)",
        (
            increasing(
                "The first-order condition of the MLE is Σ_z μ(z)σ(r_x − r_z) = BC*(x) for every x. The left side is "
                "one and the same function of r_x for every x, and strictly increasing, since σ' = S' = E/(E+1)² > 0."
            ),
            forms.SAME_ORDER,
        ),
    ),
)

RLHF_EXPONENTIAL = claim(
    "C12",
    "RLHF's distortion is exponential with a KL constraint",
    "There are alignment instances on which RLHF has ratio ≥ e^β/(44β), for every β ≥ 10; with the clones of c "
    "merged, m = 3 suffices.",
    Source("Theorem 6; constants as restated, fixed m added", "restated"),
    "exists",
    Asymptotic(
        sp.exp(beta) / beta,
        "e^β/(44β)",
        kind="Omega",
        lower_constant=sp.Rational(1, 44),
        valid_for="β ≥ 10",
        chosen_by="the paper's restatement",
    ),
    Part(
        "instance",
        "RLHF's policy on the merged instance has ratio ≥ e^β/(44β)",
        (forms.EXPONENTIAL,),
        quantifier="exists",
    ),
    Part(
        "increment (corrects P3)",
        "δ(σ(β) − σ(0)) ≥ δ/3 when e^β ≥ 5",
        (
            relation(
                (E - 1) / (2 * (E + 1)),
                ">=",
                sp.Rational(1, 3),
                (E, 5, None),
                argument="σ(β) − σ(0) = S(β) = (E−1)/(2(E+1)) with E = e^β.",
            ),
        ),
    ),
    Part(
        "reference (corrects P4)",
        "ln(1/(1−ε)) > 0 for 0 < ε < 1",
        (
            relation(
                1 / (1 - epsilon),
                ">",
                1,
                (epsilon, 0, 1),
                where=((epsilon, ">"), (1 - epsilon, ">")),
                argument="ln x > 0 means x > 1.",
            ),
        ),
    ),
)

MISORDERING = claim(
    "C13",
    "The sharp misordering factor cosh²(β/2)",
    "If BC*(x̂) ≥ BC*(x*), then A(x*) ≤ cosh²(β/2)·A(x̂), for all m, μ and populations, and no smaller factor will "
    "do; cosh²(β/2) > e^β/4. (Beside it: RLHF with m = 3 and τ = 1 comes as close to this factor as one likes.)",
    Source("sharpens Theorem 6", "reconstructed"),
    "==",
    Bound(sp.cosh(beta / 2) ** 2, "cosh²(β/2)"),
    Part(
        "upper bound",
        "A(x*) ≤ cosh²(β/2)·A(x̂)",
        (
            concave(
                "With ν = 1/(βS'(β)) and λ = βν/4 = 1/(4S'(β)), it suffices that f(a,c,y) = λa − c − ν[S(β(a−y)) − "
                "S(β(c−y))] ≥ 0 on [0,1]³, as in C3 with κ = 0. "
                "S is odd and concave on [0,∞) with S'(0) = 1/4, so S' is even, decreases in |z| and is at most 1/4: "
                "f increases in a. "
                "At a = 0, S(βy) + S(β(c−y)) is the integral of βS'(β(t−y)) over t in [0,c], at least cβS'(β) "
                "because |t−y| ≤ 1; so f ≥ 0."
            ),
        ),
    ),
    Part(
        "closed form",
        "1/(4S'(β)) = cosh²(β/2)",
        (relation(1 / (4 * sp.diff(S(z), z)), "==", sp.cosh(z / 2) ** 2, (z, None, None)),),
    ),
    Part(
        "sharpness",
        "on the K-grid the best factor is Q_K, which tends to cosh²(β/2)",
        (
            forms.misordering_program(
                "==",
                forms.grid_Q_K,
                argument=(
                    "The program maximises A(x*)/A(x̂) over all populations on the K-grid with BC*(x̂) ≥ BC*(x*), at "
                    "μ = (0,0,1), which is approached by samplers of full support. As K grows at fixed β = K·ln r, "
                    "Q_K = s_1/(s_K − s_{K−1}) tends to S'(0)/S'(β) = cosh²(β/2)."
                ),
            ),
        ),
    ),
    Part(
        "exponential",
        "cosh²(β/2) > e^β/4",
        (
            relation(
                (E + 2 + 1 / E) / 4, ">", E / 4, (E, 1, None), argument="cosh²(β/2) = (e^β + 2 + e^−β)/4, with E = e^β."
            ),
        ),
    ),
    Part(
        "RLHF",
        "RLHF's ratio on the two-type instance exceeds e^β/4",
        (forms.MISORDERED_RLHF,),
        quantifier="exists",
        beside=True,
    ),
)

NLHF = claim(
    "C14",
    "NLHF: distortion at most R",
    "For every population, all sampling weights μ (or full-support ν), every reference policy and budget τ: "
    "A(π_NLHF) ≥ max over the KL ball of A(π), divided by R.",
    Source("Theorem 7 (population)"),
    "<=",
    Bound(R, "R(β)"),
    Part(
        "ratio",
        "A(π) ≤ R·A(π_NLHF) on the KL ball",
        (
            concave(GAME_ARGUMENT, rests_on=("C1", "Sion 1958, minimax theorem")),
            forms.NLHF_RATIO,
        ),
    ),
)

NLHF_SAMPLING = claim(
    "C15",
    "NLHF from finitely many comparisons",
    "(a) If |p_n − p| ≤ e for all pairs, then A(π_n) ≥ (1/R)·benchmark − 4e/β. (b) E[A(π_n)] ≥ (1−δ)((1/R)·benchmark "
    "− 4e₁₀/β), with e₁₀ of C19.",
    Source("Theorem 7 (finite sample); constants as restated", "restated"),
    ">=",
    Bound(A_star / R - 4 * err / beta, "benchmark/R − 4e/β"),
    Part(
        "(a)",
        "the loss from win rates that are off by e",
        (
            relation(
                4 * ell_ * A_star - 4 * err / beta,
                "<=",
                A,
                (A, 0, None),
                (A_star, 0, None),
                (err, 0, None),
                (beta, 0, None),
                (ell_, 0, None),
                where=((beta, ">"), (beta * (A / 4 - ell_ * A_star) + err, ">=")),
                rests_on=("C1",),
                argument=(
                    "π_n solves the game of p_n, which is symmetric with value 0, so 0 ≤ π_nᵀ(p_n − 1/2)π' ≤ π_nᵀ(p "
                    "− 1/2)π' + e for the best feasible π'. "
                    "Averaging Lemma 1 bounds the right side by β(A(π_n)/4 − ℓ·A(π')) + e, the side condition; and "
                    "1/R = 4ℓ."
                ),
            ),
        ),
    ),
    Part("(b)", "the expectation, from sampled comparisons", (forms.NLHF_SAMPLING,), beside=True),
)

REGULARISED_NLHF = claim(
    "C16",
    "Regularised NLHF: a 1/R fraction at its own KL",
    "The λ-regularised NLHF policy π̃ satisfies A(π̃) ≥ (1/R)·max{A(π): KL(π‖π_ref) ≤ KL(π̃‖π_ref)}, with 1/R = "
    "(2/β)(1−e^−β)/(1+e^−β).",
    Source("Corollary 8"),
    "<=",
    Bound(R, "R(β)"),
    Part(
        "ratio",
        "A(π) ≤ R·A(π̃) on the ball of radius KL(π̃‖π_ref)",
        (
            concave(
                "By C21, π̃ solves the constrained game at τ = KL(π̃‖π_ref). " + GAME_ARGUMENT,
                rests_on=("C1", "C21", "Sion 1958, minimax theorem"),
            ),
            forms.REGULARISED_RATIO,
        ),
    ),
    Part(
        "fraction",
        "1/R = (2/β)(1 − e^−β)/(1 + e^−β)",
        (
            relation(
                1 / R, "==", 2 / beta * (1 - sp.exp(-beta)) / (1 + sp.exp(-beta)), (beta, 0, None), where=((beta, ">"),)
            ),
        ),
    ),
)

RLHF_UNBOUNDED = claim(
    "C17",
    "RLHF is unbounded under bad pair sampling",
    "With ν mostly on the adjacent pairs of Lemma 15's alternatives, π_ref uniform and τ = ln m, RLHF outputs a_m "
    "for small ε; its ratio (1/3)/A(a_m) grows without bound in m, like β√m/(3√6).",
    Source("Theorem 9; rate added", "reconstructed"),
    "exists",
    Asymptotic(
        beta * sp.sqrt(m),
        "β√m/(3√6)",
        kind="Omega",
        lower_constant=sp.Rational(1, 15),
        valid_for="the listed (β, m, ε)",
        chosen_by="assay",
    ),
    Part("instance", "RLHF outputs a_m, and the ratio is at least β√m/15", (forms.DECLINING,), quantifier="exists"),
    Part(
        "above R",
        "the ratio exceeds R, which bounds NLHF on the same data",
        (forms.DECLINING_ABOVE_R,),
        quantifier="exists",
    ),
    Part("rate", "the ratio grows as √m", (forms.DECLINING_RATE,), beside=True),
)

D = e**2
E_gain = (e + 1) ** 3 / (2 * (e**2 + 3))
step = (e - 1) ** 3 * (e**2 + 3) / (6 * (e**2 + 1) * (e**3 + 5 * e**2 + 3 * e + 7))
ABOVE_ONE: tuple[tuple[sp.Expr, Relation], ...] = ((e - 1, ">"),)

LEMMA_15 = claim(
    "C18",
    "Lemma 15: each alternative beats the one before and is worse",
    "Start with u(a_1) = 1/3 for three users; in each step the user with the largest utility Δ/β drops to 0 and the "
    "others gain Δ'/β, Δ' = ln((e^{Δ/2}+1)³/(2(e^Δ+3))). Then for t ≥ 2 the utilities lie in [0,1], "
    "p(a_t ≻ a_{t−1}) > 1/2, and 0 < A_t ≤ A_{t−1} − (2/(3β))·ln(1 + tanh³(βA_{t−1}/4)) < A_{t−1}, with equality at "
    "t = 2.",
    Source("Lemma 15; exact decrement added", "reconstructed"),
    "<=",
    Bound(A - 2 / (3 * beta) * sp.log(1 + sp.tanh(beta * A / 4) ** 3), "A − (2/(3β))·ln(1 + tanh³(βA/4))"),
    Part(
        "gain",
        "Δ' = Δ/2 − ln(1 + tanh³(Δ/4))",
        (
            relation(
                E_gain,
                "==",
                e / (1 + ((e - 1) / (e + 1)) ** 3),
                (e, 1, None),
                argument="e stands for e^{Δ/2}; tanh(Δ/4) = (e−1)/(e+1), and both sides are e^{Δ'}.",
            ),
        ),
    ),
    Part(
        "wins, in closed form",
        "p(a_t ≻ a_{t−1}) − 1/2 = (e−1)³(e²+3)/(6(e²+1)(e³+5e²+3e+7))",
        (
            relation(
                (2 * (E_gain - 1) / (2 * (E_gain + 1)) - (D - 1) / (2 * (D + 1))) / 3,
                "==",
                step,
                (e, 1, None),
                argument=(
                    "Two of the three users gain Δ' and prefer a_t with excess S(Δ') = (e^{Δ'}−1)/(2(e^{Δ'}+1)) "
                    "each; one loses Δ and has excess −S(Δ)."
                ),
            ),
        ),
    ),
    Part(
        "wins",
        "p(a_t ≻ a_{t−1}) > 1/2",
        (
            relation(
                step,
                ">",
                0,
                (e, 1, None),
                argument="e = e^{Δ/2} > 1, because the largest utility Δ/β is positive.",
                where=ABOVE_ONE,
            ),
        ),
    ),
    Part(
        "utilities",
        "Δ' > 0, so the utilities stay in [0,1] and A_t > 0",
        (
            relation(
                E_gain,
                ">",
                1,
                (e, 1, None),
                argument=(
                    "e^{Δ'} > 1 means that two users gain; the third drops to 0, so utilities stay non-negative and "
                    "A_t > 0. By the decrement their sum 3A_t never exceeds its start 1, so each is at most 1."
                ),
                where=ABOVE_ONE,
            ),
        ),
    ),
    Part(
        "decrement",
        "ln(1 + tanh³) increases, so the decrement at Δ/β is at least the one at A_{t−1}",
        (
            relation(
                sp.diff(sp.tanh(z) ** 3, z),
                ">=",
                0,
                (z, 0, None),
                argument=(
                    "The average changes by (2Δ' − Δ)/(3β) = −(2/(3β))·ln(1 + tanh³(Δ/4)) by the first part, and Δ ≥ "
                    "βA_{t−1} because Δ/β is the largest of the three utilities; at t = 2 all three are equal, hence "
                    "equality. "
                    "The decrement is positive because tanh(Δ/4) > 0."
                ),
            ),
        ),
    ),
    Part("rate", "A_t·β√t tends to √6", (forms.DECLINING_WELFARE,), beside=True),
)

CONCENTRATION = claim(
    "C19",
    "Win rates concentrate, whatever the correlation within users",
    "With probability ≥ 1−δ, sup |p_n − p| ≤ e₁₀ = 8√(Λ/(n·min{1, dμ_min²})) + 16Λ/(nμ_min²), Λ = ln(4m²/δ), for 1 ≥ "
    "δ ≥ m²·exp(−ndμ_min²/8), for any within-user correlation.",
    Source("Lemma 10; constants as restated", "restated"),
    "<=",
    Bound(sp.Symbol("delta"), "P(sup |p_n − p| > e₁₀) ≤ δ"),
    Part("failure rate", "P(sup |p_n − p| > e₁₀) ≤ δ", (forms.CONCENTRATION,)),
)

BORDA_CONCENTRATION = claim(
    "C20",
    "Borda scores converge and concentrate",
    "BC_n(x) → BC*(x) = Σ_y μ(y)p(x ≻ y), and |BC_n − BC*| ≤ e (C4) with probability ≥ 1−δ, for δ ≥ "
    "2m·exp(−ndμ_min/8).",
    Source("Lemma 11 and Eq. (6)"),
    "<=",
    Bound(sp.Symbol("delta"), "P(max |BC_n − BC*| > e) ≤ δ"),
    Part(
        "limit",
        "W_x/I_x → BC*(x)",
        (
            relation(
                (mu_**2 + 2 * mu_ * P_) / (2 * mu_),
                "==",
                mu_ / 2 + P_,
                (mu_, 0, 1),
                (P_, 0, 1),
                where=((mu_, ">"),),
                argument=(
                    "With P = Σ_{y≠x} μ(y)p(x ≻ y), the law of large numbers over users gives W_x/n → μ² + 2μP (per "
                    "pair and user) and I_x/n → 2μ; BC*(x) = μ/2 + P, as p(x ≻ x) = 1/2."
                ),
                rests_on=("strong law of large numbers",),
            ),
        ),
    ),
    Part("failure rate", "P(max |BC_n − BC*| > e) ≤ δ", (forms.BORDA_CONCENTRATION,)),
)

v, D_other, D_own, tau_ = sp.symbols("v D_other D_own tau", real=True)

NLHF_EQUIVALENCE = claim(
    "C21",
    "Regularised and constrained NLHF have the same solutions",
    "For λ in [0,∞], every solution π̃ of λ-regularised NLHF is optimal for the constrained game at τ = "
    "KL(π̃‖π_ref); conversely every constrained solution solves some λ in [0,∞] problem.",
    Source("Proposition 13"),
    "iff",
    None,
    Part(
        "regularised ⟹ constrained",
        "no feasible policy gains against π̃",
        (
            relation(
                v,
                "<=",
                0,
                (v, None, None),
                (D_other, 0, None),
                (D_own, 0, None),
                (lam, 0, None),
                where=((lam * (D_other - D_own) - v, ">="), (D_own - D_other, ">=")),
                argument=(
                    "v = π'ᵀMπ̃ for any policy π', D_other and D_own are the KL divergences of π' and π̃. As π̃ is a "
                    "best response to itself and π̃ᵀMπ̃ = 0, v − λD_other ≤ −λD_own; π' in the ball of π̃ means "
                    "D_other ≤ D_own. "
                    "So no feasible π' gains against π̃, which makes it an equilibrium of the symmetric constrained "
                    "game. λ = ∞ gives π_ref, the only policy in the ball τ = 0."
                ),
            ),
            forms.REGULARISED_EXPLOITABILITY,
        ),
    ),
    Part(
        "constrained ⟹ regularised",
        "a multiplier λ turns the constraint into the penalty",
        (
            relation(
                v - lam * D_other,
                "<=",
                -lam * D_own,
                (v, None, None),
                (D_other, 0, None),
                (D_own, 0, None),
                (lam, 0, None),
                (tau_, 0, None),
                where=((-v + lam * (D_other - tau_), ">="), (lam * (D_own - tau_), "==")),
                rests_on=("Rockafellar 1970, Thm 28.2 (Kuhn–Tucker under Slater's condition)",),
                argument=(
                    "A constrained solution π minimises −π'ᵀMπ over KL(π'‖π_ref) ≤ τ, a convex problem with interior "
                    "point π_ref when τ > 0; its value is −πᵀMπ = 0. So a λ ≥ 0 exists with −v + λ(D_other − τ) ≥ 0 "
                    "for every π' "
                    "and λ(D_own − τ) = 0: the side conditions. The inequality says that π is a best response to "
                    "itself in the λ-regularised game. τ = 0 leaves only π_ref, which is λ = ∞."
                ),
            ),
            forms.CONSTRAINED_EXPLOITABILITY,
        ),
    ),
)

RLHF_EQUIVALENCE = claim(
    "C22",
    "Regularised and constrained RLHF have the same solutions",
    "For a reward r: every maximiser of π·r − λ·KL(π‖π_ref) maximises π·r on the ball of radius its own KL; "
    "conversely every constrained maximiser solves some λ in [0,∞] problem.",
    Source("Proposition 14"),
    "iff",
    None,
    Part(
        "regularised ⟹ constrained",
        "no feasible policy has a larger reward",
        (
            relation(
                v,
                "<=",
                0,
                (v, None, None),
                (D_other, 0, None),
                (D_own, 0, None),
                (lam, 0, None),
                where=((lam * (D_other - D_own) - v, ">="), (D_own - D_other, ">=")),
                argument=(
                    "v = (π' − π̃)·r. π̃ maximises the penalised reward, so v ≤ λ(D_other − D_own), and π' in the "
                    "ball of π̃ means D_other ≤ D_own."
                ),
            ),
        ),
    ),
    Part(
        "constrained ⟹ regularised",
        "a multiplier λ turns the constraint into the penalty",
        (
            relation(
                v - lam * D_other,
                "<=",
                -lam * D_own,
                (v, None, None),
                (D_other, 0, None),
                (D_own, 0, None),
                (lam, 0, None),
                (tau_, 0, None),
                where=((-v + lam * (D_other - tau_), ">="), (lam * (D_own - tau_), "==")),
                rests_on=("Rockafellar 1970, Thm 28.2 (Kuhn–Tucker under Slater's condition)",),
                argument=(
                    "v = (π' − π)·r. The constrained problem is convex with interior point π_ref when τ > 0, so a λ "
                    "≥ 0 with the side conditions exists; the inequality says that π maximises the penalised reward. "
                    "τ = 0 leaves only π_ref (λ = ∞)."
                ),
            ),
            forms.GIBBS,
        ),
    ),
)

r_x, r_y, a_x, a_y, Z_ = sp.symbols("r_x r_y ref_x ref_y Z", real=True)

DPO = claim(
    "C23",
    "DPO computes the regularised RLHF policy",
    "For π_ref of full support and a common weight λ, the DPO minimiser is π_ref·e^{r/λ}/Z with the reward MLE r; "
    "its loss is the Bradley–Terry negative log-likelihood at r, and its implicit reward is r plus a constant.",
    Source("App. F.3, normaliser restored", "restated"),
    "==",
    None,
    Part(
        "change of variables",
        "e to the difference of implicit rewards over λ is e^{(r_x − r_y)/λ}",
        (
            relation(
                a_x * sp.exp(r_x / lam) / Z_ / a_x / (a_y * sp.exp(r_y / lam) / Z_ / a_y),
                "==",
                sp.exp((r_x - r_y) / lam),
                *((symbol, None, None) for symbol in (r_x, r_y)),
                *((symbol, 0, None) for symbol in (a_x, a_y, Z_, lam)),
                where=tuple((symbol, ">") for symbol in (a_x, a_y, Z_, lam)),
                argument=(
                    "DPO's loss is the negative log-likelihood at the implicit rewards λ·ln(π(x)/π_ref(x)). π ↦ "
                    "implicit reward is a bijection from policies of full support to rewards up to a constant, with "
                    "inverse π_ref·e^{r/λ}/Z, "
                    "because by the identity the implicit reward of that policy has the differences of r. So DPO "
                    "minimises the same function as the MLE, and its minimiser is the policy at the MLE, which is "
                    "regularised RLHF's (C22)."
                ),
                rests_on=("C22",),
            ),
            forms.DPO_POLICY,
        ),
    ),
)

ROBUSTNESS = claim(
    "C24",
    "NLHF does not depend on how pairs are sampled",
    "NLHF's population output depends on (D, π_ref, τ) only, as long as every pair has positive probability; the "
    "within-user correlation is immaterial too: Plackett–Luce users have Bradley–Terry marginals.",
    Source("Abstract"),
    "==",
    None,
    Part(
        "marginals", "rankings of Plackett–Luce users have Bradley–Terry marginals (enumerated)", (forms.PLACKETT_LUCE,)
    ),
)

FOOTNOTE_10 = claim(
    "C25",
    "The output's own KL is no benchmark",
    "With benchmark max{A(π): KL(π‖π_ref) ≤ KL(output‖π_ref)}, the method 'always return π_ref' has distortion 1.",
    Source("Footnote 10"),
    "==",
    Bound(sp.Integer(1)),
    Part(
        "ratio",
        "the ratio is 1",
        (
            relation(
                t * sp.log(t),
                ">=",
                t - 1,
                (t, 0, None),
                where=((t, ">"),),
                argument=(
                    "KL(π‖π_ref) = Σ π_ref·(t ln t − t + 1) with t = π/π_ref, a sum of non-negative terms; t ln t − "
                    "t + 1 is strictly convex with minimum 0 at t = 1, so KL = 0 only for π = π_ref (a term with π = "
                    "0 is π_ref > 0). "
                    "The output π_ref has KL 0, so the benchmark's ball is {π_ref} and the ratio is 1."
                ),
            ),
        ),
    ),
)

lam_1, lam_2, D_1, D_2, w = sp.symbols("lambda_1 lambda_2 D_1 D_2 w", real=True)

MONOTONICITY = claim(
    "C26",
    "A larger weight λ means a smaller KL",
    "For regularised NLHF, λ ↦ KL(π̃_λ‖π_ref) is non-increasing.",
    Source("added", "reconstructed"),
    "<=",
    None,
    Part(
        "monotone",
        "λ₁ < λ₂ implies D₁ ≥ D₂",
        (
            relation(
                (lam_2 - lam_1) * (D_1 - D_2),
                ">=",
                0,
                (D_1, 0, None),
                (D_2, 0, None),
                (lam_1, 0, None),
                (lam_2, 0, None),
                (w, None, None),
                where=((lam_1 * (D_2 - D_1) - w, ">="), (lam_2 * (D_1 - D_2) + w, ">=")),
                argument=(
                    "w = π₂ᵀMπ₁ = −π₁ᵀMπ₂ for the equilibria π₁, π₂ at λ₁, λ₂ with divergences D₁, D₂. π₁ is a best "
                    "response to itself: w − λ₁D₂ ≤ −λ₁D₁; likewise −w − λ₂D₁ ≤ −λ₂D₂."
                ),
            ),
        ),
    ),
)

CLAIMS = (
    LINEARISATION,
    BORDA_QUADRATIC,
    BORDA_EXACT,
    BORDA_STABILITY,
    IMPOSSIBILITY,
    CONDORCET_LOSERS,
    MAXIMAL_LOTTERIES,
    MINIMAX_CONSTANT,
    BORDA_LOWER,
    RLHF_LOWER,
    BORDA_IS_MLE,
    RLHF_EXPONENTIAL,
    MISORDERING,
    NLHF,
    NLHF_SAMPLING,
    REGULARISED_NLHF,
    RLHF_UNBOUNDED,
    LEMMA_15,
    CONCENTRATION,
    BORDA_CONCENTRATION,
    NLHF_EQUIVALENCE,
    RLHF_EQUIVALENCE,
    DPO,
    ROBUSTNESS,
    FOOTNOTE_10,
    MONOTONICITY,
)
"""All theorems, in the paper's order."""
