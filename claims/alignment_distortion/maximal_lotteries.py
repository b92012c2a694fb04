"""Maximal lotteries: the optimal strategies of the margin game, and the one nearest to a reference policy (algorithm 4).

A lottery π is maximal when πᵀM >= 0. By Goldman and Tucker (1956, "Theory of linear programming") there is one with
π_z + (πᵀM)_z > 0 for every z: its support X carries all maximal lotteries, and each of them gives exactly 0 against X. A linear program in
rational arithmetic finds X (on midpoints of the margins where these are balls); then the lottery is computed, and what makes it maximal,
and unique, is checked on the numbers themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from claims.alignment_distortion.kl_ball import Reference, tilt
from claims.alignment_distortion.model import Matrix, Vector, dot, total
from claims.errors import ClaimError
from exact import linear_programs, reals
from exact.balls import Ball, Undecidable
from exact.reals import Real
from exact.roots import NoRoot, certified_root

if TYPE_CHECKING:
    from numpy import ndarray

_MIDPOINT_BITS = 100
_ACTIVE_SET_ROUNDS = 50
_DEGENERATE = ("the game has several maximal lotteries, or nearly so, and its margins are no exact rationals, so that they cannot be told apart; "
               "give r and K instead of beta")


def least_kl_maximal_lottery(margins: Matrix, ref: Reference) -> tuple[tuple[Real, ...], Real]:
    """The maximal lottery of least D_KL(·‖π_ref), with that divergence. Margins: antisymmetric.

    Exact when the margins are and the maximal lottery is unique, or π_ref is one itself. Raises ClaimError when there are several and the margins
    between their alternatives are balls.
    """
    n = len(margins)
    support, strict = _support(margins)
    inside = [[margins[x][y] for y in support] for x in support]
    exact = _exact_matrix(inside)
    kernel = _kernel(exact) if exact is not None else []
    outside = [z for z in range(n) if z not in support]
    binding: list[int] = []
    if len(kernel) > 1:
        masses, binding = _nearest_of_several(margins, ref, support, outside, kernel, strict)
    elif kernel:
        masses = [value / sum(kernel[0]) for value in kernel[0]]
    else:
        masses = _equalizing(inside)
    policy = tuple(masses[support.index(x)] if x in support else Fraction(0) for x in range(n))
    _check_maximal(policy, margins, [z for z in outside if z not in binding], support, known=strict is not None)
    return policy, divergence(policy, ref)


def maximal_lottery(margins: Matrix) -> tuple[Real, ...]:
    """The maximal lottery that is nearest to the uniform one."""
    return least_kl_maximal_lottery(margins, Reference.of([Fraction(1, len(margins))] * len(margins)))[0]


def divergence(policy: Vector, ref: Reference) -> Real:
    """D_KL(π‖π_ref) by logarithms; an entry of ``policy`` that is the number 0 contributes 0."""
    pairs = zip(policy, ref.logs, strict=True)
    return total(mass * (reals.log(mass) - log) for mass, log in pairs if not (isinstance(mass, int | Fraction) and mass == 0))


def _support(margins: Matrix) -> tuple[list[int], list[Fraction] | None]:
    """The support X of a strictly complementary maximal lottery, and that lottery if the margins are exact."""
    n = len(margins)
    plain = [[reals.plain(value) for value in row] for row in margins]
    exact = all(isinstance(value, Fraction) for row in plain for value in row)
    unit = _unit(plain)
    upper = {(x, y): _rational(plain[x][y], unit) for x in range(n) for y in range(x + 1, n)}
    numbers = [[Fraction(0) if x == y else upper[x, y] if x < y else -upper[y, x] for y in range(n)] for x in range(n)]
    rows = [linear_programs.Row(dict.fromkeys(range(n), 1), lower=1, upper=1)]
    for z in range(n):
        gain = {x: numbers[x][z] for x in range(n)}
        rows.append(linear_programs.Row(gain, lower=0))
        rows.append(linear_programs.Row({**gain, z: gain[z] + 1, n: Fraction(-1)}, lower=0))
    problem = linear_programs.Problem(sense="maximise", columns=n + 1, objective={n: 1}, rows=rows)
    found = linear_programs.solve(problem).primal
    if found is None:
        raise ClaimError("the margins are not antisymmetric: the game of a maximal lottery has an optimal strategy for both sides")
    return [x for x in range(n) if found[x] > 0], [found[x] for x in range(n)] if exact else None


def _unit(plain: Sequence[Sequence[Fraction | Ball]]) -> Fraction:
    """A small power of two beside the greatest ball: what midpoints are rounded to."""
    largest = max((abs(value.mid) for row in plain for value in row if isinstance(value, Ball)), default=Fraction(0))
    exponent = largest.numerator.bit_length() - largest.denominator.bit_length() if largest else 0
    return Fraction(2) ** (exponent - _MIDPOINT_BITS)


def _rational(value: Fraction | Ball, unit: Fraction) -> Fraction:
    return value if isinstance(value, Fraction) else round(value.mid / unit) * unit


def _exact_matrix(matrix: Matrix) -> list[list[Fraction]] | None:
    """The matrix as fractions, if all its entries are."""
    rows = [[value for value in map(reals.plain, row) if isinstance(value, Fraction)] for row in matrix]
    return rows if all(len(row) == len(original) for row, original in zip(rows, matrix, strict=True)) else None


def _kernel(matrix: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """A basis of the row vectors π with π·matrix = 0 (for an antisymmetric matrix the same as matrix·π = 0)."""
    from flint import fmpq, fmpq_mat

    n = len(matrix)
    reduced, rank = fmpq_mat(n, n, [fmpq(value.numerator, value.denominator) for row in matrix for value in row]).rref()
    pivots = [next(j for j in range(n) if reduced[i, j] != 0) for i in range(rank)]
    basis = []
    for free in (j for j in range(n) if j not in pivots):
        vector = [Fraction(int(j == free)) for j in range(n)]
        for i, pivot in enumerate(pivots):
            vector[pivot] = -Fraction(int(reduced[i, free].p), int(reduced[i, free].q))
        basis.append(vector)
    return basis


def _equalizing(inside: Matrix) -> list[Real]:
    """The one π with Σ π = 1 and π·inside = 0: a root, so proved to be the only one."""
    n = len(inside)
    if n == 1:
        return [Fraction(1)]

    def equations(masses: Sequence[Real]) -> list[Real]:
        return [total(masses) - 1, *(dot(inside[z], masses) for z in range(1, n))]

    try:
        return list(certified_root(equations, [Fraction(1, n)] * n))
    except (NoRoot, ZeroDivisionError) as error:
        raise ClaimError(_DEGENERATE) from error


def _check_maximal(policy: Vector, margins: Matrix, outside: Sequence[int], support: Sequence[int], known: bool) -> None:
    """π > 0 on the support and πᵀM >= 0 outside, on the numbers themselves; strictly where strict complementarity is not ``known`` already.

    That πᵀM = 0 on the support, and at constraints that bind, is an equation that the lottery was computed from.
    """
    try:
        gains = [dot([row[z] for row in margins], policy) for z in outside]
        maximal = all(policy[x] > 0 for x in support) and all(gain >= 0 if known else gain > 0 for gain in gains)
    except Undecidable as error:
        raise ClaimError(_DEGENERATE) from error
    if not maximal:
        raise ClaimError(_DEGENERATE)


# Several maximal lotteries: the one nearest to the reference


def _nearest_of_several(
    margins: Matrix, ref: Reference, support: Sequence[int], outside: Sequence[int], kernel: Sequence[Sequence[Fraction]], strict: list[Fraction] | None
) -> tuple[list[Real], list[int]]:
    """The lottery on the support, and the z outside whose constraint (πᵀM)_z >= 0 binds.

    π_x ∝ π_ref(x)·e^{Σ_z y_z M_xz}, with (πᵀM)_z = 0 for the z that have a multiplier y_z: as many z of the support as are independent (y_z free), and the
    z outside that bind (y_z > 0).
    """
    rank = len(support) - len(kernel)
    inner = Reference(tuple(ref.logs[x] for x in support), tuple(ref.weights[x] for x in support) if ref.weights else ())
    if rank == 0 and not outside:
        return list(inner.conditioned(range(len(support)))), []
    columns = {z: [margins[x][z] for x in support] for z in range(len(margins))}
    free = _independent(columns, support, rank)
    active = _active_set(columns, inner, free, outside) if strict is not None else []
    chosen = [*free, *active]
    if not chosen:
        mass = inner.conditioned(range(len(support)))
        whole = total(mass)
        return [value / whole for value in mass], []

    def policy_of(multipliers: Sequence[Real]) -> tuple[Real, ...]:
        scores = [total(y * columns[z][i] for y, z in zip(multipliers, chosen, strict=True)) for i in range(len(support))]
        return tilt(scores, inner, Fraction(1)).policy

    def equations(multipliers: Sequence[Real]) -> list[Real]:
        policy = policy_of(multipliers)
        return [dot(columns[z], policy) for z in chosen]

    guess = _multipliers([[float(value) for value in columns[z]] for z in chosen], inner)
    try:
        solved = certified_root(equations, [Fraction(value) for value in guess])
        if not all(y > 0 for y in solved[len(free):]):
            raise ClaimError(_DEGENERATE)
    except (NoRoot, ZeroDivisionError, Undecidable) as error:
        raise ClaimError("the maximal lottery nearest to the reference lies at a degenerate point of the set of maximal lotteries; change ref") from error
    return list(policy_of(solved)), [z for z in outside if z in active or (active and _rank(columns, [*chosen, z]) == len(chosen))]


def _rank(columns: dict[int, list[Real]], chosen: Sequence[int]) -> int:
    """The rank of the chosen columns, where they are exact: a column in the span of others that give 0 gives exactly 0 as well."""
    from flint import fmpq, fmpq_mat

    rows = _exact_matrix([columns[z] for z in chosen]) or []
    entries = [fmpq(value.numerator, value.denominator) for row in rows for value in row]
    return int(fmpq_mat(len(chosen), len(rows[0]), entries).rref()[1])


def _independent(columns: dict[int, list[Real]], support: Sequence[int], rank: int) -> list[int]:
    """So many z of the support that their columns span all of them."""
    from flint import fmpq, fmpq_mat

    if rank == 0:
        return []
    rows = _exact_matrix([[columns[z][i] for z in support] for i in range(len(support))]) or []
    entries = [fmpq(value.numerator, value.denominator) for row in rows for value in row]
    reduced, found = fmpq_mat(len(support), len(support), entries).rref()
    return [support[next(j for j in range(len(support)) if reduced[i, j] != 0)] for i in range(found)]


def _active_set(columns: dict[int, list[Real]], inner: Reference, free: Sequence[int], outside: Sequence[int]) -> list[int]:
    """The z outside whose constraint (πᵀM)_z >= 0 binds at the nearest lottery; a candidate, found in floating point."""
    import numpy as np

    numbers = {z: np.array([float(value) for value in column]) for z, column in columns.items()}
    active: list[int] = []
    for _ in range(_ACTIVE_SET_ROUNDS):
        chosen = [*free, *active]
        multipliers = _multipliers([list(numbers[z]) for z in chosen], inner)
        released = [z for z, y in zip(active, multipliers[len(free):], strict=True) if y < 0]
        if released:
            active = [z for z in active if z not in released]
            continue
        policy = _tilted([list(numbers[z]) for z in chosen], multipliers, inner)
        gains = {z: float(numbers[z] @ policy) for z in outside if z not in active}
        worst = min(gains, key=lambda z: gains[z], default=None)
        if worst is None or gains[worst] >= -1e-12:
            return active
        active.append(worst)
    return active


def _tilted(columns: Sequence[Sequence[float]], multipliers: Sequence[float], inner: Reference) -> Any:
    import numpy as np

    exponents = _exponents(columns, multipliers, inner)
    masses = np.exp(exponents - exponents.max())
    return masses / masses.sum()


def _exponents(columns: Sequence[Sequence[float]], multipliers: Sequence[float], inner: Reference) -> Any:
    import numpy as np

    exponents = np.array([float(value) for value in inner.logs])
    for y, column in zip(multipliers, columns, strict=True):
        exponents = exponents + y * np.array(column)
    return exponents


def _multipliers(columns: Sequence[Sequence[float]], inner: Reference) -> list[float]:
    """The minimiser of the convex function ln Σ π_ref e^{Σ y_z M_xz} of y, by Newton's method in floating point, the step halved until it descends."""
    import numpy as np

    if not columns:
        return []

    def value(y: Any) -> float:
        exponents = _exponents(columns, list(y), inner)
        return float(exponents.max() + np.log(np.exp(exponents - exponents.max()).sum()))

    matrix: ndarray[Any, Any] = np.array(columns)
    y = np.zeros(len(columns))
    for _ in range(200):
        policy = _tilted(columns, list(y), inner)
        gradient = matrix @ policy
        hessian = matrix @ (np.diag(policy) - np.outer(policy, policy)) @ matrix.T
        move = np.linalg.lstsq(hessian, gradient, rcond=None)[0]
        fraction, before = 1.0, value(y)
        while fraction > 1e-12 and value(y - fraction * move) > before - 1e-4 * fraction * float(gradient @ move):
            fraction /= 2
        y = y - fraction * move
        if float(np.abs(move).max()) < 1e-13 or fraction <= 1e-12:
            break
    return [float(value) for value in y]
