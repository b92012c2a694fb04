"""Every format from the command line: to standard output or a file, or into a folder, and the same each time."""

import subprocess
import sys
from pathlib import Path

import pytest

import assay
from checkers.engine import load_run
from reports import formats

ROOT = Path(__file__).parents[2]


def typed(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["assay", *map(str, words)])
    return assay.main()


def test_the_formats_that_there_are():
    assert {"badge", "bibtex", "json", "junit", "latex", "md"} <= set(formats.format_names())
    assert {"figures", "ro-crate"} <= set(formats.folder_format_names())
    assert not set(formats.format_names()) & set(formats.folder_format_names())


@pytest.mark.parametrize("name", ["badge", "bibtex", "json", "junit", "latex", "md"])
def test_a_text_is_printed_or_written(monkeypatch, capsys, run_folder, tmp_path, name):
    expected = formats.format_named(name).render(load_run(run_folder))
    assert typed(monkeypatch, "report", run_folder, "--format", name) == 0
    assert capsys.readouterr().out == expected
    assert typed(monkeypatch, "report", run_folder, "--format", name, "--out", tmp_path / "report") == 0
    assert (tmp_path / "report").read_text(encoding="utf-8") == expected


def test_a_crate_is_written_into_a_folder(monkeypatch, capsys, run_folder, tmp_path):
    assert typed(monkeypatch, "report", run_folder, "--format", "ro-crate") == 2
    assert "--out" in capsys.readouterr().err
    assert typed(monkeypatch, "report", run_folder / "run.json", "--format", "ro-crate", "--out", tmp_path / "crate") == 0
    lines = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "crate" / "ro-crate-metadata.json") in lines
    assert (tmp_path / "crate" / "certificates").is_dir()


def test_text_reports_import_nothing_heavy():
    """A report is read where no solver and no plotting library is."""
    program = ("import sys, json\n"
               "from reports import badge, bibtex, charts, junit, latex, markdown, plots\n"
               "print(json.dumps([name for name in ('cvxpy', 'z3', 'cvc5', 'scipy', 'matplotlib', 'rocrate', 'highspy') if name in sys.modules]))")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "[]", done.stderr
