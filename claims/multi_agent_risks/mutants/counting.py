"""False variants of C47, each refuted by an exact counterexample."""

from __future__ import annotations

from claims import Mutant
from claims.multi_agent_risks.models import counting as model_counting
from claims.multi_agent_risks.models.counting import Counts
from claims.multi_agent_risks.mutants.network import at
from claims.parameters import Values
from exact.reals import Real


def all_subsets(found: Counts, parameters: Values) -> Real:
    """2^n."""
    return 2**found.agents


def unordered_pairs(found: Counts, parameters: Values) -> Real:
    """n(n − 1)/2."""
    return found.agents * (found.agents - 1) // 2


TEN = {"n": 10, "k": 3}

MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C47": (
        Mutant("2^n coalitions", at(model_counting.coalitions_of, "==", all_subsets, TEN, model_counting.population)),
        Mutant("n(n − 1)/2 directed channels", at(model_counting.channels_of, "==", unordered_pairs, TEN, model_counting.population)),
    ),
}
