"""For a game of your own: what commitment is worth to both players, and what it costs player 2 not to know the game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.strategic_learning.algorithms.outcome_programs import Outcomes, mimic_solution, outcomes_of
from claims.strategic_learning.algorithms.stackelberg import Commitment, commit
from exact.linear_programs import Solution
from instances.bayesian_games import BayesianGame
from instances.stage_games import BimatrixGame


@dataclass(frozen=True)
class StackelbergValues:
    """Both players' optimal commitments (for player 2, of the game with the players' names exchanged)."""

    first: Commitment
    second: Commitment


@dataclass(frozen=True)
class PriceOfNotKnowing:
    """Player 2's benchmark E[StackVal_2], the bound R0 on her payoff at every equilibrium and every horizon, and outcomes that attain the bound.

    Where ``gap`` is positive, no equilibrium gives her the benchmark. Where it is 0, nothing is shown.
    """

    benchmark: Fraction
    bound: Fraction
    outcomes: Outcomes
    solution: Solution

    @property
    def gap(self) -> Fraction:
        """What she certainly misses; 0 where the bound is no less than the benchmark."""
        return max(self.benchmark - self.bound, Fraction(0))

    def certificate(self, about: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The proof of the bound: a `linear_program` certificate that `assay recheck` checks."""
        return self.solution.certificate(about)


def stackelberg_values(game: BimatrixGame) -> StackelbergValues:
    """What commitment is worth to each player."""
    return StackelbergValues(commit(game), commit(game.swapped()))


def price_of_not_knowing(game: BayesianGame) -> PriceOfNotKnowing:
    """What it costs player 2 not to know the game, when player 1 knows it. Raises DifferentFollowers where player 2's payoffs reveal the game."""
    benchmark = sum((p * commit(stage.swapped()).value for p, stage in zip(game.prior, game.games, strict=True)), Fraction(0))
    solution = mimic_solution(game, "R0")
    if solution.value is None:
        raise ValueError("the program R0 has no optimum")
    return PriceOfNotKnowing(benchmark, solution.value, outcomes_of(game, solution), solution)
