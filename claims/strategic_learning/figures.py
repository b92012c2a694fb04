"""The figures of this paper, as data: series of points that are read off the evidence of a run, and nothing that the run did not show.

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import AnyFigure, Figure, HeatMap, Point, Series
from claims.strategic_learning import quantities as q
from claims.strategic_learning.algorithms.restricted import StrategyClass, restricted_equilibria
from exact.numerals import read_rational

Document = Mapping[str, Any]


NAMES = (
    "best-equilibrium", "gap", "erasure", "erasure-gap", "regret-cap", "runs", "probing", "two-sided", "patterns", "restricted-classes", "restricted-payoffs",
)
"""The figures that a run at effort standard has evidence for."""


def figures(claims: Sequence[Document]) -> list[AnyFigure]:
    """The figures of a run, those without points left out."""
    evidence = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    drawn: list[AnyFigure | None] = [
        best_values(evidence),
        gap_map(evidence),
        erasure_bounds(evidence),
        erasure_map(evidence),
        regret_caps(evidence),
        runs(evidence),
        probing(evidence),
        two_sided_bounds(evidence),
        patterns(evidence),
        restricted_values(evidence),
        restricted_payoffs(evidence),
    ]
    return [figure for figure in drawn if figure is not None and (isinstance(figure, HeatMap) or figure.series)]


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


def gap_map(evidence: Mapping[str, Sequence[Document]]) -> HeatMap | None:
    """B_2 − V* over (γ, β) at p = 99/100, from C8, with the curve γ = 1/(1 + β): to its left the gap does not vanish as p → 1."""
    near = [item for item in _holding(evidence, "C8", "upper bound") if item["parameters"]["p"] == "99/100" and item["parameters"]["pi"] == "1/2"]
    cells = {(_number(item["parameters"]["gamma"]), _number(item["parameters"]["beta"])): item for item in near}
    curve = Series("γ = 1/(1 + β)", tuple((1 / (1 + beta), beta) for beta in sorted({beta for _, beta in cells})))
    return _map("gap", "How far the best equilibrium stays below B_2 (p = 99/100)", "γ", "β", "B_2 − V*", cells, curve)


def erasure_map(evidence: Mapping[str, Sequence[Document]]) -> HeatMap | None:
    """B_2 − R0 under erasure over (p, γ) at β = π = 1/2, from C6e, with the line γ = 1 − p, above which R0 shows nothing."""
    half = [item for item in _holding(evidence, "C6e", "R0") if item["parameters"]["beta"] == item["parameters"]["pi"] == "1/2"]
    cells = {(_number(item["parameters"]["p"]), _number(item["parameters"]["gamma"])): item for item in half}
    line = Series("γ = 1 − p", tuple((p, 1 - p) for p in sorted({p for p, _ in cells})))
    return _map("erasure-gap", "What the bound R0 shows under erasure", "precision p", "γ", "B_2 − R0", cells, line)


def _map(name: str, title: str, x: str, y: str, value: str, cells: Mapping[tuple[Fraction, Fraction], Document], curve: Series) -> HeatMap | None:
    """B_2 less the measured value at every cell of the grid of tenths; None where the run has checked fewer than half of them."""
    tenths = tuple(Fraction(i, 10) for i in range(1, 10))
    rows = tuple(
        tuple(_benchmark(item["parameters"]) - read_rational(item["measured"]) if (item := cells.get((column, row))) else None for column in tenths)
        for row in tenths
    )
    known = sum(cell is not None for row in rows for cell in row)
    return HeatMap(name, title, x, y, value, tenths, tenths, rows, curves=(curve,)) if 2 * known >= 81 else None


def runs(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """Player 1's payoff against player 2's swap regret on the listed runs on DSS(1/10), from C3, with StackVal_1 + 2·SR."""
    points: dict[str, list[Point]] = defaultdict(list)
    for item in _holding(evidence, "C3", "runs"):
        parameters = item["parameters"]
        points[f"{parameters['learner']}, T = {parameters['T']}"].append((read_rational(item["bound"]) / 2, read_rational(item["measured"])))
    series = tuple(Series(label, tuple(sorted(found)), "cloud") for label, found in sorted(points.items()))
    most = max((x for found in points.values() for x, _ in found), default=Fraction(0))
    cap = Series("StackVal_1 + 2·SR", ((Fraction(0), Fraction(0)), (most, 2 * most)), "bound")
    return Figure("runs", "Up, then Down, against learners", "swap regret SR per round", "payoff of player 1", (*series, cap) if series else ())


def probing(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """Player 2's average of probe-then-commit against T, from C9: against a myopic and against a strategic player 1, with B_2."""
    lines = {name: _collect(evidence, "C9", name, "T") for name in ("myopic", "strategic")}
    series = tuple(Series(f"{name} player 1", points) for name, found in lines.items() for _, _, points in found)
    limits = tuple(Series("B_2", tuple((x, _benchmark(parameters)) for x, _ in points), "bound") for _, parameters, points in lines["myopic"])
    return Figure("probing", "Probe, then commit", "rounds T", "average of player 2", (*series, *limits))


_STUBBORN = ("(d) multipliers", "(d) coefficient of (a, l)", "(d) coefficient of (a, r)")
PATTERNS: tuple[tuple[str, tuple[tuple[str, ...], tuple[str, ...]]], ...] = (
    ("I(γ, β)", (("(a) player 1",), ("(a) player 2",))),
    ("its transpose", (("(b)",), ("(b)",))),
    ("C", (("(c)",), ("(c)",))),
    ("N(γ)", (_STUBBORN, _STUBBORN)),
)
"""Of each game the parts of C11 that show what player 1 and player 2 can get; who can is the statement of the part."""
CAN = {"I(γ, β)": (True, False), "its transpose": (False, True), "C": (True, True), "N(γ)": (False, False)}


def patterns(evidence: Mapping[str, Sequence[Document]]) -> HeatMap | None:
    """C11 as a table: which player can get her benchmark, at every pair of precisions below 1. A cell is filled where the run shows its part."""
    shown = {item["part"] for item in evidence.get("C11", ()) if item["status"] == "holds"}
    names = tuple(name for name, _ in reversed(PATTERNS))
    cells = tuple(
        tuple(Fraction(CAN[name][player]) if set(parts[player]) <= shown else None for player in (0, 1)) for name, parts in reversed(PATTERNS)
    )
    if all(cell is None for row in cells for cell in row):
        return None
    texts = tuple(tuple("" if cell is None else "can" if cell else "cannot" for cell in row) for row in cells)
    return HeatMap(
        "patterns", "Who gets her Stackelberg value when both are partially informed", "player", "game", "", ("player 1", "player 2"), names, cells,
        kinds=("in no equilibrium", "in some equilibrium"), texts=texts,
    )


def restricted_payoffs(evidence: Mapping[str, Sequence[Document]]) -> Figure:
    """The payoff pairs of all equilibria of the restricted classes at p = 1/2, with both benchmarks: enumerated again for the rows of C12 that hold."""
    series = []
    for item in _holding(evidence, "C12", "table"):
        parameters = item["parameters"]
        if parameters["p"] == "1/2" and parameters.get("T") != 3:
            strategies = StrategyClass(parameters["strategies"], parameters.get("T", 0))
            setting = q.at(*(parameters[name] for name in ("gamma", "beta", "pi", "p")))
            label = f"{strategies.name}({strategies.rounds})" if "T" in parameters else strategies.name
            series.append(Series(label, restricted_equilibria(q.bayesian(setting), strategies).payoffs, "cloud"))
    wanted = Series("(B_1, B_2)", ((Fraction(1), Fraction(3, 4)),), "mark")
    title = "All equilibria of restricted meta-games, p = 1/2"
    return Figure("restricted-payoffs", title, "payoff of player 1", "payoff of player 2", (*series, wanted) if series else ())


def _holding(evidence: Mapping[str, Sequence[Document]], claim: str, part: str) -> list[Document]:
    return [item for item in evidence.get(claim, ()) if item["part"] == part and item["status"] == "holds"]


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
