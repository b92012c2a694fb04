"""Strict reading of certificates: every value is fetched with its place, and a wrong one is rejected there."""

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, NoReturn

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 64
MAX_BITS = 4_000_000
MAX_DECIMAL_DIGITS = 1_250_000  # a little over 4,000,000 bits
RELATIONS = ("<", "<=", ">", ">=", "==", "!=")
_SCALARS = {str, int, bool, type(None)}
_NUMBER = re.compile(r"(-?)(0x[0-9a-fA-F]+|[0-9]+)(?:/(0x[0-9a-fA-F]+|[0-9]+))?", re.ASCII)


class Rejected(Exception):
    """The document proves nothing: what is wrong, and at which place."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason = place, reason


class _Forbidden(NamedTuple):
    """What JSON can write and a certificate may not; it stays in the tree until its place is known."""

    reason: str


class Field:
    """A JSON value and the place where it stands in the document."""

    __slots__ = ("place", "value")

    def __init__(self, value: object, place: str) -> None:
        self.value, self.place = value, place

    def rejected(self, reason: str) -> NoReturn:
        """Reject the document at this place."""
        raise Rejected(self.place or "document", reason)

    def record(self, *keys: str) -> dict[str, "Field"]:
        """The fields of an object that has exactly these keys."""
        if not isinstance(self.value, dict):
            self.rejected(f"expected an object, found {_show(self.value)}")
        for key in keys:
            if key not in self.value:
                self.rejected(f"key {key!r} is missing")
        for key in self.value:
            if key not in keys:
                self.rejected(f"unknown key {_show(key)}")
        return {key: Field(self.value[key], f"{self.place}.{key}" if self.place else key) for key in keys}

    def member(self, key: str) -> "Field":
        """One field of an object."""
        if not isinstance(self.value, dict) or key not in self.value:
            self.rejected(f"key {key!r} is missing")
        return Field(self.value[key], f"{self.place}.{key}")

    def items(self, length: int | None = None) -> list["Field"]:
        """The entries of a list (of this length, when one is given)."""
        if not isinstance(self.value, list):
            self.rejected(f"expected a list, found {_show(self.value)}")
        if length is not None and len(self.value) != length:
            self.rejected(f"expected {length} entries, found {len(self.value)}")
        return [Field(value, f"{self.place}[{i}]") for i, value in enumerate(self.value)]

    def text(self) -> str:
        """A string that can stand in a message."""
        if not isinstance(self.value, str) or len(self.value) > 10_000 or not self.value.isprintable():
            self.rejected(f"expected a printable string, found {_show(self.value)}")
        return self.value

    def choice(self, *options: str) -> str:
        """One of these words."""
        if not isinstance(self.value, str) or self.value not in options:
            self.rejected(f"expected one of {' '.join(options)}, found {_show(self.value)}")
        return self.value

    def integer(self, low: int, high: int) -> int:
        """A JSON integer in low..high."""
        if type(self.value) is not int or not low <= self.value <= high:
            self.rejected(f"expected an integer in {low}..{high}, found {_show(self.value)}")
        return self.value

    def index(self, size: int) -> int:
        """A JSON integer in 0..size-1."""
        if type(self.value) is not int or not 0 <= self.value < size:
            self.rejected(f"expected an index below {size}, found {_show(self.value)}")
        return self.value

    def number(self) -> Fraction:
        """An exact rational number, written as a string."""
        if not isinstance(self.value, str):
            self.rejected(f"expected a number as a string, found {_show(self.value)}")
        match = _NUMBER.fullmatch(self.value)
        if match is None:
            self.rejected(f"not a number: {_show(self.value)}")
        sign, top, bottom = match.groups()
        numerator, denominator = self._natural(top), self._natural(bottom or "1")
        if denominator == 0:
            self.rejected("denominator 0")
        return Fraction(-numerator if sign else numerator, denominator)

    def bound(self) -> Fraction | None:
        """A number, or null for an infinite end."""
        return None if self.value is None else self.number()

    def absent(self) -> None:
        """Null, for a field that is not used."""
        if self.value is not None:
            self.rejected(f"expected null, found {_show(self.value)}")

    def vector(self, size: int) -> tuple[dict[int, int], int]:
        """Numerators by index, and their positive common denominator."""
        fields = self.record("denominator", "entries")
        denominator = fields["denominator"].number()
        if denominator <= 0 or denominator.denominator != 1:
            fields["denominator"].rejected("expected a positive integer")
        numerators: dict[int, int] = {}
        last = -1
        for entry in fields["entries"].items():
            index, value = entry.items(2)
            if index.index(size) <= last:
                index.rejected("indices must increase")
            last, number = index.index(size), value.number()
            if number.denominator != 1:
                value.rejected("expected an integer")
            numerators[last] = number.numerator
        return numerators, denominator.numerator

    def _natural(self, digits: str) -> int:
        """A natural number, decimal or 0x…; independent of the interpreter's limit on decimal digits."""
        if digits[:2] == "0x":
            if len(digits) - 2 > MAX_BITS // 4:
                self.rejected(f"number longer than {MAX_BITS} bits")
            return int(digits, 16)
        if len(digits) > MAX_DECIMAL_DIGITS:
            self.rejected(f"number longer than {MAX_BITS} bits")
        return _decimal(digits)


def _decimal(digits: str) -> int:
    if len(digits) <= 600:
        return int(digits)
    half = len(digits) // 2
    power: int = 10**half
    return _decimal(digits[:-half]) * power + _decimal(digits[-half:])


def _show(value: object) -> str:
    """A short picture of any JSON value."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, dict)):
        return f"a list of {len(value)}" if isinstance(value, list) else "an object"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:30]}… ({len(value)} characters)")
    return str(value) if isinstance(value, int) and value.bit_length() < 64 else f"a {type(value).__name__}"


def parse(document: Mapping[str, object] | str | bytes) -> Field:
    """The document as a field whose whole tree is plain JSON within the limits."""
    if isinstance(document, (str, bytes)):
        if len(document) > MAX_BYTES:
            raise Rejected("document", f"longer than {MAX_BYTES} bytes")
        try:
            text = document.decode("utf-8") if isinstance(document, bytes) else document
            document = json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction,
                                  parse_constant=_fraction)
        except RecursionError:
            raise Rejected("document", f"nesting deeper than {MAX_DEPTH}") from None
        except ValueError as error:
            raise Rejected("document", f"not JSON: {error}") from None
    if isinstance(document, _Forbidden):
        raise Rejected("document", document.reason)
    _check_tree(document)
    return Field(document, "")


def _object(pairs: list[tuple[str, object]]) -> object:
    fields: dict[str, object] = {}
    for key, value in pairs:
        if key in fields:
            return _Forbidden(f"key {_show(key)} appears twice")
        fields[key] = value
    return fields


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= 20 else _Forbidden("a JSON integer of more than 20 characters")


def _fraction(digits: str) -> object:
    return _Forbidden(f"JSON number {_show(digits)}: numbers that are not integers must be strings like \"1/2\"")


def _check_tree(document: object) -> None:
    """Only plain JSON values, to the allowed depth; with iterators: no recursion overflows, and no list grows."""
    open_nodes = [_inner_nodes("", document)]
    while open_nodes:
        inner = next(open_nodes[-1], None)
        if inner is None:
            open_nodes.pop()
        elif len(open_nodes) == MAX_DEPTH:
            raise Rejected(inner[0], f"nesting deeper than {MAX_DEPTH}")
        else:
            open_nodes.append(_inner_nodes(*inner))


def _inner_nodes(place: str, node: object) -> Iterator[tuple[str, object]]:
    """The lists and objects directly under a list or object; its other entries must be JSON scalars."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        if type(value) in _SCALARS:
            continue
        inner = f"{place}[{key}]" if isinstance(node, list) else f"{place}.{key}" if place else str(key)
        if type(value) is not list and type(value) is not dict:
            reason = value.reason if isinstance(value, _Forbidden) else f"a Python {type(value).__name__} is not JSON"
            raise Rejected(inner, reason)
        yield inner, value
