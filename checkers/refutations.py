"""From the clauses that a SAT solver adds to a refutation that the kernel checks: which clauses were needed, and why each one follows.

A solver's proof is a list of clauses, each of which follows from the earlier ones by *reverse unit propagation*: make its literals false, and unit
propagation ends in a contradiction (Goldberg and Novikov, "Verification of proofs of unsatisfiability for CNF formulas", DATE 2003). The list is read
backwards from the empty clause, so that only what is needed is propagated; the clauses that drove a propagation into its contradiction become its hints.
Deletions in the proof are ignored: more clauses can only propagate more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

Literals: TypeAlias = Sequence[int]
Step: TypeAlias = list[list[int]]
"""An added clause and its hints: numbers of earlier clauses, the given ones first, then the steps."""


class NoRefutation(Exception):
    """The solver's proof does not lead to the empty clause by unit propagation; the message names the clause where it stops."""


def additions(lines: Sequence[str]) -> list[list[int]]:
    """The clauses that a proof in the DRAT text format adds, in order."""
    words = (line.split() for line in lines)
    return [[int(word) for word in line[:-1]] for line in words if line and line[0] != "d"]


def refute(clauses: Sequence[Literals], added: Sequence[Literals]) -> list[Step]:
    """The steps, trimmed and hinted, by which the added clauses refute the given ones; the last is the empty clause.

    Raises NoRefutation.
    """
    everything = [_plain(clause) for clause in (*clauses, *_up_to_the_empty_one(added))]
    hints: dict[int, list[int]] = {}
    needed = {len(everything) - 1}
    propagation = _Propagation(everything)
    for number in range(len(everything) - 1, len(clauses) - 1, -1):
        propagation.forget(number)
        if number in needed:
            found = propagation.contradiction(everything[number])
            if found is None:
                raise NoRefutation(f"clause {number - len(clauses)} of the solver's proof does not follow by unit propagation")
            hints[number] = found
            needed.update(found)
    return _renumbered(everything, hints, len(clauses))


def _plain(clause: Literals) -> list[int]:
    """The clause without repeated literals."""
    return list(dict.fromkeys(clause))


def _up_to_the_empty_one(added: Sequence[Literals]) -> list[Literals]:
    """The additions up to the first empty clause; it is added where the solver left it out."""
    first = next((number for number, clause in enumerate(added) if not clause), len(added))
    return [*added[:first], []]


def _renumbered(everything: Sequence[list[int]], hints: dict[int, list[int]], given: int) -> list[Step]:
    """The steps that were needed, in order, with numbers that leave out the others."""
    kept = sorted(hints)
    number = {old: given + new for new, old in enumerate(kept)}
    return [[everything[old], [number.get(hint, hint) for hint in hints[old]]] for old in kept]


class _Propagation:
    """Unit propagation with two watched literals per clause, over a list of clauses that only gets shorter from its end."""

    def __init__(self, clauses: Sequence[list[int]]) -> None:
        self.clauses = clauses
        self.end = len(clauses)
        self.short = [number for number, clause in enumerate(clauses) if len(clause) < 2]
        self.watching: dict[int, list[int]] = defaultdict(list)
        self.watched = {number: clause[:] for number, clause in enumerate(clauses) if len(clause) > 1}
        for number, clause in self.watched.items():
            self.watching[clause[0]].append(number)
            self.watching[clause[1]].append(number)

    def forget(self, number: int) -> None:
        """Leave out the clause with this number, the last one."""
        self.end = number
        while self.short and self.short[-1] >= number:
            self.short.pop()

    def contradiction(self, clause: Literals) -> list[int] | None:
        """The clauses that unit propagation from the clause's false literals runs into, in order, the contradicted one last; None where it ends."""
        reasons: dict[int, int | None] = {-literal: None for literal in clause}  # true literals, in order, and the clauses that made them so
        if any(-literal in reasons for literal in reasons):
            raise NoRefutation("the solver's proof has a clause with a literal and its negation")
        waiting = list(reasons)
        for number in self.short:
            if not self.clauses[number] or -self.clauses[number][0] in reasons:
                return self._hints(number, reasons)
            self._make_true(self.clauses[number][0], number, reasons, waiting)
        while waiting:
            conflict = self._visit(-waiting.pop(), reasons, waiting)
            if conflict is not None:
                return self._hints(conflict, reasons)
        return None

    @staticmethod
    def _make_true(literal: int, number: int, reasons: dict[int, int | None], waiting: list[int]) -> None:
        if literal not in reasons:
            reasons[literal] = number
            waiting.append(literal)

    def _visit(self, false: int, reasons: dict[int, int | None], waiting: list[int]) -> int | None:
        """Tell the clauses that watch a literal that it is false: each watches another one, or is unit, or is contradicted (that one is the answer)."""
        watching = self.watching[false]
        kept = []
        conflict = None
        for position, number in enumerate(watching):
            if number >= self.end:
                continue
            clause = self.watched[number]
            if clause[0] == false:
                clause[0], clause[1] = clause[1], clause[0]
            other = clause[0]
            if other not in reasons:
                for place in range(2, len(clause)):
                    if -clause[place] not in reasons:
                        clause[1], clause[place] = clause[place], clause[1]
                        self.watching[clause[1]].append(number)
                        break
                else:
                    kept.append(number)
                    if -other in reasons:
                        conflict = number
                        kept.extend(watching[position + 1:])
                        break
                    self._make_true(other, number, reasons, waiting)
                continue
            kept.append(number)
        self.watching[false] = kept
        return conflict

    def _hints(self, conflict: int, reasons: dict[int, int | None]) -> list[int]:
        """The reasons that the contradiction rests on, in the order in which they were found, and the contradicted clause."""
        needed = set()
        for literal, reason in reversed(list(reasons.items())):
            if literal in needed or -literal in self.clauses[conflict]:
                needed.add(literal)
                if reason is not None:
                    needed.update(-other for other in self.clauses[reason] if other != literal)
        return [reason for literal, reason in reasons.items() if literal in needed and reason is not None] + [conflict]
