"""C39 and C41: what a coalition learns, and what it can reach."""

from __future__ import annotations

import sympy as sp

from claims import Bound, Claim, Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.structures import EVALUATIONS
from claims.multi_agent_risks.models import safety as model_safety
from claims.multi_agent_risks.models import sharing as model_sharing
from claims.multi_agent_risks.mutants.network import constant
from claims.multi_agent_risks.mutants.structures import MUTANTS
from claims.multi_agent_risks.sections.common import claim, witness

SCHEMES = Settings(
    tuple({"p": p, "t": t, "n": n} for p, t, n in ((5, 3, 4), (2, 1, 1), (3, 2, 2), (5, 1, 3), (5, 4, 4), (7, 3, 6))),
    tuple({"p": p, "t": t, "n": n} for p, t, n in ((7, 4, 6), (11, 3, 8))),
)

SHARING = claim(
    "C39",
    "Secret sharing: fewer than t shares tell nothing, t tell all",
    "Shamir's (t, n) scheme over GF(p), n < p: any t − 1 shares are independent of the secret, any t shares determine it.",
    Source("§3.7, heterogeneous attacks; Shamir 1979", "reconstructed"),
    "==",
    Bound(sp.Integer(0)),
    (
        Part(
            "every coalition",
            "below the threshold every secret is equally likely given any shares; from the threshold on one secret is certain",
            (
                Enumeration(
                    statement="for every coalition, over all p^t polynomials, the greatest probability of a secret given the shares is 1/p below t "
                    "shares, else 1",
                    elements=model_sharing.coalitions,
                    predicate=model_sharing.hides_or_tells,
                    quantity=model_sharing.best_guess,
                    relation="==",
                    bound=model_sharing.claimed_guess,
                    settings=SCHEMES,
                    argument="A greatest probability of 1/p among p secrets makes all of them equally likely. In general: t values at different points "
                    "fix a polynomial of degree below t, by Vandermonde's determinant; so t − 1 shares fit exactly one polynomial for each secret.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

UNIONS = claim(
    "C41",
    "Safe parts, unsafe union",
    "Directed graphs on start, mid and bad, safe when bad cannot be reached from start: 24 of 64 are safe, and 128 of the 576 ordered safe pairs have "
    "an unsafe union (2/9), none an unsafe intersection. A path of k arcs, one for each agent, is safe for every proper coalition.",
    Source("§3.7, cascading security failures, swarm attacks", "reconstructed"),
    "exists",
    Bound(sp.Rational(2, 9)),
    (
        Part(
            "census",
            "counts of safe graphs and of unsafe unions; no unsafe intersection",
            (
                Enumeration(
                    statement="over all directed graphs on n nodes: `safe` are safe, `unsafe_unions` ordered safe pairs have an unsafe union, none "
                    "an unsafe intersection",
                    elements=model_safety.censuses,
                    predicate=model_safety.is_as_stated,
                    settings=Settings(({"n": 3, "safe": 24, "unsafe_unions": 128},), ({"n": 4, "safe": 1024, "unsafe_unions": 466_944},)),
                    argument="All 2^(n(n−1)) graphs and all ordered pairs of the safe ones are gone through.",
                ),
            ),
        ),
        Part(
            "smallest witness",
            "{start → mid} and {mid → bad} are the only pair with at most two arcs in all",
            (
                Enumeration(
                    statement="each ordered pair of safe graphs on three nodes has a safe union, or more than two arcs, or is this pair",
                    elements=model_safety.safe_pairs,
                    predicate=model_safety.is_no_smaller_witness,
                ),
            ),
        ),
        Part(
            "path",
            "a path split over k agents needs all of them",
            (
                Enumeration(
                    statement="a coalition's arcs lead to the end of the path if and only if all agents are in it",
                    elements=model_safety.path_coalitions,
                    predicate=model_safety.needs_everybody,
                    settings=Settings(({"longest": 8},), ({"longest": 11},)),
                    argument="In general: the path is the only walk from start to bad, and an absent agent leaves a gap in it.",
                ),
            ),
        ),
        Part(
            "pair",
            "{start → mid} ∪ {mid → bad} is unsafe",
            (witness(model_safety.danger_of_union, "==", constant(1), instance=lambda parameters: model_safety.WITNESS),),
            quantifier="exists",
            beside=True,
        ),
        Part(
            "its parts",
            "both of them are safe",
            (witness(model_safety.danger_of_parts, "==", constant(0), instance=lambda parameters: model_safety.WITNESS),),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS: tuple[Claim, ...] = (SHARING, UNIONS)
