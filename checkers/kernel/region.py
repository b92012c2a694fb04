"""The proposition of an `inequality`: a node of a program, a relation to 0, and the region where it is claimed."""

from dataclasses import dataclass
from typing import TypeAlias

from .documents import Field
from .intervals import Value, hull, picture
from .programs import Program, read_program

CONTRARY = {">=": "<", ">": "<=", "!=": "==", "==": "!="}

Box: TypeAlias = tuple[Value, ...]  # one interval, or number, per variable


@dataclass(frozen=True)
class Inequality:
    """Node `node` of the program is >= 0 or > 0 in the box, where the nodes in `where` have their relations to 0."""

    program: Program
    node: int
    relation: str
    domain: Box
    where: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        sides = ", ".join(f"{x} in {picture(y)}" for x, y in zip(self.program.variables, self.domain, strict=True))
        where = "".join(f", node {node} {relation} 0" for relation, node in self.where)
        return f"node {self.node} {self.relation} 0 for {sides}{where}"


def read_inequality(proposition: Field) -> Inequality:
    """The proposition."""
    stated = proposition.record("program", "node", "relation", "domain", "where")
    program = read_program(stated["program"])
    node = stated["node"].index(len(program.steps))
    relation = stated["relation"].choice(">=", ">")
    domain = []
    for side in stated["domain"].items(len(program.variables)):
        lo, hi = (end.bound() for end in side.items(2))
        if lo is not None and hi is not None and lo > hi:
            side.rejected("the domain is empty")
        domain.append(hull(lo, hi))
    where = []
    for condition in stated["where"].items():
        sign, place = condition.items(2)
        where.append((sign.choice(*CONTRARY), place.index(len(program.steps))))
    return Inequality(program, node, relation, tuple(domain), tuple(where))
