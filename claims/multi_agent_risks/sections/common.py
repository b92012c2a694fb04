"""What the sections share: how a claim, a program and a witness are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from claims import Bound, Claim, LinearProgram, Mutant, Part, Settings, Source, Witness
from claims.formulations import Quantity, Relation
from claims.parameters import Values
from claims.room import Evaluation, Room

Evaluations = Mapping[str, Evaluation]
ONCE = Settings()
Mutants = Mapping[str, tuple[Mutant, ...]]

def claim(
    number: str, title: str, statement: str, source: Source, relation: Any, bound: Bound | None, parts: tuple[Part, ...], mutants: Mutants,
    evaluations: Evaluations, **rest: Any,
) -> Claim:
    """A claim with the mutants and the evaluation of its number."""
    return Room(evaluations, mutants).claim(number, title, statement, source, relation, bound, *parts, **rest)


def program(build: Any, relation: Relation, bound: Any, settings: Settings, argument: str = "", rests_on: tuple[str, ...] = (), **more: Any) -> LinearProgram:
    """The optimum of a program against a bound."""
    return LinearProgram(build=build, relation=relation, bound=bound, settings=settings, argument=argument, rests_on=rests_on, **more)


def witness(
    quantity: Quantity, relation: Relation, bound: Quantity, settings: Settings = ONCE, instance: Callable[[Values], Any] = lambda parameters: None,
    argument: str = "",
) -> Witness:
    """``quantity relation bound`` at one instance for each setting."""
    return Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=settings, argument=argument)
