"""Learning across users: multiplicative weights with full feedback and with bandit feedback, and their exact worst cases.

The expected gain of a learner is computed, never sampled: with full feedback it is Σ_t ⟨p_t, g_t⟩, with bandit feedback the sum over all paths
of actions. Gains lie in [0, H]; the weights of Prod-Hedge stay rational.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from exact import reals
from exact.reals import Real
from instances.loss_sequences import GainSequence


@dataclass(frozen=True)
class Run:
    """What a learner expects to earn on a sequence, and what the best fixed choice earns."""

    gain: Real
    benchmark: Real


def prod_hedge(sequence: GainSequence, eta: Real) -> Run:
    """w ← w(1 + ηg/H), start at 1; play i with probability w_i/Σw. Runs on recording numbers and balls too."""
    weights: list[Real] = [Fraction(1)] * sequence.choices
    gain: Real = Fraction(0)
    totals: list[Real] = [Fraction(0)] * sequence.choices
    for row in sequence.gains:
        total = _sum(weights)
        gain = gain + _sum([w * g for w, g in zip(weights, row, strict=True)]) / total
        weights = [w * (1 + eta * g / sequence.cap) for w, g in zip(weights, row, strict=True)]
        totals = [t + g for t, g in zip(totals, row, strict=True)]
    return Run(gain, reals.maximum(totals))


def _sum(numbers: Sequence[Real]) -> Real:
    total: Real = numbers[0]
    for number in numbers[1:]:
        total = total + number
    return total


# Worst binary sequences, by the numbers of wins


def win_profiles(choices: int, rounds: int, eta: Fraction) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Every sorted vector of wins that a binary sequence of this length can reach, with the least expected gain of Prod-Hedge on the way.

    The weights depend on the numbers of wins only, so sequences with equal numbers of wins so far need not be told apart.
    """
    powers = [Fraction(1)]
    for _ in range(rounds):
        powers.append(powers[-1] * (1 + eta))
    layer = {(0,) * choices: Fraction(0)}
    for _ in range(rounds):
        following = dict(layer)  # nobody wins
        for wins, gain in layer.items():
            total = sum((powers[m] for m in wins), Fraction(0))
            for after, share in _outcomes(wins, powers):
                reached = gain + share / total
                if after not in following or reached < following[after]:
                    following[after] = reached
        layer = following
    yield from layer.items()


def _outcomes(wins: tuple[int, ...], powers: Sequence[Fraction]) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """The wins after a round, with the weight of its winners, for every set of winners (equal positions told apart only by their number)."""
    seen = set()
    for size in range(1, len(wins) + 1):
        for chosen in combinations(range(len(wins)), size):
            kind = tuple(sorted(wins[i] for i in chosen))
            if kind not in seen:
                seen.add(kind)
                after = tuple(sorted(m + (i in chosen) for i, m in enumerate(wins)))
                yield after, sum((powers[m] for m in kind), Fraction(0))


def worst_excess(choices: int, rounds: int, eta: Fraction, coefficient: Fraction) -> tuple[Fraction, Fraction, int]:
    """The least ALG − c·OPT over all binary sequences of at most this length, with ALG and OPT there."""
    excess, gain, best = min((gain - coefficient * max(wins), gain, max(wins)) for wins, gain in win_profiles(choices, rounds, eta))
    return excess, gain, best


def single_winner_gain(choices: int, rounds: int, eta: Real) -> Real:
    """ALG when the same choice wins every round: Σ_{j<m} (1+η)^j/((1+η)^j + N − 1)."""
    gain: Real = Fraction(0)
    weight: Real = Fraction(1)
    for _ in range(rounds):
        gain = gain + weight / (weight + choices - 1)
        weight = weight * (1 + eta)
    return gain


def worst_single_winner(choices: int, eta: Fraction, coefficient: Fraction) -> tuple[Fraction, Fraction, int]:
    """The least ALG − c·OPT over single-winner sequences of any length, with ALG and OPT there; c < 1.

    The winner's probability rises, so the excess falls as long as that probability is below c, and rises from then on.
    """
    gain, weight, rounds = Fraction(0), Fraction(1), 0
    while weight < coefficient * (weight + choices - 1):
        gain += weight / (weight + choices - 1)
        weight *= 1 + eta
        rounds += 1
    return gain - coefficient * rounds, gain, rounds


def round_robin_gain(choices: int, eta: Real) -> Real:
    """ALG over one cycle in which each choice wins once: Σ_{j<N} 1/(N + ηj)."""
    return _sum([1 / (choices + eta * j) for j in range(choices)])


def alternating_regret(rounds: int, eta: Real) -> Real:
    """The regret of Prod-Hedge on two choices that win in turn. After two rounds the weights are equal again."""
    pairs, rest = divmod(rounds, 2)
    gain = pairs * (Fraction(1, 2) + 1 / (2 + eta)) + rest * Fraction(1, 2)
    return pairs + rest - gain


def follow_the_leader(sequence: GainSequence) -> Run:
    """Play the choice that has earned most so far, the first of them."""
    totals = [Fraction(0)] * sequence.choices
    gain = Fraction(0)
    for row in sequence.gains:
        gain += row[totals.index(max(totals))]
        totals = [t + g for t, g in zip(totals, row, strict=True)]
    return Run(gain, sequence.best_fixed)


# Bandit feedback


def explore_half_rate(choices: int, rounds: int) -> Real:
    """η = sqrt(ln N/(2NT)), for H = 1."""
    return reals.sqrt(reals.log(Fraction(choices)) / (2 * choices * rounds))


def explore_half(sequence: GainSequence) -> Run:
    """Explore-half Hedge: w ∝ e^{ηĜ}, p = w/2 + 1/(2N), ĝ(i) = 1[i played]·g(i)/p_i. The expectation over all paths of actions (H = 1)."""
    rate = explore_half_rate(sequence.choices, sequence.rounds)
    start: tuple[Real, ...] = (Fraction(0),) * sequence.choices
    return Run(_explored(sequence, rate, start, 0), sequence.best_fixed)


def _explored(sequence: GainSequence, rate: Real, estimates: tuple[Real, ...], t: int) -> Real:
    """The expected gain from round t on. All actions that gain nothing leave the estimates as they are, so they share one branch."""
    if t == sequence.rounds:
        return Fraction(0)
    n, row = sequence.choices, sequence.gains[t]
    weights = [reals.exp(rate * estimate) for estimate in estimates]
    total = _sum(weights)
    chances = [w / total / 2 + Fraction(1, 2 * n) for w in weights]
    idle: Real = Fraction(0)
    expected: Real = Fraction(0)
    for i, (chance, gain) in enumerate(zip(chances, row, strict=True)):
        if gain == 0:
            idle = idle + chance
        else:
            after = tuple(e + gain / chance if j == i else e for j, e in enumerate(estimates))
            expected = expected + chance * (gain + _explored(sequence, rate, after, t + 1))
    return expected if all(row) else expected + idle * _explored(sequence, rate, estimates, t + 1)
