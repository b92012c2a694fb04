"""Voting on comparison data: tallies, normalised Borda (corrected and as printed), empirical win rates and margins (algorithms 1 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from claims.errors import ClaimError
from instances import GridBTModel


@dataclass(frozen=True)
class Tally:
    """``wins[x][y]``: how often x beat y (0 on the diagonal); ``self_pairs[x]``: how often x met itself."""

    wins: tuple[tuple[int, ...], ...]
    self_pairs: tuple[int, ...]

    @classmethod
    def of(cls, alternatives: int, comparisons: Iterable[tuple[int, int, int]]) -> Tally:
        """From comparisons ``(x, y, winner)``. Raises ClaimError when the winner did not take part."""
        wins = [[0] * alternatives for _ in range(alternatives)]
        self_pairs = [0] * alternatives
        for x, y, winner in comparisons:
            if winner not in (x, y):
                raise ClaimError(f"{winner} is said to win between {x} and {y}")
            if x == y:
                self_pairs[x] += 1
            else:
                wins[winner][x + y - winner] += 1
        return cls(tuple(map(tuple, wins)), tuple(self_pairs))

    def won(self, x: int) -> int:
        """W_x: comparisons with another alternative that x won, plus its self-pairs (one win in two incidences)."""
        return sum(self.wins[x]) + self.self_pairs[x]

    def incidences(self, x: int) -> int:
        """I_x: comparisons of x with another alternative, plus two for each self-pair."""
        return sum(self.wins[x]) + sum(row[x] for row in self.wins) + 2 * self.self_pairs[x]


def borda_scores_of(tally: Tally) -> tuple[Fraction, ...]:
    """BC_n(x) = W_x/I_x, and 0 for an alternative that was never shown."""
    return tuple(
        Fraction(tally.won(x), tally.incidences(x)) if tally.incidences(x) else Fraction(0) for x in range(len(tally.wins))
    )


def printed_borda_scores_of(tally: Tally) -> tuple[Fraction, ...]:
    """The score as the paper prints it: self-pairs count as one win in one incidence (P5); 0 for an alternative that was never shown."""
    shown = [tally.incidences(x) - tally.self_pairs[x] for x in range(len(tally.wins))]
    return tuple(Fraction(tally.won(x), shown[x]) if shown[x] else Fraction(0) for x in range(len(tally.wins)))


def uniform_on_best(scores: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The lottery that is uniform on the alternatives of greatest score: what the Borda rule returns."""
    best = max(scores)
    winners = [x for x, score in enumerate(scores) if score == best]
    return tuple(Fraction(int(x in winners), len(winners)) for x in range(len(scores)))


def empirical_win_rates(tally: Tally) -> tuple[tuple[Fraction, ...], ...]:
    """p_n(x ≻ y), and 1/2 for a pair that was never shown."""
    n = len(tally.wins)
    return tuple(tuple(Fraction(1, 2) + _margin(tally, x, y) / 2 for y in range(n)) for x in range(n))


def empirical_margins(tally: Tally) -> tuple[tuple[Fraction, ...], ...]:
    """M_xy = (#xy − #yx)/(#xy + #yx), and 0 for a pair that was never shown."""
    n = len(tally.wins)
    return tuple(tuple(_margin(tally, x, y) for y in range(n)) for x in range(n))


def _margin(tally: Tally, x: int, y: int) -> Fraction:
    won, lost = tally.wins[x][y], tally.wins[y][x]
    return Fraction(won - lost, won + lost) if won + lost else Fraction(0)


def plackett_luce_marginals(response: GridBTModel, utilities: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
    """How often x stands before y in a Plackett–Luce ranking with weights e^{βu(x)} = r^{K·u(x)}, by enumerating all rankings; 1/2 on the diagonal."""
    n = len(utilities)
    weights = [response.r ** response.steps(value) for value in utilities]
    before = [[Fraction(0)] * n for _ in range(n)]
    for ranking in permutations(range(n)):
        probability, remaining = Fraction(1), sum(weights, Fraction(0))
        for x in ranking:
            probability *= weights[x] / remaining
            remaining -= weights[x]
        for i, x in enumerate(ranking):
            for y in ranking[i + 1:]:
                before[x][y] += probability
    return tuple(tuple(before[x][y] if x != y else Fraction(1, 2) for y in range(n)) for x in range(n))
