"""Runs a claims file in a process of its own: ``run_engine.py FILE FOLDER '{"jobs": 2, …}'``. Prints the exit code of
the run, or the error's class."""

import json
import sys
from pathlib import Path

from checkers.engine import EngineError, execute, exit_code, load_plan, plan_run
from claims.registry import select


def main() -> None:
    file, folder, options = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    plan = load_plan(folder) if options.get("resume") else plan_run(select([file]), effort="quick", seed=options.pop("seed", 0))
    try:
        document = execute(plan, folder, watch=tell, **options)
    except EngineError as error:
        print(f"{type(error).__name__}: {error}")
        sys.exit(4)
    print(f"ended with {exit_code(document)}, interrupted: {json.dumps(document['interrupted'])}", flush=True)


def tell(event) -> None:
    if event.kind != "tick":
        print(event.kind, event.done, event.message, flush=True)


if __name__ == "__main__":
    main()
