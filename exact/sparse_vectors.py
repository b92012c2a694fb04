"""Sparse vectors of rational numbers over one common denominator: how the exact engines carry long vectors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from numbers import Integral, Rational
from types import MappingProxyType
from typing import TypeAlias

from exact import numerals

Number: TypeAlias = int | Fraction | Rational | str
Entries: TypeAlias = Mapping[int, Number] | Iterable[tuple[int, Number]]


class NotExactError(ValueError):
    """A number or an index that cannot stand in an exact vector."""


def rational(number: Number, name: str = "number") -> Fraction:
    """The number as a fraction: an int, a rational, or text such as ``"7/3"``, ``"-1.25"``, ``"1e-3"``.

    Raises NotExactError, which begins with `name`, for anything else. A float is refused: it is rarely the number that
    its author means.
    """
    if type(number) is Fraction:
        return number
    if isinstance(number, float):
        raise NotExactError(f"{name}: {number!r} is a float, which is not exact; write {str(number)!r} or a Fraction")
    if isinstance(number, bool):
        raise NotExactError(f"{name}: {number!r} is a truth value where a number is due")
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    if isinstance(number, str):
        try:
            return numerals.read_rational(number)
        except ValueError as error:
            raise NotExactError(f"{name}: {error}") from None
    raise NotExactError(f"{name}: {type(number).__name__} where an exact number is due")


def _index(index: object, name: str) -> int:
    """An integer of another type, numpy's say, as an int."""
    if isinstance(index, Integral) and not isinstance(index, bool):
        return int(index)
    raise NotExactError(f"{name}: the index {index!r} is not an integer")


class SparseVector(Mapping[int, Fraction]):
    """An immutable vector of rationals: index -> nonzero entry, indices ascending, over one common denominator.

    It is a mapping of its nonzero entries, but reading an absent index gives 0, as for a vector. The least common
    denominator is kept, so equal vectors have equal parts; `numerators` and `denominator` are the plain integers.
    """

    __slots__ = ("_denominator", "_numerators")

    def __init__(self, entries: Entries = (), name: str = "entries") -> None:
        """Take index -> number as a mapping or as pairs. Raises NotExactError naming `name` and the index."""
        exact: dict[int, Fraction] = {}
        for index, number in entries.items() if isinstance(entries, Mapping) else entries:
            if type(index) is not int:
                index = _index(index, name)
            if index < 0:
                raise NotExactError(f"{name}: the index {index} is negative")
            if index in exact:
                raise NotExactError(f"{name}: the index {index} is given twice")
            exact[index] = rational(number, f"{name}[{index}]")
        self._denominator = math.lcm(*{number.denominator for number in exact.values()})
        self._numerators = {
            index: exact[index].numerator * (self._denominator // exact[index].denominator)
            for index in sorted(exact)
            if exact[index]
        }

    @classmethod
    def over(cls, denominator: int, numerators: Iterable[tuple[int, int]]) -> SparseVector:
        """The vector numerators / denominator (denominator > 0; each index once), reduced to lowest terms."""
        kept = dict(sorted((index, numerator) for index, numerator in numerators if numerator))
        common = denominator
        for numerator in kept.values():
            if common == 1:
                break
            common = math.gcd(common, numerator)
        vector = cls()
        vector._denominator = denominator // common if kept else 1
        vector._numerators = kept if common == 1 else {index: number // common for index, number in kept.items()}
        return vector

    @property
    def denominator(self) -> int:
        """The least common denominator of the entries, > 0."""
        return self._denominator

    @property
    def numerators(self) -> Mapping[int, int]:
        """Index -> entry times `denominator`, for the nonzero entries, indices ascending."""
        return MappingProxyType(self._numerators)

    def dot(self, other: SparseVector) -> Fraction:
        """The scalar product."""
        few, many = sorted((self._numerators, other._numerators), key=len)
        return Fraction(
            sum(number * many[index] for index, number in few.items() if index in many),
            self._denominator * other._denominator,
        )

    def times(self, factor: int) -> SparseVector:
        """The vector multiplied by an integer."""
        return SparseVector.over(self._denominator, ((i, factor * number) for i, number in self._numerators.items()))

    def __getitem__(self, index: int) -> Fraction:
        return Fraction(self._numerators.get(index, 0), self._denominator)

    def __contains__(self, index: object) -> bool:
        return index in self._numerators

    def __iter__(self) -> Iterator[int]:
        return iter(self._numerators)

    def __len__(self) -> int:
        return len(self._numerators)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SparseVector):
            return self._denominator == other._denominator and self._numerators == other._numerators
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash((self._denominator, tuple(self._numerators.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return SparseVector.over, (self._denominator, tuple(self._numerators.items()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{index}: {self[index]}" for index in list(self._numerators)[:8])
        return f"SparseVector({{{shown}{', …' if len(self) > 8 else ''}}})"
