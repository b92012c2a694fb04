"""Corrupted certificates: a valid document of `valid/` is changed, and the kernel must name the place that is wrong.

A row of a table is (what is wrong, the change, the place that the rejection names, a part of its reason).
"""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checkers import kernel

VALID = Path(__file__).parent / "valid"
Change = Callable[[Any], None]
Row = tuple[str, Change, str, str]


def _target(document: Any, path: str) -> tuple[Any, Any]:
    """The container of what a path like `proof.tree[3][1]` names, and the last key."""
    keys = [int(token[1:-1]) if token[0] == "[" else token for token in re.findall(r"\[\d+\]|\w+", path)]
    for key in keys[:-1]:
        document = document[key]
    return document, keys[-1]


def put(path: str, value: Any) -> Change:
    """Replace or add a value."""
    def change(document: Any) -> None:
        container, key = _target(document, path)
        container[key] = value
    return change


def drop(path: str) -> Change:
    """Delete a value."""
    def change(document: Any) -> None:
        container, key = _target(document, path)
        del container[key]
    return change


def more(path: str, *values: Any) -> Change:
    """Append to a list."""
    def change(document: Any) -> None:
        container, key = _target(document, path)
        container[key].extend(values)
    return change


def both(*changes: Change) -> Change:
    """Several changes."""
    def change(document: Any) -> None:
        for each in changes:
            each(document)
    return change


STEPS = "proposition.program.steps"


def step(k: int, *entries: Any) -> Change:
    """Replace a step of the program."""
    return put(f"{STEPS}[{k}]", list(entries))


def more_steps(*steps: list[Any]) -> Change:
    """Append steps to the program; nothing uses them."""
    return more(STEPS, *steps)


ANY_DOCUMENT: list[Row] = [
    ("another schema", put("schema", "assay.certificate/2"), "schema", "expected one of assay.certificate/1"),
    ("a schema that is no string", put("schema", 1), "schema", "expected one of assay.certificate/1"),
    ("no schema", drop("schema"), "document", "'schema' is missing"),
    ("another type", put("type", "theorem"), "type", "expected one of"),
    ("a type that is a list", put("type", ["grid"]), "type", "expected one of"),
    ("no type", drop("type"), "document", "'type' is missing"),
    ("no proof", drop("proof"), "document", "'proof' is missing"),
    ("no proposition", drop("proposition"), "document", "'proposition' is missing"),
    ("no about", drop("about"), "document", "'about' is missing"),
    ("a key that nobody knows", put("sworn", "true"), "document", "unknown key 'sworn'"),
    ("an unknown key in the proposition", put("proposition.hint", "1"), "proposition", "unknown key 'hint'"),
    ("an unknown key in the proof", put("proof.hint", "1"), "proof", "unknown key 'hint'"),
    ("a proof that is a list", put("proof", []), "proof", ""),
    ("a proof that is empty", put("proof", {}), "proof", "is missing"),
    ("a proposition that is null", put("proposition", None), "proposition", "expected an object, found null"),
    ("a float", put("about.weight", 0.5), "about.weight", "float"),
    ("a tuple, which JSON does not have", put("about.pair", (1, 2)), "about.pair", "tuple"),
    ("nesting", put("about.deep", json.loads("[" * 63 + "]" * 63)), "about.deep" + "[0]" * 62, "nesting deeper"),
]

PROGRAM: list[Row] = [
    ("a program that is a list", put("proposition.program", []), "proposition.program", "expected an object"),
    ("an unknown key", put("proposition.program.domain", []), "proposition.program", "unknown key 'domain'"),
    ("no steps", drop(STEPS), "proposition.program", "'steps' is missing"),
    ("steps in an object", put(STEPS, {}), STEPS, "expected a list"),
    ("a step that is empty", put(f"{STEPS}[0]", []), f"{STEPS}[0]", "an empty step"),
    ("a step that is a string", put(f"{STEPS}[0]", "var"), f"{STEPS}[0]", "expected a list"),
    ("an operation that does not exist", step(0, "sin", 0), f"{STEPS}[0][0]", "expected one of"),
    ("a number that is no string", step(0, "num", 1), f"{STEPS}[0][1]", "a number as a string"),
    ("a decimal point", step(0, "num", "0.5"), f"{STEPS}[0][1]", "not a number"),
    ("NaN as a string", step(0, "num", "NaN"), f"{STEPS}[0][1]", "not a number"),
    ("a negative denominator", step(0, "num", "1/-2"), f"{STEPS}[0][1]", "not a number"),
    ("a denominator 0", step(0, "num", "1/0"), f"{STEPS}[0][1]", "denominator 0"),
    ("a number with a space", step(0, "num", " 1"), f"{STEPS}[0][1]", "not a number"),
    ("a number with a line end", step(0, "num", "1\n"), f"{STEPS}[0][1]", "not a number"),
    ("a number with an underscore", step(0, "num", "1_0"), f"{STEPS}[0][1]", "not a number"),
    ("a number with a plus sign", step(0, "num", "+1"), f"{STEPS}[0][1]", "not a number"),
    ("Arabic digits", step(0, "num", "٣"), f"{STEPS}[0][1]", "not a number"),
    ("a gigantic hexadecimal number", step(0, "num", "0x" + "f" * 1_000_001), f"{STEPS}[0][1]", "4000000 bits"),
    ("a gigantic decimal number", step(0, "num", "9" * 1_300_000), f"{STEPS}[0][1]", "4000000 bits"),
    ("a forward reference", step(0, "exp", 1), f"{STEPS}[0][1]", "expected an index below 0"),
    ("a step that refers to itself", step(1, "neg", 1), f"{STEPS}[1][1]", "expected an index below 1"),
    ("a negative index", step(1, "neg", -1), f"{STEPS}[1][1]", "expected an index below 1"),
    ("false as an index", step(1, "neg", False), f"{STEPS}[1][1]", "expected an index below 1, found false"),
    ("an index that is a string", step(1, "neg", "0"), f"{STEPS}[1][1]", "expected an index below 1"),
    ("too many arguments", step(1, "neg", 0, 0), f"{STEPS}[1]", "expected 2 entries, found 3"),
    ("too few arguments", step(1, "add", 0), f"{STEPS}[1]", "expected 3 entries, found 2"),
    ("a giant exponent", step(1, "pow", 0, 1_000_001), f"{STEPS}[1][2]", "expected an integer in -1000000..1000000"),
    ("an exponent that is a string", step(1, "pow", 0, "2"), f"{STEPS}[1][2]", "expected an integer"),
]

WITH_VARIABLES: list[Row] = [
    *PROGRAM,
    ("a variable that does not exist", step(0, "var", 9), f"{STEPS}[0][1]", "expected an index"),
    ("a variable named twice", put("proposition.program.variables", ["x", "x"]), "proposition.program.variables",
     "twice"),
    ("a variable with a line end in its name", put("proposition.program.variables[0]", "x\ny"),
     "proposition.program.variables[0]", "printable"),
    ("an unknown without systems", step(1, "unknown", 0, 0), f"{STEPS}[1][0]", "expected one of"),
    ("an optimum without linear programs", step(1, "optimum", 0), f"{STEPS}[1][0]", "expected one of"),
]

SYSTEM, LP, CONCLUSION = "proposition.systems[0]", "proposition.linear_programs[0]", "proposition.conclusion"

EVALUATION: list[Row] = [
    ("a false conclusion", put(f"{CONCLUSION}[0][0]", "<"), f"{CONCLUSION}[0]", "not proved"),
    ("a conclusion with its sides exchanged", put(f"{CONCLUSION}[0]", [">", 5, 0]), f"{CONCLUSION}[0]", "not proved"),
    ("an equality of numbers that differ by 2**-5000",
     both(more_steps(["num", f"{2**5000 + 1:#x}/{2**5000:#x}"]), put(f"{CONCLUSION}[1]", ["==", 7, 18])),
     f"{CONCLUSION}[1]", "not proved"),
    ("an equality that is only enclosed", put(f"{CONCLUSION}[2]", ["==", 1, 2]), f"{CONCLUSION}[2]", "not proved"),
    ("a node less than itself", put(f"{CONCLUSION}[2]", ["<", 12, 12]), f"{CONCLUSION}[2]", "not proved"),
    ("a node different from itself", put(f"{CONCLUSION}[2]", ["!=", 12, 12]), f"{CONCLUSION}[2]", "not proved"),
    ("a relation that does not exist", put(f"{CONCLUSION}[0][0]", "=>"), f"{CONCLUSION}[0][0]", "expected one of"),
    ("a node that does not exist", put(f"{CONCLUSION}[0][1]", 18), f"{CONCLUSION}[0][1]", "expected an index below 18"),
    ("nothing concluded", put(CONCLUSION, []), CONCLUSION, "nothing is concluded"),
    ("a conclusion of two entries", put(f"{CONCLUSION}[0]", [">", 0]), f"{CONCLUSION}[0]", "expected 3 entries"),
    ("a false steering comparison", put("proof.steering[0][0]", "=="), "proof.steering[0]", "not proved"),
    ("a steering comparison that is not decided", put("proof.steering[1]", ["<", 0, 12]), "proof.steering[1]",
     "not proved"),
    ("a program with variables", put("proposition.program.variables", ["x"]), "proposition.program", "no variables"),
    ("a logarithm of 0, unused", more_steps(["log", 6]), "proposition.program", "step 18 (log) fails: logarithm of 0"),
    ("a division by 0, unused", more_steps(["div", 2, 6]), "proposition.program", "step 18 (div) fails: division by 0"),
    ("a negative power of 0", more_steps(["pow", 6, -1]), "proposition.program", "step 18 (pow) fails: division by 0"),
    ("a square root of -2", more_steps(["neg", 2], ["sqrt", 18]), "proposition.program", "step 19 (sqrt) fails"),
    ("a real power 0 of 0", more_steps(["rpow", 6, 6]), "proposition.program",
     "step 18 (rpow) fails: 0 to the power 0"),
    ("a real power of -2", more_steps(["neg", 2], ["rpow", 18, 2]), "proposition.program", "step 19 (rpow) fails"),
    ("an integer power with exponent 7/5", step(10, "ipow", 8, 5), "proposition.program", "the exponent 7/5 is not an"),
    ("an integer power with an enclosed exponent", step(10, "ipow", 2, 8), "proposition.program",
     "step 10 (ipow) fails"),
    ("a quotient of an unknown by a difference that may be 0", more_steps(["sub", 0, 12], ["div", 0, 18]),
     "proposition.program", "step 19 (div) fails: division by ["),
    ("a low precision", put("proof.precision", 15), "proof.precision", "expected an integer in 16..100000"),
    ("a precision as a string", put("proof.precision", "64"), "proof.precision", "expected an integer"),
    ("a precision that does not suffice",
     both(put("proof.precision", 16), more_steps(["num", "26390158216/10000000000"]),
     put(f"{CONCLUSION}[2]", ["<", 11, 18])),
     f"{CONCLUSION}[2]", "not proved"),
    ("a box without the root", put(f"{SYSTEM}.box[0]", ["71/50", "3/2"]), f"{SYSTEM}.box[0]", "Krawczyk's test"),
    ("a box with two roots", put(f"{SYSTEM}.box[0]", ["-3/2", "3/2"]), f"{SYSTEM}.box[0]", "Krawczyk's test"),
    ("a box with swapped bounds", put(f"{SYSTEM}.box[0]", ["3/2", "7/5"]), f"{SYSTEM}.box[0]", "lo < hi"),
    ("a box that is a point", put(f"{SYSTEM}.box[0]", ["7/5", "7/5"]), f"{SYSTEM}.box[0]", "lo < hi"),
    ("an unbounded box", put(f"{SYSTEM}.box[0]", ["7/5", None]), f"{SYSTEM}.box[0][1]", "a number as a string"),
    ("a root at the end of its box", step(2, "num", "49/25"), f"{SYSTEM}.box[0]", "Krawczyk's test"),
    ("the preconditioner 0", put("proof.preconditioners[0][0][0]", "0"), f"{SYSTEM}.box[0]", "Krawczyk's test"),
    ("a preconditioner with the wrong sign", put("proof.preconditioners[0][0][0]", "-1/3"), f"{SYSTEM}.box[0]",
     "Krawczyk"),
    ("a preconditioner of the wrong size", put("proof.preconditioners[0][0]", ["1/3", "0"]),
     "proof.preconditioners[0][0]", "expected 1 entries"),
    ("a missing preconditioner", drop("proof.preconditioners[1]"), "proof.preconditioners", "expected 2 entries"),
    ("more equations than unknowns", more(f"{SYSTEM}.equations", 3), f"{SYSTEM}.equations", "expected 1 entries"),
    ("an equation that does not exist", put(f"{SYSTEM}.equations[0]", 18), f"{SYSTEM}.equations[0]", "index below 18"),
    ("a system that uses a later one", put(f"{SYSTEM}.equations[0]", 17), f"{SYSTEM}.equations[0]", "unknown 1 0"),
    ("an equation with a kink in the box", both(more_steps(["num", "29/20"], ["sub", 0, 18], ["abs", 19]),
     put(f"{SYSTEM}.equations[0]", 20)), f"{SYSTEM}.equations", "step 20 (abs) fails: no derivative"),
    ("a component that does not exist", step(0, "unknown", 0, 1), f"{STEPS}[0][2]", "expected an index below 1"),
    ("a system that does not exist", step(0, "unknown", 2, 0), f"{STEPS}[0][1]", "expected an index below 2"),
    ("a linear program that does not exist", step(4, "optimum", 1), f"{STEPS}[4][1]", "expected an index below 1"),
    ("a wrong optimum", put(f"{LP}.value", "3"), "proof.optima[0].primal", "not the stated value"),
    ("an optimum without a proof", put("proof.optima", []), "proof.optima", "expected 1 entries"),
    ("an optimum that is not there", put(f"{LP}.outcome", "infeasible"), f"{LP}.outcome", "expected one of optimal"),
    *PROGRAM,
]

GRID: list[Row] = [
    ("a false conclusion", put(f"{CONCLUSION}[0][0]", "<="), f"{CONCLUSION}[0]", "not proved at (x, y) = (0, -3)"),
    ("a conclusion that fails at one point only",
     both(put("proposition.ranges[0][2]", "7/3"), put(f"{CONCLUSION}[0][0]", ">")),
     f"{CONCLUSION}[0]", "not proved at (x, y) = (7/3, 7/3)"),
    ("nothing concluded", put(CONCLUSION, []), CONCLUSION, "nothing is concluded"),
    ("a relation that does not exist", put(f"{CONCLUSION}[0][0]", "≥"), f"{CONCLUSION}[0][0]", "expected one of"),
    ("a node that does not exist", put(f"{CONCLUSION}[1][2]", 8), f"{CONCLUSION}[1][2]", "expected an index below 8"),
    ("a value twice", more("proposition.ranges[0]", "2/4"), "proposition.ranges[0]", "different numbers"),
    ("an empty range", put("proposition.ranges[1]", []), "proposition.ranges[1]", "one or more"),
    ("a missing range", drop("proposition.ranges[1]"), "proposition.ranges", "expected 2 entries, found 1"),
    ("an extra range", more("proposition.ranges", ["1"]), "proposition.ranges", "expected 2 entries, found 3"),
    ("an infinite value", put("proposition.ranges[0][0]", None), "proposition.ranges[0][0]", "a number as a string"),
    ("a range that is a string", put("proposition.ranges[0]", "01"), "proposition.ranges[0]", "expected a list"),
    ("one point too many", put("proof.points", 7), "proof.points", "the grid has 6 points"),
    ("one point too few", put("proof.points", 5), "proof.points", "the grid has 6 points"),
    ("no points", put("proof.points", 0), "proof.points", "expected an integer"),
    ("points as a string", put("proof.points", "6"), "proof.points", "expected an integer"),
    ("a precision above the limit", put("proof.precision", 100_001), "proof.precision", "in 16..100000"),
    ("a division by 0 at one point", more_steps(["num", "1"], ["sub", 0, 8], ["div", 1, 9]), "proposition.program",
     "step 10 (div) fails at (x, y) = (1, -3)"),
    ("a logarithm of a negative number", more_steps(["log", 1]), "proposition.program", "logarithm of -3"),
    ("an exponent that is not an integer at one point", more_steps(["ipow", 1, 0]), "proposition.program",
     "exponent 1/2"),
    ("a variable without a range", more("proposition.program.variables", "z"), "proposition.ranges",
     "expected 3 entries"),
    *WITH_VARIABLES,
]

DOMAIN, WHERE = "proposition.domain", "proposition.where"

INEQUALITY: list[Row] = [
    ("a node that does not exist", put("proposition.node", 99), "proposition.node", "expected an index"),
    ("a node that is a string", put("proposition.node", "7"), "proposition.node", "expected an index"),
    ("a relation that the type does not have", put("proposition.relation", "<="), "proposition.relation",
     "expected one of"),
    ("an empty domain", put(f"{DOMAIN}[0]", ["2", "1"]), f"{DOMAIN}[0]", "the domain is empty"),
    ("an end that is a JSON number", put(f"{DOMAIN}[0]", [0, "1"]), f"{DOMAIN}[0][0]", "a number as a string"),
    ("an end that is `inf`", put(f"{DOMAIN}[0]", ["0", "inf"]), f"{DOMAIN}[0][1]", "not a number"),
    ("a domain with one end", put(f"{DOMAIN}[0]", ["0"]), f"{DOMAIN}[0]", "expected 2 entries"),
    ("a domain for one variable too many", more(DOMAIN, [None, None]), DOMAIN, "entries"),
    ("no domain", put(DOMAIN, []), DOMAIN, "entries, found 0"),
    ("a condition on a node that does not exist", put(WHERE, [[">=", 99]]), f"{WHERE}[0][1]", "expected an index"),
    ("a condition with a relation that it cannot have", put(WHERE, [["<", 0]]), f"{WHERE}[0][0]", "expected one of"),
    ("a condition that is a string", put(WHERE, [">="]), f"{WHERE}[0]", "expected a list"),
    ("a method that does not exist", put("proof.method", "trust"), "proof.method", "expected one of"),
    ("no method", drop("proof.method"), "proof", "'method' is missing"),
    *WITH_VARIABLES,
]

TREE = "proof.tree"

COVER: list[Row] = [
    ("a strict relation at a touching point", put("proposition.relation", ">"), f"{TREE}[5]", "proves >= only"),
    ("a sign changed in the program", step(7, "sub", 5, 6), f"{TREE}[4]", "the function is in"),
    ("a constant off by 2**-100", step(3, "num", f"{2**100 + 1}/{2**100}"), f"{TREE}[5]",
     "the function at the point is"),
    ("a missing last piece", drop(f"{TREE}[9]"), TREE, "1 pieces are not proved"),
    ("a missing piece in the middle", drop(f"{TREE}[1]"), f"{TREE}[4][1][1]", "not in [-1, -3/4]"),
    ("one piece too many", more(TREE, ["value"]), f"{TREE}[10]", "every piece is proved already"),
    ("an empty tree", put(TREE, []), TREE, "1 pieces are not proved"),
    ("a split without its second child", put(TREE, [["split", 0, "1"]]), TREE, "2 pieces are not proved"),
    ("a split at the lower end", put(f"{TREE}[0][2]", "-1"), f"{TREE}[0][2]", "not inside [-1, 1]"),
    ("a split at the upper end", put(f"{TREE}[0][2]", "1"), f"{TREE}[0][2]", "not inside [-1, 1]"),
    ("a split outside its piece", put(f"{TREE}[3][2]", "2"), f"{TREE}[3][2]", "not inside [-2, 1]"),
    ("a split of a variable that does not exist", put(f"{TREE}[0][1]", 2), f"{TREE}[0][1]",
     "expected an index below 2"),
    ("a split at infinity", put(f"{TREE}[2][2]", None), f"{TREE}[2][2]", "a number as a string"),
    ("children exchanged", both(put(f"{TREE}[4]", ["hessian", ["0", "0"]]), put(f"{TREE}[5]", ["value"])),
     f"{TREE}[4][1][0]", "not in [-2, -1]"),
    ("a value that proves nothing", put(f"{TREE}[5]", ["value"]), f"{TREE}[5]", "the function is in"),
    ("an empty piece that touches the region", put(f"{TREE}[0][2]", "-1/2"), f"{TREE}[1]", "does not contradict >= 0"),
    ("an empty piece inside the region", put(f"{TREE}[4]", ["empty", 0]), f"{TREE}[4]", "does not contradict >= 0"),
    ("a condition that does not exist", put(f"{TREE}[1][1]", 1), f"{TREE}[1][1]", "expected an index below 1"),
    ("a mean value form around a point outside", put(f"{TREE}[8][1]", ["1", "1/8"]), f"{TREE}[8][1][1]",
     "not in [-3/4, 0]"),
    ("a mean value form without a coordinate", put(f"{TREE}[8][1]", ["1"]), f"{TREE}[8][1]", "expected 2 entries"),
    ("a mean value form around a bad point", put(f"{TREE}[5]", ["mean", ["1", "1"]]), f"{TREE}[5]",
     "the mean value form is"),
    ("a mean value form on an unbounded piece", put(f"{TREE}[6]", ["mean", ["1", "0"]]), f"{TREE}[6]", "not bounded"),
    ("the wrong direction on a half-line", put(f"{TREE}[6][2]", "down"), f"{TREE}[6][2]", "[1, ∞) has no such end"),
    ("a direction that does not exist", put(f"{TREE}[6][2]", "upwards"), f"{TREE}[6][2]", "expected one of up down"),
    ("a function that is not monotone", put(f"{TREE}[5]", ["monotone", 0, "up"]), f"{TREE}[5]", "the derivative is in"),
    ("monotone in a variable of a condition", put(f"{TREE}[9]", ["monotone", 1, "up"]), f"{TREE}[9][1]", "mentions"),
    ("an expansion at a point outside", put(f"{TREE}[9][2]", "-1/8"), f"{TREE}[9][2]", "not in [0, 1]"),
    ("an expansion of order 0", put(f"{TREE}[9][3]", 0), f"{TREE}[9][3]", "expected an integer in 1..40"),
    ("an expansion of order 41", put(f"{TREE}[9][3]", 41), f"{TREE}[9][3]", "expected an integer in 1..40"),
    ("an expansion that proves nothing", put(f"{TREE}[5]", ["taylor", 0, "0", 1]), f"{TREE}[5]",
     "the Taylor coefficients"),
    ("a point that is not stationary", put(f"{TREE}[5][1]", ["1/8", "0"]), f"{TREE}[5]", "the gradient at the point"),
    ("a stationary point outside", put(f"{TREE}[5][1]", ["2", "0"]), f"{TREE}[5][1][0]", "not in [-1, 1]"),
    ("a Hessian that is not positive", step(6, "pow", 1, 4), f"{TREE}[5]", "pivot 1 of the Hessian"),
    ("a kind of node that does not exist", put(f"{TREE}[4]", ["trivial"]), f"{TREE}[4][0]", "expected one of"),
    ("a node without a name", put(f"{TREE}[4]", []), f"{TREE}[4]", "an empty node"),
    ("a node with an argument too many", put(f"{TREE}[4]", ["value", 1]), f"{TREE}[4]", "expected 1 entries"),
    ("a step undefined on a piece, unused", more_steps(["log", 0]), f"{TREE}[4]", "step 10 (log) fails"),
    ("a step undefined at a point of a piece, unused", more_steps(["div", 3, 0]), f"{TREE}[5]", "step 10 (div) fails"),
    ("a low precision", put("proof.precision", 1), "proof.precision", "in 16..100000"),
    *INEQUALITY,
]

SHIFT: list[Row] = [
    ("a sign changed in the program", step(4, "add", 3, 2), "proof", "the coefficient of t**"),
    ("a constant changed in the program", step(5, "num", "-1/2"), "proof", "the coefficient of t**"),
    ("operands exchanged", step(3, "sub", 0, 1), "proof", "the coefficient of t**"),
    ("an end moved too far", put(f"{DOMAIN}[1][0]", "-1/2"), "proof", "the coefficient of t**"),
    ("an end moved too far by 2**-100", put(f"{DOMAIN}[1][0]", f"-1/{2**100}"), "proof", "the coefficient of t**"),
    ("an end of another variable moved", put(f"{DOMAIN}[2][1]", "2"), "proof", "the coefficient of t**"),
    ("an upper end moved", put(f"{DOMAIN}[0][1]", "4"), "proof", "the coefficient of t**"),
    ("a function that becomes 0 at a corner", put(f"{DOMAIN}[1][0]", "0"), "proof", "not positive at the corner"),
    ("a function that becomes 0 at a corner, with a condition that does not exclude it",
     both(put(f"{DOMAIN}[1][0]", "0"), put(WHERE, [[">=", 1]])), "proof", "not positive at the corner"),
    ("a function that becomes 0 at a corner, with a condition that excludes another end",
     both(put(f"{DOMAIN}[1][0]", "0"), put(WHERE, [[">", 0]])), "proof",
     "not positive at the corner where the powers of t"),
    ("an unbounded variable", put(f"{DOMAIN}[0]", [None, None]), "proof", "variable 0 has no end to start from"),
    ("the wrong half-line", put(f"{DOMAIN}[1]", [None, "2"]), "proof", "the coefficient of t**"),
    ("a half-line instead of an interval", put(f"{DOMAIN}[0]", ["0", None]), "proof", "the coefficient of t**"),
    ("an exponential", more_steps(["exp", 0]), "proposition.program",
     "step 8 (exp) fails: not an operation on quotients"),
    ("an absolute value", step(3, "abs", 0), "proposition.program",
     "step 3 (abs) fails: not an operation on quotients"),
    ("a real power", more_steps(["rpow", 0, 5]), "proposition.program", "step 8 (rpow) fails"),
    ("a division by zero, unused", more_steps(["sub", 0, 0], ["div", 0, 8]), "proposition.program", "division by zero"),
    ("a negative power of zero", more_steps(["sub", 0, 0], ["pow", 8, -2]), "proposition.program", "division by zero"),
    ("a zero that is hidden", more_steps(["mul", 6, 6], ["mul", 0, 0], ["add", 0, 0], ["add", 10, 9], ["add", 11, 5],
     ["sub", 8, 12], ["div", 5, 13]), "proposition.program", "step 14 (div) fails: division by zero"),
    ("a power with too many terms", more_steps(["pow", 4, 1_000_000]), "proposition.program", "too large"),
    ("a power of too high degree", more_steps(["pow", 0, 1_000_000], ["mul", 8, 0]), "proposition.program",
     "too large"),
    ("a constant that explodes", more_steps(["num", "3"], ["pow", 8, 1_000_000]), "proposition.program", "too large"),
    ("an argument of another method", put("proof.precision", 64), "proof", "unknown key 'precision'"),
    *INEQUALITY,
]

STURM: list[Row] = [
    ("a wrong coefficient", put("proof.square[1][0]", "-2"), "proof", "is not square**2"),
    ("a coefficient off by 2**-100", put("proof.rest[1][0]", f"{2**101 + 1}/{2**100}"), "proof", "is not square**2"),
    ("a wrong sign", put("proof.rest[0][0]", "-1"), "proof", "is not square**2"),
    ("a wrong exponent", put("proof.rest[0][1][0]", 2), "proof", "is not square**2"),
    ("a missing term", drop("proof.rest[1]"), "proof", "is not square**2"),
    ("an extra term", more("proof.rest", ["1", [7]]), "proof", "is not square**2"),
    ("square and rest exchanged", both(put("proof.square", [["1", [1]], ["2", [0]]]), put("proof.rest", [["1", [1]]])),
     "proof", "is not square**2"),
    ("a rest 0", put("proof.rest", []), "proof", "is not square**2"),
    ("a program with another sign", step(4, "add", 1, 3), "proof", "is not square**2"),
    ("a term twice", more("proof.rest", ["1", [1]]), "proof.rest[2][1]", "these exponents appear twice"),
    ("exponents for two variables", put("proof.rest[0][1]", [1, 0]), "proof.rest[0][1]", "expected 1 entries"),
    ("a negative exponent", put("proof.rest[0][1][0]", -1), "proof.rest[0][1][0]", "expected an integer"),
    ("a gigantic exponent", put("proof.rest[0][1][0]", 10**9), "proof.rest[0][1][0]", "expected an integer"),
    ("an exponent that is true", put("proof.rest[0][1][0]", True), "proof.rest[0][1][0]", "found true"),
    ("a coefficient that is an integer", put("proof.rest[0][0]", 1), "proof.rest[0][0]", "a number as a string"),
    ("a term without exponents", put("proof.rest[0]", ["1"]), "proof.rest[0]", "expected 2 entries"),
    ("a polynomial as an object", put("proof.square", {"1": "1"}), "proof.square", "expected a list"),
    ("a root inside the domain", put(f"{DOMAIN}[0][0]", "-5/2"), "proof.rest", "not positive inside [-5/2, ∞)"),
    ("a domain on the wrong side", put(f"{DOMAIN}[0]", [None, "-5/2"]), "proof.rest", "not positive inside"),
    ("the whole line", put(f"{DOMAIN}[0]", [None, None]), "proof.rest", "not positive inside (-∞, ∞)"),
    ("a root at the end, with >", put(f"{DOMAIN}[0][0]", "-2"), "proof", "0 somewhere in the region"),
    ("a double root inside, with >", put(WHERE, []), "proof", "0 somewhere in the region"),
    ("a condition that does not exclude the root", put(f"{WHERE}[0][0]", ">="), "proof", "0 somewhere in the region"),
    ("a condition that excludes another point", put(f"{WHERE}[0][1]", 0), "proof", "0 somewhere in the region"),
    ("a condition == at the root", put(f"{WHERE}[0][0]", "=="), "proof", "0 somewhere in the region"),
    ("a domain of one point", put(f"{DOMAIN}[0]", ["5", "5"]), "proof", "a domain of more than one point"),
    ("two variables", both(more("proposition.program.variables", "y"), more(DOMAIN, [None, None])), "proof",
     "for one variable"),
    ("too high a degree",
     both(step(6, "pow", 0, 1501), put("proof.square", [["1", [0]]]), put("proof.rest", [["1", [1501]]])),
     "proof", "degree 1501 is too large for Sturm"),
    ("no rest", drop("proof.rest"), "proof", "'rest' is missing"),
    *INEQUALITY,
]

SOS: list[Row] = [
    ("a margin that is not there", put("proof.margin", f"1/{2**100}"), "proof", "differ in 1 terms, first at (0, 0)"),
    ("a negative margin", put("proof.margin", "-1"), "proof.margin", "it is negative"),
    ("a margin as an integer", put("proof.margin", 0), "proof.margin", "a number as a string"),
    ("a wrong weight", put("proof.terms[0].squares[0][0]", "1/3"), "proof", "the two sides of the identity differ"),
    ("a negative weight", put("proof.terms[0].squares[0][0]", "-1/2"), "proof.terms[0].squares[0][0]",
     "it is negative"),
    ("a wrong coefficient", put("proof.terms[0].squares[0][1][2][0]", "1"), "proof",
     "the two sides of the identity differ"),
    ("a wrong exponent", put("proof.terms[0].squares[0][1][1][1]", [0, 2]), "proof",
     "the two sides of the identity differ"),
    ("a missing term", drop("proof.terms[1]"), "proof", "the two sides of the identity differ"),
    ("an extra term", more("proof.terms", {"constraints": [], "squares": [["1", [["1", [0, 1]]]]]}), "proof",
     "differ in 1 terms"),
    ("a missing square", put("proof.terms[0].squares", []), "proof", "the two sides of the identity differ"),
    ("another constraint", put("proof.terms[1].constraints[0]", 0), "proof", "the two sides of the identity differ"),
    ("a constraint twice", more("proof.terms[1].constraints", 1), "proof", "the two sides of the identity differ"),
    ("a constraint that does not exist", put("proof.terms[1].constraints[0]", 2), "proof.terms[1].constraints[0]",
     "below 2"),
    ("a constraint that a smaller domain would give", put(f"{DOMAIN}[0][0]", None), "proof.terms[1].constraints[0]",
     "below 1"),
    ("a condition != as a constraint", put(f"{WHERE}[1][0]", "!="), "proof.terms[1].constraints[0]", "below 1"),
    ("a condition >= where > is needed", put(f"{WHERE}[1][0]", ">="), "proof.margin", "certainly positive"),
    ("a wrong multiple of an equation", put("proof.equations[0][1][0][0]", "1/2"), "proof", "the two sides"),
    ("a multiple of a condition that is not ==", put("proof.equations[0][0]", 1), "proof.equations[0][0]", "is not =="),
    ("a multiple of a condition that does not exist", put("proof.equations[0][0]", 2), "proof.equations[0][0]",
     "below 2"),
    ("no equations", put("proof.equations", []), "proof", "the two sides of the identity differ"),
    ("a condition >= as an equation", put(f"{WHERE}[0][0]", ">="), "proof.equations[0][0]", "is not =="),
    ("a multiplier that does not fit", put("proof.multiplier", [["1", [["1", [1, 0]]]]]), "proof", "the two sides"),
    ("a negative multiplier", put("proof.multiplier", [["-1", [["1", [0, 0]]]]]), "proof.multiplier[0][0]",
     "it is negative"),
    ("a false program", step(6, "num", "2"), "proof", "the two sides of the identity differ"),
    ("an unknown key in a term", put("proof.terms[0].weight", "1"), "proof.terms[0]", "unknown key 'weight'"),
    ("exponents for one variable", put("proof.terms[0].squares[0][1][0][1]", [1]),
     "proof.terms[0].squares[0][1][0][1]", "expected 2 entries"),
    ("a logarithm", more_steps(["log", 6]), "proposition.program",
     "step 10 (log) fails: not an operation on quotients"),
    *INEQUALITY,
]

IDENTITY: list[Row] = [
    ("a wrong side", put("proposition.right", 11), "proposition.right", "node 11 is not equal to node 5"),
    ("a node that does not exist", put("proposition.left", 13), "proposition.left", "expected an index below 13"),
    ("a node that is null", put("proposition.left", None), "proposition.left", "expected an index below 13"),
    ("a sign changed", step(9, "add", 6, 8), "proposition.right", "node 12 is not equal to node 5"),
    ("a summand off by 2**-100",
     both(more_steps(["num", f"1/{2**100}"], ["add", 12, 13]), put("proposition.right", 14)),
     "proposition.right", "node 14 is not equal"),
    ("a root of another argument", step(3, "sqrt", 0), "proposition.right", "is not equal"),
    ("a root of a square taken for its argument",
     both(more_steps(["pow", 0, 2], ["sqrt", 13]), put("proposition.left", 14),
     put("proposition.right", 0)), "proposition.right", "node 0 is not equal to node 14"),
    ("log of a product taken for one of its summands", both(more_steps(["mul", 0, 1], ["log", 13], ["log", 0]),
     put("proposition.left", 14), put("proposition.right", 15)), "proposition.right", "is not equal"),
    ("no exponents for a tanh", drop("proof.exponents[0]"), "proposition.program", "step 2 (tanh) fails: `exponents`"),
    ("no exponents for an exp", drop("proof.exponents[2]"), "proposition.program", "step 8 (exp) fails: `exponents`"),
    ("false exponents of a tanh", put("proof.exponents[0][1][0]", 1), "proposition.program",
     "step 2 (tanh) fails: its argument"),
    ("false exponents of an exp", put("proof.exponents[2][1][0]", 1), "proposition.program",
     "step 8 (exp) fails: its argument"),
    ("exponents of a node twice", more("proof.exponents", [8, [-1]]), "proof.exponents[3][0]", "appears twice"),
    ("exponents of a node that does not exist", more("proof.exponents", [13, [1]]), "proof.exponents[3][0]",
     "index below 13"),
    ("too many exponents", put("proof.exponents[0][1]", [2, 0]), "proof.exponents[0][1]", "expected 1 entries"),
    ("no exponents at all", put("proof.exponents[0][1]", []), "proof.exponents[0][1]", "expected 1 entries"),
    ("an exponent that is a fraction", put("proof.exponents[0][1][0]", "1/2"), "proof.exponents[0][1][0]",
     "an integer"),
    ("a gigantic exponent", put("proof.exponents[0][1][0]", 10**7), "proof.exponents[0][1][0]", "an integer"),
    ("a generator that does not exist", put("proof.exponentials[0]", 13), "proof.exponentials[0]", "index below 13"),
    ("a generator that is no quotient of polynomials", put("proof.exponentials[0]", 6), "proof.exponentials[0]",
     "step 6 (exp)"),
    ("another generator", put("proof.exponentials[0]", 1), "proposition.program", "its argument is not the sum"),
    ("no generators", put("proof.exponentials", []), "proof.exponents[0][1]", "expected 0 entries"),
    ("an absolute value", more_steps(["abs", 0]), "proposition.program", "step 13 (abs) fails"),
    ("a real power", more_steps(["rpow", 1, 0]), "proposition.program", "step 13 (rpow) fails"),
    ("a division by zero, unused", more_steps(["sub", 0, 0], ["div", 0, 13]), "proposition.program",
     "division by zero"),
    ("a zero that the square of a root hides", more_steps(["sub", 4, 1], ["div", 0, 13]), "proposition.program",
     "step 14 (div) fails: division by zero"),
    ("a zero that exponentials hide", more_steps(["mul", 6, 8], ["num", "1"], ["sub", 13, 14], ["pow", 15, -1]),
     "proposition.program", "step 16 (pow) fails: division by zero"),
    ("a polynomial that explodes", more_steps(["add", 10, 12], ["pow", 13, 1_000_000]), "proposition.program",
     "too large"),
    *WITH_VARIABLES,
]

PROPOSITION: list[Row] = [
    ("a sense that does not exist", put("proposition.sense", "max"), "proposition.sense", "expected one of"),
    ("a negative number of columns", put("proposition.columns", -1), "proposition.columns", "expected an integer"),
    ("a giant number of columns", put("proposition.columns", 10**12), "proposition.columns", "expected an integer"),
    ("a column twice in the objective", put("proposition.objective", [[0, "1"], [0, "1"]]),
     "proposition.objective[1][0]", "column 0 appears twice"),
    ("a column that does not exist", put("proposition.objective[0][0]", 9), "proposition.objective[0][0]",
     "expected an index"),
    ("a coefficient that is an integer", put("proposition.objective[0][1]", 1), "proposition.objective[0][1]",
     "as a string"),
    ("an infinite coefficient", put("proposition.objective[0][1]", None), "proposition.objective[0][1]", "as a string"),
    ("an offset that is null", put("proposition.offset", None), "proposition.offset", "a number as a string"),
    ("no default bounds", drop("proposition.bounds.default"), "proposition.bounds", "'default' is missing"),
    ("one default bound", put("proposition.bounds.default", ["0"]), "proposition.bounds.default", "expected 2 entries"),
    ("a column with two exceptions", put("proposition.bounds.except", [[1, "0", "1"], [1, "0", "2"]]),
     "proposition.bounds.except[1][0]", "column 1 appears twice"),
    ("an exception for no column", put("proposition.bounds.except", [[9, "0", "1"]]),
     "proposition.bounds.except[0][0]", "index"),
    ("a column twice in a row", put("proposition.rows[0].entries", [[0, "1"], [0, "1"]]),
     "proposition.rows[0].entries[1][0]", "column 0 appears twice"),
    ("a row with an unknown key", put("proposition.rows[0].name", "r"), "proposition.rows[0]", "unknown key 'name'"),
    ("a row without an upper bound", drop("proposition.rows[0].upper"), "proposition.rows[0]", "'upper' is missing"),
    ("a coefficient with a negative denominator", put("proposition.rows[0].entries[0][1]", "1/-1"),
     "proposition.rows[0].entries[0][1]", "not a number"),
    ("an outcome that does not exist", put("proposition.outcome", "open"), "proposition.outcome", "expected one of"),
]

OPTIMAL: list[Row] = [
    ("a value off by 1/2**100", put("proposition.value", f"{14 * 2**100 + 5}/{5 * 2**100}"), "proof.primal",
     "not the stated value"),
    ("a value that is null", put("proposition.value", None), "proposition.value", "a number as a string"),
    ("the other sense", put("proposition.sense", "minimise"), "proof.dual", "row 0 has no lower bound"),
    ("another outcome", put("proposition.outcome", "unbounded"), "proposition.value", "expected null"),
    ("an objective coefficient changed", put("proposition.objective[0][1]", "2"), "proof.primal",
     "not the stated value"),
    ("an offset added", put("proposition.offset", "1"), "proof.primal", "not the stated value"),
    ("a matrix entry changed", put("proposition.rows[0].entries[0][1]", "2"), "proof.primal", "row 0 is not within"),
    ("a row bound tightened", put("proposition.rows[1].upper", "5"), "proof.primal", "row 1 is not within [-1, 5]"),
    ("a row bound loosened", put("proposition.rows[1].upper", "7"), "proof.dual", "the bound that it proves"),
    ("a row bound dropped", put("proposition.rows[0].upper", None), "proof.dual", "row 0 has no upper bound"),
    ("bounds of a row swapped", both(put("proposition.rows[0].lower", "4"), put("proposition.rows[0].upper", None)),
     "proof.dual", "row 0 has no upper bound"),
    ("a column bound tightened", put("proposition.bounds.except[0][2]", "1"), "proof.primal",
     "column 1 is not within [0, 1]"),
    ("a point that is not feasible", put("proof.primal.entries[0][1]", "9"), "proof.primal", "row 0 is not within"),
    ("a negative point", put("proof.primal.entries[0][1]", "-8"), "proof.primal", "column 0 is not within [0, ∞)"),
    ("a feasible point that is not optimal", put("proof.primal.entries[0][1]", "7"), "proof.primal",
     "not the stated value"),
    ("a missing coordinate", drop("proof.primal.entries[1]"), "proof.primal", "not the stated value"),
    ("coordinates out of order", put("proof.primal.entries", [[1, "6"], [0, "8"]]), "proof.primal.entries[1][0]",
     "must increase"),
    ("a coordinate twice", put("proof.primal.entries", [[0, "8"], [0, "6"]]), "proof.primal.entries[1][0]",
     "must increase"),
    ("a coordinate that does not exist", put("proof.primal.entries[1][0]", 2), "proof.primal.entries[1][0]",
     "index below 2"),
    ("a coordinate that is a fraction", put("proof.primal.entries[1][1]", "1/2"), "proof.primal.entries[1][1]",
     "an integer"),
    ("a negative denominator", put("proof.primal.denominator", "-5"), "proof.primal.denominator", "a positive integer"),
    ("a denominator 0", put("proof.primal.denominator", "0"), "proof.primal.denominator", "a positive integer"),
    ("another denominator", put("proof.primal.denominator", "6"), "proof.primal", "not the stated value"),
    ("a dual value off by one", put("proof.dual.entries[0][1]", "3"), "proof.dual", "the bound that it proves"),
    ("dual values with the wrong sign",
     both(put("proof.dual.entries[0][1]", "-2"), put("proof.dual.entries[1][1]", "-1")),
     "proof.dual", "row 0 has no lower bound"),
    ("a dual value for no row", put("proof.dual.entries[1][0]", 2), "proof.dual.entries[1][0]", "index below 2"),
    ("a missing dual value", drop("proof.dual.entries[1]"), "proof.dual", "column 0 has no upper bound"),
    ("no dual", put("proof.dual", None), "proof.dual", "expected an object, found null"),
    ("a ray as well", put("proof.ray", {"denominator": "1", "entries": []}), "proof.ray", "expected null"),
    *PROPOSITION,
]

INFEASIBLE: list[Row] = [
    ("a feasible program", put("proposition.rows[0].lower", "2"), "proof.dual", "is not positive"),
    ("a program that is feasible by 2**-100", put("proposition.rows[0].lower", f"{2**101 - 1}/{2**100}"), "proof.dual",
     "not positive"),
    ("a multiplier with the wrong sign", put("proof.dual.entries[0][1]", "-2"), "proof.dual",
     "row 0 has no upper bound"),
    ("a multiplier 0", put("proof.dual.entries[0][1]", "0"), "proof.dual", "is not positive"),
    ("no multipliers", put("proof.dual.entries", []), "proof.dual", "is not positive"),
    ("a multiplier for no row", put("proof.dual.entries[0][0]", 1), "proof.dual.entries[0][0]", "index below 1"),
    ("a column bound loosened", put("proposition.bounds.default[1]", "2"), "proof.dual", "is not positive"),
    ("a column bound dropped", put("proposition.bounds.default[1]", None), "proof.dual", "column 0 has no upper bound"),
    ("a matrix entry changed", put("proposition.rows[0].entries[1][1]", "2"), "proof.dual", "is not positive"),
    ("a row bound dropped", put("proposition.rows[0].lower", None), "proof.dual", "row 0 has no lower bound"),
    ("an exception that makes room", put("proposition.bounds.except", [[0, "0", "2"]]), "proof.dual",
     "is not positive"),
    ("a value", put("proposition.value", "0"), "proposition.value", "expected null"),
    ("a primal as well", put("proof.primal", {"denominator": "1", "entries": []}), "proof.primal", "expected null"),
    ("a ray as well", put("proof.ray", {"denominator": "1", "entries": []}), "proof.ray", "expected null"),
    ("no dual", put("proof.dual", None), "proof.dual", "expected an object, found null"),
    ("another outcome", put("proposition.outcome", "unbounded"), "proof.dual", "expected null"),
    ("the outcome `optimal`", put("proposition.outcome", "optimal"), "proposition.value", "a number as a string"),
    *PROPOSITION,
]

UNBOUNDED: list[Row] = [
    ("a point that is not feasible", put("proof.primal.entries[0][1]", "3"), "proof.primal", "row 0 is not within"),
    ("a negative point", put("proof.primal.entries[0][1]", "-1"), "proof.primal", "column 0 is not within"),
    ("no point", put("proof.primal", None), "proof.primal", "expected an object, found null"),
    ("no ray", put("proof.ray", None), "proof.ray", "expected an object, found null"),
    ("the ray 0", put("proof.ray.entries", []), "proof.ray", "does not improve the objective"),
    ("a ray that leaves a row", drop("proof.ray.entries[1]"), "proof.ray", "leaves the bounds of row 0"),
    ("a ray that leaves a column", put("proof.ray.entries[1][1]", "-1"), "proof.ray", "leaves the bounds of column 1"),
    ("a ray that leaves an interval", more("proof.ray.entries", [2, "1"]), "proof.ray",
     "leaves the bounds of column 2"),
    ("a ray in the wrong direction", put("proposition.sense", "maximise"), "proof.ray",
     "does not improve the objective"),
    ("a ray that keeps the objective", put("proposition.objective[0][1]", "0"), "proof.ray",
     "does not improve the objective"),
    ("a ray for a column that does not exist", put("proof.ray.entries[1][0]", 3), "proof.ray.entries[1][0]",
     "index below 3"),
    ("a ray with a negative denominator", put("proof.ray.denominator", "-1"), "proof.ray.denominator",
     "a positive integer"),
    ("a ray out of order", put("proof.ray.entries", [[1, "1"], [0, "1"]]), "proof.ray.entries[1][0]", "must increase"),
    ("a bound that stops the ray", put("proposition.bounds.default[1]", "100"), "proof.ray",
     "leaves the bounds of column 0"),
    ("a row bound that stops the ray", put("proposition.rows[0].entries[1][1]", "-1/2"), "proof.ray",
     "bounds of row 0"),
    ("a value", put("proposition.value", "0"), "proposition.value", "expected null"),
    ("a dual as well", put("proof.dual", {"denominator": "1", "entries": []}), "proof.dual", "expected null"),
    ("another outcome", put("proposition.outcome", "infeasible"), "proof.primal", "expected null"),
    *PROPOSITION,
]

TRIALS: list[Row] = [
    ("an outcome changed", put("proof.outcomes", "1101111010"), "proof.outcomes", "it has 7 ones, not 8"),
    ("an outcome missing", put("proof.outcomes", "110111101"), "proof.outcomes", "10 characters"),
    ("an outcome too many", put("proof.outcomes", "11011110110"), "proof.outcomes", "10 characters"),
    ("an outcome that is 2", put("proof.outcomes", "1101111012"), "proof.outcomes", "10 characters 0 and 1"),
    ("an outcome in another script", put("proof.outcomes", "110111101١"), "proof.outcomes", "10 characters 0 and 1"),
    ("outcomes as a list", put("proof.outcomes", [1, 1, 0, 1, 1, 1, 1, 0, 1, 1]), "proof.outcomes",
     "expected a string"),
    ("outcomes as a number", put("proof.outcomes", 11), "proof.outcomes", "expected a string"),
    ("no outcomes", put("proof.outcomes", ""), "proof.outcomes", "expected a string of 10"),
    ("one success more", put("proposition.successes", 9), "proof.outcomes", "8 ones, not 9"),
    ("more successes than trials", put("proposition.successes", 11), "proposition.successes", "in 0..10"),
    ("a negative number of successes", put("proposition.successes", -1), "proposition.successes", "in 0..10"),
    ("successes as a string", put("proposition.successes", "8"), "proposition.successes", "expected an integer"),
    ("no trials", put("proposition.trials", 0), "proposition.trials", "expected an integer"),
    ("a giant number of trials", put("proposition.trials", 10**9), "proposition.trials", "expected an integer"),
    ("one trial less", put("proposition.trials", 9), "proof.outcomes", "expected a string of 9"),
    ("a higher confidence", put("proposition.confidence", "95/100"), "proposition.interval[0]", "at least so many"),
    ("confidence 1", put("proposition.confidence", "1"), "proposition.confidence", "between 0 and 1"),
    ("confidence 0", put("proposition.confidence", "0"), "proposition.confidence", "between 0 and 1"),
    ("a negative confidence", put("proposition.confidence", "-1/2"), "proposition.confidence", "between 0 and 1"),
    ("a lower end too high", put("proposition.interval[0]", "1/2"), "proposition.interval[0]", "P(at least so many"),
    ("an upper end too low", put("proposition.interval[1]", "96/100"), "proposition.interval[1]", "P(at most so many"),
    ("an interval with swapped ends", put("proposition.interval", ["97/100", "49/100"]), "proposition.interval",
     "lo <= hi"),
    ("an end below 0", put("proposition.interval[0]", "-1/100"), "proposition.interval", "0 <= lo"),
    ("an end above 1", put("proposition.interval[1]", "101/100"), "proposition.interval", "hi <= 1"),
    ("an interval that is the point 1", put("proposition.interval", ["1", "1"]), "proposition.interval[0]",
     "P(at least"),
    ("an interval that is the point 0", put("proposition.interval", ["0", "0"]), "proposition.interval[1]",
     "P(at most"),
    ("an end that is null", put("proposition.interval[1]", None), "proposition.interval[1]", "a number as a string"),
    ("an end of 20,000 bits", put("proposition.interval[0]", f"1/{2**20_000:#x}"), "proposition.interval",
     "10000 bits"),
]

CLAUSES = "proposition.clauses"
NAMES = "proposition.variables"

FORMULA: list[Row] = [
    ("a variable twice", put(f"{NAMES}[1]", "p1 h1"), NAMES, "appears twice"),
    ("a variable that is a number", put(f"{NAMES}[0]", 1), f"{NAMES}[0]", "printable string"),
    ("a variable with a line break", put(f"{NAMES}[0]", "p1\nh1"), f"{NAMES}[0]", "printable string"),
    ("variables as a string", put(NAMES, "abcd"), NAMES, "expected a list"),
    ("no variables", drop(NAMES), "proposition", "'variables' is missing"),
    ("no clauses at all", drop(CLAUSES), "proposition", "'clauses' is missing"),
    ("a literal 0", put(f"{CLAUSES}[0]", [1, 0]), f"{CLAUSES}[0]", "0 is no literal"),
    ("a literal of a variable that does not exist", put(f"{CLAUSES}[0][0]", 7), f"{CLAUSES}[0][0]", "expected an integer in"),
    ("a negative literal of a variable that does not exist", put(f"{CLAUSES}[0][0]", -7), f"{CLAUSES}[0][0]", "expected an integer in"),
    ("a literal twice", put(f"{CLAUSES}[0]", [1, 1]), f"{CLAUSES}[0]", "a variable appears twice"),
    ("a literal and its negation", put(f"{CLAUSES}[0]", [1, -1]), f"{CLAUSES}[0]", "a variable appears twice"),
    ("a literal as a string", put(f"{CLAUSES}[0][0]", "1"), f"{CLAUSES}[0][0]", "expected an integer"),
    ("a literal that is true", put(f"{CLAUSES}[0][0]", True), f"{CLAUSES}[0][0]", "found true"),
    ("a clause that is a literal", put(f"{CLAUSES}[0]", 1), f"{CLAUSES}[0]", "expected a list"),
    ("clauses as an object", put(CLAUSES, {}), CLAUSES, "expected a list"),
]

MODEL: list[Row] = [
    ("a value changed", put("proof.values", "1000"), "proof.values", "does not satisfy clause 1"),
    ("another value changed", put("proof.values", "1011"), "proof.values", "does not satisfy clause 2"),
    ("the complement of a model's half", put("proof.values", "1010"), "proof.values", "does not satisfy clause 2"),
    ("a value missing", put("proof.values", "100"), "proof.values", "4 characters 0 and 1"),
    ("a value too many", put("proof.values", "10010"), "proof.values", "4 characters 0 and 1"),
    ("a value that is 2", put("proof.values", "1002"), "proof.values", "4 characters 0 and 1"),
    ("a value in another script", put("proof.values", "100١"), "proof.values", "4 characters 0 and 1"),
    ("values as a list", put("proof.values", [1, 0, 0, 1]), "proof.values", "expected a string"),
    ("values as a number", put("proof.values", 1001), "proof.values", "expected a string"),
    ("no values", drop("proof.values"), "proof", "'values' is missing"),
    ("a clause more", more(CLAUSES, [2, 3]), "proof.values", "does not satisfy clause 4"),
    ("an empty clause", more(CLAUSES, []), "proof.values", "does not satisfy clause 4"),
    ("a sign changed", put(f"{CLAUSES}[2]", [-1, 3]), "proof.values", "does not satisfy clause 2"),
    ("one variable more", more(NAMES, "p3 h1"), "proof.values", "5 characters 0 and 1"),
    ("steps beside the values", put("proof.steps", []), "proof", "unknown key 'steps'"),
    *FORMULA,
]

LRAT = "proof.steps"

REFUTATION: list[Row] = [
    ("a clause missing", drop(f"{CLAUSES}[8]"), f"{LRAT}[0][1][1]", "expected an index below 8"),
    ("the clauses of a satisfiable formula", put(f"{CLAUSES}[8]", [-4, -5]), f"{LRAT}[0][1][1]", "clause 8 is not unit"),
    ("a sign changed in a clause", put(f"{CLAUSES}[0]", [-1, 2]), f"{LRAT}[0][1][4]", "clause 0 says nothing new"),
    ("no steps", put(LRAT, []), LRAT, "the last step is not the empty clause"),
    ("the last step missing", drop(f"{LRAT}[6]"), LRAT, "the last step is not the empty clause"),
    ("a step missing", drop(f"{LRAT}[0]"), f"{LRAT}[0][1][0]", "expected an index below 9"),
    ("a step after the empty clause", more(LRAT, [[1], [15]]), LRAT, "the last step is not the empty clause"),
    ("a literal more in a unit step", put(f"{LRAT}[4][0]", [2, 4]), f"{LRAT}[6][1][0]", "clause 13 is not unit"),
    ("the empty clause at once", put(f"{LRAT}[0][0]", []), f"{LRAT}[0][1][0]", "clause 7 is not unit: 2 of its literals"),
    ("a step with the opposite literal", put(f"{LRAT}[0][0]", [6]), f"{LRAT}[0][1][0]", "clause 7"),
    ("hints in another order", put(f"{LRAT}[0][1]", [1, 7, 8, 3, 0]), f"{LRAT}[0][1][0]", "clause 1 is not unit"),
    ("a hint missing", put(f"{LRAT}[0][1]", [7, 8, 1, 3]), f"{LRAT}[0][1]", "do not end in a contradiction"),
    ("the first hint missing", put(f"{LRAT}[1][1]", [2]), f"{LRAT}[1][1]", "do not end in a contradiction"),
    ("no hints", put(f"{LRAT}[0][1]", []), f"{LRAT}[0][1]", "do not end in a contradiction"),
    ("a hint too many", put(f"{LRAT}[0][1]", [7, 8, 1, 3, 0, 2]), f"{LRAT}[0][1][4]", "contradicted already"),
    ("a hint twice", put(f"{LRAT}[0][1]", [7, 7, 8, 1, 3, 0]), f"{LRAT}[0][1][1]", "says nothing new"),
    ("a hint to itself", put(f"{LRAT}[0][1]", [9]), f"{LRAT}[0][1][0]", "expected an index below 9"),
    ("a hint to a later step", put(f"{LRAT}[0][1]", [10]), f"{LRAT}[0][1][0]", "expected an index below 9"),
    ("a negative hint", put(f"{LRAT}[0][1][0]", -1), f"{LRAT}[0][1][0]", "expected an index below 9"),
    ("a hint as a string", put(f"{LRAT}[0][1][0]", "7"), f"{LRAT}[0][1][0]", "expected an index below 9"),
    ("a step without hints", put(f"{LRAT}[0]", [[-6]]), f"{LRAT}[0]", "expected 2 entries"),
    ("a step with a literal twice", put(f"{LRAT}[0][0]", [-6, -6]), f"{LRAT}[0][0]", "a variable appears twice"),
    ("a step that is a tautology", put(f"{LRAT}[0][0]", [-6, 6]), f"{LRAT}[0][0]", "a variable appears twice"),
    ("a step with a variable that does not exist", put(f"{LRAT}[0][0]", [-7]), f"{LRAT}[0][0][0]", "expected an integer in"),
    ("a deletion", put(f"{LRAT}[0]", ["d", [7]]), f"{LRAT}[0][0]", "expected a list"),
    ("steps as a string", put(LRAT, "0"), LRAT, "expected a list"),
    ("no proof", put("proof", None), "proof", "expected an object"),
    *FORMULA,
]

MODELS = "proof.models"

MODEL_COUNT: list[Row] = [
    ("one model more", put("proposition.count", 3), MODELS, "expected 3 entries, found 2"),
    ("one model less", both(put("proposition.count", 1), drop(f"{MODELS}[1]")), f"{LRAT}[1][1][0]", "expected an index below 6"),
    ("no model", both(put("proposition.count", 0), put(MODELS, [])), f"{LRAT}[0][1][3]", "expected an index below 4"),
    ("the same model twice", put(f"{MODELS}[1]", "1001"), f"{MODELS}[1]", "the values of model 0"),
    ("a model that is none", put(f"{MODELS}[1]", "0111"), f"{MODELS}[1]", "does not satisfy clause 3"),
    ("a model with a value too few", put(f"{MODELS}[0]", "100"), f"{MODELS}[0]", "4 characters"),
    ("a model as a list", put(f"{MODELS}[0]", [1, 0, 0, 1]), f"{MODELS}[0]", "expected a string"),
    ("models in another order", put(MODELS, ["0110", "1001"]), f"{LRAT}[0][1][3]", "clause 4 is not unit"),
    ("at least two, with steps", put("proposition.relation", ">="), LRAT, "expected 0 entries, found 5"),
    ("another relation", put("proposition.relation", "<="), "proposition.relation", "expected one of"),
    ("a clause missing", drop(f"{CLAUSES}[3]"), f"{LRAT}[0][1][0]", "clause 3 is not unit"),
    ("the steps missing", put(LRAT, []), LRAT, "the last step is not the empty clause"),
    ("a hint missing", put(f"{LRAT}[0][1]", [3, 0, 2]), f"{LRAT}[0][1]", "do not end in a contradiction"),
    ("a hint to the other model", put(f"{LRAT}[0][1]", [3, 0, 2, 5]), f"{LRAT}[0][1][3]", "clause 5"),
    ("counted twice", put("proposition.counted", [1, 1, 2, 3]), "proposition.counted", "must increase"),
    ("counted in another order", put("proposition.counted", [2, 1, 3, 4]), "proposition.counted", "must increase"),
    ("counted, but not there", put("proposition.counted", [1, 2, 3, 5]), "proposition.counted[3]", "in 1..4"),
    ("counted by 0", put("proposition.counted", [0, 1, 2, 3]), "proposition.counted[0]", "in 1..4"),
    ("nothing counted", put("proposition.counted", []), f"{MODELS}[1]", "the values of model 0"),
    ("a negative count", put("proposition.count", -1), "proposition.count", "expected an integer"),
    ("a count as a string", put("proposition.count", "2"), "proposition.count", "expected an integer"),
    ("a giant count", put("proposition.count", 10**12), "proposition.count", "expected an integer"),
    *FORMULA,
]

REPLAY = "proof.replay"

ENUMERATION: list[Row] = [
    ("a negative count", put("proposition.count", -1), "proposition.count", "expected an integer"),
    ("a giant count", put("proposition.count", 10**19), "proposition.count", "expected an integer"),
    ("a count as a string", put("proposition.count", "4"), "proposition.count", "expected an integer"),
    ("a count that is true", put("proposition.count", True), "proposition.count", "found true"),
    ("no count", drop("proposition.count"), "proposition", "'count' is missing"),
    ("a statement that is a list", put("proposition.statement", ["all"]), "proposition.statement", "printable string"),
    ("a statement of two lines", put("proposition.statement", "all\nof them"), "proposition.statement",
     "printable string"),
    ("a statement of a million characters", put("proposition.statement", "x" * 10**6), "proposition.statement",
     "printable"),
    ("no statement", drop("proposition.statement"), "proposition", "'statement' is missing"),
    ("a short digest", put("proposition.digest", "e3b0"), "proposition.digest", "64 hexadecimal digits"),
    ("a digest with a g", put("proposition.digest", "g" * 64), "proposition.digest", "64 hexadecimal digits"),
    ("a digest in capitals", put("proposition.digest", "A" * 64), "proposition.digest", "64 hexadecimal digits"),
    ("a digest that is null", put("proposition.digest", None), "proposition.digest", "printable string"),
    ("no digest", drop("proposition.digest"), "proposition", "'digest' is missing"),
    ("no replay", drop(REPLAY), "proof", "'replay' is missing"),
    ("a replay that is a string", put(REPLAY, "run it"), REPLAY, "expected an object"),
    ("a replay of no claim", drop(f"{REPLAY}.claim"), REPLAY, "'claim' is missing"),
    ("a claim that is a number", put(f"{REPLAY}.claim", 1), f"{REPLAY}.claim", "printable string"),
    ("a part that is null", put(f"{REPLAY}.part", None), f"{REPLAY}.part", "printable string"),
    ("a negative formulation", put(f"{REPLAY}.formulation", -1), f"{REPLAY}.formulation", "expected an integer"),
    ("a formulation as a string", put(f"{REPLAY}.formulation", "0"), f"{REPLAY}.formulation", "expected an integer"),
    ("parameters as a list", put(f"{REPLAY}.parameters", []), f"{REPLAY}.parameters", "expected an object"),
    ("a parameter that is a float", put(f"{REPLAY}.parameters.n", 1.5), f"{REPLAY}.parameters.n", "float"),
    ("an unknown key in the replay", put(f"{REPLAY}.code", "print()"), REPLAY, "unknown key 'code'"),
]

ARM = "proposition.arms[0]"
OUTCOMES = "proof.outcomes[0]"
STOPPING = "proposition.stopping"

MEANS: list[Row] = [
    ("an outcome smaller", put(f"{OUTCOMES}[0]", "0"), f"{ARM}.interval[0]", "no bet on larger outcomes"),
    ("all outcomes 1", put(OUTCOMES, ["1"] * 8), f"{ARM}.interval[1]", "no bet on smaller outcomes"),
    ("an outcome missing", put(OUTCOMES, ["9/10"] * 7), f"{ARM}.trials", "there are 7 outcomes"),
    ("an outcome too many", more(OUTCOMES, "1"), f"{ARM}.trials", "there are 9 outcomes"),
    ("an outcome above the range", put(f"{OUTCOMES}[3]", "101/100"), f"{OUTCOMES}[3]", "within the range"),
    ("an outcome below the range", put(f"{OUTCOMES}[3]", "-1/100"), f"{OUTCOMES}[3]", "within the range"),
    ("an outcome of 20,000 bits", put(f"{OUTCOMES}[3]", f"1/{2**20_000:#x}"), f"{OUTCOMES}[3]", "1000 bits"),
    ("an outcome as a number", put(f"{OUTCOMES}[3]", 1), f"{OUTCOMES}[3]", "a number as a string"),
    ("no outcomes", put(OUTCOMES, []), OUTCOMES, "found 0"),
    ("outcomes as a string", put(OUTCOMES, "1111"), OUTCOMES, "expected a list"),
    ("a lower end too high", put(f"{ARM}.interval[0]", "9/20"), f"{ARM}.interval[0]", "no bet on larger outcomes"),
    ("an upper end too low", put(f"{ARM}.interval[1]", "95/100"), f"{ARM}.interval[1]", "no bet on smaller outcomes"),
    ("an interval with swapped ends", put(f"{ARM}.interval", ["98/100", "2/5"]), f"{ARM}.interval", "ends in order"),
    ("an end below the range", put(f"{ARM}.interval[0]", "-1"), f"{ARM}.interval", "within the range"),
    ("an end above the range", put(f"{ARM}.interval[1]", "2"), f"{ARM}.interval", "within the range"),
    ("an interval that is the upper end", put(f"{ARM}.interval", ["1", "1"]), f"{ARM}.interval[0]", "no bet on larger"),
    ("an interval that is the lower end", put(f"{ARM}.interval", ["0", "0"]), f"{ARM}.interval[1]", "no bet on smaller"),
    ("a higher confidence", put("proposition.confidence", "99/100"), f"{ARM}.interval[0]", "no bet on larger outcomes"),
    ("confidence 1", put("proposition.confidence", "1"), "proposition.confidence", "between 0 and 1"),
    ("confidence 0", put("proposition.confidence", "0"), "proposition.confidence", "between 0 and 1"),
    ("an empty range", put("proposition.range", ["1", "1"]), "proposition.range", "lower < upper"),
    ("a wider range", put("proposition.range", ["-2", "1"]), f"{ARM}.interval[0]", "no bet on larger outcomes"),
    ("a range that is not given", put("proposition.range", [None, "1"]), "proposition.range[0]", "a number as a string"),
    ("two arms, one recorded", more("proposition.arms", {"trials": 8, "interval": ["0", "1"]}), "proposition.arms", "as many lists"),
    ("no arm", both(put("proposition.arms", []), put("proof.outcomes", [])), "proposition.arms", "one or two arms"),
    ("a stop that came late", put(f"{STOPPING}.every", 3), f"{STOPPING}.at_most", "stops after 9 outcomes, and 8"),
    ("a stop that came early", put(STOPPING, {"value": "1/2", "every": 4, "at_most": 20}), f"{STOPPING}.at_most", "stops after 20"),
    ("a stop that was due before", put(STOPPING, {"value": "3/10", "every": 1, "at_most": 20}), f"{STOPPING}.at_most", "after 6"),
    ("more trials than the rule allows", put(STOPPING, {"value": "2/5", "every": 4, "at_most": 7}), f"{STOPPING}.at_most", "after 7"),
    ("a value at the end of the range", put(f"{STOPPING}.value", "0"), STOPPING, "inside the range"),
    ("no looks", put(f"{STOPPING}.every", 0), f"{STOPPING}.every", "expected an integer"),
    ("no rule", drop(STOPPING), "proposition", "'stopping' is missing"),
]

TABLES: dict[str, list[Row]] = {
    "evaluation": EVALUATION, "grid": GRID, "cover": COVER, "shift": SHIFT, "sturm": STURM, "sos": SOS,
    "identity": IDENTITY, "optimal": OPTIMAL, "infeasible": INFEASIBLE, "unbounded": UNBOUNDED, "trials": TRIALS,
    "model": MODEL, "refutation": REFUTATION, "model_count": MODEL_COUNT, "enumeration": ENUMERATION, "means": MEANS,
}
CASES = [pytest.param(name, *row[1:], id=f"{name}: {row[0]}")
         for name, table in TABLES.items() for row in [*table, *ANY_DOCUMENT]]


def valid(name: str) -> Any:
    """One of the valid documents."""
    return json.loads((VALID / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLES)
def test_the_valid_document_is_accepted(name: str) -> None:
    document = valid(name)
    assert kernel.check(document).type == document["type"]
    assert kernel.check(json.dumps(document).encode()) == kernel.check(document)
    assert len(TABLES[name]) >= 20


@pytest.mark.parametrize(("name", "change", "place", "reason"), CASES)
def test_a_corrupted_document_is_rejected_at_its_place(name: str, change: Change, place: str, reason: str) -> None:
    document = copy.deepcopy(valid(name))
    change(document)
    with pytest.raises(kernel.Rejected) as rejection:
        kernel.check(document)
    assert (rejection.value.place, reason in rejection.value.reason) == (place, True), str(rejection.value)
