"""The house: which room imports which, and what the kernel stands on. Read from the source, so that lazy imports count too."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("exact", "instances", "claims", "checkers", "reports")
"""From the floor to the right."""


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path):
    """Every module that a file imports, anywhere in it and for any purpose but type checking, as dotted names."""
    package = path.relative_to(ROOT).parts[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[:len(package) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, [base, node.module or ""]))


def test_the_rooms_are_all_there():
    assert all(sources(room) for room in ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_from_its_left_only(room):
    allowed = {"exact", room} | set(ROOMS[:ROOMS.index(room) + 1])
    backwards = [f"{path.relative_to(ROOT)} imports {name}" for path in sources(room) for name in imported(path)
                 if name.split(".")[0] in {*ROOMS, "assay", "tests"} - allowed]
    assert not backwards


def test_the_kernel_imports_the_standard_library_alone():
    foreign = [f"{path.name} imports {name}" for path in sources("checkers/kernel") for name in imported(path)
               if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("checkers.kernel") and name != "checkers"]
    assert not foreign
    assert not list(imported(ROOT / "checkers" / "__init__.py"))


def test_nothing_evaluates_text():
    """No eval, exec or unpickling, and no sympy parser, anywhere in the rooms. (`re.compile` compiles no code.)"""
    forbidden = {"eval", "exec", "compile", "sympify", "parse_expr", "loads"}
    for path in [*sources(*ROOMS), ROOT / "assay.py"]:
        names = set(imported(path))
        assert not names & {"pickle", "marshal", "shelve", "dill", "cloudpickle"}, path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                is_strict = any(keyword.arg == "strict" for keyword in node.keywords)  # sympify(…, strict=True) refuses text
                harmless = called.startswith("json.") or called.endswith(".compile") or (called.endswith("sympify") and is_strict)
                assert called not in ("sympy.S", "sp.S"), f"{path}:{node.lineno}: {called}"
                assert called.rpartition(".")[2] not in forbidden or harmless, f"{path}:{node.lineno}: {called}"


def test_import_linter_agrees():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_import_linter_would_notice(tmp_path):
    """The contract is not empty: a room that looks to its right breaks it."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "checkers" / "kernel.py").write_text("")
    for name in ("checker", "evidence"):
        (tmp_path / "checkers" / f"{name}.py").write_text("")
    (tmp_path / "claims" / "__init__.py").write_text("import checkers\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    done = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "claims is not allowed to import checkers" in done.stdout
