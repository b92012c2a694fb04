"""Text from a claims file or a certificate, made safe to show: nothing in it is invisible, turns the writing direction, or goes on without end.

What a format takes for markup is that format's business; this comes before.
"""

from __future__ import annotations

import unicodedata

LONGEST = 20_000
"""The characters of one text that are shown. Statements and arguments are far shorter."""
_KEPT = frozenset("\n\t")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's categories of what is not seen: controls, formats (bidirectional marks among them), surrogates, unassigned, and line separators."""


def visible(text: object, longest: int = LONGEST) -> str:
    """The text with every invisible character written out, such as ``⟨U+202E⟩``, and cut with a remark after ``longest`` characters.

    Line feeds and tabs stay.
    """
    whole = str(text)
    shown = whole[:longest]
    if not shown.isprintable():
        shown = "".join(map(_seen, shown))
    return shown if len(whole) <= longest else f"{shown} … ({len(whole) - longest} more characters)"


def one_line(text: object, longest: int = LONGEST) -> str:
    """:func:`visible`, with every run of white space made one space."""
    return " ".join(visible(text, longest).split())


def short(text: object, longest: int) -> str:
    """On one line, at most ``longest`` characters, the last of them an ellipsis where something is missing."""
    line = one_line(text, longest + 1)
    return line if len(line) <= longest else line[:longest - 1].rstrip() + "…"


def _seen(letter: str) -> str:
    return f"⟨U+{ord(letter):04X}⟩" if letter not in _KEPT and unicodedata.category(letter) in _HIDDEN else letter
