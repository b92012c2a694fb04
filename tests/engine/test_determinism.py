"""Results do not depend on the number of processes, hash randomisation, order or earlier runs."""

import json

import pytest

from checkers.engine import compare_runs, load_run, plan_run


@pytest.fixture
def reference(run, tmp_path, essence):
    run("plain_claims", folder=tmp_path / "reference", jobs=2)
    return essence(tmp_path / "reference")


@pytest.mark.parametrize(("jobs", "hash_seed"), [(1, "0"), (2, "1"), (2, "4711")])
def test_run_documents_are_byte_identical(start, tmp_path, essence, reference, jobs, hash_seed):
    folder = tmp_path / "other"
    process = start("plain_claims", folder, environment={"PYTHONHASHSEED": hash_seed}, jobs=jobs, fresh=True)
    assert "ended with 0" in process.communicate()[0]
    assert essence(folder) == reference
    comparison = compare_runs(load_run(tmp_path / "reference"), load_run(folder))
    assert comparison.same
    assert comparison.kind == "time"
    certificates = [{path.name for path in (tmp_path / name / "certificates").iterdir()} for name in ("reference", "other")]
    assert certificates[0] == certificates[1] != set()


def test_seeds_derive_from_the_run_seed_and_what_the_task_is(plan_of):
    first, again, other = plan_of("plain_claims", seed=1), plan_of("plain_claims", seed=1), plan_of("plain_claims", seed=2)
    assert first == again
    assert len({task.seed for task in first.tasks}) == len(first.tasks)
    assert not {task.seed for task in first.tasks} & {task.seed for task in other.tasks}
    alone = plan_of("plain_claims", "P1", seed=1)
    by_identity = {task.identity: task.seed for task in first.tasks}
    assert all(by_identity[task.identity] == task.seed for task in alone.tasks)


def test_identities_do_not_depend_on_selection_or_order(plan_of):
    plan = plan_of("plain_claims")
    turned = plan_run(plan.entries[::-1], effort="quick")
    assert {task.identity for task in turned.tasks} == {task.identity for task in plan.tasks}


def test_identities_depend_on_effort_and_seed(plan_of):
    plans = [plan_of("plain_claims"), plan_of("plain_claims", seed=1), plan_of("plain_claims", effort="standard")]
    identities = [{task.identity for task in plan.tasks} for plan in plans]
    assert not identities[0] & identities[1]
    assert not identities[0] & identities[2]


def test_plan_says_what_each_effort_does(plan_of):
    plan = plan_of("plain_claims")
    document = json.loads(json.dumps(plan.to_json()))
    assert document["levels"]["quick"]["tasks"] == len(plan.tasks) == 20
    assert document["levels"]["standard"]["tasks"] == 25
    assert document["tasks"][0]["description"] == "Witness, n=1"
