"""The exact linear programming engine: against z3, known optima, hostile numbers and a sabotaged float solver."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy
import pytest
import sympy
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from exact import float_basis, linear_programs, lp_proof, simplex
from exact.linear_programs import LinearProgramError, Problem, Row, Solution, SparseVector
from exact.lp_basis import Basis, IntegerForm, integer_form

NETLIB = Path(__file__).parents[1] / "data" / "netlib"
EVERY_COLUMN_FREE = (None, None)


# ---- an independent check of certificates, from docs/certificates.md alone


def number(text: str) -> Fraction:
    parts = [int(part, 16 if "0x" in part else 10) for part in text.split("/")]
    return Fraction(*parts)


def optional(text: str | None) -> Fraction | None:
    return None if text is None else number(text)


def vector(proof: dict[str, Any], name: str, size: int) -> list[Fraction]:
    entries = [Fraction(0)] * size
    for index, numerator in proof[name]["entries"]:
        entries[index] = number(numerator) / number(proof[name]["denominator"])
    return entries


class Stated:
    """The proposition of a certificate, read."""

    def __init__(self, proposition: dict[str, Any]) -> None:
        self.size: int = proposition["columns"]
        self.sign = {"minimise": 1, "maximise": -1}[proposition["sense"]]
        self.offset = number(proposition["offset"])
        self.cost = [Fraction(0)] * self.size
        for j, text in proposition["objective"]:
            self.cost[j] = number(text)
        self.bounds = [tuple(map(optional, proposition["bounds"]["default"]))] * self.size
        for j, lower, upper in proposition["bounds"]["except"]:
            self.bounds[j] = (optional(lower), optional(upper))
        self.rows = [
            ({j: number(text) for j, text in row["entries"]}, optional(row["lower"]), optional(row["upper"]))
            for row in proposition["rows"]
        ]

    def intervals(self, x: list[Fraction]) -> Iterator[tuple[Fraction, Fraction | None, Fraction | None]]:
        yield from ((value, *interval) for value, interval in zip(x, self.bounds, strict=True))  # type: ignore[misc]
        for entries, lower, upper in self.rows:
            yield sum((entry * x[j] for j, entry in entries.items()), Fraction(0)), lower, upper

    def objective(self, x: list[Fraction]) -> Fraction:
        return sum((c * value for c, value in zip(self.cost, x, strict=True)), Fraction(0))

    def bound(self, y: list[Fraction], cost: list[Fraction]) -> Fraction:
        reduced = list(cost)
        for multiplier, (entries, _, _) in zip(y, self.rows, strict=True):
            for j, entry in entries.items():
                reduced[j] -= multiplier * entry
        pairs = [(multiplier, lower, upper) for multiplier, (_, lower, upper) in zip(y, self.rows, strict=True)]
        total = Fraction(0)
        for weight, lower, upper in [*pairs, *((d, *pair) for d, pair in zip(reduced, self.bounds, strict=True))]:
            if weight:
                end = lower if weight > 0 else upper
                assert end is not None, "the bound needs an absent bound"
                total += weight * end
        return total


def verify(document: dict[str, Any]) -> None:
    """Every clause of the `linear_program` section."""
    assert (document["schema"], document["type"]) == ("assay.certificate/1", "linear_program")
    stated, proof = Stated(document["proposition"]), document["proof"]
    outcome, value = document["proposition"]["outcome"], optional(document["proposition"]["value"])
    used = {"optimal": {"primal", "dual"}, "infeasible": {"dual"}, "unbounded": {"primal", "ray"}}[outcome]
    assert {name for name in ("primal", "dual", "ray") if proof[name] is not None} == used
    if "primal" in used:
        x = vector(proof, "primal", stated.size)
        for entry, lower, upper in stated.intervals(x):
            assert lower is None or entry >= lower
            assert upper is None or entry <= upper
    if outcome == "optimal":
        assert value is not None
        assert stated.offset + stated.objective(x) == value
        y = [stated.sign * multiplier for multiplier in vector(proof, "dual", len(stated.rows))]
        bound = stated.bound(y, [stated.sign * c for c in stated.cost])
        assert stated.sign * stated.offset + bound == stated.sign * value
    else:
        assert value is None
    if outcome == "infeasible":
        assert stated.bound(vector(proof, "dual", len(stated.rows)), [Fraction(0)] * stated.size) > 0
    if outcome == "unbounded":
        ray = vector(proof, "ray", stated.size)
        assert stated.sign * stated.objective(ray) < 0
        for entry, lower, upper in stated.intervals(ray):
            assert lower is None or entry >= 0
            assert upper is None or entry <= 0


def solved(problem: Problem) -> Solution:
    """The solution, with its certificate verified, here and by the kernel, as the JSON text that others would read."""
    solution = linear_programs.solve(problem)
    text = json.dumps(solution.certificate(about={"test": "exact"}))
    verify(json.loads(text))
    assert not kernel.check(text).replay_needed
    return solution


# ---- z3 as a second opinion


def by_z3(problem: Problem) -> tuple[str, Fraction | None]:
    optimizer = z3.Optimize()
    xs = [z3.Real(f"x{j}") for j in range(problem.columns)]

    def combination(entries: SparseVector, constant: Fraction) -> z3.ArithRef:
        return z3.Sum([z3.Q(a.numerator, a.denominator) * xs[j] for j, a in entries.items()] + [constant_of(constant)])

    def constant_of(value: Fraction) -> z3.ArithRef:
        return z3.Q(value.numerator, value.denominator)

    terms = [(x, *interval) for x, interval in zip(xs, problem.column_bounds, strict=True)]
    terms += [(combination(row.entries, Fraction(0)), row.lower, row.upper) for row in problem.rows]
    for term, lower, upper in terms:
        if lower is not None:
            optimizer.add(term >= constant_of(lower))
        if upper is not None:
            optimizer.add(term <= constant_of(upper))
    objective = combination(problem.objective, problem.offset)
    minimise = problem.sense == "minimise"
    handle = optimizer.minimize(objective) if minimise else optimizer.maximize(objective)
    if optimizer.check() == z3.unsat:
        return "infeasible", None
    value = z3.simplify(optimizer.lower(handle) if minimise else optimizer.upper(handle))
    if "oo" in str(value):
        return "unbounded", None
    return "optimal", Fraction(str(value))


short = st.fractions(min_value=-6, max_value=6, max_denominator=4)
wild = st.one_of(
    short, st.sampled_from([-1200, -30, 15, 400]).flatmap(lambda e: short.map(lambda q: q * Fraction(10) ** e))
)


def intervals(numbers: st.SearchStrategy[Fraction]) -> st.SearchStrategy[tuple[Fraction | None, Fraction | None]]:
    """Half-lines, segments, points, the whole line, and now and then a contradiction."""
    pairs = st.tuples(numbers, numbers)
    return st.one_of(
        st.just((Fraction(0), None)),
        st.just(EVERY_COLUMN_FREE),
        numbers.map(lambda a: (a, a)),
        numbers.map(lambda a: (a, None)),
        numbers.map(lambda a: (None, a)),
        pairs.map(lambda pair: (min(pair), max(pair))),
        pairs,
    )


@st.composite
def problems(draw: st.DrawFn, numbers: st.SearchStrategy[Fraction] = short, most: int = 5) -> Problem:
    """Small problems of every shape: empty, degenerate, with repeated rows, empty columns, free rows."""
    columns = draw(st.integers(0, most))
    vectors = st.dictionaries(st.integers(0, columns - 1), numbers) if columns else st.just({})
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, most))):
        if rows and draw(st.booleans()) and draw(st.booleans()):
            rows.append(draw(st.sampled_from(rows)))
        else:
            rows.append(Row(draw(vectors), *draw(intervals(numbers))))
    return Problem(
        sense=draw(st.sampled_from(["minimise", "maximise"])),
        columns=columns,
        objective=draw(vectors),
        rows=rows,
        column_bounds=[draw(intervals(numbers)) for _ in range(columns)],
        offset=draw(numbers),
    )


@settings(max_examples=400, deadline=None)
@given(problems())
def test_agrees_with_z3(problem: Problem) -> None:
    solution = solved(problem)
    assert (solution.outcome, solution.value) == by_z3(problem)


@settings(max_examples=150, deadline=None)
@given(problems(numbers=wild))
def test_agrees_with_z3_far_outside_the_doubles(problem: Problem) -> None:
    solution = solved(problem)
    assert (solution.outcome, solution.value) == by_z3(problem)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_dual_has_the_sign_of_shadow_prices(problem: Problem) -> None:
    solution = linear_programs.solve(problem)
    if solution.outcome != "optimal" or solution.dual is None:
        return
    for i, row in enumerate(problem.rows):
        # An absent bound has no price; moving the row's lower bound up can only make things worse.
        better = 1 if problem.sense == "minimise" else -1
        assert row.lower is not None or better * solution.dual[i] <= 0
        assert row.upper is not None or better * solution.dual[i] >= 0


# ---- whatever the float solver does, the answer stands


def garbage(seed: int) -> Any:
    source = random.Random(seed)

    def propose(form: IntegerForm) -> float_basis.Proposal:
        statuses = [source.choice(["basic", "lower", "upper", "free"]) for _ in range(form.variables)]
        return float_basis.Proposal(statuses, source.choice([None, source.randrange(form.variables)]))  # type: ignore[arg-type]

    return propose


def all_columns_basic(form: IntegerForm) -> float_basis.Proposal:
    return float_basis.Proposal(["basic"] * form.columns + ["lower"] * len(form.rows), hint=0)


def failing(subject: object) -> float_basis.Proposal:
    raise float_basis.SolverFailure("sabotaged")


def crashing(subject: object) -> float_basis.Proposal:
    raise ZeroDivisionError("sabotaged")


SABOTAGE = {
    "garbage": (garbage(1), float_basis.refine),
    "garbage, never refined": (garbage(2), failing),
    "all columns basic": (all_columns_basic, failing),
    "fails": (failing, failing),
    "crashes": (crashing, crashing),
}


@pytest.mark.parametrize("kind", SABOTAGE)
def test_a_wrong_float_basis_changes_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    propose, refine = SABOTAGE[kind]
    monkeypatch.setattr(float_basis, "propose", propose)
    monkeypatch.setattr(float_basis, "refine", refine)

    @settings(max_examples=60, deadline=None)
    @given(problems())
    def agrees(problem: Problem) -> None:
        solution = solved(problem)
        assert (solution.outcome, solution.value) == by_z3(problem)

    agrees()
    assert solved(worst_case(2, 4, (0, 0, 1))).value == Fraction(2006, 1125)
    assert solved(netlib("kb2")).value == optimum("kb2")


def test_a_basis_that_is_nearly_right_is_repaired_by_few_pivots(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = netlib("adlittle")
    right = linear_programs.solve(problem)
    assert right.pivots == 0
    statuses = list(right.basis)
    leaving, entering = statuses.index("basic"), statuses.index("lower")
    statuses[leaving], statuses[entering] = "lower", "basic"
    monkeypatch.setattr(float_basis, "propose", lambda form: float_basis.Proposal(statuses))
    refined = solved(problem)
    monkeypatch.setattr(float_basis, "refine", failing)
    repaired = solved(problem)
    assert (refined.value, refined.pivots) == (right.value, 0)
    assert repaired.value == right.value
    assert 0 < repaired.pivots < 40


def test_wrong_claims_of_infeasibility_and_unboundedness_are_not_believed() -> None:
    problem = Problem(columns=2, objective={0: 1, 1: 1}, rows=[Row({0: 1, 1: 2}, 3)])
    form = integer_form(problem)
    for hint in range(form.variables):
        assert simplex.settled(Basis.slack(form), hint) is None
    assert simplex.run(Basis.slack(form)).outcome == "optimal"


# ---- known optima


def worst_case(r: Fraction | int, grid: int, mu: tuple[Fraction | int, ...]) -> Problem:
    """Over types u in {0, 1/K, …, 1}^3 with mass w_u: maximise E u_2, where E u_1 = 1 and 1 wins against 2 and 3."""
    odds = {k: Fraction(r) ** k for k in range(-grid, grid + 1)}
    slope = {k: (odds[k] - 1) / (2 * (odds[k] + 1)) for k in odds}
    types = list(product(range(grid + 1), repeat=3))

    def margin(u: tuple[int, ...], x: int) -> Fraction:
        return sum((mu[y] * slope[u[x] - u[y]] for y in range(3)), Fraction(0))

    return Problem(
        sense="maximise",
        columns=len(types),
        objective={k: Fraction(u[1], grid) for k, u in enumerate(types)},
        rows=[
            Row({k: Fraction(u[0], grid) for k, u in enumerate(types)}, 1, 1),
            *(Row({k: margin(u, 0) - margin(u, z) for k, u in enumerate(types)}, 0) for z in (1, 2)),
        ],
    )


@pytest.mark.parametrize(
    ("r", "grid", "mu", "value"),
    [
        (2, 4, (0, 0, 1), "2006/1125"),
        (2, 4, (Fraction(1, 3),) * 3, "68/45"),
        (2, 4, (Fraction(1, 100), Fraction(1, 100), Fraction(49, 50)), "199988/112905"),
        (2, 8, (0, 0, 1), "6647819/1755675"),
        (Fraction(3, 2), 10, (0, 0, 1), "11760551283/4388140625"),
    ],
)
def test_worst_cases_on_a_grid(r: Fraction | int, grid: int, mu: tuple[Fraction | int, ...], value: str) -> None:
    assert solved(worst_case(r, grid, mu)).value == Fraction(value)


def netlib(name: str) -> Problem:
    return linear_programs.read_mps((NETLIB / f"{name}.mps").read_text())


def optimum(name: str) -> Fraction:
    return Fraction(json.loads((NETLIB / "optima.json").read_text())["optima"][name])


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("afiro", -464.75314286),
        ("adlittle", 225494.96316),
        ("israel", -896644.82186),
        ("e226", -18.751929066),
        ("kb2", -1749.9001299),
    ],
)
def test_netlib_optima(name: str, published: float) -> None:
    solution = solved(netlib(name))
    assert solution.value == optimum(name)
    assert float(solution.value) == pytest.approx(published, rel=1e-9)


def test_netlib_infeasible() -> None:
    assert solved(netlib("klein1")).outcome == "infeasible"


# ---- hostile problems


def test_beales_cycling_example() -> None:
    problem = Problem(
        columns=4,
        objective={0: "-3/4", 1: 150, 2: "-1/50", 3: 6},
        rows=[
            Row({0: "1/4", 1: -60, 2: "-1/25", 3: 9}, None, 0),
            Row({0: "1/2", 1: -90, 2: "-1/50", 3: 3}, None, 0),
            Row({2: 1}, None, 1),
        ],
    )
    assert solved(problem).value == Fraction(-1, 20)
    for patience in (0, 1):
        verdict = run_with_patience(problem, patience)
        assert verdict.outcome == "optimal"


def run_with_patience(problem: Problem, patience: int) -> simplex.Verdict:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simplex, "_PATIENCE", patience)
        return simplex.run(Basis.slack(integer_form(problem)))


def test_klee_minty_cubes() -> None:
    for size in (6, 40):
        problem = Problem(
            sense="maximise",
            columns=size,
            objective={j: 2 ** (size - 1 - j) for j in range(size)},
            rows=[Row({**{j: 2 ** (i - j + 1) for j in range(i)}, i: 1}, None, 5 ** (i + 1)) for i in range(size)],
        )
        assert solved(problem).value == 5**size


def test_redundant_equations() -> None:
    rows = [
        Row({0: 1, 1: 1, 2: 1}, 1, 1),
        Row({0: 2, 1: 2, 2: 2}, 2, 2),
        Row({0: 1, 1: -1}, 0, 0),
        Row({0: 3, 1: 1, 2: 2}, 2, 2),
    ]
    assert solved(Problem(columns=3, objective={2: -1}, rows=rows)).value == -1
    contradicted = [*rows, Row({0: "2/3", 1: "2/3", 2: "2/3"}, "0.6666", "0.6666")]
    assert solved(Problem(columns=3, objective={2: -1}, rows=contradicted)).outcome == "infeasible"


def chain(length: int) -> list[Row]:
    """x_0 >= 1 and x_{i+1} >= 4 x_i."""
    return [Row({0: 1}, 1), *(Row({i + 1: 1, i: -4}, 0) for i in range(length - 1))]


def test_ratios_of_4_to_the_300() -> None:
    size, top = 301, Fraction(4) ** 300
    assert solved(Problem(columns=size, objective={300: 1}, rows=chain(size))).value == top
    below = {300: (0, top - Fraction(1, 10**9))}
    assert solved(Problem(columns=size, rows=chain(size), column_bounds=below)).outcome == "infeasible"
    assert solved(Problem(columns=size, objective={0: 1}, rows=chain(size), column_bounds={300: (0, top)})).value == 1


def test_numbers_of_400_digits() -> None:
    huge = 10**400
    problem = Problem(
        sense="maximise",
        columns=2,
        objective={0: huge, 1: 1},
        rows=[Row({0: huge, 1: 1}, None, huge), Row({0: 1, 1: Fraction(1, huge)}, None, "1/3")],
        offset=Fraction(1, huge),
    )
    assert solved(problem).value == Fraction(huge, 3) + Fraction(1, huge)


@pytest.mark.parametrize(("gap", "outcome"), [("-1e-30", "infeasible"), ("1e-30", "optimal"), ("0", "optimal")])
def test_gaps_that_no_double_sees(gap: str, outcome: str) -> None:
    rows = [Row({0: 1, 1: "1/3"}, 1), Row({0: 3, 1: 1}, None, 3 + Fraction(gap))]
    assert solved(Problem(columns=2, objective={0: 1}, rows=rows)).outcome == outcome


def test_slopes_that_no_double_sees() -> None:
    tiny = Fraction(1, 10**30)
    row = Row({0: 1, 1: -1}, None, 1)
    unbounded = Problem(sense="maximise", columns=2, objective={0: tiny}, rows=[row])
    assert solved(unbounded).outcome == "unbounded"
    bounded = Problem(sense="maximise", columns=2, objective={0: tiny, 1: -2 * tiny}, rows=[row])
    assert solved(bounded).value == tiny


def test_hilbert_systems() -> None:
    size = 25
    rows = [Row(entries, total, total) for entries, total in hilbert(size)]
    solution = solved(Problem(columns=size, objective={0: 1}, rows=rows, column_bounds=[EVERY_COLUMN_FREE] * size))
    assert solution.primal == dict.fromkeys(range(size), 1)


def hilbert(size: int) -> Iterator[tuple[dict[int, Fraction], Fraction]]:
    for i in range(size):
        entries = {j: Fraction(1, i + j + 1) for j in range(size)}
        yield entries, sum(entries.values(), Fraction(0))


def test_degenerate_shapes() -> None:
    assert solved(Problem(columns=0, offset="7/3")).value == Fraction(7, 3)
    assert solved(Problem(columns=0, rows=[Row({}, -1, 1), Row()])).outcome == "optimal"
    assert solved(Problem(columns=0, rows=[Row({}, 1, None)])).outcome == "infeasible"
    assert solved(Problem(columns=3, objective={1: -1})).outcome == "unbounded"
    assert solved(Problem(columns=3, objective={1: -1}, column_bounds={1: (None, 5)})).value == -5
    assert solved(Problem(columns=2, objective={0: 1}, column_bounds=[(3, 3), (None, None)])).value == 3


def test_contradicting_bounds_become_rows() -> None:
    problem = Problem(columns=2, rows=[Row({0: 1, 1: 1}, 2, 1)], column_bounds=[(None, None), (3, 2)])
    solution = solved(problem)
    assert solution.outcome == "infeasible"
    assert [(row.lower, row.upper) for row in solution.problem.rows] == [(2, None), (None, 2), (None, 1)]


# ---- the answer as a document


def test_long_numbers_are_written_in_hexadecimal() -> None:
    power = 10**5000
    document = linear_programs.solve(Problem(columns=1, objective={0: 1}, rows=[Row({0: 1}, power)])).certificate()
    assert document["about"] == {}
    assert document["proposition"]["value"] == hex(power)
    assert document["proof"]["primal"] == {"denominator": "1", "entries": [[0, hex(power)]]}
    verify(document)


def test_the_most_common_bounds_are_the_default() -> None:
    problem = Problem(columns=4, column_bounds=[(0, 1), (0, 1), (None, "1/2"), (0, 1)])
    assert solved(problem).certificate()["proposition"]["bounds"] == {
        "default": ["0", "1"],
        "except": [[2, None, "1/2"]],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": Fraction(4)}, "the objective of the primal point is 3, not 4"),
        ({"primal": SparseVector({0: 3})}, "column 0: the value is above its upper bound"),
        ({"primal": SparseVector({1: 1})}, "row 0: the value is below its lower bound"),
        ({"dual": SparseVector({0: 2})}, "column 1: the dual bound needs a bound that is absent"),
        ({"dual": SparseVector({0: "1/2"})}, "the dual proves the bound 3/2, not 3"),
        ({"dual": SparseVector({1: 1})}, "a multiplier for a row that is not there"),
    ],
)
def test_a_false_proof_is_refused(change: dict[str, Any], message: str) -> None:
    problem = Problem(columns=2, objective={0: 1, 1: 1}, rows=[Row({0: 1, 1: 1}, 3)], column_bounds={0: (0, 2)})
    parts: dict[str, Any] = {"value": Fraction(3), "primal": SparseVector({1: 3}), "dual": SparseVector({0: 1})}
    lp_proof.check_optimal(problem, **parts)
    with pytest.raises(lp_proof.ProofError, match=message):
        lp_proof.check_optimal(problem, **{**parts, **change})


# ---- the data types


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Row({0: 0.1}), r"entries\[0\]: 0\.1 is a float"),
        (lambda: Row({-1: 1}), "entries: the index -1 is negative"),
        (lambda: Row([(0, 1), (0, 2)]), "entries: the index 0 is given twice"),
        (lambda: Row({}, "one"), "lower: 'one' is no rational number"),
        (lambda: Row({}, None, True), "upper: True is a truth value"),
        (lambda: Problem(columns=-1), "columns: -1 is not a count"),
        (lambda: Problem(columns=1, sense="max"), "sense: 'max' is neither"),
        (lambda: Problem(columns=1, objective={1: 1}), "objective: column 1 is out of range"),
        (lambda: Problem(columns=1, rows=[Row({0: 1}), Row({4: 1})]), r"rows\[1\]\.entries: column 4 is out of range"),
        (lambda: Problem(columns=1, rows=[({0: 1}, 0, 1)]), r"rows\[0\]: tuple where a Row is due"),
        (lambda: Problem(columns=2, column_bounds=[(0, 1)]), "column_bounds: 1 pairs for 2 columns"),
        (lambda: Problem(columns=2, column_bounds={2: (0, 1)}), "column_bounds: column 2 is not one of the 2 columns"),
        (lambda: Problem(columns=1, column_bounds=[(0, 1, 2)]), r"column_bounds\[0\]: \(0, 1, 2\) is not a pair"),
        (lambda: Problem(columns=1, offset=object()), "offset: object where an exact number is due"),
    ],
)
def test_errors_name_the_field(build: Any, message: str) -> None:
    with pytest.raises(LinearProgramError, match=message):
        build()


def test_problems_are_immutable_hashable_and_travel() -> None:
    problem = worst_case(2, 2, (0, 0, 1))
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert hash(problem) == hash(worst_case(2, 2, (0, 0, 1)))
    solution = linear_programs.solve(problem)
    assert pickle.loads(pickle.dumps(solution)) == solution
    with pytest.raises(AttributeError):
        problem.columns = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        problem.objective.numerators[0] = 1  # type: ignore[index]


def test_sparse_vectors_read_as_vectors() -> None:
    entries = SparseVector({3: "1/2", 1: 2, 5: 0})
    assert (entries[1], entries[2], list(entries), len(entries)) == (2, 0, [1, 3], 2)
    assert (entries.denominator, dict(entries.numerators)) == (2, {1: 4, 3: 1})
    assert SparseVector.over(6, [(3, 3), (1, 12)]) == entries == {1: Fraction(2), 3: Fraction(1, 2)}
    assert entries.dot(SparseVector({3: 4, 7: 1})) == 2
    assert repr(entries) == "SparseVector({1: 2, 3: 1/2})"


def test_numbers_of_other_libraries() -> None:
    entries = SparseVector({numpy.int64(1): sympy.Rational(1, 3), 2: numpy.int32(4), 3: sympy.Integer(5)})
    assert entries == {1: Fraction(1, 3), 2: 4, 3: 5}
    with pytest.raises(ValueError, match="float"):
        SparseVector({0: numpy.float64(0.5)})


def test_solvers_are_loaded_only_to_solve() -> None:
    code = (
        "import sys; from exact import linear_programs as lp; lp.Problem(columns=1);"
        "assert not {'numpy', 'flint', 'highspy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_solving_prints_nothing() -> None:
    code = "from exact import linear_programs as lp; lp.solve(lp.Problem(columns=1, rows=[lp.Row({0: 1}, 1)]))"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2], capture_output=True)
    assert run.stdout + run.stderr == b""
