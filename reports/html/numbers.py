"""The numbers of a run document as HTML: exact, with a decimal beside what is no whole number, and with the place in the document it came from.

Every number stands in an element with ``data-at``, the JSON pointer (RFC 6901) of its value in the run document; a decimal stands in one with
``data-approximates``. Tests read them back and compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from exact.numerals import read_rational
from reports.safe_text import one_line, visible

_BRIEF = 12
DIGITS = 8
"""Significant digits of a decimal beside an exact number."""
_SHORT = 44
"""Longer exact numbers are folded away; their decimals stay."""


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: Any, at: str) -> Markup:
    """A number, or whatever else stands in its place; ``at`` is its JSON pointer."""
    if value is None:
        return Markup('<span class="none">–</span>')
    if isinstance(value, Mapping) and value.keys() == {"mid", "rad"}:
        return _ball(value, at)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Markup('<span class="value" data-at="{}">{}</span>').format(at, in_words(value))
    exact = read(value)
    if exact is None or isinstance(value, float):
        return Markup('<data class="number" value="{0}" data-at="{1}">{0}</data>').format(visible(value), at)
    text = visible(value)
    shown = Markup('<data class="number" value="{0}" data-at="{1}">{0}</data>').format(text, at)
    if exact.denominator == 1 and len(text) <= _SHORT:
        return shown
    return _with_decimal(shown, exact, at, folded=len(text) > _SHORT)


def brief_number(value: Any, at: str) -> Markup:
    """The same for a crowded table: a long number by its decimal alone."""
    exact = read(value["mid"] if isinstance(value, Mapping) and "mid" in value else value)
    if exact is None or (isinstance(value, str) and len(value) <= _BRIEF):
        return number(value, at)
    return Markup('<span class="approximate" data-approximates="{}">≈ {}</span>').format(at, decimal(exact))


def _ball(value: Mapping[str, Any], at: str) -> Markup:
    """A rigorous enclosure: the decimal of its midpoint, and the midpoint and the radius as they stand."""
    middle = read(value["mid"])
    shown = Markup('<data class="number ball" value="{0} ± {1}" data-at="{2}">{0} ± {1}</data>').format(visible(value["mid"]), visible(value["rad"]), at)
    return shown if middle is None or decimal(middle) == value["mid"] else _with_decimal(shown, middle, at, folded=False)


def _with_decimal(shown: Markup, exact: Fraction, at: str, *, folded: bool) -> Markup:
    approximate = Markup('<span class="approximate" data-approximates="{}">≈ {}</span>').format(at, decimal(exact))
    if folded:
        return Markup('{}<details class="exact"><summary>exact value</summary>{}</details>').format(approximate, shown)
    return Markup("{} {}").format(shown, approximate)


def read(value: Any) -> Fraction | None:
    """The rational that a text or number of the document stands for; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return read_rational(value) if isinstance(value, str) else Fraction(value)
    except (ValueError, OverflowError):
        return None


def decimal(value: Fraction, digits: int = DIGITS) -> str:
    """The rational to so many significant digits, with a true minus sign: ``1.7831111``, ``−2.1·10⁻⁷``."""
    with localcontext(Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)):
        rounded = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
        exponent = rounded.adjusted()
        if rounded == 0 or -5 <= exponent < 12:
            return f"{rounded:f}".replace("-", "−")
        mantissa = rounded.scaleb(-exponent)
    return f"{mantissa:f}·10".replace("-", "−") + str(exponent).translate(_RAISED)


def in_words(value: Any, longest: int = 300) -> str:
    """A value of any shape on one line, such as ``(1/2, 1/3)`` or ``r = 2, K = 4``; cut short where it is long."""
    text = _told(value)
    return one_line(text, longest)


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['mid']} ± {value['rad']}" if value.keys() == {"mid", "rad"} else ", ".join(f"{name} = {_told(item)}" for name, item in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "(" + ", ".join(map(_told, value)) + ")"
    return "none" if value is None else str(value)
