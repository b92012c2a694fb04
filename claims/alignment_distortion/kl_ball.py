"""KL balls around a reference policy: tilted policies, linear maximisation with its dual, exploitability (algorithms 3 and 6).

The reference is kept by its logarithms, so that weights far below every float (ε = e^−T with T = 10⁹) are ordinary numbers here.
A tilted policy is π_θ(x) ∝ π_ref(x)·e^{θ·r(x)}; the KL weight of the regularised problem is λ = 1/θ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from claims.alignment_distortion.model import INFINITE, Vector, dot, total
from exact import reals
from exact.balls import Ball, fraction_of, to_arb, working_precision
from exact.reals import Real
from exact.roots import NoRoot, certified_root

_GUESS_BITS = 128
_LARGEST_TILT_BITS = 4000


@dataclass(frozen=True)
class Reference:
    """A reference policy of full support: logarithms of its weights, and the weights themselves where they are at hand.

    The weights need not be normalised as far as the tilts go, but KL divergences assume that they sum to 1.
    """

    logs: tuple[Real, ...]
    weights: tuple[Real, ...]

    @classmethod
    def of(cls, weights: Iterable[Real]) -> Reference:
        """From positive weights with sum 1."""
        exact = tuple(weights)
        return cls(tuple(reals.log(weight) for weight in exact), exact)

    @classmethod
    def from_logs(cls, logs: Iterable[Real]) -> Reference:
        """From logarithms; the weights are then only known through them."""
        return cls(tuple(logs), ())

    def __len__(self) -> int:
        return len(self.logs)

    def policy(self) -> tuple[Real, ...]:
        """π_ref itself."""
        return self.weights or tuple(reals.exp(value) for value in self.logs)

    def conditioned(self, alternatives: Sequence[int]) -> tuple[Real, ...]:
        """π_ref given that one of ``alternatives`` is drawn; exact where the weights are."""
        if len(alternatives) == len(self):
            return self.policy()
        if self.weights:
            parts = {x: self.weights[x] for x in alternatives}
        else:
            shift = _rounded_maximum([self.logs[x] for x in alternatives])
            parts = {x: reals.exp(self.logs[x] - shift) for x in alternatives}
        mass = total(parts.values())
        return tuple(parts[x] / mass if x in parts else Fraction(0) for x in range(len(self)))

    def log_mass(self, alternatives: Sequence[int]) -> Real:
        """ln of the mass of ``alternatives``; exactly 0 for all of them."""
        if len(alternatives) == len(self):
            return Fraction(0)
        if self.weights:
            return reals.log(total(self.weights[x] for x in alternatives))
        shift = _rounded_maximum([self.logs[x] for x in alternatives])
        return shift + reals.log(total(reals.exp(self.logs[x] - shift) for x in alternatives))


@dataclass(frozen=True)
class Tilt:
    """A policy π ∝ π_ref·e^{θ·r}: ``lam`` is 1/θ (INFINITE for θ = 0, 0 for the limit), ``kl`` its divergence from π_ref,
    ``value`` the mean reward π·r and ``log_normaliser`` ln Σ π_ref·e^{θ·r} (None in the limit)."""

    policy: tuple[Real, ...]
    lam: Real
    kl: Real
    value: Real
    log_normaliser: Real | None = None


def tilt(rewards: Vector, ref: Reference, theta: Real) -> Tilt:
    """The policy ∝ π_ref·e^{θ·rewards} for θ > 0: regularised RLHF and DPO at λ = 1/θ."""
    exponents = [log + theta * reward for log, reward in zip(ref.logs, rewards, strict=True)]
    shift = _rounded_maximum(exponents)
    masses = [reals.exp(exponent - shift) for exponent in exponents]
    mass = total(masses)
    policy = tuple(part / mass for part in masses)
    value = dot(policy, rewards)
    log_normaliser = shift + reals.log(mass)
    return Tilt(policy, 1 / theta, theta * value - log_normaliser, value, log_normaliser)


def regularised_policy(rewards: Vector, ref: Reference, lam: Real) -> Tilt:
    """The maximiser of π·r − λ·D_KL(π‖π_ref); λ = 0 gives π_ref on the best alternatives, λ = INFINITE gives π_ref."""
    if lam == INFINITE:
        return Tilt(ref.policy(), INFINITE, Fraction(0), dot(ref.policy(), rewards))
    if lam == 0:
        return _limit(rewards, ref, reals.argmax(rewards))
    return tilt(rewards, ref, 1 / lam)


def _limit(rewards: Vector, ref: Reference, top: Sequence[int]) -> Tilt:
    return Tilt(ref.conditioned(top), Fraction(0), -ref.log_mass(top), rewards[top[0]])


def maximise(rewards: Vector, ref: Reference, tau: Real) -> Tilt:
    """The maximiser of π·r over the KL ball of radius ``tau`` >= 0 (INFINITE: the whole simplex), as close to π_ref as can be.

    λ = 0 when the best alternatives are in reach; otherwise λ is the certified root of D_KL(π_λ‖π_ref) = τ. Raises
    :class:`exact.balls.Undecidable` when the precision does not tell the best rewards apart.
    """
    top = reals.argmax(rewards)
    if tau == INFINITE or len(top) == len(ref):
        return _limit(rewards, ref, top)
    if tau == 0:
        return regularised_policy(rewards, ref, INFINITE)
    reach = -ref.log_mass(top)
    if reach <= tau:
        return _limit(rewards, ref, top)
    start = theta_guess(rewards, ref, tau)
    if start is None:
        raise NoRoot("no tilt is found whose divergence is the KL budget: it is too close to 0, or to that of the best alternatives")
    near = 2 * reals.ball(tau).mid > reals.ball(reach).mid  # then what is missing to ``reach`` says more than the divergence

    def equation(unknown: Sequence[Real]) -> list[Real]:
        theta = start * (1 + unknown[0])  # the unknown is relative, so that the box suits every scale of θ
        if near:
            return [_shortfall(rewards, ref, top, theta) / (reach - tau) - 1]
        return [tilt(rewards, ref, theta).kl / tau - 1]

    (correction,) = certified_root(equation, [Fraction(0)])
    return tilt(rewards, ref, start * (1 + correction))


def _shortfall(rewards: Vector, ref: Reference, top: Sequence[int], theta: Real) -> Real:
    """By how much D_KL(π_θ‖π_ref) falls short of that of the best alternatives, −ln π_ref(top): ln(1 + ε) + θ·Σ π_θ(x)·(r_max − r_x) without cancellation."""
    best, log_mass = rewards[top[0]], ref.log_mass(top)
    losses = [best - rewards[x] for x in range(len(ref)) if x not in top]
    logs = [ref.logs[x] - log_mass for x in range(len(ref)) if x not in top]
    odds = [reals.exp(log - theta * loss) for log, loss in zip(logs, losses, strict=True)]
    against = total(odds)
    return reals.log(1 + against) + theta * dot(odds, losses) / (1 + against)


def dual_value(found: Tilt, ref: Reference, rewards: Vector, tau: Real) -> Real:
    """λτ + λ·ln Σ π_ref·e^{r/λ}: an upper bound of π·r over the ball for every λ > 0, and in the limits λ → 0, ∞."""
    if found.lam == INFINITE:
        return dot(ref.policy(), rewards)
    if found.log_normaliser is None:
        return reals.maximum(rewards)
    return found.lam * (tau + found.log_normaliser)


def best_response_bound(values: Vector, ref: Reference, tau: Real, lam: Real | None = None) -> Real:
    """A rigorous upper bound of max π·values over the KL ball (Donsker–Varadhan), tight for the right λ.

    ``lam`` is that λ where it is known; without it, one is found in floating point, which makes the bound no less rigorous.
    """
    if tau == INFINITE or (lam is not None and lam != INFINITE and lam == 0):
        return reals.maximum(values)
    if (lam is not None and lam == INFINITE) or reals.is_certain(lambda: tau == 0):
        return dot(ref.policy(), values)
    theta = 1 / lam if lam is not None else theta_guess(values, ref, tau)
    highest = reals.maximum(values)
    if theta is None:
        return highest
    found = tilt(values, ref, theta)
    return reals.minimum([found.lam * (tau + found.log_normaliser), highest])


def exploitability(policy: Vector, margins: Sequence[Vector], ref: Reference, tau: Real, lam: Real | None = None) -> Real:
    """A rigorous upper bound of −min π₂∈B_τ πᵀMπ₂: what an opponent in the ball gains against ``policy`` (>= 0 for policies in the ball)."""
    return best_response_bound([dot(row, policy) for row in margins], ref, tau, lam)


def theta_guess(rewards: Vector, ref: Reference, tau: Real) -> Fraction | None:
    """θ with D_KL(π_θ‖π_ref) ≈ τ, found by bisection on midpoints; None if no θ reaches τ. A candidate, not a proof."""
    budget = reals.ball(tau).mid if reals.ball(tau).mid > 0 else reals.ball(tau).upper
    if budget <= 0:
        return None
    smallness = max(0, budget.denominator.bit_length() - budget.numerator.bit_length())
    with working_precision(max(int(ctx.prec), _GUESS_BITS) + smallness):
        curve = _Curve([_middle(reward) for reward in rewards], [_middle(value) for value in ref.logs], to_arb(budget).mid())
        if curve.spread == 0:
            return None
        low = high = (1 / curve.spread).mid()
        while not curve.reaches(high):
            low, high = high, high * 64
            if high * curve.spread > arb(2) ** _LARGEST_TILT_BITS:
                return None
        while curve.reaches(low):
            low, high = low / 64, low
        while (high - low) / high > arb(2) ** -40:
            middle = ((low + high) / 2 if high < 4 * low else (low * high).sqrt()).mid()
            low, high = (low, middle) if curve.reaches(middle) else (middle, high)
        return _short(fraction_of(high), 48)


class _Curve:
    """θ ↦ D_KL(π_θ‖π_ref) on midpoints, against a budget."""

    def __init__(self, scores: Sequence[arb], logs: Sequence[arb], budget: arb) -> None:
        best = max(scores)
        self.losses, self.logs, self.budget = [(best - score).mid() for score in scores], logs, budget
        self.spread = max(self.losses)
        mass = sum((log.exp() for log, loss in zip(logs, self.losses, strict=True) if loss == 0), arb(0))
        self.missing = (-mass.log() - budget).mid()

    def reaches(self, theta: arb) -> bool:
        """Whether the divergence at θ is at least the budget, from whichever of the two distances is the smaller."""
        if 0 < self.missing < self.budget:
            return bool(self._shortfall(theta) <= self.missing)
        exponents = [log - theta * loss for log, loss in zip(self.logs, self.losses, strict=True)]
        shift = max(exponents)
        masses = [(exponent - shift).exp() for exponent in exponents]
        mass = sum(masses, arb(0))
        mean = sum((part * loss for part, loss in zip(masses, self.losses, strict=True)), arb(0)) / mass
        return bool((-theta * mean - shift - mass.log()).mid() >= self.budget)

    def _shortfall(self, theta: arb) -> arb:
        inside = sum((log.exp() for log, loss in zip(self.logs, self.losses, strict=True) if loss == 0), arb(0)).log()
        outside = [(loss, (log - inside - theta * loss).exp()) for log, loss in zip(self.logs, self.losses, strict=True) if loss != 0]
        against = sum((odds for _, odds in outside), arb(0))
        return (against.log1p() + theta * sum((loss * odds for loss, odds in outside), arb(0)) / (1 + against)).mid()


def _middle(x: Real) -> arb:
    return reals.ball(x).arb.mid()


def _short(x: Fraction, bits: int) -> Fraction:
    """A positive rational with about that many leading bits."""
    shift = bits - (x.numerator.bit_length() - x.denominator.bit_length())
    return Fraction(round(x * Fraction(2) ** shift)) / Fraction(2) ** shift


def _rounded_maximum(exponents: Sequence[Real]) -> int:
    """An integer next to the greatest exponent: taken out of a softmax, it changes nothing and keeps the powers in range."""
    highest = max(fraction_of(to_arb(plain) if not isinstance(plain, Ball) else plain.arb) for plain in map(reals.plain, exponents))
    return round(highest)
