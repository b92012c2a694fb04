"""Inequalities: true ones are proved by the method that fits, false ones by none; what is accepted holds at points."""

import ast
import itertools
import random
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.kernel.polynomials import Polynomial, dense, roots_between

OPERATORS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div"}
RELATIONS = {ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
Json = dict[str, Any]


class Compiler:
    """The steps of Python expressions like `x**2 - exp(y)/3`."""

    def __init__(self, variables: list[str]) -> None:
        self.variables = variables
        self.steps: list[list[Any]] = []

    def relation(self, text: str) -> list[Any]:
        """["relation", node] of a text like `x + 1 > 0`."""
        comparison = ast.parse(text, mode="eval").body
        assert isinstance(comparison, ast.Compare)
        assert ast.unparse(comparison.comparators[0]) == "0"
        return [RELATIONS[type(comparison.ops[0])], self.node(comparison.left)]

    def node(self, tree: ast.expr) -> int:
        step = self.step(tree)
        if step not in self.steps:
            self.steps.append(step)
        return self.steps.index(step)

    def step(self, tree: ast.expr) -> list[Any]:
        match tree:
            case ast.Name(id=name):
                return ["var", self.variables.index(name)]
            case ast.Constant(value=int(n)):
                return ["num", str(n)]
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return [name, *(self.node(argument) for argument in arguments)]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return ["neg", self.node(operand)]
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                if re.fullmatch(r"-?\d+", ast.unparse(right)):
                    return ["pow", self.node(left), int(ast.unparse(right))]
                return ["rpow", self.node(left), self.node(right)]
            case ast.BinOp(left=left, op=op, right=right):
                return [OPERATORS[type(op)], self.node(left), self.node(right)]
        raise NotImplementedError(ast.dump(tree))


def claim(text: str, where: str = "", **domain: str) -> Json:
    """The proposition: `text` on a domain with sides "lo hi" ("-": unbounded), where conditions (";" between) hold."""
    compiler = Compiler(list(domain))
    relation, node = compiler.relation(text)
    conditions = [compiler.relation(condition.strip()) for condition in where.split(";") if condition]
    sides = [[None if end == "-" else end for end in side.split()] for side in domain.values()]
    return {"program": {"variables": list(domain), "steps": compiler.steps}, "node": node, "relation": relation,
            "domain": sides, "where": conditions}


def check(proposition: Json, proof: Json) -> kernel.Verdict:
    return kernel.check({"schema": kernel.SCHEMA, "type": "inequality", "about": {}, "proposition": proposition,
    "proof": proof})


def cover(*tree: list[Any], precision: int = 64) -> Json:
    return {"method": "cover", "precision": precision, "tree": list(tree)}


def sturm(square: list[Any], rest: list[Any]) -> Json:
    """Coefficients from the constant up."""
    square, rest = ([[str(c), [k]] for k, c in enumerate(p) if c] for p in (square, rest))
    return {"method": "sturm", "square": square, "rest": rest}


def sos(*terms: tuple[list[int], list[Any]], margin: str = "0", multiplier: Sequence[Any] = (),
        equations: Sequence[Any] = ()) -> Json:
    return {"method": "sos", "margin": margin, "multiplier": list(multiplier), "equations": list(equations),
            "terms": [{"constraints": constraints, "squares": squares} for constraints, squares in terms]}


SHIFT, VALUE = {"method": "shift"}, ["value"]
MOTZKIN = sos(([],
[["1", [["1", [2, 1]], ["-1", [0, 1]]]], ["1", [["1", [1, 2]], ["-1", [1, 0]]]], ["1", [["1", [2, 2]], ["-1", [0, 0]]]],
                    ["1/4", [["1", [1, 3]], ["-1", [3, 1]]]], ["3/4", [["1", [1, 3]], ["1", [3, 1]], ["-2", [1, 1]]]]]),
              multiplier=[["1", [["1", [1, 0]]]], ["1", [["1", [0, 1]]]]])

TRUE: list[tuple[Json, Json]] = [
    (claim("x - tanh(x) >= 0", x="0 -"), cover(["monotone", 0, "up"], VALUE)),
    (claim("x - tanh(x) >= 0", x="0 -"), cover(["taylor", 0, "0", 1])),
    (claim("x - tanh(x) > 0", "x > 0", x="0 -"),
     cover(["split", 0, "1/2"], ["taylor", 0, "0", 3], ["taylor", 0, "1/2", 1])),
    (claim("x - 1 - log(x) >= 0", x="1/2 2"), cover(["taylor", 0, "1", 2])),
    (claim("x - 1 - log(x) > 0", "x - 1 != 0", x="1/2 2"), cover(["taylor", 0, "1", 2])),
    (claim("x - 1 - log(x) >= 0", "x > 0; x - 1/500 >= 0", x="-1 -"), cover(
        ["split", 0, "0"], ["empty", 0], ["split", 0, "1/1000"], ["empty", 1], ["split", 0, "1/2"],
        ["taylor", 0, "1/2", 1],
        ["split", 0, "2"], ["taylor", 0, "1", 2], ["taylor", 0, "2", 1])),
    (claim("abs(x) >= 0", x="- -"), cover(VALUE)),
    (claim("abs(x) + x >= 0", x="-1 0"), cover(["monotone", 0, "up"], VALUE)),
    (claim("abs(x) - x**2/2 >= 0", x="0 1"), cover(["taylor", 0, "0", 2])),
    (claim("abs(x) - x**2/2 >= 0", x="-1 0"), cover(["taylor", 0, "0", 2])),
    (claim("max(x, 0) - x**3 >= 0", x="-1 0"), cover(["taylor", 0, "0", 3])),
    (claim("min(x, x**2 + 1) - x >= 0", x="0 1"), cover(["taylor", 0, "0", 1])),
    (claim("x * y >= 0", x="0 1", y="0 1"), cover(["monotone", 0, "up"], VALUE)),
    (claim("x**2 + y**2 - x*y >= 0", x="-1 1", y="-1 1"), cover(["hessian", ["0", "0"]])),
    (claim("x**2 + y**2 >= 0", x="- -", y="- -"), cover(["hessian", ["0", "0"]])),
    (claim("y * x**2 >= 0", x="-1 1", y="3 3"), cover(["hessian", ["0", "3"]])),
    (claim("x**2 + y**2 - x*y + 1 > 0", x="-1 1", y="0 1/4"),
     cover(["split", 0, "0"], ["mean", ["-1/2", "0"]], ["mean", ["1/2", "1/8"]])),
    (claim("sqrt(x) >= 0", x="0 -"), cover(VALUE)),
    (claim("x**x > 0", x="1/100 1"), cover(VALUE)),
    (claim("0**x >= 0", x="1 2"), cover(VALUE)),
    (claim("x - 3 >= 0", x="3 3"), cover(VALUE)),
    (claim("x*(1 - x) >= 0", x="0 1"), SHIFT),
    (claim("x*(1 - x) > 0", "x > 0; x - 1 != 0", x="0 1"), SHIFT),
    (claim("1/x > 0", x="0 -"), SHIFT),
    (claim("x*y + 1 > 0", x="0 -", y="0 1"), SHIFT),
    (claim("x*y > 0", "x > 0; y > 0", x="0 -", y="0 1"), SHIFT),
    (claim("-x > 0", x="- -1"), SHIFT),
    (claim("x**2 + 1 > 0", x="0 -", y="- -"), SHIFT),
    (claim("x - x >= 0", x="- -"), SHIFT),
    (claim("x**2 >= 0", x="- -"), sturm([0, 1], [1])),
    (claim("x**2 > 0", "x != 0", x="- -"), sturm([0, 1], [1])),
    (claim("x**-2 > 0", x="- -"), sturm([0, 1], [1])),
    (claim("x**3 - x >= 0", x="-1 0"), sturm([1], [0, -1, 0, 1])),
    (claim("x**3 - x > 0", "x*(x + 1) != 0", x="-1 0"), sturm([1], [0, -1, 0, 1])),
    (claim("x - x >= 0", x="- -"), sturm([], [1])),
    (claim("(x**2 - 2)**2 >= 0", x="- -"), sturm([-2, 0, 1], [1])),
    (claim("x**4*y**2 + x**2*y**4 - 3*x**2*y**2 + 1 >= 0", x="- -", y="- -"), MOTZKIN),
    (claim("x >= 0", "x - y == 0; y >= 0", x="- -", y="- -"),
     sos(([0], [["1", [["1", [0, 0]]]]]), equations=[[0, [["1", [0, 0]]]]])),
    (claim("x + 1 > 0", x="0 -"), sos(([0], [["1", [["1", [0]]]]]), margin="1")),
]


@pytest.mark.parametrize(("proposition", "proof"), TRUE)
def test_true_propositions_are_proved(proposition: Json, proof: Json) -> None:
    assert check(proposition, proof).type == "inequality"


def test_a_proposition_about_no_point_is_called_so() -> None:
    assert "no point" in check(claim("-1 > 0", "-x**2 > 0", x="- -"), cover(["empty", 0])).summary


FALSE: list[Json] = [
    claim("x**2 - 1/10**30 >= 0", x="- -"),
    claim("x**2 - 1/10**30 >= 0", x="-1 1"),
    claim("x**2 > 0", x="-1 1"),
    claim("x**2 > 0", "x >= 0", x="-1 1"),
    claim("x**2 > 0", "x - 1 != 0", x="-1 1"),
    claim("x**3 >= 0", x="-1 1"),
    claim("x**3 >= 0", x="-1 0"),
    claim("x - tanh(x) >= 0", x="-1 1"),
    claim("tanh(x) - x >= 0", x="-1 1"),
    claim("x - tanh(x) - 1/10**40 >= 0", x="0 1"),
    claim("tanh(x) - 1 + 1/10**30 >= 0", x="10 -"),
    claim("log(x) - x >= 0", x="1/2 2"),
    claim("log(x) - x >= 0", x="1/2 -"),
    claim("x - 1 - log(x) > 0", x="1/2 2"),
    claim("x - 1 - log(x) - 1/10**40 >= 0", x="1/2 2"),
    claim("x - 1 - log(x + 1/10**30) >= 0", x="1/2 2"),
    claim("exp(x) - 1 - x - x**2/2 >= 0", x="-1 1"),
    claim("exp(x) - 1 - x - x**2/2 >= 0", x="-1 0"),
    claim("exp(-x) - 1/2**70000 >= 0", x="0 -"),
    claim("exp(x) - 3 > 0", x="0 1"),
    claim("exp(exp(exp(x))) - exp(exp(exp(x))) > 0", x="5 6"),
    claim("-abs(x) >= 0", x="-1 1"),
    claim("-abs(x) >= 0", x="-1 0"),
    claim("-abs(x) >= 0", x="0 1"),
    claim("abs(x) - 1/10**30 >= 0", x="-1 1"),
    claim("abs(x) > 0", x="-1 0"),
    claim("min(x, -x) >= 0", x="-1 0"),
    claim("-max(x, -x) >= 0", x="0 1"),
    claim("max(x, -x) > 0", x="-1 1"),
    claim("sqrt(x) - 1/10**20 >= 0", x="0 1"),
    claim("x - sqrt(x) >= 0", x="0 1"),
    claim("sqrt(x**2) - x > 0", x="-1 1"),
    claim("1/x >= 0", x="-1 1"),
    claim("1/x**2 - 1/10**9 >= 0", x="1 -"),
    claim("x**(1/3) - x - 1/10**20 >= 0", x="0 1"),
    claim("(x**2 - 2)**2 > 0", x="1 2"),
    claim("(x**2 - 2)**2 - 1/10**40 >= 0", x="1 2"),
    claim("x >= 0", "x + 1/10**30 >= 0", x="-1 1"),
    claim("x >= 0", "x != 0", x="-1 1"),
    claim("-1 > 0", "x == 0", x="-1 1"),
    claim("x*(1 - x) > 0", x="0 1"),
    claim("x*(1 - x) > 0", "x > 0", x="0 1"),
    claim("x*(1 - x) >= 0", x="0 2"),
    claim("(x - 1)/x >= 0", x="0 -"),
    claim("x/x - 1 > 0", x="1 2"),
    claim("x*y >= 0", x="-1 1", y="-1 1"),
    claim("x*y > 0", x="0 1", y="0 1"),
    claim("x*y > 0", "x + y > 0", x="0 1", y="0 1"),
    claim("x**2 + y**2 - 3*x*y >= 0", x="-1 1", y="-1 1"),
    claim("x**2 + y**2 - (2 + 1/10**20)*x*y >= 0", x="-1 1", y="-1 1"),
    claim("x**2 - y**2/10**30 >= 0", x="-1 1", y="-1 1"),
    claim("x**2 + y**2 - 1/10**30 >= 0", x="-1 1", y="-1 1"),
    claim("x**2 + y**2 > 0", x="-1 1", y="-1 1"),
    claim("x**2 + y**2 - x**3 >= 0", x="-1 2", y="-1 1"),
    claim("y*exp(x) >= 0", x="- -", y=f"-1/{10**30} 1"),
    claim("x**2 - 2*x*y + y**2 > 0", "x - y >= 0", x="0 -", y="0 -"),
]


def coordinates(side: list[str | None]) -> list[str]:
    """Numbers in a side of a domain: its ends, numbers between, special numbers."""
    lo, hi = (None if end is None else Fraction(end) for end in side)
    low = lo if lo is not None else hi - 8 if hi is not None else Fraction(-8)
    high = hi if hi is not None else low + 16
    inner = [low, low + (high - low) / 3, (low + high) / 2, high, Fraction(0), Fraction(1)]
    return sorted({str(x) for x in inner if low <= x <= high})


def leaves(proposition: Json) -> list[list[list[Any]]]:
    """Every way in which one leaf of a tree (or a face and a leaf) might prove the proposition."""
    points = [list(point) for point in itertools.product(*map(coordinates, proposition["domain"]))]
    trees: list[list[list[Any]]] = [[VALUE], *([["empty", w]] for w in range(len(proposition["where"])))]
    trees += [[[kind, point]] for kind in ("mean", "hessian") for point in points]
    for v, side in enumerate(proposition["domain"]):
        trees += [[["taylor", v, p, n]] for p in coordinates(side) for n in (1, 2, 3, 4, 5, 8)]
        trees += [[["monotone", v, direction], leaf] for direction in ("up", "down")
                  for leaf in [VALUE,
                  *(["taylor", w, p, 2] for w, s in enumerate(proposition["domain"]) for p in coordinates(s))]]
    return trees


def splits(side: list[str | None]) -> list[str]:
    return [p for p in coordinates(side) if p not in side]


@pytest.mark.parametrize("proposition", FALSE, ids=map(str, range(len(FALSE))))
def test_no_cover_proves_a_false_proposition(proposition: Json) -> None:
    """All single leaves, and all ways to split in two and prove each half by a leaf: one half must fail."""
    for tree in leaves(proposition):
        with pytest.raises(kernel.Rejected):
            check(proposition, cover(*tree, precision=40))
    for v, side in enumerate(proposition["domain"]):
        for at in splits(side):
            halves = [{**proposition, "domain": [*proposition["domain"][:v], half, *proposition["domain"][v + 1:]]}
                      for half in ([side[0], at], [at, side[1]])]
            assert not all(any(accepts(half, cover(*tree, precision=40)) for tree in leaves(half)) for half in halves)


def accepts(proposition: Json, proof: Json) -> bool:
    try:
        check(proposition, proof)
    except kernel.Rejected:
        return False
    return True


@pytest.mark.parametrize("proposition", FALSE, ids=map(str, range(len(FALSE))))
def test_no_algebraic_method_proves_a_false_proposition(proposition: Json) -> None:
    n = len(proposition["domain"])
    one = [["1", [["1", [0] * n]]]]
    constraints = range(2 * n + len(proposition["where"]))
    proofs = [SHIFT, sturm([1], [1]), sturm([0, 1], [1]), sturm([], [1]), sturm([-2, 0, 1], [1]), sturm([1], [0, 1]),
              sturm([1], [0, 1, -1]), sturm([1], [0, 0, 0, 1]), sturm([1], [Fraction(-1, 10**30), 0, 1])]
    proofs += [sos(([g, *h], one), margin=margin) for g in constraints for h in ([], [0]) for margin in ("0", "1/1000")]
    proofs += [sos(([], [["1", [["1", [1, *[0] * (n - 1)]]]]]))]
    for proof in proofs:
        assert not accepts(proposition, proof), proof


# Whatever is accepted holds


LEAVES = st.one_of(
    st.just([VALUE]),
    st.tuples(st.just("taylor"), st.just(0), st.sampled_from(["-1", "0", "1/2", "1"]),
    st.integers(1, 6)).map(lambda leaf: [list(leaf)]),
    st.sampled_from([[["monotone", 0, "up"], VALUE], [["monotone", 0, "down"], VALUE]]),
    st.sampled_from(["-1", "0", "1/2", "1"]).map(lambda p: [["mean", [p]]]),
    st.sampled_from(["-1", "0", "1/2", "1"]).map(lambda p: [["hessian", [p]]]),
)
TERMS = st.recursive(
    st.sampled_from(["x", "x", "x", "1", "2", "(1/2)", "(x - 1)", "(x - 1/2)"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["exp", "tanh", "abs", "-"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        inner.map(lambda t: f"{t}**2"),
        inner.map(lambda t: f"log(1 + {t}**2)"),
        inner.map(lambda t: f"sqrt({t}**2)"),
        inner.map(lambda t: f"1/(2 + tanh({t}))"),
    ),
    max_leaves=5,
)


def value(tree: ast.expr, x: Fraction) -> arb:
    """The expression in Arb, with nothing shared with the kernel."""
    functions: Any = {"exp": lambda a: a.exp(), "tanh": lambda a: a.tanh(), "abs": abs, "log": lambda a: a.log(),
    "sqrt": lambda a: a.sqrt(),
                 "min": lambda a, b: a.min(b), "max": lambda a, b: a.max(b)}
    match tree:
        case ast.Name():
            return arb(fmpq(x.numerator, x.denominator))
        case ast.Constant(value=n):
            return arb(n)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return functions[name](*(value(argument, x) for argument in arguments))
        case ast.UnaryOp(operand=operand):
            return -value(operand, x)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = value(left, x), value(right, x)
            return {ast.Add: a.__add__, ast.Sub: a.__sub__, ast.Mult: a.__mul__, ast.Div: a.__truediv__,
            ast.Pow: a.__pow__}[type(op)](b)
    raise NotImplementedError


ACCEPTED = []


@settings(max_examples=1500, deadline=None)
@given(term=TERMS, relation=st.sampled_from([">=", ">"]), tree=LEAVES,
       domain=st.sampled_from(["-1 1", "0 1", "-1 0", "0 -", "- 0", "1/2 1", "- -", "-1 1/2"]),
       where=st.sampled_from(["", "", "x != 0", "x > 0", "x - 1 != 0"]), sign=st.sampled_from(["", "-"]))
def test_what_a_leaf_proves_holds_at_points(term: str, relation: str, tree: list[Any], domain: str, where: str,
sign: str) -> None:
    text = f"{sign}({term})"
    if not accepts(claim(f"{text} {relation} 0", where, x=domain), cover(*tree, precision=40)):
        return
    ACCEPTED.append(text)
    ctx.prec = 300
    excluded = {"": [], "x != 0": [Fraction(0)], "x > 0": [Fraction(0)], "x - 1 != 0": [Fraction(1)]}[where]
    for coordinate in [*coordinates([None if end == "-" else end for end in domain.split()]), "-1/1000", "1/1000",
    "3/4", "-3/4"]:
        x = Fraction(coordinate)
        lo, hi = ((None if end == "-" else Fraction(end)) for end in domain.split())
        if (lo is not None and x < lo) or (hi is not None and x > hi) or x in excluded or (where == "x > 0" and x < 0):
            continue
        truth = value(ast.parse(text, mode="eval").body, x)
        assert not truth < 0, (text, x)
        assert relation == ">=" or not (truth == 0 or truth < 0), (text, x)


def test_the_sample_of_accepted_leaves_was_not_empty() -> None:
    assert len(ACCEPTED) > 100


COEFFICIENTS = st.lists(st.integers(-6, 6), min_size=1, max_size=5)
ROOTS = st.lists(st.sampled_from([Fraction(r, 2) for r in range(-4, 5)]), max_size=4)


@settings(max_examples=200, deadline=None)
@given(factor=COEFFICIENTS, roots=ROOTS, lo=st.sampled_from([None, *(Fraction(r, 2) for r in range(-5, 3))]),
       hi=st.sampled_from([None, *(Fraction(r, 2) for r in range(3, 6))]))
def test_sturm_counts_the_roots_between(factor: list[int], roots: list[Fraction], lo: Fraction | None,
hi: Fraction | None) -> None:
    x = sympy.symbols("x")
    p = sympy.Poly(factor, x) * sympy.Poly(sympy.prod([2 * x - sympy.Rational(2 * r) for r in roots]) if roots else 1,
    x)
    if p.is_zero:
        return
    ours: Polynomial = {(k,): Fraction(int(c)) for (k,), c in p.terms() if c}
    low, high = (sympy.oo if end is None else sympy.Rational(end) for end in (lo, hi))
    roots_of_p = set(sympy.real_roots(p)) if p.degree() > 0 else set()
    expected = sum(1 for root in roots_of_p if (lo is None or root > low) and (hi is None or root < high))
    assert roots_between(dense(ours), lo, hi) == expected


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_what_shift_proves_holds_at_points(seed: int) -> None:
    rng = random.Random(seed)
    terms = [f"({rng.randint(-2, 4)})*x**{rng.randint(0, 2)}*y**{rng.randint(0, 2)}" for _ in range(3)]
    denominator = rng.choice(["1", "(x + 1)", "(y - 3)", "x"])
    x, y = rng.choice(["0 1", "1 -", "- 0", "0 2"]), rng.choice(["0 1", "0 -", "- -1"])
    relation, where = rng.choice([">=", ">"]), rng.choice(["", "x > 0", "y != 0", "x*y > 0"])
    text = f"({' + '.join(terms)})/{denominator}"
    if not accepts(claim(f"{text} {relation} 0", where, x=x, y=y), SHIFT):
        return
    for a, b in itertools.product(*(coordinates([None if end == "-" else end for end in side.split()]) for side in (x,
    y))):
        names = {"x": Fraction(a), "y": Fraction(b)}
        try:
            holds = all(eval(condition, dict(names)) for condition in where.split(";") if condition)
            number = eval(text, dict(names))
        except ZeroDivisionError:
            continue
        assert not holds or (number > 0 if relation == ">" else number >= 0), (text, a, b)
