"""False variants of C1 to C11."""

from __future__ import annotations

from fractions import Fraction

from claims import Mutant, Settings, Witness
from claims.user_disengagement import mutant_parts as parts
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.false_statements import ONE, ZERO, demand, discount, false, optimum, policy
from claims.user_disengagement.measures_offline import lattice, on_breakpoints
from claims.user_disengagement.model import (
    DisengagementMDP,
    effective_demand,
    free_moves,
    modified_discount,
    steady_index,
)
from claims.user_disengagement.named_instances import TWO_SINKS, fractions, g1, m3, two_levels
from exact import reals

STEPS = lattice(Fraction(3, 4), fractions("3/4 3/4 3/4 1"), (ZERO,) * 4, Fraction(4), ONE, 1, 2)
FREE = free_moves(5)
OLD_STATE = DisengagementMDP(Fraction(1, 2), (ZERO, ONE), (ZERO, ZERO), (((ZERO, 1),), ((ONE, 1),)))


def chained(low: str) -> DisengagementMDP:
    """start → y (pays 0) → w → w (pays 1): demand ``low`` at y, 1 at w; R-prop with q = 1."""
    f = (ONE, Fraction(low), ONE)
    return DisengagementMDP(Fraction("9/10"), f, f, (((ZERO, 1),), ((ONE, 2),), ((ONE, 2),)))


TWO_ONE_WAY = parts.two_way_ladder()



MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C1": (
        false(
            "a leaver can be back at once: γ[f + (1 − f)ρ]",
            lambda p: p["g"] * (p["f"] + (1 - p["f"]) * p["rho"]),
            "==",
            discount,
            g="1/2",
            f="0",
            rho="1",
        ),
        false(
            "a γ is lost: γf + (1 − f)γρ/(1 − γ + γρ)",
            lambda p: p["g"] * p["f"] + (1 - p["f"]) * p["g"] * p["rho"] / (1 - p["g"] + p["g"] * p["rho"]),
            "==",
            discount,
            g="1/2",
            f="0",
            rho="1/2",
        ),
        false(
            "f is read at the old state",
            optimum(OLD_STATE),
            "==",
            lambda p: p["r"] + p["g"] * p["old"] * qty.best(OLD_STATE, 1),
            r="0",
            g="1/2",
            old="0",
        ),
    ),
    "C2": (
        false(
            "strictly increasing in ρ for all f",
            discount,
            "<",
            lambda p: modified_discount(p["g"], p["f"], p["more"]),
            g="1/2",
            f="1",
            rho="0",
            more="1",
        ),
        false("f̃ <= γf", discount, "<=", lambda p: p["g"] * p["f"], g="1/2", f="0", rho="1"),
        false("f̃ <= γ²", discount, "<=", lambda p: p["g"] ** 2, g="1/2", f="1", rho="0"),
    ),
    "C3": (
        false("the no-return model's value (discount γf) is the value", optimum(m3("0")), "==", optimum(m3("1/2"))),
        false("some policy that ends in one state for ever is optimal", optimum(m3()), "<=", lambda p: parts.best_settling(m3(), 0)),
        false(
            "some constant-index policy is optimal",
            optimum(m3()),
            "<=",
            lambda p: reals.maximum([qty.following(m3(), (0, 0, 0), 0), qty.following(m3(), (1, 1, 1), 0)]),
        ),
    ),
    "C4": (
        false(
            "the target is the level with the largest f",
            lambda p: parts.index_at(g1("6", "0", "1"), 4),
            ">=",
            lambda p: parts.index_at(g1("6", "0", "1"), 0),
        ),
        false("the target is myopic, level 1", lambda p: parts.index_at(g1("6", "0", "0"), 0), ">=", lambda p: parts.index_at(g1("6", "0", "0"), 3)),
        false(
            "δ and 1 − δ swapped in J",
            lambda p: qty.best(g1("6", "0", "0", moves=FREE).table(), 0),
            "==",
            lambda p: reals.maximum([steady_index(p["a"], p["b"], 1 - p["d"], y, d) for y, d in zip(g1().levels, g1().discounts, strict=True)]),
            a="6",
            b="1",
            d="0",
        ),
        false(
            "the best target does not depend on ρ",
            lambda p: parts.index_at(g1("6", "0", "1"), 3),
            ">=",
            lambda p: parts.index_at(g1("6", "0", "1"), 0),
        ),
    ),
    "C5": (
        false(
            "the bound holds for nonlinear menus (J = 10 − βb, δ = 1)", optimum(two_levels()), "<=", lambda p: p["a"] / (1 - p["g"]), a="1", g="9/10"
        ),
        false("the bound without βδx", optimum(g1(moves=FREE).table(), 4), "<=", lambda p: parts.index_at(g1(), 4)),
    ),
    "C6": (
        false(
            "upper endpoints: their left limits attain the supremum",
            lambda p: parts.largest_left_limit(g1()),
            ">=",
            lambda p: parts.index_at(g1(), 4),
        ),
        false(
            "β < 0 is allowed",
            lambda p: steady_index(p["a"], p["b"], p["d"], p["y"], p["f"]),
            "<=",
            lambda p: parts.index_at(g1(beta="-1"), 4),
            a="2",
            b="-1",
            d="1",
            y="5",
            f="171/200",
        ),
        false(
            "no lowest satisfaction is needed",
            lambda p: steady_index(p["a"], p["b"], p["d"], p["y"], p["f"]),
            "<=",
            lambda p: parts.index_at(g1(), 4),
            a="2",
            b="1",
            d="1",
            y="-100",
            f="9/50",
        ),
    ),
    "C7": (
        false("reflexivity is not needed", optimum(TWO_ONE_WAY.table()), "==", lambda p: parts.relaxed_label(TWO_ONE_WAY, 0)),
        false("at most k²/2 steps", lambda p: parts.counted_steps(g1(moves=FREE)), "<=", lambda p: p["k"] ** 2 / 2, k="5"),
        false(
            "relaxing with J_j + f̃_jW_j",
            lambda p: parts.relaxed_label(g1(), 3, parts.overcounting_step),
            "==",
            lambda p: qty.best(g1().table(), 3) - p["b"] * 3,
            b="1",
        ),
        false(
            "the smallest label is finalised first",
            lambda p: parts.relaxed_label(g1(), 0, smallest_first=True),
            "==",
            lambda p: qty.best(g1().table(), 0),
        ),
    ),
    "C8": (
        false("at most k − 2 moves", lambda p: parts.moves_until_settled(g1(), 0), "<=", lambda p: p["k"] - 2, k="5"),
        false(
            "the user settles at the level with the largest J, from everywhere",
            lambda p: qty.best(g1(beta="5/4", demand=TWO_SINKS).table(), 0),
            "<=",
            lambda p: qty.going(g1(beta="5/4", demand=TWO_SINKS), (1, 2, 3, 4, 4), 0),
        ),
        false(
            "retention never falls along the way",
            lambda p: qty.best(g1(rho="1").table(), 4),
            "<=",
            lambda p: qty.going(g1(rho="1"), (1, 2, 3, 4, 4), 4),
        ),
    ),
    "C9": (
        false("down pays 3/2 is a witness too", optimum(two_levels(down="3/2")), ">", policy(two_levels(down="3/2"), (0, 0))),
        false("from level 1 the best settling policy is still optimal", lambda p: parts.best_settling(two_levels(), 0), ">=", optimum(two_levels())),
    ),
    "C10": (
        false("the program on breakpoints is exact here", lambda p: qty.best(on_breakpoints(STEPS).table(), 0), "==", optimum(STEPS.table())),
        false("the largest step first is optimal", lambda p: qty.going(STEPS, (2, 3, 3, 3), 0), ">=", optimum(STEPS.table())),
    ),
    "C11": (
        false(
            "half the bound",
            lambda p: demand(p, "one") - effective_demand(p["g"], p["one"] - p["e"], p["rho"]),
            "<=",
            lambda p: p["g"] * p["e"] / (2 * (1 - p["g"]) ** 2),
            g="9/10",
            one="1",
            e="1/1000",
            rho="0",
        ),
        Mutant(
            "the R-const constant serves R-prop with ρ := q",
            (
                Witness(
                    instance=qty.nothing,
                    quantity=lambda _, p: qty.best(chained("1/10"), 0) - qty.best(chained("0"), 0),
                    relation="<=",
                    bound=lambda _, p: p["g"] * p["e"] / ((1 - p["g"]) * (1 - p["g"] + p["g"] * p["q"])),
                    settings=Settings(({"g": Fraction(9, 10), "e": Fraction(1, 10), "q": ONE},)),
                ),
            ),
        ),
        false(
            "ours: the bound without the factor 1/(1 − γ)",
            lambda p: demand(p, "one") - effective_demand(p["g"], p["one"] - p["e"], p["rho"]),
            "<=",
            lambda p: p["g"] * p["e"] / (1 - p["g"]),
            g="9/10",
            one="1",
            e="1/1000",
            rho="0",
        ),
    ),
}
