"""The interval checker: a table of true inequalities, each proved; a table of false ones, each refuted; and nothing false is ever proved."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkers import analysis, interval, kernel
from checkers.checker import Budget, check
from checkers.evidence import Evidence
from checkers.proofs import Attempt
from checkers.statements import read
from claims.formulations import Inequality

a, b, c, d, e, k, q, t, x, y, z, beta, eta = sp.symbols("a b c d e k q t x y z beta eta", real=True)
exp, log, sqrt, tanh, cosh, sinh, coth = sp.exp, sp.log, sp.sqrt, sp.tanh, sp.cosh, sp.sinh, sp.coth
R = sp.Rational
LINE = (None, None)
HALF = (0, None)
UNIT = (0, 1)
OPEN_SQUARE: tuple[tuple[sp.Expr, str], ...] = ((x, ">"), (1 - x, ">"), (y, ">"), (1 - y, ">"))
KL = x * log(x / y) + (1 - x) * log((1 - x) / (1 - y))


def S(u: sp.Expr) -> sp.Expr:  # noqa: N802
    """The centred sigmoid."""
    return tanh(u / 2) / 2


def inequality(left: Any, relation: str, right: Any, domain: dict[sp.Symbol, tuple[Any, Any]], *where: tuple[Any, str], method: str = "auto") -> Inequality:
    return Inequality(
        left=sp.sympify(left), relation=relation, right=sp.sympify(right),  # type: ignore[arg-type]
        domain=tuple((symbol, lo, hi) for symbol, (lo, hi) in domain.items()), where=tuple(where), method=method,  # type: ignore[arg-type]
    )


RHO = beta / 2 * coth(beta / 2)

TRUE = {
    # one variable, touching
    "tanh below its tangent, to third order": inequality(tanh(z / 2) / 2, "<=", z / 4, {z: HALF}),
    "exponential above its tangent": inequality(exp(x), ">=", 1 + x, {x: LINE}),
    "exponential strictly above its tangent off 0": inequality(exp(x), ">", 1 + x, {x: LINE}, (x, "!=")),
    "logarithm below its tangent": inequality(log(x), "<=", x - 1, {x: HALF}, (x, ">")),
    "t log t": inequality(t * log(t), ">=", t - 1, {t: HALF}, (t, ">")),
    "exponential below a parabola": inequality(exp(x), "<=", 1 + x + x**2, {x: (None, 1)}),
    "cosh below a Gaussian": inequality(cosh(x), "<=", exp(x**2 / 2), {x: LINE}),
    "tanh below the identity": inequality(tanh(x), "<", x, {x: HALF}, (x, ">")),
    "a better lower bound of the logarithm": inequality(log(1 + x), ">=", 2 * x / (2 + x), {x: HALF}),
    "root below its tangent": inequality(sqrt(x), "<=", (x + 1) / 2, {x: HALF}),
    "root above its chord": inequality(sqrt(x), ">=", x / 2, {x: (0, 4)}),
    "root and its second-order expansion": inequality(sqrt(1 + x), ">=", 1 + x / 2 - x**2 / 8, {x: HALF}),
    "cube root below its tangent": inequality(x ** R(1, 3), "<=", (x + 2) / 3, {x: HALF}),
    "Bernoulli with an irrational exponent": inequality(x ** sqrt(2), ">=", 1 + sqrt(2) * (x - 1), {x: HALF}),
    "log x <= x/e, touching at e": inequality(log(x), "<=", x / sp.E, {x: HALF}, (x, ">")),
    "entropy of a coin": inequality(-x * log(x) - (1 - x) * log(1 - x), "<=", log(2), {x: UNIT}, (x, ">"), (1 - x, ">")),
    "a kink that touches": inequality(abs(x), ">=", x**2, {x: (-1, 1)}),
    "Hoeffding's lemma for a fair coin": inequality((exp(x) + exp(-x)) / 2, "<=", exp(x**2 / 2), {x: (-3, 3)}),
    # one variable, tails and margins
    "1 - tanh is positive": inequality(1 - tanh(x), ">", 0, {x: LINE}),
    "1 - tanh decays": inequality(1 - tanh(z / 2), "<=", 2 * exp(-z), {z: HALF}),
    "log(1 + 1/x) is positive": inequality(log(1 + 1 / x), ">", 0, {x: (1, None)}),
    "(1 + 1/x)^x stays below e": inequality((1 + 1 / x) ** x, "<", sp.E, {x: (1, None)}),
    "exponential above a power": inequality(exp(x), ">", x**2, {x: HALF}),
    "exponential above a high power, far out": inequality(exp(x), ">", x**20, {x: (100, None)}),
    "a sum of exponentials": inequality(2 ** x + 2 ** (-x), ">=", 2, {x: LINE}),
    "a margin of a billionth": inequality(x * (1 - x), "<", R(1, 4) + R(1, 10**9), {x: UNIT}),
    "no variable": inequality(R(2, 5) * log(R(7, 2)), ">", R(1, 2), {}),
    "an end that is a logarithm": inequality(exp(x), ">=", R(49, 10), {x: (log(5), None)}),
    # the first paper
    "S is concave": inequality(sp.diff(S(z), z, 2), "<=", 0, {z: HALF}),
    "S' is at most 1/4": inequality(R(1, 4) - sp.diff(S(z), z), ">=", 0, {z: LINE}),
    "R exceeds beta/2": inequality(RHO - beta / 2, ">", 0, {beta: HALF}, (beta, ">")),
    "R exceeds beta/2 by less than 1": inequality(beta / (exp(beta) - 1), "<", 1, {beta: HALF}, (beta, ">")),
    "the excess decreases": inequality(sp.diff(beta / (exp(beta) - 1), beta), "<", 0, {beta: HALF}, (beta, ">")),
    "the excess is positive": inequality(beta / (exp(beta) - 1), ">", 0, {beta: HALF}, (beta, ">")),
    "coth is at least 1": inequality(coth(beta / 2), ">=", 1, {beta: HALF}, (beta, ">")),
    "the rate of Theorem 5": inequality(
        beta - 1 - log(1 + beta) / 2, "<=", beta / 2 * (1 - log(1 + beta) / beta + beta / (beta + 2)), {beta: HALF}, (beta, ">")),
    "S(beta) >= 1/3 once exp(beta) >= 5": inequality(S(beta), ">=", R(1, 3), {beta: HALF}, (exp(beta) - 5, ">=")),
    "exp(beta)/(44 beta) beyond 6": inequality(exp(beta) / (44 * beta), ">", 1, {beta: (6, None)}),
    "cosh squared above exp/4": inequality(cosh(beta / 2) ** 2, ">", exp(beta) / 4, {beta: HALF}),
    "Lemma 15": inequality((e - 1) ** 3 * (e**2 + 3) / (6 * (e**2 + 1) * (e**3 + 5 * e**2 + 3 * e + 7)), ">", 0, {e: (1, None)}, (e - 1, ">")),
    "log(1 - eps) is negative": inequality(log(1 - x), "<", 0, {x: UNIT}, (x, ">"), (1 - x, ">")),
    # several variables
    "chord below the logarithm": inequality(log(1 + eta * x), ">=", x * log(1 + eta), {x: UNIT, eta: HALF}),
    "Young": inequality(x * y, "<=", x**2 / 2 + y**2 / 2, {x: LINE, y: LINE}),
    "geometric and arithmetic mean": inequality(sqrt(x * y), "<=", (x + y) / 2, {x: HALF, y: HALF}),
    "a corner that touches": inequality(x + y, ">=", x * y, {x: UNIT, y: UNIT}),
    "an isolated minimum inside": inequality(x**4 + y**4 + 2, ">=", 4 * x * y, {x: (-2, 2), y: (-2, 2)}),
    "a maximum is at least a mean": inequality(sp.Max(x, y), ">=", x / 3 + 2 * y / 3, {x: UNIT, y: UNIT}),
    "absolute product": inequality(abs(x * y), "<=", (x**2 + y**2) / 2, {x: LINE, y: LINE}),
    "Lemma 1 at beta = 4": inequality(S(4 * (a - b)), "<=", a - S(sp.Integer(4)) * b, {a: UNIT, b: UNIT}),
    "Pinsker's inequality for coins": inequality(KL, ">=", 2 * (x - y) ** 2, {x: UNIT, y: UNIT}, *OPEN_SQUARE),
    "three variables": inequality(exp(x) * y + z, ">", -1, {x: UNIT, y: UNIT, z: UNIT}),
    "four variables": inequality(exp(-x * y) + z**2 * t, ">=", R(1, 3), {x: UNIT, y: UNIT, z: UNIT, t: UNIT}),
    "four variables, touching": inequality(x * (1 + tanh(y)) + z * exp(t), ">=", 0, {x: UNIT, y: (-1, 1), z: UNIT, t: (-1, 1)}),
    "ordered variables": inequality(exp(x), "<=", exp(y), {x: UNIT, y: (1, 2)}),
    "a side condition": inequality(x * exp(y), "<=", 3, {x: UNIT, y: UNIT}, (1 - x - y, ">=")),
    "different from a number": inequality(exp(x) + x**2, "!=", R(1, 2), {x: LINE}),
}

FALSE = {
    "exponential above a steeper line": inequality(exp(x), ">=", 1 + R(11, 10) * x, {x: HALF}),
    "false by a billionth at 0": inequality(exp(x), ">=", 1 + x + R(1, 10**9), {x: (-1, 1)}),
    "false by a billionth inside": inequality(x * (1 - x), "<=", R(1, 4) - R(1, 10**9), {x: UNIT}),
    "false by 1e-30 at an irrational point": inequality((x**2 - 2) ** 2, ">=", R(1, 10**30), {x: (0, 3)}),
    "false by 1e-12, transcendental": inequality(x - log(x), ">=", 1 + R(1, 10**12), {x: HALF}, (x, ">")),
    "only far out: logarithm": inequality(log(x), "<=", 100, {x: (1, None)}),
    "only far out: double root": inequality(sqrt(log(x)), "<", 20, {x: (1, None)}),
    "only far out: exponential": inequality(exp(x) / 10**30, "<=", x + 1, {x: HALF}),
    "only near 0": inequality(-log(x), "<=", 50, {x: UNIT}, (x, ">")),
    "only in a tiny region": inequality(sp.Min(1, abs(x - R(1234567, 10**7)) * 10**6), ">=", R(1, 100), {x: UNIT}),
    "only between two close roots": inequality((x - R(1, 3)) * (x - R(1, 3) - R(1, 10**6)), ">=", 0, {x: UNIT}),
    "only at one point": inequality((x - R(1, 3)) ** 2, ">", 0, {x: UNIT}),
    "only at an end": inequality(x**2, "<", 1, {x: UNIT}),
    "only at an end that is not excluded": inequality(tanh(x), "<", x, {x: HALF}),
    "tangent slope too small": inequality(tanh(z / 2) / 2, "<=", R(24, 100) * z, {z: HALF}),
    "cubic correction too strong": inequality(tanh(z / 2) / 2, "<=", z / 4 - z**3 / 49, {z: HALF}),
    "R below beta/2": inequality(RHO, "<=", beta / 2, {beta: HALF}, (beta, ">")),
    "excess at most one half": inequality(beta / (exp(beta) - 1), "<=", R(1, 2), {beta: HALF}, (beta, ">")),
    "R above beta": inequality(RHO, ">=", beta, {beta: HALF}, (beta, ">")),
    "the rate without its constant": inequality(
        RHO * (1 - log(1 + beta) / beta + beta / (beta + 2) * coth(beta / 2)), ">=", beta - log(1 + beta) / 2, {beta: HALF}, (beta, ">")),
    "S(beta) >= 1/3 once exp(beta) >= 4": inequality(S(beta), ">=", R(1, 3), {beta: HALF}, (exp(beta) - 4, ">=")),
    "P4: log(1 - eps) is positive": inequality(log(1 - x), ">", 0, {x: UNIT}, (x, ">"), (1 - x, ">")),
    "P3: S is at least 3": inequality(S(beta), ">=", 3, {beta: HALF}, (beta, ">")),
    "Lemma 1 with L = 0.24": inequality(S(4 * (a - b)), "<=", 4 * (R(24, 100) * a - S(sp.Integer(4)) / 4 * b), {a: UNIT, b: UNIT}),
    "Lemma 1 with coefficients swapped": inequality(S(4 * (a - b)), "<=", S(sp.Integer(4)) * a - b, {a: UNIT, b: UNIT}),
    "Lemma 1 with utilities up to 2": inequality(S(2 * (a - b)), "<=", a / 2 - S(sp.Integer(2)) * b, {a: (0, 2), b: (0, 2)}),
    "Pinsker with 2.01": inequality(KL, ">=", R(201, 100) * (x - y) ** 2, {x: UNIT, y: UNIT}, *OPEN_SQUARE),
    "chord above the logarithm": inequality(log(1 + eta * x), "<=", x * log(1 + eta), {x: UNIT, eta: HALF}),
    "arithmetic mean too small": inequality(sqrt(x * y), "<=", R(49, 100) * (x + y), {x: HALF, y: HALF}),
    "not different": inequality(x, "!=", x**2, {x: (-1, 3)}, (x, "!=")),
    "a kink": inequality(sp.Max(x, y) - sp.Min(x, y), "<=", abs(x - y) - R(1, 10**8), {x: UNIT, y: UNIT}),
    "three variables": inequality(x * y * z, "<", 1, {x: UNIT, y: UNIT, z: UNIT}),
    "on a simplex": inequality(x * y * exp(z), "<=", R(6, 25), {x: UNIT, y: UNIT, z: UNIT}, (x + y + z - 1, "==")),
    "four variables": inequality(exp(-x * y) + z**2 * t, ">=", R(37, 100), {x: UNIT, y: UNIT, z: UNIT, t: UNIT}),
    "five variables": inequality(exp(-x * y) + z**2 * t - q, ">=", R(37, 100) - 1, {x: UNIT, y: UNIT, z: UNIT, t: UNIT, q: UNIT}),
    "constant": inequality(log(2), ">=", R(7, 10), {}),
}


def evidence(formulation: Inequality, parameters: dict[str, Any] | None = None, seconds: float = 20) -> Evidence:
    return interval.check(formulation, parameters or {}, 0, Budget("quick", seconds))


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    found = evidence(TRUE[name])
    assert (found.status, found.trust, found.scope) == ("holds", "kernel", "universal"), found.note
    assert found.certificate is not None
    for document in (found.certificate, *found.details.get("lemmas", ())):
        kernel.check(document)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted_at_a_rational_point(name: str) -> None:
    found = evidence(FALSE[name])
    assert (found.status, found.trust) == ("refuted", "kernel"), found.note
    assert found.counterexample is not None
    kernel.check(found.counterexample["certificate"])
    formulation = FALSE[name]
    point = {symbol: sp.Rational(found.counterexample["instance"][str(symbol)]) for symbol, _, _ in formulation.domain}
    for symbol, lo, hi in formulation.domain:
        assert lo is None or point[symbol] >= lo
        assert hi is None or point[symbol] <= hi
    assert not holds(formulation.left.subs(point) - formulation.right.subs(point), formulation.relation)
    assert all(holds(condition.subs(point), relation) for condition, relation in formulation.where)


TEMPTING = {
    "a logarithm that cancels hides a sign": inequality(x * exp(y), "<=", x * exp(2 * y), {x: (-1, 1), y: UNIT}),
    "a pole inside": inequality(-1 / x, ">=", -1, {x: (-1, 1)}),
    "a pole that growth steps over": inequality(1 - 1 / (x - R(1, 2)), ">=", 0, {x: UNIT}),
    "a kink that looks concave": inequality(sqrt((x - 1) ** 2), ">=", R(1, 2), {x: (0, 2)}),
    "a kink between variables": inequality(sqrt((x - y) ** 2), ">=", R(1, 4), {x: UNIT, y: UNIT}),
    "a root of a square": inequality(sqrt(x**2), "<=", x, {x: (-1, 1)}),
    "a logarithm of a square": inequality(log(x**2), "<=", 2 * log(abs(x)) - R(1, 10), {x: (-1, 1)}, (x, "!=")),
    "a jump at an excluded end": inequality(tanh(1 / x), ">=", 1, {x: (-1, 1)}, (x, "!=")),
    "an odd factor": inequality((x - 1) * (x - 1) ** 2 * exp(x), ">=", 0, {x: (0, 3)}),
    "a square root with two signs": inequality(sqrt(1 + x) - 1, ">=", x / 2 - x**2 / 9, {x: (-1, 1)}),
    "exponentials that are not independent": inequality(exp(x) + exp(-x), "<=", exp(2 * x) + R(1, 2), {x: LINE}),
}


@pytest.mark.parametrize("name", [*FALSE, *TEMPTING])
def test_no_proof_is_found_of_what_is_false(name: str) -> None:
    """Without the search for counterexamples, which would come first: no view, lemma or derivative may prove it."""
    statement = read(FALSE[name] if name in FALSE else TEMPTING[name], {})
    assert analysis.prove(statement, Attempt("test", Budget("quick", 0.4))) is None


@pytest.mark.parametrize("name", TEMPTING)
def test_what_tempts_is_refuted(name: str) -> None:
    assert evidence(TEMPTING[name]).status == "refuted"


def holds(value: sp.Expr, relation: str) -> bool:
    """Whether a real constant stands in the relation to 0, by sympy's own evaluation with many digits."""
    number = value if value.is_Rational else value.evalf(60)
    return bool({"<": number < 0, "<=": number <= 0, ">": number > 0, ">=": number >= 0, "==": number == 0, "!=": number != 0}[relation])


def test_the_code_of_a_counterexample_reproduces_it() -> None:
    for name in ("false by a billionth at 0", "Pinsker with 2.01", "a kink", "only far out: double root", "the rate without its constant"):
        found = evidence(FALSE[name])
        assert found.counterexample is not None
        exec(found.counterexample["python"], {})


@pytest.mark.parametrize(("name", "instance"), [
    ("exponential above a steeper line", {"x": "1/10"}),
    ("false by a billionth inside", {"x": "1/2"}),
    ("only at one point", {"x": "1/3"}),
    ("only at an end", {"x": "1"}),
    ("S(beta) >= 1/3 once exp(beta) >= 4", {"beta": "3/2"}),
    ("three variables", {"x": "1", "y": "1", "z": "1"}),
])
def test_counterexamples_are_short(name: str, instance: dict[str, str]) -> None:
    found = evidence(FALSE[name])
    assert found.counterexample is not None
    assert sum(map(len, found.counterexample["instance"].values())) <= sum(map(len, instance.values()))


def test_a_margin_is_a_lower_bound() -> None:
    found = evidence(inequality(exp(x), ">=", x, {x: (0, 2)}))
    assert found.margin is not None
    assert 0 < Fraction(found.margin) <= 1


def test_parameters_are_put_in_and_narrow_the_scope() -> None:
    formulation = inequality(S(beta * (a - b)), "<=", beta * a / 4 - S(beta) * b, {a: UNIT, b: UNIT, beta: HALF})
    found = evidence(formulation, {"beta": Fraction(3), "unused": "word"})
    assert (found.status, found.scope, found.trust) == ("holds", "parametric", "kernel")
    false = evidence(inequality(exp(k * x), "<=", 1 + 2 * x, {x: UNIT, k: HALF}), {"k": Fraction(2)})
    assert (false.status, false.scope) == ("refuted", "parametric")
    assert false.counterexample is not None
    assert list(false.counterexample["instance"]) == ["x"]


def test_floats_and_unknown_functions_are_explained_not_guessed() -> None:
    assert "float" in evidence(inequality(x, "<=", sp.Float(0.3), {x: UNIT})).note
    assert "sin" in evidence(inequality(sp.sin(x), "<=", x, {x: HALF})).note
    assert evidence(inequality(sp.sin(x), "<=", x, {x: HALF})).status == "undecided"


def test_an_empty_domain_and_a_contradictory_symbol_are_errors() -> None:
    assert evidence(inequality(x, "<=", 1, {x: (2, 1)})).status == "error"
    n = sp.Symbol("n", positive=True)
    assert evidence(inequality(sqrt(n**2), "<=", n, {n: (-1, 1)})).status == "error"


def test_accepts_what_it_can_try() -> None:
    assert interval.accepts(inequality(exp(x), "<=", 3 - x, {x: UNIT}))
    assert interval.accepts(inequality(x, "<=", 1, {x: UNIT}, method="interval"))
    assert not interval.accepts(inequality(x, "<=", 1, {x: UNIT}))  # real algebra: the polynomial checker takes it
    assert not interval.accepts(inequality(x, "==", 1, {x: UNIT}))
    assert not interval.accepts(inequality(x, "<=", 1, {x: UNIT}, method="polynomial"))


def test_what_is_undecided_says_where() -> None:
    """Equality at an irrational point: false, without a rational counterexample."""
    found = evidence(inequality((exp(x) - 2) ** 2, ">", 0, {x: HALF}), seconds=1)
    assert found.status == "undecided"
    assert "undecided at" in found.note


def test_points_of_other_statements_are_not_mistaken_for_violations() -> None:
    """The search for a proof by cases and derivatives leads to statements in fewer variables, which may fail."""
    for formulation in (inequality(sp.Max(sqrt(x), x), ">=", -R(17685, 10**6), {x: (-1, 2)}),
                        inequality(sp.Max(x, log(x) / (tanh(x) ** 2 + 1)), ">=", R(1839, 250000), {x: (-1, 2)}),
                        inequality((R(1, 3) - sp.Max(-2 * x, y + 1)) * log(sp.Min(sqrt(y), 1) ** 2 + 1), ">=", -4, {x: (1, None), y: (-1, 2)})):
        assert evidence(formulation, seconds=3).status in ("holds", "refuted", "undecided")


def test_the_same_question_gets_the_same_answer() -> None:
    for name in ("Lemma 1 with L = 0.24", "exponential above a steeper line"):
        assert evidence(FALSE[name]) == evidence(FALSE[name])
    assert evidence(TRUE["coth is at least 1"]) == evidence(TRUE["coth is at least 1"])


# Random expressions: whatever is proved holds at every sampled point, whatever is refuted fails at the point


def expressions() -> st.SearchStrategy[sp.Expr]:
    leaves = st.one_of(st.sampled_from([x, y]), st.fractions(-3, 3, max_denominator=4).map(lambda f: R(f.numerator, f.denominator)))

    def grown(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]), pairs.map(lambda p: p[0] * p[1]), pairs.map(lambda p: p[0] - p[1]),
            pairs.map(lambda p: p[0] / (1 + p[1] ** 2)), pairs.map(lambda p: sp.Max(p[0], p[1])), pairs.map(lambda p: sp.Min(p[0], p[1])),
            inner.map(lambda u: exp(tanh(u))), inner.map(lambda u: log(1 + u**2)), inner.map(tanh), inner.map(lambda u: u**2), inner.map(abs),
            inner.map(lambda u: sqrt(u**2 + 1)),
        )

    return st.recursive(leaves, grown, max_leaves=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(expression=expressions(), relation=st.sampled_from(["<", "<=", ">", ">=", "!="]), seed=st.integers(0, 10**6))
def test_nothing_false_is_proved(expression: sp.Expr, relation: str, seed: int) -> None:
    formulation = inequality(expression, relation, 0, {x: (-2, 1), y: UNIT})
    found = check(formulation, {}, seed, Budget("quick", 1.0))
    assert found.status in ("holds", "refuted", "undecided"), found.note
    if found.status == "refuted":
        assert found.counterexample is not None
        point = {symbol: sp.Rational(found.counterexample["instance"][str(symbol)]) for symbol in (x, y)}
        assert not holds(expression.subs(point), relation)
    if found.status == "holds":
        for i in range(25):
            point = {x: R((i * 37 + seed) % 301, 100) - 2, y: R((i * 53 + seed) % 101, 100)}
            assert holds(expression.subs(point), relation), f"{expression} {relation} 0 was proved, and fails at {point}"
