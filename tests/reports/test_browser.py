"""The HTML report in a browser, opened from the disk as a reader opens it: Debian's chromium, driven by playwright.

Where there is no chromium these tests are skipped, but not in continuous integration, which installs it.
"""

import os
import shutil
from itertools import pairwise

import pytest

from reports import html

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = {
    "overview": "index.html", "paper": "papers/alignment_distortion.html", "claim": "claims/alignment_distortion-C3.html",
    "counterexample": "counterexamples/alignment_distortion-C3-m1.html", "environment": "environment.html",
}


@pytest.fixture(scope="module")
def folder(small_run, run_folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("opened")
    html.write(small_run, place, run_folder)
    return place


@pytest.fixture(scope="module")
def chromium():
    program = shutil.which("chromium")
    if program is None:
        message = "no chromium here (Debian's package chromium): the report was not opened in a browser"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, folder):
    """Opens a page of the report. At the end: nothing was asked for outside the folder, and the console was silent."""
    contexts, asked, said = [], [], []

    def open_page(path="index.html", size=DESKTOP, **options):
        context = chromium.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((folder / path).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert asked
    assert [url for url in asked if not url.startswith((f"{folder.as_uri()}/", "data:,"))] == []
    assert said == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_from_the_overview_to_a_counterexample(opened, javascript):
    page = opened(java_script_enabled=javascript)
    page.locator("table.grades").get_by_role("link").first.click()
    assert page.url.endswith(PAGES["paper"])
    page.locator("table.stack").get_by_role("link", name="C3", exact=True).click()
    assert page.url.endswith(PAGES["claim"])
    assert page.locator("math").first.bounding_box()["height"] > 20
    page.get_by_role("link", name="counterexample to m1").click()
    assert page.url.endswith(PAGES["counterexample"])
    assert page.locator("table.steps tbody tr").count() > 5
    assert "assert" in page.locator("pre").last.inner_text()
    page.get_by_role("link", name="assay", exact=True).click()
    assert page.url.endswith("index.html")


def test_everything_is_there_without_javascript(opened, small_run):
    page = opened(java_script_enabled=False)
    rows = page.locator("table.filterable tbody tr")
    assert rows.count() == len(small_run["claims"])
    assert all(row.is_visible() for row in rows.all())
    assert page.locator(".tools").count() == 0
    assert page.locator("th button").count() == 0


def test_sorting(opened):
    page = opened()
    table = page.locator("table.sortable")
    column = [cell.inner_text() for cell in table.locator("thead th").all()].index("seconds")
    head = table.locator("thead th").nth(column)
    for direction in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        seconds = [float(row.locator("th, td").nth(column).inner_text()) for row in table.locator("tbody tr").all()]
        assert len(set(seconds)) > 1
        assert all(a <= b if direction == "ascending" else a >= b for a, b in pairwise(seconds))


def test_exact_numbers_are_sorted_by_size(opened):
    page = opened(PAGES["claim"])
    table = page.locator("table.evidence").nth(1)
    head = table.locator("thead th", has_text="measured")
    read = "rows => rows.map(row => eval(row.cells[3].querySelector('data').value))"
    before = table.locator("tbody tr").evaluate_all(read)
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    after = table.locator("tbody tr").evaluate_all(read)
    assert len(set(before)) > 1
    assert after == sorted(before, reverse=True)


def test_filtering(opened, small_run):
    page = opened()
    visible = page.locator("table.filterable tbody tr:visible")
    page.locator(".tools").get_by_label("Grade").select_option("refuted")
    refuted = sum(claim["grade"] == "refuted" for claim in small_run["claims"])
    assert visible.count() == refuted
    assert page.locator("output").inner_text() == f"{refuted} of {len(small_run['claims'])} claims"
    page.locator(".tools").get_by_label("Grade").select_option("")
    page.locator(".tools").get_by_label("Filter").fill("borda c3")
    assert [row.locator("th").inner_text() for row in visible.all()] == ["alignment_distortion/C3"]


def test_a_cell_of_the_matrix_leads_to_its_claims(opened, small_run):
    page = opened()
    page.get_by_role("link", name="1 refuted").first.click()
    assert page.url.endswith("#grade-refuted")
    grades = page.locator("table.filterable tbody tr:visible").evaluate_all("rows => rows.map(row => row.dataset.grade)")
    assert set(grades) == {"refuted"}


def test_the_keyboard_reaches_the_content_and_the_tables(opened):
    page = opened()
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    button = page.locator("th button").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").count() == 1


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(opened, name, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for scheme in ("light", "dark"):
        page = opened(PAGES[name], size, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        found = axe.run(page, options={"preload": False}).response["violations"]
        assert [(rule["id"], rule["impact"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found] == []


def test_on_paper_nothing_is_cut_off(opened):
    page = opened(PAGES["claim"])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.locator("th[scope=col]", has_text="measured").first.is_visible()
    assert len(page.pdf(format="A4")) > 10_000
