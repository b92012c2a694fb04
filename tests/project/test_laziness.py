"""What a command loads: nothing heavy before it is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_LOADED = """
import sys
sys.argv = ["assay", *sys.argv[1:]]
import assay
code = assay.main()
print("LOADED", code, *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(*words):
    """The top-level modules in memory after a command, and its exit code."""
    done = subprocess.run([sys.executable, "-c", _LOADED, *words], capture_output=True, text=True, check=True, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)
    _, code, *modules = done.stdout.splitlines()[-1].split()
    return int(code), set(modules)


@pytest.mark.parametrize("words", [
    ["list"], ["list", "examples/classics.py"], ["list", "--json"], ["show", "examples/shapiro.py/C1"], ["--help"], ["verify", "--plan"],
])
def test_telling_loads_no_solver(words):
    code, modules = loaded_by(*words)
    assert code == 0
    assert not modules & {"cvxpy", "z3", "cvc5", "scipy", "matplotlib", "highspy", "hypothesis", "clarabel", "distributed", "numpy"}


def test_help_loads_no_computer_algebra():
    assert "sympy" not in loaded_by("verify", "--help")[1]


def test_the_front_door_itself_loads_the_standard_library_alone():
    words = [sys.executable, "-S", "-c", "import sys, assay; print(sorted({name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert done.stdout.strip() == "['__main__', 'assay']"


def test_the_public_names_are_there():
    import assay

    for name in assay._PUBLIC:
        assert getattr(assay, name) is not None
    with pytest.raises(AttributeError):
        assay.no_such_name  # noqa: B018
