"""False variants of C22 to C28."""

from __future__ import annotations

from fractions import Fraction

from claims import LinearProgram, Mutant, Settings
from claims.user_disengagement import mutant_parts as parts
from claims.user_disengagement.algorithms import hedge, per_user_game
from claims.user_disengagement.false_statements import demand, false
from exact import reals
from instances import loss_sequences

MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C22": (
        false(
            "the constant ¼·ln N", lambda p: hedge.single_winner_gain(8, 2, p["eta"]) - 1, ">=", lambda p: -reals.log(p["N"]) / 4, eta="5/2", N="8"
        ),
        false(
            "coefficient 3/5 with any constant: a cycle of ten winners earns 3/5",
            lambda p: hedge.round_robin_gain(10, p["eta"]),
            ">=",
            "3/5",
            eta="5/2",
        ),
        false("uniform play (no learning) is ½-competitive", lambda p: 1 / p["N"], ">=", "1/2", N="3"),
        false(
            "ALG >= OPT − (2/5)ln N: two winners in turn, two cycles",
            lambda p: 2 * hedge.round_robin_gain(2, p["eta"]),
            ">=",
            lambda p: 2 - p["c"] * reals.log(p["N"]),
            eta="5/2",
            c="2/5",
            N="2",
        ),
    ),
    "C23": (
        false(
            "half the bound",
            lambda p: parts.single_winner_regret(p["T"], p["eta"]),
            "<=",
            lambda p: (p["eta"] / 2 * p["T"] + reals.log(p["N"]) / p["eta"]) / 2,
            T=16,
            eta="1/4",
            N="2",
        ),
        false(
            "follow-the-leader has regret at most √(2T ln N)",
            lambda p: parts.leader_regret(6),
            "<=",
            lambda p: reals.sqrt(2 * p["T"] * reals.log(p["N"])),
            T="6",
            N="2",
        ),
    ),
    "C24": (
        false(
            "targets may be rounded down",
            lambda p: parts.step_index(p, "y") - parts.step_index(p, "down"),
            "<=",
            lambda p: p["b"] * p["e"],
            g="9/10",
            a="2",
            b="1",
            y="1",
            down="3/4",
            e="3/4",
        ),
        false(
            "the demand need not be monotone (0 again from 5/4 on)",
            lambda p: parts.step_index(p, "y") - parts.step_index(p, "up", drops=True),
            "<=",
            lambda p: p["b"] * p["e"],
            g="9/10",
            a="2",
            b="1",
            y="1",
            up="3/2",
            e="3/4",
        ),
    ),
    "C25": (
        false(
            "at most 1/m", lambda p: (p["n1"] + p["m"] * p["n2"]) / (p["m"] * (p["n1"] + p["n2"])), "<=", lambda p: 1 / p["m"], m="2", n1="2", n2="1"
        ),
        false(
            "randomised algorithms obey it too: both targets with probability ½ against one user of type B",
            lambda p: (1 + p["m"]) / 2 / p["m"],
            "<=",
            lambda p: 2 / (1 + p["m"]),
            m="5",
        ),
    ),
    "C26": (
        Mutant(
            "at least ½ for every N",
            (
                LinearProgram(
                    build=lambda p: per_user_game.program(p["N"], p["eps"]),
                    relation=">=",
                    bound=lambda p: Fraction(1, 2),
                    settings=Settings(({"N": 3, "eps": Fraction(1, 10)},)),
                ),
            ),
        ),
        Mutant(
            "exactly 1/N",
            (
                LinearProgram(
                    build=lambda p: per_user_game.program(p["N"], p["eps"]),
                    relation="==",
                    bound=lambda p: Fraction(1, p["N"]),
                    settings=Settings(({"N": 3, "eps": Fraction(1, 2)},)),
                ),
            ),
        ),
    ),
    "C27": (
        false(
            "coefficient 1 with the same remainder: E[ALG] <= (½ + 1/(2N))T with one winner",
            lambda p: (Fraction(1, 2) + 1 / (2 * p["N"])) * p["T"],
            ">=",
            lambda p: p["T"] - reals.sqrt(2 * p["N"] * p["T"] * reals.log(p["N"])),
            N="3",
            T="60",
        ),
        false("no remainder", lambda p: hedge.explore_half(loss_sequences.single_winner(3, 7)).gain, ">=", lambda p: p["T"] / 2, T="7"),
    ),
    "C28": (
        false("the mean is 1/(1 − γf)", demand, "==", lambda p: 1 / (1 - p["g"] * p["f"]), g="9/10", f="3/5", rho="1/4"),
        false(
            "a leaver can already be back in the next round",
            demand,
            "==",
            lambda p: 1 / (1 - p["g"] * (p["f"] + (1 - p["f"]) * p["rho"])),
            g="9/10",
            f="3/5",
            rho="1/4",
        ),
    ),
}
