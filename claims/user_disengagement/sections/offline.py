"""C4 to C11: targets, ladders, label setting, and where they end."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Enumeration, Part, Settings, Witness
from claims.user_disengagement import enumerations as finite
from claims.user_disengagement import plotted
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.measures_offline import lattice, on_breakpoints
from claims.user_disengagement.model import chain_value
from claims.user_disengagement.named_instances import fractions, two_levels
from claims.user_disengagement.sections.common import (
    ABSTRACT,
    DISCOUNT,
    OURS,
    WAIT,
    C,
    J,
    R,
    alpha,
    beta,
    claim,
    d,
    delta,
    eps,
    f,
    formula,
    g,
    seeds,
    x,
    y,
)

INDEX = alpha / (1 - d) - beta * y * (delta + (1 - delta) / (1 - d))
"""J_δ(y), with f̃(y) = d."""
STEP = alpha - beta * (y - delta * x) + d * (beta * delta * y + C) - (beta * delta * x + C)
"""One step to y and then βδy + C, less βδx + C."""
BELLMAN = formula(
    STEP, "==", (1 - d) * (INDEX - C),
    "Try V(x) = βδx + C. By the identity a move to y falls short of V(x) by (1 − f̃(y))(C − J_δ(y)), so V solves the Bellman equation iff "
    "C >= J_δ(y) for all y with equality for some: C = max J_δ. The contraction f̃ <= γ < 1 (C2) makes the solution unique, and moving to a "
    "maximiser and staying attains it from every x.", rests_on=("C1", "C2"),
)
RANDOM = seeds(60, 300, 1_000)

TARGET = claim(
    "C4",
    "The target rule",
    "Linear relation, free moves, any δ in [0, 1]: V*(x) = βδx + max_y J_δ(y); jumping to a maximiser of J_δ and staying is optimal from every x.",
    ABSTRACT, "==", sp.Symbol("maxJ"),
    Part("value", "V* = βδx + max J_δ", (
        BELLMAN,
        Enumeration(statement="V* on the two-status chain is βδb + max J", elements=finite.random_ladders, predicate=finite.target_rule_is_exact,
                    settings=RANDOM, argument="Random ladders with free moves, solved by policy iteration."),
    )),
    plotted.OF_SATISFACTION,
)

KILLING = claim(
    "C5",
    "The killing representation, and an upper bound for every menu",
    "Linear relation, any moves, any policy with trajectory y_1, y_2, … from x: V_π(x) = βδx + E[J_δ(y_τ)] where τ is a killing time with hazard "
    "1 − f̃(y_t). Hence V*(x) <= βδx + max_y J_δ(y).",
    OURS, "<=", sp.Symbol("maxJ"),
    Part("representation", "V_π(x) = βδx + Σ_t (Π_{s<t} f̃(y_s))(1 − f̃(y_t))J_δ(y_t)", (
        formula(STEP.subs(C, 0), "==", (1 - d) * INDEX,
                "α − β(y − δx) + f̃(y)·βδy − βδx = (1 − f̃(y))J_δ(y): so W = V_π − βδx satisfies W(x) = (1 − f̃(y))J_δ(y) + f̃(y)W(y) along the "
                "trajectory. Unrolled, with Π f̃ <= γ^t → 0 and W bounded, it is the sum.", rests_on=("C1", "C2")),
        Enumeration(statement="V on the chain = βδb + the killing sum <= βδb + max J, for three policies", elements=finite.random_ladders,
                    predicate=finite.killing_is_exact, settings=RANDOM, argument="Random ladders with cycles and either sign of α and β."),
    )),
    Part("bound", "V*(x) <= βδx + max J_δ", (
        formula((1 - d) * J + d * C, "<=", C,
                "With C = max J_δ >= J: if W <= C at the next state then W <= C here. The weights (1 − f̃(y_t))Π f̃(y_s) add up to 1, so the sum "
                "is an average of values J_δ.", where=((C - J, ">="),), rests_on=("C1", "C2")),
    )),
)

ENDPOINTS = claim(
    "C6",
    "Lower endpoints suffice",
    "β > 0, δ in [0, 1], k-level demand, free moves in [b_1, ∞): sup_{y >= b_1} J_δ(y) = max_i J_δ(b_i).",
    OURS, "==", sp.Symbol("maxJ"),
    Part("slope", "on a level J_δ has the slope −β(δ + (1 − δ)D̃)", (
        formula(sp.diff(INDEX, y), "==", -beta * (delta + (1 - delta) / (1 - d)), "f̃, hence D̃ = 1/(1 − f̃), is constant on a level."),)),
    Part("falling", "that slope is < 0", (
        formula(beta * (delta + (1 - delta) / (1 - d)), ">", 0,
                "So on each level [b_i, b_{i+1}) the index is largest at b_i, and the supremum over all levels is the maximum over the b_i.",
                where=((beta, ">"),)),)),
)

K = sp.Symbol("k", real=True)

LABELS = claim(
    "C7",
    "The k-level program is exact in at most k² steps",
    "For every reflexive move relation label setting returns V* and an optimal policy, in at most k² elementary steps (open levels looked at, and "
    "relaxations tried).",
    ABSTRACT, "<=", K**2,
    Part("exact", "its value and policy are optimal", (
        Enumeration(
            statement="label setting keeps the Bellman certificate of the ladder, in at most k² steps; all reflexive relations on the grid",
            elements=finite.ladder_grid, predicate=finite.label_setting_is_exact, shards=2, settings=Settings(({"k": 3},), (), ({"k": 4},)),
            argument="All 64 reflexive relations on 3 levels × 20 demands × ρ in {0, ½} × α in {½, 1, 3}: 7,680 ladders (all 4,096 relations on "
            "4 levels at full effort). In general: h_j(W) = (1 − f̃_j)J_j + f̃_j·W is at most W when W >= J_j, and labels are finalised in "
            "non-increasing order, so a level finalised later would not have improved an earlier one; that induction is not in the kernel.",
        ),
        Enumeration(statement="the same for random ladders with up to 6 levels", elements=finite.random_ladders, predicate=finite.label_setting_is_exact,
                    settings=seeds(200, 900, 5_000), argument="Any δ, either sign of α and β, both conventions of re-engagement."),
    )),
    Part("steps", "k(k + 1)/2 looks and at most k(k − 1)/2 relaxations are k² steps", (
        formula(K * (K + 1) / 2 + K * (K - 1) / 2, "==", K**2,
                "k rounds look at k, k − 1, …, 1 open levels; after a level is finalised each level that is still open is tried at most once: k − 1, "
                "…, 0. Free moves attain it."),)),
    plotted.OF_SIZE,
)

SETTLING = claim(
    "C8",
    "The user settles",
    "Under C7's optimal policy W does not fall along the trajectory, no level is visited twice, and the user settles at a level with W = J after at "
    "most k − 1 moves. With nearest-neighbour moves ways are monotone and the basins of the sinks are intervals.",
    OURS, "<=", K - 1,
    Part("settling", "at most k − 1 moves, W rises, W = J at the end", (
        Enumeration(statement="from every level: W does not fall, no level twice, at most k − 1 moves, W = J at the end", elements=finite.ladder_grid, shards=2,
                    predicate=finite.settles, settings=Settings(({"k": 3},), (), ({"k": 4},)), argument="All ladders of C7's grid."),
        Enumeration(statement="the same for random ladders", elements=finite.random_ladders, predicate=finite.settles, settings=seeds(200, 900, 5_000),
                    argument="Random reflexive ladders with up to 6 levels."),
    )),
    Part("nearest neighbours", "monotone ways, and basins that are intervals", (
        Enumeration(statement="ways are monotone, and the levels with the same sink are an interval", elements=finite.nearest_ladders,
                    predicate=finite.basins_are_intervals, settings=seeds(200, 900, 5_000), argument="Random ladders with nearest-neighbour moves."),
    )),
    plotted.OF_ROUND,
)

CYCLE = claim(
    "C9",
    "Linearity is needed",
    "There is a nonlinear menu for which a cycle beats every policy that settles: γ = 9/10, f ≡ 1, ρ = 0, two levels, stay pays 1, up pays 1/2, "
    "down pays 2: V* = (230/19, 245/19), best settling values (10, 11).",
    OURS, "exists", None,
    Part("a cycle is better", "V*(1) exceeds the best settling value at level 1", (
        Witness(instance=qty.nothing, quantity=lambda _, p: qty.best(two_levels(), 0), relation=">",
                bound=lambda _, p: qty.following(two_levels(), (0, 0), 0),
                argument="V*(1) as a Bellman certificate, against staying at level 1 for ever (10). Going up and staying there is worth 1/2 + 9 < 10."),
    ), quantifier="exists"),
)

STEPS = lattice(Fraction(3, 4), fractions("3/4 3/4 3/4 1"), (Fraction(0),) * 4, Fraction(4), Fraction(1), 1, 2)

BREAKPOINTS = claim(
    "C10",
    "Breakpoints are not enough when satisfaction moves by bounded steps",
    "On the lattice 0..3 with effects in {−1, 0, 1, 2}, γ = 3/4, ρ = 0, δ = 1, α = 4, β = 1 and demand 3/4 below 3, 1 at 3, V*(0) = 87/8, but the "
    "program on the breakpoints 0 and 3 gives 64/7.",
    OURS, "exists", None,
    Part("breakpoints lose", "V*(0) on the lattice exceeds the value on breakpoints", (
        Witness(instance=qty.nothing, quantity=lambda _, p: qty.best(STEPS.table(), 0), relation=">",
                bound=lambda _, p: qty.best(on_breakpoints(STEPS).table(), 0), argument="Both values as Bellman certificates."),
    ), quantifier="exists"),
)

GAP = (DISCOUNT - DISCOUNT.subs(f, f - eps)) / (1 - g) * R / (1 - g)

APPROXIMATION = claim(
    "C11",
    "k-level approximation of a demand",
    "Rewards in [0, R], R-const, ‖f − f̂‖∞ <= ε: |V*_f − V*_f̂| <= Rγε/((1 − γ)(1 − γ + γρ)). Rounding to k equal levels has ε = 1/(2k) (nearest) "
    "or 1/k (down).",
    OURS, "<=", R * g * eps / ((1 - g) * WAIT),
    Part("bound", "the simulation lemma with the slope of f̃", (
        formula(GAP, "==", R * g * eps / ((1 - g) * WAIT),
                "For a fixed policy |f̃V − f̃̂V̂| <= |f̃ − f̃̂|·V + f̃̂|V − V̂| with 0 <= V <= R/(1 − γ) and f̃̂ <= γ, so max |V − V̂| <= "
                "max |f̃ − f̃̂|·R/(1 − γ)/(1 − γ); |f̃ − f̃̂| is largest where f and f̂ differ by ε (C2: affine). The identity is the left side of the bound "
                "with f̂ = f − ε. The bound for every policy is the bound for the optimum.", rests_on=("C1", "C2")),)),
    Part("tight", "the ratio of gap and bound tends to 1 as ε → 0 (beside: at ε = 1/1000, γ = 9/10, ρ = 0 it is 1000/1009)", (
        Witness(instance=qty.nothing, quantity=lambda _, p: chain_value(Fraction("9/10"), Fraction(1), Fraction(0))[0]
                - chain_value(Fraction("9/10"), Fraction("999/1000"), Fraction(0))[0],
                relation=">=", bound=lambda _, p: Fraction(99, 100) * Fraction(9, 10) * Fraction(1, 1000) * 100,
                argument="One arm that pays 1, f = 1 against f̂ = 1 − ε."),
    ), quantifier="exists", beside=True),
)

CLAIMS = (TARGET, KILLING, ENDPOINTS, LABELS, SETTLING, CYCLE, BREAKPOINTS, APPROXIMATION)
