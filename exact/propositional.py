"""Propositional formulas in clauses over named Boolean variables.

    a, b = Literal("a"), Literal("b")
    formula = Formula([(a, b), (-a, b), *equal(a, -b)])

A formula holds where each of its clauses has a true literal. Nothing is solved here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Assignment: TypeAlias = Mapping[str, bool]


class FormulaError(ValueError):
    """What is no formula: the message says why."""


class Literal(NamedTuple):
    """A variable, or its negation ``-literal``."""

    variable: str
    positive: bool = True

    def __neg__(self) -> Literal:
        return Literal(self.variable, not self.positive)

    def __str__(self) -> str:
        return self.variable if self.positive else f"-{self.variable}"


Clause: TypeAlias = Sequence[Literal]


def equal(a: Literal, b: Literal) -> tuple[Clause, Clause]:
    """a and b have the same value."""
    return (-a, b), (a, -b)


@dataclass(frozen=True, init=False)
class Formula:
    """Clauses, the variables in the order in which they appear (or as given), and those that a model count counts.

    A clause with a literal and its negation says nothing and is left out; a literal that is repeated counts once. ``counted`` is
    by default every variable. Raises FormulaError for names that are no variables of the formula, or appear twice.
    """

    variables: tuple[str, ...]
    clauses: tuple[tuple[Literal, ...], ...]
    counted: tuple[str, ...]

    def __init__(self, clauses: Iterable[Clause], variables: Sequence[str] | None = None, counted: Sequence[str] | None = None) -> None:
        given = [tuple(dict.fromkeys(clause)) for clause in clauses]
        names = tuple(variables) if variables is not None else tuple(dict.fromkeys(literal.variable for clause in given for literal in clause))
        known = set(names)
        if len(known) < len(names):
            raise FormulaError("a variable is named twice")
        for literal in (literal for clause in given for literal in clause):
            if literal.variable not in known:
                raise FormulaError(f"{literal.variable} is not among the variables")
        wanted = set(names if counted is None else counted)
        if wanted - known:
            raise FormulaError(f"counted, but not among the variables: {', '.join(sorted(wanted - known))}")
        object.__setattr__(self, "variables", names)
        object.__setattr__(self, "clauses", tuple(clause for clause in given if not any(-literal in clause for literal in clause)))
        object.__setattr__(self, "counted", tuple(name for name in names if name in wanted))

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each variable, from 1."""
        return {name: number for number, name in enumerate(self.variables, start=1)}

    def numbered(self) -> list[list[int]]:
        """The clauses as solvers and certificates write them: the number of a variable, or minus it."""
        numbers = self.numbers
        return [[numbers[literal.variable] * (1 if literal.positive else -1) for literal in clause] for clause in self.clauses]

    def holds(self, assignment: Assignment) -> bool:
        """Whether the assignment satisfies every clause. Raises KeyError for a variable that it leaves open."""
        return all(any(assignment[literal.variable] == literal.positive for literal in clause) for clause in self.clauses)

    def dimacs(self) -> str:
        """The formula in the DIMACS CNF format, the names of the variables as comments."""
        names = [f"c {number} {name}" for name, number in self.numbers.items()]
        lines = [" ".join(map(str, [*clause, 0])) for clause in self.numbered()]
        return "\n".join([*names, f"p cnf {len(self.variables)} {len(self.clauses)}", *lines, ""])
