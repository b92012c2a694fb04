"""RO-Crate: the library reads it back, the validator of the community accepts it, and it says what the run says. No network is asked."""

import importlib.resources
import json
import re

import pytest
import requests
from rocrate.rocrate import ROCrate
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

from checkers.kernel.__main__ import main as kernel
from reports import ro_crate

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


@pytest.fixture
def crate_folder(small_run, run_folder, tmp_path):
    ro_crate.write(small_run, tmp_path / "crate", run_folder)
    return tmp_path / "crate"


@pytest.fixture
def asked(monkeypatch):
    """The addresses that the validator asks for. The only one that is answered is that of the JSON-LD context, which the library ships."""
    context = (importlib.resources.files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
    seen = []

    def get(self, address, *_, **__):
        seen.append(address)
        response = requests.Response()
        response.url, response.status_code, response._content = address, 200 if address == CONTEXT else 504, context
        response.headers["Content-Type"] = "application/ld+json"
        return response
    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    return seen


def issues(folder, profile):
    found = services.validate(ValidationSettings(rocrate_uri=str(folder), profile_identifier=profile, requirement_severity=Severity.REQUIRED, offline=True))
    return [issue.message for issue in found.get_issues()]


@pytest.mark.parametrize("profile", ["ro-crate-1.1", "process-run-crate-0.5"])
def test_the_validator_accepts_it(crate_folder, asked, profile):
    assert issues(crate_folder, profile) == []
    assert set(asked) == {CONTEXT}


def test_the_validator_can_refuse(crate_folder, asked):
    """So that the test above says something: without its action's instrument, or without a licence, the crate is none."""
    metadata = crate_folder / "ro-crate-metadata.json"
    document = json.loads(metadata.read_text(encoding="utf-8"))
    for entity in document["@graph"]:
        entity.pop("instrument", None)
    metadata.write_text(json.dumps(document), encoding="utf-8")
    assert issues(crate_folder, "process-run-crate-0.5")
    (root,) = [entity for entity in document["@graph"] if entity["@id"] == "./"]
    del root["license"]
    metadata.write_text(json.dumps(document), encoding="utf-8")
    assert issues(crate_folder, "ro-crate-1.1")


def test_it_reads_back(crate_folder, small_run):
    crate = ROCrate(crate_folder)
    action = crate.dereference("#run")
    environment = small_run["environment"]
    assert action["startTime"] == environment["started"]
    assert action["endTime"] >= action["startTime"]
    assert action["instrument"].id == "#assay"
    versions = {needed["name"]: needed["softwareVersion"] for needed in action["instrument"]["softwareRequirements"]}
    assert versions == {"Python": environment["python"], **environment["versions"]}
    assert {entity.id for entity in action["result"]} == {"run.json", "report.md", "events.jsonl", "certificates/"}
    assert {entity["name"] for entity in action["object"]} == {"plan.json", "effort", "seed", *(paper["title"] for paper in small_run["papers"])}
    assert action["agent"].type == crate.root_dataset["author"].type == "Person"
    assert crate.license.id == ro_crate.LICENCE


def test_every_verdict_is_told_with_what_it_is_worth(crate_folder, small_run):
    crate = ROCrate(crate_folder)
    reviews = {entity["itemReviewed"]["name"].partition(":")[0] + "@" + entity["itemReviewed"]["appearance"].id: entity
               for entity in crate.get_entities() if entity.type == "ClaimReview"}
    assert len(reviews) == len(small_run["claims"])
    for claim in small_run["claims"]:
        (review,) = [entity for entity in reviews.values() if entity.id == "#verdict-" + claim["id"].replace("/", "%2F")]
        body = review["reviewBody"]
        for word, value in (("Grade", claim["grade"]), ("Scope", claim["scope"]), ("Trust", claim["trust"]), ("Expected", claim["expected"])):
            assert f"{word}: {value}" in body
        assert review["claimReviewed"] == claim["statement"]
    assert "What must be trusted: kernel" in crate.description


def test_the_files_are_those_of_the_run(crate_folder, small_run, run_folder, capsys):
    assert json.loads((crate_folder / "run.json").read_text(encoding="utf-8")) == small_run
    originals = {file.name: file.read_bytes() for file in (run_folder / "certificates").iterdir()}
    assert {file.name: file.read_bytes() for file in (crate_folder / "certificates").iterdir()} == originals
    assert kernel([str(crate_folder / "certificates")], "recheck") == 0
    accepted, replays = re.search(r"(\d+) accepted, 0 rejected(?:, (\d+) need a replay)?", capsys.readouterr().out).groups("0")
    assert int(accepted) + int(replays) == len(originals)


def test_an_html_report_goes_with_it(small_run, tmp_path, asked):
    (tmp_path / "run" / "report").mkdir(parents=True)
    (tmp_path / "run" / "report" / "index.html").write_text("<!doctype html><title>Report</title>", encoding="utf-8")
    ro_crate.write(small_run, tmp_path / "crate", tmp_path / "run")
    assert (tmp_path / "crate" / "report" / "index.html").is_file()
    assert issues(tmp_path / "crate", "process-run-crate-0.5") == []


def test_the_runs_own_folder_is_left_alone(small_run, run_folder):
    before = sorted(run_folder.iterdir())
    with pytest.raises(FileExistsError, match="another one"):
        ro_crate.write(small_run, run_folder, run_folder)
    assert sorted(run_folder.iterdir()) == before


def test_an_interrupted_run_is_a_failed_action(small_run, tmp_path):
    document = {**small_run, "interrupted": {"by": "budget", "reason": "the run's budget was spent", "tasks_not_run": 3}}
    ro_crate.write(document, tmp_path / "crate", tmp_path)
    action = ROCrate(tmp_path / "crate").dereference("#run")
    assert action["actionStatus"] == "http://schema.org/FailedActionStatus"
    assert action["error"] == "the run's budget was spent"


def test_the_validator_accepts_hostile_texts(poisoned, asked, tmp_path):
    ro_crate.write(poisoned("<a href='x'>\"\\ \u202e\x00 {{x}} ../../ %2e #?&"), tmp_path / "crate", tmp_path / "nowhere")
    assert issues(tmp_path / "crate", "process-run-crate-0.5") == []


def test_hostile_texts_stay_texts(poisoned, hostile, tmp_path):
    document = poisoned(hostile)
    lines = ro_crate.write(document, tmp_path / "crate", tmp_path / "nowhere")
    assert all(line.startswith(str(tmp_path / "crate")) for line in lines)
    assert {file.name for file in (tmp_path / "crate").iterdir()} == {"ro-crate-metadata.json", "run.json", "report.md"}
    text = (tmp_path / "crate" / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert not any(mark in json.dumps(json.loads(text), ensure_ascii=False) for mark in ("\u202e", "\u200f", "\x00", "\x1b"))


def test_endless_names_end(endless, tmp_path):
    ro_crate.write(endless, tmp_path / "crate", tmp_path)
    assert (tmp_path / "crate" / "ro-crate-metadata.json").stat().st_size < 1_500_000
