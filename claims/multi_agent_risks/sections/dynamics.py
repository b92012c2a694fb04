"""C25–C30: destabilising dynamics."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
