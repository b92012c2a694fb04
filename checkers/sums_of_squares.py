"""Positivstellensatz certificates: a semidefinite program in floats, rounded to an exact identity.

For a polynomial P that is to be >= 0 where constraints g >= 0 and equations h = 0 hold, look for

    (1 + multiplier)·P = margin + Σ (products of constraints)·(sum of squares) + Σ h·(polynomial).

Clarabel solves for the Gram matrices. Where they are singular because P touches 0, their kernel is read off, rounded to rationals, and divided out (facial
reduction); then the matrices are rounded, projected exactly onto the identity, and factored as LDLᵀ in rationals. Sources: Peyrl and Parrilo,
Computing sum of squares decompositions with rational coefficients, TCS 409 (2008); Schmüdgen, Math. Ann. 289 (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from flint import fmpq, fmpq_mat

from exact.intervals import fraction, rational
from exact.numerals import numeral
from exact.polynomials import Polynomial, Ring, support, terms

_MAX_UNKNOWNS = 1200
_MAX_MONOMIALS = 300
_MAX_BITS = 300  # beyond, coefficients mean nothing as floats
_REDUCTIONS = 5
_ROUNDINGS = (6, 10, 16, 24, 34, 44)
_SINGULAR = 1e-5
_SIMPLE = 1000
_LARGEST_FLOAT = 10**100

Exponents = tuple[int, ...]


@dataclass(frozen=True)
class Goal:
    """P is to be >= 0 (``strict``: > 0) where every constraint is >= 0 (True: > 0) and every equation, by index of its condition, is 0."""

    ring: Ring
    target: Polynomial
    strict: bool
    constraints: tuple[tuple[Polynomial, bool], ...] = ()
    equations: tuple[tuple[int, Polynomial], ...] = ()


@dataclass(frozen=True)
class _Block:
    """A product of constraints times a sum of squares in the span of ``basis``."""

    constraints: tuple[int, ...]
    factor: Polynomial
    basis: tuple[Polynomial, ...]

    @property
    def entries(self) -> list[tuple[int, int]]:
        """The upper triangle of the Gram matrix, column by column."""
        return [(i, j) for j in range(len(self.basis)) for i in range(j + 1)]


@dataclass(frozen=True)
class _Relaxation:
    """One choice of degrees: the blocks, the polynomials that multiply equations, the multiplier of P."""

    goal: Goal
    multiplier: tuple[Polynomial, ...]
    blocks: tuple[_Block, ...]
    factors: tuple[tuple[int, Polynomial], ...]
    """Pairs (condition, equation·monomial): a free coefficient each."""
    monomials: tuple[tuple[int, Polynomial], ...]


def proofs(goal: Goal, stop: Callable[[], bool]) -> Iterator[dict[str, Any] | None]:
    """``sos`` proofs, for relaxations of increasing size (None for one that gives none); the kernel has the last word on each.

    ``stop`` tells, between steps, whether to give up.
    """
    for relaxation in _relaxations(goal):
        if stop():
            return
        yield _solve(relaxation, stop)


# Relaxations


def _relaxations(goal: Goal) -> Iterator[_Relaxation]:
    degree = int(goal.target.total_degree())
    even = degree + degree % 2
    for extra in (0, 2, 4):
        for size in ((0, 1, 2) if extra == 0 else (2, 3)):
            if size > 0 and len(goal.constraints) < size:
                continue
            relaxation = _relaxation(goal, even + extra, size, ())
            if relaxation is not None:
                yield relaxation
        if not goal.constraints and extra:
            multiplier = tuple(goal.ring.variable(i) for i in range(goal.ring.size))
            relaxation = _relaxation(goal, even + extra, 0, multiplier)
            if relaxation is not None:
                yield relaxation


def _relaxation(goal: Goal, degree: int, products: int, multiplier: tuple[Polynomial, ...]) -> _Relaxation | None:
    """The relaxation with all terms up to a degree, or None when it would be too large."""
    one = goal.ring.constant(1)
    target = goal.target + sum((m * m for m in multiplier), goal.ring.constant(0)) * goal.target
    subsets: list[tuple[int, ...]] = [()]
    for size in range(1, products + 1):
        subsets += list(combinations(range(len(goal.constraints)), size))
    blocks = []
    for subset in subsets:
        factor = one
        for g in subset:
            factor = factor * goal.constraints[g][0]
        rest = degree - int(factor.total_degree())
        if rest < 0:
            continue
        exponents = _monomials(goal.ring.size, rest // 2, _largest_degrees(goal, degree, factor))
        if not products and not goal.equations:
            exponents = _consistent(exponents, support(target))
        blocks.append(_Block(subset, factor, tuple(goal.ring.from_terms({e: fmpq(1)}) for e in exponents)))
    factors = []
    monomials = []
    for condition, equation in goal.equations:
        for e in _monomials(goal.ring.size, degree - int(equation.total_degree())):
            monomial = goal.ring.from_terms({e: fmpq(1)})
            factors.append((condition, equation * monomial))
            monomials.append((condition, monomial))
    unknowns = sum(len(block.entries) for block in blocks) + len(factors)
    if unknowns > _MAX_UNKNOWNS or not blocks:
        return None
    return _Relaxation(goal, multiplier, tuple(blocks), tuple(factors), tuple(monomials))


def _largest_degrees(goal: Goal, degree: int, factor: Polynomial) -> list[int] | None:
    """Half the degree that is left in each variable, when no relaxation beyond the target's own degree is asked for."""
    if degree > int(goal.target.total_degree()) + 1 or goal.equations:
        return None
    return [max(0, int(t) - int(f) + 1) // 2 for t, f in zip(goal.target.degrees(), factor.degrees(), strict=True)]


def _monomials(variables: int, degree: int, largest: Sequence[int] | None = None) -> list[Exponents]:
    """All exponent vectors up to a total degree (and a degree in each variable), the constant last."""
    found = []
    for total in range(degree, -1, -1):
        for chosen in combinations_with_replacement(range(variables), total):
            vector = tuple(chosen.count(v) for v in range(variables))
            if largest is None or all(e <= top for e, top in zip(vector, largest, strict=True)):
                found.append(vector)
    return found


def _consistent(basis: list[Exponents], target: Sequence[Exponents]) -> list[Exponents]:
    """Without monomials whose square can neither be in the target nor be cancelled: what Newton's polytope excludes."""
    allowed = set(target)
    while True:
        cross = {tuple(a + b for a, b in zip(m, n, strict=True)) for m, n in combinations(basis, 2)}
        kept = [m for m in basis if (square := tuple(2 * e for e in m)) in allowed or square in cross]
        if len(kept) == len(basis):
            return kept
        basis = kept


# The semidefinite program


@dataclass
class _System:
    """The identity as linear equations in the entries of the Gram matrices, the free coefficients and the margin."""

    relaxation: _Relaxation
    with_margin: bool
    rows: dict[Exponents, int] = field(default_factory=dict)
    columns: list[dict[int, Any]] = field(default_factory=list)
    right: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        goal = self.relaxation.goal
        square = sum((m * m for m in self.relaxation.multiplier), goal.ring.constant(1))
        for block in self.relaxation.blocks:
            weighted = [block.factor * b for b in block.basis]
            for i, j in block.entries:
                product = weighted[i] * block.basis[j]
                self.column(product * (1 if i == j else 2))
        for _, factor in self.relaxation.factors:
            self.column(factor)
        if self.with_margin:
            self.column(goal.ring.constant(1))
        target = (square * goal.target).to_dict()
        for exponents in target:
            self.row(exponents)
        self.right = [fmpq(0)] * len(self.rows)
        for exponents, c in target.items():
            self.right[self.row(exponents)] = c

    def row(self, exponents: Any) -> int:
        return self.rows.setdefault(tuple(int(e) for e in exponents), len(self.rows))

    def column(self, p: Polynomial) -> None:
        self.columns.append({self.row(exponents): c for exponents, c in p.to_dict().items()})


def _solve(relaxation: _Relaxation, stop: Callable[[], bool]) -> dict[str, Any] | None:
    """A proof from one relaxation, after as many facial reductions as its touching points need."""
    with_margin = relaxation.goal.strict
    for _ in range(_REDUCTIONS):
        system = _System(relaxation, with_margin)
        if len(system.rows) > _MAX_MONOMIALS or any(c.height_bits() > _MAX_BITS for c in system.right):
            return None
        solution = _interior_point(system)
        if solution is None:
            return None
        if with_margin and solution[-1] < _SINGULAR:  # P comes near 0: strictness has to come from strict constraints
            with_margin = False
            continue
        proof = _rounded(system, solution, stop)
        if proof is not None or stop():
            return proof
        reduced = _reduced(relaxation, solution)
        if reduced is None:
            return None
        relaxation = reduced
    return None


def _interior_point(system: _System) -> list[float] | None:
    """A solution with Gram matrices, and the margin, as far inside the cone as they go together; or None."""
    import clarabel
    import numpy as np
    from scipy import sparse

    blocks, unknowns = system.relaxation.blocks, len(system.columns)
    margin = 1 if system.with_margin else 0
    entries = [(row, column, float(c)) for column, coefficients in enumerate(system.columns) for row, c in _floats(coefficients)]
    rows = [r for r, _, _ in entries]
    columns = [c for _, c, _ in entries]
    values = [x for _, _, x in entries]
    right = [float(fraction(b)) for b in system.right]
    cones: list[Any] = [clarabel.ZeroConeT(len(system.rows))]
    at, column = len(system.rows), 0
    level = unknowns
    for block in blocks:
        for i, j in block.entries:
            rows.append(at)
            columns.append(column)
            values.append(-1.0 if i == j else -(2.0**0.5))
            if i == j:
                rows.append(at)
                columns.append(level)
                values.append(1.0)
            at, column = at + 1, column + 1
        cones.append(clarabel.PSDTriangleConeT(len(block.basis)))
    right += [0.0] * (at - len(system.rows))
    bounds: list[tuple[dict[int, float], float]] = [({level: 1.0}, 1.0)]
    if margin:
        bounds += [({unknowns - 1: 1.0}, 1.0), ({unknowns - 1: -1.0, level: 1.0}, 0.0)]
    for row, bound in bounds:
        for variable, c in row.items():
            rows.append(at)
            columns.append(variable)
            values.append(c)
        right.append(bound)
        at += 1
    cones.append(clarabel.NonnegativeConeT(len(bounds)))
    matrix = sparse.csc_matrix((values, (rows, columns)), shape=(at, unknowns + 1))
    objective = np.zeros(unknowns + 1)
    objective[level] = -1.0
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = 100
    solution = clarabel.DefaultSolver(sparse.csc_matrix((unknowns + 1, unknowns + 1)), objective, matrix, np.array(right), cones, settings).solve()
    if str(solution.status) not in ("Solved", "AlmostSolved") or solution.x[level] < -1e-4:
        return None
    return [float(x) for x in solution.x[:unknowns]]


def _floats(coefficients: Mapping[int, Any]) -> Iterator[tuple[int, float]]:
    for row, c in coefficients.items():
        yield row, float(fraction(c))


def _grams(blocks: Sequence[_Block], values: Sequence[Any]) -> list[list[list[Any]]]:
    """The Gram matrices as full square lists."""
    matrices, at = [], 0
    for block in blocks:
        n = len(block.basis)
        matrix: list[list[Any]] = [[None] * n for _ in range(n)]
        for i, j in block.entries:
            matrix[i][j] = matrix[j][i] = values[at]
            at += 1
        matrices.append(matrix)
    return matrices


# Touching points


def _reduced(relaxation: _Relaxation, solution: Sequence[float]) -> _Relaxation | None:
    """The relaxation on the subspaces in which the Gram matrices are regular; None when none is singular, or no rational kernel fits."""
    import numpy as np

    blocks, changed = [], False
    for block, matrix in zip(relaxation.blocks, _grams(relaxation.blocks, solution), strict=True):
        eigenvalues, vectors = np.linalg.eigh(np.array(matrix, dtype=float))
        small = eigenvalues < _SINGULAR * max(1.0, float(eigenvalues[-1]))
        if not small.any():
            blocks.append(block)
            continue
        changed = True
        if small.all():
            continue
        kernel = _rational_span(vectors[:, small].T)
        if kernel is None:
            return None
        blocks.append(replace(block, basis=_complement(block.basis, kernel)))
    return replace(relaxation, blocks=tuple(blocks)) if changed and blocks else None


def _rational_span(vectors: Any) -> list[list[Fraction]] | None:
    """Simple rational vectors with the span of float vectors: the reduced echelon form, rounded; None when it is not simple."""
    import numpy as np

    matrix = np.array(vectors, dtype=float)
    pivots: list[int] = []
    for r in range(len(matrix)):
        free = [c for c in range(matrix.shape[1]) if c not in pivots]
        i, j = max(((i, c) for i in range(r, len(matrix)) for c in free), key=lambda at: abs(matrix[at]))
        if abs(matrix[i, j]) < 1e-6:
            return None
        matrix[[r, i]] = matrix[[i, r]]
        matrix[r] /= matrix[r, j]
        for k in range(len(matrix)):
            if k != r:
                matrix[k] -= matrix[k, j] * matrix[r]
        pivots.append(j)
    rounded = [[Fraction(float(x)).limit_denominator(_SIMPLE) for x in row] for row in matrix]
    if any(abs(float(q) - x) > 2e-3 for row, floats in zip(rounded, matrix, strict=True) for q, x in zip(row, floats, strict=True)):
        return None
    return rounded


def _complement(basis: Sequence[Polynomial], kernel: Sequence[Sequence[Fraction]]) -> tuple[Polynomial, ...]:
    """Polynomials b such that the Gram matrices with this kernel are those of sums of squares in them."""
    n = len(basis)
    reduced, rank = fmpq_mat(len(kernel), n, [rational(x) for row in kernel for x in row]).rref()
    pivots = [next(j for j in range(n) if reduced[i, j]) for i in range(rank)]
    found = []
    for free in (j for j in range(n) if j not in pivots):
        vector = [fmpq(0)] * n
        vector[free] = fmpq(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -reduced[i, free]
        found.append(sum((b * c for b, c in zip(basis, vector, strict=True) if c), basis[0] * 0))
    return tuple(found)


# Exact rounding


def _rounded(system: _System, solution: Sequence[float], stop: Callable[[], bool]) -> dict[str, Any] | None:
    """The exact proof nearest to a float solution, from coarse roundings to fine ones."""
    exact = _projector(system)
    if exact is None:
        return None
    for bits in _ROUNDINGS:
        values = exact([Fraction(round(x * 2**bits), 2**bits) for x in solution])
        if values is None or stop():
            return None
        proof = _proof(system, values)
        if proof is not None:
            return proof
    return None


def _projector(system: _System) -> Any:
    """The function that moves a rational vector to the nearest exact solution of the linear equations."""
    m, n = len(system.rows), len(system.columns)
    matrix = fmpq_mat(m, n)
    for j, column in enumerate(system.columns):
        for i, c in column.items():
            matrix[i, j] = c
    independent = _independent_rows(matrix, m)
    small = fmpq_mat(len(independent), n, [matrix[i, j] for i in independent for j in range(n)])
    right = fmpq_mat(len(independent), 1, [system.right[i] for i in independent])
    normal = small * small.transpose()

    def project(values: Sequence[Fraction]) -> list[Fraction] | None:
        x = fmpq_mat(n, 1, [rational(v) for v in values])
        try:
            y = normal.solve(right - small * x)
        except ZeroDivisionError:
            return None
        moved = x + small.transpose() * y
        full = matrix * moved
        if any(full[i, 0] != system.right[i] for i in range(m)):
            return None
        return [fraction(moved[j, 0]) for j in range(n)]

    return project


def _independent_rows(matrix: Any, m: int) -> list[int]:
    reduced, rank = matrix.transpose().rref()
    if rank == m:
        return list(range(m))
    return [next(j for j in range(m) if reduced[i, j]) for i in range(rank)]


def _proof(system: _System, values: Sequence[Fraction]) -> dict[str, Any] | None:
    """The proof document, when every Gram matrix is positive semidefinite and the margin not negative."""
    relaxation = system.relaxation
    grams = _grams(relaxation.blocks, values)
    if not all(map(_may_be_semidefinite, grams)):
        return None
    found = []
    for block, matrix in zip(relaxation.blocks, grams, strict=True):
        squares = _squares(matrix, block.basis)
        if squares is None:
            return None
        if squares:
            found.append({"constraints": list(block.constraints), "squares": squares})
    at = sum(len(block.entries) for block in relaxation.blocks)
    multiples: dict[int, Polynomial] = {}
    for (condition, monomial), c in zip(relaxation.monomials, values[at:], strict=False):
        multiples[condition] = multiples.get(condition, monomial * 0) + monomial * rational(c)
    margin = values[-1] if system.with_margin else Fraction(0)
    if margin < 0:
        return None
    return {
        "method": "sos",
        "multiplier": [["1", terms(m)] for m in relaxation.multiplier],
        "margin": numeral(margin),
        "terms": found,
        "equations": [[condition, terms(p)] for condition, p in sorted(multiples.items()) if not p.is_zero()],
    }


def _may_be_semidefinite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """Whether floats leave it open: saves an exact factorisation that is bound to fail."""
    import numpy as np

    if any(abs(x) > _LARGEST_FLOAT for row in matrix for x in row):
        return False
    floats = np.array([[float(x) for x in row] for row in matrix])
    return not matrix or bool(np.linalg.eigvalsh(floats)[0] >= -1e-9 * max(1.0, float(np.abs(floats).max())))


def _squares(matrix: Sequence[Sequence[Fraction]], basis: Sequence[Polynomial]) -> list[list[Any]] | None:
    """The sum of squares of a Gram matrix by LDLᵀ, or None when it is not positive semidefinite."""
    n = len(matrix)
    rest = [[rational(x) for x in row] for row in matrix]
    squares = []
    for k in range(n):
        pivot = rest[k][k]
        if pivot < 0 or (not pivot and any(rest[k][j] for j in range(k, n))):
            return None
        if not pivot:
            continue
        row = [rest[k][j] / pivot for j in range(n)]
        root = sum((basis[j] * row[j] for j in range(k, n) if row[j]), basis[0] * 0)
        squares.append([numeral(fraction(pivot)), terms(root)])
        for i in range(k + 1, n):
            for j in range(i, n):
                rest[i][j] = rest[j][i] = rest[i][j] - rest[i][k] * row[j]
    return squares
