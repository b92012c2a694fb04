"""How the algebraic sections write an inequality for all points of a region, and a part that consists of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Grid, Inequality, Part, Settings
from claims.formulations import Quantity, Relation
from claims.parameters import Values
from exact.reals import Real

Domain = tuple[sp.Symbol, Any, Any]
Condition = tuple[sp.Expr, Relation]


def free(*symbols: sp.Symbol) -> tuple[Domain, ...]:
    """All real numbers, for each symbol."""
    return tuple((symbol, None, None) for symbol in symbols)


def from_zero(*symbols: sp.Symbol) -> tuple[Domain, ...]:
    """The numbers >= 0, for each symbol."""
    return tuple((symbol, 0, None) for symbol in symbols)


def unit(*symbols: sp.Symbol) -> tuple[Domain, ...]:
    """The numbers in [0, 1], for each symbol."""
    return tuple((symbol, 0, 1) for symbol in symbols)


def positive(*expressions: sp.Expr) -> tuple[Condition, ...]:
    """Each expression is > 0."""
    return tuple((expression, ">") for expression in expressions)


def inequality(
    left: sp.Expr | int,
    relation: Relation,
    right: sp.Expr | int,
    domain: tuple[Domain, ...],
    argument: str = "",
    where: tuple[Condition, ...] = (),
    rests_on: tuple[str, ...] = (),
) -> Inequality:
    """``left relation right`` at every point of the domain that meets the conditions."""
    return Inequality(
        left=sp.S.Zero + left, relation=relation, right=sp.S.Zero + right, domain=domain, where=where, argument=argument, rests_on=rests_on
    )


def proved(
    name: str,
    statement: str,
    left: sp.Expr | int,
    relation: Relation,
    right: sp.Expr | int,
    domain: tuple[Domain, ...],
    argument: str = "",
    where: tuple[Condition, ...] = (),
    rests_on: tuple[str, ...] = (),
) -> Part:
    """A part with one such inequality."""
    return Part(name, statement, (inequality(left, relation, right, domain, argument, where, rests_on),))


# Printed figures


def _numbers(parameters: Values) -> dict[str, list[Fraction]]:
    """Every rational of a setting as a range of one point; the entries of a tuple are numbered."""
    named: dict[str, list[Fraction]] = {}
    for name, value in parameters.items():
        if isinstance(value, Fraction):
            named[name] = [value]
        elif isinstance(value, tuple):
            named |= {f"{name}.{index}": [entry] for index, entry in enumerate(value)}
    return named


def _setting(point: Mapping[str, Real], parameters: Values) -> Values:
    """The setting again, with the numbers of the point."""

    def read(name: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(point[f"{name}.{index}"] for index in range(len(value)))
        return point.get(name, value)

    return {name: read(name, value) for name, value in parameters.items()}


def at_setting(quantity: Quantity, instance: Callable[[Values], Any]) -> Quantity:
    """The quantity of the instance of a setting, as a function of the setting's numbers."""

    def measured(point: Mapping[str, Real], parameters: Values) -> Real:
        setting = _setting(point, parameters)
        return quantity(instance(setting), setting)

    return measured


def stated(instance: Any, parameters: Values) -> Real:
    """The printed figure of a setting."""
    return parameters["stated"]


def figures(
    name: str,
    statement: str,
    quantity: Quantity,
    settings: Sequence[Values],
    instance: Callable[[Values], Any] = lambda parameters: None,
    bound: Quantity = stated,
    beside: bool = False,
) -> Part:
    """A part of figures: ``quantity == bound`` at the instance of each setting, computed from the setting's numbers, which the kernel repeats."""
    grid = Grid(
        ranges=_numbers,
        quantity=at_setting(quantity, instance),
        relation="==",
        bound=at_setting(bound, instance),
        settings=Settings(tuple(settings)),
        argument="The figure, computed from its definition at the setting.",
    )
    return Part(name, statement, (grid,), beside=beside)
