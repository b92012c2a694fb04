"""The figures of this paper, as data: exact points computed from the model that its claims measure; `reports.figures` draws them.

``figures(claims)`` gives all of them for a run that has claims of this paper. Points are pairs of rationals;
a transcendental value enters as the midpoint of its ball.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from claims.user_disengagement.algorithms import hedge, ladders, prices
from claims.user_disengagement.model import LadderUser, constant, effective_demand, engaged_fraction, free_moves, nearest_moves
from claims.user_disengagement.named_instances import g1
from exact import reals
from exact.reals import Real

GAMMA = Fraction(9, 10)
NAMES = ("friction", "boundaries", "elasticities", "indices", "basins", "learning", "ceiling", "steps")


def figures(claims: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """All figures, if the run has claims of this paper: they are computed exactly from the model that its claims measure."""
    if not claims:
        return []
    return [friction(), boundaries(), elasticities(), indices(), basins(), learning(), ceiling(), steps()]


def line(label: str, xs: Iterable[Fraction], y: Callable[[Fraction], Real]) -> Series:
    """y at every x."""
    return Series(label, tuple((x, _point(y(x))) for x in xs))


def _point(value: Real) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value) if isinstance(value, int) else Fraction(value.mid)


def grid(low: Fraction | int, high: Fraction | int, pieces: int) -> list[Fraction]:
    """Equal steps, both ends included."""
    return [Fraction(low) + (Fraction(high) - low) * i / pieces for i in range(pieces + 1)]


def friction() -> Figure:
    """The optimum of C19's two arms against friction 1 − ρ, with the switch at ρ = 8/9."""
    arms = ((Fraction(3), Fraction(1, 2)), (Fraction(2), Fraction(1)))

    def best(phi: Fraction) -> tuple[Fraction, Fraction]:
        return max(arms, key=lambda arm: (arm[0] * effective_demand(GAMMA, arm[1], 1 - phi), arm[1]))

    xs = grid(0, 1, 36)
    return Figure(
        "friction", "The optimum against friction", "φ = 1 − ρ", "value",
        (
            line("V*", xs, lambda phi: best(phi)[0] * effective_demand(GAMMA, best(phi)[1], 1 - phi)),
            line("retention", xs, lambda phi: best(phi)[1]),
            line("D̃", xs, lambda phi: effective_demand(GAMMA, best(phi)[1], 1 - phi)),
            line("e3", xs, lambda phi: engaged_fraction(best(phi)[1], 1 - phi)),
        ),
        marks=(Fraction(1, 9),),
    )


def boundaries() -> Figure:
    """Above which retention friction raises the effect of retention: C17's f* and C18's 1/(2 − γφ), for several γ = 1 − σ²."""
    series = []
    for sigma in (Fraction(1, 10), Fraction(1, 3), Fraction(1, 2)):
        gamma = 1 - sigma**2
        series.append(line(f"C17, γ = {gamma}", grid(0, 1, 20), lambda phi, s=sigma: s / ((1 + s) * (1 - phi + phi * s))))  # type: ignore[misc]
        series.append(line(f"C18, γ = {gamma}", grid(0, 1, 20), lambda phi, g=gamma: 1 / (2 - g * phi)))  # type: ignore[misc]
    return Figure("boundaries", "Where friction raises the effect of retention", "φ", "f", tuple(series))


def elasticities() -> Figure:
    """Classical and modified elasticity over the price for f = 1 − p²/(1 + p), ρ = 11/225: the optimum ⅔ has modified elasticity 1."""
    churn, rho = prices.Churn(Fraction(1), 2, -1), Fraction(11, 225)
    xs = grid(Fraction(1, 20), 1, 57)
    return Figure(
        "elasticities", "Elasticity over the price", "p", "elasticity",
        (
            line("modified", xs, lambda p: p * churn.slope(p) / (1 / GAMMA + rho - 1 + churn.at(p))),
            line("classical", xs, lambda p: p * churn.slope(p) / (1 - churn.at(p))),
        ),
        marks=(Fraction(2, 3),),
    )


def indices() -> Figure:
    """J_δ over satisfaction on ladder G1 (α = 6, ρ = 0) for δ = 0, ½, 1: it jumps up at the breakpoints and falls in between."""
    series = []
    for delta in ("0", "1/2", "1"):
        ladder = g1("6", delta)
        points: list[Point] = []
        for i, (low, index, discount) in enumerate(zip(ladder.levels, ladder.indices, ladder.discounts, strict=True)):
            slope = -ladder.beta * (ladder.delta + (1 - ladder.delta) / (1 - discount))
            width = ladder.levels[i + 1] - low if i + 1 < ladder.count else Fraction(1)
            points += [(low, index), (low + width, index + slope * width)]
        series.append(Series(f"δ = {delta}", tuple(points)))
    return Figure("indices", "The steady-state index", "satisfaction", "J", tuple(series), marks=g1().levels)


def basins() -> Figure:
    """The optimal ways on G1 (nearest neighbours, α = 2) at ρ = 0 and ρ = 1: the level against the round, from every level."""
    series = []
    for rho in ("0", "1"):
        found = ladders.label_setting(g1(rho=rho))
        for start in range(5):
            points = tuple((Fraction(t), Fraction(level + 1)) for t, level in enumerate(found.path(start)))
            series.append(Series(f"ρ = {rho}, from {start + 1}", points))
    return Figure("basins", "Optimal ways on a ladder", "round", "level", tuple(series))


def learning() -> Figure:
    """ALG/OPT of Prod-Hedge (η = 5/2) with one winner of N, and the tuned regret of two winners in turn over √T with its bound."""
    sizes = [Fraction(2**i) for i in range(1, 13)]
    ratio = [line(f"ALG/OPT, N = {n}", sizes[:8], lambda t, n=n: hedge.single_winner_gain(n, int(t), Fraction(5, 2)) / t) for n in (2, 8, 100)]  # type: ignore[misc]
    log2 = reals.log(Fraction(2))
    return Figure(
        "learning", "Learning across users", "T", "ratio",
        (
            *ratio,
            line("regret/√T, two in turn", sizes, lambda t: hedge.alternating_regret(int(t), reals.sqrt(2 * log2 / t)) / reals.sqrt(t)),
            line("bound √(2 ln 2)", sizes, lambda t: reals.sqrt(2 * log2)),
        ),
    )


def ceiling() -> Figure:
    """2/(1 + m) against γ = 1 − 1/m²."""
    points = tuple((1 - Fraction(4, i * i), Fraction(2) / (1 + Fraction(i, 2))) for i in range(3, 21))
    return Figure("ceiling", "What deterministic algorithms can earn", "γ", "ALG/OPT", (Series("2/(1 + m)", points, "bound"),), marks=(Fraction(8, 9),))


def steps() -> Figure:
    """Steps of label setting against k, for free and for nearest-neighbour moves, beside k²."""
    series = []
    for name, moves in (("free", free_moves), ("nearest", nearest_moves)):
        points = []
        for k in (2, 4, 8, 16, 32, 64):
            demand = tuple(Fraction(i + 1, k + 1) for i in range(k))
            positions, rho = tuple(map(Fraction, range(k))), constant(Fraction(0), demand)
            ladder = LadderUser(GAMMA, positions, demand, rho, Fraction(2), Fraction(1, 10), Fraction(1), moves(k))
            points.append((Fraction(k), Fraction(ladders.label_setting(ladder).steps)))
        series.append(Series(name, tuple(points)))
    return Figure("steps", "Steps of label setting", "k", "steps", (*series, line("k²", [Fraction(2**i) for i in range(1, 7)], lambda k: k**2)))
