"""A counterexample's exact evaluation, step by step: the straight-line program of its certificate, with the value of every step.

The kernel has accepted the certificate when the run was made. Here its program is run once more by the kernel's own arithmetic, only to show what
each step comes to: an exact rational, or an enclosure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checkers.kernel import Rejected
from checkers.kernel.documents import parse
from checkers.kernel.intervals import Interval, Value
from checkers.kernel.programs import Source, evaluate, read_program
from reports.html.numbers import decimal, read

FIRST, LAST = 60, 40
"""Steps that are shown of a long program, from its beginning and from its end."""
LONGEST_CODE = 120
"""Steps of a program that is shown as Python code."""
_LONGEST_NUMBER = 40
_SIGNS = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}
_FUNCTIONS = {"exp": "exp", "log": "log", "sqrt": "√", "tanh": "tanh"}
_RELATIONS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "<": "<", ">": ">"}
_REALS = {"exp": ("exp",), "log": ("log",), "sqrt": ("sqrt",), "tanh": ("tanh",), "rpow": ("exp", "log"), "min": ("minimum",), "max": ("maximum",)}
"""What an operation takes from exact.reals."""
_OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "ipow": "**"}


@dataclass(frozen=True)
class Line:
    """One step: its number, what it does, and what it comes to."""

    number: int
    operation: str
    value: str


@dataclass(frozen=True)
class Evaluation:
    """The steps that are shown, how many there are in all, and how many are left out after the first ones.

    ``conclusion`` are the relations that are proved, in words and in numbers; ``python`` the same computation as code, where that is short.
    """

    lines: tuple[Line, ...]
    total: int
    left_out: int
    conclusion: tuple[str, ...]
    comparisons: int
    linear_programs: tuple[Program, ...]
    programs_left_out: int
    python: str

    @property
    def beginning(self) -> tuple[Line, ...]:
        """The lines before the gap; all of them, where there is none."""
        return self.lines[:FIRST] if self.left_out else self.lines

    @property
    def end(self) -> tuple[Line, ...]:
        """The lines after the gap."""
        return self.lines[FIRST:] if self.left_out else ()


@dataclass(frozen=True)
class Program:
    """A linear program whose optimum a step uses, written out."""

    sense: str
    value: str
    columns: int
    objective: str
    rows: tuple[str, ...]
    rows_left_out: int
    bounds: str
    primal: str
    dual: str


def evaluation(certificate: Mapping[str, Any] | None) -> Evaluation | None:
    """The evaluation that a certificate of type ``evaluation`` records; None for another type, or for one that the kernel's reader does not take."""
    if certificate is None or certificate.get("type") != "evaluation":
        return None
    try:
        return _evaluation(certificate["proposition"], certificate["proof"])
    except (Rejected, KeyError, TypeError, ValueError, IndexError):
        return None


def _evaluation(proposition: Mapping[str, Any], proof: Mapping[str, Any]) -> Evaluation:
    steps, systems, programs = proposition["program"]["steps"], proposition["systems"], proposition["linear_programs"]
    program = read_program(parse({"program": proposition["program"]}).member("program"), [len(system["box"]) for system in systems], len(programs))
    values = evaluate(program, _inputs(systems, programs), proof["precision"], "program")
    shown = [*range(len(steps))] if len(steps) <= FIRST + LAST else [*range(FIRST), *range(len(steps) - LAST, len(steps))]
    lines = tuple(Line(k, _operation(steps[k]), _told(values[k])) for k in shown)
    conclusion = tuple(f"({i}) {_RELATIONS[relation]} ({j}):  {_told(values[i])} {_RELATIONS[relation]} {_told(values[j])}"
                       for relation, i, j in proposition["conclusion"])
    return Evaluation(
        lines, len(steps), len(steps) - len(shown), conclusion, len(proof["steering"]),
        tuple(_program(stated, given) for stated, given in list(zip(programs, proof["optima"], strict=True))[:_MOST_PROGRAMS]),
        max(0, len(programs) - _MOST_PROGRAMS), _python(steps, proposition["conclusion"], programs))


def _inputs(systems: Sequence[Mapping[str, Any]], programs: Sequence[Mapping[str, Any]]) -> dict[Source, Value]:
    """What comes from outside the program: optima, and the boxes that hold the roots."""
    found: dict[Source, Value] = {Source("optimum", number): Fraction(read(stated["value"]) or 0) for number, stated in enumerate(programs)}
    for number, system in enumerate(systems):
        for component, (lo, hi) in enumerate(system["box"]):
            found[Source("unknown", number, component)] = Interval(read(lo), read(hi))
    return found


def _operation(step: Sequence[Any]) -> str:
    """A step in words; ``(k)`` is what step k came to."""
    name = step[0]
    if name == "num":
        return "given"
    if name == "optimum":
        return f"the optimum of linear program {step[1] + 1}"
    if name == "unknown":
        return f"unknown {step[2] + 1} of system {step[1] + 1}"
    if name in _SIGNS:
        return f"({step[1]}) {_SIGNS[name]} ({step[2]})"
    if name in _FUNCTIONS:
        return f"{_FUNCTIONS[name]} ({step[1]})"
    if name == "pow":
        return f"({step[1]}) to the power {step[2]}"
    if name in ("ipow", "rpow"):
        return f"({step[1]}) to the power ({step[2]})"
    return {"neg": "−({0})", "abs": "|({0})|", "min": "the lesser of ({0}) and ({1})", "max": "the greater of ({0}) and ({1})"}[name].format(*step[1:])


def _told(value: Value) -> str:
    """Exactly, where that is short; else the leading digits. An enclosure by the leading digits of its middle, and its width."""
    if not isinstance(value, Interval):
        text = str(value) if value.numerator.bit_length() + value.denominator.bit_length() < 4 * _LONGEST_NUMBER else ""
        return text.replace("-", "−") if text and len(text) <= _LONGEST_NUMBER else f"≈ {decimal(value, 12)}"
    if value.lo is None or value.hi is None:
        return "unbounded"
    return f"≈ {decimal((value.lo + value.hi) / 2, 12)}, known to {decimal(value.hi - value.lo, 2)}"


def _short(text: str) -> str:
    exact = read(text)
    return text if len(text) <= _LONGEST_NUMBER or exact is None else f"≈ {decimal(exact, 12)} ({len(text)} characters)"


# Linear programs, written out

_MOST_PROGRAMS, _MOST_ROWS, _MOST_TERMS = 3, 24, 12


def _program(stated: Mapping[str, Any], given: Mapping[str, Any]) -> Program:
    rows = tuple(_row(row) for row in stated["rows"][:_MOST_ROWS])
    offset = "" if stated["offset"] == "0" else f" + {_short(stated['offset'])}"
    return Program(stated["sense"], _short(str(stated["value"])), stated["columns"], _sum(stated["objective"]) + offset, rows,
                   max(0, len(stated["rows"]) - _MOST_ROWS), _bounds(stated["bounds"]), _vector(given["primal"], "x"), _vector(given["dual"], "y"))


def _row(row: Mapping[str, Any]) -> str:
    lower, upper = row["lower"], row["upper"]
    if lower is not None and lower == upper:
        return f"{_sum(row['entries'])} = {_short(lower)}"
    return ("" if lower is None else f"{_short(lower)} ≤ ") + _sum(row["entries"]) + ("" if upper is None else f" ≤ {_short(upper)}")


def _sum(entries: Sequence[tuple[int, str]]) -> str:
    terms = [f"{'' if c == '1' else '−' if c == '-1' else _short(c).replace('-', '−') + '·'}x{_subscript(j)}" for j, c in entries[:_MOST_TERMS]]
    text = " + ".join(terms).replace("+ −", "− ") or "0"
    return text if len(entries) <= _MOST_TERMS else f"{text} + … ({len(entries)} terms)"


def _bounds(bounds: Mapping[str, Any]) -> str:
    lo, hi = bounds["default"]
    usual = ("" if lo is None else f"{_short(lo)} ≤ ") + "each x" + ("" if hi is None else f" ≤ {_short(hi)}")
    special = [f"x{_subscript(j)} in [{'−∞' if low is None else _short(low)}, {'∞' if high is None else _short(high)}]" for j, low, high in bounds["except"]]
    listed = "; ".join(special[:_MOST_TERMS]) + (" …" if len(special) > _MOST_TERMS else "")
    return "; ".join(part for part in (usual if usual != "each x" else "", listed) if part) or "none: the variables are free"


def _vector(vector: Mapping[str, Any] | None, letter: str) -> str:
    if vector is None:
        return ""
    denominator = read(vector["denominator"]) or Fraction(1)
    parts = [f"{letter}{_subscript(j)} = {_told((read(numerator) or Fraction(0)) / denominator)}" for j, numerator in vector["entries"][:_MOST_TERMS]]
    rest = len(vector["entries"]) - _MOST_TERMS
    return (", ".join(parts) or "all 0") + (f" and {rest} more" if rest > 0 else "") + ("; all others 0" if parts else "")


def _subscript(index: int) -> str:
    return str(index).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


# The same as Python code


def _python(steps: Sequence[Sequence[Any]], conclusion: Sequence[Sequence[Any]], programs: Sequence[Mapping[str, Any]]) -> str:
    """The program as lines of Python, exact where it needs no more than the four operations; empty for a long one, or one about a root."""
    numbers = [step[1] for step in steps if step[0] == "num"] + [str(program["value"]) for program in programs]
    operations = {step[0] for step in steps}
    if len(steps) > LONGEST_CODE or "unknown" in operations or any(len(text) > 10 * _LONGEST_NUMBER for text in numbers):
        return ""
    used = sorted({name for operation in operations for name in _REALS.get(operation, ())})
    lines = ["from fractions import Fraction"] + ([f"from exact.reals import {', '.join(used)}"] if used else [])
    lines += [f"n{k} = {_code(step, programs)}" for k, step in enumerate(steps)]
    return "\n".join(lines + [f"assert n{i} {relation} n{j}" for relation, i, j in conclusion])


def _code(step: Sequence[Any], programs: Sequence[Mapping[str, Any]]) -> str:
    name = step[0]
    if name == "num":
        return f"Fraction({str(read(step[1]))!r})"
    if name == "optimum":
        return f"Fraction({str(read(programs[step[1]]['value']))!r})  # the optimum of linear program {step[1] + 1}, proved in the certificate"
    if name in _OPERATORS:
        return f"n{step[1]} {_OPERATORS[name]} " + (f"int(n{step[2]})" if name == "ipow" else f"n{step[2]}")
    if name == "pow":
        return f"n{step[1]}**{step[2]}" if step[2] >= 0 else f"1 / n{step[1]}**{-step[2]}"
    if name == "rpow":
        return f"exp(n{step[2]} * log(n{step[1]}))"
    if name == "neg":
        return f"-n{step[1]}"
    if name in ("min", "max"):
        return f"{_REALS[name][0]}([n{step[1]}, n{step[2]}])"
    return f"{name}(n{step[1]})"
