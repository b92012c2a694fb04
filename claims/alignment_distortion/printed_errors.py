"""What is printed and false (P1–P5), each beside the claim that corrects it, and what is printed imprecisely (P6–P9)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims import Claim, Discrepancy, Part, Settings, Source, Witness
from claims.alignment_distortion import model
from claims.alignment_distortion import quantities as measured
from claims.alignment_distortion.analysis import S, beta, relation
from claims.alignment_distortion.evaluation import EVALUATIONS
from claims.alignment_distortion.mutants import CYCLIC, PRINTED_SCORE, at, printed_exploitation, printed_winner_loss
from claims.parameters import Values
from exact import reals
from exact.reals import Real

F = Fraction


def printed(
    number: str, title: str, statement: str, source: str, reason: str, corrected_by: str, symbol: Any, *parts: Part
) -> Claim:
    """A claim that is false as printed."""
    parameters, measure = EVALUATIONS[number]
    return Claim(
        number=number,
        title=title,
        statement=statement,
        source=Source(source),
        parts=parts,
        relation=symbol,
        parameters=parameters,
        measure=measure,
        expected="refuted",
        reason=reason,
        corrected_by=corrected_by,
    )


def _printed_value(instance: Any, second: tuple[Real, Real]) -> Real:
    """πᵀMπ₂ − λ·D(π₂‖uniform) for π = (3/4, 1/4), M₁₂ = x and λ = x/ln 3."""
    x, (first, other) = instance["x"], second
    payoff = x * (F(3, 4) * other - F(1, 4) * first)
    divergence = model.total(p * reals.log(2 * p) for p in second if not (isinstance(p, Fraction) and p == 0))
    return payoff - x / reals.log(F(3)) * divergence


def printed_value_at_solution(instance: Any, parameters: Values) -> Real:
    """The minimising player's printed objective at π₂ = π."""
    return _printed_value(instance, (F(3, 4), F(1, 4)))


def printed_value_at_vertex(instance: Any, parameters: Values) -> Real:
    """The minimising player's printed objective at the vertex e₁."""
    return _printed_value(instance, (F(1), F(0)))


def log_remaining(instance: Any, parameters: Values) -> Real:
    """ln(1 − ε)."""
    return reals.log(1 - parameters["eps"])


PRINTED_ERRORS = (
    printed(
        "P1",
        "Proof of Proposition 13: the sign of the minimising player's penalty",
        "In the regularised game the minimising player's objective carries −λ·KL(π₂‖π_ref), and its equilibrium "
        "solves the constrained game.",
        "App. F.4",
        "with −λ the minimiser's problem is concave and sits at a vertex; correct is +λ",
        "C21",
        "<=",
        Part(
            "best response",
            "the constrained solution π = (3/4, 1/4) of M₁₂ = x, λ = x/ln 3, is a best response of the minimising "
            "player to itself",
            (at({"x": F(1)}, printed_value_at_solution, "<=", printed_value_at_vertex),),
        ),
        Part(
            "equilibrium",
            "the printed program's solution is not exploitable on the ball of its own KL",
            (at(CYCLIC, printed_exploitation, "<=", measured.zero, lam=F(1, 5)),),
        ),
    ),
    printed(
        "P2",
        "DPO's policy without its normaliser",
        "The optimal policy is π(x) = π_ref(x)·e^{r(x)/λ}.",
        "App. F.3",
        "the weights do not sum to 1; divide by Z = Σ π_ref·e^{r/λ}",
        "C23",
        "==",
        Part(
            "sum",
            "the weights sum to 1",
            (at({"ref": (F(1, 2), F(1, 2)), "odds": (F(3), F(1))}, measured.unnormalised_mass, "==", measured.one),),
        ),
    ),
    printed(
        "P3",
        "Proof of Theorem 6: the increment per copy",
        "δ(σ(β) − σ(0)) ≥ 3δ.",
        "App. F.2",
        "S(β) = σ(β) − σ(0) < 1/2 for every β; correct is ≥ δ/3, which holds when e^β ≥ 5",
        "C12",
        ">=",
        Part("increment", "S(β) ≥ 3", (relation(S(beta), ">=", 3, (beta, 0, None), where=((beta, ">"),)),)),
    ),
    printed(
        "P4",
        "Proof of Theorem 6: a sign",
        "ln(1−ε) > 0 for 0 < ε < 1.",
        "App. F.2",
        "the logarithm of a number below 1 is negative; correct is ln(1/(1−ε)) > 0",
        "C12",
        ">",
        Part(
            "sign",
            "ln(1−ε) > 0",
            (
                Witness(
                    instance=lambda parameters: None,
                    quantity=log_remaining,
                    relation=">",
                    bound=measured.zero,
                    settings=Settings(quick=({"eps": F(1, 2)},)),
                ),
            ),
        ),
    ),
    printed(
        "P5",
        "The normalised Borda score",
        "With self-pairs recorded as 'x beats x' once, W/(W + losses to others) is the Borda score of Theorem 2.",
        "Section 3, definition of the Borda score",
        "its limit is 2BC*(x)/(2 − μ(x)), and Theorem 2 fails for it; a self-pair is one win in two incidences",
        "C2",
        "<=",
        Part(
            "Theorem 2",
            "A(x*) ≤ R²·A(winner of the printed score)",
            (at(PRINTED_SCORE, printed_winner_loss, "<=", measured.zero),),
        ),
    ),
)

DISCREPANCIES = (
    *(Discrepancy(claim.number, claim.title, claim.reason, claim.number) for claim in PRINTED_ERRORS),
    Discrepancy(
        "P6",
        "The Borda ratio and the ML margin are undefined for an alternative or pair that is never sampled.",
        "0/0 occurs with positive probability at every finite n; E[·] needs conventions, and assay takes 0 for both.",
        "C20",
    ),
    Discrepancy(
        "P7",
        "Theorem 6 is stated for m ≥ 3.",
        "The printed construction needs m − 2 ≥ 4e^β and β ≥ 1 (utility 1/β ≤ 1), and its ratio exceeds 1 only for "
        "e^β > 10β, β > 3.577. With the clones merged and μ(c) = k/(k+2), m = 3 suffices: C12's witness.",
        "C12",
    ),
    Discrepancy(
        "P8",
        "Theorem 12's 'max over 0 < γ < 1' is a supremum over instances.",
        "Every instance with A(x̂) > 0 has ratio < C* (C3, part 'not attained'); the mutant C9/m3, which claims "
        "attainment, is refuted.",
        "C9",
    ),
    Discrepancy(
        "P9",
        "The abstract's 'minimax optimal' omits the restriction for d ≥ 2, and 'bounded away' in Theorem 5 is per β.",
        "For d ≥ 2 the bound is shown for rules that shun Condorcet losers (C6); C*/R − 1 tends to 0 as β → 0: the "
        "mutant C10/m3 is refuted at β = 1/10.",
        "C10",
    ),
)
