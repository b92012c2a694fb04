"""What can be wrong with a claim, a claims file or a parameter."""

from __future__ import annotations


class ClaimError(Exception):
    """A claim, a paper or a claims file is malformed; the message says which one and what to do."""


class ParameterError(ClaimError):
    """A parameter is unknown, unreadable or out of its domain; the message lists what is valid."""


class UnknownClaim(ClaimError):
    """No claim answers to the selector."""
