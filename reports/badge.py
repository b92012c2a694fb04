"""A badge: the run in a line, as a small SVG picture for a README, with its full text for those who do not see it."""

from __future__ import annotations

from collections import Counter
from html import escape

from reports.safe_text import one_line
from reports.summary import GRADES, Document, rows, summary_line

_LETTER = 6.6
"""The width of a letter at most, so that a fallback font fits too; the texts are stretched to what was reckoned with."""
_LEFT = "assay"
_GOOD, _MIXED, _BAD = "#1a7f37", "#7d4e00", "#b42318"
"""Green, ochre and red, on each of which white text has a contrast of more than 4.5 to 1. The words say the same as the colour."""


def render(document: Document) -> str:
    """The badge as an SVG text."""
    told = one_line(summary_line(document), 2000)
    right = _right(document)
    left_width, right_width = _width(_LEFT), _width(right)
    width = left_width + right_width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-labelledby="assay-badge-title assay-badge-description">\n'
        f'<title id="assay-badge-title">{escape(f"{_LEFT}: {right}")}</title>\n<desc id="assay-badge-description">{escape(told)}</desc>\n'
        f'<rect width="{width}" height="20" rx="3" fill="#3d444d"/>\n'
        f'<path d="M{left_width} 0h{right_width - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{right_width - 3}z" fill="{_colour(document)}"/>\n'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n{_text(_LEFT, 0)}\n{_text(right, left_width)}\n</g>\n</svg>\n'
    )


def _right(document: Document) -> str:
    """``97 claims: 39 proved, …``, and what did not come out as expected. The words are assay's own, never a claim's."""
    listed = rows(document)
    grades = Counter(row.grade for row in listed)
    counts = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade]) or "not checked"
    odd = sum(row.agreement in ("refuted", "undecided", "conflict", "error") for row in listed)
    survivors = sum(len(row.surviving_mutants) for row in listed)
    told = [f"{len(listed)} claim{'' if len(listed) == 1 else 's'}: {counts}", f"{odd} NOT as expected" if odd else "",
            f"{survivors} mutant{'' if survivors == 1 else 's'} NOT refuted" if survivors else "", "cut short" if document["interrupted"] else ""]
    return "; ".join(text for text in told if text)


def _colour(document: Document) -> str:
    listed = rows(document)
    if any(row.agreement in ("refuted", "conflict", "error") or row.surviving_mutants for row in listed):
        return _BAD
    doubtful = document["interrupted"] or any(row.grade in ("", "undecided") for row in listed)
    return _MIXED if doubtful else _GOOD


def _width(text: str) -> int:
    return round(_LETTER * len(text)) + 12


def _text(text: str, left: int) -> str:
    return f'<text x="{left + 6}" y="14" textLength="{round(_LETTER * len(text))}">{escape(text)}</text>'
