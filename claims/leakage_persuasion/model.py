"""The paper's definitions: what k leaks demand of a scheme, what a scheme is worth, and the three benchmark optima.

Receivers are numbered from 0 in code; a set of receivers is a bitmask. All functions are pure and exact, and those that return one number also
run on recording numbers (:mod:`exact.recording`), so that the kernel can replay them.

*Worst-case persuasiveness*, one-sided: a receiver that is told to adopt still wants to, whatever it sees of at most k other signals. For every i,
every set K of k others and every z in {0,1}^K, with x and y the masses of a profile with state 1 and with state 0:

    (1 − θ_i) · x(s_i = 1, s_K = z)  >=  θ_i · y(s_i = 1, s_K = z).                                         (OB)

Receivers that are told 0 are not constrained: if the leak makes them adopt, the better (V is monotone).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from exact.reals import Real, minimum, plain
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import PersuasionProblem, odds
from instances.set_functions import SetFunction, members, submasks
from instances.signalling_schemes import DirectScheme

INFINITE = None
"""Threshold odds of a receiver that asks for certainty."""


@dataclass(frozen=True)
class ObedienceRow:
    """Of the profiles that agree with ``ones`` on ``seen``, state 1 must weigh at least ``odds`` times state 0 (None: infinite)."""

    seen: int
    ones: int
    odds: Real | None

    def holds_for(self, profile: int) -> bool:
        """Whether a profile is one of those."""
        return profile & self.seen == self.ones


def effective_leaks(agents: int, leaks: int) -> int:
    """At most agents − 1 signals can leak to a receiver."""
    return min(leaks, agents - 1)


def worst_case_rows(thresholds: Sequence[Real], leaks: int) -> list[ObedienceRow]:
    """(OB) for every leak of ``leaks`` signals, in Q-form: one row per set Q of leaks + 1 receivers and nonempty A ⊆ Q.

    The receivers of A all see s_Q = 1_A; the row of the most demanding one implies the others. Fewer leaks are implied (sum over z).
    """
    agents = len(thresholds)
    asked = [odds(threshold) for threshold in thresholds]
    rows = []
    for seen in subsets_of_size(agents, effective_leaks(agents, leaks) + 1):
        rows += [ObedienceRow(seen, ones, greatest_odds(asked, ones)) for ones in submasks(seen) if ones]
    return rows


def pattern_rows(thresholds: Sequence[Real], pattern: LeakPattern) -> list[ObedienceRow]:
    """(OB) under one known leak pattern: one row per receiver and per view in which it is told to adopt."""
    rows = []
    for i, leaked in enumerate(pattern.sees):
        rows += [ObedienceRow(leaked | 1 << i, ones | 1 << i, odds(thresholds[i])) for ones in submasks(leaked)]
    return rows


def refusal_rows(thresholds: Sequence[Real], leaks: int) -> list[ObedienceRow]:
    """The other side, for two-sided obedience: receivers told 0 must keep action 0. Each row bounds state 1 from *above* by odds · state 0."""
    agents = len(thresholds)
    asked = [odds(threshold) for threshold in thresholds]
    rows = []
    for seen in subsets_of_size(agents, effective_leaks(agents, leaks) + 1):
        for ones in submasks(seen):
            finite = [asked[i] for i in members(seen & ~ones) if asked[i] is not INFINITE]
            if finite:
                rows.append(ObedienceRow(seen, ones, minimum(finite)))
    return rows


def greatest_odds(asked: Sequence[Real | None], ones: int) -> Real | None:
    """The greatest odds that a receiver of the nonempty set ``ones`` asks for; None is infinite."""
    greatest = None
    for i in members(ones):
        if asked[i] is INFINITE:
            return INFINITE
        if greatest is None or asked[i] > greatest:
            greatest = asked[i]
    return greatest


def subsets_of_size(agents: int, size: int) -> Iterator[int]:
    """The masks of ``size`` receivers, in lexicographic order of their members."""
    for chosen in combinations(range(agents), size):
        yield sum(1 << i for i in chosen)


# What a scheme is worth, and whether it is persuasive


def value(problem: PersuasionProblem, scheme: DirectScheme) -> Real:
    """The sender's expected utility when everybody follows its recommendation."""
    return sum(((one + zero) * problem.utility(profile) for profile, one, zero in scheme.masses), Fraction(0))


def view_masses(scheme: DirectScheme, seen: int) -> dict[int, tuple[Real, Real]]:
    """By what the signals of ``seen`` are: the mass of state 1 and of state 0."""
    masses: dict[int, tuple[Real, Real]] = {}
    for profile, one, zero in scheme.masses:
        before = masses.get(profile & seen, (Fraction(0), Fraction(0)))
        masses[profile & seen] = (before[0] + one, before[1] + zero)
    return masses


def view_slack(problem: PersuasionProblem, scheme: DirectScheme, receiver: int, leaked: int, ones: int) -> Real:
    """Left side minus right side of (OB) for a receiver told to adopt that sees the signals ``ones`` on the set ``leaked``."""
    one, zero = view_masses(scheme, leaked | 1 << receiver).get(ones | 1 << receiver, (Fraction(0), Fraction(0)))
    threshold = problem.thresholds[receiver]
    return (1 - threshold) * one - threshold * zero


def slacks(problem: PersuasionProblem, scheme: DirectScheme, leaks: int) -> Iterator[Real]:
    """Left side minus right side of (OB), for every view of positive mass under ``leaks`` leaks."""
    for seen in subsets_of_size(problem.agents, effective_leaks(problem.agents, leaks) + 1):
        for ones, (one, zero) in view_masses(scheme, seen).items():
            for i in members(ones):
                yield (1 - problem.thresholds[i]) * one - problem.thresholds[i] * zero


def least_slack(problem: PersuasionProblem, scheme: DirectScheme, leaks: int) -> Real:
    """The least of :func:`slacks` (0 where nobody is ever told to adopt): the scheme is persuasive iff it is >= 0."""
    return minimum([Fraction(0), *slacks(problem, scheme, leaks)])


def is_persuasive(problem: PersuasionProblem, scheme: DirectScheme, leaks: int) -> bool:
    """Whether everybody that is told to adopt wants to, whatever ``leaks`` other signals it sees. Checks every view."""
    return all(slack >= 0 for slack in slacks(problem, scheme, leaks))


def keeps(problem: PersuasionProblem, scheme: DirectScheme, rows: Iterable[ObedienceRow]) -> bool:
    """Whether the scheme satisfies these rows."""
    for row in rows:
        one = sum((x for profile, x, _ in scheme.masses if row.holds_for(profile)), Fraction(0))
        zero = sum((y for profile, _, y in scheme.masses if row.holds_for(profile)), Fraction(0))
        if zero > 0 if row.odds is INFINITE else one < row.odds * zero:
            return False
    return True


# Benchmarks in closed form


def public_optimum(problem: PersuasionProblem) -> Real:
    """OPT_pub: the concave closure at λ of q ↦ V({i : θ_i <= q}), over pairs of posteriors around λ."""
    posteriors = [Fraction(0), *problem.thresholds, Fraction(1)]
    points = [(q, problem.utility(adopters(problem.thresholds, q))) for q in posteriors]
    prior = problem.prior
    best = Fraction(0)
    for q, worth in points:
        if q == prior:
            best = _greater(best, worth)
    for low, below in points:
        for high, above in points:
            if low < prior < high:
                best = _greater(best, below + (above - below) * (prior - low) / (high - low))
    return best


def _greater(first: Real, second: Real) -> Real:
    return second if second > first else first


def adopters(thresholds: Sequence[Real], posterior: Real) -> int:
    """The receivers that adopt at a public posterior."""
    return sum(1 << i for i, threshold in enumerate(thresholds) if threshold <= posterior)


def full_revelation(problem: PersuasionProblem) -> Real:
    """λ·V([n]): what telling everybody the state is worth."""
    return problem.prior * problem.utility((1 << problem.agents) - 1)


def unrecorded(instance: Any) -> Any:
    """The problem, scheme or number with plain fractions: linear programs are built from these, also inside a recording."""
    match instance:
        case PersuasionProblem():
            return PersuasionProblem(unrecorded(instance.prior), unrecorded(instance.thresholds), unrecorded(instance.utility))
        case SetFunction():
            return SetFunction(unrecorded(instance.values))
        case DirectScheme():
            return DirectScheme(instance.agents, unrecorded(instance.masses))
        case tuple() | list():
            return type(instance)(unrecorded(item) for item in instance)
        case int() | str():
            return instance
        case _:
            return plain(instance)
