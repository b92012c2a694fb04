"""Finite rational distributions: lotteries over numbered alternatives, and random variables with rational values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from instances.errors import InstanceError
from instances.instance import Instance, Rationals, count, rationals, simplex_point


@dataclass(frozen=True)
class Lottery(Instance):
    """A point of the simplex: alternative x (from 0) has probability ``masses[x]``."""

    masses: Rationals

    def __post_init__(self) -> None:
        object.__setattr__(self, "masses", simplex_point("masses", self.masses))

    @classmethod
    def uniform(cls, alternatives: int) -> Lottery:
        """Equal masses on that many alternatives."""
        return cls((Fraction(1, count("alternatives", alternatives, 1)),) * alternatives)

    @classmethod
    def point(cls, alternatives: int, x: int) -> Lottery:
        """All mass on alternative x."""
        if not 0 <= x < alternatives:
            raise InstanceError("x", f"{x} is none of the {alternatives} alternatives")
        return cls(tuple(Fraction(int(y == x)) for y in range(alternatives)))

    @property
    def support(self) -> tuple[int, ...]:
        """The alternatives of positive mass, in order."""
        return tuple(x for x, mass in enumerate(self.masses) if mass > 0)

    def conditioned(self, alternatives: Iterable[int]) -> Lottery:
        """This lottery given that one of ``alternatives`` is drawn. Raises InstanceError when that has probability 0."""
        kept = set(alternatives)
        total = sum((mass for x, mass in enumerate(self.masses) if x in kept), Fraction(0))
        if not total:
            raise InstanceError("alternatives", "have probability 0 together")
        return Lottery(tuple(mass / total if x in kept else Fraction(0) for x, mass in enumerate(self.masses)))

    def expectation(self, values: Sequence[Fraction]) -> Fraction:
        """The mean of ``values[x]``."""
        return sum((mass * value for mass, value in zip(self.masses, values, strict=True)), Fraction(0))


@dataclass(frozen=True)
class RationalVariable(Instance):
    """A random variable with finitely many rational values: ``values[i]`` with probability ``masses[i]``.

    Construction puts it in normal form: values increase, none has mass 0, none stands twice. So equal laws are equal objects.
    """

    values: Rationals
    masses: Rationals

    def __post_init__(self) -> None:
        values, masses = rationals("values", self.values), simplex_point("masses", self.masses)
        if len(values) != len(masses):
            raise InstanceError("masses", f"{len(masses)} masses for {len(values)} values")
        law: dict[Fraction, Fraction] = {}
        for value, mass in zip(values, masses, strict=True):
            if mass:
                law[value] = law.get(value, Fraction(0)) + mass
        object.__setattr__(self, "values", tuple(sorted(law)))
        object.__setattr__(self, "masses", tuple(law[value] for value in sorted(law)))

    def mean(self) -> Fraction:
        """The expectation."""
        return sum((value * mass for value, mass in zip(self.values, self.masses, strict=True)), Fraction(0))

    def probability(self, event: Callable[[Fraction], bool]) -> Fraction:
        """The probability that the value satisfies ``event``."""
        return sum((mass for value, mass in zip(self.values, self.masses, strict=True) if event(value)), Fraction(0))
