"""Python code that shows a counterexample again: what a reader pastes into a session."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exact.balls import Ball

_USER_FILE = "assay_user_claims_"


Side = tuple[Callable[..., Any], str]
"""A function and the arguments that it is called with, as text."""


def reproducing_code(instance: Any, parameters: Mapping[str, Any], quantity: Side, relation: str, bound: Side) -> str:
    """Lines that build the instance and assert that the relation fails.

    Functions without an importable name (lambdas, closures) are named in a comment instead: the certificate carries their arithmetic anyway.
    """
    left, right = _named("quantity", quantity[0]), _named("bound", bound[0])
    assertion = f"assert not {left.name}({quantity[1]}) {relation} {right.name}({bound[1]})"
    return _code({"instance": instance, "parameters": dict(parameters)}, (left, right), [assertion])


def solving_code(build: Callable[..., Any], parameters: Mapping[str, Any], outcome: str, value: Fraction | None) -> str:
    """Lines that solve a linear program again and assert its outcome and value."""
    builder = _named("build", build)
    lines = [
        f"solution = linear_programs.solve({builder.name}(parameters))",
        f"assert (solution.outcome, solution.value) == ({outcome!r}, {value!r})",
    ]
    return _code({"parameters": dict(parameters)}, (builder,), lines, "from exact import linear_programs")


def asserting_code(instance: Any, parameters: Mapping[str, Any], predicate: Callable[..., Any]) -> str:
    """Lines that build the instance and assert that the predicate fails."""
    named = _named("predicate", predicate)
    return _code({"instance": instance, "parameters": dict(parameters)}, (named,), [f"assert not {named.name}(instance, parameters)"])


def root_code(parameters: Mapping[str, Any], equations: Callable[..., Any], guess: Callable[..., Any], quantity: Callable[..., Any],
              relation: str, bound: Callable[..., Any]) -> str:
    """Lines that enclose a root again and assert that the relation fails there."""
    system, start, left, right = _named("equations", equations), _named("guess", guess), _named("quantity", quantity), _named("bound", bound)
    lines = [
        f"root = certified_root(lambda unknowns: {system.name}(unknowns, parameters), {start.name}(parameters))",
        f"assert not {left.name}(root, parameters) {relation} {right.name}(root, parameters)",
    ]
    return _code({"parameters": dict(parameters)}, (system, start, left, right), lines, "from exact.roots import certified_root")


@dataclass(frozen=True)
class _Named:
    """A function's name in the code, and the line that makes it available."""

    name: str
    line: str


def _named(role: str, function: Callable[..., Any]) -> _Named:
    name = getattr(function, "__qualname__", "")
    if name.isidentifier():
        return _Named(name, _binding(function.__module__, name))
    return _Named(role, f"# {role}: {_where(function)}, which has no name to import")


def _code(values: Mapping[str, Any], functions: Sequence[_Named], statements: Sequence[str], *imports: str) -> str:
    classes = {cls for value in values.values() for cls in _classes(value)}
    lines = {_binding(cls.__module__, cls.__qualname__.split(".")[0]) for cls in classes} | {function.line for function in functions}
    first = ["from fractions import Fraction", *imports] + (["import runpy"] if any("runpy." in line for line in lines) else [])
    return "\n".join([*first, *sorted(lines), *(f"{name} = {value!r}" for name, value in values.items()), *statements])


def _binding(module: str, name: str) -> str:
    """The line that makes a name of a module available; a user's claims file is run by its path."""
    if module.startswith(_USER_FILE):
        file = Path(getattr(sys.modules.get(module), "__file__", None) or "claims.py").name
        return f"{name} = runpy.run_path({file!r})[{name!r}]"
    return f"from {module} import {name}"


def _where(function: Any) -> str:
    code = getattr(function, "__code__", None)
    return f"line {code.co_firstlineno} of {Path(code.co_filename).name}" if code else f"a {type(function).__name__}"


def _classes(value: Any) -> Iterator[type]:
    """The classes, other than built-in ones, whose ``repr`` stands in the code."""
    if isinstance(value, Fraction | Ball):
        return
    if is_dataclass(value) and not isinstance(value, type):
        yield type(value)
        for field in fields(value):
            yield from _classes(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _foreign(value)
        for key, item in value.items():
            yield from _classes(key)
            yield from _classes(item)
    elif isinstance(value, tuple | list | set | frozenset):
        yield from _foreign(value)
        for item in value:
            yield from _classes(item)


def _foreign(value: Any) -> Iterator[type]:
    if type(value).__module__ != "builtins":
        yield type(value)
