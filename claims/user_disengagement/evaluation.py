"""What `assay evaluate` computes: for every claim its parameters, and one function that measures its quantity and its bound there.

States, levels, arms and targets are numbered from 1. None stands for what is not defined at these parameters.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import wraps

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import Parameter, Values
from claims.room import Measure
from instances.errors import InstanceError

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure. What the instance does not allow becomes a usage error."""

    def register(measure: Measure) -> Measure:
        @wraps(measure)
        def checked(values: Values) -> Measurement:
            try:
                return measure(values)
            except InstanceError as error:
                raise ParameterError(str(error)) from error

        EVALUATIONS[number] = (parameters, checked)
        return checked

    return register


def evaluation_of(number: str) -> tuple[tuple[Parameter, ...], Measure]:
    """The parameters and the measure of a claim."""
    for module in ("measures_offline", "measures_tradeoff", "measures_learning"):  # importing them registers their measures
        importlib.import_module(f"claims.user_disengagement.{module}")
    return EVALUATIONS[number]


def from_one(positions: Iterable[int]) -> list[int]:
    """Numbers from 0 as numbers from 1."""
    return [i + 1 for i in positions]
