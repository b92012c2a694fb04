"""Checks identities (`Inequality` with relation ``==``): both sides have the same normal form, which the kernel re-checks.

The normal form is a quotient of polynomials in the variables and in generators exp(w), log(a), sqrt(a) (:mod:`exact.normal_forms`). Where the sides
differ, a rational point at which they do refutes the identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy

from checkers.checker import Budget
from checkers.counterexamples import find
from checkers.evidence import Evidence, undecided
from checkers.proofs import Attempt, joined
from checkers.propositions import SCHEMA, Document, rejection
from checkers.statements import Statement, read, without_logarithms
from claims.errors import ClaimError
from claims.formulations import Formulation, Inequality
from claims.parameters import Values
from exact.normal_forms import NormalForms
from exact.polynomials import TooLarge, emit_terms
from exact.programs import Builder, NotExpressible

NAME = "identity"

_EASILY_FACTORED = 10**12


def accepts(formulation: Formulation) -> bool:
    """Equalities of closed forms."""
    return isinstance(formulation, Inequality) and formulation.relation == "==" and formulation.method in ("auto", "identity")


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Prove the identity by its normal form, or refute it at a rational point."""
    assert isinstance(formulation, Inequality)
    try:
        statement = read(formulation, parameters)
        description = Attempt(NAME, budget).about(statement)
        for rewritten, words in _rewritten(statement):
            document = _document(rewritten, description)
            if document is not None:
                note = joined("equal normal forms", words)
                return Evidence(checker=NAME, status="holds", scope=statement.scope, trust="kernel", certificate=document, note=note)
        counterexample = find(statement, seed, description)
    except ClaimError as error:
        return Evidence(checker=NAME, status="error", scope="universal", trust="numeric", note=str(error))
    except NotExpressible as error:
        return undecided(NAME, "universal", str(error))
    if counterexample is not None:
        return counterexample.evidence(NAME, "the sides differ at a point")
    return undecided(NAME, statement.scope, "the normal forms differ, but no point was found at which the sides do")


def _rewritten(statement: Statement) -> Iterator[tuple[Statement, str]]:
    """The statement; with variables that conditions determine put in; with logarithms of products taken apart; with the signs that the domain fixes used."""
    yield statement, ""
    statement = replace(statement, left=without_logarithms(statement.left), right=without_logarithms(statement.right))
    determined, words = _determined(statement)
    yield determined, words
    expanded = replace(determined, left=_expanded(determined.left), right=_expanded(determined.right))
    if (expanded.left, expanded.right) != (determined.left, determined.right):
        yield expanded, joined(words, "with logarithms of products taken apart")
    signed = _signed(expanded)
    if (signed.left, signed.right) != (expanded.left, expanded.right):
        yield signed, joined(words, "with the signs that the domain gives the variables")


def _determined(statement: Statement) -> tuple[Statement, str]:
    """Each linear ``==`` condition solved for one of its variables, which is replaced everywhere."""
    words: list[tuple[sympy.Symbol, sympy.Expr]] = []
    for expression, relation in statement.where:
        expression = expression.subs(dict(words))
        if relation != "==":
            continue
        for symbol in statement.symbols:
            slope = sympy.diff(expression, symbol)
            if slope.is_Rational and slope != 0:
                words.append((symbol, sympy.expand(symbol - expression / slope)))
                break
    left, right = statement.left, statement.right
    for symbol, image in words:
        left, right = left.subs(symbol, image), right.subs(symbol, image)
    return replace(statement, left=left, right=right), "with " + ", ".join(f"{symbol} = {image}" for symbol, image in words) if words else ""


def _expanded(expression: sympy.Expr) -> sympy.Expr:
    """Logarithms of products taken apart, those of integers into primes where these are easily found."""
    small = all(max(abs(x.p), x.q) <= _EASILY_FACTORED for x in expression.atoms(sympy.Rational))
    return sympy.expand_log(expression, force=True, factor=small)


def _signed(statement: Statement) -> Statement:
    """Variables that are >= 0 on the domain declared so: then sympy takes roots of squares and absolute values."""
    images = {}
    for symbol, (lo, _) in zip(statement.symbols, statement.domain, strict=True):
        if lo is not None and lo >= 0 and symbol.is_nonnegative is None:
            images[symbol] = sympy.Symbol(symbol.name, positive=True) if lo > 0 else sympy.Symbol(symbol.name, nonnegative=True)
    symbols = tuple(images.get(symbol, symbol) for symbol in statement.symbols)
    return replace(statement, left=_expanded(statement.left.subs(images)), right=_expanded(statement.right.subs(images)), symbols=symbols)


def _document(statement: Statement, description: Mapping[str, Any]) -> Document | None:
    builder = Builder(statement.symbols)
    left, right = builder.expression(statement.left), builder.expression(statement.right)
    try:
        return certificate(builder, left, right, description)
    except (TooLarge, ZeroDivisionError):
        return None


def certificate(builder: Builder, left: int, right: int, description: Mapping[str, Any]) -> Document | None:
    """The accepted ``identity`` certificate that two nodes are equal, or None. Raises TooLarge and ZeroDivisionError."""
    forms = NormalForms(builder.program())
    if not forms.reduced(forms.forms[left] - forms.forms[right]).is_zero:
        return None
    nodes = [builder.step("var", i) for i in range(len(builder.symbols))]
    exponentials = []
    for generator in forms.generators:
        if generator.exponent is not None:
            top, bottom = (emit_terms(builder, part, nodes) for part in (generator.exponent.top, generator.exponent.bottom))
            exponentials.append(top if generator.exponent.is_polynomial else builder.step("div", top, bottom))
    document = {
        "schema": SCHEMA,
        "type": "identity",
        "about": dict(description),
        "proposition": {"program": builder.program().to_json(), "left": left, "right": right},
        "proof": {"exponentials": exponentials, "exponents": [[node, list(row)] for node, row in sorted(forms.exponents.items())]},
    }
    return document if rejection(document) is None else None
