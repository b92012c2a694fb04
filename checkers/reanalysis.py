"""Analyses the recorded trials of a run again, without running anything: ``python -m checkers.reanalysis PATH… [--confidence C] [--level L]``.

PATH is a run folder, or a certificate. Every experiment's certificate is checked by the kernel and analysed at the confidence C (by default the one
that it was recorded with), and Holm's procedure says which claims all the experiments together support, with a chance of at most L of any mistake.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from checkers import binomial, kernel
from checkers.analyses import Analysis, NoTrials, reanalyse
from claims.parameters import to_json
from exact.numerals import read_rational


@dataclass(frozen=True)
class Reading:
    """The experiments of a run read together: each analysis by certificate name, and those that Holm's procedure supports at the level."""

    analyses: Mapping[str, Analysis]
    level: Fraction
    supported: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """Exact numbers as text."""
        return {
            "schema": "assay.reanalysis/1", "level": to_json(self.level),
            "experiments": {name: {**to_json(analysis), "holm": name in self.supported} for name, analysis in self.analyses.items()},
        }


def read_together(documents: Mapping[str, Mapping[str, Any]], confidence: Fraction | None = None, level: Fraction = Fraction(1, 100)) -> Reading:
    """The analyses of all documents that record an experiment's trials. Raises kernel.Rejected when the kernel rejects one, and ValueError."""
    found: dict[str, Analysis] = {}
    for name, document in sorted(documents.items()):
        if document.get("type") in ("trials", "means"):
            kernel.check(document)
            try:
                found[name] = reanalyse(document, confidence)
            except NoTrials:
                continue  # a certificate of the same type that no experiment wrote: it says nothing about a claim
    return Reading(found, level, binomial.holm({name: analysis.p_value for name, analysis in found.items()}, level))


def certificates(paths: Sequence[Path]) -> dict[str, Mapping[str, Any]]:
    """The certificates at the paths (a file, or a folder with ``certificates``) by name: with the whole path where a name is taken by another one.

    So none drops out of what Holm's procedure counts.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        for file in [path] if path.is_file() else sorted((path / "certificates").rglob("*.json")):
            document = kernel.read(file)
            if found.setdefault(file.stem, document) != document:
                found[str(file)] = document
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the analyses as JSON. The exit status is 0; 4 when the kernel rejects a certificate."""
    parser = argparse.ArgumentParser(prog="python -m checkers.reanalysis", description="Analyse recorded trials again, without running anything.")
    parser.add_argument("paths", nargs="+", type=Path, help="run folders or certificates")
    parser.add_argument("--confidence", type=read_rational, help="of each interval, such as 999/1000 (default: as recorded)")
    parser.add_argument("--level", type=read_rational, default=Fraction(1, 100), help="chance of any false support in Holm's procedure")
    chosen = parser.parse_args(arguments)
    for name, share in (("--confidence", chosen.confidence), ("--level", chosen.level)):
        if share is not None and not 0 < share < 1:
            parser.error(f"{name} {share} is not between 0 and 1")
    try:
        reading = read_together(certificates(chosen.paths), chosen.confidence, chosen.level)
    except kernel.Rejected as error:
        print(f"rejected: {error}")
        return 4
    print(json.dumps(reading.to_json(), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
