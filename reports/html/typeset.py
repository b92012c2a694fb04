"""Bounds as MathML, from the sympy expression of the claim itself where the claim is at hand and is the one that the run speaks of."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from claims.bounds import Asymptotic, Bound
from claims.registry import load_paper, shipped
from reports.safe_text import one_line

if TYPE_CHECKING:
    import sympy

    from claims.claim import Claim, Paper

_USER_FILE = "assay_user_claims_"
_ENTITY = re.compile(r"&[A-Za-z]+;")
_KEPT = frozenset({"&amp;", "&lt;", "&gt;", "&quot;"})


@dataclass(frozen=True)
class Typeset:
    """A bound in MathML. An asymptotic one has its ``kind`` (O, Omega, Theta), constants, the range they are for, and who chose them."""

    formula: Markup
    kind: str = ""
    lower: Markup | None = None
    upper: Markup | None = None
    valid_for: str = ""
    chosen_by: str = ""


def papers_at_hand() -> dict[str, Paper]:
    """The papers that ship, and those of users' files that this process has run already, by slug. Runs no user's file: a report of somebody
    else's run must not execute what it names."""
    loaded = [getattr(module, "PAPER", None) for name, module in list(sys.modules.items()) if name.startswith(_USER_FILE)]
    found = {paper.slug: paper for paper in loaded if paper is not None}
    return found | {slug: load_paper(slug) for slug in shipped()}


def typeset(paper: Paper | None, number: str, printed: str | None) -> Typeset | None:
    """The bound of the paper's claim with this number; None where there is none, or where it is not the one that the run ``printed``."""
    claim: Claim | None = next((claim for claim in paper.claims if claim.number == number), None) if paper else None
    if claim is None or claim.bound is None or str(claim.bound) != printed:
        return None
    return _typeset(claim.bound)


def _typeset(bound: Bound) -> Typeset:
    formula = mathml(bound.expression, display=True)
    if not isinstance(bound, Asymptotic):
        return Typeset(formula)
    lower, upper = (None if value is None else mathml(value) for value in (bound.lower_constant, bound.upper_constant))
    return Typeset(formula, bound.kind, lower, upper, bound.valid_for, bound.chosen_by)


def mathml(expression: sympy.Expr, *, display: bool = False) -> Markup:
    """The expression as a MathML element. Sympy's printer escapes the names of symbols."""
    from sympy.printing.mathml import mathml as printed

    inner = _ENTITY.sub(_character, printed(expression, printer="presentation"))
    style = ' display="block"' if display else ""
    return Markup(f'<math xmlns="http://www.w3.org/1998/Math/MathML"{style} alttext="{escape(one_line(expression))}">{inner}</math>')


def _character(entity: re.Match[str]) -> str:
    """The character itself for one of the printer's named entities; those that HTML needs stay."""
    return entity[0] if entity[0] in _KEPT else unescape(entity[0])
