"""Expected costs: the order of tasks and the time left."""

from hypothesis import given
from hypothesis import strategies as st

from checkers.engine.cache import cost_key
from checkers.engine.forecast import Forecast
from checkers.engine.tasks import Task


def task(number):
    return Task(origin="o", claim=f"p/C{number}", kind="part", member="", formulation=0, setting=0, form="Witness", parameters={}, seed=0,
                effort="quick", seconds=20.0, code="", identity=str(number), description="")


costs = st.lists(st.none() | st.floats(0.001, 1000), min_size=1, max_size=8)


@given(costs)
def test_longest_first_and_unknown_as_long_as_the_guide(seconds):
    tasks = [task(i) for i in range(len(seconds))]
    recorded = {cost_key(tasks[i]): cost for i, cost in enumerate(seconds) if cost is not None}
    ordered = Forecast(tasks, recorded, ()).longest_first(tasks)
    values = [20.0 if seconds[int(item.identity)] is None else seconds[int(item.identity)] for item in ordered]
    assert values == sorted(values, reverse=True)
    assert sorted(item.identity for item in ordered) == sorted(item.identity for item in tasks)


@given(costs, st.integers(1, 4))
def test_time_left_falls_to_nothing(seconds, workers):
    tasks = [task(i) for i in range(len(seconds))]
    forecast = Forecast(tasks, {cost_key(tasks[i]): cost for i, cost in enumerate(seconds) if cost is not None}, ())
    for i, item in enumerate(tasks):
        left = forecast.seconds_left([], workers)
        unknown = [cost for cost in seconds[i:] if cost is None]
        if unknown and i == 0:
            assert left is None
        elif not unknown:
            assert abs(left - sum(seconds[i:]) / workers) < 1e-6
        forecast.start(item)
        forecast.finish(1.0)
    assert forecast.seconds_left([], workers) < 1e-6


def test_nothing_is_foretold_of_a_first_task_without_a_record():
    only = task(0)
    forecast = Forecast([only], {}, ())
    forecast.start(only)
    assert forecast.seconds_left([(only, 3.0)], 2) is None


def test_cached_evidence_is_expected_to_be_quick():
    tasks = [task(0), task(1)]
    forecast = Forecast(tasks, {cost_key(tasks[0]): 100.0, cost_key(tasks[1]): 1.0}, ["0"])
    assert [item.identity for item in forecast.longest_first(tasks)] == ["1", "0"]
