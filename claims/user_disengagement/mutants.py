"""False variants of the claims, each refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from claims import Mutant
from claims.user_disengagement import mutants_learning, mutants_offline, mutants_tradeoff

MUTANTS: dict[str, tuple[Mutant, ...]] = {**mutants_offline.MUTANTS, **mutants_tradeoff.MUTANTS, **mutants_learning.MUTANTS}
