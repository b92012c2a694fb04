"""All extreme Nash equilibria of a bimatrix game whose payoffs may be recording numbers: `instances.equilibria` on their values."""

from __future__ import annotations

from claims.strategic_learning.model import plain_game
from instances import equilibria
from instances.equilibria import Equilibrium, TooManyVertices
from instances.stage_games import BimatrixGame

__all__ = ["Equilibrium", "TooManyVertices", "extreme_equilibria"]


def extreme_equilibria(game: BimatrixGame) -> list[Equilibrium]:
    """Every extreme equilibrium. Raises TooManyVertices."""
    return equilibria.extreme_equilibria(plain_game(game))
