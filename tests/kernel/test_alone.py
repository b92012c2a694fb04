"""The kernel stands alone: standard library only, no other room, nothing that executes data. The manual's examples."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checkers import kernel

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "checkers" / "kernel"
EXAMPLES = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "certificates.md").read_text(encoding="utf-8"), re.DOTALL)

CHECK_ALL = """
import json, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from checkers import kernel
before = set(sys.modules)
summaries = [kernel.check(path.read_bytes()).summary for path in sorted(Path(sys.argv[2]).glob("*.json"))]
assert set(sys.modules) == before, sorted(set(sys.modules) - before)
foreign = [name for name in sys.modules if name.split(".")[0] not in sys.stdlib_module_names | {"__main__"}]
print(json.dumps([summaries, sorted(foreign)]))
"""


def test_an_isolated_interpreter_checks_every_type_with_the_standard_library_only() -> None:
    valid = Path(__file__).parent / "valid"
    command = [sys.executable, "-I", "-S", "-c", CHECK_ALL, str(ROOT), str(valid)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert result.returncode == 0, result.stderr
    summaries, foreign = json.loads(result.stdout)
    assert len(summaries) == len(list(valid.glob("*.json"))) == 16
    assert [name for name in foreign if name != "checkers" and not name.startswith("checkers.kernel")] == []


@pytest.mark.parametrize("path", sorted(KERNEL.glob("*.py")), ids=lambda path: path.name)
def test_the_source_names_nothing_that_executes_data(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"eval", "exec", "compile", "__import__", "globals", "setattr"}
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
        for module in modules:
            assert module in ("checkers", "checkers.kernel") or module.split(".")[0] in sys.stdlib_module_names
            assert module.split(".")[0] not in {"pickle", "marshal", "importlib", "ctypes", "subprocess", "os"}


@pytest.mark.parametrize("text", EXAMPLES, ids=[json.loads(text)["type"] for text in EXAMPLES])
def test_the_examples_in_the_manual_are_accepted(text: str) -> None:
    verdict = kernel.check(text)
    assert verdict.replay_needed == (verdict.type == "enumeration")
    assert verdict.summary
    assert "\n" not in verdict.summary


def test_the_manual_has_an_example_for_each_type_and_method() -> None:
    documents = [json.loads(text) for text in EXAMPLES]
    kinds = {(document["type"], document["proof"].get("method")) for document in documents}
    others = ("evaluation", "grid", "identity", "linear_program", "trials", "means", "model", "refutation", "model_count", "enumeration")
    methods = ("cover", "shift", "sturm", "sos")
    assert kinds == {(name, None) for name in others} | {("inequality", method) for method in methods}
