"""The files around the code: what a newcomer reads and types is true, and nothing names a registry or a machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import assay

ROOT = Path(__file__).parents[2]
TOP = {
    "pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "requirements.lock", "assay.py",
    "claims", "checkers", "instances", "exact", "reports", "tests", "docs", "benchmarks", "examples",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").glob("*.md"))


def tracked():
    """The files that belong to the project: those that git tracks, and those that it would."""
    done = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    names = done.stdout.splitlines() if done.returncode == 0 else [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if ".venv" not in path.parts]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts():
    for path in tracked():
        if path.stat().st_size < 2_000_000:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_the_top_level_is_as_designed():
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= TOP
    assert top >= {"README.md", "LICENSE", "Makefile", "requirements.lock", ".ci", ".gitignore"}


def test_no_registry_is_named():
    names = ["py" + "pi", "python" + "hosted", "npm" + "js", "regis" + "try", "debi" + "an"]
    hosts = re.compile(r"https?://[\w.-]*(?:" + "|".join(names) + r")\.[a-z]+", re.IGNORECASE)
    assert not [str(path.relative_to(ROOT)) for path, text in texts() if hosts.search(text)]


def test_no_machine_is_named():
    places = re.compile(r"/(?:root|home|work|Users)/\w|\.\./" + "shared")
    assert not [str(path.relative_to(ROOT)) for path, text in texts() if places.search(text)]


def test_the_lock_pins_and_hashes_every_requirement():
    lock = (ROOT / "requirements.lock").read_text()
    assert "http" not in lock.lower()
    assert "index" not in re.sub(r"#.*", "", lock)
    blocks = [block for block in re.split(r"\n(?=[a-z0-9])", lock.strip()) if not block.startswith("#")]
    assert len(blocks) > 40
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_the_lock_has_every_requirement_of_the_project():
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)}
    wanted = [*PROJECT["dependencies"], *(name for extra in PROJECT["optional-dependencies"].values() for name in extra)]
    assert {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=! ;]", name)[0]).lower() for name in wanted} <= pinned


def test_every_command_in_the_pages_exists():
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for command in re.findall(r"^(?:    |\$ )assay ([a-z-]+)", text, re.MULTILINE) + re.findall(r"`assay ([a-z]+)", text):
            assert command in assay._COMMANDS, f"{path.name}: assay {command}"


def test_every_option_in_the_pages_exists():
    known = {f"--{name.removeprefix('as_').replace('_', '-')}" for name in assay._OPTIONS} | {"--replay", "--help"}
    for line in (ROOT / "docs" / "command-line.md").read_text().splitlines():
        if line.startswith("    "):
            assert set(re.findall(r"--[a-z-]+", line)) <= known, line


def test_every_target_in_the_pages_exists():
    makefile = (ROOT / "Makefile").read_text()
    for path in PAGES:
        for target in re.findall(r"^\s*make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{path.name}: make {target}"
    assert {"make verify", "make test"} <= set(re.findall(r"make [a-z]+", (ROOT / "README.md").read_text()))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert link.startswith("https://") or (page.parent / link).exists(), link


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) > 190


def test_versions_agree():
    assert f"version: {assay.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {assay.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_glossary_of_grades_is_one():
    """README, the vocabulary page and the reports name the same grades."""
    from reports.summary import GRADES

    vocabulary, readme = (ROOT / "docs" / "vocabulary.md").read_text(), (ROOT / "README.md").read_text()
    for grade in GRADES:
        if grade != "error":
            assert f"| `{grade}` |" in vocabulary
            assert f"| **{grade}** |" in readme
