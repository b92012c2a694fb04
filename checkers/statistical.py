"""Checks `Experiment` formulations: a number of trials fixed beforehand, an exact interval, and a verdict that is never more than statistical.

The claim P(event) <= p (or >= p) is supported when the Clopper–Pearson interval lies on its side of p. Trials that speak against it leave it
undecided: a true claim is contradicted by chance now and then. Multiplicity: every experiment has its own ``confidence``; where m experiments of a
paper are read together, give each the confidence :func:`checkers.binomial.bonferroni` says, or put the p-values in ``details`` through
:func:`checkers.binomial.holm`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from checkers import binomial, certify
from checkers.checker import Budget
from checkers.evidence import Evidence, undecided
from claims.formulations import Experiment, Formulation
from claims.parameters import Values, to_json
from exact.numerals import numeral
from exact.reals import Real, is_certain, plain

NAME = "statistical"

Verdict: TypeAlias = Literal["supported", "inconclusive", "contradicted in these trials"]

_SEEDS = 1 << 64


@dataclass(frozen=True)
class Trials:
    """Recorded outcomes, in order."""

    outcomes: tuple[bool, ...]

    @property
    def successes(self) -> int:
        """How often the event happened."""
        return sum(self.outcomes)

    @property
    def proportion(self) -> Fraction:
        """Successes per trial."""
        return Fraction(self.successes, len(self.outcomes))


def accepts(formulation: Formulation) -> bool:
    """Every `Experiment`."""
    return isinstance(formulation, Experiment)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Run the trials that the effort asks for, with numpy's default generator from the given seed.

    ``margin`` is the distance of the interval to the claimed probability, on the claimed side. Undecided, with the note ``vacuous``, where the
    claimed probability says nothing.
    """
    assert isinstance(formulation, Experiment)
    try:
        claimed = plain(certify.call("probability", formulation.probability, parameters))
        if _vacuous(formulation, parameters, claimed):
            return undecided(NAME, "sample", "vacuous", bound=to_json(claimed))
        trials = run(formulation, parameters, seed, certify.amount(formulation.trials, budget, "trials"))
        return _judge(formulation, parameters, seed, trials, claimed)
    except certify.NotCertified as error:
        return certify.failed(NAME, "sample", error)


def _vacuous(formulation: Experiment, parameters: Values, claimed: Real) -> bool:
    said = formulation.vacuous is not None and bool(certify.call("vacuous", formulation.vacuous, parameters))
    return said or is_certain(lambda: claimed >= 1 if formulation.relation == "<=" else claimed <= 0)


def run(formulation: Experiment, parameters: Values, seed: int, count: int) -> Trials:
    """The outcomes of ``count`` trials. Raises QuantityError with the number of the trial that raised, or answered neither True nor False."""
    import numpy

    generator = numpy.random.default_rng(seed % _SEEDS)
    outcomes = []
    for number in range(count):
        outcome = certify.call(f"trial {number} (counted from 0, seed {seed})", formulation.trial, parameters, generator)
        if not isinstance(outcome, bool | numpy.bool_):
            raise certify.QuantityError(f"trial {number} answered {outcome!r}, which is neither True nor False")
        outcomes.append(bool(outcome))
    return Trials(tuple(outcomes))


def verdict(relation: Literal["<=", ">="], interval: binomial.Interval, claimed: Real) -> Verdict:
    """What the interval says about the claimed probability."""
    lower, upper = interval
    if is_certain(lambda: upper <= claimed if relation == "<=" else lower >= claimed):
        return "supported"
    if is_certain(lambda: lower > claimed if relation == "<=" else upper < claimed):
        return "contradicted in these trials"
    return "inconclusive"


def _judge(formulation: Experiment, parameters: Values, seed: int, trials: Trials, claimed: Real) -> Evidence:
    count, successes = len(trials.outcomes), trials.successes
    interval = binomial.clopper_pearson(successes, count, formulation.confidence)
    document = certify.accepted(_document(formulation, parameters, seed, trials, interval))
    said = verdict(formulation.relation, interval, claimed)
    margin = claimed - interval[1] if formulation.relation == "<=" else interval[0] - claimed
    details = {
        "event": formulation.event, "verdict": said, "successes": successes, "trials": count, "confidence": numeral(formulation.confidence),
        "interval": to_json(interval), "anytime_interval": to_json(binomial.anytime_interval(successes, count, formulation.confidence)),
        **_p_values(formulation, trials, claimed),
    }
    shown: dict[str, Any] = {"measured": numeral(trials.proportion), "bound": to_json(plain(claimed)), "margin": to_json(plain(margin))}
    note = f"{said}: {successes} of {count}, interval [{float(interval[0]):.6g}, {float(interval[1]):.6g}] at confidence {formulation.confidence}"
    if said == "supported":
        return Evidence(checker=NAME, status="holds", scope="sample", trust="statistical", certificate=document, details=details, note=note, **shown)
    return Evidence(checker=NAME, status="undecided", scope="sample", trust="statistical", certificate=document, details=details, note=note, **shown)


def _p_values(formulation: Experiment, trials: Trials, claimed: Real) -> Mapping[str, Any]:
    """Exact one-sided binomial tests at the claimed probability, where that is rational: of what would contradict the claim, and of the claim."""
    if not isinstance(claimed, Fraction):
        return {}
    count, successes = len(trials.outcomes), trials.successes
    low, high = binomial.at_most(successes, count, claimed), binomial.at_least(successes, count, claimed)
    against_claim, against_contrary = (high, low) if formulation.relation == "<=" else (low, high)
    return {"p_value_of_contrary": to_json(against_contrary), "p_value_of_claim": to_json(against_claim)}


def _document(formulation: Experiment, parameters: Values, seed: int, trials: Trials, interval: binomial.Interval) -> dict[str, Any]:
    return {
        "schema": "assay.certificate/1",
        "type": "trials",
        "about": certify.legible({"checker": NAME, "event": formulation.event, "parameters": parameters, "seed": seed}),
        "proposition": {
            "successes": trials.successes, "trials": len(trials.outcomes), "confidence": numeral(formulation.confidence),
            "interval": [numeral(interval[0]), numeral(interval[1])],
        },
        "proof": {"outcomes": "".join("1" if outcome else "0" for outcome in trials.outcomes)},
    }
