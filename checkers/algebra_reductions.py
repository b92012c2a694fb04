"""Reductions of an algebraic problem to a simpler one and lemmas: factors of known sign divided out, square roots removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from checkers.algebra import Algebra, show_polynomial
from checkers.propositions import Side
from exact.polynomials import Polynomial, coefficients, value, variables_in

_SAMPLES = 40
_LARGEST_SQUARED = 6


@dataclass(frozen=True)
class Reduction:
    """The problem holds when ``core`` and all ``lemmas`` hold; ``words`` say how it was reduced."""

    core: Algebra
    lemmas: tuple[Algebra, ...]
    words: str


def reductions(problem: Algebra) -> Iterator[Reduction]:
    """Reductions worth trying, in order."""
    yield from _without_factors(problem)
    yield from _without_root(problem)
    yield from _from_corner(problem)
    yield from _squared(problem)


def _without_factors(problem: Algebra) -> Iterator[Reduction]:
    """Divide by even powers and by factors that have one sign on the region (as samples suggest; the lemmas prove it)."""
    constant, factors = problem.target.factor()
    if len(factors) + (constant < 0) <= 1 and all(e == 1 for _, e in factors):
        return
    core = problem.ring.constant(1) * (1 if constant > 0 else -1)
    lemmas: list[Algebra] = []
    mixed = []
    for p, e in factors:
        sign = sample_sign(problem, p)
        if e % 2 == 0 and not problem.strict:
            continue
        if sign is None or len(factors) == 1:
            mixed.append(p if e % 2 else p * p)
            continue
        core = core * (sign if e % 2 else 1)
        lemmas.append(replace(problem, target=p * sign))
    if not mixed and lemmas:
        mixed.append(lemmas.pop().target)
    if not mixed:
        return
    for p in mixed:
        core = core * p
    if core == problem.target or core.total_degree() >= problem.target.total_degree():
        return
    names = [show_polynomial(lemma.target, problem.names) for lemma in lemmas]
    words = "divided by " + (", ".join(f"{name} {'>' if problem.strict else '>='} 0" for name in names) if names else "an even power")
    yield Reduction(replace(problem, target=core), tuple(lemmas), words)


def sample_sign(problem: Algebra, p: Polynomial) -> int | None:
    """1 or −1 when the polynomial has this sign at every sampled point of the region (0 allowed), None when both occur."""
    signs = {1 if x > 0 else -1 for point in _points(problem) if (x := value(p, point))}
    return signs.pop() if len(signs) == 1 else None


def is_plausible(problem: Algebra) -> bool:
    """Whether the target is not negative at any sampled point of the region (which may be larger than the statement's)."""
    equations = [p for p, relation in problem.where if relation == "=="]
    return all(value(problem.target, point) >= 0 for point in _points(problem) if not any(value(p, point) for p in equations))


def _points(problem: Algebra) -> Iterator[list[Fraction]]:
    """Points of the domain at which the conditions hold, equations left aside."""
    rng = Random(1)
    for _ in range(_SAMPLES):
        point = [_sample(side, rng) for side in problem.domain]
        if all(_meets(value(q, point), relation) for q, relation in problem.where):
            yield point


def _sample(side: Side, rng: Random) -> Fraction:
    lo, hi = side
    u = Fraction(rng.randrange(1, 64), 64)
    if lo is not None and hi is not None:
        return lo + (hi - lo) * u
    if lo is not None:
        return lo + u / (1 - u)
    return hi - u / (1 - u) if hi is not None else (u - Fraction(1, 2)) / (u * (1 - u))


def _meets(x: Fraction, relation: str) -> bool:
    return {">=": x >= 0, ">": x > 0, "!=": x != 0, "==": True}[relation]


def _without_root(problem: Algebra) -> Iterator[Reduction]:
    """b + c·root >= 0, where root² = a, by squaring.

    Where c >= 0: it is enough that c²·a >= b² where b <= 0 (elsewhere nothing is negative). Where c <= 0: that b >= 0 and b² >= c²·a. Likewise with >.
    """
    for p, relation in problem.where:
        found = _root_equation(problem, p) if relation == "==" else None
        if found is None or problem.target.degrees()[found[0]] != 1:
            continue
        root, square = found
        b, c = _split(problem, problem.target, root)
        kept = tuple(condition for condition in problem.where if condition[0] != p and root not in variables_in(condition[0]))
        base = replace(problem, where=kept)
        b_sign, c_sign = sample_sign(base, b), sample_sign(base, c)
        if b_sign == 1 and c_sign == 1:
            yield Reduction(replace(base, target=b), (replace(base, target=c, strict=False),), "a square root left out")
        elif c_sign == 1:
            core = replace(base, target=c * c * square - b * b, where=(*kept, (-b, ">=")))
            yield Reduction(core, (replace(base, target=c, strict=False),), "after squaring")
        elif b_sign == 1 and c_sign == -1:
            lemmas = (replace(base, target=b, strict=False), replace(base, target=-c, strict=False))
            yield Reduction(replace(base, target=b * b - c * c * square), lemmas, "after squaring")


def _root_equation(problem: Algebra, p: Polynomial) -> tuple[int, Polynomial] | None:
    """The root variable and its square, for an equation root² − square = 0."""
    for v, name in enumerate(problem.names):
        if not name.startswith("root_") or p.degrees()[v] != 2:
            continue
        terms = p.to_dict()
        leading = {e: c for e, c in terms.items() if e[v]}
        unit = tuple(2 if i == v else 0 for i in range(problem.ring.size))
        if list(leading) == [unit]:
            return v, -(p - problem.ring.from_terms(leading)) / leading[unit]
    return None


def _split(problem: Algebra, p: Polynomial, v: int) -> tuple[Polynomial, Polynomial]:
    """b and c with p = b + c·x_v."""
    parts: list[dict[Any, Any]] = [{}, {}]
    for exponents, c in p.to_dict().items():
        parts[int(exponents[v])][(*exponents[:v], 0, *exponents[v + 1:])] = c
    b, c = (problem.ring.from_terms(part) for part in parts)
    return b, c


def _from_corner(problem: Algebra) -> Iterator[Reduction]:
    """Where a linear condition g >= 0 orders the variables: g as a variable that starts at 0, in place of one that is not bounded on that side."""
    current, words = problem, []
    for p, relation in problem.where:
        if relation not in (">=", ">") or p.total_degree() != 1 or len(variables_in(p)) < 2:
            continue
        by_power = coefficients(p)
        for v in sorted(variables_in(p), reverse=True):
            unit = tuple(int(i == v) for i in range(problem.ring.size))
            slope, (lo, hi) = by_power[unit], current.domain[v]
            if (hi if slope > 0 else lo) is not None or current.names[v].endswith("'"):
                continue
            image = (problem.ring.variable(v) - (p - problem.ring.from_terms({unit: p.to_dict()[unit]}))) / p.to_dict()[unit]
            current = _substituted(current, v, image)
            words.append(f"{current.names[v]} = {show_polynomial(p, problem.names)}")
            break
    if words:
        yield Reduction(current, (), "with " + ", ".join(words))


def _squared(problem: Algebra) -> Iterator[Reduction]:
    """x = x'^2 for every variable that is only known to be >= 0: sums of squares in the new variables are more."""
    half_lines = [v for v, side in enumerate(problem.domain) if side[0] == 0 and side[1] is None and v in variables_in(problem.target)]
    others = [v for v in variables_in(problem.target) if v not in half_lines]
    if not half_lines or others or problem.target.total_degree() > _LARGEST_SQUARED:
        return
    if any(not (len(p) == 1 and relation in (">", ">=")) for p, relation in problem.where):
        return
    gens = [problem.ring.variable(v) ** (2 if v in half_lines else 1) for v in range(problem.ring.size)]
    names = tuple(f"{name}'" if v in half_lines else name for v, name in enumerate(problem.names))
    domain = tuple((None, None) if v in half_lines else side for v, side in enumerate(problem.domain))
    where = () if not problem.strict else tuple((p.compose(*gens), relation) for p, relation in problem.where)
    words = "with " + ", ".join(f"{problem.names[v]} = {names[v]}^2" for v in half_lines)
    yield Reduction(replace(problem, names=names, target=problem.target.compose(*gens), domain=domain, where=where), (), words)


def _substituted(problem: Algebra, v: int, image: Polynomial) -> Algebra:
    """The problem with x_v replaced by the image, in which x_v is a new variable >= 0; the old side of x_v is dropped, which enlarges the region."""
    gens = [problem.ring.variable(i) for i in range(problem.ring.size)]
    gens[v] = image
    domain = tuple((Fraction(0), None) if i == v else side for i, side in enumerate(problem.domain))
    names = tuple(f"{name}'" if i == v else name for i, name in enumerate(problem.names))
    where = tuple((q.compose(*gens), relation) for q, relation in problem.where)
    return replace(problem, names=names, target=problem.target.compose(*gens), domain=domain, where=where)
