"""What the tests of the front door share: a folder and a cache of their own, and a way to type a command."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import assay

ROOT = Path(__file__).parents[2]
CLAIMS = Path(__file__).parent / "data" / "small.py"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        """The JSON document on standard output."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """A working folder and an evidence cache for this test alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def typed(monkeypatch, capsys):
    """Types a command in this process."""
    def type_command(*words):
        monkeypatch.setattr(sys, "argv", ["assay", *map(str, words)])
        code = assay.main()
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)
    return type_command


@pytest.fixture
def in_process():
    """Types a command in a process of its own."""
    def start(*words, **options):
        done = subprocess.run([sys.executable, "-m", "assay", *map(str, words)], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, **options)
        return Answer(done.returncode, done.stdout, done.stderr)
    return start


@pytest.fixture
def claims_file():
    """A small file of claims: true, false, false as printed, undecided as expected, statistical."""
    return CLAIMS
