"""What `assay evaluate` computes for C22 to C24."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.models import replicator
from claims.multi_agent_risks.models.moran import Moran, donation, fixation
from claims.parameters import FULL_SUPPORT, POSITIVE, Integers, Lists, Parameter, Rationals, Values
from claims.room import Measure
from exact import reals
from exact.numerals import numeral

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}

MOST_INDIVIDUALS = 1000
LONGEST = 10**7
"""c·t up to here: the share of cooperators is about e^(−ct)."""
UNIT = Rationals(lower=0, upper=1)
BENEFIT_COST = (Parameter("b", POSITIVE, "benefit of a donation, b > c", 3), Parameter("c", POSITIVE, "its cost, 0 < c < b", 1))


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure."""

    def register(measure: Measure) -> Measure:
        EVALUATIONS[number] = (parameters, measure)
        return measure

    return register


def _donation(values: Values) -> tuple[Fraction, Fraction]:
    benefit, cost = values["b"], values["c"]
    if not benefit > cost:
        raise ParameterError(f"b: {benefit} is not in the domain; a donation game has rational b > c > 0 (c = {cost})")
    return benefit, cost


@evaluates(
    "C22",
    *BENEFIT_COST,
    Parameter("x0", UNIT, "share of cooperators at the start", "1/2"),
    Parameter("t", Rationals(lower=0), "time", 1),
)
def mean_fitness(values: Values) -> Measurement:
    """The derivative of the mean payoff at x_0, from the replicator field."""
    benefit, cost = _donation(values)
    start = values["x0"]
    if cost * values["t"] > LONGEST:
        raise ParameterError(f"t: {numeral(values['t'])} is not in the domain; it must be a rational >= 0 with c·t <= {LONGEST} (c = {numeral(cost)})")
    shares, matrix = (start, 1 - start), replicator.donation_matrix(benefit, cost)
    told = {
        "mean_payoff": replicator.dot(shares, replicator.payoffs(matrix, shares)),
        "share": reals.ball(replicator.cooperation_share(cost, start, values["t"])),
    }
    hypothesis = "" if 0 < start < 1 else "0 < x0 < 1"
    return Measurement(replicator.mean_slope(matrix, shares), Fraction(0), told, hypothesis=hypothesis)


@evaluates(
    "C23",
    Parameter("N", Integers(lower=2, upper=MOST_INDIVIDUALS), "size of the population", 5),
    Parameter("b", POSITIVE, "benefit of a donation, b > c", 3, ("matrix",)),
    Parameter("c", POSITIVE, "its cost, 0 < c < b", 1, ("matrix",)),
    Parameter("w", UNIT, "intensity of selection, such that fitness 1 − w + w·payoff is positive in every mixed state", "1/10"),
    Parameter("matrix", Lists(Rationals(), least=4), "payoffs [R, S, T, P] in place of b and c", None, ("b", "c")),
)
def fixation_probabilities(values: Values) -> Measurement:
    """ρ_C against 1/N."""
    size, intensity = values["N"], values["w"]
    process = Moran(size, _payoffs(values), intensity)
    if not process.is_defined:
        raise ParameterError(f"w: {intensity} is not in the domain; 1 − w + w·payoff must be positive in every mixed state of these payoffs")
    rho_c, rho_d = fixation(process), fixation(process.exchanged())
    hypothesis = "" if process.favours_defectors else "defectors are fitter in every mixed state (so in a Prisoner's Dilemma with w > 0)"
    return Measurement(rho_c, Fraction(1, size), {"rho_C": rho_c, "rho_D": rho_d}, hypothesis=hypothesis)


def _payoffs(values: Values) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    if "matrix" not in values:
        benefit, cost = _donation(values)
        return donation(benefit, cost)
    if len(values["matrix"]) != 4:
        raise ParameterError(f"matrix: {len(values['matrix'])} entries; it must be a list of 4 rationals, [R, S, T, P]")
    R, S, T, P = values["matrix"]
    return R, S, T, P


@evaluates(
    "C24",
    Parameter("w", Rationals(lower=0), "payoff of a win, where a loss costs 1", 2),
    Parameter("x", FULL_SUPPORT, "three positive shares with sum 1", ["1/2", "1/4", "1/4"]),
)
def red_queen(values: Values) -> Measurement:
    """The derivative of ln(x_1x_2x_3) from the field against the closed form."""
    win, shares = values["w"], values["x"]
    if len(shares) != 3:
        raise ParameterError(f"x: {len(shares)} shares; it must be a list of 3 positive rationals with sum 1")
    return Measurement(replicator.log_product_slope(replicator.rock_paper_scissors(win), shares), replicator.red_queen(win, shares), {})
