"""C33, C34: bargaining without promises, and extortion."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
