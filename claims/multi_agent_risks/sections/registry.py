"""C1: the shape of the taxonomy."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
