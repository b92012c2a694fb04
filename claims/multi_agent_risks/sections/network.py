"""C17–C21: network effects."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
