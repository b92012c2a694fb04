"""The figures of this paper, as data: series of points that are read off the evidence of a run, and nothing that the run did not show.

``figures(claims)`` takes the ``claims`` of a run's document (run.json) and gives the figures for which it has points; `reports.figures` draws them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from exact.numerals import read_rational

Document = Mapping[str, Any]
Run = Mapping[str, Sequence[Document]]
"""The evidence of a run, by the number of its claim."""

MOST_BUDGETS = 3
"""Figures over n with several lines for each k show k up to this."""


@dataclass(frozen=True)
class Reading:
    """One piece of evidence that holds: its parameters, what was measured, and what it was compared with (None where that is no rational)."""

    parameters: Mapping[str, Any]
    measured: Fraction
    bound: Fraction | None

    @property
    def problem(self) -> tuple[tuple[str, Any], ...]:
        """What names the problem: the parameters other than the budget of leaks and the law."""
        return tuple(sorted((name, value) for name, value in self.parameters.items() if name not in ("k", "law")))


def figures(claims: Sequence[Document]) -> list[Figure]:
    """The figures of a run, those without points left out."""
    run = {claim["id"].rpartition("/")[2]: claim["evidence"] for claim in claims}
    return [figure for draw in _FIGURES.values() if (figure := draw(run)).series]


def supermodular_prices(run: Run) -> Figure:
    """PoWR_k(n) against n, from C8, with the band min{n, 2^(k+1) ± 1} of C9."""
    found = _collect(run, "C8", "upper", "n", lambda reading: 1 + 1 / reading.measured)
    band = []
    for sign in (-1, 1):
        for series in found:
            ceiling = 2 ** (_budget(series) + 1) + sign
            sizes = range(int(series.points[0][0]), int(series.points[-1][0]) + 1)
            points = tuple((Fraction(n), Fraction(min(n, ceiling))) for n in sizes)
            band.append(Series(f"min(n, {ceiling}), {series.label}", points, "bound", series.label))
    title = "The price of k leaks for supermodular utilities"
    return Figure("supermodular-prices", title, "receivers $n$", r"$\mathrm{PoWR}_k(n)$", (*found, *band))


def growth(run: Run) -> Figure:
    """Prices against k on a logarithmic axis: supermodular (C8, and 1/τ^sym of C13) and submodular (n/h of C12), with their suprema."""
    supermodular = (
        _largest("supermodular: PoWR_k(n), largest n", run, "C8", "upper", lambda reading: 1 + 1 / reading.measured),
        _largest("supermodular: loss 1/τ^sym of the best mask, largest n", run, "C13", "masking, upper", lambda reading: 1 / reading.measured),
    )
    series = (
        *supermodular,
        _over_budgets("supermodular: sup over n, 2^(k+1) + 1", supermodular, lambda k: Fraction(2 ** (k + 1) + 1)),
        *_submodular_growth(run),
    )
    name, title = "growth", "Supermodular prices double with each leak"
    return Figure(name, title, "leaks $k$", r"$\mathrm{PoWR}_k$ (in powers of 2)", _lines(series), "log2")


def linear_growth(run: Run) -> Figure:
    """n/h against k on a linear axis: submodular prices, from C12, with their supremum."""
    title = "Submodular prices grow linearly, at slope e"
    return Figure("linear-growth", title, "leaks $k$", r"$\mathrm{PoWR}_k$", _lines(_submodular_growth(run)))


def coverage_prices(run: Run) -> Figure:
    """n/h(n, k) and 1/φ(n, k) against n, from C12 and C13, with the limits (k+1)^(k+1)/k^k."""
    found = _few(_collect(run, "C12", "ratio", "n", lambda reading: reading.parameters["n"] / reading.measured))
    samples = _few(_collect(run, "C13", "subsampling, lower", "n", lambda reading: reading.parameters["n"] / _compared(reading)))
    ceilings = tuple(Series(f"1/φ, {series.label}", series.points, "bound", series.label) for series in samples)
    limits = tuple(
        Series(f"limit, {series.label}", tuple((x, _limit(_budget(series))) for x, _ in series.points), "asymptote", series.label)
        for series in found
    )
    shown = tuple(Series(f"n/h, {series.label}", series.points, subject=series.label) for series in found)
    title = "Coverage against subsampling: both tend to $(k+1)^{k+1}/k^k$"
    return Figure("coverage-prices", title, "receivers $n$", r"$n/h(n,k)$ and $1/\varphi(n,k)$", (*shown, *ceilings, *limits), x_scale="log2")


def masking_losses(run: Run) -> Figure:
    """1/τ^sym against n, from C13, with the limits 2^(k+1) + 1."""
    found = _collect(run, "C13", "masking, upper", "n", lambda reading: 1 / reading.measured)
    limits = tuple(
        Series(f"limit {limit}, {series.label}", tuple((x, limit) for x, _ in series.points), "asymptote", series.label)
        for series in found
        for limit in (Fraction(2 ** (_budget(series) + 1) + 1),)
    )
    title = "What the best exchangeable mask loses"
    return Figure("masking-losses", title, "receivers $n$", r"$1/\tau^{\mathrm{sym}}$", (*found, *limits), "log2", "log2")


def sampling_rates(run: Run) -> Figure:
    """The loss of SUBSAMPLE against its rate, from C11: on coverage, and the bound 1/(r(1−r)^k); the best rate 1/(k+1) is marked."""
    found = _collect(run, "C11", "rates", "rate", lambda reading: reading.measured)
    bounds = _collect(run, "C11", "rates", "rate", _compared)
    least = sorted((x, y) for line in bounds for x, y in line.points if x == Fraction(1, _budget(line) + 1))
    series = (
        *(Series(f"coverage, {line.label}", line.points, subject=line.label) for line in found),
        *(Series(f"1/(r(1−r)^k), {line.label}", line.points, "bound", line.label) for line in bounds),
        *_marks("r = 1/(k+1)", least),
    )
    title = "Independent samples lose least at rate $1/(k+1)$"
    return Figure("sampling-rates", title, "rate $r$", r"loss $\mathrm{OPT}_0/U$", series, "log2")


def masking_rates(run: Run) -> Figure:
    """The loss of MASK against α, from C4: on utilities that live in one state each, and the bound 1/min(1 − α, α·2^−(k+1))."""
    found = _collect(run, "C4", "rates", "alpha", lambda reading: reading.measured, _utility_label)
    bounds = _collect(run, "C4", "rates", "alpha", _compared)
    series = (*found, *(Series(f"1/min(1−α, α·2^−(k+1)), {line.label}", line.points, "bound") for line in bounds))
    return Figure("masking-rates", "What masking at rate α loses", r"rate $\alpha$", r"loss $\mathrm{OPT}_0/U$", series, "log2")


def leakage_families(run: Run) -> Figure:
    """PoDR by leakage law for one coverage problem: C12 (the worst case), C15, C16, C20."""
    rows = tuple(_families(run))
    losses = tuple((Fraction(place), loss) for place, (_, loss, _) in enumerate(rows))
    bounds = tuple((Fraction(place), bound) for place, (_, _, bound) in enumerate(rows) if bound is not None)
    series = (Series("OPT_0 over what the scheme is worth", losses), Series("bound (C11, C15, C16)", bounds, "bound")) if rows else ()
    title = r"Coverage, $n = 4$, $k = 1$, $\theta = 1/2$: the price by leakage family"
    names = tuple(name for name, _, _ in rows)
    return Figure("leakage-families", title, "who sees what", r"$\mathrm{OPT}_0/U_D$", series, categories=names)


def chain_optima(run: Run) -> Figure:
    """OPT_k/OPT_pub against k on geometric chains, from C3 (k = 0) and C1; k*(n) = ⌈log2(n+1)⌉ − 1 of C10 is marked."""
    lines, marks = [], []
    for problem, optima in _optima(run):
        about = dict(problem)
        if about["instance"] != "chain" or len(optima) < 3:
            continue
        name = f"n = {about['n']}, M = {about['M']}"
        lines.append(Series(name, tuple(sorted(optima.items()))))
        needed = Fraction(int(about["n"]).bit_length() - 1)
        if needed in optima:
            marks.append((needed, optima[needed]))
    title = "On the chain, $k^*(n)$ leaks make private persuasion public"
    return Figure("chain-optima", title, "leaks $k$", r"$\mathrm{OPT}_k/\mathrm{OPT}_{\mathrm{pub}}$", (*lines, *_marks("k*(n)", marks)))


def obedience(run: Run) -> Figure:
    """OPT_k/OPT_pub one-sided, from C3 and C1, and two-sided, from C22, against k, for the problems that have both."""
    two_sided: dict[tuple[tuple[str, Any], ...], dict[Fraction, Fraction]] = defaultdict(dict)
    for reading in _readings(run, "C22", "collapse"):
        if "instance" in reading.parameters and reading.bound:
            two_sided[reading.problem][reading.parameters["k"]] = reading.measured / reading.bound
    series = []
    for problem, optima in _optima(run):
        if problem in two_sided:
            name = _problem_label(dict(problem))
            series.append(Series(f"one-sided, {name}", tuple(sorted(optima.items())), subject=name))
            series.append(Series(f"two-sided, {name}", tuple(sorted(two_sided[problem].items())), "bound", name))
    title = "Two-sided obedience is worth no more than public persuasion"
    return Figure("obedience", title, "leaks $k$", r"$\mathrm{OPT}_k/\mathrm{OPT}_{\mathrm{pub}}$", tuple(series))


def two_receiver_optima(run: Run) -> Figure:
    """The best downstream value against ρ, from C21."""
    found = _collect(run, "C21", "attained", "rho", lambda reading: reading.measured, _table_label)
    title = r"Two receivers, $\lambda = 1/10$: the best downstream value"
    return Figure("two-receivers", title, r"leak probability $\rho$", r"$\max_\mu U_D(\mu)$", found)


_FIGURES: Mapping[str, Callable[[Run], Figure]] = {
    "supermodular-prices": supermodular_prices,
    "growth": growth,
    "linear-growth": linear_growth,
    "chain-optima": chain_optima,
    "coverage-prices": coverage_prices,
    "masking-losses": masking_losses,
    "sampling-rates": sampling_rates,
    "masking-rates": masking_rates,
    "leakage-families": leakage_families,
    "two-receivers": two_receiver_optima,
    "obedience": obedience,
}
NAMES = tuple(_FIGURES)
"""The names of all figures, those included for which a run may have no points."""


# What the figures share


def _submodular_growth(run: Run) -> tuple[Series, ...]:
    found = _largest("submodular: n/h(n, k), largest n", run, "C12", "ratio", lambda reading: reading.parameters["n"] / reading.measured)
    return found, _over_budgets("submodular: sup over n, (k+1)^(k+1)/k^k", (found,), _limit)


def _largest(label: str, run: Run, claim: str, part: str, price: Callable[[Reading], Fraction]) -> Series:
    """Against k, the price at the largest n of the run."""
    lines = _collect(run, claim, part, "n", price)
    return Series(label, tuple(sorted((Fraction(_budget(line)), line.points[-1][1]) for line in lines)))


def _over_budgets(label: str, shown: Sequence[Series], limit: Callable[[int], Fraction]) -> Series:
    """A limit at every k that one of the series shows; it looks like the last of them."""
    budgets = sorted({k for series in shown for k, _ in series.points})
    return Series(label, tuple((k, limit(int(k))) for k in budgets), "asymptote", shown[-1].label)


def _marks(label: str, points: Iterable[Point]) -> tuple[Series, ...]:
    """The places to point at, if there are any."""
    found = tuple(sorted(set(points)))
    return (Series(label, found, "mark"),) if found else ()


def _few(series: Iterable[Series]) -> tuple[Series, ...]:
    return tuple(line for line in series if _budget(line) <= MOST_BUDGETS)


def _lines(series: Iterable[Series]) -> tuple[Series, ...]:
    """Those with two points at least: growth shows in no fewer."""
    return tuple(line for line in series if len(line.points) > 1)


def _optima(run: Run) -> Iterator[tuple[tuple[tuple[str, Any], ...], dict[Fraction, Fraction]]]:
    """The problems whose OPT_pub the run has, each with OPT_k/OPT_pub by k: OPT_0 from C3, OPT_{k+1} from C1 at k."""
    optima: dict[tuple[tuple[str, Any], ...], dict[Fraction, Fraction]] = defaultdict(dict)
    for part, claim in (("bound", "C3"), ("monotone", "C1")):
        for reading in _readings(run, claim, part):
            if "instance" in reading.parameters:
                budget = reading.parameters["k"] + 1 if claim == "C1" else Fraction(0)
                optima[reading.problem][budget] = reading.measured
    for reading in _readings(run, "C1", "public"):
        if reading.problem in optima:
            found = optima.pop(reading.problem)
            yield reading.problem, {budget: optimum / reading.measured for budget, optimum in found.items()}


_FAMILY: Mapping[str, Any] = {"instance": "coverage", "n": Fraction(4), "lam": Fraction(1, 100), "theta": Fraction(1, 2), "k": Fraction(1)}
"""The problem of :func:`leakage_families`."""


def _families(run: Run) -> Iterator[tuple[str, Fraction, Fraction | None]]:
    """Leakage family, OPT_0 over the value, and the bound on it, where the run has them; OPT_0 is what the pad of C20 is compared with."""
    pad = _at_family(run, "C20", "pad")
    if pad is None:
        return
    private = _compared(pad)
    worst = _at_family(run, "C12", "values")
    if worst is not None:
        yield "worst case", private / (worst.measured * _FAMILY["lam"]), _limit(1)
    for name, claim, part, bound in (
        ("disjoint cliques", "C15", "coverage", Fraction(2)),
        ("random clique,\nprivate scheme", "C16", "coverage", Fraction(2)),
        ("broadcast of one,\nmatching", "C20", "matching", None),
    ):
        found = _at_family(run, claim, part)
        if found is not None:
            yield name, private / found.measured, bound
    yield "directed cycle,\npad", private / pad.measured, None


def _at_family(run: Run, claim: str, part: str) -> Reading | None:
    """The evidence of a part at the problem of :data:`_FAMILY`."""
    at = [reading for reading in _readings(run, claim, part) if _FAMILY.items() <= reading.parameters.items()]
    return at[0] if at else None


def _limit(leaks: int) -> Fraction:
    """(k+1)^(k+1)/k^k."""
    return Fraction((leaks + 1) ** (leaks + 1), leaks**leaks)


def _budget(series: Series) -> int:
    return int(series.label.removeprefix("k = "))


def _budget_label(parameters: Mapping[str, Any]) -> str:
    return f"k = {parameters['k']}"


def _utility_label(parameters: Mapping[str, Any]) -> str:
    name = f"chain, n = {parameters['n']}" if parameters["instance"] == "chain" else "unanimity, θ = 9/10"
    return f"{name}, {_budget_label(parameters)}"


def _table_label(parameters: Mapping[str, Any]) -> str:
    return f"θ = ({', '.join(map(str, parameters['theta']))}), V = ({', '.join(map(str, parameters['V']))})"


def _problem_label(parameters: Mapping[str, Any]) -> str:
    return f"chain, n = {parameters['n']}, M = {parameters['M']}" if parameters["instance"] == "chain" else _table_label(parameters)


def _collect(
    run: Run,
    claim: str,
    part: str,
    x: str,
    y: Callable[[Reading], Fraction],
    label: Callable[[Mapping[str, Any]], str] = _budget_label,
) -> tuple[Series, ...]:
    """The exact values of a part that hold, as series."""
    lines: dict[str, dict[Fraction, Fraction]] = defaultdict(dict)
    for reading in _readings(run, claim, part):
        if x in reading.parameters:
            lines[label(reading.parameters)][reading.parameters[x]] = y(reading)
    return tuple(Series(name, tuple(sorted(points.items()))) for name, points in sorted(lines.items()))


def _compared(reading: Reading) -> Fraction:
    if reading.bound is None:
        raise ValueError(f"the evidence at {dict(reading.parameters)} has no rational bound")
    return reading.bound


def _readings(run: Run, claim: str, part: str) -> Iterator[Reading]:
    """The evidence of a part that holds and measured a rational."""
    for item in run.get(claim, ()):
        if item["part"] == part and item["status"] == "holds" and isinstance(item["measured"], str):
            parameters = {name: _number(value) for name, value in item["parameters"].items()}
            measured, bound = _number(item["measured"]), _number(item.get("bound"))
            if isinstance(measured, Fraction):
                yield Reading(parameters, measured, bound if isinstance(bound, Fraction) else None)


def _number(value: Any) -> Any:
    """A rational where the value is one; lists as tuples, so that problems can be compared."""
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, str) and value.replace("/", "").replace("-", "").isdigit():
        return read_rational(value)
    return value
