"""`assay recheck`: the kernel alone, what it imports, and what it says of runs, folders and damaged files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import assay

ROOT = Path(assay.__file__).parent

_WATCHED = """
import sys
sys.argv = ["assay", "recheck", sys.argv[1]]
import assay
code = assay.main()
foreign = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"__main__", "assay", "checkers"}
rooms = {name for name in sys.modules if name.startswith("checkers.") and not name.startswith("checkers.kernel")}
print(sorted(foreign), sorted(rooms), code)
"""


@pytest.fixture
def run(typed, claims_file, tmp_path):
    """The folder of a finished run."""
    typed("verify", claims_file, "--out", tmp_path / "run")
    return tmp_path / "run"


def certificate_of(run, kind):
    """The file of a certificate of this type."""
    return next(path for path in sorted((run / "certificates").iterdir()) if json.loads(path.read_text())["type"] == kind)


def test_no_third_party_module_is_imported(run):
    """With ``-S`` no installed package can be imported at all; what is listed are modules beyond the standard library and the kernel."""
    done = subprocess.run([sys.executable, "-S", "-c", _WATCHED, str(run)], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert done.stdout.splitlines()[-1] == "[] [] 0"


def test_the_kernel_answers_as_a_module_too(run):
    done = subprocess.run([sys.executable, "-S", "-m", "checkers.kernel", str(run)], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert "4 accepted, 0 rejected, 1 need a replay" in done.stdout


@pytest.mark.parametrize("path", [".", "certificates"])
def test_a_run_and_its_folder_are_accepted(run, typed, path):
    answer = typed("recheck", run / path, "--json")
    assert answer.code == 0
    assert answer.document["totals"] == {"accepted": 4, "rejected": 0, "replay needed": 1, "unreadable": 0}


def test_a_single_file_is_accepted(run, typed):
    answer = typed("recheck", certificate_of(run, "evaluation"))
    assert (answer.code, "1 accepted, 0 rejected" in answer.out) == (0, True)


def test_an_enumeration_is_replayed(run, typed):
    answer = typed("recheck", "--replay", run)
    assert (answer.code, "5 accepted, 0 rejected;" in answer.out) == (0, True)


def rewritten(path, folder, change):
    """A copy of a certificate under another name, changed."""
    document = json.loads(path.read_text())
    change(document)
    copy = folder / "changed.json"
    copy.write_text(json.dumps(document))
    return copy


def test_a_replay_that_comes_out_differently_is_rejected(run, typed):
    path = certificate_of(run, "enumeration")
    copy = rewritten(path, run / "certificates", lambda document: document["proposition"].update(count=11))
    path.unlink()
    answer = typed("recheck", "--replay", copy)
    assert (answer.code, "the count is 10 now, 11 in the certificate" in answer.err) == (assay.REFUTED, True)


def test_a_false_certificate_is_rejected_with_the_place(run, typed, tmp_path):
    copy = rewritten(certificate_of(run, "evaluation"), tmp_path, lambda document: document["proposition"]["conclusion"][0].__setitem__(0, "!="
                     if document["proposition"]["conclusion"][0][0] == "<=" else "<"))
    answer = typed("recheck", copy)
    assert (answer.code, "rejected" in answer.err, "conclusion" in answer.err) == (assay.REFUTED, True, True)


def test_a_file_that_was_changed_under_its_name_is_rejected(run, typed):
    path = certificate_of(run, "evaluation")
    path.write_text(path.read_text() + " ")
    answer = typed("recheck", run)
    assert (answer.code, "it was changed after it was written" in answer.err) == (assay.REFUTED, True)


def test_a_certificate_that_is_missing_is_an_error(run, typed):
    certificate_of(run, "evaluation").unlink()
    answer = typed("recheck", run)
    assert (answer.code, "1 unreadable or missing" in answer.out) == (assay.ERROR, True)


def test_a_run_without_certificates_is_an_error(typed, tmp_path):
    (tmp_path / "empty" / "certificates").mkdir(parents=True)
    answer = typed("recheck", tmp_path / "empty")
    assert (answer.code, "a run without certificates" in answer.err) == (assay.ERROR, True)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "assay.certificate/1"}', '{"a": NaN}', "[" * 10_000])
def test_what_is_no_certificate_is_rejected(typed, tmp_path, text):
    file = tmp_path / "odd.json"
    file.write_text(text)
    answer = typed("recheck", file)
    assert (answer.code, answer.err.startswith(f"rejected: {file}: ")) == (assay.REFUTED, True)


def test_what_is_not_there_is_an_error(typed, tmp_path):
    answer = typed("recheck", tmp_path / "nothing")
    assert (answer.code, "no such file or folder" in answer.err) == (assay.ERROR, True)


def test_usage_is_answered_in_one_line(in_process):
    answer = in_process("recheck")
    assert (answer.code, answer.err.count("\n"), "assay recheck --help" in answer.err) == (assay.USAGE, 1, True)


def test_the_kernel_alone_refuses_to_replay(run):
    words = [sys.executable, "-m", "checkers.kernel", "--replay", str(run)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ}, timeout=60)
    assert (done.returncode, "assay recheck --replay" in done.stderr) == (assay.USAGE, True)
