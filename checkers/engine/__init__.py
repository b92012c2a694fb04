"""The engine: plans a run, carries formulations to checkers in isolated worker processes and evidence back, and loses
nothing.

    plan = plan_run(select(["my_paper"]), effort="quick")
    document = execute(plan, Path("runs/first"), jobs=2)
    code = exit_code(document)
"""

from checkers.engine.compare import Comparison, Difference, compare_runs
from checkers.engine.document import exit_code, load_run, survived, was_not_run
from checkers.engine.errors import ClusterError, EngineError, FolderBusy, FolderTaken, NotARun, StorageError
from checkers.engine.execution import execute, load_plan
from checkers.engine.limits import Limits, limits_for
from checkers.engine.plan import Plan, levels, plan_run
from checkers.engine.tasks import Task
from checkers.engine.watching import Event, Watch

__all__ = [
    "ClusterError", "Comparison", "Difference", "EngineError", "Event", "FolderBusy", "FolderTaken", "Limits", "NotARun", "Plan", "StorageError", "Task",
    "Watch", "compare_runs", "execute", "exit_code", "levels", "limits_for", "load_plan", "load_run", "plan_run", "survived", "was_not_run",
]
