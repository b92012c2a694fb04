"""Imported once by the server that worker processes are forked from: what every worker needs is then there at once.

Claims, and checkers with heavy solvers, are left to the workers: they are not needed by every run, and they may fail to load.
"""

import flint  # noqa: F401
import sympy  # noqa: F401

import checkers.engine.worker  # noqa: F401
import claims.registry  # noqa: F401
import exact.recording  # noqa: F401
from checkers.engine.sources import survey

survey()
