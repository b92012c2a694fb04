"""The objects that theorems are about: frozen, exact, checked on construction, with an exact JSON round trip."""

from instances.distributions import Lottery, RationalVariable
from instances.errors import InstanceError
from instances.instance import Instance
from instances.preferences import (
    AlignmentProblem,
    BTModel,
    Election,
    GridBTModel,
    PairLaw,
    PairSampler,
    Population,
    PopulationView,
    ProductSampler,
    ResponseModel,
    UserCorrelation,
    UserTypes,
)

__all__ = [
    "AlignmentProblem", "BTModel", "Election", "GridBTModel", "Instance", "InstanceError", "Lottery", "PairLaw", "PairSampler", "Population",
    "PopulationView", "ProductSampler", "RationalVariable", "ResponseModel", "UserCorrelation", "UserTypes",
]
