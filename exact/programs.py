"""Straight-line programs: functions as lists of steps (docs/certificates.md), built from sympy, evaluated in balls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb

from exact.balls import Ball, integer_power, to_arb
from exact.numerals import numeral, read_rational

if TYPE_CHECKING:
    import sympy

Step = tuple[Any, ...]


class NotExpressible(ValueError):
    """An expression with a function or a number that programs do not have."""


@dataclass(frozen=True)
class Program:
    """``steps[k]`` computes node k from earlier nodes and from ``variables``."""

    variables: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """The ``program`` object of a certificate."""
        return {"variables": list(self.variables), "steps": [list(step) for step in self.steps]}


@dataclass
class Builder:
    """Collects the steps of a program; equal steps share a node."""

    symbols: Sequence[sympy.Symbol]
    steps: list[Step] = field(default_factory=list)
    _nodes: dict[Step, int] = field(default_factory=dict)
    _known: dict[Any, int] = field(default_factory=dict)

    def step(self, *step: Any) -> int:
        """The node of a step."""
        if step not in self._nodes:
            self._nodes[step] = len(self.steps)
            self.steps.append(step)
        return self._nodes[step]

    def number(self, value: Fraction | int) -> int:
        """The node of a rational constant."""
        return self.step("num", numeral(value))

    def expression(self, expr: sympy.Expr) -> int:
        """The node of a sympy expression. Raises NotExpressible."""
        if expr not in self._known:
            self._known[expr] = self._translate(expr)
        return self._known[expr]

    def _translate(self, expr: sympy.Expr) -> int:
        import sympy as sp

        if isinstance(expr, sp.Rational):
            return self.number(Fraction(int(expr.p), int(expr.q)))
        if isinstance(expr, sp.Symbol):
            if expr not in self.symbols:
                raise NotExpressible(f"the symbol {expr} has no domain: give one")
            return self.step("var", list(self.symbols).index(expr))
        if isinstance(expr, sp.Add):
            return self._sum(expr)
        if isinstance(expr, sp.Mul):
            return self._product(expr)
        if isinstance(expr, sp.Pow):
            return self._power(*expr.as_base_exp())
        if expr == sp.E:
            return self.step("exp", self.number(1))
        if isinstance(expr, sp.Max | sp.Min):
            return self._fold("max" if isinstance(expr, sp.Max) else "min", map(self.expression, _ordered(expr.args)))
        return self._function(expr)

    def _function(self, expr: sympy.Expr) -> int:
        import sympy as sp

        direct: dict[Any, str] = {sp.exp: "exp", sp.log: "log", sp.tanh: "tanh", sp.Abs: "abs"}
        if expr.func in direct and len(expr.args) == 1:
            return self.step(direct[expr.func], self.expression(expr.args[0]))
        if isinstance(expr, sp.sinh | sp.cosh | sp.coth | sp.sech | sp.csch):
            return self.expression(expr.rewrite(sp.tanh) if isinstance(expr, sp.coth) else expr.rewrite(sp.exp))
        if isinstance(expr, sp.Float):
            raise NotExpressible(f"{expr} is a float: write an exact sympy.Rational (or a string) instead")
        raise NotExpressible(f"{expr.func.__name__} is not among + - * / powers, exp, log, sqrt, tanh, min, max, abs")

    def _fold(self, name: str, nodes: Iterable[int]) -> int:
        nodes = list(nodes)
        total = nodes[0]
        for node in nodes[1:]:
            total = self.step(name, total, node)
        return total

    def _sum(self, expr: sympy.Add) -> int:
        plus = [term for term in _ordered(expr.args) if not term.could_extract_minus_sign()]
        minus = [term for term in _ordered(expr.args) if term.could_extract_minus_sign()]
        if not plus:
            return self.step("neg", self._fold("add", [self.expression(-term) for term in minus]))
        total = self._fold("add", [self.expression(term) for term in plus])
        for term in minus:
            total = self.step("sub", total, self.expression(-term))
        return total

    def _product(self, expr: sympy.Mul) -> int:
        top, bottom = expr.as_numer_denom()
        if bottom != 1:
            return self.step("div", self.expression(top), self.expression(bottom))
        factors = list(_ordered(expr.args))
        if factors[0] == -1:
            return self.step("neg", self._fold("mul", [self.expression(factor) for factor in factors[1:]]))
        return self._fold("mul", [self.expression(factor) for factor in factors])

    def _power(self, base: sympy.Expr, exponent: sympy.Expr) -> int:
        import sympy as sp

        if isinstance(exponent, sp.Integer):
            return self.step("pow", self.expression(base), int(exponent))
        if base == sp.E:
            return self.step("exp", self.expression(exponent))
        if isinstance(exponent, sp.Rational) and exponent.q == 2:
            root = self.step("sqrt", self.expression(base))
            return root if exponent.p == 1 else self.step("pow", root, int(exponent.p))
        return self.step("rpow", self.expression(base), self.expression(exponent))

    def program(self) -> Program:
        """What has been collected."""
        return Program(tuple(str(symbol) for symbol in self.symbols), tuple(self.steps))


def _ordered(args: Sequence[Any]) -> list[Any]:
    from sympy import default_sort_key

    return sorted(args, key=default_sort_key)


def from_sympy(expressions: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol]) -> tuple[Program, tuple[int, ...]]:
    """The program that computes the expressions, and the node of each. Raises NotExpressible."""
    builder = Builder(tuple(symbols))
    nodes = tuple(builder.expression(expression) for expression in expressions)
    return builder.program(), nodes


def evaluate(program: Program, values: Sequence[Any]) -> list[Any]:
    """Every node's value, for exact numbers of any kind that :mod:`exact.reals` knows (one per variable)."""
    from exact import reals

    nodes: list[Any] = []
    for step in program.steps:
        name, args = step[0], step[1:]
        if name == "num":
            nodes.append(read_numeral(args[0]))
        elif name == "var":
            nodes.append(values[args[0]])
        elif name == "ball":
            nodes.append(args[0])
        elif name in ("add", "sub", "mul", "div"):
            nodes.append(_ARITHMETIC[name](nodes[args[0]], nodes[args[1]]))
        elif name == "neg":
            nodes.append(-nodes[args[0]])
        elif name == "abs":
            nodes.append(abs(nodes[args[0]]))
        elif name == "pow":
            nodes.append(nodes[args[0]] ** args[1])
        elif name == "ipow":
            nodes.append(nodes[args[0]] ** int(nodes[args[1]]))
        elif name == "rpow":
            nodes.append(reals.exp(nodes[args[1]] * reals.log(nodes[args[0]])))
        elif name in ("min", "max"):
            nodes.append((reals.minimum if name == "min" else reals.maximum)([nodes[args[0]], nodes[args[1]]]))
        else:
            nodes.append(getattr(reals, name)(nodes[args[0]]))
    return nodes


_ARITHMETIC: Mapping[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
}


def read_numeral(text: str) -> Fraction:
    """The inverse of :func:`exact.numerals.numeral`."""
    if "x" not in text:
        return read_rational(text)
    top, _, bottom = text.partition("/")
    return Fraction(int(top, 0), int(bottom, 0) if bottom else 1)


Gradient = dict[int, arb]


def evaluate_with_gradient(program: Program, values: Sequence[arb]) -> list[tuple[arb, Gradient]]:
    """Every node's ball and the balls of its partial derivatives (absent: zero), by forward differentiation.

    Steps: arithmetic, ``pow``, ``exp``, ``log``, ``sqrt``, ``tanh``, constants and variables (min, max and abs are not differentiable).
    """
    nodes: list[tuple[arb, Gradient]] = []
    for step in program.steps:
        nodes.append(_differentiate(step, nodes, values))
    return nodes


def _differentiate(step: Step, nodes: Sequence[tuple[arb, Gradient]], values: Sequence[arb]) -> tuple[arb, Gradient]:
    name, args = step[0], step[1:]
    if name == "num":
        return to_arb(read_numeral(args[0])), {}
    if name == "ball":
        return args[0].arb, {}
    if name == "var":
        return values[args[0]], {args[0]: arb(1)}
    a, da = nodes[args[0]]
    if name in ("add", "sub", "mul", "div"):
        b, db = nodes[args[1]]
        if name == "add":
            return a + b, _combine(da, arb(1), db, arb(1))
        if name == "sub":
            return a - b, _combine(da, arb(1), db, arb(-1))
        if name == "mul":
            return a * b, _combine(da, b, db, a)
        quotient = Ball(a).__truediv__(Ball(b)).arb
        return quotient, _combine(da, 1 / b, db, -quotient / b)
    value, slope = _unary(name, a, args)
    return value, {index: slope * derivative for index, derivative in da.items()}


def _unary(name: str, a: arb, args: Sequence[Any]) -> tuple[arb, arb]:
    if name == "neg":
        return -a, arb(-1)
    if name == "pow":
        n = args[1]
        return integer_power(a, n), (n * integer_power(a, n - 1) if n else arb(0))
    if name == "exp":
        value = a.exp()
        return value, value
    if name == "log":
        return a.log(), 1 / a
    if name == "sqrt":
        value = a.sqrt()
        return value, 1 / (2 * value)
    if name == "tanh":
        value = a.tanh()
        return value, 1 - value * value
    raise NotExpressible(f"the step {name!r} has no derivative here")


def _combine(da: Gradient, u: arb, db: Gradient, v: arb) -> Gradient:
    total = {index: u * derivative for index, derivative in da.items()}
    for index, derivative in db.items():
        total[index] = total[index] + v * derivative if index in total else v * derivative
    return total
