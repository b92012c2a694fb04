"""Every golden value by `evaluate`, values at other parameters, and the edges: degenerate populations, extreme β, wrong input."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from claims.alignment_distortion import model
from claims.alignment_distortion.evaluation import EVALUATIONS
from claims.claim import Measurement
from claims.errors import ClaimError, ParameterError
from claims.parameters import read_parameters
from exact import reals
from exact.balls import Ball

F = Fraction
GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "alignment_distortion.json").read_text(encoding="utf-8"))


def measure(claim: str, **parameters: Any) -> Measurement:
    wanted, function = EVALUATIONS[claim]
    return function(read_parameters(wanted, parameters))


def field_of(measurement: Measurement, path: str) -> Any:
    first, *rest = path.split(".")
    item: Any = getattr(measurement, first)
    for name in rest:
        item = item[int(name)] if isinstance(item, list | tuple) else item[name]
    return item


def agrees(computed: Any, golden: Any) -> bool:
    """Exact values are equal; decimals agree to the digits shown (one unit in the last place, for rounding or truncation)."""
    if isinstance(golden, str) and golden != "inf" and not isinstance(computed, str):
        if "/" in golden:
            return isinstance(computed, Fraction) and computed == Fraction(golden)
        mantissa, _, exponent = golden.lower().partition("e")
        digits = len(mantissa.partition(".")[2])
        unit = Fraction(10) ** (int(exponent or 0) - digits) if digits else Fraction(0)
        middle, radius = (computed.mid, computed.rad) if isinstance(computed, Ball) else (Fraction(computed), Fraction(0))
        return abs(middle - Fraction(golden)) <= unit + radius
    return bool(computed == golden)


def grouped() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in GOLDEN["evaluate"]:
        groups.setdefault(f"{entry['claim']} {json.dumps(entry['parameters'])}", []).append(entry)
    return groups


@pytest.mark.parametrize("entries", grouped().values(), ids=grouped().keys())
def test_golden_values(entries: list[dict[str, Any]]) -> None:
    measurement = measure(entries[0]["claim"], **entries[0]["parameters"])
    for entry in entries:
        computed = field_of(measurement, entry["field"])
        assert agrees(computed, entry["value"]), f"{entry['field']}: {computed} where {entry['value']} is due ({entry['source']})"


# Everywhere


def balls_of(item: Any) -> list[Ball]:
    if isinstance(item, Ball):
        return [item]
    if isinstance(item, dict):
        item = list(item.values())
    return [ball for entry in item for ball in balls_of(entry)] if isinstance(item, list | tuple) else []


@pytest.mark.parametrize("claim", EVALUATIONS)
def test_defaults_are_measured_sharply(claim: str) -> None:
    found = measure(claim)
    for ball in balls_of([found.measured, found.bound, dict(found.values)]):
        assert ball.rad <= F(1, 10**15) * max(abs(ball.mid), F(1, 10**15))
    if claim.startswith("C"):
        assert found.holds is True
    elif claim == "P3":
        assert found.holds is False
        assert found.values["corrected"] is True
    else:
        assert found.holds is False


def test_every_claim_is_there_in_order() -> None:
    assert list(EVALUATIONS) == [f"C{k}" for k in range(1, 27)] + [f"P{k}" for k in range(1, 6)]


GRID_CYCLE = {"r": "2", "K": "2"}


@pytest.mark.parametrize("claim", [
    claim for claim, (parameters, _) in EVALUATIONS.items() if {"beta", "r"} <= {parameter.name for parameter in parameters} and claim != "C6"
])
def test_r_and_k_in_place_of_beta(claim: str) -> None:
    found = measure(claim, r="3", K="4")
    beta = reals.log(F(3)) * 4
    assert found.measured is not None
    if claim in ("C8", "C10"):
        assert reals.ball(found.values["R"]).arb.overlaps(model.R(beta).arb)
    if claim in ("C1", "C3", "C5", "C13", "C15", "P3", "P5") and found.measured != "inf":
        assert isinstance(found.measured, Fraction)
    with pytest.raises(ParameterError, match="cannot both be given"):
        measure(claim, r="3", K="4", beta="1")
    if claim != "P5":  # there r and K are the default
        with pytest.raises(ParameterError, match="K: is missing"):
            measure(claim, r="3")


@pytest.mark.parametrize(("claim", "exact", "real"), [
    ("C1", {"r": "2", "K": "4", "a": "1/2", "b": "1/4"}, {"a": "1/2", "b": "1/4"}),
    ("C5", {"r": "2", "K": "4", "eps": "1/4"}, {"eps": "1/4"}),
    ("C6", {"r": "2", "K": "4", "eps": "1/4", "xi": "2"}, {"eps": "1/4", "xi": "2"}),
    ("C15", {"r": "2", "K": "4", "eps": "1/4", "xi": "2", "n": "60"}, {"eps": "1/4", "xi": "2", "n": "60"}),
])
def test_the_grid_is_the_real_model(claim: str, exact: dict[str, Any], real: dict[str, Any]) -> None:
    """4·ln 2 as a decimal of 40 digits in place of r = 2, K = 4."""
    beta = "2.7725887222397812376689284858327062723020"
    first, second = measure(claim, **exact), measure(claim, beta=beta, **real)
    assert isinstance(first.measured, Fraction)
    assert abs(second.measured - first.measured) < F(1, 10**30)


# Equalities and edges


@pytest.mark.parametrize(("a", "b"), [("0", "1"), ("0", "0"), ("1", "0"), ("1", "1"), ("1/2", "1/2")])
def test_lemma_1_where_it_is_tight(a: str, b: str) -> None:
    assert measure("C1", a=a, b=b).holds is True


@pytest.mark.parametrize("beta", ["1e-30", "1e-6", "0.1", "700", "100000"])
@pytest.mark.parametrize("claim", ["C1", "C3", "C4", "C5", "C6", "C8", "C9", "C10", "C11", "C13", "C14", "C16", "C18", "C20", "C21", "C26", "P1", "P3"])
def test_extreme_beta(claim: str, beta: str) -> None:
    found = measure(claim, beta=beta)
    if claim == "C14" and beta == "1e-30":
        assert found.holds is not False  # R − 1 is below the width of the equilibrium's enclosure
    elif claim == "P1":
        assert found.holds is not None
    elif claim != "P3":
        assert found.holds is True


@pytest.mark.parametrize("beta", ["1", "3.5", "700"])
def test_extreme_exponential_gap(beta: str) -> None:
    found = measure("C12", beta=beta, T="1000000000")
    assert found.values["limit_ratio"] > 0
    assert abs(sum(found.values["policy"][1:], found.values["policy"][0]) - 1) < F(1, 10**15)


def test_the_step_of_lemma_15_is_an_equality_at_first() -> None:
    found = measure("C18", t="2")
    assert found.holds is True
    assert found.measured.arb.overlaps(found.bound.arb)
    assert measure("C18", t="3").holds is True


DEGENERATE = [
    {"utilities": [["1/2", "1/2"]], "weights": ["1"], "ref": ["1/3", "2/3"]},
    {"utilities": [["0", "0"], ["0", "0"]], "weights": ["1/2", "1/2"], "ref": ["1/3", "2/3"]},
    {"utilities": [["1"]], "weights": ["1"], "ref": ["1"]},
    {"utilities": [["1", "0", "1"]], "weights": ["1"], "ref": ["1/3", "1/3", "1/3"]},
    {"utilities": [["1", "0"], ["0", "1"]], "weights": ["1", "0"], "ref": ["1/2", "1/2"]},
    {"utilities": [["1", "0"], ["0", "1"]], "weights": ["1/2", "1/2"], "ref": ["9/10", "1/10"]},
    {"utilities": [["1", "0", "0"], ["0", "1", "0"]], "weights": ["1/2", "1/2"], "ref": ["1/4", "1/4", "1/2"]},
    {"utilities": [["1", "1/2", "0"], ["0", "1", "1/2"], ["1/2", "0", "1"]], "weights": ["1/3", "1/3", "1/3"], "ref": ["1/3", "1/3", "1/3"]},
]


@pytest.mark.parametrize("noise", [{"beta": "4"}, GRID_CYCLE])
@pytest.mark.parametrize("population", DEGENERATE)
def test_degenerate_populations(population: dict[str, Any], noise: dict[str, Any]) -> None:
    for tau in ("0", "1/10", "5", "inf"):
        found = measure("C14", tau=tau, **population, **noise)
        assert found.holds is True
        assert measure("C21", tau=tau, **population, **noise).holds is True
    for lam in ("0", "1/10", "inf"):
        assert measure("C16", lam=lam, **population, **noise).holds is True
        assert measure("C21", lam=lam, **population, **noise).holds is True
    plain = {name: value for name, value in population.items() if name != "ref"}
    assert measure("C11", **plain, **noise).measured == 0
    assert measure("C20", **plain, **noise).holds is True
    assert measure("C25", **population).measured == 1


def test_a_ratio_of_nothing_and_an_infinite_one() -> None:
    nothing = {"utilities": [["0", "0"]], "weights": ["1"], "ref": ["1/3", "2/3"]}
    assert measure("C14", beta="4", **nothing).measured.mid == 1
    found = measure("P5")
    assert found.measured == "inf"
    assert found.holds is False
    tie = measure("P5", r="2", K="1", utilities=[["0", "0"]], weights=["1"], mu=["1/2", "1/2"])
    assert tie.measured == 1
    assert tie.values["printed_winner"] == [1, 2]


def test_the_largest_divergence_never_grows() -> None:
    constant = measure("C26", beta="4", utilities=[["1/2", "1/2"]], weights=["1"], ref=["1/3", "2/3"])
    assert constant.measured.mid == 0
    assert constant.holds is True
    assert measure("C26", lams=["0", "1/1000", "10", "100000"]).holds is True


def test_more_than_the_default_sizes() -> None:
    assert measure("C3", r="3/2", K="20").holds is True
    assert measure("C3", m="7", r="2", K="4").measured == F(2006, 1125)
    assert measure("C5", m="1000000").holds is True
    assert measure("C19", n="3000", t="1/50").measured < F(1, 2)
    assert measure("C19", m="3", mu_min="1/5").measured is None
    assert measure("C4", n="100000000").values["vacuous"] is False
    assert measure("C15", n="100000").values["vacuous"] is True


def test_probabilities_are_exact_or_enclosed() -> None:
    exact, enclosed = measure("C19", n="40", t="1/10").measured, measure("C19", n="8000", t="1/100").measured
    assert isinstance(exact, Fraction)
    assert isinstance(enclosed, Ball)
    assert measure("C19", n="40", t="0", p="1/2").measured < 1
    assert measure("C19", n="40", t="2").measured == 0


@pytest.mark.parametrize(("claim", "parameters", "message"), [
    ("C1", {"r": "2", "K": "3", "a": "1/2"}, "a: 1/2 is no multiple of 1/K"),
    ("C1", {"gamma": "1"}, "unknown parameter gamma"),
    ("C2", {"mu": ["1"]}, "mu: at least two"),
    ("C2", {"K": "100"}, "too many"),
    ("C4", {"mu_min": "1/2"}, "mu_min: the least of 3"),
    ("C6", {"eps": "1/2", "xi": "3"}, "xi"),
    ("C9", {"eps": "1/2"}, "eps"),
    ("C11", {"mu": ["1/2", "1/2"]}, "mu: 2 entries for 3 alternatives"),
    ("C12", {"beta": "1/2"}, "beta"),
    ("C13", {"r": "2", "K": "4", "v": "1/2"}, "cannot both be given"),
    ("C14", {"weights": ["1/2", "1/2"]}, "weights: 2 weights for 3 types"),
    ("C14", {"r": "2", "K": "3"}, "utilities: 1/2 is no multiple of 1/K"),
    ("C14", {"tau": "-1"}, "tau"),
    ("C14", {"ref": ["1", "0", "0"]}, "ref"),
    ("C15", {"beta": "1", "eps": "1", "xi": "2"}, "xi"),
    ("C17", {"m": "2"}, "m"),
    ("C18", {"t": "1"}, "t"),
    ("C21", {"tau": "1", "lam": "1"}, "cannot both be given"),
    ("C22", {"rewards": ["0", "1"]}, "ref: 3 entries for 2 alternatives"),
    ("C23", {"wins": [["1", "1"], ["1", "0"]], "ref": ["1/2", "1/2"]}, "diagonal"),
    ("C24", {"utilities": [["0", "1"], ["1", "0"]]}, "one row"),
    ("C26", {"lams": ["1", "1/2"]}, "must increase"),
    ("P2", {"rewards": ["0"], "wins": [["0"]]}, "cannot both be given"),
])
def test_wrong_parameters_are_named(claim: str, parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        measure(claim, **parameters)


def test_wins_that_diverge_are_an_error() -> None:
    with pytest.raises(ClaimError, match="never beat"):
        measure("C23", wins=[["0", "1"], ["0", "0"]], ref=["1/2", "1/2"])


def test_ties_need_exact_numbers() -> None:
    """Four alternatives in two tied pairs: with r and K the nearest maximal lottery is found."""
    population = {
        "utilities": [["1", "0", "0", "0"], ["0", "1", "0", "0"]], "weights": ["1/2", "1/2"], "ref": ["1/8", "3/8", "1/4", "1/4"], "tau": "inf",
    }
    found = measure("C14", r="2", K="1", **population)
    assert [mass.mid for mass in found.values["policy"]] == [F(1, 4), F(3, 4), 0, 0]
