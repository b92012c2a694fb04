"""The figures of the learning experiments and of the incidence matrix, as data.

The matrix is read off the evidence of a run. Sessions are drawn from seed 0: the same in every run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import AnyFigure, Figure, HeatMap, Series
from claims.multi_agent_risks.algorithms.pricing_sessions import Setting, grid_gains, market, pricing
from claims.multi_agent_risks.models.incidence import FACTORS, MODES
from exact.numerals import read_rational

Document = Mapping[str, Any]
F = Fraction
NAMES = ("learned-gains", "impulse-response", "incidence")
SESSIONS = 300
BIN = F(1, 20)
PERIODS = 12


def figures(claims: Sequence[Document]) -> list[AnyFigure]:
    """The figures of the claims that the run has."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn: list[AnyFigure] = [learned_gains(), impulse_response()] if evidence.get("C45") else []
    return [*drawn, incidence(evidence["C43"])] if evidence.get("C43") else drawn


def row(memory: int) -> Setting:
    """The quick row of C45."""
    return Setting(5, F(3, 20), F(1, 1000), F(19, 20), memory, 10_000)


def learned_gains() -> Figure:
    """How many sessions end with which Δ, with memory and without, and both equilibria of the price grid."""
    series = []
    for memory in (1, 0):
        gains = [market(5).mean_gain(session.cycle) for session in pricing(row(memory), 0, 0, SESSIONS)]
        counts = Counter(gain // BIN for gain in gains)
        bins = range(min(counts), max(counts) + 1)
        series.append(Series(f"memory {memory}", tuple(((k + F(1, 2)) * BIN, F(counts[k], SESSIONS)) for k in bins), subject=f"memory {memory}"))
    marks = tuple(F(round(gain.mid * 10**9), 10**9) for gain in grid_gains(5))
    return Figure(
        "learned-gains", f"Where {SESSIONS} sessions end; marks: both equilibria of the price grid", "profit gain $\\Delta$", "share of sessions",
        tuple(series), marks=marks,
    )


def impulse_response() -> Figure:
    """The mean price number of both firms around firm 1's deviation in period 0, as difference from what they would have charged."""
    series = []
    for memory in (1, 0):
        for firm, name in ((0, "deviator"), (1, "rival")):
            series.append(Series(f"{name}, memory {memory}", _response(memory, firm)))
    return Figure(
        "impulse-response", "After a deviation to the static best reply", "periods since the deviation", "mean change of price (grid steps)", tuple(series)
    )


def _response(memory: int, firm: int) -> tuple[tuple[Fraction, Fraction], ...]:
    total, counted = [0] * PERIODS, 0
    for session in pricing(row(memory), 0, 0, SESSIONS):
        state = session.path(session.state)[1][0]
        pair = session.play(state)
        deviation = market(5).static_replies[pair[1]]
        if deviation == pair[0]:
            continue
        counted += 1
        changed, usual = (deviation, pair[1]), pair
        for period in range(PERIODS):
            total[period] += changed[firm] - usual[firm]
            changed, usual = session.play(session.after(changed)), session.play(session.after(usual))
    return ((F(-1), F(0)), *((F(period), F(change, max(counted, 1))) for period, change in enumerate(total)))


def incidence(evidence: Sequence[Document]) -> HeatMap:
    """Which cells of the matrix the run has witnessed; in each the failure's size with the factor on."""
    found = {(item["parameters"].get("factor"), item["parameters"].get("mode")): item for item in evidence if item["part"] != "labels"}
    rows = FACTORS[::-1]
    cells = tuple(tuple(_kind(found.get((factor, mode))) for mode in MODES) for factor in rows)
    texts = tuple(tuple(_short(found[factor, mode]["measured"]) if (factor, mode) in found else "" for mode in MODES) for factor in rows)
    return HeatMap(
        "incidence", "Each risk factor can underpin each failure mode", "failure mode", "risk factor", "witnessed", MODES, rows, cells,
        kinds=("not shown", "witnessed"), texts=texts,
    )


def _kind(item: Document | None) -> Fraction | None:
    return None if item is None else F(item["status"] == "holds")


def _short(number: str) -> str:
    """The number as it stands, or with three digits when it is long."""
    return number if len(number) <= 6 else f"{float(read_rational(number)):.3g}"
