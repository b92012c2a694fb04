"""A5: the worst supermodular utility at fixed thresholds, for any obedience rows.

The worst utility is a prefix chain along the sorted thresholds: a chain lies below every monotone V with the same values on prefixes, and has the same
private optimum. With OPT_0/λ = Σ_j (v_j − v_{j−1})/θ_j (for λ <= θ_1), duality gives, X and Y being the masses over λ,

    1 / sup_V OPT_0/OPT  =  max { τ : (X, Y) obedient, (X + Y)(S ⊇ [j]) >= τ/θ_j for every j }.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from claims.leakage_persuasion.algorithms.obedience_programs import budget_rows, column_scales, obedience_lines
from claims.leakage_persuasion.model import ObedienceRow, effective_leaks, pattern_rows, worst_case_rows
from exact.linear_programs import Problem, Row, Solution, solve
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import PersuasionProblem, chain_problem, sorted_receivers


def class_program(prior: Fraction, thresholds: Sequence[Fraction], rows: Iterable[ObedienceRow]) -> Problem:
    """Maximise τ as above. Columns: X_S, Y'_S (scaled as in A2), then τ. For λ <= θ_1. Raises TooLarge."""
    scales = column_scales(thresholds)
    size = len(scales)
    goal = 2 * size
    lines = [*budget_rows(prior, scales), *obedience_lines(rows, scales)]
    prefix = 0
    for i in sorted_receivers(thresholds):
        prefix |= 1 << i
        entries: dict[int, Fraction | int] = {goal: -1}
        for profile in range(size):
            if profile & prefix == prefix:
                entries[profile] = thresholds[i]
                entries[size + profile] = thresholds[i] / scales[profile]
        lines.append(Row(entries, lower=0))
    return Problem(sense="maximise", columns=goal + 1, objective={goal: 1}, rows=lines)


def worst_case_class_program(prior: Fraction, thresholds: Sequence[Fraction], leaks: int) -> Problem:
    """The class program of k-worst-case persuasiveness."""
    return class_program(prior, thresholds, worst_case_rows(thresholds, effective_leaks(len(thresholds), leaks)))


def pattern_class_program(prior: Fraction, thresholds: Sequence[Fraction], pattern: LeakPattern) -> Problem:
    """The class program of one known leak pattern."""
    return class_program(prior, thresholds, pattern_rows(thresholds, pattern))


def class_supremum(prior: Fraction, thresholds: Sequence[Fraction], leaks: int) -> Fraction:
    """sup over supermodular V of OPT_0/OPT_k at these thresholds, for λ <= θ_1. Raises TooLarge."""
    return 1 / _value(solve(worst_case_class_program(prior, thresholds, leaks)))


def pattern_class_supremum(prior: Fraction, thresholds: Sequence[Fraction], pattern: LeakPattern) -> Fraction:
    """sup over supermodular V of OPT_0/OPT_G (binary obedient signals) at these thresholds, for λ <= θ_1. Raises TooLarge."""
    return 1 / _value(solve(pattern_class_program(prior, thresholds, pattern)))


def worst_chain(prior: Fraction, thresholds: Sequence[Fraction], solution: Solution) -> PersuasionProblem:
    """The utility that attains the supremum: the dual multipliers of the last n rows, times θ, are the chain's increments."""
    assert solution.dual is not None, "class programs are feasible and bounded"
    first = len(solution.problem.rows) - len(thresholds)
    values, reached = [], Fraction(0)
    for place, i in enumerate(sorted_receivers(thresholds)):
        reached += abs(solution.dual[first + place]) * thresholds[i]
        values.append(reached)
    return chain_problem(prior, thresholds, values)


def _value(solution: Solution) -> Fraction:
    assert solution.value is not None, "class programs are feasible and bounded"
    return solution.value
