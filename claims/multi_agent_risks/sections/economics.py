"""C11, C12: commons and sustained collusion."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
