"""SMT-LIB formulas at a model: their truth, by exact arithmetic, and the comparisons of numbers that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from checkers.smtlib import Expression
from exact.numerals import numeral, read_rational
from exact.programs import Step

_ARITHMETIC = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class NotArithmetic(ValueError):
    """A construct whose value at a model is not computed here (quantifiers, uninterpreted functions, other sorts)."""


@dataclass(frozen=True)
class Number:
    """A rational value and the node that computes it."""

    value: Fraction
    node: int


@dataclass
class Arithmetic:
    """A model, the script's definitions, and the program and comparisons that evaluation leaves behind."""

    definitions: Mapping[str, tuple[tuple[str, ...], Expression]]
    values: Mapping[str, Any]
    steps: list[Step] = field(default_factory=list)
    comparisons: list[tuple[str, int, int]] = field(default_factory=list)
    bound: Mapping[str, Any] = field(default_factory=dict)

    def number(self, value: Fraction) -> Number:
        """A constant."""
        return self.step(value, "num", numeral(value))

    def step(self, value: Fraction, *step: Any) -> Number:
        """A computed number."""
        self.steps.append(step)
        return Number(value, len(self.steps) - 1)

    def compare(self, relation: str, left: Number, right: Number) -> bool:
        """The truth of a comparison, kept as what is true."""
        true = {
            "<": left.value < right.value, "<=": left.value <= right.value, ">": left.value > right.value, ">=": left.value >= right.value,
            "==": left.value == right.value, "!=": left.value != right.value,
        }[relation]
        self.comparisons.append((relation if true else _CONTRARY[relation], left.node, right.node))
        return true

    def within(self, bound: Mapping[str, Any]) -> Arithmetic:
        """The same evaluation with further names bound; program and comparisons are shared."""
        return replace(self, bound={**self.bound, **bound})


def truth(formula: Expression, at: Arithmetic) -> bool:
    """Whether a formula is true at the model. Raises NotArithmetic."""
    value = evaluate(formula, at)
    if not isinstance(value, bool):
        raise NotArithmetic("a number where a formula is due")
    return value


def evaluate(expression: Expression, at: Arithmetic) -> bool | Number:
    """The value of a term or formula at the model. Raises NotArithmetic."""
    if isinstance(expression, str):
        return _symbol(expression, at)
    if not expression:
        raise NotArithmetic("an empty term")
    head, arguments = expression[0], expression[1:]
    if head == "let":
        pairs = [pair for pair in arguments[0] if isinstance(pair, list)]
        return evaluate(arguments[1], at.within({str(pair[0]): evaluate(pair[1], at) for pair in pairs}))
    if head == "!":
        return evaluate(arguments[0], at)
    if not isinstance(head, str):
        raise NotArithmetic("an indexed or qualified function")
    if head in at.definitions:
        names, body = at.definitions[head]
        return evaluate(body, at.within({name: evaluate(argument, at) for name, argument in zip(names, arguments, strict=True)}))
    if head in ("ite", "if"):
        return evaluate(arguments[1] if truth(arguments[0], at) else arguments[2], at)
    if head in ("and", "or", "not", "=>", "xor"):
        return _connective(head, [truth(argument, at) for argument in arguments])
    return _application(head, [evaluate(argument, at) for argument in arguments], at)


def _symbol(name: str, at: Arithmetic) -> bool | Number:
    if name in at.bound:
        value: bool | Number = at.bound[name]
        return value
    if name in ("true", "false"):
        return name == "true"
    if name in at.definitions and not at.definitions[name][0]:
        return evaluate(at.definitions[name][1], at)
    plain = name.strip("|")
    if plain in at.values:
        found = at.values[plain]
        return found if isinstance(found, bool) else at.number(Fraction(found))
    try:
        return at.number(read_rational(name))
    except ValueError:
        raise NotArithmetic(f"{name} has no value in the model") from None


def _connective(head: str, values: Sequence[bool]) -> bool:
    if head == "not":
        return not values[0]
    if head == "and":
        return all(values)
    if head == "or":
        return any(values)
    if head == "xor":
        return reduce(lambda a, b: a != b, values)
    return not all(values[:-1]) or values[-1]


def _application(head: str, values: Sequence[bool | Number], at: Arithmetic) -> bool | Number:
    if head in ("=", "distinct") and all(isinstance(value, bool) for value in values):
        return len(set(values)) == 1 if head == "=" else len(set(values)) == len(values)
    numbers = [value for value in values if isinstance(value, Number)]
    if len(numbers) < len(values) or not numbers:
        raise NotArithmetic(f"{head} of Boolean values")
    if head in ("<", "<=", ">", ">=", "="):
        relation = "==" if head == "=" else head
        return all(at.compare(relation, a, b) for a, b in pairwise(numbers))
    if head == "distinct":
        return all(at.compare("!=", a, b) for i, a in enumerate(numbers) for b in numbers[i + 1:])
    if head == "-" and len(numbers) == 1:
        return at.step(-numbers[0].value, "neg", numbers[0].node)
    if head == "abs":
        return at.step(abs(numbers[0].value), "abs", numbers[0].node)
    if head == "to_real":
        return numbers[0]
    if head in _ARITHMETIC:
        return reduce(lambda a, b: _combine(head, a, b, at), numbers)
    raise NotArithmetic(f"the function {head}")


def _combine(head: str, a: Number, b: Number, at: Arithmetic) -> Number:
    if head == "/" and b.value == 0:
        raise NotArithmetic("a division by 0, whose value the solver chose")
    value = {"+": lambda: a.value + b.value, "-": lambda: a.value - b.value, "*": lambda: a.value * b.value, "/": lambda: a.value / b.value}[head]()
    return at.step(value, _ARITHMETIC[head], a.node, b.node)
