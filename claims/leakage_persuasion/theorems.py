"""The claims of *Leakage-Robust Bayesian Persuasion* (N. Haghtalab, M. Qiao, K. Yang), in the paper's order: read it beside the paper.

The paper's abstract gives the orders of growth; the constants here are ours unless a source says otherwise. The claims stand in five sections,
each with its parts, formulations and arguments: :mod:`sections.robust` (C1–C5), :mod:`sections.supermodular` (C6–C10),
:mod:`sections.submodular` (C11–C13), :mod:`sections.leakage_laws` (C14–C18), :mod:`sections.alphabets` (C19–C22).

| what the paper says | claims |
| --- | --- |
| worst-case leaks: Θ(min{2^k, n}) for supermodular utilities | C9, from C3, C4, C6, C8; with C1, C2, C5, C7 |
| few leaks make private persuasion public | C10, from C6 |
| Θ(k) for submodular and XOS utilities | C11 (upper), C12 (lower) |
| subsampling and masking are minmax optimal | C13 |
| downstream utility: Θ(k), or even Θ(1), for some laws of leakage | C14 to C18; what the alphabet and the graph have to do with it: C19 to C21 |
| why obedience is one-sided | C22 |
"""

from __future__ import annotations

from claims import Discrepancy, Paper
from claims.leakage_persuasion.sections import alphabets, leakage_laws, robust, submodular, supermodular

DISCREPANCIES = (
    Discrepancy(
        "D1",
        '"Θ(log k) leakages suffice to degenerate to public persuasion": k cannot be the leak budget; read Θ(log n).',
        "on the chain the exact number is ⌈log2(n+1)⌉ − 1",
        "C10",
    ),
    Discrepancy(
        "D2",
        "Θ(k) is 0 at k = 0, while PoWR_0 = 1: read Θ(k+1), or k >= 1; and PoWR_k <= n always.",
        "n/h(n, k) and φ(n, k) at k = 0",
        "C12",
    ),
    Discrepancy(
        "D3",
        "The upper bound O(2^k) needs no supermodularity: it holds for every monotone utility. Supermodularity names the "
        "class where it is attained.",
        "MASK, for arbitrary monotone V",
        "C4",
    ),
    Discrepancy("D4", "Persuasiveness must be one-sided and V monotone.", "two-sided obedience equals public persuasion", "C22"),
    Discrepancy(
        "D5",
        "The literal constants 2^k and k are not the suprema, which are 2^(k+1) + 1 and (k+1)^(k+1)/k^k.",
        "exact table of PoWR_k(n); n/h",
        "C8",
    ),
    Discrepancy(
        "D6",
        "Whether PoDR is Θ(k) or Θ(1) depends on the family of leakage laws and on the alphabet; Θ(k) is not true for all known graphs.",
        "a tree with PoDR of order 2^k; pads with PoDR 1",
        "C19",
    ),
)

PAPER = Paper(
    slug="leakage_persuasion",
    title="Leakage-Robust Bayesian Persuasion",
    citation="Nika Haghtalab, Mingda Qiao, Kunhe Yang. Leakage-Robust Bayesian Persuasion. ACM Conference on Economics and Computation "
    "(EC 2025). Called PoRP_k and PoRU in its first version what is PoWR_k and PoDR now.",
    arxiv="2411.16624",
    claims=(*robust.CLAIMS, *supermodular.CLAIMS, *submodular.CLAIMS, *leakage_laws.CLAIMS, *alphabets.CLAIMS),
    discrepancies=DISCREPANCIES,
)
