"""What `assay evaluate` reads for this paper: thresholds, utilities and leak sets, and the persuasion problem that they describe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.errors import ParameterError
from claims.parameters import Choices, Integers, Lists, Parameter, Rationals, Values
from instances import set_functions
from instances.errors import InstanceError
from instances.persuasion_problems import PersuasionProblem, geometric_thresholds, half_smallest, sorted_receivers
from instances.set_functions import SetFunction

THRESHOLD = Rationals(lower=0, upper=1, without=(0,))
PROBABILITY = Rationals(lower=0, upper=1)
OPEN_UNIT = Rationals(lower=0, upper=1, without=(0, 1))
WORDS = Choices(("chain", "coverage", "unanimity", "size", "size2"))


@dataclass(frozen=True)
class Thresholds:
    """One threshold for all receivers, or a list with one for each."""

    def read(self, data: Any) -> Fraction | tuple[Fraction, ...]:
        """The threshold or the thresholds."""
        if isinstance(data, list | tuple):
            return Lists(THRESHOLD).read(data)
        return Fraction(THRESHOLD.read(data))

    def describe(self) -> str:
        """The domain in words."""
        return "rational in (0, 1], the same for all n receivers, or a list of them, one per receiver"


@dataclass(frozen=True)
class Utilities:
    """The name of a utility, or its 2^n values."""

    def read(self, data: Any) -> str | tuple[Fraction, ...]:
        """The name or the values."""
        if isinstance(data, list | tuple):
            return Lists(Rationals(lower=0)).read(data)
        return WORDS.read(data)

    def describe(self) -> str:
        """The domain in words."""
        return f"{WORDS.describe()}, or the list of its 2^n values in bitmask order (bit i−1 = receiver i)"


# Parameters


def count(name: str, meaning: str, default: Any = None, lower: int = 1, excludes: tuple[str, ...] = ()) -> Parameter:
    """An integer parameter."""
    return Parameter(name, Integers(lower=lower), meaning, default, excludes)


def leaks(default: int = 1, lower: int = 0) -> Parameter:
    """``k``."""
    return count("k", "leak budget per receiver; above n − 1 it means n − 1", default, lower)


RATIO = Rationals(lower=1)


def instance_parameters(theta: Any = ("1/5", "1/3", "1/2"), lam: Any = None, utility: str = "chain") -> tuple[Parameter, ...]:
    """The parameters of an instance (I): n, M or theta, lam, V, v."""
    return (
        count("n", "number of receivers; read off a list theta"),
        Parameter("M", RATIO, "with n, in place of theta: θ_i = M^(i−n)", None, ("theta",)),
        Parameter("theta", Thresholds(), "thresholds", theta, ("M",)),
        Parameter("lam", OPEN_UNIT, "prior probability of state 1", default_prior if lam is None else lam),
        Parameter("V", Utilities(), "utility", utility),
        Parameter("v", Lists(Rationals(lower=0)), "chain values along the sorted thresholds; for V=chain (the sorted thresholds)"),
    )


def symmetric_parameters(theta: Any = "1/4", lam: Any = "1/100") -> tuple[Parameter, ...]:
    """The parameters of identical thresholds with coverage utility (S): n, theta, lam."""
    return (
        count("n", "number of receivers", 4),
        Parameter("theta", THRESHOLD, "threshold of every receiver", theta),
        Parameter("lam", OPEN_UNIT, "prior probability of state 1", lam),
    )


def thresholds_of(values: Values) -> tuple[Fraction, ...]:
    """The thresholds that the parameters n, M and theta describe. Raises ParameterError where they do not fit each other."""
    agents, theta = values.get("n"), values.get("theta")
    if "M" in values:
        if agents is None:
            raise ParameterError("n: M needs n, the number of receivers")
        return geometric_thresholds(agents, values["M"])
    if isinstance(theta, Fraction):
        if not isinstance(agents, int):
            raise ParameterError("n: one threshold for all needs n, the number of receivers")
        return (theta,) * agents
    if theta is None:
        raise ParameterError("theta: give the thresholds")
    if agents not in (None, len(theta)):
        raise ParameterError(f"n: {agents}, where theta has {len(theta)} entries; give theta as one number, or M, for other n")
    listed: tuple[Fraction, ...] = theta
    return listed


def default_prior(values: Values) -> Fraction:
    """Half the smallest threshold."""
    return half_smallest(thresholds_of(values))


def problem_of(values: Values) -> PersuasionProblem:
    """The persuasion problem that I describes. Raises ParameterError for a utility that is not monotone or not 0 at ∅."""
    thresholds = thresholds_of(values)
    if "v" in values and values["V"] != "chain":
        raise ParameterError("v: chain values are for V=chain")
    if len(thresholds) > set_functions.MOST_AGENTS:
        raise ParameterError(
            f"n: a utility on {len(thresholds)} receivers has 2^{len(thresholds)} values; at most 2^{set_functions.MOST_AGENTS} fit"
        )
    try:
        return PersuasionProblem(values["lam"], thresholds, _utility(values, thresholds))
    except InstanceError as error:
        raise ParameterError(f"{'V' if error.field == 'utility' else error.field}: {error}") from error


def positive_problem(values: Values) -> PersuasionProblem:
    """The same, for a ratio: V is not 0 everywhere."""
    problem = problem_of(values)
    if not any(problem.utility.values):
        raise ParameterError("V: 0 everywhere, and the ratio 0/0 is asked")
    return problem


def _utility(values: Values, thresholds: Sequence[Fraction]) -> SetFunction:
    agents, chosen = len(thresholds), values["V"]
    if isinstance(chosen, tuple):
        return SetFunction(chosen)
    match chosen:
        case "coverage":
            return set_functions.at_least_one(agents)
        case "unanimity":
            return set_functions.unanimity(agents)
        case "size":
            return set_functions.by_size(list(range(agents + 1)))
        case "size2":
            return set_functions.by_size([size**2 for size in range(agents + 1)])
    order = sorted_receivers(thresholds)
    steps = values.get("v", tuple(thresholds[i] for i in order))
    if len(steps) != agents:
        raise ParameterError(f"v: {len(steps)} values for {agents} receivers")
    return set_functions.prefix_chain(steps, order)
