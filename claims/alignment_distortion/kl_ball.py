"""KL balls around a reference policy: tilted policies, linear maximisation with its dual, exploitability (algorithms 3 and 6).

The reference is kept by its logarithms, so that weights far below every float (ε = e^−T with T = 10⁹) are ordinary numbers here.
A tilted policy is π_θ(x) ∝ π_ref(x)·e^{θ·r(x)}; the KL weight of the regularised problem is λ = 1/θ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from claims.alignment_distortion.model import INFINITE, Vector, dot, total
from claims.errors import ClaimError
from exact import reals
from exact.balls import Ball, fraction_of, to_arb, working_precision
from exact.reals import Real
from exact.roots import certified_root

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
    if -ref.log_mass(top) <= tau:
        return _limit(rewards, ref, top)
    guess = theta_guess(rewards, ref, tau)
    if guess is None:
        raise ClaimError("the KL budget is so close to the divergence of the best alternatives that no tilt is found; change tau")
    start = guess  # a plain rational: the unknown is the relative correction v, so that the box suits every scale of θ

    def equation(unknown: Sequence[Real]) -> list[Real]:
        return [tilt(rewards, ref, start * (1 + unknown[0])).kl / tau - 1]

    (correction,) = certified_root(equation, [Fraction(0)])
    return tilt(rewards, ref, start * (1 + correction))


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
    with working_precision(_GUESS_BITS + smallness):
        scores, logs = [_middle(reward) for reward in rewards], [_middle(value) for value in ref.logs]
        spread = (max(scores) - min(scores)).mid()
        if spread == 0:
            return None
        target = to_arb(budget).mid()
        low = high = (1 / spread).mid()
        while _kl_at(high, scores, logs) < target:
            low, high = high, high * 64
            if high * spread > arb(2) ** _LARGEST_TILT_BITS:
                return None
        while _kl_at(low, scores, logs) > target:
            low, high = low / 64, low
        while (high - low) / high > arb(2) ** -40:
            middle = ((low + high) / 2 if high < 4 * low else (low * high).sqrt()).mid()
            low, high = (middle, high) if _kl_at(middle, scores, logs) < target else (low, middle)
        return _short(fraction_of(high), 48)


def _kl_at(theta: arb, scores: Sequence[arb], logs: Sequence[arb]) -> arb:
    exponents = [log + theta * score for log, score in zip(logs, scores, strict=True)]
    shift = max(exponents)
    masses = [(exponent - shift).exp() for exponent in exponents]
    mass = sum(masses, arb(0))
    mean = sum((part * score for part, score in zip(masses, scores, strict=True)), arb(0)) / mass
    return (theta * mean - shift - mass.log()).mid()


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
