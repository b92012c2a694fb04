"""Distortion of AI Alignment: Does Preference Optimization Optimize for Preferences? (Gölz, Haghtalab, Yang, 2025)."""

from claims import Paper
from claims.alignment_distortion import theorems
from claims.alignment_distortion.printed_errors import DISCREPANCIES, PRINTED_ERRORS

PAPER = Paper(
    slug="alignment_distortion",
    title="Distortion of AI Alignment: Does Preference Optimization Optimize for Preferences?",
    citation=(
        "Paul Gölz, Nika Haghtalab, Kunhe Yang. Distortion of AI Alignment: Does Preference Optimization Optimize for "
        "Preferences? arXiv:2505.23749 (2025); NeurIPS 2025. Statements follow the NeurIPS version, as restated in the "
        "Lean formalisation nikhgarg/AppliedModelingLib (GolzHaghtalabYang2025Distortion)."
    ),
    arxiv="2505.23749",
    claims=theorems.CLAIMS + PRINTED_ERRORS,
    discrepancies=DISCREPANCIES,
)
