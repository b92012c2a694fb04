"""The Byzantine generals with one traitor: who sees what in every case, and the decision rules that do not fail, as clauses.

General 0 commands and sends an order (a bit) to the lieutenants 1 … n−1; messages are oral, so that a traitor may send anything. A decision rule gives
a bit to every lieutenant and view. It is valid when the loyal lieutenants decide alike, and decide the order of a loyal commander (L. Lamport,
R. Shostak, M. Pease, "The Byzantine generals problem", ACM TOPLAS 4, 1982).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal as OneOf

from exact.propositional import Assignment, Clause, Formula, Literal, equal

View = tuple[int | None, ...]
"""The bits that a lieutenant has received, in a fixed order; None where nothing stands (in the mutant whose views are incomplete)."""

Rule = Mapping[tuple[int, View], bool]

MOST_GENERALS = 10


@dataclass(frozen=True)
class Case:
    """What may happen: the loyal lieutenants' views, and the order of the commander if he is loyal."""

    views: tuple[tuple[int, View], ...]
    order: int | None


def cases(generals: int, rounds: int) -> Iterator[Case]:
    """Every case with at most one traitor. Raises ValueError for what is not modelled: three rounds of more than three generals, and more rounds."""
    if rounds not in (1, 2) and (generals, rounds) != (3, 3):
        raise ValueError(f"{rounds} rounds of {generals} generals are not modelled")
    if rounds == 1:
        yield from _one_round(generals)
    elif rounds == 2:
        yield from _two_rounds(generals)
    else:
        yield from _three_rounds()


def _one_round(generals: int) -> Iterator[Case]:
    """The view is the order received. A traitor among the lieutenants has nothing to say."""
    lieutenants = range(1, generals)
    for sent in product((0, 1), repeat=generals - 1):
        yield Case(tuple((i, (sent[i - 1],)) for i in lieutenants), None)
    for order in (0, 1):
        for traitor in range(generals):  # 0 stands for nobody
            yield Case(tuple((i, (order,)) for i in lieutenants if i != traitor), order)


def _two_rounds(generals: int) -> Iterator[Case]:
    """The view is the order received, then what each other lieutenant says that he received."""
    lieutenants = range(1, generals)
    for sent in product((0, 1), repeat=generals - 1):
        views = tuple((i, (sent[i - 1], *(sent[j - 1] for j in lieutenants if j != i))) for i in lieutenants)
        yield Case(views, None)
        if len(set(sent)) == 1:
            yield Case(views, sent[0])
    for order, traitor in product((0, 1), lieutenants):
        loyal = [i for i in lieutenants if i != traitor]
        for told in product((0, 1), repeat=len(loyal)):
            yield Case(tuple((i, (order, *(lie if j == traitor else order for j in lieutenants if j != i))) for i, lie in zip(loyal, told, strict=True)), order)


def _three_rounds() -> Iterator[Case]:
    """Three generals. Round 2: everybody tells both others the order (received, or given). Round 3: everybody tells both others what both said in round 2.

    The view: the order received; what the commander and the other lieutenant said in round 2; what each of them says in round 3 that the other, and
    that oneself, told him in round 2.
    """
    other = {1: 2, 2: 1}
    bits = (0, 1)
    for sent in product(bits, repeat=2):
        for repeated in product(bits, repeat=2):  # a treacherous commander: round 1, round 2 and, below, his two reports to each lieutenant
            for reports in product(bits, repeat=4):
                yield Case(tuple((i, (
                    sent[i - 1], repeated[i - 1], sent[other[i] - 1], *reports[2 * i - 2:2 * i], repeated[other[i] - 1], sent[i - 1],
                )) for i in (1, 2)), None)
    for order, traitor in product(bits, (1, 2)):
        i = other[traitor]
        for said, said_to_commander in product(bits, repeat=2):
            for reports in product(bits, repeat=2):
                yield Case(((i, (order, order, said, said_to_commander, order, *reports)),), order)


def without_loyal_relays(generals: int) -> Iterator[Case]:
    """Two rounds with views from which the relays of loyal lieutenants are missing: what remains of a view betrays who the traitor is."""
    lieutenants = range(1, generals)
    for sent in product((0, 1), repeat=generals - 1):
        yield Case(tuple((i, (sent[i - 1], *(None for j in lieutenants if j != i))) for i in lieutenants), None)
    for order, traitor in product((0, 1), lieutenants):
        loyal = [i for i in lieutenants if i != traitor]
        for told in product((0, 1), repeat=len(loyal)):
            yield Case(tuple((i, (order, *(lie if j == traitor else None for j in lieutenants if j != i))) for i, lie in zip(loyal, told, strict=True)), order)


def decides(lieutenant: int, view: View) -> Literal:
    """The lieutenant decides 1 in this view."""
    return Literal(f"{lieutenant} sees {''.join('.' if bit is None else str(bit) for bit in view)}")


def validity(possible: Iterator[Case]) -> Formula:
    """The valid decision rules: agreement in every case, and the loyal commander's order."""
    clauses: list[Clause] = []
    variables: dict[str, None] = {}
    for case in possible:
        decisions = [decides(*view) for view in case.views]
        variables |= dict.fromkeys(decision.variable for decision in decisions)
        if case.order is None:
            clauses += [clause for a, b in pairwise(decisions) for clause in equal(a, b)]
        else:
            clauses += [(decision if case.order else -decision,) for decision in decisions]
    return Formula(dict.fromkeys(tuple(clause) for clause in clauses), tuple(variables))


def rule_of(possible: Iterator[Case], model: Assignment) -> Rule:
    """The decision rule that a model stands for."""
    return {(lieutenant, view): model[decides(lieutenant, view).variable] for case in possible for lieutenant, view in case.views}


def is_valid(rule: Rule, generals: int, rounds: int) -> bool:
    """Whether the rule fails in no case."""
    return all(_is_right(case, [rule[view] for view in case.views]) for case in cases(generals, rounds))


def _is_right(case: Case, decisions: Sequence[bool]) -> bool:
    return len(set(decisions)) <= 1 and (case.order is None or all(decision == bool(case.order) for decision in decisions))


def is_majority(rule: Rule) -> bool:
    """Whether every decision is that of the greater part of the bits seen."""
    return all(decision == (2 * sum(bit or 0 for bit in view) > len(view)) for (_, view), decision in rule.items())


def count_rules(generals: int, rounds: int) -> int:
    """How many valid rules there are, without a solver: decisions that must be equal are joined, and each class that no order fixes is free."""
    classes = _Classes()
    for case in cases(generals, rounds):
        if case.order is None:
            for a, b in pairwise(case.views):
                classes.join(a, b)
        for view in case.views:
            classes.join(view, "free" if case.order is None else case.order)
    if classes.find(0) == classes.find(1):
        return 0
    return int(2 ** (classes.count() - len({classes.find(0), classes.find(1)})))


Node = tuple[int, View] | int | OneOf["free"]


class _Classes:
    """Classes of decisions, and the two orders: union and find."""

    def __init__(self) -> None:
        self.parent: dict[Node, Node] = {0: 0, 1: 1}

    def find(self, node: Node) -> Node:
        """The representative of a node, which is added where it is new."""
        self.parent.setdefault(node, node)
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def join(self, a: Node, b: Node) -> None:
        """The two are equal; ``free`` is nothing to be equal to."""
        root = self.find(a)
        if b != "free":
            self.parent[root] = self.find(b)

    def count(self) -> int:
        """How many classes there are."""
        return sum(self.find(node) == node for node in list(self.parent))
