"""LaTeX: pdflatex sets it alone and inside another document, it says what the run says, and nothing that a claim brings along is a command."""

import os
import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import bibtex, latex
from reports.tex import escaped, wrapped

NEEDS_TEX = pytest.mark.skipif(not shutil.which("pdflatex") and os.environ.get("CI") != "true", reason="pdflatex is not installed (Debian: texlive-latex-base)")
EVERYTHING = "".join([
    "<script>alert(1)</script> \\input{/etc/passwd} \"'>&amp; \x00\x1b[31m\x7f\x85\ud800\uffff \u202eevil\u202c\u2066\u200f\ufeff ]]> ",
    "| a | `b` *c* _d_ # e\n\n",
    "%#_$^{}~&\\ \\end{document} \\write18{id} ^^41 ^^M -- --- '' `` ,, << ?` !` é ö ő Ñ Ū ĝ x̃ μ̂ ∑ ᚠ 𝔼 ℝ 𝒜 日本 🎲 ≰\u0338 ",
    "½ ⅘ x⁻¹ a₁₂ ⁿ → ⟹ ∞ Θ(√n) ‖x‖ ⌈n⌉ ᵀ ß « » i̇ j̄ ",
])
COMMANDS = re.compile(r"\\([A-Za-z]+|.)")


def compiled(folder, name):
    """Runs pdflatex once; what it opened for reading."""
    done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-recorder", f"{name}.tex"], cwd=folder,
                          capture_output=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout.decode("latin-1")[-1500:]
    assert (folder / f"{name}.pdf").stat().st_size > 1000
    return {line.partition(" ")[2] for line in (folder / f"{name}.fls").read_text().splitlines() if line.startswith("INPUT ")}


@NEEDS_TEX
def test_hostile_texts_are_set_alone_and_inside_a_document(poisoned, tmp_path):
    """One document, in which every text begins with everything that TeX could take for more than text."""
    document = poisoned(EVERYTHING)
    (tmp_path / "verdicts.tex").write_text(latex.render(document), encoding="utf-8")
    (tmp_path / "papers.bib").write_text(bibtex.render(document), encoding="utf-8")
    read = compiled(tmp_path, "verdicts")
    assert not any("passwd" in name for name in read)
    keys = re.findall(r"@misc\{([^,]+),", bibtex.render(document))
    (tmp_path / "paper.tex").write_text(
        "\\documentclass[twocolumn]{article}\n\\begin{document}\n\\section{Mine}\\cite{" + ",".join(keys) + "}\n\\appendix\n\\input{verdicts}\n"
        "\\bibliographystyle{plain}\\bibliography{papers}\n\\end{document}\n", encoding="utf-8")
    compiled(tmp_path, "paper")
    if shutil.which("bibtex"):
        done = subprocess.run(["bibtex", "paper"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout
        assert "error message" not in done.stdout
        compiled(tmp_path, "paper")


@NEEDS_TEX
@pytest.mark.parametrize("start", ["[", "]*", "*[1em]"])
def test_what_stands_first_is_no_argument(poisoned, tmp_path, start):
    """After a command that may take an argument, such as the end of a row."""
    document = poisoned(start)
    document["claims"] = document["claims"][3:]
    for claim in document["claims"]:
        claim["id"] = claim["id"].replace("/", f"/{start}")
    (tmp_path / "verdicts.tex").write_text(latex.render(document), encoding="utf-8")
    compiled(tmp_path, "verdicts")


@NEEDS_TEX
def test_a_run_is_set(small_run, tmp_path):
    (tmp_path / "verdicts.tex").write_text(latex.render(small_run), encoding="utf-8")
    read = compiled(tmp_path, "verdicts")
    assert any(name.endswith("booktabs.sty") for name in read)
    log = (tmp_path / "verdicts.log").read_text(encoding="latin-1")
    assert "Missing character" not in log
    assert "Overfull \\vbox" not in log


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_becomes_a_command(text):
    """Every command in the output is one that this project writes, and braces balance."""
    source = escaped(text)
    assert source.isascii()
    bare = re.sub(r"\\[{}\\]", "", source)
    assert bare.count("{") == bare.count("}")
    assert not {"input", "write", "end", "begin", "include", "openin", "csname", "def", "catcode"} & set(COMMANDS.findall(source))
    outside = re.sub(r"\\.", "", source)
    assert not re.search(r"[%#&$]", outside)
    assert "^^" not in source


@pytest.mark.parametrize(("text", "source"), [
    ("a ≤ b", r"a \ensuremath{\le} b"), ("é", r"\'{e}"), ("x̃", r"\~{x}"), ("μ̂", r"\ensuremath{\hat{\mu}}"), ("50% of A_1", r"50\% of A\_1"),
    ("a--b", "a-{}-b"), ("x²", r"x\ensuremath{{}^{2}}"), ("½", r"\ensuremath{\frac{1}{2}}"), ("ℝ", r"\ensuremath{\mathbf{R}}"),
    ("🎲", r"\texttt{[U+1F3B2]}"), ("\\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"), ("a\n\nb", "a b"), ("i\u0304", r"\={\i{}}"),
])
def test_characters(text, source):
    assert escaped(text) == source


def test_long_words_may_break():
    assert escaped("x" * 100).count(r"\allowbreak ") == 3


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_lines_are_wrapped_without_loss(text):
    source = escaped(text)
    assert "".join(wrapped(source).split()) == "".join(source.split())


def test_everything_that_matters_is_told(small_run):
    source = "".join(latex.render(small_run).split())

    def told(text):
        return "".join(escaped(text).split()) in source

    for claim in small_run["claims"]:
        assert told(claim["statement"])
        assert told(claim["source"])
        assert all(told(part["argument"]) for part in claim["parts"])
        assert all(told(text) for part in claim["parts"] for text in part["rests_on"])
        assert all(told(mutant["change"]) for mutant in claim["mutants"])
        row = [claim["grade"], claim["scope"], claim["trust"], claim["expected"]]
        assert "&".join(row) in source
    assert told("false as printed")
    assert "Whatmustbetrusted" in source


def test_endless_names_end(endless):
    source = latex.render(endless)
    assert len(source) < 1_000_000
    assert max(map(len, source.splitlines())) < 150_000, "TeX's own limit is 200,000"


def test_bibliography(small_run):
    text = bibtex.render(small_run)
    assert text.count("@misc{") == len(small_run["papers"]) + 1
    assert "eprint = {2505.23749}" in text
    assert "author = {Paul G\\\"{o}lz and Nika Haghtalab and Kunhe Yang}" in text
    assert "year = {2025}" in text


def test_an_arxiv_id_is_no_year():
    paper = {"slug": "p", "title": "On Sums", "citation": "A. Author. On Sums. arXiv:2010.12345v2, 12 May 2021.", "arxiv": "2010.12345"}
    assert "year = {2021}" in bibtex.render({"environment": {}, "papers": [paper]})


def test_a_paper_with_nothing_certain_has_no_author():
    paper = {"slug": "my paper,}", "title": "T", "citation": "My notes, unpublished.", "arxiv": "no such thing"}
    text = bibtex.render({"environment": {}, "papers": [paper]})
    assert "author = {The" not in text.split("@misc{")[2]
    assert "author" not in text.split("@misc{")[2]
    assert "eprint" not in text
    assert "@misc{paper:my-paper--," in text
