"""The plots of a claim, from the claim's own evidence in the run document: what was measured against its bound, growth, tightness, and by how
much each mutant is refuted. There is a plot only where there are points enough to see something.

`reports.figures` draws the figures that a paper asks for; these here every claim has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.numerals import read_rational
from reports.charts import Axis, Chart, Dot, Kind, Series, scale_for, svg
from reports.safe_text import one_line, short

FEWEST = 3
"""Fewer settings than this make no plot."""
MOST = 300
"""More settings than this are thinned out, evenly in the order of the evidence; refuted ones stay. The title and the description say so."""
_MOST_CURVES = 7
_NOTHING_TO_SEE = 1e-9
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "eps": "ε", "epsilon": "ε", "eta": "η", "theta": "θ", "lam": "λ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "psi": "ψ", "omega": "ω", "kappa": "κ", "zeta": "ζ", "chi": "χ",
}

Claim = Mapping[str, Any]
Item = Mapping[str, Any]
"""A piece of evidence in the run document."""


@dataclass(frozen=True)
class Plot:
    """A plot of a claim: ``name`` tells it from the claim's others and is fit for a file name, ``alt`` says in words what it shows, ``svg`` is an
    element to be put into a page or a file. Its text and frame have the colour of the text around."""

    name: str
    title: str
    alt: str
    svg: str


@dataclass(frozen=True)
class _Setting:
    """Numbers of one piece of evidence, as floats for the eye, and as they stand in the run document for the reader."""

    item: Item
    measured: float
    bound: float

    @property
    def told(self) -> str:
        """The exact numbers, at their parameters."""
        at = parameters_in_words(self.item["parameters"])
        return f"{at + ': ' if at else ''}measured {number_in_words(self.item['measured'])}, bound {number_in_words(self.item['bound'])}"


def claim_plots(claim: Claim) -> list[Plot]:
    """Every plot of the claim, a claim of the run document."""
    groups = _groups(claim["evidence"])
    plots = [_measured_plot(f"measured-{number}", part, settings) for number, (part, settings) in enumerate(groups, start=1) if _is_worth_it(settings)]
    scalings = [item for item in claim["evidence"] if item["form"] == "Scaling"]
    plots += [plot for number, item in enumerate(scalings, start=1) if (plot := _growth_plot(f"growth-{number}", item))]
    return plots + [plot for plot in (_tightness_plot(groups), _mutants_plot(claim["mutants"])) if plot]


def symbol(parameter: str) -> str:
    """A parameter's name as one writes it: ``beta`` is β, ``rho_low`` is ρ_low."""
    head, mark, tail = parameter.partition("_")
    stem = head.rstrip("0123456789")
    return _GREEK.get(stem, stem) + head[len(stem):] + mark + tail


def number_in_words(value: Any) -> str:
    """A number of the run document, short: a rational as it stands, a ball by the leading digits of its midpoint."""
    if isinstance(value, Mapping):
        return f"≈ {_rounded(_as_float(value))}" if value.keys() == {"mid", "rad"} else "…"
    return "–" if value is None else short(value, 40)


def parameters_in_words(parameters: Mapping[str, Any]) -> str:
    """Such as ``β = 2, n = 10``."""
    return ", ".join(f"{symbol(name)} = {_value_in_words(value)}" for name, value in parameters.items())


def _value_in_words(value: Any) -> str:
    if isinstance(value, list):
        return "(" + ", ".join(short(item, 12) for item in value[:8]) + (", …)" if len(value) > 8 else ")")
    return number_in_words(value)


def _rounded(value: float | None) -> str:
    return "…" if value is None else f"{value:.6g}".replace("-", "−")


def exact_value(value: Any) -> Fraction | None:
    """The rational that stands in the document, or a ball's midpoint; None for what is no number, or is infinite."""
    text = value["mid"] if isinstance(value, Mapping) and value.keys() == {"mid", "rad"} else value
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    try:
        return Fraction(text) if isinstance(text, int | float) else read_rational(text)
    except (ValueError, OverflowError):
        return None


def _as_float(value: Any) -> float | None:
    """For the eye: None also where it is too great or too small to be drawn."""
    exact = exact_value(value)
    if exact is None:
        return None
    try:
        seen = float(exact)
    except OverflowError:
        return None
    return seen if abs(seen) < 1e140 and (abs(seen) > 1e-140 or exact == 0) else None


def _groups(evidence: Sequence[Item]) -> list[tuple[str, list[_Setting]]]:
    """Part by part and formulation by formulation, the settings where a number was compared with a bound. Formulations of one part are told apart
    by their forms."""
    found: dict[tuple[str, int], list[_Setting]] = {}
    for item in evidence:
        measured, bound = _as_float(item["measured"]), _as_float(item["bound"])
        if measured is not None and bound is not None and item["status"] in ("holds", "refuted") and item["form"] != "Scaling":
            found.setdefault((item["part"], item["formulation"]), []).append(_Setting(item, measured, bound))
    parts = [part for part, _ in found]
    return [(part if parts.count(part) == 1 else f"{part} ({settings[0].item['form']})", settings) for (part, _), settings in found.items()]


def _is_worth_it(settings: Sequence[_Setting]) -> bool:
    """Whether there are settings enough, and not all of their numbers are 0."""
    return len(settings) >= FEWEST and any(setting.measured or setting.bound for setting in settings)


def _measured_plot(name: str, part: str, settings: Sequence[_Setting]) -> Plot:
    stride = -(-len(settings) // MOST)
    drawn = [setting for place, setting in enumerate(settings) if place % stride == 0 or setting.item["status"] == "refuted"]
    title = f"Measured and bound: {part}" + (f" ({len(drawn)} of {len(settings)} settings)" if len(drawn) < len(settings) else "")
    axis, curves = _arranged(drawn)
    series: list[Series] = []
    for subject, (label, places) in enumerate(curves):
        suffix = f", {label}" if label else ""
        for kind, value in (("measured", "measured"), ("bound", "bound")):
            dots = tuple(Dot(x, getattr(setting, value), setting.told) for x, setting in places)
            series.append(Series(f"{kind}{suffix}", dots, _kind(kind), subject, joined=not axis.names))
    refuted = tuple(Dot(x, setting.measured, setting.told) for _, places in curves for x, setting in places if setting.item["status"] == "refuted")
    if refuted:
        series.append(Series("refuted here", refuted, "refuted", joined=False))
    y = Axis("measured q, bound b", scale_for([dot.y for line in series for dot in line.dots]))
    alt = _measured_alt(part, settings, len(drawn))
    return Plot(name, title, alt, svg(Chart(title, axis, y, tuple(series)), alt))


def _kind(word: str) -> Kind:
    return "measured" if word == "measured" else "bound"


def _measured_alt(part: str, settings: Sequence[_Setting], drawn: int) -> str:
    refuted = sum(setting.item["status"] == "refuted" for setting in settings)
    told = [f"{word} values {_range([getattr(setting, word) for setting in settings])}" for word in ("measured", "bound")]
    ending = f"; the relation fails at {refuted} of them" if refuted else "; the relation holds at every one"
    thinned = f", of which {drawn} are drawn" if drawn < len(settings) else ""
    return one_line(f"Part {part} at {len(settings)} settings{thinned}: {told[0]}, {told[1]}{ending}.")


def _range(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    return f"from {_rounded(low)} to {_rounded(high)}" if low < high else f"all {_rounded(low)}"


def _arranged(settings: Sequence[_Setting]) -> tuple[Axis, list[tuple[str, list[tuple[float, _Setting]]]]]:
    """The horizontal axis, and curves with a label each: over one number among the parameters, with a curve for every value of the others, where
    that makes few curves; else setting by setting."""
    varying = _varying(settings)
    best: list[tuple[str, list[tuple[float, _Setting]]]] = []
    along = ""
    for name in varying:
        curves = _curves(settings, name, [other for other in varying if other != name])
        if curves and (not best or len(curves) < len(best)):
            best, along = curves, name
    if best and len(best) <= _MOST_CURVES:
        across = [x for _, places in best for x, _ in places]
        return Axis(symbol(along), scale_for(across), counts=all(x == round(x) for x in across)), best
    names = tuple(_setting_names(settings, varying))
    label = f"setting: {', '.join(map(symbol, varying))}" if varying else "setting, in the order of the evidence"
    return Axis(label, names=names), [("", [(float(place), setting) for place, setting in enumerate(settings)])]


def _varying(settings: Sequence[_Setting]) -> list[str]:
    """The parameters that do not have one and the same value in all settings."""
    names = dict.fromkeys(name for setting in settings for name in setting.item["parameters"])
    return [name for name in names if len({_key(setting, name) for setting in settings}) > 1]


def _key(setting: _Setting, name: str) -> str:
    return repr(setting.item["parameters"].get(name))


def _curves(settings: Sequence[_Setting], along: str, others: Sequence[str]) -> list[tuple[str, list[tuple[float, _Setting]]]]:
    """The settings as curves over a parameter, ascending; none where it is not a number everywhere or two settings share a place."""
    curves: dict[str, list[tuple[float, _Setting]]] = {}
    for setting in settings:
        x = _as_float(setting.item["parameters"].get(along))
        if x is None:
            return []
        label = parameters_in_words({name: setting.item["parameters"].get(name) for name in others})
        curves.setdefault(label, []).append((x, setting))
    ascending = [(label, sorted(places, key=lambda place: place[0])) for label, places in curves.items()]
    distinct = all(len({x for x, _ in places}) == len(places) for _, places in ascending)
    return ascending if distinct and len(ascending) * 2 <= len(settings) else []


def _setting_names(settings: Sequence[_Setting], varying: Sequence[str]) -> Iterator[str]:
    """A name each: the values that vary where they are few and short, else the place in the evidence."""
    names = [", ".join(_value_in_words(setting.item["parameters"].get(name)) for name in varying) for setting in settings]
    brief = bool(varying) and max(map(len, names)) * len(names) <= 60 and len(set(names)) == len(names)
    yield from names if brief else (str(place) for place in range(1, len(settings) + 1))


def _growth_plot(name: str, item: Item) -> Plot | None:
    """The measured growth of a scaling check on two logarithmic axes, and a line with the exponent that is claimed, through the middle point."""
    read = [(_as_float(x), _as_float(y)) for x, y in item["details"].get("points", ())]
    points = [(x, y) for x, y in read if x is not None and y is not None and x > 0 and y > 0]
    exponent = _as_float(item["bound"])
    if len(points) < FEWEST or exponent is None:
        return None
    x0, y0 = points[len(points) // 2]
    claimed = tuple(Dot(x, y0 * (x / x0) ** exponent) for x, _ in points)
    measured = tuple(Dot(x, y, f"at {_rounded(x)}: measured {_rounded(y)}") for x, y in points)
    title = f"Growth: {item['part']}"
    alt = one_line(f"Part {item['part']}: {len(points)} measured values {_range([y for _, y in points])} over sizes {_range([x for x, _ in points])}, beside a "
                   f"line with the claimed exponent {number_in_words(item['bound'])}; {item['note']}.")
    series = (Series("measured", measured), Series(f"claimed exponent {number_in_words(item['bound'])}", claimed, "bound"))
    return Plot(name, title, alt, svg(Chart(title, Axis("size", "log"), Axis("measured q", "log"), series), alt))


def _tightness_plot(groups: Sequence[tuple[str, Sequence[_Setting]]]) -> Plot | None:
    """Measured over bound, a row for each part; none where every bound is met exactly, which the plots of measured values show as well."""
    rows = [(part, [(setting.measured / setting.bound, setting) for setting in settings if setting.bound]) for part, settings in groups]
    rows = [(part, ratios) for part, ratios in rows if ratios]
    ratios = [ratio for _, found in rows for ratio, _ in found]
    if len(ratios) < FEWEST or all(abs(ratio - 1) < _NOTHING_TO_SEE for ratio in ratios):
        return None
    dots = tuple(Dot(ratio, place, setting.told) for place, (_, found) in enumerate(rows) for ratio, setting in found[::-(-len(found) // MOST)])
    title = "Tightness: measured over bound"
    tight = sum(abs(ratio - 1) < _NOTHING_TO_SEE for ratio in ratios)
    alt = one_line(f"Measured over bound at {len(ratios)} settings: {_range(ratios)}; measured and bound are equal at {tight} of them. "
                   + " ".join(f"{part}: {_range([ratio for ratio, _ in found])}." for part, found in rows))
    x = Axis("q / b", scale_for(ratios), shows=(1.0,))
    chart = Chart(title, x, Axis("", names=tuple(part for part, _ in rows)), (Series("", dots, joined=False),), mark=1.0, mark_label="q = b")
    return Plot("tightness", title, alt, svg(chart, alt))


def _mutants_plot(mutants: Sequence[Mapping[str, Any]]) -> Plot | None:
    """By how much each mutant is refuted, a row for each mutant for which there is a number."""
    rows = []
    for mutant in mutants:
        margins = [(abs(margin), item) for item in mutant["evidence"] if item["status"] == "refuted" and (margin := _as_float(item["margin"])) is not None]
        if margins:
            rows.append((mutant, margins))
    if len(rows) < 2:
        return None
    dots = tuple(Dot(margin, place, f"{mutant['change']}: margin {number_in_words(item['margin'])}")
                 for place, (mutant, margins) in enumerate(rows) for margin, item in margins)
    greatest = [max(margin for margin, _ in margins) for _, margins in rows]
    title = "Mutants: by how much each is refuted"
    unnumbered = len(mutants) - len(rows)
    ending = f" {unnumbered} further mutant{'s have' if unnumbered > 1 else ' has'} no number." if unnumbered else ""
    alt = one_line(f"Margins by which {len(rows)} of {len(mutants)} mutants are refuted. "
                   + " ".join(f"{_mutant_name(mutant)}: {_rounded(most)}." for (mutant, _), most in zip(rows, greatest, strict=True)) + ending)
    scale = scale_for([dot.x for dot in dots])
    x = Axis("|q − b|, the margin of the refutation", scale, shows=(0.0,) if scale == "linear" else ())
    y = Axis("", names=tuple(f"{_mutant_name(mutant)}: {mutant['change']}" for mutant, _ in rows))
    return Plot("mutants", title, alt, svg(Chart(title, x, y, (Series("", dots, joined=False),)), alt))


def _mutant_name(mutant: Mapping[str, Any]) -> str:
    return str(mutant["id"]).rpartition("/")[2]
