r"""Any text as LaTeX that typesets it: nothing in it is a command, and nothing in it disappears.

Mathematical characters become the commands of plain LaTeX for them (no package is needed), accented letters keep their accents, and a character
that is not known here is shown by its number, such as \texttt{[U+1F3B2]}.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from textwrap import fill

from reports.safe_text import one_line

LONGEST = 4000
"""The characters of one text that are typeset: TeX reads lines of limited length, and nobody reads longer ones."""
_WORD = 30
"""After so many letters without a space a line may break."""

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\ensuremath{<}", ">": r"\ensuremath{>}", "|": r"\ensuremath{|}", '"': "{''}", "`": r"\`{}",
    "[": "{[}", "]": "{]}", "*": "{*}",  # which would be arguments of an \item or \\ before them
}
_TEXT = {
    "–": "--", "—": "---", "…": r"\ldots{}", "‘": "`", "’": "'", "“": "``", "”": "''", "„": ",,", "§": r"\S{}", "°": r"\ensuremath{{}^\circ}",
    "ß": r"\ss{}", "ø": r"\o{}", "Ø": r"\O{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}",
    "«": r"\ensuremath{\ll}", "»": r"\ensuremath{\gg}", "•": r"\ensuremath{\bullet}", "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,",
    "†": r"\dag{}", "‡": r"\ddag{}", "£": r"\pounds{}", "©": r"\copyright{}",
}
_MATHS = {
    "−": "-", "×": r"\times", "·": r"\cdot", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "∗": r"\ast", "∘": r"\circ", "⋅": r"\cdot",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "≪": r"\ll", "≫": r"\gg", "∼": r"\sim", "≃": r"\simeq", "≅": r"\cong",
    "∝": r"\propto", "≺": r"\prec", "≻": r"\succ", "≼": r"\preceq", "≽": r"\succeq", "⟂": r"\perp", "⊥": r"\perp", "∥": r"\parallel", "∣": r"\mid",
    "∈": r"\in", "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset", "⊆": r"\subseteq", "⊇": r"\supseteq", "∩": r"\cap", "∪": r"\cup",
    "⊎": r"\uplus", "∖": r"\setminus", "∅": r"\emptyset", "⊕": r"\oplus", "⊗": r"\otimes", "⊖": r"\ominus", "⊙": r"\odot", "∧": r"\wedge", "∨": r"\vee",
    "¬": r"\neg", "∀": r"\forall", "∃": r"\exists", "⊤": r"\top", "⊢": r"\vdash", "⊨": r"\models", "∎": r"\rule{0.5em}{0.5em}",
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd", "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta",
    "→": r"\to", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↦": r"\mapsto", "↑": r"\uparrow", "↓": r"\downarrow", "⇒": r"\Rightarrow",
    "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "⟹": r"\Longrightarrow", "⟸": r"\Longleftarrow", "⟺": r"\Longleftrightarrow", "⟶": r"\longrightarrow",
    "⟵": r"\longleftarrow", "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|", "∠": r"\angle",
    "′": "{}'", "″": "{}''", "ℓ": r"\ell", "ℏ": r"\hbar", "ℜ": r"\Re", "ℑ": r"\Im", "ℵ": r"\aleph", "⋯": r"\cdots", "⋮": r"\vdots", "⋆": r"\star",
    "ᵀ": r"{}^{\mathsf{T}}", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon", "ζ": r"\zeta",
    "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "ο": "o", "π": r"\pi", "ϖ": r"\varpi", "ρ": r"\rho", "ϱ": r"\varrho", "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon",
    "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}
_ACCENTS = {
    "\u0300": ("`", "grave"), "\u0301": ("'", "acute"), "\u0302": ("^", "hat"), "\u0303": ("~", "tilde"), "\u0304": ("=", "bar"), "\u0305": ("=", "bar"),
    "\u0306": ("u", "breve"), "\u0307": (".", "dot"), "\u0308": ('"', "ddot"), "\u030a": ("r", "mathring"), "\u030b": ("H", ""), "\u030c": ("v", "check"),
    "\u0323": ("d", ""), "\u0327": ("c", ""), "\u0331": ("b", ""), "\u0328": ("", ""),
}
"""The accent's command in text and in mathematics; empty where LaTeX without a package has none."""


def escaped(text: object, longest: int = LONGEST) -> str:
    """The text, on one line, as LaTeX for running text."""
    return "".join(_breakable(list(_clusters(one_line(text, longest)))))


def wrapped(source: str) -> str:
    """LaTeX source of one paragraph, in lines that a person reads."""
    return fill(source, 120, break_long_words=False, break_on_hyphens=False)


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with the marks that combine with it."""
    letter, marks = "", ""
    for sign in text:
        if unicodedata.combining(sign) and letter:
            marks += sign
            continue
        if letter:
            yield letter, marks
        letter, marks = sign, ""
    if letter:
        yield letter, marks


def _breakable(clusters: list[tuple[str, str]]) -> Iterator[str]:
    """The letters in LaTeX; ligatures are kept apart, and long words may break."""
    run = 0
    for place, (letter, marks) in enumerate(clusters):
        yield _typeset(letter, marks)
        if letter in "-',`" and place + 1 < len(clusters) and clusters[place + 1][0] == letter:
            yield "{}"
        run = 0 if letter == " " else run + 1
        if run >= _WORD or (run >= _WORD // 2 and letter in ",;:/=)]}·"):
            yield "\\allowbreak "
            run = 0


def _typeset(letter: str, marks: str) -> str:
    if not marks and letter not in _MATHS and letter not in _TEXT:
        parts = unicodedata.normalize("NFD", letter)
        letter, marks = parts[0], parts[1:]
    plain = letter.isascii() and letter.isalpha()
    base = ("\\" + letter + "{}" if letter in "ij" and marks else letter) if plain else _one(letter)
    for mark in marks:
        in_text, in_maths = _ACCENTS.get(mark, ("", ""))
        if plain and in_text:
            base = f"\\{in_text}{{{base}}}"
        elif letter in _MATHS and in_maths:
            base = f"\\ensuremath{{\\{in_maths}{{{_MATHS[letter]}}}}}"
        else:
            base += _numbered(mark)
    return base


def _one(letter: str) -> str:
    """A letter without marks."""
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if letter in _TEXT:
        return _TEXT[letter]
    if letter.isascii():
        return letter
    if letter in _MATHS:
        return f"\\ensuremath{{{_MATHS[letter]}}}"
    return _compatible(letter) or _numbered(letter)


def _compatible(letter: str) -> str:
    """Superscripts, subscripts, fractions, and letters of a mathematical alphabet; empty for everything else."""
    kind, _, codes = unicodedata.decomposition(letter).rpartition(">")
    meant = "".join(chr(int(code, 16)) for code in codes.split())
    inner = "".join(_MATHS.get(sign, sign) if sign in _MATHS or (sign.isascii() and sign.isalnum()) or sign in "+=()-" else "" for sign in meant)
    if not kind or not inner:
        return ""
    if kind.endswith("super"):
        return f"\\ensuremath{{{{}}^{{{inner}}}}}"
    if kind.endswith("sub"):
        return f"\\ensuremath{{{{}}_{{{inner}}}}}"
    if kind.endswith("fraction"):
        above, _, below = meant.partition("⁄")
        return f"\\ensuremath{{\\frac{{{above}}}{{{below}}}}}" if above.isdigit() and below.isdigit() else ""
    return f"\\ensuremath{{{_alphabet(letter)}{{{inner}}}}}" if kind.endswith("font") else ""


def _alphabet(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if "DOUBLE-STRUCK" in name or "BOLD" in name:
        return r"\mathbf"
    if "SCRIPT" in name and "SMALL" not in name:
        return r"\mathcal"
    return r"\mathsf" if "SANS" in name else r"\mathit"


def _numbered(sign: str) -> str:
    return f"\\texttt{{[U+{ord(sign):04X}]}}"
