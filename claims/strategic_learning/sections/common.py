"""What the sections share: how a claim, a program and a witness are put together, and the settings of I(γ, β)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from claims import LinearProgram, Settings, Source, Witness
from claims.formulations import Relation
from claims.parameters import Values
from claims.room import Room
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.evaluation import EVALUATIONS
from claims.strategic_learning.mutants import MUTANTS
from claims.strategic_learning.named_games import NAMED

F = Fraction
HALF = sp.Rational(1, 2)
gamma, beta, pi, rho_ = facts.gamma, facts.beta, facts.pi, sp.Symbol("varrho")
PER_GAME = "The program is the quantity by its definition, for the one game that is the parameter; primal and dual prove its optimum."


claim = Room(EVALUATIONS, MUTANTS).claim


def program(
    build: Any, relation: Relation, bound: Any, settings: Settings, argument: str = PER_GAME, rests_on: tuple[str, ...] = (), **more: Any
) -> LinearProgram:
    """The optimum of a program against a bound."""
    return LinearProgram(build=build, relation=relation, bound=bound, settings=settings, argument=argument, rests_on=rests_on, **more)


def witness(quantity: Any, relation: Relation, bound: Any, settings: Settings, instance: Any = q.same, argument: str = "") -> Witness:
    """``quantity relation bound`` at named instances."""
    return Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=settings, argument=argument)


def games(*names: str, **more: Any) -> tuple[Values, ...]:
    """Settings that name a game."""
    return tuple({"game": name, **more} for name in names)


ABSTRACT = Source("abstract", "restated")
OURS = Source("added", "reconstructed")
RANDOM_FAMILIES = Settings(({"seed": 6, "games": 30},), ({"seed": 7, "games": 300},), ({"seed": 8, "games": 3000},))
ALL_GAMES = Settings(games(*NAMED))
RANDOM = Settings(({"seed": 1, "games": 40},), ({"seed": 2, "games": 300},), ({"seed": 3, "games": 3000},))

STANDARD = (q.at("1/4", "1/2", "1/2"), q.at("1/4", "1/2", "1/2", "1/2"), q.at("1/10", "1/10", "1/3", "9/10"))
MORE = (q.at("3/4", "1/2", "1/2", "99/100"), q.at("2/7", "3/5", "4/9", "1/3"), q.at("9/10", "9/10", "1/10", "1/10"))
