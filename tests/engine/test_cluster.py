"""The same run on a Dask cluster of separate processes, one of which is lost on the way."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checkers.engine import ClusterError, Limits, compare_runs

pytest.importorskip("distributed", reason="the optional extra 'dask' is not installed")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers (one under a nanny, one alone), each a process of its own; yields the address and
    the lone worker."""
    contact = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    log = (tmp_path / "cluster.log").open("w")

    def begin(program, *arguments):
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--scheduler-file", str(contact), "--no-dashboard"],
                                env=environment, cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT)

    processes = [begin("dask_scheduler", "--port", "0", "--host", "127.0.0.1")]
    deadline = time.monotonic() + 30
    while not contact.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    processes += [begin("dask_worker", "--nthreads", "1", "--memory-limit", "0", "--nanny"),
                  begin("dask_worker", "--nthreads", "1", "--memory-limit", "0", "--no-nanny")]
    yield json.loads(contact.read_text())["address"], processes[2]
    for process in reversed(processes):  # workers before their scheduler
        process.terminate()
        process.wait(timeout=20)
    log.close()


def wait_for_two_workers(address):
    from distributed import Client

    with Client(address, timeout=20) as client:
        client.wait_for_workers(2, timeout=30)


def test_a_lost_worker_costs_nothing_and_results_are_those_of_local_execution(cluster, run, tmp_path, essence):
    address, lone_worker = cluster
    local = run("slow_claims", folder=tmp_path / "local")
    wait_for_two_workers(address)

    def kill_one(event):
        if event.kind == "finished" and event.done == 4:
            lone_worker.kill()

    remote = run("slow_claims", folder=tmp_path / "remote", executor="dask", scheduler=address, fresh=True, watch=kill_one)
    lone_worker.wait(timeout=10)
    assert remote["interrupted"] is None
    assert remote["environment"]["reused_tasks"] == 0
    assert essence(tmp_path / "remote") == essence(tmp_path / "local")
    assert compare_runs(local, remote).same

    limited = run("bad_claims", "LoopInC", "Killed", "Fine", folder=tmp_path / "bad", executor="dask", scheduler=address, limits=Limits(seconds=1.5))
    notes = {claim["id"]: claim["evidence"][0]["note"] for claim in limited["claims"]}
    assert notes["bad/LoopInC"] == "stopped at the time limit of 1.5 s"
    assert "SIGKILL" in notes["bad/Killed"]
    assert {claim["id"]: claim["status"] for claim in limited["claims"]} == {"bad/LoopInC": "undecided", "bad/Killed": "error", "bad/Fine": "holds"}


def test_a_local_cluster_is_started_when_none_is_named(run, tmp_path, essence):
    run("plain_claims", folder=tmp_path / "local")
    document = run("plain_claims", folder=tmp_path / "dask", executor="dask", fresh=True)
    assert document["environment"]["workers"] == 2
    assert essence(tmp_path / "dask") == essence(tmp_path / "local")


def test_an_absent_scheduler_is_said_to_be_absent(run, monkeypatch):
    monkeypatch.setattr("checkers.engine.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9"):
        run("plain_claims", executor="dask", scheduler="tcp://127.0.0.1:9")
