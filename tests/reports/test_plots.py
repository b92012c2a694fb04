"""The plots of claims: every point is a number of the document, what is drawn is well-formed and the same each time, and strings stay strings."""

import json
import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.numerals import numeral
from reports import charts, figures
from reports.charts import Axis, Chart, Dot, Series, scale_for, svg
from reports.plots import claim_plots, number_in_words, parameters_in_words, symbol

SVG = "{http://www.w3.org/2000/svg}"


def item(x, measured, bound, status="holds", part="a", **more):
    return {"part": part, "formulation": 0, "form": "Witness", "parameters": {"n": x}, "measured": measured, "bound": bound, "margin": "0", "status": status,
            "details": {}, "note": "", **more}


def claim(evidence, mutants=()):
    return {"id": "paper/C1", "evidence": list(evidence), "mutants": list(mutants)}


def mutant(number, *margins):
    return {"id": f"paper/C1/m{number}", "change": f"change {number}", "evidence": [{"status": "refuted", "margin": margin} for margin in margins]}


def told(plot):
    """What the points of a plot say."""
    return [title.text for title in ElementTree.fromstring(plot.svg).iter(f"{SVG}title")]


def test_points_are_the_numbers_of_the_document(small_run):
    """Each measured point tells exact numbers that stand in the evidence of its claim, and none is left out."""
    seen = 0
    for listed in small_run["claims"]:
        for plot in claim_plots(listed):
            if not plot.name.startswith("measured"):
                continue
            part = plot.title.partition(": ")[2].partition(" (Witness)")[0]
            expected = {f"measured {number_in_words(found['measured'])}, bound {number_in_words(found['bound'])}"
                        for found in listed["evidence"] if found["part"] == part and found["measured"] is not None}
            points = [text[text.index("measured"):] for text in told(plot)]
            assert set(points) == expected
            seen += len(points)
    assert seen >= 8


def test_every_claim_that_can_have_plots_has_them(small_run):
    names = {listed["id"]: [plot.name for plot in claim_plots(listed)] for listed in small_run["claims"]}
    assert {"measured-1", "tightness", "mutants"} <= {re.sub(r"measured-\d+", "measured-1", name) for name in names["alignment_distortion/C3"]}
    assert "growth-1" in names["alignment_distortion/C17"]
    assert names["small/O1"] == []
    assert all(len(found) == len(set(found)) for found in names.values())


def heights(plot, count):
    """Where the first ``count`` markers of a plot are, and where those after them."""
    places = [float(place) for place in re.findall(r'<path transform="translate\([\d.]+ ([\d.]+)\)[^>]*><title>', plot.svg)]
    return places[:count], places[count:]


@given(st.lists(st.tuples(st.integers(0, 100), st.fractions(-9, 9, max_denominator=9), st.fractions(-9, 9, max_denominator=9)), min_size=3, max_size=9,
                unique_by=lambda row: row[0]).filter(lambda rows: any(row[1] != row[2] for row in rows)))
@settings(max_examples=60, deadline=None)
def test_higher_is_greater(rows):
    """Measured and bound are where their values say, on one scale: greater values are higher up."""
    plot = claim_plots(claim(item(n, numeral(measured), numeral(bound)) for n, measured, bound in rows))[0]
    assert plot.name == "measured-1"
    ascending = sorted(rows)
    above, below = heights(plot, len(rows))
    drawn = [*zip((row[1] for row in ascending), above, strict=True), *zip((row[2] for row in ascending), below, strict=True)]
    for value, height in drawn:
        assert all(height <= other_height for other, other_height in drawn if value > other)


@given(st.lists(st.tuples(st.fractions(1, 9, max_denominator=9), st.fractions(1, 9, max_denominator=9)), min_size=3, max_size=7))
@settings(max_examples=40, deadline=None)
def test_tightness_tells_the_range_of_ratios(rows):
    plots = {plot.name: plot for plot in claim_plots(claim(item(n, numeral(q), numeral(b)) for n, (q, b) in enumerate(rows)))}
    ratios = [q / b for q, b in rows]
    assert ("tightness" in plots) == any(ratio != 1 for ratio in ratios)
    if "tightness" in plots:
        assert f"equal at {sum(ratio == 1 for ratio in ratios)} of them" in plots["tightness"].alt


def test_fewer_than_three_points_are_no_plot():
    assert claim_plots(claim([item(1, "1", "2"), item(2, "1", "2")])) == []
    assert claim_plots(claim([item(n, "0", "0") for n in range(5)])) == []


def test_what_is_no_finite_number_is_left_out():
    strange = ["inf", None, "0x" + "f" * 4000, "9" * 400, {"mid": "1e-400", "rad": "0"}, {"other": "1"}, True, "1/0"]
    evidence = [item(n, value, "1") for n, value in enumerate(strange)] + [item(100 + n, str(n), "5") for n in range(3)]
    (plot, *_) = claim_plots(claim(evidence))
    assert "3 settings" in plot.alt


def test_refuted_and_undecided_settings():
    evidence = [item(1, "1", "2"), item(2, "3", "2", status="refuted"), item(3, "1", "2"), item(4, "99", "2", status="undecided")]
    plot = claim_plots(claim(evidence))[0]
    assert "fails at 1 of them" in plot.alt
    assert "refuted here" in plot.svg
    assert not any("99" in text for text in told(plot))


def test_a_curve_for_each_value_of_a_second_parameter():
    evidence = [item(n, str(n * k), str(n * k + 1), parameters={"n": n, "k": k}) for k in (1, 2, 3) for n in (4, 5, 6)]
    text = claim_plots(claim(evidence))[0].svg
    assert all(f">measured, k = {k}</text>" in text for k in (1, 2, 3))
    assert ">n</text>" in text


@pytest.mark.parametrize(("count", "drawn"), [(300, 300), (301, 152), (5000, 296)])
def test_many_settings_are_thinned_out_and_that_is_said(count, drawn):
    plot = claim_plots(claim(item(n, str(n), str(count), status="refuted" if n == 1 else "holds") for n in range(count)))[0]
    assert (f"({drawn} of {count} settings)" in plot.title) == (drawn < count)
    assert f"{count} settings" in plot.alt
    assert f"measured values from 0 to {count - 1}" in plot.alt
    assert "fails at 1 of them" in plot.alt
    assert len(told(plot)) == 2 * drawn + 1, "measured, bound, and the refuted one again"


def test_formulations_of_one_part_are_told_apart():
    evidence = [item(n, str(n), "5", formulation=place, form=form) for place, form in enumerate(("Witness", "Grid")) for n in (1, 2, 3)]
    assert [plot.title for plot in claim_plots(claim(evidence))] == [
        "Measured and bound: a (Witness)", "Measured and bound: a (Grid)", "Tightness: measured over bound"]


def test_mutants_have_a_row_each_and_the_unnumbered_are_told():
    plot = claim_plots(claim([], [mutant(1, "-1/2", "-3"), mutant(2, "-1/4"), mutant(3)]))[0]
    assert plot.name == "mutants"
    assert "Margins by which 2 of 3 mutants are refuted. m1: 3. m2: 0.25. 1 further mutant has no number." in plot.alt
    assert claim_plots(claim([], [mutant(1, "-1/2"), mutant(2)])) == []


def test_plots_are_reproducible_and_small(small_run):
    for listed in small_run["claims"]:
        first, again = claim_plots(listed), claim_plots(json.loads(json.dumps(listed)))
        assert first == again
        assert all(len(plot.svg) < 40_000 for plot in first)


def test_measured_and_bound_differ_without_colour():
    text = claim_plots(claim(item(n, str(n), str(n + 1)) for n in range(1, 5)))[0].svg
    assert 'fill="none" stroke="#0072B2" stroke-width="0.9"' in text
    assert 'stroke-dasharray' in text
    assert '<g fill="#0072B2">' in text


def test_the_look_is_that_of_the_papers_figures():
    assert charts.COLOURS[:-1] == figures.PALETTE[:-1]
    assert len(charts.COLOURS) == len(figures.PALETTE) == len(charts._MARKERS)


def test_hostile_texts_stay_texts(poisoned, hostile):
    for listed in poisoned(hostile)["claims"]:
        for plot in claim_plots(listed):
            root = ElementTree.fromstring(plot.svg.encode())
            assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "g", "path", "text", "title"}
            assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
            assert root.get("aria-label") == plot.alt
            assert not any(mark in plot.svg for mark in ("\u202e", "\u200f", "\x00", "\x1b"))


def test_endless_names_end(endless):
    for listed in endless["claims"]:
        assert all(len(plot.svg) < 200_000 and len(plot.alt) < 100_000 for plot in claim_plots(listed))


@given(st.lists(st.floats(-1e140, 1e140).filter(lambda y: y == 0 or abs(y) > 1e-140), min_size=1, max_size=6),
       st.lists(st.floats(1e-140, 1e140), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_numbers_make_a_chart(ys, xs):
    dots = tuple(Dot(x, y, "told") for x, y in zip(xs, ys, strict=False))
    chart = Chart("t", Axis("x", scale_for([dot.x for dot in dots])), Axis("y", scale_for([dot.y for dot in dots])), (Series("s", dots),))
    text = svg(chart, "alt")
    ElementTree.fromstring(text)
    assert "nan" not in text
    assert "inf" not in text


@pytest.mark.parametrize(("name", "written"), [("beta", "β"), ("rho_low", "ρ_low"), ("p1", "p1"), ("mu2", "μ2"), ("K", "K"), ("", "")])
def test_symbols(name, written):
    assert symbol(name) == written


def test_parameters_in_words():
    assert parameters_in_words({"beta": "1/2", "mu": ["1/3", "2/3"], "n": 3}) == "β = 1/2, μ = (1/3, 2/3), n = 3"
    assert number_in_words({"mid": "2.5", "rad": "1e-30"}) == "≈ 2.5"
    assert number_in_words(numeral(Fraction(7, 3))) == "7/3"
