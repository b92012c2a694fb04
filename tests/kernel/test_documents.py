"""Strict reading: what JSON text may contain, and how numbers are written."""

import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import kernel
from checkers.kernel.documents import Field, Rejected, parse

TEXT = (Path(__file__).parent / "valid" / "grid.json").read_text(encoding="utf-8")

BAD_TEXTS = [
    ("nothing", "", "document", "not JSON"),
    ("half a document", TEXT[:200], "document", "not JSON"),
    ("two documents", TEXT + TEXT, "document", "not JSON"),
    ("a list", "[]", "document", "expected an object"),
    ("a string", '"proof"', "document", "expected an object"),
    ("null", "null", "document", "expected an object, found null"),
    ("a byte order mark", "\ufeff" + TEXT, "document", "not JSON"),
    ("single quotes", TEXT.replace('"', "'"), "document", "not JSON"),
    ("a trailing comma", TEXT.replace('"points": 6', '"points": 6,'), "document", "not JSON"),
    ("a comment", TEXT.replace('"points": 6', '"points": 6 /* sic */'), "document", "not JSON"),
    ("NaN", TEXT.replace('"points": 6', '"points": NaN'), "proof.points", "JSON number 'NaN'"),
    ("Infinity", TEXT.replace('"points": 6', '"points": Infinity'), "proof.points", "JSON number 'Infinity'"),
    ("minus infinity", TEXT.replace('"points": 6', '"points": -Infinity'), "proof.points", "JSON number '-Infinity'"),
    ("a fraction", TEXT.replace('"points": 6', '"points": 6.0'), "proof.points", "JSON number '6.0'"),
    ("an exponent", TEXT.replace('"points": 6', '"points": 6e0'), "proof.points", "JSON number '6e0'"),
    ("a long integer", TEXT.replace('"points": 6', '"points": ' + "6" * 10_000), "proof.points",
     "more than 20 characters"),
    ("a key twice", TEXT.replace('"points": 6', '"points": 6, "points": 6'), "proof", "key 'points' appears twice"),
    ("a key twice, deep", TEXT.replace('"x^2 + y^2 >= 2xy"', '[{"a": 1, "b": 2, "a": 1}]'), "about.title[0]",
     "key 'a'"),
    ("a key twice at the top", TEXT.replace('"about"', '"type": "grid", "about"'), "document",
     "key 'type' appears twice"),
    ("brackets without end", "[" * 1_000_000, "document", "nesting deeper than 64"),
    ("objects without end", '{"about": ' * 100_000, "document", "nesting deeper than 64"),
    ("nesting beyond the limit", TEXT.replace('"x^2 + y^2 >= 2xy"', "[" * 63 + "]" * 63), "about.title" + "[0]" * 62,
     "deeper"),
]


@pytest.mark.parametrize(("text", "place", "reason"), [pytest.param(*row[1:], id=row[0]) for row in BAD_TEXTS])
def test_bad_json_is_rejected_at_its_place(text: str, place: str, reason: str) -> None:
    for document in (text, text.encode()):
        with pytest.raises(Rejected) as rejection:
            kernel.check(document)
        assert (rejection.value.place, reason in rejection.value.reason) == (place, True), str(rejection.value)


def test_nesting_up_to_the_limit_is_read() -> None:
    text = TEXT.replace('"x^2 + y^2 >= 2xy"', "[" * 62 + "]" * 62)
    assert kernel.check(text).type == "grid"


def test_bytes_that_are_not_utf_8_are_rejected() -> None:
    with pytest.raises(Rejected, match="document: not JSON"):
        kernel.check(TEXT.encode("utf-16"))


def test_a_document_that_is_too_long_is_rejected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "certificate.json").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("checkers.kernel.documents.MAX_BYTES", len(TEXT) - 1)
    monkeypatch.setattr("checkers.kernel.MAX_BYTES", len(TEXT) - 1)
    for attempt in (lambda: kernel.check(TEXT), lambda: kernel.read(tmp_path / "certificate.json")):
        with pytest.raises(Rejected, match="document: longer than"):
            attempt()


def test_reading_a_file_gives_the_document(tmp_path: Path) -> None:
    (tmp_path / "certificate.json").write_text(TEXT, encoding="utf-8")
    document = kernel.read(tmp_path / "certificate.json")
    assert document == json.loads(TEXT)
    assert kernel.check(document) == kernel.check(TEXT)
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Rejected, match="document: key 'schema' is missing"):
        kernel.read(tmp_path / "other.json")


@given(st.fractions(), st.booleans(), st.booleans())
def test_numbers_decimal_and_hexadecimal(x: Fraction, hexadecimal_top: bool, hexadecimal_bottom: bool) -> None:
    top = f"{'-' if x < 0 else ''}{abs(x.numerator):#x}" if hexadecimal_top else str(x.numerator)
    bottom = f"{x.denominator:#x}" if hexadecimal_bottom else str(x.denominator)
    assert Field(f"{top}/{bottom}", "").number() == x


def test_numbers_need_not_be_in_lowest_terms() -> None:
    assert Field("-6/4", "").number() == Fraction(-3, 2)
    assert Field("-0x06/0X4".lower(), "").number() == Fraction(-3, 2)
    assert Field("-0", "").number() == 0


def test_long_numbers_do_not_depend_on_the_interpreters_limit() -> None:
    before = sys.get_int_max_str_digits()
    value = 3**20_000
    try:
        sys.set_int_max_str_digits(0)
        decimal = str(value)
        for limit in (640, 4300, 0):
            sys.set_int_max_str_digits(limit)
            assert Field(decimal, "").number() == value
            assert Field(f"-1/{value:#x}", "").number() == Fraction(-1, value)
    finally:
        sys.set_int_max_str_digits(before)


def test_messages_about_long_numbers_do_not_depend_on_the_interpreters_limit() -> None:
    document = json.loads(TEXT)
    document["proposition"]["ranges"][0][0] = f"{7**20_000:#x}"
    document["proposition"]["conclusion"][0][0] = "<"
    with pytest.raises(Rejected, match=r"proposition.conclusion\[0\]: ≈2\^112294 < "):
        kernel.check(document)


def test_a_vector_gives_numerators_over_one_denominator() -> None:
    field = Field({"denominator": "0x10", "entries": [[0, "-3"], [4, "0x20"]]}, "proof.primal")
    assert field.vector(5) == ({0: -3, 4: 32}, 16)


def test_the_document_is_not_changed_by_reading() -> None:
    document = json.loads(TEXT)
    parse(document)
    kernel.check(document)
    assert document == json.loads(TEXT)
