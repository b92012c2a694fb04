"""The trusted re-checkers of certificates (docs/certificates.md): standard library only, exact arithmetic, no solver.

`check` answers what a certificate proves, or raises `Rejected` with the place and the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .documents import MAX_BYTES, Field, Rejected, parse
from .evaluation import check_evaluation, check_grid
from .identity import check_identity
from .inequality import check_inequality
from .linear_program import check_linear_program
from .means import check_means
from .propositional import check_model, check_model_count, check_refutation
from .trials import check_enumeration, check_trials

__all__ = ["SCHEMA", "Rejected", "Verdict", "check", "read"]

SCHEMA = "assay.certificate/1"
_KEYS = ("schema", "type", "about", "proposition", "proof")

_CHECKERS: dict[str, Callable[[Field, Field], str]] = {
    "evaluation": check_evaluation,
    "grid": check_grid,
    "inequality": check_inequality,
    "identity": check_identity,
    "linear_program": check_linear_program,
    "trials": check_trials,
    "model": check_model,
    "refutation": check_refutation,
    "model_count": check_model_count,
    "means": check_means,
    "enumeration": check_enumeration,
}


@dataclass(frozen=True)
class Verdict:
    """What a certificate proves, in one line; an enumeration proves it only once it has been replayed."""

    type: str
    summary: str
    replay_needed: bool


def check(document: Mapping[str, object] | str | bytes) -> Verdict:
    """The verdict on a certificate, given as JSON text or as its tree. Raises `Rejected`."""
    fields = parse(document).record(*_KEYS)
    fields["schema"].choice(SCHEMA)
    kind = fields["type"].choice(*_CHECKERS)
    summary = _CHECKERS[kind](fields["proposition"], fields["proof"])
    return Verdict(kind, summary, replay_needed=kind == "enumeration")


def read(path: str | Path) -> dict[str, object]:
    """The document in a file, for `check`. Raises `Rejected` when it is not strict JSON within the limits."""
    if Path(path).stat().st_size > MAX_BYTES:
        raise Rejected("document", f"longer than {MAX_BYTES} bytes")
    return {key: field.value for key, field in parse(Path(path).read_bytes()).record(*_KEYS).items()}
