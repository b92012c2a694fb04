"""Simulated comparison data: n fresh users, each answering d pairs, in three modes of within-user correlation.

Floating point and a random generator: for experiments and for finding candidates, never for proof.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from claims.alignment_distortion.voting import Tally
from instances import PairLaw, PairSampler, ProductSampler, ResponseModel, UserCorrelation, UserTypes

if TYPE_CHECKING:
    from numpy.random import Generator


def draw_tally(
    response: ResponseModel, population: UserTypes, sampler: PairSampler, correlation: UserCorrelation, n: int, d: int, rng: Generator
) -> Tally:
    """The tally of n·d answers by n users drawn from the population; n, d >= 1."""
    import numpy as np

    utilities = np.array([[float(value) for value in row] for row in population.utilities])
    weights = np.array([float(weight) for weight in population.weights])
    types = rng.choice(len(weights), size=n, p=weights / weights.sum())
    first, second = _draw_pairs(sampler, n * d, rng)
    first, second = first.reshape(n, d), second.reshape(n, d)
    beta = float(response.beta)
    if correlation is UserCorrelation.PLACKETT_LUCE:
        keys = beta * utilities[types] + rng.gumbel(size=(n, utilities.shape[1]))
        users = np.arange(n)[:, None]
        first_wins = keys[users, first] > keys[users, second]
    else:
        chance = _logistic(beta * (utilities[types[:, None], first] - utilities[types[:, None], second]))
        first_wins = _noise(correlation, first, second, utilities.shape[1], rng) < chance
    return _tally(utilities.shape[1], first, second, first_wins)


def _draw_pairs(sampler: PairSampler, size: int, rng: Generator) -> tuple[Any, Any]:
    import numpy as np

    if isinstance(sampler, ProductSampler):
        mu = np.array([float(weight) for weight in sampler.mu])
        first, second = rng.choice(len(mu), size=(2, size), p=mu / mu.sum())
        return first, second
    assert isinstance(sampler, PairLaw)
    law = np.array([float(weight) for _, _, weight in sampler.pairs])
    chosen = rng.choice(len(law), size=size, p=law / law.sum())
    members = np.array([[x, y] for x, y, _ in sampler.pairs])
    return members[chosen, 0], members[chosen, 1]


def _logistic(t: Any) -> Any:
    import numpy as np

    return 0.5 * (1 + np.tanh(t / 2))


def _noise(correlation: UserCorrelation, first: Any, second: Any, m: int, rng: Generator) -> Any:
    """A uniform number per answer; one per user and unordered pair in the latent mode, mirrored when the pair is shown the other way round."""
    import numpy as np

    n, d = first.shape
    if correlation is UserCorrelation.INDEPENDENT:
        return rng.random((n, d))
    latent = rng.random((n, m, m))
    users = np.arange(n)[:, None]
    drawn = latent[users, np.minimum(first, second), np.maximum(first, second)]
    return np.where(first <= second, drawn, 1 - drawn)


def _tally(m: int, first: Any, second: Any, first_wins: Any) -> Tally:
    import numpy as np

    winner, loser = np.where(first_wins, first, second), np.where(first_wins, second, first)
    counts = np.bincount((winner * m + loser).ravel(), minlength=m * m).reshape(m, m)
    wins = tuple(tuple(int(counts[x, y]) if x != y else 0 for y in range(m)) for x in range(m))
    return Tally(wins, tuple(int(counts[x, x]) for x in range(m)))


def draw_pair_tally(n: int, d: int, win: Fraction, correlation: UserCorrelation, rng: Generator) -> Tally:
    """The tally for two alternatives under μ = (1/2, 1/2), from its exact law by nested binomials, so that n may be huge.

    ``win`` is the rate at which alternative 0 beats 1. Two alternatives have one pair, so a Plackett–Luce ranking is one latent answer per user.
    """
    pairs = n * d
    if correlation is UserCorrelation.INDEPENDENT:
        informative = int(rng.binomial(pairs, 0.5))
        first = int(rng.binomial(informative, float(win)))
        second = informative - first
    else:
        fans = int(rng.binomial(n, float(win)))
        first, second = int(rng.binomial(fans * d, 0.5)), int(rng.binomial((n - fans) * d, 0.5))
    self_pairs = pairs - first - second
    own = int(rng.binomial(self_pairs, 0.5))
    return Tally(((0, first), (second, 0)), (own, self_pairs - own))
