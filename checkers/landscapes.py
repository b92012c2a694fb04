"""The gap between the two sides of an inequality, in floats and at many points at once: where to look, never what to believe."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import sympy

from checkers.propositions import Side
from checkers.statements import Compiled, Statement
from exact import intervals as iv
from exact.boxes import BoxFunction
from exact.programs import NotExpressible, Program, from_sympy, read_numeral

Point = tuple[Fraction, ...]

_ROUNDS = 70
_MOVES = 24
_FEW_VARIABLES = 4


@dataclass(frozen=True)
class Elimination:
    """A variable that a linear ``==`` condition determines, and the program that computes it from the others."""

    variable: int
    program: Program
    node: int


@dataclass(frozen=True)
class Landscape:
    """A statement as a function to be made small: ``gaps`` tells by how much it holds at each column of coordinates."""

    statement: Statement
    program: Compiled

    @property
    def size(self) -> int:
        """The number of variables."""
        return len(self.statement.symbols)

    @cached_property
    def sides(self) -> list[tuple[float, float]]:
        """The domain in floats."""
        return [float_side(side) for side in self.statement.domain]

    @cached_property
    def eliminations(self) -> list[Elimination]:
        """What linear ``==`` conditions determine: one variable each."""
        found: list[Elimination] = []
        for expression, relation in self.statement.where:
            taken = {elimination.variable for elimination in found}
            elimination = self._elimination(expression, taken) if relation == "==" else None
            if elimination is not None:
                found.append(elimination)
        return found

    def _elimination(self, expression: sympy.Expr, taken: set[int]) -> Elimination | None:
        for v, symbol in enumerate(self.statement.symbols):
            coefficient = sympy.diff(expression, symbol)
            if v in taken or not coefficient.is_Rational or coefficient == 0:
                continue
            try:
                program, (node,) = from_sympy([sympy.expand(symbol - expression / coefficient)], self.statement.symbols)
            except NotExpressible:
                continue
            return Elimination(v, program, node)
        return None

    @cached_property
    def _constants(self) -> dict[str, float]:
        return {step[1]: as_float(read_numeral(step[1])) for step in self.program.program.steps if step[0] == "num"}

    def gaps(self, columns: Any) -> tuple[Any, Any]:
        """By how much the statement holds (absolutely, and relative to the sides); infinite where it claims nothing."""
        import numpy as np

        with np.errstate(all="ignore"):
            nodes = _values(self.program.program, columns, self._constants)
            left, right = nodes[self.program.left], nodes[self.program.right]
            gap = _gap(self.statement.relation, left, right)
            gap = np.broadcast_to(np.asarray(gap, dtype=float), columns.shape[1:]).copy()
            gap[~(np.isfinite(gap) & self._inside(columns, nodes))] = np.inf
            return gap, gap / (1e-300 + np.abs(left) + np.abs(right))

    def _inside(self, columns: Any, nodes: Sequence[Any]) -> Any:
        import numpy as np

        inside = np.ones(columns.shape[1:], dtype=bool)
        for relation, node in self.program.where:
            value = nodes[node]
            inside &= {">=": value >= 0, ">": value > 0, "<=": value <= 0, "<": value < 0, "!=": value != 0, "==": np.abs(value) < 1e-9}[relation]
        for v, (lo, hi) in enumerate(self.sides):
            inside &= (columns[v] >= lo) & (columns[v] <= hi)
        return inside

    def shows_violation(self, columns: Any) -> bool:
        """Whether a gap is negative beyond what rounding can feign."""
        import numpy as np

        gap, _ = self.gaps(columns)
        with np.errstate(all="ignore"):
            sizes = np.array([np.broadcast_to(np.abs(node), gap.shape) for node in _values(self.program.program, columns, self._constants)])
        largest = np.max(np.where(np.isfinite(sizes), sizes, 0.0), axis=0)
        return bool((gap < -1e-10 * largest).any())

    # Points

    def samples(self, rng: Any, count: int) -> Any:
        """Points of the domain as columns: special values, uniform and logarithmic draws, coinciding coordinates."""
        import numpy as np

        columns = np.array([_draws(lo, hi, count, rng) for lo, hi in self.sides]).reshape(self.size, count)
        for v in range(self.size if self.size > 1 else 0):
            other = int(rng.integers(self.size - 1))
            other += other >= v
            lo, hi = self.sides[v]
            copied = (rng.random(count) < 0.12) & (columns[other] >= lo) & (columns[other] <= hi)
            columns[v] = np.where(copied, columns[other], columns[v])
        return self.determined_columns(columns)

    def determined_columns(self, columns: Any) -> Any:
        """The columns with determined variables computed from the others."""
        import numpy as np

        with np.errstate(all="ignore"):
            for elimination in self.eliminations:
                columns[elimination.variable] = _values(elimination.program, columns)[elimination.node]
        return columns

    def rational(self, column: Sequence[float]) -> Point:
        """Floats as rationals inside the domain, with determined variables computed exactly."""
        return self.determined([clamped(Fraction(float(x)), side) for x, side in zip(column, self.statement.domain, strict=True)])

    def determined(self, point: Sequence[Fraction]) -> Point:
        """The point with determined variables computed from the others."""
        values = list(point)
        for elimination in self.eliminations:
            value = BoxFunction(elimination.program, [elimination.node]).values([iv.point(x) for x in values], 128)[elimination.node]
            if value.thin:
                values[elimination.variable] = iv.fraction(value.lo)
        return tuple(values)

    # Descent

    def descended(self, starts: Any, kind: int, rng: Any) -> Any:
        """The starting columns after a random descent of the gap (kind 0) or the relative gap (1): shrinking clouds around each best point."""
        import numpy as np

        centres = self.encoded(starts)
        n, count = centres.shape
        values = self._objective(centres, kind)
        radii = np.where(np.isfinite(values), 0.3, 0.3) * np.maximum(1.0, np.abs(centres).max(axis=0))
        for _ in range(_ROUNDS):
            moves = rng.normal(size=(n, count, _MOVES)) * (rng.random((n, 1, _MOVES)) < 0.7)
            cloud = centres[:, :, None] + radii[None, :, None] * moves
            found = self._objective(cloud.reshape(n, -1), kind).reshape(count, _MOVES)
            best = found.argmin(axis=1)
            at = np.arange(count)
            better = found[at, best] < values
            centres = np.where(better, cloud[:, at, best], centres)
            values = np.where(better, found[at, best], values)
            radii = np.where(better, radii * 1.3, radii * 0.6)
        return self.determined_columns(self.decoded(centres))

    def _objective(self, encoded: Any, kind: int) -> Any:
        import numpy as np

        values = self.gaps(self.determined_columns(self.decoded(encoded)))[kind]
        return np.where(np.isnan(values), np.inf, values)

    def minimised(self, start: Any, kind: int) -> Iterator[Point]:
        """Where a classical local search ends: Nelder–Mead in few variables, conjugate gradients in many."""
        import numpy as np
        from scipy.optimize import minimize

        encoded = self.encoded(start[:, None])[:, 0]
        with np.errstate(all="ignore"):
            if self.size <= _FEW_VARIABLES:
                options = {"maxfev": 120 * self.size + 60, "xatol": 1e-13, "fatol": 1e-300}
                end = minimize(lambda t: float(self._objective(t[:, None], kind)[0]), encoded, method="Nelder-Mead", options=options).x
            else:
                end = minimize(lambda t: self._with_gradient(t, kind), encoded, jac=True, method="CG", options={"maxiter": 200}).x
        reached = self.decoded(end[:, None])[:, 0]
        if np.isfinite(reached).all():  # a search that left the region by a gradient of inf − inf reached no point
            yield self.rational(reached)

    def _with_gradient(self, t: Any, kind: int) -> tuple[float, Any]:
        """The value and central differences, from one evaluation of many columns."""
        import numpy as np

        step = 1e-6 * np.maximum(1.0, np.abs(t))
        columns = np.concatenate([t[:, None], t[:, None] + np.diag(step), t[:, None] - np.diag(step)], axis=1)
        values = np.minimum(self._objective(columns, kind), 1e300)
        n = len(t)
        return float(values[0]), (values[1:n + 1] - values[n + 1:]) / (2 * step)

    def encoded(self, columns: Any) -> Any:
        """Coordinates without bounds on half-lines and lines: logarithms of the distance from the end, or asinh."""
        import numpy as np

        with np.errstate(all="ignore"):
            return np.array([_encode(row, lo, hi) for row, (lo, hi) in zip(columns, self.sides, strict=True)])

    def decoded(self, encoded: Any) -> Any:
        """The inverse of :meth:`encoded`."""
        import numpy as np

        return np.array([_decode(row, lo, hi) for row, (lo, hi) in zip(encoded, self.sides, strict=True)])


def _gap(relation: str, left: Any, right: Any) -> Any:
    import numpy as np

    if relation == "==":
        return -np.abs(left - right)
    if relation == "!=":
        return np.abs(left - right)
    return right - left if relation in ("<", "<=") else left - right


def _values(program: Program, columns: Any, constants: dict[str, float] | None = None) -> list[Any]:
    """Every node at many points (NaN where undefined)."""
    import numpy as np

    binary = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "min": np.minimum, "max": np.maximum, "rpow": np.power}
    unary = {"neg": np.negative, "abs": np.abs, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "tanh": np.tanh}
    nodes: list[Any] = []
    for step in program.steps:
        name = step[0]
        if name == "num":
            nodes.append(np.float64(as_float(read_numeral(step[1])) if constants is None else constants[step[1]]))
        elif name == "var":
            nodes.append(columns[step[1]])
        elif name == "pow":
            nodes.append(np.power(nodes[step[1]], float(step[2])))
        elif name in binary:
            nodes.append(binary[name](nodes[step[1]], nodes[step[2]]))
        else:
            nodes.append(unary[name](nodes[step[1]]))
    return nodes


def _draws(lo: float, hi: float, count: int, rng: Any) -> Any:
    import numpy as np

    u = rng.random(count)
    tiny = 10.0 ** -rng.uniform(0, 12, count)
    if np.isfinite(lo) and np.isfinite(hi):
        kinds = [lo + (hi - lo) * u, lo + (hi - lo) * tiny, hi - (hi - lo) * tiny, np.full(count, lo), np.full(count, hi), np.full(count, (lo + hi) / 2),
                 lo + (hi - lo) * rng.integers(0, 13, count) / 12]
        chosen = rng.choice(len(kinds), count, p=[0.5, 0.1, 0.1, 0.08, 0.08, 0.04, 0.1])
    elif np.isfinite(lo) or np.isfinite(hi):
        end, sign = (lo, 1.0) if np.isfinite(lo) else (hi, -1.0)
        kinds = [end + sign * part for part in (
            10.0 ** rng.uniform(-4, 3, count), 10.0 ** rng.uniform(-12, 12, count), 10.0 ** rng.uniform(0, 300, count),
            np.zeros(count), rng.integers(0, 13, count), -np.log(u), 10.0 ** -rng.uniform(0, 300, count))]
        chosen = rng.choice(len(kinds), count, p=[0.4, 0.1, 0.03, 0.07, 0.15, 0.22, 0.03])
    else:
        sign = rng.choice([-1.0, 1.0], count)
        kinds = [sign * 10.0 ** rng.uniform(-4, 3, count), sign * 10.0 ** rng.uniform(-12, 12, count), sign * 10.0 ** rng.uniform(0, 300, count),
                 rng.integers(-6, 7, count), rng.normal(size=count), np.zeros(count)]
        chosen = rng.choice(len(kinds), count, p=[0.3, 0.1, 0.03, 0.2, 0.33, 0.04])
    return np.clip(np.choose(chosen, kinds), lo, hi)


def float_side(side: Side) -> tuple[float, float]:
    """The ends of a side as floats."""
    lo, hi = side
    return (-math.inf if lo is None else as_float(lo)), (math.inf if hi is None else as_float(hi))


def as_float(value: Fraction) -> float:
    """The nearest float; numbers that are too large become the largest."""
    try:
        return float(value)
    except OverflowError:
        return 1e308 if value > 0 else -1e308


def clamped(x: Fraction, side: Side) -> Fraction:
    """The number, moved to the nearest end when it lies outside."""
    lo, hi = side
    return lo if lo is not None and x < lo else hi if hi is not None and x > hi else x


def _encode(x: Any, lo: float, hi: float) -> Any:
    import numpy as np

    if math.isfinite(lo) and math.isfinite(hi):
        return x
    if math.isfinite(lo):
        return np.log(np.maximum(x - lo, 1e-300))
    return np.log(np.maximum(hi - x, 1e-300)) if math.isfinite(hi) else np.arcsinh(x)


def _decode(t: Any, lo: float, hi: float) -> Any:
    import numpy as np

    if math.isfinite(lo) and math.isfinite(hi):
        return np.clip(t, lo, hi)
    t = np.clip(t, -690.0, 690.0)
    if math.isfinite(lo):
        return lo + np.exp(t)
    return hi - np.exp(t) if math.isfinite(hi) else np.sinh(t)
