"""Regularised NLHF as App. F.4 prints it, with −λ·D(π₂‖π_ref) for the minimising player (P1).

That makes the minimiser's problem concave, so it sits at a vertex and the program is max_π min_j [(πᵀM)_j + λ ln π_ref(j)] − λ·D(π‖π_ref). By minimax
its solution is π ∝ π_ref·e^{Mq/λ}, where q, the mixture of binding vertices, minimises the convex function
λ ln Σ_x π_ref(x)e^{(Mq)_x/λ} + λ Σ_j q_j ln π_ref(j) on the simplex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.alignment_distortion.kl_ball import Reference, Tilt, tilt
from claims.alignment_distortion.model import Matrix, Vector, dot, margins, total
from claims.alignment_distortion.nash import Equilibrium, merge_duplicates
from claims.errors import ClaimError
from exact import reals
from exact.balls import Undecidable
from exact.reals import Real
from exact.roots import NoRoot, certified_root
from instances import ResponseModel, UserTypes

_DEGENERATE = "the printed program's binding vertices cannot be told apart at these parameters; change lam"


def printed_regularised_nlhf(game: Matrix, ref: Reference, lam: Real, vertex_logs: Vector | None = None) -> Tilt:
    """The solution of the printed program for λ > 0 (policy and divergence). Raises ClaimError when its binding vertices are ambiguous.

    ``vertex_logs`` takes the place of ln π_ref at the minimiser's vertices, where alternatives stand for several.
    """
    program = _Program(game, ref, lam, ref.logs if vertex_logs is None else vertex_logs)
    n = len(ref)
    mixture = _mixture(program)
    binding = [j for j in range(n) if mixture[j] > 0]
    try:
        found = _solve(program, binding, [Fraction(float(mixture[j])) for j in binding])
        values = program.vertex_values(found)
        certain = all(values[j] > values[binding[0]] for j in range(n) if j not in binding)
    except (NoRoot, Undecidable, ZeroDivisionError) as error:
        raise ClaimError(_DEGENERATE) from error
    if not certain:
        raise ClaimError(_DEGENERATE)
    return found


def population_printed_nlhf(response: ResponseModel, population: UserTypes, ref: Reference, lam: Real) -> Tilt:
    """The same for a population. Alternatives that all users value alike are one, shared as π_ref shares it; the minimiser uses the rarest of them."""
    merged = merge_duplicates(population, ref)
    vertex_logs = [reals.minimum(ref.logs[x] for x in group) for group in merged.groups]
    found = printed_regularised_nlhf(margins(response, merged.population), merged.ref, lam, vertex_logs)
    split = merged.split(Equilibrium(found.policy, lam, found.kl))
    return Tilt(split.policy, lam, found.kl, found.value, found.log_normaliser)


@dataclass(frozen=True)
class _Program:
    game: Matrix
    ref: Reference
    lam: Real
    vertex_logs: Vector

    def vertex_values(self, found: Tilt) -> list[Real]:
        """(πᵀM)_j + λ ln π_ref(j) for every vertex j."""
        return [dot([row[j] for row in self.game], found.policy) + self.lam * self.vertex_logs[j] for j in range(len(self.ref))]


def _solve(program: _Program, binding: Sequence[int], guess: Sequence[Fraction]) -> Tilt:
    columns = [[row[j] for row in program.game] for j in binding]

    def policy_of(mixture: Sequence[Real]) -> Tilt:
        scores = [total(q * column[x] for q, column in zip(mixture, columns, strict=True)) for x in range(len(program.ref))]
        return tilt(scores, program.ref, 1 / program.lam)

    if len(binding) == 1:
        return policy_of([Fraction(1)])

    def equations(mixture: Sequence[Real]) -> list[Real]:
        values = program.vertex_values(policy_of(mixture))
        return [total(mixture) - 1, *(values[j] - values[binding[0]] for j in binding[1:])]

    mixture = certified_root(equations, guess)
    if not all(q > 0 for q in mixture):
        raise NoRoot("a binding vertex has no positive share")
    return policy_of(mixture)


def _mixture(program: _Program) -> Any:
    """The minimiser q of the convex dual on the simplex, in floating point: 0 outside the face found. From large λ, where it is smooth, down to λ."""
    import numpy as np

    dual = _Dual(program)
    target = dual.lam
    dual.lam = max(target, float(np.abs(dual.game).max()))
    q = min((vertex for vertex in np.eye(len(program.ref))), key=dual.value)
    while True:
        q = _minimise(dual, q)
        if dual.lam == target:
            return q
        dual.lam = max(target, dual.lam / 2)


def _minimise(dual: _Dual, q: Any) -> Any:
    """An active-set method: the minimum on a face, then the vertex that wants to join, until none does."""
    import numpy as np

    n = len(q)
    for _ in range(4 * n + 4):
        q = _minimise_on_face(dual, q, [j for j in range(n) if q[j] > 0])
        gradient = dual.gradient(q)
        worst = int(np.argmin(gradient))
        if gradient[worst] >= q @ gradient - 1e-11 * (1 + abs(gradient).max()):
            break
        q = _minimise_on_face(dual, q, sorted({worst, *(j for j in range(n) if q[j] > 0)}))
    return q


def _minimise_on_face(dual: _Dual, q: Any, face: list[int]) -> Any:
    """Newton's method on a face, the step halved until it descends; a vertex whose share falls to 0 leaves the face."""
    import numpy as np

    for _ in range(200):
        k, gradient = len(face), dual.gradient(q)
        curvature = dual.hessian(q)[np.ix_(face, face)]
        system = np.zeros((k + 1, k + 1))
        system[:k, :k] = curvature + 1e-12 * (np.trace(curvature) + np.abs(gradient).max()) * np.eye(k)
        system[k, :k] = system[:k, k] = 1.0
        direction = np.zeros(len(q))
        direction[face] = np.linalg.lstsq(system, np.append(-gradient[face], 0.0), rcond=None)[0][:k]
        limit, leaving = min(((-q[j] / direction[j], j) for j in face if direction[j] < 0), default=(np.inf, -1))
        step = min(1.0, limit)
        while step > 1e-16 and dual.value(q + step * direction) > dual.value(q) + 1e-4 * step * float(gradient @ direction):
            step /= 2
        moved = q + step * direction
        if step == limit:
            moved[leaving] = 0.0
            face = [j for j in face if j != leaving]
        elif float(np.abs(moved - q).max()) < 1e-15:
            return moved
        q = moved
    return q


class _Dual:
    """λ ln Σ_x π_ref(x)e^{(Mq)_x/λ} + λ Σ_j q_j ln π_ref(j) with its derivatives, in floating point."""

    def __init__(self, program: _Program) -> None:
        import numpy as np

        self.game = np.array([[float(value) for value in row] for row in program.game])
        self.logs = np.array([float(value) for value in program.ref.logs])
        self.vertex_logs = np.array([float(value) for value in program.vertex_logs])
        self.lam = float(program.lam)

    def value(self, q: Any) -> float:
        """The function at q."""
        import numpy as np

        exponents = self.logs + self.game @ q / self.lam
        shift = exponents.max()
        return float(self.lam * (shift + np.log(np.exp(exponents - shift).sum())) + self.lam * q @ self.vertex_logs)

    def _policy(self, q: Any) -> Any:
        import numpy as np

        exponents = self.logs + self.game @ q / self.lam
        masses = np.exp(exponents - exponents.max())
        return masses / masses.sum()

    def gradient(self, q: Any) -> Any:
        """(πᵀM)_j + λ ln π_ref(j)."""
        return self.game.T @ self._policy(q) + self.lam * self.vertex_logs

    def hessian(self, q: Any) -> Any:
        """Mᵀ·Cov(π)·M/λ."""
        import numpy as np

        policy = self._policy(q)
        return self.game.T @ (np.diag(policy) - np.outer(policy, policy)) @ self.game / self.lam
