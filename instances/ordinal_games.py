"""Two-player games with two actions each, by the order of the payoffs: censuses, symmetries, names, and what the order alone decides.

A game is written with four payoffs for the row player and four for the column player in the flat order CC, CD, DC, DD, the row player's action first;
ranks run from 1 (worst), without gaps. Swapping the rows, swapping the columns and exchanging the players generate a group of eight.
A. Rapoport, M. Guyer, "A taxonomy of 2×2 games", 1966; M. Guyer, H. Hamburger, 1968; D. M. Kilgour, N. M. Fraser, 1988.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations, product
from typing import TypeAlias

from exact.reals import Real
from instances.errors import InstanceError
from instances.games import NormalFormGame, Profile

Ranks: TypeAlias = tuple[int, int, int, int]
Symmetry: TypeAlias = Callable[[NormalFormGame], NormalFormGame]

PROFILES: tuple[Profile, ...] = ((0, 0), (0, 1), (1, 0), (1, 1))


def two_by_two(row: Sequence[Real | int | str], column: Sequence[Real | int | str]) -> NormalFormGame:
    """The game with these payoffs in flat order. Raises InstanceError unless there are four for each player."""
    for name, payoffs in (("row", row), ("column", column)):
        if len(payoffs) != 4:
            raise InstanceError(name, f"{len(payoffs)} payoffs, where four are due: CC, CD, DC, DD")
    return NormalFormGame((2, 2), tuple(zip(row, column, strict=True)))


def symmetric_game(payoffs: Sequence[Real | int]) -> NormalFormGame:
    """The symmetric game in which the row player gets these payoffs: u_2(i, j) = u_1(j, i)."""
    cc, cd, dc, dd = payoffs
    return two_by_two((cc, cd, dc, dd), (cc, dc, cd, dd))


# Symmetries


def rows_swapped(game: NormalFormGame) -> NormalFormGame:
    """The row player's actions exchange their names."""
    cc, cd, dc, dd = game.payoffs
    return NormalFormGame((2, 2), (dc, dd, cc, cd))


def columns_swapped(game: NormalFormGame) -> NormalFormGame:
    """The column player's actions exchange their names."""
    cc, cd, dc, dd = game.payoffs
    return NormalFormGame((2, 2), (cd, cc, dd, dc))


def players_exchanged(game: NormalFormGame) -> NormalFormGame:
    """The players exchange their names."""
    cc, cd, dc, dd = (vector[::-1] for vector in game.payoffs)
    return NormalFormGame((2, 2), (cc, dc, cd, dd))


ACTION_SYMMETRIES: tuple[Symmetry, ...] = (rows_swapped, columns_swapped)
SYMMETRIES: tuple[Symmetry, ...] = (*ACTION_SYMMETRIES, players_exchanged)


def written(game: NormalFormGame) -> tuple[tuple[Real, ...], tuple[Real, ...]]:
    """The row player's and the column player's payoffs in flat order."""
    return game.of(0), game.of(1)


def images(game: NormalFormGame, generators: Sequence[Symmetry] = SYMMETRIES) -> list[NormalFormGame]:
    """The game's orbit under the group that the symmetries generate, the game itself first."""
    found = {game: None}
    waiting = [game]
    while waiting:
        current = waiting.pop()
        for generator in generators:
            image = generator(current)
            if image not in found:
                found[image] = None
                waiting.append(image)
    return list(found)


def representative(game: NormalFormGame, generators: Sequence[Symmetry] = SYMMETRIES) -> NormalFormGame:
    """The lexicographically least game of the orbit, by the row player's payoffs and then the column player's."""
    return min(images(game, generators), key=written)


# Censuses


@lru_cache(maxsize=2)
def weak_orders(strict: bool) -> tuple[Ranks, ...]:
    """The 24 strict, or all 75 weak, orders of four outcomes as ranks 1, 2, … without gaps, in lexicographic order."""
    if strict:
        return tuple((a, b, c, d) for a, b, c, d in permutations(range(1, 5)))
    return tuple((a, b, c, d) for a, b, c, d in product(range(1, 5), repeat=4) if {a, b, c, d} == set(range(1, max(a, b, c, d) + 1)))


def all_games(strict: bool) -> Iterator[NormalFormGame]:
    """All 576 strict ordinal games, or all 5625 with ties, in lexicographic order."""
    for row, column in product(weak_orders(strict), repeat=2):
        yield two_by_two(row, column)


CENSUSES: dict[int, tuple[bool, tuple[Symmetry, ...]]] = {
    144: (True, ACTION_SYMMETRIES),
    78: (True, SYMMETRIES),
    1413: (False, ACTION_SYMMETRIES),
    726: (False, SYMMETRIES),
}
"""The classifications, by the number of their classes: whether the orders are strict, and the symmetries that make a class."""


@lru_cache(maxsize=4)
def classes(census: int) -> tuple[NormalFormGame, ...]:
    """One game for each class of a census (144, 78, 1413 or 726), the lexicographically least, in lexicographic order."""
    strict, generators = CENSUSES[census]
    seen: set[NormalFormGame] = set()
    found = []
    for game in all_games(strict):
        if game not in seen:
            found.append(game)
            seen.update(images(game, generators))
    return tuple(found)


# What the order decides


def ranks(payoffs: Sequence[Real]) -> tuple[int, ...]:
    """Payoffs as ranks from 1 without gaps."""
    levels = sorted(set(payoffs))
    return tuple(levels.index(x) + 1 for x in payoffs)


def ordinal(game: NormalFormGame) -> NormalFormGame:
    """The game with every payoff replaced by its rank."""
    return two_by_two(ranks(game.of(0)), ranks(game.of(1)))


def is_strict(game: NormalFormGame) -> bool:
    """Whether no player is indifferent between two outcomes."""
    return all(len(set(game.of(player))) == len(game.payoffs) for player in range(game.players))


def is_symmetric(game: NormalFormGame) -> bool:
    """Whether exchanging the players changes nothing, perhaps after renaming one player's actions."""
    return any(players_exchanged(image) == image for image in images(game, ACTION_SYMMETRIES))


# Names


def _by_order(order: str) -> NormalFormGame:
    """The symmetric game with the payoffs R (both C), S, T, P in this decreasing order."""
    value = {letter: 4 - place for place, letter in enumerate(order)}
    return symmetric_game([value[letter] for letter in "RSTP"])


SYMMETRIC_ORDERS: dict[str, str] = {
    "Prisoner's Dilemma": "TRPS", "Chicken": "TRSP", "Leader": "TSRP", "Hero": "STRP", "Stag Hunt": "RTPS", "Assurance": "RPTS",
    "Coordination": "RPST", "Deadlock": "TPRS", "Compromise": "TPSR", "Harmony": "RTSP", "Concord": "RSTP", "Peace": "RSPT",
}
"""The twelve symmetric strict games: T temptation, R reward, S sucker's payoff, P punishment, from the best on."""

NAMED: dict[str, NormalFormGame] = {
    **{name: _by_order(order) for name, order in SYMMETRIC_ORDERS.items()},
    "Battle of the Sexes": two_by_two((4, 2, 1, 3), (3, 2, 1, 4)),
    "Matching Pennies": two_by_two((1, -1, -1, 1), (-1, 1, 1, -1)),
    "Driving": two_by_two((1, 0, 0, 1), (1, 0, 0, 1)),
}


@lru_cache(maxsize=1)
def _names() -> dict[NormalFormGame, str]:
    return {representative(ordinal(game)): name for name, game in NAMED.items()}


def name_of(game: NormalFormGame) -> str:
    """The name of a 2×2 game by its order, up to symmetry; empty if it has none."""
    return _names().get(representative(ordinal(game)), "")
