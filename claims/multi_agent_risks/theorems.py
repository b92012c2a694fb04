"""The claims of *Multi-Agent Risks from Advanced AI* (Hammond et al., Technical Report 1): read it beside the report.

The report has no numbered theorems. Every claim formalises a definition or an assertion of the report, or a theorem that it cites or
relies on; each says which.
"""

from __future__ import annotations

from claims import Claim, Discrepancy, Paper
from claims.multi_agent_risks.sections import (
    commitment,
    cross_cutting,
    dynamics,
    emergence,
    information,
    network,
    security,
    selection,
    taxonomy,
)

_SECTIONS = (taxonomy, information, network, selection, dynamics, commitment, emergence, security, cross_cutting)


def _in_order() -> tuple[Claim, ...]:
    claims = [claim for section in _SECTIONS for claim in section.CLAIMS]
    return tuple(sorted(claims, key=lambda claim: int(claim.number[1:])))


DISCREPANCIES = (
    Discrepancy(
        "D1",
        "The abstract bases the three failure modes on the agents' incentives; the body adds what the system is intended to do, "
        "and that is needed: the payoffs "
        "do not determine the mode.",
        "mutual defection in the Prisoner's Dilemma is conflict where cooperation is intended; mutual cooperation is collusion "
        "where competition is; 17 of 144 games",
        "C7",
    ),
    Discrepancy(
        "D2",
        "By the report's own definition Stag Hunt, Assurance and Battle of the Sexes are mixed-motive, so that their failures are"
        " conflict, though the literature "
        'calls them coordination failures. "Approximately the same objectives" is not covered by the definition; the alignment index ρ is.',
        "no strict symmetric game, of any size, has identical preferences",
        "C3",
    ),
    Discrepancy(
        "D3",
        'Which "Pareto frontier" is meant, that of the pure outcomes or of their convex hull, changes verdicts.',
        "7 against 11 of 144 games with a unique dominated equilibrium",
        "C4",
    ),
    Discrepancy(
        "D4",
        "The inefficiency of bargaining under private information needs overlapping continuous types: with few equally spaced "
        "types efficient trade is possible, and "
        "how ties are broken alone decides.",
        "up to five types each: surplus (n − 1)(5 − n)/(6n²) >= 0; with trade forced at ties −(n² − 1)/(6n²) < 0",
        "C14",
    ),
    Discrepancy(
        "D5",
        '"Minor changes in the connections" act in both directions: a new link destroys more full cascades than it creates, at '
        'threshold 1/2 on five nodes.',
        "396 against 156 of 5,120 pairs of a graph and a new edge",
        "C17",
    ),
    Discrepancy(
        "D6",
        "Prices above the competitive ones are by themselves no proof of collusion: learners without memory, which cannot punish, reach higher ones.",
        "mean profit gain with memory 0 above that with memory 1, and every deviation pays",
        "C45",
    ),
    Discrepancy(
        "D7",
        "Case Study 12 is told as an accumulation, yet its reported success rate exceeds what any union of two reported attempts could have.",
        "43 % against 6 % (figures as reported; nobody here has reproduced them)",
        "C42",
    ),
    Discrepancy(
        "D8",
        "The abstract speaks of commitment problems, §3.5 of commitment and trust; in collusion it is the ability to commit that "
        "is the risk, not its lack.",
        "binding contracts carry two sellers from the low to the high price",
        "C43",
    ),
    Discrepancy(
        "D9",
        "Chaos as the norm depends on the parameters: with equal loads (b = 1/2) there is no cycle of period three at any step "
        "size, and time averages converge to "
        "the equilibrium wherever the path goes.",
        "a = 20: period three at b = 7/10, none at b = 1/2",
        "C27",
    ),
)

PAPER = Paper(
    slug="multi_agent_risks",
    title="Multi-Agent Risks from Advanced AI",
    citation="Lewis Hammond, Alan Chan, Jesse Clifton, Jason Hoelscher-Obermaier, Akbir Khan, Euan McLean, Chandler Smith, et al. Multi-Agent Risks from "
    "Advanced AI. Cooperative AI Foundation, Technical Report 1. arXiv:2502.14143 (2025).",
    arxiv="2502.14143",
    claims=_in_order(),
    discrepancies=DISCREPANCIES,
)
