"""Recording numbers: run a quantity once and keep what it computed, step by step.

A :class:`Recorded` number carries its value (a ``Fraction`` or a rigorous ball) and the node of the straight-line program
that computes it. Every operation is noted, and so is every comparison, because it steered the run. The result is the
program of an ``evaluation`` certificate (docs/certificates.md), which the kernel replays without any paper's code.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any

from exact.balls import Ball
from exact.numerals import numeral

Step = tuple[Any, ...]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}
_NEGATION = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class System:
    """Equations with exactly one root in a box: what an ``unknown`` step refers to."""

    equations: tuple[int, ...]
    box: tuple[tuple[Fraction, Fraction], ...]
    preconditioner: tuple[tuple[Fraction, ...], ...]


@dataclass
class Recorder:
    """The program under construction."""

    steps: list[Step] = field(default_factory=list)
    steering: list[tuple[str, int, int]] = field(default_factory=list)
    systems: list[System | None] = field(default_factory=list)
    linear_programs: list[Any] = field(default_factory=list)
    depth: int = 0
    scratch: bool = False
    _nodes: dict[Step, int] = field(default_factory=dict)
    _seen: set[tuple[str, int, int]] = field(default_factory=set)

    def step(self, *step: Any) -> int:
        """The node of a step; a step that was recorded before keeps its node."""
        node = self._nodes.get(step)
        if node is None:
            node = self._nodes[step] = len(self.steps)
            self.steps.append(step)
        return node

    def number(self, value: Any) -> Recorded:
        """A recorded constant; a number of an outer recording enters a scratch recording as its value."""
        if isinstance(value, Recorded):
            if value.recorder is self:
                return value
            value = value.value
        if isinstance(value, Ball):
            if not self.scratch:
                raise TypeError(f"{value} is not rational: record the operations that led to it, from rational inputs")
            node = len(self.steps)
            self.steps.append(("ball", value))
            return Recorded(self, node, value)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise TypeError(f"{value!r} is no exact number: floats and other types never enter a recording")
        return Recorded(self, self.step("num", numeral(Fraction(value))), Fraction(value))

    def compared(self, relation: str, left: Recorded, right: Recorded) -> bool:
        """The truth of ``left relation right``, noted as a comparison that steered the run."""
        holds = _COMPARISONS[relation](left.value, right.value)
        entry = (relation if holds else _NEGATION[relation], left.node, right.node)
        if entry not in self._seen:
            self._seen.add(entry)
            self.steering.append(entry)
        return holds

    def lift(self, value: Any) -> Any:
        """The same structure with every ``Fraction`` in it recorded (dataclasses, tuples, lists, mappings; ints stay)."""
        if isinstance(value, Fraction):
            return self.number(value)
        if isinstance(value, tuple) and hasattr(value, "_make"):
            return value._make(self.lift(item) for item in value)
        if isinstance(value, tuple | list):
            return type(value)(self.lift(item) for item in value)
        if isinstance(value, Mapping):
            return {key: self.lift(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            copy = object.__new__(type(value))
            for entry in fields(value):
                object.__setattr__(copy, entry.name, self.lift(getattr(value, entry.name)))
            return copy
        return value

    def optimum(self, solution: Any) -> Recorded:
        """The optimal value of a solved :mod:`exact.linear_programs` problem as a recorded number."""
        self.linear_programs.append(solution)
        return Recorded(self, self.step("optimum", len(self.linear_programs) - 1), solution.value)

    def document(self, conclusion: Sequence[tuple[str, Any, Any]], about: Mapping[str, Any],
                 precision: int = 128) -> dict[str, Any]:
        """The ``evaluation`` certificate that the relations of ``conclusion`` hold between recorded numbers."""
        relations = [(relation, self.number(left).node, self.number(right).node) for relation, left, right in conclusion]
        if any(system is None for system in self.systems):
            raise ValueError("a system of equations was opened and never closed")
        closed = [system for system in self.systems if system is not None]
        solved = [solution.certificate() for solution in self.linear_programs]
        return {
            "schema": "assay.certificate/1",
            "type": "evaluation",
            "about": dict(about),
            "proposition": {
                "program": {"variables": [], "steps": [list(step) for step in self.steps]},
                "conclusion": [list(relation) for relation in relations],
                "systems": [
                    {"equations": list(system.equations), "box": [[numeral(lo), numeral(hi)] for lo, hi in system.box]}
                    for system in closed
                ],
                "linear_programs": [document["proposition"] for document in solved],
            },
            "proof": {
                "precision": precision,
                "steering": [list(entry) for entry in self.steering],
                "preconditioners": [[[numeral(x) for x in row] for row in system.preconditioner] for system in closed],
                "optima": [document["proof"] for document in solved],
            },
        }


_ACTIVE: ContextVar[Recorder | None] = ContextVar("active recorder", default=None)


def active() -> Recorder | None:
    """The recorder of the innermost ``with recording()`` block, or None."""
    return _ACTIVE.get()


@contextmanager
def recording(scratch: bool = False) -> Iterator[Recorder]:
    """Record inside the block. A ``scratch`` recording may hold balls as constants and yields no certificate."""
    outer = active()
    recorder = Recorder(depth=outer.depth + 1 if outer else 0, scratch=scratch)
    token = _ACTIVE.set(recorder)
    try:
        yield recorder
    finally:
        _ACTIVE.reset(token)


class Recorded:
    """A number with its value and its node. Behaves as a number; comparisons steer, and are noted."""

    __slots__ = ("recorder", "node", "value")
    __hash__ = None  # type: ignore[assignment]  # equal numbers at different nodes are different records

    def __init__(self, recorder: Recorder, node: int, value: Fraction | Ball) -> None:
        self.recorder, self.node, self.value = recorder, node, value

    def _pair(self, other: object) -> tuple[Recorder, Recorded, Recorded] | None:
        if not isinstance(other, Recorded | Ball | Fraction | int):
            return None
        recorder = self.recorder
        if isinstance(other, Recorded) and other.recorder.depth > recorder.depth:
            recorder = other.recorder
        return recorder, recorder.number(self), recorder.number(other)

    def _binary(self, name: str, other: object, compute: Callable[[Any, Any], Any], reflected: bool = False) -> Recorded:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented  # type: ignore[no-any-return]
        recorder, left, right = pair
        if reflected:
            left, right = right, left
        value = compute(left.value, right.value)
        return Recorded(recorder, recorder.step(name, left.node, right.node), value)

    def _unary(self, name: str, value: Any) -> Recorded:
        return Recorded(self.recorder, self.recorder.step(name, self.node), value)

    def __add__(self, other: object) -> Recorded:
        return self._binary("add", other, operator.add)

    def __radd__(self, other: object) -> Recorded:
        return self._binary("add", other, operator.add, reflected=True)

    def __sub__(self, other: object) -> Recorded:
        return self._binary("sub", other, operator.sub)

    def __rsub__(self, other: object) -> Recorded:
        return self._binary("sub", other, operator.sub, reflected=True)

    def __mul__(self, other: object) -> Recorded:
        return self._binary("mul", other, operator.mul)

    def __rmul__(self, other: object) -> Recorded:
        return self._binary("mul", other, operator.mul, reflected=True)

    def __truediv__(self, other: object) -> Recorded:
        return self._binary("div", other, operator.truediv)

    def __rtruediv__(self, other: object) -> Recorded:
        return self._binary("div", other, operator.truediv, reflected=True)

    def __neg__(self) -> Recorded:
        return self._unary("neg", -self.value)

    def __pos__(self) -> Recorded:
        return self

    def __abs__(self) -> Recorded:
        return self._unary("abs", abs(self.value))

    def __pow__(self, exponent: object) -> Recorded:
        """An integer power; a recorded exponent (a grid variable, say) must have an integer as its value, which the certificate re-checks."""
        if isinstance(exponent, Recorded):
            return self._binary("ipow", exponent, _integer_power)
        if isinstance(exponent, Fraction) and exponent.denominator == 1:
            exponent = int(exponent)
        if not isinstance(exponent, int):
            return NotImplemented
        return Recorded(self.recorder, self.recorder.step("pow", self.node, exponent), self.value**exponent)

    def __rpow__(self, base: object) -> Recorded:
        return self._binary("ipow", base, _integer_power, reflected=True)

    def exp(self) -> Recorded:
        """e to this number."""
        return self._unary("exp", _plain("exp", self.value))

    def log(self) -> Recorded:
        """Natural logarithm."""
        return self._unary("log", _plain("log", self.value))

    def sqrt(self) -> Recorded:
        """Square root."""
        return self._unary("sqrt", _plain("sqrt", self.value))

    def tanh(self) -> Recorded:
        """Hyperbolic tangent."""
        return self._unary("tanh", _plain("tanh", self.value))

    @staticmethod
    def extremum(left: Any, right: Any, sign: int) -> Recorded:
        """The greater (``sign`` 1) or the smaller (-1) of two numbers, at least one of them recorded."""
        from exact.reals import maximum, minimum

        first, second = (left, right) if isinstance(left, Recorded) else (right, left)
        name, compute = ("max", maximum) if sign > 0 else ("min", minimum)
        return first._binary(name, second, lambda a, b: compute([a, b]))

    def _compared(self, relation: str, other: object) -> bool:
        pair = self._pair(other)
        if pair is None:
            return NotImplemented  # type: ignore[no-any-return]
        recorder, left, right = pair
        return recorder.compared(relation, left, right)

    def __lt__(self, other: object) -> bool:
        return self._compared("<", other)

    def __le__(self, other: object) -> bool:
        return self._compared("<=", other)

    def __gt__(self, other: object) -> bool:
        return self._compared(">", other)

    def __ge__(self, other: object) -> bool:
        return self._compared(">=", other)

    def __eq__(self, other: object) -> bool:
        return self._compared("==", other)

    def __ne__(self, other: object) -> bool:
        return self._compared("!=", other)

    def __bool__(self) -> bool:
        return self != 0

    def __float__(self) -> float:
        """A float to find candidates with; it never decides."""
        return float(self.value)

    def __repr__(self) -> str:
        return f"Recorded({self.value}, node {self.node})"


def _integer_power(base: Fraction | Ball, exponent: Fraction | Ball) -> Fraction | Ball:
    if not isinstance(exponent, Fraction) or exponent.denominator != 1:
        raise TypeError(f"a power with the exponent {exponent}, which is no integer: write exp(exponent * log(base))")
    return base ** int(exponent)


def _plain(name: str, value: Fraction | Ball) -> Fraction | Ball:
    from exact.reals import of_plain

    return of_plain(name, value)
