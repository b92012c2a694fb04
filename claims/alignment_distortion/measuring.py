"""What the evaluations of this paper share: parameters, the reading of instances from them, precision, and comparisons.

A measurement runs at 256 bits and again at higher precision until every ball in it is narrow and every comparison that steered it is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import wraps
from typing import Any, TypeAlias

from claims.alignment_distortion.kl_ball import Reference, Tilt, maximise
from claims.alignment_distortion.model import INFINITE, average_utilities, distortion_ratio, dot
from claims.claim import Measurement
from claims.errors import ClaimError, ParameterError
from claims.formulations import Relation
from claims.parameters import FULL_SUPPORT, POSITIVE, SIMPLEX, Integers, Matrices, Parameter, Rationals, Values
from exact import reals
from exact.balls import Ball, Undecidable, working_precision
from exact.reals import Real
from instances import BTModel, GridBTModel, InstanceError, Population, ResponseModel, UserTypes
from instances.preference_constructions import CYCLIC_REFERENCE, CYCLIC_UTILITIES, CYCLIC_WEIGHTS

Measure: TypeAlias = Callable[[Values], Measurement]
Evaluation: TypeAlias = tuple[tuple[Parameter, ...], Measure]

_PRECISIONS = (256, 512, 1024, 2048, 4096, 8192, 16384)
_NARROW = Fraction(1, 10**15)
_WIDE = Fraction(1, 10**12)
_MOST_COLUMNS = 200_000

# Parameters


UNIT = Rationals(lower=0, upper=1)
OPEN_UNIT = Rationals(lower=0, upper=1, without=(0, 1))
BUDGET = Rationals(lower=0, infinite=True)


def noise(beta: Any = None, r: Any = None, K: Any = None) -> tuple[Parameter, Parameter, Parameter]:
    """``beta``, or ``r`` and ``K`` in its place; one of the two has a default."""
    return (
        Parameter("beta", POSITIVE, "the users' β, an inverse temperature", beta, excludes=("r", "K")),
        Parameter("r", Rationals(lower=1, without=(1,)), "β = K·ln r, in place of beta", r, excludes=("beta",)),
        Parameter("K", Integers(lower=1), "β = K·ln r and utilities are multiples of 1/K, in place of beta", K, excludes=("beta",)),
    )


UTILITIES = Parameter("utilities", Matrices(UNIT), "one row per type, one column per alternative", CYCLIC_UTILITIES)
WEIGHTS = Parameter("weights", SIMPLEX, "the share of each type", CYCLIC_WEIGHTS)
REF = Parameter("ref", FULL_SUPPORT, "the reference policy", CYCLIC_REFERENCE)
MU = Parameter("mu", FULL_SUPPORT, "sampling weights of the alternatives", lambda values: uniform(len(values["utilities"][0])))
TAU = Parameter("tau", BUDGET, "KL budget in nats", Fraction(1, 10))
LAM = Parameter("lam", BUDGET, "KL weight λ", Fraction(1, 5))
DELTA = Parameter("delta", Rationals(lower=0, upper=1, without=(0,)), "failure probability", Fraction(1, 20))


def uniform(m: int) -> tuple[Fraction, ...]:
    """Equal weights."""
    return (Fraction(1, m),) * m


# Instances from parameters


def response_of(values: Values) -> ResponseModel:
    """The users' noise: Bradley–Terry at ``beta``, or on the grid of ``r`` and ``K``. Raises ParameterError when half of it is missing."""
    return GridBTModel(values["r"], values["K"]) if is_grid(values) else BTModel(values["beta"])


def is_grid(values: Values) -> bool:
    """Whether ``r`` and ``K`` are given. Raises ParameterError when only one of them is."""
    for given, missing in (("r", "K"), ("K", "r")):
        if given in values and missing not in values:
            raise ParameterError(f"{missing}: is missing; give r and K together, or beta")
    return "r" in values


def real_response_of(values: Values) -> BTModel:
    """Bradley–Terry at β (K·ln r as a ball), for constructions whose utilities lie on no grid."""
    return BTModel(response_of(values).beta)


def on_grid(values: Values, name: str, numbers: Iterable[Real]) -> None:
    """Raise ParameterError unless ``r``, ``K`` are not given or all numbers are multiples of 1/K."""
    if is_grid(values):
        K = values["K"]
        for number in numbers:
            if (K * number).denominator != 1:
                raise ParameterError(f"{name}: {number} is no multiple of 1/K = 1/{K}")


def fitting_xi(values: Values, wanted: Fraction) -> Fraction:
    """``wanted`` for ξ if ξε fits in (0, 1] and on the grid; else the ξ for which ξε is the next grid point after ε, or 1."""
    eps: Fraction = values["eps"]
    if not is_grid(values):
        return min(wanted, 1 / eps)
    if (values["K"] * wanted * eps).denominator == 1 and wanted * eps <= 1:
        return wanted
    return min(eps + Fraction(1, values["K"]), Fraction(1)) / eps


def population_of(values: Values) -> Population:
    """The population of ``utilities`` and ``weights``. Raises ParameterError when they do not fit together or not on the grid."""
    rows, weights = values["utilities"], values["weights"]
    if len(rows) != len(weights):
        raise ParameterError(f"weights: {len(weights)} weights for {len(rows)} types (rows of utilities)")
    on_grid(values, "utilities", (entry for row in rows for entry in row))
    return Population(rows, weights)


def list_of(values: Values, name: str, alternatives: int) -> tuple[Fraction, ...]:
    """A list parameter with one entry per alternative. Raises ParameterError."""
    entries: tuple[Fraction, ...] = values[name]
    if len(entries) != alternatives:
        raise ParameterError(f"{name}: {len(entries)} entries for {alternatives} alternatives")
    return entries


def reference_of(values: Values, alternatives: int) -> Reference:
    """The reference policy of ``ref``."""
    return Reference.of(list_of(values, "ref", alternatives))


def check_columns(K: int, m: int) -> None:
    """Raise ParameterError when a program would have too many columns."""
    if (K + 1) ** m > _MOST_COLUMNS:
        raise ParameterError(f"K: (K + 1)^m = {(K + 1) ** m} types are too many for an exact program; at most {_MOST_COLUMNS}")


# Quantities that several claims measure


def benchmark(population: UserTypes, ref: Reference, tau: Real) -> Tilt:
    """The best policy and welfare in the KL ball."""
    return maximise(average_utilities(population), ref, tau)


def own_benchmark(population: UserTypes, ref: Reference, policy: Sequence[Real], kl: Real) -> Real:
    """The best welfare in the ball of a policy's own divergence: at least the policy's, at most the best alternative's.

    Where these two agree they enclose it, however narrowly the ball misses the best alternative.
    """
    averages = average_utilities(population)
    best, achieved = reals.maximum(averages), dot(policy, averages)
    if reals.is_certain(lambda: best - achieved <= _NARROW**3):
        return best if reals.is_certain(lambda: best == achieved) else Ball.between(reals.ball(achieved).lower, reals.ball(best).upper)
    return benchmark(population, ref, kl).value


def welfare_ratio(best: Real, population: UserTypes, policy: Sequence[Real]) -> tuple[Real, Real]:
    """(best/A(π), A(π)), with 0/0 = 1 and c/0 = INFINITE."""
    achieved = dot(policy, average_utilities(population))
    return distortion_ratio(best, achieved), achieved


# Numbers as they are shown


def as_ball(x: Real) -> Any:
    """A number as a ball, a list entry by entry; the word ``inf`` stays."""
    if isinstance(x, tuple | list):
        return [as_ball(item) for item in x]
    return x if x == INFINITE and isinstance(x, str) else reals.ball(x)


def decided(comparison: Callable[[], Any]) -> bool | None:
    """The truth of a comparison, or None where balls overlap."""
    try:
        return bool(comparison())
    except Undecidable:
        return None


def agree(left: Real, right: Real) -> bool:
    """Whether two enclosures of what should be one number overlap (equality, for exact numbers)."""
    if isinstance(left, Ball) or isinstance(right, Ball):
        return bool(reals.ball(left).arb.overlaps(reals.ball(right).arb))
    return bool(left == right)


def compared(measured: Real, relation: Relation, bound: Real, values: Mapping[str, Any]) -> Measurement:
    """A measurement; ``==`` between balls holds when the two routes' enclosures overlap; an infinite ratio exceeds every bound."""
    if isinstance(measured, str):
        return Measurement(measured, bound, values, relation, holds=relation in (">", ">=", "!="))
    if relation == "==":
        return Measurement(measured, bound, values, relation, holds=agree(measured, bound))
    tests: dict[str, Callable[[], Any]] = {
        "<": lambda: measured < bound, "<=": lambda: measured <= bound, ">": lambda: measured > bound, ">=": lambda: measured >= bound,
        "!=": lambda: measured != bound,
    }
    return Measurement(measured, bound, values, relation, holds=decided(tests[relation]))


# Precision


def sharpened(measure: Measure) -> Measure:
    """The measurement at the least precision that makes its balls narrow (relative 10⁻¹⁵, or 10⁻³⁰ next to 0) and decides its comparisons.

    Raises ClaimError when a comparison that steers the computation stays undecided; one between the two sides may stay open (``holds`` None).
    """

    @wraps(measure)
    def at_some_precision(values: Values) -> Measurement:
        found, failure = None, None
        for bits in _PRECISIONS:
            with working_precision(bits):
                try:
                    found = measure(values)
                except InstanceError as error:
                    raise ParameterError(str(error)) from error
                except ArithmeticError as error:
                    failure = error
                    continue
            undecided = found.holds is None and found.measured is not None
            if not undecided and _narrow([found.measured, found.bound, *found.values.values()], _NARROW, _NARROW**2):
                return found
        if found is not None and _narrow([found.measured, found.bound, *found.values.values()], _WIDE, _WIDE):
            return found
        raise ClaimError(f"not decided at {_PRECISIONS[-1]} bits ({failure or 'the balls stay wide'}); change the parameters a little")

    return at_some_precision


def _narrow(items: Iterable[Any], relative: Fraction, absolute: Fraction) -> bool:
    for item in items:
        if isinstance(item, Ball):
            if item.rad > max(relative * abs(item.mid), absolute):
                return False
        elif isinstance(item, Mapping):
            if not _narrow(item.values(), relative, absolute):
                return False
        elif isinstance(item, list | tuple) and not _narrow(item, relative, absolute):
            return False
    return True
