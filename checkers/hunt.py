"""Hunting: go on looking for a counterexample to a claim, with new seeds and growing efforts, until one is found or time is up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from checkers.checker import Budget, check
from checkers.evidence import Evidence, with_context
from claims.claim import Claim, Part
from claims.errors import ParameterError
from claims.formulations import EFFORTS, Effort, Experiment, Formulation, MeanExperiment, Property, Satisfiability, Scaling
from claims.parameters import Integers, Lists, Parameter, Rationals, Values, to_json

Watch = Callable[["Attempt"], None]


@dataclass(frozen=True)
class Attempt:
    """One check on the way: what was tried, with which seed, and what came of it."""

    part: Part
    formulation: Formulation
    parameters: Values
    effort: Effort
    seed: int
    evidence: Evidence


@dataclass(frozen=True)
class Hunt:
    """How a hunt ended. ``found`` refutes the claim exactly; ``exhausted`` tells that nothing random was left to try before time was up."""

    found: Evidence | None
    attempts: int
    seconds: float
    exhausted: bool


def hunt(claim: Claim, given: Mapping[str, Any], *, seed: int, seconds: float, watch: Watch) -> Hunt:
    """Look for an exact counterexample to a claim for up to ``seconds``.

    Every formulation that can be refuted is checked at its settings, at growing efforts; `Property` formulations, which are
    searched at random, are then searched again and again with new seeds. ``given`` (names to values, as `assay evaluate` takes
    them) replaces values of the settings. Parts that assert existence are not hunted: an instance that fails refutes nothing.
    Raises ParameterError for a parameter on which no formulation depends.
    """
    start = time.monotonic()
    fixed = read_given(claim, given)
    attempts = 0
    for attempt in _attempts(claim, fixed, seed, lambda: seconds - (time.monotonic() - start)):
        attempts += 1
        watch(attempt)
        if attempt.evidence.grade == "refuted":
            return Hunt(attempt.evidence, attempts, time.monotonic() - start, exhausted=False)
    spent = time.monotonic() - start
    return Hunt(None, attempts, spent, exhausted=spent < seconds)


def read_given(claim: Claim, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, read as the claim's parameters are, or like the value that a setting has.

    Raises ParameterError for a name on which no hunted formulation depends, and for a value that is out of its domain.
    """
    examples = {name: value for _, _, formulation in _refutable(claim) for setting in formulation.settings.at("full") for name, value in setting.items()}
    for name in given:
        if name not in examples:
            valid = f"it depends on: {', '.join(sorted(examples))}" if examples else "leave it out: it depends on none"
            raise ParameterError(f"no formulation of {claim.number} depends on {name}; {valid}")
    known = {parameter.name: parameter for parameter in claim.parameters}
    return {name: known[name].read(data) if name in known else _read_like(name, examples[name], data) for name, data in given.items()}


def _read_like(name: str, example: Any, data: Any) -> Any:
    domain = Integers() if isinstance(example, int) else Lists(Rationals()) if isinstance(example, tuple | list) else Rationals()
    return Parameter(name, domain, "a value of the claim's settings").read(data)


def _attempts(claim: Claim, fixed: Values, seed: int, left: Callable[[], float]) -> Iterator[Attempt]:
    """First every formulation once an effort, as long as it stays open; then the random ones with new seeds."""
    settled: set[tuple[str, int, str]] = set()
    for number in count():
        effort: Effort = EFFORTS[min(number, len(EFFORTS) - 1)]
        open_before = False
        for part, index, formulation in _refutable(claim):
            if number >= len(EFFORTS) and not isinstance(formulation, Property):
                continue
            for parameters in _settings(formulation, fixed, effort):
                key = (part.name, index, repr(to_json(parameters)))
                if key in settled:
                    continue
                if left() <= 0:
                    return
                evidence = check(formulation, parameters, seed + number, Budget(effort, left()))
                context = {"part": part.name, "formulation": index, "parameters": parameters, "seed": seed + number}
                yield Attempt(part, formulation, parameters, effort, seed + number, with_context(evidence, **context))
                if evidence.grade in ("proved", "certified"):
                    settled.add(key)
                open_before = True
        if not open_before:
            return


def _refutable(claim: Claim) -> Iterator[tuple[Part, int, Formulation]]:
    """The formulations whose refutation refutes the claim: searches first, because they are what a hunt is for."""
    listed = [
        (part, index, formulation)
        for part in claim.parts if part.quantifier == "all"
        for index, formulation in enumerate(part.formulations)
        if not isinstance(formulation, Experiment | MeanExperiment | Scaling | Satisfiability)
    ]
    yield from sorted(listed, key=lambda item: not isinstance(item[2], Property))


def _settings(formulation: Formulation, fixed: Values, effort: Effort) -> Iterator[dict[str, Any]]:
    """The settings of an effort with the given values in place, none twice."""
    seen: set[str] = set()
    for setting in formulation.settings.at(effort):
        values = {**setting, **fixed}
        if (key := repr(to_json(values))) not in seen:
            seen.add(key)
            yield values


def as_json(evidence: Evidence) -> dict[str, Any]:
    """Found evidence as JSON data, the way a run document carries it."""
    return {
        "part": evidence.part, "checker": evidence.checker, "parameters": to_json(evidence.parameters), "seed": evidence.seed, "status": evidence.status,
        "scope": evidence.scope, "trust": evidence.trust, "measured": evidence.measured, "bound": evidence.bound, "margin": evidence.margin,
        "counterexample": to_json(evidence.counterexample),
    }
