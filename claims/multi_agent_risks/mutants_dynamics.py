"""False variants of C25 to C30, each refuted by an exact counterexample."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Mutant, Root, Settings
from claims.formulations import Quantity
from claims.multi_agent_risks import identities_dynamics as facts
from claims.multi_agent_risks import quantities_dynamics as q
from claims.multi_agent_risks.sections.common import Mutants, witness
from claims.parameters import Values
from exact.reals import Real

F = Fraction


def one_setting(**values: object) -> Settings:
    """A single setting."""
    return Settings((values,))


def number(value: str) -> Quantity:
    """A constant bound."""
    return lambda instance, parameters: F(value)


def jointly_unstable(parameters: Values) -> tuple[Fraction, ...]:
    """Two trend followers with gain 3/5."""
    return F(3, 5), F(3, 5)


def upper(unknowns: tuple[Real, ...], parameters: Values) -> Real:
    """The equilibrium itself."""
    return unknowns[0]


HALF = sp.Rational(1, 2)

MUTANTS: Mutants = {
    "C25": (
        Mutant("alternating play conserves x² + y² + ηxy", (facts.alternating_invariant(-1),)),
        Mutant("optimistic play contracts up to η = 3/5", (witness(q.radius, "<", q.one, one_setting(eta=F(3, 5)), q.nothing),)),
        Mutant("ours: simultaneous play conserves x² + y²", (facts.conserved_distance(),)),
    ),
    "C26": (
        Mutant("V never increases", (witness(q.divergence_after, "<=", q.divergence_before, one_setting(**q.START, steps=1), q.nothing),)),
        Mutant("V is conserved in discrete time", (witness(q.divergence_after, "==", q.divergence_before, one_setting(**q.START, steps=10), q.nothing),)),
        Mutant(
            "ours: V grows by the factor 1 + η² at least",
            (witness(q.divergence_after, ">=", q.inflated_divergence, one_setting(**q.START, steps=1), q.nothing),),
        ),
    ),
    "C27": (
        Mutant(
            "stable iff ab(1 − b) < 4: stable at a = 10, b = 7/10, where it is 21/10",
            (witness(q.fixed_point_multiplier, "<", q.one, one_setting(a=F(10), b=F(7, 10)), q.nothing),),
        ),
        Mutant(
            "the mean identity fails in chaos: after 60 steps the mean is off by more than 1/50",
            (witness(q.distance_of_the_mean, ">", number("1/50"), one_setting(a=F(20), b=F(7, 10), steps=60), q.nothing),),
        ),
        Mutant(
            "large a gives period three for every b: at a = 40, b = 1/2 the attractor comes back after three steps (it has period two)",
            (
                Root(equations=q.two_cycle, guess=q.two_cycle_near, quantity=q.third_image_distance, relation="<=", bound=number("1"),
                     settings=one_setting(a=F(40), b=F(1, 2))),
            ),
        ),
    ),
    "C28": (
        Mutant("player 1 sends with 5/12 and player 2 with 2/3", (witness(q.incentives, "==", q.zero, one_setting(gamma=F(3, 4)), q.swapped_mixture),)),
        Mutant("some deterministic profile is an equilibrium", (witness(q.least_temptation, "<=", q.zero, one_setting(gamma=F(3, 4)), q.nothing),)),
    ),
    "C29": (
        Mutant("the Cournot adjustment is unstable from n = 3 on", (witness(q.cournot_radius, ">", q.one, one_setting(n=3), q.nothing),)),
        Mutant("k_i < 1 for each i suffices", (witness(q.loop_gain, "<", q.one, instance=jointly_unstable),)),
        Mutant(
            "ours: simultaneous best replies settle where there is a pure equilibrium",
            (witness(q.unsettled_starts, "==", q.zero, instance=q.coordination),),
        ),
    ),
    "C30": (
        Mutant("the critical temperature is 1: φ falls at ½ from T = 7/10 to 1 too", (facts.logit_fall_between(sp.Rational(7, 10), sp.S.One),)),
        Mutant("three equilibria at T = ½: φ falls at ½ there too", (facts.logit_fall_between(sp.S.Zero, HALF),)),
        Mutant(
            "ours: the upper equilibrium at T = 1/4 is below 97/100",
            (
                Root(equations=q.logit_equation, guess=q.upper_near, quantity=upper, relation="<", bound=number("97/100"),
                     settings=one_setting(T=F(1, 4), printed=F("0.978752012038634"))),
            ),
        ),
    ),
}
