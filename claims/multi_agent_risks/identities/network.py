"""C18 to C21: inequalities and identities for all parameters at once; the kernel checks them."""

from __future__ import annotations

from typing import Any

import sympy as sp

from claims import Inequality
from claims.formulations import Relation

R = sp.Rational
z, S, t, K, X, B, C, E, Q, x, y, a, b, f, p, s, u, time = sp.symbols("z S t K X B C E Q x y a b f p s u time", real=True)
epsilon, rho, beta, gamma, p0 = sp.symbols("epsilon rho beta gamma p0", real=True)

Domain = tuple[sp.Symbol, Any, Any]
Condition = tuple[sp.Expr, Relation]


def line(*symbols: sp.Symbol) -> tuple[Domain, ...]:
    """The whole line for each symbol."""
    return tuple((symbol, None, None) for symbol in symbols)


def relation(
    left: Any, symbol: Relation, right: Any, domain: tuple[Domain, ...], where: tuple[Condition, ...] = (), argument: str = "",
    rests_on: tuple[str, ...] = (),
) -> Inequality:
    """``left symbol right`` on the domain."""
    return Inequality(
        left=sp.S.Zero + left, relation=symbol, right=sp.S.Zero + right, domain=domain, where=where, argument=argument, rests_on=rests_on
    )


# C18: the window


def branching(degree: int) -> sp.Expr:
    """f_K(z) as a closed form."""
    return z * sp.exp(-z) * sum((z**j / sp.factorial(j) for j in range(degree - 1)), sp.S.Zero)


def one_peak() -> Inequality:
    """The induction step for the derivative of f_K."""
    return relation(
        (S - (K - 1) * t) + t + (K - 1) * t - z * t,
        "==",
        (S + t) - z * t,
        line(S, t, K, z),
        argument="Write f_K = z·S·e^(−z), S = Σ z^j/j! over j <= K − 2. Claim: e^z·f_K' = S − (K − 1)·t with t = z^(K−1)/(K−1)!. K = 2: S = 1, t = z "
        "and (z·e^(−z))' = (1 − z)e^(−z). Step to K + 1: S becomes S + t, and e^z(z·t·e^(−z))' = t + z·t' − z·t with z·t' = (K − 1)·t; the identity "
        "says that the sum is S + t − z·t, and z·t = K·z^K/K!. Now (S − (K − 1)t)/z^(K−1) is a sum of falling terms less a constant, from +∞ down to "
        "−1/(K − 2)!: f_K rises to one maximum and then falls to 0, so {f_K > 1} is one open interval, or empty.",
    )


def no_window() -> Inequality:
    """f_3 stays below 21/25."""
    return relation(
        R(21, 25) * sp.exp(z),
        ">",
        z + z**2,
        ((z, 0, None),),
        argument="Times e^(−z), this is f_3(z) = z(1 + z)e^(−z) < 21/25 for all z >= 0. The terms of the sum are non-negative, so f_1 = 0 <= f_2 <= f_3.",
    )


def no_window_at_two() -> Inequality:
    """f_2 <= 1/e."""
    return relation(branching(2), "<=", sp.exp(-1), ((z, 0, None),))


def some_window() -> Inequality:
    """f_4(2) > 1."""
    return relation(
        branching(4), ">", 1, ((z, 2, 2),), argument="The terms of the sum are non-negative, so f_K(2) >= f_4(2) for all K >= 4. Here f_4(2) = 10/e²."
    )


ENDS = {
    4: ("1.11414162699918", "3.86306885836412"),
    5: ("1.02070390851373", "5.76467708716172"),
    6: ("1.00373123139997", "7.47708018486438"),
    10: ("1.00000112521413", "13.6593139497392"),
}
"""The ends of the window, to the digits shown."""
WIDTH = R(1, 10**13)


def below(degree: int) -> Inequality:
    """No window left of the lower end."""
    return relation(branching(degree), "<", 1, ((z, 0, R(ENDS[degree][0]) - WIDTH),))


def inside(degree: int) -> Inequality:
    """The window between its ends."""
    lower, upper = (R(end) for end in ENDS[degree])
    return relation(branching(degree), ">", 1, ((z, lower + WIDTH, upper - WIDTH),))


def above(degree: int) -> Inequality:
    """No window right of the upper end."""
    end = R(ENDS[degree][1]) + WIDTH
    return relation(
        branching(degree),
        "<",
        1,
        ((z, end, end),),
        argument="The window ends left of this point, so f_K has passed its only maximum, and it falls from here on.",
        rests_on=("C18(one interval)",),
    )


# C19: errors


def chain_step() -> Inequality:
    """One relay more."""
    accuracy = (1 + X) / 2
    return relation(
        accuracy * (1 - epsilon) + (1 - accuracy) * epsilon,
        "==",
        (1 + X * (1 - 2 * epsilon)) / 2,
        line(epsilon, X),
        argument="Induction over the relays with X = (1 − 2ε)^n: after none the accuracy is 1 = ½(1 + X), and one relay more, which flips with "
        "probability ε, takes ½(1 + X) to ½(1 + X(1 − 2ε)).",
    )


def floor_holds() -> Inequality:
    """ρε + (1 − ρ)B >= ρε."""
    return relation(
        rho * epsilon + (1 - rho) * B,
        ">=",
        rho * epsilon,
        ((rho, 0, 1), (epsilon, 0, 1), (B, 0, 1)),
        argument="B stands for the error of the majority of independent voters, whatever their number: a probability. With probability ρ all share one "
        "draw, and then they err together with probability ε.",
    )


def two_voters_more() -> Inequality:
    """B(2k + 3, ε) − B(2k + 1, ε)."""
    q = 1 - epsilon
    return relation(
        C * (epsilon**2 * E * Q * q - q**2 * E * epsilon * Q),
        "==",
        -C * E * Q * epsilon * q * (1 - 2 * epsilon),
        line(C, E, Q, epsilon),
        argument="Let n = 2k + 1, C = binom(n, k) = binom(n, k + 1), E = ε^k, Q = (1 − ε)^k. Two voters more turn a right majority wrong only if k "
        "erred and both err, and a wrong one right only if k + 1 erred and both are right. So B(n + 2, ε) − B(n, ε) is the left side, which is <= 0 "
        "for ε <= 1/2 and >= 0 beyond.",
    )


# C20: Braess


def before_shortcut() -> tuple[Inequality, Inequality]:
    """Costs of both paths, when f goes along the first: 3/2 ± (f − 1/2)."""
    words = (
        "With f on the path that costs x then 1, and 1 − f on the one that costs 1 then x, the costs are f + 1 and 1 + (1 − f). For f > 1/2 the first "
        "path is used and dearer, for f < 1/2 the second: only f = 1/2 is an equilibrium, and there both cost 3/2."
    )
    half = R(1, 2)
    return (
        relation(f + 1, "==", R(3, 2) + (f - half), line(f), argument=words),
        relation(1 + (1 - f), "==", R(3, 2) - (f - half), line(f), argument=words),
    )


def after_shortcut() -> tuple[Inequality, Inequality, Inequality]:
    """Costs of the three paths with the shortcut, when x and y go along the old ones."""
    new = 1 - x - y
    words = (
        "The old paths cost (x + new) + 1 and 1 + (y + new), the shortcut (x + new) + (y + new), where new = 1 − x − y takes it. So the old ones cost "
        "x and y more than the shortcut: whoever used one would leave it. In equilibrium x = y = 0; everybody takes the shortcut and pays 2."
    )
    return (
        relation((x + new) + 1 - ((x + new) + (y + new)), "==", x, line(x, y), argument=words),
        relation(1 + (y + new) - ((x + new) + (y + new)), "==", y, line(x, y), argument=words),
        relation((x + new) + (y + new), "==", 2 - x - y, line(x, y), argument=words),
    )


def product_bound() -> Inequality:
    """xy <= x² + y²/4."""
    return relation(x * y, "<=", x**2 + y**2 / 4, line(x, y), argument="The difference is (2x − y)²/4.")


def anarchy_step() -> Inequality:
    """The bound on one link."""
    return relation(
        (a * x + b) * y,
        "<=",
        (a * y + b) * y + (a * x + b) * x / 4,
        ((a, 0, None), (b, 0, None), (x, 0, None), (y, 0, None)),
        argument="A link costs a·load + b and carries x in equilibrium, y in the optimum. Summed over the links, the left side is at least the "
        "equilibrium's total cost, because at equilibrium costs no flow is cheaper than the equilibrium itself; the right side is the optimum's plus a "
        "quarter of the equilibrium's. So the equilibrium costs at most 4/3 of the optimum. With the shortcut it costs 2, and the flow of before, which "
        "costs 3/2, remains possible: the bound is attained.",
        rests_on=("the variational inequality of Wardrop equilibria (M. J. Smith, The existence, uniqueness and stability of traffic equilibria, 1979)",),
    )


# C21: contagion


def field() -> Inequality:
    """The field in logistic form."""
    return relation(
        beta / 2 * (p * (1 - p)) - gamma * p,
        "==",
        (beta / 2 - gamma) * p - beta / 2 * p**2,
        line(beta, gamma, p),
        argument="Chats infect at rate (β/2)p(1 − p), recoveries take γp. The field is logistic with rate β/2 − γ; besides 0 its only rest point is "
        "1 − 2γ/β.",
    )


LIMIT = 1 - 2 * gamma / beta
LOGISTIC = LIMIT / (1 + (LIMIT / p0 - 1) * sp.exp(-(beta / 2 - gamma) * time))
CRITICAL = p0 / (1 + beta * p0 * time / 2)


def logistic_solution() -> Inequality:
    """The closed form solves the equation."""
    return relation(
        sp.diff(LOGISTIC, time),
        "==",
        beta / 2 * LOGISTIC * (1 - LOGISTIC) - gamma * LOGISTIC,
        ((beta, 0, None), (gamma, 0, None), (p0, 0, 1), (time, 0, None)),
        where=((beta, ">"), (p0, ">"), (LIMIT, "!=")),
        argument="p(t) = k/(1 + (k/p_0 − 1)e^(−rt)) with k = 1 − 2γ/β ≠ 0 and r = β/2 − γ = βk/2 has p(0) = p_0, and solutions are unique. For r > 0 the "
        "exponential goes to 0 and p to k. For r < 0, k < 0: p = k·p_0/(p_0 + (k − p_0)e^(−rt)), whose denominator goes to −∞, so p goes to 0.",
    )


def critical_solution() -> Inequality:
    """The closed form at β = 2γ."""
    return relation(
        sp.diff(CRITICAL, time),
        "==",
        -beta / 2 * CRITICAL**2,
        ((beta, 0, None), (p0, 0, 1), (time, 0, None)),
        where=((beta, ">"), (p0, ">")),
        argument="At β = 2γ the field is −(β/2)p², and p(t) = p_0/(1 + βp_0·t/2) goes to 0.",
    )


def no_giant() -> Inequality:
    """1 − e^(−u) < u for u > 0."""
    return relation(
        1 - sp.exp(-u),
        "<",
        u,
        ((u, 0, None),),
        where=((u, ">"),),
        argument="For z <= 1 and S > 0, put u = zS: 1 − e^(−zS) < zS <= S, so no S > 0 solves the equation.",
    )


def one_giant() -> Inequality:
    """u/(1 − e^(−u)) increases."""
    return relation(
        sp.exp(u) - 1 - u,
        ">",
        0,
        ((u, 0, None),),
        where=((u, ">"),),
        argument="With u = zS > 0 the equation says z = u/(1 − e^(−u)). The derivative of the right side is e^(−u)(e^u − 1 − u)/(1 − e^(−u))², and it "
        "goes to 1 as u → 0 and to ∞ with u. So it takes every value z > 1 exactly once, and no other.",
    )


GIANT = {
    "11/10": "0.176134143631810",
    "3/2": "0.582811643865811",
    "2": "0.796812130020020",
    "3": "0.940479790707360",
}
"""S(z), to the digits shown."""
GIANT_WIDTH = R(1, 10**14)


def giant_below(degree: str) -> Inequality:
    """1 − e^(−zS) > S left of S(z)."""
    return relation(1 - sp.exp(-R(degree) * s), ">", s, ((s, 0, R(GIANT[degree]) - GIANT_WIDTH),), where=((s, ">"),))


def giant_above(degree: str) -> Inequality:
    """1 − e^(−zS) < S right of S(z)."""
    return relation(1 - sp.exp(-R(degree) * s), "<", s, ((s, R(GIANT[degree]) + GIANT_WIDTH, 1),))
