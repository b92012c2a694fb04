"""What every instance shares: exact fields, checked on construction, and an exact JSON round trip.

An instance is a frozen dataclass whose ``__post_init__`` brings each field to its exact, hashable form (`Fraction`, `int`,
tuples, other instances) or raises InstanceError with the field's name. Text such as ``"2/7"`` or ``"0.05"`` is read exactly.

Quantities run on instances whose rationals were replaced by recording numbers, and constructions compute with balls. So the readers
of this module let :class:`exact.balls.Ball` and :class:`exact.recording.Recorded` pass where they say *real*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any, Self, TypeAlias

from exact.balls import Ball
from exact.numerals import numeral, read_rational
from exact.reals import Real
from exact.recording import Recorded
from instances.errors import InstanceError

Rationals: TypeAlias = tuple[Fraction, ...]


class Instance:
    """A mixin for frozen dataclasses: ``to_json`` and ``from_json``, inverse to each other."""

    def to_json(self) -> dict[str, Any]:
        """The fields by name; rationals as ``"p/q"``."""
        return {entry.name: _to_json(entry.name, getattr(self, entry.name)) for entry in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The instance that ``to_json`` describes. Raises InstanceError for a missing, unknown or malformed field."""
        name = cls.__name__
        if not isinstance(data, Mapping):
            raise InstanceError(name, f"{type(data).__name__} where an object is due")
        known = [entry.name for entry in fields(cls)]  # type: ignore[arg-type]
        for key in data:
            if key not in known:
                raise InstanceError(str(key), f"is no field of {name}, which has {', '.join(known)}")
        for key in known:
            if key not in data:
                raise InstanceError(key, f"is missing ({name})")
        return cls(**data)


def _to_json(field: str, value: Any) -> Any:
    if isinstance(value, Fraction):
        return numeral(value)
    if isinstance(value, tuple):
        return [_to_json(field, item) for item in value]
    if isinstance(value, Instance):
        return value.to_json()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise InstanceError(field, f"{type(value).__name__} has no exact JSON form")


def rational(field: str, value: Any, lower: int | None = None, upper: int | None = None) -> Fraction:
    """An exact rational between the bounds (None: unbounded). Raises InstanceError."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise InstanceError(field, f"{value!r} is no exact rational; write 3, '2/7' or a Fraction")
    try:
        exact = read_rational(value) if isinstance(value, str) else Fraction(value)
    except ValueError as error:
        raise InstanceError(field, str(error)) from None
    if (lower is not None and exact < lower) or (upper is not None and exact > upper):
        span = f"at least {lower}" if upper is None else f"between {lower} and {upper}"
        raise InstanceError(field, f"{numeral(exact)} is not {span}")
    return exact


def positive_real(field: str, value: Any) -> Real:
    """A positive rational, or a number that is computed: a ball or a recording number, certainly positive."""
    exact = value if isinstance(value, Ball | Recorded) else rational(field, value)
    if not exact > 0:
        raise InstanceError(field, f"{value} is not positive")
    return exact


def count(field: str, value: Any, least: int = 0) -> int:
    """An integer of at least ``least``. Raises InstanceError."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InstanceError(field, f"{value!r} is no integer >= {least}")
    return value


def sequence(field: str, value: Any) -> Sequence[Any]:
    """A list or tuple. Raises InstanceError."""
    if not isinstance(value, list | tuple):
        raise InstanceError(field, f"{type(value).__name__} where a list is due")
    return value


def rationals(field: str, value: Any, lower: int | None = None, upper: int | None = None) -> Rationals:
    """A non-empty tuple of rationals between the bounds; an error names the entry."""
    entries = tuple(rational(f"{field}[{i}]", x, lower, upper) for i, x in enumerate(sequence(field, value)))
    if not entries:
        raise InstanceError(field, "is empty")
    return entries


def simplex_point(field: str, value: Any, full_support: bool = False) -> Rationals:
    """Non-negative rationals with sum 1 (all positive on request). Raises InstanceError."""
    weights = rationals(field, value, lower=0)
    if sum(weights) != 1:
        raise InstanceError(field, f"the entries add up to {numeral(sum(weights))}, not 1")
    if full_support and 0 in weights:
        raise InstanceError(f"{field}[{weights.index(Fraction(0))}]", "is 0, where full support is due")
    return weights


def matrix(field: str, value: Any, lower: int | None = None, upper: int | None = None) -> tuple[Rationals, ...]:
    """Rows of equal positive length with rational entries between the bounds. Raises InstanceError."""
    rows = tuple(rationals(f"{field}[{i}]", row, lower, upper) for i, row in enumerate(sequence(field, value)))
    if not rows:
        raise InstanceError(field, "is empty")
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise InstanceError(f"{field}[{i}]", f"{len(row)} entries, where the first row has {len(rows[0])}")
    return rows
