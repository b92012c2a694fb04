"""The claims of *Is Knowledge Power?* (Ananthakrishnan, Haghtalab, Podimata, Yang): read it beside the paper.

The paper's matrices and proofs were not available. What the abstract and the public summaries say is restated; the games, constants and closed forms are
reconstructions and extensions, each marked so.

| what the paper says | claims |
| --- | --- |
| the benchmark: Stackelberg value; why a learner must have no swap regret | C1, C2, C3, C4 |
| a perfectly informed player always gets her Stackelberg value in some equilibrium | C5; C13, C14 (what it needs) |
| a partially informed one need not, in any equilibrium | C6, C6e, C7, C8; C10 (the boundary), C12 (enumerated), C15 (the smallest families) |
| knowing the game is not the point | C9 |
| two partially informed players: precision does not decide | C11 |

The claims stand in four sections, each with its parts, formulations and arguments: :mod:`sections.one_game` (C1–C4), :mod:`sections.knowledge` (C5–C10),
:mod:`sections.precision` (C11), :mod:`sections.finite` (C12–C15).
"""

from __future__ import annotations

from claims import Discrepancy, Paper
from claims.strategic_learning.sections import finite, knowledge, one_game, precision

DISCREPANCIES = (
    Discrepancy(
        "D1",
        '"There is always an equilibrium …" needs that player 2 sees her own payoffs or knows U_2, that T → ∞, and, under ties in the leader\'s favour, a way '
        "to tell her which tie to break.",
        "E: 0 < 1/10 in every equilibrium; CS at T = 1: 2 < 7/2; one row: 1/2 < 1",
        "C13",
    ),
    Discrepancy(
        "D2",
        '"No equilibrium allows …" is about some family and prior and needs p_2 < 1 strictly; families in which player 2\'s top payoffs are equal do not work.',
        "at p_1 = p_2 = 1 player 2 gets B_2; with U_2(b, r) = 1 pooling on (b, r) pays B_2 = 1",
        "C10",
    ),
    Discrepancy(
        "D3",
        "The paper's γ depends on p*. I(γ, β) serves all p_2 < 1 at once; plain mimicry under erasure does need γ < 1 − p*.",
        "multipliers valid for every full-support channel; B_2 − R0 under erasure",
        "C6e",
    ),
    Discrepancy(
        "D4",
        '"Quality of information alone does not determine" is complete: all four patterns occur at every (p_1, p_2) in [0, 1)².',
        "I, its transpose, C and N",
        "C11",
    ),
    Discrepancy(
        "D5",
        "Equilibrium is Nash between algorithms chosen at the same time, not subgame perfect; the joint plans use threats that are not credible.",
        "punishment by l for ever, and by a minmax mixture",
        "C8",
    ),
)

PAPER = Paper(
    slug="strategic_learning",
    title="Is Knowledge Power? On the (Im)possibility of Learning from Strategic Interactions",
    citation="Nivasini Ananthakrishnan, Nika Haghtalab, Chara Podimata, Kunhe Yang. Is Knowledge Power? On the (Im)possibility of Learning from Strategic "
    "Interactions. arXiv:2408.08272 (2024); NeurIPS 2024.",
    arxiv="2408.08272",
    claims=(*one_game.CLAIMS, *knowledge.CLAIMS, *precision.CLAIMS, *finite.CLAIMS),
    discrepancies=DISCREPANCIES,
)
