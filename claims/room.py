"""What the rooms of papers share: a claim is put together with the evaluation and the mutants of its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from claims.bounds import Bound
from claims.claim import Claim, Measurement, Mutant, Part, Source
from claims.formulations import Relation
from claims.parameters import Parameter, Values

Measure: TypeAlias = Callable[[Values], Measurement]
Evaluation: TypeAlias = tuple[tuple[Parameter, ...], Measure]


@dataclass(frozen=True)
class Room:
    """Evaluations and mutants by the number of their claim. A claim without mutants is one that is expected to be refuted."""

    evaluations: Mapping[str, Evaluation]
    mutants: Mapping[str, tuple[Mutant, ...]]

    def claim(
        self, number: str, title: str, statement: str, source: Source, relation: Relation | Literal["exists", "iff"], bound: Bound | None, *parts: Part,
        **rest: Any,
    ) -> Claim:
        """The claim of that number; ``rest`` is what few claims say (``expected``, ``reason``, ``corrected_by``). Raises KeyError without an evaluation."""
        parameters, measure = self.evaluations[number]
        return Claim(
            number=number, title=title, statement=statement, source=source, relation=relation, bound=bound, parts=parts,
            mutants=self.mutants.get(number, ()), parameters=parameters, measure=measure, **rest,
        )
