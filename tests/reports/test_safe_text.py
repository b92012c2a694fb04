"""Hidden characters are shown, and long texts end."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reports.safe_text import one_line, short, visible

ANY = st.text(st.characters(), max_size=80)


@given(ANY)
def test_nothing_hidden_is_left(text):
    hidden = {letter for letter in visible(text) if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")}
    assert hidden <= {"\n", "\t"}


@given(ANY)
def test_what_is_seen_stays_as_it_is(text):
    kept = "".join(letter for letter in text if unicodedata.category(letter)[0] in "LMNPS")
    assert "".join(letter for letter in visible(text) if letter in kept or unicodedata.category(letter)[0] in "LMNPS").count("⟨") >= kept.count("⟨")
    assert visible(kept) == kept


def test_bidirectional_marks_and_controls_are_written_out():
    assert visible("a\u202eb\x00\u200f") == "a⟨U+202E⟩b⟨U+0000⟩⟨U+200F⟩"
    assert visible("a\tb\nc") == "a\tb\nc"


@given(ANY, st.integers(1, 40))
def test_texts_are_bounded_and_say_what_is_missing(text, longest):
    shown = visible(text, longest)
    assert shown == visible(text) if len(text) <= longest else shown.endswith(f"({len(text) - longest} more characters)")
    assert len(short(text, longest)) <= longest
    assert "\n" not in one_line(text)
