"""A1 and A2: the private optimum in closed form, and the persuasion linear program for any set of obedience rows.

The program is stated in X_S = x_S/λ and Y'_S = c_max(S)·y_S/λ, where c_max(S) is the greatest finite odds that a member of S
asks for (the least finite odds there is, for an S without any). Then all coefficients of obedience rows are at most 1, also when thresholds
span many orders of magnitude; without this scaling the floating-point basis is useless already at θ = 10^-5. Its value is OPT/λ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from claims.leakage_persuasion.model import (
    INFINITE,
    ObedienceRow,
    effective_leaks,
    greatest_odds,
    pattern_rows,
    refusal_rows,
    unrecorded,
    worst_case_rows,
)
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real
from exact.recording import active
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import PersuasionProblem, odds, private_probability, sorted_receivers
from instances.set_functions import is_supermodular
from instances.signalling_schemes import DirectScheme

MOST_RECEIVERS = 10
"""A full program has 2·2^n columns: past n = 10 it is refused."""


class TooLarge(ValueError):
    """A full persuasion program past :data:`MOST_RECEIVERS` receivers; the message says how large it would be."""


@dataclass(frozen=True)
class Optimum:
    """The exact optimum of a persuasion program: its value (absolute, not divided by λ), an optimal scheme, and the proved solution."""

    problem: PersuasionProblem
    value: Fraction
    scheme: DirectScheme
    solution: Solution


# A1: the private optimum


def comonotone_masses(problem: PersuasionProblem) -> dict[int, Real]:
    """State-0 masses of the scheme that draws u uniform on [0, 1] and recommends action 1 to {i : u <= p_i}: prefixes of the sorted receivers."""
    order = sorted_receivers(problem.thresholds)
    chances = [private_probability(problem.prior, problem.thresholds[i]) for i in order] + [Fraction(0)]
    masses: dict[int, Real] = {0: (1 - problem.prior) * (1 - chances[0])}
    prefix = 0
    for place, i in enumerate(order):
        prefix |= 1 << i
        masses[prefix] = (1 - problem.prior) * (chances[place] - chances[place + 1])
    return masses


def comonotone_scheme(problem: PersuasionProblem) -> DirectScheme:
    """The optimal private scheme for supermodular utilities: all ones in state 1, :func:`comonotone_masses` in state 0."""
    return DirectScheme.of(problem.agents, {(1 << problem.agents) - 1: problem.prior}, comonotone_masses(problem))


def private_closed_form(problem: PersuasionProblem) -> Real:
    """λV([n]) + (1−λ) Σ_i (p_i − p_{i+1}) V([i]): the private optimum of a supermodular utility (Arieli and Babichenko 2019)."""
    everyone = problem.prior * problem.utility((1 << problem.agents) - 1)
    return everyone + sum(mass * problem.utility(prefix) for prefix, mass in comonotone_masses(problem).items())


# A2: the persuasion program


def persuasion_program(problem: PersuasionProblem, rows: Iterable[ObedienceRow], ceilings: Iterable[ObedienceRow] = ()) -> Problem:
    """Maximise Σ (X + Y) V over the schemes that keep the obedience ``rows`` and the refusal rows ``ceilings``; the value is OPT/λ.

    Column S is X_S, column 2^n + S is Y'_S. Raises TooLarge.
    """
    scales = column_scales(problem.thresholds)
    size = len(scales)
    objective = {}
    for profile, worth in enumerate(problem.utility.values):
        if worth:
            objective[profile] = worth
            objective[size + profile] = worth / scales[profile]
    lines = [*budget_rows(problem.prior, scales), *obedience_lines(rows, scales), *_refusal_lines(ceilings, scales)]
    return Problem(sense="maximise", columns=2 * size, objective=objective, rows=lines)


def column_scales(thresholds: Sequence[Fraction]) -> list[Fraction]:
    """c_max(S) for every profile S. Raises TooLarge."""
    agents = len(thresholds)
    if agents > MOST_RECEIVERS:
        raise TooLarge(f"the full program of {agents} receivers has {2 ** (agents + 1)} columns; it is solved up to n = {MOST_RECEIVERS}")
    asked = [odds(threshold) for threshold in thresholds]
    finite = [c for c in asked if c is not INFINITE]
    least = min(finite, default=Fraction(1))
    known = [c if c is not INFINITE else Fraction(0) for c in asked]
    scales = []
    for profile in range(1 << agents):
        greatest = greatest_odds(known, profile)
        scales.append(greatest if greatest else least)
    return scales


def budget_rows(prior: Fraction, scales: Sequence[Fraction]) -> list[Row]:
    """The masses of state 1 add up to λ, and those of state 0 to 1 − λ."""
    size, least = len(scales), min(scales)
    total = least * (1 - prior) / prior
    return [
        Row(dict.fromkeys(range(size), 1), lower=1, upper=1),
        Row({size + profile: least / scales[profile] for profile in range(size)}, lower=total, upper=total),
    ]


def obedience_lines(rows: Iterable[ObedienceRow], scales: Sequence[Fraction]) -> list[Row]:
    """Obedience rows in the scaled columns: X(event) − Σ (odds/c_max) Y' >= 0; with infinite odds Y'(event) = 0."""
    size = len(scales)
    lines = []
    for row in rows:
        event = _event(row, size)
        if row.odds is INFINITE:
            lines.append(Row({size + profile: 1 for profile in event}, upper=0))
        else:
            entries: dict[int, Fraction | int] = dict.fromkeys(event, 1)
            entries.update((size + profile, -row.odds / scales[profile]) for profile in event)
            lines.append(Row(entries, lower=0))
    return lines


def _refusal_lines(rows: Iterable[ObedienceRow], scales: Sequence[Fraction]) -> list[Row]:
    size = len(scales)
    lines = []
    for row in rows:
        event = _event(row, size)
        entries: dict[int, Fraction | int] = dict.fromkeys(event, -1)
        assert row.odds is not INFINITE, "infinite odds refuse nothing"
        entries.update((size + profile, row.odds / scales[profile]) for profile in event)
        lines.append(Row(entries, lower=0))
    return lines


def _event(row: ObedienceRow, size: int) -> list[int]:
    free = (size - 1) & ~row.seen
    profiles, rest = [], free
    while True:
        profiles.append(row.ones | rest)
        if not rest:
            return profiles
        rest = (rest - 1) & free


def scheme_of(problem: PersuasionProblem, solution: Solution) -> DirectScheme:
    """The signalling scheme that a solution of :func:`persuasion_program` stands for."""
    scales = column_scales(problem.thresholds)
    size = len(scales)
    assert solution.primal is not None, "a persuasion program is feasible (full revelation) and bounded"
    state_one = {profile: problem.prior * solution.primal[profile] for profile in range(size)}
    state_zero = {profile: problem.prior * solution.primal[size + profile] / scales[profile] for profile in range(size)}
    return DirectScheme.of(problem.agents, state_one, state_zero)


def worst_case_program(problem: PersuasionProblem, leaks: int) -> Problem:
    """The program of OPT_k."""
    return persuasion_program(problem, worst_case_rows(problem.thresholds, leaks))


def two_sided_program(problem: PersuasionProblem, leaks: int) -> Problem:
    """The program of OPT_k when receivers told 0 must keep action 0 as well."""
    return persuasion_program(problem, worst_case_rows(problem.thresholds, leaks), refusal_rows(problem.thresholds, leaks))


def pattern_program(problem: PersuasionProblem, pattern: LeakPattern) -> Problem:
    """The program of OPT_G: obedience under one known leak pattern, binary signals."""
    return persuasion_program(problem, pattern_rows(problem.thresholds, pattern))


@lru_cache(maxsize=64)
def worst_case_optimum(problem: PersuasionProblem, leaks: int) -> Optimum:
    """OPT_k with an optimal scheme. Raises TooLarge."""
    return _optimum(problem, worst_case_program(problem, effective_leaks(problem.agents, leaks)))


@lru_cache(maxsize=64)
def two_sided_optimum(problem: PersuasionProblem, leaks: int) -> Optimum:
    """OPT_k under two-sided obedience. Raises TooLarge."""
    return _optimum(problem, two_sided_program(problem, leaks))


@lru_cache(maxsize=64)
def pattern_optimum(problem: PersuasionProblem, pattern: LeakPattern) -> Optimum:
    """OPT_G for a known leak pattern, with binary obedient signals. Raises TooLarge."""
    return _optimum(problem, pattern_program(problem, pattern))


def _optimum(problem: PersuasionProblem, program: Problem) -> Optimum:
    solution = solve(program)
    assert solution.value is not None, "a persuasion program is feasible (full revelation) and bounded"
    return Optimum(problem, problem.prior * solution.value, scheme_of(problem, solution), solution)


def private_optimum(problem: PersuasionProblem) -> Optimum:
    """OPT_0."""
    return worst_case_optimum(problem, 0)


def private_value(problem: PersuasionProblem) -> Fraction:
    """OPT_0 as a number: in closed form for supermodular utilities (any n), by the program otherwise. Raises TooLarge."""
    if is_supermodular(problem.utility):
        return Fraction(private_closed_form(problem))
    return private_optimum(problem).value


def normalised(scheme: DirectScheme) -> DirectScheme:
    """The private scheme with everybody told to adopt in state 1: still privately persuasive, and worth at least as much."""
    return DirectScheme.of(scheme.agents, {(1 << scheme.agents) - 1: scheme.prior}, scheme.state_zero())


def private_scheme(problem: PersuasionProblem) -> DirectScheme:
    """An optimal private scheme, normalised: the comonotone one where the utility is supermodular, else one that the program finds."""
    if is_supermodular(problem.utility):
        return comonotone_scheme(problem)
    return normalised(private_optimum(problem).scheme)


def price(problem: PersuasionProblem, leaks: int) -> Fraction:
    """OPT_0/OPT_k, for a utility that is not 0 everywhere."""
    return private_value(problem) / worst_case_optimum(problem, leaks).value


# The same optima as numbers that the kernel can re-check


def noted(solution: Solution) -> Real:
    """The value of a solved program as a number; inside a recording, with the program and its proof."""
    recorder = active()
    assert solution.value is not None, "only programs with an optimum have a value"
    return solution.value if recorder is None else recorder.optimum(solution)


def opt(problem: PersuasionProblem, leaks: int) -> Real:
    """OPT_k, recorded where a recording is on."""
    found = worst_case_optimum(unrecorded(problem), leaks)
    return found.problem.prior * noted(found.solution)


def opt_pattern(problem: PersuasionProblem, pattern: LeakPattern) -> Real:
    """OPT_G, recorded where a recording is on."""
    found = pattern_optimum(unrecorded(problem), pattern)
    return found.problem.prior * noted(found.solution)
