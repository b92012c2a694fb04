"""C38–C42: multi-agent security."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
