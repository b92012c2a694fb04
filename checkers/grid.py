"""Checks `Grid` formulations: an arithmetic relation at every point of a finite product of rational ranges.

Every point is measured exactly. What holds is also recorded once, with the grid's variables as variables of the program; the kernel replays that
program at every point. Comparisons that steer the recording become part of the conclusion, so that one path of the computation serves all points,
or the kernel says that it does not; then the exact measurements stand alone (trust exact).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from checkers import certify, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Formulation, Grid
from claims.parameters import Values, to_json
from exact.balls import Ball, Undecidable, working_precision
from exact.numerals import numeral
from exact.programs import Program, evaluate
from exact.reals import Real, ball, plain
from exact.recording import Recorded, Recorder, recording

NAME = "grid"

Point: TypeAlias = Mapping[str, Fraction]


@dataclass(frozen=True)
class _Worst:
    """The point with the least margin so far."""

    point: Point
    measured: Fraction | Ball
    bound: Fraction | Ball
    margin: Fraction | Ball


def accepts(formulation: Formulation) -> bool:
    """Every `Grid`."""
    return isinstance(formulation, Grid)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Measure every point; the first failing one is the counterexample. ``measured``, ``bound`` and ``margin`` are those of the worst point.

    Trust kernel when one recorded program serves all points, else exact, with the reason in the note.
    """
    assert isinstance(formulation, Grid)
    try:
        ranges = _ranges(certify.call("ranges", formulation.ranges, parameters))
        worst = None
        for point in points(ranges):
            found = _measure(formulation, point, parameters)
            if found is None:
                return _refuted(formulation, point, parameters)
            worst = found if worst is None or _less(found.margin, worst.margin) else worst
        assert worst is not None
        return _holds(formulation, ranges, worst, parameters)
    except certify.NotCertified as error:
        return certify.failed(NAME, "parametric", error)


def points(ranges: Mapping[str, Sequence[Fraction]]) -> Iterator[Point]:
    """Every point of the product, the last variable running fastest."""
    for values in itertools.product(*ranges.values()):
        yield dict(zip(ranges, values, strict=True))


def _ranges(given: Mapping[str, Sequence[Any]]) -> dict[str, tuple[Fraction, ...]]:
    ranges = {str(name): tuple(Fraction(value) for value in values) for name, values in given.items()}
    for name, values in ranges.items():
        if not values:
            raise certify.QuantityError(f"the range of {name} is empty: a grid without points says nothing")
        if len(set(values)) != len(values):
            raise certify.QuantityError(f"the range of {name} has a value twice")
    return ranges


def _measure(formulation: Grid, point: Point, parameters: Values) -> _Worst | None:
    """What stands at the point; None where the relation fails. Raises NotDecided and QuantityError with the point."""
    stuck = ""
    for bits in certify.PRECISIONS:
        with working_precision(bits):
            try:
                measured = plain(certify.measure(formulation.quantity, point, parameters))
                bound = plain(certify.measure(formulation.bound, point, parameters, "bound"))
                if not certify.holds(formulation.relation, measured, bound):
                    return None
                return _Worst(point, measured, bound, certify.margin(formulation.relation, measured, bound))
            except Undecidable as error:
                stuck = str(error)
            except certify.QuantityError as error:
                raise error.at(point) from error
    raise certify.NotDecided(f"not decided with {certify.PRECISIONS[-1]} bits: {stuck}").at(point)


def _less(left: Fraction | Ball, right: Fraction | Ball) -> bool:
    """The order of margins for display: balls by their midpoints."""
    a, b = (x.mid if isinstance(x, Ball) else x for x in (left, right))
    return a < b


def _refuted(formulation: Grid, point: Point, parameters: Values) -> Evidence:
    about = {"checker": NAME, "parameters": parameters, "instance": point}
    outcome = certify.certify(point, parameters, formulation.quantity, formulation.relation, formulation.bound, about)
    example = certify.counterexample(outcome, point, parameters, formulation.quantity, formulation.bound)
    return certify.refuted(NAME, "parametric", outcome, example)


def _holds(formulation: Grid, ranges: Mapping[str, tuple[Fraction, ...]], worst: _Worst, parameters: Values) -> Evidence:
    numbers = certify.side_numbers(formulation.relation, worst.measured, worst.bound)
    count = math.prod(len(values) for values in ranges.values())
    details = {"points": count, "worst": to_json(worst.point)}
    try:
        document = _certificate(formulation, ranges, worst, parameters)
    except (certify.NotCertified, Undecidable) as error:
        return Evidence(checker=NAME, status="holds", scope="parametric", trust="exact", details=details,
                        note=f"each of the {count} points measured exactly; no single certificate for all: {error}", **numbers)
    return Evidence(checker=NAME, status="holds", scope="parametric", trust="kernel", certificate=document, details=details, **numbers)


def _certificate(formulation: Grid, ranges: Mapping[str, tuple[Fraction, ...]], worst: _Worst, parameters: Values) -> Mapping[str, Any]:
    """The ``grid`` certificate, accepted by the kernel. Raises NotCertified when the recording does not serve every point."""
    refusal = ""
    for bits in certify.PRECISIONS:
        with working_precision(bits), recording() as recorder:
            measured, bound = _record(formulation, ranges, parameters, recorder)
        if recorder.systems or recorder.linear_programs:
            raise certify.NotDecided("the quantity solves a system or a linear program, which a grid certificate cannot hold")
        _check_faithful(recorder, measured.node, bound.node, list(ranges), worst)
        document = _document(formulation, ranges, recorder, measured, bound, parameters, bits)
        try:
            kernel.check(document)
        except kernel.Rejected as error:
            refusal = str(error)
            continue
        return document
    raise certify.NotDecided(f"the computation at the first point does not serve all others ({refusal})")


def _record(formulation: Grid, ranges: Mapping[str, tuple[Fraction, ...]], parameters: Values, recorder: Recorder) -> tuple[Recorded, Recorded]:
    """Both sides with the grid's variables as variables of the program, computed along at the first point."""
    point = {name: Recorded(recorder, recorder.step("var", i), values[0]) for i, (name, values) in enumerate(ranges.items())}
    lifted = recorder.lift(parameters)
    measured: Real = certify.measure(formulation.quantity, point, lifted)
    bound: Real = certify.measure(formulation.bound, point, lifted, "bound")
    return recorder.number(measured), recorder.number(bound)


def _check_faithful(recorder: Recorder, measured: int, bound: int, names: Sequence[str], worst: _Worst) -> None:
    """Raises NotDecided unless the recorded program gives at the worst point what was measured there: a quantity may look past its recording."""
    nodes = evaluate(Program(tuple(names), tuple(recorder.steps)), [worst.point[name] for name in names])
    for node, value in ((measured, worst.measured), (bound, worst.bound)):
        again = nodes[node]
        agrees = ball(again).arb.overlaps(ball(value).arb) if isinstance(again, Ball) or isinstance(value, Ball) else again == value
        if not agrees:
            raise certify.NotDecided(f"the program recorded at the first point gives {certify.show(again)} at the worst, not {certify.show(value)}")


def _document(formulation: Grid, ranges: Mapping[str, tuple[Fraction, ...]], recorder: Recorder, measured: Recorded, bound: Recorded,
              parameters: Values, bits: int) -> dict[str, Any]:
    conclusion = [[formulation.relation, measured.node, bound.node], *(list(entry) for entry in recorder.steering)]
    return {
        "schema": "assay.certificate/1",
        "type": "grid",
        "about": certify.legible({"checker": NAME, "parameters": parameters}),
        "proposition": {
            "program": {"variables": list(ranges), "steps": [list(step) for step in recorder.steps]},
            "ranges": [[numeral(value) for value in values] for values in ranges.values()],
            "conclusion": conclusion,
        },
        "proof": {"precision": bits, "points": math.prod(len(values) for values in ranges.values())},
    }
