"""A claim's quantity and bound at given parameters, compared: what `assay evaluate` tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checkers import certify
from checkers.evidence import Scope, Status, Trust
from claims.claim import Claim, Measurement
from claims.errors import ParameterError
from claims.formulations import Relation
from claims.parameters import INFINITY, Values, read_parameters
from exact.balls import Ball, Undecidable, working_precision
from exact.reals import Real, plain
from exact.recording import Recorded
from instances import InstanceError

RELATIVE_RADIUS = Fraction(1, 10**15)
"""The radius, relative to the midpoint, that an evaluation aims at for every ball it tells."""

_PRECISIONS = (256, 1024)
_ZERO_RADIUS = Fraction(1, 10**30)


@dataclass(frozen=True)
class Evaluation:
    """What was measured at ``parameters``. ``margin`` is the slack: positive when the relation holds with room to spare.

    ``status`` is about these parameters only, so the scope is ``instance``; ``trust`` is ``exact`` for rationals and
    rigorous balls and ``numeric`` as soon as a float is measured.
    """

    parameters: Values
    measured: Real | None
    bound: Real | None
    margin: Real | None
    relation: str
    status: Status
    scope: Scope
    trust: Trust
    values: Mapping[str, Any]


def evaluate(claim: Claim, data: Mapping[str, Any]) -> Evaluation:
    """The claim's measurement at the parameters ``data`` (names to values; the rest takes its defaults).

    Works with more digits as long as a comparison is undecided or a ball is wider than :data:`RELATIVE_RADIUS`. Raises
    ParameterError for a parameter that is unknown or out of its domain, or for parameters that do not fit together,
    ClaimError when the claim has nothing to evaluate.
    """
    evaluation = _evaluate(claim, data, _PRECISIONS[0])
    for bits in _PRECISIONS[1:]:
        settled = evaluation.status != "undecided" or "hypothesis" in evaluation.values
        if settled and all(_is_narrow(ball) for ball in _balls(evaluation)):
            break
        evaluation = _evaluate(claim, data, bits)
    return evaluation


def _evaluate(claim: Claim, data: Mapping[str, Any], bits: int) -> Evaluation:
    with working_precision(bits):
        try:
            return _compared(claim, *claim.evaluate(data))
        except InstanceError as error:
            raise ParameterError(f"at these parameters there is no valid instance: {error}") from error
        except Undecidable as error:
            undecided = Measurement(measured=None, bound=None, values={"reason": f"{error}"})
            return _compared(claim, read_parameters(claim.parameters, data), undecided)


def _compared(claim: Claim, values: Values, measurement: Measurement) -> Evaluation:
    relation = measurement.relation or claim.relation
    measured, bound = (_unrecorded(x) for x in (measurement.measured, measurement.bound))
    comparison = next((known for known in certify.NEGATION if known == relation), None)  # `exists` and `iff` compare no numbers
    holds = measurement.holds if measurement.holds is not None else _holds(comparison, measured, bound)
    if measurement.hypothesis:
        holds = None
    status: Status = "undecided" if holds is None else "holds" if holds else "refuted"
    numeric = any(isinstance(x, float) for x in (measured, bound))
    return Evaluation(
        parameters=values, measured=measured, bound=bound, margin=_margin(comparison, measured, bound), relation=relation, status=status,
        scope="instance", trust="numeric" if numeric else "exact", values=_told(measurement),
    )


def _told(measurement: Measurement) -> Mapping[str, Any]:
    """The further values, with the hypothesis that fails, if one does."""
    if not measurement.hypothesis:
        return measurement.values
    return {**measurement.values, "hypothesis": f"fails here: {measurement.hypothesis}; nothing is claimed"}


def _unrecorded(value: Real | None) -> Real | None:
    return plain(value) if isinstance(value, Recorded) else value


def _holds(relation: Relation | None, measured: Real | None, bound: Real | None) -> bool | None:
    if relation is None or measured is None or bound is None:
        return None
    if INFINITY in (measured, bound):
        measured, bound = _rank(measured), _rank(bound)
    try:
        return certify.holds(relation, _beside(bound, measured), _beside(measured, bound))
    except Undecidable:
        return None


def _rank(value: Real) -> int:
    """Orders an infinite number after a finite one."""
    return 1 if value == INFINITY else 0


def _beside(other: Real, value: Real) -> Real:
    """The value as it compares with ``other``: beside a float, a ball steps back to its midpoint."""
    return float(value) if isinstance(other, float) else value


def _margin(relation: Relation | None, measured: Real | None, bound: Real | None) -> Real | None:
    if relation is None or measured is None or bound is None:
        return None
    if INFINITY in (measured, bound):
        return _infinite_margin(relation, _rank(measured), _rank(bound))
    left, right = _beside(bound, measured), _beside(measured, bound)
    if isinstance(left, float) or isinstance(right, float):
        distance = right - left if relation in ("<", "<=") else left - right
        return -abs(distance) if relation == "==" else distance
    return certify.margin(relation, left, right)


def _infinite_margin(relation: Relation, measured: int, bound: int) -> Real | None:
    if measured == bound:
        return None
    return INFINITY if certify.holds(relation, measured, bound) else f"-{INFINITY}"


def _balls(evaluation: Evaluation) -> Iterator[Ball]:
    yield from _within((evaluation.measured, evaluation.bound, evaluation.values))


def _within(value: Any) -> Iterator[Ball]:
    if isinstance(value, Ball):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _within(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _within(item)


def _is_narrow(ball: Ball) -> bool:
    return ball.rad <= max(RELATIVE_RADIUS * abs(ball.mid), _ZERO_RADIUS)
