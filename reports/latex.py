r"""A run as LaTeX, for the appendix of a paper: a table of the claims, a paragraph for each, and what must be trusted.

The text compiles by itself, and can be pasted or ``\input`` into a document of any class; ``booktabs`` draws the table's rules where the document
loads it. ``assay report --format bibtex`` gives the bibliography.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reports.bibtex import key
from reports.margins import margins_in_words
from reports.safe_text import one_line
from reports.summary import GRADES, SCOPES, Document, PartRow, Row, program, rows, summary_line
from reports.tex import escaped, wrapped
from reports.trust import must_be_trusted

_LINES = 36
"""The lines of one table, which shall fit on a page."""
_LETTERS = 22
"""The letters of a title that fit into one line of a table."""
_LONGEST_TITLE = 200

_HEAD = r"""\newif\ifassayalone \assayalonetrue
\expandafter\ifx\csname @twoclasseserror\endcsname\documentclass \assayalonefalse \fi
\ifassayalone
\documentclass{article}
\usepackage{booktabs}
\begin{document}
\fi
\providecommand{\toprule}{\hline}
\providecommand{\midrule}{\hline}
\providecommand{\bottomrule}{\hline}
\begingroup\emergencystretch=4em
"""
_FOOT = r"""\par\endgroup
\ifassayalone
\end{document}
\fi
"""


def render(document: Document) -> str:
    """The report as LaTeX text, of ASCII characters only."""
    return "\n".join([*_comment(document), _HEAD, *_body(document), _FOOT])


def _comment(document: Document) -> Iterator[str]:
    yield "% Verdicts of assay. Paste or \\input this where it shall stand; it also compiles by itself. In the preamble: \\usepackage{booktabs}."
    keys = ", ".join(["assay", *(key(paper["slug"]) for paper in document["papers"])])
    yield f"% assay report RUN --format bibtex writes the bibliography; its keys: {keys}."


def _body(document: Document) -> Iterator[str]:
    yield "\\section*{What was checked, and how it came out}\n"
    yield wrapped(escaped(summary_line(document)) + ".") + "\n"
    yield wrapped(_provenance(document)) + "\n"
    listed = rows(document)
    claims = {claim["id"]: claim for claim in document["claims"]}
    for paper in document["papers"]:
        own = [row for row in listed if row.paper == paper["slug"]]
        yield f"\\subsection*{{{escaped(paper['title'], _LONGEST_TITLE)}}}\n"
        yield wrapped(escaped(paper["citation"])) + "\n"
        for page in _pages(own):
            yield from _table(page)
        for row in own:
            yield from _paragraph(row, claims[row.id])
        yield from _discrepancies(paper)
    yield from _meanings(document)


def _provenance(document: Document) -> str:
    environment = document["environment"]
    told = [program(environment), f"Python {environment['python']}" if environment.get("python") else "",
            f"effort {document['effort']}", f"seed {document['seed']}", f"begun {environment['started']}" if environment.get("started") else "",
            f"{environment['wall_seconds']:.1f} s on {environment['workers']} workers"]
    return "Checked with " + escaped(", ".join(text for text in told if text)) + "."


def _pages(own: Sequence[Row]) -> list[list[Row]]:
    """The rows in tables that fit on a page each, as far as one can tell from the lengths of their titles."""
    pages: list[list[Row]] = []
    room = 0
    for row in own:
        lines = 1 + len(row.title[:_LONGEST_TITLE]) // _LETTERS
        if lines > room:
            pages.append([])
            room = _LINES
        pages[-1].append(row)
        room -= lines
    return pages


def _table(own: Sequence[Row]) -> Iterator[str]:
    yield "\\begin{center}\\footnotesize\n\\begin{tabular}{@{}lp{0.3\\linewidth}lllll@{}}\n\\toprule"
    yield "claim & title & grade & scope & trust & expected & mutants \\\\\n\\midrule"
    for row in own:
        cells = [escaped(row.number, 40), f"{{\\raggedright {escaped(row.title, _LONGEST_TITLE)}\\par}}", escaped(row.grade or "not checked"),
                 escaped(row.scope), escaped(row.trust), escaped(row.expected), escaped(row.mutants_refuted or "–")]
        yield " & ".join(cells) + " \\\\"
    yield "\\bottomrule\n\\end{tabular}\n\\end{center}\n"


def _paragraph(row: Row, claim: Mapping[str, Any]) -> Iterator[str]:
    yield f"\\paragraph{{{escaped(row.number, 40)}: {escaped(row.title, _LONGEST_TITLE)}.}}"
    yield wrapped(f"{escaped(claim['statement'])} \\emph{{({escaped(claim['source'])})}}")
    verdict = f"\\textbf{{{escaped(row.grade)}}} (scope {escaped(row.scope)}, trust {escaped(row.trust)})" if row.grade else "Not checked"
    yield wrapped(f"{verdict}; expected: {escaped(row.expected)}." + (f" \\textbf{{{escaped(row.remark)}.}}" if row.remark else ""))
    yield "\\begin{itemize}"
    for part in row.parts:
        yield wrapped("\\item " + " ".join(_part(part, alone=len(row.parts) == 1)))
    compared = margins_in_words(claim["evidence"])
    if compared:
        yield wrapped(f"\\item {escaped(compared)}.")
    if row.mutants:
        yield wrapped(f"\\item {_mutants(row, claim['mutants'])}")
    yield "\\end{itemize}\n"


def _part(part: PartRow, *, alone: bool) -> Iterator[str]:
    """What one part says; ``alone``, it needs no name."""
    yield escaped(f"{'' if alone else part.name + ': '}{part.standing or 'not checked'}.")
    if part.finding:
        yield f"Found: {escaped(part.finding)}."
    if part.argument:
        yield f"Because: {escaped(part.argument)}"
    if part.rests_on:
        yield f"\\emph{{Rests on}}: {escaped('; '.join(part.rests_on))}."


def _mutants(row: Row, mutants: Sequence[Mapping[str, Any]]) -> str:
    changes = "; ".join(f"{mutant['id'].rpartition('/')[2]}, {one_line(mutant['change'], 300)}: {mutant['status']}" for mutant in mutants)
    return f"{row.mutants_refuted} mutants refuted ({escaped(changes)})."


def _discrepancies(paper: Mapping[str, Any]) -> Iterator[str]:
    if not paper["discrepancies"]:
        return
    yield "\\paragraph{What is printed otherwise.}\\leavevmode\n\\begin{itemize}"
    for gap in paper["discrepancies"]:
        shown = f" (see {escaped(gap['claim'], 80)})" if gap["claim"] else ""
        yield wrapped(f"\\item {escaped(gap['number'], 40)}: {escaped(gap['statement'])}{shown} {escaped(gap['evidence'])}")
    yield "\\end{itemize}\n"


def _meanings(document: Document) -> Iterator[str]:
    """What the words say, and what must be trusted."""
    yield "\\subsection*{How to read a grade}\n"
    grades = {row.grade for row in rows(document)}
    yield from _items((grade, meaning) for grade, meaning in GRADES.items() if grade in grades)
    yield "Scope says how far a grade reaches:\n"
    yield from _items(SCOPES.items())
    yield "What must be trusted:\n"
    yield from _items((f"{word} ({count} claims)", meaning) for word, count, meaning in must_be_trusted(document))


def _items(named: Any) -> Iterator[str]:
    items = [wrapped(f"\\item \\textbf{{{escaped(name)}}}: {escaped(meaning)}.") for name, meaning in named]
    if items:
        yield "\n".join(["\\begin{itemize}", *items, "\\end{itemize}\n"])
