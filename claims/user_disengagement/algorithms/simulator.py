"""The simulator of the two-status chain, with numpy: one state, many users, truncated where the rest is below the resolution of a float."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

_REST = 1e-12
"""The simulation stops when later rounds are worth less than this in all."""


@dataclass(frozen=True)
class Sample:
    """The mean discounted revenue of the simulated users, its standard error, and an interval."""

    mean: float
    stderr: float
    low: float
    high: float


def horizon(gamma: float) -> int:
    """The first T with γ^T/(1 − γ) below the resolution."""
    return max(1, math.ceil(math.log(_REST * (1 - gamma)) / math.log(gamma)))


def discounted_revenues(gamma: float, f: float, rho: float, reward: float, users: int, rng: Any) -> Any:
    """The discounted revenue of each of ``users`` independent users who start engaged: an array. Vectorised over users."""
    import numpy as np

    engaged = np.ones(users, dtype=bool)
    revenue = np.zeros(users)
    weight = reward
    for _ in range(horizon(gamma)):
        revenue[engaged] += weight
        engaged = rng.random(users) < np.where(engaged, f, rho)
        weight *= gamma
    return revenue


def sample(gamma: Fraction, f: Fraction, rho: Fraction, reward: Fraction, users: int, seed: int, confidence: float = 0.99) -> Sample:
    """Mean revenue with an anytime confidence interval: the normal-mixture boundary of a sequence (S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon,
    *Time-uniform, nonparametric, nonasymptotic confidence sequences*, Ann. Statist. 49, 2021) at the plug-in variance, so asymptotic.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    revenue = discounted_revenues(float(gamma), float(f), float(rho), float(reward), users, rng)
    deviation = float(revenue.std(ddof=1)) if users > 1 else abs(float(reward)) / (1 - float(gamma))
    stderr = deviation / math.sqrt(users)
    tuned = max(1.0, users / 2)
    radius = stderr * math.sqrt((1 + tuned / users) * math.log((1 + users / tuned) / (1 - confidence) ** 2))
    mean = float(revenue.mean())
    return Sample(mean, stderr, mean - radius, mean + radius)
