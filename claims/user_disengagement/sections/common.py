"""What the sections share: symbols, sources, and short forms for formulations."""

from __future__ import annotations

from typing import Any

import sympy as sp

from claims import Bound, Claim, Inequality, Part, Settings, Source
from claims.formulations import Relation
from claims.parameters import Values
from claims.room import Room
from claims.user_disengagement.evaluation import evaluation_of
from claims.user_disengagement.mutants import MUTANTS

g, f, f1, f2, rho, q, phi, sigma = sp.symbols("gamma f f1 f2 rho q phi sigma", real=True)
V, x, y, d, C, J, alpha, beta, delta, eps, p, df = sp.symbols("V x y d C J alpha beta delta epsilon p df", real=True)
z, u, u1, u2, R, T, N, eta, m = sp.symbols("z u u1 u2 R T N eta m", real=True)

ABSTRACT = Source("abstract and public summary", "reconstructed")
OURS = Source("proved here", "reconstructed")

WAIT = 1 - g + g * rho
DISCOUNT = g * f + (1 - f) * g**2 * rho / WAIT
"""f̃ as it is defined."""
DEMAND = 1 / (1 - DISCOUNT)
PROP_DISCOUNT = DISCOUNT.subs(rho, q * f)
PROP_DEMAND = 1 / (1 - PROP_DISCOUNT)
PROP_DOOR = PROP_DISCOUNT / (g * (1 - PROP_DISCOUNT))

DOMAINS: dict[sp.Symbol, tuple[Any, Any]] = {
    g: (0, 1), f: (0, 1), f1: (0, 1), f2: (0, 1), rho: (0, 1), q: (0, 1), phi: (0, 1), sigma: (0, 1), d: (0, 1), delta: (0, 1), u: (0, 1),
    u1: (0, 1), u2: (0, 1), z: (0, None), eps: (0, 1), p: (0, None), R: (0, None), T: (0, None), eta: (0, None), m: (1, None),
}
OPEN_AT_ZERO = (g, sigma, z, p, eta)
OPEN_AT_ONE = (g, sigma, d)


def formula(left: Any, relation: Relation, right: Any, argument: str = "", where: tuple[tuple[Any, Relation], ...] = (), rests_on: tuple[str, ...] = (),
            domains: dict[sp.Symbol, tuple[Any, Any]] | None = None) -> Inequality:
    """A relation of closed forms over the natural domains of its symbols: γ, σ open, the rest closed; what is not listed is any real."""
    left, right = sp.sympify(left, strict=True), sp.sympify(right, strict=True)
    known = {**DOMAINS, **(domains or {})}
    used = sorted((left - right).free_symbols | left.free_symbols | right.free_symbols | {s for e, _ in where for s in e.free_symbols}, key=str)
    domain = tuple((symbol, *known.get(symbol, (None, None))) for symbol in used)
    strict: tuple[tuple[Any, Relation], ...] = tuple((symbol, ">") for symbol in used if symbol in OPEN_AT_ZERO)
    strict += tuple((1 - symbol, ">") for symbol in used if symbol in OPEN_AT_ONE)
    return Inequality(left=left, relation=relation, right=right, domain=domain, where=strict + where, argument=argument, rests_on=rests_on,
                      method="identity" if relation == "==" else "auto")


def span(*ranges: tuple[int, int]) -> tuple[Values, ...]:
    """Settings ``from``, ``to``: seeds."""
    return tuple({"from": low, "to": high} for low, high in ranges)


def seeds(quick: int, standard: int, full: int) -> Settings:
    """The first seeds, by effort."""
    return Settings(span((0, quick)), span((quick, standard)), span((standard, full)))


def claim(number: str, title: str, statement: str, source: Source, relation: Any, bound: Any, *parts: Part) -> Claim:
    """A claim with the mutants and the evaluation of its number; the bound as an expression."""
    room = Room({number: evaluation_of(number)}, MUTANTS)
    return room.claim(number, title, statement, source, relation, None if bound is None else Bound(sp.sympify(bound, strict=True)), *parts)
