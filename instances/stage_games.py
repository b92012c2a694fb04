"""Finite two-player games in normal form with exact payoffs: the stage game that is played once or over and over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.reals import Real
from exact.recording import Recorded
from instances.errors import InstanceError
from instances.instance import Instance, matrix, sequence

Payoffs = tuple[tuple[Real, ...], ...]


@dataclass(frozen=True)
class BimatrixGame(Instance):
    """Player 1 chooses a row, player 2 a column; ``first[a][b]`` and ``second[a][b]`` are their payoffs.

    Entries are rationals; recording numbers pass, so that quantities can be recorded. Raises InstanceError for matrices that are empty,
    ragged or of different shapes.
    """

    first: Payoffs
    second: Payoffs

    def __post_init__(self) -> None:
        for name in ("first", "second"):
            object.__setattr__(self, name, _payoffs(name, getattr(self, name)))
        if (len(self.first), len(self.first[0])) != (len(self.second), len(self.second[0])):
            raise InstanceError(
                "second", f"{len(self.second)}×{len(self.second[0])}, where first is {len(self.first)}×{len(self.first[0])}"
            )

    @property
    def rows(self) -> int:
        """The number of player 1's actions."""
        return len(self.first)

    @property
    def columns(self) -> int:
        """The number of player 2's actions."""
        return len(self.first[0])

    def swapped(self) -> BimatrixGame:
        """The same game with the players' names exchanged: columns become rows."""
        return BimatrixGame(transposed(self.second), transposed(self.first))

    def scaled(self, first: Fraction, second: Fraction = Fraction(1)) -> BimatrixGame:
        """The payoffs of player 1 and player 2 multiplied by the factors."""
        return BimatrixGame(
            tuple(tuple(first * x for x in row) for row in self.first), tuple(tuple(second * x for x in row) for row in self.second)
        )


def _payoffs(name: str, value: object) -> Payoffs:
    rows = sequence(name, value)
    if any(isinstance(entry, Recorded) for row in rows for entry in row):
        return tuple(tuple(row) for row in rows)
    return matrix(name, value)


def transposed(payoffs: Sequence[Sequence[Real]]) -> Payoffs:
    """Columns become rows."""
    return tuple(zip(*payoffs, strict=True))


def common_interest(payoffs: Sequence[Sequence[Real]]) -> BimatrixGame:
    """Both players get the same."""
    rows = tuple(tuple(row) for row in payoffs)
    return BimatrixGame(rows, rows)


def zero_sum(payoffs: Sequence[Sequence[Fraction]]) -> BimatrixGame:
    """What player 1 gets, player 2 loses."""
    return BimatrixGame(tuple(tuple(row) for row in payoffs), tuple(tuple(-x for x in row) for row in payoffs))
