"""Where an inequality may fail: points proposed in floats, which never decide.

Special and random points of the domain, tails included; local minima of the gap between the two sides; and Newton's method with many digits for
minima that floats cannot tell from 0. :mod:`checkers.counterexamples` decides exactly about each proposal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import sympy

from checkers.propositions import Side
from checkers.statements import Compiled, Statement
from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import BoxFunction, multivariate
from exact.intervals import Undefined
from exact.programs import NotExpressible, Program, from_sympy, read_numeral
from exact.simplest import simplest_between

Point = tuple[Fraction, ...]

_SAMPLES = {1: 3000}
_MORE_SAMPLES = 8000
_STARTS = 6
_POLISHING_STEPS = 8
_FEW_VARIABLES = 4
_SIMPLE_RADII = (Fraction(1, 10**3), Fraction(1, 10**6), Fraction(1, 10**9))


def proposals(statement: Statement, program: Compiled, seed: int) -> Iterator[Point]:
    """Points worth an exact look, the most promising first."""
    import numpy as np

    if not statement.symbols:
        yield ()
        return
    columns = _samples(statement, np.random.default_rng(seed), _SAMPLES.get(len(statement.symbols), _MORE_SAMPLES))
    with np.errstate(all="ignore"):
        gaps, scaled = _gaps(statement, program, columns)
    order = [int(i) for i in np.lexsort((gaps, scaled))]
    promising = [i for i in order if np.isfinite(scaled[i])]
    violating = [i for i in promising if scaled[i] < 1e-9]
    by_gap = [int(i) for i in np.argsort(gaps) if np.isfinite(gaps[i])]
    for i in [*violating[:12], *_spread(violating, 12)]:
        yield _rational(columns[:, i], statement)
    starts = dict.fromkeys([*promising[:_STARTS], *by_gap[:_STARTS // 2]])
    for i in starts:
        for point in _local_minima(statement, program, columns[:, i]):
            yield point
            yield from _simple_neighbours(statement, point)
            if len(statement.symbols) <= _FEW_VARIABLES:
                yield from _polished(statement, program, point)


def no_violation_sampled(statement: Statement, program: Compiled) -> bool:
    """Whether no sampled point shows a violation beyond what rounding can feign."""
    import numpy as np

    columns = _samples(statement, np.random.default_rng(0), 400)
    with np.errstate(all="ignore"):
        gap, _ = _gaps(statement, program, columns)
        sizes = np.array([np.broadcast_to(np.abs(node), gap.shape) for node in float_values(program.program, columns)])
        largest = np.max(np.where(np.isfinite(sizes), sizes, 0.0), axis=0)
    return not bool((gap < -1e-10 * largest).any())


def touching_values(statement: Statement, program: Compiled, v: int) -> list[Fraction]:
    """Simple values of variable v near sampled points, or local minima, at which the gap nearly closes."""
    import numpy as np

    columns = _samples(statement, np.random.default_rng(0), 400)
    with np.errstate(all="ignore"):
        _, scaled = _gaps(statement, program, columns)
    found: dict[Fraction, None] = {}
    for i in [int(i) for i in np.argsort(scaled)[:3] if np.isfinite(scaled[i])]:
        for point in _local_minima(statement, program, columns[:, i]):
            x = point[v]
            near = simplest_between(x - Fraction(1, 10**4), x + Fraction(1, 10**4))
            if near.denominator <= 1000:
                found[near] = None
    return list(found)[:3]


def _simple_neighbours(statement: Statement, point: Point) -> Iterator[Point]:
    """The simplest rational points near a point: a violation by equality often sits at one of them."""
    for radius in _SIMPLE_RADII:
        near = [_clamped(simplest_between(x - radius, x + radius), side) for x, side in zip(point, statement.domain, strict=True)]
        yield determined(statement, near)


def _spread(indices: Sequence[int], count: int) -> Sequence[int]:
    return indices[:: max(1, len(indices) // count)][:count]


def _samples(statement: Statement, rng: Any, count: int) -> Any:
    """Points of the domain as columns: special values, uniform and logarithmic draws, coinciding coordinates."""
    import numpy as np

    n = len(statement.symbols)
    columns = np.array([_draws(side, count, rng) for side in statement.domain]).reshape(n, count)
    if n > 1:
        for v in range(n):
            other = int(rng.integers(n - 1))
            other += other >= v
            lo, hi = _float_side(statement.domain[v])
            copied = (rng.random(count) < 0.12) & (columns[other] >= lo) & (columns[other] <= hi)
            columns[v] = np.where(copied, columns[other], columns[v])
    return _eliminated(statement, columns)


def _draws(side: Side, count: int, rng: Any) -> Any:
    import numpy as np

    lo, hi = _float_side(side)
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


def _float_side(side: Side) -> tuple[float, float]:
    lo, hi = side
    return (-float("inf") if lo is None else _float(lo)), (float("inf") if hi is None else _float(hi))


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return 1e308 if value > 0 else -1e308


def _eliminated(statement: Statement, columns: Any) -> Any:
    """The columns with variables that a linear ``==`` condition determines computed from the others."""
    for v, program, node in eliminations(statement):
        columns[v] = float_values(program, columns)[node]
    return columns


def eliminations(statement: Statement) -> list[tuple[int, Program, int]]:
    """For each linear ``==`` condition a variable that it determines, with the program that computes it from the others."""
    found: list[tuple[int, Program, int]] = []
    taken: set[int] = set()
    for expression, relation in statement.where:
        if relation != "==":
            continue
        for v, symbol in enumerate(statement.symbols):
            coefficient = sympy.diff(expression, symbol)
            if v in taken or not coefficient.is_Rational or coefficient == 0:
                continue
            try:
                program, (node,) = from_sympy([sympy.expand(symbol - expression / coefficient)], statement.symbols)
            except NotExpressible:
                continue
            taken.add(v)
            found.append((v, program, node))
            break
    return found


def float_values(program: Program, columns: Any) -> list[Any]:
    """Every node at many points, in floats (NaN where undefined): for proposals only."""
    import numpy as np

    binary = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "min": np.minimum, "max": np.maximum, "rpow": np.power}
    unary = {"neg": np.negative, "abs": np.abs, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "tanh": np.tanh}
    nodes: list[Any] = []
    with np.errstate(all="ignore"):
        for step in program.steps:
            name = step[0]
            if name == "num":
                nodes.append(np.float64(_float(read_numeral(step[1]))))
            elif name == "var":
                nodes.append(columns[step[1]])
            elif name == "pow":
                nodes.append(np.power(nodes[step[1]], float(step[2])))
            elif name in binary:
                nodes.append(binary[name](nodes[step[1]], nodes[step[2]]))
            else:
                nodes.append(unary[name](nodes[step[1]]))
    return nodes


def _gaps(statement: Statement, program: Compiled, columns: Any) -> tuple[Any, Any]:
    """By how much the statement holds (absolutely, and relative to the sides); infinite where it claims nothing."""
    import numpy as np

    nodes = float_values(program.program, columns)
    left, right = nodes[program.left], nodes[program.right]
    gap = right - left if statement.relation in ("<", "<=") else left - right
    gap = -np.abs(gap) if statement.relation == "==" else np.abs(gap) if statement.relation == "!=" else gap
    gap = np.broadcast_to(np.asarray(gap, dtype=float), columns.shape[1:]).copy()
    inside = np.isfinite(gap)
    for relation, node in program.where:
        value = nodes[node]
        inside &= {">=": value >= 0, ">": value > 0, "<=": value <= 0, "<": value < 0, "!=": value != 0, "==": np.abs(value) < 1e-9}[relation]
    for v, side in enumerate(statement.domain):
        lo, hi = _float_side(side)
        inside &= (columns[v] >= lo) & (columns[v] <= hi)
    gap[~inside] = np.inf
    return gap, gap / (1e-300 + np.abs(left) + np.abs(right))


def _rational(column: Sequence[float], statement: Statement) -> Point:
    """The floats as rationals inside the domain, with the determined variables computed exactly."""
    point = [_clamped(Fraction(float(x)), side) for x, side in zip(column, statement.domain, strict=True)]
    return determined(statement, point)


def determined(statement: Statement, point: Sequence[Fraction]) -> Point:
    """The point with the variables that linear ``==`` conditions determine computed from the others."""
    values = list(point)
    for v, program, node in eliminations(statement):
        value = BoxFunction(program, [node]).values([iv.point(x) for x in values], 128)[node]
        if value.thin:
            values[v] = iv.fraction(value.lo)
    return tuple(values)


def _clamped(x: Fraction, side: Side) -> Fraction:
    lo, hi = side
    return lo if lo is not None and x < lo else hi if hi is not None and x > hi else x


# Local search


def _local_minima(statement: Statement, program: Compiled, start: Any) -> Iterator[Point]:
    """Where local minimisation ends, for the gap and for the relative gap: Nelder–Mead in few variables, conjugate gradients in many."""
    import numpy as np
    from scipy.optimize import minimize

    sides = [_float_side(side) for side in statement.domain]
    encoded = np.array([_encode(x, *side) for x, side in zip(start, sides, strict=True)])
    for kind in (0, 1):

        def objective(t: Any, kind: int = kind) -> Any:
            columns = np.array([_decode(row, *side) for row, side in zip(t, sides, strict=True)])
            with np.errstate(all="ignore"):
                values = _gaps(statement, program, _eliminated(statement, columns))[kind]
            return np.where(np.isnan(values), np.inf, values)

        if len(sides) <= _FEW_VARIABLES:
            options = {"maxfev": 120 * len(sides) + 60, "xatol": 1e-13, "fatol": 1e-300}
            end = minimize(lambda t, f=objective: float(f(t[:, None])[0]), encoded, method="Nelder-Mead", options=options).x
        else:
            end = minimize(lambda t, f=objective: _with_gradient(f, t), encoded, jac=True, method="CG", options={"maxiter": 200}).x
        reached = [float(_decode(x, *side)) for x, side in zip(end, sides, strict=True)]
        if all(map(math.isfinite, reached)):  # a search that left the region by a gradient of inf − inf reached no point
            yield _rational(reached, statement)


def _with_gradient(objective: Any, t: Any) -> tuple[float, Any]:
    """The value and central differences, from one evaluation of many columns."""
    import numpy as np

    step = 1e-6 * np.maximum(1.0, np.abs(t))
    columns = np.concatenate([t[:, None], t[:, None] + np.diag(step), t[:, None] - np.diag(step)], axis=1)
    values = np.minimum(objective(columns), 1e300)
    n = len(t)
    return float(values[0]), (values[1:n + 1] - values[n + 1:]) / (2 * step)


def _encode(x: float, lo: float, hi: float) -> float:
    if math.isfinite(lo) and math.isfinite(hi):
        return x
    if math.isfinite(lo):
        return math.log(max(x - lo, 1e-300))
    if math.isfinite(hi):
        return math.log(max(hi - x, 1e-300))
    return math.asinh(x)


def _decode(t: Any, lo: float, hi: float) -> Any:
    import numpy as np

    if math.isfinite(lo) and math.isfinite(hi):
        return np.clip(t, lo, hi)
    t = np.clip(t, -690.0, 690.0)
    if math.isfinite(lo):
        return lo + np.exp(t)
    return hi - np.exp(t) if math.isfinite(hi) else np.sinh(t)


def _polished(statement: Statement, program: Compiled, point: Point) -> Iterator[Point]:
    """Newton's method on the gradient of the gap, with many digits: for minima that floats cannot tell from 0."""
    if eliminations(statement):
        return
    free = [v for v, (x, (lo, hi)) in enumerate(zip(point, statement.domain, strict=True)) if x not in (lo, hi)]
    sign = 1 if statement.relation in ("<", "<=") else -1
    function = BoxFunction(program.program, [program.left, program.right])
    for _ in range(_POLISHING_STEPS):
        step = _newton_step(function, program, point, free, sign)
        if step is None:
            return
        moved = list(point)
        for v, change in zip(free, step, strict=True):
            moved[v] = _clamped(_shortened_float(point[v] - change), statement.domain[v])
        point = tuple(moved)
    yield point


def _newton_step(function: BoxFunction, program: Compiled, point: Point, free: Sequence[int], sign: int) -> list[Fraction] | None:
    from flint import fmpq_mat

    bits, n = 256, len(point)
    try:
        with working_precision(bits + 16):
            box = [iv.point(x) for x in point]
            branches = function.branches(function.values(box, bits))
            jets = function.jets(box, multivariate(n, 2), branches, bits)
    except Undefined:
        return None
    difference = [iv.subtract(b, a) for a, b in zip(jets[program.left], jets[program.right], strict=True)]
    if not free or not all(x.bounded for x in difference):
        return None
    middles = [(x.lo + x.hi) / 2 * sign for x in difference]
    place, index = {}, 1 + n
    for v in range(n):
        for w in range(v, n):
            place[v, w] = index
            index += 1
    hessian = fmpq_mat(len(free), len(free), [middles[place[min(v, w), max(v, w)]] * (2 if v == w else 1) for v in free for w in free])
    try:
        solution = hessian.solve(fmpq_mat(len(free), 1, [middles[1 + v] for v in free]))
    except ZeroDivisionError:
        return None
    return [iv.fraction(solution[i, 0]) for i in range(len(free))]


def _shortened_float(x: Fraction, bits: int = 200) -> Fraction:
    """Rounded to this many significant bits."""
    if x == 0:
        return x
    exponent = bits - (abs(x.numerator).bit_length() - x.denominator.bit_length())
    scale = Fraction(2) ** exponent
    return Fraction(round(x * scale)) / scale
