"""Sympy expressions as Python source that computes with :mod:`exact.reals`: for code that a reader pastes into a session."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from exact.programs import NotExpressible

if TYPE_CHECKING:
    import sympy


def python_source(expression: sympy.Expr) -> str:
    """An expression in Fractions and the functions exp, log, sqrt, tanh, minimum and maximum of exact.reals.

    Raises NotExpressible for a function that they do not have.
    """
    import sympy as sp

    if isinstance(expression, sp.Integer):
        return f"Fraction({int(expression)})"
    if isinstance(expression, sp.Rational):
        return f"Fraction({int(expression.p)}, {int(expression.q)})"
    if isinstance(expression, sp.Symbol):
        return _identifier(str(expression))
    if expression == sp.E:
        return "exp(Fraction(1))"
    if isinstance(expression, sp.Add):
        return "(" + " + ".join(map(python_source, expression.as_ordered_terms())) + ")"
    if isinstance(expression, sp.Mul):
        return _product(expression)
    if isinstance(expression, sp.Pow):
        return _power(*expression.as_base_exp())
    return _function(expression)


def _identifier(name: str) -> str:
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if keyword.iskeyword(plain) or plain in ("exp", "log", "sqrt", "tanh", "minimum", "maximum", "left", "right") else plain


def _product(expression: sympy.Mul) -> str:
    top, bottom = expression.as_numer_denom()
    if bottom != 1:
        return f"({python_source(top)} / {_grouped(bottom)})"
    return "(" + " * ".join(map(python_source, expression.as_ordered_factors())) + ")"


def _power(base: sympy.Expr, exponent: sympy.Expr) -> str:
    import sympy as sp

    if base == sp.E:
        return f"exp({python_source(exponent)})"
    if isinstance(exponent, sp.Integer):
        return f"{_grouped(base)}**{int(exponent)}" if exponent > 0 else f"(1 / {_grouped(base)}**{-int(exponent)})"
    if exponent == sp.Rational(1, 2):
        return f"sqrt({python_source(base)})"
    return f"exp({python_source(exponent)} * log({python_source(base)}))"


def _grouped(expression: sympy.Expr) -> str:
    text = python_source(expression)
    return text if text.isidentifier() else f"({text})"


def _function(expression: sympy.Expr) -> str:
    import sympy as sp

    names = {sp.exp: "exp", sp.log: "log", sp.tanh: "tanh", sp.Abs: "abs"}
    if expression.func in names:
        return f"{names[expression.func]}({python_source(expression.args[0])})"
    if isinstance(expression, sp.Max | sp.Min):
        name = "maximum" if isinstance(expression, sp.Max) else "minimum"
        return f"{name}([{', '.join(map(python_source, expression.args))}])"
    if isinstance(expression, sp.sinh | sp.cosh | sp.coth | sp.sech | sp.csch):
        return python_source(expression.rewrite(sp.tanh) if isinstance(expression, sp.coth) else expression.rewrite(sp.exp))
    raise NotExpressible(f"{expression.func.__name__} has no counterpart in exact.reals")
