"""assay checks whether the theorems of a paper are true. This is its front door: the command line, and names for use from Python.

    import assay
    assay.evaluate(assay.select(["alignment_distortion/C2"])[0].claim, {"K": "5"})

Everything heavy is imported by the command that needs it, so that `assay list` is quick, and `assay recheck` loads the
kernel and the standard library alone.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

if TYPE_CHECKING:
    import typer

    from claims.registry import Entry

__version__ = "0.1.0"

AS_EXPECTED, REFUTED, USAGE, UNDECIDED, ERROR, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 4, 130, 141
"""The exit codes: all as expected; something refuted, or a mutant that survived; usage; undecided; error; Ctrl-C; nobody reads on."""

_PUBLIC = {
    "Claim": "claims", "Paper": "claims", "load_file": "claims.registry", "load_paper": "claims.registry", "select": "claims.registry",
    "check": "checkers.checker", "evaluate": "checkers.evaluation", "hunt": "checkers.hunt",
    "plan_run": "checkers.engine", "execute": "checkers.engine", "load_run": "checkers.engine", "compare_runs": "checkers.engine",
}


def __getattr__(name: str) -> Any:
    """The names for use from Python, imported when they are first asked for."""
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


Effort = Literal["quick", "standard", "full"]
Executor = Literal["local", "dask"]


class UsageError(Exception):
    """What was typed cannot be done; the message says why and what to do."""


def front_door(version: bool = False) -> int:
    """Check whether the theorems of a paper are true.

    \b
    Examples:
      assay list                              what there is to check
      assay verify alignment_distortion       check one paper
      assay show alignment_distortion/C3      what a claim says, and how it is checked
      assay new my_claims.py                  begin with claims of your own
    """
    if version:
        print(f"assay {__version__}")
    return AS_EXPECTED


def list_claims(selectors: list[str] | None = None, run: Path | None = None, as_json: bool = False) -> int:
    """List papers and their claims.

    \b
    Examples:
      assay list
      assay list alignment_distortion
      assay list 'alignment_distortion/P*' --json
      assay list grade:proved                 what the latest run proved
    """
    from reports import descriptions, documents, terminal

    entries = _selected(selectors, run)
    if as_json:
        return _print_json(documents.listing(entries))
    descriptions.print_listing(terminal.console(), entries)
    return AS_EXPECTED


def show_claim(claim: str, as_json: bool = False) -> int:
    """Show one claim in full: its statement, parts, formulations with their arguments, mutants and parameters.

    \b
    Examples:
      assay show alignment_distortion/C3
      assay show my_claims.py/C1 --json
    """
    from reports import descriptions, documents, terminal

    entry = _one(claim)
    if as_json:
        return _print_json(documents.description(entry))
    descriptions.print_description(terminal.console(), entry)
    return AS_EXPECTED


def verify(
    selectors: list[str] | None = None, effort: Effort = "quick", seed: int = 0, jobs: int | None = None, executor: Executor = "local",
    scheduler: str | None = None, out: Path | None = None, resume: Path | None = None, fresh: bool = False, budget: str | None = None,
    plan: bool = False, run: Path | None = None, no_report: bool = False, as_json: bool = False,
) -> int:
    """Check claims and their mutants, and tell what is true, how it was shown, and what must be trusted.

    Without a selector every claim that ships is checked. The run's folder keeps the certificates, the evidence, the run
    document (run.json) and reports: Markdown, and HTML to be opened in a browser.

    \b
    Examples:
      assay verify alignment_distortion
      assay verify 'alignment_distortion/C1?' --effort standard
      assay verify my_claims.py               claims of your own (see `assay new`)
      assay verify grade:undecided --effort full --budget 2h
      assay verify --plan                     what would be done
      assay verify --resume runs/latest       go on with a run that was cut short

    \b
    Exit code: 0 all as expected, 1 something refuted that was expected to hold or a mutant survived,
    2 usage, 3 something undecided that was expected to hold, 4 error.
    """
    from checkers.engine import exit_code, load_plan, plan_run
    from reports import runs, terminal

    if resume is not None and (selectors or run):
        raise UsageError("--resume goes on with what its run was asked to do: leave the selectors out")
    planned = load_plan(resume) if resume else plan_run(_selected(selectors, run), effort=effort, seed=seed)
    if plan:
        if as_json:
            return _print_json(planned.to_json())
        terminal.print_plan(terminal.console(), planned)
        return AS_EXPECTED
    if scheduler is not None and executor != "dask":
        raise UsageError("--scheduler is for --executor dask: add that, or leave the address out")
    seconds = _seconds(budget) if budget else None
    execution = runs.Execution(jobs=_workers(jobs), executor=executor, scheduler=scheduler, resume=resume is not None, fresh=fresh, budget=seconds)
    folder = resume or out or runs.new_folder(planned)
    document = execution.carry_out(planned, folder, terminal.console(stderr=as_json))
    if as_json:
        _print_json(document)
    else:
        terminal.print_verdicts(terminal.console(), document)
        print(f"\nrun folder: {folder} (run.json, {runs.REPORT}, certificates)")
    page = None if no_report else _written_pages(document, folder)
    if page is not None:
        print(f"report: {page}", file=sys.stderr if as_json else sys.stdout)
    if document["interrupted"] and not as_json:
        print(f"go on with: assay verify --resume {folder}")
    return exit_code(document)


def _written_pages(document: Mapping[str, Any], folder: Path) -> Path | None:
    """The first page of the HTML report in the run's folder; None where it could not be written, which one line tells.

    The run is complete by then, and its verdict stands: nothing that goes wrong here may take it away.
    """
    from reports import runs

    try:
        return runs.write_pages(document, folder)
    except Exception as error:  # the run is worth more than its report
        print(f"assay: the HTML report could not be written ({type(error).__name__}: {' '.join(str(error).split())}); the run is complete, and its "
              f"verdict stands. Try again: assay report {folder} --format html --out {folder / runs.PAGES}", file=sys.stderr)
        return None


def mutants(selectors: list[str] | None = None, effort: Effort = "quick", seed: int = 0, jobs: int | None = None, out: Path | None = None,
            fresh: bool = False, as_json: bool = False) -> int:
    """Check the mutants alone: deliberately false variants of the claims, every one of which must be refuted.

    \b
    Examples:
      assay mutants
      assay mutants alignment_distortion --json

    \b
    Exit code: 0 every mutant refuted, 1 one survived (so some checker is blind), 2 usage, 4 error.
    """
    from checkers.engine import exit_code, plan_run
    from reports import runs, terminal

    planned = plan_run(_selected(selectors, None), effort=effort, seed=seed, verify=False)
    folder = out or runs.new_folder(planned)
    document = runs.Execution(jobs=_workers(jobs), fresh=fresh).carry_out(planned, folder, terminal.console(stderr=as_json))
    if as_json:
        _print_json(document)
    else:
        terminal.print_mutants(terminal.console(), document)
        print(f"run folder: {folder}")
    return exit_code(document)


def evaluate_claim(claim: str, assignments: list[str] | None = None, as_json: bool = False) -> int:
    """Measure a claim's quantity and its bound at given parameters.

    Values are exact: 3, -2/7, 0.05 and 1e-4 are rationals; lists are JSON, '[1/2,1/2]'. `assay show CLAIM` names the parameters and
    their defaults. The exit code tells whether it could be evaluated, not whether the bound holds there.

    \b
    Examples:
      assay evaluate alignment_distortion/C3 beta=1/2
      assay evaluate alignment_distortion/C2 r=3 K=5 'mu=["1/5","2/5","2/5"]' --json
      assay evaluate my_claims.py/C2 n=6
    """
    from checkers.evaluation import evaluate
    from claims.parameters import parse_assignments
    from reports import descriptions, documents, terminal

    entry = _one(claim)
    evaluation = evaluate(entry.claim, parse_assignments(assignments or ()))
    if as_json:
        return _print_json(documents.evaluation(entry, evaluation))
    descriptions.print_evaluation(terminal.console(), entry, evaluation)
    return AS_EXPECTED


def hunt(claim: str, assignments: list[str] | None = None, budget: str = "60s", seed: int = 0, out: Path | None = None, as_json: bool = False) -> int:
    """Search for a counterexample to a claim until one is found or time is up.

    NAME=VALUE fixes parameters that the claim's formulations depend on. A counterexample is exact, minimised, and saved as a certificate.

    \b
    Examples:
      assay hunt examples/shapiro.py/C1
      assay hunt alignment_distortion/C3 r=2 K=6 --budget 10m --seed 7

    \b
    Exit code: 0 nothing found, 1 a counterexample found, 2 usage, 4 error.
    """
    from checkers.hunt import hunt as run_hunt
    from claims.parameters import parse_assignments
    from reports import descriptions, documents, runs, terminal

    entry = _one(claim)
    told = terminal.console(stderr=as_json)
    ended = run_hunt(entry.claim, parse_assignments(assignments or ()), seed=seed, seconds=_seconds(budget),
                     watch=lambda attempt: descriptions.print_attempt(told, attempt))
    file = documents.save_certificate(entry, ended.found, out or runs.RUNS) if ended.found else None
    if as_json:
        _print_json(documents.hunt(entry, ended, file))
    else:
        descriptions.print_hunt(told, entry, ended, file)
    return REFUTED if ended.found else AS_EXPECTED


def report(run_folder: Path, format: str = "md", out: Path | None = None) -> int:
    """Write a report of a finished run.

    \b
    Examples:
      assay report runs/latest                      Markdown, on standard output
      assay report runs/latest --format json --out verdicts.json
      assay report runs/latest --format html --out report         pages to be opened in a browser
    """
    from checkers.engine import load_run
    from reports.formats import folder_format_names, format_named, format_names

    if format in folder_format_names():
        return _report_in_folder(run_folder, format, out)
    if format not in format_names():
        raise UsageError(f"no report format {format!r}; there are: {', '.join(sorted((*format_names(), *folder_format_names())))}")
    text = format_named(format).render(load_run(run_folder))
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        print(out, file=sys.stderr)
    return AS_EXPECTED


def _report_in_folder(run_folder: Path, format: str, out: Path | None) -> int:
    from checkers.engine import load_run
    from reports.figures import FiguresUnavailable
    from reports.formats import folder_format_named

    if out is None:
        raise UsageError(f"--format {format} writes a folder of files: say where, with --out DIR")
    try:
        told = folder_format_named(format).write(load_run(run_folder), out, run_folder if run_folder.is_dir() else run_folder.parent)
    except FiguresUnavailable as error:
        raise UsageError(str(error)) from error
    for line in told:
        print(line, file=sys.stderr)
    return AS_EXPECTED


def compare(run_a: Path, run_b: Path, as_json: bool = False) -> int:
    """Compare two runs claim by claim: same verdicts, same numbers, same certificates?

    \b
    Examples:
      assay compare runs/20250529T120000Z-1f2e3d4c runs/latest

    \b
    Exit code: 0 they differ in time or environment at most, 1 a verdict or a value differs, 2 usage, 4 error.
    """
    from checkers.engine import compare_runs, load_run
    from reports import terminal

    comparison = compare_runs(load_run(run_a), load_run(run_b))
    if as_json:
        _print_json(comparison.to_json())
    else:
        terminal.print_comparison(terminal.console(), comparison)
    return comparison.exit_code


def new(file: Path) -> int:
    """Write a small, commented claims file for your own paper, which works at once.

    \b
    Examples:
      assay new my_claims.py
      assay verify my_claims.py
    """
    from claims.scaffold import write_scaffold

    write_scaffold(file)
    print(f"wrote {file}; now try:\n  assay verify {file}\n  assay evaluate {file}/C2 n=6")
    return AS_EXPECTED


def recheck(paths: list[str]) -> int:
    """Re-check certificates with the kernel alone: no solver, no code of a paper.

    \b
    Examples:
      assay recheck runs/latest
      assay recheck --replay runs/latest      count enumerations again, too
    """
    return _recheck(paths)


def _recheck(arguments: Sequence[str]) -> int:
    """Before anything else is imported: the kernel's own command line."""
    from checkers.kernel.__main__ import main as kernel_alone

    return kernel_alone(arguments, "assay recheck", _replay)


def _replay(file: Path, document: Mapping[str, Any]) -> str:
    from checkers.replay import replay

    return replay(file, document)


def _selected(selectors: Sequence[str] | None, run: Path | None) -> tuple[Entry, ...]:
    from claims.registry import select
    from reports.runs import resolve_grades

    return select(resolve_grades(selectors or (), run))


def _one(selector: str) -> Entry:
    entries = _selected([selector], None)
    if len(entries) != 1:
        raise UsageError(f"{selector} names {len(entries)} claims, where one is due: {', '.join(entry.id for entry in entries[:5])} …")
    return entries[0]


_UNITS = {"s": 1, "m": 60, "h": 3600}

_COMMANDS: Mapping[str, Callable[..., int]] = {
    "list": list_claims, "show": show_claim, "verify": verify, "evaluate": evaluate_claim, "hunt": hunt, "mutants": mutants, "recheck": recheck,
    "report": report, "compare": compare, "new": new,
}

_ARGUMENTS = {
    "selectors": ("SELECTOR", "a paper, a claim id, a glob ('alignment_distortion/C*'), grade:proved, or a Python file of claims; none: every claim"),
    "claim": ("CLAIM", "a claim id such as alignment_distortion/C3, or FILE.py/C1"),
    "assignments": ("NAME=VALUE", "parameters, exactly: 3, -2/7, 0.05, or a JSON list"),
    "paths": ("PATH", "run folders, folders of certificates, certificate files"),
    "file": ("FILE", "the Python file to write"),
    "run_folder": ("RUN", "a run folder, such as runs/latest"),
    "run_a": ("RUN_A", "a run folder"),
    "run_b": ("RUN_B", "another run folder"),
}

_OPTIONS = {
    "effort": ("quick, standard or full: how far each formulation is checked", "EFFORT"),
    "seed": ("seed of the run; the same seed gives the same run", "N"),
    "jobs": ("worker processes (default: one a core)", "N"),
    "executor": ("local, or dask for a cluster", "EXECUTOR"),
    "scheduler": ("address of a Dask scheduler, tcp://HOST:PORT (default: a local cluster)", "ADDRESS"),
    "out": ("where to write, instead of the default place", "PATH"),
    "resume": ("go on with a run that was cut short (without RUN: the folder of --out, or the latest)", "RUN"),
    "fresh": ("believe nothing that earlier runs found: check everything anew", ""),
    "budget": ("how long it may take: 90s, 10m, 2h", "TIME"),
    "plan": ("print what would be done, and do nothing", ""),
    "run": ("the run that grade:… selectors refer to (default: the latest in runs/)", "RUN"),
    "format": ("the report's format: {texts}; or a folder of files, which needs --out: {folders}", "FORMAT"),
    "no_report": ("write no HTML report (run.json and report.md are written in any case)", ""),
    "version": ("print the version", ""),
    "as_json": ("print one JSON document on standard output", ""),
}


def _application() -> typer.Typer:
    """The commands as typer knows them: each option is described once, in the tables above, whatever commands take it."""
    import typer

    application = typer.Typer(name="assay", no_args_is_help=True, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False)
    application.callback(invoke_without_command=True)(_parsed(front_door))
    for name, command in _COMMANDS.items():
        application.command(name)(_parsed(command))
    return application


def _parsed(command: Callable[..., int]) -> Callable[..., Any]:
    """What typer calls in the command's stead: it returns the command with its arguments in place, to be run when typer is done.

    Every parameter is annotated as the tables describe it.
    """
    @functools.wraps(command)
    def with_arguments(**arguments: Any) -> functools.partial[int]:
        return functools.partial(command, **arguments)

    signature = inspect.signature(command)
    hints = {name: Annotated[hint, _description(name)] for name, hint in get_type_hints(command).items() if name != "return"}
    parameters = [parameter.replace(annotation=hints[name]) for name, parameter in signature.parameters.items()]
    with_arguments.__annotations__ = hints
    with_arguments.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return with_arguments


def _description(parameter: str) -> Any:
    import typer

    if parameter in _ARGUMENTS:
        metavar, text = _ARGUMENTS[parameter]
        return typer.Argument(metavar=metavar, help=text)
    text, metavar = _OPTIONS[parameter]
    return typer.Option(f"--{parameter.removeprefix('as_').replace('_', '-')}", help=_with_formats(text), metavar=metavar or None)


def _with_formats(text: str) -> str:
    """The text with the names of the formats where they are asked for: `reports.formats` knows them."""
    from reports.formats import folder_format_names, format_names

    return text.format(texts=", ".join(format_names()), folders=", ".join(folder_format_names()))


def _print_json(document: Any) -> int:
    from reports.documents import dumps

    sys.stdout.write(dumps(document))
    return AS_EXPECTED


def _seconds(text: str) -> float:
    """A length of time such as 90, 90s, 10m or 1.5h, in seconds."""
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", number) or float(number) == 0:
        raise UsageError(f"--budget: {text!r} is no length of time; write 90s, 10m or 2h")
    return float(number) * _UNITS[unit]


def _workers(jobs: int | None) -> int:
    """The number of worker processes: as asked for, or one a core."""
    if jobs is not None and jobs < 1:
        raise UsageError(f"--jobs {jobs}: at least one worker process is due")
    return jobs or os.cpu_count() or 1


def _with_resumed_run(arguments: Sequence[str]) -> list[str]:
    """`--resume` alone means the run in the folder of `--out`, or the latest; the parser wants it said."""
    given = list(arguments)
    if "--resume" in given:
        place = given.index("--resume")
        following = given[place + 1] if place + 1 < len(given) else ""
        if not (following and Path(following).is_dir()):
            out = given[given.index("--out") + 1] if "--out" in given[:-1] else "runs/latest"
            given[place:place + 1] = ["--resume", out]
    return given


def main() -> int:
    """Run the command line and return its exit code."""
    arguments = sys.argv[1:]
    try:
        code = _recheck(arguments[1:]) if arguments[:1] == ["recheck"] else _run_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return _fail("stopped", INTERRUPTED)
    except Exception as error:  # the edge of the program: whatever it is, it ends in one clear line
        return _explain(error, arguments)
    return code


def _run_command(arguments: Sequence[str]) -> int:
    parsed = _application()(_with_resumed_run(arguments) or ["--help"], prog_name="assay", standalone_mode=False)
    return parsed() if callable(parsed) else int(parsed or AS_EXPECTED)


def _explain(error: Exception, arguments: Sequence[str]) -> int:
    """One line on standard error that says what to do, and the exit code that goes with it."""
    import typer

    from checkers.engine.errors import EngineError, FolderTaken, NotARun
    from claims.errors import ClaimError

    usage_error = typer.BadParameter.__mro__[1]  # of which every error of typer's parser is one, wherever its version keeps the class
    if isinstance(error, usage_error):
        program = " ".join(["assay", *(word for word in arguments[:1] if word in _COMMANDS)])
        return _fail(f"{error.format_message().rstrip('.')}; `{program} --help` shows how to use it", USAGE)  # type: ignore[attr-defined]
    if isinstance(error, UsageError | ClaimError | FolderTaken | NotARun):
        return _fail(str(error), USAGE)
    if isinstance(error, EngineError):
        return _fail(str(error), ERROR)
    if isinstance(error, OSError):
        return _fail(f"{error.filename or 'input or output'}: {error.strerror or error}", ERROR)
    trace = Path(tempfile.mkstemp(prefix="assay-crash-", suffix=".txt")[1])
    trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return _fail(f"this is a bug in assay, or in a claim's own code: {type(error).__name__}: {error}. The traceback is in {trace}; please report it "
                 "with what you typed. A run that was cut short goes on with `assay verify --resume`", ERROR)


def _fail(message: str, code: int) -> int:
    print(f"assay: {' '.join(message.split())}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
