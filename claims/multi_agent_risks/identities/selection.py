"""C22 to C24: inequalities and identities for all parameters at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Inequality
from claims.multi_agent_risks.identities.network import Condition, line, relation

b, c, x, x0, i, N, w, f, g, time = sp.symbols("b c x x0 i N w f g time", real=True)


# C22: mean fitness

SHARE = 1 / (1 + (1 / x0 - 1) * sp.exp(c * time))


def cooperation_dies() -> Inequality:
    """ẋ = −cx(1 − x) from the payoffs."""
    of_c, of_d = x * (b - c) - (1 - x) * c, x * b
    mean = x * of_c + (1 - x) * of_d
    return relation(
        x * (of_c - mean), "==", -c * x * (1 - x), line(b, c, x),
        argument="The replicator equation of the donation game; its mean payoff is (b − c)x (part “mean payoff”).",
    )


def mean_payoff() -> Inequality:
    """The mean payoff."""
    return relation(x * (x * (b - c) - (1 - x) * c) + (1 - x) * x * b, "==", (b - c) * x, line(b, c, x))


def share_solves() -> Inequality:
    """The closed form solves the equation."""
    return relation(
        sp.diff(SHARE, time),
        "==",
        -c * SHARE * (1 - SHARE),
        ((c, 0, None), (x0, 0, 1), (time, 0, None)),
        where=((x0, ">"),),
        argument="x(0) = x_0, and solutions of the equation are unique.",
    )


def mean_falls() -> Inequality:
    """The mean payoff (b − c)x falls."""
    margin = sp.Symbol("m", real=True)
    return relation(
        c * margin * x * (1 - x),
        ">",
        0,
        ((margin, 0, None), (c, 0, None), (x, 0, 1)),
        where=((c, ">"), (margin, ">"), (x, ">"), (1 - x, ">")),
        argument="The mean payoff is mx with m = b − c > 0, and mx' is the negative of the left side.",
        rests_on=("C22(field)", "C22(mean payoff)"),
    )


def fundamental_step() -> Inequality:
    """The term of one strategy."""
    mean, share, payoff = sp.symbols("m s p", real=True)
    return relation(
        2 * (share * (payoff - mean)) * payoff,
        "==",
        2 * share * (payoff - mean) ** 2 + 2 * mean * share * (payoff - mean),
        line(mean, share, payoff),
        argument="A symmetric, f = Ax, f̄ = Σx_if_i: d/dt xᵀAx = 2Σẋ_if_i with ẋ_i = x_i(f_i − f̄). The identity, summed over the strategies, whatever "
        "their number, gives 2·Var + 2f̄·Σx_i(f_i − f̄), and the last sum is f̄ − f̄ = 0.",
    )


def fundamental_theorem(strategies: int) -> Inequality:
    """The whole identity for a few strategies."""
    shares = sp.symbols(f"x:{strategies}", real=True)
    matrix = [[sp.Symbol(f"a{min(j, k)}{max(j, k)}", real=True) for k in range(strategies)] for j in range(strategies)]
    payoffs = [sum(matrix[j][k] * shares[k] for k in range(strategies)) for j in range(strategies)]
    mean = sum(shares[j] * payoffs[j] for j in range(strategies))
    moves = [shares[j] * (payoffs[j] - mean) for j in range(strategies)]
    slope = sum(moves[j] * matrix[j][k] * shares[k] + shares[j] * matrix[j][k] * moves[k] for j in range(strategies) for k in range(strategies))
    variance = sum(shares[j] * (payoffs[j] - mean) ** 2 for j in range(strategies))
    entries = sorted({entry for row in matrix for entry in row}, key=str)
    return relation(slope, "==", 2 * variance, line(*shares, *entries), where=((sum(shares) - 1, "=="),))


CONVENTION = x * (2 * x - (2 * x * x + (1 - x) * (1 - x)))
"""ẋ of the convention that pays 2, against one that pays 1."""


def bad_convention_wins() -> Inequality:
    """ẋ < 0 below 1/3."""
    third = sp.Rational(1, 3)
    return relation(
        CONVENTION,
        "<",
        0,
        ((x, 0, third),),
        where=((x, ">"), (third - x, ">")),
        argument="The share of the better convention falls as long as it is below 1/3, and there is no rest point between 0 and 1/3: it tends to 0.",
    )


def good_convention_wins() -> Inequality:
    """ẋ > 0 above 1/3."""
    third = sp.Rational(1, 3)
    return relation(
        CONVENTION,
        ">",
        0,
        ((x, third, 1),),
        where=((x - third, ">"), (1 - x, ">")),
        argument="Above 1/3 it grows, and there is no rest point between 1/3 and 1: it tends to 1. At 1/3 it rests.",
    )


# C23: fixation


def fitness_gap() -> Inequality:
    """f_i − g_i for the donation game."""
    of_c = ((i - 1) * (b - c) - (N - i) * c) / (N - 1)
    of_d = i * b / (N - 1)
    return relation(
        (1 - w + w * of_c) - (1 - w + w * of_d),
        "==",
        -w * (c + b / (N - 1)),
        line(i, b, c, w, N),
        where=((N - 1, "!="),),
        argument="i cooperators: one of them meets i − 1 cooperators and N − i defectors, a defector meets i cooperators, out of N − 1 others.",
    )


def gap_is_negative() -> Inequality:
    """The gap is below 0."""
    return relation(
        -w * (c + b / (N - 1)),
        "<",
        0,
        ((w, 0, None), (c, 0, None), (b, 0, None), (N, 2, None)),
        where=((w, ">"), (c, ">")),
    )


def step_ratio() -> Inequality:
    """T⁻/T⁺ = g/f."""
    whole = i * f + (N - i) * g
    up, down = i * f / whole * (N - i) / N, (N - i) * g / whole * i / N
    return relation(
        down * f,
        "==",
        up * g,
        line(i, N, f, g),
        where=((N, "!="), (whole, "!=")),
        argument="With φ_i the probability that i cooperators take over, T⁺(φ_{i+1} − φ_i) = T⁻(φ_i − φ_{i−1}), φ_0 = 0, φ_N = 1. By the identity each "
        "increment is g_i/f_i times the one before, so ρ_C = φ_1 = 1/(1 + Σ_k Π_{i<=k} g_i/f_i) with k = 1..N − 1, and ρ_D = 1 − φ_{N−1} likewise with "
        "f_i/g_i.",
    )


def ratio_above_one() -> Inequality:
    """g/f > 1."""
    margin = sp.Symbol("m", real=True)
    return relation(
        (f + margin) / f,
        ">",
        1,
        ((f, 0, None), (margin, 0, None)),
        where=((f, ">"), (margin, ">")),
        argument="g = f + m with m > 0. Fitness is positive and the gap negative in every state, so all ratios g_i/f_i exceed 1, all N − 1 products "
        "exceed 1, and ρ_C < 1/(1 + N − 1) = 1/N. The ratios f_i/g_i are below 1, so ρ_D > 1/N.",
        rests_on=("C23(gap)", "C23(sign of the gap)", "C23(steps)"),
    )


# C24: the Red Queen

SHARES = sp.symbols("x1:4", real=True)
_PAIRS = SHARES[0] * SHARES[1] + SHARES[1] * SHARES[2] + SHARES[2] * SHARES[0]
_ON_SIMPLEX: tuple[Condition, ...] = ((sum(SHARES) - 1, "=="),)


def log_product_slope(win: sp.Expr) -> sp.Expr:
    """Σ(f_i − f̄) for rock–paper–scissors."""
    first, second, third = SHARES
    payoffs = (win * second - third, win * third - first, win * first - second)
    return sum(payoffs) - 3 * sum(share * payoff for share, payoff in zip(SHARES, payoffs, strict=True))


def red_queen() -> Inequality:
    """The derivative of ln(x_1x_2x_3)."""
    return relation(
        log_product_slope(w),
        "==",
        (w - 1) * (1 - 3 * _PAIRS),
        line(*SHARES, w),
        where=_ON_SIMPLEX,
        argument="d/dt ln x_i = f_i − f̄; the left side is the sum over the three strategies.",
    )


def conserved() -> Inequality:
    """At w = 1 nothing changes."""
    return relation(log_product_slope(sp.S.One), "==", 0, line(*SHARES), where=_ON_SIMPLEX, argument="The same sum at w = 1.")


def distance() -> Inequality:
    """1 − 3(…) as a sum of squares."""
    first, second, third = SHARES
    squares = (first - second) ** 2 + (second - third) ** 2 + (third - first) ** 2
    return relation(
        1 - 3 * _PAIRS,
        "==",
        squares / 2,
        line(*SHARES),
        where=_ON_SIMPLEX,
        argument="So the factor is positive except at x = (1/3, 1/3, 1/3). For w > 1 the product of the shares grows from every interior start, and "
        "strictly while not there: every interior start tends to this point. For w < 1 it falls to 0: every other interior start tends to the boundary.",
        rests_on=("LaSalle's invariance principle (1960)",),
    )
