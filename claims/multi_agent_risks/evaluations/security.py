"""What `assay evaluate` computes for C38, C40 and C42."""

from __future__ import annotations

from fractions import Fraction

from claims import Integers, Lists, Measurement, Parameter, Rationals
from claims.errors import ParameterError
from claims.multi_agent_risks.models import attempts, generals, steganography
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Values
from exact.reals import ball


def generals_rules(values: Values) -> Measurement:
    """The number of valid decision rules: at least one where the generals can agree, none where they cannot."""
    n, rounds = values["n"], values["rounds"]
    if rounds == 3 and n != 3:
        raise ParameterError(f"rounds: 3 rounds are modelled for n = 3 only, not for n = {n}; rounds must be 1 or 2 there")
    rules = generals.count_rules(n, rounds)
    solvable = n >= 4 and rounds >= 2
    return Measurement(rules, int(solvable), {"rules": rules, "solvable": rules > 0}, relation=">=" if solvable else "==")


def covert_channel(values: Values) -> Measurement:
    """The greatest probability against 1/M; whether a keyed and an unkeyed channel exist."""
    law, messages = values["P"], values["M"]
    peak, bound = max(law), Fraction(1, messages)
    keyed = steganography.keyed_channel_exists(law, messages)
    try:
        unkeyed = steganography.unkeyed_channel_exists(law, messages)
    except steganography.TooManyCells as error:
        raise ParameterError(f"P: too many items to see whether they fall into cells of probability 1/M ({error})") from error
    told = {"keyed": keyed, "unkeyed": unkeyed, "min_entropy": ball(steganography.min_entropy(law))}
    return Measurement(peak, bound, told, relation="<=", holds=keyed == (peak <= bound))


def combined_attack(values: Values) -> Measurement:
    """Independent attempts against the union bound, and what the reported success leaves unexplained."""
    q, count, target = values["q"], values["attempts"], values["target"]
    told = {"matching_attempts": attempts.matching_attempts(q, target), "synergy": target - attempts.union_bound(q, count)}
    return Measurement(attempts.independent_success(q, count), attempts.union_bound(q, count), told, relation="<=")


PROBABILITY = Rationals(0, 1)

EVALUATIONS: Evaluations = {
    "C38": (
        (Parameter("n", Integers(3, generals.MOST_GENERALS), "generals, one of them perhaps a traitor", 4),
         Parameter("rounds", Integers(1, 3), "rounds of messages (3 for n = 3 only)", 2)),
        generals_rules,
    ),
    "C40": (
        (Parameter("P", Lists(PROBABILITY, total=1), "the cover law", ("1/3", "1/3", "1/3")), Parameter("M", Integers(1, 64), "equally likely messages", 2)),
        covert_channel,
    ),
    "C42": (
        (Parameter("q", PROBABILITY, "probability that one attempt succeeds", "3/100"),
         Parameter("attempts", Integers(1, 10_000), "independent attempts", 2),
         Parameter("target", PROBABILITY, "the success to be matched", "43/100")),
        combined_attack,
    ),
}
