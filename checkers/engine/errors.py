"""What can go wrong with a run as a whole. What goes wrong in one task is evidence, not an exception."""

from __future__ import annotations


class EngineError(Exception):
    """A run cannot start or go on; the message says why and what to do."""


class FolderBusy(EngineError):
    """Another process works in this run folder."""


class FolderTaken(EngineError):
    """The folder already holds a run, and it was not asked to be resumed."""


class NotARun(EngineError):
    """The path holds no run that could be loaded or resumed."""


class StorageError(EngineError):
    """The run folder cannot be written (a full disk, say). What is there stays resumable."""


class ClusterError(EngineError):
    """The Dask cluster cannot be reached, or the optional extra is not installed."""
