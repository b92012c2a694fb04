"""C22–C24: selection pressures."""

from __future__ import annotations

from claims import Claim

CLAIMS: tuple[Claim, ...] = ()
