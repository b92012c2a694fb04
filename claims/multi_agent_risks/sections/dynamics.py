"""C25–C30: destabilising dynamics."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import sympy as sp

from claims import Bound, Cycle, Enumeration, Part, Root, Settings, Source
from claims.multi_agent_risks.evaluations.dynamics import EVALUATIONS
from claims.multi_agent_risks.identities import dynamics as facts
from claims.multi_agent_risks.mutants.dynamics import MUTANTS
from claims.multi_agent_risks.quantities import dynamics as q
from claims.multi_agent_risks.sections.common import claim, witness

F = Fraction
SECTION = "§3.4, destabilising dynamics"

REAL_PART, IMAGINARY_PART = facts.schur_cohn_terms()

GRADIENT_PLAY = claim(
    "C25",
    "Gradient play on xy",
    "Simultaneous gradient play multiplies x² + y² by 1 + η² in every step; alternating play conserves x² + y² − ηxy; optimistic play contracts iff "
    "0 < η < 1/√3 (step sizes η >= 0).",
    Source(f"{SECTION}: cyclic behaviour", "reconstructed"),
    "iff",
    Bound(1 / sp.sqrt(3), "1/√3"),
    (
        Part("simultaneous", "x² + y² grows by the factor 1 + η²", (facts.simultaneous_growth(),)),
        Part("alternating", "x² + y² − ηxy is conserved", (facts.alternating_invariant(),)),
        Part("optimistic", "optimistic play contracts iff 0 < η < 1/√3", (facts.schur_cohn(),)),
        Part("real part", "Re(d − c·d̄) = −(1 − 2η²), for the criterion", (REAL_PART,)),
        Part("imaginary part", "Im(d − c·d̄) = η, for the criterion", (IMAGINARY_PART,)),
        Part(
            "radii",
            "the spectral radius of optimistic play is 0.707106781186548 at η = 1/2, 0.98071079 at η = 57/100",
            (
                witness(
                    q.radius_error, "<=", q.tolerance,
                    Settings((
                        {"eta": F(1, 2), "printed": F("0.707106781186548"), "within": F(1, 10**15)},
                        {"eta": F(57, 100), "printed": F("0.98071079"), "within": F(1, 10**8)},
                    )),
                    q.nothing,
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

PRINTED_DIVERGENCES = (
    {**q.START, "steps": 0, "printed": F("0.00624116833527"), "within": F(1, 10**14)},
    {**q.START, "steps": 1, "printed": F("0.00630307962820"), "within": F(1, 10**14)},
    {**q.START, "steps": 10, "printed": F("0.00688909321719"), "within": F(1, 10**14)},
    {**q.START, "steps": 100, "printed": F("0.0166638567980"), "within": F(1, 10**13)},
)
LONG_RUN = ({**q.START, "steps": 1000, "printed": F("2.01147372171"), "within": F(1, 10**11)},)

NEVER_SETTLES = claim(
    "C26",
    "Multiplicative weights never settle in Matching Pennies",
    "With logits s, t and learning rate η > 0: s′ = s + 2η tanh(t/2), t′ = t − 2η tanh(s/2). V = ln cosh(s/2) + ln cosh(t/2), the divergence from the "
    "equilibrium, strictly increases in every step from any point but the equilibrium; in continuous time it is conserved.",
    Source(f"{SECTION}: cyclic behaviour", "restated"),
    ">",
    None,
    (
        Part("increase", "V increases strictly unless s = t = 0", (facts.orthogonal_step(facts.STEP_ARGUMENT),)),
        Part("gradient", "(ln cosh)′ = tanh", (facts.gradient_of_log_cosh(),)),
        Part("convexity", "V is strictly convex", (facts.curvature_of_log_cosh(),)),
        Part("divergence", "V is the sum of the divergences KL((½, ½) ‖ ·) of the two mixtures", (facts.divergence_is_log_cosh(),)),
        Part(
            "continuous time",
            "V is conserved along s′ = 2 tanh(t/2), t′ = −2 tanh(s/2)",
            (facts.orthogonal_step("dV/dt = ∇V · (2 tanh(t/2), −2 tanh(s/2)), the left side over η."),),
        ),
        Part(
            "a run",
            "from (1/5, 1/10) at η = 1/10: V = 0.00624116833527, 0.00630307962820, 0.00688909321719, 0.0166638567980, 2.01147372171 after 0, 1, 10, 100, 1000",
            (witness(q.divergence_error, "<=", q.tolerance, Settings(PRINTED_DIVERGENCES, (), LONG_RUN), q.nothing),),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

LI_YORKE = "T.-Y. Li, J. A. Yorke, Period three implies chaos, Amer. Math. Monthly 82 (1975), Theorem 1"
CHAOS = "The share map is continuous on [0, 1], and conjugate to g inside. A cycle of exact period three makes it chaotic in the sense of Li and Yorke."
ATTRACTING = {"a": F(20), "b": F(7, 10), "kind": "attracting"}
REPELLING = {"a": F(20), "b": F(7, 10), "kind": "repelling"}
PRINTED_ORBITS = (
    {**ATTRACTING, "printed": (F("0.129082367694707"), F("0.999925843298055"), F("0.970991789007237")), "within": F(1, 10**15)},
    {**REPELLING, "printed": (F("0.273355844687951"), F("0.999476903113225"), F("0.827167252198824")), "within": F(1, 10**15)},
)


def cycle(kind: Literal["attracting", "repelling"], *steps: int) -> Cycle:
    """Cycles of period three at b = 7/10, for several step sizes a."""
    settings = Settings(tuple({"a": F(a), "b": F(7, 10), "kind": kind} for a in steps))
    return Cycle(map=q.routes_map, period=3, guess=q.orbit_near, stability=kind, settings=settings, argument=CHAOS, rests_on=(LI_YORKE,))


ROUTE_TO_CHAOS = claim(
    "C27",
    "Route to chaos",
    "Multiplicative weights on two congested routes, s′ = s − a(σ(s) − b), a > 0, 0 < b < 1. (i) The fixed point b is (linearly) stable iff ab(1 − b) < 2. "
    "(ii) The mean of x over N steps is b + (s_0 − s_N)/(aN), and s stays bounded, so means converge to b even in chaos. (iii) At b = 7/10, a = 20 there are "
    "cycles of period three, one attracting and one repelling: chaos.",
    Source(f"{SECTION}: chaos; Palaiopanos et al. 2017, Bielawski et al. 2021", "restated"),
    "iff",
    Bound(sp.Integer(2), "2"),
    (
        Part("logits", "x′ = x/(x + (1 − x)e^(a(x − b))) is s′ = s − a(σ(s) − b)", (facts.logit_form(),)),
        Part("(i) multiplier", "the multiplier of the fixed point is 1 − ab(1 − b)", (facts.slope(),)),
        Part("(i) stability", "it has modulus < 1 iff ab(1 − b) < 2", (facts.stability(),)),
        Part("(ii) mean", "the mean over N steps is b + (s_0 − s_N)/(aN)", (facts.one_step_of_the_mean(),)),
        Part("(ii) down", "a step leads down by less than a(1 − b)", (facts.longest_step_down(),)),
        Part("(ii) up", "a step leads up by less than ab", (facts.longest_step_up(),)),
        Part("(iii) attracting", "an attracting cycle of period three at b = 7/10, a = 20 (and 18)", (cycle("attracting", 20, 18),), quantifier="exists"),
        Part("(iii) repelling", "a repelling cycle of period three at b = 7/10, a = 20 (and 18)", (cycle("repelling", 20, 18),), quantifier="exists"),
        Part(
            "printed orbits",
            "attracting 0.129082367694707, 0.999925843298055, 0.970991789007237; repelling 0.273355844687951, 0.999476903113225, 0.827167252198824",
            (
                Root(
                    equations=cycle("attracting", 20).equations, guess=q.orbit_near, quantity=q.printed_distance, relation="<=", bound=q.tolerance,
                    settings=Settings(PRINTED_ORBITS),
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
        Part(
            "printed multipliers",
            "attracting −0.5443254826, repelling 5.469051399",
            (
                Root(
                    equations=cycle("attracting", 20).equations, guess=q.orbit_near, quantity=q.multiplier_error, relation="<=", bound=q.tolerance,
                    settings=Settings((
                        {**ATTRACTING, "printed": F("-0.5443254826"), "within": F(1, 10**10)},
                        {**REPELLING, "printed": F("5.469051399"), "within": F(1, 10**9)},
                    )),
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
        Part(
            "none at a = 15",
            "there is no cycle of period three at b = 7/10, a = 15; nor at b = 1/2, a = 40",
            (
                Enumeration(
                    statement="g³(s) − s has no zero in the piece but the fixed point",
                    elements=q.pieces,
                    predicate=q.has_no_cycle,
                    settings=Settings(({"a": F(15), "b": F(7, 10)}, {"a": F(40), "b": F(1, 2)}), ({"a": F(100), "b": F(1, 2)}, {"a": F(1000), "b": F(1, 2)})),
                    argument="The pieces cover [s* − a(1 − b), s* + ab], which holds every cycle: its least point is the image of one above s*, its greatest "
                    "of one below. On each piece g³ − id has no zero by its enclosure, or is strictly monotone with equal signs at the ends or with the fixed "
                    "point inside.",
                ),
            ),
            beside=True,
        ),
        Part("b = 1/2", "at b = 1/2 there is no cycle of period three, whatever a", (facts.no_three_at_one_half(),)),
        Part(
            "thresholds",
            "the fixed point loses stability at a = 8 (b = 1/2), 25/3 (3/5), 200/21 (7/10): |multiplier| = 1",
            (
                witness(
                    q.fixed_point_multiplier, "==", q.one,
                    Settings(({"a": F(8), "b": F(1, 2)}, {"a": F(25, 3), "b": F(3, 5)}, {"a": F(200, 21), "b": F(7, 10)})), q.nothing,
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

GAMMAS = Settings(({"gamma": F(3, 4)}, {"gamma": F(51, 100)}, {"gamma": F(99, 100)}))

MARKOV_GAME = claim(
    "C28",
    "Cycles in a mixed-motive Markov game",
    "Two states, each owned by a player who keeps or sends; rewards 1-keep (1, 0), 1-send (0, 3), 2-keep (3, 1), 2-send (0, 0), 1/2 < γ < 1. No deterministic "
    "stationary equilibrium: best replies cycle. The only stationary equilibrium: player 1 sends with 1/(2γ), player 2 with (3γ − 1)/(4γ); at γ = 3/4 with "
    "2/3 and 5/12, values (4, 16/3) and (16/3, 4).",
    Source(f"{SECTION}: cyclic behaviour; Zinkevich, Greenwald, Littman 2005", "restated"),
    "==",
    Bound(sp.S.Zero, "0 deterministic equilibria"),
    (
        Part("player 1", "player 1 sends iff 4γy < 3γ − 1", (facts.incentive(1),)),
        Part("player 2", "player 2 sends iff 2γx > 1", (facts.incentive(2),)),
        Part("values exist", "the determinant of the values' equations", (facts.determinant_of_values(),)),
        *(
            Part(
                f"value, player {player}, state {state}",
                f"in the mixed equilibrium it is {'1/(1 − γ), at γ = 3/4: 4' if player == state else '1/(γ(1 − γ)), at γ = 3/4: 16/3'}",
                (facts.value_at_equilibrium(player, state),),
            )
            for player in (1, 2)
            for state in (1, 2)
        ),
        Part(
            "no deterministic equilibrium",
            "none of the four profiles is one; best replies lead (keep, keep) → (send, keep) → (send, send) → (keep, send) → (keep, keep)",
            (
                Enumeration(
                    statement="the profile is no equilibrium, and the best replies are as stated",
                    elements=q.profiles,
                    predicate=q.is_left,
                    settings=GAMMAS,
                    argument="Exact policy evaluation; a profile that no single deviation improves is an equilibrium, and only such a one.",
                    rests_on=("one-shot deviation principle for discounted decision processes (Blackwell 1965)",),
                ),
            ),
            beside=True,
        ),
        Part(
            "mixture", "at γ = 3/4 both are indifferent at (2/3, 5/12)",
            (witness(q.incentives, "==", q.zero, Settings(({"gamma": F(3, 4)},)), q.mixture),), quantifier="exists", beside=True,
        ),
        Part(
            "values", "at γ = 3/4 the values are (4, 16/3) and (16/3, 4)",
            (witness(q.distance_of_values, "==", q.zero, Settings(({"gamma": F(3, 4)},)), q.mixture),), quantifier="exists", beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

BEST_REPLIES = claim(
    "C29",
    "Best-reply dynamics and loop gain",
    "In the 144 strict ordinal 2×2 games alternating best replies cycle iff there is no pure equilibrium (18); simultaneous ones never settle from 2 of 4 "
    "starts in each of the 18 games with two, from all 4 in the 18 with none, and always settle in the other 108. Linear Cournot: eigenvalues "
    "−(n − 1)/2 and 1/2, stable iff n < 3. Trend followers, k_i >= 0: bounded displacement ε/(1 − Σk_i) iff Σk_i < 1. "
    "Richardson's arms race: stable iff kl < ab.",
    Source(f"{SECTION}: feedback loops and cyclic behaviour", "reconstructed"),
    "iff",
    Bound(sp.S.One, "1"),
    (
        Part(
            "144 games",
            "alternating play cycles from 4, 0, 0 starts and simultaneous play from 4, 0, 2 where there are 0, 1, 2 pure equilibria",
            (
                Enumeration(
                    statement="from as many starts as stated the dynamics never settle", elements=q.ordinal_games, predicate=q.plays_as_stated,
                    argument="One game of each class; exchanging rows or columns renames the starts.",
                ),
            ),
        ),
        Part(
            "classes", "18, 108 and 18 classes have 0, 1 and 2 pure equilibria",
            (
                Enumeration(
                    statement="18, 108, 18", elements=q.class_counts, predicate=q.counts_as_stated,
                    argument="All classes, counted; a class is an orbit of the 576 games under exchange of rows and of columns.",
                ),
            ),
        ),
        Part("Cournot, alike", "all quantities moved alike: the factor −(n − 1)/2", (facts.cournot_constant(),)),
        Part("Cournot, balanced", "quantities moved with sum 0: the factor 1/2", (facts.cournot_balanced(),)),
        Part("trend followers", "the displacements add up to ε(1 − K^N)/(1 − K), K = Σk_i", (facts.trend_sum(),)),
        Part("arms race", "x′ = ky − ax + g, y′ = lx − by + h is stable iff kl < ab (a, b, k, l > 0)", (facts.richardson_determinant(),)),
    ),
    MUTANTS,
    EVALUATIONS,
)

PRINTED_EQUILIBRIA = tuple(
    {"T": F(temperature), "printed": F(printed), "within": F(1, 10**15)}
    for temperature, printed in (
        ("0.49", "0.621491316317668"), ("0.4", "0.855205891743935"), ("0.25", "0.978752012038634"), ("0.1", "0.999954560857616"),
    )
)

PHASE_TRANSITION = claim(
    "C30",
    "A phase transition in exploration",
    "The 2×2 coordination game with payoffs 1 and 0 has one logit equilibrium for T >= 1/2 and three for 0 < T < 1/2.",
    Source(f"{SECTION}: phase transitions; Leonardos, Piliouras 2022", "restated"),
    "iff",
    Bound(sp.Rational(1, 2), "1/2"),
    (
        Part("one for T >= 1/2", "T·logit(x) − (2x − 1) increases strictly", (facts.logit_slope(),)),
        Part("three for T < 1/2", "it is strictly convex on (1/2, 1)", (facts.logit_curvature(),)),
        Part("it falls first", "its slope at 1/2 is negative for T < 1/2", (facts.logit_fall(),)),
        Part("symmetric", "the logit reply increases, so no equilibrium is asymmetric", (facts.logit_reply_rises(),)),
        Part(
            "upper branch",
            "0.621491316317668 (T = 0.49), 0.855205891743935 (0.4), 0.978752012038634 (0.25), 0.999954560857616 (0.1)",
            (
                Root(equations=q.logit_equation, guess=q.upper_near, quantity=q.upper_error, relation="<=", bound=q.tolerance,
                     settings=Settings(PRINTED_EQUILIBRIA)),
            ),
            quantifier="exists",
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (GRADIENT_PLAY, NEVER_SETTLES, ROUTE_TO_CHAOS, MARKOV_GAME, BEST_REPLIES, PHASE_TRANSITION)
