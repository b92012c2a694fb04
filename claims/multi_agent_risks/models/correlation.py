"""Correlation devices in 2×2 games (C44): correlated equilibria by a linear program, Nash equilibria one by one.

Payoffs are lists over CC, CD, DC, DD, the row player's action first. A correlated equilibrium is a law over the outcomes under which each player, told her
own action, does not gain by the other one.

Source: R. J. Aumann, Subjectivity and correlation in randomized strategies, Journal of Mathematical Economics 1 (1974).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from claims.multi_agent_risks.models.frontier import Payoffs, expected, product_law
from exact.linear_programs import Problem, Row
from exact.reals import Real
from instances.equilibria import lead, mixed_pair, weights_where
from instances.ordinal_games import two_by_two

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


def nash_laws(u: Sequence[Fraction], v: Sequence[Fraction]) -> list[Payoffs]:
    """Nash equilibria as laws, among them an optimum of every function that is linear in each player's mixture.

    The equilibria are finitely many products of intervals, and where an interval ends inside (0, 1) the other player is indifferent. So at every corner
    both probabilities are 0, 1 or such that the other player is indifferent.
    """
    game = two_by_two(u, v)
    row_plays, column_plays = (weights_where(lead(game, player), 0) or () for player in (1, 0))
    corners = product((Fraction(0), Fraction(1), *row_plays), (Fraction(0), Fraction(1), *column_plays))
    return [product_law(corner) for corner in corners if game.is_mixed_equilibrium(mixed_pair(*corner))]


def best_nash_welfare(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    """The greatest sum of payoffs of a Nash equilibrium."""
    best: Fraction = max(expected(law, u) + expected(law, v) for law in nash_laws(u, v))
    return best


def mixture_family(u: Sequence[Fraction], v: Sequence[Fraction]) -> SearchStrategy[Payoffs]:
    """Random mixtures of Nash equilibria: each is a correlated equilibrium."""
    from hypothesis import strategies as st

    laws = nash_laws(u, v)

    def mixed(weights: list[int]) -> Payoffs:
        return tuple(sum((Fraction(w, sum(weights)) * law[k] for w, law in zip(weights, laws, strict=True)), Fraction(0)) for k in range(4))

    return st.lists(st.integers(0, 9), min_size=len(laws), max_size=len(laws)).filter(any).map(mixed)


def dominance_tax(temptation: Real, reward: Real, punishment: Real, sucker: Real) -> Real:
    """The tax on defection above which cooperation is strictly dominant: max(T − R, P − S)."""
    first, second = temptation - reward, punishment - sucker
    return first if first >= second else second
