"""From a quantity and an instance to a certificate: record the computation, decide the relation, have the kernel re-check it.

Every checker that shows a number goes through this module. A quantity is any pure function of an instance and parameters that computes with
:mod:`exact.reals`. It is run once on recording numbers; the relation (or its negation, when it fails) becomes the conclusion of an
``evaluation`` certificate, and only what the kernel has accepted is returned. An infinite ratio c/0 has no certificate: formulate
``c/d >= b`` as ``c >= b·d`` instead.
"""

from __future__ import annotations

import operator
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn, Self, TypeAlias

from checkers import kernel
from checkers.checker import Budget
from checkers.evidence import Evidence, Scope, Status
from checkers.reproduction import reproducing_code
from claims.formulations import EFFORTS, Instance, Quantity, Relation
from claims.parameters import INFINITY, Values, to_json
from exact.balls import Ball, Undecidable, working_precision
from exact.reals import Real, plain
from exact.recording import Recorded, Recorder, active, recording

PRECISIONS = (128, 256, 512, 1024)
"""Bits of the enclosures, tried in turn until the relation is decided."""

NEGATION: Mapping[Relation, Relation] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

_HOLDS: Mapping[Relation, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}

Computation: TypeAlias = Callable[[Recorder], tuple[Real, Real]]
"""Computes the two sides of a relation inside a recording."""
Comparison: TypeAlias = tuple[Relation, Real, Real]


class NotCertified(Exception):
    """No certificate came about; ``status`` is what evidence says then, ``instance`` the instance at which it happened."""

    status: Status = "error"
    instance: Instance = None

    def at(self, instance: Instance) -> Self:
        """The same error, with the instance."""
        self.instance = instance
        return self


class NotDecided(NotCertified):
    """The relation is not decided at any precision that was tried; the message says where it stuck."""

    status = "undecided"


class QuantityError(NotCertified):
    """A function of the formulation raised, or returned what is no exact number; the message says which, and what."""


class KernelDisagrees(NotCertified):
    """The kernel refuses, at every precision, a relation that exact arithmetic decides at once: a bug, in one or the other."""


@dataclass(frozen=True)
class Outcome:
    """Two sides, whether the relation holds between them, and the certificate of the relation (or of its negation) that the kernel accepted."""

    measured: Fraction | Ball
    bound: Fraction | Ball
    relation: Relation
    holds: bool
    document: Mapping[str, Any]


def holds(relation: Relation, left: Real, right: Real) -> bool:
    """Whether ``left relation right``. Raises exact.balls.Undecidable when the balls overlap."""
    return bool(_HOLDS[relation](left, right))


def margin(relation: Relation, measured: Real, bound: Real) -> Fraction | Ball:
    """By how much the relation holds: negative exactly when it fails (0 also where a strict relation, or ``!=``, just fails)."""
    if relation in ("<", "<="):
        return plain(bound - measured)
    if relation in (">", ">="):
        return plain(measured - bound)
    distance = abs(measured - bound)
    return plain(-distance if relation == "==" else distance)


def call(what: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """The function's answer. Raises QuantityError with the function's own error, which is never swallowed, and Undecidable."""
    try:
        return function(*arguments)
    except (Undecidable, NotCertified):
        raise
    except Exception as error:  # a claim's own code may fail in any way
        raise QuantityError(f"the {what} raised {type(error).__name__}: {error}") from error


def measure(function: Quantity, instance: Instance, parameters: Values, what: str = "quantity") -> Real:
    """The exact number that a formulation's quantity or bound returns. Raises QuantityError and Undecidable."""
    value = call(what, function, instance, parameters)
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Ball | Recorded) or (isinstance(value, Ball) and active() is not None):
        _refuse(value, what)
    return value


def _refuse(value: object, what: str) -> NoReturn:
    if isinstance(value, Ball):
        raise QuantityError(f"the {what} is the ball {value}, made outside the recording: compute it from rationals with exact.reals")
    if value == INFINITY:
        raise QuantityError(
            f"the {what} is a ratio c/0 ({INFINITY!r}), which is no number: formulate the relation without division, as bound·denominator <= numerator")
    if isinstance(value, float):
        raise QuantityError(f"the {what} is the float {value!r}: compute it from Fractions with exact.reals, floats decide nothing here")
    raise QuantityError(f"the {what} is {value!r} of type {type(value).__name__}, where an exact number is due")


def amount(amounts: Mapping[str, Any], budget: Budget, what: str) -> Any:
    """What a formulation gives by effort: its entry for this effort, or for the next lower one that has any. Raises QuantityError."""
    for effort in reversed(EFFORTS[: EFFORTS.index(budget.effort) + 1]):
        if effort in amounts:
            return amounts[effort]
    raise QuantityError(f"the formulation gives no {what} for effort {budget.effort}, nor for a lower one")


def certify(instance: Instance, parameters: Values, quantity: Quantity, relation: Relation, bound: Quantity, about: Mapping[str, Any]) -> Outcome:
    """Decide ``quantity(instance) relation bound(instance)`` with a certificate that the kernel has accepted.

    Raises QuantityError, NotDecided or KernelDisagrees.
    """

    def computation(recorder: Recorder) -> tuple[Real, Real]:
        lifted, values = recorder.lift(instance), recorder.lift(parameters)
        return measure(quantity, lifted, values), measure(bound, lifted, values, "bound")

    return decide(computation, relation, about)


def decide(computation: Computation, relation: Relation, about: Mapping[str, Any], besides: Callable[[], Sequence[Comparison]] = tuple) -> Outcome:
    """Decide the relation between the two sides that ``computation`` records, raising the precision while it is undecided.

    ``besides``, called after it in the same recording, gives relations that must hold in any case; the certificate's conclusion says so. Raises
    NotDecided when one of them does not hold.
    """
    stuck, refusal = "", ""
    for bits in PRECISIONS:
        with working_precision(bits), recording() as recorder:
            try:
                left, right = (recorder.number(side) for side in computation(recorder))
                true = holds(relation, left.value, right.value)
                given = [(symbol, recorder.number(a), recorder.number(b)) for symbol, a, b in besides()]
                failing = [f"{show(a)} {symbol} {show(b)}" for symbol, a, b in given if not holds(symbol, a.value, b.value)]
            except Undecidable as error:
                stuck = str(error)
                continue
        if failing:
            raise NotDecided(f"what has to hold besides fails: {', '.join(failing)}")
        conclusion: Relation = relation if true else NEGATION[relation]
        document = recorder.document([(conclusion, left, right), *given], legible(about), precision=bits)
        try:
            kernel.check(document)
        except kernel.Rejected as error:
            refusal = str(error)
            continue
        return Outcome(plain(left), plain(right), relation, true, document)
    if refusal:
        raise KernelDisagrees(f"the kernel does not accept, even with {PRECISIONS[-1]} bits, what exact arithmetic decides: {refusal}")
    raise NotDecided(f"not decided with {PRECISIONS[-1]} bits: {stuck}")


def accepted(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document, after the kernel has accepted it. Raises KernelDisagrees."""
    try:
        kernel.check(document)
    except kernel.Rejected as error:
        raise KernelDisagrees(f"the kernel rejects the certificate: {error}") from error
    return document


def legible(about: Any) -> Any:
    """``about`` with exact numbers as text: strings, integers, lists and objects only."""
    data = to_json(about)
    if isinstance(data, dict):
        return {key: legible(item) for key, item in data.items()}
    if isinstance(data, list):
        return [legible(item) for item in data]
    return data if isinstance(data, str) or type(data) is int else str(data)


def show(value: Real) -> str:
    """An exact number for a sentence: in full when it is short, with its approximate value when it is a long fraction."""
    number = plain(value)
    if isinstance(number, Ball):
        return str(number)
    text = str(number)
    if number.denominator == 1 and len(text) <= 24:
        return text
    approximate = Ball(number).arb.str(8, radius=False)
    return f"{text} (about {approximate})" if len(text) <= 40 else f"about {approximate}"


def numbers(outcome: Outcome) -> dict[str, Any]:
    """The fields ``measured``, ``bound`` and ``margin`` of evidence, as JSON data."""
    return side_numbers(outcome.relation, outcome.measured, outcome.bound)


def side_numbers(relation: Relation, measured: Real, bound: Real) -> dict[str, Any]:
    """The fields ``measured``, ``bound`` and ``margin`` of evidence for two sides of a relation."""
    return {
        "measured": to_json(plain(measured)),
        "bound": to_json(plain(bound)),
        "margin": to_json(margin(relation, measured, bound)),
    }


def counterexample(outcome: Outcome, instance: Instance, parameters: Values, quantity: Quantity, bound: Callable[..., Real],
                   bound_arguments: str = "instance, parameters") -> dict[str, Any]:
    """What a refutation shows: the instance, the violation in words, code that reproduces it, and the certificate of the negated relation."""
    return {
        "instance": to_json(instance),
        "statement": f"{show(outcome.measured)} {outcome.relation} {show(outcome.bound)} fails",
        "python": reproducing_code(instance, parameters, quantity, outcome.relation, bound, bound_arguments),
        "certificate": dict(outcome.document),
    }


def refuted(checker: str, scope: Scope, outcome: Outcome, example: Mapping[str, Any], **rest: Any) -> Evidence:
    """Evidence of a relation that fails at a counterexample which the kernel has accepted."""
    if outcome.holds:
        raise ValueError("a relation that holds refutes nothing")
    return Evidence(checker=checker, status="refuted", scope=scope, trust="kernel", counterexample=example, **numbers(outcome), **rest)


def failed(checker: str, scope: Scope, error: NotCertified, instance: Instance = None, **details: Any) -> Evidence:
    """Evidence that a check went wrong, or was not decided, with the instance at which that happened."""
    where = instance if error.instance is None else error.instance
    if where is not None:
        details["instance"] = to_json(where)
    if error.status == "error" and error.__cause__ is not None:
        details["traceback"] = "".join(traceback.format_exception(error.__cause__))
    return Evidence(checker=checker, status=error.status, scope=scope, trust="numeric", note=str(error), details=details)
