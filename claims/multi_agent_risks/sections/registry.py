"""C1: the shape of the taxonomy."""

from __future__ import annotations

import sympy as sp

from claims import Bound, Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.failure_modes import EVALUATIONS
from claims.multi_agent_risks.mutants.failure_modes import MUTANTS
from claims.multi_agent_risks.quantities import failure_modes as q
from claims.multi_agent_risks.quantities import registry as quantities_registry
from claims.multi_agent_risks.sections.common import claim

REGISTRY_SHAPE = claim(
    "C1",
    "The taxonomy has 43 records",
    "3 failure modes, 7 risk factors and 8 + 25 = 33 instances of them: 43 records. The case studies are numbered up to 13; emergent agency "
    "(§3.6) is the only "
    "mode or factor without one.",
    Source("§2, §3", "restated"),
    "==",
    Bound(sp.Integer(43), "3 + 7 + 33"),
    (
        Part(
            "counts",
            "the numbers of modes, factors, instances, records and case studies, and the sections without a case study",
            (
                Enumeration(
                    statement="a figure of the registry is the stated one",
                    elements=q.lines(quantities_registry.registry_census),
                    predicate=q.is_as_stated,
                    settings=Settings(({"stated": quantities_registry.STATED},)),
                    argument="The registry was written down from the report's headings; it is counted. What the report's case studies say is not "
                    "verified.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (REGISTRY_SHAPE,)
