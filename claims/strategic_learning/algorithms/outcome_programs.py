"""A8: what player 2 can hope for at an equilibrium, when player 1 knows the game, as linear programs over outcomes; and their closed forms in I(γ, β).

The variables are the outcomes μ_{g,s}: the (limit) frequencies of cells when the game is g and player 2's signal is s. Each level adds constraints:

* ``R0``: player 1's type g gets what she can secure, and no less than from running the plan of type h (*mimic*); valid at every horizon;
* ``R1``: the first at every signal, and a mimic may fall back to what she can secure, signal by signal; from here on T = ∞;
* ``R2``: player 2 gets what she can secure in every game and at every signal;
* ``R3``: player 2 gains nothing by acting on another signal.

They need player 2's payoffs to be the same in all games.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from claims.strategic_learning.algorithms.stackelberg import security_value
from claims.strategic_learning.model import payoff, total
from exact import reals
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real
from instances.bayesian_games import BayesianGame, SignalChannel

Level = Literal["R0", "R1", "R2", "R3"]
LEVELS: tuple[Level, ...] = ("R0", "R1", "R2", "R3")
Outcomes = tuple[tuple[tuple[tuple[Fraction, ...], ...], ...], ...]


class DifferentFollowers(ValueError):
    """Player 2's payoffs differ between the games, so that mimicking could be noticed: the mimic constraint does not hold."""


@dataclass(frozen=True)
class _Layout:
    """Which column of the program stands for what."""

    game: BayesianGame

    @property
    def cells(self) -> int:
        return self.game.games[0].rows * self.game.games[0].columns

    @property
    def blocks(self) -> int:
        return len(self.game.games) * self.game.channel.signals

    def outcome(self, g: int, s: int) -> range:
        """The columns of μ_{g,s}, cell by cell."""
        start = (g * self.game.channel.signals + s) * self.cells
        return range(start, start + self.cells)

    def weighted(self, g: int, s: int, payoffs: Sequence[Sequence[Fraction]], weight: Fraction) -> Iterator[tuple[int, Fraction]]:
        """weight·U(μ_{g,s}) as entries."""
        flat = [value for row in payoffs for value in row]
        return ((column, weight * value) for column, value in zip(self.outcome(g, s), flat, strict=True))


def _collected(*parts: Iterator[tuple[int, Fraction]]) -> dict[int, Fraction]:
    entries: dict[int, Fraction] = {}
    for part in parts:
        for column, value in part:
            entries[column] = entries.get(column, Fraction(0)) + value
    return entries


def mimic_program(game: BayesianGame, level: Level = "R0", without: frozenset[str] = frozenset()) -> Problem:
    """The program of a level. ``without`` leaves out constraints, to show that they matter: ``mimic``, ``security`` (player 1's, interim).

    Raises DifferentFollowers.
    """
    if not game.has_common_second:
        raise DifferentFollowers("player 2's payoffs must be the same in all games")
    layout = _Layout(game)
    types, signals, q = range(len(game.games)), range(game.channel.signals), game.channel.rows
    second = game.games[0].second
    secured = [security_value(stage) for stage in game.games]
    rows = [Row(dict.fromkeys(layout.outcome(g, s), 1), lower=1, upper=1) for g in types for s in signals]
    columns = layout.blocks * layout.cells
    free: dict[int, tuple[None, None]] = {}
    for g in types if "security" not in without else ():
        first = game.games[g].first
        rows.append(Row(_collected(*(layout.weighted(g, s, first, q[g][s]) for s in signals)), lower=secured[g]))
    if level == "R0" and "mimic" not in without:
        rows += [_mimic_row(layout, g, h) for g in types for h in types if h != g]
    if level != "R0":
        for g in types:
            first = game.games[g].first
            rows += [Row(_collected(layout.weighted(g, s, first, Fraction(1))), lower=secured[g]) for s in signals if q[g][s] > 0]
            for h in types:
                if h != g:
                    fallback = {s: columns + i for i, s in enumerate(signals)}
                    columns += len(fallback)
                    free.update(dict.fromkeys(fallback.values(), (None, None)))
                    rows += _fallback_rows(layout, g, h, fallback, secured[g])
    if level in ("R2", "R3"):
        floor = security_value(game.games[0].swapped())
        rows += [Row(_collected(layout.weighted(g, s, second, Fraction(1))), lower=floor) for g in types for s in signals if q[g][s] > 0]
    if level == "R3":
        rows += [_misreport_row(layout, s, other) for s in signals for other in signals if other != s]
    objective = _collected(*(layout.weighted(g, s, second, game.prior[g] * q[g][s]) for g in types for s in signals))
    return Problem(sense="maximise", columns=columns, objective=objective, rows=rows, column_bounds=free)


def _mimic_row(layout: _Layout, g: int, h: int) -> Row:
    """Type g gets no less than from type h's plan."""
    game, first = layout.game, layout.game.games[g].first
    signals, q = range(game.channel.signals), game.channel.rows
    own = (layout.weighted(g, s, first, q[g][s]) for s in signals)
    other = (layout.weighted(h, s, first, -q[g][s]) for s in signals)
    return Row(_collected(*own, *other), lower=0)


def _fallback_rows(layout: _Layout, g: int, h: int, fallback: Mapping[int, int], secured: Fraction) -> list[Row]:
    """The same with the better of type h's outcome and the secured payoff at every signal, by one variable above both."""
    game, first = layout.game, layout.game.games[g].first
    q = game.channel.rows
    rows = []
    for s, column in fallback.items():
        rows.append(Row({column: Fraction(1), **_collected(layout.weighted(h, s, first, Fraction(-1)))}, lower=0))
        rows.append(Row({column: 1}, lower=secured))
    own = _collected(*(layout.weighted(g, s, first, q[g][s]) for s in fallback))
    return [*rows, Row({**own, **{column: -q[g][s] for s, column in fallback.items()}}, lower=0)]


def _misreport_row(layout: _Layout, s: int, other: int) -> Row:
    """Player 2 with signal s gets no less than by acting on another signal."""
    game, second = layout.game, layout.game.games[0].second
    q, types = game.channel.rows, range(len(game.games))
    own = (layout.weighted(g, s, second, game.prior[g] * q[g][s]) for g in types)
    false = (layout.weighted(g, other, second, -game.prior[g] * q[g][s]) for g in types)
    return Row(_collected(*own, *false), lower=0)


@lru_cache(maxsize=2048)
def mimic_solution(game: BayesianGame, level: Level = "R0") -> Solution:
    """The solved program."""
    return solve(mimic_program(game, level))


def mimic_bound(game: BayesianGame, level: Level = "R0") -> Fraction:
    """The optimum of a level: an upper bound on player 2's payoff at every equilibrium. Raises DifferentFollowers."""
    value = mimic_solution(game, level).value
    if value is None:
        raise ValueError(f"the program {level} has no optimum")
    return value


def outcomes_of(game: BayesianGame, solution: Solution) -> Outcomes:
    """The outcomes that a solution stands for: ``[g][s][a][b]``."""
    layout, stage, point = _Layout(game), game.games[0], solution.primal
    if point is None:
        raise ValueError("a program without an optimum has no outcomes")

    def one(g: int, s: int) -> tuple[tuple[Fraction, ...], ...]:
        masses = [Fraction(point.get(column, 0)) for column in layout.outcome(g, s)]
        return tuple(tuple(masses[a * stage.columns : (a + 1) * stage.columns]) for a in range(stage.rows))

    return tuple(tuple(one(g, s) for s in range(game.channel.signals)) for g in range(len(game.games)))


def second_value(game: BayesianGame, outcomes: Outcomes) -> Real:
    """Player 2's expected payoff at given outcomes."""
    q = game.channel.rows
    return total(
        [
            game.prior[g] * q[g][s] * payoff(outcomes[g][s], game.games[g].second)
            for g in range(len(game.games))
            for s in range(game.channel.signals)
        ]
    )


# Closed forms in I(γ, β). They run on recording numbers.


@dataclass(frozen=True)
class ConcedeInsist:
    """The numbers of I(γ, β) with prior π and player 2's channel: two rows of signal probabilities."""

    gamma: Real
    beta: Real
    pi: Real
    channel: SignalChannel

    @property
    def benchmark(self) -> Real:
        """B_2 = π + (1 − π)β."""
        return self.pi + (1 - self.pi) * self.beta

    def knapsack(self) -> Real:
        """R0: spend the free budget γ on the signals that speak most for game 2, then buy budget while it pays."""
        price = self.pi * (1 - self.beta) / (1 - self.gamma)
        budget, value = self.gamma, self.pi
        for soft, tough in self._by_evidence():
            if soft == 0:
                value = value + (1 - self.pi) * self.beta * tough
                continue
            spent = reals.minimum([soft, budget])
            budget = budget - spent
            unit = (1 - self.pi) * self.beta * tough / soft
            value = value + unit * spent + (soft - spent) * reals.maximum([unit - price, Fraction(0)])
        return value

    def _by_evidence(self) -> list[tuple[Real, Real]]:
        """Pairs (Q(s|1), Q(s|2)), those that speak most for game 2 first; signals that occur in no game are left out."""
        ordered: list[tuple[Real, Real]] = []
        for pair in zip(*self.channel.rows, strict=True):
            if pair[0] == 0 and pair[1] == 0:
                continue
            place = next((i for i, (soft, tough) in enumerate(ordered) if pair[1] * soft > tough * pair[0]), len(ordered))
            ordered.insert(place, pair)
        return ordered

    @property
    def least_ratio(self) -> Real:
        """ϱ, the least Q(s|2)/Q(s|1) over the signals that game 1 sends."""
        return reals.minimum([tough / soft for soft, tough in zip(*self.channel.rows, strict=True) if soft > 0])

    def gap_bound(self) -> Real:
        """min{π(1 − β), (1 − π)β(1 − γ)ϱ}: what player 2 certainly misses."""
        return reals.minimum([self.pi * (1 - self.beta), (1 - self.pi) * self.beta * (1 - self.gamma) * self.least_ratio])

    @property
    def least_share(self) -> Real:
        """z_0 = max(γ, 1/(1 + β)): the least frequency of column r in game 2 that player 2's security allows and that pays."""
        return reals.maximum([self.gamma, 1 / (1 + self.beta)])

    def insisting(self, z: Real) -> Real:
        """w(z) = (z − γ)/(1 − γ): how often type 1 must be allowed to insist so that she does not mimic."""
        return (z - self.gamma) / (1 - self.gamma)

    def announcements(self) -> tuple[Real, ...]:
        """Per signal the better of z_0 and 1 (ties: z_0)."""
        low = self.least_share
        pairs = zip(*self.channel.rows, strict=True)
        return tuple(Fraction(1) if self._worth(soft, tough, Fraction(1)) > self._worth(soft, tough, low) else low for soft, tough in pairs)

    def best_value(self) -> Real:
        """V*: the greatest payoff of player 2 at an equilibrium of the infinite game (full-support channel)."""
        low = self.least_share
        return total(
            [
                reals.maximum([self._worth(soft, tough, low), self._worth(soft, tough, Fraction(1))])
                for soft, tough in zip(*self.channel.rows, strict=True)
            ]
        )

    def _worth(self, soft: Real, tough: Real, z: Real) -> Real:
        return self.pi * soft * (1 - (1 - self.beta) * self.insisting(z)) + (1 - self.pi) * tough * self.beta * z

    def uniform_gap(self) -> Real:
        """π(1 − β)w(z_0): the gap that stays however precise the signal."""
        return self.pi * (1 - self.beta) * self.insisting(self.least_share)


def erasure_gap(gamma: Real, beta: Real, pi: Real, precision: Real) -> Real:
    """B_2 − R0 for the erasure channel: 0 from γ = 1 − p on."""
    missing = 1 - precision - gamma
    if missing <= 0:
        return Fraction(0)
    return missing * reals.minimum([(1 - pi) * beta, pi * (1 - beta) / (1 - gamma)])
