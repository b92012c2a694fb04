"""A5: joint plans of I(γ, β). In round 1 both players announce, then a fixed sequence of cells is played for ever, and deviations are punished.

An item (w, z): type 1 insists, cell (b, r), with frequency w and else concedes, cell (a, l); type 2 always plays b, and player 2 answers r with
frequency z and else l. Player 2 punishes with l for ever, player 1 with her minmax mixture (β, 1)/(1 + β).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from claims.strategic_learning.algorithms.best_responses import Opponent, best_response_value
from claims.strategic_learning.model import plain, total
from claims.strategic_learning.named_games import concede_insist
from exact import reals
from exact.reals import Real
from instances.automata import Automaton, average, constant, limit_cycle
from instances.bayesian_games import SignalChannel
from instances.stage_games import transposed

A, B = 0, 1
"""Player 1's rows: concede, insist."""
L, R = 0, 1
"""Player 2's columns."""
Item = tuple[Fraction, Fraction]
Cells = tuple[tuple[int, int], ...]

MOST_ROUNDS = 50_000
"""The longest period of an item that is built."""


class PeriodTooLong(ValueError):
    """An item's frequencies have denominators too large for an automaton."""


def cells_of(item: Item, kind: int) -> Cells:
    """The cells that a type (0 soft, 1 tough) repeats: the insisting ones first. Raises PeriodTooLong."""
    share = item[kind]
    if share.denominator > MOST_ROUNDS:
        raise PeriodTooLong(f"a period of {share.denominator} rounds is longer than {MOST_ROUNDS}")
    rest = (A, L) if kind == 0 else (B, L)
    return ((B, R),) * share.numerator + (rest,) * (share.denominator - share.numerator)


@dataclass(frozen=True)
class JointPlan:
    """The items on offer (one, or two: announced by l and r), and the item that player 2 announces at each signal."""

    items: tuple[Item, ...]
    announce: tuple[int, ...]

    def first(self, kind: int, beta: Real) -> Automaton:
        """The automaton of player 1's type: announce by the row, then play the item that player 2 announces."""
        punish: tuple[Real, ...] = (beta / (1 + beta), 1 / (1 + beta))
        blocks = [cells_of(item, kind) for item in self.items]
        return _automaton(A if kind == 0 else B, punish, blocks, mine=0)

    def second(self, signal: int) -> Automaton:
        """Player 2's automaton at a signal: announce the item by the column, then play what player 1's row announces."""
        number = self.announce[signal]
        blocks = [cells_of(self.items[number], kind) for kind in (0, 1)]
        return _automaton((L, R)[number], L, blocks, mine=1)


def _automaton(announce: int, punish: int | tuple[Real, ...], blocks: Sequence[Cells], mine: int) -> Automaton:
    """State 0 announces; the other's announcement k leads to block k, or to the last state, the punishment, where there is no such block."""
    starts = [1]
    for block in blocks:
        starts.append(starts[-1] + len(block))
    last = starts[-1]
    outputs: list[int | tuple[Real, ...]] = [announce]
    moves: list[tuple[int, int]] = [(starts[0], starts[1] if len(blocks) > 1 else last)]
    for start, block in zip(starts, blocks, strict=False):
        for k, pair in enumerate(block):
            after = start + (k + 1) % len(block)
            outputs.append(pair[mine])
            moves.append((after, last) if pair[1 - mine] == 0 else (last, after))
    return Automaton((*outputs, punish), (*moves, (last, last)))


@dataclass(frozen=True)
class Profile:
    """Automata of I(γ, β): one for each type of player 1 and each signal of player 2."""

    gamma: Real
    beta: Real
    pi: Real
    channel: SignalChannel
    first: tuple[Automaton, ...]
    second: tuple[Automaton, ...]

    def check(self) -> Standing:
        """What everybody gets, and what the best deviation among all algorithms would get."""
        games, prior, q = concede_insist(self.gamma, self.beta), (self.pi, 1 - self.pi), self.channel.rows
        signals = range(self.channel.signals)
        cycles = [[limit_cycle(one, two) for two in self.second] for one in self.first]
        columns = transposed(games[0].second)
        own = tuple(total([q[g][s] * average(cycles[g][s], games[g].first) for s in signals if q[g][s] > 0]) for g in (0, 1))
        hers = tuple(total([prior[g] * q[g][s] * average(cycles[g][s], games[g].second) for g in (0, 1) if q[g][s] > 0]) for s in signals)
        return Standing(
            prior,
            own,
            tuple(best_response_value([Opponent(self.second[s], q[g][s], games[g].first) for s in signals]) for g in (0, 1)),
            hers,
            tuple(best_response_value([Opponent(self.first[g], prior[g] * q[g][s], columns) for g in (0, 1)]) for s in signals),
        )


@dataclass(frozen=True)
class Standing:
    """Per type of player 1 (given her type) and per signal of player 2 (with weights π_g·Q(s|g)): the payoff and the best response's."""

    prior: tuple[Real, Real]
    first: tuple[Real, ...]
    first_best: tuple[Real, ...]
    second: tuple[Real, ...]
    second_best: tuple[Real, ...]

    @property
    def is_equilibrium(self) -> bool:
        """Whether nobody gains by any other algorithm."""
        return bool(self.temptation == 0)

    @property
    def temptation(self) -> Real:
        """The gains from best deviations, added up: 0 at an equilibrium, positive elsewhere."""
        gains = [best - own for own, best in zip(self.first + self.second, self.first_best + self.second_best, strict=True)]
        return total(gains)

    @property
    def first_value(self) -> Real:
        """Player 1's expected payoff."""
        return total([p * value for p, value in zip(self.prior, self.first, strict=True)])

    @property
    def second_value(self) -> Real:
        """Player 2's expected payoff."""
        return total(list(self.second))


def plan_profile(gamma: Real, beta: Real, pi: Real, channel: SignalChannel, plan: JointPlan) -> Profile:
    """A joint plan as a profile of automata."""
    return Profile(
        gamma, beta, pi, channel, tuple(plan.first(kind, beta) for kind in (0, 1)), tuple(plan.second(s) for s in range(channel.signals))
    )


def plan_standing(gamma: Real, beta: Real, pi: Real, channel: SignalChannel, plan: JointPlan) -> Standing:
    """What `plan_profile(…).check()` finds, without walking through the periods, which may be long.

    After round 1 every deviation from the announced sequence leads to the same punishment, so a best response announces something, and then, for each
    announcement of the other side, either follows for ever or is punished for ever.
    """
    games, q = concede_insist(gamma, beta), channel.rows
    joint = [[weight * x for x in row] for weight, row in zip((pi, 1 - pi), q, strict=True)]
    signals, items = range(channel.signals), range(len(plan.items))

    def followed(payoffs: Sequence[Sequence[Real]], item: int, kind: int) -> Real:
        share = plan.items[item][kind]
        rest = payoffs[A if kind == 0 else B][L]
        return share * payoffs[B][R] + (1 - share) * rest

    def announced(payoffs: Sequence[Sequence[Real]], punished: Real, weights: Sequence[Real], kind: int) -> Real:
        """Player 1 announces a type: per item, with the chance that player 2 announces it, follow or be punished."""
        chances = [(item, total([weights[s] for s in signals if plan.announce[s] == item])) for item in items]
        return total([chance * reals.maximum([followed(payoffs, item, kind), punished]) for item, chance in chances])

    first, first_best = [], []
    for g, game in enumerate(games):
        punished = reals.maximum([row[L] for row in game.first])
        first.append(total([q[g][s] * followed(game.first, plan.announce[s], g) for s in signals]))
        first_best.append(reals.maximum([announced(game.first, punished, q[g], kind) for kind in (0, 1)]))
    second, second_best = [], []
    payoffs, mixture = games[0].second, (beta / (1 + beta), 1 / (1 + beta))
    punished = reals.maximum([total([x * row[b] for x, row in zip(mixture, payoffs, strict=True)]) for b in (L, R)])
    for s in signals:
        second.append(total([joint[g][s] * followed(payoffs, plan.announce[s], g) for g in (0, 1)]))
        menu = [total([joint[g][s] * reals.maximum([followed(payoffs, item, g), punished]) for g in (0, 1)]) for item in items]
        second_best.append(reals.maximum([*menu, (joint[0][s] + joint[1][s]) * punished]))
    return Standing((pi, 1 - pi), tuple(first), tuple(first_best), tuple(second), tuple(second_best))


def menu_plan(gamma: Real, beta: Real, channel: SignalChannel, announcements: Sequence[Real]) -> JointPlan:
    """The plan with the items (w(z), z) for the least share z_0 and for 1, each signal announcing the given one of them."""
    low = max(plain(gamma), 1 / (1 + plain(beta)))
    items = tuple(((z - plain(gamma)) / (1 - plain(gamma)), z) for z in (low, Fraction(1)))
    return JointPlan(items, tuple(0 if plain(z) == low else 1 for z in announcements))


def always_insisting(gamma: Real, beta: Real, pi: Real, channel: SignalChannel) -> Profile:
    """Player 1 always plays b, player 2 always r."""
    return Profile(gamma, beta, pi, channel, (constant(B, 2),) * 2, (constant(R, 2),) * channel.signals)


def full_information(gamma: Real, beta: Real, pi: Real) -> Profile:
    """p_1 = p_2 = 1: (a, l) in G_1 and (b, r) in G_2."""
    channel = SignalChannel(((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))))
    return Profile(gamma, beta, pi, channel, (constant(A, 2), constant(B, 2)), (constant(L, 2), constant(R, 2)))


def probing(insist: bool, gamma: Real, beta: Real, pi: Real, rounds: int) -> Real:
    """Player 2's average over T rounds of `probe_then_commit` (l; then l for ever after row a, r for ever after row b).

    Type 2 insists from the start; type 1 insists too (``insist``), or concedes as a myopic one does.
    """
    tough = beta * (rounds - 1) / Fraction(rounds)
    soft = tough if insist else Fraction(1)
    return pi * soft + (1 - pi) * tough


def insisting_gain(gamma: Real, rounds: int) -> Real:
    """What the soft type gains per round by insisting against `probe_then_commit`: (T − 1)/T − γ."""
    return Fraction(rounds - 1, rounds) - gamma


def probe_then_commit() -> Automaton:
    """Player 2 plays l in round 1; row a seen: l for ever, row b seen: r for ever."""
    return Automaton((L, L, R), ((1, 2), (1, 1), (2, 2)))
