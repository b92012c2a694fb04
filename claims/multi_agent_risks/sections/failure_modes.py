"""C2–C10: the failure modes of ordinal games."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
