"""`inequality`, the algebraic methods: `shift`, `sturm` and `sos` prove the sign of P = N D, for a node N/D.

Where D is 0 the program is not defined, so that nothing is claimed there. So D, and the conditions `>` and `!=`,
exclude points from the region: those where a polynomial of `Problem.excluded` is 0.
"""

from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from .documents import Field
from .intervals import ONE, ZERO, ends, picture
from .polynomials import (
    Polynomial,
    Quotient,
    arithmetic,
    common_divisor,
    constant,
    degree,
    dense,
    divide,
    plus,
    read_polynomial,
    roots_between,
    substitute,
    times,
    value_at,
    variable,
)
from .programs import Source, run
from .region import Inequality

MAX_CORNERS = 4096


class Problem(NamedTuple):
    """P, which is to have the sign on the region, and polynomials that are not 0 where the program is defined in it."""

    inequality: Inequality
    nodes: dict[int, Quotient]
    target: Polynomial
    excluded: list[Polynomial]


def read_problem(inequality: Inequality, place: str) -> Problem:
    """Every node as a quotient of polynomials."""
    n = len(inequality.program.variables)
    inputs = {Source("var", v): Quotient(variable(v, n), constant(ONE, n)) for v in range(n)}
    nodes = run(inequality.program, inputs, lambda _, step, arguments: arithmetic(step, arguments, n), place)
    top, bottom = nodes[inequality.node]
    excluded = [bottom] + [nodes[node].top for relation, node in inequality.where if relation in (">", "!=")]
    return Problem(inequality, nodes, times(top, bottom), excluded)


def check_shift(problem: Problem, proof: Field) -> None:
    """With each variable a function of t >= 0 that runs through its side, P has no negative coefficient.

    For `>`, P is positive at every corner of the region too (t = 0 or t infinite in each variable): there must be a
    monomial that is not 0 there. In a variable whose ends are all excluded or infinite, 0 < t, and any power will do.
    """
    proof.record("method")
    p, n = problem.target, len(problem.inequality.domain)
    one = constant(ONE, n)
    corners: list[list[int | None]] = []
    for v, side in enumerate(problem.inequality.domain):
        (lo, hi), d, t = ends(side), degree(p, v), variable(v, n)
        powers: list[tuple[Fraction, int]] = []
        if lo is not None and hi is not None:
            p = substitute(p, v, plus(constant(lo, n), t, hi), plus(one, t))
            powers = [(lo, 0), (hi, d)]
        elif lo is not None or hi is not None:
            end = lo if lo is not None else hi or ZERO
            p = substitute(p, v, plus(constant(end, n), t, ONE if hi is None else -ONE), one)
            powers = [(end, 0)]
        elif d:
            proof.rejected(f"variable {v} has no end to start from")
        free = [power for end, power in powers if not _is_excluded(problem, v, end)]
        corners.append([*free] or [None])
    for exponents, c in p.items():
        if c < 0:
            proof.rejected(f"the coefficient of t**{list(exponents)} is {picture(c)}")
    if problem.inequality.relation == ">":
        if prod(map(len, corners)) > MAX_CORNERS:
            proof.rejected(f"more than {MAX_CORNERS} corners")
        for corner in product(*corners):
            if not any(all(w is None or w == e for w, e in zip(corner, exponents, strict=True)) for exponents in p):
                proof.rejected(f"not positive at the corner where the powers of t are {list(corner)} (None: any)")


def _is_excluded(problem: Problem, v: int, end: Fraction) -> bool:
    """Whether a polynomial that is not 0 in the region vanishes wherever x_v = end."""
    n = len(problem.inequality.domain)
    return any(not substitute(p, v, constant(end, n), constant(ONE, n)) for p in problem.excluded)


def check_sturm(problem: Problem, proof: Field) -> None:
    """P = square**2 rest in one variable, and rest has no root inside the domain and is positive at a point of it.

    For `>`, P has no root in the closed domain, once the factors that it shares with excluded polynomials are removed.
    """
    fields = proof.record("method", "square", "rest")
    if len(problem.inequality.domain) != 1 or isinstance(problem.inequality.domain[0], Fraction):
        proof.rejected("the method is for one variable, and a domain of more than one point")
    lo, hi = ends(problem.inequality.domain[0])
    square, rest = read_polynomial(fields["square"], 1), read_polynomial(fields["rest"], 1)
    if times(times(square, square), rest) != problem.target or not rest:
        proof.rejected("numerator times denominator of the node is not square**2 times a rest that is not zero")
    p = dense(rest)
    inside = ((lo if lo is not None else hi - 2 if hi is not None else -ONE)
              + (hi if hi is not None else lo + 2 if lo is not None else ONE)) / 2
    if roots_between(p, lo, hi) or value_at(p, inside) <= 0:
        fields["rest"].rejected(f"it is not positive inside {picture(problem.inequality.domain[0])}")
    if problem.inequality.relation == ">":
        p = dense(times(square, rest))
        for polynomial in problem.excluded:
            while p and len(common := common_divisor(p, dense(polynomial))) > 1:
                p = divide(p, common)[0]
        if not p or roots_between(p, lo, hi) or any(end is not None and value_at(p, end) == 0 for end in (lo, hi)):
            proof.rejected("the node is 0 somewhere in the region")


def check_sos(problem: Problem, proof: Field) -> None:
    """(1 + multiplier) P = margin + sum of products of constraints times squares + multiples of what is 0."""
    fields = proof.record("method", "multiplier", "margin", "terms", "equations")
    n, where = len(problem.inequality.domain), problem.inequality.where
    constraints = _constraints(problem)
    margin = fields["margin"].number()
    if margin < 0:
        fields["margin"].rejected("it is negative")
    total, strict = constant(margin, n), margin > 0
    for term in fields["terms"].items():
        parts = term.record("constraints", "squares")
        product_, has_constant = _read_squares(parts["squares"], n)
        used = [constraints[g.index(len(constraints))] for g in parts["constraints"].items()]
        for polynomial, _ in used:
            product_ = times(product_, polynomial)
        total = plus(total, product_)
        strict = strict or (has_constant and all(is_strict for _, is_strict in used))
    for equation in fields["equations"].items():
        index, factor = equation.items(2)
        relation, node = where[index.index(len(where))]
        if relation != "==":
            index.rejected(f"condition {index.value} is not ==")
        total = plus(total, times(problem.nodes[node].top, read_polynomial(factor, n)))
    multiplier, _ = _read_squares(fields["multiplier"], n)
    difference = plus(times(plus(constant(ONE, n), multiplier), problem.target), total, -ONE)
    if difference:
        proof.rejected(f"the two sides of the identity differ in {len(difference)} terms, first at {min(difference)}")
    if problem.inequality.relation == ">" and not strict:
        fields["margin"].rejected("neither the margin nor a term is certainly positive")


def _constraints(problem: Problem) -> list[tuple[Polynomial, bool]]:
    """Polynomials that are >= 0 in the region, and whether they are > 0: from the domain, then from the conditions."""
    n = len(problem.inequality.domain)
    constraints = []
    for v, side in enumerate(problem.inequality.domain):
        for end, sign in zip(ends(side), (ONE, -ONE), strict=True):
            if end is not None:
                constraints.append((plus(constant(-sign * end, n), variable(v, n), sign), False))
    for relation, node in problem.inequality.where:
        if relation in (">=", ">"):
            constraints.append((times(*problem.nodes[node]), relation == ">"))
    return constraints


def _read_squares(field: Field, variables: int) -> tuple[Polynomial, bool]:
    """The sum of c p**2 for a list of [c, p], every c >= 0, and whether some c p**2 is a positive constant."""
    total, has_constant = constant(ZERO, variables), False
    for entry in field.items():
        weight, root = entry.items(2)
        c, p = weight.number(), read_polynomial(root, variables)
        if c < 0:
            weight.rejected("it is negative")
        total = plus(total, times(p, p), c)
        has_constant = has_constant or (c > 0 and list(p) == [(0,) * variables])
    return total, has_constant
