"""Finite signalling schemes for a binary state, as joint masses of the state and of what is sent.

Both classes carry, for every profile that is sent, two masses: of the profile together with state 1, and together with
state 0. So the masses of state 1 add up to the prior λ, and those of state 0 to 1 − λ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.reals import Real
from instances.errors import InstanceError
from instances.instance import Instance, count, rational, sequence


@dataclass(frozen=True)
class DirectScheme(Instance):
    """Signals that recommend an action: a profile is the mask of the receivers that are told to take action 1.

    ``masses``: triples (profile, mass with state 1, mass with state 0), profiles ascending and none twice. Raises InstanceError.
    """

    agents: int
    masses: tuple[tuple[int, Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        count("agents", self.agents, 1)
        object.__setattr__(self, "masses", tuple(_triple(i, triple, count) for i, triple in enumerate(sequence("masses", self.masses))))
        profiles = [profile for profile, _, _ in self.masses]
        if profiles != sorted(set(profiles)):
            raise InstanceError("masses", "the profiles are not ascending, or one stands twice")
        if profiles and profiles[-1] >= 1 << self.agents:
            raise InstanceError("masses", f"profile {profiles[-1]} names a receiver that does not exist")
        _check_total(self.masses)

    @classmethod
    def of(cls, agents: int, state_one: Mapping[int, Fraction], state_zero: Mapping[int, Fraction]) -> DirectScheme:
        """The scheme with these masses by profile; profiles without mass are left out."""
        profiles = sorted({p for masses in (state_one, state_zero) for p, mass in masses.items() if mass})
        zero = Fraction(0)
        return cls(agents, tuple((p, Fraction(state_one.get(p, zero)), Fraction(state_zero.get(p, zero))) for p in profiles))

    @property
    def prior(self) -> Real:
        """The probability of state 1."""
        return sum((one for _, one, _ in self.masses), Fraction(0))

    def state_one(self) -> dict[int, Fraction]:
        """Mass with state 1 by profile."""
        return {profile: one for profile, one, _ in self.masses if one}

    def state_zero(self) -> dict[int, Fraction]:
        """Mass with state 0 by profile."""
        return {profile: zero for profile, _, zero in self.masses if zero}

    def letters(self) -> SignallingScheme:
        """The same scheme with the signals 0 and 1 as letters."""
        return SignallingScheme(
            tuple((tuple(profile >> i & 1 for i in range(self.agents)), one, zero) for profile, one, zero in self.masses)
        )


@dataclass(frozen=True)
class SignallingScheme(Instance):
    """Signals from any finite alphabet: ``profiles`` are triples (one letter per receiver, mass with state 1, mass with state 0).

    Letters are integers >= 0. Raises InstanceError for profiles of different lengths, or one that stands twice.
    """

    profiles: tuple[tuple[tuple[int, ...], Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "profiles", tuple(_triple(i, triple, _letters) for i, triple in enumerate(sequence("profiles", self.profiles)))
        )
        if len({len(letters) for letters, _, _ in self.profiles}) != 1:
            raise InstanceError("profiles", "none, or of different lengths")
        if len({letters for letters, _, _ in self.profiles}) != len(self.profiles):
            raise InstanceError("profiles", "one stands twice")
        _check_total(self.profiles)

    @classmethod
    def collect(cls, sent: Iterable[tuple[tuple[int, ...], Fraction, Fraction]]) -> SignallingScheme:
        """The scheme that sends these; equal profiles are put together."""
        total: dict[tuple[int, ...], tuple[Fraction, Fraction]] = {}
        for letters, one, zero in sent:
            before = total.get(letters, (Fraction(0), Fraction(0)))
            total[letters] = (before[0] + one, before[1] + zero)
        return cls(tuple((letters, one, zero) for letters, (one, zero) in sorted(total.items())))

    @property
    def agents(self) -> int:
        """How many receivers there are."""
        return len(self.profiles[0][0])


def _triple(place: int, triple: Any, read: Callable[[str, Any], Any]) -> tuple[Any, Fraction, Fraction]:
    """A profile with its two masses."""
    if len(sequence(f"[{place}]", triple)) != 3:
        raise InstanceError(f"[{place}]", "is no triple (profile, mass with state 1, mass with state 0)")
    sent, one, zero = triple
    return read(f"[{place}][0]", sent), rational(f"[{place}][1]", one, lower=0), rational(f"[{place}][2]", zero, lower=0)


def _letters(field: str, letters: Any) -> tuple[int, ...]:
    return tuple(count(field, letter) for letter in sequence(field, letters))


def _check_total(triples: Sequence[tuple[Any, Fraction, Fraction]]) -> None:
    if sum(one + zero for _, one, zero in triples) != 1:
        raise InstanceError("masses", "they do not add up to 1")
