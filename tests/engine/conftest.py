"""What the engine's tests share: a cache of their own, the data files, and processes that run them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checkers.engine import execute, plan_run
from claims.registry import select

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """A fresh evidence cache for every test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("ASSAY_CACHE", str(folder))
    return folder


@pytest.fixture
def plan_of():
    """Plans the claims of a data file, or of some of its claims."""
    def plan(name, *numbers, **options):
        file = DATA / f"{name}.py"
        return plan_run(select([f"{file}/{number}" for number in numbers] or [str(file)]), **{"effort": "quick", **options})
    return plan


@pytest.fixture
def run(plan_of, tmp_path):
    """Plans and executes a data file in this process."""
    def execute_file(name, *numbers, folder=None, plan_options=None, **options):
        plan = plan_of(name, *numbers, **(plan_options or {}))
        return execute(plan, folder or tmp_path / "run", **{"jobs": 2, **options})
    return execute_file


@pytest.fixture
def start(tmp_path):
    """Starts a run of a data file in a process of its own; ends it if the test leaves it behind."""
    started = []

    def begin(name, folder, environment=None, **options):
        process = subprocess.Popen(
            [sys.executable, str(DATA / "run_engine.py"), str(DATA / f"{name}.py"), str(folder), json.dumps({"jobs": 2, **options})],
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def stripped(data):
    """A run document without what may differ between equal runs: seconds and the environment."""
    if isinstance(data, dict):
        return {key: stripped(value) for key, value in data.items() if key not in ("seconds", "environment")}
    return [stripped(item) for item in data] if isinstance(data, list) else data


@pytest.fixture
def essence():
    """The text of a run.json without seconds and environment."""
    def text(folder):
        return json.dumps(stripped(json.loads((folder / "run.json").read_text())), indent=1)
    return text


@pytest.fixture
def evidence_of():
    """The evidence of a claim in a document, when there is one piece."""
    def find(document, claim):
        found = next(item for item in document["claims"] if item["id"] == claim)["evidence"]
        assert len(found) == 1
        return found[0]
    return find
