"""Regularised NLHF as App. F.4 prints it, with −λ·D(π₂‖π_ref) for the minimising player (P1).

That makes the minimiser's problem concave, so it sits at a vertex and the program is max_π min_j [(πᵀM)_j + λ ln π_ref(j)] − λ·D(π‖π_ref). By minimax
its solution is π ∝ π_ref·e^{Mq/λ}, where q, the mixture of binding vertices, minimises the convex function
λ ln Σ_x π_ref(x)e^{(Mq)_x/λ} + λ Σ_j q_j ln π_ref(j) on the simplex.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from claims.alignment_distortion.kl_ball import Reference, Tilt, tilt
from claims.alignment_distortion.model import Matrix, dot, total
from claims.errors import ClaimError
from exact import reals
from exact.balls import Undecidable
from exact.reals import Real
from exact.roots import NoRoot, certified_root

_DEGENERATE = "the printed program's binding vertices cannot be told apart at these parameters; change lam"


def printed_regularised_nlhf(margins: Matrix, ref: Reference, lam: Real) -> Tilt:
    """The solution of the printed program for λ > 0 (policy and divergence). Raises ClaimError when its binding vertices are ambiguous."""
    n = len(ref)
    binding = [0] if n == 1 else _binding(margins, ref, float(lam))
    found = _solve(margins, ref, lam, *binding)
    values = _vertex_values(margins, ref, lam, found)
    try:
        certain = all(values[j] > values[binding[0]] for j in range(n) if j not in binding)
    except Undecidable:
        certain = all(_same_vertex(margins, ref, j, binding) or values[j] > values[binding[0]] for j in range(n) if j not in binding)
    if not certain:
        raise ClaimError(_DEGENERATE)
    return found


def _solve(margins: Matrix, ref: Reference, lam: Real, *binding: int) -> Tilt:
    columns = [[row[j] for row in margins] for j in binding]

    def policy_of(mixture: Sequence[Real]) -> Tilt:
        scores = [total(q * column[x] for q, column in zip(mixture, columns, strict=True)) for x in range(len(ref))]
        return tilt(scores, ref, 1 / lam)

    if len(binding) == 1:
        return policy_of([Fraction(1)])

    def equations(mixture: Sequence[Real]) -> list[Real]:
        values = _vertex_values(margins, ref, lam, policy_of(mixture))
        return [total(mixture) - 1, *(values[j] - values[binding[0]] for j in binding[1:])]

    guess = _mixture(margins, ref, float(lam))
    try:
        mixture = certified_root(equations, [Fraction(float(guess[j])) for j in binding])
        positive = all(q > 0 for q in mixture)
    except (NoRoot, Undecidable, ZeroDivisionError) as error:
        raise ClaimError(_DEGENERATE) from error
    if not positive:
        raise ClaimError(_DEGENERATE)
    return policy_of(mixture)


def _vertex_values(margins: Matrix, ref: Reference, lam: Real, found: Tilt) -> list[Real]:
    """(πᵀM)_j + λ ln π_ref(j) for every vertex j."""
    return [dot([row[j] for row in margins], found.policy) + lam * ref.logs[j] for j in range(len(ref))]


def _same_vertex(margins: Matrix, ref: Reference, j: int, binding: Sequence[int]) -> bool:
    """Whether j is a copy of a binding vertex: then it binds too, and its share of the mixture may be given to the other."""
    return any(
        bool(ref.weights) and ref.weights[j] == ref.weights[b]
        and all(reals.is_certain(lambda row=row, b=b: row[j] == row[b]) for row in margins)
        for b in binding
    )


def _binding(margins: Matrix, ref: Reference, lam: float) -> list[int]:
    """The vertices with a share in the mixture; a candidate, found in floating point."""
    mixture = _mixture(margins, ref, lam)
    return [j for j in range(len(ref)) if mixture[j] > 0]


def _mixture(margins: Matrix, ref: Reference, lam: float) -> Any:
    """The minimiser q of the convex dual on the simplex, by an active-set method in floating point: 0 outside the face found."""
    import numpy as np

    dual = _Dual(np.array([[float(value) for value in row] for row in margins]), np.array([float(value) for value in ref.logs]), lam)
    vertices = np.eye(len(ref))
    q = min((vertices[j] for j in range(len(ref))), key=dual.value)
    for _ in range(4 * len(ref) + 4):
        q = _minimise_on_face(dual, q, [j for j in range(len(ref)) if q[j] > 0])
        gradient = dual.gradient(q)
        worst = int(np.argmin(gradient))
        if gradient[worst] >= q @ gradient - 1e-11 * (1 + abs(gradient).max()):
            return q
        q = _minimise_on_face(dual, q, sorted({worst, *(j for j in range(len(ref)) if q[j] > 0)}))
    return q


def _minimise_on_face(dual: _Dual, q: Any, face: list[int]) -> Any:
    """Newton's method on a face; a vertex whose share falls to 0 leaves the face."""
    import numpy as np

    for _ in range(200):
        k = len(face)
        system = np.zeros((k + 1, k + 1))
        system[:k, :k] = dual.hessian(q)[np.ix_(face, face)]
        system[k, :k] = system[:k, k] = 1.0
        direction = np.zeros(len(q))
        direction[face] = np.linalg.lstsq(system, np.append(-dual.gradient(q)[face], 0.0), rcond=None)[0][:k]
        limit, leaving = min(((-q[j] / direction[j], j) for j in face if direction[j] < 0), default=(np.inf, -1))
        step = min(1.0, limit)
        while step > 1e-14 and dual.value(q + step * direction) > dual.value(q):
            step /= 2
        moved = q + step * direction
        if step == limit:
            moved[leaving] = 0.0
            face = [j for j in face if j != leaving]
        if step != limit and float(np.abs(moved - q).max()) < 1e-15:
            return moved
        q = moved
    return q


class _Dual:
    """λ ln Σ_x π_ref(x)e^{(Mq)_x/λ} + λ Σ_j q_j ln π_ref(j) with its derivatives, in floating point."""

    def __init__(self, game: Any, logs: Any, lam: float) -> None:
        self.game, self.logs, self.lam = game, logs, lam

    def value(self, q: Any) -> float:
        """The function at q."""
        import numpy as np

        exponents = self.logs + self.game @ q / self.lam
        shift = exponents.max()
        return float(self.lam * (shift + np.log(np.exp(exponents - shift).sum())) + self.lam * q @ self.logs)

    def _policy(self, q: Any) -> Any:
        import numpy as np

        exponents = self.logs + self.game @ q / self.lam
        masses = np.exp(exponents - exponents.max())
        return masses / masses.sum()

    def gradient(self, q: Any) -> Any:
        """(πᵀM)_j + λ ln π_ref(j)."""
        return self.game.T @ self._policy(q) + self.lam * self.logs

    def hessian(self, q: Any) -> Any:
        """Mᵀ·Cov(π)·M/λ."""
        import numpy as np

        policy = self._policy(q)
        return self.game.T @ (np.diag(policy) - np.outer(policy, policy)) @ self.game / self.lam
