"""What the formulations of C38, C40 and C42 count and measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from claims.multi_agent_risks import model_attempts as attempts
from claims.multi_agent_risks import model_generals as generals
from claims.multi_agent_risks import model_steganography as steganography
from claims.multi_agent_risks.model_steganography import Law
from claims.parameters import Values
from exact.linear_programs import Problem
from exact.propositional import Assignment, Formula
from exact.reals import Real, minimum

F = Fraction


# C38


def rules(parameters: Values) -> Formula:
    """The valid decision rules."""
    return generals.validity(generals.cases(parameters["n"], parameters["rounds"]))


def rule(parameters: Values, model: Assignment) -> generals.Rule:
    """A decision rule."""
    return generals.rule_of(generals.cases(parameters["n"], parameters["rounds"]), model)


def is_valid_majority(found: generals.Rule, parameters: Values) -> bool:
    """Whether the rule takes the majority of the bits seen, and fails in no case."""
    return generals.is_majority(found) and generals.is_valid(found, parameters["n"], parameters["rounds"])


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


def all_laws(parameters: Values) -> Iterator[Law]:
    """Every law with so many items and this denominator."""
    yield from steganography.laws(parameters["items"], parameters["denominator"])


def keyed_iff_flat(law: Law, parameters: Values) -> bool:
    """Systematic sampling has output law P, and can be decoded exactly when max P <= 1/M."""
    return steganography.keyed_channel_exists(law, parameters["M"]) == (max(law) <= F(1, parameters["M"]))


def named_mixture(parameters: Values) -> Problem:
    """Any keyed channel for a named law."""
    return steganography.mixture_program(LAWS[parameters["law"]], parameters["M"])


def named_block(parameters: Values) -> Iterator[Law]:
    """Blocks of tokens with a named law."""
    yield steganography.blocks(LAWS[parameters["law"]], parameters["length"])


def unkeyed_as_stated(law: Law, parameters: Values) -> bool:
    """Whether the items fall into M cells of mass 1/M, or not, as is stated."""
    return steganography.unkeyed_channel_exists(law, parameters["M"]) is parameters["stated"]


def bits_as_stated(law: Law, parameters: Values) -> bool:
    """The most bits of a keyed channel in a block, at law and length, are as stated."""
    one_more = steganography.keyed_channel_exists(law, 2 ** (parameters["stated"] + 1))
    return steganography.keyed_channel_exists(law, 2 ** parameters["stated"]) and not one_more


def named_packing(parameters: Values) -> Problem:
    """How much of the key any keyed channel for a named law can use."""
    return steganography.packing_program(LAWS[parameters["law"]], parameters["M"])


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


def success(point: Values, parameters: Values) -> Real:
    """The success of independent attempts."""
    return attempts.independent_success(point["q"], int(parameters["attempts"]))


def sum_of_attempts(point: Values, parameters: Values) -> Real:
    """The union bound."""
    return attempts.union_bound(point["q"], int(parameters["attempts"]))


def reported(point: Values, parameters: Values) -> Real:
    """The success that the report gives for the combination of models."""
    return F(43, 100)


def each_model(parameters: Values) -> dict[str, tuple[Fraction, ...]]:
    """The success of one model at the bound that the report gives."""
    return {"q": (F(3, 100),)}
