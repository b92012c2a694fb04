"""A first claims file for a user's own paper: small, commented, and true, so that `assay verify FILE` works at once."""

from __future__ import annotations

import re
from pathlib import Path

from claims.errors import ClaimError

_TEMPLATE = '''\
"""Claims of my paper. Change them one at a time, and run

    assay verify {name}
    assay mutants {name}
    assay evaluate {name}/C2 n=6
"""

from fractions import Fraction

import sympy

from claims import Bound, Claim, Inequality, Integers, Measurement, Mutant, Paper, Parameter, Part, Property, Source

# A claim that is a closed formula in a few real variables. Write both sides in sympy; assay proves it for all points of
# the domain (interval arithmetic, algebra, sums of squares) or finds a rational point at which it fails.

x = sympy.Symbol("x", real=True)


def exponential_above_tangent(slope):
    """exp x >= 1 + slope · x on the whole line. It is a function so that the mutant can be built with a wrong slope."""
    return Inequality(left=sympy.exp(x), relation=">=", right=1 + slope * x, domain=((x, None, None),))


TANGENT = Claim(
    number="C1",
    title="The exponential lies above its tangent at 0",
    statement="For all real x: exp x >= 1 + x.",
    source=Source("Lemma 1"),  # where your paper says so
    relation=">=",
    bound=Bound(1 + x),
    # One part for each thing that the claim asserts, with one or more formulations. Where a formulation is not literally the part,
    # say in its `argument` why it implies it: the argument is printed beside the grade.
    parts=(Part("a", "exp x >= 1 + x", (exponential_above_tangent(sympy.Integer(1)),)),),
    # A mutant is a false variant. assay must refute it; if it does not, the check of the claim is blind.
    mutants=(Mutant("slope 1 becomes 11/10", (exponential_above_tangent(sympy.Rational(11, 10)),)),),
)

# A claim about instances (networks, games, distributions, …) that no formula captures. Give a Hypothesis strategy that draws
# instances and a pure function that measures one, exactly: Fractions, and exp, log, sqrt, tanh from exact.reals. Floats are refused.
# A search can refute such a claim, with the smallest counterexample it finds, or support it; it never proves it.


def numbers(parameters):
    """Random instances: lists of rational numbers."""
    from hypothesis import strategies as st

    return st.lists(st.fractions(-5, 5, max_denominator=6), min_size=1, max_size=6).map(tuple)


def square_of_sum(instance, parameters):
    """The quantity: (x_1 + … + x_n)²."""
    return sum(instance) ** 2


def n_times_sum_of_squares(factor):
    """The bound: factor · n · (x_1² + … + x_n²)."""
    return lambda instance, parameters: factor * len(instance) * sum(number**2 for number in instance)


def measure(parameters):
    """What `assay evaluate` tells at given parameters: here for the numbers 1, …, n."""
    instance = tuple(Fraction(k) for k in range(1, parameters["n"] + 1))
    return Measurement(
        measured=square_of_sum(instance, parameters),
        bound=n_times_sum_of_squares(1)(instance, parameters),
        values={{"numbers": instance}},
    )


def cauchy_schwarz(factor):
    """The claim with a constant in its bound."""
    return Property(family=numbers, quantity=square_of_sum, relation="<=", bound=n_times_sum_of_squares(factor))


CAUCHY_SCHWARZ = Claim(
    number="C2",
    title="The square of a sum is at most n times the sum of squares",
    statement="For all real x_1, …, x_n: (x_1 + … + x_n)² <= n (x_1² + … + x_n²).",
    source=Source("Theorem 2"),
    relation="<=",
    parts=(Part("a", "the inequality, for every list of rational numbers", (cauchy_schwarz(1),)),),
    mutants=(Mutant("the constant 1 becomes 9/10", (cauchy_schwarz(Fraction(9, 10)),)),),
    parameters=(Parameter("n", Integers(lower=1), "how many numbers", default=3),),
    measure=measure,
)

# Other formulations (LinearProgram, Witness, Grid, Enumeration, Satisfiability, PropositionalSatisfiability, Root, Cycle,
# Experiment, MeanExperiment, Scaling) are described where they are
# defined: python -c "import claims.formulations as f; help(f)". A claim that is false as printed gets expected="refuted" and a reason.

PAPER = Paper(
    slug="{slug}",
    title="My paper",
    citation="A. Author, My paper, 2025.",
    arxiv="",
    claims=(TANGENT, CAUCHY_SCHWARZ),
)
'''


def write_scaffold(path: Path) -> None:
    """Write the example claims file. Raises ClaimError when the path exists, its folder does not, or it is no name of a Python file."""
    if path.suffix != ".py":
        raise ClaimError(f"{path}: a claims file is a Python file; name it {path.stem or 'my_claims'}.py")
    slug = re.sub(r"[^A-Za-z0-9_]+", "_", path.stem).strip("_") or "my_claims"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_TEMPLATE.format(name=path.name, slug=slug))
    except FileExistsError:
        raise ClaimError(f"{path} exists already and is left as it is; choose another name") from None
    except FileNotFoundError:
        raise ClaimError(f"{path.parent}: no such folder; create it first") from None
