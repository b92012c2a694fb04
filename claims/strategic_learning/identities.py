"""The inequalities and identities behind the theorems, for all parameters at once; the kernel checks them.

``P1``, ``P2`` are the joint probabilities of game 1 and game 2 with one signal of player 2 (or one pair of signals), so that π·Q(s|1) = P1 and
(1 − π)·Q(s|2) = P2. Outcomes are eliminated to their free cells: a distribution over (a,l), (a,r), (b,l), (b,r) is given by its first three masses.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims import Inequality
from claims.formulations import Relation

gamma, beta, pi, kappa, P1, P2, z, z0 = sp.symbols("gamma beta pi kappa P1 P2 z z0", real=True)
q1, q2 = sp.symbols("q1 q2", real=True)
"""Q(s|1) and Q(s|2)."""
x, y = sp.symbols("x:3", real=True), sp.symbols("y:3", real=True)

Cells = tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr]
Domain = tuple[sp.Symbol, object, object]


def relation(
    left: sp.Expr | int,
    symbol: Relation,
    right: sp.Expr | int,
    *domain: Domain,
    argument: str = "",
    rests_on: tuple[str, ...] = (),
    where: tuple[tuple[sp.Expr, Relation], ...] = (),
) -> Inequality:
    """``left symbol right`` on the domain."""
    return Inequality(
        left=sp.S.Zero + left, relation=symbol, right=sp.S.Zero + right, domain=domain, where=where, argument=argument, rests_on=rests_on
    )


def cells(free: Sequence[sp.Symbol]) -> Cells:
    """An outcome: the masses of (a,l), (a,r), (b,l), (b,r)."""
    return free[0], free[1], free[2], 1 - sum(free)


def dot(masses: Sequence[sp.Expr], values: Sequence[sp.Expr | int]) -> sp.Expr:
    """The expected value of an outcome."""
    return sum((m * v for m, v in zip(masses, values, strict=True)), sp.S.Zero)


SOFT = (gamma, gamma, 0, 1)
TOUGH = (0, 0, 1, 1)
ANSWER = (1, 0, 0, beta)
"""Payoffs of I(γ, β) by cell: type 1, type 2, player 2."""

IDENTITY_ARGUMENT = (
    "Type 1 may run the plan of type 2, and player 2, whose payoffs reveal nothing, then gives her the outcome of "
    "type 2 (mimic: Σ_s P1·[U(μ_1) − U(μ_2)] >= 0); type 2 can secure 1 by b, so row a has mass 0 in her outcome. "
    "The identity, summed over the signals, says B_2 − Ū_2 = κ·[mimic] + [security] + κ(1 − γ)·π + Σ coefficient·mass, where [·] is left minus right "
    "side; with κ = min{(1 − β)/(1 − γ), β·min P2/P1} all coefficients are >= 0 (the two parts beside), and κ > 0 as all P1, P2 are positive. "
    "So Ū_2 <= B_2 − κ(1 − γ)π < B_2, for every finite signal set and every horizon."
)


def multiplier_identity(argument: str, rests_on: tuple[str, ...] = ()) -> Inequality:
    """B_2 − Ū_2 at one signal, as a combination of the constraints with visibly non-negative coefficients."""
    one, two = cells(x), cells(y)
    missing = P1 * (1 - dot(one, ANSWER)) + P2 * (beta - dot(two, ANSWER))
    mimic = P1 * (dot(one, SOFT) - dot(two, SOFT))
    security = P2 * (dot(two, TOUGH) - 1)
    soft = (0, P1, P1 * (1 + kappa * gamma), P1 * ((1 - beta) - kappa * (1 - gamma)))
    tough = (
        P2 * beta - kappa * (1 - gamma) * P1,
        P2 * (1 + beta) - kappa * (1 - gamma) * P1,
        P2 * beta - kappa * P1,
        0,
    )
    combination = kappa * mimic + security + kappa * (1 - gamma) * P1 + dot(one, soft) + dot(two, tough)
    free = tuple((symbol, None, None) for symbol in (gamma, beta, kappa, P1, P2, *x, *y))
    return relation(missing, "==", combination, *free, argument=argument, rests_on=rests_on)


def tough_coefficient(share: sp.Expr) -> Inequality:
    """P2·share − κ(1 − γ)·P1 as a sum of non-negative terms, for share = β or 1 + β."""
    return relation(
        P2 * share - kappa * (1 - gamma) * P1,
        "==",
        (P2 * beta - kappa * P1) + kappa * gamma * P1 + P2 * (share - beta),
        *((symbol, None, None) for symbol in (gamma, beta, kappa, P1, P2)),
        argument="The coefficient of a mass in the identity: a sum of non-negative terms, as κ·P1 <= β·P2 by the choice of κ and share >= β. The other "
        "coefficients are 0, P1, P1(1 + κγ), or >= 0 by the choice of κ itself.",
    )


def positive_gap() -> Inequality:
    """κ(1 − γ)·π > 0."""
    return relation(
        kappa * (1 - gamma) * pi,
        ">",
        0,
        (gamma, 0, 1),
        (pi, 0, 1),
        (kappa, 0, None),
        where=((1 - gamma, ">"), (pi, ">"), (kappa, ">")),
        argument="κ is the lesser of two positive numbers.",
    )


def two_signals(degenerate: bool = False, mimic: bool = True, security: bool = True, demand: str = "benchmark") -> str:
    """The SMT script: an equilibrium of I(γ, β) with two signals in which player 2 gets what is demanded, all parameters symbolic."""
    names = ["gamma", "beta", "pi", "r", "t"]
    lines = [f"(declare-const {name} Real)" for name in names]
    lines += [f"(assert (and (< 0 {name}) (< {name} 1)))" for name in names[:3]]
    lines.append("(assert (and (= r 1) (= t 0)))" if degenerate else "(assert (and (< 0 r) (< r 1) (< 0 t) (< t 1)))")
    for g in "12":
        for s in "12":
            masses = [f"m{g}{s}{cell}" for cell in range(4)]
            lines += [f"(declare-const {mass} Real)" for mass in masses] + [f"(assert (<= 0 {mass}))" for mass in masses]
            lines.append(f"(assert (= 1 (+ {' '.join(masses)})))")
    chance = {"11": "r", "12": "(- 1 r)", "21": "t", "22": "(- 1 t)"}

    def soft(g: str, s: str) -> str:
        return f"(+ (* gamma (+ m{g}{s}0 m{g}{s}1)) m{g}{s}3)"

    def both(term: str, other: str) -> str:
        return f"(+ (* {chance['11']} {term}) (* {chance['12']} {other}))"

    if mimic:
        lines.append(f"(assert (>= {both(soft('1', '1'), soft('1', '2'))} {both(soft('2', '1'), soft('2', '2'))}))")
    if security:
        lines.append(f"(assert (>= (+ (* {chance['21']} (+ m212 m213)) (* {chance['22']} (+ m222 m223))) 1))")
    hers = " ".join(
        f"(* {weight} {chance[g + s]} (+ m{g}{s}0 (* beta m{g}{s}3)))" for g, weight in (("1", "pi"), ("2", "(- 1 pi)")) for s in "12"
    )
    goal = "beta" if demand == "beta" else "(+ pi (* (- 1 pi) beta))"
    return "\n".join([*lines, f"(assert (>= (+ {hers}) {goal}))"])


def uniform_gap() -> Inequality:
    """C8: what is missing at one signal, beyond π·Q(s|1)·(1 − β)·w(z_0), as a sum of non-negative terms."""
    worth = pi * q1 * (1 - (1 - beta) * (z - gamma) / (1 - gamma)) + (1 - pi) * q2 * beta * z
    limit = pi * q1 + (1 - pi) * q2 * beta - pi * q1 * (1 - beta) * (z0 - gamma) / (1 - gamma)
    return relation(
        limit - worth,
        "==",
        pi * q1 * (1 - beta) / (1 - gamma) * (z - z0) + (1 - pi) * q2 * beta * (1 - z),
        (gamma, 0, 1),
        *((symbol, None, None) for symbol in (beta, pi, q1, q2, z, z0)),
        where=((1 - gamma, ">"),),
        argument="V* is a sum over signals of such terms with z in {z_0, 1}, and z_0 <= z <= 1, so both terms on the right are >= 0; summing over s gives "
        "V* <= B_2 − π(1 − β)w(z_0).",
    )


D_WEIGHTS = sp.symbols("P_ss P_st P_ts P_tt", real=True)


def stubborn_identity() -> Inequality:
    """C11(d): B_2 − Ū_2 in N(γ) at one pair of signals."""
    free = [sp.symbols(f"{name}:3", real=True) for name in ("u", "v", "w", "n")]
    ss, st, ts, tt = (cells(f) for f in free)
    p_ss, p_st, p_ts, p_tt = D_WEIGHTS
    wants, flat = (1, gamma, 0, gamma), (1, 0, 1, 0)
    missing = p_ss * (1 - dot(ss, wants)) + p_st * (1 - dot(st, flat)) + p_ts * (gamma - dot(ts, wants)) + p_tt * (1 - dot(tt, flat))
    deviation = p_ss * (dot(ss, SOFT) - dot(ts, SOFT)) + p_st * (dot(st, SOFT) - gamma)
    no_row_a = -p_ts * (ts[0] + ts[1]) - p_tt * (tt[0] + tt[1])
    rest = (
        p_ss * dot(ss, (0, 1 - gamma, 1 + kappa * gamma, (1 - gamma) * (1 - kappa)))
        + p_st * dot(st, (0, 1, kappa * gamma, 1 - kappa * (1 - gamma)))
        + dot(
            ts,
            (
                gamma * p_ts - kappa * (1 - gamma) * p_ss,
                p_ts - kappa * (1 - gamma) * p_ss,
                gamma * p_ts - kappa * p_ss,
                0,
            ),
        )
        + p_tt * dot(tt, (1, 2, 0, 1))
    )
    everything = tuple((symbol, None, None) for symbol in (gamma, kappa, *D_WEIGHTS, *(s for f in free for s in f)))
    return relation(
        missing,
        "==",
        kappa * deviation + no_row_a + kappa * (1 - gamma) * p_ss + rest,
        *everything,
        argument="Soft player 1 may run the plan of the tough one and fall back to a where r does not appear: no less than U(μ_ts) in ss and γ in st "
        "(deviation). Tough player 1 learns her game from her own payoffs and stops playing a (no row a). With κ = min{1, γ·min P_ts/P_ss} > 0 all "
        "coefficients are >= 0 (next part). Summed over pairs of signals, Ū_2 <= B_2 − (1 − γ)κ·D(ss). For player 1 exchange the players, with a and r, "
        "and b and l: the game is the same.",
    )


def stubborn_coefficient(share: sp.Expr) -> Inequality:
    """P_ts·share − κ(1 − γ)·P_ss as a sum of non-negative terms, for share = γ or 1."""
    p_ss, _, p_ts, _ = D_WEIGHTS
    return relation(
        share * p_ts - kappa * (1 - gamma) * p_ss,
        "==",
        (gamma * p_ts - kappa * p_ss) + kappa * gamma * p_ss + (share - gamma) * p_ts,
        *((symbol, None, None) for symbol in (gamma, kappa, p_ss, p_ts)),
        argument="The coefficients of (a,l) and (a,r) in ts: sums of non-negative terms, as κ·P_ss <= γ·P_ts by the choice of κ. The others are sums and "
        "products of non-negative numbers, as κ <= 1.",
    )


def stubborn(fallback: bool = True, mimic: bool = True, scaled: bool = True) -> str:
    """The SMT script of N(γ) without signals: an equilibrium in which player 2 reaches B_2.

    Every condition is homogeneous in the prior, which may therefore be left unscaled: solvers refute that form sooner, and find models of the other sooner.
    """
    lines = ["(declare-const gamma Real)", "(assert (and (< 0 gamma) (< gamma 1)))"]
    games = ("ss", "st", "ts", "tt")
    lines += [f"(declare-const d{g} Real)" for g in games] + [f"(assert (< 0 d{g}))" for g in games]
    if scaled:
        lines.append(f"(assert (= 1 (+ {' '.join(f'd{g}' for g in games)})))")
    for g in games:
        masses = [f"m{g}{cell}" for cell in range(4)]
        lines += [f"(declare-const {mass} Real)" for mass in masses] + [f"(assert (<= 0 {mass}))" for mass in masses]
        lines.append(f"(assert (= 1 (+ {' '.join(masses)})))")

    def soft(g: str) -> str:
        return f"(+ (* gamma (+ m{g}0 m{g}1)) m{g}3)"

    if mimic:
        other = "gamma" if fallback else soft("tt")
        lines.append(f"(assert (>= (+ (* dss {soft('ss')}) (* dst {soft('st')})) (+ (* dss {soft('ts')}) (* dst {other}))))")
    lines += [f"(assert (= 0 (+ m{g}0 m{g}1)))" for g in ("ts", "tt")]
    wants = {g: f"(+ m{g}0 (* gamma (+ m{g}1 m{g}3)))" if g[1] == "s" else f"(+ m{g}0 m{g}2)" for g in games}
    hers = " ".join(f"(* d{g} {wants[g]})" for g in games)
    lines.append(f"(assert (>= (+ {hers}) (+ dss dst (* gamma dts) dtt)))")
    return "\n".join(lines)


e, g, M, lam, rho, f, stack, sigma, K, T = sp.symbols("e g M lambda rho f V sigma K T", real=True)


def mixing_loss() -> Inequality:
    """C3: M·e/(e + g) <= M·e/g."""
    return relation(
        M * e / (e + g),
        "<=",
        M * e / g,
        (M, 0, None),
        (e, 0, None),
        (g, 0, None),
        where=((g, ">"),),
        argument="Let e be the conditional swap regret of column b in an outcome and x_b its rows. If g = g_b > 0, mix x_b with the margin maximiser at rate "
        "e/(e + g): the regret against every other column is at most g·e/(e + g) − g·e/(e + g) = 0, so b is a best reply, the mixture's value is at "
        "most StackVal_1, and the change costs at most M·e/(e + g). If g_b < 0, b is never a best reply, e >= |g_b|, and the payoff exceeds StackVal_1 "
        "by at most M <= M·e/|g_b|. Averaging over the columns, where the regrets add up to SR(μ) <= ε, gives StackVal_1 + Kε.",
    )


def guarantee() -> Inequality:
    """C4: (V − λ − f) − (V − λ − ρ/(λg)) = (ρ − λgf)/(λg)."""
    return relation(
        (stack - lam - f) - (stack - lam - rho / (lam * g)),
        "==",
        (rho - lam * g * f) / (lam * g),
        (stack, None, None),
        (lam, 0, 1),
        (f, 0, 1),
        (rho, None, None),
        (g, 0, None),
        where=((lam, ">"), (g, ">")),
        argument="f is the frequency of columns other than b*. Against x_λ each of them pays player 2 at least λg less than b*, so her external regret is at "
        "least λgf, which is at most ρ: the right side is >= 0. Player 1 gets at least (1 − λ)StackVal_1 >= StackVal_1 − λ at b*, and loses at most 1 at "
        "the others.",
    )


def tuned() -> Inequality:
    """C4: λ + ρ/(λg) = 2λ at ρ = λ²g."""
    return relation(
        lam + lam**2 * g / (lam * g),
        "==",
        2 * lam,
        (lam, 0, 1),
        (g, 0, None),
        where=((lam, ">"), (g, ">")),
        argument="At λ = √(ρ/g) <= 1 the bound is StackVal_1 − 2√(ρ/g); for ρ > g that number is negative, and payoffs are not.",
        rests_on=("C4(bound)",),
    )


def approximate_pair() -> Inequality:
    """C5: (V + Kσ) − (V − λ − ρ/(λg)) = λ + ρ/(λg) + Kσ."""
    return relation(
        (stack + K * sigma) - (stack - lam - rho / (lam * g)),
        "==",
        lam + rho / (lam * g) + K * sigma,
        *((symbol, None, None) for symbol in (stack, K, sigma, rho)),
        (lam, 0, 1),
        (g, 0, None),
        where=((lam, ">"), (g, ">")),
        rests_on=("C3(cap)", "C4(bound)", "Blum and Mansour 2007, learning without internal regret, also from bandit feedback"),
        argument="Player 1 plays x_λ of the game she knows, independently in every round; player 2 runs a learner on her own payoffs with external regret "
        "ρ and swap regret σ per round. Player 1's play does not react, so nothing gains player 2 more than ρ; C3 caps every deviation of player 1 at "
        "StackVal_1 + Kσ, and C4 gives StackVal_1 − λ − ρ/(λg). With λ → 0 slowly and no-regret bandit learning (ρ, σ → 0) it becomes an exact "
        "equilibrium at T = ∞ that pays StackVal_1 in every game with g_{b*} > 0. (Where the margin of another column is 0, the slope of W at 0 stands "
        "for K: W is piecewise linear with W(0) = StackVal_1, C1.)",
    )


def myopic_value() -> Inequality:
    """C9: π + (1 − π)β(T − 1)/T = B_2 − (1 − π)β/T."""
    return relation(
        pi + (1 - pi) * beta * (T - 1) / T,
        "==",
        pi + (1 - pi) * beta - (1 - pi) * beta / T,
        (pi, 0, 1),
        (beta, 0, 1),
        (T, 1, None),
        argument="Against probe-then-commit a myopic type 1 concedes in round 1 and meets l for ever, U_2 = 1; type 2 insists, pays player 2 nothing in "
        "round 1 and β afterwards.",
    )


def strategic_gain() -> Inequality:
    """C9: (T − 1)/T − γ = (T(1 − γ) − 1)/T."""
    return relation(
        (T - 1) / T - gamma,
        "==",
        (T * (1 - gamma) - 1) / T,
        (gamma, 0, 1),
        (T, 1, None),
        argument="A strategic type 1 insists in round 1, for 0, and meets r for ever, for 1 per round; conceding pays γ. The difference is positive as soon as "
        "T > 1/(1 − γ). Player 2 is left with β(T − 1)/T.",
    )
