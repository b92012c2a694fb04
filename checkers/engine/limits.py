"""What one task may take: wall-clock seconds and bytes of memory, enforced from outside it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.formulations import Effort

GIB = 1 << 30

_SECONDS: dict[Effort, float] = {"quick": 60.0, "standard": 180.0, "full": 1800.0}


@dataclass(frozen=True)
class Limits:
    """``seconds`` of wall-clock time after which the task's process is killed; ``memory`` in bytes that it may
    allocate on top of a warm worker."""

    seconds: float
    memory: int = 4 * GIB

    def describe_seconds(self) -> str:
        """For notes: ``60 s``."""
        return f"{self.seconds:g} s"

    def describe_memory(self) -> str:
        """For notes: ``4 GiB``."""
        return f"{self.memory / GIB:g} GiB" if self.memory >= GIB else f"{self.memory / (1 << 20):g} MiB"


def limits_for(effort: Effort) -> Limits:
    """The limits at an effort: three times what a single checker takes as its guide, since up to three checkers try
    one formulation."""
    return Limits(_SECONDS[effort])
