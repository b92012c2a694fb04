"""C47: complexity counts."""

from __future__ import annotations

import sympy as sp

from claims import Bound, Claim, Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.counting import EVALUATIONS
from claims.multi_agent_risks.identities.counting import k, n, one_agent_more
from claims.multi_agent_risks.models import counting as model_counting
from claims.multi_agent_risks.mutants.counting import MUTANTS
from claims.multi_agent_risks.sections.common import claim

_profiles, _coalitions, _channels = one_agent_more()

COMPLEXITY = claim(
    "C47",
    "Complexity counts",
    "n agents with k actions each have k^n profiles, 2^n − n − 1 coalitions of two or more, and n(n − 1) directed channels.",
    Source("abstract, complexity", "restated"),
    "==",
    Bound(sp.Pow(k, n)),
    (
        Part("profiles", "k^n, by induction over the agents", (_profiles,)),
        Part("coalitions", "2^n − n − 1, by induction over the agents", (_coalitions,)),
        Part("channels", "n(n − 1), by induction over the agents", (_channels,)),
        Part(
            "listed",
            "the same, listed one by one",
            (
                Enumeration(
                    statement="up to so many agents and actions, the lists of profiles, coalitions and channels are as long as the formulas say",
                    elements=model_counting.populations,
                    predicate=model_counting.agree,
                    settings=Settings(({"agents": 8, "actions": 3},), ({"agents": 10, "actions": 4},)),
                ),
            ),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS: tuple[Claim, ...] = (COMPLEXITY,)
