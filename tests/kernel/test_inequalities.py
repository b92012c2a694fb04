"""Inequalities: true ones are proved by the method that fits, false ones by none; whatever is accepted holds at points."""

import itertools
import random
import time
from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.kernel.polynomials import Polynomial, dense, roots_between

Expression = Any  # "x", "1/2", or (operation, argument, …)
END = {"-": None, "+": None}


def program(expressions: list[Expression], variables: list[str]) -> tuple[dict[str, Any], list[int]]:
    """Steps for nested tuples like ("sub", "x", ("tanh", "x")), and the node of each expression."""
    steps: list[list[Any]] = []

    def node(expression: Expression) -> int:
        if isinstance(expression, str):
            step = ["var", variables.index(expression)] if expression in variables else ["num", expression]
        elif expression[0] == "pow":
            step = ["pow", node(expression[1]), expression[2]]
        else:
            step = [expression[0], *(node(argument) for argument in expression[1:])]
        if step not in steps:
            steps.append(step)
        return steps.index(step)

    nodes = [node(expression) for expression in expressions]
    return {"variables": variables, "steps": steps}, nodes


def inequality(expression: Expression, relation: str, proof: dict[str, Any], where: list[tuple[str, Expression]] = (),  # type: ignore[assignment]
               **domain: str) -> dict[str, Any]:
    """The certificate that the expression has the relation to 0; a side of the domain is written "lo hi", "- hi", …"""
    steps, (node, *conditions) = program([expression, *(condition for _, condition in where)], list(domain))
    sides = [[None if end in ("-", "+") else end for end in side.split()] for side in domain.values()]
    return {"schema": kernel.SCHEMA, "type": "inequality", "about": {},
            "proposition": {"program": steps, "node": node, "relation": relation, "domain": sides,
                            "where": [[r, c] for (r, _), c in zip(where, conditions, strict=True)]},
            "proof": proof}


def cover(*tree: list[Any], precision: int = 64) -> dict[str, Any]:
    return {"method": "cover", "precision": precision, "tree": list(tree)}


def square(x: Expression) -> Expression:
    return ("mul", x, x)


SHIFT = {"method": "shift"}
VALUE = ["value"]

TRUE: list[tuple[str, dict[str, Any]]] = [
    ("x - tanh x >= 0 on a half-line, by slope", inequality(("sub", "x", ("tanh", "x")), ">=", cover(["monotone", 0, "up"], VALUE), x="0 +")),
    ("x - tanh x >= 0 on a half-line, by Taylor", inequality(("sub", "x", ("tanh", "x")), ">=", cover(["taylor", 0, "0", 1]), x="0 +")),
    ("x - tanh x > 0 where x > 0", inequality(("sub", "x", ("tanh", "x")), ">", cover(["split", 0, "1/2"], ["taylor", 0, "0", 3], ["monotone", 0, "up"], VALUE),
                                              [(">", "x")], x="0 +")),
    ("x - 1 - log x >= 0 near 1", inequality(("sub", ("sub", "x", "1"), ("log", "x")), ">=", cover(["taylor", 0, "1", 2]), x="1/2 2")),
    ("x - 1 - log x > 0 where x is not 1", inequality(("sub", ("sub", "x", "1"), ("log", "x")), ">", cover(["taylor", 0, "1", 2]),
                                                      [("!=", ("sub", "x", "1"))], x="1/2 2")),
    ("|x| >= 0 through its kink", inequality(("abs", "x"), ">=", cover(VALUE), x="- +")),
    ("|x| + x >= 0 left of its kink", inequality(("add", ("abs", "x"), "x"), ">=", cover(["monotone", 0, "up"], VALUE), x="-1 0")),
    ("|x| - x^2/2 >= 0 right of its kink", inequality(("sub", ("abs", "x"), ("div", square("x"), "2")), ">=", cover(["taylor", 0, "0", 2]), x="0 1")),
    ("max(x, 0) - x^3 >= 0 left of its kink", inequality(("sub", ("max", "x", "0"), ("pow", "x", 3)), ">=", cover(["taylor", 0, "0", 3]), x="-1 0")),
    ("a saddle on a face", inequality(("mul", "x", "y"), ">=", cover(["monotone", 0, "up"], VALUE), x="0 1", y="0 1")),
    ("a convex bowl", inequality(("sub", ("add", square("x"), square("y")), ("mul", "x", "y")), ">=", cover(["hessian", ["0", "0"]]), x="-1 1", y="-1 1")),
    ("an unbounded convex bowl", inequality(("add", square("x"), square("y")), ">=", cover(["hessian", ["0", "0"]]), x="- +", y="- +")),
    ("a bowl with a fixed variable", inequality(("mul", "y", square("x")), ">=", cover(["hessian", ["0", "3"]]), x="-1 1", y="3 3")),
    ("sqrt x >= 0 at its end", inequality(("sqrt", "x"), ">=", cover(VALUE), x="0 +")),
    ("x^x > 0", inequality(("rpow", "x", "x"), ">", cover(VALUE), x="1/100 1")),
    ("0^x >= 0 for x > 0", inequality(("rpow", "0", "x"), ">=", cover(VALUE), x="1 2")),
    ("a point", inequality(("sub", "x", "3"), ">=", cover(VALUE), x="3 3")),
    ("an empty region", inequality("-1", ">", cover(["empty", 0]), [(">", ("neg", square("x")))], x="- +")),
    ("log x <= x - 1 where x > 0, the rest empty", inequality(("sub", ("sub", "x", "1"), ("log", "x")), ">=", cover(
        ["split", 0, "0"], ["empty", 0], ["split", 0, "1/1000"], ["empty", 1], ["split", 0, "1/2"], ["monotone", 0, "down"], VALUE,
        ["split", 0, "2"], ["taylor", 0, "1", 2], ["monotone", 0, "up"], VALUE), [(">", "x"), (">=", ("sub", "x", "1/500"))], x="-1 +")),
    ("x(1 - x) >= 0 on [0, 1]", inequality(("mul", "x", ("sub", "1", "x")), ">=", SHIFT, x="0 1")),
    ("x(1 - x) > 0 inside (0, 1)", inequality(("mul", "x", ("sub", "1", "x")), ">", SHIFT, [(">", "x"), ("!=", ("sub", "x", "1"))], x="0 1")),
    ("1/x > 0 where it is defined", inequality(("div", "1", "x"), ">", SHIFT, x="0 +")),
    ("xy + 1 > 0 on a quadrant", inequality(("add", ("mul", "x", "y"), "1"), ">", SHIFT, x="0 +", y="- 0"[::-1].replace("-", "+"))),
    ("-x > 0 on the left", inequality(("neg", "x"), ">", SHIFT, x="- -1")),
    ("a polynomial without one of the variables", inequality(("add", square("x"), "1"), ">", SHIFT, x="0 +", y="- +")),
    ("0 >= 0", inequality("0", ">=", SHIFT, x="- +")),
    ("x^2 >= 0", inequality(square("x"), ">=", {"method": "sturm", "square": [["1", [1]]], "rest": [["1", [0]]]}, x="- +")),
    ("x^2 > 0 where x is not 0", inequality(square("x"), ">", {"method": "sturm", "square": [["1", [1]]], "rest": [["1", [0]]]}, [("!=", "x")], x="- +")),
    ("1/x^2 > 0", inequality(("pow", "x", -2), ">", {"method": "sturm", "square": [["1", [1]]], "rest": [["1", [0]]]}, x="- +")),
    ("x^3 - x >= 0 between its roots", inequality(("sub", ("pow", "x", 3), "x"), ">=", {"method": "sturm", "square": [["1", [0]]], "rest": [["1", [3]], ["-1", [1]]]}, x="-1 0")),
    ("0 >= 0, by Sturm", inequality(("sub", "x", "x"), ">=", {"method": "sturm", "square": [], "rest": [["1", [0]]]}, x="- +")),
    ("Motzkin's polynomial", inequality(("add", ("sub", ("add", ("mul", ("pow", "x", 4), ("pow", "y", 2)), ("mul", ("pow", "x", 2), ("pow", "y", 4))),
        ("mul", "3", ("mul", ("pow", "x", 2), ("pow", "y", 2)))), "1"), ">=", {"method": "sos", "margin": "0", "equations": [],
        "multiplier": [["1", [["1", [1, 0]]]], ["1", [["1", [0, 1]]]]],
        "terms": [{"constraints": [], "squares": [
            ["1", [["1", [2, 1]], ["-1", [0, 1]]]], ["1", [["1", [1, 2]], ["-1", [1, 0]]]], ["1", [["1", [2, 0]], ["-1", [0, 0]]]],
            ["1/4", [["1", [3, 1]], ["-1", [1, 3]]]], ["3/4", [["1", [3, 1]], ["1", [1, 3]], ["-2", [1, 1]]]]]}]}, x="- +", y="- +")),
]
