"""Parameters of claims: names, domains, defaults, and strict reading of what a user types.

Nothing is ever evaluated: scalars are read by :func:`exact.numerals.read_rational`, lists by JSON with exact numbers (a fraction in a list needs no quotes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from claims.errors import ParameterError
from exact.numerals import numeral, read_rational

Values: TypeAlias = Mapping[str, Any]

INFINITY = "inf"
"""The value of an extended-rational parameter that is unbounded."""


class Domain(Protocol):
    """What a parameter may be: ``read`` turns JSON data (numbers already exact) into a value or raises ValueError."""

    def read(self, data: Any) -> Any:
        """The value that the data denotes."""

    def describe(self) -> str:
        """The domain in words."""


def _rational(data: Any) -> Fraction:
    if isinstance(data, bool) or not isinstance(data, str | int | Fraction):
        raise ValueError(f"{data!r} is no rational number")
    return read_rational(data) if isinstance(data, str) else Fraction(data)


@dataclass(frozen=True)
class Rationals:
    """Rationals between ``lower`` and ``upper`` (None: unbounded), ends included unless listed in ``without``."""

    lower: Fraction | int | None = None
    upper: Fraction | int | None = None
    without: tuple[Fraction | int, ...] = ()
    infinite: bool = False

    def read(self, data: Any) -> Fraction | str:
        """The rational, or ``"inf"`` where the domain has it."""
        if data == INFINITY and self.infinite:
            return INFINITY
        value = _rational(data)
        below = self.lower is not None and value < self.lower
        above = self.upper is not None and value > self.upper
        if below or above or value in self.without:
            raise ValueError(f"{numeral(value)} is not in the domain")
        return value

    def describe(self) -> str:
        """For instance ``rational, 0 < value <= 1``."""
        parts = ["value"]
        if self.lower is not None:
            parts.insert(0, f"{self.lower} {'<' if self.lower in self.without else '<='}")
        if self.upper is not None:
            parts.append(f"{'<' if self.upper in self.without else '<='} {self.upper}")
        other = [str(x) for x in self.without if x not in (self.lower, self.upper)]
        return "rational" + (f", {' '.join(parts)}" if len(parts) > 1 else "") + (
            f", not {', '.join(other)}" if other else "") + (", or inf" if self.infinite else "")


POSITIVE = Rationals(lower=0, without=(0,))


@dataclass(frozen=True)
class Integers:
    """Integers from ``lower`` to ``upper`` (None: unbounded)."""

    lower: int | None = None
    upper: int | None = None

    def read(self, data: Any) -> int:
        """The integer."""
        value = _rational(data)
        if value.denominator != 1:
            raise ValueError(f"{numeral(value)} is no integer")
        if (self.lower is not None and value < self.lower) or (self.upper is not None and value > self.upper):
            raise ValueError(f"{numeral(value)} is not in the domain")
        return int(value)

    def describe(self) -> str:
        """For instance ``integer >= 1``."""
        return "integer" + (f" >= {self.lower}" if self.lower is not None else "") + (
            f"{' and' if self.lower is not None else ''} <= {self.upper}" if self.upper is not None else "")


@dataclass(frozen=True)
class Lists:
    """Lists of entries of a domain, of length ``least`` or more; ``total`` fixes the sum."""

    entries: Domain
    least: int = 1
    total: Fraction | int | None = None

    def read(self, data: Any) -> tuple[Any, ...]:
        """The entries as a tuple."""
        if not isinstance(data, list | tuple):
            raise ValueError(f"{str(data)[:60]} is no list")
        if len(data) < self.least:
            raise ValueError(f"a list of {len(data)} entries, where at least {self.least} are due")
        values = tuple(self.entries.read(entry) for entry in data)
        if self.total is not None and sum(values) != self.total:
            raise ValueError(f"the entries add up to {numeral(sum(values))}, not {self.total}")
        return values

    def describe(self) -> str:
        """For instance ``list of (rational, 0 <= value) with sum 1``."""
        return f"list of ({self.entries.describe()})" + (f" with sum {self.total}" if self.total is not None else "")


@dataclass(frozen=True)
class Matrices:
    """Rows of equal length with entries of a domain."""

    entries: Domain
    square: bool = False

    def read(self, data: Any) -> tuple[tuple[Any, ...], ...]:
        """The rows as tuples."""
        rows: tuple[tuple[Any, ...], ...] = Lists(Lists(self.entries)).read(data)
        if len({len(row) for row in rows}) != 1:
            raise ValueError("rows of different lengths")
        if self.square and len(rows) != len(rows[0]):
            raise ValueError(f"{len(rows)} rows of {len(rows[0])} entries are no square matrix")
        return rows

    def describe(self) -> str:
        """For instance ``matrix of (rational)``."""
        return f"{'square ' if self.square else ''}matrix of ({self.entries.describe()})"


@dataclass(frozen=True)
class Choices:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, data: Any) -> str:
        """The word."""
        if data not in self.words:
            raise ValueError(f"{str(data)[:60]!r} is none of them")
        return str(data)

    def describe(self) -> str:
        """The words."""
        return "one of " + ", ".join(self.words)


SIMPLEX = Lists(Rationals(lower=0), total=1)
FULL_SUPPORT = Lists(POSITIVE, total=1)


@dataclass(frozen=True)
class Parameter:
    """A named parameter. ``default`` is a value, or a function of the parameters read before it, or None: then it may stay unset.

    ``excludes`` names parameters that cannot be given together with it; a parameter whose excluding partner was given gets no default.
    """

    name: str
    domain: Domain
    meaning: str
    default: Any = None
    excludes: tuple[str, ...] = ()

    def read(self, data: Any) -> Any:
        """The value; raises ParameterError that names the parameter and its domain."""
        try:
            return self.domain.read(data)
        except ValueError as error:
            raise ParameterError(f"{self.name}: {error}; it must be: {self.domain.describe()} ({self.meaning})") from None


def parse_assignments(assignments: Sequence[str]) -> dict[str, Any]:
    """``["n=5", 'mu=["1/2","1/2"]']`` as data with exact numbers. Raises ParameterError."""
    data: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name:
            raise ParameterError(f"{assignment!r} is no NAME=VALUE")
        if name in data:
            raise ParameterError(f"{name} is given twice")
        data[name] = _data(name, text)
    return data


_FRACTION = re.compile(r'"(?:[^"\\]|\\.)*"|(-?\d+/\d+)')
"""A JSON string as it stands, or a fraction outside of any: people write [1/2, 1/2], and no shell asks them for more quotes than that."""


def _data(name: str, text: str) -> Any:
    if not text.lstrip().startswith(("[", "{")):
        return text.strip()
    quoted = _FRACTION.sub(lambda found: found[0] if found[1] is None else f'"{found[1]}"', text)
    try:
        return json.loads(quoted, parse_float=read_rational, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ParameterError(f"{name}: {text[:60]!r} is no JSON list of exact numbers ({error})") from None


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no rational number; quote \"inf\" where a parameter may be infinite")


def read_parameters(parameters: Sequence[Parameter], data: Mapping[str, Any]) -> dict[str, Any]:
    """The full set of values: what is given, checked, and the defaults of the rest.

    Raises ParameterError for an unknown name (listing the valid ones), a value outside its domain, or two parameters that exclude each other.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in data:
        if name not in known:
            valid = "; ".join(f"{p.name}: {p.domain.describe()} ({p.meaning})" for p in parameters) or "none"
            raise ParameterError(f"unknown parameter {name}; valid are: {valid}")
    for name in data:
        for other in known[name].excludes:
            if other in data:
                raise ParameterError(f"{name} and {other} cannot both be given")
    values: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.name in data:
            values[parameter.name] = parameter.read(data[parameter.name])
        elif not any(other in data for other in parameter.excludes):
            default = parameter.default(values) if isinstance(parameter.default, Callable) else parameter.default  # type: ignore[arg-type]
            if default is not None:
                values[parameter.name] = parameter.read(default)
    return values


def to_json(value: Any) -> Any:
    """Exact data as JSON: fractions as ``"p/q"``, balls as mid and rad, tuples as lists, dataclasses by field unless they have a ``to_json``."""
    if isinstance(value, Fraction):
        return numeral(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if hasattr(value, "to_json"):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return value
