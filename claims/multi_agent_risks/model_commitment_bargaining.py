"""C33 and C34: war as a failure to commit, by backward induction; extortion in the repeated Prisoner's Dilemma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.linear_algebra import SingularMatrixError, solve
from exact.reals import Real, maximum

# C33: declining D faces rising R in two periods with a pie of 1 in each


@dataclass(frozen=True)
class Rivalry:
    """R wins a war with probability p1 now and p2 later; a war costs R ``cost_r`` and D ``cost_d``, once; δ discounts the second period."""

    p1: Real
    p2: Real
    cost_r: Real
    cost_d: Real
    delta: Real

    def is_valid(self) -> bool:
        """0 <= p1 <= p2 <= 1 (R rises), 0 <= cost_r <= p2, cost_d >= 0, 0 <= δ <= 1."""
        return bool(0 <= self.p1 <= self.p2 <= 1 and 0 <= self.cost_r <= self.p2 and self.cost_d >= 0 and 0 <= self.delta <= 1)


@dataclass(frozen=True)
class Payoffs:
    """What R and D get."""

    r: Real
    d: Real


def late_peace(rivalry: Rivalry) -> Payoffs:
    """The second period: D offers R what war is worth to R, p2 − cost_r, the least that R accepts; war would leave D with cost_r + cost_d less."""
    offer = rivalry.p2 - rivalry.cost_r
    return Payoffs(offer, 1 - offer)


def late_war(rivalry: Rivalry) -> Payoffs:
    """A war in the second period."""
    return Payoffs(rivalry.p2 - rivalry.cost_r, 1 - rivalry.p2 - rivalry.cost_d)


def early_war(rivalry: Rivalry) -> Payoffs:
    """A war in the first period decides both pies."""
    pies = 1 + rivalry.delta
    return Payoffs(rivalry.p1 * pies - rivalry.cost_r, (1 - rivalry.p1) * pies - rivalry.cost_d)


def indifferent_offer(rivalry: Rivalry) -> Real:
    """The first-period share that makes R as well off in peace as in war now; R accepts this and more."""
    return early_war(rivalry).r - rivalry.delta * late_peace(rivalry).r


def early_peace(rivalry: Rivalry) -> Payoffs:
    """D's best peaceful offer: the least share in [0, 1] that R accepts, max(0, :func:`indifferent_offer`), which is <= 1 because R rises."""
    offer, later = maximum([indifferent_offer(rivalry), Fraction(0)]), late_peace(rivalry)
    return Payoffs(offer + rivalry.delta * later.r, 1 - offer + rivalry.delta * later.d)


def gain_from_war(rivalry: Rivalry) -> Real:
    """D's payoff from attacking at once less that from the best peaceful offer; positive: war."""
    return early_war(rivalry).d - early_peace(rivalry).d


def shift_of_power(rivalry: Rivalry) -> Real:
    """δ(p2 − p1)."""
    return rivalry.delta * (rivalry.p2 - rivalry.p1)


def war_threshold(rivalry: Rivalry) -> Real:
    """p1 + cost_d + δ·cost_r."""
    return rivalry.p1 + rivalry.cost_d + rivalry.delta * rivalry.cost_r


# C34: memory-one strategies; states CC, CD, DC, DD from X's side

Four = tuple[Real, Real, Real, Real]
OTHER_SIDE = (0, 2, 1, 3)
"""Each state as Y sees it: X's CD is Y's DC."""


@dataclass(frozen=True)
class Dilemma:
    """A Prisoner's Dilemma T > R > P > S."""

    temptation: Real
    reward: Real
    punishment: Real
    sucker: Real

    def is_valid(self) -> bool:
        """T > R > P > S."""
        return bool(self.temptation > self.reward > self.punishment > self.sucker)

    @property
    def own(self) -> Four:
        """X's payoff in each state."""
        return self.reward, self.sucker, self.temptation, self.punishment

    @property
    def others(self) -> Four:
        """Y's payoff in each state."""
        return self.reward, self.temptation, self.sucker, self.punishment


def extortion(game: Dilemma, chi: Real, phi: Real) -> Four:
    """Press and Dyson's strategy: the probabilities of cooperation after CC, CD, DC, DD that enforce s_X − P = χ(s_Y − P)."""
    gap = game.punishment - game.sucker
    return (
        1 - phi * (chi - 1) * (game.reward - game.punishment) / gap,
        1 - phi * (1 + chi * (game.temptation - game.punishment) / gap),
        phi * (chi + (game.temptation - game.punishment) / gap),
        Fraction(0),
    )


def is_strategy(p: Sequence[Real]) -> bool:
    """Whether all are probabilities."""
    return all(0 <= entry <= 1 for entry in p)


def transition(p: Sequence[Real], q: Sequence[Real]) -> tuple[Four, ...]:
    """The matrix between states; q is indexed from Y's own side."""
    rows = []
    for state in range(4):
        x, y = p[state], q[OTHER_SIDE[state]]
        rows.append((x * y, x * (1 - y), (1 - x) * y, (1 - x) * (1 - y)))
    return tuple(rows)


def stationary_law(p: Sequence[Fraction], q: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """The stationary law of the states, or None when there is more than one."""
    matrix = transition(p, q)
    balance = [{i: matrix[i][j] - (i == j) for i in range(4)} for j in range(3)]
    try:
        return solve([*balance, dict.fromkeys(range(4), Fraction(1))], [Fraction(0)] * 3 + [Fraction(1)])
    except SingularMatrixError:
        return None


def average(law: Sequence[Real], payoffs: Sequence[Real]) -> Real:
    """The expected payoff under the law."""
    return sum((v * u for v, u in zip(law, payoffs, strict=True)), Fraction(0))


def after_one_round(law: Sequence[Real], p: Sequence[Real], q: Sequence[Real]) -> tuple[Real, ...]:
    """The law of the next state."""
    matrix = transition(p, q)
    return tuple(sum((law[i] * matrix[i][j] for i in range(4)), Fraction(0)) for j in range(4))


def drift(p: Sequence[Real]) -> Four:
    """p̃: "X cooperates next" less "X cooperated", state by state."""
    return p[0] - 1, p[1] - 1, p[2], p[3]
