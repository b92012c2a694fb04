"""Exact statistics of success counts: binomial tails, Clopper–Pearson intervals, an anytime-valid confidence sequence, and multiplicity.

Every comparison is decided in rigorous balls and every interval is rounded outward, so the stated confidence is a true lower bound.

Sources: C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934).
H. Robbins, Statistical methods related to the law of the iterated logarithm, Ann. Math. Statist. 41 (1970): the mixture martingale, here with
the uniform mixture. S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from flint import arb, ctx

from exact.balls import Ball, Undecidable, to_arb, working_precision

Interval: TypeAlias = tuple[Fraction, Fraction]

RESOLUTION = 10**6
"""Interval ends are multiples of 1/RESOLUTION, rounded outward."""

_PRECISIONS = (256, 1024, 4096)


def at_least(successes: int, trials: int, chance: Fraction) -> Ball:
    """P(Bin(trials, chance) >= successes), for 0 <= chance <= 1."""
    if successes <= 0:
        return Ball(1)
    if successes > trials or chance == 0:
        return Ball(0)
    if chance == 1:
        return Ball(1)
    if successes > trials * chance:
        return Ball(_tail_beyond_mean(successes, trials, chance))
    return Ball(1 - _tail_beyond_mean(trials - successes + 1, trials, 1 - chance))


def _tail_beyond_mean(successes: int, trials: int, chance: Fraction) -> arb:
    """P(Bin(trials, chance) >= successes) for successes >= trials·chance, 0 < chance < 1: a sum whose terms fall, cut off with a bound of the rest."""
    p, odds = to_arb(chance), to_arb(chance / (1 - chance))
    ways = arb(trials + 1).lgamma() - arb(successes + 1).lgamma() - arb(trials - successes + 1).lgamma()
    term = (ways + successes * p.log() + (trials - successes) * (1 - p).log()).exp()
    total, negligible = term, arb(2) ** (-ctx.prec)
    for k in range(successes, trials):
        ratio = odds * (trials - k) / (k + 1)
        term *= ratio
        total += term
        if ratio < 1 and term < negligible * (1 - ratio):
            return total + term / (1 - ratio) * arb(0.5, 0.5)
    return total


def at_most(successes: int, trials: int, chance: Fraction) -> Ball:
    """P(Bin(trials, chance) <= successes), for 0 <= chance <= 1."""
    return at_least(trials - successes, trials, 1 - chance)


@cache
def clopper_pearson(successes: int, trials: int, confidence: Fraction) -> Interval:
    """The interval that contains the true chance with at least this confidence, whatever that chance is.

    The lower end is 0 or has P(Bin(n, lower) >= s) <= (1 − confidence)/2, the upper end likewise. Raises ValueError.
    """
    _check(successes, trials, confidence)
    tail = (1 - confidence) / 2
    lower = _last(lambda p: at_least(successes, trials, p) <= tail) if successes else Fraction(0)
    upper = 1 - _last(lambda q: at_most(successes, trials, 1 - q) <= tail) if successes < trials else Fraction(1)
    return lower, upper


def anytime_interval(successes: int, trials: int, confidence: Fraction) -> Interval:
    """An interval from Robbins' mixture: with this confidence the true chance lies in *all* of them, for trials = 1, 2, 3, … without end.

    The chances p with B(s+1, n−s+1) / (p^s (1−p)^(n−s)) < 1/(1 − confidence), where B is the beta function (Ville's inequality). Raises ValueError.
    """
    _check(successes, trials, confidence)
    failures = trials - successes

    def excluded(p: Fraction) -> bool:
        return _log_mixture(successes, failures, p) >= Ball(1 / (1 - confidence)).log()

    lower = _last(lambda p: p * trials < successes and excluded(p)) if successes else Fraction(0)
    upper = 1 - _last(lambda q: q * trials < failures and excluded(1 - q)) if failures else Fraction(1)
    return lower, upper


def confidence_sequence(outcomes: Iterable[bool], confidence: Fraction) -> Iterator[Interval]:
    """After each trial, the intersection of the anytime-valid intervals so far. One may stop at any time, for any reason."""
    successes, low, high = 0, Fraction(0), Fraction(1)
    for trials, outcome in enumerate(outcomes, start=1):
        successes += bool(outcome)
        lower, upper = anytime_interval(successes, trials, confidence)
        low, high = max(low, lower), min(high, upper)
        yield low, high


def holm(p_values: Mapping[str, Fraction], level: Fraction) -> frozenset[str]:
    """The names whose hypotheses are rejected by Holm's step-down procedure: the chance of any false rejection is at most ``level``."""
    rejected = []
    for rank, name in enumerate(sorted(p_values, key=lambda name: (p_values[name], name))):
        if p_values[name] > level / (len(p_values) - rank):
            break
        rejected.append(name)
    return frozenset(rejected)


def bonferroni(confidence: Fraction, experiments: int) -> Fraction:
    """The confidence that each of several intervals needs, so that all of them are right at once with the given confidence."""
    return 1 - (1 - confidence) / experiments


def _log_mixture(successes: int, failures: int, p: Fraction) -> Ball:
    """log of the mixture martingale at the chance p, 0 < p < 1."""
    log_beta = arb(successes + 1).lgamma() + arb(failures + 1).lgamma() - arb(successes + failures + 2).lgamma()
    return Ball(log_beta - successes * to_arb(p).log() - failures * to_arb(1 - p).log())


def _last(excluded: Callable[[Fraction], bool]) -> Fraction:
    """The last multiple of 1/RESOLUTION in [0, 1) up to which all positive ones are certainly excluded; 0 where not even the first is."""
    inside, outside = 0, RESOLUTION
    while outside - inside > 1:
        middle = (inside + outside) // 2
        if _certain(excluded, Fraction(middle, RESOLUTION)):
            inside = middle
        else:
            outside = middle
    return Fraction(inside, RESOLUTION)


def _certain(excluded: Callable[[Fraction], bool], p: Fraction) -> bool:
    for bits in _PRECISIONS:
        try:
            with working_precision(bits):
                return excluded(p)
        except Undecidable:
            continue
    return False


def _check(successes: int, trials: int, confidence: Fraction) -> None:
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"{successes} successes in {trials} trials")
    if not 0 < confidence < 1:
        raise ValueError(f"the confidence {confidence} is not between 0 and 1")
