"""The folder of pages: what goes on which, and how they find each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import margins, plots, summary, trust
from reports.html import lines, names, steps
from reports.html.certificates import Certificates
from reports.html.drawing import Drawing, being_drawn
from reports.html.instances import instance_table
from reports.html.names import Names, counterexamples_of
from reports.html.numbers import brief_number, in_words, number
from reports.html.typeset import papers_at_hand, typeset
from reports.safe_text import one_line, short, visible
from reports.summary import GRADES, Document

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = ("style.css", "report.js")
LONGEST_TITLE = 300
SYMBOLS = {"proved": "■", "certified": "◆", "witnessed": "●", "decided": "▲", "supported": "◐", "refuted": "✕", "undecided": "?", "error": "!"}
"""Grades are told apart by these as well as by colours."""
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(v\d+)?")


def write(document: Document, folder: Path, run: Path) -> list[str]:
    """Write the pages into ``folder``, and the certificates of ``run`` that are small. Tells where it begins, and what is left out. Raises OSError."""
    return Site(document, folder, run if run.is_dir() else run.parent).write()


class Site:
    """A report under way."""

    def __init__(self, document: Document, folder: Path, run: Path) -> None:
        self.document = {"foundations": (), **document}
        self.folder = folder
        self.names = Names(self.document)
        self.certificates = Certificates(run, folder)
        self.papers = papers_at_hand()
        self.rows = {row.id: row for row in summary.rows(self.document)}
        self.claims: Mapping[str, tuple[Mapping[str, Any], str]] = {
            claim["id"]: (claim, f"/{kind}/{place}") for kind in ("foundations", "claims") for place, claim in enumerate(self.document[kind])}

    def write(self) -> list[str]:
        """Every page, and what they need."""
        for asset in ASSETS:
            self._file(f"assets/{asset}").write_bytes((TEMPLATES / asset).read_bytes())
        with being_drawn(self.document, self.folder) as figures_drawn:
            self._overview()
            for claim, at in self.claims.values():
                self._claim(claim, at)
            self._environment()
            figures = figures_drawn()
        for place, paper in enumerate(self.document["papers"]):
            self._paper(paper, f"/papers/{place}", [figure for figure in figures.drawn if figure.paper == paper["slug"]])
        missing = [f"{one_line(slug)}: this run (effort {self.document['effort']}) has no evidence for the figures {', '.join(missed)}"
                   for slug, missed in figures.absent.items() if missed]
        return [str(self.folder / names.OVERVIEW), *missing]

    def _file(self, path: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def _page(self, path: str, template: str, title: str, **rest: Any) -> None:
        """One page. ``root`` leads from it to the report's folder."""
        text = self._templates.get_template(template).render(root="../" * path.count("/"), path=path, title=short(title, LONGEST_TITLE), site=self, **rest)
        self._file(path).write_text(text, encoding="utf-8", errors="backslashreplace")

    @cached_property
    def _templates(self) -> Environment:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                                  finalize=_shown)
        environment.globals |= {
            "document": self.document, "number": number, "brief_number": brief_number, "in_words": in_words, "instance_table": instance_table,
            "SYMBOLS": SYMBOLS, "GRADES": GRADES,
            "SCOPES": summary.SCOPES, "TRUSTS": summary.TRUSTS, "RELATIONS": lines.RELATIONS, "QUANTIFIERS": lines.QUANTIFIERS, "how": lines.how,
            "checker_in_words": lines.checker_in_words, "parameters_in_words": plots.parameters_in_words, "short": short, "one_line": one_line,
        }
        return environment

    # What the pages ask for

    def paper_of(self, claim: str) -> str:
        """The slug in a claim's id."""
        return claim.partition("/")[0]

    def claims_of(self, slug: str) -> list[tuple[Mapping[str, Any], str]]:
        """The run's claims of a paper, in its order, with their places in the document."""
        return [(claim, at) for claim, at in self.claims.values() if at.startswith("/claims/") and self.paper_of(claim["id"]) == slug]

    def referred(self, text: str, claim: str) -> str:
        """The page of the claim that an entry of ``rests_on`` means; empty for literature."""
        return self.names.claims.get(lines.referred_claim(text, claim, self.names.claims), "")

    def least(self, claim: Mapping[str, Any], at: str) -> tuple[Any, str] | None:
        """The least margin of the claim's evidence, and its place in the document."""
        item = margins.least(claim["evidence"])
        if item is None:
            return None
        place = next(place for place, other in enumerate(claim["evidence"]) if other is item)
        return item["margin"], f"{at}/evidence/{place}/margin"

    def grades(self, slug: str) -> Counter[str]:
        """How many of a paper's claims have each grade."""
        return Counter(claim["grade"] or "not checked" for claim, _ in self.claims_of(slug))

    def remarkable(self) -> list[tuple[Mapping[str, Any], str]]:
        """The claims that a reader must see first: refuted, undecided or in error, not expected to hold, or not as expected."""
        def stands_out(claim: Mapping[str, Any]) -> bool:
            return (claim["grade"] in ("refuted", "undecided", "error") or claim["expected"] != "holds" or bool(claim["corrected_by"])
                    or claim["agreement"] not in ("expected", None))
        order = {"error": 0, "refuted": 1, "undecided": 2}
        found = [(claim, at) for claim, at in self.claims.values() if at.startswith("/claims/") and stands_out(claim)]
        return sorted(found, key=lambda pair: (pair[0]["agreement"] in ("expected", "better"), order.get(pair[0]["grade"], 3)))

    # The pages

    def _overview(self) -> None:
        used = [grade for grade in GRADES if any(claim["grade"] == grade for claim in self.document["claims"])]
        self._page(
            names.OVERVIEW, "overview.html", "What was checked, and how it came out", grades=used, summary_line=summary.summary_line(self.document),
            trusted=trust.must_be_trusted(self.document), reach=self._reach(), literature=lines.literature(self.document),
            without=[row.id for row in self.rows.values() if row.grade and row.trust != "kernel"], survivors=summary.surviving_mutants(self.document))

    def _reach(self) -> list[tuple[str, int, str]]:
        """Every scope of a claim's grade, for how many claims, and how far it reaches; the widest first."""
        found = Counter(row.scope for row in self.rows.values())
        return [(word, found[word], meaning) for word, meaning in summary.SCOPES.items() if found[word]]

    def _paper(self, paper: Mapping[str, Any], at: str, figures: Sequence[Drawing]) -> None:
        slug = paper["slug"]
        self._page(self.names.papers[slug], "paper.html", paper["title"], paper=paper, at=at, claims=self.claims_of(slug),
                   arxiv=bool(_ARXIV.fullmatch(paper["arxiv"] or "")), figures=figures)

    def _claim(self, claim: Mapping[str, Any], at: str) -> None:
        path, slug = self.names.claims[claim["id"]], self.paper_of(claim["id"])
        number_in_paper = claim["id"].partition("/")[2]
        examples = counterexamples_of(claim)
        pages = {id(item): self.names.counterexamples[key] for key, item in examples.items()}
        self._page(
            path, "claim.html", f"{claim['id']} {claim['title']}", claim=claim, at=at, slug=slug, page_of=lambda item: pages[id(item)],
            bound=typeset(self.papers.get(slug), number_in_paper, claim["bound"]), neighbours=self._neighbours(claim, at),
            plots=[(plot, Markup(plot.svg)) for plot in plots.claim_plots(claim)])  # charts escape what they draw
        for key, item in examples.items():
            self._counterexample(claim, at, item, self.names.counterexamples[key])

    def _neighbours(self, claim: Mapping[str, Any], at: str) -> tuple[str, str]:
        """The ids of the claims before and after, in the paper's order; empty at the ends."""
        listed = [other["id"] for other, _ in self.claims_of(self.paper_of(claim["id"]))]
        if not at.startswith("/claims/"):
            return "", ""
        place = listed.index(claim["id"])
        return listed[place - 1] if place else "", listed[place + 1] if place + 1 < len(listed) else ""

    def _counterexample(self, claim: Mapping[str, Any], at: str, owner: Mapping[str, Any], path: str) -> None:
        """``owner`` is a piece of the claim's evidence, or a mutant: then the numbers are those of its evidence that refutes it."""
        example = owner["counterexample"]
        if "change" in owner:
            where = next(place for place, mutant in enumerate(claim["mutants"]) if mutant is owner)
            items, base = owner["evidence"], f"{at}/mutants/{where}/evidence"
        else:
            items, base = claim["evidence"], f"{at}/evidence"
        found = [place for place, item in enumerate(items) if item is owner or ("change" in owner and item["counterexample"] == example)]
        item, item_at = (items[found[0]], f"{base}/{found[0]}") if found else (None, "")
        self._page(path, "counterexample.html", f"Counterexample: {owner.get('id', claim['id'])}", claim=claim, mutant=owner if "change" in owner else None,
                   example=example, item=item, item_at=item_at, certificate=self.certificates.link(example.get("certificate")),
                   evaluation=steps.evaluation(self.certificates.document(example.get("certificate"))))

    def _environment(self) -> None:
        shipped: Mapping[str, Sequence[str]] = {slug: [paper.claim_id(claim) for claim in paper.claims] for slug, paper in self.papers.items()}
        self._page(names.ENVIRONMENT, "environment.html", "Environment, and how to do it again", command=lines.reproducing_command(self.document, shipped))


def _shown(value: Any) -> Any:
    """Whatever a template shows: invisible characters written out, and very long texts cut, unless it is markup that was made here."""
    return value if isinstance(value, Markup | int | float) else visible(value)
