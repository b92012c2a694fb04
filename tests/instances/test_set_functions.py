"""Set functions: the classes against their definitions, the constructions, the round trip and the errors."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances import set_functions as sf
from instances.errors import InstanceError
from instances.set_functions import SetFunction


def tables(agents: int) -> st.SearchStrategy[SetFunction]:
    """Arbitrary small tables with value 0 at the empty set."""
    rest = st.lists(st.integers(0, 3), min_size=(1 << agents) - 1, max_size=(1 << agents) - 1)
    return rest.map(lambda values: SetFunction((0, *values)))  # type: ignore[arg-type]


@given(st.integers(1, 3).flatmap(tables))
def test_sub_and_supermodular_are_the_lattice_inequalities(function: SetFunction) -> None:
    pairs = [(s, t) for s in range(len(function.values)) for t in range(len(function.values))]
    sides = [(function(s) + function(t), function(s | t) + function(s & t)) for s, t in pairs]
    assert sf.is_submodular(function) == all(left >= right for left, right in sides)
    assert sf.is_supermodular(function) == all(left <= right for left, right in sides)


@given(st.integers(1, 3).flatmap(tables))
def test_monotone_is_about_all_pairs_of_nested_sets(function: SetFunction) -> None:
    nested = [(s, t) for t in range(len(function.values)) for s in sf.submasks(t)]
    assert sf.is_monotone(function) == all(function(s) <= function(t) for s, t in nested)


@given(st.integers(1, 3).flatmap(tables))
def test_the_classes_are_nested(function: SetFunction) -> None:
    """additive ⊂ coverage ⊂ submodular, and monotone submodular ⊂ XOS ⊂ subadditive."""
    monotone = sf.is_monotone(function)
    assert not sf.is_additive(function) or sf.is_coverage(function)
    assert not sf.is_coverage(function) or (sf.is_submodular(function) and monotone)
    assert not (sf.is_submodular(function) and monotone) or sf.is_xos(function)
    assert not sf.is_xos(function) or sf.is_subadditive(function)
    assert not sf.is_additive(function) or sf.is_supermodular(function)


@given(st.integers(1, 4).flatmap(tables))
def test_coverage_weights_give_the_function_back(function: SetFunction) -> None:
    weights = sf.coverage_weights(function)
    assert sf.weighted_coverage(function.agents, weights) == function


@settings(max_examples=25)
@given(st.integers(2, 3), st.sampled_from(sorted(sf.KINDS)), st.data())
def test_every_kind_is_in_its_class(agents: int, kind: str, data: st.DataObject) -> None:
    function = data.draw(sf.set_functions(agents, kind))
    assert sf.is_normalised(function)
    assert sf.is_monotone(function)
    tests = {"supermodular": sf.is_supermodular, "coverage": sf.is_coverage, "xos": sf.is_xos, "monotone": sf.is_monotone}
    assert tests[kind](function)


def test_xos_and_subadditive_differ() -> None:
    """Half of the agents (rounded up) on three agents: V({1,2,3}) = 2 is more than any additive function below V has, 3/2."""
    two_levels = sf.by_size([0, 1, 1, 2])
    assert sf.is_subadditive(two_levels)
    assert not sf.is_xos(two_levels)
    assert sf.supporting_sum(two_levels, 7) == Fraction(3, 2)


def test_submodular_and_coverage_differ() -> None:
    """min(|S|, 2) on three agents is submodular; its Möbius weight of {1,2,3} is negative."""
    capped = sf.by_size([0, 1, 2, 2])
    assert sf.is_submodular(capped)
    assert not sf.is_coverage(capped)
    assert sf.coverage_weights(capped)[7] == -1


def test_constructions() -> None:
    assert sf.at_least_one(2).values == (0, 1, 1, 1)
    assert sf.unanimity(2).values == (0, 0, 0, 1)
    assert sf.unanimity(3, team=5)(7) == 1
    assert sf.unanimity(3, team=5)(3) == 0
    assert sf.prefix_chain([1, 4]).values == (0, 1, 0, 4)
    assert sf.prefix_chain([1, 4], order=[1, 0]).values == (0, 0, 1, 4)
    assert SetFunction.from_formula(2, lambda members: sum(members)).values == (0, 1, 2, 3)
    assert sf.max_of_additive([(1, 1, 0), (0, 0, 2)])(7) == 2
    assert sf.is_anonymous(sf.by_size([0, 1, 5]))
    assert not sf.is_anonymous(sf.additive([1, 2]))


@given(st.integers(1, 4), st.data())
def test_a_prefix_chain_is_a_sum_of_unanimity_games(agents: int, data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(0, 4), min_size=agents, max_size=agents))
    values = [sum(steps[: j + 1]) for j in range(agents)]
    games = sf.unanimity_sum(agents, {(1 << j + 1) - 1: step for j, step in enumerate(steps)})
    assert sf.prefix_chain(values) == games
    assert sf.is_supermodular(games)


def test_members_and_submasks() -> None:
    assert list(sf.members(0b1010)) == [1, 3]
    assert sorted(sf.submasks(0b101)) == [0, 1, 4, 5]
    assert sorted(sf.submasks(7)) == sorted(sum(1 << i for i in chosen) for r in range(4) for chosen in combinations(range(3), r))


@given(st.integers(0, 3).flatmap(lambda agents: st.lists(st.fractions(), min_size=1 << agents, max_size=1 << agents)))
def test_round_trip(values: list[Fraction]) -> None:
    function = SetFunction(tuple(values))
    assert SetFunction.from_json(json.loads(json.dumps(function.to_json()))) == function


@pytest.mark.parametrize(
    ("values", "part"), [((0, 1, 1), "power of two"), ((), "empty"), ((0, 0.5), "no exact rational"), ((0,) * 2**17, "at most")]
)
def test_errors(values: tuple[object, ...], part: str) -> None:
    with pytest.raises(InstanceError, match=part):
        SetFunction(values)  # type: ignore[arg-type]


def test_large_tables_are_refused_before_they_are_built() -> None:
    for build in (sf.at_least_one, sf.unanimity, lambda n: sf.prefix_chain([1] * n), lambda n: sf.additive([1] * n)):
        with pytest.raises(InstanceError, match="at most"):
            build(60)
    with pytest.raises(InstanceError, match="no order"):
        sf.prefix_chain([1, 2], order=[0, 0])
