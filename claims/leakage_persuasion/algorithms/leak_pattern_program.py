"""A8: g_k(n), the price of k leaks for supermodular utilities in the limit of well-separated thresholds.

g_k(n) is the maximum, over distributions on {0,1}^n, of the least probability of seeing 1^a 0^(k+1−a) on k + 1 receivers in increasing order
(1 <= a <= k): the only views that matter, because all that state 0 ever sends is a prefix. PoWR_k(n) = 1 + 1/g_k(n).

Past n = 8 the strings are generated: a restricted master program in floating point, all 2^n strings priced against its duals, the best
ones added. When nothing prices out, the master is solved in rationals and every string is priced again, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING, Any

from claims.leakage_persuasion.algorithms.obedience_programs import noted
from claims.leakage_persuasion.model import subsets_of_size
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real
from instances.persuasion_problems import PersuasionProblem, chain_problem, geometric_thresholds, half_smallest
from instances.set_functions import members

if TYPE_CHECKING:
    import numpy as np

DENSE_RECEIVERS = 8
MOST_RECEIVERS = 17
_BATCH = 80
_LIMB = 20


class OutOfReach(ValueError):
    """g_k(n) past what column generation can do; the message says how far it goes."""


@dataclass(frozen=True)
class OrderedView:
    """k + 1 receivers (mask ``seen``) of which exactly the lowest ones (mask ``ones``) are told to adopt."""

    seen: int
    ones: int

    def shown_by(self, string: int) -> bool:
        """Whether a profile shows this view."""
        return string & self.seen == self.ones

    @property
    def last_one(self) -> int:
        """The highest receiver that is told to adopt."""
        return self.ones.bit_length() - 1


def ordered_views(agents: int, leaks: int) -> list[OrderedView]:
    """All of them: every (k+1)-set and 1 <= a <= k."""
    views = []
    for seen in subsets_of_size(agents, leaks + 1):
        ones = 0
        for i in list(members(seen))[:-1]:
            ones |= 1 << i
            views.append(OrderedView(seen, ones))
    return views


def spread_program(agents: int, leaks: int, strings: Sequence[int]) -> Problem:
    """Maximise g over distributions on ``strings``: every ordered view has probability >= g. The last column is g; for leaks >= 1."""
    goal = len(strings)
    rows = [Row(dict.fromkeys(range(goal), 1), lower=1, upper=1)]
    for view in ordered_views(agents, leaks):
        entries: dict[int, int] = {column: 1 for column, string in enumerate(strings) if view.shown_by(string)}
        rows.append(Row({**entries, goal: -1}, lower=0))
    return Problem(sense="maximise", columns=goal + 1, objective={goal: 1}, rows=rows)


@dataclass(frozen=True)
class Spread:
    """The optimum: g, a distribution that attains it (string → probability), and dual weights u on ordered views that prove it.

    Σ u = 1, and every one of the 2^n strings shows views of total weight at most g. ``strings`` are the columns of ``solution``.
    """

    agents: int
    leaks: int
    g: Fraction
    strings: tuple[int, ...]
    solution: Solution

    def distribution(self) -> dict[int, Fraction]:
        """x*: the probability of every string that has one."""
        assert self.solution.primal is not None
        return {string: self.solution.primal[column] for column, string in enumerate(self.strings) if self.solution.primal[column]}

    def dual_weights(self) -> dict[OrderedView, Fraction]:
        """u: the positive dual weights."""
        assert self.solution.dual is not None
        weights = {view: abs(self.solution.dual[row + 1]) for row, view in enumerate(ordered_views(self.agents, self.leaks))}
        return {view: weight for view, weight in weights.items() if weight}


def all_strings(agents: int) -> tuple[int, ...]:
    """Every string, as a mask."""
    return tuple(range(1 << agents))


@lru_cache(maxsize=128)
def best_spread(agents: int, leaks: int) -> Spread:
    """g_k(n) with its proof, for 1 <= k <= n − 1. Raises OutOfReach past n = 17."""
    if not 1 <= leaks <= agents - 1:
        raise ValueError(f"{leaks} leaks among {agents} receivers: 1 <= k <= n − 1 is due")
    if agents > MOST_RECEIVERS:
        raise OutOfReach(f"g_k(n) is computed for n <= {MOST_RECEIVERS}, and this is n = {agents}")
    if agents <= DENSE_RECEIVERS:
        return _exact(agents, leaks, all_strings(agents))
    return _generated(agents, leaks)


def _exact(agents: int, leaks: int, strings: tuple[int, ...]) -> Spread:
    solution = solve(spread_program(agents, leaks, strings))
    assert solution.value is not None, "spread programs are feasible and bounded"
    return Spread(agents, leaks, solution.value, strings, solution)


def collected(weights: Iterable[tuple[OrderedView, Fraction]], string: int) -> Fraction:
    """The total weight of the views that a string shows."""
    return sum((weight for view, weight in weights if view.shown_by(string)), Fraction(0))


# Column generation


def _generated(agents: int, leaks: int) -> Spread:
    views = ordered_views(agents, leaks)
    shown = _shown(agents, views)
    chosen = _few_runs(agents)
    while True:
        chosen = _price_in_floats(shown, chosen)
        spread = _exact(agents, leaks, tuple(chosen))
        violating = _violating(spread, views, shown)
        if not violating:
            return spread
        chosen = sorted({*chosen, *violating})


def _few_runs(agents: int) -> list[int]:
    """Strings with at most four runs: a start from which few rounds are needed."""

    def runs(string: int) -> int:
        return ((string ^ string >> 1) & ((1 << (agents - 1)) - 1)).bit_count() + 1

    return [string for string in range(1 << agents) if runs(string) <= (4 if agents <= 13 else 3)]


def _price_in_floats(shown: np.ndarray[Any, Any], chosen: list[int]) -> list[int]:
    """Add strings until none prices out in floating point."""
    import numpy as np

    while True:
        weights, level = _float_master(shown[:, chosen])
        gain = weights @ shown - level
        best = np.argsort(-gain, kind="stable")[:_BATCH]
        known = set(chosen)
        new = [int(s) for s in best if gain[s] > 1e-9 and int(s) not in known]
        if not new:
            return chosen
        chosen = sorted(known | set(new))


def _float_master(shown: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], float]:
    """Dual weights and the value of the restricted master, in floats: candidates only."""
    import numpy as np
    from scipy.optimize import linprog

    rows, columns = shown.shape
    result = linprog(
        c=np.append(np.zeros(columns), -1.0),
        A_ub=np.hstack([-shown, np.ones((rows, 1))]),
        b_ub=np.zeros(rows),
        A_eq=np.append(np.ones(columns), 0.0).reshape(1, -1),
        b_eq=[1.0],
        bounds=[(0, None)] * columns + [(None, None)],
        method="highs-ds",
    )
    return np.maximum(-result.ineqlin.marginals, 0.0), float(-result.fun)


def _violating(spread: Spread, views: Sequence[OrderedView], shown: np.ndarray[Any, Any]) -> list[int]:
    """The strings, at most 80, that collect more than g of the exact dual weights: those that collect most."""
    import numpy as np

    totals, denominator = _totals(spread, views, shown)
    over = [int(s) for s in np.flatnonzero(totals > int(spread.g * denominator))]
    return sorted(over, key=lambda s: (-totals[s], s))[:_BATCH]


def _totals(spread: Spread, views: Sequence[OrderedView], shown: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], int]:
    """What every string collects of the exact dual weights, as integers over a denominator.

    The weights are cut into limbs of 20 bits, so that the products in floating point are exact.
    """
    import numpy as np

    weights = spread.dual_weights()
    denominator = lcm(spread.g.denominator, *(weight.denominator for weight in weights.values()))
    numerators = [int(weights.get(view, Fraction(0)) * denominator) for view in views]
    totals = np.zeros(shown.shape[1], dtype=object)
    for limb in range(0, denominator.bit_length() + 1, _LIMB):
        digits = np.array([number >> limb & (1 << _LIMB) - 1 for number in numerators], dtype=np.float64)
        if digits.any():
            totals += (digits @ shown).astype(np.int64).astype(object) * (1 << limb)
    return totals, denominator


def dual_level(spread: Spread) -> Fraction:
    """The most that any of the 2^n strings collects of the dual weights, computed anew: an upper bound on g."""
    views = ordered_views(spread.agents, spread.leaks)
    totals, denominator = _totals(spread, views, _shown(spread.agents, views))
    return Fraction(max(totals), denominator)


def primal_level(spread: Spread) -> Fraction:
    """The least probability of an ordered view under x*, computed anew: a lower bound on g."""
    distribution = spread.distribution()
    return min(
        sum((weight for string, weight in distribution.items() if view.shown_by(string)), Fraction(0))
        for view in ordered_views(spread.agents, spread.leaks)
    )


def _shown(agents: int, views: Sequence[OrderedView]) -> np.ndarray[Any, Any]:
    """A row per view, a column per string: 1 where the string shows the view."""
    import numpy as np

    every = np.arange(1 << agents, dtype=np.int64)
    return np.stack([(every & view.seen) == view.ones for view in views]).astype(np.float64)


# What follows from g


def limit_price(agents: int, leaks: int) -> Fraction:
    """PoWR_k(n) for supermodular utilities: 1 + 1/g_k(n), and 1 without leaks. Raises OutOfReach."""
    leaks = min(leaks, agents - 1)
    return Fraction(1) if leaks == 0 else 1 + 1 / best_spread(agents, leaks).g


def price_by_theorem(agents: int, leaks: int) -> Fraction | None:
    """PoWR_k(n) = n where n <= 2^(k+1) − 1 (no program is needed), else by the program; None out of its reach."""
    leaks = min(leaks, agents - 1)
    if leaks >= 1 and agents <= 2 ** (leaks + 1) - 1:
        return Fraction(agents)
    try:
        return limit_price(agents, leaks)
    except OutOfReach:
        return None


def kept_share(spread: Spread) -> Fraction:
    """τ = g/(1 + g): what ORDERED-MASK keeps of every supermodular private optimum."""
    return spread.g / (1 + spread.g)


def ordered_masking_program(agents: int, leaks: int, strings: Sequence[int]) -> Problem:
    """Maximise τ over masks on ``strings``: all ones and every ordered view have probability >= τ. The value is g/(1 + g).

    The columns are the strings, then all ones once more (the mass that stays unmasked), then τ.
    """
    unmasked = len(strings)
    goal = unmasked + 1
    rows = [Row(dict.fromkeys(range(goal), 1), lower=1, upper=1), Row({unmasked: 1, goal: -1}, lower=0)]
    for view in ordered_views(agents, leaks):
        entries: dict[int, int] = {column: 1 for column, string in enumerate(strings) if view.shown_by(string)}
        rows.append(Row({**entries, goal: -1}, lower=0))
    return Problem(sense="maximise", columns=goal + 1, objective={goal: 1}, rows=rows)


def dual_chain(spread: Spread, ratio: Fraction | int) -> PersuasionProblem:
    """The chain that attains 1 + 1/g as the ratio of the geometric thresholds grows.

    a_j is the weight of the views whose last one is j (j < n), a_n = g, θ_j = ratio^(j−n), v_j = a_j·θ_j (the value before where a_j = 0).
    """
    weights = [Fraction(0)] * spread.agents
    for view, weight in spread.dual_weights().items():
        weights[view.last_one] += weight
    weights[-1] = spread.g
    thresholds = geometric_thresholds(spread.agents, ratio)
    values, reached = [], Fraction(0)
    for weight, threshold in zip(weights, thresholds, strict=True):
        reached = max(reached, weight * threshold)
        values.append(reached)
    return chain_problem(half_smallest(thresholds), thresholds, values)


def noted_g(agents: int, leaks: int) -> Real:
    """g_k(n), recorded as a program's optimum where a recording is on. Raises OutOfReach past n = 8, where the whole program is not at hand."""
    if agents > DENSE_RECEIVERS:
        raise OutOfReach(f"the whole program is recorded for n <= {DENSE_RECEIVERS}")
    return noted(best_spread(agents, leaks).solution)


def folded_masking_program(agents: int, leaks: int) -> Problem:
    """The ordered masking program on all strings, a quarter as large: only masks that are invariant under complementing and reversing strings.

    This symmetry maps a view 1^a 0^(k+1−a) of Q to the view with k + 1 − a ones of Q reversed, so averaging a mask with its image loses nothing.
    """
    images = [_complement_reversed(string, agents) for string in range(1 << agents)]
    strings = [string for string, image in enumerate(images) if string <= image]
    unmasked, goal = len(strings), len(strings) + 1
    rows = [Row(dict.fromkeys(range(goal), 1), lower=1, upper=1), Row({unmasked: 1, goal: -1}, lower=0)]
    for view in ordered_views(agents, leaks):
        seen = _reversed(view.seen, agents)
        if (view.seen, view.ones) > (seen, images[view.ones] & seen):
            continue
        shown = {column: view.shown_by(s) + view.shown_by(images[s]) for column, s in enumerate(strings)}
        rows.append(Row({**{column: Fraction(count, 2) for column, count in shown.items() if count}, goal: Fraction(-1)}, lower=0))
    return Problem(sense="maximise", columns=goal + 1, objective={goal: 1}, rows=rows)


def _reversed(mask: int, agents: int) -> int:
    return sum(1 << (agents - 1 - i) for i in members(mask))


def _complement_reversed(mask: int, agents: int) -> int:
    return _reversed(((1 << agents) - 1) & ~mask, agents)
