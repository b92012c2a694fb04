"""The HTML report, parsed back: every number on it is the run document's, and whatever stands in a claims file stays text."""

import copy
import functools
import json
import re
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assay
from checkers.engine import execute, load_run, plan_run
from checkers.kernel.__main__ import main as recheck
from claims.registry import select
from exact.numerals import read_rational
from reports import html as pages_of
from reports.html import drawing, lines, names, steps, typeset
from reports.html.certificates import LARGEST, Certificates
from reports.html.instances import instance_table
from reports.html.numbers import decimal, number

NUMERAL = re.compile(r"\d+(?:\.\d+)?")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


@pytest.fixture(scope="session")
def report(small_run, run_folder, tmp_path_factory):
    """The folder of the small run's report."""
    folder = tmp_path_factory.mktemp("pages")
    pages_of.write(small_run, folder, run_folder)
    return folder


def parsed(file):
    return html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def every_page(folder):
    """Each page's path and tree."""
    found = [(file.relative_to(folder).as_posix(), parsed(file)) for file in sorted(folder.rglob("*.html"))]
    assert {"index.html", "environment.html"} < {path for path, _ in found}
    return found


def marked(tree, attribute):
    return [(element, element.get(attribute)) for element in tree.iter() if isinstance(element.tag, str) and element.get(attribute) is not None]


def text_of(element):
    return "".join(element.itertext())


def at(document, pointer):
    """The value at a JSON pointer."""
    value = document
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


# Numbers


def test_every_number_stands_in_the_run_document(report, run_folder):
    document = json.loads((run_folder / "run.json").read_text())
    compared = 0
    for path, tree in every_page(report):
        for element, pointer in marked(tree, "data-at"):
            value = at(document, pointer)
            shown = text_of(element)
            if isinstance(value, dict) and value.keys() == {"mid", "rad"}:
                assert shown == element.get("value") == f"{value['mid']} ± {value['rad']}", path
            elif isinstance(value, dict | list):
                known = set(NUMERAL.findall(json.dumps(value)))
                assert set(NUMERAL.findall(shown.replace("≈ ", ""))) <= known or "…" in shown, path
            else:
                assert shown == element.get("value") == str(value), path
            compared += 1
    assert compared > 200


def test_every_decimal_approximates_its_number(report, run_folder):
    document = json.loads((run_folder / "run.json").read_text())
    compared = 0
    for path, tree in every_page(report):
        for element, pointer in marked(tree, "data-approximates"):
            value = at(document, pointer)
            exact = read_rational(value["mid"] if isinstance(value, dict) else value)
            mantissa, _, exponent = text_of(element).removeprefix("≈ ").partition("·10")
            told = Fraction(mantissa.translate(RAISED)) * Fraction(10) ** int(exponent.translate(RAISED) or 0)
            assert abs(told - exact) <= abs(exact) / 10**7, (path, pointer)
            compared += 1
    assert compared > 20


def test_every_count_is_right(report, run_folder):
    document = json.loads((run_folder / "run.json").read_text())
    kinds = {
        "data-count": lambda where: len(at(document, where)),
        "data-count-refuted": lambda where: sum(mutant["status"] == "refuted" for mutant in at(document, where)),
        "data-count-grade": lambda where: graded(document, *where.split()),
        "data-count-claims": lambda where: sum(claim["id"].startswith(f"{where}/") for claim in document["claims"]),
        "data-count-part": lambda where: count_of_part(at(document, where.split()[0]), int(where.split()[1])),
        "data-rounds": lambda where: f"{at(document, where):.2f}",
    }
    seen = set()
    for path, tree in every_page(report):
        for attribute, recounted in kinds.items():
            for element, where in marked(tree, attribute):
                assert text_of(element) == str(recounted(where)), (path, attribute, where)
                seen.add(attribute)
    assert seen == set(kinds)


def graded(document, slug, grade):
    return sum(claim["grade"] == grade and claim["id"].startswith(f"{slug}/") for claim in document["claims"])


def count_of_part(claim, place):
    return sum(item["part"] == claim["parts"][place]["name"] for item in claim["evidence"])


def test_no_other_number_is_on_the_pages_of_claims_and_papers(report, run_folder):
    """What carries no mark is text of the document, word for word."""
    told = json.dumps(json.loads((run_folder / "run.json").read_text()), ensure_ascii=False)
    known = set(NUMERAL.findall(told))
    for path, tree in every_page(report):
        if path.startswith(("papers/", "claims/")):
            unmarked = " ".join(texts_without_marks(tree.find(".//main")))
            assert set(NUMERAL.findall(unmarked)) - known == set(), path


def texts_without_marks(element):
    """The texts below an element, without what is marked, typeset or drawn, and without the shortened names of certificates."""
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in ("math", "svg") or element.get("class") == "certificate":
        return
    if any(name.startswith("data-") and name not in ("data-label", "data-grade") for name in element.attrib):
        return
    yield element.text or ""
    for child in element:
        yield from texts_without_marks(child)
        yield child.tail or ""


@given(st.fractions().filter(bool), st.integers(-5000, 5000))
def test_decimals(factor, exponent):
    value = factor * Fraction(10) ** exponent
    mantissa, _, power = decimal(value).partition("·10")
    told = Fraction(Decimal(mantissa.replace("−", "-"))) * Fraction(10) ** int(power.translate(RAISED) or 0)
    assert abs(told - value) * 10**7 <= abs(value)


@pytest.mark.parametrize(("value", "shown"), [
    (None, "–"), ("3", "3"), ("-2/7", "-2/7 ≈ −0.28571429"), ("inf", "inf"), (0.5, "0.5"), ({"mid": "1.5", "rad": "0"}, "1.5 ± 0"),
    ({"mid": "1.23456789012", "rad": "1e-20"}, "1.23456789012 ± 1e-20 ≈ 1.2345679"),
])
def test_how_numbers_are_shown(value, shown):
    assert re.sub(r"<[^>]*>", "", number(value, "/x")) == shown


def test_a_long_number_is_folded_and_complete():
    text = "1" * 3000
    told = number(f"{text}/7", "/x")
    assert "<details" in told
    assert f">{text}/7</data>" in told


# What the pages say


def test_every_claim_counterexample_and_paper_has_its_page(report, small_run):
    listed = names.Names(small_run)
    paths = [*listed.papers.values(), *listed.claims.values(), *listed.counterexamples.values()]
    assert len(set(paths)) == len(paths)
    assert {path for path, _ in every_page(report)} == {*paths, "index.html", "environment.html"}
    mutants = sum(mutant["counterexample"] is not None for claim in small_run["claims"] for mutant in claim["mutants"])
    assert len(listed.counterexamples) > mutants > 10


def test_every_link_leads_somewhere(report, run_folder):
    for path, tree in every_page(report):
        ids = {element.get("id") for element in tree.iter() if isinstance(element.tag, str)}
        for element in tree.iter():
            for attribute in ("href", "src"):
                target = element.get(attribute) if isinstance(element.tag, str) else None
                if not target or target == "data:," or target.startswith("https://arxiv.org/abs/"):
                    continue
                file, _, anchor = target.partition("#")
                there = (report / path).parent / file if file else report / path
                assert there.is_file(), (path, target)
                if anchor:
                    assert anchor in (ids if not file else {other.get("id") for other in parsed(there).iter() if isinstance(other.tag, str)}), (path, target)


def test_ids_are_unique_and_headings_in_order(report):
    for path, tree in every_page(report):
        ids = [element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")]
        assert len(ids) == len(set(ids)), path
        levels = [int(element.tag[1]) for element in tree.iter() if isinstance(element.tag, str) and re.fullmatch(r"h\d", element.tag)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_the_claims_page_says_everything(report, small_run):
    listed = names.Names(small_run)
    for claim in small_run["claims"]:
        told = " ".join(text_of(parsed(report / listed.claims[claim["id"]]).find(".//main")).split())
        wanted = [claim["title"], claim["statement"], claim["source"], claim["reason"], claim["bound"] or ""]
        wanted += [text for part in claim["parts"] for text in (part["name"], part["statement"], part["argument"], *part["rests_on"])]
        wanted += [mutant["change"] for mutant in claim["mutants"]]
        for text in wanted:
            assert " ".join(text.split()) in told, (claim["id"], text)


def test_what_is_false_or_undecided_stands_first(report, small_run):
    told = text_of(parsed(report / "index.html").find(".//main"))
    place = told.index("Papers and grades")
    first = [claim["id"] for claim in small_run["claims"] if claim["grade"] in ("refuted", "undecided") or claim["expected"] != "holds"]
    assert len(first) > 3
    assert all(told.index(name) < place for name in first)


def test_bounds_are_typeset_where_the_claim_is_the_one_of_the_run(report, small_run):
    paper = typeset.papers_at_hand()["alignment_distortion"]
    claim = next(claim for claim in small_run["claims"] if claim["id"] == "alignment_distortion/C3")
    found = typeset.typeset(paper, "C3", claim["bound"])
    tree = html5lib.parseFragment(found.formula, namespaceHTMLElements=False)
    assert {"γ", "β"} <= {text for element in tree.iter() for text in [element.text] if text}
    assert typeset.typeset(paper, "C3", f"2·{claim['bound']}") is None
    assert typeset.typeset(None, "C3", claim["bound"]) is None
    page = (report / "claims" / "alignment_distortion-C3.html").read_text()
    assert "<math" in page
    asymptotic = typeset.typeset(paper, "C17", next(claim for claim in small_run["claims"] if claim["id"] == "alignment_distortion/C17")["bound"])
    assert (asymptotic.kind, asymptotic.upper) == ("Omega", None)


def test_a_report_runs_no_file_that_the_run_names(small_run, run_folder, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("assay_user_claims_")]:
        monkeypatch.delitem(sys.modules, name)
    pages_of.write(small_run, tmp_path, run_folder)
    assert not [name for name in sys.modules if name.startswith("assay_user_claims_")]


def test_the_same_run_gives_the_same_pages(report, small_run, run_folder, tmp_path):
    pages_of.write(small_run, tmp_path, run_folder)
    for file in report.rglob("*"):
        if file.is_file():
            assert (tmp_path / file.relative_to(report)).read_bytes() == file.read_bytes(), file


@pytest.fixture(scope="module")
def drawn_run(tmp_path_factory):
    """The folder of a run that has points for a figure."""
    folder = tmp_path_factory.mktemp("drawn") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        execute(plan_run(select(["strategic_learning/C6e"]), effort="quick", seed=0), folder, jobs=2)
    return folder


def test_figures_are_drawn_alike_here_and_in_a_process_of_their_own(drawn_run, tmp_path, monkeypatch):
    document = load_run(drawn_run)
    pages_of.write(document, tmp_path / "here", drawn_run)
    monkeypatch.setattr(drawing, "FEW", 0)
    told = pages_of.write(document, tmp_path / "there", drawn_run)
    drawn = sorted((tmp_path / "here" / "figures").iterdir())
    assert drawn
    assert [(tmp_path / "there" / "figures" / file.name).read_bytes() for file in drawn] == [file.read_bytes() for file in drawn]
    images = list(parsed(tmp_path / "there" / "papers" / "strategic_learning.html").iter("img"))
    assert {image.get("src").rpartition("/")[2] for image in images} == {file.name for file in drawn}
    assert all(len(image.get("alt")) > 40 for image in images)
    assert any("has no evidence for the figures" in line for line in told)


def test_a_drawing_process_that_fails_is_heard(drawn_run, tmp_path, monkeypatch):
    monkeypatch.setattr(drawing, "FEW", 0)
    (tmp_path / "figures").write_text("a file where the folder should be")
    with pytest.raises(drawing.NotDrawn, match="Error"):
        pages_of.write(load_run(drawn_run), tmp_path, drawn_run)


def test_without_matplotlib_there_are_pages_all_the_same(drawn_run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    pages_of.write(load_run(drawn_run), tmp_path, drawn_run)
    assert not (tmp_path / "figures").exists()
    assert (tmp_path / "papers" / "strategic_learning.html").is_file()


def test_the_command_names_what_was_selected(small_run):
    command = lines.reproducing_command(small_run, {"alignment_distortion": ["alignment_distortion/C1"], "leakage_persuasion": ["leakage_persuasion/C20"]})
    assert command.startswith("assay verify alignment_distortion/C3 ")
    assert " leakage_persuasion " in command
    assert command.endswith("--effort quick --seed 0")


def test_a_run_of_mutants_alone_or_one_cut_short_has_pages_too(small_run, run_folder, tmp_path):
    document = copy.deepcopy(small_run)
    for claim in document["claims"]:
        claim |= dict.fromkeys(("status", "scope", "trust", "grade", "agreement"))
        for part in claim["parts"]:
            part |= {**dict.fromkeys(("status", "scope", "trust", "grade")), "note": ""}
        claim["evidence"] = []
    document["totals"] |= {"grades": {}, "agreement": {}, "evidence": {}}
    document["interrupted"] = {"reason": "the budget is spent"}
    pages_of.write(document, tmp_path, run_folder / "run.json")
    told = text_of(parsed(tmp_path / "index.html").find(".//main"))
    assert "The run was cut short" in told
    assert "not checked" in told
    badges = [element for element in parsed(tmp_path / "claims" / "alignment_distortion-C3.html").iter("span")
              if (element.get("class") or "").startswith("badge")]
    assert {text_of(badge).split(" ", 1)[1] for badge in badges} == {"not checked"}


# Certificates


def test_certificates_are_copied_and_accepted(report, small_run, run_folder, capsys):
    named = {item["certificate"] for claim in small_run["claims"] for item in claim["evidence"] if item["certificate"]}
    small = {name for name in named if (run_folder / name).stat().st_size <= LARGEST}
    assert small
    for name in small:
        assert (report / name).read_bytes() == (run_folder / name).read_bytes()
    assert recheck([str(report / "certificates")], "assay recheck") == 0
    capsys.readouterr()


@pytest.mark.parametrize("name", [
    "../secret.json", "certificates/../../secret.json", "/etc/passwd", "certificates/../plan.json", "certificates/x\n.json", "plan.json",
])
def test_only_certificates_are_read(tmp_path, name):
    run = tmp_path / "run"
    (run / "certificates").mkdir(parents=True)
    (tmp_path / "secret.json").write_text("{}")
    (run / "plan.json").write_text("{}")
    certificates = Certificates(run, tmp_path / "report")
    assert certificates.link(name).path == ""
    assert certificates.document(name) is None
    assert not (tmp_path / "report").exists()


def test_a_large_certificate_stays_in_the_run_folder(tmp_path):
    (tmp_path / "run" / "certificates").mkdir(parents=True)
    file = tmp_path / "run" / "certificates" / f"{'a' * 64}.json"
    file.write_text(" " * (LARGEST + 1))
    link = Certificates(tmp_path / "run", tmp_path / "elsewhere" / "report").link(f"certificates/{file.name}")
    assert (tmp_path / "elsewhere" / "report" / link.path).resolve() == file
    assert "large" in link.note


def test_links_to_the_run_folder_hold_however_deep_the_page_lies(small_run, run_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("reports.html.certificates.LARGEST", 0)
    folder = tmp_path / "report"
    pages_of.write(small_run, folder, run_folder)
    assert not (folder / "certificates").exists()
    links = [(path, element.get("href")) for path, tree in every_page(folder) for element in tree.iter("a") if element.get("class") == "certificate"]
    assert len(links) > 20
    assert all(((folder / path).parent / target).resolve().parent == (run_folder / "certificates").resolve() for path, target in links)


# Counterexamples


def evaluations(small_run, run_folder):
    certificates = Certificates(run_folder, run_folder / "nowhere")
    for claim in small_run["claims"]:
        for key, owner in names.counterexamples_of(claim).items():
            document = certificates.document(owner["counterexample"]["certificate"])
            yield key, document, steps.evaluation(document)


def test_every_counterexample_is_evaluated_and_its_python_code_runs(small_run, run_folder):
    ran = 0
    for key, document, evaluation in evaluations(small_run, run_folder):
        assert evaluation is not None, key
        assert evaluation.total == len(document["proposition"]["program"]["steps"])
        assert len(evaluation.conclusion) == len(document["proposition"]["conclusion"])
        if evaluation.python:
            exec(compile(evaluation.python, key, "exec"), {})
            ran += 1
    assert ran > 10


RATIONALS = st.fractions(-20, 20, max_denominator=12)


@st.composite
def programs(draw):
    """Steps of the four operations, and the value of each, computed here."""
    recorded, values = [], []
    for _ in range(draw(st.integers(1, 3))):
        values.append(draw(RATIONALS))
        recorded.append(["num", str(values[-1])])
    for _ in range(draw(st.integers(0, 150))):
        name = draw(st.sampled_from(["add", "sub", "neg", "min", "max", "abs"] + ["mul"] * (len(values) < 30)))
        i, j = (draw(st.integers(0, len(values) - 1)) for _ in range(2))
        a, b = values[i], values[j]
        recorded.append([name, i] if name in ("neg", "abs") else [name, i, j])
        values.append({"add": a + b, "sub": a - b, "neg": -a, "mul": a * b, "min": min(a, b), "max": max(a, b), "abs": abs(a)}[name])
    return recorded, values


@given(programs())
@settings(max_examples=60, deadline=None)
def test_steps_show_what_they_come_to(program):
    recorded, values = program
    document = {"type": "evaluation", "proposition": {"program": {"variables": [], "steps": recorded}, "conclusion": [["==", 0, 0]], "systems": [],
                                                      "linear_programs": []}, "proof": {"precision": 64, "steering": [], "optima": []}}
    evaluation = steps.evaluation(document)
    assert evaluation.total == len(values) == len(evaluation.lines) + evaluation.left_out
    assert (evaluation.left_out > 0) == (len(values) > steps.FIRST + steps.LAST)
    assert [*evaluation.beginning, *evaluation.end] == list(evaluation.lines)
    for line in evaluation.lines:
        if not line.value.startswith("≈"):
            assert Fraction(line.value.replace("−", "-")) == values[line.number]
    if evaluation.python and all(value.denominator < 10**50 for value in values):
        scope = {}
        exec(compile(evaluation.python, "steps", "exec"), scope)
        assert [scope[f"n{k}"] for k in range(len(values))] == values


@pytest.mark.parametrize("document", [
    None, {}, {"type": "identity"}, {"type": "evaluation"},
    {"type": "evaluation", "proposition": {"program": {"variables": [], "steps": [["div", 0, 0]]}, "systems": [], "linear_programs": []}, "proof": {}},
])
def test_what_is_no_evaluation_is_none(document):
    assert steps.evaluation(document) is None


def test_instances_are_tables_with_every_entry():
    value = {"utilities": [["0", "1/2"], ["<b>", "1"]], "weights": ["2/5", "3/5"], "nested": [{"a": {"mid": "1.5", "rad": "0"}}], "none": None, "10": [],
             "ragged": [["1"], ["2", "3"]]}
    tree = html5lib.parseFragment(instance_table(value), namespaceHTMLElements=False)
    cells = [text_of(cell) for cell in tree.iter() if cell.tag in ("td", "th") and not list(cell)]
    assert all(entry in cells for entry in ("0", "1/2", "<b>", "1", "2/5", "3/5"))
    assert "1.5 ± 0" in text_of(tree)


# Hostile texts


def shapes(folder):
    """Every kind of element, with its attributes, on the pages."""
    return {(element.tag, *sorted(element.attrib)) for _, tree in every_page(folder) for element in tree.iter() if isinstance(element.tag, str)}


@functools.cache
def _made_once(folder):
    return shapes(folder)


def test_hostile_texts_stay_text(poisoned, hostile, run_folder, tmp_path, tmp_path_factory):
    harmless = tmp_path_factory.getbasetemp() / "harmless"
    if not harmless.exists():
        pages_of.write(poisoned("harmless "), harmless, run_folder)
    pages_of.write(poisoned(hostile), tmp_path / "hostile", run_folder)
    assert shapes(tmp_path / "hostile") <= _made_once(harmless)
    for path, tree in every_page(tmp_path / "hostile"):
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag != "script" or element.get("src").endswith("assets/report.js"), path
            assert not any(name.startswith("on") for name in element.attrib), path
            assert not (element.get("href") or "").strip().lower().startswith("javascript:"), path
        text = text_of(tree)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]", text), path
    if hostile.isprintable():
        assert hostile in text_of(parsed(tmp_path / "hostile" / "claims" / "alignment_distortion-C3.html"))


def test_hidden_characters_are_written_out(poisoned, run_folder, tmp_path):
    pages_of.write(poisoned("\u202eevil"), tmp_path, run_folder)
    assert "⟨U+202E⟩evil" in text_of(parsed(tmp_path / "claims" / "alignment_distortion-C3.html"))


@pytest.fixture(params=["<script>alert(1)</script>", "../../../etc/passwd", "con\x00\u202e", "C1" * 500_000, "🎲" * 1000, "", "."])
def renamed(request, small_run):
    """A run whose paper and claims have hostile names."""
    document = copy.deepcopy(small_run)
    document["claims"], document["foundations"] = document["claims"][:3], []
    document["papers"] = [{**document["papers"][0], "slug": request.param, "title": request.param, "citation": request.param, "arxiv": request.param}]
    for place, claim in enumerate(document["claims"]):
        claim["id"] = f"{request.param}/{request.param}{place}"
        claim["title"] = claim["statement"] = request.param
        for mutant in claim["mutants"]:
            mutant["id"] = f"{claim['id']}/m1"
    return document


def test_files_have_bounded_safe_names(renamed, run_folder, tmp_path):
    pages_of.write(renamed, tmp_path / "report", run_folder)
    assert {file.name for file in tmp_path.iterdir()} == {"report"}
    files = [file for file in (tmp_path / "report").rglob("*") if file.is_file()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}\.(html|css|js|json|svg)", file.name) for file in files)
    assert len([file for file in files if file.parent.name == "claims"]) == 3
    assert max(file.stat().st_size for file in files if file.suffix == ".html") < 1_500_000
    for _, tree in every_page(tmp_path / "report"):
        assert {element.get("src") for element in tree.iter("script")} <= {"assets/report.js", "../assets/report.js"}


@given(st.lists(st.text(max_size=80), max_size=8, unique=True))
def test_no_two_pages_share_a_file(keys):
    paths = names._paths("claims", keys)
    assert set(paths) == set(keys)
    assert len({path.lower() for path in paths.values()}) == len(keys)
    assert all(re.fullmatch(r"claims/[A-Za-z0-9_-]{1,60}\.html", path) for path in paths.values())


# The command line


@pytest.fixture
def verify(tmp_path, monkeypatch, capsys):
    """Types `assay verify` of a file of claims; its exit code, and what it said."""
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))

    def type_command(*words):
        file = Path(__file__).parents[1] / "cli" / "data" / "small.py"
        monkeypatch.setattr(sys, "argv", ["assay", "verify", f"{file}/C1", "--out", str(tmp_path / "run"), *words])
        return assay.main(), *capsys.readouterr()
    return type_command


def test_verify_writes_the_pages_and_says_where(verify, tmp_path):
    code, out, _ = verify()
    first = tmp_path / "run" / "report" / "index.html"
    assert code == assay.AS_EXPECTED
    assert f"report: {first}" in out.splitlines()
    assert "Twelve is at most twelve" in first.read_text()


def test_json_on_standard_output_is_not_disturbed(verify, tmp_path):
    _, out, err = verify("--json")
    assert json.loads(out)["schema"] == "assay.run/1"
    assert f"report: {tmp_path / 'run' / 'report' / 'index.html'}" in err


def test_no_report(verify, tmp_path):
    code, out, _ = verify("--no-report")
    assert code == assay.AS_EXPECTED
    assert "report:" not in out
    assert not (tmp_path / "run" / "report").exists()


def test_a_report_that_fails_takes_nothing_away(verify, tmp_path, monkeypatch):
    def fail(*arguments):
        raise KeyError("the roof fell in")
    monkeypatch.setattr(pages_of, "write", fail)
    code, out, err = verify()
    assert code == assay.AS_EXPECTED
    assert "all as expected" in out
    told = [line for line in err.splitlines() if line.startswith("assay: ")]
    assert len(told) == 1
    assert "the roof fell in" in told[0]
    assert f"assay report {tmp_path / 'run'} --format html" in told[0]
    assert (tmp_path / "run" / "run.json").is_file()
