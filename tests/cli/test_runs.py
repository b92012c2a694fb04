"""Commands that check: verify, mutants, hunt, report, compare, and the reports they write."""

import json

import pytest

import assay
from checkers import kernel


@pytest.fixture
def finished(typed, claims_file, tmp_path):
    """A finished run of the whole file in ``tmp_path/run``, with the answer that came with it."""
    return typed("verify", claims_file, "--out", tmp_path / "run", "--jobs", 2)


def test_verify_tells_every_claim_and_ends_with_one_line(finished, tmp_path):
    assert finished.code == assay.REFUTED
    assert "6 claims: 1 certified, 1 witnessed, 1 supported, 2 refuted, 1 undecided" in " ".join(finished.out.split())
    assert "NOT as expected: small/C2" in finished.out
    assert f"run folder: {tmp_path / 'run'}" in finished.out
    for name in ("run.json", "report.md", "plan.json", "events.jsonl", "report/index.html"):
        assert (tmp_path / "run" / name).is_file()


def test_claims_that_are_not_expected_to_hold_stand_first(finished):
    places = [finished.out.index(f"\n{number} ") for number in ("P1", "O1", "C1", "C2", "E1")]
    assert places == sorted(places)


@pytest.mark.parametrize("command", ["verify", "report"])
def test_the_argument_stands_where_the_grade_stands(finished, typed, tmp_path, command):
    told = finished.out if command == "verify" else typed("report", tmp_path / "run").out
    assert "because: Twelve is less than thirteen" in told
    assert "rests on: Peano 1889" in told


def test_lines_fit_a_terminal_of_80_columns(finished):
    assert max(len(line) for line in finished.out.splitlines() if not line.startswith(("run folder", "report: "))) <= 80


def test_verify_prints_one_document_as_json(in_process, claims_file, tmp_path):
    answer = in_process("verify", claims_file, "--json", "--out", tmp_path / "run")
    assert answer.code == assay.REFUTED
    assert answer.document == json.loads((tmp_path / "run" / "run.json").read_text())
    assert {claim["id"]: claim["grade"] for claim in answer.document["claims"]} == {
        "small/C1": "witnessed", "small/C2": "refuted", "small/P1": "refuted", "small/O1": "undecided", "small/E1": "certified", "small/S1": "supported"}
    assert "tasks done" in answer.err


@pytest.mark.parametrize(("numbers", "code"), [(["C1", "P1", "O1"], 0), (["C2"], 1), (["E1", "S1"], 0)])
def test_the_exit_code_says_whether_all_is_as_expected(typed, claims_file, numbers, code):
    assert typed("verify", *(f"{claims_file}/{number}" for number in numbers)).code == code


def test_runs_go_to_a_folder_of_their_own_and_latest_points_there(typed, claims_file, tmp_path):
    typed("verify", f"{claims_file}/C1")
    folders = [path for path in (tmp_path / "runs").iterdir() if not path.is_symlink()]
    assert len(folders) == 1
    assert (tmp_path / "runs" / "latest").resolve() == folders[0]


def test_runs_of_the_same_second_do_not_collide(typed, claims_file, tmp_path):
    assert [typed("verify", f"{claims_file}/C1").code for _ in range(3)] == [0, 0, 0]
    assert len([path for path in (tmp_path / "runs").iterdir() if not path.is_symlink()]) == 3


def test_a_grade_selects_from_the_latest_run(typed, claims_file):
    typed("verify", claims_file)
    ids = [claim["id"] for paper in typed("list", "grade:refuted", "--json").document["papers"] for claim in paper["claims"]]
    assert ids == ["small/C2", "small/P1"]
    assert typed("verify", "grade:witnessed").code == 0
    answer = typed("list", "grade:decided")
    assert (answer.code, "its grades are: witnessed" in answer.err) == (assay.USAGE, True)


def test_a_plan_is_printed_and_nothing_is_run(typed, claims_file, tmp_path):
    answer = typed("verify", claims_file, "--plan")
    assert answer.code == 0
    assert "small/S1 a: Property, 200 random instances" in answer.out
    assert not (tmp_path / "runs").exists()
    assert len(typed("verify", claims_file, "--plan", "--json").document["tasks"]) == 8


def test_a_folder_that_holds_a_run_is_not_overwritten(typed, claims_file, tmp_path):
    typed("verify", f"{claims_file}/C1", "--out", tmp_path / "run")
    answer = typed("verify", f"{claims_file}/C1", "--out", tmp_path / "run")
    assert (answer.code, "--resume" in answer.err) == (assay.USAGE, True)


@pytest.mark.parametrize("words", [["--resume", "RUN"], ["--resume", "--out", "RUN"], ["--out", "RUN", "--resume"]])
def test_a_run_is_resumed(typed, claims_file, tmp_path, words):
    typed("verify", claims_file, "--out", tmp_path / "run")
    events = tmp_path / "run" / "events.jsonl"
    events.write_text("".join(events.read_text().splitlines(keepends=True)[:3]))
    answer = typed("verify", *(word.replace("RUN", str(tmp_path / "run")) for word in words), "--json")
    assert answer.code == assay.REFUTED
    assert answer.document["environment"]["resumed_tasks"] == 3
    assert len(events.read_text().splitlines()) == 8


def test_a_budget_that_is_spent_leaves_claims_undecided(typed, claims_file):
    answer = typed("verify", f"{claims_file}/S1", "--budget", "0.0001s", "--json")
    assert answer.code == assay.UNDECIDED
    assert answer.document["interrupted"]["tasks_not_run"] == 1


def test_mutants_are_refuted_each_with_its_counterexample(typed, claims_file):
    answer = typed("mutants", f"{claims_file}/C1")
    assert (answer.code, "1 of 1 mutants refuted" in answer.out) == (0, True)
    document = typed("mutants", f"{claims_file}/C1", "--json").document
    assert document["claims"][0]["mutants"][0]["counterexample"]["instance"] == ["3", "4"]


def test_a_mutant_that_survives_is_shouted(typed, claims_file, tmp_path):
    file = tmp_path / "blind.py"
    file.write_text(claims_file.read_text().replace("(below(11),)),),\n    parameters", "(below(99),)),),\n    parameters"))
    answer = typed("mutants", f"{file}/C1")
    assert (answer.code, "NOT refuted: small/C1/m1" in answer.out) == (assay.REFUTED, True)


def test_report_renders_every_format(finished, typed, tmp_path):
    text = typed("report", tmp_path / "run", "--format", "md").out
    assert text == (tmp_path / "run" / "report.md").read_text()
    assert "| small/C2 | Twelve is at most eleven | refuted | instance | kernel |" in text
    assert "12 is printed as 21." in text
    assert typed("report", tmp_path / "run", "--format", "json").document["schema"] == "assay.run/1"
    answer = typed("report", tmp_path / "run", "--out", tmp_path / "told.md")
    assert (answer.code, answer.out) == (0, "")
    assert (tmp_path / "told.md").read_text() == text


def test_links_to_certificates_lead_somewhere(finished, tmp_path):
    text = (tmp_path / "run" / "report.md").read_text()
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert links
    assert all((tmp_path / "run" / link).is_file() for link in links)


def test_compare_tells_runs_apart(finished, typed, claims_file, tmp_path):
    typed("verify", claims_file, "--out", tmp_path / "again", "--fresh")
    assert typed("compare", tmp_path / "run", tmp_path / "again").code == 0
    typed("verify", f"{claims_file}/C1", "--out", tmp_path / "less")
    answer = typed("compare", tmp_path / "run", tmp_path / "less")
    assert (answer.code, "the runs DIFFER" in answer.out) == (assay.REFUTED, True)
    assert typed("compare", tmp_path / "run", tmp_path / "less", "--json").document["same"] is False


def test_hunt_finds_what_is_there_and_saves_it(typed, claims_file, tmp_path):
    answer = typed("hunt", f"{claims_file}/S1", "limit=99", "--json", "--out", tmp_path / "found")
    assert answer.code == assay.REFUTED
    found = answer.document
    assert (found["status"], found["evidence"]["counterexample"]["instance"]) == ("refuted", "10")
    certificate = kernel.read(tmp_path / "found" / "counterexample-small-S1.json")
    assert kernel.check(certificate).type == "evaluation"


def test_hunt_ends_with_nothing_when_there_is_nothing(typed, claims_file):
    answer = typed("hunt", f"{claims_file}/S1", "--budget", "1s", "--json")
    assert (answer.code, answer.document["status"], answer.document["evidence"]) == (0, "undecided", None)
    assert typed("hunt", f"{claims_file}/O1", "--budget", "5s", "--json").document["attempts"] == 0


def test_what_new_writes_works_at_once(typed):
    typed("new", "my-first claims.py")
    answer = typed("verify", "my-first claims.py", "--json")
    assert answer.code == 0
    assert [claim["grade"] for claim in answer.document["claims"]] == ["proved", "supported"]
    assert typed("evaluate", "my-first claims.py/C2", "n=6", "--json").document["measured"] == "441"
