"""Tasks: the pure pieces of work that a run consists of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from checkers.checker import Budget
from claims.formulations import Effort, Formulation
from claims.parameters import to_json
from claims.registry import load_origin

Kind = Literal["part", "mutant"]

_SEED_BITS = 48  # every JSON reader keeps integers of this size exact


def canonical(data: Any) -> str:
    """The one JSON text of the data: keys sorted, no spaces. Raises ValueError for NaN and infinities."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON text."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


@dataclass(frozen=True)
class Task:
    """One formulation of a claim, or of one of its mutants, at one parameter setting.

    ``member`` is the part's name or the mutant's number (``m1``). ``identity`` is the digest of all that determines
    the result; ``code`` is the share of it that stands for source texts and solver versions. A worker finds the
    formulation again by origin, claim and indices, so that no function is ever pickled.
    """

    origin: str
    claim: str
    kind: Kind
    member: str
    formulation: int
    setting: int
    form: str
    parameters: Mapping[str, Any] = field(hash=False)
    seed: int
    effort: Effort
    seconds: float
    code: str
    identity: str
    description: str = field(compare=False)

    @property
    def budget(self) -> Budget:
        """What the checker may spend."""
        return Budget(self.effort, self.seconds)

    @property
    def key(self) -> str:
        """What the task is about, whatever the code is: seeds derive from it and costs are recorded under it."""
        return task_key(self.claim, self.kind, self.member, self.formulation, self.parameters)

    @property
    def name(self) -> str:
        """For people: the claim with its part or mutant."""
        return f"{self.claim}/{self.member}" if self.kind == "mutant" else f"{self.claim} {self.member}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """The task as the plan shows it."""
        return {
            "identity": self.identity, "claim": self.claim, "kind": self.kind, "member": self.member, "formulation": self.formulation, "form": self.form,
            "parameters": dict(self.parameters), "seed": self.seed, "effort": self.effort, "seconds": self.seconds, "description": self.description,
        }


def task_key(claim: str, kind: Kind, member: str, formulation: int, parameters: Mapping[str, Any]) -> str:
    """The stable name under which a task's seed is derived and its cost recorded."""
    return f"{claim}|{kind}|{member}|{formulation}|{canonical(parameters)}"


def derive_seed(run_seed: int, key: str) -> int:
    """The task's seed: it depends on the run's seed and the key alone."""
    text = f"{run_seed}|{key}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:_SEED_BITS // 8], "big")


def locate(task: Task) -> tuple[Formulation, Mapping[str, Any]]:
    """The formulation and the parameter values of a task, from the claims that are installed here."""
    paper = load_origin(task.origin)
    number = task.claim.split("/", 1)[1]
    claim = next(claim for claim in paper.claims if claim.number == number)
    if task.kind == "part":
        formulations = next(part for part in claim.parts if part.name == task.member).formulations
    else:
        formulations = claim.mutants[int(task.member.removeprefix("m")) - 1].formulations
    formulation = formulations[task.formulation]
    return formulation, formulation.cases(task.effort)[task.setting]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameter values as JSON data."""
    data: dict[str, Any] = to_json(values)
    return data
