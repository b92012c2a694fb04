"""Named tables and ladders, and random ones by seed (the same seed gives the same instance on every machine)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from claims.parameters import Values
from claims.user_disengagement.model import (
    DisengagementMDP,
    LadderUser,
    TableMoves,
    WindowMoves,
    constant,
    nearest_moves,
    proportional,
)
from claims.user_disengagement.parameters import G1_DEMAND, G1_LEVELS, M3_DEMAND, M3_MOVES

G1_F = tuple(Fraction(f) for f in G1_DEMAND)
G1_B = tuple(Fraction(b) for b in G1_LEVELS)
TWO_SINKS = tuple(Fraction(f) for f in ("3/10", "2/5", "1/2", "7/10", "9/10"))


def fractions(text: str) -> tuple[Fraction, ...]:
    """The rationals of a line such as ``"1/2 3"``."""
    return tuple(Fraction(word) for word in text.split())


def m3(rho: Fraction | str = "1/2", q: str | None = None, gamma: str = "4/5") -> DisengagementMDP:
    """The table with three states whose optimum is a cycle."""
    demand = tuple(Fraction(f) for f in M3_DEMAND)
    rates = constant(Fraction(rho), demand) if q is None else proportional(Fraction(q), demand)
    return DisengagementMDP(Fraction(gamma), demand, rates, tuple(tuple((Fraction(r), y - 1) for r, y in menu) for menu in M3_MOVES))


def g1(alpha: str = "2", delta: str = "1", rho: str = "0", q: str | None = None, moves: WindowMoves | TableMoves | None = None,
       demand: tuple[Fraction, ...] = G1_F, beta: str = "1") -> LadderUser:
    """The ladder with five levels; nearest neighbours unless ``moves`` says otherwise."""
    rates = constant(Fraction(rho), demand) if q is None else proportional(Fraction(q), demand)
    return LadderUser(Fraction("9/10"), G1_B, demand, rates, Fraction(alpha), Fraction(beta), Fraction(delta), moves or nearest_moves(5))


def two_levels(stay: str = "1", up: str = "1/2", down: str = "2", gamma: str = "9/10") -> DisengagementMDP:
    """Two levels, f ≡ 1: stay pays, up pays, down pays."""
    one, none = Fraction(1), Fraction(0)
    menus = (((Fraction(stay), 0), (Fraction(up), 1)), ((Fraction(stay), 1), (Fraction(down), 0)))
    return DisengagementMDP(Fraction(gamma), (one, one), (none, none), menus)


def table_at(parameters: Values) -> DisengagementMDP:
    """The table that a setting names: ``table`` is a number (a seed), or M3 with ``rho`` or ``q``."""
    if "seed" in parameters:
        return random_table(parameters["seed"])
    return m3(q=str(parameters["q"])) if "q" in parameters else m3(rho=str(parameters["rho"]))


def random_table(seed: int) -> DisengagementMDP:
    """2 to 4 states with 1 to 3 moves, rationals with small denominators; both conventions of re-engagement in turn."""
    source = random.Random(f"user_disengagement table {seed}")
    states = source.randint(2, 4)
    demand = tuple(_unit(source) for _ in range(states))
    rate = _unit(source)
    rates = constant(rate, demand) if seed % 2 else proportional(rate, demand)
    menus = tuple(
        tuple((Fraction(source.randint(0, 12), source.randint(1, 4)), y) for y in source.sample(range(states), source.randint(1, min(3, states))))
        for _ in range(states)
    )
    return DisengagementMDP(Fraction(source.randint(1, 11), 12), demand, rates, menus)


def _unit(source: random.Random) -> Fraction:
    bottom = source.randint(1, 12)
    return Fraction(source.randint(0, bottom), bottom)


def random_ladder(seed: int, nearest: bool = False) -> LadderUser:
    """1 to 6 levels with any reflexive relation (or nearest neighbours), any δ, signs of α and β included; demand need not be monotone."""
    source = random.Random(f"user_disengagement ladder {seed}")
    k = source.randint(1, 6)
    steps = [Fraction(source.randint(1, 12), source.randint(1, 6)) for _ in range(k)]
    levels = tuple(sum(steps[: i + 1], Fraction(0)) for i in range(k))
    demand = tuple(_unit(source) for _ in range(k))
    if source.random() < 0.7:
        demand = tuple(sorted(demand))
    rate = _unit(source)
    rates = constant(rate, demand) if seed % 2 else proportional(rate, demand)
    table = TableMoves(tuple(tuple(j for j in range(k) if j == i or source.random() < 0.5) for i in range(k)))
    return LadderUser(Fraction(source.randint(1, 11), 12), levels, demand, rates, Fraction(source.randint(-4, 12), source.randint(1, 3)),
                      Fraction(source.randint(-1, 6), source.randint(1, 3)), Fraction(source.randint(0, 4), 4), nearest_moves(k) if nearest else table)


def reflexive_relations(levels: int) -> Iterator[TableMoves]:
    """All move relations in which every level can be kept: 2^(k(k−1)) of them."""
    others = [[j for j in range(levels) if j != i] for i in range(levels)]
    for choice in product((False, True), repeat=levels * (levels - 1)):
        taken = iter(choice)
        yield TableMoves(tuple(tuple(sorted([i, *(j for j in others[i] if next(taken))])) for i in range(levels)))


def ladder_grid(levels: int) -> Iterator[LadderUser]:
    """All reflexive relations × non-decreasing demands from {0, ⅓, ⅔, 1} × ρ in {0, ½} × α in {½, 1, 3}; γ = ⅘, β = δ = 1, b = 0, 1, 3, (6)."""
    b = fractions("0 1 3 6")[:levels]
    steps = fractions("0 1/3 2/3 1")
    demands = [f for f in product(steps, repeat=levels) if list(f) == sorted(f)]
    one = Fraction(1)
    for moves in reflexive_relations(levels):
        for demand, rho, alpha in product(demands, fractions("0 1/2"), fractions("1/2 1 3")):
            yield LadderUser(Fraction(4, 5), b, demand, constant(rho, demand), alpha, one, one, moves)
