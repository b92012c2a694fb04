"""C31–C34: commitment and trust."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
