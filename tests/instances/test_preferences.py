"""Instances: checked on construction, frozen, hashable, exact JSON round trip, and strategies that reach the edges."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from instances import (
    AlignmentProblem,
    BTModel,
    Election,
    GridBTModel,
    Instance,
    InstanceError,
    Lottery,
    PairLaw,
    Population,
    ProductSampler,
    RationalVariable,
    strategies,
)
from instances.preference_constructions import (
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    Misordering,
    adjacent_pair_law,
    cyclic_population,
)

F = Fraction

ALL = st.one_of(
    strategies.lotteries(), strategies.rational_variables(), strategies.populations(), strategies.bt_models(), strategies.grid_models(),
    strategies.elections(), strategies.elections(grid=False), strategies.alignment_problems(), strategies.alignment_problems(grid=False),
    st.integers(1, 5).flatmap(strategies.samplers), strategies.hidden_optima(), strategies.borda_lower_bounds(), strategies.exponential_gaps(),
    strategies.misorderings(), strategies.declining_sequences(),
)


@given(ALL)
def test_json_round_trip_is_exact(instance: Any) -> None:
    text = json.dumps(instance.to_json())
    again = type(instance).from_json(json.loads(text))
    assert again == instance
    assert hash(again) == hash(instance)


@given(ALL)
def test_instances_are_frozen(instance: Any) -> None:
    name = dataclasses.fields(instance)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(instance, name, None)


@pytest.mark.parametrize(("build", "field"), [
    (lambda: Population([[2]], [1]), "utilities[0][0]"),
    (lambda: Population([[0, 1], [0]], ["1/2", "1/2"]), "utilities[1]"),
    (lambda: Population([], []), "utilities"),
    (lambda: Population([[0]], ["1/2"]), "weights"),
    (lambda: Population([[0]], ["1/2", "1/2"]), "weights"),
    (lambda: Population([[0]], [0.5]), "weights[0]"),
    (lambda: Population([["one"]], [1]), "utilities[0][0]"),
    (lambda: Population([[0]], [-1, 2]), "weights[0]"),
    (lambda: BTModel(0), "beta"),
    (lambda: BTModel(-1), "beta"),
    (lambda: GridBTModel(1, 3), "r"),
    (lambda: GridBTModel(2, 0), "K"),
    (lambda: GridBTModel(2, F(1, 2)), "K"),
    (lambda: ProductSampler([1, 0]), "mu[1]"),
    (lambda: PairLaw(3, [(0, 1, "1/2"), (1, 0, "1/2")]), "pairs[1]"),
    (lambda: PairLaw(2, [(0, 2, 1)]), "pairs[0]"),
    (lambda: PairLaw(2, [(0, 1, "1/2")]), "pairs"),
    (lambda: Election(BTModel(1), cyclic_population(), ["1/2", "1/2"]), "mu"),
    (lambda: AlignmentProblem(BTModel(1), cyclic_population(), ["1/2", "1/2", 0], 1), "ref[2]"),
    (lambda: AlignmentProblem(BTModel(1), cyclic_population(), ["1/2", "1/4", "1/4"], -1), "tau"),
    (lambda: HiddenOptimum(BTModel(1), 3, "1/2", 3), "xi"),
    (lambda: HiddenOptimum(BTModel(1), 1, "1/2"), "m"),
    (lambda: BordaLowerBound(BTModel(1), 1, "1/4"), "gamma"),
    (lambda: BordaLowerBound(BTModel(1), "1/2", "1/2"), "eps"),
    (lambda: ExponentialGap("1/2", 10, 1), "beta"),
    (lambda: Misordering(BTModel(1), 2, 1), "v"),
    (lambda: DecliningSequence(1, 0), "m"),
    (lambda: Lottery([]), "masses"),
    (lambda: RationalVariable([1, 2], [1]), "masses"),
    (lambda: Population.from_json({"utilities": [[0]]}), "weights"),
    (lambda: Population.from_json({"utilities": [[0]], "weights": [1], "name": "x"}), "name"),
    (lambda: Population.from_json([1]), "Population"),
])
def test_an_error_names_the_field(build: Any, field: str) -> None:
    with pytest.raises(InstanceError) as caught:
        build()
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")


def test_numbers_are_read_exactly() -> None:
    assert Population([["0.1", "2/7"]], ["1"]).utilities == ((F(1, 10), F(2, 7)),)


def test_strategies_reach_the_edges() -> None:
    wanted = settings(max_examples=2000, database=None, phases=[Phase.generate])
    find(strategies.populations(), lambda p: p.alternatives == 1, settings=wanted)
    find(strategies.populations(), lambda p: 0 in p.weights and len(p.weights) > 1, settings=wanted)
    find(strategies.populations(), lambda p: p.alternatives > 2 and any(
        all(row[x] == row[y] for row in p.utilities) for x in range(p.alternatives) for y in range(x)) and len(set(p.utilities[0])) > 1, settings=wanted)
    find(strategies.populations(), lambda p: p.alternatives > 1 and all(len(set(row)) == 1 for row in p.utilities), settings=wanted)
    find(strategies.bt_models(), lambda model: model.beta >= 700, settings=wanted)
    find(strategies.bt_models(), lambda model: model.beta < F(1, 1000), settings=wanted)
    find(strategies.alignment_problems(), lambda problem: problem.tau == 0, settings=wanted)
    find(strategies.alignment_problems(), lambda problem: problem.tau is None and min(problem.ref) < F(1, 10**4), settings=wanted)


@given(strategies.rational_variables())
def test_a_law_has_one_normal_form(variable: RationalVariable) -> None:
    values = variable.values
    assert list(values) == sorted(set(values))
    assert all(mass > 0 for mass in variable.masses)
    doubled = RationalVariable(values + values, tuple(mass / 2 for mass in variable.masses * 2))
    assert doubled == variable
    assert variable.probability(lambda value: value <= variable.mean()) > 0


@given(strategies.lotteries())
def test_conditioning_a_lottery(lottery: Lottery) -> None:
    assert lottery.conditioned(lottery.support) == lottery
    x = lottery.support[0]
    assert lottery.conditioned([x]) == Lottery.point(len(lottery.masses), x)
    assert lottery.expectation([F(1)] * len(lottery.masses)) == 1


def test_conditioning_on_nothing_is_an_error() -> None:
    with pytest.raises(InstanceError):
        Lottery.point(2, 0).conditioned([1])


def test_a_difference_off_the_grid_is_an_error() -> None:
    with pytest.raises(InstanceError, match="no multiple of 1/4"):
        GridBTModel(2, 4).win(F(1, 3))


@given(st.integers(3, 9), st.integers(1, 99))
def test_the_adjacent_pair_law_covers_every_pair(m: int, percent: int) -> None:
    law = adjacent_pair_law(m, F(percent, 100))
    assert law.full_support
    assert sum(law.pair_weight(x, x + 1) for x in range(m - 1)) == 1 - F(percent, 100)
    assert law.pair_weight(1, 0) == law.pair_weight(0, 1)


@given(strategies.samplers(4))
def test_pair_weights_add_up(sampler: Any) -> None:
    assert sum(sampler.pair_weight(x, y) for x in range(4) for y in range(x, 4)) == 1


def test_every_exported_instance_is_one() -> None:
    assert all(issubclass(kind, Instance) for kind in (Population, BTModel, GridBTModel, ProductSampler, PairLaw, Election, AlignmentProblem))
