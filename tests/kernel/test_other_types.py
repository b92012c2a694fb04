"""Evaluations, grids, systems, identities, linear programs, trials: what holds is accepted; bombs do no harm."""

import itertools
import json
import math
import random
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.kernel import trials

Json = dict[str, Any]
VALID = Path(__file__).parent / "valid"


def document(kind: str, proposition: Json, proof: Json) -> Json:
    return {"schema": kernel.SCHEMA, "type": kind, "about": {}, "proposition": proposition, "proof": proof}


def evaluation(steps: list[Any], *conclusion: list[Any], precision: int = 64, systems: list[Any] | None = None,
               preconditioners: list[Any] | None = None) -> Json:
    proposition = {"program": {"variables": [], "steps": steps}, "conclusion": list(conclusion),
    "systems": systems or [],
                   "linear_programs": []}
    return document("evaluation", proposition, {"precision": precision, "steering": [], "optima": [],
                                                "preconditioners": preconditioners or []})


def accepts(certificate: Json) -> bool:
    try:
        kernel.check(certificate)
    except kernel.Rejected:
        return False
    return True


def test_equalities_over_long_rationals_are_decided() -> None:
    """The sum of 1/k**2 for k <= 2000, forwards and backwards."""
    terms = [["num", f"1/{k * k}"] for k in range(1, 2001)]
    n = len(terms)
    steps = [*terms, ["add", 0, 1]]
    for k in range(2, n):
        steps.append(["add", len(steps) - 1, k])
    forwards = len(steps) - 1
    steps.append(["add", n - 1, n - 2])
    for k in reversed(range(n - 2)):
        steps.append(["add", len(steps) - 1, k])
    steps += [["num", f"1/{3**4000}"], ["add", forwards, len(steps)]]
    backwards = len(steps) - 3
    assert accepts(evaluation(steps, ["==", forwards, backwards], ["!=", forwards, len(steps) - 1], precision=16))
    assert not accepts(evaluation(steps, ["==", forwards, len(steps) - 1], precision=16))


@pytest.mark.parametrize("step",
[["exp", 0], ["log", 1], ["tanh", 0], ["sqrt", 0], ["pow", 0, 0], ["ipow", 0, 0], ["rpow", 0, 2],
                                  ["rpow", 1, 2], ["abs", 0], ["min", 0, 1], ["max", 0, 1], ["sqrt", 3],
                                  ["rpow", 2, 1]])
def test_exact_values_can_be_seen(step: list[Any]) -> None:
    value = {"exp": "1", "log": "0", "tanh": "0", "abs": "0", "min": "0", "max": "1", "pow": "1",
    "ipow": "1"}.get(step[0], "0")
    value = {"rpow12": "1", "sqrt3": "2/3", "rpow21": "1/2"}.get(step[0] + "".join(map(str, step[1:])), value)
    steps = [["num", "0"], ["num", "1"], ["num", "1/2"], ["num", "4/9"], ["num", value], step]
    assert accepts(evaluation(steps, ["==", 5, 4]))


def system(y: list[list[str]], boxes: list[list[str]]) -> Json:
    """x**2 + y**2 = 4, x y = 1: roots at x = (sqrt 6 + sqrt 2)/2, y = (sqrt 6 - sqrt 2)/2, and three more."""
    steps = [["unknown", 0, 0], ["unknown", 0, 1], ["mul", 0, 0], ["mul", 1, 1], ["add", 2, 3], ["num", "4"],
    ["sub", 4, 5],
             ["mul", 0, 1], ["num", "1"], ["sub", 7, 8], ["sqrt", 5], ["num", "6"], ["sqrt", 11], ["num", "2"],
             ["sqrt", 13],
             ["add", 12, 14], ["div", 15, 10], ["num", "1/1000"], ["add", 16, 17], ["sub", 16, 17]]
    return evaluation(steps, ["<", 0, 18], [">", 0, 19], systems=[{"equations": [6, 9], "box": boxes}],
    preconditioners=[y])


def test_krawczyk_in_two_unknowns() -> None:
    good = [["1932/6928", "-518/3464"], ["-518/6928", "1932/3464"]]  # the inverse of ((2x, 2y), (y, x)), nearly
    boxes = [["193/100", "1934/1000"], ["516/1000", "519/1000"]]
    assert accepts(system(good, boxes))
    assert not accepts(system([row[::-1] for row in good], boxes))
    assert not accepts(system(good, boxes[::-1]))
    assert not accepts(system(good, [["193/100", "1931/1000"], boxes[1]]))
    assert not accepts(system(good, [["-2", "2"], ["-2", "2"]]))
    assert not accepts(system([["0", "0"], ["0", "0"]], boxes))


def test_a_parameter_that_is_only_enclosed_is_used_with_all_its_values() -> None:
    """y solves x y = 1 for the x of another system; if x may be 0, no box can prove it."""
    certificate = json.loads((VALID / "evaluation.json").read_text(encoding="utf-8"))
    certificate["proposition"]["program"]["steps"][2] = ["num", "1/1000000"]
    certificate["proposition"]["systems"][0]["box"] = [["-1/10", "1/10"]]
    with pytest.raises(kernel.Rejected, match=r"systems\[0\].box\[0\]: Krawczyk"):
        kernel.check(certificate)


def grid(size: int) -> Json:
    """x**2 + y**2 + z**2 + 1 > x y + y z + z x, with a few steps that depend on one variable or two."""
    values = [f"{k}/{size - 1}" for k in range(size)]
    steps = [["var", 0], ["var", 1], ["var", 2], ["mul", 0, 0], ["mul", 1, 1], ["mul", 2, 2], ["add", 3, 4],
    ["add", 6, 5], ["mul", 0, 1],
             ["mul", 1, 2], ["mul", 2, 0], ["add", 8, 9], ["add", 11, 10], ["num", "1"], ["add", 7, 13], ["exp", 0],
             ["tanh", 2]]
    return document("grid",
    {"program": {"variables": ["x", "y", "z"], "steps": steps}, "ranges": [values] * 3, "conclusion": [[">", 14, 12]]},
                    {"precision": 64, "points": size**3})


def test_a_grid_computes_each_step_once_for_each_values_that_it_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    from checkers.kernel import evaluation as module
    original = module.on_values

    def counted(step: Any, arguments: Any, bits: int) -> Any:
        calls.append(step.operation)
        return original(step, arguments, bits)

    monkeypatch.setattr(module, "on_values", counted)
    assert kernel.check(grid(8)).summary.startswith("node 14 > node 12 at 512 points")
    assert (calls.count("exp"), calls.count("tanh"), calls.count("num")) == (8, 8, 1)
    assert len(calls) == 1 + 5 * 8 + 4 * 64 + 4 * 512


def test_a_grid_may_have_no_variables() -> None:
    program = {"variables": [], "steps": [["num", "1"], ["num", "2"]]}
    assert accepts(document("grid", {"program": program, "ranges": [], "conclusion": [["<", 0, 1]]},
    {"precision": 16, "points": 1}))


IDENTITIES: list[tuple[str, list[Any], list[int], list[Any], bool]] = [
    ("log of itself", [["var", 0], ["log", 0], ["add", 0, 0], ["num", "2"], ["div", 2, 3], ["log", 4], ["sub", 1, 5]],
     [], [], True),
    ("nested roots",
     [["var", 0], ["sqrt", 0], ["num", "1"], ["add", 1, 2], ["sqrt", 3], ["pow", 4, 4], ["pow", 1, 2], ["add", 6, 2],
     ["add", 1, 1],
                      ["add", 7, 8], ["sub", 5, 9]], [], [], True),
    ("a quotient of roots", [["var", 0], ["sqrt", 0], ["div", 0, 1], ["sub", 2, 1]], [], [], True),
    ("a negative power of a root",
     [["var", 0], ["sqrt", 0], ["pow", 1, -3], ["pow", 1, 3], ["mul", 2, 3], ["num", "1"], ["sub", 4, 5]], [], [],
     True),
    ("two generators",
     [["var", 0], ["var", 1], ["add", 0, 1], ["exp", 2], ["exp", 0], ["exp", 1], ["mul", 4, 5], ["sub", 3, 6]], [0, 1],
     [[3, [1, 1]], [4, [1, 0]], [5, [0, 1]]], True),
    ("the addition theorem of tanh",
     [["var", 0], ["var", 1], ["add", 0, 1], ["tanh", 2], ["tanh", 0], ["tanh", 1], ["add", 4, 5], ["mul", 4, 5],
      ["num", "1"], ["add", 8, 7], ["div", 6, 9], ["sub", 3, 10]], [0, 1], [[3, [2, 2]], [4, [2, 0]], [5, [0, 2]]],
      True),
    ("the addition theorem of tanh with a wrong sign",
     [["var", 0], ["var", 1], ["add", 0, 1], ["tanh", 2], ["tanh", 0], ["tanh", 1], ["add", 4, 5],
      ["mul", 4, 5], ["num", "1"], ["sub", 8, 7], ["div", 6, 9], ["sub", 3, 10]], [0, 1],
      [[3, [2, 2]], [4, [2, 0]], [5, [0, 2]]], False),
    ("half an exponent",
     [["var", 0], ["num", "2"], ["div", 0, 1], ["exp", 0], ["exp", 2], ["mul", 4, 4], ["sub", 3, 5]], [2],
     [[3, [2]], [4, [1]]], True),
    ("a constant exponent", [["num", "1"], ["exp", 0], ["neg", 0], ["exp", 2], ["mul", 1, 3], ["sub", 4, 0]], [0],
     [[1, [1]], [3, [-1]]], True),
    ("exp of 0", [["num", "0"], ["exp", 0], ["num", "1"], ["sub", 1, 2]], [], [[1, []]], True),
    ("the square of a sum is not the sum of squares",
     [["var", 0], ["sqrt", 0], ["num", "1"], ["add", 1, 2], ["pow", 3, 2], ["add", 0, 2], ["sub", 4, 5]],
     [], [], False),
    ("roots of x and of -x", [["var", 0], ["neg", 0], ["sqrt", 0], ["sqrt", 1], ["sub", 2, 3]], [], [], False),
    ("exp of x and of -x", [["var", 0], ["neg", 0], ["exp", 0], ["exp", 1], ["sub", 2, 3]], [0], [[2, [1]], [3, [-1]]],
     False),
    ("log x and the root of x", [["var", 0], ["log", 0], ["sqrt", 0], ["sub", 1, 2]], [], [], False),
    ("log x and x", [["var", 0], ["log", 0], ["sub", 1, 0]], [], [], False),
]


@pytest.mark.parametrize(("steps", "exponentials", "exponents", "expected"),
[pytest.param(*row[1:], id=row[0]) for row in IDENTITIES])
def test_identities(steps: list[Any], exponentials: list[int], exponents: list[Any], expected: bool) -> None:
    """The last node is 0, if expected."""
    steps = [*steps, ["num", "0"]]
    proposition = {"program": {"variables": ["x", "y"], "steps": steps}, "left": len(steps) - 2,
    "right": len(steps) - 1}
    assert accepts(document("identity", proposition,
    {"exponentials": exponentials, "exponents": exponents})) == expected


def exact_tail(n: int, s: int, p: Fraction) -> Fraction:
    """P(Bin(n, p) >= s)."""
    return sum((math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(s, n + 1)), Fraction(0))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_trials_agree_with_the_exact_tails(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 25))
    s = data.draw(st.integers(0, n))
    lo, hi = sorted([data.draw(st.fractions(0, 1, max_denominator=30)),
    data.draw(st.fractions(0, 1, max_denominator=30))])
    half = data.draw(st.sampled_from([Fraction(1, 2), Fraction(1, 10), Fraction(1, 40), Fraction(1, 1000),
    Fraction(2, 5)])) / 2
    expected = (lo == 0 or exact_tail(n, s, lo) <= half) and (hi == 1 or exact_tail(n, n - s, 1 - hi) <= half)
    proposition = {"successes": s, "trials": n, "confidence": str(1 - 2 * half), "interval": [str(lo), str(hi)]}
    assert accepts(document("trials", proposition, {"outcomes": "1" * s + "0" * (n - s)})) == expected


def test_a_probability_equal_to_the_limit_is_allowed() -> None:
    proposition = {"successes": 1, "trials": 1, "confidence": "1/3", "interval": ["1/3", "1"]}
    assert accepts(document("trials", proposition, {"outcomes": "1"}))
    assert not accepts(document("trials", {**proposition, "interval": [f"{2**200 + 1}/{3 * 2**200}", "1"]},
    {"outcomes": "1"}))


@pytest.mark.parametrize(("n", "s", "p"), [(60, 40, "1/3"), (200, 199, "1/2"), (500, 300, "5/11"), (30, 30, "29/30")])
def test_rounded_tails_are_upper_bounds_and_tight(n: int, s: int, p: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = exact_tail(n, s, Fraction(p))
    assert trials._upper_tail(n, s, Fraction(p), 400) == exact
    monkeypatch.setattr(trials, "MAX_EXACT_BITS", 0)
    assert exact <= trials._upper_tail(n, s, Fraction(p), 400) < exact * (1 + Fraction(1, 2**50))


def test_many_trials() -> None:
    proposition = {"successes": 50_000, "trials": 100_000, "confidence": "99/100", "interval": ["495/1000", "505/1000"]}
    outcomes = {"outcomes": "01" * 50_000}
    assert accepts(document("trials", proposition, outcomes))
    assert not accepts(document("trials", {**proposition, "interval": ["4965/10000", "505/1000"]}, outcomes))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_dual_bounds_never_exceed_feasible_values(seed: int) -> None:
    """Random small programs, a random feasible point, random multipliers: accepted only where nothing is better."""
    rng = random.Random(seed)
    n, m = rng.randint(1, 3), rng.randint(1, 3)
    x = [rng.randint(-2, 2) for _ in range(n)]
    rows, value = [], 0
    for _ in range(m):
        a = [rng.randint(-2, 2) for _ in range(n)]
        activity = sum(c * v for c, v in zip(a, x, strict=True))
        lower, upper = activity - rng.randint(0, 1), activity + rng.randint(0, 1)
        rows.append({"entries": [[j, str(c)] for j, c in enumerate(a)], "lower": rng.choice([None, str(lower)]),
        "upper": rng.choice([None, str(upper)])})
    objective = [rng.randint(-2, 2) for _ in range(n)]
    value = sum(c * v for c, v in zip(objective, x, strict=True))
    bounds = [[j, rng.choice([None, str(v - rng.randint(0, 1))]),
    rng.choice([None, str(v + rng.randint(0, 1))])] for j, v in enumerate(x)]
    sense = rng.choice(["minimise", "maximise"])
    proposition = {"sense": sense, "columns": n, "objective": [[j, str(c)] for j, c in enumerate(objective)],
    "offset": "0",
                   "bounds": {"default": [None, None], "except": bounds}, "rows": rows, "outcome": "optimal",
                   "value": str(value)}
    y = [[i, str(rng.randint(-1, 1))] for i in range(m)]
    proof = {"primal": {"denominator": "1", "entries": [[j, str(v)] for j, v in enumerate(x)]},
    "dual": {"denominator": "1", "entries": y}, "ray": None}
    if not accepts(document("linear_program", proposition, proof)):
        return
    sign = 1 if sense == "minimise" else -1
    for point in itertools.product(range(-4, 5), repeat=n):
        inside = all(within(v, lo, hi) for (_, lo, hi), v in zip(bounds, point, strict=True))
        for row in rows:
            activity = sum(int(c) * point[j] for j, c in row["entries"])
            inside = inside and within(activity, row["lower"], row["upper"])
        assert not inside or sign * sum(c * v for c, v in zip(objective, point, strict=True)) >= sign * value


def within(value: int, lo: str | None, hi: str | None) -> bool:
    return (lo is None or int(lo) <= value) and (hi is None or value <= int(hi))


# Bombs


def chain(first: list[Any], times: int, grow: Callable[[int], list[Any]]) -> list[Any]:
    """Steps that grow on the last one, again and again."""
    steps = list(first)
    for _ in range(times):
        steps += grow(len(steps) - 1)
    return steps


BOMBS = {
    "powers of powers": chain([["num", "2"]], 40, lambda k: [["pow", k, 1_000_000]]),
    "powers of powers of a fraction": chain([["num", "3/7"]], 40, lambda k: [["pow", k, 1_000_000]]),
    "squares of squares": chain([["num", "3/7"]], 200, lambda k: [["mul", k, k]]),
    "x + 1/x of x + 1/x": chain([["num", "1"], ["num", "3/7"]], 100, lambda k: [["div", 0, k], ["add", k, k + 1]]),
    "exponentials of exponentials": chain([["num", "1"]], 300, lambda k: [["exp", k]]),
    "real powers of real powers": chain([["num", "3"]], 200, lambda k: [["rpow", k, k]]),
    "integer powers of integer powers": chain([["num", "1000000"]], 30, lambda k: [["ipow", k, 0]]),
    "exp(-10**9) and exp(10**9)": [["num", "1000000000"], ["neg", 0], ["exp", 1], ["exp", 0], ["mul", 2, 3]],
    "functions of a number of 3,600,000 bits": [["num", "0x" + "f" * 900_000], ["tanh", 0], ["log", 0], ["exp", 0],
    ["sqrt", 0], ["mul", 0, 4]],
}


@pytest.mark.parametrize("name", BOMBS)
def test_steps_that_would_explode_are_enclosed(name: str) -> None:
    start = time.perf_counter()
    last = len(BOMBS[name]) - 1
    assert accepts(evaluation(BOMBS[name], [">=", last, last]))
    assert not accepts(evaluation([*BOMBS[name], ["num", "-1"]], ["<", last, last + 1]))
    assert time.perf_counter() - start < 10


def test_a_grid_with_too_many_points_is_refused_before_it_is_walked() -> None:
    start = time.perf_counter()
    certificate = grid(300)
    with pytest.raises(kernel.Rejected, match=r"proof.points: expected an integer in 1..10000000"):
        kernel.check(certificate)
    assert time.perf_counter() - start < 1
