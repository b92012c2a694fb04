"""Three true claims of three kinds: an algebraic inequality, a transcendental one, and the optimum of a linear program.

    assay verify examples/classics.py
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy

from claims import Bound, Claim, Inequality, Integers, LinearProgram, Measurement, Mutant, Paper, Parameter, Part, Settings, Source
from exact.linear_programs import Problem, Row, Solution, solve

x, y = sympy.symbols("x y", real=True)


def half_line(symbol: sympy.Symbol) -> tuple[sympy.Symbol, int, None]:
    """The domain symbol >= 0."""
    return (symbol, 0, None)


def squares(factor: int) -> Inequality:
    """(x + y)² >= factor · x y for all x, y >= 0: true up to factor 4."""
    return Inequality(
        left=(x + y) ** 2, relation=">=", right=factor * x * y, domain=(half_line(x), half_line(y)),
        argument="Both means are non-negative, so they compare as the squares of their doubles do: (x + y)² and 4xy.",
    )


AM_GM = Claim(
    number="C1",
    title="The arithmetic mean is at least the geometric mean",
    statement="For all real x, y >= 0: (x + y)/2 >= sqrt(x y).",
    source=Source("Euclid, Elements V.25"),
    relation=">=",
    bound=Bound(sympy.sqrt(x * y)),
    parts=(Part("a", "(x + y)/2 >= sqrt(x y)", (squares(4),)),),
    mutants=(Mutant("the constant 4 becomes 5", (squares(5),)),),
)


def tangent(slope: sympy.Rational) -> Inequality:
    """tanh x <= slope · x on the half-line: true from slope 1 on."""
    return Inequality(left=sympy.tanh(x), relation="<=", right=slope * x, domain=(half_line(x),))


TANH = Claim(
    number="C2",
    title="The hyperbolic tangent stays below its tangent at 0",
    statement="For all real x >= 0: tanh x <= x.",
    source=Source("calculus"),
    relation="<=",
    bound=Bound(x),
    parts=(Part("a", "tanh x <= x", (tangent(sympy.Integer(1)),)),),
    mutants=(Mutant("the slope 1 becomes 9/10", (tangent(sympy.Rational(9, 10)),)),),
)

Weights = Sequence[Fraction]


def cover_program(parameters: Any) -> Problem:
    """The least total weight on the n vertices of a cycle such that every edge gets at least 1 from its two ends."""
    n = parameters["n"]
    return Problem(columns=n, objective=dict.fromkeys(range(n), 1), rows=[Row({v: 1, (v + 1) % n: 1}, lower=1) for v in range(n)])


def weights_of(parameters: Any, solution: Solution) -> Weights:
    """A solution of the program as an instance: the weights of the vertices."""
    assert solution.primal is not None
    return tuple(solution.primal[v] for v in range(parameters["n"]))


def total(weights: Weights, _: Any) -> Fraction:
    """The total weight of a cover."""
    return sum(weights, Fraction(0))


def covers(parameters: Any) -> Any:
    """Random fractional covers: any weights, scaled up until every edge is covered. None may be lighter than the program's optimum."""
    from hypothesis import strategies as st

    n = parameters["n"]

    def scaled(raw: list[int]) -> Weights:
        least = min(raw[v] + raw[(v + 1) % n] for v in range(n))
        return tuple(Fraction(weight, least) for weight in raw)

    return st.lists(st.integers(1, 20), min_size=n, max_size=n).map(scaled)


def cover_bound(excess: Fraction, settings: Settings) -> LinearProgram:
    """The least fractional cover of the cycle weighs n/2 + excess."""
    return LinearProgram(
        build=cover_program, relation="==", bound=lambda parameters: Fraction(parameters["n"], 2) + excess, decode=weights_of, quantity=total,
        family=covers, settings=settings,
    )


def measure_cover(parameters: Any) -> Measurement:
    """What `assay evaluate examples/classics.py/C3 n=9` tells."""
    solution = solve(cover_program(parameters))
    return Measurement(measured=solution.value, bound=Fraction(parameters["n"], 2), values={"weights": weights_of(parameters, solution)})


CYCLES = Settings(quick=({"n": 3}, {"n": 5}, {"n": 8}), standard=({"n": 21},), full=({"n": 101},))

COVER = Claim(
    number="C3",
    title="A cycle's lightest fractional vertex cover weighs n/2",
    statement="For every cycle of n >= 3 vertices the least weight of a fractional vertex cover is n/2.",
    source=Source("folklore"),
    relation="==",
    bound=Bound(sympy.Symbol("n") / 2),
    parts=(Part("a", "the optimum of the covering program is n/2", (cover_bound(Fraction(0), CYCLES),)),),
    mutants=(Mutant("n/2 becomes (n + 1)/2, as for integral covers of odd cycles", (cover_bound(Fraction(1, 2), Settings(quick=({"n": 5},))),)),),
    parameters=(Parameter("n", Integers(lower=3), "number of vertices", default=5),),
    measure=measure_cover,
)

PAPER = Paper(
    slug="classics", title="Three classical claims", citation="Folklore.", arxiv="", claims=(AM_GM, TANH, COVER),
)
