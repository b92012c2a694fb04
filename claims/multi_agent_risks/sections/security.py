"""C38–C42: multi-agent security. (C39 and C41 are in :mod:`.structures`.)"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Grid, Inequality, LinearProgram, Part, PropositionalSatisfiability, Settings, Source
from claims.multi_agent_risks.evaluations.security import EVALUATIONS
from claims.multi_agent_risks.mutants.security import MUTANTS
from claims.multi_agent_risks.quantities import security as q
from claims.multi_agent_risks.sections import structures
from claims.multi_agent_risks.sections.common import claim

F = Fraction

LAMPORT = "L. Lamport, R. Shostak, M. Pease, The Byzantine generals problem, ACM TOPLAS 4 (1982), which the report cites"
CASES = (
    "One variable for each lieutenant and view. The clauses say, for every case with at most one traitor and everything that he may say, that the loyal "
    "lieutenants "
    "decide alike, and as a loyal commander orders; decisions may depend on the whole view in any way, so no deterministic oral-message rule of so many "
    "rounds "
    "is left out."
)

GENERALS = claim(
    "C38",
    "Byzantine generals, with one traitor",
    "Deterministic decisions from oral messages, one traitor: three generals cannot agree in 1, 2 or 3 rounds, and four cannot in one round. In two "
    "rounds four "
    "generals can, by exactly one decision rule: the majority of the order received and the two that are relayed (OM(1)). (That n <= 3f generals cannot "
    "agree in any number of rounds is the covering argument of Fischer, Lynch and Merritt 1986, and is not checked here.)",
    Source(LAMPORT, "restated"),
    "iff",
    None,
    (
        Part(
            "three generals", "no rule is valid for three generals in 1, 2 and 3 rounds",
            (PropositionalSatisfiability(build=q.rules_of_three, expected="unsat", settings=Settings(tuple({"rounds": rounds} for rounds in (1, 2, 3))),
                                         argument=f"{CASES} In two rounds the commander is silent after the first; in three he repeats and reports."),),
        ),
        Part(
            "one round", "no rule is valid for four generals in one round; nor for five (and, at greater effort, six)",
            (PropositionalSatisfiability(build=q.rules_in_one_round, expected="unsat", settings=Settings(({"n": 4}, {"n": 5}), ({"n": 6},)), argument=CASES),),
        ),
        Part(
            "two rounds", "exactly one rule is valid for four generals in two rounds: the majority",
            (
                PropositionalSatisfiability(
                    build=q.rules_of_four, models=lambda p: 1, decode=q.rule_of_four, predicate=q.is_valid_majority,
                    argument=CASES + " Each of the 24 views occurs in some case, so a rule is given by its 24 bits.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

M, count, a, b, s, t = sp.symbols("M count a b s t", real=True)

LAWS_AND_MESSAGES = tuple({"items": items, "denominator": denominator, "M": messages}
                          for items, denominator in ((2, 5), (3, 6), (3, 7), (4, 6)) for messages in (2, 3, 4))
KEYED = tuple({"channel": name} for name in ("thirds, 2 messages", "two fifths, 2 messages", "half, 2 messages", "uniform 8, 8 messages"))
NOT_KEYED = tuple({"channel": name} for name in ("thirds, 4 messages", "three fifths, 2 messages", "half, 3 messages"))
UNKEYED = (
    *({"channel": name, "length": 1} for name in ("thirds, 2 messages", "half, 2 messages", "two fifths, 2 messages", "uniform 8, 8 messages")),
    *({"channel": "three fifths, 2 messages", "length": length} for length in (1, 2, 3, 4, 5)),
)
BITS = tuple({"law": law, "length": length} for law, length in (
    ("half", 1), ("half", 3), ("uniform 8", 1), ("three fifths", 1), ("three fifths", 4), ("thirds", 3)))

COVERT_CHANNEL = claim(
    "C40",
    "A perfect covert channel without errors",
    "M equally likely messages are sent as items whose law is exactly the cover law P, and are always decoded. With a shared key this is possible iff "
    "max P <= 1/M, "
    "so that a block of n tokens carries ⌊n·H_∞(P)⌋ bits (min-entropy, not Shannon entropy). Without a key it is possible iff the items split into M "
    "cells of probability exactly 1/M. A paraphraser that draws the item anew within its class leaves the law of the class.",
    Source("Section 2.3, steganography", "reconstructed"),
    "iff",
    Bound(1 / sp.Symbol("M", positive=True), "1/M"),
    (
        Part(
            "necessary", "with a key, max P <= 1/M",
            (
                Inequality(
                    left=count / M, relation="<=", right=1 / M, domain=((count, 0, 1), (M, 1, None)),
                    argument="Given the key, an item is sent for at most one message (or it could not be decoded): for `count` <= 1 of M, that is with "
                    "probability "
                    "count/M (the average count, where the sender draws at random besides). Averaged over keys the item has probability P(item), which "
                    "is therefore at most 1/M.",
                ),
            ),
        ),
        Part(
            "sufficient", "with a key, max P <= 1/M is enough",
            (
                Inequality(
                    left=t - s, relation="<", right=1 / M, domain=((a, 0, 1), (b, 0, 1), (s, 0, 1), (t, 0, 1), (M, 1, None)),
                    where=((s - a, ">="), (b - t, ">"), (1 / M - (b - a), ">=")),
                    argument="Systematic sampling: with U uniform on [0, 1/M) send for message m the item whose interval [a, b) of the cdf contains U + "
                    "m/M. That point is "
                    "uniform on [0, 1), so items have law P. Points s <= t of one item of probability b − a <= 1/M differ by less than 1/M, and the "
                    "points of "
                    "different messages by 1/M or more: no item is sent for two messages under one key, so it is decoded.",
                ),
            ),
        ),
        Part(
            "systematic sampling", "at every law with few items and a small denominator: the channel has output law P, and is decodable iff max P <= 1/M",
            (
                Enumeration(
                    statement="systematic sampling has output law P, and can be decoded exactly when max P <= 1/M", elements=q.all_laws,
                    predicate=q.keyed_iff_flat, settings=Settings(LAWS_AND_MESSAGES),
                    argument="The key is cut at all breakpoints; in each cell the items of all messages are compared, and the output law is added up.",
                ),
            ),
        ),
        Part(
            "possible", "with a key: thirds, (2/5, 2/5, 1/5) and (1/2, 1/4, 1/4) for two messages, eight equal items for eight",
            (
                LinearProgram(
                    build=q.packing, relation="==", bound=lambda p: F(1), settings=Settings(KEYED),
                    argument="Under one key the messages use M different items. The program gives sets of M items to as much of the key as it can "
                    "without sending an item "
                    "too often; 1 is all of it.",
                ),
            ),
        ),
        Part(
            "impossible", "with a key: thirds for four messages, (3/5, 2/5) for two, (1/2, 1/4, 1/4) for three",
            (
                LinearProgram(
                    build=q.mixture, infeasible=True, settings=Settings(NOT_KEYED),
                    argument="Any keyed channel gives probabilities to sets of M items so that each item has its probability; there are none.",
                ),
            ),
        ),
        Part(
            "unkeyed", "without a key: iff the items split into M cells of 1/M; thirds and (3/5, 2/5)^n do not, (1/2, 1/4, 1/4) and eight equal items do",
            (
                Enumeration(
                    statement="the items split into M cells of probability 1/M, or not, as printed", elements=q.block, predicate=q.unkeyed_as_printed,
                    settings=Settings(UNKEYED),
                    argument="Without a key the items that stand for one message form a cell, cells do not meet, and output law P gives each "
                    "probability 1/M; conversely the "
                    "sender draws from P within the cell. For (3/5, 2/5) and any block length n a cell of two has k/5^n with 2k = 5^n, which is odd: never.",
                ),
            ),
        ),
        Part(
            "bits", "a block of n tokens carries ⌊n·H_∞⌋ bits with a key",
            (
                Enumeration(
                    statement="2^k messages can be sent in a block and 2^(k+1) cannot, for k = ⌊n·H_∞⌋", elements=q.block,
                    predicate=q.bits_by_min_entropy, settings=Settings(BITS),
                    argument="The greatest probability of a block is (max P)^n, so that 2^k messages are possible iff (max P)^n <= 2^−k, that is k <= "
                    "n·H_∞; checked by the channel itself.",
                ),
            ),
        ),
        Part(
            "paraphraser", "a paraphraser never raises the capacity, and a single class leaves none",
            (
                Enumeration(
                    statement="the law of the class allows no more bits than P", elements=q.classified_laws, predicate=q.paraphrasing_carries_no_more,
                    settings=Settings(({"items": 3, "denominator": 6}, {"items": 4, "denominator": 5})),
                    argument="Every law with this denominator and every division into classes. In general the probability of a class is at least that "
                    "of its items, so max P can only grow.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

p, p_2, target = sp.symbols("p p_2 target", real=True)
REPORTED = "The report's figures (below 3 % and 43 %) are quoted, not verified; this is arithmetic on them."

COMBINED_MODELS = claim(
    "C42",
    "Figures of a combined attack, as reported",
    "The report's Case Study 12 says that each of two models alone succeeds in less than 3 % and their combination in 43 %. These figures are REPORTED, "
    "and nothing here "
    "verifies or reproduces them. The arithmetic on them is checked: two attempts succeed with at most 6 % (union bound), with 5.91 % if independent; "
    "at least 37 "
    "points are left for synergy; and independent attempts at 3 % match 43 % from the 19th on.",
    Source("Case Study 12", "restated"),
    "<=",
    Bound(sp.Symbol("attempts") * sp.Symbol("q"), "attempts · q"),
    (
        Part(
            "union bound", "arithmetic on the reported figures: two attempts with probabilities p, p_2 succeed together with at most p + p_2",
            (
                Inequality(
                    left=1 - (1 - p) * (1 - p_2), relation="<=", right=p + p_2, domain=((p, 0, 1), (p_2, 0, 1)),
                    argument="Stated for independent attempts; for dependent ones P(A ∪ B) <= P(A) + P(B) always. With p the success of n attempts it "
                    "is the induction "
                    f"step of n·q for n. {REPORTED}",
                ),
            ),
        ),
        Part(
            "synergy", "arithmetic on the reported figures: at least 37 points beyond the union bound, whatever the single models achieve below 3 %",
            (
                Inequality(
                    left=sp.Rational(43, 100) - 2 * p, relation=">=", right=sp.Rational(37, 100), domain=((p, 0, sp.Rational(3, 100)),),
                    argument=f"At p, the greater success of the two models, two attempts have the union bound 2p. {REPORTED}",
                ),
            ),
        ),
        Part(
            "independent", "arithmetic on the reported figures: two independent attempts at 3 % succeed with 5.91 %",
            (Grid(ranges=q.each_model, quantity=q.success(2), relation="==", bound=lambda point, p: F(591, 10_000),
                  argument=REPORTED),),
        ),
        Part(
            "18 attempts", "arithmetic on the reported figures: 18 independent attempts at 3 % stay below 43 %",
            (Grid(ranges=q.each_model, quantity=q.success(18), relation="<", bound=q.reported,
                  argument=f"More attempts never succeed less, so fewer than 18 stay below, too. {REPORTED}"),),
        ),
        Part(
            "19 attempts", "arithmetic on the reported figures: 19 independent attempts at 3 % reach 43 %",
            (Grid(ranges=q.each_model, quantity=q.success(19), relation=">=", bound=q.reported, argument=REPORTED),),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (GENERALS, *structures.CLAIMS, COVERT_CHANNEL, COMBINED_MODELS)
