"""The claims of *Algorithmic Content Selection and the Impact of User Disengagement*, in order: read it beside the paper.

The paper's abstracts and a public summary were at hand, not its text: every statement here is reconstructed, and proved or checked here. The
claims stand in five sections, each with its parts, formulations and arguments: :mod:`sections.reformulation` (C1–C3), :mod:`sections.offline`
(C4–C11), :mod:`sections.tradeoff` (C12–C16), :mod:`sections.engagement` (C17–C21),
:mod:`sections.learning` (C22–C28).

| what the paper says | claims |
| --- | --- |
| a stateful user is an ordinary decision problem with a state-dependent discount | C1; C2, C3 |
| with a linear relation, efficient and exact dynamic programs; k levels in O(k²) | C4 to C8; their limits: C9, C10, C11 |
| immediate reward is not future engagement | C12 |
| a modified demand elasticity that generalises the classical one | C13; C16 to C18, C20 |
| friction lowers revenue, and yet engagement may rise | C14, C15, C19, C20; user welfare: C21 |
| a Hedge variant for series of users with unknown demand | C22, C23, C24, C27; limits: C25, C26 |
"""

from __future__ import annotations

from claims import Discrepancy, Paper
from claims.user_disengagement.sections import engagement, learning, offline, reformulation, tradeoff

DISCREPANCIES = (
    Discrepancy(
        "D1",
        '"Friction lowers overall revenue" needs rewards >= 0; the second version\'s "typically" is then "always (weakly)".',
        "one arm with reward −1: V = −1 at ρ = 0, −4/3 at ρ = 1 (γ = ½, f = 0)",
        "C14",
    ),
    Discrepancy(
        "D2",
        '"Engagement may increase" depends on the measure and on how friction enters. Retention always weakly rises (R-const without memory; '
        "R-prop from the door), but may fall (R-prop from an engaged start with low demand; full memory with u > z); D̃ and e3 fall between switches; "
        "at ρ = 0 the fraction e3 is 0 unless f = 1.",
        "arm f = 0, γ = ½, ρ 1 → 5/6: D̃ 4/3 → 22/17, e3 ½ → 5/11",
        "C15",
    ),
    Discrepancy(
        "D3",
        '"An exact optimal policy in O(k²)" counts arithmetic operations on k abstract levels: where satisfaction moves by bounded steps the k '
        "breakpoints are no sufficient state space, and without a linear relation the optimum may cycle.",
        "87/8 on the lattice against 64/7 on breakpoints; a cycle worth 230/19 > 10",
        "C10",
    ),
    Discrepancy(
        "D4",
        '"½-competitive" is possible only against a fixed comparator. With full feedback no constant factor is needed, and even a constant regret is '
        "possible at ½; with two policies uniform play already is ½-competitive. The second version's abstract drops the ½.",
        "the per-user game with N = 3, ε = 1/10 has the value 37/100",
        "C26",
    ),
    Discrepancy("D5", "Randomisation is necessary.", "deterministic algorithms earn at most 2/(1 + m) of OPT: 1/3 at γ = 24/25", "C25"),
)

PAPER = Paper(
    slug="user_disengagement",
    title="Algorithmic Content Selection and the Impact of User Disengagement",
    citation="Emilio Calvano, Nika Haghtalab, Ellen Vitercik, Eric Zhao. Algorithmic Content Selection and the Impact of User Disengagement. "
    "arXiv:2410.13108, v1 17 October 2024, v2 19 February 2025.",
    arxiv="2410.13108",
    claims=(*reformulation.CLAIMS, *offline.CLAIMS, *tradeoff.CLAIMS, *engagement.CLAIMS, *learning.CLAIMS),
    discrepancies=DISCREPANCIES,
)
