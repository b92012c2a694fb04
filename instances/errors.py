"""What can be wrong with an instance."""

from __future__ import annotations


class InstanceError(ValueError):
    """A field of an instance is malformed. The message begins with the field's name, which is also ``field``."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
