"""Correlation devices in 2×2 games (C44): correlated equilibria by a linear program, Nash equilibria one by one.

Payoffs are lists over CC, CD, DC, DD, the row player's action first. A correlated equilibrium is a law over the outcomes under which each player, told her
own action, does not gain by the other one.

Source: R. J. Aumann, Subjectivity and correlation in randomized strategies, Journal of Mathematical Economics 1 (1974).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from claims.multi_agent_risks.model_frontier import Payoffs, expected, indifference, product_law
from exact.linear_programs import Problem, Row
from exact.reals import Real

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_OTHER_ROW, _OTHER_COLUMN = 2, 1
"""Outcome k with the row player's, or the column player's, other action is k ^ this."""


def obedience(u: Sequence[Real], v: Sequence[Real]) -> list[dict[int, Real]]:
    """Four sums over a law that have to be >= 0: row told C, row told D, column told C, column told D."""
    row = [{k: u[k] - u[k ^ _OTHER_ROW] for k in told} for told in ((0, 1), (2, 3))]
    return row + [{k: v[k] - v[k ^ _OTHER_COLUMN] for k in told} for told in ((0, 2), (1, 3))]


def correlation_program(u: Sequence[Fraction], v: Sequence[Fraction]) -> Problem:
    """The greatest expected sum of payoffs of a correlated equilibrium. Columns: the law."""
    rows = [Row(dict.fromkeys(range(4), Fraction(1)), 1, 1)]
    rows += [Row(sums, lower=0) for sums in obedience(u, v)]
    return Problem(sense="maximise", columns=4, objective={k: u[k] + v[k] for k in range(4)}, rows=rows)


def welfare_of(law: Sequence[Real], u: Sequence[Real], v: Sequence[Real]) -> Real:
    """The expected sum of payoffs of a correlated equilibrium. Raises ValueError when somebody gains by disobeying, or the law is none."""
    if any(chance < 0 for chance in law) or sum(law) != 1:
        raise ValueError("no law over the four outcomes")
    for sums in obedience(u, v):
        if sum((coefficient * law[k] for k, coefficient in sums.items()), Fraction(0)) < 0:
            raise ValueError("no correlated equilibrium: somebody gains by disobeying")
    return expected(law, u) + expected(law, v)


def extreme_equilibria(u: Sequence[Fraction], v: Sequence[Fraction]) -> list[tuple[Real, Real]]:
    """Nash equilibria as probabilities of C, among them an optimum of every function that is linear in each mixture.

    The equilibria are finitely many products of intervals; where an interval ends inside (0, 1), the other player is indifferent there. So both
    probabilities of every corner are 0, 1 or where the other player is indifferent.
    """
    row_plays, column_plays = indifference((v[0], v[2], v[1], v[3])), indifference(u)
    candidates = [
        (p, q)
        for p in (Fraction(0), Fraction(1), *(() if row_plays is None else (row_plays,)))
        for q in (Fraction(0), Fraction(1), *(() if column_plays is None else (column_plays,)))
    ]
    return [mixture for mixture in candidates if _is_equilibrium(mixture, u, v)]


def _is_equilibrium(mixture: tuple[Real, Real], u: Sequence[Real], v: Sequence[Real]) -> bool:
    p, q = mixture
    law = product_law(mixture)
    row_best = all(expected(law, u) >= expected(product_law((pure, q)), u) for pure in (0, 1))
    return row_best and all(expected(law, v) >= expected(product_law((p, pure)), v) for pure in (0, 1))


def best_nash_welfare(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    """The greatest sum of payoffs of a Nash equilibrium."""
    laws = [product_law(mixture) for mixture in extreme_equilibria(u, v)]
    best: Fraction = max(expected(law, u) + expected(law, v) for law in laws)
    return best


def mixture_family(u: Sequence[Fraction], v: Sequence[Fraction]) -> SearchStrategy[Payoffs]:
    """Random mixtures of Nash equilibria: each is a correlated equilibrium."""
    from hypothesis import strategies as st

    laws = [product_law(mixture) for mixture in extreme_equilibria(u, v)]

    def mixed(weights: list[int]) -> Payoffs:
        return tuple(sum((Fraction(w, sum(weights)) * law[k] for w, law in zip(weights, laws, strict=True)), Fraction(0)) for k in range(4))

    return st.lists(st.integers(0, 9), min_size=len(laws), max_size=len(laws)).filter(any).map(mixed)


def dominance_tax(temptation: Real, reward: Real, punishment: Real, sucker: Real) -> Real:
    """The tax on defection above which cooperation is strictly dominant: max(T − R, P − S)."""
    first, second = temptation - reward, punishment - sucker
    return first if first >= second else second
