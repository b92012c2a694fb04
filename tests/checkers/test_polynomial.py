"""The polynomial checker: certificates for what holds, rational points for what fails, two solvers where there is neither."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkers import kernel, polynomial, solvers
from checkers.checker import Budget
from checkers.evidence import Evidence
from claims.formulations import Inequality

a, b, c, d, e, p, q, t, x, y, z, beta = sp.symbols("a b c d e p q t x y z beta", real=True)
exp, log, sqrt, tanh = sp.exp, sp.log, sp.sqrt, sp.tanh
R = sp.Rational
LINE = (None, None)
HALF = (0, None)
UNIT = (0, 1)


def S(u: sp.Expr) -> sp.Expr:  # noqa: N802
    return tanh(u / 2) / 2


def inequality(left: Any, relation: str, right: Any, domain: dict[sp.Symbol, tuple[Any, Any]], *where: tuple[Any, str],
               method: str = "polynomial") -> Inequality:
    return Inequality(
        left=sp.sympify(left), relation=relation, right=sp.sympify(right),  # type: ignore[arg-type]
        domain=tuple((symbol, lo, hi) for symbol, (lo, hi) in domain.items()), where=tuple(where), method=method,  # type: ignore[arg-type]
    )


def evidence(formulation: Inequality, parameters: dict[str, Any] | None = None, seconds: float = 20) -> Evidence:
    return polynomial.check(formulation, parameters or {}, 0, Budget("quick", seconds))


def cyclic(variables: list[sp.Symbol]) -> sp.Expr:
    """Shapiro's sum x_1/(x_2 + x_3) + …"""
    n = len(variables)
    return sum((variables[i] / (variables[(i + 1) % n] + variables[(i + 2) % n]) for i in range(n)), sp.Integer(0))


POSITIVE_ABC = {a: HALF, b: HALF, c: HALF}
ABC = ((a, ">"), (b, ">"), (c, ">"))
MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1
ROBINSON = x**6 + y**6 + 1 - (x**4 * y**2 + x**4 + y**4 * x**2 + y**4 + x**2 + y**2) + 3 * x**2 * y**2
LEMMA_15 = (e - 1) ** 3 * (e**2 + 3) / (6 * (e**2 + 1) * (e**3 + 5 * e**2 + 3 * e + 7))

TRUE = {
    "a square": inequality(x**2, ">=", 2 * x - 1, {x: LINE}),
    "an irrational double root": inequality((x**2 - 2) ** 2, ">=", 0, {x: LINE}),
    "a quartic without roots": inequality(x**4 + 3, ">", 3 * x**2, {x: LINE}),
    "a margin of a billionth": inequality(x * (1 - x), "<", R(1, 4) + R(1, 10**9), {x: UNIT}),
    "an odd root at an end": inequality(x**3, ">=", 0, {x: HALF}),
    "strict off an end": inequality(x**3 - x**2, ">", 0, {x: (1, None)}, (x - 1, ">")),
    "strict off a point inside": inequality((x - 1) ** 2, ">", 0, {x: LINE}, (x - 1, "!=")),
    "a rational function": inequality(x / (1 + x**2), "<=", R(1, 2), {x: LINE}),
    "Lemma 15 of the first paper": inequality(LEMMA_15, ">", 0, {e: (1, None)}, (e - 1, ">")),
    "Lemma 15, the step": inequality((e - 1) * (e**2 + 2 * e + 5) / (2 * (e**2 + 3)), ">", 0, {e: (1, None)}, (e - 1, ">")),
    "Lemma 1, tangent": inequality(R(1, 4) - sp.diff(S(z), z), ">=", 0, {z: LINE}),
    "Lemma 1, concavity": inequality(sp.diff(S(z), z, 2), "<=", 0, {z: HALF}),
    "strict concavity": inequality(sp.diff(S(z), z, 2), "<", 0, {z: HALF}, (z, ">")),
    "a threshold of an exponential": inequality(S(beta), ">=", R(1, 3), {beta: HALF}, (exp(beta) - 5, ">=")),
    "logarithms that cancel": inequality(
        beta - 1 - log(1 + beta) / 2, "<=", beta / 2 * (1 - log(1 + beta) / beta + beta / (beta + 2)), {beta: HALF}, (beta, ">")),
    "two exponentials": inequality(exp(x) + exp(y) + exp(-x - y), ">=", 3, {x: LINE, y: LINE}),
    "roots of variables": inequality(sqrt(x * y), "<=", (x + y) / 2, {x: HALF, y: HALF}),
    "a root of a sum": inequality(sqrt(x**2 + y**2), "<=", x + y, {x: HALF, y: HALF}),
    "a root and its expansion": inequality(sqrt(1 + x), ">=", 1 + x / 2 - x**2 / 8, {x: HALF}),
    "a root that outweighs a negative term": inequality(sqrt((3 - 4 * x) ** 2 + 1) + 2 * y / 3, ">=", x - R(4, 3), {x: (1, None), y: (-1, 2)}),
    "nested roots": inequality(sqrt(1 + sqrt(1 + x**2)), ">=", 1, {x: (-2, 1)}),
    "three variables, geometric mean": inequality(a**3 + b**3 + c**3, ">=", 3 * a * b * c, POSITIVE_ABC),
    "Cauchy and Schwarz": inequality((a * x + b * y) ** 2, "<=", (a**2 + b**2) * (x**2 + y**2), {a: LINE, b: LINE, x: LINE, y: LINE}),
    "Motzkin's polynomial": inequality(MOTZKIN, ">=", 0, {x: LINE, y: LINE}),
    "Robinson's polynomial": inequality(ROBINSON, ">=", 0, {x: LINE, y: LINE}),
    "Nesbitt's inequality": inequality(cyclic([a, b, c]), ">=", R(3, 2), POSITIVE_ABC, *ABC),
    "Shapiro's inequality for n = 4": inequality(cyclic([a, b, c, d]), ">=", 2, {**POSITIVE_ABC, d: HALF}, *ABC, (d, ">")),
    "a product on a line": inequality(x * y, "<=", R(1, 4), {x: UNIT, y: UNIT}, (x + y - 1, "==")),
    "a product on a simplex": inequality(x * y * z, "<=", R(1, 27), {x: UNIT, y: UNIT, z: UNIT}, (x + y + z - 1, "==")),
    "a product on a triangle": inequality(x**2 * y, "<=", R(4, 27), {x: UNIT, y: UNIT}, (1 - x - y, ">=")),
    "a corner of a box": inequality(x + y, ">", x * y, {x: UNIT, y: UNIT}, (x, ">")),
    "ordered variables": inequality(x, "<=", y**2, {x: (1, None), y: (1, None)}, (y - x, ">=")),
    "a discriminant": inequality(x**2 + b * x + c, ">=", 0, {x: LINE, b: LINE, c: LINE}, (4 * c - b**2, ">=")),
    "different from a number": inequality(x**2 + y**2, "!=", -1, {x: LINE, y: LINE}),
}

FALSE = {
    "a square with a hole": inequality(x**2, ">=", 2 * x - 1 + R(1, 10**9), {x: LINE}),
    "a double root, strictly": inequality(x**2, ">", 2 * x - 1, {x: LINE}),
    "negative between close irrational roots": inequality((x**2 - 2) * (x**2 - 2 - R(1, 10**8)), ">=", 0, {x: HALF}),
    "only far out": inequality(x**3, "<=", 10**12 * x**2 + 1, {x: HALF}),
    "odd": inequality(x**3, ">=", 0, {x: LINE}),
    "at an end that is not excluded": inequality(LEMMA_15, ">", 0, {e: (1, None)}),
    "a threshold too low": inequality(S(beta), ">=", R(1, 3), {beta: HALF}, (exp(beta) - 4, ">=")),
    "R' too small": inequality(R(24, 100) - sp.diff(S(z), z), ">=", 0, {z: LINE}),
    "three exponentials": inequality(exp(x) + exp(y) + exp(-x - y), ">=", 3 + R(1, 10**9), {x: LINE, y: LINE}),
    "roots of variables": inequality(sqrt(x * y), "<=", R(49, 100) * (x + y), {x: HALF, y: HALF}),
    "a root of a sum": inequality(sqrt(x**2 + y**2), "<=", R(99, 100) * (x + y), {x: HALF, y: HALF}),
    "Motzkin's polynomial, lowered": inequality(MOTZKIN, ">=", R(1, 10**6), {x: LINE, y: LINE}),
    "Nesbitt's inequality, raised": inequality(cyclic([a, b, c]), ">=", R(3, 2) + R(1, 10**6), POSITIVE_ABC, *ABC),
    "a product on a simplex": inequality(x * y * z, "<=", R(1, 28), {x: UNIT, y: UNIT, z: UNIT}, (x + y + z - 1, "==")),
    "squares of sums": inequality((x + y) ** 2, ">=", 5 * x * y, {x: HALF, y: HALF}),
    "a discriminant of the wrong sign": inequality(x**2 + b * x + c, ">=", 0, {x: LINE, b: LINE, c: LINE}, (5 * c - b**2, ">=")),
    "zero is reached": inequality(x**2 - y**2, "!=", 0, {x: (1, 2), y: (2, 3)}),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_gets_a_certificate(name: str) -> None:
    found = evidence(TRUE[name])
    assert (found.status, found.trust, found.scope) == ("holds", "kernel", "universal"), found.note
    assert found.certificate is not None
    for document in (found.certificate, *found.details.get("lemmas", ())):
        kernel.check(document)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted_at_a_rational_point(name: str) -> None:
    formulation = FALSE[name]
    found = evidence(formulation)
    assert (found.status, found.trust) == ("refuted", "kernel"), found.note
    assert found.counterexample is not None
    kernel.check(found.counterexample["certificate"])
    point = {symbol: sp.Rational(found.counterexample["instance"][str(symbol)]) for symbol, _, _ in formulation.domain}
    gap = (formulation.left - formulation.right).subs(point)
    assert not holds(gap if gap.is_Rational else gap.evalf(50), formulation.relation)


def holds(number: sp.Expr, relation: str) -> bool:
    return bool({"<": number < 0, "<=": number <= 0, ">": number > 0, ">=": number >= 0, "!=": number != 0}[relation])


def test_certificates_of_every_algebraic_method_occur() -> None:
    methods = {name: evidence(TRUE[name]).certificate["proof"]["method"]  # type: ignore[index]
               for name in ("Lemma 15 of the first paper", "an irrational double root", "Motzkin's polynomial")}
    assert methods == {"Lemma 15 of the first paper": "shift", "an irrational double root": "sturm", "Motzkin's polynomial": "sos"}


def test_a_rational_inequality_is_certified_as_it_stands() -> None:
    """The proposition's program computes the difference of the sides itself, not a rewriting."""
    found = evidence(inequality(x / (1 + x), "<=", 1, {x: HALF}))
    assert found.certificate is not None
    steps = found.certificate["proposition"]["program"]["steps"]
    assert any(step[0] == "div" for step in steps)


def test_a_substitution_is_told() -> None:
    assert "E = exp(z)" in evidence(TRUE["Lemma 1, tangent"]).note
    assert "sqrt_x = sqrt(x)" in evidence(TRUE["roots of variables"]).note


def test_many_variables_are_refuted_or_left_undecided() -> None:
    variables = list(sp.symbols("x0:14", real=True))
    where = tuple((v, ">") for v in variables)
    shapiro = evidence(inequality(cyclic(variables), ">=", 7, dict.fromkeys(variables, HALF), *where))
    assert shapiro.status == "refuted"
    kernel.check(shapiro.counterexample["certificate"])  # type: ignore[index]
    twelve = evidence(inequality(cyclic(variables[:12]), ">=", 6, dict.fromkeys(variables[:12], HALF), *where[:12]))
    assert twelve.status == "undecided"


def test_equality_at_irrational_points_only_is_undecided() -> None:
    """False, but no rational point shows it: the solvers find the point, and nothing exact is claimed."""
    found = evidence(inequality((x**2 - 2) ** 2, ">", 0, {x: LINE}))
    assert found.status == "undecided"
    assert "sat" in found.note


def test_without_a_certificate_two_solvers_decide() -> None:
    """a > c >= 0 and |b| <= a c: a² + t b > 0 for t in [0, 1]. True, and no certificate is found; the grade says so."""
    found = evidence(inequality(a**2 + t * b, ">", 0, {a: HALF, b: LINE, t: UNIT, c: HALF}, (a - c, ">"), (a**2 * c**2 - b**2, ">=")), seconds=3)
    assert (found.status, found.trust, found.grade) == ("holds", "solver", "decided")
    assert found.certificate is None


def test_solvers_decide_only_when_they_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    formulation = inequality((x**2 - 2) ** 2, ">", 0, {x: LINE})

    def says(z3: solvers.Answer, cvc5: solvers.Answer) -> Evidence:
        monkeypatch.setattr(solvers, "ask", lambda script, seconds: solvers.Consensus(solvers.Opinion("z3", z3), solvers.Opinion("cvc5", cvc5)))
        return evidence(formulation)

    agreed = says("unsat", "unsat")
    assert (agreed.status, agreed.trust, agreed.grade) == ("holds", "solver", "decided")
    assert says("unsat", "unknown").status == "undecided"
    assert says("unsat", "sat").status == "error"
    assert says("sat", "unsat").status == "error"


def test_the_negation_says_what_both_solvers_should_refuse() -> None:
    from checkers import smtlib
    from checkers.algebra import translate
    from checkers.statements import read

    script = smtlib.negation(translate(read(TRUE["ordered variables"], {})))
    assert solvers.ask(script, 5).answer == "unsat"
    assert solvers.ask(smtlib.negation(translate(read(FALSE["odd"], {}))), 5).answer == "sat"


def test_parameters_are_put_in() -> None:
    found = evidence(inequality(x**2 + p * x + 1, ">=", 0, {x: LINE, p: LINE}), {"p": Fraction(2)})
    assert (found.status, found.scope) == ("holds", "parametric")
    assert evidence(inequality(x**2 + p * x + 1, ">=", 0, {x: LINE, p: LINE}), {"p": Fraction(3)}).status == "refuted"


def test_accepts_real_algebra_only() -> None:
    assert polynomial.accepts(inequality(exp(x) + exp(-x), ">=", 2, {x: LINE}, method="auto"))
    assert not polynomial.accepts(inequality(exp(x), ">=", 1 + x, {x: LINE}, method="auto"))
    assert not polynomial.accepts(inequality(log(x), "<=", x - 1, {x: HALF}, method="auto"))
    assert not polynomial.accepts(inequality(x, "==", x, {x: LINE}))
    assert not polynomial.accepts(inequality(x, "<=", x, {x: LINE}, method="interval"))
    assert evidence(inequality(log(x), "<=", x - 1, {x: HALF}, (x, ">"))).status == "undecided"


coefficients = st.integers(-4, 4)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(terms=st.lists(st.tuples(coefficients, st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=5), bounded=st.booleans(),
       squared=st.booleans(), strict=st.booleans())
def test_random_polynomials(terms: list[tuple[int, int, int]], bounded: bool, squared: bool, strict: bool) -> None:
    """Whatever is proved holds at every grid point, whatever is refuted fails at its point; a square is always proved."""
    p = sum((k * x**i * y**j for k, i, j in terms), sp.Integer(0))
    p = sp.expand(p**2) if squared else p
    side = (-1, 2) if bounded else LINE
    found = polynomial.check(inequality(p, ">" if strict else ">=", 0, {x: side, y: side}), {}, 0, Budget("quick", 2))
    if found.status == "holds":
        values = [p.subs({x: R(i, 2), y: R(j, 2)}) for i in range(-2, 5) for j in range(-2, 5)]
        assert all(value > 0 if strict else value >= 0 for value in values)
    if found.status == "refuted":
        point = {symbol: sp.Rational(found.counterexample["instance"][str(symbol)]) for symbol in (x, y)}  # type: ignore[index]
        assert not holds(p.subs(point), ">" if strict else ">=")
    if squared and not strict:
        assert found.status == "holds"
