"""C47: how fast complexity grows."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
