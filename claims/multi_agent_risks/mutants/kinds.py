"""How the algebraic sections write a mutant: a false statement about one instance, a program, an infeasibility, or all points of a region."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims import Inequality, LinearProgram, Mutant, Settings, Witness
from claims.formulations import Quantity, Relation
from claims.parameters import Values


def false_witness(
    change: str, quantity: Quantity, relation: Relation, bound: Quantity, setting: Values, instance: Callable[[Values], Any] = lambda parameters: None
) -> Mutant:
    """A false statement about one instance."""
    return Mutant(change, (Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting,))),))


def false_program(change: str, build: Any, relation: Relation, bound: Any, setting: Values, **more: Any) -> Mutant:
    """A false statement about a program's optimum."""
    return Mutant(change, (LinearProgram(build=build, relation=relation, bound=bound, settings=Settings((setting,)), **more),))


def false_infeasibility(change: str, build: Any, setting: Values, **more: Any) -> Mutant:
    """The false statement that a program has no solution."""
    return Mutant(change, (LinearProgram(build=build, infeasible=True, settings=Settings((setting,)), **more),))


def false_inequality(change: str, formulation: Inequality) -> Mutant:
    """A false inequality."""
    return Mutant(change, (formulation,))
