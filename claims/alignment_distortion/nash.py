"""Nash learning from human feedback: equilibria of the margin game inside a KL ball, and its regularised form (algorithm 5).

M is the antisymmetric matrix of margins, M_xy = p(x ≻ y) − p(y ≻ x). The regularised game
max_π₁ min_π₂ π₁ᵀMπ₂ − λ·D(π₁‖π_ref) + λ·D(π₂‖π_ref) has one equilibrium; it is symmetric and is the fixed point π ∝ π_ref·e^{(Mπ)/λ}.
The equilibrium in a ball of radius τ is the regularised one whose divergence is τ, or the maximal lottery nearest to π_ref if that lies in the ball.
Floating point finds candidates along the path of λ; :func:`exact.roots.certified_root` proves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from claims.alignment_distortion.kl_ball import Reference, Tilt, tilt
from claims.alignment_distortion.maximal_lotteries import least_kl_maximal_lottery
from claims.alignment_distortion.model import INFINITE, Matrix, borda_excess, dot, margins, total
from claims.errors import ClaimError
from exact import reals
from exact.reals import Real
from exact.roots import certified_root
from instances import PopulationView, ResponseModel, UserTypes

if TYPE_CHECKING:
    from numpy import ndarray

_SMALLEST_LAMBDA = 1e-7
_LARGEST_LAMBDA = 1e60
"""Both in units of the greatest margin."""
_PATH_FACTOR = 0.6
_DAMPED_STEPS = 100


@dataclass(frozen=True)
class Equilibrium:
    """An equilibrium policy with the KL weight λ that it belongs to (0: a maximal lottery, INFINITE: π_ref) and its divergence from π_ref."""

    policy: tuple[Real, ...]
    lam: Real
    kl: Real


def regularised_nlhf(game: Matrix, ref: Reference, lam: Real) -> Equilibrium:
    """The equilibrium of the game regularised with weight ``lam`` in [0, INFINITE] (0: the maximal lottery nearest to π_ref)."""
    if lam == INFINITE or _reference_is_equalizer(game, ref):
        return Equilibrium(ref.policy(), lam, Fraction(0))
    if lam == 0:
        policy, kl = least_kl_maximal_lottery(game, ref)
        return Equilibrium(policy, Fraction(0), kl)
    guess = _Path(game, ref).at(float(lam))
    scale = _scale(guess)

    def equations(unknown: Sequence[Real]) -> list[Real]:
        scores = [Fraction(0), *(scale * value for value in unknown)]
        return _stationarity(game, scores, _softmax(scores, ref), lam, scale)

    solved = certified_root(equations, _guess(guess, scale))
    found = _softmax([Fraction(0), *(scale * value for value in solved)], ref)
    return Equilibrium(found.policy, lam, found.kl)


def nlhf(game: Matrix, ref: Reference, tau: Real) -> Equilibrium:
    """The equilibrium when both players stay in the KL ball of radius ``tau`` in [0, INFINITE] around π_ref."""
    if _reference_is_equalizer(game, ref):
        return Equilibrium(ref.policy(), Fraction(0), Fraction(0))
    if tau == 0:
        return Equilibrium(ref.policy(), INFINITE, Fraction(0))
    path = _Path(game, ref)
    start = None if tau == INFINITE else path.reaching(float(tau))
    if start is None:
        policy, kl = least_kl_maximal_lottery(game, ref)
        if tau == INFINITE or kl <= tau:
            return Equilibrium(policy, Fraction(0), kl)
        raise ClaimError("the KL budget is so close to that of the maximal lottery that no equilibrium is found; change tau")
    lam0, guess = start
    first, scale = Fraction(lam0), _scale(guess)

    def equations(unknown: Sequence[Real]) -> list[Real]:
        scores = [Fraction(0), *(scale * value for value in unknown[:-1])]
        found = _softmax(scores, ref)
        lam = first * (1 + unknown[-1])
        return [*_stationarity(game, scores, found, lam, scale), found.kl / tau - 1]

    solved = certified_root(equations, [*_guess(guess, scale), Fraction(0)])
    found = _softmax([Fraction(0), *(scale * value for value in solved[:-1])], ref)
    return Equilibrium(found.policy, first * (1 + solved[-1]), found.kl)


def _softmax(scores: Sequence[Real], ref: Reference) -> Tilt:
    return tilt(scores, ref, Fraction(1))


def _stationarity(game: Matrix, scores: Sequence[Real], found: Tilt, lam: Real, scale: Fraction) -> list[Real]:
    """z_x − ((Mπ)_x − (Mπ)_1)/λ for x > 1, in units of the greatest |z|."""
    gains = [dot(row, found.policy) for row in game]
    return [(score - (gain - gains[0]) / lam) / scale for score, gain in zip(scores[1:], gains[1:], strict=True)]


def _reference_is_equalizer(game: Matrix, ref: Reference) -> bool:
    """Whether every alternative is worth exactly the same against π_ref: then π_ref is the equilibrium for every λ."""
    if len(ref) == 1:
        return True
    if not ref.weights:
        return all(isinstance(value, int | Fraction) and value == 0 for row in game for value in row)
    gains = [dot(row, ref.weights) for row in game]
    return all(reals.is_certain(lambda gain=gain: gain == gains[0]) for gain in gains[1:])


def _guess(scores: Sequence[float], scale: Fraction) -> list[Fraction]:
    return [Fraction(score) / scale for score in scores[1:]]


def _scale(scores: Sequence[float]) -> Fraction:
    """A power of two next to the greatest |z|: unknowns of size 1 suit the box of the root's proof."""
    import math

    largest = max((abs(score) for score in scores), default=0.0)
    return Fraction(2) ** math.frexp(largest)[1] if largest > 0 else Fraction(1)


class _Path:
    """The path λ ↦ z(λ) of regularised equilibria in floating point: z = M·softmax(ln π_ref + z)/λ up to a constant.

    M is scaled to entries of size 1, and λ with it, so that the path looks the same for every β.
    """

    def __init__(self, game: Matrix, ref: Reference) -> None:
        import numpy as np

        self.unit = max((abs(float(value)) for row in game for value in row), default=0.0) or 1.0
        self.game: ndarray[Any, Any] = np.array([[float(value) / self.unit for value in row] for row in game])
        self.logs: ndarray[Any, Any] = np.array([float(value) for value in ref.logs])

    def at(self, lam: float) -> list[float]:
        """z(λ), with z_1 = 0."""
        import numpy as np

        target = lam / self.unit
        step = max(target, 4.0)
        scores = self._newton(np.zeros(len(self.logs)), step)
        while step > target:
            step = max(target, step * _PATH_FACTOR)
            scores = self._newton(scores, step)
        return self._from_first(scores)

    def reaching(self, tau: float) -> tuple[float, list[float]] | None:
        """(λ, z(λ)) where the divergence is about ``tau``; None when even the smallest λ stays below it."""
        import numpy as np

        high, scores = 4.0, np.zeros(len(self.logs))
        while self.divergence(self._newton(scores, high)) > tau:
            high *= 16
            if high > _LARGEST_LAMBDA:
                return None
        low, at_high = high, self._newton(scores, high)
        scores = at_high
        while self.divergence(scores) < tau:
            high, at_high, low = low, scores, low * _PATH_FACTOR
            if low < _SMALLEST_LAMBDA:
                return None
            scores = self._newton(scores, low)
        for _ in range(60):
            middle = (low * high) ** 0.5
            at_middle = self._newton(at_high, middle)
            if self.divergence(at_middle) < tau:
                high, at_high = middle, at_middle
            else:
                low = middle
        return high * self.unit, self._from_first(at_high)

    def policy(self, scores: Any) -> Any:
        """softmax(ln π_ref + z)."""
        import numpy as np

        exponents = self.logs + scores
        masses = np.exp(exponents - exponents.max())
        return masses / masses.sum()

    def divergence(self, scores: Any) -> float:
        """D(π(z)‖π_ref)."""
        import numpy as np

        policy, exponents = self.policy(scores), self.logs + scores
        shift = float(exponents.max())
        return float(policy @ scores - shift - np.log(np.exp(exponents - shift).sum()))

    def _newton(self, scores: Any, lam: float) -> Any:
        import numpy as np

        n = len(scores)
        for _ in range(_DAMPED_STEPS):
            policy = self.policy(scores)
            residual = scores - self.game @ policy / lam
            covariance = np.diag(policy) - np.outer(policy, policy)
            move = np.linalg.solve(np.eye(n) - self.game @ covariance / lam, residual)
            size, fraction = float(np.abs(residual).max()), 1.0
            while fraction > 1e-6:
                candidate = scores - fraction * move
                if float(np.abs(candidate - self.game @ self.policy(candidate) / lam).max()) < size:
                    break
                fraction /= 2
            else:
                return scores
            scores = candidate
        return scores

    @staticmethod
    def _from_first(scores: Any) -> list[float]:
        return [float(score - scores[0]) for score in scores]


# From a population


def population_nlhf(response: ResponseModel, population: UserTypes, ref: Reference, tau: Real) -> Equilibrium:
    """NLHF(τ) of a population. Alternatives that all users value alike are one alternative, shared as π_ref shares it."""
    merged = merge_duplicates(population, ref)
    if reference_is_fair(response, merged.population, merged.ref):
        return Equilibrium(ref.policy(), Fraction(0), Fraction(0))
    return merged.split(nlhf(margins(response, merged.population), merged.ref, tau))


def population_regularised_nlhf(response: ResponseModel, population: UserTypes, ref: Reference, lam: Real) -> Equilibrium:
    """Regularised NLHF(λ) of a population. Alternatives that all users value alike are one alternative, shared as π_ref shares it."""
    merged = merge_duplicates(population, ref)
    if reference_is_fair(response, merged.population, merged.ref):
        return Equilibrium(ref.policy(), lam, Fraction(0))
    return merged.split(regularised_nlhf(margins(response, merged.population), merged.ref, lam))


def reference_is_fair(response: ResponseModel, population: UserTypes, ref: Reference) -> bool:
    """Whether every alternative wins against π_ref exactly half of the time: then π_ref is the equilibrium for every λ and τ."""
    if not ref.weights:
        return len(ref) == 1
    excesses = (borda_excess(response, population, ref.weights, x) for x in range(len(ref)))
    return all(reals.is_certain(lambda excess=excess: excess == 0) for excess in excesses)


@dataclass(frozen=True)
class Merged:
    """A population and a reference in which equal alternatives are one; ``groups[g]`` lists what alternative g stands for."""

    population: PopulationView
    ref: Reference
    groups: tuple[tuple[int, ...], ...]
    original: Reference

    def split(self, found: Equilibrium) -> Equilibrium:
        """The equilibrium on the original alternatives: each group's mass in the proportions of π_ref."""
        shares: dict[int, Real] = {}
        for group, mass in zip(self.groups, found.policy, strict=True):
            inner = self.original.conditioned(group) if len(group) > 1 else {group[0]: Fraction(1)}
            for x in group:
                shares[x] = mass * inner[x]
        return Equilibrium(tuple(shares[x] for x in range(len(self.original))), found.lam, found.kl)


def merge_duplicates(population: UserTypes, ref: Reference) -> Merged:
    """Put together the alternatives whose utilities are the same rationals for every type (types of weight 0 do not count)."""
    present = [row for row, weight in zip(population.utilities, population.weights, strict=True) if not _is_zero(weight)]
    groups: list[list[int]] = []
    for x in range(len(ref)):
        for group in groups:
            if all(_same(row[x], row[group[0]]) for row in present):
                group.append(x)
                break
        else:
            groups.append([x])
    view = PopulationView(tuple(tuple(row[g[0]] for g in groups) for row in population.utilities), tuple(population.weights))
    if ref.weights:
        inner = Reference.of(total(ref.weights[x] for x in group) for group in groups)
    else:
        inner = Reference.from_logs(ref.logs[g[0]] if len(g) == 1 else ref.log_mass(g) for g in groups)
    return Merged(view, inner, tuple(map(tuple, groups)), ref)


def _same(left: Real, right: Real) -> bool:
    a, b = reals.plain(left), reals.plain(right)
    return isinstance(a, Fraction) and isinstance(b, Fraction) and a == b and bool(left == right)


def _is_zero(value: Real) -> bool:
    return isinstance(value, int | Fraction) and value == 0
