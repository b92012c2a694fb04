"""The identities and inequalities behind C13 to C16, for all parameters at once; the kernel checks them."""

from __future__ import annotations

import sympy as sp

from claims import Part
from claims.multi_agent_risks.identities.parts import free, from_zero, positive, proved, unit

n, m, k, a, b, i, j = sp.symbols("n m k a b i j", real=True)
alpha, beta, gamma, pi = sp.symbols("alpha beta gamma pi", real=True)
half, sixth = sp.Rational(1, 2), sp.Rational(1, 6)

# C13


def envelope() -> Part:
    """What one incentive constraint says about the utilities of two types."""
    v, w, trade, transfer = sp.symbols("v w trade transfer", real=True)
    posing, other = v * trade - transfer, w * trade - transfer
    return proved(
        "(a) envelope",
        "what type v gets by posing as w is U(w) + (v − w)·Q(w)",
        posing,
        "==",
        other + (v - w) * trade,
        free(v, w, trade, transfer),
        "So incentive compatibility says U(v) − U(w) >= (v − w)Q(w), and with v and w exchanged (v − w)Q(w) <= U(v) − U(w) <= (v − w)Q(v): Q rises, U is "
        "Lipschitz, and U(v) = U(v_0) + ∫ Q from the lowest type v_0 on; for the seller the same with cost in place of value and the sign turned. With "
        "efficient trade Q(v) = G(v) for the buyer and 1 − F(c) for the seller.",
    )


def subsidy_identity() -> Part:
    """Gains minus both expected utilities."""
    J, low, high, left, right = sp.symbols("J U_B0 U_S1 L R", real=True)
    gains, buyer, seller = left + J + right, low + J + right, high + left + J
    return proved(
        "(a) subsidy",
        "the payments leave over −J − U_B(v_0) − U_S(c_1), with J = ∫ G(1 − F) over the overlap of the supports",
        gains - buyer - seller,
        "==",
        -J - low - high,
        free(J, low, high, left, right),
        "By Fubini the expected gains are E[max(v − c, 0)] = ∫ P(c <= x < v) dx = ∫ G(1 − F) dx = L + J + R: left of the overlap, over it, right of it. By (a) "
        "envelope E[U_B] = U_B(v_0) + ∫ G(1 − F) from the lowest value v_0 on, which leaves out L, and E[U_S] = U_S(c_1) + ∫ G(1 − F) up to the highest cost "
        "c_1, which leaves out R. What the payments leave over is gains minus both utilities. As U_B(v_0), U_S(c_1) >= 0 the subsidy is at least J, and J "
        "where the worst types get 0; J > 0 as G > 0 and F < 1 inside the overlap.",
        rests_on=("R. B. Myerson, M. A. Satterthwaite, J. Econ. Theory 29 (1983), Theorem 1", "C13((a) envelope)"),
    )


def power_subsidy() -> Part:
    """F = x^a, G = x^b."""
    return proved(
        "(b) powers",
        "for F = x^a, G = x^b on [0, 1] the subsidy 1/(b + 1) − 1/(a + b + 1) is positive",
        1 / (b + 1) - 1 / (a + b + 1),
        ">",
        0,
        from_zero(a, b),
        "∫ x^b(1 − x^a) dx, term by term.",
        where=positive(a, b),
        rests_on=("C13((a) envelope)", "C13((a) subsidy)"),
    )


def second_best_dual() -> Part:
    """The Lagrangian of the uniform second best."""
    v, c = sp.symbols("v c", real=True)
    return proved(
        "(c) no mechanism does better",
        "gains plus half the virtual surplus is 2(v − c − 1/4), pointwise",
        (v - c) + half * ((2 * v - 1) - 2 * c),
        "==",
        2 * (v - c - sp.Rational(1, 4)),
        free(v, c),
        "A mechanism without subsidy has E[p·(2v − 1 − 2c)] >= 0 by (a), p its trade probability, so its gains are at most E[p·2(v − c − 1/4)] <= "
        "2·E[max(v − c − 1/4, 0)] = 2·(3/4)³/6 = 9/64, which trade iff v − c >= 1/4 attains.",
        rests_on=("C13((a) envelope)", "C13((a) subsidy)"),
    )


def best_offer() -> Part:
    """What a seller earns by a take-it-or-leave-it offer to a uniform buyer."""
    c, r = sp.symbols("c r", real=True)
    return proved(
        "(c) best offer",
        "the offer r earns a seller of cost c (r − (1 + c)/2)² less than the offer (1 + c)/2",
        (1 - c) ** 2 / 4 - (r - c) * (1 - r),
        "==",
        (r - (1 + c) / 2) ** 2,
        free(c, r),
        "A uniform buyer takes the offer r in [0, 1] with probability 1 − r, and an offer above 1 earns nothing. So each seller's best offer is (1 + c)/2.",
    )


# C14: the weights of the incentive constraints, as identities in n


def midpoint(index: sp.Expr) -> sp.Expr:
    """(2i − 1)/2n."""
    return (2 * index - 1) / (2 * n)


STEP_ARGUMENT = (
    "The buyer's constraints i → i − 1 with weights (n − i + 1)/n and the lowest type's participation add up, by Abel summation, to E[T] <= (1/n)·Σ_i "
    "Q_i·[(n − i + 1)v_i − (n − i)v_{i+1}]; the seller's j → j + 1 with weights j/n and the highest type's participation to E[R] >= (1/n)·Σ_j "
    "Q_j·[jc_j − (j − 1)c_{j−1}]. The brackets are virtual values and virtual costs."
)


def virtual_types(name: str, value: sp.Expr, next_value: sp.Expr, virtual: sp.Expr) -> Part:
    """The buyer's bracket."""
    return proved(
        name, f"the buyer's virtual value is {virtual}", (n - i + 1) * value - (n - i) * next_value, "==", virtual, free(n, i), STEP_ARGUMENT
    )


def virtual_costs() -> Part:
    """The seller's bracket, the same on both grids."""
    return proved(
        "(a) virtual cost",
        "the seller's virtual cost is (4j − 3)/2n",
        j * midpoint(j) - (j - 1) * midpoint(j - 1),
        "==",
        (4 * j - 3) / (2 * n),
        free(n, j),
        STEP_ARGUMENT,
    )


def summation(name: str, term: sp.Expr, total: sp.Expr, first: int, statement: str, argument: str, rests_on: tuple[str, ...]) -> Part:
    """Σ_{d=first}^{m} term(d) = total(m) by induction on m: the step; that total vanishes before the first term is said in words."""
    empty = sp.expand(total.subs(m, first - 1))
    if empty != 0:
        raise ValueError(f"{name}: the sum of no terms is {empty}, not 0")
    return proved(
        name,
        statement,
        total - total.subs(m, m - 1),
        "==",
        term.subs(sp.Symbol("d", real=True), m),
        free(n, m),
        f"The step of an induction on m; at m = {first - 1} the sum is empty and the formula 0. {argument}",
        rests_on=rests_on,
    )


d = sp.Symbol("d", real=True)
MIDPOINT_TERM = (n - d) * (2 * d + 1 - n)
MIDPOINT_TOTAL = sp.factor(n * (1 - n) * m + (3 * n - 1) * m * (m + 1) / 2 - m * (m + 1) * (2 * m + 1) / 3)
INTERLEAVED_TERM = (n - d) * (4 * d + 3 - 2 * n)
INTERLEAVED_TOTAL = sp.factor(n * (3 - 2 * n) * (m + 1) + (6 * n - 3) * m * (m + 1) / 2 - 2 * m * (m + 1) * (2 * m + 1) / 3)
TIE_TERM = n * (1 - n)
ATTAINED = (
    "Attained: let these constraints bind. Then U_i − U_k = Σ_{k<=l<i} (v_{l+1} − v_l)Q_l, which is >= (v_i − v_k)Q_k for k < i and for k > i alike, as Q "
    "rises with the type; so all incentive constraints hold, likewise the seller's, and the worst types get 0."
)


def midpoint_parts() -> tuple[Part, ...]:
    """The closed form on midpoints, with and without forced ties, for all n."""
    virtual = (4 * i - 1 - 2 * n) / (2 * n)
    weights = ("C14((a) virtual value)", "C14((a) virtual cost)")
    surplus = (n - 1) * (5 - n) / (6 * n**2)
    return (
        virtual_types("(a) virtual value", midpoint(i), midpoint(i + 1), virtual),
        virtual_costs(),
        summation(
            "(a) sum",
            MIDPOINT_TERM,
            MIDPOINT_TOTAL,
            1,
            "Σ_{d=1}^m (n − d)(2d + 1 − n), the sum of n·(virtual value − virtual cost) over the pairs with i − j = d",
            "n − d pairs have i − j = d, and each has n(ψ_i − φ_j) = 2d + 1 − n. So s(n) <= Σ_{d=1}^{n−1}/n³; at a tie d = 0 the term 1 − n is <= 0, so "
            "that no trade is best there. " + ATTAINED,
            weights,
        ),
        proved(
            "(a) closed form",
            "at m = n − 1 the sum, divided by n³, is (n − 1)(5 − n)/6n²",
            MIDPOINT_TOTAL.subs(m, n - 1) / n**3,
            "==",
            surplus,
            free(n),
            "So s(n) is the closed form, for every n >= 1.",
            rests_on=(*weights, "C14((a) sum)"),
        ),
        proved(
            "(b) infeasible",
            "s(n) < 0 for n >= 6",
            surplus,
            "<",
            0,
            ((n, 6, None),),
            "A mechanism whose payments balance has surplus 0 > s(n).",
            rests_on=("C14((a) closed form)",),
        ),
        proved(
            "(b) feasible",
            "s(n) >= 0 for 1 <= n <= 5",
            surplus,
            ">=",
            0,
            ((n, 1, 5),),
            "Give the surplus to the buyer, whatever the types: incentives stay, and payments balance in expectation. Then T_i + R_j − t, t their common "
            "mean, has the same interim means T_i and R_j and balances in every state.",
            rests_on=("C14((a) closed form)",),
        ),
        proved(
            "(c) limit",
            "s(n) + 1/6 < 1/n for n >= 1",
            surplus + sixth,
            "<",
            1 / n,
            ((n, 1, None),),
            "With (c) above the limit, s(n) tends to −1/6.",
            rests_on=("C14((a) closed form)",),
        ),
        proved(
            "(c) above the limit",
            "s(n) > −1/6 for n >= 1",
            surplus + sixth,
            ">",
            0,
            ((n, 1, None),),
            "It is (6n − 5)/6n².",
            rests_on=("C14((a) closed form)",),
        ),
        proved(
            "(d) forced ties",
            "with the n ties forced the sum is −(n² − 1)/6n²",
            (MIDPOINT_TOTAL.subs(m, n - 1) + TIE_TERM) / n**3,
            "==",
            -(n**2 - 1) / (6 * n**2),
            free(n),
            "Each of the n ties adds 1 − n to the sum.",
            rests_on=(*weights, "C14((a) sum)"),
        ),
    )


def interleaved_parts() -> tuple[Part, ...]:
    """The closed form on interleaved grids for all n."""
    weights = ("C14((e) virtual value)", "C14((a) virtual cost)")
    surplus = (5 - 2 * n) * (n + 1) / (12 * n**2)
    return (
        virtual_types("(e) virtual value", i / n, (i + 1) / n, (2 * i - n) / n),
        summation(
            "(e) sum",
            INTERLEAVED_TERM,
            INTERLEAVED_TOTAL,
            0,
            "Σ_{d=0}^m (n − d)(4d + 3 − 2n), the sum of 2n·(virtual value − virtual cost) over the pairs with i − j = d",
            "Trade is efficient iff i >= j; n − d pairs have i − j = d, and each has 2n(ψ_i − φ_j) = 4d + 3 − 2n. " + ATTAINED,
            weights,
        ),
        proved(
            "(e) closed form",
            "at m = n − 1 the sum, divided by 2n³, is (5 − 2n)(n + 1)/12n²",
            INTERLEAVED_TOTAL.subs(m, n - 1) / (2 * n**3),
            "==",
            surplus,
            free(n),
            "So the largest surplus on an interleaved grid is the closed form: >= 0 for n <= 2, < 0 from n = 3 on.",
            rests_on=(*weights, "C14((e) sum)"),
        ),
    )


def two_type_part() -> Part:
    """The closed form for two types each."""
    vL, vH, cL, cH = sp.symbols("v_L v_H c_L c_H", real=True)
    buyer = beta * (vH * (1 - gamma) + vL * gamma) + (1 - beta) * vL * gamma
    seller = gamma * (cL * (1 - beta) + cH * beta) + (1 - gamma) * cH * beta
    closed = beta * (1 - gamma) * (vH - cH) + (1 - beta) * gamma * (vL - cL) - beta * gamma * (cH - vL)
    return proved(
        "(f) two types",
        "with two types each, binding constraints leave over β(1 − γ)(v_H − c_H) + (1 − β)γ(v_L − c_L) − βγ(c_H − v_L)",
        buyer - seller,
        "==",
        closed,
        free(beta, gamma, vL, vH, cL, cH),
        "All pairs but (v_L, c_H) trade, so the interim trades are γ and 1 for the buyer, 1 and β for the seller. T_L <= v_Lγ and T_H <= v_H(1 − γ) + T_L by "
        "the low type's participation and H → L; R_H >= c_Hβ and R_L >= c_L(1 − β) + R_H likewise. With equality all constraints hold, as trade rises "
        "with the value and falls with the cost.",
    )


# C15


def lemons_parts() -> tuple[Part, ...]:
    """Which numbers of qualities a price sustains."""
    return (
        proved(
            "(a) condition",
            "2k − α(k + 1) = k(2 − α) − α",
            2 * k - alpha * (k + 1),
            "==",
            k * (2 - alpha) - alpha,
            free(k, alpha),
            "The k lowest qualities trade at some price iff k/n <= α(k + 1)/2n, that is iff the left side is <= 0. For α < 2 this says k <= α/(2 − α), so the "
            "largest such k <= n is min(n, ⌊α/(2 − α)⌋), which is at least 1 as α > 1.",
        ),
        proved(
            "(b) from 2 on",
            "for α >= 2 every k is sustained",
            2 * k - alpha * (k + 1),
            "<",
            0,
            ((k, 1, None), (alpha, 2, None)),
            "Strictly: the buyer even gains, so k* = n.",
        ),
        proved(
            "(c) fraction",
            "α/(2 − α) <= 2/(2 − α)",
            alpha / (2 - alpha),
            "<=",
            2 / (2 - alpha),
            ((alpha, 1, 2),),
            "So k*/n <= 2/((2 − α)n), which tends to 0 for every α < 2, though each quality is worth more to the buyer.",
            where=positive(2 - alpha),
        ),
    )


# C16


def crisis_parts() -> tuple[Part, ...]:
    """The two demands that can be best, the rest, and common knowledge."""
    p, cA, cl, ch, x = sp.symbols("p c_A c_l c_h x", real=True)
    safe, risky, war = p + cl, pi * (p + ch) + (1 - pi) * (p - cA), p - cA
    costs = (*unit(p), *from_zero(cA, cl, ch))
    response = (
        "B with cost c accepts x iff 1 − x >= 1 − p − c. So A's value is x up to p + c_l, πx + (1 − π)(p − c_A) from there to p + c_h, and p − c_A beyond."
    )
    return (
        proved(
            "(a) risk against safety",
            "the risky demand p + c_h is worth π(c_h + c_A) − (c_l + c_A) more than the safe demand p + c_l",
            risky - safe,
            "==",
            pi * (ch + cA) - (cl + cA),
            free(p, cA, cl, ch, pi),
            response + " The difference is positive iff π > (c_l + c_A)/(c_h + c_A); then B refuses with probability 1 − π, and otherwise never.",
        ),
        proved(
            "(a) other risky demands",
            "demands between p + c_l and p + c_h are no better than p + c_h",
            pi * x + (1 - pi) * (p - cA),
            "<=",
            risky,
            (*costs, *unit(pi), *free(x)),
            response,
            where=((p + ch - x, ">="),),
        ),
        proved(
            "(a) certain war",
            "a demand that everybody refuses is no better than the safe one",
            war,
            "<=",
            safe,
            costs,
            response,
        ),
        proved(
            "(a) safe demands",
            "demands below p + c_l are no better than p + c_l",
            x,
            "<=",
            safe,
            (*costs, *free(x)),
            response,
            where=((p + cl - x, ">="),),
        ),
        proved(
            "(b) waste",
            "the expected waste is 1 − p − (B's share) − (A's value), both in expectation, and equals (1 − π)(c_A + c_l)",
            1 - risky - (pi * (1 - p - ch) + (1 - pi) * (1 - p - cl)),
            "==",
            (1 - pi) * (cA + cl),
            free(p, cA, cl, ch, pi),
            "At the risky demand B's type with the high cost gets 1 − p − c_h in peace, the other 1 − p − c_l in war; what is missing of the pie is waste.",
        ),
        proved(
            "(c) common knowledge",
            "if A knows B's cost c, the demand p + c is accepted and worth no less than war",
            p + cl,
            ">=",
            war,
            costs,
            "With one type the accepted demand p + c <= 1 is the best; so war never occurs.",
        ),
    )
