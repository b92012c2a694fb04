"""What a proof consists of: a certificate, the certificates of lemmas, and how they make the statement true."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from checkers.checker import Budget
from checkers.covers import Limits
from checkers.evidence import Evidence
from checkers.landscapes import Point
from checkers.propositions import Document
from checkers.statements import Statement
from exact.numerals import numeral

_SECONDS = {"quick": 6.0, "standard": 40.0, "full": 300.0}


@dataclass(frozen=True)
class Proof:
    """A certificate that the kernel has accepted.

    ``how`` says in words how it was found and how it implies the statement, through ``lemmas`` (further accepted certificates) where there are
    any. ``margin`` is a positive lower bound of the difference of the two sides, where one is known.
    """

    document: Document
    how: str
    lemmas: tuple[Document, ...] = ()
    margin: Fraction | None = None

    def with_words(self, words: str, lemmas: tuple[Document, ...] = ()) -> Proof:
        """The proof with what makes it a proof of something else: more words, more lemmas. No margin is claimed then."""
        if not words and not lemmas:
            return self
        return Proof(self.document, joined(self.how, words), (*lemmas, *self.lemmas))

    @property
    def documents(self) -> tuple[Document, ...]:
        """All certificates, the lemmas first."""
        return (*self.lemmas, self.document)

    def evidence(self, checker: str, statement: Statement) -> Evidence:
        """The statement holds."""
        details = {"lemmas": list(self.lemmas)} if self.lemmas else {}
        margin = None if self.margin is None or self.margin <= 0 else numeral(self.margin)
        return Evidence(checker=checker, status="holds", scope=statement.scope, trust="kernel", certificate=self.document, note=self.how,
                        margin=margin, details=details)


@dataclass
class Attempt:
    """What the parts of one check share: the checker's name for the certificates, effort and time, and what was found on the way."""

    checker: str
    budget: Budget
    deadline: float = field(init=False)
    violations: list[tuple[Statement, Point]] = field(default_factory=list)
    algebra_failed: set[Statement] = field(default_factory=set)
    covers_failed: set[Any] = field(default_factory=set)
    defined: dict[tuple[Statement, tuple[Any, ...]], Document | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.deadline = time.process_time() + min(_SECONDS[self.budget.effort], self.budget.seconds)

    @property
    def out_of_time(self) -> bool:
        """Whether the processor time for this check is spent: what else the machine does must not decide a verdict."""
        return time.process_time() > self.deadline

    def limited(self, limits: Limits) -> Limits:
        """The limits of a search, within the time that is left."""
        return replace(limits, seconds=max(0.0, min(limits.seconds, self.deadline - time.process_time())))

    def violations_of(self, *statements: Statement) -> list[Point]:
        """The points that searches came across at which one of these statements seems to fail."""
        return [point for statement, point in self.violations if statement in statements]

    def about(self, statement: Statement, **more: Any) -> dict[str, Any]:
        """What a certificate tells people about itself."""
        return {"checker": self.checker, "statement": statement.describe(), **more}


def joined(*parts: str) -> str:
    """Phrases in one line, empty ones left out."""
    return ", ".join(part for part in parts if part)
