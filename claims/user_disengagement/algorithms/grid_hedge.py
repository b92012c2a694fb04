"""Algorithm 9: learning a target of satisfaction from a continuum, by Prod-Hedge on a grid. Targets are rounded up (C24 says why, and what it costs)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from claims.user_disengagement.algorithms.hedge import prod_hedge
from claims.user_disengagement.model import LadderUser, steady_index
from exact.reals import Real
from instances.instance import Rationals
from instances.loss_sequences import GainSequence


def grid(low: Fraction, high: Fraction, step: Fraction) -> Rationals:
    """low, low + step, … up to the first point that is at least ``high``. Raises ValueError for a step that is not positive."""
    if step <= 0:
        raise ValueError(f"step = {step}: a positive number is due")
    points = [low]
    while points[-1] < high:
        points.append(points[-1] + step)
    return tuple(points)


def rounded_up(target: Fraction, points: Sequence[Fraction]) -> Fraction:
    """The first point of the grid that is at least the target. Raises ValueError where there is none."""
    for point in points:
        if point >= target:
            return point
    raise ValueError(f"target {target} lies above the grid")


def worth(user: LadderUser, target: Fraction) -> Fraction:
    """J(y): what holding the user at satisfaction y is worth; y is at least the user's first level."""
    level = bisect_right(user.levels, target) - 1
    if level < 0:
        raise ValueError(f"target {target} lies below the first level {user.levels[0]}")
    value: Real = steady_index(user.alpha, user.beta, user.delta, target, user.discounts[level])
    assert isinstance(value, Fraction)
    return value


def regrets(users: Sequence[LadderUser], step: Fraction, eta: Fraction) -> tuple[Fraction, Fraction]:
    """The regret of Grid Hedge over the users, one after the other: against the best point of the grid, and against the best real target.

    J falls within a level, so the best real target is a level of one of the users. Gains are shifted by a constant to be at least 0, which changes
    no regret.
    """
    low, high = min(user.levels[0] for user in users), max(user.levels[-1] for user in users)
    points = grid(low, high, step)
    table = [[worth(user, point) for point in points] for user in users]
    least = min(map(min, table))
    gains = [tuple(gain - least for gain in row) for row in table]
    run = prod_hedge(GainSequence(tuple(gains), max(Fraction(1), max(map(max, gains)))), eta)
    targets = sorted({level for user in users for level in user.levels})
    best = max(sum((worth(user, target) - least for user in users), Fraction(0)) for target in targets)
    assert isinstance(run.gain, Fraction)
    assert isinstance(run.benchmark, Fraction)
    return run.benchmark - run.gain, best - run.gain
