"""C44: mitigations."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
