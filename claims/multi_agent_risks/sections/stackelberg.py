"""C31, C32: what commitment is worth, and what it repairs."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
