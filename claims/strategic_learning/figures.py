"""The figures of this paper, as data: series of points that are read off the evidence of a run, and nothing that the run did not show.

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from exact.numerals import read_rational

Document = Mapping[str, Any]


NAMES = ("best-equilibrium", "erasure", "regret-cap", "two-sided", "restricted-classes")
"""The figures that a run at effort standard has evidence for."""


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn = [
        best_values(evidence),
        erasure_bounds(evidence),
        regret_caps(evidence),
        two_sided_bounds(evidence),
        restricted_values(evidence),
    ]
    return [figure for figure in drawn if figure.series]


def best_values(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """V* against player 2's precision, from C8, with B_2, which is reached at p = 1 only."""
    lines = _collect(evidence, "C8", "table", "p")
    limits = tuple(Series(f"B_2, {label}", tuple((x, _benchmark(parameters)) for x, _ in points), "bound", label) for label, parameters, points in lines)
    series = tuple(Series(f"V*, {label}", points) for label, _, points in lines)
    return Figure(
        "best-equilibrium", "Player 2's best equilibrium", "precision p", "payoff", (*series, *limits)
    )


def erasure_bounds(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """R0, R1, R2 under erasure against the precision, from C6e."""
    series = [
        Series(f"{level}, {label}", points) for level in ("R0", "R1", "R2") for label, _, points in _collect(evidence, "C6e", level, "p")
    ]
    return Figure("erasure", "Bounds under erasure", "precision p", "bound on player 2's payoff", tuple(series))


def regret_caps(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """W(ε) against ε, from C3."""
    series = tuple(Series(label, points) for label, _, points in _collect(evidence, "C3", "cap", "eps"))
    return Figure("regret-cap", "What a follower's swap regret is worth to the leader", "ε", "W(ε)", series)


def two_sided_bounds(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """The bound on player 2's payoff in I(γ, β) against her precision, one line for each precision of player 1, from C11, with B_2."""
    lines = _collect(evidence, "C11", "(a) at numbers", "p2")
    limits = tuple(Series(f"B_2, {label}", tuple((x, _benchmark(parameters)) for x, _ in points), "bound", label) for label, parameters, points in lines)
    series = tuple(Series(label, points) for label, _, points in lines)
    return Figure(
        "two-sided", "Two partially informed players", "precision p_2", "bound", (*series, *limits)
    )


def restricted_values(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """max Ū_2 over the equilibria of restricted classes against the precision, from the rows of C12 that hold."""
    lines: dict[str, dict[Fraction, Fraction]] = defaultdict(dict)
    for item in evidence.get("C12", ()):
        if item["part"] == "table" and item["status"] == "holds":
            parameters = item["parameters"]
            label = f"{parameters['strategies']}({parameters['T']})" if "T" in parameters else parameters["strategies"]
            lines[label][_number(parameters["p"])] = _number(parameters["u2_max"])
    series = tuple(Series(label, tuple(sorted(points.items()))) for label, points in sorted(lines.items()))
    return Figure("restricted-classes", "Restricted meta-games", "precision p", "max payoff of player 2", series)


def _benchmark(parameters: Document) -> Fraction:
    pi = _number(parameters["pi"])
    return pi + (1 - pi) * _number(parameters["beta"])


def _collect(evidence: Mapping[str, Sequence[Document]], claim: str, part: str, x: str) -> list[tuple[str, Document, tuple[Point, ...]]]:
    """The exact measured values of a part that hold, as lines by the other parameters: label, parameters, points."""
    lines: dict[str, dict[Fraction, Fraction]] = defaultdict(dict)
    known: dict[str, Document] = {}
    for item in evidence.get(claim, ()):
        parameters = item["parameters"]
        if item["part"] == part and item["status"] == "holds" and x in parameters and isinstance(item["measured"], str):
            label = ", ".join(f"{name} = {value}" for name, value in sorted(parameters.items()) if name not in (x, "stated"))
            known[label] = parameters
            lines[label][_number(parameters[x])] = read_rational(item["measured"])
    return [(label, known[label], tuple(sorted(points.items()))) for label, points in sorted(lines.items())]


def _number(value: Any) -> Fraction:
    return read_rational(value) if isinstance(value, str) else Fraction(value)
