"""How a false variant is written down: one arithmetic statement at named numbers. Values of policies and optima are recorded as Bellman certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from claims import Mutant, Settings, Witness
from claims.formulations import Relation
from claims.parameters import Values
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.model import (
    DisengagementMDP,
    effective_demand,
    modified_discount,
)
from exact.reals import Real

Formula = Callable[[Values], Real]
ONE, ZERO = Fraction(1), Fraction(0)


def false(change: str, left: Formula, relation: Relation, right: Formula | int | str, **numbers: str | int) -> Mutant:
    """The variant says ``left relation right`` at these numbers."""
    setting = {name: Fraction(number) if isinstance(number, str) else number for name, number in numbers.items()}
    bound = right if callable(right) else constant_bound(right)
    return Mutant(
        change, (Witness(instance=qty.nothing, quantity=qty.of(left), relation=relation, bound=qty.of(bound), settings=Settings((setting,))),)
    )


def constant_bound(number: int | str) -> Formula:
    """A number as a bound that ignores the parameters."""
    value = Fraction(number)
    return lambda p: value


def discount(p: Values) -> Real:
    """f̃."""
    return modified_discount(p["g"], p["f"], p["rho"])


def demand(p: Values, f: str = "f", rho: str = "rho") -> Real:
    """D̃."""
    return effective_demand(p["g"], p[f], p[rho])


def optimum(table: DisengagementMDP, x: int = 0) -> Formula:
    """V*(x), x from 0."""
    return lambda p: qty.best(table, x)


def policy(table: DisengagementMDP, moves: Sequence[int], x: int = 0) -> Formula:
    """V_π(x), moves from 0."""
    return lambda p: qty.following(table, moves, x)

