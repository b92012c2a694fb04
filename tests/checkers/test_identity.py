"""The identity checker: equal normal forms that the kernel re-checks, or a rational point at which the sides differ."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import identity, kernel
from checkers.checker import Budget, checkers_for
from checkers.evidence import Evidence
from claims.formulations import Inequality

a, b, e, n, t, w, x, y, z, beta, gamma = sp.symbols("a b e n t w x y z beta gamma", real=True)
exp, log, sqrt, tanh, coth = sp.exp, sp.log, sp.sqrt, sp.tanh, sp.coth
R = sp.Rational
HALF = (0, None)


def S(u: sp.Expr) -> sp.Expr:  # noqa: N802
    return tanh(u / 2) / 2


def equality(left: Any, right: Any, domain: dict[sp.Symbol, tuple[Any, Any]] | None = None, *where: tuple[Any, str], method: str = "auto") -> Inequality:
    left, right = sp.sympify(left), sp.sympify(right)
    symbols = sorted((left.free_symbols | right.free_symbols), key=str)
    sides = domain or {}
    return Inequality(
        left=left, relation="==", right=right, domain=tuple((symbol, *sides.get(symbol, (None, None))) for symbol in symbols),
        where=tuple(where), method=method,  # type: ignore[arg-type]
    )


def evidence(formulation: Inequality, parameters: dict[str, Any] | None = None) -> Evidence:
    return identity.check(formulation, parameters or {}, 0, Budget("quick", 20))


RHO = beta / 2 * coth(beta / 2)

TRUE = {
    "a polynomial": equality((x + y) ** 3, x**3 + 3 * x**2 * y + 3 * x * y**2 + y**3),
    "a rational function": equality(1 / (x - 1) - 1 / (x + 1), 2 / (x**2 - 1)),
    "Lagrange": equality((a**2 + b**2) * (x**2 + y**2) - (a * x + b * y) ** 2, (a * y - b * x) ** 2),
    "exponentials": equality(exp(x + y) - exp(x - y), exp(x) * (exp(y) - 1 / exp(y))),
    "rational exponents": equality(exp(x / 2) ** 3 * exp(x / 3), exp(R(11, 6) * x)),
    "tanh in exponentials": equality(tanh(x), (exp(2 * x) - 1) / (exp(2 * x) + 1)),
    "addition theorem": equality(tanh(x + y), (tanh(x) + tanh(y)) / (1 + tanh(x) * tanh(y))),
    "hyperbolic Pythagoras": equality(sp.cosh(x) ** 2 - sp.sinh(x) ** 2, 1),
    "Euler's number": equality(exp(R(1, 2)) ** 2, sp.E),
    "logarithms of equal arguments": equality(log(1 + x) * log((1 + x) ** 2 / (1 + x)), log(1 + x) ** 2),
    "logarithm of a quotient": equality(log((1 + x) / (1 + y)), log(1 + x) - log(1 + y), {x: HALF, y: HALF}),
    "square roots": equality((sqrt(1 + x) - 1) * (sqrt(1 + x) + 1), x, {x: HALF}),
    "root of a square": equality(sqrt(x**2 * y), x * sqrt(y), {x: HALF, y: HALF}),
    "a condition puts a variable in": equality(x**2 + y**2, 1 - 2 * x * y, None, (x + y - 1, "==")),
    "no variable": equality(exp(2) * exp(-2), 1),
    # the first paper
    "S' in E": equality(R(1, 4) - sp.diff(S(z), z), (exp(z) - 1) ** 2 / (4 * (exp(z) + 1) ** 2)),
    "S'' in E": equality(sp.diff(S(z), z, 2), -exp(z) * (exp(z) - 1) / (exp(z) + 1) ** 3),
    "R and its excess": equality(RHO, beta / 2 + beta / (exp(beta) - 1), {beta: HALF}, (beta, ">")),
    "s at gamma = log(1 + beta)/beta": equality(S(beta * log(1 + beta) / beta) / S(beta), beta / (beta + 2) * coth(beta / 2), {beta: HALF}, (beta, ">")),
    "cosh squared": equality(1 / (4 * sp.diff(S(z), z)), sp.cosh(z / 2) ** 2),
    "Lemma 15, the step": equality(
        (e + 1) ** 3 / (2 * (e**2 + 3)) - 1, (e - 1) * (e**2 + 2 * e + 5) / (2 * (e**2 + 3))),
    "Lemma 15, the remainder": equality(e - (e + 1) ** 3 / (2 * (e**2 + 3)), (e - 1) ** 3 / (2 * (e**2 + 3))),
    "the fair coins of Theorem 3": equality(S(x) / (S(y) + S(x)) * S(y), (1 - S(x) / (S(y) + S(x))) * S(x), {x: HALF, y: HALF}),
}

FALSE = {
    "a sign": equality((x - y) ** 2, x**2 + 2 * x * y + y**2),
    "a coefficient": equality(tanh(2 * x), 2 * tanh(x) / (1 + R(101, 100) * tanh(x) ** 2)),
    "a billionth": equality(exp(x) * exp(-x), 1 + R(1, 10**9)),
    "true at many points only": equality(x * (x - 1) * (x + 1) * (x - 2), 0),
    "logarithm of a sum": equality(log(x + y), log(x) + log(y), {x: HALF, y: HALF}, (x, ">"), (y, ">")),
    "root of a square": equality(sqrt(x**2), x),
    "without the condition": equality(x**2 + y**2, 1 - 2 * x * y),
    "P2: without the normaliser": equality(x * exp(z) + (1 - x) * exp(w), 1, {x: (0, 1)}),
    "the discount": equality(1 / (1 - x), 1 + x / (1 - x**2), {x: (0, R(1, 2))}),
    "constants": equality(log(8), 2),
}


@pytest.mark.parametrize("name", TRUE)
def test_identities_are_proved(name: str) -> None:
    found = evidence(TRUE[name])
    assert (found.status, found.trust, found.scope) == ("holds", "kernel", "universal"), found.note
    assert found.certificate is not None
    assert found.certificate["type"] == "identity"
    kernel.check(found.certificate)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_no_identity_is_refuted_at_a_rational_point(name: str) -> None:
    formulation = FALSE[name]
    found = evidence(formulation)
    assert (found.status, found.trust) == ("refuted", "kernel"), found.note
    assert found.counterexample is not None
    kernel.check(found.counterexample["certificate"])
    exec(found.counterexample["python"], {})
    point = {symbol: sp.Rational(found.counterexample["instance"][str(symbol)]) for symbol, _, _ in formulation.domain}
    difference = (formulation.left - formulation.right).subs(point)
    assert abs(difference.evalf(40)) > sp.Float("1e-30")


def test_a_certificate_of_another_identity_is_rejected() -> None:
    """The certificate belongs to its proposition: exchanging a node breaks it."""
    document: Any = evidence(TRUE["S'' in E"]).certificate
    changed = {**document, "proposition": {**document["proposition"], "right": 0}}
    with pytest.raises(kernel.Rejected):
        kernel.check(changed)


def test_only_equalities_come_here_and_nothing_else_takes_them() -> None:
    assert identity.accepts(TRUE["a polynomial"])
    assert not identity.accepts(equality(x, y, method="interval"))
    assert [checker.NAME for checker in checkers_for(TRUE["a polynomial"])] == ["identity"]


def test_parameters_narrow_the_scope() -> None:
    formulation = equality((1 + x) ** n, 1 + 3 * x + 3 * x**2 + x**3)
    found = evidence(formulation, {"n": 3})
    assert (found.status, found.scope) == ("holds", "parametric")
    assert evidence(formulation, {"n": Fraction(4)}).status == "refuted"


def test_what_has_no_normal_form_is_undecided_not_guessed() -> None:
    found = evidence(equality(sp.Max(x, y) + sp.Min(x, y), x + y))
    assert found.status == "undecided"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2), st.integers(-2, 2)), min_size=1, max_size=4), st.integers(-3, 3))
def test_sums_of_exponentials(terms: list[tuple[int, int, int]], shift: int) -> None:
    """Σ k x^i e^{jx}, written differently, equals itself; with a number added it does not."""
    plain = sum((k * x**i * exp(j * x) for k, i, j in terms), sp.Integer(0))
    nested = sum((k * x**i * ((1 + tanh(x / 2)) / (1 - tanh(x / 2))) ** j for k, i, j in terms), sp.Integer(0))
    found = evidence(equality(plain + shift, nested, {x: (-2, 2)}))
    assert found.status == ("holds" if shift == 0 else "refuted")
