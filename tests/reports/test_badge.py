"""The badge says what the run says, whoever looks at it."""

import copy
from collections import Counter
from xml.etree import ElementTree

import pytest

from reports import badge

SVG = "{http://www.w3.org/2000/svg}"


def read(document):
    root = ElementTree.fromstring(badge.render(document).encode())
    return root, " | ".join(text.text for text in root.iter(f"{SVG}text"))


def test_counts_are_those_of_the_run(small_run):
    root, shown = read(small_run)
    for grade, count in Counter(claim["grade"] for claim in small_run["claims"]).items():
        assert f"{count} {grade}" in shown
    assert shown.startswith(f"assay | {len(small_run['claims'])} claims: ")
    assert "1 NOT as expected" in shown
    assert root.get("role") == "img"
    labelled = {element.get("id"): element.text for element in root if element.get("id")}
    assert all(labelled[name] for name in root.get("aria-labelledby").split())
    assert "small/C2" in root.find(f"{SVG}desc").text


def colour(document):
    return read(document)[0].find(f"{SVG}path").get("fill")


def test_colours_follow_what_came_out(small_run):
    good = copy.deepcopy(small_run)
    good["claims"] = [claim for claim in good["claims"] if claim["id"] not in ("small/C2", "small/O1")]
    assert colour(good) == badge._GOOD
    assert colour(good | {"interrupted": {"reason": "interrupted", "tasks_not_run": 3}}) == badge._MIXED
    assert "cut short" in read(good | {"interrupted": {"reason": "interrupted", "tasks_not_run": 3}})[1]
    assert colour(small_run) == badge._BAD
    survived = copy.deepcopy(good)
    survived["claims"][0]["mutants"][0]["status"] = "holds"
    assert colour(survived) == badge._BAD
    assert "1 mutant NOT refuted" in read(survived)[1]


def luminance(colour):
    channels = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [badge._GOOD, badge._MIXED, badge._BAD, "#3d444d"])
def test_white_text_can_be_read(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_hostile_texts_stay_out(poisoned, hostile):
    root, _ = read(poisoned(hostile))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "desc", "rect", "path", "g", "text"}


def test_endless_names_end(endless):
    assert len(badge.render(endless)) < 10_000
