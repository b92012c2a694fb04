"""A run that is killed, interrupted or out of room is resumed and ends as if nothing had happened."""

import os
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from checkers.engine import FolderBusy, FolderTaken, NotARun, StorageError, execute, exit_code, load_plan, load_run


def wait_for_events(folder, lines, process):
    """Wait until that many tasks are on the disk."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        path = folder / "events.jsonl"
        if path.exists() and path.read_bytes().count(b"\n") >= lines:
            return
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.01)
    pytest.fail("the run does not get ahead")


def descendants(pid):
    """The process ids of all children of a process, and of theirs."""
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return children + [below for child in children for below in descendants(child)]


def wait_until_gone(pids):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(alive(pid) for pid in pids):
        time.sleep(0.02)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    """A complete run of the slow claims."""
    folder = tmp_path_factory.mktemp("reference") / "run"
    data = Path(__file__).parent / "data"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "ASSAY_CACHE": str(folder.parent / "cache")}
    import sys
    subprocess.run([sys.executable, str(data / "run_engine.py"), str(data / "slow_claims.py"), str(folder), '{"jobs": 2}'], env=environment, check=True)
    return folder


def test_kill_9_and_resume_gives_the_same_run(start, tmp_path, uninterrupted, essence):
    folder = tmp_path / "run"
    process = start("slow_claims", folder)
    wait_for_events(folder, 5, process)
    family = descendants(process.pid)
    process.kill()
    process.wait()
    assert len(family) >= 3  # the server and two workers at least
    wait_until_gone(family)
    kept = (folder / "events.jsonl").read_bytes()
    assert not (folder / "run.json").exists()

    resumed = start("slow_claims", folder, resume=True, fresh=True)
    assert "interrupted: null" in resumed.communicate()[0]
    assert (folder / "events.jsonl").read_bytes().startswith(kept[:kept.rfind(b"\n") + 1])
    assert load_run(folder)["environment"]["resumed_tasks"] >= 5
    assert essence(folder) == essence(uninterrupted)


def test_a_torn_last_line_is_recognised(tmp_path, uninterrupted, essence):
    folder = tmp_path / "run"
    shutil.copytree(uninterrupted, folder)
    events = folder / "events.jsonl"
    whole = events.read_bytes()
    lines = whole.splitlines(keepends=True)
    events.write_bytes(b"".join(lines[:-2]) + lines[-2][:len(lines[-2]) // 2])
    document = execute(load_plan(folder), folder, jobs=1, resume=True, fresh=True)
    assert document["environment"]["resumed_tasks"] == len(lines) - 2
    assert sorted(events.read_bytes().splitlines()) != []
    assert all(line.endswith(b"}\n") for line in events.read_bytes().splitlines(keepends=True))
    assert essence(folder) == essence(uninterrupted)


def test_a_lost_or_damaged_certificate_is_made_again(tmp_path, uninterrupted, essence):
    folder = tmp_path / "run"
    shutil.copytree(uninterrupted, folder)
    first, second = sorted((folder / "certificates").iterdir())[:2]
    first.unlink()
    second.write_text(second.read_text().replace("1", "2", 1))
    execute(load_plan(folder), folder, jobs=1, resume=True, fresh=True)
    assert first.exists()
    assert essence(folder) == essence(uninterrupted)
    assert {path.name for path in (folder / "certificates").iterdir()} == {path.name for path in (uninterrupted / "certificates").iterdir()}


def test_a_worker_that_loops_in_c_dies_with_its_parent(start, tmp_path):
    process = start("bad_claims", tmp_path / "run")
    deadline = time.monotonic() + 20
    busy = []
    while not busy and time.monotonic() < deadline:
        time.sleep(0.1)
        busy = [pid for pid in descendants(process.pid) if alive(pid)]
    time.sleep(1.0)
    family = descendants(process.pid)
    process.kill()
    process.wait()
    wait_until_gone(family)


def test_a_second_process_on_the_folder_is_refused(start, run, tmp_path):
    folder = tmp_path / "run"
    process = start("slow_claims", folder)
    wait_for_events(folder, 1, process)
    with pytest.raises(FolderBusy, match="another process works on this run"):
        run("slow_claims", folder=folder, resume=True)
    assert "ended with 0" in process.communicate()[0]


def test_a_folder_with_a_run_is_not_overwritten(run, tmp_path):
    run("plain_claims", "P1")
    with pytest.raises(FolderTaken, match="--resume"):
        run("plain_claims", "P1")


def test_ctrl_c_once_finishes_what_runs_and_can_be_resumed(start, tmp_path, uninterrupted, essence):
    folder = tmp_path / "run"
    process = start("slow_claims", folder)
    wait_for_events(folder, 3, process)
    process.send_signal(signal.SIGINT)
    output = process.communicate()[0]
    document = load_run(folder)
    assert document["interrupted"]["by"] == "interrupt"
    assert "ended with 3" in output
    assert exit_code(document) == 3
    missing = document["interrupted"]["tasks_not_run"]
    not_run = [item for claim in document["claims"] for item in claim["evidence"] if item["note"] == "not run: interrupted"]
    mutants = [item for claim in document["claims"] for mutant in claim["mutants"] for item in mutant["evidence"] if item["note"] == "not run: interrupted"]
    assert missing == len(not_run) + len(mutants) > 0
    execute(load_plan(folder), folder, jobs=2, resume=True, fresh=True)
    assert essence(folder) == essence(uninterrupted)


def test_ctrl_c_twice_stops_at_once(start, tmp_path):
    folder = tmp_path / "run"
    process = start("bad_claims", folder)
    assert process.stdout.readline().startswith("started")
    for _ in range(2):
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=10)[0]
    assert load_plan(folder).tasks


def test_a_run_folder_that_cannot_grow_ends_clearly_and_resumably(tmp_path, uninterrupted, essence, start):
    folder = tmp_path / "run"
    room = (uninterrupted / "plan.json").stat().st_size + 2_000
    assert room < (uninterrupted / "events.jsonl").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        process = start("slow_claims", folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    output = process.communicate()[0]
    assert process.returncode == 4
    assert "StorageError" in output
    assert "cannot be written" in output
    assert "--resume" in output
    document = execute(load_plan(folder), folder, jobs=2, resume=True, fresh=True)
    assert document["environment"]["resumed_tasks"] > 0
    assert essence(folder) == essence(uninterrupted)


def test_a_full_disk_ends_clearly_and_resumably(tmp_path, plan_of, uninterrupted, essence):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    try:
        filling = disk / "filling"
        filling.write_bytes(b"x" * 30_000)
        plan = plan_of("slow_claims")
        with pytest.raises(StorageError, match="No space left on device"):
            execute(plan, disk / "run", jobs=2)
        filling.unlink()
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        execute(load_plan(disk / "run"), disk / "run", jobs=2, resume=True, fresh=True)
        assert essence(disk / "run") == essence(uninterrupted)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_spent_budget_leaves_the_rest_undecided_and_resumable(run, tmp_path, uninterrupted, essence):
    document = run("slow_claims", budget=0.8)
    assert document["interrupted"]["by"] == "budget"
    assert document["interrupted"]["reason"] == "the run's budget was spent"
    assert exit_code(document) == 3
    execute(load_plan(tmp_path / "run"), tmp_path / "run", jobs=2, resume=True, fresh=True)
    assert essence(tmp_path / "run") == essence(uninterrupted)


def test_what_is_no_run_is_said_to_be_none(tmp_path):
    with pytest.raises(NotARun, match="no such file"):
        load_plan(tmp_path)
    with pytest.raises(NotARun, match="no such file"):
        load_run(tmp_path)
    (tmp_path / "run.json").write_text('{"schema": "something/2"}')
    with pytest.raises(NotARun, match="schema"):
        load_run(tmp_path)
