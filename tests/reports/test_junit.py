"""JUnit XML: valid, honest about what holds, and a failure wherever continuous integration must stop."""

import copy
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from reports import junit

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "data" / "junit.xsd")


def cases(document):
    text = junit.render(document)
    SCHEMA.validate(text)
    return {case.get("name").partition(":")[0]: case for case in ElementTree.fromstring(text.encode()).iter("testcase") if "small" in case.get("classname")}


def changed(document, number, **fields):
    """The document with one claim of the small paper changed, and its parts with it."""
    document = copy.deepcopy(document)
    (claim,) = [claim for claim in document["claims"] if claim["id"] == f"small/{number}"]
    claim.update(fields)
    for part in claim["parts"]:
        part.update({name: value for name, value in fields.items() if name in part})
    return document


def outcome(case):
    return [child.tag for child in case if child.tag != "system-out"]


def test_a_run_is_valid_and_counted(small_run):
    text = junit.render(small_run)
    SCHEMA.validate(text)
    root = ElementTree.fromstring(text.encode())
    found = list(root.iter("testcase"))
    assert int(root.get("tests")) == len(found) == sum(1 + len(claim["mutants"]) for claim in small_run["claims"])
    for suite in root.iter("testsuite"):
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name)) == sum(case.find(tag) is not None for case in suite.iter("testcase"))
    assert [suite.get("name") for suite in root.iter("testsuite")] == [paper["slug"] for paper in small_run["papers"]]


def test_each_way_to_come_out(small_run):
    found = cases(small_run)
    assert outcome(found["C1"]) == []
    assert outcome(found["C2"]) == ["failure"]
    assert found["C2"].find("failure").get("message").startswith("refuted")
    assert outcome(found["P1"]) == []
    assert "false as printed" in found["P1"].findtext("system-out")
    assert outcome(found["O1"]) == ["skipped"]
    assert outcome(found["C1/m1"]) == []
    assert "refuted" in found["C1/m1"].findtext("system-out")


@pytest.mark.parametrize(("fields", "tag"), [
    ({"grade": "error", "agreement": "error", "status": "error"}, "error"),
    ({"grade": "proved", "agreement": "conflict", "status": "holds"}, "error"),
    ({"grade": "undecided", "agreement": "undecided", "status": "undecided"}, "skipped"),
    ({"grade": None, "agreement": None, "status": None, "scope": None, "trust": None}, "skipped"),
    ({"grade": "refuted", "agreement": "refuted", "status": "refuted"}, "failure"),
])
def test_what_did_not_come_out_as_expected(small_run, fields, tag):
    case = cases(changed(small_run, "C1", **fields))["C1"]
    assert outcome(case) == [tag]
    assert case.find(tag).get("message")


@pytest.mark.parametrize(("status", "note", "tag"), [
    ("holds", "", "failure"), ("undecided", "", "failure"), ("undecided", "not run: interrupted", "skipped"), ("error", "crashed", "error")])
def test_mutants_that_are_not_refuted(small_run, status, note, tag):
    document = copy.deepcopy(small_run)
    (claim,) = [claim for claim in document["claims"] if claim["id"] == "small/C1"]
    claim["mutants"][0] |= {"status": status, "counterexample": None}
    claim["mutants"][0]["evidence"][0] |= {"status": status, "checker": "engine" if note.startswith("not run") else "witness", "note": note}
    case = cases(document)["C1/m1"]
    assert outcome(case) == [tag]
    assert note in case.find(tag).text


def test_grade_scope_trust_and_expectation_are_told(small_run):
    root = ElementTree.fromstring(junit.render(small_run).encode())
    for claim in small_run["claims"]:
        slug, _, number = claim["id"].partition("/")
        (case,) = [case for case in root.iter("testcase") if case.get("classname") == f"assay.{slug}" and case.get("name").startswith(f"{number}: ")]
        told = case.findtext("system-out")
        assert f"grade: {claim['grade']}" in told
        assert f"expected: {claim['expected']}" in told
        assert f"scope: {claim['scope']}" in told
        assert f"what must be trusted: {claim['trust']}" in told
        assert all(part["argument"] in told for part in claim["parts"])


def test_hostile_texts_stay_texts(poisoned, hostile):
    text = junit.render(poisoned(hostile))
    SCHEMA.validate(text)
    root = ElementTree.fromstring(text.encode())
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out"}
    assert not any(mark in text for mark in ("\u202e", "\u200f", "\x00", "\x1b", "<script", "]]>"))


def test_endless_names_end(endless):
    text = junit.render(endless)
    SCHEMA.validate(text)
    assert len(text) < 2_000_000
    assert all(len(case.get("name")) < 400 for case in ElementTree.fromstring(text.encode()).iter("testcase"))


def test_the_schema_refuses_what_is_no_junit():
    for wrong in ("<testsuites><testcase name='a'/></testsuites>", "<testsuite name='a' tests='x' failures='0' errors='0'/>",
                  "<testsuites><testsuite tests='1' failures='0' errors='0'/></testsuites>"):
        assert not SCHEMA.is_valid(wrong)
