"""Python code that shows a counterexample again: what a reader pastes into a session."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exact.balls import Ball

_USER_FILE = "assay_user_claims_"
_RUN = "run_file"


def reproducing_code(instance: Any, parameters: Mapping[str, Any], quantity: Callable[..., Any], relation: str, bound: Callable[..., Any],
                     bound_arguments: str = "instance, parameters") -> str:
    """Lines that build the instance and assert that the relation fails.

    Functions without an importable name (lambdas, closures) are named in a comment instead: the certificate carries their arithmetic anyway.
    """
    assertion = f"assert not quantity(instance, parameters) {relation} bound({bound_arguments})"
    return _code({"instance": instance, "parameters": dict(parameters)}, {"quantity": quantity, "bound": bound}, [assertion])


def solving_code(build: Callable[..., Any], parameters: Mapping[str, Any], outcome: str, value: Fraction | None) -> str:
    """Lines that solve a linear program again and assert its outcome and value."""
    lines = ["solution = linear_programs.solve(build(parameters))", f"assert (solution.outcome, solution.value) == ({outcome!r}, {value!r})"]
    return _code({"parameters": dict(parameters)}, {"build": build}, lines, "from exact import linear_programs")


def asserting_code(instance: Any, parameters: Mapping[str, Any], predicate: Callable[..., Any]) -> str:
    """Lines that build the instance and assert that the predicate fails."""
    return _code({"instance": instance, "parameters": dict(parameters)}, {"predicate": predicate}, ["assert not predicate(instance, parameters)"])


def root_code(parameters: Mapping[str, Any], equations: Callable[..., Any], guess: Callable[..., Any], quantity: Callable[..., Any],
              relation: str, bound: Callable[..., Any]) -> str:
    """Lines that enclose a root again and assert that the relation fails there."""
    lines = [
        "root = certified_root(lambda unknowns: equations(unknowns, parameters), guess(parameters))",
        f"assert not quantity(root, parameters) {relation} bound(root, parameters)",
    ]
    functions = {"equations": equations, "guess": guess, "quantity": quantity, "bound": bound}
    return _code({"parameters": dict(parameters)}, functions, lines, "from exact.roots import certified_root")


def counting_code(build: Callable[..., Any], parameters: Mapping[str, Any], relation: str, models: int) -> str:
    """Lines that print the formula for any SAT solver (DIMACS), and count its models again: up to one more, where there are said to be no others."""
    lines = [
        "formula = build(parameters)",
        "print(formula.dimacs())",
        f"assert len(models_of(formula, at_most={models + 1 if relation == '==' else models})) == {models}",
    ]
    return _code({"parameters": dict(parameters)}, {"build": build}, lines, "from checkers.sat import models_of")


def _code(values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]], statements: Sequence[str], *imports: str) -> str:
    """Imports, each function bound to its role (so that no two names meet), the values, and the statements."""
    classes = {cls for value in values.values() for cls in _classes(value)}
    bindings = sorted(_binding(cls.__module__, name, name) for cls in classes for name in [cls.__qualname__.split(".")[0]])
    bindings += [_bound_function(role, function) for role, function in functions.items()]
    assignments = [f"{name} = {value!r}" for name, value in values.items()]
    return "\n".join(["from fractions import Fraction", *imports, *_user_files(bindings), *bindings, *assignments, *statements])


def _bound_function(role: str, function: Callable[..., Any]) -> str:
    name = getattr(function, "__qualname__", "")
    if name.isidentifier():
        return _binding(function.__module__, name, role)
    return f"# {role}: {_where(function)}, which has no name to import"


def _binding(module: str, name: str, role: str) -> str:
    """The line that makes a name of a module available; a user's claims file is run by its path."""
    if module.startswith(_USER_FILE):
        file = Path(getattr(sys.modules.get(module), "__file__", None) or "claims.py").name
        return f"{role} = {_RUN}({file!r})[{name!r}]"
    return f"from {module} import {name}" + (f" as {role}" if role != name else "")


def _user_files(bindings: Sequence[str]) -> list[str]:
    """Lines that let a user's file be run, once however often it is named."""
    return ["import functools, runpy", f"{_RUN} = functools.cache(runpy.run_path)"] if any(f"{_RUN}(" in line for line in bindings) else []


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
