"""Markdown: what a reader sees in it, by another hand's parser, is what the run says, and nothing in it is markup that a claim brought along."""

import copy
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports import markdown
from reports.markdown_text import block, certificate, code, digest, plain
from reports.safe_text import one_line

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXT = st.text(st.characters() | st.sampled_from("\\`*_|<>[]()#~$&!-+=1. \n"), max_size=40)


class Page(HTMLParser):
    """The tags, links and texts of a page."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.text = set(), [], ""
        self.feed(PARSER.render(source))

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_plain_text_is_shown_as_it_is(text):
    page = Page(f"{plain(text)}\n")
    assert page.tags <= {"p"}
    assert page.text.strip() == one_line(text)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_plain_text_in_a_cell_stays_there(text):
    page = Page(f"| a | b |\n| --- | --- |\n| {plain(text)} | end |\n")
    assert page.tags <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert [line.strip() for line in page.text.split("\n") if line.strip()][-1] == "end"
    assert one_line(text) in page.text


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_code_is_shown_as_it_is(text):
    page = Page(f"before {code(text)} after\n\n{block(text, 'python')}\n\nend\n")
    assert page.tags <= {"p", "pre", "code"}
    assert one_line(text).replace(" ", "") in page.text.replace(" ", "")


@pytest.mark.parametrize(("path", "linked"), [
    ("certificates/0123456789abcdef.json", True), ("javascript:alert(1)", False), ("certificates/../../x.json", False), (None, False),
    ("certificates/00000000.json)](evil", False)])
def test_only_certificates_are_linked(path, linked):
    assert (certificate(path) != "–") == linked
    assert (digest(path) != "–") == linked


def test_everything_that_the_run_says_is_there(small_run):
    page = Page(markdown.render(small_run))
    words = "".join(page.text.split())
    for claim in small_run["claims"]:
        for text in (claim["statement"], claim["source"], claim["bound"] or "", claim["reason"]):
            assert "".join(text.split()) in words
        for part in claim["parts"]:
            assert "".join(part["argument"].split()) in words
        for mutant in claim["mutants"]:
            assert "".join(mutant["change"].split()) in words
            assert "".join(mutant["counterexample"]["statement"].split()) in words
        for item in claim["evidence"]:
            if item["counterexample"]:
                assert "".join(item["counterexample"]["python"].split()) in words
    for gap in (gap for paper in small_run["papers"] for gap in paper["discrepancies"]):
        assert "".join(gap["statement"].split()) in words
    assert f"assay verify {' '.join(paper['slug'] for paper in small_run['papers'])} --effort quick --seed 0" in page.text


def test_the_table_has_grade_scope_trust_and_expectation(small_run):
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in markdown.render(small_run).splitlines() if line.startswith("| ")]
    told = {row[0].replace("\\", ""): row for row in rows if len(row) == 8}
    for claim in small_run["claims"]:
        assert told[claim["id"]][2:6] == [claim["grade"], claim["scope"], claim["trust"], claim["expected"]]


def test_numbers_are_those_of_the_run(small_run):
    """Exact numbers stand as they are, margins too."""
    text = markdown.render(small_run)
    for claim in small_run["claims"]:
        for item in claim["evidence"]:
            for value in (item["measured"], item["bound"], item["margin"]):
                if isinstance(value, str) and len(value) < 40:
                    assert f"| {value} |" in text


def test_hostile_texts_stay_texts(poisoned, hostile):
    text = markdown.render(poisoned(hostile))
    page = Page(text)
    assert page.tags <= {"h1", "h2", "p", "ul", "li", "strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "a"}
    assert all(re.fullmatch(r"certificates/[0-9a-f]{64}\.json", link) for link in page.links)
    assert not any(mark in text for mark in ("\u202e", "\u200f", "\x00", "\x1b"))
    assert "".join(one_line(hostile).split())[:20] in "".join(page.text.split())


def test_endless_names_end(endless):
    assert len(markdown.render(endless)) < 2_000_000


def test_a_run_of_mutants_alone_has_no_grades(small_run):
    document = copy.deepcopy(small_run)
    for claim in document["claims"]:
        claim |= {"status": None, "scope": None, "trust": None, "grade": None, "agreement": None, "evidence": []}
        for part in claim["parts"]:
            part |= {"status": None, "scope": None, "trust": None, "grade": None, "note": ""}
    table = markdown.render(document).split("## ")[0]
    assert "proved |" not in table
    assert table.count("not checked") >= len(document["claims"])
