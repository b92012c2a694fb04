"""A10 and A11: what a scheme is worth when signals leak and receivers best-respond to what they see.

Receivers know their own view, which signals leaked to them included; they adopt when their posterior reaches the threshold, whatever
they were told. The evaluator takes schemes over any alphabet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm

from claims.leakage_persuasion.algorithms.obedience_programs import noted
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real, maximum
from instances.leak_patterns import LeakageLaw, LeakPattern
from instances.persuasion_problems import PersuasionProblem
from instances.set_functions import members
from instances.signalling_schemes import DirectScheme, SignallingScheme

View = tuple[int, ...]


def downstream_value(problem: PersuasionProblem, scheme: SignallingScheme | DirectScheme, law: LeakageLaw) -> Real:
    """U_D(μ): the sender's expected utility when every receiver best-responds to its own view under the realised leak pattern."""
    sent = _sent(scheme)
    adoption: dict[tuple[int, int], list[bool]] = {}
    total: Real = Fraction(0)
    for weight, pattern in law.patterns:
        for i, leaked in enumerate(pattern.sees):
            if (i, leaked) not in adoption:
                adoption[i, leaked] = _adoption(problem, sent, i, leaked)
        for place, (_, one, zero) in enumerate(sent):
            adopters = sum(1 << i for i, leaked in enumerate(pattern.sees) if adoption[i, leaked][place])
            total = total + weight * (one + zero) * problem.utility(adopters)
    return total


def pattern_value(problem: PersuasionProblem, scheme: SignallingScheme | DirectScheme, pattern: LeakPattern) -> Real:
    """U under one known pattern."""
    return downstream_value(problem, scheme, LeakageLaw(((Fraction(1), pattern),)))


def _sent(scheme: SignallingScheme | DirectScheme) -> Sequence[tuple[View, Real, Real]]:
    """The profiles as letters, with their masses (which may be recording numbers)."""
    if isinstance(scheme, SignallingScheme):
        return scheme.profiles
    agents = range(scheme.agents)
    return [(tuple(profile >> i & 1 for i in agents), one, zero) for profile, one, zero in scheme.masses]


def _adoption(problem: PersuasionProblem, sent: Sequence[tuple[View, Real, Real]], receiver: int, leaked: int) -> list[bool]:
    """For every profile, whether the receiver adopts when it sees its own letter and those of ``leaked``."""
    visible = (receiver, *members(leaked))
    masses: dict[View, tuple[Real, Real]] = {}
    views = [tuple(letters[j] for j in visible) for letters, _, _ in sent]
    for view, (_, one, zero) in zip(views, sent, strict=True):
        before = masses.get(view, (Fraction(0), Fraction(0)))
        masses[view] = (before[0] + one, before[1] + zero)
    threshold = problem.thresholds[receiver]
    adopts = {view: bool((1 - threshold) * one >= threshold * zero) for view, (one, zero) in masses.items()}
    return [adopts[view] for view in views]


# A11: two receivers, binary signals, by enumeration of what to do in every view


@dataclass(frozen=True)
class TwoReceiverView:
    """Receiver 0 or 1 sees its own signal, and the other one's (None where it did not leak)."""

    receiver: int
    own: int
    other: int | None

    def shows(self, profile: int) -> bool:
        """Whether a profile (mask of signals 1) gives this view."""
        own, other = profile >> self.receiver & 1, profile >> (1 - self.receiver) & 1
        return own == self.own and (self.other is None or other == self.other)


@dataclass(frozen=True)
class TwoReceiverGame:
    """The downstream problem of two receivers with binary signals: an action policy is the mask of the views in which to adopt."""

    problem: PersuasionProblem
    law: LeakageLaw

    def __post_init__(self) -> None:
        if self.problem.agents != 2 or self.law.agents != 2:
            raise ValueError("the enumeration of policies is for two receivers")

    @cached_property
    def views(self) -> tuple[TwoReceiverView, ...]:
        """The views that occur: up to 12 if both "leak" and "no leak" occur for both receivers."""
        found = []
        for receiver in (0, 1):
            leaks = {bool(pattern.sees[receiver]) for _, pattern in self.law.patterns}
            for own in (0, 1):
                found += [TwoReceiverView(receiver, own, None)] if False in leaks else []
                found += [TwoReceiverView(receiver, own, other) for other in (0, 1)] if True in leaks else []
        return tuple(found)

    def policies(self) -> range:
        """All action policies."""
        return range(1 << len(self.views))

    def orbits(self) -> Iterator[int]:
        """One policy of each orbit under renaming the signals 0 and 1 of a receiver: renamed policies have the same optimum."""
        return (policy for policy in self.policies() if policy == self.representative(policy))

    def representative(self, policy: int) -> int:
        """The policy that stands for the orbit of this one."""
        return min(self._renamed(policy))

    def _renamed(self, policy: int) -> Iterator[int]:
        for places in self._renamings:
            yield sum(1 << place for old, place in enumerate(places) if policy >> old & 1)

    @cached_property
    def _renamings(self) -> tuple[tuple[int, ...], ...]:
        """For every way to rename the two receivers' signals, the new place of each view."""
        return tuple(tuple(self._place(view, flips) for view in self.views) for flips in product((0, 1), (0, 1)))

    def _place(self, view: TwoReceiverView, flips: tuple[int, int]) -> int:
        other = None if view.other is None else view.other ^ flips[1 - view.receiver]
        return self._places[TwoReceiverView(view.receiver, view.own ^ flips[view.receiver], other)]

    @cached_property
    def _places(self) -> dict[TwoReceiverView, int]:
        return {view: place for place, view in enumerate(self.views)}

    def program(self, policy: int) -> Problem:
        """The best scheme for which the policy's adopters want to adopt: columns x_S (S = 0..3), then y_S."""
        prior, thresholds = self.problem.prior, self.problem.thresholds
        rows = [
            Row(dict.fromkeys(range(4), 1), lower=prior, upper=prior),
            Row({4 + s: 1 for s in range(4)}, lower=1 - prior, upper=1 - prior),
        ]
        for place, view in enumerate(self.views):
            if policy >> place & 1:
                threshold = thresholds[view.receiver]
                shown = [s for s in range(4) if view.shows(s)]
                rows.append(Row({**dict.fromkeys(shown, 1 - threshold), **{4 + s: -threshold for s in shown}}, lower=0))
        payoffs = [self.payoff(policy, s) for s in range(4)]
        return Problem(sense="maximise", columns=8, objective={s: payoffs[s % 4] for s in range(8)}, rows=rows)

    def payoff(self, policy: int, profile: int) -> Fraction:
        """E_G V(adopters) when the signals are ``profile``."""
        total = Fraction(0)
        for weight, first, second in self._occurring[profile]:
            total += weight * self.problem.utility((policy >> first & 1) | (policy >> second & 1) << 1)
        return total

    @cached_property
    def _occurring(self) -> tuple[tuple[tuple[Fraction, int, int], ...], ...]:
        """For every profile: the probability of each pattern, and the places of the two receivers' views."""

        def place(receiver: int, profile: int, pattern: LeakPattern) -> int:
            other = profile >> (1 - receiver) & 1 if pattern.sees[receiver] else None
            return self._places[TwoReceiverView(receiver, profile >> receiver & 1, other)]

        return tuple(tuple((weight, place(0, s, pattern), place(1, s, pattern)) for weight, pattern in self.law.patterns) for s in range(4))

    def solved(self, policy: int) -> Solution:
        """The exact optimum for a policy; infeasible policies (nobody would follow them) have no value."""
        return solve(self.program(policy))

    def best(self) -> tuple[Fraction, int]:
        """The best downstream value over all binary schemes, and the first policy (of its orbit) that attains it."""
        bounds, best, chosen = PolicyBounds(self), Fraction(-1), 0
        for policy in self.orbits():
            if bounds.earns_at_most(policy, best):
                continue
            found = self.solved(policy).value
            assert found is not None, "a policy without a scheme earns at most anything"
            best, chosen = found, policy
        return best, chosen

    def relaxed(self, policy: int) -> Problem:
        """The program of a policy in which mass may stay unused (and earn nothing): feasible for every policy, its value an upper bound."""
        whole = self.program(policy)
        budgets = [Row(row.entries, upper=row.upper) for row in whole.rows[:2]]
        return Problem(sense="maximise", columns=8, objective=whole.objective, rows=[*budgets, *whole.rows[2:]])

    def ceiling(self) -> Real:
        """An upper bound on the best downstream value: the greatest relaxed optimum, recorded with all its programs where a recording is on."""
        return maximum(noted(solve(self.relaxed(policy))) for policy in self.orbits())


@dataclass(frozen=True)
class _Multipliers:
    """Multipliers u >= 0 on views, in integers over ``scale``: ``gains`` (1−θ)u and ``costs`` θu."""

    scale: int
    gains: tuple[int, ...]
    costs: tuple[int, ...]


class PolicyBounds:
    """Proves that policies earn at most a target, by exact duals that are kept and tried on the next policies.

    Multipliers u >= 0 on the views in which a policy adopts bound what it earns: with f(S) the payoff of profile S,
    λ·max_S (f(S) + Σ (1−θ)u) + (1−λ)·max_S (f(S) − Σ θu), sums over the adopting views that S shows. So the dual of one program bounds others.
    All of it is computed in integers.
    """

    def __init__(self, game: TwoReceiverGame) -> None:
        self._game = game
        self._known: list[_Multipliers] = []
        self._shown = [[place for place, view in enumerate(game.views) if view.shows(s)] for s in range(4)]
        self._thresholds = [game.problem.thresholds[view.receiver] for view in game.views]
        weights = (weight.denominator for weight, _ in game.law.patterns)
        self._scale = lcm(*weights) * lcm(*(value.denominator for value in game.problem.utility.values))

    def earns_at_most(self, policy: int, target: Fraction) -> bool:
        """Whether every scheme that the policy's adopters follow earns at most ``target`` (also where there is none). Decided exactly."""
        payoffs = [int(self._game.payoff(policy, s) * self._scale) for s in range(4)]
        adopting = [[place for place in shown if policy >> place & 1] for shown in self._shown]
        for number, multipliers in enumerate(self._known):
            if self._bounds(payoffs, adopting, multipliers, target):
                self._known.insert(0, self._known.pop(number))
                return True
        for program in (self._game.relaxed(policy), self._game.program(policy)):
            solution = solve(program)
            if solution.value is None:
                return True
            if solution.value <= target:
                self._keep(policy, solution)
                return True
        return False

    def _bounds(self, payoffs: Sequence[int], adopting: Sequence[Sequence[int]], multipliers: _Multipliers, target: Fraction) -> bool:
        """Whether the multipliers prove the target for a policy: both sides times the common denominator."""
        gains, costs, scale = multipliers.gains, multipliers.costs, self._scale
        best_one = best_zero = None
        for payoff, places in zip(payoffs, adopting, strict=True):
            base = payoff * multipliers.scale
            one = base + scale * sum(gains[place] for place in places)
            zero = base - scale * sum(costs[place] for place in places)
            best_one = one if best_one is None or one > best_one else best_one
            best_zero = zero if best_zero is None or zero > best_zero else best_zero
        assert best_one is not None
        assert best_zero is not None
        prior = self._game.problem.prior
        bound = prior.numerator * best_one + (prior.denominator - prior.numerator) * best_zero
        return bound * target.denominator <= target.numerator * prior.denominator * scale * multipliers.scale

    def _keep(self, policy: int, solution: Solution) -> None:
        assert solution.dual is not None
        adopting = [place for place in range(len(self._thresholds)) if policy >> place & 1]
        row = {place: number + 2 for number, place in enumerate(adopting)}
        duals = [abs(solution.dual[row[place]]) if place in row else Fraction(0) for place in range(len(self._thresholds))]
        gains = [(1 - threshold) * dual for threshold, dual in zip(self._thresholds, duals, strict=True)]
        costs = [threshold * dual for threshold, dual in zip(self._thresholds, duals, strict=True)]
        scale = lcm(*(number.denominator for number in gains + costs))
        self._known.insert(0, _Multipliers(scale, tuple(int(x * scale) for x in gains), tuple(int(x * scale) for x in costs)))
