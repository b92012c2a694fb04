"""What the formulations of C38, C40 and C42 count and measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from claims.formulations import Quantity
from claims.multi_agent_risks.models import attempts, generals, steganography
from claims.multi_agent_risks.models.steganography import Law
from claims.parameters import Values
from exact.linear_programs import Problem
from exact.propositional import Assignment, Formula
from exact.reals import Real, minimum

F = Fraction


# C38


def rules_of_three(parameters: Values) -> Formula:
    """The valid decision rules of three generals."""
    return rules({"n": 3, "rounds": parameters["rounds"]})


def rules_in_one_round(parameters: Values) -> Formula:
    """The valid decision rules after one round."""
    return rules({"n": parameters["n"], "rounds": 1})


FOUR = {"n": 4, "rounds": 2}


def rules_of_four(parameters: Values) -> Formula:
    """The valid decision rules of four generals in two rounds."""
    return rules(FOUR)


def rules(parameters: Values) -> Formula:
    """The valid decision rules."""
    return generals.validity(generals.cases(parameters["n"], parameters["rounds"]))


def rule_of_four(parameters: Values, model: Assignment) -> generals.Rule:
    """A decision rule of four generals in two rounds."""
    return generals.rule_of(generals.cases(FOUR["n"], FOUR["rounds"]), model)


def is_valid_majority(found: generals.Rule, parameters: Values) -> bool:
    """Whether the rule takes the majority of the bits seen, and fails in no case."""
    return generals.is_majority(found) and generals.is_valid(found, FOUR["n"], FOUR["rounds"])


def rules_without_loyal_relays(parameters: Values) -> Formula:
    """The decision rules that would be valid if views left out what loyal lieutenants relay."""
    return generals.validity(generals.without_loyal_relays(parameters["n"]))


# C40

LAWS: dict[str, Law] = {
    "thirds": (F(1, 3), F(1, 3), F(1, 3)),
    "two fifths": (F(2, 5), F(2, 5), F(1, 5)),
    "three fifths": (F(3, 5), F(2, 5)),
    "half": (F(1, 2), F(1, 4), F(1, 4)),
    "uniform 8": (F(1, 8),) * 8,
}

CHANNELS: dict[str, tuple[str, int]] = {
    f"{law}, {messages} messages": (law, messages)
    for law, messages in (("thirds", 2), ("thirds", 4), ("two fifths", 2), ("three fifths", 2), ("half", 2), ("half", 3), ("uniform 8", 8))
}
"""Laws with numbers of messages."""

SPLIT = ("half, 2 messages", "uniform 8, 8 messages")
"""Those among the channels of the part on unkeyed ones whose items split into cells of equal probability."""


def channel(parameters: Values) -> tuple[Law, int]:
    """The law and the number of messages."""
    law, messages = CHANNELS[parameters["channel"]]
    return LAWS[law], messages


def all_laws(parameters: Values) -> Iterator[Law]:
    """Every law with so many items and this denominator."""
    yield from steganography.laws(parameters["items"], parameters["denominator"])


def keyed_iff_flat(law: Law, parameters: Values) -> bool:
    """Systematic sampling has output law P, and can be decoded exactly when max P <= 1/M."""
    return steganography.keyed_channel_exists(law, parameters["M"]) == (max(law) <= F(1, parameters["M"]))


def mixture(parameters: Values) -> Problem:
    """Any keyed channel, as probabilities of the sets of items that one key uses."""
    return steganography.mixture_program(*channel(parameters))


def packing(parameters: Values) -> Problem:
    """How much of the key any keyed channel can use."""
    return steganography.packing_program(*channel(parameters))


def block(parameters: Values) -> Iterator[Law]:
    """The law of a block of tokens."""
    name = CHANNELS[parameters["channel"]][0] if "channel" in parameters else parameters["law"]
    yield steganography.blocks(LAWS[name], parameters["length"])


def unkeyed_as_printed(law: Law, parameters: Values) -> bool:
    """Whether the items of the block fall into M cells of mass 1/M, or not, as the claim says."""
    _, messages = channel(parameters)
    return steganography.unkeyed_channel_exists(law, messages) == (parameters["channel"] in SPLIT)


def bits_by_min_entropy(law: Law, parameters: Values) -> bool:
    """The channel for a block carries as many whole bits as n·H_∞ has, and no more."""
    bits = steganography.keyed_bits(LAWS[parameters["law"]], parameters["length"])
    return steganography.keyed_channel_exists(law, 2**bits) and not steganography.keyed_channel_exists(law, 2 ** (bits + 1))


def flat_laws(parameters: Values) -> Iterator[Law]:
    """The laws of `all_laws` that allow a keyed channel for two messages."""
    yield from (law for law in all_laws(parameters) if max(law) <= F(1, 2))


def distance_from_half(law: Law, parameters: Values) -> Real:
    """How far from 1/2 the probability of every set of items stays."""
    return minimum([abs(sum((p for item, p in enumerate(law) if mask >> item & 1), F(0)) - F(1, 2)) for mask in range(1 << len(law))])


def some_set_has_half(law: Law, parameters: Values) -> bool:
    """Whether some items have probability 1/2 together."""
    return bool(distance_from_half(law, parameters) == 0)


def classified_laws(parameters: Values) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """Every law with every division of its items into semantic classes."""
    for law in all_laws(parameters):
        for classes in product(range(parameters["items"]), repeat=parameters["items"]):
            if all(cls <= max(classes[:item], default=-1) + 1 for item, cls in enumerate(classes)):
                yield law, classes


def paraphrasing_carries_no_more(element: tuple[Law, tuple[int, ...]], parameters: Values) -> bool:
    """Whether the class law allows no more bits than the law, and none if there is one class only."""
    law, classes = element
    left = steganography.keyed_bits(steganography.paraphrased(law, classes))
    return left <= steganography.keyed_bits(law) and (left == 0 or len(set(classes)) > 1)


# C42


def success(count: int) -> Quantity:
    """The success of so many independent attempts."""
    return lambda point, parameters: attempts.independent_success(point["q"], count)


def sum_of_two(point: Values, parameters: Values) -> Real:
    """The union bound for two attempts."""
    return attempts.union_bound(point["q"], 2)


def reported(point: Values, parameters: Values) -> Real:
    """The success that the report gives for the combination of models."""
    return F(43, 100)


def each_model(parameters: Values) -> dict[str, tuple[Fraction, ...]]:
    """The success of one model at the bound that the report gives."""
    return {"q": (F(3, 100),)}
