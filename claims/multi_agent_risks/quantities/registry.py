"""C1: what is counted in the registry."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.quantities.failure_modes import Figures
from claims.multi_agent_risks.registry import Registry, registry
from claims.parameters import Values
from exact.reals import Real

STATED: dict[str, Any] = {
    "modes": 3, "factors": 7, "mode_instances": 8, "factor_instances": 25, "instances": 33, "records": 43, "last_case_study": 13,
    "without_case_study": ("3.6",),
}
"""The figures of C1."""


def registry_census(parameters: Values) -> Figures:
    """The numbers of records of each kind."""
    known = registry()
    numbers = [study.number for study in known.case_studies]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError("the case studies are not numbered from 1 on without a gap")
    return {
        "modes": len(known.modes),
        "factors": len(known.factors),
        "mode_instances": sum(len(mode.instances) for mode in known.modes),
        "factor_instances": sum(len(factor.instances) for factor in known.factors),
        "instances": len(known.instances),
        "records": known.records,
        "last_case_study": numbers[-1],
        "without_case_study": tuple(entry.section for entry in (*known.modes, *known.factors) if not entry.has_case_study),
    }


def the_registry(parameters: Values) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """The registry as numbers: for every mode and factor its name, how many instances it has, and whether it has a case study."""
    known: Registry = registry()
    return tuple((entry.name, Fraction(len(entry.instances)), Fraction(entry.has_case_study)) for entry in (*known.modes, *known.factors))


def record_count(entries: Any, parameters: Values) -> Real:
    """Modes, factors and their instances together."""
    return sum((1 + instances for _, instances, _ in entries), Fraction(0))


def illustrated_factors(entries: Any, parameters: Values) -> Real:
    """How many of the seven risk factors have a case study."""
    return sum((illustrated for _, _, illustrated in entries[3:]), Fraction(0))
