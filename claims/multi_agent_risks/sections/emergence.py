"""C35–C37: emergent agency."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
