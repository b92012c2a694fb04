"""A12: schemes for known leakage laws, over binary and over larger alphabets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import comb, factorial

from claims.leakage_persuasion.algorithms.obedience_programs import comonotone_masses, private_scheme, private_value
from claims.leakage_persuasion.model import unrecorded
from exact.reals import Real, minimum
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import PersuasionProblem, private_probability, sorted_receivers
from instances.set_functions import SetFunction, members
from instances.signalling_schemes import DirectScheme, SignallingScheme

MOST_PROFILES = 10_000
"""Schemes with more profiles are not enumerated."""


class SchemeTooLarge(ValueError):
    """A scheme with more than :data:`MOST_PROFILES` profiles."""


# (a) masks of independent sets


def restricted_problem(problem: PersuasionProblem, chosen: int) -> PersuasionProblem:
    """The same problem with the receivers of ``chosen`` only."""
    kept = list(members(chosen))
    table = tuple(problem.utility(sum(1 << kept[place] for place in members(mask))) for mask in range(1 << len(kept)))
    return PersuasionProblem(problem.prior, tuple(problem.thresholds[i] for i in kept), SetFunction(table))


def independent_set_mask(problem: PersuasionProblem, chosen: int) -> DirectScheme:
    """The optimal private scheme of the receivers of ``chosen``; the others are always told 0."""
    kept = list(members(chosen))
    inner = private_scheme(restricted_problem(problem, chosen))

    def lifted(masses: dict[int, Fraction]) -> dict[int, Fraction]:
        return {sum(1 << kept[place] for place in members(profile)): mass for profile, mass in masses.items()}

    return DirectScheme.of(problem.agents, lifted(inner.state_one()), lifted(inner.state_zero()))


def is_independent(pattern: LeakPattern, chosen: int) -> bool:
    """Whether no signal leaks inside the set."""
    return all(not pattern.sees[i] & chosen for i in members(chosen))


def fewest_classes(pattern: LeakPattern) -> tuple[int, ...]:
    """A partition of the receivers into as few independent classes as possible (masks), by exhaustive search."""
    neighbours = pattern.neighbours()
    for count in range(1, pattern.agents + 1):
        classes = [0] * count
        if _place(0, classes, neighbours):
            return tuple(classes)
    return ()


def _place(receiver: int, classes: list[int], neighbours: Sequence[int]) -> bool:
    if receiver == len(neighbours):
        return True
    for number, chosen in enumerate(classes):
        if not chosen & neighbours[receiver]:
            classes[number] |= 1 << receiver
            if _place(receiver + 1, classes, neighbours):
                return True
            classes[number] ^= 1 << receiver
        if not chosen:
            return False
    return False


def best_class(problem: PersuasionProblem, classes: Sequence[int]) -> int:
    """The class whose own private optimum is greatest (the first of them)."""
    return max(classes, key=lambda chosen: private_value(restricted_problem(problem, chosen)))


# Schemes for a clique of receivers, and for signals that are broadcast; supermodular utilities


def clique_staircase(problem: PersuasionProblem, blocks: Sequence[int]) -> DirectScheme:
    """State 1 tells in every block its first a members by threshold to adopt, a common and uniform; state 0 is comonotone w.p. 1/size, else ∅."""
    size = blocks[0].bit_count()
    order = sorted_receivers(problem.thresholds)
    queues = [[i for i in order if block >> i & 1] for block in blocks]
    state_one = {sum(1 << i for queue in queues for i in queue[:a]): problem.prior / size for a in range(1, size + 1)}
    return DirectScheme.of(problem.agents, state_one, _damped(problem, Fraction(1, size)))


def boundaries(agents: int, grid: int) -> list[int]:
    """The prefix lengths min(n, r·g), r >= 1, with g = ⌈n/grid⌉: the last is n, and there are ⌈n/g⌉ <= grid of them."""
    gap = -(-agents // grid)
    return [min(agents, r * gap) for r in range(1, -(-agents // gap) + 1)]


def boundary_scheme(problem: PersuasionProblem, grid: int) -> DirectScheme:
    """State 1 tells a prefix of the sorted receivers to adopt, its length uniform on the boundaries; state 0 is comonotone w.p. 1/B', else ∅."""
    problem = unrecorded(problem)
    order = sorted_receivers(problem.thresholds)
    lengths = boundaries(problem.agents, grid)
    state_one = {sum(1 << i for i in order[:length]): problem.prior / len(lengths) for length in lengths}
    return DirectScheme.of(problem.agents, state_one, _damped(problem, Fraction(1, len(lengths))))


def _damped(problem: PersuasionProblem, keep: Fraction) -> dict[int, Fraction]:
    masses = {profile: keep * mass for profile, mass in comonotone_masses(problem).items()}
    masses[0] = masses.get(0, Fraction(0)) + (1 - keep) * (1 - problem.prior)
    return masses


def boundary_bound(agents: int, leaks: int, grid: int) -> Fraction | None:
    """B'·C(n, k)/C(n−g+1, k), the loss that the boundary scheme is held to under a broadcast of k; None where the denominator is 0."""
    lengths = boundaries(agents, grid)
    gap = -(-agents // grid)
    missed = comb(agents - gap + 1, leaks)
    return Fraction(len(lengths) * comb(agents, leaks), missed) if missed else None


def best_grid(agents: int, leaks: int) -> tuple[Fraction, int]:
    """The least of :func:`boundary_bound` over all grids, and the smallest grid that attains it."""
    known = [(bound, grid) for grid in range(1, agents + 1) if (bound := boundary_bound(agents, leaks, grid)) is not None]
    return min(known)


# Coverage with equal thresholds


def anticorrelated_scheme(problem: PersuasionProblem) -> DirectScheme:
    """Equal thresholds: all ones in state 1; in state 0 one receiver, uniform, with probability min(1, np), and else nobody."""
    agents, prior = problem.agents, problem.prior
    chance = private_probability(prior, problem.thresholds[0])
    single = min(chance, Fraction(1, agents))
    state_zero = {1 << i: (1 - prior) * single for i in range(agents)}
    state_zero[0] = (1 - prior) * (1 - agents * single)
    return DirectScheme.of(agents, {(1 << agents) - 1: prior}, state_zero)


# (c) pads, (d) secret sharing, (e) matchings: larger alphabets


def pad_scheme(private: DirectScheme) -> SignallingScheme:
    """For the directed cycle: s_i = (r_i, a_i ⊕ r_{i+1}), with r fair coins and a the private recommendation. Raises SchemeTooLarge.

    Receiver i sees s_{i+1} and so learns a_i; what it sees of a_{i+1} is masked by r_{i+2}, a fair coin for n >= 3.
    """
    agents = private.agents
    count = len(private.masses) << agents
    if count > MOST_PROFILES:
        raise SchemeTooLarge(f"the pad scheme of {agents} receivers has {count} profiles")
    coin = Fraction(1, 1 << agents)

    def sent() -> Iterator[tuple[tuple[int, ...], Fraction, Fraction]]:
        for pads in product((0, 1), repeat=agents):
            for profile, one, zero in private.masses:
                letters = tuple(2 * pads[i] + ((profile >> i & 1) ^ pads[(i + 1) % agents]) for i in range(agents))
                yield letters, coin * one, coin * zero

    return SignallingScheme.collect(sent())


def secret_sharing_scheme(problem: PersuasionProblem, leaks: int, field: int) -> SignallingScheme:
    """For a broadcast of k, over GF(q), q = ``field`` prime and >= n. Raises SchemeTooLarge.

    State 1 sends s_i = f(i), f uniform of degree <= k − 1. State 0 sends, with probability min(1, qp), independent uniform letters, and else
    the dud letter q to all.
    """
    agents = problem.agents
    if field**agents > MOST_PROFILES:
        raise SchemeTooLarge(f"secret sharing among {agents} receivers over GF({field}) has {field**agents} profiles")
    keep = min(Fraction(1), field * private_probability(problem.prior, problem.thresholds[0]))

    def sent() -> Iterator[tuple[tuple[int, ...], Fraction, Fraction]]:
        share = problem.prior / field**leaks
        for coefficients in product(range(field), repeat=leaks):
            yield tuple(_evaluated(coefficients, i, field) for i in range(agents)), share, Fraction(0)
        noise = (1 - problem.prior) * keep / field**agents
        for letters in product(range(field), repeat=agents):
            yield letters, Fraction(0), noise
        if keep < 1:
            yield (field,) * agents, Fraction(0), (1 - problem.prior) * (1 - keep)

    return SignallingScheme.collect(sent())


def _evaluated(coefficients: Sequence[int], point: int, field: int) -> int:
    result = 0
    for coefficient in reversed(coefficients):
        result = (result * point + coefficient) % field
    return result


def secret_sharing_value(prior: Fraction, threshold: Fraction, agents: int, leaks: int, field: int) -> Fraction:
    """λ + (1−λ)β(1 − (1 − 1/q)^(n−k)), β = min(1, qp)."""
    keep = min(Fraction(1), field * Fraction(private_probability(prior, threshold)))
    return prior + (1 - prior) * keep * (1 - (1 - Fraction(1, field)) ** (agents - leaks))


def matching_scheme(problem: PersuasionProblem) -> SignallingScheme:
    """For a broadcast of one, n even, n/2 letters. State 1: one uniform letter for all. Raises SchemeTooLarge.

    State 0: with probability min(1, (n−1)p) a uniform perfect matching whose pairs get the n/2 letters in a uniform order; else a dud letter for all.
    """
    agents = problem.agents
    letters = agents // 2
    count = factorial(agents) // (2**letters * factorial(letters)) * factorial(letters)
    if count > MOST_PROFILES:
        raise SchemeTooLarge(f"the matching scheme of {agents} receivers has {count} profiles")
    keep = min(Fraction(1), (agents - 1) * private_probability(problem.prior, problem.thresholds[0]))

    def sent() -> Iterator[tuple[tuple[int, ...], Fraction, Fraction]]:
        for letter in range(letters):
            yield (letter,) * agents, problem.prior / letters, Fraction(0)
        for matching in perfect_matchings(tuple(range(agents))):
            for order in permutations(range(letters)):
                profile = [0] * agents
                for letter, (i, j) in zip(order, matching, strict=True):
                    profile[i] = profile[j] = letter
                yield tuple(profile), Fraction(0), (1 - problem.prior) * keep / count
        if keep < 1:
            yield (letters,) * agents, Fraction(0), (1 - problem.prior) * (1 - keep)

    return SignallingScheme.collect(sent())


def perfect_matchings(vertices: tuple[int, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """All perfect matchings of an even number of vertices."""
    if not vertices:
        yield ()
        return
    first, rest = vertices[0], vertices[1:]
    for place, partner in enumerate(rest):
        for others in perfect_matchings(rest[:place] + rest[place + 1 :]):
            yield ((first, partner), *others)


def matching_value(prior: Fraction, threshold: Fraction, agents: int) -> Fraction:
    """λ + (1−λ) min(1, (n−1)p)."""
    return prior + (1 - prior) * min(Fraction(1), (agents - 1) * Fraction(private_probability(prior, threshold)))


def coverage_optimum(prior: Real, threshold: Real, audiences: int) -> Real:
    """λ + (1−λ) min(1, mp): the best that coverage with equal thresholds gets from m audiences that hear nothing of each other."""
    return prior + (1 - prior) * minimum([Fraction(1), audiences * private_probability(prior, threshold)])


def random_clique_value(prior: Real, threshold: Real, agents: int, leaks: int) -> Real:
    """What the anticorrelated scheme is worth when a random set of k + 1 receivers becomes a clique, coverage with equal thresholds.

    In state 1 somebody adopts. In state 0 the one receiver that is told to adopt does so unless it is in the clique, where it learns the state.
    """
    private = minimum([Fraction(1), agents * private_probability(prior, threshold)])
    outside = Fraction(agents - leaks - 1, agents) if leaks else Fraction(1)
    return prior + (1 - prior) * private * outside


def is_prime(number: int) -> bool:
    """Trial division."""
    return number >= 2 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def least_prime(least: int) -> int:
    """The least prime >= ``least``."""
    return next(number for number in range(max(2, least), 2 * least + 3) if is_prime(number))
