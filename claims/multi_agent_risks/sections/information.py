"""C13–C16: information asymmetries."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
