"""What code a result rests on: source texts found by following imports, and the versions of the solvers they import.

A task's identity contains the digest that :func:`code_digest` computes. It covers every file of the paper's room
(data files too) or the user's own file, the checkers that take this kind of formulation, the kernel, and every
project module that any of these import. A change anywhere else leaves the identity as it was.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import importlib.util
import platform
import sys
import sysconfig
from functools import cache
from pathlib import Path

from checkers.checker import CANDIDATES
from checkers.engine.tasks import digest

ROOT = Path(__file__).resolve().parents[2]
_ROOMS = ("exact", "instances", "claims", "checkers")
_FOUNDATION = ("checkers.checker", "checkers.evidence", "checkers.kernel", "claims")
_DISTRIBUTIONS = {
    "z3": ("z3-solver",), "flint": ("python-flint",), "cvc5": ("cvc5",), "sympy": ("sympy", "mpmath"), "highspy": ("highspy",),
    "cvxpy": ("cvxpy", "clarabel"), "numpy": ("numpy",), "scipy": ("scipy",), "hypothesis": ("hypothesis",), "pysat": ("python-sat",),
    "numba": ("numba", "llvmlite"),
}


def solver_versions() -> dict[str, str]:
    """The installed version of every solver and library that results may rest on."""
    names = sorted({name for group in _DISTRIBUTIONS.values() for name in group})
    return {name: version for name in names if (version := _version(name)) is not None}


@cache
def code_digest(origin: str, form: str) -> str:
    """The digest of all code that a formulation of this kind in this paper rests on.

    ``origin`` is a shipped paper's slug or the path of a user's file, ``form`` the name of the formulation's type.
    Computed once per process: a process answers for the code that it has loaded.
    """
    files, libraries = _closure(origin, form)
    return digest({
        "sources": [[name, _file_digest(path)] for name, path in sorted(files.items())],
        "versions": {name: _version(name) for library in sorted(libraries) for name in _DISTRIBUTIONS.get(library, (library,))},
        "python": ".".join(platform.python_version_tuple()[:2]),
    })


def survey() -> None:
    """Read the imports of all files outside the papers' rooms, so that processes forked from this one know them already.

    A file that changes later is noticed all the same: its content counts, and is read anew by each process.
    """
    for room in _ROOMS:
        for path in (ROOT / room).glob("*.py") if room == "claims" else (ROOT / room).rglob("*.py"):
            imported_modules(path)


def _closure(origin: str, form: str) -> tuple[dict[str, Path], set[str]]:
    """Files by a name that does not depend on where the project lies, and the third-party packages that they import."""
    files: dict[str, Path] = {}
    libraries: set[str] = set()
    waiting = [f"checkers.{name}" for name in CANDIDATES.get(form, ())] + list(_FOUNDATION)
    if origin.endswith(".py"):
        files["user"] = Path(origin)
        waiting += imported_modules(Path(origin))
    else:
        room = ROOT / "claims" / origin
        for path in sorted(path for path in room.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            files[path.relative_to(ROOT).as_posix()] = path
            waiting += imported_modules(path) if path.suffix == ".py" else ()
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        for name, path in _files_of(module):
            if name not in files:
                files[name] = path
                waiting += imported_modules(path)
        if _is_library(module):
            libraries.add(module.split(".")[0])
    return files, libraries


@cache
def _files_of(module: str) -> tuple[tuple[str, Path], ...]:
    """The source files that importing a module of this project, or of the user, runs: its own and its parent
    packages', each with a name."""
    top = module.split(".")[0]
    home = _home(top)
    if home is None or _is_library(module):
        return ()
    owner = "" if top in _ROOMS else "user/"
    folder = home
    found: list[tuple[str, Path]] = []
    for name in module.split("."):
        folder = folder / name
        found += [(owner + path.relative_to(home).as_posix(), path)
                  for path in (folder / "__init__.py", folder.with_suffix(".py")) if path.is_file()]
    return tuple(found)


@cache
def _is_library(module: str) -> bool:
    """Whether the module belongs to an installed third-party distribution."""
    top = module.split(".")[0]
    home = _home(top)
    return top not in _ROOMS and (top in _DISTRIBUTIONS or (home is not None and _is_installed(home)))


@cache
def _home(top: str) -> Path | None:
    """The folder in which a top-level module or package lies; None for the standard library and for what is not
    there. Imports nothing."""
    if top in _ROOMS:
        return ROOT
    if top in sys.stdlib_module_names or top in ("", "__main__"):
        return None
    specification = importlib.util.find_spec(top)
    if specification is None or specification.origin is None:
        return None
    location = Path(specification.origin).resolve()
    return location.parents[1] if location.name == "__init__.py" else location.parent


def _is_installed(folder: Path) -> bool:
    return any(folder.is_relative_to(Path(sysconfig.get_path(kind)).resolve()) for kind in ("purelib", "platlib"))


@cache
def imported_modules(path: Path) -> tuple[str, ...]:
    """The modules that a source file imports anywhere in it, as dotted names; ``from a import b`` counts as ``a`` and
    ``a.b``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            names.add(base)
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return tuple(sorted(names))


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    """The absolute name of the module that a ``from`` import names, which may be relative to the file's package."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[:-1] if path.is_relative_to(ROOT) else ()
    base = list(package[:len(package) - (node.level - 1)])
    return ".".join(base + ([node.module] if node.module else []))


@cache
def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
