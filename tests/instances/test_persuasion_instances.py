"""Persuasion problems, signalling schemes and leak patterns: families, validation, round trips."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances import leak_patterns as leaks
from instances import set_functions as sf
from instances.errors import InstanceError
from instances.leak_patterns import LeakageLaw, LeakPattern
from instances.persuasion_problems import (
    PersuasionProblem,
    chain_problem,
    geometric_chain,
    identical_coverage,
    odds,
    persuasion_problems,
    private_probability,
    threshold_from_payoffs,
    tree_chain,
)
from instances.signalling_schemes import DirectScheme, SignallingScheme

F = Fraction


def again(instance: Any) -> Any:
    """The instance after a round trip through text."""
    return type(instance).from_json(json.loads(json.dumps(instance.to_json())))


@given(st.integers(1, 3), st.sampled_from(sorted(sf.KINDS)), st.data())
def test_random_problems_are_valid_and_survive_json(agents: int, kind: str, data: st.DataObject) -> None:
    problem = data.draw(persuasion_problems(agents, kind))
    assert again(problem) == problem
    assert hash(again(problem)) == hash(problem)
    assert any(problem.utility.values)
    assert all(problem.prior <= threshold <= 1 for threshold in problem.thresholds)


def test_the_chain_follows_the_sorted_thresholds() -> None:
    problem = chain_problem(F(1, 10), (F(1, 2), F(1, 5)))
    assert problem.utility.values == (0, 0, F(1, 5), F(1, 2))


def test_named_families() -> None:
    chain = geometric_chain(3, 10)
    assert chain.thresholds == (F(1, 100), F(1, 10), F(1))
    assert (chain.prior, chain.utility(7), chain.utility(3), chain.utility(6)) == (F(1, 200), 1, F(1, 10), 0)
    tree = tree_chain(1, 10)
    assert [tree.utility(mask) for mask in (1, 3, 7)] == [F(1, 100), F(1, 100), 1]
    assert identical_coverage(2, F(1, 4), F(1, 2)).utility.values == (0, 1, 1, 1)


def test_odds_and_private_probability() -> None:
    assert odds(F(1, 3)) == F(1, 2)
    assert odds(F(1)) is None
    assert private_probability(F(1, 4), F(1, 2)) == F(1, 3)
    assert private_probability(F(1, 4), F(1, 5)) == 1
    assert private_probability(F(1, 4), F(1)) == 0


def test_the_threshold_of_payoffs_is_where_both_actions_are_worth_the_same() -> None:
    payoffs = {(0, 0): F(2), (0, 1): F(0), (1, 0): F(0), (1, 1): F(3)}
    posterior = threshold_from_payoffs(payoffs)
    worth = [(1 - posterior) * payoffs[0, action] + posterior * payoffs[1, action] for action in (0, 1)]
    assert worth[0] == worth[1]
    with pytest.raises(InstanceError, match="payoffs"):
        threshold_from_payoffs({**payoffs, (0, 1): F(2)})


@pytest.mark.parametrize(
    ("prior", "thresholds", "utility", "field"),
    [
        (0, ("1/2",), sf.at_least_one(1), "prior"),
        (1, ("1/2",), sf.at_least_one(1), "prior"),
        ("1/2", (0,), sf.at_least_one(1), "thresholds"),
        ("1/2", ("3/2",), sf.at_least_one(1), "thresholds"),
        ("1/2", (), sf.at_least_one(0), "thresholds"),
        ("1/2", ("1/2",), sf.at_least_one(2), "utility"),
        ("1/2", ("1/2",), sf.by_size([1, 2]), "utility"),
        ("1/2", ("1/2", "1/2"), sf.by_size([0, 2, 1]), "utility"),
        (0.5, ("1/2",), sf.at_least_one(1), "prior"),
    ],
)
def test_malformed_problems(prior: Any, thresholds: Any, utility: sf.SetFunction, field: str) -> None:
    with pytest.raises(InstanceError, match=f"^{field}"):
        PersuasionProblem(prior, thresholds, utility)


# Schemes


def test_schemes_survive_json_and_read_as_letters() -> None:
    scheme = DirectScheme.of(2, {3: F(1, 4)}, {1: F(1, 4), 2: F(1, 4), 0: F(1, 4)})
    assert again(scheme) == scheme
    assert scheme.prior == F(1, 4)
    letters = scheme.letters()
    assert again(letters) == letters
    assert ((1, 0), 0, F(1, 4)) in letters.profiles


def test_collecting_adds_equal_profiles() -> None:
    scheme = SignallingScheme.collect([((0,), F(1, 4), F(0)), ((0,), F(1, 4), F(1, 4)), ((1,), F(0), F(1, 4))])
    assert scheme.profiles == (((0,), F(1, 2), F(1, 4)), ((1,), F(0), F(1, 4)))


@pytest.mark.parametrize(
    ("masses", "part"),
    [
        (((1, 1, 0), (0, 0, 0)), "ascending"),
        (((0, "1/2", 0), (0, "1/2", 0)), "ascending"),
        (((4, 1, 0),), "does not exist"),
        (((0, "3/2", "-1/2"),), "at least 0"),
        (((0, "1/2", 0),), "add up to 1"),
        (((0, 1),), "triple"),
    ],
)
def test_malformed_direct_schemes(masses: Any, part: str) -> None:
    with pytest.raises(InstanceError, match=part):
        DirectScheme(2, masses)


def test_malformed_schemes() -> None:
    for profiles, part in (
        ((((0,), 1, 0), ((0, 1), 0, 0)), "lengths"),
        ((((0,), "1/2", 0), ((0,), "1/2", 0)), "twice"),
        ((((-1,), 1, 0),), "no integer >= 0"),
        ((), "none"),
    ):
        with pytest.raises(InstanceError, match=part):
            SignallingScheme(profiles)  # type: ignore[arg-type]


# Leaks


def test_families_of_laws() -> None:
    assert leaks.broadcast(4, 2).in_degree == 2
    assert len(leaks.broadcast(4, 2).patterns) == 6
    assert leaks.random_clique(4, 2).in_degree == 1
    assert len(leaks.independent_uniform(3, 1).patterns) == 8
    assert leaks.full_leak(3).sees == (6, 5, 3)
    assert leaks.no_leak(2).in_degree == 0
    assert leaks.directed_cycle(3).lists() == [[2], [3], [1]]
    assert leaks.tree_ancestors(1).lists() == [[2], [], [2]]
    assert leaks.tree_ancestors(2).lists()[4] == [4, 6]
    assert leaks.contiguous_blocks(4, 2) == (3, 12)
    assert leaks.interleaved_blocks(4, 2) == (5, 10)
    assert leaks.disjoint_cliques(4, [5, 10]).lists() == [[3], [4], [1], [2]]


@given(st.fractions(0, 1, max_denominator=7))
def test_bernoulli_leaks(rate: Fraction) -> None:
    law = leaks.bernoulli(2, rate)
    assert sum(weight for weight, pattern in law.patterns if pattern.sees[0]) == rate
    assert sum(weight for weight, pattern in law.patterns if all(pattern.sees)) == rate**2


@pytest.mark.parametrize(
    "law", [leaks.broadcast(3, 1), leaks.random_clique(4, 3), leaks.bernoulli(2, F(1, 3)), leaks.always(leaks.tree_ancestors(2))]
)
def test_laws_survive_json(law: LeakageLaw) -> None:
    assert again(law) == law


@given(st.integers(1, 5), st.data())
def test_patterns_from_lists(agents: int, data: st.DataObject) -> None:
    sees = tuple(data.draw(st.integers(0, (1 << agents) - 1)) & ~(1 << i) for i in range(agents))
    pattern = LeakPattern(sees)
    assert LeakPattern.from_lists(pattern.lists()) == pattern
    assert again(pattern) == pattern
    for i, mask in enumerate(pattern.neighbours()):
        for j in range(agents):
            assert mask >> j & 1 == ((pattern.sees[i] >> j & 1) | (pattern.sees[j] >> i & 1))


def test_malformed_leaks() -> None:
    pattern = leaks.no_leak(2)
    for build, part in (
        (lambda: LeakPattern((1, 0)), "itself"),
        (lambda: LeakPattern((4, 0)), "does not exist"),
        (lambda: LeakageLaw(((F(1, 2), pattern),)), "add up to 1"),
        (lambda: LeakageLaw(((F(0), pattern), (F(1), pattern))), "probability 0"),
        (lambda: LeakageLaw(((F(1, 2), pattern), (F(1, 2), leaks.no_leak(3)))), "different numbers"),
        (lambda: leaks.contiguous_blocks(5, 2), "do not divide"),
        (lambda: leaks.disjoint_cliques(3, [3, 6]), "two cliques"),
        (lambda: leaks.directed_cycle(1), "two receivers"),
        (lambda: leaks.independent_uniform(8, 3), "too many"),
        (lambda: leaks.bernoulli(6, F(1, 2)), "too many"),
    ):
        with pytest.raises(InstanceError, match=part):
            build()
