"""SMT-LIB 2 scripts: strict reading of what a formulation brings, and scripts for polynomial problems.

A script reaches a solver only after it has been taken apart here and put together again from declarations, definitions and assertions: solvers obey
commands such as ``set-option`` (which opens files) and ``exit`` (which hides the assertions before it) even where they are asked for formulas only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from checkers.algebra import Algebra
from exact.polynomials import Polynomial, coefficients

Expression: TypeAlias = "str | list[Expression]"

MAX_LENGTH = 2_000_000
_MAX_DEPTH = 200
_TOKEN = re.compile(r"""\s+|;[^\n]*|(?P<token>\(|\)|\|[^|\\]*\||"(?:[^"]|"")*"|[^\s()|";]+)""")
_ALLOWED = ("set-logic", "declare-const", "declare-fun", "define-fun", "assert")
_IGNORED = ("set-info",)


class ScriptError(ValueError):
    """A script that is no list of declarations, definitions and assertions; the message says what to change."""


def read(script: str) -> list[list[Expression]]:
    """The commands of a script. Raises ScriptError."""
    commands: list[list[Expression]] = []
    for expression in _expressions(script):
        if not isinstance(expression, list) or not expression or not isinstance(expression[0], str):
            raise ScriptError(f"{_picture(expression)} is no command: write declarations and assertions in parentheses")
        name = expression[0]
        if name in _IGNORED:
            continue
        if name not in _ALLOWED:
            raise ScriptError(f"the command ({name} …) is not allowed: a Satisfiability script has {', '.join(_ALLOWED)} only; assay asks the solvers itself")
        if any(word.startswith('"') for word in _words(expression)):
            raise ScriptError("a string literal: formulas over reals, integers and Booleans have none")
        commands.append(expression)
    if not any(command[0] == "assert" for command in commands):
        raise ScriptError("the script asserts nothing")
    return commands


def write(commands: Sequence[Expression]) -> str:
    """The commands as text, one a line, with a logic, which solvers choose their methods by (where none is set, the smallest that fits)."""
    logic: list[Expression] = [] if any(command[0] == "set-logic" for command in commands) else [["set-logic", _logic(commands)]]
    return "\n".join(map(_text, [*logic, *commands])) + "\n"


def _logic(commands: Sequence[Expression]) -> str:
    """Polynomial arithmetic without quantifiers over the sorts that are declared, or everything."""
    words = set(_words(commands))
    functions = any(command[0] == "declare-fun" and command[2] for command in commands)
    if functions or not words.isdisjoint({"forall", "exists"}):
        return "ALL"
    if "Int" in words:
        return "QF_NIRA" if "Real" in words else "QF_NIA"
    return "QF_NRA" if "Real" in words else "ALL"


def _expressions(script: str) -> list[Expression]:
    if len(script) > MAX_LENGTH:
        raise ScriptError(f"a script of more than {MAX_LENGTH} characters")
    stack: list[list[Expression]] = [[]]
    at = 0
    while at < len(script):
        match = _TOKEN.match(script, at)
        if match is None:
            raise ScriptError(f"cannot read {script[at:at + 20]!r}")
        at = match.end()
        token = match["token"]
        if token == "(":
            if len(stack) > _MAX_DEPTH:
                raise ScriptError(f"nesting deeper than {_MAX_DEPTH}")
            stack.append([])
        elif token == ")":
            if len(stack) == 1:
                raise ScriptError("a closing parenthesis without an opening one")
            inner = stack.pop()
            stack[-1].append(inner)
        elif token:
            stack[-1].append(token)
    if len(stack) > 1:
        raise ScriptError(f"{len(stack) - 1} parentheses are not closed")
    return stack[0]


def _words(expressions: Sequence[Expression]) -> Iterator[str]:
    pending = list(expressions)
    while pending:
        expression = pending.pop()
        if isinstance(expression, list):
            pending.extend(expression)
        else:
            yield expression


def _text(expression: Expression) -> str:
    """The expression in SMT-LIB syntax (iteratively: scripts may nest deeply)."""
    parts: list[str] = []
    stack: list[Expression | None] = [expression]
    while stack:
        item = stack.pop()
        if item is None:
            parts.append(")")
        elif isinstance(item, list):
            parts.append("(")
            stack.append(None)
            stack.extend(reversed(item))
        else:
            parts.append(item)
    return " ".join(parts)


def _picture(expression: Expression) -> str:
    text = _text(expression)
    return text if len(text) <= 60 else f"{text[:57]}…"


# Scripts for polynomial problems


def negation(problem: Algebra) -> str:
    """The script that is satisfiable exactly when the problem has a point at which its claim fails."""
    names = [f"x{i}" for i in range(len(problem.names))]
    logic = "QF_LRA" if all(p.total_degree() <= 1 for p in (problem.target, *(q for q, _ in problem.where))) else "QF_NRA"
    commands: list[Expression] = [["set-logic", logic]]
    commands += [["declare-const", name, "Real"] for name in names]
    for name, (lo, hi) in zip(names, problem.domain, strict=True):
        for relation, end in ((">=", lo), ("<=", hi)):
            if end is not None:
                commands.append(["assert", [relation, name, _number(end)]])
    for p, relation in problem.where:
        atom: Expression = ["=" if relation in ("==", "!=") else relation, _polynomial(p, names), "0.0"]
        commands.append(["assert", ["not", atom] if relation == "!=" else atom])
    commands.append(["assert", ["<=" if problem.strict else "<", _polynomial(problem.target, names), "0.0"]])
    return write(commands)


def literal(value: Fraction | bool) -> str:
    """A value in SMT-LIB syntax."""
    return str(value).lower() if isinstance(value, bool) else _text(_number(value))


def _number(value: Fraction) -> Expression:
    size: Expression = f"{abs(value.numerator)}.0" if value.denominator == 1 else ["/", f"{abs(value.numerator)}.0", f"{value.denominator}.0"]
    return ["-", size] if value < 0 else size


def _polynomial(p: Polynomial, names: Sequence[str]) -> Expression:
    terms: list[Expression] = []
    for exponents, c in sorted(coefficients(p).items(), reverse=True):
        factors: list[Expression] = [_number(c)]
        for name, e in zip(names, exponents, strict=False):
            factors += [name] * e
        terms.append(["*", *factors] if len(factors) > 1 else factors[0])
    return ["+", *terms] if len(terms) > 1 else terms[0] if terms else "0.0"
