"""Checks `Experiment` and `MeanExperiment` formulations: rigorous intervals from recorded trials, and a verdict that is never more than statistical.

A claim is supported when the interval lies on its side of the claimed number. Trials that speak against it leave it undecided: a true claim is
contradicted by chance now and then. What is fixed before the first trial: the seed, the number of trials or the rule that stops them, the
confidence, and the family of experiments that are read together, all of which have their share of its error (Bonferroni). Holm's procedure over
the recorded trials of a run is in :mod:`checkers.reanalysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Sized
from fractions import Fraction
from typing import Any

from checkers import analyses, binomial, certify
from checkers.analyses import Analysis, Interval, cautious_end, verdict
from checkers.checker import Budget
from checkers.evidence import Evidence, undecided
from claims.formulations import Experiment, Formulation, MeanExperiment
from claims.parameters import Values, to_json
from exact import betting
from exact.balls import Ball
from exact.numerals import numeral
from exact.reals import Real, is_certain, plain

__all__ = ["NAME", "accepts", "check", "outcomes_of", "run", "verdict"]

NAME = "statistical"

_SEEDS = 1 << 64
_UNIT = (Fraction(0), Fraction(1))

Batch = Callable[[int, int], Sequence[Fraction]]
"""Outcomes of the trials numbered from the first argument on, as many as the second says."""


def accepts(formulation: Formulation) -> bool:
    """Every `Experiment` and every `MeanExperiment`."""
    return isinstance(formulation, Experiment | MeanExperiment)


def check(formulation: Formulation, parameters: Values, seed: int, budget: Budget) -> Evidence:
    """Run the trials that the effort asks for, record them, and say what they show.

    ``margin`` is the distance of the interval to the claimed number, on the claimed side. Undecided, with the note ``vacuous``, where a claimed
    probability says nothing.
    """
    assert isinstance(formulation, Experiment | MeanExperiment)
    try:
        count = certify.amount(formulation.trials, budget, "trials")
        if isinstance(formulation, MeanExperiment):
            return _check_mean(formulation, parameters, seed, count)
        return _check_chance(formulation, parameters, seed, count)
    except certify.NotCertified as error:
        return certify.failed(NAME, "sample", error)


def _check_chance(formulation: Experiment, parameters: Values, seed: int, count: int) -> Evidence:
    claimed = plain(certify.call("probability", formulation.probability, parameters))
    if _vacuous(formulation, parameters, claimed):
        return undecided(NAME, "sample", "vacuous", bound=to_json(claimed))
    if formulation.look_every is not None:
        take = _batch_of_chances(formulation, parameters, seed)
        outcomes = _until_decided(formulation, take, _UNIT, claimed, count)
        document = _means_document(formulation, parameters, seed, claimed, _UNIT, [outcomes], count)
        return _judge(formulation, document, claimed)
    recorded = run(formulation, parameters, seed, count)
    return _judge(formulation, _trials_document(formulation, parameters, seed, claimed, recorded), claimed)


def _check_mean(formulation: MeanExperiment, parameters: Values, seed: int, count: int) -> Evidence:
    claimed = plain(certify.call("bound", formulation.bound, parameters))
    ends = _range(formulation, parameters)
    first = _batch_of("batch", formulation.batch, parameters, seed)
    if formulation.versus is not None:
        second = _batch_of("versus", formulation.versus, parameters, _second_seed(seed))
        arms = [tuple(first(0, count)), tuple(second(0, count))]
    elif formulation.look_every is not None:
        arms = [_until_decided(formulation, first, ends, claimed, count)]
    else:
        arms = [tuple(first(0, count))]
    return _judge(formulation, _means_document(formulation, parameters, seed, claimed, ends, arms, count), claimed)


def _range(formulation: MeanExperiment, parameters: Values) -> Interval:
    """The ends of the outcomes' range. Raises QuantityError unless they are two rational numbers."""
    ends = certify.call("outcome_range", formulation.outcome_range, parameters)
    if not isinstance(ends, tuple) or len(ends) != 2 or not all(isinstance(end, int | Fraction) for end in ends):
        raise certify.QuantityError(f"the outcome range is {ends!r}, where two rational numbers are due")
    return Fraction(ends[0]), Fraction(ends[1])


def _vacuous(formulation: Experiment, parameters: Values, claimed: Real) -> bool:
    said = formulation.vacuous is not None and bool(certify.call("vacuous", formulation.vacuous, parameters))
    return said or is_certain(lambda: claimed >= 1 if formulation.relation == "<=" else claimed <= 0)


def run(formulation: Experiment, parameters: Values, seed: int, count: int) -> tuple[bool, ...]:
    """The outcomes of ``count`` trials. Raises QuantityError with the number of the trial that raised, or answered neither True nor False."""
    return outcomes_of(formulation, parameters, seed)(0, count)


def outcomes_of(formulation: Experiment, parameters: Values, seed: int) -> Callable[[int, int], tuple[bool, ...]]:
    """A source of outcomes: trials one after the other with one generator from the seed, or batches. Asked in order, from trial 0 on."""
    import numpy

    generator = numpy.random.default_rng(seed % _SEEDS)

    def one_by_one(first: int, count: int) -> tuple[bool, ...]:
        outcomes = []
        for number in range(first, first + count):
            what = f"trial {number} (counted from 0, seed {seed})"
            assert formulation.trial is not None
            outcomes.append(_truth(certify.call(what, formulation.trial, parameters, generator), number))
        return tuple(outcomes)

    def at_once(first: int, count: int) -> tuple[bool, ...]:
        outcomes = certify.call(f"batch (seed {seed})", formulation.batch or one_by_one, parameters, seed % _SEEDS, first, count)
        _right_number(outcomes, count)
        return tuple(_truth(outcome, first + number) for number, outcome in enumerate(outcomes))

    return one_by_one if formulation.batch is None else at_once


def _truth(outcome: Any, number: int) -> bool:
    import numpy

    if not isinstance(outcome, bool | numpy.bool_):
        raise certify.QuantityError(f"trial {number} answered {outcome!r}, which is neither True nor False")
    return bool(outcome)


def _right_number(outcomes: Any, count: int) -> None:
    if not isinstance(outcomes, Sized):
        raise certify.QuantityError(f"the batch gave a {type(outcomes).__name__}, where {count} outcomes were asked for")
    if len(outcomes) != count:
        raise certify.QuantityError(f"the batch gave {len(outcomes)} outcomes, where {count} were asked for")


def _batch_of_chances(formulation: Experiment, parameters: Values, seed: int) -> Batch:
    source = outcomes_of(formulation, parameters, seed)
    return lambda first, count: [Fraction(outcome) for outcome in source(first, count)]


def _batch_of(what: str, batch: Callable[[Values, int, int, int], Sequence[Fraction]], parameters: Values, seed: int) -> Batch:
    def take(first: int, count: int) -> Sequence[Fraction]:
        outcomes: Sequence[Fraction] = certify.call(f"{what} (seed {seed})", batch, parameters, seed % _SEEDS, first, count)
        _right_number(outcomes, count)
        for number, outcome in enumerate(outcomes, start=first):
            if isinstance(outcome, bool) or not isinstance(outcome, int | Fraction):
                raise certify.QuantityError(f"trial {number} of {what} answered {outcome!r}, which is no rational number")
        return outcomes

    return take


def _second_seed(seed: int) -> int:
    """The seed of the second arm, far from that of the first."""
    import numpy

    return int(numpy.random.SeedSequence([seed % _SEEDS, 2]).generate_state(1, numpy.uint64)[0])


def _confidence(formulation: Experiment | MeanExperiment) -> Fraction:
    return formulation.confidence if formulation.family is None else formulation.family.each


def _until_decided(formulation: Experiment | MeanExperiment, take: Batch, ends: Interval, claimed: Real, at_most: int) -> tuple[Fraction, ...]:
    """Outcomes up to the first look at which the interval leaves out the claimed number, or ``at_most``."""
    value, every = _stopping_value(formulation, ends, claimed), formulation.look_every or at_most
    outcomes: tuple[Fraction, ...] = ()
    while len(outcomes) < at_most:
        outcomes += tuple(take(len(outcomes), min(every, at_most - len(outcomes))))
        if betting.decision_time(_sample(outcomes, ends), value, _confidence(formulation)) is not None:
            break
    return outcomes


def _stopping_value(formulation: Experiment | MeanExperiment, ends: Interval, claimed: Real) -> Fraction:
    value = cautious_end(formulation.relation, _enclosure(claimed))
    if not ends[0] < value < ends[1]:
        raise certify.QuantityError(f"the claimed number {certify.show(claimed)} is not inside the range of the outcomes, so no trial decides")
    return value


def _sample(outcomes: tuple[Fraction, ...], ends: Interval) -> betting.Sample:
    try:
        return betting.Sample(tuple(map(Fraction, outcomes)), *ends)
    except ValueError as error:
        raise certify.QuantityError(str(error)) from error


def _enclosure(claimed: Real) -> Interval:
    return (claimed.lower, claimed.upper) if isinstance(claimed, Ball) else (Fraction(claimed), Fraction(claimed))


def _judge(formulation: Experiment | MeanExperiment, document: Mapping[str, Any], claimed: Real) -> Evidence:
    accepted = certify.accepted(document)
    analysis = analyses.reanalyse(document)
    details = {**_details(formulation, analysis), **_of_trials(document, analysis, claimed)}
    lower, upper = analysis.interval
    margin = claimed - upper if analysis.relation == "<=" else lower - claimed
    note = f"{analysis.verdict}: {_counted(document, analysis)}, interval [{float(lower):.6g}, {float(upper):.6g}] at confidence {analysis.confidence}"
    return Evidence(
        checker=NAME, status="holds" if analysis.verdict == "supported" else "undecided", scope="sample", trust="statistical", certificate=accepted,
        details=details, note=note, measured=numeral(analysis.measured), bound=to_json(plain(claimed)), margin=to_json(plain(margin)),
    )


def _details(formulation: Experiment | MeanExperiment, analysis: Analysis) -> dict[str, Any]:
    details: dict[str, Any] = {
        "event" if isinstance(formulation, Experiment) else "outcome": analysis.outcome, "verdict": analysis.verdict,
        "trials": analysis.trials[0] if len(analysis.trials) == 1 else list(analysis.trials), "confidence": numeral(analysis.confidence),
        "interval": to_json(analysis.interval), "p_value_at_most": numeral(_rounded_up(analysis.p_value)),
    }
    if formulation.look_every is not None:
        details["stopping"] = f"at the first of every {formulation.look_every} trials that decides"
    if formulation.family is not None:
        family = formulation.family
        details["family"] = {"name": family.name, "experiments": family.experiments, "confidence": numeral(family.confidence)}
    return details


def _rounded_up(chance: Fraction) -> Fraction:
    """The chance as a multiple of 10^-12, rounded up."""
    scale = 10**12
    return Fraction(-(-chance.numerator * scale // chance.denominator), scale)


def _of_trials(document: Mapping[str, Any], analysis: Analysis, claimed: Real) -> Mapping[str, Any]:
    """For a fixed number of yes-or-no trials also the anytime-valid interval, and exact one-sided binomial tests at the claimed probability."""
    if document["type"] != "trials":
        return {}
    count, successes = analysis.trials[0], document["proposition"]["successes"]
    shown: dict[str, Any] = {
        "successes": successes, "anytime_interval": to_json(binomial.anytime_interval(successes, count, analysis.confidence)),
    }
    if isinstance(claimed, Fraction):
        low, high = binomial.at_most(successes, count, claimed), binomial.at_least(successes, count, claimed)
        against_claim, against_contrary = (high, low) if analysis.relation == "<=" else (low, high)
        shown |= {"p_value_of_contrary": to_json(against_contrary), "p_value_of_claim": to_json(against_claim)}
    return shown


def _counted(document: Mapping[str, Any], analysis: Analysis) -> str:
    if document["type"] == "trials":
        return f"{document['proposition']['successes']} of {analysis.trials[0]}"
    if len(analysis.trials) == 2:
        return f"difference of means {float(analysis.measured):.6g} in {analysis.trials[0]} and {analysis.trials[1]} trials"
    return f"mean {float(analysis.measured):.6g} in {analysis.trials[0]} trials"


def _about(formulation: Experiment | MeanExperiment, parameters: Values, seed: int, claimed: Real) -> dict[str, Any]:
    said = {"event": formulation.event} if isinstance(formulation, Experiment) else {"outcome": formulation.outcome}
    bound = [numeral(end) for end in _enclosure(claimed)]
    about = certify.legible({"checker": NAME, **said, "relation": formulation.relation, "bound": bound, "parameters": parameters, "seed": seed})
    if formulation.family is not None:
        about["family"] = formulation.family.name
    return dict(about)


def _trials_document(formulation: Experiment, parameters: Values, seed: int, claimed: Real, outcomes: tuple[bool, ...]) -> dict[str, Any]:
    confidence = _confidence(formulation)
    interval = binomial.clopper_pearson(sum(outcomes), len(outcomes), confidence)
    return {
        "schema": "assay.certificate/1",
        "type": "trials",
        "about": _about(formulation, parameters, seed, claimed),
        "proposition": {
            "successes": sum(outcomes), "trials": len(outcomes), "confidence": numeral(confidence), "interval": [numeral(end) for end in interval],
        },
        "proof": {"outcomes": "".join("1" if outcome else "0" for outcome in outcomes)},
    }


def _means_document(
    formulation: Experiment | MeanExperiment, parameters: Values, seed: int, claimed: Real, ends: Interval, arms: list[tuple[Fraction, ...]],
    at_most: int,
) -> dict[str, Any]:
    samples, confidence = [_sample(outcomes, ends) for outcomes in arms], _confidence(formulation)
    if len(samples) == 1:
        intervals = [betting.interval(samples[0], confidence, cautious_end(formulation.relation, _enclosure(claimed)))]
    else:
        intervals = analyses.arm_intervals(samples, confidence)
    stopping = None
    if formulation.look_every is not None:
        value = _stopping_value(formulation, ends, claimed)
        stopping = {"value": numeral(value), "every": min(formulation.look_every, at_most), "at_most": at_most}
    return {
        "schema": "assay.certificate/1",
        "type": "means",
        "about": _about(formulation, parameters, seed, claimed),
        "proposition": {
            "range": [numeral(end) for end in ends], "confidence": numeral(confidence), "stopping": stopping,
            "arms": [
                {"trials": len(sample.outcomes), "interval": [numeral(end) for end in interval]}
                for sample, interval in zip(samples, intervals, strict=True)
            ],
        },
        "proof": {"outcomes": [[numeral(outcome) for outcome in sample.outcomes] for sample in samples]},
    }
