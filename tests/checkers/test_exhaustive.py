"""Enumerations: counted and digested, stopped by the first failure, replayed against their certificate."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from checkers import exhaustive, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.errors import ClaimError
from claims.formulations import Enumeration, Settings
from exact import reals

BUDGET = Budget()


@dataclass(frozen=True)
class Pair:
    a: Fraction
    b: Fraction


def pairs(parameters: Mapping[str, Any]) -> Iterator[Pair]:
    values = [Fraction(j, 2) for j in range(parameters["n"])]
    return (Pair(a, b) for a, b in product(values, values))


def means_ordered(pair: Pair, _: Any) -> bool:
    return 4 * pair.a * pair.b <= (pair.a + pair.b) ** 2


def product_of(pair: Any, _: Any) -> Any:
    return 4 * pair.a * pair.b


def square_of_sum(pair: Any, _: Any) -> Any:
    return (pair.a + pair.b) ** 2


MEANS = Enumeration(statement="the geometric mean is at most the arithmetic mean", elements=pairs, predicate=means_ordered, quantity=product_of,
                    relation="<=", bound=square_of_sum, settings=Settings(quick=({"n": 3},), standard=({"n": 4},)))
DISTINCT = replace(MEANS, statement="the means differ", predicate=lambda pair, _: 4 * pair.a * pair.b < (pair.a + pair.b) ** 2, relation="<")


def evidence_of(formulation: Enumeration, n: int = 3) -> Evidence:
    return exhaustive.check(formulation, {"n": n}, 0, BUDGET)


def test_what_holds_is_counted_and_digested() -> None:
    evidence = evidence_of(MEANS)
    assert (evidence.status, evidence.scope, evidence.trust, evidence.grade) == ("holds", "parametric", "exact", "certified")
    lines = [json.dumps({"a": str(pair.a), "b": str(pair.b)}, separators=(",", ":")) + "\n" for pair in pairs({"n": 3})]
    assert evidence.details == {"count": 9, "digest": hashlib.sha256("".join(lines).encode()).hexdigest()}
    assert evidence.certificate is not None
    complete = exhaustive.addressed(evidence.certificate, "paper/C1", "a", 0)
    assert kernel.check(complete).replay_needed


def test_the_first_failing_element_is_a_kernel_checked_counterexample() -> None:
    evidence = evidence_of(DISTINCT)
    assert (evidence.status, evidence.trust, evidence.grade) == ("refuted", "kernel", "refuted")
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"] == {"a": "0", "b": "0"}
    kernel.check(evidence.counterexample["certificate"])


def test_a_predicate_without_arithmetic_is_refuted_exactly_without_certificate() -> None:
    evidence = evidence_of(replace(MEANS, predicate=lambda pair, _: pair.a <= pair.b, quantity=None, bound=None))
    assert (evidence.status, evidence.trust, evidence.grade) == ("refuted", "exact", "refuted")
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"] == {"a": "1/2", "b": "0"}
    assert "instance = Pair(a=Fraction(1, 2), b=Fraction(0, 1))" in evidence.counterexample["python"]


@pytest.mark.parametrize("predicate", [lambda pair, _: pair.a + pair.b < 1, lambda pair, _: True])
def test_a_restatement_that_disagrees_with_its_predicate_is_an_error(predicate: Any) -> None:
    evidence = evidence_of(replace(MEANS, predicate=predicate, bound=lambda pair, _: 2))
    assert evidence.status == "error"
    assert "restatement" in evidence.note
    assert evidence.details["instance"]


@pytest.mark.parametrize(("changes", "hint"), [
    ({"predicate": lambda pair, _: pair.a / pair.b < 9}, "ZeroDivisionError"),
    ({"predicate": lambda pair, _: pair.a}, "neither True nor False"),
    ({"elements": lambda _: iter(())}, "nothing to enumerate"),
    ({"elements": lambda _: (1 // (2 - k) for k in range(4))}, "enumeration raised ZeroDivisionError"),
    ({"elements": lambda _: [frozenset({1})]}, "JSON"),
])
def test_what_cannot_be_run_is_an_error(changes: dict[str, Any], hint: str) -> None:
    evidence = evidence_of(replace(MEANS, quantity=None, bound=None, **({"predicate": lambda *_: True} | changes)))
    assert evidence.status == "error"
    assert hint in evidence.note


def test_a_predicate_on_balls_may_stay_undecided() -> None:
    def tight(pair: Pair, _: Any) -> bool:
        return bool(reals.exp(pair.a) * reals.exp(-pair.a) >= 1)

    evidence = evidence_of(replace(MEANS, predicate=tight, quantity=None, bound=None))
    assert evidence.status == "undecided"
    assert evidence.details["instance"] == {"a": "1/2", "b": "0"}


def certificate_of(formulation: Enumeration, n: int = 3) -> dict[str, Any]:
    document = evidence_of(formulation, n).certificate
    assert document is not None
    return exhaustive.addressed(document, "paper/C1", "a", 0)


def test_a_replay_finds_the_same_and_reports_progress() -> None:
    heard: list[int] = []
    big = replace(MEANS, settings=Settings(quick=({"n": 50},)))
    found = exhaustive.replay(certificate_of(big, 50), big, heard.append)
    assert (found.count, heard) == (2500, [1000, 2000])


@pytest.mark.parametrize(("change", "hint"), [
    ({"elements": lambda p: list(pairs(p))[:-1]}, "count is 8 now, 9 in the certificate"),
    ({"elements": lambda p: reversed(list(pairs(p)))}, "digest"),
    ({"statement": "something else"}, "something else"),
    ({"settings": Settings(quick=({"n": 2},))}, "none of the formulation's settings"),
    ({"predicate": lambda pair, _: pair.a < 1, "quantity": None}, "the predicate fails at element 7"),
])
def test_a_replay_that_differs_is_refused(change: dict[str, Any], hint: str) -> None:
    with pytest.raises(exhaustive.ReplayMismatch, match=hint):
        exhaustive.replay(certificate_of(MEANS), replace(MEANS, **change))


def test_a_malformed_certificate_is_not_replayed() -> None:
    with pytest.raises(kernel.Rejected):
        exhaustive.replay({**certificate_of(MEANS), "schema": "assay.certificate/0"}, MEANS)


# Symmetries and shards


def swapped(pair: Pair) -> Pair:
    return Pair(pair.b, pair.a)


SYMMETRIC = replace(MEANS, symmetries=lambda parameters: [swapped])
"""The group of two elements that exchanges the numbers: n² pairs in n(n + 1)/2 orbits."""


def test_the_predicate_is_run_once_per_orbit_and_on_every_image_of_the_first() -> None:
    run: list[Pair] = []

    def counted(pair: Pair, parameters: Any) -> bool:
        run.append(pair)
        return means_ordered(pair, parameters)

    evidence = evidence_of(replace(SYMMETRIC, predicate=counted, quantity=None, bound=None), 30)
    assert evidence.status == "holds"
    assert evidence.details["count"] == 900
    assert evidence.details["orbits"] == 465
    assert evidence.details["digest"] == evidence_of(MEANS, 30).details["digest"]
    assert len(run) == 465 + (465 - 30)  # an orbit has two pairs, or one that is its own image


@pytest.mark.parametrize(("changes", "hint"), [
    ({"predicate": lambda pair, _: pair.a <= pair.b}, "not invariant"),
    ({"elements": lambda p: [pair for pair in pairs(p) if pair.a <= pair.b]}, "not enumerated"),
    ({"elements": lambda p: [*pairs(p), Pair(Fraction(0), Fraction(1))]}, "enumerated twice"),
    ({"symmetries": lambda p: [lambda pair: Pair(pair.a + 1, pair.b)]}, "more than"),
    ({"symmetries": lambda p: [lambda pair: Pair(1 / pair.a, pair.b)]}, "ZeroDivisionError"),
])
def test_symmetries_that_are_none_are_an_error(changes: dict[str, Any], hint: str) -> None:
    evidence = evidence_of(replace(SYMMETRIC, quantity=None, bound=None, **changes))
    assert evidence.status == "error"
    assert hint in evidence.note


def test_a_failure_in_an_orbit_is_found_at_its_first_element() -> None:
    evidence = evidence_of(replace(SYMMETRIC, predicate=lambda pair, _: pair.a + pair.b != 1, quantity=None, bound=None))
    assert evidence.status == "refuted"
    assert evidence.counterexample is not None
    assert evidence.counterexample["instance"] == {"a": "0", "b": "1"}


@pytest.mark.parametrize("formulation", [MEANS, SYMMETRIC])
@pytest.mark.parametrize("shards", [2, 3, 7])
def test_shards_take_every_element_once_and_every_failure_lies_in_one(formulation: Enumeration, shards: int) -> None:
    sharded = replace(formulation, shards=shards)
    cases = sharded.cases("quick")
    assert [case["shard"] for case in cases] == [(i, shards) for i in range(1, shards + 1)]
    parts = [exhaustive.survey(sharded, case) for case in cases]
    whole = exhaustive.survey(formulation, {"n": 3})
    assert sum(part.count for part in parts) == whole.count == 9
    assert sum(part.orbits for part in parts) == whole.orbits
    failing = replace(sharded, predicate=lambda pair, _: pair.a + pair.b != 1, quantity=None, bound=None)
    statuses = [exhaustive.check(failing, case, 0, BUDGET).status for case in cases]
    assert "refuted" in statuses
    assert "error" not in statuses


def test_a_shard_is_replayed_as_a_shard() -> None:
    sharded = replace(MEANS, shards=2)
    document = exhaustive.check(sharded, sharded.cases("quick")[1], 0, BUDGET).certificate
    assert document is not None
    complete = exhaustive.addressed(document, "paper/C1", "a", 0)
    assert exhaustive.replay(complete, sharded).count == 4
    with pytest.raises(exhaustive.ReplayMismatch, match="none of the formulation's settings"):
        exhaustive.replay(complete, MEANS)


def test_the_name_shard_is_taken_and_a_shard_is_at_least_one() -> None:
    with pytest.raises(ClaimError, match="shard"):
        replace(MEANS, shards=2, settings=Settings(quick=({"shard": 1},)))
    with pytest.raises(ClaimError, match="at least one"):
        replace(MEANS, shards=0)
    with pytest.raises(ClaimError, match="shard"):
        replace(MEANS, settings=Settings(quick=({"n": 3, "shard": (0, 4)},)))


@pytest.mark.parametrize(("shards", "shard"), [(1, (0, 4)), (1, (2, 2)), (4, (0, 4)), (4, (5, 4)), (4, (1, 5))])
def test_a_share_that_the_enumeration_does_not_have_shows_nothing(shards: int, shard: tuple[int, int]) -> None:
    evidence = exhaustive.check(replace(MEANS, shards=shards), {"n": 3, "shard": shard}, 0, BUDGET)
    assert evidence.status == "error"
    assert "share" in evidence.note
