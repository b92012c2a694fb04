"""What claims rest on: references to other claims in ``rests_on``, followed to all that a run must check as well.

An entry of ``rests_on`` is a reference when it reads ``C1``, ``C1(a)``, ``slug/C1`` or ``slug/C1(a)``: the claim of
that number in the same paper, or in another one, or only that part of it. Everything else is literature and is shown
as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.claim import Part
from claims.errors import ClaimError, UnknownClaim
from claims.registry import Entry, entries_of, load_paper

_REFERENCE = re.compile(r"(?:(?P<slug>[A-Za-z0-9_]+)/)?(?P<number>[A-Za-z][A-Za-z0-9_]*)(?:\((?P<part>[^()]+)\))?")
_NUMBERED = re.compile(r"[A-Z]\d+")


@dataclass(frozen=True)
class Reference:
    """A claim that an argument uses, or one part of it (``part`` is its name; empty: the whole claim)."""

    entry: Entry
    part: str = ""


def resolve(text: str, entry: Entry) -> Reference | None:
    """The claim that an entry of ``rests_on`` in this claim means, or None for literature.

    Raises ClaimError when it reads like a claim id and there is no such claim or part.
    """
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    slug, number, part = match["slug"], match["number"], match["part"]
    known = _entries(slug, entry, text)
    target = next((other for other in known if other.claim.number == number), None)
    if target is None:
        if slug is None and not _NUMBERED.fullmatch(number):
            return None
        raise ClaimError(f"{entry.id} rests on {text!r}, but {slug or entry.paper.slug} has no claim {number}")
    return Reference(target, _part_name(part, target, entry, text))


def _entries(slug: str | None, entry: Entry, text: str) -> tuple[Entry, ...]:
    if slug is None or slug == entry.paper.slug:
        return entries_of(entry.paper, entry.origin)
    try:
        return entries_of(load_paper(slug), slug)
    except UnknownClaim as error:
        raise ClaimError(f"{entry.id} rests on {text!r}: {error}") from None


def _part_name(part: str | None, target: Entry, entry: Entry, text: str) -> str:
    if part is None:
        return ""
    for candidate in target.claim.parts:
        if candidate.name in (part, f"({part})"):
            return candidate.name
    raise ClaimError(f"{entry.id} rests on {text!r}, but {target.id} has no part {part!r}; "
                     f"it has: {', '.join(other.name for other in target.claim.parts)}")


def references_of(part: Part, entry: Entry) -> tuple[Reference, ...]:
    """Every claim that some formulation of the part rests on."""
    found = (resolve(text, entry) for formulation in part.formulations for text in formulation.rests_on)
    return tuple(reference for reference in found if reference is not None)


def foundations(selected: Sequence[Entry]) -> tuple[Entry, ...]:
    """The claims that the selected ones rest on, directly or not, and that are not selected themselves, in the order
    in which they are met."""
    known = {entry.id for entry in selected}
    found: list[Entry] = []
    waiting = list(selected)
    while waiting:
        entry = waiting.pop(0)
        for target in _targets(entry):
            if target.id not in known:
                known.add(target.id)
                found.append(target)
                waiting.append(target)
    return tuple(found)


def _targets(entry: Entry) -> Iterator[Entry]:
    for part in entry.claim.parts:
        yield from (reference.entry for reference in references_of(part, entry))


def find_circles(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The parts, by claim id and name, that rest on themselves, each with the circle in words."""
    edges = {
        (entry.id, part.name): [node for reference in references_of(part, entry) for node in nodes_of(reference)]
        for entry in entries for part in entry.claim.parts
    }
    return {node: " → ".join(_label(*step) for step in path) for node in edges if (path := _way_back(node, edges))}


def nodes_of(reference: Reference) -> list[tuple[str, str]]:
    """The parts that a reference stands for: the one that it names, or all that carry the claim's grade."""
    parts = reference.entry.claim.parts
    counted = [part for part in parts if not part.beside] or list(parts)
    return [(reference.entry.id, part.name) for part in ([p for p in parts if p.name == reference.part] if reference.part else counted)]


def _way_back(start: tuple[str, str], edges: dict[tuple[str, str], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """A shortest path from a part through what it rests on back to itself; empty when there is none."""
    before: dict[tuple[str, str], tuple[str, str]] = {}
    waiting = [start]
    while waiting:
        node = waiting.pop(0)
        for target in edges.get(node, []):
            if target == start:
                path = [start, node]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return path[::-1]
            if target not in before:
                before[target] = node
                waiting.append(target)
    return []


def _label(claim: str, part: str) -> str:
    return f"{claim} {part}".rstrip()
