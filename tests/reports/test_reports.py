"""Reports of made-up runs: every format tells the same, whatever a claim's texts contain, and fits where it is shown."""

import io
import json
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.engine import Event, Task
from exact.balls import Ball
from reports import formats, markdown, summary, terminal
from reports.progress import clock, watching

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
GRADES = tuple(summary.GRADES)
STATUSES = {"refuted": "refuted", "undecided": "undecided", "error": "error"}


@st.composite
def claims(draw, number):
    grade, expected = draw(st.sampled_from(GRADES)), draw(st.sampled_from(["holds", "refuted", "undecided"]))
    status = STATUSES.get(grade, "holds")
    example = {"statement": draw(TEXT), "instance": draw(st.none() | TEXT), "certificate": "certificates/0.json"} if grade == "refuted" else None
    about = {"status": status, "scope": "universal", "trust": "kernel", "grade": grade}
    part = {"name": draw(TEXT), "argument": draw(st.just("") | TEXT), "rests_on": draw(st.lists(TEXT, max_size=2)), "beside": False, "note": draw(TEXT)} | about
    evidence = {"part": part["name"], "checker": "interval", "parameters": {draw(TEXT): draw(TEXT)}, "measured": draw(TEXT), "bound": "7/3", "margin": None,
                "certificate": None, "counterexample": example, "seconds": 0.25, **about}
    mutants = [{"id": f"paper/C{number}/m{k}", "change": draw(TEXT), "status": draw(st.sampled_from(["refuted", "holds"])), "counterexample": None,
                "evidence": []} for k in range(draw(st.integers(0, 2)))]
    agreement = draw(st.sampled_from(["expected", "better", "refuted", "undecided", "conflict", "error"]))
    return {"id": f"paper/C{number}", "title": draw(TEXT), "statement": draw(TEXT), "source": draw(TEXT), "bound": draw(st.none() | TEXT),
            "expected": expected, "reason": draw(TEXT), "corrected_by": "", "agreement": agreement, "parts": [part], "evidence": [evidence],
            "mutants": mutants, "seconds": 1.5, **about}


@st.composite
def runs(draw):
    listed = [draw(claims(number)) for number in range(draw(st.integers(1, 4)))]
    paper = {"slug": "paper", "title": draw(TEXT), "citation": draw(TEXT), "arxiv": "", "discrepancies": [
        {"number": "D1", "statement": draw(TEXT), "evidence": draw(TEXT), "claim": draw(st.sampled_from(["", "C0"]))}]}
    environment = {"wall_seconds": 2.5, "workers": 2, "utilisation": 0.9, "reused_tasks": 0, "resumed_tasks": 0}
    return {"schema": "assay.run/1", "seed": 0, "effort": "quick", "environment": environment, "papers": [paper], "claims": listed, "interrupted": None}


def on_terminal(document, width=80):
    out = terminal.Console(file=io.StringIO(), width=width, highlight=False, emoji=False, color_system=None)
    terminal.print_verdicts(out, document)
    return out.file.getvalue()


def cells(line):
    """The cells of a row of a Markdown table."""
    return re.split(r"(?<!\\)\|", line.strip())[1:-1]


@given(runs())
@settings(max_examples=40, deadline=None)
def test_markdown_tables_stay_tables(document):
    lines = formats.format_named("md").render(document).splitlines()
    for header, width in (("| claim | title", 8), ("| part | checker", 10)):
        starts = [place for place, line in enumerate(lines) if line.startswith(header)]
        assert starts
        for start in starts:
            end = next((place for place in range(start, len(lines)) if not lines[place].startswith("|")), len(lines))
            assert end - start >= 3
            assert {len(cells(line)) for line in lines[start:end]} == {width}


@given(runs())
@settings(max_examples=40, deadline=None)
def test_the_table_fits_80_columns_and_leaves_nothing_out(document):
    told = on_terminal(document)
    assert all(terminal.Text(line).cell_len <= 80 for line in told.splitlines())
    squeezed = "".join(told.split())
    for row in summary.rows(document):
        assert row.number in told
        for part in row.parts:
            assert "".join(part.argument.split()) in squeezed
            assert all("".join(text.split()) in squeezed for text in part.rests_on)


@given(runs())
@settings(max_examples=40, deadline=None)
def test_what_is_not_expected_to_hold_stands_first_in_the_papers_order(document):
    order = [(row.expected == "holds", int(row.number[1:])) for row in summary.rows(document)]
    assert order == sorted(order)


@given(runs())
@settings(max_examples=40, deadline=None)
def test_the_summary_hides_nothing_unexpected(document):
    line = summary.summary_line(document)
    unexpected = [claim["id"] for claim in document["claims"] if claim["agreement"] not in ("expected", "better")]
    assert all(name in line for name in unexpected)
    assert ("all as expected" in line) == (not unexpected)
    survivors = [mutant["id"] for claim in document["claims"] for mutant in claim["mutants"] if mutant["status"] != "refuted"]
    assert summary.surviving_mutants(document) == sorted(survivors, key=line.index)


@given(st.fractions(-10**6, 10**6).filter(bool), st.integers(-400, 400))
def test_a_ball_is_told_with_its_exponent(factor, exponent):
    """However many digits are left out."""
    ball = Ball(factor).exp() if abs(factor) < 300 else Ball(factor * Fraction(10) ** exponent)
    told = markdown._number(ball.to_json())
    assert told.startswith("≈ ")
    assert abs(Fraction(told.removeprefix("≈ ")) - ball.mid) <= Fraction(1, 10**9) * abs(ball.mid)


@given(runs())
@settings(max_examples=20, deadline=None)
def test_json_gives_the_document_back(document):
    assert json.loads(formats.format_named("json").render(document)) == document


def test_every_format_renders():
    assert {"json", "md"} <= set(formats.format_names())
    for name in formats.format_names():
        assert callable(formats.format_named(name).render)


def test_a_grade_is_never_shown_for_what_was_not_checked():
    """A run of mutants alone has no verdicts."""
    part = {"name": "a", "argument": "", "rests_on": [], "beside": False, "note": "", "status": None, "scope": None, "trust": None, "grade": None}
    claim = {"id": "paper/C1", "title": "Title", "statement": "S", "source": "Lemma", "bound": None, "expected": "holds", "reason": "", "corrected_by": "",
             "agreement": None, "parts": [part], "evidence": [], "mutants": [], "seconds": 0.0, "status": None, "scope": None, "trust": None, "grade": None}
    document = {"seed": 0, "effort": "quick", "papers": [], "claims": [claim], "interrupted": None, "environment": {
        "wall_seconds": 1.0, "workers": 1, "utilisation": 0.5, "reused_tasks": 0, "resumed_tasks": 0}}
    text = formats.format_named("md").render(document)
    assert "not checked" in text
    assert not any(f"**{grade}** (" in text for grade in GRADES)


# Progress


def task(kind="part"):
    return Task(origin="paper", claim="paper/C1", kind=kind, member="a" if kind == "part" else "m1", formulation=0, setting=0, form="Property",
                parameters={}, seed=1, effort="quick", seconds=20.0, code="", identity="1", description="Property")


def finished(status, kind="part"):
    evidence = {"status": status, "note": "solver crashed", "counterexample": {"statement": "3 <= 2 fails"} if status == "refuted" else None}
    return Event("finished", 1, 2, (), None, task(kind), evidence)


@pytest.mark.parametrize("terminal_like", [True, False])
def test_refutations_errors_and_warnings_are_told_at_once(terminal_like):
    out = terminal.Console(file=io.StringIO(), width=80, force_terminal=terminal_like, color_system=None)
    with watching(out) as watch:
        for event in (Event("started", 0, 2), Event("tick", 0, 2, ((task(), 3.0),), 4.0), finished("refuted"), finished("error"), finished("refuted", "mutant"),
                      Event("warning", 1, 2, message="the cache is full"), Event("ended", 2, 2)):
            watch(event)
    told = out.file.getvalue()
    assert told.count("refuted: paper/C1 a: 3 <= 2 fails") == 1
    assert "error: paper/C1 a: solver crashed" in told
    assert "the cache is full" in told
    assert "paper/C1/m1" not in told


def test_plain_lines_begin_and_end():
    out = terminal.Console(file=io.StringIO(), width=80, color_system=None)
    with watching(out) as watch:
        watch(Event("started", 0, 2))
        watch(Event("ended", 2, 2))
    assert out.file.getvalue().splitlines()[0] == "2 tasks"
    assert out.file.getvalue().splitlines()[-1].startswith("2/2 tasks done after")


@pytest.mark.parametrize(("seconds", "told"), [(0, "0 s"), (59.4, "59 s"), (61, "1:01"), (3600, "60:00")])
def test_the_clock(seconds, told):
    assert clock(seconds) == told
