"""Differences between runs are found and classified."""

import copy

import pytest

from checkers.engine import compare_runs


@pytest.fixture
def document(run):
    return run("plain_claims")


def changed(document, change):
    other = copy.deepcopy(document)
    change(other)
    return other


def test_a_run_equals_itself(document):
    comparison = compare_runs(document, document)
    assert comparison.kind is None
    assert comparison.exit_code == 0
    assert comparison.claims == ("plain/C1", "plain/C2", "plain/P1")


@pytest.mark.parametrize(("kind", "code", "change"), [
    ("verdict", 1, lambda d: d["claims"][0].update(grade="supported")),
    ("verdict", 1, lambda d: d["claims"][0]["parts"][0].update(status="undecided")),
    ("verdict", 1, lambda d: d["claims"][1]["evidence"][0].update(trust="numeric")),
    ("verdict", 1, lambda d: d["claims"][0]["mutants"][0].update(status="holds")),
    ("verdict", 1, lambda d: d["claims"].pop()),
    ("verdict", 1, lambda d: d["claims"][0]["evidence"].pop()),
    ("value", 1, lambda d: d["claims"][0]["evidence"][0].update(measured="1/7")),
    ("value", 1, lambda d: d["claims"][0]["mutants"][0]["evidence"][0].update(margin="1/7")),
    ("certificate", 0, lambda d: d["claims"][0]["evidence"][0].update(certificate="certificates/other.json")),
    ("time", 0, lambda d: d["claims"][0]["evidence"][0].update(seconds=1e3)),
    ("environment", 0, lambda d: d["environment"].update(python="3.99")),
])
def test_each_kind_of_difference(document, kind, code, change):
    for pair in ((document, changed(document, change)), (changed(document, change), document)):
        comparison = compare_runs(*pair)
        assert comparison.kind == kind
        assert comparison.exit_code == code
        assert comparison.same == (code == 0)
        assert comparison.to_json()["differences"][0]["kind"] == kind


def test_differences_name_claim_and_place(document):
    other = changed(document, lambda d: d["claims"][0]["evidence"][2].update(measured="1/7"))
    (difference,) = compare_runs(document, other).of("plain/C1")
    assert difference.where == "part (a), formulation 0, n=3"
    assert (difference.field, difference.left, difference.right) == ("measured", "1", "1/7")
