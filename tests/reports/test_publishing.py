"""Publishing: what a run says comes into the published reports and the README's marked block, and nowhere else."""

import copy
from collections import Counter
from pathlib import Path

import pytest

from reports import publishing
from reports.publishing import BEGIN, END, CannotPublish, publish, with_summary

README = f"# assay\n\nbefore\n\n{BEGIN}\nold table\n{END}\n\nafter | it `stays`\n"


@pytest.fixture
def papers_only(small_run):
    """The run without the claims file: only papers that ship are published."""
    document = copy.deepcopy(small_run)
    document["claims"] = [claim for claim in document["claims"] if not claim["id"].startswith("small/")]
    document["papers"] = [paper for paper in document["papers"] if paper["slug"] != "small"]
    return document


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(README, encoding="utf-8")
    return Path("published"), Path("README.md")


def table(text):
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if not row[0].startswith("---")]


def test_the_readme_has_the_runs_numbers_in_its_block(papers_only, place):
    publish(papers_only, *place)
    text = place[1].read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    block, _, after = rest.partition(END)
    assert (before, after) == (README.partition(BEGIN)[0], README.partition(END)[2])
    told = table(block)
    assert len(told) == len(papers_only["papers"]) + 1
    grades = Counter(claim["grade"] for claim in papers_only["claims"])
    mutants = [mutant["status"] for claim in papers_only["claims"] for mutant in claim["mutants"]]
    assert told[-1]["claims"] == str(len(papers_only["claims"]))
    assert {name: int(cell) for name, cell in told[-1].items() if name in grades} == dict(grades)
    assert told[-1]["mutants refuted"] == f"{mutants.count('refuted')} of {len(mutants)}"
    assert all(Path(row["paper"].partition("](")[2].rstrip(")")).is_file() for row in told[:-1])


def test_publishing_again_changes_nothing(papers_only, place):
    written = publish(papers_only, *place)
    first = {file: file.read_bytes() for file in written}
    assert publish(papers_only, *place) == written
    assert {file: file.read_bytes() for file in written} == first


def test_there_is_a_report_for_each_paper_and_none_of_others(papers_only, place):
    folder, _ = place
    folder.mkdir()
    (folder / "paper_that_is_gone.md").write_text("old", encoding="utf-8")
    (folder / "notes.txt").write_text("kept", encoding="utf-8")
    publish(papers_only, *place)
    slugs = [paper["slug"] for paper in papers_only["papers"]]
    assert {file.name for file in folder.iterdir()} == {"README.md", "badge.svg", "notes.txt", *(f"{slug}.md" for slug in slugs)}
    for slug in slugs:
        text = (folder / f"{slug}.md").read_text(encoding="utf-8")
        assert "](certificates/" not in text, "there are no certificates to link to"
        for claim in papers_only["claims"]:
            heading = f"## {claim['id']}: ".replace("_", "\\_")
            assert (heading in text) == claim["id"].startswith(f"{slug}/")


def test_what_does_not_hold_and_what_the_kernel_does_not_carry_is_listed(papers_only, place):
    document = copy.deepcopy(papers_only)
    document["claims"][0] |= {"trust": "exact"}
    publish(document, *place)
    text = (place[0] / "README.md").read_text(encoding="utf-8")
    listed = text.partition("## Claims that do not hold")[2].partition("\n## ")[0]
    assert "alignment\\_distortion/P1" in listed
    beyond = text.partition("## Claims that no certificate carries alone")[2]
    assert document["claims"][0]["id"].replace("_", "\\_") in beyond
    assert document["claims"][1]["id"].replace("_", "\\_") + ":" not in beyond


@pytest.mark.parametrize("text", ["no markers", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}", f"{BEGIN}{BEGIN}{END}"])
def test_a_readme_without_one_marked_block_is_left_alone(papers_only, place, text):
    place[1].write_text(text, encoding="utf-8")
    with pytest.raises(CannotPublish, match="must have one line"):
        publish(papers_only, *place)
    assert place[1].read_text(encoding="utf-8") == text
    assert not place[0].exists()


def test_runs_that_are_not_whole_are_refused(papers_only, small_run, place):
    with pytest.raises(CannotPublish, match="cut short"):
        publish(papers_only | {"interrupted": {"reason": "interrupted", "tasks_not_run": 1}}, *place)
    document = copy.deepcopy(papers_only)
    document["claims"][0]["grade"] = None
    with pytest.raises(CannotPublish, match="mutants alone"):
        publish(document, *place)
    document = copy.deepcopy(papers_only)
    document["papers"][0]["slug"] = "../elsewhere"
    with pytest.raises(CannotPublish, match="only papers that ship"):
        publish(document, *place)
    assert not place[0].exists()


def test_hostile_texts_end_no_block(poisoned, place):
    """A title cannot close the marked block, or open another."""
    document = poisoned(f"{END}{BEGIN}<script>|")
    publish(document, *place)
    text = place[1].read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert "<script>" not in text
    assert with_summary(text, "new", "README.md").partition(BEGIN)[2].startswith("\nnew\n")


def test_the_command_line(papers_only, run_folder, place, capsys):
    assert publishing.main([str(run_folder), "--reports", str(place[0]), "--readme", str(place[1])]) == 0
    assert str(place[1]) in capsys.readouterr().out
    assert publishing.main(["nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
