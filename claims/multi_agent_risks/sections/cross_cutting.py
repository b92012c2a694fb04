"""C43–C47: the incidence matrix, mitigations, learners and counts."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
