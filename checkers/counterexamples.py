"""Points at which an inequality or an identity fails: found in floats, decided exactly, made short, certified.

Floats only propose: simple and random points of the domain, tails included, and local minima of the gap between the two sides. A proposal counts when rigorous
enclosures prove the violation at a rational point; that point is then replaced by the simplest one near it that still violates the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import Any

import sympy

from checkers.certify import NEGATION, show, side_numbers
from checkers.evidence import Evidence
from checkers.landscapes import Landscape, Point
from checkers.proposals import proposals, touching_values
from checkers.propositions import SCHEMA, Document, Side, rejection
from checkers.statements import Compiled, Statement, compiled
from exact import intervals as iv
from exact.balls import Ball, working_precision
from exact.boxes import BoxFunction
from exact.intervals import Interval, Undefined
from exact.numerals import numeral
from exact.programs import Step
from exact.python_source import python_source
from exact.simplest import simplest_between

PRECISIONS = (96, 256, 1024, 4096)
_WHEN_SHORTENING = PRECISIONS[:2]
_GLANCE = 400


@dataclass(frozen=True)
class Counterexample:
    """A point of the region at which the statement fails, the two sides there, and the certificate that the kernel accepted."""

    statement: Statement
    point: Point
    left: Fraction | Ball
    right: Fraction | Ball
    document: Document

    def evidence(self, checker: str, note: str) -> Evidence:
        """The refutation."""
        instance = {str(symbol): numeral(value) for symbol, value in zip(self.statement.symbols, self.point, strict=True)}
        example = {
            "instance": instance,
            "statement": f"left = {show(self.left)}, right = {show(self.right)}: left {self.statement.relation} right fails",
            "python": self.python(),
            "certificate": self.document,
        }
        return Evidence(checker=checker, status="refuted", scope=self.statement.scope, trust="kernel", counterexample=example, note=note,
                        **side_numbers(self.statement.relation, self.left, self.right))

    def python(self) -> str:
        """Lines that evaluate both sides again, exactly or in rigorous balls."""
        lines = ["from fractions import Fraction", "from exact.reals import exp, log, maximum, minimum, sqrt, tanh"]
        lines += [f"{_identifier(symbol)} = {value!r}" for symbol, value in zip(self.statement.symbols, self.point, strict=True)]
        lines += [f"left = {python_source(self.statement.left)}", f"right = {python_source(self.statement.right)}"]
        return "\n".join([*lines, f"assert left {NEGATION[self.statement.relation]} right"])


def _identifier(symbol: sympy.Symbol) -> str:
    return python_source(symbol)


@dataclass
class Falsifier:
    """Decides, exactly, whether a statement fails at a point."""

    statement: Statement
    program: Compiled = field(init=False)
    landscape: Landscape = field(init=False)
    function: BoxFunction = field(init=False)

    def __post_init__(self) -> None:
        self.program = compiled(self.statement)
        self.landscape = Landscape(self.statement, self.program)
        self.function = BoxFunction(self.program.program, [self.program.left, self.program.right, *(node for _, node in self.program.where)])

    def fails_at(self, point: Sequence[Fraction], precisions: Sequence[int] = PRECISIONS) -> bool:
        """Whether the point lies in the region and enclosures prove, with one of these numbers of bits, that the statement fails there."""
        if not all(_in_side(x, side) for x, side in zip(point, self.statement.domain, strict=True)):
            return False
        box = [iv.point(x) for x in point]
        for bits in precisions:
            verdict = self._verdict(box, bits)
            if verdict is not None:
                return verdict
        return False

    def _verdict(self, box: Sequence[Interval], bits: int) -> bool | None:
        try:
            with working_precision(bits + 16):
                values = self.function.values(box, bits)
        except Undefined:
            return False
        left, right = values[self.program.left], values[self.program.right]
        conditions = [(relation, values[node], iv.ZERO) for relation, node in self.program.where]
        answers = [_compare(*comparison) for comparison in [(NEGATION[self.statement.relation], left, right), *conditions]]
        if False in answers:
            return False
        return None if None in answers else True

    def sides(self, point: Sequence[Fraction], bits: int) -> tuple[Fraction | Ball, Fraction | Ball]:
        """The two sides at a point."""
        with working_precision(bits + 16):
            values = self.function.values([iv.point(x) for x in point], bits)
            left, right = (_number(values[node]) for node in (self.program.left, self.program.right))
        return left, right

    def certified(self, point: Point, about: Mapping[str, Any]) -> Counterexample | None:
        """The counterexample at a point, when the kernel accepts its certificate."""
        for bits in (128, 512, 2048, 8192):
            document = self._document(point, bits, about)
            if rejection(document) is None:
                return Counterexample(self.statement, point, *self.sides(point, max(bits, 128)), document)
        return None

    def _document(self, point: Point, bits: int, about: Mapping[str, Any]) -> Document:
        """Both sides at the point, evaluated step by step; the point lies in the domain, meets the conditions, and violates the relation."""
        steps: list[Step] = [("num", numeral(point[step[1]])) if step[0] == "var" else step for step in self.program.program.steps]
        conclusion: list[tuple[str, int, int]] = [(NEGATION[self.statement.relation], self.program.left, self.program.right)]
        numbers: dict[Fraction, int] = {}

        def number(value: Fraction) -> int:
            if value not in numbers:
                numbers[value] = len(steps)
                steps.append(("num", numeral(value)))
            return numbers[value]

        for x, (lo, hi) in zip(point, self.statement.domain, strict=True):
            conclusion += [(relation, number(x), number(end)) for relation, end in ((">=", lo), ("<=", hi)) if end is not None]
        conclusion += [(relation, node, number(Fraction(0))) for relation, node in self.program.where]
        return {
            "schema": SCHEMA,
            "type": "evaluation",
            "about": dict(about),
            "proposition": {
                "program": {"variables": [], "steps": [list(step) for step in steps]},
                "conclusion": [list(relation) for relation in conclusion],
                "systems": [],
                "linear_programs": [],
            },
            "proof": {"precision": bits, "steering": [], "preconditioners": [], "optima": []},
        }


def _in_side(x: Fraction, side: Side) -> bool:
    lo, hi = side
    return (lo is None or lo <= x) and (hi is None or x <= hi)


def _number(value: Interval) -> Fraction | Ball:
    if value.thin:
        return iv.fraction(value.lo)
    if not value.bounded:
        raise ArithmeticError(f"{value} is beyond the numbers that can be shown")
    return Ball.between(iv.fraction(value.lo), iv.fraction(value.hi))


def _compare(relation: str, a: Interval, b: Interval) -> bool | None:
    """Whether the relation holds between the numbers that two intervals enclose; None when they overlap."""
    if relation in (">", ">="):
        return _compare("<" if relation == ">" else "<=", b, a)
    below = a.hi is not None and b.lo is not None and a.hi < b.lo
    above = a.lo is not None and b.hi is not None and a.lo > b.hi
    same = a.thin and b.thin and a.lo == b.lo
    if relation == "<":
        return True if below else False if above or same or _touching(b, a) else None
    if relation == "<=":
        return True if below or same or _touching(a, b) else False if above else None
    equal = True if same else False if below or above else None
    return equal if relation == "==" or equal is None else not equal


def _touching(a: Interval, b: Interval) -> bool:
    """Whether a <= b is certain because their ends meet."""
    return a.hi is not None and b.lo is not None and bool(a.hi <= b.lo)


# Search


def find(statement: Statement, seed: int, about: Mapping[str, Any], extra: Iterable[Point] = ()) -> Counterexample | None:
    """A certified, short counterexample, or None. ``extra`` are points to try first."""
    falsifier = Falsifier(statement)
    for point in chain(extra, proposals(falsifier.landscape, seed)):
        if falsifier.fails_at(point):
            found = falsifier.certified(shortened(falsifier, point), about) or falsifier.certified(point, about)
            if found is not None:
                return found
    return None


def holds_at_samples(statement: Statement) -> bool:
    """Whether floats at sampled points show no violation: a cheap look before an expensive search. Raises NotExpressible."""
    import numpy as np

    landscape = Landscape(statement, compiled(statement))
    return not landscape.shows_violation(landscape.samples(np.random.default_rng(0), _GLANCE))


def one_sided(statement: Statement) -> Statement:
    """For ``!=`` the stronger statement that the left side is always larger, or always smaller, as samples suggest; else the statement itself."""
    if statement.relation != "!=":
        return statement
    for relation in (">", "<"):
        stronger = replace(statement, relation=relation)
        if holds_at_samples(stronger):
            return stronger
    return statement


def touching_points(statement: Statement, v: int) -> list[Fraction]:
    """Simple values of a variable at which floats see the two sides touch. Raises NotExpressible."""
    return touching_values(Landscape(statement, compiled(statement)), v)


# Making a counterexample short


def shortened(falsifier: Falsifier, point: Point) -> Point:
    """A point with few digits that still violates the statement: all coordinates at once, then each in turn, become the simplest numbers that do."""
    fixed = {elimination.variable for elimination in falsifier.landscape.eliminations}
    point = _jointly_simpler(falsifier, point)
    for _ in range(3):
        before = point
        for v in range(len(point)):
            if v not in fixed:
                point = _with_simpler(falsifier, point, v)
        if point == before:
            break
    return point


def _jointly_simpler(falsifier: Falsifier, point: Point) -> Point:
    """Every coordinate rounded to the same relative precision, the coarsest that works; also after scaling one coordinate to 1."""
    domain = falsifier.statement.domain
    scaled = [tuple(x / unit for x in point) for unit in dict.fromkeys(point) if unit > 0][:4] if len(point) > 1 else []
    for power in range(-1, 40):
        for base in (*scaled, point):
            trial = falsifier.landscape.determined([_simplest_near(x, abs(x) / Fraction(2) ** power, side) for x, side in zip(base, domain, strict=True)])
            if falsifier.fails_at(trial, _WHEN_SHORTENING):
                return trial
    return point


def _with_simpler(falsifier: Falsifier, point: Point, v: int) -> Point:
    x, side = point[v], falsifier.statement.domain[v]
    for candidate in _simpler(x, side):
        if len(numeral(candidate)) >= len(numeral(x)):
            continue
        trial = falsifier.landscape.determined((*point[:v], candidate, *point[v + 1:]))
        if falsifier.fails_at(trial, _WHEN_SHORTENING):
            return trial
    return point


def _simplest_near(x: Fraction, radius: Fraction, side: Side) -> Fraction:
    """The simplest number within the radius, in the domain."""
    lo, hi = side
    low, high = x - radius, x + radius
    low = low if lo is None else max(low, lo)
    high = high if hi is None else min(high, hi)
    return simplest_between(low, high) if low <= high else x


def _simpler(x: Fraction, side: Side) -> Iterator[Fraction]:
    """Numbers that may stand for x: small integers and powers of ten, then the simplest numbers near x, nearer and nearer."""
    sign = 1 if x > 0 else -1
    seen: set[Fraction] = set()
    powers = [sign * Fraction(10) ** k for k in range(len(str(abs(int(x)))))] if abs(x) >= 1 else [sign / Fraction(10) ** k for k in range(1, 40)]
    near = [_simplest_near(x, max(abs(x), Fraction(1, 10**12)) / Fraction(2) ** power, side) for power in range(-2, 80)]
    for candidate in [Fraction(0), Fraction(sign), 2 * Fraction(sign), *powers, *near]:
        if candidate not in seen and _in_side(candidate, side):
            seen.add(candidate)
            yield candidate
