"""The figures of this paper, as data: series of points that are read off the evidence of a run, and nothing that the run did not show.

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.numerals import read_rational

Point = tuple[Fraction, Fraction]
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Series:
    """A line of exact points, ascending in x."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Figure:
    """A figure: what its axes are, and its series. ``band`` names the series that bound the others."""

    name: str
    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    band: tuple[str, ...] = ()


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn = [draw(evidence) for draw in (supermodular_prices, coverage_prices, masking_losses, two_receiver_optima, chain_optima)]
    return [figure for figure in drawn if figure.series]


def supermodular_prices(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """PoWR_k(n) against n, from C8, with the band min{n, 2^(k+1) ± 1} of C9."""
    found = _collect(evidence, "C8", "upper", lambda p: f"k = {p['k']}", "n", lambda g, p: 1 + 1 / g)
    band = []
    for sign in (-1, 1):
        for series in found:
            ceiling = 2 ** (int(series.label.removeprefix("k = ")) + 1) + sign
            points = tuple((x, min(x, Fraction(ceiling))) for x, _ in series.points)
            band.append(Series(f"min(n, {ceiling}), {series.label}", points))
    return Figure(
        "supermodular-prices", "PoWR_k(n) for supermodular utilities", "n", "PoWR_k(n)", (*found, *band), tuple(s.label for s in band)
    )


def coverage_prices(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """n/h(n, k) against n, from C12, with the limits (k+1)^(k+1)/k^k."""
    found = _collect(evidence, "C12", "ratio", lambda p: f"k = {p['k']}", "n", lambda h, p: p["n"] / h)
    limits = []
    for series in found:
        budget = int(series.label.removeprefix("k = "))
        limit = Fraction((budget + 1) ** (budget + 1), budget**budget)
        limits.append(Series(f"limit, {series.label}", tuple((x, limit) for x, _ in series.points)))
    return Figure("coverage-prices", "n/h(n, k) for coverage", "n", "n/h", (*found, *limits), tuple(s.label for s in limits))


def masking_losses(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """1/τ^sym against n, from C13."""
    found = _collect(evidence, "C13", "masking, upper", lambda p: f"k = {p['k']}", "n", lambda share, p: 1 / share)
    return Figure("masking-losses", "What the best exchangeable mask loses", "n", "1/τ^sym", found)


def two_receiver_optima(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """The best downstream value against ρ, from C21."""
    found = _collect(evidence, "C21", "attained", _instance_label, "rho", lambda value, p: value)
    return Figure("two-receivers", "Two receivers: the best downstream value", "ρ", "value", found)


def chain_optima(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """OPT_k/OPT_pub on geometric chains of ratio 2 at one leak less than makes it public, and there, from C10."""
    found = []
    for part in ("needed", "enough"):
        for series in _collect(evidence, "C10", part, lambda p: f"M = {p['M']}", "n", lambda value, p: value):
            found.append(Series(f"{part}, {series.label}", series.points))
    return Figure("chain-optima", "OPT_k/OPT_pub on the chain at k = k*(n) − 1 and k*(n)", "n", "OPT_k/OPT_pub", tuple(found))


def _instance_label(parameters: Mapping[str, Any]) -> str:
    return f"θ = ({', '.join(map(str, parameters['theta']))}), V = ({', '.join(map(str, parameters['V']))})"


def _collect(
    evidence: Mapping[str, Sequence[Document]],
    claim: str,
    part: str,
    label: Callable[[Mapping[str, Any]], str],
    x: str,
    y: Callable[[Fraction, Mapping[str, Any]], Fraction],
) -> tuple[Series, ...]:
    """The exact measured values of a part that hold, as series."""
    lines: dict[str, dict[Fraction, Fraction]] = defaultdict(dict)
    for parameters, measured in _measured(evidence.get(claim, ()), part):
        if x in parameters:
            lines[label(parameters)][parameters[x]] = y(measured, parameters)
    return tuple(Series(name, tuple(sorted(points.items()))) for name, points in sorted(lines.items()))


def _measured(evidence: Sequence[Document], part: str) -> Iterator[tuple[dict[str, Any], Fraction]]:
    for item in evidence:
        if item["part"] == part and item["status"] == "holds" and isinstance(item["measured"], str):
            yield {name: _number(value) for name, value in item["parameters"].items()}, read_rational(item["measured"])


def _number(value: Any) -> Any:
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, str) and value.replace("/", "").replace("-", "").isdigit():
        return read_rational(value)
    return value
