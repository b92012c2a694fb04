"""Preference populations, Bradley–Terry users, and how pairs for comparison are sampled.

Source of the vocabulary: P. Gölz, N. Haghtalab, K. Yang, Distortion of AI Alignment, arXiv:2505.23749, Section 2.
Alternatives are numbered from 0 in code. Utilities lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from exact.reals import Real, exp, log, plain, tanh
from instances.errors import InstanceError
from instances.instance import Instance, Rationals, count, matrix, positive_real, rational, sequence, simplex_point


class UserTypes(Protocol):
    """What the model's functions ask of a population: rows of utilities, one per type, and the weights of the types."""

    @property
    def utilities(self) -> Sequence[Sequence[Real]]:
        """``utilities[i][x]``: what alternative x is worth to type i."""

    @property
    def weights(self) -> Sequence[Real]:
        """The share of each type; sum 1."""


@dataclass(frozen=True)
class Population(Instance):
    """Finitely many types of users with rational utilities in [0, 1]; ``weights`` sums to 1 and may contain zeros."""

    utilities: tuple[Rationals, ...]
    weights: Rationals

    def __post_init__(self) -> None:
        object.__setattr__(self, "utilities", matrix("utilities", self.utilities, 0, 1))
        object.__setattr__(self, "weights", simplex_point("weights", self.weights))
        if len(self.weights) != len(self.utilities):
            raise InstanceError("weights", f"{len(self.weights)} weights for {len(self.utilities)} types")

    @property
    def alternatives(self) -> int:
        """How many alternatives there are."""
        return len(self.utilities[0])


@dataclass(frozen=True)
class PopulationView:
    """A population whose numbers are computed (balls, recording numbers): what a construction hands to the model's functions.

    Nothing is checked: that the weights sum to 1 is a property of the construction.
    """

    utilities: tuple[tuple[Real, ...], ...]
    weights: tuple[Real, ...]


@dataclass(frozen=True)
class BTModel(Instance):
    """Bradley–Terry users: utilities u make them prefer x to y with probability σ(β(u(x) − u(y))), independently each time.

    ``beta`` > 0 is rational, or a computed number (then the model has no JSON form). The paper calls β a temperature; it acts as an inverse one.
    """

    beta: Real

    def __post_init__(self) -> None:
        object.__setattr__(self, "beta", positive_real("beta", self.beta))

    def win(self, difference: Real) -> Real:
        """σ(β·difference): how often the alternative with that utility advantage wins."""
        return 1 / (1 + exp(-self.beta * difference))

    def excess(self, difference: Real) -> Real:
        """S(β·difference) = σ(β·difference) − 1/2."""
        return tanh(self.beta * difference / 2) / 2


@dataclass(frozen=True)
class GridBTModel(Instance):
    """Bradley–Terry users with β = K·ln r on utilities that are multiples of 1/K: every win rate is rational.

    ``r`` > 1 rational, ``K`` >= 1. A utility difference that is no multiple of 1/K raises InstanceError.
    """

    r: Real
    K: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "r", positive_real("r", self.r))
        object.__setattr__(self, "K", count("K", self.K, 1))
        if not self.r > 1:
            raise InstanceError("r", f"{self.r} is not greater than 1")

    @property
    def beta(self) -> Real:
        """K·ln r, an irrational number: a ball (or recorded)."""
        return self.K * log(self.r)

    def steps(self, difference: Real) -> int:
        """The integer K·difference."""
        scaled = plain(self.K * difference)
        if not isinstance(scaled, Fraction) or scaled.denominator != 1:
            raise InstanceError("utilities", f"a difference of {plain(difference)} is no multiple of 1/{self.K}")
        steps = int(scaled)
        if not self.K * difference == steps:  # a recording notes here which power is taken
            raise InstanceError("utilities", f"a difference of {plain(difference)} is not {steps}/{self.K}")
        return steps

    def win(self, difference: Real) -> Real:
        """r^k/(1 + r^k) for k = K·difference."""
        power = self.r ** self.steps(difference)
        return power / (1 + power)

    def excess(self, difference: Real) -> Real:
        """s_k = (r^k − 1)/(2(r^k + 1)) for k = K·difference."""
        power = self.r ** self.steps(difference)
        return (power - 1) / (2 * (power + 1))


ResponseModel: TypeAlias = BTModel | GridBTModel


def response_model(field: str, value: Any) -> ResponseModel:
    """A response model, or its JSON object: ``{"beta"}`` or ``{"r", "K"}``. Raises InstanceError."""
    if isinstance(value, BTModel | GridBTModel):
        return value
    if isinstance(value, Mapping):
        return BTModel.from_json(value) if "beta" in value else GridBTModel.from_json(value)
    raise InstanceError(field, f"{type(value).__name__} where a response model is due")


@dataclass(frozen=True)
class ProductSampler(Instance):
    """Both members of a pair are drawn independently from ``mu`` (positive weights): the paper's μ ⊗ μ."""

    mu: Rationals

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", simplex_point("mu", self.mu, full_support=True))

    @property
    def alternatives(self) -> int:
        """How many alternatives there are."""
        return len(self.mu)

    def pair_weight(self, x: int, y: int) -> Fraction:
        """The probability of the unordered pair: 2μ(x)μ(y), or μ(x)² for a self-pair."""
        return self.mu[x] * self.mu[y] * (1 if x == y else 2)


@dataclass(frozen=True)
class PairLaw(Instance):
    """Unordered pairs of different alternatives with probabilities: the paper's ν (Section 5).

    ``pairs`` lists ``(x, y, probability)`` with x < y in increasing order after construction; pairs that are not listed are never sampled.
    """

    alternatives: int
    pairs: tuple[tuple[int, int, Fraction], ...]

    def __post_init__(self) -> None:
        count("alternatives", self.alternatives, 1)
        law: dict[tuple[int, int], Fraction] = {}
        for i, entry in enumerate(sequence("pairs", self.pairs)):
            if len(sequence(f"pairs[{i}]", entry)) != 3:
                raise InstanceError(f"pairs[{i}]", "is no (x, y, probability)")
            x, y = sorted(count(f"pairs[{i}]", member) for member in entry[:2])
            if x == y or y >= self.alternatives:
                raise InstanceError(f"pairs[{i}]", f"({x}, {y}) are not two of the {self.alternatives} alternatives")
            if (x, y) in law:
                raise InstanceError(f"pairs[{i}]", f"the pair ({x}, {y}) is listed twice")
            law[x, y] = rational(f"pairs[{i}]", entry[2], 0)
        if sum(law.values()) != 1:
            raise InstanceError("pairs", f"the probabilities add up to {sum(law.values())}, not 1")
        object.__setattr__(self, "pairs", tuple((x, y, law[x, y]) for x, y in sorted(law)))

    def pair_weight(self, x: int, y: int) -> Fraction:
        """The probability of the unordered pair, 0 if it is not listed."""
        low, high = min(x, y), max(x, y)
        return next((weight for a, b, weight in self.pairs if (a, b) == (low, high)), Fraction(0))

    @property
    def full_support(self) -> bool:
        """Whether every pair of different alternatives has positive probability."""
        positive = sum(1 for _, _, weight in self.pairs if weight > 0)
        return positive == self.alternatives * (self.alternatives - 1) // 2


PairSampler: TypeAlias = ProductSampler | PairLaw


class UserCorrelation(Enum):
    """How the answers of one user to several pairs hang together; each answer alone follows Bradley–Terry in every mode."""

    INDEPENDENT = "independent"
    """Fresh noise for every answer."""
    PLACKETT_LUCE = "plackett_luce"
    """One Plackett–Luce ranking per user, with weights e^{β u(x)}, answers every pair."""
    LATENT = "latent"
    """One latent answer per user and pair, given whenever the pair comes up again; pairs independent of each other."""


@dataclass(frozen=True)
class Election(Instance):
    """A population, its users' noise and the sampling weights of the alternatives: all that a voting rule's limit depends on."""

    response: ResponseModel
    population: Population
    mu: Rationals

    def __post_init__(self) -> None:
        object.__setattr__(self, "response", response_model("response", self.response))
        object.__setattr__(self, "population", _population("population", self.population))
        object.__setattr__(self, "mu", simplex_point("mu", self.mu))
        if len(self.mu) != self.population.alternatives:
            raise InstanceError("mu", f"{len(self.mu)} weights for {self.population.alternatives} alternatives")


@dataclass(frozen=True)
class AlignmentProblem(Instance):
    """A population, its users' noise, a reference policy of full support and a KL budget in nats (None: unbounded)."""

    response: ResponseModel
    population: Population
    ref: Rationals
    tau: Fraction | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "response", response_model("response", self.response))
        object.__setattr__(self, "population", _population("population", self.population))
        object.__setattr__(self, "ref", simplex_point("ref", self.ref, full_support=True))
        object.__setattr__(self, "tau", None if self.tau is None else rational("tau", self.tau, 0))
        if len(self.ref) != self.population.alternatives:
            raise InstanceError("ref", f"{len(self.ref)} weights for {self.population.alternatives} alternatives")


def _population(field: str, value: Any) -> Population:
    if isinstance(value, Population):
        return value
    if isinstance(value, Mapping):
        return Population.from_json(value)
    raise InstanceError(field, f"{type(value).__name__} where a population is due")
