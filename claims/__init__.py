"""What is claimed: papers, claims, bounds, formulations and mutants. A claim does not know how it will be checked."""

from claims.bounds import Asymptotic, Bound
from claims.claim import Claim, Discrepancy, Measurement, Mutant, Paper, Part, Source
from claims.errors import ClaimError, ParameterError, UnknownClaim
from claims.formulations import (
    Cycle,
    Enumeration,
    Experiment,
    Family,
    Formulation,
    Grid,
    Inequality,
    LinearProgram,
    MeanExperiment,
    Property,
    PropositionalSatisfiability,
    Root,
    Satisfiability,
    Scaling,
    Settings,
    Witness,
)
from claims.parameters import (
    FULL_SUPPORT,
    POSITIVE,
    SIMPLEX,
    Choices,
    Integers,
    Lists,
    Matrices,
    Parameter,
    Rationals,
)

__all__ = [
    "FULL_SUPPORT", "POSITIVE", "SIMPLEX", "Asymptotic", "Bound", "Choices", "Claim", "ClaimError", "Cycle", "Discrepancy", "Enumeration",
    "Experiment", "Family", "Formulation", "Grid", "Inequality", "Integers", "LinearProgram", "Lists", "Matrices", "MeanExperiment",
    "Measurement", "Mutant", "Paper", "Parameter", "ParameterError", "Part", "Property", "PropositionalSatisfiability", "Rationals", "Root",
    "Satisfiability", "Scaling", "Settings", "Source", "UnknownClaim", "Witness",
]
