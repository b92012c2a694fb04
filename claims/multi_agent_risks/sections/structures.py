"""C39 and C41: secret sharing, and safe parts with an unsafe union."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
