"""Evaluations of the claims about closed forms: win-rate linearisation, R, C*, the declining sequence, and printed inequalities."""

from __future__ import annotations

from fractions import Fraction

from claims.alignment_distortion import model
from claims.alignment_distortion.measuring import (
    OPEN_UNIT,
    UNIT,
    Evaluation,
    agree,
    as_ball,
    compared,
    decided,
    noise,
    on_grid,
    real_response_of,
    response_of,
    sharpened,
)
from claims.claim import Measurement
from claims.parameters import Integers, Parameter, Values
from exact import reals
from exact.reals import Real
from exact.roots import certified_root
from instances.preference_constructions import DecliningSequence

_HALF = Fraction(1, 2)


@sharpened
def linearisation(values: Values) -> Measurement:
    """C1: one user's win-rate excess between Lemma 1's two bounds; their slacks are exactly 0 where the lemma is tight."""
    response, a, b = response_of(values), values["a"], values["b"]
    on_grid(values, "a", [a])
    on_grid(values, "b", [b])
    beta, chord = response.beta, response.excess(Fraction(1))
    measured = response.excess(a - b)
    upper, lower = beta * a / 4 - b * chord, a * chord - beta * b / 4
    above = model.total_excess(response, [(-b, Fraction(1)), (Fraction(-1), a - b)])
    below = model.total_excess(response, [(Fraction(1), a - b), (-a, Fraction(1))])
    holds = decided(lambda: beta * a / 4 + above >= 0 and beta * b / 4 + below >= 0)
    shown = {"lower": as_ball(lower), "ell": as_ball(chord / beta), "R": as_ball(beta / (4 * chord))}
    return Measurement(measured, as_ball(upper), shown, "<=", holds)


@sharpened
def minimax_constant(values: Values) -> Measurement:
    """C8: R(β) by its definition and by its closed form."""
    beta = response_of(values).beta
    excess = beta / (reals.exp(beta) - 1)
    shown = {"R": as_ball(model.R(beta)), "excess": as_ball(excess), "ell": as_ball(model.ell(beta))}
    return compared(as_ball(model.R(beta)), "==", as_ball(model.R_closed_form(beta)), shown)


@sharpened
def logarithmic_bound(values: Values) -> Measurement:
    """C10: C* against β − 1 − ln(1 + β)/2."""
    beta = response_of(values).beta
    gamma = model.gamma_log(beta)
    shown = {
        "gamma_log": as_ball(gamma), "C_log": as_ball(model.C(beta, gamma)), "R": as_ball(model.R(beta)), "crossing": as_ball(crossing()),
    }
    return compared(as_ball(model.C_star(beta)), ">=", as_ball(beta - 1 - reals.log(1 + beta) / 2), shown)


def crossing() -> Real:
    """The β at which C*(β) = β."""
    (beta,) = certified_root(lambda unknown: [model.C_star(unknown[0]) - unknown[0]], [Fraction(23, 20)])
    return beta


def greatest_ratio(beta: Real) -> Real:
    """max over γ of C(β, γ), from the root of s'(γ) = 1: s is strictly concave on [0, 1], so the root is the maximiser."""
    slope = beta / (4 * model.S(beta))
    (gamma,) = certified_root(lambda unknown: [slope * (1 - reals.tanh(beta * unknown[0] / 2) ** 2) - 1], [reals.ball(model.gamma_star(beta)).mid])
    return model.C(beta, gamma)


@sharpened
def declining_step(values: Values) -> Measurement:
    """C18: the welfare of a_t against the bound from a_{t−1}; equal at t = 2, where all users start alike."""
    beta, t = response_of(values).beta, values["t"]
    sequence = DecliningSequence(beta, t)
    last, before = sequence.steps[-1], sequence.steps[-2]
    average, average_before = model.total(last) / 3, model.total(before) / 3
    loss = reals.log(1 + reals.tanh(beta * average_before / 4) ** 3)
    dropped = beta * before[(t - 2) % 3]
    response = real_response_of(values)
    margin = model.total(response.excess(new - old) for new, old in zip(last, before, strict=True)) / 3
    bound = average_before - 2 * loss / (3 * beta)
    shown = {
        "utilities": as_ball(last),
        "avg_util": as_ball(average),
        "decrement": as_ball(2 * reals.log(1 + reals.tanh(dropped / 4) ** 3) / (3 * beta)),
        "win_margin": as_ball(margin),
    }
    holds = agree(average, bound) if t == 2 else decided(lambda: average <= bound)
    if holds is None:  # both sides subtract the same increasing function, of the greatest and of the average utility
        holds = decided(lambda: average_before <= before[(t - 2) % 3])
    return Measurement(as_ball(average), as_ball(bound), shown, "<=", holds)


@sharpened
def printed_slope(values: Values) -> Measurement:
    """P3: S(β) >= 3 as printed; S(β) >= 1/3 as meant."""
    chord = response_of(values).excess(Fraction(1))
    return compared(chord, ">=", Fraction(3), {"corrected": bool(chord >= Fraction(1, 3))})


@sharpened
def printed_sign(values: Values) -> Measurement:
    """P4: ln(1 − ε) > 0 as printed."""
    return compared(as_ball(reals.log(1 - values["eps"])), ">", Fraction(0), {})


_BETA = noise(beta=Fraction(2))

EVALUATIONS: dict[str, Evaluation] = {
    "C1": ((*_BETA, Parameter("a", UNIT, "the user's u(x)", Fraction(1)), Parameter("b", UNIT, "the user's u(y)", Fraction(0))), linearisation),
    "C8": (_BETA, minimax_constant),
    "C10": (_BETA, logarithmic_bound),
    "C18": ((*_BETA, Parameter("t", Integers(lower=2, upper=100_000), "which alternative of the sequence", 10)), declining_step),
    "P3": (_BETA, printed_slope),
    "P4": ((Parameter("eps", OPEN_UNIT, "ε", _HALF),), printed_sign),
}
