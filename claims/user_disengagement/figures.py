"""The figures of this paper, as data: every measured point is read off the evidence of a run (parts of :mod:`plotted` that hold).

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points; a transcendental value enters as
the midpoint of its ball. Bounds are computed at the x of the evidence that they belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Kind, Point, Series
from exact.numerals import read_rational

Document = Mapping[str, Any]
Evidence = Mapping[str, Sequence[Document]]
Reading = Callable[[Document], Fraction]

NAMES = ("friction", "boundaries", "elasticities", "indices", "basins", "learning", "ceiling", "steps")
"""The figures that a run has evidence for, at every effort."""


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    evidence: Evidence = {claim["id"].rpartition("/")[2]: claim.get("evidence", ()) for claim in claims}
    drawn = (friction, boundaries, elasticities, indices, basins, learning, ceiling, steps)
    return [figure for figure in (draw(evidence) for draw in drawn) if figure.series]


def friction(evidence: Evidence) -> Figure:
    """The optimum of C19's two arms against friction 1 − ρ, with the largest friction at which the arm of lower retention is not yet given up."""
    names = ("V*", "retention", "D̃", "e3")
    series = tuple(line for name in names for line in _lines(_holding(evidence, "C19", f"{name} over friction"), _at("phi"), _measured, lambda _, n=name: n))  # type: ignore[misc]
    return Figure("friction", "The optimum against friction", "φ = 1 − ρ", "value", series, marks=_jumps(series))


def _jumps(series: Sequence[Series]) -> tuple[Fraction, ...]:
    """The first x at which the optimal retention is another than before: the switch points of the optimal arm."""
    (points,) = [line.points for line in series if line.label == "retention"] or [()]
    return tuple(x for (x, now), (_, before) in zip(points[1:], points, strict=False) if now != before)


def boundaries(evidence: Evidence) -> Figure:
    """Above which retention friction raises the effect of retention, for several γ: C17's f* and C18's 1/(2 − γφ), where the sign was seen to change."""
    series = tuple(
        line for claim in ("C17", "C18")
        for line in _lines(_holding(evidence, claim, "boundary"), _at("phi"), _at("f"), lambda p, c=claim: f"{c}, γ = {p['gamma']}")  # type: ignore[misc]
    )
    return Figure("boundaries", "Where friction raises the effect of retention: above the line", "φ", "f", series)


def elasticities(evidence: Evidence) -> Figure:
    """Classical and modified elasticity over the price for f = 1 − p²/(1 + p), ρ = 11/225; the optimal price has modified elasticity 1."""
    series = tuple(
        line for name in ("modified", "classical")
        for line in _lines(_holding(evidence, "C13", f"{name} over price"), _at("p"), _measured, lambda _, n=name: n)  # type: ignore[misc]
    )
    optimal = tuple(p for line in series if line.label == "modified" for p, elasticity in line.points if elasticity == 1)
    unit = Series("1", tuple((p, Fraction(1)) for p, _ in series[0].points), "bound") if series else None
    return Figure("elasticities", "Elasticity over the price", "p", "elasticity", (*series, unit) if unit else (), marks=optimal)


def indices(evidence: Evidence) -> Figure:
    """J_δ over satisfaction on ladder G1 (α = 6, ρ = 0), with the target of each δ: it jumps up at the breakpoints and falls in between."""
    items = _holding(evidence, "C4", "index over satisfaction")
    breakpoints = tuple(sorted({y for y in map(_at("y"), items) if y.denominator == 1}))
    kind: Kind = "measured" if len({_at("y")(item) for item in items}) > len(breakpoints) else "cloud"
    series = _lines(items, _at("y"), _measured, lambda p: f"δ = {p['delta']}", kind)
    targets = tuple(Series(f"target, {line.label}", (max(line.points, key=lambda point: point[1]),), "mark", line.label) for line in series)
    return Figure("indices", "The steady-state index", "satisfaction", "J", (*series, *targets), marks=breakpoints)


def basins(evidence: Evidence) -> Figure:
    """The optimal ways on G1 (nearest neighbours, α = 2) for each ρ: the level against the round, from every level."""
    series = []
    for item in _holding(evidence, "C8", "ways"):
        following = item["parameters"]["next"]
        for start in range(1, len(following) + 1):
            way = [start]
            while following[way[-1] - 1] != way[-1]:
                way.append(following[way[-1] - 1])
            points = tuple((Fraction(t), Fraction(level)) for t, level in enumerate(way))
            series.append(Series(f"ρ = {item['parameters']['rho']}, from {start}", points))
    return Figure("basins", "Optimal ways on a ladder", "round", "level", tuple(series))


def learning(evidence: Evidence) -> Figure:
    """ALG/OPT with one winner of N (Prod-Hedge at η = 5/2; with bandit feedback), and the tuned regret of two winners in turn over √T with its bound."""
    t = _at("T")
    winners = _lines(_holding(evidence, "C22", "one winner"), t, _measured, lambda p: f"ALG/OPT, N = {p['N']}")
    explorers = _lines(_holding(evidence, "C27", "one winner"), t, _measured, lambda p: f"ALG/OPT, bandit, N = {p['N']}")
    turns = _holding(evidence, "C23", "winners in turn")
    regret = _lines(turns, t, _measured, lambda _: "regret/√T, two in turn")
    bound = _lines(turns, t, _bound, lambda _: "bound √(2 ln 2)", "bound")
    return Figure("learning", "Learning across users", "T", "ratio", (*winners, *explorers, *regret, *bound), x_scale="log2")


def ceiling(evidence: Evidence) -> Figure:
    """What a deterministic algorithm earned against the adversary, over γ = 1 − 1/m², with the ceiling 2/(1 + m)."""
    items = _holding(evidence, "C25", "played out")
    played = _lines(items, _patience, _measured, lambda _: "played out", "cloud")
    limit = _lines(items, _patience, _bound, lambda _: "2/(1 + m)", "bound")
    return Figure("ceiling", "What deterministic algorithms can earn", "γ", "ALG/OPT", (*played, *limit))


def _patience(item: Document) -> Fraction:
    return 1 - 1 / _at("m")(item) ** 2


def steps(evidence: Evidence) -> Figure:
    """Steps of label setting against k, for free and for nearest-neighbour moves, beside k²."""
    items = _holding(evidence, "C7", "counted steps")
    series = _lines(items, _at("k"), _measured, lambda p: p["moves"])
    return Figure("steps", "Steps of label setting", "k", "steps", (*series, *_lines(items, _at("k"), _bound, lambda _: "k²", "bound")))


def _holding(evidence: Evidence, claim: str, part: str) -> list[Document]:
    return [item for item in evidence.get(claim, ()) if item["part"] == part and item["status"] == "holds"]


def _lines(items: Sequence[Document], x: Reading, y: Reading, label: Callable[[Document], str], kind: Kind = "measured") -> tuple[Series, ...]:
    """A line for each label (a function of the parameters), in the order in which the labels first occur."""
    lines: dict[str, dict[Fraction, Fraction]] = defaultdict(dict)
    for item in items:
        lines[label(item["parameters"])][x(item)] = y(item)
    return tuple(Series(name, _ascending(found), kind) for name, found in lines.items())


def _ascending(found: Mapping[Fraction, Fraction]) -> tuple[Point, ...]:
    return tuple(sorted(found.items()))


def _at(name: str) -> Reading:
    """A parameter of the evidence."""
    return lambda item: _number(item["parameters"][name])


def _measured(item: Document) -> Fraction:
    return _number(item["measured"])


def _bound(item: Document) -> Fraction:
    return _number(item["bound"])


def _number(value: Any) -> Fraction:
    """A number of a run's document; of a ball, its midpoint."""
    if isinstance(value, Mapping):
        return read_rational(value["mid"])
    return read_rational(value) if isinstance(value, str) else Fraction(value)
