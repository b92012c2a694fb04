"""Finite decision processes: values, optima, and the Bellman certificate, against brute force and the kernel."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from exact import linear_programs, lp_proof
from instances.decision_processes import Action, DecisionProcess
from instances.errors import InstanceError
from instances.loss_sequences import GainSequence, all_sequences, drifting, round_robin


def random_process(seed: int) -> DecisionProcess:
    source = random.Random(seed)
    states = source.randint(1, 4)

    def action() -> Action:
        weights = [source.randint(0, 3) for _ in range(states)]
        total = sum(weights) + source.randint(0, 2) or 1
        chances = tuple((s, Fraction(w, total)) for s, w in enumerate(weights) if w)
        return Action(Fraction(source.randint(-5, 9), source.randint(1, 4)), chances)

    menus = tuple(tuple(action() for _ in range(source.randint(1, 3))) for _ in range(states))
    return DecisionProcess(Fraction(source.randint(0, 9), 10), menus)


processes = st.integers(0, 10**6).map(random_process)


@settings(max_examples=40, deadline=None)
@given(processes)
def test_the_optimum_is_the_best_policy(process: DecisionProcess) -> None:
    found = process.optimum()
    every = [process.value_of(policy) for policy in process.policies()]
    assert len(every) == process.policy_count
    assert found.values == tuple(map(max, zip(*every, strict=True)))
    assert process.is_optimal(found.values, found.policy)
    assert process.value_of(found.policy) == found.values
    assert all(found.policy[s] in found.optimal_actions(s) for s in range(process.states))
    assert process.restricted(found.policy).optimum().values == found.values


@settings(max_examples=25, deadline=None)
@given(processes, st.integers(0, 100))
def test_the_bellman_certificate_is_accepted_by_the_kernel(process: DecisionProcess, weight: int) -> None:
    start = [Fraction(weight + s, 7) for s in range(process.states)]
    solution = process.optimum().bellman_certificate(start)
    kernel.check(solution.certificate({"title": "a decision process"}))
    assert solution.value == linear_programs.solve(process.bellman_program(start)).value


def test_the_certificate_of_a_worse_policy_is_refused() -> None:
    process = DecisionProcess(Fraction(1, 2), ((Action(Fraction(1), ((0, Fraction(1)),)), Action(Fraction(2), ((0, Fraction(1)),))),))
    worse = type(process.optimum())(process, process.value_of((0,)), (0,))
    with pytest.raises(lp_proof.ProofError):
        worse.bellman_certificate([Fraction(1)])


@given(processes)
def test_processes_survive_json(process: DecisionProcess) -> None:
    assert DecisionProcess.from_json(process.to_json()) == process


@pytest.mark.parametrize(
    ("discount", "actions", "field"),
    [
        (1, ((Action(Fraction(0), ()),),), "discount"),
        ("1/2", (), "actions"),
        ("1/2", ((),), r"actions\[0\]"),
        ("1/2", ((Action(Fraction(0), ((3, Fraction(1)),)),),), r"actions\[0\]"),
    ],
)
def test_malformed_processes_are_refused(discount: object, actions: object, field: str) -> None:
    with pytest.raises(InstanceError, match=field):
        DecisionProcess(discount, actions)  # type: ignore[arg-type]


def test_probabilities_above_one_are_refused() -> None:
    with pytest.raises(InstanceError, match="more than 1"):
        Action(Fraction(0), ((0, Fraction(2, 3)), (1, Fraction(2, 3))))


# Loss sequences


def test_gain_sequences() -> None:
    turns = round_robin(3, 7)
    assert (turns.choices, turns.rounds, turns.best_fixed) == (3, 7, 3)
    assert turns.losses[0] == (0, 1, 1)
    assert sum(1 for _ in all_sequences(2, 3, (Fraction(0), Fraction(1)))) == 64
    assert drifting(4, 20, 1) == drifting(4, 20, 1) != drifting(4, 20, 2)
    assert GainSequence.from_json(turns.to_json()) == turns
