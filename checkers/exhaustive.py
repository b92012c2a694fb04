"""Checks `Enumeration` formulations: every element of a finite set, one after the other, with the count and a digest of what was enumerated.

The certificate says what was enumerated, not that the predicate holds: only running the claim's own predicate again shows that. `replay` does,
and compares count and digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from checkers import certify, kernel
from checkers.checker import Budget
from checkers.evidence import Evidence
from checkers.reproduction import asserting_code
from claims.formulations import Enumeration, Formulation, Instance
from claims.parameters import Values, to_json
from exact.balls import Undecidable, working_precision

NAME = "exhaustive"

_RESTATED = 64
"""On how many elements the arithmetic restatement of a predicate is compared with the predicate."""

_INVARIANT = 64
"""On how many orbits the predicate is run on every image, to see that the symmetries leave it as it is; on later ones on the last image too."""

_LARGEST_ORBIT = 100_000

_PROGRESS_EVERY = 1_000


class ReplayMismatch(Exception):
    """Enumerating again did not give what the certificate says; the message says what differs."""


@dataclass(frozen=True)
class Survey:
    """What an enumeration went through: the count, the digest of all elements in order, and the first element at which the predicate fails.

    ``orbits`` is the number of orbits that the elements fill: as many as ``count`` where there are no symmetries. ``passed`` is the number of orbits in the
    whole set, of which a shard takes its share.
    """

    count: int
    digest: str
    orbits: int
    passed: int
    failing: bool = False
    element: Instance = None


def accepts(formulation: Formulation) -> bool:
    """Every `Enumeration`."""
    return isinstance(formulation, Enumeration)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Go through all elements; the first at which the predicate fails is the counterexample.

    What holds has trust exact: the kernel cannot run the predicate. A counterexample has a certificate where the formulation restates its
    predicate arithmetically (``quantity``, ``relation``, ``bound``).
    """
    assert isinstance(formulation, Enumeration)
    try:
        found = survey(formulation, parameters)
        if found.failing:
            return _refuted(formulation, found, parameters)
    except certify.NotCertified as error:
        return certify.failed(NAME, "parametric", error)
    if found.passed == 0:
        return certify.failed(NAME, "parametric", certify.QuantityError("there is nothing to enumerate at these parameters: nothing has been shown"))
    document = certificate(formulation, parameters, found)
    details: dict[str, Any] = {"count": found.count, "digest": found.digest}
    note = f"{found.count} cases, one by one"
    if formulation.symmetries is not None:
        details["orbits"] = found.orbits
        note = f"{found.count} cases in {found.orbits} orbits: one of each and one image, and every image in the first {min(_INVARIANT, found.orbits)}"
    return Evidence(checker=NAME, status="holds", scope="parametric", trust="exact", certificate=document, details=details, note=note)


def survey(formulation: Enumeration, parameters: Values, progress: Callable[[int], None] | None = None) -> Survey:
    """Enumerate until the predicate fails or the elements end; ``progress`` hears the count every thousand elements.

    Raises QuantityError with the element at which the predicate (or its restatement) raises, or at which the two disagree, or with an image at which the
    predicate answers otherwise than at its orbit's first element, or that is not among the elements.
    """
    digest = hashlib.sha256()
    count = 0
    orbits = _Orbits(formulation, parameters)
    number, shards = _share(formulation, parameters)
    surveyed = 0
    elements = iter(certify.call("enumeration", formulation.elements, parameters))
    while (element := certify.call("enumeration", next, elements, _END)) is not _END:
        if orbits.passes(shards, number - 1):
            continue
        line = certify.call("element's JSON form", canonical, element)
        orbit, images = orbits.place(line, element)
        if orbit % shards != number - 1:
            continue
        digest.update(line)
        count += 1
        if images is not None:
            surveyed += 1
            if not _answer(formulation, element, parameters, compare=surveyed <= _RESTATED):
                return Survey(count, digest.hexdigest(), surveyed, orbits.met, True, element)
            _require_invariance(formulation, images if surveyed <= _INVARIANT else images[-1:], parameters)
        if progress is not None and count % _PROGRESS_EVERY == 0:
            progress(count)
    orbits.require_closed()
    return Survey(count, digest.hexdigest(), surveyed, orbits.met)


def _share(formulation: Enumeration, parameters: Values) -> tuple[int, int]:
    """Which share of how many this task takes; the whole where its parameters name none.

    Raises QuantityError for a share that the formulation does not have: it would leave elements out unseen.
    """
    if "shard" not in parameters:
        return 1, 1
    number, shards = parameters["shard"]
    if shards != formulation.shards or not 1 <= number <= shards:
        raise certify.QuantityError(f"the task takes share {number} of {shards}, where the enumeration has {formulation.shards}")
    return number, shards


class _Orbits:
    """The orbits met so far, numbered from 0 in the order of their first elements, and the images that the enumeration still owes."""

    def __init__(self, formulation: Enumeration, parameters: Values) -> None:
        self._generators = () if formulation.symmetries is None else tuple(certify.call("symmetries", formulation.symmetries, parameters))
        self.met = 0
        self._owed: dict[bytes, tuple[int, Instance]] = {}

    def passes(self, shards: int, remainder: int) -> bool:
        """Whether the next element is its whole orbit and not this shard's; it is counted then, and need not be looked at."""
        if self._generators or self.met % shards == remainder:
            return False
        self.met += 1
        return True

    def place(self, line: bytes, element: Instance) -> tuple[int, list[Instance] | None]:
        """The number of the element's orbit, with its other elements if this one is the first of them, else with None."""
        if line in self._owed:
            return self._owed.pop(line)[0], None
        number, self.met = self.met, self.met + 1
        images = self._images(line, element)
        for image, key in images:
            self._owed[key] = (number, image)
        return number, [image for image, _ in images]

    def require_closed(self) -> None:
        """Raises QuantityError with an image that was not enumerated, or whose orbit was enumerated more than once."""
        for _, image in self._owed.values():
            raise certify.QuantityError("this image of an element is not enumerated, or another of its orbit is enumerated twice").at(image)

    def _images(self, line: bytes, element: Instance) -> list[tuple[Instance, bytes]]:
        found = {line: element}
        fresh = [element]
        while fresh:
            origin = fresh.pop()
            for generator in self._generators:
                image = certify.call("symmetry", generator, origin)
                key = certify.call("image's JSON form", canonical, image)
                if key not in found:
                    found[key] = image
                    fresh.append(image)
            if len(found) > _LARGEST_ORBIT:
                raise certify.QuantityError(f"the symmetries give this element more than {_LARGEST_ORBIT} images").at(element)
        del found[line]
        return [(image, key) for key, image in found.items()]


def _require_invariance(formulation: Enumeration, images: list[Instance], parameters: Values) -> None:
    for image in images:
        if not _answer(formulation, image, parameters, compare=False):
            raise certify.QuantityError("the predicate fails here, yet holds at another element of the orbit: it is not invariant").at(image)


_END = object()


def canonical(element: Instance) -> bytes:
    """The element as one line of JSON with sorted keys: what the digest is taken of."""
    text = json.dumps(to_json(element), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii") + b"\n"


def _answer(formulation: Enumeration, element: Instance, parameters: Values, compare: bool) -> bool:
    """The predicate's answer, with more precision where balls need it. Raises QuantityError or NotDecided with the element."""
    stuck = ""
    for bits in certify.PRECISIONS[1:]:
        with working_precision(bits):
            try:
                return _compared_answer(formulation, element, parameters) if compare else _predicate(formulation, element, parameters)
            except Undecidable as error:
                stuck = str(error)
            except certify.QuantityError as error:
                raise error.at(element) from error
    raise certify.NotDecided(f"the predicate is not decided with {certify.PRECISIONS[-1]} bits: {stuck}").at(element)


def _predicate(formulation: Enumeration, element: Instance, parameters: Values) -> bool:
    answer = certify.call("predicate", formulation.predicate, element, parameters)
    if not isinstance(answer, bool):
        raise certify.QuantityError(f"the predicate answered {answer!r}, which is neither True nor False")
    return answer


def _compared_answer(formulation: Enumeration, element: Instance, parameters: Values) -> bool:
    """The predicate's answer, which its arithmetic restatement (if there is one) must give too."""
    answer = _predicate(formulation, element, parameters)
    if formulation.quantity is not None and formulation.bound is not None:
        measured = certify.measure(formulation.quantity, element, parameters)
        bound = certify.measure(formulation.bound, element, parameters, "bound")
        if certify.holds(formulation.relation, measured, bound) != answer:
            raise certify.QuantityError(f"the predicate says {answer}, its restatement {certify.show(measured)} {formulation.relation} "
                                        f"{certify.show(bound)} says {not answer}")
    return answer


def _refuted(formulation: Enumeration, found: Survey, parameters: Values) -> Evidence:
    details = {"count": found.count}
    if formulation.quantity is not None and formulation.bound is not None:
        about = {"checker": NAME, "parameters": parameters, "instance": found.element}
        outcome = certify.certify(found.element, parameters, formulation.quantity, formulation.relation, formulation.bound, about)
        if outcome.holds:
            raise certify.QuantityError("the predicate fails, its arithmetic restatement holds").at(found.element)
        example = certify.counterexample(outcome, found.element, parameters, formulation.quantity, formulation.bound)
        return certify.refuted(NAME, "parametric", outcome, example, details=details)
    example = {
        "instance": to_json(found.element),
        "statement": f"fails at element {found.count}: {formulation.statement}",
        "python": asserting_code(found.element, parameters, formulation.predicate),
        "certificate": None,
    }
    return Evidence(checker=NAME, status="refuted", scope="parametric", trust="exact", counterexample=example, details=details,
                    note="the predicate was run exactly; it has no arithmetic restatement for the kernel to re-check")


def certificate(formulation: Enumeration, parameters: Values, found: Survey, claim: str = "", part: str = "", index: int = 0) -> dict[str, Any]:
    """The ``enumeration`` certificate. ``claim``, ``part`` and ``index`` say where the formulation stands, so that it can be replayed."""
    return {
        "schema": "assay.certificate/1",
        "type": "enumeration",
        "about": certify.legible({"checker": NAME, "parameters": parameters}),
        "proposition": {"statement": formulation.statement, "count": found.count, "digest": found.digest},
        "proof": {"replay": {"claim": claim, "part": part, "formulation": index, "parameters": to_json(parameters)}},
    }


def addressed(document: Mapping[str, Any], claim: str, part: str, index: int) -> dict[str, Any]:
    """The certificate with the place of its formulation filled in, accepted in form by the kernel. Raises KernelDisagrees."""
    replay_data = {**document["proof"]["replay"], "claim": claim, "part": part, "formulation": index}
    complete = {**document, "proof": {"replay": replay_data}}
    certify.accepted(complete)
    return complete


def replay(document: Mapping[str, Any], formulation: Formulation, progress: Callable[[int], None] | None = None) -> Survey:
    """Enumerate again what an ``enumeration`` certificate says, with the claim's own code, and compare.

    Raises kernel.Rejected for a malformed certificate, ReplayMismatch when the formulation is another one, the parameters are none of its
    settings, the predicate fails, or count or digest differ; QuantityError when the predicate raises.
    """
    kernel.check(document)
    if document["type"] != "enumeration":
        raise ReplayMismatch(f"a certificate of type {document['type']} is not replayed: the kernel checks it")
    if not isinstance(formulation, Enumeration):
        raise ReplayMismatch(f"the certificate names a {type(formulation).__name__}, which enumerates nothing")
    stated, wanted = document["proposition"], document["proof"]["replay"]["parameters"]
    if stated["statement"] != formulation.statement:
        raise ReplayMismatch(f"the certificate is about {stated['statement']!r}, the formulation about {formulation.statement!r}")
    parameters = next((values for values in formulation.cases("full") if to_json(values) == wanted), None)
    if parameters is None:
        raise ReplayMismatch(f"the parameters {wanted} are none of the formulation's settings")
    found = survey(formulation, parameters, progress)
    if found.failing:
        raise ReplayMismatch(f"the predicate fails at element {found.count}: {to_json(found.element)}")
    for name, now in (("count", found.count), ("digest", found.digest)):
        if stated[name] != now:
            raise ReplayMismatch(f"the {name} is {now} now, {stated[name]} in the certificate")
    return found
