"""Hunting: false claims are refuted with small exact counterexamples, true ones supported, and faults are named."""

import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from checkers import draws, kernel, local_search, minimise, search
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Property
from exact import reals

BUDGET = Budget()
Numbers = tuple[Fraction, ...]


def numbers(size: int, least: int = 0, most: int = 9) -> st.SearchStrategy[Numbers]:
    return st.lists(st.integers(least, most).map(Fraction), min_size=size, max_size=size).map(tuple)


def evidence_of(quantity: Any, relation: Any, bound: Any, *, family: Any = None, seed: int = 1, **fields: Any) -> Evidence:
    formulation = Property(family=family or (lambda _: numbers(3)), quantity=quantity, relation=relation, bound=bound, **fields)
    return search.check(formulation, {}, seed, BUDGET)


def refutation(evidence: Evidence) -> Any:
    """The instance of a refutation, after all that a refutation must have has been checked."""
    assert (evidence.status, evidence.trust, evidence.scope, evidence.grade) == ("refuted", "kernel", "sample", "refuted"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])
    assert Fraction(evidence.margin) <= 0
    return evidence.counterexample["instance"]


def square_of_sum(xs: Numbers, _: Any) -> Any:
    return sum(xs) ** 2


def times_sum_of_squares(factor: Fraction | int) -> Any:
    return lambda xs, _: factor * sum(x * x for x in xs)


def test_a_true_claim_is_supported_with_its_closest_call() -> None:
    evidence = evidence_of(square_of_sum, "<=", times_sum_of_squares(3))
    assert (evidence.status, evidence.trust, evidence.scope, evidence.grade) == ("holds", "exact", "sample", "supported")
    assert evidence.margin == "0"
    assert evidence.details["instances"]["random"] >= 100
    assert len(set(evidence.details["closest"])) == 1, "equality holds at constant vectors"


def test_a_false_claim_is_refuted_by_a_shrunk_instance() -> None:
    assert refutation(evidence_of(square_of_sum, "<=", times_sum_of_squares(1))) in (["0", "1", "1"], ["1", "0", "1"], ["1", "1", "0"])


def test_targeting_reaches_a_corner_that_plain_draws_miss() -> None:
    """Only x near 10000 violates; one draw in a hundred lands there, and the score points the way."""
    family = st.integers(0, 10_000).map(lambda k: (Fraction(k),))
    refutation(evidence_of(lambda xs, _: xs[0], "<=", lambda _, __: 9_990, family=lambda _: family))


def test_constructions_are_tried_first() -> None:
    drawn: list[Numbers] = []

    def family(_: Any) -> Any:
        return numbers(3).map(lambda xs: drawn.append(xs) or xs)

    evidence = evidence_of(square_of_sum, "<=", times_sum_of_squares(2), family=family, constructions=lambda _: [(Fraction(2),) * 3])
    assert refutation(evidence) == ["2", "2", "2"]
    assert drawn == []


def test_strict_relations_and_equalities_are_refuted_where_they_just_fail() -> None:
    assert refutation(evidence_of(square_of_sum, "<", times_sum_of_squares(3))) == ["0", "0", "0"]
    refutation(evidence_of(square_of_sum, "==", times_sum_of_squares(3)))
    assert refutation(evidence_of(lambda xs, _: xs[0], "!=", lambda _, __: 4)) == ["4", "0", "0"]


# Continuous search


def cyclic_sum(xs: Numbers, _: Any) -> Any:
    return sum(x / (xs[(i + 1) % len(xs)] + xs[(i + 2) % len(xs)]) for i, x in enumerate(xs))


def at_positive(_: Numbers, point: Sequence[Fraction]) -> Numbers:
    if min(point) <= 0:
        raise ValueError("not positive")
    return tuple(point)


def shapiro(n: int) -> Property:
    return Property(family=lambda _: numbers(n, 1, 50), quantity=cyclic_sum, relation=">=", bound=lambda _, __: Fraction(n, 2),
                    coordinates=lambda xs: xs, from_coordinates=at_positive)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_shapiro_fails_for_14_with_a_tiny_margin(seed: int) -> None:
    evidence = search.check(shapiro(14), {}, seed, BUDGET)
    instance = [Fraction(x) for x in refutation(evidence)]
    assert min(instance) > 0
    assert -Fraction(1, 1000) < cyclic_sum(tuple(instance), {}) - 7 < 0
    assert sum(len(x) for x in refutation(evidence)) <= 60, "the counterexample is made of small numbers"


def test_shapiro_holds_for_6() -> None:
    evidence = search.check(shapiro(6), {}, 0, BUDGET)
    assert (evidence.status, evidence.grade) == ("holds", "supported")
    assert evidence.details["instances"]["local"] > 1_000


def test_local_search_finds_a_violation_at_kinks() -> None:
    """max |x_i − t_i| < 1/100 only near one point of the unit cube; the minimum of a maximum is no smooth valley."""
    target = (Fraction(1, 3), Fraction(2, 3), Fraction(3, 4), Fraction(1, 7))
    evidence = evidence_of(lambda xs, _: reals.maximum([abs(x - t) for x, t in zip(xs, target, strict=True)]), ">=", lambda _, __: Fraction(1, 100),
                           family=lambda _: st.tuples(*[st.integers(0, 4).map(lambda k: Fraction(k, 4))] * 4),
                           coordinates=lambda xs: xs, from_coordinates=lambda _, xs: tuple(xs))
    assert all(Fraction(x).denominator <= 100 for x in refutation(evidence))


@dataclass(frozen=True)
class Lottery:
    chances: Numbers

    def __post_init__(self) -> None:
        if sum(self.chances) != 1 or any(chance < 0 for chance in self.chances):
            raise ValueError("chances: no distribution")


def normalised(_: Lottery, point: Sequence[Fraction]) -> Lottery:
    total = sum(point)
    return Lottery(tuple(x / total for x in point))


def test_instances_with_constraints_are_searched_through_their_coordinates() -> None:
    """Σ p_i² >= 13/50 fails only near the uniform lottery on four outcomes; the family draws lopsided ones."""
    lopsided = st.integers(6, 9).map(lambda k: Lottery((Fraction(k, 10), Fraction(10 - k, 10), Fraction(0), Fraction(0))))
    evidence = evidence_of(lambda lottery, _: sum(p * p for p in lottery.chances), ">=", lambda _, __: Fraction(13, 50), family=lambda _: lopsided,
                           coordinates=lambda lottery: lottery.chances, from_coordinates=normalised)
    assert sum(Fraction(x) for x in refutation(evidence)["chances"]) == 1


def test_points_outside_the_family_never_refute() -> None:
    """x >= 0 fails for negative x only, which ``from_coordinates`` refuses."""
    evidence = evidence_of(lambda xs, _: xs[0], ">=", lambda _, __: 0, coordinates=lambda xs: xs, from_coordinates=at_positive)
    assert evidence.status == "holds"


def test_coordinates_that_do_not_fit_are_an_error() -> None:
    evidence = evidence_of(lambda xs, _: xs[0], ">=", lambda _, __: 0, coordinates=lambda xs: xs, from_coordinates=lambda _, xs: xs + 1)
    assert evidence.status == "error"
    assert "from_coordinates raised TypeError" in evidence.note


# Discrete structures


SETS = range(8)


@dataclass(frozen=True)
class SetFunctions:
    f: Numbers
    g: Numbers


def coverage(weights: Sequence[int]) -> Numbers:
    return tuple(Fraction(sum(w for t, w in enumerate(weights, start=1) if s & t)) for s in SETS)


def least_slack(pair: SetFunctions, _: Any) -> Any:
    values = [a * b for a, b in zip(pair.f, pair.g, strict=True)]
    return reals.minimum(values[s | 1 << a] + values[s | 1 << b] - values[s | 1 << a | 1 << b] - values[s]
                         for a, b in combinations(range(3), 2) for s in SETS if not s & (1 << a | 1 << b))


def test_products_of_submodular_functions_need_not_be_submodular() -> None:
    functions = st.lists(st.integers(0, 3), min_size=7, max_size=7).map(coverage)
    instance = refutation(evidence_of(least_slack, ">=", lambda _, __: 0, family=lambda _: st.builds(SetFunctions, functions, functions)))
    assert sorted(instance) == ["f", "g"]


def test_a_random_game_whose_pure_equilibrium_is_missing_is_found() -> None:
    """'Every 2×2 zero-sum game has a saddle point': max-min equals min-max."""
    games = st.tuples(*[st.tuples(*[st.integers(-3, 3).map(Fraction)] * 2)] * 2)

    def lower(game: Any, _: Any) -> Any:
        return reals.maximum(reals.minimum(row) for row in game)

    def upper(game: Any, _: Any) -> Any:
        return reals.minimum(reals.maximum(column) for column in zip(*game, strict=True))

    game = refutation(evidence_of(lower, "==", upper, family=lambda _: games))
    assert {x for row in game for x in row} <= {"-1", "0", "1"}


# Faults


def test_a_quantity_that_raises_is_an_error_with_a_shrunk_instance() -> None:
    evidence = evidence_of(lambda xs, _: 1 / (xs[0] - 3), "<=", lambda _, __: 5)
    assert evidence.status == "error"
    assert "ZeroDivisionError" in evidence.note
    assert evidence.details["instance"] == ["3", "0", "0"]


def test_a_float_is_an_error() -> None:
    assert "float" in evidence_of(lambda xs, _: float(xs[0]), "<=", lambda _, __: 5).note


@pytest.mark.parametrize(("family", "hint"), [
    (lambda _: numbers(3).filter(lambda xs: sum(xs) == 26), "generator is at fault, not the property"),
    (lambda _: st.nothing(), "generator"),
    (lambda _: numbers(3).map(lambda xs: xs[5]), "generator raised IndexError"),
    (lambda _: 1 / 0, "family raised ZeroDivisionError"),
])
def test_a_family_at_fault_is_told_apart_from_the_property(family: Any, hint: str) -> None:
    evidence = evidence_of(square_of_sum, "<=", times_sum_of_squares(3), family=family)
    assert evidence.status == "error"
    assert hint in evidence.note


def test_a_search_without_a_decided_instance_is_undecided() -> None:
    evidence = evidence_of(lambda xs, _: reals.exp(xs[0] + 1) * reals.exp(-xs[0] - 1), ">=", lambda _, __: 1)
    assert evidence.status == "undecided"
    assert evidence.details["undecided"] >= 10


def test_undecided_instances_are_counted_beside_decided_ones() -> None:
    evidence = evidence_of(lambda xs, _: reals.exp(xs[0]) * reals.exp(-xs[0]) + (xs[1] > 2), ">=", lambda _, __: 1)
    assert evidence.status == "holds"
    assert f"({evidence.details['undecided']} of them not decided)" in evidence.note


# Draws, minimisation and charts by themselves


def test_the_seed_alone_determines_the_draws() -> None:
    def draw(seed: int) -> list[Numbers]:
        seen: list[Numbers] = []
        draws.explore(numbers(4, -50, 50), lambda xs: seen.append(xs) or float(xs[0]), seed, 60)
        return seen

    assert draw(3) == draw(3) != draw(4)


@pytest.mark.parametrize("loaded", ["", "import uncommon_numbers; "])
def test_loaded_modules_and_hash_seeds_do_not_change_the_draws(tmp_path: Any, loaded: str) -> None:
    """Hypothesis borrows constants from loaded modules, unless it is kept from it."""
    (tmp_path / "uncommon_numbers.py").write_text(f"NUMBERS = ({', '.join(str(k) for k in range(700_001, 700_200))})\n")
    code = (f"{loaded}from checkers import draws; from hypothesis import strategies as st; seen = []\n"
            "draws.explore(st.integers(0, 10**6), seen.append, 5, 400); print(seen)")
    path = {"PYTHONPATH": f"{tmp_path}:.", "PYTHONHASHSEED": "7" if loaded else "1"}
    run = subprocess.run([sys.executable, "-c", code], env=path, capture_output=True, text=True, check=True)
    seen: list[int] = []
    draws.explore(st.integers(0, 10**6), seen.append, 5, 400)
    assert run.stdout == f"{seen}\n"


def test_stop_comes_out_at_the_smallest_instance() -> None:
    def visit(k: int) -> None:
        assume(k % 2 == 0)
        if k > 100:
            raise draws.Stop(k, "too great")

    with pytest.raises(draws.Stop, match="too great") as caught:
        draws.explore(st.integers(0, 10_000), visit, 0, 200)
    assert caught.value.instance == 102


@pytest.mark.parametrize("seed", range(5))
def test_minimisation_keeps_violation_and_never_adds_complexity(seed: int) -> None:
    rng = random.Random(seed)
    point = tuple(Fraction(rng.randrange(1, 10**9), rng.randrange(1, 10**9)) for _ in range(4))
    limit = Fraction(95, 100) * sum(point) ** 2 / sum(x * x for x in point)

    def violates(xs: Numbers) -> bool:
        squares = sum(x * x for x in xs)
        return squares > 0 and sum(xs) ** 2 > limit * squares

    small = minimise.simplest(point, violates)
    assert violates(small)
    assert minimise.complexity(small) < minimise.complexity(point)
    assert max(x.denominator for x in small) <= 100
    assert minimise.simplest(small, violates) == small, "minimal things stay"


def test_minimisation_of_what_cannot_be_simplified_returns_it() -> None:
    point = (Fraction(355, 113), Fraction(22, 7))
    assert minimise.simplest(point, lambda xs: xs == point) == point


@pytest.mark.parametrize(("values", "kind"), [([-1, 2], "free"), ([0, 2], "positive"), ([0, 1], "unit")])
def test_charts_stay_in_their_range_and_invert(values: list[int], kind: str) -> None:
    chart = local_search.Chart.of([Fraction(value) for value in values])
    assert chart.kind == kind
    for k in range(-40, 41):
        x = chart.value(k / 7)
        assert kind == "free" or x >= 0
        assert kind != "unit" or x <= 1
        assert abs(chart.value(chart.inverse(x)) - x) < 1e-9


def test_the_local_search_path_depends_on_the_seed_only() -> None:
    def path(seed: int) -> list[tuple[Fraction, ...]]:
        seen: list[tuple[Fraction, ...]] = []

        def objective(point: Sequence[Fraction]) -> float:
            seen.append(tuple(point))
            return float(sum((x - y * y) ** 2 for x, y in pairwise(point)) + 1)

        starts = [(Fraction(1), Fraction(2), Fraction(-1))]
        run = local_search.Search(objective, [local_search.Chart("free")] * 3, 500, 100)
        local_search.search(run, starts, seed)
        assert run.spent == len(seen) == 500
        return seen

    assert path(1) == path(1) != path(2)


def test_evidence_is_a_function_of_formulation_and_seed() -> None:
    def constructions(_: Mapping[str, Any]) -> Iterator[Numbers]:
        yield (Fraction(1), Fraction(2), Fraction(3))

    formulation = Property(family=lambda _: numbers(3), quantity=square_of_sum, relation="<=", bound=times_sum_of_squares(3),
                           constructions=constructions, coordinates=lambda xs: xs, from_coordinates=lambda _, xs: tuple(xs),
                           examples={"quick": 50})
    assert search.check(formulation, {}, 9, BUDGET) == search.check(formulation, {}, 9, BUDGET)
    assert search.check(replace(formulation, bound=times_sum_of_squares(2)), {}, 9, BUDGET).status == "refuted"
