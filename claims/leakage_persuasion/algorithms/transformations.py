"""A6 and A7: SUBSAMPLE, MASK and ORDERED-MASK, which make any private scheme robust to k leaks.

The input is a *normalised* private scheme: everybody is told to adopt in state 1. The output is a direct scheme; whether it is persuasive is then
checked view by view (:func:`claims.leakage_persuasion.model.is_persuasive`), never taken for granted. The damping ``keep`` of state 0 is a
parameter, so that wrong dampings can be shown to fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb

from claims.leakage_persuasion.algorithms.leak_pattern_program import Spread, kept_share
from claims.leakage_persuasion.algorithms.obedience_programs import comonotone_masses
from claims.leakage_persuasion.model import effective_leaks, unrecorded
from exact.reals import Real
from instances.persuasion_problems import PersuasionProblem, sorted_receivers
from instances.set_functions import members, submasks
from instances.signalling_schemes import DirectScheme


class NotNormalised(ValueError):
    """A scheme that in state 1 does not tell everybody to adopt."""


def subsample_independent(private: DirectScheme, leaks: int, rate: Fraction | None = None, keep: Fraction | None = None) -> DirectScheme:
    """SUBSAMPLE iid: everybody stays in the sample with probability ``rate`` (1/(k+1)).

    State 1 sends the sample R; state 0 sends S ∩ R with probability ``keep`` ((1−rate)^k), S the private profile, and ∅ otherwise.
    """
    leaks = effective_leaks(private.agents, leaks)
    share = Fraction(1, leaks + 1) if rate is None else rate

    def chance(profile: int, kept: int) -> Fraction:
        stays = kept.bit_count()
        return share**stays * (1 - share) ** (profile.bit_count() - stays)

    return _thinned(private, chance, (1 - share) ** leaks if keep is None else keep)


def subsample_fixed(private: DirectScheme, leaks: int, sample: int, keep: Fraction | None = None) -> DirectScheme:
    """SUBSAMPLE fixed: the sample is a uniform set of ``sample`` receivers; ``keep`` is C(n−k−1, N−1)/C(n−1, N−1) unless given."""
    agents = private.agents
    leaks = effective_leaks(agents, leaks)

    def chance(profile: int, kept: int) -> Fraction:
        outside = sample - kept.bit_count()
        if outside < 0:
            return Fraction(0)
        return Fraction(comb(agents - profile.bit_count(), outside), comb(agents, sample))

    damping = Fraction(comb(agents - leaks - 1, sample - 1), comb(agents - 1, sample - 1)) if keep is None else keep
    return _thinned(private, chance, damping)


def _thinned(private: DirectScheme, chance: Callable[[int, int], Fraction], keep: Fraction) -> DirectScheme:
    """State 1 sends what is kept of all ones; state 0 what is kept of the private profile, with probability ``keep``, and ∅ otherwise."""
    everyone, prior = _everyone(private)
    state_one = {kept: prior * chance(everyone, kept) for kept in submasks(everyone)}
    state_zero: dict[int, Fraction] = defaultdict(Fraction)
    for profile, mass in private.state_zero().items():
        for kept in submasks(profile):
            state_zero[kept] += keep * mass * chance(profile, kept)
    state_zero[0] += (1 - keep) * (1 - prior)
    return DirectScheme.of(private.agents, state_one, state_zero)


def default_mask_rate(leaks: int) -> Fraction:
    """2^(k+1)/(2^(k+1) + 1), which balances what the two states lose."""
    return Fraction(2 ** (leaks + 1), 2 ** (leaks + 1) + 1)


def mask(private: DirectScheme, leaks: int, rate: Fraction | None = None, keep: Fraction | None = None) -> DirectScheme:
    """MASK(α): state 1 sends all ones with probability 1 − α and a uniformly random set with probability α = ``rate``.

    State 0 sends the private profile with probability ``keep`` (α·2^−(k+1)) and ∅ otherwise.
    """
    leaks = effective_leaks(private.agents, leaks)
    alpha = default_mask_rate(leaks) if rate is None else rate
    uniform = Fraction(1, 1 << private.agents)
    spread = dict.fromkeys(range(1 << private.agents), uniform)
    return _masked(private, alpha, spread, alpha / 2 ** (leaks + 1) if keep is None else keep)


def ordered_mask(
    problem: PersuasionProblem, spread: Spread, unmasked: Fraction | None = None, keep: Fraction | None = None
) -> DirectScheme:
    """ORDERED-MASK, for supermodular utilities: state 1 sends all ones with probability τ = g/(1+g), and else a draw from x* of A8.

    State 0 sends the comonotone scheme's profile with probability τ (``keep``) and ∅ otherwise. ``unmasked`` replaces the first τ.
    """
    problem = unrecorded(problem)
    order = sorted_receivers(problem.thresholds)
    share = kept_share(spread)
    distribution = {sum(1 << order[j] for j in members(string)): weight for string, weight in spread.distribution().items()}
    comonotone = DirectScheme.of(problem.agents, {(1 << problem.agents) - 1: problem.prior}, comonotone_masses(problem))
    return _masked(comonotone, 1 - (share if unmasked is None else unmasked), distribution, share if keep is None else keep)


def _masked(private: DirectScheme, alpha: Fraction, spread: Mapping[int, Fraction], keep: Fraction) -> DirectScheme:
    everyone, prior = _everyone(private)
    state_one = {profile: alpha * prior * weight for profile, weight in spread.items()}
    state_one[everyone] = state_one.get(everyone, Fraction(0)) + (1 - alpha) * prior
    state_zero = {profile: keep * mass for profile, mass in private.state_zero().items()}
    state_zero[0] = state_zero.get(0, Fraction(0)) + (1 - keep) * (1 - prior)
    return DirectScheme.of(private.agents, state_one, state_zero)


def _everyone(private: DirectScheme) -> tuple[int, Real]:
    everyone = (1 << private.agents) - 1
    if set(private.state_one()) != {everyone}:
        raise NotNormalised(
            "the transformations take private schemes that tell everybody to adopt in state 1; see obedience_programs.normalised"
        )
    return everyone, private.prior
