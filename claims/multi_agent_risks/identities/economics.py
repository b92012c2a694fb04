"""The identities and inequalities behind C11 and C12, for all parameters at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Part
from claims.multi_agent_risks.identities.parts import Condition, Domain, free, positive, proved, unit

n, a, b, q, other, delta, share = sp.symbols("n a b q o delta s", real=True)
T, R, P, S = sp.symbols("T R P S", real=True)

DILEMMA: tuple[Condition, ...] = positive(T - R, R - P, P - S)
"""T > R > P > S."""


def commons_parts() -> tuple[Part, ...]:
    """Inverse demand a − bQ with a, b > 0, no cost, n agents."""
    nash, whole = a / (b * (n + 1)), a / (2 * b)
    rent, best = n * nash * (a - b * n * nash), a**2 / (4 * b)
    ratio, at_next = 4 * n / (n + 1) ** 2, 4 * (n + 1) / (n + 2) ** 2
    positive_scale = (*((symbol, 0, None) for symbol in (a, b)), (n, 1, None))
    return (
        proved(
            "(a) equilibrium",
            "beside n − 1 agents who take a/(b(n + 1)) each, taking q instead loses b(q − a/(b(n + 1)))²",
            nash * (a - b * n * nash) - q * (a - b * ((n - 1) * nash + q)),
            "==",
            b * (q - nash) ** 2,
            free(a, b, n, q),
            "So the symmetric profile is an equilibrium. There is no other: whoever takes something has b·q_i = a − bQ, the same for all of them, and an agent "
            "who takes nothing would gain, as a − bQ > 0 then.",
        ),
        proved(
            "(a) optimum",
            "the total Q yields a²/4b − b(Q − a/2b)²",
            q * (a - b * q),
            "==",
            best - b * (q - whole) ** 2,
            free(a, b, q),
            "So the greatest rent is a²/4b.",
        ),
        proved("(a) ratio", "the ratio is 4n/(n + 1)²", rent, "==", best * ratio, free(a, b, n), "Rent of the equilibrium against the greatest rent.",
               rests_on=("C11((a) equilibrium)", "C11((a) optimum)")),
        proved("(b) decreasing", "the ratio falls strictly in n >= 1", at_next, "<", ratio, ((n, 1, None),), "At n + 1 against n.",
               rests_on=("C11((a) ratio)",)),
        proved("(c) limit", "the ratio is below 4/n", ratio, "<", 4 / n, ((n, 1, None),), "So it tends to 0.", rests_on=("C11((a) ratio)",)),
        proved("(c) equilibrium rent is positive", "the ratio never reaches 0", rent, ">", 0, positive_scale,
               "The rent a²n/(b(n + 1)²).", where=positive(a, b)),
    )


def temptation(collusion: sp.Expr, deviation: sp.Expr, punishment: sp.Expr, discount: sp.Expr = delta) -> sp.Expr:
    """(1 − δ)·deviation + δ·punishment − collusion."""
    return (1 - discount) * deviation + discount * punishment - collusion


def threshold(
    name: str, statement: str, payoffs: tuple[sp.Expr, sp.Expr, sp.Expr], critical: sp.Expr, symbols: tuple[sp.Symbol, ...], argument: str
) -> Part:
    """Temptation = −(deviation − punishment)·(δ − critical)."""
    _, deviation, punishment = payoffs
    return proved(name, statement, temptation(*payoffs), "==", (deviation - punishment) * (critical - delta), free(delta, *symbols), argument)


def dilemma_parts() -> tuple[Part, ...]:
    """Grim trigger and tit for tat in the repeated prisoner's dilemma."""
    grim, turns = (T - R) / (T - P), (T - R) / (R - S)
    alternating = (T + delta * S) - R * (1 + delta)
    one_shot = "A deviation is worth (1 − δ)T + δP, and the factor T − P is positive, so no deviation pays iff δ >= (T − R)/(T − P). "
    return (
        threshold(
            "(a) grim trigger",
            "the temptation is (T − P)((T − R)/(T − P) − δ)",
            (R, T, P),
            grim,
            (T, R, P),
            one_shot + "In the punishment both play the equilibrium of the one-shot game. It is necessary for every equilibrium with perpetual C: who deviates "
            "gets T once and from then on at least P, her minmax payoff, as D gives at least P whatever the other does.",
        ),
        proved(
            "(a) minmax",
            "D gives at least P, whatever the other does, and P is the best reply to D",
            delta * T + (1 - delta) * P - P,
            ">=",
            0,
            (*unit(delta), *free(T, R, P, S)),
            "Against a rival who plays C with probability δ, D gives δT + (1 − δ)P; against D, C gives S < P. So P is the minmax payoff.",
            where=DILEMMA,
        ),
        proved(
            "(a) inside",
            "(T − R)/(T − P) lies strictly between 0 and 1",
            grim * (1 - grim),
            ">",
            0,
            free(T, R, P, S),
            "A number z with z(1 − z) > 0 lies strictly between 0 and 1.",
            where=DILEMMA,
        ),
        proved(
            "(b) tit for tat",
            "(T + δS) − R(1 + δ) = (R − S)((T − R)/(R − S) − δ)",
            alternating,
            "==",
            (R - S) * (turns - delta),
            free(delta, T, R, S),
            "Beside tit for tat the other's next move is the state, and so always cooperating, always defecting or alternating is best. Alternating pays "
            "(T + δS)/(1 + δ), defecting (1 − δ)T + δP: tit for tat is an equilibrium iff δ >= (T − R)/(R − S) as well.",
            rests_on=("C12((a) grim trigger)",),
        ),
    )


def market_parts() -> tuple[Part, ...]:
    """Bertrand, Cournot and two linked Bertrand markets."""
    collusion, deviating = 1 / (4 * n), (n + 1) / (4 * n)
    others = (n - 1) / (2 * n)
    deviation, nash = (n + 1) ** 2 / (16 * n**2), 1 / (n + 1) ** 2
    cournot = (n + 1) ** 2 / ((n + 1) ** 2 + 4 * n)
    next_one = (n + 2) ** 2 / ((n + 2) ** 2 + 4 * (n + 1))
    from_two: tuple[Domain, ...] = ((n, 2, None),)
    return (
        threshold(
            "(c) Bertrand",
            "n firms that share a monopoly profit of 1: the temptation is 1 − 1/n − δ",
            (1 / n, sp.S.One, sp.S.Zero),
            1 - 1 / n,
            (n,),
            "A deviator undercuts, takes the whole profit once and nothing afterwards.",
        ),
        proved(
            "(d) Cournot deviation",
            "beside (n − 1)/2n of the others, q instead of (n + 1)/4n loses (q − (n + 1)/4n)²",
            deviation - q * (1 - others - q),
            "==",
            (q - deviating) ** 2,
            free(n, q),
            "So the best deviation from the shares 1/2n earns (n + 1)²/16n².",
        ),
        threshold(
            "(d) Cournot",
            "the temptation is (deviation − equilibrium)·((n + 1)²/((n + 1)² + 4n) − δ)",
            (collusion, deviation, nash),
            cournot,
            (n,),
            "Inverse demand 1 − Q, no cost: sharing the monopoly pays 1/4n each, reversion to the equilibrium 1/(n + 1)². Another intercept or slope "
            "scales all three payoffs.",
        ),
        proved(
            "(d) Cournot gain",
            "deviating beats the equilibrium for n >= 2",
            deviation,
            ">",
            nash,
            from_two,
            "So the factor is positive and the temptation <= 0 exactly from the threshold on.",
        ),
        proved(
            "(d) Cournot rising", "the threshold rises in n", next_one, ">", cournot, from_two, "At n + 1 against n: more firms make collusion harder.",
        ),
        threshold(
            "(e) one market",
            "a firm with share s of a Bertrand market: the temptation is 1 − s − δ",
            (share, sp.S.One, sp.S.Zero),
            1 - share,
            (share,),
            "In two separate markets with shares s and 1 − s the two firms need δ >= 1 − s and δ >= s: both iff δ >= max(s, 1 − s).",
        ),
        threshold(
            "(e) linked markets",
            "a firm with shares s and 1 − s: the temptation is 2(1/2 − δ)",
            (share + (1 - share), sp.Integer(2), sp.S.Zero),
            sp.Rational(1, 2),
            (share,),
            "A deviation in either market is punished in both, so that a deviator takes both profits at once: δ >= 1/2 whatever the shares, and "
            "max(s, 1 − s) >= 1/2.",
        ),
    )


