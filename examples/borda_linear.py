"""A claim that a hasty reader might take away from a paper, and that is false: Borda's distortion is at most R(β), not R(β)².

    assay verify examples/borda_linear.py        (exit code 1: refuted)

It builds on a paper that ships, `claims.alignment_distortion`: its Theorem 2 bounds the distortion of the Borda rule by R². With the exponent 1 the
exact worst case over all populations on a grid is a counterexample.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from claims import Bound, Claim, LinearProgram, Paper, Part, Settings, Source
from claims.alignment_distortion import model
from claims.alignment_distortion.worst_case import borda_worst_case, decode_population
from exact import reals
from exact.linear_programs import Problem, Solution

ALTERNATIVES = 3
SAMPLING = (Fraction(1, 100), Fraction(1, 100), Fraction(98, 100))
"""How often each alternative is compared: the Borda winner, the best one, and the pool that both meet most of the time."""


def worst_population(parameters: Any) -> Problem:
    """The greatest ratio of the best alternative's average utility to the Borda winner's, over all populations with utilities 0, 1/K, …, 1."""
    return borda_worst_case(parameters["r"], parameters["K"], SAMPLING)


def population_of(parameters: Any, solution: Solution) -> Any:
    """The population that a solution of the program stands for."""
    return decode_population(parameters["K"], ALTERNATIVES, solution)


def distortion(population: Any, _: Any) -> Any:
    """The ratio, measured on a population."""
    return model.average_utility(population, 1) / model.average_utility(population, 0)


def linear_bound(parameters: Any) -> Any:
    """R(β) for users with β = K·ln r."""
    return model.R(parameters["K"] * reals.log(parameters["r"]))


LINEAR = Claim(
    number="C1",
    title="Borda's distortion is at most R",
    statement="For every population of Bradley–Terry users and every Borda winner w: the best average utility is at most R(β) times that of w.",
    source=Source("a misreading of Theorem 2"),
    relation="<=",
    bound=Bound(sympy.Symbol("R")),
    parts=(
        Part("a", "at r = 2, K = 4 (β = 4 ln 2), with three alternatives", (
            LinearProgram(
                build=worst_population, relation="<=", bound=linear_bound, decode=population_of, quantity=distortion,
                settings=Settings(quick=({"r": Fraction(2), "K": 4},)),
                argument="The program's optimum is the worst ratio over all populations on the grid; each of them is a population of the claim.",
            ),
        )),
    ),
)

PAPER = Paper(
    slug="borda_linear", title="Borda with exponent 1", citation="After P. Gölz, N. Haghtalab, K. Yang, Distortion of AI Alignment, arXiv:2505.23749.",
    arxiv="2505.23749", claims=(LINEAR,),
)
