"""Figures of C4, as data: the 78 strict games by verdict, and verdicts against alignment. Drawn where the run's census of C4 holds, from the same exact census.

The table has the row player's order across and the column player's order up, each by the symmetric game that it makes (R reward, S sucker's payoff,
T temptation, P punishment, from the best on). Exchanging the players reflects it in the diagonal, so each game stands once, on or below it (D. Robinson,
D. Goforth, *The Topology of the 2×2 Games*, 2005, have such a table).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import AnyFigure, Figure, HeatMap, Series
from claims.multi_agent_risks.models.failure_modes import alignment, game_verdict
from instances.games import NormalFormGame
from instances.ordinal_games import NAMED, SYMMETRIC_ORDERS, classes, columns_swapped, rows_swapped, two_by_two

Document = Mapping[str, Any]

NAMES = ("verdict-table", "alignment")
VERDICTS = ("robust", "miscoordination-possible", "conflict-possible", "conflict-inevitable")


def figures(claims: Sequence[Document]) -> list[AnyFigure]:
    """The figures, where the run shows that the census of C4 holds."""
    shown = any(
        claim["id"].endswith("/C4") and item["part"] == "pure frontier" and item["status"] == "holds" for claim in claims for item in claim.get("evidence", ())
    )
    return [verdict_table(), alignment_by_verdict()] if shown else []


def diagonal_games() -> dict[str, NormalFormGame]:
    """The twelve symmetric strict games by name, turned so that both players' best outcomes stand where the other plays D."""
    return {name: _turned(NAMED[name]) for name in SYMMETRIC_ORDERS}


def _turned(game: NormalFormGame) -> NormalFormGame:
    """Columns swapped, if need be, so that the row player's 4 stands in the second column; rows likewise for the column player."""
    if game.of(0).index(Fraction(4)) in (0, 2):
        game = columns_swapped(game)
    return rows_swapped(game) if game.of(1).index(Fraction(4)) in (0, 1) else game


def verdict_table() -> HeatMap:
    """The 78 games by the verdict over all equilibria where agents are meant to cooperate, with their numbers of pure equilibria."""
    orders = tuple("\n".join((order[:2], order[2:])) for order in SYMMETRIC_ORDERS.values())
    rows, columns = ([game.of(player) for game in diagonal_games().values()] for player in (0, 1))
    games = [[two_by_two(row, column) if x >= y else None for x, row in enumerate(rows)] for y, column in enumerate(columns)]
    return HeatMap(
        name="verdict-table",
        title="Strict 2×2 games by what their equilibria show",
        x="row player's order",
        y="column player's order",
        value="verdict; the number counts pure equilibria",
        columns=orders,
        rows=tuple(f"{name}  {order}" for name, order in SYMMETRIC_ORDERS.items()),
        cells=tuple(tuple(None if game is None else Fraction(VERDICTS.index(game_verdict(game, "cooperate"))) for game in line) for line in games),
        kinds=VERDICTS,
        texts=tuple(tuple("" if game is None else str(len(game.pure_equilibria())) for game in line) for line in games),
    )


def alignment_by_verdict() -> Figure:
    """How many of the 78 games have an alignment ρ and a verdict."""
    counts = Counter((game_verdict(game, "cooperate"), alignment(game)) for game in classes(78))
    series = tuple(
        Series(verdict, tuple(sorted((rho, Fraction(number)) for (found, rho), number in counts.items() if found == verdict and rho is not None)), "cloud")
        for verdict in VERDICTS
    )
    return Figure("alignment", "Alignment does not decide the verdict", r"alignment $\rho$", "games", series)
