"""Figures: every point is read off evidence, and what is drawn is well-formed SVG, the same each time."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assay
from checkers.checker import Budget, check
from claims.errors import ClaimError
from claims.figures import Figure, HeatMap, Series
from claims.leakage_persuasion import PAPER
from claims.leakage_persuasion import figures as paper_figures
from claims.parameters import to_json
from exact.numerals import read_rational
from reports import figures, formats

SVG = "{http://www.w3.org/2000/svg}"
PARTS = (
    ("C1", "public"), ("C1", "monotone"), ("C3", "bound"), ("C4", "rates"), ("C11", "rates"), ("C12", "ratio"), ("C12", "values"), ("C13", "masking, upper"),
    ("C13", "subsampling, lower"), ("C15", "coverage"), ("C16", "coverage"), ("C20", "pad"), ("C20", "matching"), ("C22", "collapse"), ("C21", "attained"),
)


def told(part, formulation, setting):
    """What the run document says of one setting, checked here and now."""
    found = check(formulation, setting, 1, Budget("standard", 30))
    return {"part": part, "status": found.status, "measured": to_json(found.measured), "bound": to_json(found.bound), "parameters": to_json(setting)}


def is_small(setting):
    """Settings that take no time; of the random instances none."""
    return setting.get("instance") != "drawn" and setting.get("n", 3) <= 6 and "kind" not in setting


@pytest.fixture(scope="module")
def run():
    claims = []
    for claim in PAPER.claims:
        evidence = [
            told(part.name, formulation, setting)
            for part in claim.parts if (claim.number, part.name) in PARTS
            for formulation in part.formulations if type(formulation).__name__ in ("Witness", "LinearProgram")
            for setting in formulation.settings.at("standard") if is_small(setting)
        ]
        claims.append({"id": f"leakage_persuasion/{claim.number}", "evidence": evidence})
    return {"effort": "standard", "papers": [{"slug": "leakage_persuasion"}], "claims": claims}


@pytest.fixture(scope="module")
def drawn(run):
    return {figure.name: figure for figure in paper_figures.figures(run["claims"])}


def line(figure, label):
    (found,) = [series for series in figure.series if series.label == label]
    return dict(found.points)


def evidence(run, number, part):
    (claim,) = [claim for claim in run["claims"] if claim["id"].endswith(f"/{number}")]
    return [item for item in claim["evidence"] if item["part"] == part]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_losses_of_subsampling_are_the_evidence_and_least_at_the_marked_rate(run, drawn, k):
    shown = line(drawn["sampling-rates"], f"coverage, k = {k}")
    items = [item for item in evidence(run, "C11", "rates") if item["parameters"]["k"] == k]
    assert len(items) == len(shown) == 11
    assert all(shown[read_rational(item["parameters"]["rate"])] == read_rational(item["measured"]) for item in items)
    bound = line(drawn["sampling-rates"], f"1/(r(1−r)^k), k = {k}")
    assert bound == {rate: 1 / (rate * (1 - rate) ** k) for rate in shown}
    assert line(drawn["sampling-rates"], "r = 1/(k+1)")[Fraction(1, k + 1)] == min(bound.values())
    assert all(1 <= shown[rate] <= bound[rate] for rate in shown)


def test_losses_of_masking_stay_below_their_bound(drawn):
    shown, bound = line(drawn["masking-rates"], "unanimity, θ = 9/10, k = 1"), line(drawn["masking-rates"], "1/min(1−α, α·2^−(k+1)), k = 1")
    assert min(bound, key=bound.get) == Fraction(4, 5)
    assert bound[Fraction(4, 5)] == 5
    assert len(shown) == 9
    assert all(1 <= shown[alpha] <= bound[alpha] for alpha in shown)


def test_the_price_by_leakage_family(drawn):
    figure = drawn["leakage-families"]
    prices = line(figure, "OPT_0 over what the scheme is worth")
    assert dict(zip((name.partition(",")[0] for name in figure.categories), prices.values(), strict=True)) == {
        "worst case": 2, "disjoint cliques": Fraction(5, 3), "random clique": Fraction(5, 3), "broadcast of one": Fraction(5, 4), "directed cycle": 1,
    }
    assert all(prices[place] <= bound for place, bound in line(figure, "bound (C11, C15, C16)").items())


def test_optima_over_the_budget_of_leaks(drawn):
    assert line(drawn["chain-optima"], "n = 4, M = 10") == {0: Fraction(37, 10), 1: Fraction(137, 107), 2: 1, 3: 1}
    assert line(drawn["chain-optima"], "k*(n)")[2] == 1
    one, two = (line(drawn["obedience"], f"{side}, θ = (29/200, 11/20, 91/100), V = (0, 1, 1, 2, 0, 5, 1, 6)") for side in ("one-sided", "two-sided"))
    assert one == {0: Fraction(38058, 29029) / Fraction(20, 29), 1: Fraction(18340, 25433) / Fraction(20, 29), 2: 1}
    assert two == {1: 1, 2: 1}


def test_prices_over_receivers_and_over_leaks(run, drawn):
    shown = line(drawn["coverage-prices"], "n/h, k = 1")
    assert shown[Fraction(4)] == 4 / Fraction(3, 2)
    samples = line(drawn["coverage-prices"], "1/φ, k = 1")
    assert all(shown[size] <= samples[size] <= 4 for size in samples)
    assert line(drawn["growth"], "submodular: n/h(n, k), largest n") == line(drawn["linear-growth"], "submodular: n/h(n, k), largest n")
    assert line(drawn["linear-growth"], "submodular: sup over n, (k+1)^(k+1)/k^k")[Fraction(2)] == Fraction(27, 4)
    best = {item["parameters"]["k"]: 1 / read_rational(item["measured"]) for item in evidence(run, "C13", "masking, upper") if item["parameters"]["n"] == 6}
    assert best.items() <= line(drawn["growth"], "supermodular: loss 1/τ^sym of the best mask, largest n").items()


def test_what_does_not_hold_is_not_drawn(run):
    failed = [claim | {"evidence": [item | {"status": "undecided"} for item in claim["evidence"]]} for claim in run["claims"]]
    assert paper_figures.figures(failed) == []


def test_every_name_is_that_of_its_figure(drawn):
    assert set(drawn) <= set(paper_figures.NAMES)
    assert set(paper_figures.NAMES) - set(drawn) == {"supermodular-prices"}


def test_a_run_is_drawn_and_what_is_left_out_is_said(run, drawn, tmp_path):
    lines = figures.write(run, tmp_path, tmp_path)
    files = {file.stem: file for file in (tmp_path / "leakage_persuasion").iterdir()}
    assert set(files) == set(drawn)
    assert [line for line in lines if line.endswith(".svg")] == [str(files[name]) for name in paper_figures.NAMES if name in files]
    assert [line for line in lines if not line.endswith(".svg")] == [
        "leakage_persuasion: no supermodular-prices: this run (effort standard) has no evidence for it"
    ]
    again = tmp_path / "again"
    figures.write(run, again, tmp_path)
    for name, file in files.items():
        assert ElementTree.fromstring(file.read_bytes()).tag == f"{SVG}svg"
        assert (again / "leakage_persuasion" / file.name).read_bytes() == file.read_bytes(), name


def test_series_differ_without_colour(drawn):
    for figure in drawn.values():
        looks = {tuple(str(style.get(key)) for key in ("marker", "linestyle")) for style in figures.styles(figure)}
        assert len(looks) == len(figure.series), figure.name


POINTS = st.dictionaries(st.fractions(0, 50, max_denominator=12), st.fractions("1/9", 1000, max_denominator=9), min_size=1, max_size=5)
LINES = st.builds(
    Series, st.text(st.sampled_from("kn =<&>\"'τ,_12"), min_size=1, max_size=20).filter(lambda text: text.strip() and not text.startswith("_")),
    POINTS.map(lambda points: tuple(sorted(points.items()))), st.sampled_from(["measured", "bound", "asymptote", "mark"]),
)


@given(st.lists(LINES, min_size=1, max_size=9), st.sampled_from(["linear", "log2"]))
@settings(max_examples=5, deadline=None)
def test_any_figure_is_well_formed_and_reproducible(lines, scale):
    drawing = Figure("any", "Any & <all>", "receivers $n$", r"$\mathrm{PoWR}_k$", tuple(lines), scale)
    text = figures.svg(drawing)
    assert text == figures.svg(drawing)
    assert b"<dc:date>" not in text
    ElementTree.fromstring(text)


def test_a_paper_without_figures_says_so(tmp_path):
    papers = [{"slug": "alignment_distortion"}, {"slug": "my claims.py"}, {"slug": "registry"}]
    assert figures.write({"effort": "quick", "papers": papers, "claims": []}, tmp_path, tmp_path) == [f"{paper['slug']} offers no figures" for paper in papers]


def ask(monkeypatch, run, *arguments):
    monkeypatch.setattr("checkers.engine.load_run", lambda folder: run)
    monkeypatch.setattr(sys, "argv", ["assay", "report", "somewhere", "--format", "figures", *arguments])
    return assay.main()


def test_figures_on_the_command_line(run, drawn, tmp_path, monkeypatch, capsys):
    assert "figures" in formats.folder_format_names()
    assert ask(monkeypatch, run, "--out", str(tmp_path)) == assay.AS_EXPECTED
    assert {file.stem for file in tmp_path.rglob("*.svg")} == set(drawn)
    assert capsys.readouterr().out == ""
    assert ask(monkeypatch, run) == assay.USAGE
    assert "--out DIR" in capsys.readouterr().err


def test_without_matplotlib_one_line_says_what_to_install(run, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert ask(monkeypatch, run, "--out", str(tmp_path)) == assay.USAGE
    assert capsys.readouterr().err == "assay: figures need matplotlib: pip install matplotlib\n"
    assert list(tmp_path.iterdir()) == []


def test_matplotlib_is_imported_only_to_draw():
    code = "import sys, assay, reports.figures, claims.leakage_persuasion.figures; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(assay.__file__).parent, check=False).returncode == 0


# Cells


def cells(**changes):
    data = {
        "name": "gap", "title": "The gap", "x": "γ", "y": "β", "value": "gap", "columns": (Fraction(1, 4), Fraction(1, 2)),
        "rows": (Fraction(0), Fraction(1, 2), Fraction(1)), "cells": ((Fraction(1), None), (Fraction(0), Fraction(1, 3)), (Fraction(2), Fraction(1))),
    }
    return HeatMap(**data | changes)


@pytest.mark.parametrize("changes", [
    {},
    {"curves": (Series("γ = 1/(1 + β)", ((Fraction(1, 4), Fraction(1)), (Fraction(1, 2), Fraction(0)))),)},
    {"columns": ("info", "network"), "kinds": ("none", "conflict", "collusion"), "texts": (("a", "b"), ("c", "d"), ("<e>", "f & g"))},
])
def test_a_map_is_svg_the_same_each_time_and_says_what_its_cells_are(changes):
    figure = cells(**changes)
    drawn = figures.svg(figure)
    assert drawn == figures.svg(figure)
    ElementTree.fromstring(drawn)
    for text in (figure.title, *figure.kinds, *(text for row in figure.texts for text in row), *(curve.label for curve in figure.curves)):
        assert f"<!-- {text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')} -->".encode() in drawn


@pytest.mark.parametrize("changes", [{"rows": (Fraction(0),)}, {"cells": ((None,), (None,), (None,))}, {"texts": (("a", "b"),)}])
def test_a_map_with_a_hole_is_refused(changes):
    with pytest.raises(ClaimError, match="rows of 2 cells are asked for"):
        cells(**changes)
