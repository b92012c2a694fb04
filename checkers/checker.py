"""What a checker is, and which checker takes which formulation."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from checkers.evidence import Evidence
from claims.formulations import Effort, Formulation
from claims.parameters import Values


@dataclass(frozen=True)
class Budget:
    """What a check may spend: the effort level, and wall-clock seconds as a guide (the engine enforces its own limit)."""

    effort: Effort = "quick"
    seconds: float = 20.0


class Checker(Protocol):
    """A module of this room with these names: ``accepts`` says whether it can try, ``check`` tries."""

    NAME: str

    def accepts(self, formulation: Formulation) -> bool:
        """Whether this checker takes the formulation."""

    def check(self, formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
        """Evidence for the formulation at one parameter setting. Pure: depends on its arguments only."""


CANDIDATES: dict[str, tuple[str, ...]] = {
    "Inequality": ("identity", "polynomial", "interval"),
    "LinearProgram": ("exact_lp",),
    "Satisfiability": ("smt",),
    "PropositionalSatisfiability": ("sat",),
    "Enumeration": ("exhaustive",),
    "Grid": ("grid",),
    "Witness": ("witness",),
    "Property": ("search",),
    "Root": ("enclosure",),
    "Cycle": ("enclosure",),
    "Experiment": ("statistical",),
    "MeanExperiment": ("statistical",),
    "Scaling": ("scaling",),
}


def checkers_for(formulation: Formulation) -> Sequence[Checker]:
    """The checkers that accept a formulation, cheapest first. Imports them only now, because some load heavy solvers."""
    names = CANDIDATES.get(type(formulation).__name__, ())
    modules = [importlib.import_module(f"checkers.{name}") for name in names]
    return [module for module in modules if module.accepts(formulation)]


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """The evidence of the first checker that decides, or of the last that tried."""
    evidence = None
    for checker in checkers_for(formulation):
        evidence = checker.check(formulation, parameters, seed, budget)
        if evidence.status in ("holds", "refuted"):
            return evidence
    if evidence is None:
        return Evidence(checker="none", status="undecided", scope="sample", trust="numeric",
                        note=f"no checker accepts this {type(formulation).__name__}")
    return evidence
