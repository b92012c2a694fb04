"""JSON: run documents and evaluations are what their schemas in docs/ say, and the schemas refuse what is not."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkers.engine import load_run, plan_run
from checkers.engine.document import build_document
from checkers.evaluation import evaluate
from claims.registry import select
from reports import documents, formats

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "cli" / "data" / "small.py"


def validator(name):
    schema = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


RUN, EVALUATION = validator("run"), validator("evaluation")


def test_the_run_document_is_what_the_schema_says(small_run, run_folder):
    RUN.validate(json.loads((run_folder / "run.json").read_text(encoding="utf-8")))
    assert json.loads(formats.format_named("json").render(small_run)) == load_run(run_folder)


def test_a_run_that_was_cut_short_and_one_of_mutants_alone(small_run):
    """Documents without any evidence: all undecided, or without verdicts."""
    entries = select([str(SMALL), "alignment_distortion/C3"])
    stopped = {"by": "budget", "reason": "the run's budget was spent", "tasks_not_run": 9}
    RUN.validate(build_document(plan_run(entries, effort="standard"), {}, small_run["environment"], stopped))
    RUN.validate(build_document(plan_run(entries, effort="quick", verify=False), {}, small_run["environment"], None))


def at(document, *path):
    for step in path:
        document = document[step]
    return document


CLAIM, EVIDENCE = ("claims", 0), ("claims", 0, "evidence", 0)


@pytest.mark.parametrize(("where", "field", "value"), [
    ((), "schema", "assay.run/2"), ((), "claims", {}), ((), "seed", "0"), ((), "surprise", 1), (("environment",), "wall_seconds", "1 s"),
    (CLAIM, "id", "C3"), (CLAIM, "grade", "verified"), (CLAIM, "grade", "refuted"), (CLAIM, "agreement", "yes"), (CLAIM, "expected", "proved"),
    (CLAIM, "relation", "=<"), (CLAIM, "surprise", 1), ((*CLAIM, "parts", 0), "beside", "no"), ((*CLAIM, "mutants", 0), "status", "survived"),
    (EVIDENCE, "measured", "1.5"), (EVIDENCE, "measured", "1/2/3"), (EVIDENCE, "measured", {"mid": "1"}), (EVIDENCE, "margin", ["1"]),
    (EVIDENCE, "certificate", "/etc/passwd"), (EVIDENCE, "certificate", "certificates/../x.json"), (EVIDENCE, "trust", "me"), (EVIDENCE, "identity", "1"),
    (EVIDENCE, "seconds", -1), (("totals",), "claims", -1), (("totals", "grades"), "proved", "many"), (("papers", 0), "arxiv", None),
])
def test_a_corrupted_document_fails(small_run, where, field, value):
    document = copy.deepcopy(small_run)
    at(document, *where)[field] = value
    assert not RUN.is_valid(document)


@pytest.mark.parametrize(("grade", "status", "scope", "trust"), [
    ("proved", "holds", "universal", "exact"), ("proved", "holds", "parametric", "kernel"), ("proved", "undecided", "universal", "kernel"),
    ("certified", "holds", "parametric", "solver"), ("certified", "holds", "sample", "kernel"), ("witnessed", "holds", "sample", "kernel"),
    ("decided", "holds", "universal", "numeric"), ("supported", "undecided", "sample", "exact"), ("refuted", "refuted", "instance", "numeric"),
    ("refuted", "holds", "instance", "kernel"), ("error", "holds", "sample", "exact"),
])
def test_a_grade_that_its_evidence_does_not_earn_fails(small_run, grade, status, scope, trust):
    document = copy.deepcopy(small_run)
    at(document, *EVIDENCE).update(grade=grade, status=status, scope=scope, trust=trust)
    assert not RUN.is_valid(document)


@pytest.mark.parametrize("field", ["schema", "seed", "environment", "papers", "claims", "totals", "interrupted"])
def test_nothing_may_be_missing(small_run, field):
    assert not RUN.is_valid({name: value for name, value in small_run.items() if name != field})


@pytest.mark.parametrize("field", ["grade", "scope", "trust", "expected", "evidence", "mutants", "parts"])
def test_no_claim_hides_what_it_is_worth(small_run, field):
    document = copy.deepcopy(small_run)
    del document["claims"][0][field]
    assert not RUN.is_valid(document)


@pytest.mark.parametrize("kind", ["rational", "ball", "infinite", "float", "overridden", "equal"])
def test_evaluations_are_what_the_schema_says(kind):
    (entry,) = select([f"{SMALL}/C1"])
    EVALUATION.validate(json.loads(documents.dumps(documents.evaluation(entry, evaluate(entry.claim, {"kind": kind})))))


@pytest.mark.parametrize("entry", [entry for entry in select(["strategic_learning", "user_disengagement"]) if entry.claim.measure], ids=lambda entry: entry.id)
def test_evaluations_of_papers_are_what_the_schema_says(entry):
    EVALUATION.validate(json.loads(documents.dumps(documents.evaluation(entry, evaluate(entry.claim, {})))))


@pytest.mark.parametrize(("field", "value"), [("measured", "1.5"), ("status", "proved"), ("scope", "universal"), ("relation", "about"), ("surprise", 1)])
def test_a_corrupted_evaluation_fails(field, value):
    (entry,) = select([f"{SMALL}/C1"])
    document = documents.evaluation(entry, evaluate(entry.claim, {}))
    EVALUATION.validate(document)
    assert not EVALUATION.is_valid(document | {field: value})


def test_hostile_texts_come_back_as_they_were(poisoned, hostile):
    document = poisoned(hostile)
    text = formats.format_named("json").render(document)
    assert json.loads(text.encode("utf-8")) == document
    assert {error.absolute_path[-1] for error in RUN.iter_errors(document)} == {"measured", "bound", "margin"}, "what is no number is refused"
