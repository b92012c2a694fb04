"""A task's identity covers the code that it rests on, and a worker with other code refuses it."""

import dataclasses
import subprocess
import sys

import pytest

from checkers.engine import execute, sources


@pytest.fixture
def forgetful(monkeypatch):
    """Computes a code digest as a new process would."""
    def digest(origin, form):
        for function in (sources.code_digest, sources.imported_modules, sources._file_digest, sources._files_of, sources._is_library, sources._home):
            function.cache_clear()
        return sources.code_digest(origin, form)
    yield digest
    digest("alignment_distortion", "Witness")


def test_a_users_own_modules_count(tmp_path, monkeypatch, forgetful):
    monkeypatch.syspath_prepend(str(tmp_path))
    helpers = tmp_path / "our_helpers"
    helpers.mkdir()
    (helpers / "__init__.py").write_text("")
    (helpers / "deep.py").write_text("VALUE = 1\n")
    (tmp_path / "our_model.py").write_text("def build():\n    from our_helpers import deep\n    return deep.VALUE\n")
    (tmp_path / "bystander.py").write_text("VALUE = 1\n")
    file = tmp_path / "our_claims.py"
    file.write_text("import our_model\n")
    before = forgetful(str(file), "Witness")
    assert forgetful(str(file), "Witness") == before
    (tmp_path / "bystander.py").write_text("VALUE = 2\n")
    assert forgetful(str(file), "Witness") == before
    (helpers / "deep.py").write_text("VALUE = 2\n")
    changed = forgetful(str(file), "Witness")
    assert changed != before
    file.write_text("import our_model  # and a comment\n")
    assert forgetful(str(file), "Witness") not in (before, changed)


def test_only_the_checkers_of_a_form_count():
    witness, _ = sources._closure("alignment_distortion", "Witness")
    program, libraries = sources._closure("alignment_distortion", "LinearProgram")
    assert "checkers/witness.py" in witness
    assert "checkers/witness.py" not in program
    assert "checkers/exact_lp.py" in program
    assert "exact/linear_programs.py" in program
    assert {name for name in witness if name.startswith("checkers/kernel/")} >= {"checkers/kernel/__init__.py", "checkers/kernel/documents.py"}
    assert not [name for name in program if name.startswith("checkers/engine/")]
    assert {"highspy", "flint"} <= libraries


def test_a_worker_with_other_code_refuses(plan_of, tmp_path):
    plan = plan_of("plain_claims", "C1")
    other = dataclasses.replace(plan, tasks=tuple(dataclasses.replace(task, code="0" * 64) for task in plan.tasks))
    document = execute(other, tmp_path / "run", jobs=1)
    assert {item["status"] for item in document["claims"][0]["evidence"]} == {"error"}
    assert "is not the code that the plan was made from" in document["claims"][0]["evidence"][0]["note"]


def test_the_engine_loads_no_solver():
    code = ("import sys, checkers.engine; heavy = {'z3', 'cvc5', 'cvxpy', 'scipy', 'highspy', 'numpy', 'matplotlib', 'distributed', 'hypothesis'}; "
            "print(sorted(heavy & sys.modules.keys()))")
    done = subprocess.run([sys.executable, "-c", code], cwd=sources.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
