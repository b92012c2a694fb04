"""Commands that only tell: list, show, evaluate, help; and what is answered to bad input."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import assay
from claims.errors import ParameterError
from claims.parameters import parse_assignments


def test_typing_nothing_shows_help(typed):
    answer = typed()
    assert answer.code == 0
    assert all(command in answer.out for command in assay._COMMANDS)


@pytest.mark.parametrize("command", sorted(assay._COMMANDS))
def test_every_command_teaches_by_examples(in_process, typed, command):
    answer = in_process("recheck", "--help") if command == "recheck" else typed(command, "--help")
    assert answer.code == 0
    assert "xamples:" in answer.out
    assert f"assay {command}" in answer.out


def test_version(typed):
    assert typed("--version").out == f"assay {assay.__version__}\n"


def test_list_names_every_claim_of_a_file(typed, claims_file):
    answer = typed("list", claims_file)
    assert answer.code == 0
    assert all(f"  {number} " in answer.out for number in ("C1", "C2", "P1", "O1", "E1", "S1"))
    assert answer.out.count("refuted]") == 1


def test_list_as_json(typed, claims_file):
    papers = typed("list", claims_file, "--json").document["papers"]
    assert [claim["id"] for claim in papers[0]["claims"]] == ["small/C1", "small/C2", "small/P1", "small/O1", "small/E1", "small/S1"]
    assert papers[0]["claims"][0] == {
        "id": "small/C1", "title": "Twelve is at most twelve", "source": "Lemma 1", "expected": "holds", "parts": ["a", "b"], "mutants": 1}


def test_show_tells_argument_mutants_and_parameters(typed, claims_file):
    answer = typed("show", f"{claims_file}/C1")
    assert answer.code == 0
    for text in ("because: Twelve is less than thirteen", "rests on: Peano 1889", "12 becomes 11", "weights: list of (rational, 0 <= value) with sum 1"):
        assert text in answer.out
    shown = typed("show", f"{claims_file}/P1", "--json").document
    assert (shown["expected"], shown["corrected_by"], shown["reason"]) == ("refuted", "C1", "a misprint for 12")


def test_evaluate_tells_exact_numbers(typed, claims_file):
    answer = typed("evaluate", f"{claims_file}/C1", "x=5/3", "--json")
    assert answer.code == 0
    assert answer.document == {
        "claim": "small/C1", "parameters": {"x": "5/3", "kind": "rational"}, "measured": "10/3", "bound": "7", "margin": "11/3", "relation": "<=",
        "status": "holds", "scope": "instance", "trust": "exact", "values": {"count": "3", "vacuous": False}}


def test_evaluate_tells_a_refutation_at_these_parameters(typed, claims_file):
    answer = typed("evaluate", f"{claims_file}/C1", "x=4", "--json")
    assert (answer.code, answer.document["status"], answer.document["margin"]) == (0, "refuted", "-1")


def test_evaluate_tells_balls_of_small_relative_radius(typed, claims_file):
    document = typed("evaluate", f"{claims_file}/C1", "kind=ball", "x=700", "--json").document
    assert document["status"] == "holds"
    for ball in (document["measured"], document["values"]["root"]):
        assert set(ball) == {"mid", "rad"}
        assert float(ball["rad"]) <= 1e-15 * float(ball["mid"])


@pytest.mark.parametrize(("kind", "measured", "status", "trust", "margin"), [
    ("infinite", "inf", "refuted", "exact", "-inf"), ("float", 0.5, "holds", "numeric", 0.5), ("overridden", "9", "holds", "exact", "-8"),
])
def test_evaluate_tells_other_numbers(typed, claims_file, kind, measured, status, trust, margin):
    document = typed("evaluate", f"{claims_file}/C1", f"kind={kind}", "--json").document
    assert (document["measured"], document["status"], document["trust"], document["margin"]) == (measured, status, trust, margin)


def test_equal_balls_are_undecided(typed, claims_file):
    assert typed("evaluate", f"{claims_file}/C1", "kind=equal", "--json").document["status"] == "undecided"


@pytest.mark.parametrize("words", [
    ["frobnicate"],
    ["verify", "--frobnicate"],
    ["verify", "--effort", "heroic"],
    ["verify", "--seed", "one"],
    ["verify", "--budget", "soon", "FILE"],
    ["verify", "--budget", "0s", "FILE"],
    ["verify", "--jobs", "0", "FILE"],
    ["verify", "--scheduler", "tcp://127.0.0.1:1", "FILE"],
    ["mutants", "--jobs", "-1", "FILE"],
    ["verify", "no_such_paper"],
    ["verify", "no_such_file.py"],
    ["verify", "FILE/C9"],
    ["verify", "--resume", "nowhere"],
    ["verify", "grade:proved"],
    ["show"],
    ["show", "FILE"],
    ["evaluate", "FILE/C1", "x"],
    ["evaluate", "FILE/C1", "x=-1"],
    ["evaluate", "FILE/C1", "x=__import__('os')"],
    ["evaluate", "FILE/C1", "x=1", "x=2"],
    ["evaluate", "FILE/C1", "y=1"],
    ["evaluate", "FILE/C1", "n=1/2"],
    ["evaluate", "FILE/C1", "weights=[1/2 1/2]"],
    ["evaluate", "FILE/C1", 'weights=["1/2"]'],
    ["evaluate", "FILE/C1", "weights=[NaN]"],
    ["evaluate", "FILE/C1", "kind=misfit"],
    ["evaluate", "FILE/C2"],
    ["hunt", "FILE/S1", "size=3"],
    ["report", "nowhere"],
    ["report", ".", "--format", "md"],
    ["compare", "nowhere", "elsewhere"],
    ["new", "claims.txt"],
    ["new", "no/such/folder/claims.py"],
])
def test_bad_input_is_answered_in_one_line_with_exit_code_2(typed, claims_file, words):
    answer = typed(*(word.replace("FILE", str(claims_file)) for word in words))
    assert answer.code == assay.USAGE
    assert answer.out == ""
    assert answer.err.startswith("assay: ")
    assert answer.err.count("\n") == 1


def test_an_unknown_parameter_is_answered_with_the_valid_ones(typed, claims_file):
    answer = typed("evaluate", f"{claims_file}/C1", "y=1")
    assert all(name in answer.err for name in ("x:", "kind:", "weights:", "n:"))


def test_an_unknown_format_is_answered_with_the_valid_ones(typed, claims_file):
    answer = typed("report", ".", "--format", "papyrus")
    assert answer.code == assay.USAGE
    assert all(name in answer.err for name in ("json", "junit", "latex", "md", "ro-crate"))


def test_a_claims_file_that_raises_is_a_usage_error(typed, tmp_path):
    file = tmp_path / "broken.py"
    file.write_text("1/0\n")
    answer = typed("list", file)
    assert (answer.code, "ZeroDivisionError" in answer.err) == (assay.USAGE, True)


def test_a_crash_ends_in_one_line_with_exit_code_4(typed, claims_file, monkeypatch):
    from reports import documents

    def crash(entry):
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(documents, "description", crash)
    answer = typed("show", f"{claims_file}/C1", "--json")
    assert answer.code == assay.ERROR
    assert answer.err.count("\n") == 1
    assert "the roof fell in" in answer.err
    assert "please report it" in answer.err


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nobody_reading_on_is_no_crash(claims_file, options):
    environment = {**os.environ, "PYTHONPATH": str(Path(assay.__file__).parent)}
    words = [sys.executable, "-m", "assay", "list", str(claims_file), *options]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as command:
        command.stdout.close()
        assert command.wait(timeout=60) == assay.BROKEN_PIPE
        assert command.stderr.read() == b""


def test_no_color_is_respected(in_process, claims_file, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[3" not in in_process("list", claims_file).out


def test_new_writes_a_file_once(typed, tmp_path):
    assert typed("new", "my_claims.py").code == 0
    written = (tmp_path / "my_claims.py").read_text()
    answer = typed("new", "my_claims.py")
    assert (answer.code, "exists already" in answer.err) == (assay.USAGE, True)
    assert (tmp_path / "my_claims.py").read_text() == written


def test_json_is_strict(typed, claims_file):
    def refuse(word):
        raise AssertionError(word)

    json.loads(typed("evaluate", f"{claims_file}/C1", "kind=infinite", "--json").out, parse_constant=refuse)


@pytest.mark.parametrize(("text", "data"), [
    ("[1/2, 1/4,1/4]", ["1/2", "1/4", "1/4"]), ('["1/2",1/2]', ["1/2", "1/2"]), ("[[1,-1/3],[0.5,2]]", [[1, "-1/3"], [Fraction(1, 2), 2]]),
    (r'["a \" 1/2", "3/4 of it"]', ['a " 1/2', "3/4 of it"]), ('{"x": 1/2}', {"x": "1/2"}),
])
def test_fractions_in_lists_need_no_quotes_and_strings_stay_as_they_are(text, data):
    assert parse_assignments([f"x={text}"]) == {"x": data}


@pytest.mark.parametrize("text", ["[1/2/3]", "[1/]", "[a/b]", "[1/2 1/2]", "[NaN]"])
def test_what_is_no_list_of_exact_numbers_is_refused(text):
    with pytest.raises(ParameterError, match="no JSON list of exact numbers"):
        parse_assignments([f"x={text}"])
