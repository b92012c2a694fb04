"""Checks `Property` formulations: hunts for an instance that violates a relation, by all means, and confirms it exactly.

In turn: the named constructions; random instances, steered towards violation and shrunk by Hypothesis; continuous local search from the closest
calls and from high-low patterns, where the formulation exposes coordinates. Floats only point the way: every instance is measured exactly. What is
found is minimised and certified; the kernel re-checks it. A search that finds nothing supports the claim and proves nothing.

``from_coordinates`` answers for the family: it must give an instance of it at every point, or raise ValueError (or ArithmeticError) where there is none.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from checkers import certify, draws, local_search, minimise
from checkers.checker import Budget
from checkers.evidence import Evidence, Scope, undecided
from claims.errors import ClaimError
from claims.formulations import Formulation, Instance, Property
from claims.parameters import Values, to_json
from exact.balls import Undecidable
from exact.reals import Real, plain

NAME = "search"

_SCOPE: Scope = "sample"
_STARTS = 6
_FIRST = 64
_LOCAL_PER_EXAMPLE = 25
_PATTERNS = ((1, 0), (0, 1), (1, 0, 0), (1, 1, 0))

Point: TypeAlias = tuple[Fraction, ...]


class Violation(draws.Stop):
    """An instance at which the relation certainly fails."""


class Failure(draws.Stop):
    """An instance at which the quantity or the bound fails."""


@dataclass(frozen=True)
class Call:
    """How close an instance came to violating the relation: ``closeness`` is its margin relative to the size of both sides."""

    closeness: float
    instance: Instance
    measured: Real
    bound: Real


@dataclass
class Hunt:
    """The state of one search: what was measured, the closest calls, and the first instances (for the range of coordinates)."""

    formulation: Property
    parameters: Values
    counts: dict[str, int] = field(default_factory=lambda: {"constructions": 0, "random": 0, "local": 0})
    undecided: int = 0
    closest: list[Call] = field(default_factory=list)
    first: list[Instance] = field(default_factory=list)

    def measure(self, instance: Instance, source: str) -> float | None:
        """The closeness at the instance (None where it is not decided). Raises Violation and Failure."""
        self.counts[source] += 1
        try:
            measured = plain(certify.measure(self.formulation.quantity, instance, self.parameters))
            bound = plain(certify.measure(self.formulation.bound, instance, self.parameters, "bound"))
            satisfied = certify.holds(self.formulation.relation, measured, bound)
        except Undecidable:
            self.undecided += 1
            return None
        except certify.QuantityError as error:
            raise Failure(instance, str(error)) from error
        closeness = _relative(certify.margin(self.formulation.relation, measured, bound), measured, bound)
        if not satisfied:
            raise Violation(instance, repr(closeness))
        if source != "local" and len(self.first) < _FIRST:
            self.first.append(instance)
        self._remember(Call(closeness, instance, measured, bound))
        return closeness

    def _remember(self, call: Call) -> None:
        """Keep the closest calls, and of those that are tight (which local search rarely leaves) the first only."""
        rivals = [other for other in self.closest if other.instance == call.instance or other.closeness == call.closeness == 0]
        if not rivals and (len(self.closest) < _STARTS or call.closeness < self.closest[-1].closeness):
            self.closest = sorted([*self.closest, call], key=lambda other: other.closeness)[:_STARTS]


def _relative(margin: Real, measured: Real, bound: Real) -> float:
    size = abs(measured) + abs(bound)
    return float(margin / size) if isinstance(size, Fraction) and size else float(margin) / (float(size) or 1.0)


def accepts(formulation: Formulation) -> bool:
    """Every `Property`."""
    return isinstance(formulation, Property)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Hunt with the number of instances that the effort names. The path depends on the seed only, never on time.

    Refuted with a minimal counterexample that the kernel accepted; otherwise supported (holds on a sample, trust exact), with the closest call as
    ``measured``, ``bound`` and ``margin``. An error names the instance at which the quantity failed, or says that the generator is at fault.
    """
    assert isinstance(formulation, Property)
    hunt = Hunt(formulation, parameters)
    try:
        violating = _find(hunt, seed, certify.amount(formulation.examples, budget, "examples"))
        if violating is None:
            return _supported(hunt)
        return _refuted(hunt, _smallest(hunt, violating))
    except Failure as failure:
        return certify.failed(NAME, _SCOPE, certify.QuantityError(failure.reason), failure.instance)
    except certify.NotCertified as error:
        return certify.failed(NAME, _SCOPE, error)


def _find(hunt: Hunt, seed: int, examples: int) -> Instance | None:
    """A violating instance, or None. Raises Failure and NotCertified."""
    formulation, parameters = hunt.formulation, hunt.parameters
    try:
        for instance in _constructions(formulation, parameters):
            hunt.measure(instance, "constructions")
        family = certify.call("family", formulation.family, parameters)
        draws.explore(family, lambda instance: _score(hunt.measure(instance, "random")), seed, examples)
    except Violation as violation:
        return violation.instance
    return _local(hunt, seed, examples * _LOCAL_PER_EXAMPLE)


def _constructions(formulation: Property, parameters: Values) -> Iterator[Instance]:
    if formulation.constructions is None:
        return
    instances = iter(certify.call("constructions", formulation.constructions, parameters))
    while (instance := certify.call("constructions", next, instances, _END)) is not _END:
        yield instance


_END = object()


def _score(closeness: float | None) -> float | None:
    return None if closeness is None else -closeness


@dataclass(frozen=True)
class _Space:
    """The instances around a start that coordinates reach."""

    hunt: Hunt
    start: Instance

    def instance(self, point: Sequence[Fraction]) -> Instance | None:
        """The instance at a point; None outside the family. Raises QuantityError when ``from_coordinates`` fails in another way."""
        make = self.hunt.formulation.from_coordinates
        assert make is not None
        try:
            return certify.call("from_coordinates", make, self.start, point)
        except Undecidable:
            return None
        except certify.QuantityError as error:
            if isinstance(error.__cause__, ValueError | ArithmeticError | ClaimError):
                return None
            raise

    def closeness(self, point: Sequence[Fraction]) -> float:
        """What local search makes small: below 0 at violations, infinite outside the family. Raises Failure."""
        instance = self.instance(point)
        if instance is None:
            return math.inf
        try:
            found = self.hunt.measure(instance, "local")
        except Violation as violation:
            return min(float(violation.reason), -5e-324)
        return math.inf if found is None else found

    def violates(self, point: Sequence[Fraction]) -> bool:
        """Whether the instance at the point exists and certainly violates; one at which the quantity fails is no simpler counterexample."""
        instance = self.instance(point)
        if instance is None:
            return False
        try:
            self.hunt.measure(instance, "local")
        except Violation:
            return True
        except Failure:
            return False
        return False


def _coordinates(hunt: Hunt, instance: Instance) -> Point:
    assert hunt.formulation.coordinates is not None
    values = certify.call("coordinates", hunt.formulation.coordinates, instance)
    return tuple(Fraction(value) for value in values)


def _local(hunt: Hunt, seed: int, evaluations: int) -> Instance | None:
    """Continuous search around the closest calls, those of the same dimension as the closest together."""
    if hunt.formulation.coordinates is None or hunt.formulation.from_coordinates is None or not hunt.closest:
        return None
    point = _coordinates(hunt, hunt.closest[0].instance)
    if not point:
        return None
    starts = _alike(hunt, [call.instance for call in hunt.closest], len(point))
    seen = [*starts, *_alike(hunt, hunt.first, len(point))]
    charts = [local_search.Chart.of([other[i] for other in seen]) for i in range(len(point))]
    space = _Space(hunt, hunt.closest[0].instance)
    run = local_search.Search(space.closeness, charts, evaluations, patience=max(evaluations // 4, 500))
    local_search.search(run, _alternately(starts, list(_patterns(seen))), seed)
    return space.instance(run.point) if run.best < 0 else None


def _alike(hunt: Hunt, instances: Sequence[Instance], dimension: int) -> list[Point]:
    """The coordinates of those instances that have so many."""
    return [point for point in (_coordinates(hunt, instance) for instance in instances) if len(point) == dimension]


def _alternately(first: Sequence[Point], second: Sequence[Point]) -> list[Point]:
    pairs = itertools.zip_longest(first, second)
    return [point for pair in pairs for point in pair if point is not None]


def _patterns(seen: Sequence[Point]) -> Iterator[Point]:
    """High-low patterns at the sizes of the points seen: extremes of cyclic and sorted structures that random draws miss."""
    high, low = max(max(point) for point in seen), min(min(point) for point in seen)
    if high == low:
        high, low = high + 1, min(low, Fraction(0))
    floor = min(low, Fraction(0))
    for pattern in _PATTERNS:
        yield tuple(high if pattern[i % len(pattern)] else floor for i in range(len(seen[0])))


def _smallest(hunt: Hunt, instance: Instance) -> Instance:
    """The violating instance with simpler coordinates, where the formulation exposes them."""
    if hunt.formulation.coordinates is None or hunt.formulation.from_coordinates is None:
        return instance
    space = _Space(hunt, instance)
    point = _coordinates(hunt, instance)
    if not space.violates(point):
        return instance
    smallest = space.instance(minimise.simplest(point, space.violates))
    return instance if smallest is None else smallest


def _refuted(hunt: Hunt, instance: Instance) -> Evidence:
    formulation, parameters = hunt.formulation, hunt.parameters
    about = {"checker": NAME, "parameters": parameters, "instance": to_json(instance)}
    try:
        outcome = certify.certify(instance, parameters, formulation.quantity, formulation.relation, formulation.bound, about)
    except certify.NotCertified as error:
        raise error.at(instance) from error
    if outcome.holds:
        raise certify.QuantityError("the quantity violates the relation when run plainly, and satisfies it when recorded").at(instance)
    example = certify.counterexample(outcome, instance, parameters, formulation.quantity, formulation.bound)
    return certify.refuted(NAME, _SCOPE, outcome, example, details=_details(hunt))


def _supported(hunt: Hunt) -> Evidence:
    if not hunt.closest:
        return undecided(NAME, _SCOPE, f"none of {sum(hunt.counts.values())} instances was decided", details=_details(hunt))
    call = hunt.closest[0]
    note = f"no violation in {sum(hunt.counts.values())} instances" + (f" ({hunt.undecided} of them not decided)" if hunt.undecided else "")
    return Evidence(checker=NAME, status="holds", scope=_SCOPE, trust="exact", note=note,
                    details={**_details(hunt), "closest": to_json(call.instance)},
                    **certify.side_numbers(hunt.formulation.relation, call.measured, call.bound))


def _details(hunt: Hunt) -> dict[str, Any]:
    return {"instances": {**hunt.counts}, "undecided": hunt.undecided}
