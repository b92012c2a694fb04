"""Claims, papers and what belongs to them: the vocabulary of docs/vocabulary in frozen data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from claims.bounds import Bound
from claims.errors import ClaimError
from claims.formulations import Formulation, Relation
from claims.parameters import Parameter, Values, read_parameters
from exact.reals import Real

Expected = Literal["holds", "refuted", "undecided"]
Quantifier = Literal["all", "exists"]


@dataclass(frozen=True)
class Source:
    """Where the paper asserts it: a locator ("Theorem 7") and whether we quote, restate or add it."""

    locator: str
    origin: Literal["paper", "restated", "reconstructed"] = "paper"

    def __str__(self) -> str:
        return self.locator if self.origin == "paper" else f"{self.locator} ({self.origin})"


@dataclass(frozen=True)
class Part:
    """One conjunct of a claim, with its own formulations.

    ``quantifier`` says whether the conjunct speaks of all instances or of the existence of one (then a witness shows
    it). A part that is ``beside`` is listed next to the claim's grade and neither lifts nor lowers it (a statistical
    companion); if it is refuted, so is the claim.
    """

    name: str
    statement: str
    formulations: tuple[Formulation, ...]
    quantifier: Quantifier = "all"
    beside: bool = False


@dataclass(frozen=True)
class Mutant:
    """A deliberately false variant of a claim. One of its formulations must come out refuted by an exact counterexample."""

    change: str
    formulations: tuple[Formulation, ...]


@dataclass(frozen=True)
class Measurement:
    """What a claim's quantity and bound are at given parameters, with further named values.

    ``holds`` overrides the comparison of ``measured`` with ``bound`` where the claim compares something else than these two numbers;
    ``infinite`` marks a ratio c/0, shown as the word ``inf``.
    ``hypothesis`` names a hypothesis of the claim that fails at these parameters: then nothing is claimed, and the status is undecided.
    """

    measured: Real | None
    bound: Real | None
    values: Mapping[str, Any]
    relation: Relation | None = None
    holds: bool | None = None
    hypothesis: str = ""


@dataclass(frozen=True)
class Claim:
    """One assertion of a paper.

    ``number`` is its number in the paper's room ("C3"), ``bound`` its right-hand side, ``measure`` what `assay evaluate` computes at ``parameters``.
    ``expected`` is ``refuted`` for a claim that is false as printed; anything but ``holds`` needs a ``reason``.
    """

    number: str
    title: str
    statement: str
    source: Source
    parts: tuple[Part, ...]
    relation: Relation | Literal["exists", "iff"]
    bound: Bound | None = None
    mutants: tuple[Mutant, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    measure: Callable[[Values], Measurement] | None = None
    expected: Expected = "holds"
    reason: str = ""
    corrected_by: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", self.number):
            raise ClaimError(f"claim number {self.number!r}: use letters and digits, such as C3 or P1")
        if not self.parts or any(not part.formulations for part in self.parts):
            raise ClaimError(f"{self.number}: a claim needs at least one part, and each part a formulation")
        names = [part.name for part in self.parts]
        if len(set(names)) != len(names):
            raise ClaimError(f"{self.number}: two parts have the same name")
        if self.expected != "holds" and not self.reason:
            raise ClaimError(f"{self.number}: expected={self.expected!r} needs a reason")

    def evaluate(self, data: Mapping[str, Any]) -> tuple[dict[str, Any], Measurement]:
        """The parameters in force and the measurement. Raises ParameterError, or ClaimError when nothing can be measured."""
        values = read_parameters(self.parameters, data)
        if self.measure is None:
            raise ClaimError(f"{self.number} has nothing to evaluate: it states no quantity at given parameters")
        return values, self.measure(values)


@dataclass(frozen=True)
class Discrepancy:
    """A known gap between what is printed and what is true, with the evidence; ``claim`` names the claim that shows it, if one does."""

    number: str
    statement: str
    evidence: str
    claim: str = ""


@dataclass(frozen=True)
class Paper:
    """One publication with its claims, in the paper's order."""

    slug: str
    title: str
    citation: str
    arxiv: str
    claims: tuple[Claim, ...]
    discrepancies: tuple[Discrepancy, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_]+", self.slug):
            raise ClaimError(f"paper slug {self.slug!r}: use letters, digits and underscores")
        numbers = [claim.number for claim in self.claims]
        doubles = sorted({number for number in numbers if numbers.count(number) > 1})
        if doubles:
            raise ClaimError(f"{self.slug}: two claims have the number {', '.join(doubles)}")

    def claim_id(self, claim: Claim) -> str:
        """``<slug>/<number>``."""
        return f"{self.slug}/{claim.number}"
