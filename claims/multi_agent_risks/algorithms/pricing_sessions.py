"""Q-learners as price setters in the logit duopoly: Δ, consumer surplus, and the collusion audit of the sessions in which they end.

Payoffs are the doubles nearest to the rigorous values; which prices the learners end with is exact data about these sessions. Δ and the surplus are
rounded to nine decimals, so that they can be recorded as rationals. The audit is exact arithmetic on the doubles: from the first state of the final
cycle firm 1 plays the static best reply to its rival's price once, then both follow their policies again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from statistics import mean

from claims.multi_agent_risks.algorithms import logit_duopoly
from claims.multi_agent_risks.algorithms.learning_sessions import Learners, Matrix, Pair, Session, sessions
from exact.balls import Ball
from exact.reals import Real

DECIMALS = 9
GRID = 10**DECIMALS


@dataclass(frozen=True)
class Market:
    """The duopoly on a grid of m prices, as doubles: a firm's profit by (own, other) price number, and by pair Δ and consumer surplus."""

    size: int
    profits: Matrix
    gains: tuple[tuple[Fraction, ...], ...]
    surpluses: tuple[tuple[Fraction, ...], ...]
    static_replies: tuple[int, ...]

    def mean_gain(self, cycle: Sequence[Pair]) -> Fraction:
        """Δ of the mean profit of both over a cycle, to nine decimals."""
        return _rounded(mean(self.gains[a][b] for a, b in cycle))

    def mean_surplus(self, cycle: Sequence[Pair]) -> Fraction:
        """The mean consumer surplus over a cycle, to nine decimals."""
        return _rounded(mean(self.surpluses[a][b] for a, b in cycle))

    @property
    def gain_range(self) -> tuple[Fraction, Fraction]:
        """Two numbers with three decimals between which every Δ lies."""
        return _outward([gain for row in self.gains for gain in row])

    @property
    def surplus_range(self) -> tuple[Fraction, Fraction]:
        """Two numbers with three decimals between which every consumer surplus lies."""
        return _outward([surplus for row in self.surpluses for surplus in row])


@cache
def market(size: int) -> Market:
    """The market on the grid of ``size`` >= 2 prices."""
    found = logit_duopoly.prices()
    grid = found.grid(size)
    profits = logit_duopoly.profit_matrix(grid)
    gains = tuple(
        tuple(_middle(found.gain((profits[a][b] + profits[b][a]) / 2)) for b in range(size)) for a in range(size)
    )
    surpluses = tuple(tuple(_middle(logit_duopoly.consumer_surplus(p, q)) for q in grid) for p in grid)
    replies = tuple(max(range(size), key=lambda own: (_middle(profits[own][other]), -own)) for other in range(size))
    return Market(size, tuple(tuple(float(value) for value in row) for row in profits), gains, surpluses, replies)


@cache
def grid_gains(size: int) -> tuple[Ball, ...]:
    """Δ of every pure equilibrium of the one-shot game on the grid, ascending."""
    return tuple(Ball(equilibrium.gain.arb) for equilibrium in logit_duopoly.grid_equilibria(size))


@dataclass(frozen=True)
class Setting:
    """One row of the experiment: grid size, α, β, δ, memory, patience."""

    m: int
    alpha: Fraction
    beta: Fraction
    delta: Fraction
    memory: int
    patience: int

    def learners(self) -> Learners:
        """Two price setters."""
        profits = market(self.m).profits
        transposed = tuple(zip(*profits, strict=True))
        return Learners(profits, transposed, self.alpha, self.beta, self.delta, self.memory, self.patience)


@lru_cache(maxsize=32)
def pricing(setting: Setting, seed: int, first: int, count: int) -> tuple[Session, ...]:
    """The sessions numbered first, …, first + count − 1."""
    return sessions(setting.learners(), seed, first, count)


@dataclass(frozen=True)
class Audit:
    """One session's answer to a deviation: whether the rival charges less in the next period, and whether the deviation raised discounted profit."""

    rival_cuts: bool
    pays: bool


def audit(setting: Setting, session: Session) -> Audit | None:
    """The audit of a session; None where the static best reply is the price that firm 1 charges anyway."""
    here = market(setting.m)
    state = session.path(session.state)[1][0]
    own, rival = session.play(state)
    deviation = here.static_replies[rival]
    if deviation == own:
        return None
    punished = session.after((deviation, rival))
    kept = discounted(here.profits, session, session.after((own, rival)), setting.delta)
    left = discounted(here.profits, session, punished, setting.delta)
    difference = Fraction(here.profits[deviation][rival]) - Fraction(here.profits[own][rival]) + setting.delta * (left - kept)
    return Audit(session.play(punished)[1] < rival, difference > 0)


def discounted(profits: Matrix, session: Session, state: int, delta: Fraction) -> Fraction:
    """Firm 1's discounted profit under greedy play from a state on."""
    before, cycle = session.path(state)
    stream = [Fraction(profits[a][b]) for a, b in map(session.play, cycle)]
    value = _geometric(stream, delta) / (1 - delta ** len(cycle))
    for at in reversed(before):
        a, b = session.play(at)
        value = Fraction(profits[a][b]) + delta * value
    return value


def _geometric(stream: Sequence[Fraction], delta: Fraction) -> Fraction:
    value = Fraction(0)
    for payoff in reversed(stream):
        value = payoff + delta * value
    return value


def _middle(value: Real) -> Fraction:
    return value.mid if isinstance(value, Ball) else Fraction(value)


def _rounded(value: Fraction) -> Fraction:
    return Fraction(round(value * GRID), GRID)


def _outward(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    low, high = min(values), max(values)
    return Fraction(low * 1000 // 1 - 1, 1000), Fraction(-(-high * 1000 // 1) + 1, 1000)
