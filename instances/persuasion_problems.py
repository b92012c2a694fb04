"""Bayesian persuasion of several receivers with binary states and actions: the problem, and the families that are worth posing.

A sender knows a binary state that is 1 with probability ``prior``. Receiver i takes action 1 ("adopts") when its posterior probability of state 1
is at least its threshold (ties for the sender). The sender's utility depends on the set of adopters only, and grows with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.reals import Real, minimum
from instances import set_functions
from instances.errors import InstanceError
from instances.instance import Instance, rational, rationals
from instances.set_functions import SetFunction

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class PersuasionProblem(Instance):
    """``prior`` λ in (0, 1), one ``threshold`` θ_i in (0, 1] per receiver, and a monotone ``utility`` V >= 0 with V(∅) = 0.

    Raises InstanceError naming the field.
    """

    prior: Fraction
    thresholds: tuple[Fraction, ...]
    utility: SetFunction

    def __post_init__(self) -> None:
        object.__setattr__(self, "prior", rational("prior", self.prior))
        object.__setattr__(self, "thresholds", rationals("thresholds", self.thresholds, 0, 1))
        if not isinstance(self.utility, SetFunction):
            object.__setattr__(self, "utility", SetFunction.from_json(self.utility))
        if not 0 < self.prior < 1:
            raise InstanceError("prior", f"{self.prior} is not strictly between 0 and 1")
        if 0 in self.thresholds:
            raise InstanceError(f"thresholds[{self.thresholds.index(Fraction(0))}]", "0 is not in (0, 1]")
        if self.utility.agents != len(self.thresholds):
            raise InstanceError("utility", f"on {self.utility.agents} agents, where there are {len(self.thresholds)} receivers")
        if not set_functions.is_normalised(self.utility):
            raise InstanceError("utility", f"{self.utility(0)} at the empty set, where 0 is due")
        if not set_functions.is_monotone(self.utility):
            raise InstanceError("utility", "not monotone: one more adopter lowers it somewhere")

    @property
    def agents(self) -> int:
        """How many receivers there are."""
        return len(self.thresholds)


def threshold_from_payoffs(payoffs: Mapping[tuple[int, int], Fraction]) -> Fraction:
    """The threshold of a receiver with utilities u(state, action): it adopts iff its posterior is at least this.

    θ = (u(0,0) − u(0,1)) / (u(0,0) − u(0,1) + u(1,1) − u(1,0)); both differences are positive, or InstanceError.
    """
    loss, gain = payoffs[0, 0] - payoffs[0, 1], payoffs[1, 1] - payoffs[1, 0]
    if loss <= 0 or gain <= 0:
        raise InstanceError("payoffs", "action 1 must be better in state 1 and worse in state 0")
    return Fraction(loss) / (loss + gain)


def odds(threshold: Real) -> Real | None:
    """θ/(1−θ), the odds of state 1 that the receiver asks for; None (infinite) for θ = 1."""
    return None if threshold == 1 else threshold / (1 - threshold)


def private_probability(prior: Real, threshold: Real) -> Real:
    """min(1, λ(1−θ)/((1−λ)θ)): how often state 0 can recommend action 1 to one receiver that sees its own signal only."""
    return minimum([Fraction(1), prior * (1 - threshold) / ((1 - prior) * threshold)])


def sorted_receivers(thresholds: Sequence[Real]) -> list[int]:
    """The receivers by ascending threshold (ties by number)."""
    return sorted(range(len(thresholds)), key=lambda i: (thresholds[i], i))


# Named families


def geometric_thresholds(agents: int, ratio: Fraction | int) -> tuple[Fraction, ...]:
    """θ_i = ratio^(i − agents): the last receiver asks for certainty."""
    return tuple(Fraction(ratio) ** (i - agents) for i in range(1, agents + 1))


def half_smallest(thresholds: Sequence[Fraction]) -> Fraction:
    """A prior below every threshold: half the smallest."""
    return min(thresholds) / 2


def chain_problem(prior: Fraction, thresholds: Sequence[Fraction], values: Sequence[Fraction | int] | None = None) -> PersuasionProblem:
    """The prefix chain along the sorted thresholds, with these ``values`` (the sorted thresholds where they are not given)."""
    order = sorted_receivers(thresholds)
    steps = [thresholds[i] for i in order] if values is None else values
    return PersuasionProblem(prior, tuple(thresholds), set_functions.prefix_chain(steps, order))


def geometric_chain(agents: int, ratio: Fraction | int) -> PersuasionProblem:
    """θ_i = v_i = ratio^(i − agents), λ = θ_1/2: the instance on which leaks cost the most."""
    thresholds = geometric_thresholds(agents, ratio)
    return chain_problem(half_smallest(thresholds), thresholds)


def tree_chain(depth: int, ratio: Fraction | int) -> PersuasionProblem:
    """2^(depth+1) − 1 receivers with geometric thresholds; the chain's value rises at the leaves (odd numbers) of the search tree only."""
    thresholds = geometric_thresholds(2 ** (depth + 1) - 1, ratio)
    values = [thresholds[i - 1 if i % 2 else i - 2] for i in range(1, len(thresholds) + 1)]
    return chain_problem(half_smallest(thresholds), thresholds, values)


def identical_coverage(agents: int, prior: Fraction, threshold: Fraction) -> PersuasionProblem:
    """Equal thresholds, and utility 1 as soon as somebody adopts."""
    return PersuasionProblem(prior, (threshold,) * agents, set_functions.at_least_one(agents))


def additive_geometric(agents: int, ratio: Fraction | int, prior: Fraction) -> PersuasionProblem:
    """Geometric thresholds, and every adopter is worth its threshold."""
    thresholds = geometric_thresholds(agents, ratio)
    return PersuasionProblem(prior, thresholds, set_functions.additive(thresholds))


def persuasion_problems(agents: int, kind: str) -> SearchStrategy[PersuasionProblem]:
    """A Hypothesis strategy: λ in {1..6}/20, θ_i = λ + (1−λ)·j/20 (ties, θ = λ and θ = 1 occur), V of a kind of `set_functions.KINDS`."""
    from hypothesis import strategies

    def build(prior: int, steps: list[int], utility: SetFunction) -> PersuasionProblem:
        return random_problem(prior, steps, utility)

    steps = strategies.lists(strategies.integers(0, 20), min_size=agents, max_size=agents)
    return strategies.builds(build, strategies.integers(1, 6), steps, set_functions.set_functions(agents, kind))


def random_problem(prior: int, steps: Sequence[int], utility: SetFunction) -> PersuasionProblem:
    """λ = prior/20 and θ_i = λ + (1−λ)·steps_i/20: the grid that random instances live on."""
    share = Fraction(prior, 20)
    return PersuasionProblem(share, tuple(share + (1 - share) * Fraction(step, 20) for step in steps), utility)
