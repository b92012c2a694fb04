"""Finished evidence is taken from the cache when nothing that it rests on has changed, and only after the kernel has
accepted it again."""

import json

from checkers.engine import execute, plan_run
from claims.registry import select

CLAIMS = '''
from fractions import Fraction
from claims import Claim, Paper, Part, Source, Witness

def quantity(instance, parameters):
    return instance + {more}

def claim(number):
    return Claim(number=number, title=number, statement=number, source=Source("here"), relation="<=", parts=(Part("", number, (Witness(
        instance=lambda parameters: Fraction(1, 3), quantity=quantity, relation="<=", bound=lambda instance, parameters: Fraction(10)),)),))

PAPER = Paper(slug="{slug}", title="{slug}", citation="", arxiv="", claims=(claim("C1"), claim("C2")))
'''


def write(folder, slug, more=1):
    """A small claims file; each version under its own path, because a process loads a path once."""
    path = folder / f"{slug}_{more}.py"
    path.write_text(CLAIMS.format(slug=slug, more=more))
    return str(path)


def execute_files(files, folder, **options):
    return execute(plan_run(select(files), effort="quick"), folder, jobs=1, **options)


def test_a_second_run_takes_everything_from_the_cache(run, tmp_path, essence):
    first = run("plain_claims", folder=tmp_path / "first")
    second = run("plain_claims", folder=tmp_path / "second")
    assert first["environment"]["reused_tasks"] == 0
    assert second["environment"]["reused_tasks"] == 20
    assert essence(tmp_path / "first") == essence(tmp_path / "second")
    third = run("plain_claims", folder=tmp_path / "third", fresh=True)
    assert third["environment"]["reused_tasks"] == 0


def test_an_entry_that_the_kernel_rejects_is_dropped_with_a_warning(run, tmp_path, own_cache, essence):
    run("plain_claims", "P1", folder=tmp_path / "first")
    entries = sorted((own_cache / "evidence").rglob("*.json"))
    data = json.loads(entries[0].read_text())
    document = data["counterexample"]["certificate"]
    document["proposition"]["conclusion"] = [[{"<": ">", ">": "<", "<=": ">", ">=": "<"}[relation], i, j]
                                             for relation, i, j in document["proposition"]["conclusion"]]
    entries[0].write_text(json.dumps(data))
    entries[1].write_text(entries[1].read_text()[:40])
    warnings = []
    document = run("plain_claims", "P1", folder=tmp_path / "second", watch=lambda event: warnings.append(event.message) if event.kind == "warning" else None)
    assert len(warnings) == 2
    assert all("dropped" in warning for warning in warnings)
    assert any("kernel rejects" in warning for warning in warnings)
    assert document["environment"]["dropped_cache_entries"] == 2
    assert document["environment"]["reused_tasks"] == 2
    assert essence(tmp_path / "first") == essence(tmp_path / "second")
    assert run("plain_claims", "P1", folder=tmp_path / "third")["environment"]["reused_tasks"] == 4


def test_evidence_without_its_certificate_is_not_believed(run, tmp_path, own_cache):
    run("plain_claims", "C1", folder=tmp_path / "first")
    for entry in (own_cache / "evidence").rglob("*.json"):
        data = json.loads(entry.read_text())
        data["certificate"] = data["counterexample"] = None
        entry.write_text(json.dumps(data))
    document = run("plain_claims", "C1", folder=tmp_path / "second")
    assert document["environment"]["reused_tasks"] == 0
    assert document["claims"][0]["grade"] == "witnessed"


def test_changing_one_paper_runs_that_paper_only(tmp_path):
    one, two = write(tmp_path, "one"), write(tmp_path, "two")
    assert execute_files([one, two], tmp_path / "a")["environment"]["reused_tasks"] == 0
    assert execute_files([one, two], tmp_path / "b")["environment"]["reused_tasks"] == 4
    changed = execute_files([one, write(tmp_path, "two", more=2)], tmp_path / "c")
    assert changed["environment"]["reused_tasks"] == 2
    assert [claim["evidence"][0]["measured"] for claim in changed["claims"]] == ["4/3", "4/3", "7/3", "7/3"]


def test_limits_and_errors_are_not_cached(run, tmp_path, own_cache):
    run("bad_claims", "Killed", "Leave", "Raises", folder=tmp_path / "first")
    assert not list((own_cache / "evidence").rglob("*.json")) if (own_cache / "evidence").exists() else True
    assert run("bad_claims", "Killed", "Leave", "Raises", folder=tmp_path / "second")["environment"]["reused_tasks"] == 0


def test_a_cache_that_cannot_be_written_stops_nothing(run, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder is due")
    monkeypatch.setenv("ASSAY_CACHE", str(blocked))
    warnings = []
    document = run("plain_claims", "C1", watch=lambda event: warnings.append(event.message) if event.kind == "warning" else None)
    assert document["claims"][0]["grade"] == "witnessed"
    assert len(warnings) == 1
    assert "cache cannot be written" in warnings[0]


def test_recorded_costs_order_the_tasks_and_change_nothing_else(run, tmp_path, own_cache, essence):
    run("slow_claims", "C1", folder=tmp_path / "first", jobs=1)
    costs = json.loads((own_cache / "costs.json").read_text())
    order = []
    run("slow_claims", "C1", folder=tmp_path / "second", jobs=1, fresh=True,
        watch=lambda event: order.append(event.task) if event.kind == "finished" else None)
    expected = [costs[f"quick|{task.key}"] for task in order]
    assert len(expected) == 4
    assert expected == sorted(expected, reverse=True)
    assert essence(tmp_path / "first") == essence(tmp_path / "second")
