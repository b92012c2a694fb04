"""A3 and A4: persuasion programs for receivers of one type, or of a few types, and utilities that count them.

The optimum over all schemes is attained by an exchangeable one, so only the number of adopters matters (per type). A set of k + 1 receivers
sees a ones with probability [m]_a·[n−m]_{k+1−a}/[n]_{k+1} when m of n receivers, at random, are told to adopt ([·]_a: falling factorial).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, perm, prod

from claims.leakage_persuasion.algorithms.obedience_programs import noted
from claims.leakage_persuasion.model import effective_leaks, unrecorded
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real
from instances.persuasion_problems import odds as odds_of


def pattern_weight(agents: int, size: int, adopters: int, ones: int) -> Fraction:
    """The chance that ``size`` given receivers of ``agents`` see exactly the given ``ones`` told to adopt, with ``adopters`` drawn uniformly."""
    return Fraction(perm(adopters, ones) * perm(agents - adopters, size - ones), perm(agents, size))


def symmetric_program(agents: int, leaks: int, prior: Fraction, threshold: Fraction, values: Sequence[Fraction | int]) -> Problem:
    """OPT_k for equal thresholds θ and V(S) = ``values[|S|]``. Column m is x of size m, column n + 1 + m is y of size m."""
    size = effective_leaks(agents, leaks) + 1
    shift = agents + 1
    sizes = range(shift)
    asked = odds_of(threshold)
    rows = [
        Row(dict.fromkeys(sizes, 1), lower=prior, upper=prior),
        Row({shift + m: 1 for m in sizes}, lower=1 - prior, upper=1 - prior),
    ]
    for ones in range(1, size + 1):
        weights = {m: pattern_weight(agents, size, m, ones) for m in sizes}
        if asked is None:
            rows.append(Row({shift + m: weight for m, weight in weights.items()}, upper=0))
        else:
            entries = dict(weights)
            entries.update((shift + m, -asked * weight) for m, weight in weights.items())
            rows.append(Row(entries, lower=0))
    objective = {column: values[m] for m in sizes for column in (m, shift + m)}
    return Problem(sense="maximise", columns=2 * shift, objective=objective, rows=rows)


def coverage_limit_program(agents: int, leaks: int) -> Problem:
    """h(n, k): the program for coverage in the small-threshold limit. Σ X = 1, odds 1, no budget for Y, objective Σ_{m>=1} Y_m."""
    size = effective_leaks(agents, leaks) + 1
    shift = agents + 1
    rows = [Row(dict.fromkeys(range(shift), 1), lower=1, upper=1)]
    for ones in range(1, size + 1):
        weights = {m: pattern_weight(agents, size, m, ones) for m in range(shift)}
        rows.append(Row({**weights, **{shift + m: -weight for m, weight in weights.items()}}, lower=0))
    objective = {shift + m: 1 for m in range(1, shift)}
    return Problem(sense="maximise", columns=2 * shift, objective=objective, rows=rows)


def coverage_limit(agents: int, leaks: int) -> Real:
    """h(n, k), the optimum of :func:`coverage_limit_program`; recorded where a recording is on."""
    return noted(_coverage_limit(agents, leaks))


@lru_cache(maxsize=1024)
def _coverage_limit(agents: int, leaks: int) -> Solution:
    return solve(coverage_limit_program(agents, leaks))


def symmetric_optimum(agents: int, leaks: int, prior: Real, threshold: Real, values: Sequence[Real]) -> Real:
    """OPT_k for equal thresholds and an anonymous utility; recorded where a recording is on."""
    return noted(solve(symmetric_program(agents, leaks, unrecorded(prior), unrecorded(threshold), unrecorded(list(values)))))


def coverage_values(agents: int) -> list[int]:
    """The coverage utility by size: 1 as soon as somebody adopts."""
    return [0] + [1] * agents


def masking_program(agents: int, leaks: int) -> Problem:
    """τ^sym(n, k): the best exchangeable mask. Maximise τ with P(N = n) >= τ and every pattern of 1 <= a <= k ones of weight at least τ.

    Column m is the mass of size m; column n + 1 is τ.
    """
    size = effective_leaks(agents, leaks) + 1
    goal = agents + 1
    rows = [Row(dict.fromkeys(range(goal), 1), lower=1, upper=1), Row({agents: 1, goal: -1}, lower=0)]
    for ones in range(1, size):
        rows.append(Row({**{m: pattern_weight(agents, size, m, ones) for m in range(goal)}, goal: Fraction(-1)}, lower=0))
    return Problem(sense="maximise", columns=agents + 2, objective={goal: 1}, rows=rows)


@lru_cache(maxsize=1024)
def _masking(agents: int, leaks: int) -> Solution:
    return solve(masking_program(agents, leaks))


def masking_share(agents: int, leaks: int) -> Real:
    """τ^sym(n, k): the share of OPT_0 that the best exchangeable mask keeps; recorded where a recording is on."""
    return noted(_masking(agents, leaks))


def subsampling_share(agents: int, leaks: int, sample: int) -> Fraction:
    """C(n−k−1, N−1)/C(n, N): the share of an XOS optimum that a uniform sample of N receivers keeps under k leaks."""
    return Fraction(comb(agents - leaks - 1, sample - 1), comb(agents, sample))


def best_sample(agents: int, leaks: int) -> tuple[Fraction, int]:
    """φ(n, k) = max over N of :func:`subsampling_share`, and the smallest N that attains it."""
    share, negative = max((subsampling_share(agents, leaks, sample), -sample) for sample in range(1, agents + 1))
    return share, -negative


def subsampling_limit(leaks: int) -> Fraction:
    """(k+1)^(k+1)/k^k, and 1 at k = 0."""
    return Fraction((leaks + 1) ** (leaks + 1), leaks**leaks)


# A4: several types


@dataclass(frozen=True)
class ReceiverType:
    """``count`` receivers with the same threshold."""

    count: int
    threshold: Fraction


def typed_program(
    types: Sequence[ReceiverType], leaks: int, prior: Fraction, values: Callable[[tuple[int, ...]], Fraction | int]
) -> Problem:
    """OPT_k for a few types and V = ``values(adopters per type)``, monotone with value 0 at (0, …, 0).

    One row for every number κ of seen receivers per type (k + 1 in all) and every nonzero a <= κ of ones among them.
    """
    agents = sum(kind.count for kind in types)
    size = effective_leaks(agents, leaks) + 1
    counts = list(product(*(range(kind.count + 1) for kind in types)))
    shift = len(counts)
    rows = [
        Row(dict.fromkeys(range(shift), 1), lower=prior, upper=prior),
        Row({shift + column: 1 for column in range(shift)}, lower=1 - prior, upper=1 - prior),
    ]
    for seen, ones, asked in _typed_views(types, size):
        weights = {column: _typed_weight(types, seen, adopters, ones) for column, adopters in enumerate(counts)}
        if asked is None:
            rows.append(Row({shift + column: weight for column, weight in weights.items()}, upper=0))
        else:
            entries = {**weights, **{shift + column: -asked * weight for column, weight in weights.items()}}
            rows.append(Row(entries, lower=0))
    objective = {column: values(adopters) for place, adopters in enumerate(counts) for column in (place, shift + place)}
    return Problem(sense="maximise", columns=2 * shift, objective=objective, rows=rows)


def _typed_views(types: Sequence[ReceiverType], size: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], Fraction | None]]:
    for seen in product(*(range(min(kind.count, size) + 1) for kind in types)):
        if sum(seen) != size:
            continue
        for ones in product(*(range(count + 1) for count in seen)):
            if any(ones):
                present = [odds_of(kind.threshold) for kind, count in zip(types, ones, strict=True) if count]
                yield seen, ones, None if None in present else max(c for c in present if c is not None)


def _typed_weight(types: Sequence[ReceiverType], seen: Sequence[int], adopters: Sequence[int], ones: Sequence[int]) -> Fraction:
    return prod(
        (pattern_weight(kind.count, kappa, m, a) for kind, kappa, m, a in zip(types, seen, adopters, ones, strict=True)),
        start=Fraction(1),
    )
