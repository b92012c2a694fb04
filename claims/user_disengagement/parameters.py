"""What `assay evaluate` reads for this paper: ladders (L), tables (M), arms without memory (A), and re-engagement (R) in two conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.errors import ParameterError
from claims.parameters import Lists, Parameter, Rationals, Values
from claims.user_disengagement.model import (
    DisengagementMDP,
    LadderUser,
    TableMoves,
    WindowMoves,
    constant,
    downward_moves,
    free_moves,
    nearest_moves,
    proportional,
)

OPEN_UNIT = Rationals(lower=0, upper=1, without=(0, 1))
UPTO_ONE = Rationals(lower=0, upper=1, without=(0,))
UNIT = Rationals(lower=0, upper=1)
ANY = Rationals()
POSITIVE = Rationals(lower=0, without=(0,))

G1_LEVELS = (0, 1, 2, 3, 4)
G1_DEMAND = ("1/5", "1/2", "3/5", "9/10", "19/20")
M3_DEMAND = ("1/4", "3/4", 1)
M3_MOVES = (((1, 1), (0, 2)), ((4, 1), (2, 2), (1, 3)), ((5, 2), (2, 3)))


@dataclass(frozen=True)
class OneOrEach:
    """One probability for all states, or a list with one for each."""

    def read(self, data: Any) -> Fraction | tuple[Fraction, ...]:
        """The probability or the probabilities."""
        if isinstance(data, list | tuple):
            return Lists(UNIT).read(data)
        return Fraction(UNIT.read(data))

    def describe(self) -> str:
        """The domain in words."""
        return "rational in [0, 1], the same for all states, or a list of them, one per state"


@dataclass(frozen=True)
class MenuTable:
    """Per state a list of ``[reward, next state]``, states from 1."""

    def read(self, data: Any) -> tuple[tuple[tuple[Fraction, int], ...], ...]:
        """The menus, with states from 0."""
        menus = Lists(Lists(Lists(ANY, least=2))).read(data)
        return tuple(tuple(self._move(entry, len(menus)) for entry in menu) for menu in menus)

    @staticmethod
    def _move(entry: Sequence[Fraction], states: int) -> tuple[Fraction, int]:
        if len(entry) != 2 or Fraction(entry[1]).denominator != 1 or not 1 <= entry[1] <= states:
            raise ValueError(f"{[str(x) for x in entry]} is no [reward, next state] with a state from 1 to {states}")
        return Fraction(entry[0]), int(entry[1]) - 1

    def describe(self) -> str:
        """The domain in words."""
        return "list, one entry per state, of lists of [reward, next state], with states from 1"


@dataclass(frozen=True)
class Reach:
    """``nn``, ``free``, ``down``, or a list of reachable levels for each level, from 1."""

    def read(self, data: Any) -> str | tuple[tuple[int, ...], ...]:
        """The word, or the table with levels from 0."""
        if isinstance(data, str):
            if data not in ("nn", "free", "down"):
                raise ValueError(f"{data[:40]!r} is none of nn, free, down")
            return data
        rows = Lists(Lists(ANY)).read(data)
        for row in rows:
            for level in row:
                if level.denominator != 1 or not 1 <= level <= len(rows):
                    raise ValueError(f"{level} is no level from 1 to {len(rows)}")
        return tuple(tuple(int(level) - 1 for level in row) for row in rows)

    def describe(self) -> str:
        """The domain in words."""
        return "nn (one level up or down), free, down (lower levels only), or a list of reachable levels per level, from 1"


# Parameters


def gamma(default: Any = "9/10") -> Parameter:
    """``gamma``."""
    return Parameter("gamma", OPEN_UNIT, "discount factor", default)


def scalar(name: str, meaning: str, default: Any, domain: Any = UNIT) -> Parameter:
    """One rational."""
    return Parameter(name, domain, meaning, default)


def rates(default: Any = 0, each: bool = False) -> tuple[Parameter, Parameter]:
    """R: ``rho`` or ``q``."""
    domain = OneOrEach() if each else UNIT
    return (
        Parameter("rho", domain, "probability that a disengaged user comes back in a round (R-const)", default, ("q",)),
        Parameter("q", UNIT, "R-prop: a disengaged user comes back with probability q·f; friction is 1 − q", None, ("rho",)),
    )


def ladder_parameters(alpha: Any = 2, delta: Any = 1, reach: bool = False) -> tuple[Parameter, ...]:
    """L, and reach where asked."""
    return (
        gamma(),
        Parameter("b", Lists(ANY), "lower endpoints of the levels of satisfaction, increasing", G1_LEVELS),
        Parameter("f", Lists(UNIT), "demand: the probability to stay, for each level", G1_DEMAND),
        Parameter("alpha", ANY, "reward of neutral content", alpha),
        Parameter("beta", ANY, "exchange rate of reward for satisfaction", 1),
        Parameter("delta", UNIT, "memory of satisfaction", delta),
        *rates(each=True),
        *((Parameter("reach", Reach(), "the levels reachable in one round", "nn"),) if reach else ()),
    )


def table_parameters(*suffixed: Parameter) -> tuple[Parameter, ...]:
    """M; the re-engagement is replaced by ``suffixed`` where given."""
    return (
        gamma("4/5"),
        Parameter("f", Lists(UNIT), "demand of each state", M3_DEMAND),
        Parameter("moves", MenuTable(), "the moves of each state", M3_MOVES),
        *(suffixed or rates(each=True)),
    )


def arm_parameters(r: Any = (3, 2), f: Any = ("1/2", 1), patience: Any = None) -> tuple[Parameter, ...]:
    """A: content without memory."""
    return (
        patience or gamma(),
        Parameter("r", Lists(ANY), "reward of each arm", r),
        Parameter("f", Lists(UNIT), "probability to stay after each arm", f),
    )


def low_high(name: str, low: Any, high: Any, excludes: tuple[str, ...] = (), each: bool = False) -> tuple[Parameter, Parameter]:
    """Two values of ``rho`` or of ``q``; low is more friction."""
    domain = OneOrEach() if each else UNIT
    meaning = f"{name} with more friction", f"{name} with less friction"
    return (
        Parameter(f"{name}_low", domain, meaning[0], low, excludes),
        Parameter(f"{name}_high", domain, meaning[1], high, excludes),
    )


# What they describe


def rates_of(values: Values, demand: Sequence[Fraction], suffix: str = "") -> tuple[Fraction, ...]:
    """ρ for every state. Raises ParameterError where a list has the wrong length."""
    if f"q{suffix}" in values:
        return proportional(values[f"q{suffix}"], demand)
    rho = values[f"rho{suffix}"]
    if isinstance(rho, tuple):
        if len(rho) != len(demand):
            raise ParameterError(f"rho{suffix}: {len(rho)} entries, where f has {len(demand)}")
        return rho
    return constant(rho, demand)


def rate_of(values: Values) -> Fraction:
    """ρ of the one state with demand ``f``."""
    return rates_of(values, (values["f"],))[0]


def relation_of(values: Values, levels: int) -> WindowMoves | TableMoves:
    """The move relation. Raises ParameterError where a table has the wrong length."""
    reach = values.get("reach", "free")
    if isinstance(reach, tuple):
        if len(reach) != levels:
            raise ParameterError(f"reach: {len(reach)} lists, where b has {levels} levels")
        return TableMoves(reach)
    return {"nn": nearest_moves, "free": free_moves, "down": downward_moves}[reach](levels)


def ladder_of(values: Values) -> LadderUser:
    """The ladder that L and reach describe."""
    levels, demand = values["b"], values["f"]
    if len(levels) != len(demand):
        raise ParameterError(f"f: {len(demand)} entries, where b has {len(levels)}")
    return LadderUser(values["gamma"], levels, demand, rates_of(values, demand), values["alpha"], values["beta"], values["delta"],
                      relation_of(values, len(levels)))


def table_of(values: Values, suffix: str = "", demand: str = "f") -> DisengagementMDP:
    """The table that M describes, at the re-engagement with the suffix."""
    if len(values["moves"]) != len(values[demand]):
        raise ParameterError(f"moves: {len(values['moves'])} entries, where {demand} has {len(values[demand])}")
    return DisengagementMDP(values["gamma"], values[demand], rates_of(values, values[demand], suffix), values["moves"])


def refuse(condition: bool, message: str) -> None:
    """Raises ParameterError, a usage error that names the hypothesis, where ``condition`` holds."""
    if condition:
        raise ParameterError(message)
