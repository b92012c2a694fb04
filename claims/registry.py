"""The papers that ship, the loader for a user's own file of claims, and selectors."""

from __future__ import annotations

import fnmatch
import hashlib
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import claims
from claims.claim import Claim, Paper
from claims.errors import ClaimError, UnknownClaim


@dataclass(frozen=True)
class Entry:
    """A claim with its paper and where it was loaded from: a module name, or the path of a user's file."""

    paper: Paper
    claim: Claim
    origin: str

    @property
    def id(self) -> str:
        """``<slug>/<number>``."""
        return self.paper.claim_id(self.claim)


def shipped() -> tuple[str, ...]:
    """The slugs of the papers in this installation, in alphabetical order. Imports none of them."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(claims.__path__) if module.ispkg))


def load_paper(slug: str) -> Paper:
    """A shipped paper. Raises UnknownClaim."""
    if slug not in shipped():
        raise UnknownClaim(f"no paper {slug!r}; shipped are: {', '.join(shipped()) or 'none'}")
    module = importlib.import_module(f"claims.{slug}")
    return _paper_of(module, f"claims.{slug}")


def load_file(path: Path) -> Paper:
    """The paper in a user's own Python file, which defines ``PAPER``. The file is executed: load only files that you trust.

    Raises ClaimError with the reason when the file is missing, raises, or defines no PAPER.
    """
    if not path.is_file():
        raise ClaimError(f"{path}: no such file")
    name = f"assay_user_claims_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}"
    if name in sys.modules:
        return _paper_of(sys.modules[name], str(path))
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ClaimError(f"{path}: is no Python file (its name must end in .py)")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise ClaimError(f"{path}: {type(error).__name__}: {error}") from error
    return _paper_of(module, str(path))


def _paper_of(module: object, origin: str) -> Paper:
    paper = getattr(module, "PAPER", None)
    if not isinstance(paper, Paper):
        raise ClaimError(f"{origin}: defines no PAPER (a claims.Paper); `assay new FILE` writes an example")
    return paper


def entries_of(paper: Paper, origin: str) -> tuple[Entry, ...]:
    """The paper's claims as entries."""
    return tuple(Entry(paper, claim, origin) for claim in paper.claims)


def load_origin(origin: str) -> Paper:
    """The paper at an entry's origin: what a worker process calls."""
    return load_file(Path(origin)) if origin.endswith(".py") else load_paper(origin)


def select(selectors: Sequence[str]) -> tuple[Entry, ...]:
    """The claims that the selectors name, in order, without repetition; all shipped claims when there is no selector.

    A selector is a paper's slug, a claim id, a glob over claim ids, or the path of a claims file (``path.py`` or ``path.py/C3``). Raises UnknownClaim
    for a selector that names nothing. (``grade:…`` needs verdicts and is resolved by the front door.)
    """
    found: dict[str, Entry] = {}
    for selector in selectors or shipped():
        for entry in _matches(selector):
            found.setdefault(f"{entry.origin}:{entry.id}", entry)
    return tuple(found.values())


def _matches(selector: str) -> Iterator[Entry]:
    path, _, number = selector.partition(".py/")
    if selector.endswith(".py") or number:
        origin = str(Path(path if number and path.endswith(".py") else path + (".py" if number else "")).resolve())
        matches = [e for e in entries_of(load_file(Path(origin)), origin) if not number or fnmatch.fnmatch(e.claim.number, number)]
    else:
        slug = selector.split("/")[0]
        slugs = [name for name in shipped() if fnmatch.fnmatch(name, slug)]
        pattern = selector if "/" in selector else f"{selector}/*"
        matches = [e for name in slugs for e in entries_of(load_paper(name), name) if fnmatch.fnmatch(e.id, pattern)]
    if not matches:
        raise UnknownClaim(f"nothing is called {selector!r}; papers: {', '.join(shipped()) or 'none'}; `assay list` shows every claim")
    yield from matches
