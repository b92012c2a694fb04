"""What the sections share: symbols, sources, settings, and the programs of named instances."""

from __future__ import annotations

import sympy as sp

from claims import Source
from claims.leakage_persuasion.algorithms import (
    obedience_programs,
)
from claims.leakage_persuasion.evaluation import EVALUATIONS
from claims.leakage_persuasion.mutants import MUTANTS
from claims.leakage_persuasion.named_instances import additive, chain, coverage, drawn, problem_at, table
from claims.parameters import Values
from claims.room import Room
from exact.linear_programs import Problem

EXAMPLES = {"quick": 40, "standard": 300, "full": 1_000}
"""Random instances per property and setting, by effort."""

n, k, theta, lam, M = sp.symbols("n k theta lambda M", positive=True)

ABSTRACT = Source("abstract", "restated")
OURS = Source("ours, consistent with the abstract", "reconstructed")


claim = Room(EVALUATIONS, MUTANTS).claim


def sizes(*pairs: tuple[int, int]) -> tuple[Values, ...]:
    """Settings (n, k)."""
    return tuple({"n": agents, "k": leaks} for agents, leaks in pairs)


def agents(*counts: int) -> tuple[Values, ...]:
    """Settings n."""
    return tuple({"n": count} for count in counts)


def robust_program(parameters: Values) -> Problem:
    """The program of OPT_k/λ for the setting's problem."""
    return obedience_programs.worst_case_program(problem_at(parameters), parameters["k"])


def private_program(parameters: Values) -> Problem:
    """The program of OPT_0/λ for the setting's problem."""
    return obedience_programs.worst_case_program(problem_at(parameters), 0)


def public_program(parameters: Values) -> Problem:
    """The program of OPT_{n−1}/λ for the setting's problem."""
    problem = problem_at(parameters)
    return obedience_programs.worst_case_program(problem, problem.agents - 1)


MIXED = (
    table("1/5 1/3 1/2", "1/10", "0 1 1 4 1 4 4 9"),
    table("1/5 1/3 1/2", "1/10", "0 0 0 1 0 1 1 1"),
    table("1/5 1/3 1/2", "1/10", "0 1 1 2 2 2 2 2"),
    coverage(3, "1/10", "1/2"),
    chain(4, 10),
    additive(4, 2, "1/16"),
)
TALLER_CHAIN = chain(8, 10)
UNSORTED = table("29/200 11/20 91/100", "1/10", "0 1 1 2 0 5 1 6")
"""Two more instances whose optima are followed over all k."""
DRAWN = tuple(drawn(kind, size, seed) for kind in ("supermodular", "coverage", "xos", "monotone") for size, seed in ((3, 1), (4, 2)))
MORE = tuple(
    drawn(kind, size, seed) for kind in ("supermodular", "coverage", "xos", "monotone") for size in (2, 3, 4, 5) for seed in range(10, 17)
)
