"""Algorithm 6: what a service does that does not plan for disengagement, or does so wrongly. Each baseline is a policy of the true user.

A policy names for every state the place of its move in ``moves``; what it is worth there is ``user.reduced().value_of(policy)``. Ties go to the first move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from claims.user_disengagement.model import DisengagementMDP, LadderUser, Move
from instances.decision_processes import DecisionProcess

Policy: TypeAlias = tuple[int, ...]


def myopic(moves: Sequence[Sequence[Move]]) -> Policy:
    """The move of largest immediate reward."""
    return tuple(max(range(len(menu)), key=lambda a: (menu[a][0], -a)) for menu in moves)


def engagement_maximising(user: DisengagementMDP) -> Policy:
    """The move into the state in which the user is most likely to stay."""
    return tuple(max(range(len(menu)), key=lambda a: (user.demand[menu[a][1]], -a)) for menu in user.moves)


def without_disengagement(user: DisengagementMDP) -> Policy:
    """Plans as if nobody ever left: f ≡ 1."""
    return _planned(replace(user, demand=(Fraction(1),) * len(user.demand)))


def without_return(user: DisengagementMDP) -> Policy:
    """Plans as if whoever leaves never came back: ρ ≡ 0, the discount is γf."""
    return _planned(replace(user, rho=(Fraction(0),) * len(user.rho)))


def _planned(imagined: DisengagementMDP) -> Policy:
    return imagined.reduced().optimum().policy


BASELINES: dict[str, Callable[[DisengagementMDP], Policy]] = {
    "myopic": lambda user: myopic(user.moves),
    "engagement-maximising": engagement_maximising,
    "no disengagement": without_disengagement,
    "no return": without_return,
}


def upper_endpoint(ladder: LadderUser) -> int:
    """The level that a free choice of target would take if demand were read at a level's upper end: the largest left limit of J there (C6 refutes the rule).

    The last level has no upper end and counts at its lower one. Levels from 0; ties go to the lowest.
    """
    slopes = [-ladder.beta * (ladder.delta + (1 - ladder.delta) / (1 - discount)) for discount in ladder.discounts]
    widths = [high - low for low, high in zip(ladder.levels, ladder.levels[1:], strict=False)] + [Fraction(0)]
    limits = [index + slope * width for index, slope, width in zip(ladder.indices, slopes, widths, strict=True)]
    return limits.index(max(limits))


def value_iteration(process: DecisionProcess, rounds: int) -> tuple[tuple[Fraction, ...], Fraction]:
    """The values after so many rounds of V ← max_a r + γPV from V = 0, exactly, and how far from V* each of them is at most.

    The distance is γ/(1 − γ) times the last change, since the Bellman operator is a contraction by γ. Raises ValueError for less than one round.
    """
    if rounds < 1:
        raise ValueError(f"{rounds} rounds of value iteration: at least one is due")
    values, change = (Fraction(0),) * process.states, Fraction(0)
    for _ in range(rounds):
        following = tuple(max(process.worth(action, values) for action in menu) for menu in process.actions)
        change = max(abs(new - old) for new, old in zip(following, values, strict=True))
        values = following
    return values, process.discount / (1 - process.discount) * change
