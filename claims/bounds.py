"""Bounds: the right-hand sides of theorems, as sympy expressions with explicit constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sympy

from claims.errors import ClaimError


@dataclass(frozen=True)
class Bound:
    """A closed form in the parameters of a claim. ``text`` is what the paper prints where that differs in looks."""

    expression: sympy.Expr
    text: str = ""

    def __str__(self) -> str:
        return self.text or str(self.expression)


@dataclass(frozen=True)
class Asymptotic(Bound):
    """An asymptotic bound made checkable: explicit constants, the range on which they are asserted, and who chose them.

    ``kind`` is ``O`` (quantity <= constant · expression on the range), ``Omega`` (>=) or ``Theta`` (both). ``chosen_by`` says ``paper`` or ``assay``
    with the reason. Raises ClaimError when a constant that the kind needs is missing.
    """

    kind: Literal["O", "Omega", "Theta"] = "O"
    upper_constant: sympy.Expr | None = None
    lower_constant: sympy.Expr | None = None
    valid_for: str = ""
    chosen_by: str = ""

    def __post_init__(self) -> None:
        if self.kind in ("O", "Theta") and self.upper_constant is None:
            raise ClaimError(f"{self.kind}({self.expression}) needs upper_constant: an asymptotic bound is checked with explicit constants")
        if self.kind in ("Omega", "Theta") and self.lower_constant is None:
            raise ClaimError(f"{self.kind}({self.expression}) needs lower_constant: an asymptotic bound is checked with explicit constants")
        if not self.valid_for or not self.chosen_by:
            raise ClaimError(f"{self.kind}({self.expression}) needs valid_for (the range) and chosen_by (paper or assay, and why)")

    def __str__(self) -> str:
        constants = [
            f"{name} {value}" for name, value in (("≥", self.lower_constant), ("≤", self.upper_constant)) if value is not None
        ]
        return f"{self.kind}({self.text or self.expression}), constants {', '.join(constants)} for {self.valid_for} ({self.chosen_by})"
