"""What the tests of reports share: a small run that was really carried out, and copies of its document full of hostile text."""

import copy
from pathlib import Path

import pytest

from checkers.engine import execute, load_run, plan_run
from claims.registry import select

SMALL = Path(__file__).parents[1] / "cli" / "data" / "small.py"
CHOSEN = ("alignment_distortion/C3", "alignment_distortion/C17", "alignment_distortion/C18", "alignment_distortion/P1", "leakage_persuasion/C20",
          str(SMALL))
WORDS = frozenset({"status", "scope", "trust", "grade", "agreement", "expected", "form", "checker", "schema", "effort", "quantifier", "relation", "slug",
                   "id", "identity", "certificate", "executor", "started", "number", "python_version", "by"})
"""Keys whose values assay itself writes."""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """The folder of a small run: claims that are proved, certified, witnessed, supported, refuted and undecided."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        execute(plan_run(select(CHOSEN), effort="quick", seed=0), folder / "run", jobs=2)
    return folder / "run"


@pytest.fixture(scope="session")
def small_run(run_folder):
    """The run's document. Tests copy what they change."""
    return load_run(run_folder)


@pytest.fixture
def poisoned(small_run):
    """Makes a copy of the document in which every text that is not assay's own has another text in front of it."""
    def make(text):
        return _poisoned(copy.deepcopy(small_run), text)
    return make


def _poisoned(value, text, key=""):
    if isinstance(value, dict):
        if value.keys() == {"mid", "rad"}:
            return value
        if key in ("environment", "grades", "totals", "settings"):
            return value
        names = {name: text + name if key == "parameters" else name for name in value}
        return {names[name]: _poisoned(item, text, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item, text, key) for item in value]
    return text + value if isinstance(value, str) and key not in WORDS else value


@pytest.fixture(params=[
    "<script>alert(1)</script>", "\\input{/etc/passwd}", "\"'>&amp;", "\x00\x1b[31m\x7f\x85\ud800\uffff", "\u202eevil\u202c\u2066\u200f\ufeff", "]]><!--",
    "| a | `b` | ![x](javascript:alert(1)) *c* _d_ # e\n# f\n- g\n---\n", "%#_$^{}~&\\",
    "\\end{document}\\write18{id}", "{{7*7}}${x}", "é ∑ ᚠ 𝔼 日本 🎲 ≰\u0338",
], ids=["script", "input", "quotes", "controls", "bidi", "cdata", "markdown", "latex", "endings", "templates", "unicode"])
def hostile(request):
    """A text that some format takes for more than text."""
    return request.param


@pytest.fixture
def endless(small_run):
    """A small part of the document in which every text that is not assay's own begins with a million letters."""
    part = copy.deepcopy(small_run)
    part["claims"] = [claim | {"evidence": claim["evidence"][:1], "parts": claim["parts"][:1], "mutants": claim["mutants"][:1]}
                      for claim in part["claims"][-3:]]
    part["papers"] = [paper | {"discrepancies": paper["discrepancies"][:1]} for paper in part["papers"][-1:]]
    return _poisoned(part | {"foundations": []}, "A" * 1_000_000)
