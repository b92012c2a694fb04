"""Whatever a task does to its process, it costs that task only."""

import pytest

from checkers.engine import Limits, exit_code, worker
from checkers.evidence import Evidence
from claims.errors import ClaimError


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory):
    """One run over all misbehaving claims, with tight limits."""
    import os
    from pathlib import Path

    from checkers.engine import execute, plan_run
    from claims.registry import select

    before = os.environ.get("ASSAY_CACHE")
    os.environ["ASSAY_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    try:
        plan = plan_run(select([str(Path(__file__).parent / "data" / "bad_claims.py")]), effort="quick")
        return execute(plan, tmp_path_factory.mktemp("bad") / "run", jobs=2, limits=Limits(seconds=2.0, memory=192 << 20))
    finally:
        if before is None:
            del os.environ["ASSAY_CACHE"]
        else:
            os.environ["ASSAY_CACHE"] = before


@pytest.mark.parametrize("claim", ["bad/Hang", "bad/LoopInC"])
def test_time_limit_is_undecided(bad_run, evidence_of, claim):
    evidence = evidence_of(bad_run, claim)
    assert evidence["status"] == "undecided"
    assert evidence["note"] == "stopped at the time limit of 2 s"


@pytest.mark.parametrize("claim", ["bad/Allocate", "bad/AllocateInC"])
def test_memory_limit_is_undecided(bad_run, evidence_of, claim):
    evidence = evidence_of(bad_run, claim)
    assert evidence["status"] == "undecided"
    assert evidence["note"] == "stopped at the memory limit of 192 MiB"


def test_killed_from_outside_is_an_error_with_the_last_output(bad_run, evidence_of):
    evidence = evidence_of(bad_run, "bad/Killed")
    assert evidence["status"] == "error"
    assert "SIGKILL" in evidence["note"]
    assert "the last words" in evidence["details"]["output"]


def test_segmentation_fault_is_an_error_with_the_place(bad_run, evidence_of):
    evidence = evidence_of(bad_run, "bad/Crash")
    assert evidence["status"] == "error"
    assert "SIGSEGV" in evidence["note"]
    assert "in crash" in evidence["details"]["output"]


def test_leaving_the_process_is_an_error(bad_run, evidence_of):
    assert evidence_of(bad_run, "bad/Leave")["note"] == "SystemExit: no more"
    assert "exit code 7" in evidence_of(bad_run, "bad/LeaveAtOnce")["note"]


def test_raising_in_decode_is_an_error_with_traceback_and_output(bad_run, evidence_of):
    evidence = evidence_of(bad_run, "bad/Decode")
    assert evidence["status"] == "error"
    assert "there is no such instance" in evidence["note"]
    assert "in broken_decode" in evidence["details"]["traceback"]
    assert "about to decode" in evidence["details"]["output"]


def test_raising_in_a_quantity_is_an_error(bad_run, evidence_of):
    evidence = evidence_of(bad_run, "bad/Raises")
    assert evidence["status"] == "error"
    assert "ZeroDivisionError" in evidence["note"]


def test_the_run_goes_on(bad_run, evidence_of):
    assert evidence_of(bad_run, "bad/Fine")["status"] == "holds"
    assert bad_run["interrupted"] is None
    assert exit_code(bad_run) == 4


def test_a_worker_killed_while_idle_is_replaced(run, tmp_path):
    """Kill every worker process between two tasks; the next task must find a new one."""
    import multiprocessing

    killed = []

    def kill_idle_workers(event):
        if event.kind == "finished" and event.done == 1:
            for process in multiprocessing.active_children():
                process.kill()
                process.join()
                killed.append(process.pid)

    document = run("plain_claims", "P1", jobs=1, watch=kill_idle_workers)
    assert killed
    assert document["claims"][0]["grade"] == "refuted"
    assert all(item["status"] == "refuted" for item in document["claims"][0]["evidence"])


@pytest.mark.parametrize("certificate", [None, {"type": "enumeration"}])
def test_trust_of_the_kernel_needs_a_certificate_that_it_can_decide(plan_of, monkeypatch, certificate):
    task = plan_of("plain_claims", "P1").tasks[0]
    found = Evidence(checker="boastful", status="holds", scope="universal", trust="kernel", certificate=certificate)
    monkeypatch.setattr(worker, "check", lambda *arguments: found)
    monkeypatch.setattr(worker, "_addressed", lambda evidence, task: evidence)
    with pytest.raises(ClaimError, match="claims the kernel's trust"):
        worker._fresh_evidence(task)
