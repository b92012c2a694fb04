"""What the formulations of C35–C37 count and measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.models import coalitions, voting
from claims.parameters import Values
from exact.linear_programs import Problem
from exact.propositional import Assignment, Formula
from exact.reals import Real, maximum
from instances.set_functions import SetFunction

F = Fraction

XOR, XNOR = 0b0110, 0b1001
"""The functions of two inputs that are 1 when the inputs differ, and when they agree."""


# C35

PRINTED_CYCLES = {3: F(1, 18), 5: F(5, 72), 7: F(875, 11664)}
"""The frequencies that the claim prints, by the number of voters; beyond, the closed sum."""


def cycle_profiles(parameters: Values) -> Formula:
    """The profiles with a strict majority cycle."""
    return voting.cycles(parameters["n"])


def number_of_cycles(parameters: Values) -> int:
    """How many there are."""
    return int(printed_frequency(parameters) * 6 ** parameters["n"])


def printed_frequency(parameters: Values) -> Fraction:
    """Their frequency, as printed."""
    voters = parameters["n"]
    return PRINTED_CYCLES[voters] if voters in PRINTED_CYCLES else voting.cycle_probability(voters)


def profile(parameters: Values, model: Assignment) -> tuple[voting.Order, ...]:
    """A profile."""
    return voting.profile_of(parameters["n"], model)


def arrow_rules(parameters: Values) -> Formula:
    """Arrow's rules."""
    return voting.arrow_rules(parameters["n"])


def non_dictatorial_rules(parameters: Values) -> Formula:
    """Those without a dictator."""
    return voting.non_dictatorial_rules(parameters["n"])


def dictators(parameters: Values, model: Assignment) -> list[int]:
    """The dictators of a rule."""
    return voting.dictators(parameters["n"], model)


def cycle_count(parameters: Values) -> Iterator[tuple[Fraction, Fraction]]:
    """The number of cyclic profiles, counted one by one up to the names of the voters, and the number of all."""
    cyclic = total = 0
    for profile, weight in voting.anonymous_profiles(parameters["n"]):
        total += weight
        cyclic += weight * voting.is_cyclic(profile)
    yield F(cyclic), F(total)


def frequency(element: tuple[Real, Real], parameters: Values) -> Real:
    """Cyclic profiles among all."""
    return element[0] / element[1]


def stated_frequency(element: Any, parameters: Values) -> Real:
    """What a mutant says."""
    return parameters["stated"]


def frequency_as_printed(element: tuple[Fraction, Fraction], parameters: Values) -> bool:
    """All profiles were counted; as many of them are cyclic as is printed, and as the closed sum has it."""
    cyclic, total = element
    return total == 6 ** parameters["n"] and cyclic == printed_frequency(parameters) * total and cyclic == voting.cyclic_profiles(parameters["n"])


def one_rule_per_voter(parameters: Values) -> int:
    """As many rules as voters."""
    return int(parameters["n"])


def stated(parameters: Values) -> int:
    """What a mutant says."""
    return int(parameters["stated"])


def sign_pairs(parameters: Values) -> Iterator[tuple[voting.Order, ...]]:
    """The six orders, as one element."""
    yield voting.ORDERS


def correlation_is_a_third(element: tuple[voting.Order, ...], parameters: Values) -> bool:
    """Whether the two comparisons of alternative 0 have correlation 1/3, and mean 0 each."""
    balanced = all(2 * sum(voting.prefers(order, 0, other) for order in element) == len(element) for other in (1, 2))
    return balanced and voting.comparison_correlation(element) == F(1, 3)


# C36

COMMITTEE = tuple(tuple(F(vote) for vote in top) for top in ((1, 1, 0), (1, 0, 1), (0, 1, 1)))
"""Three members' tops."""


def wanted_by(tops: tuple[tuple[Real, ...], ...], parameters: Values) -> Real:
    """The greatest number of issues on which a member's top agrees with the majority."""
    majority = [F(1) if sum(votes) > F(len(tops), 2) else F(0) for votes in zip(*tops, strict=True)]
    return maximum([sum((F(1) if vote == decided else F(0) for vote, decided in zip(top, majority, strict=True)), F(0)) for top in tops])


DOCTRINAL = {3: 6, 5: 150}
"""The numbers of doctrinal profiles that the claim prints, by the number of judges; beyond, the closed sum."""


def unvoted(parameters: Values) -> Formula:
    """Profiles of three voters and three issues whose majority is nobody's top."""
    return voting.unvoted(3, 3)


def unvoted_profile(parameters: Values, model: Assignment) -> tuple[voting.Top, ...]:
    """Such a profile."""
    return voting.tops(3, 3, model)


def is_unvoted(found: tuple[voting.Top, ...], parameters: Values) -> bool:
    """Whether the majority is nobody's top."""
    return voting.majority(found) not in found


def unvoted_with_two_issues(parameters: Values) -> Formula:
    """The same with two issues, and n voters."""
    return voting.unvoted(parameters["n"], 2)


def doctrinal(parameters: Values) -> Formula:
    """The doctrinal profiles of n judges."""
    return voting.doctrinal(parameters["n"])


def number_doctrinal(parameters: Values) -> int:
    """How many there are."""
    judges = parameters["n"]
    return DOCTRINAL[judges] if judges in DOCTRINAL else voting.doctrinal_profiles(judges)


def doctrinal_profile(parameters: Values, model: Assignment) -> tuple[voting.Top, ...]:
    """Such a profile."""
    return voting.tops(parameters["n"], 2, model)


def is_doctrinal(found: tuple[tuple[int, int], ...], parameters: Values) -> bool:
    """Whether the judges uphold both premises and reject the conclusion."""
    return voting.is_doctrinal(found)


def rankings() -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Each member ranks her top first, 111 last, and the others in between, in the order of their binary numbers."""
    outcomes = [tuple(mask >> bit & 1 for bit in (2, 1, 0)) for mask in range(8)]
    tops = ((1, 1, 0), (1, 0, 1), (0, 1, 1))
    return tuple((top, *(x for x in outcomes if x not in (top, (1, 1, 1))), (1, 1, 1)) for top in tops)


def others(parameters: Values) -> Iterator[tuple[int, ...]]:
    """The outcomes that the majority does not choose."""
    chosen = voting.majority([ranking[0] for ranking in rankings()])
    yield from (outcome for outcome in sorted(rankings()[0]) if outcome != chosen)


def is_better_for_all(outcome: tuple[int, ...], parameters: Values) -> bool:
    """Whether each member ranks the outcome above the majority's choice."""
    chosen = voting.majority([ranking[0] for ranking in rankings()])
    return all(ranking.index(outcome) < ranking.index(chosen) for ranking in rankings())


# C37


CENSUS = {2: (8, 3, 4, 1), 3: (128, 4, 12, 8), 4: (32768, 5, 81, 113)}
"""Functions, additive, superadditive and emergent ones, by the number of agents."""

THRESHOLD = {1: 4, 2: 14, 3: 104, 4: 1882}
"""Linear-threshold functions, by the number of inputs."""


def tables(parameters: Values) -> Iterator[int]:
    """Every coalition function with values 0 and 1 that is 0 at the empty coalition."""
    yield from coalitions.normalised_tables(parameters["n"])


def superadditive_tables(parameters: Values) -> Iterator[SetFunction]:
    """Those that are superadditive."""
    agents = parameters["n"]
    yield from (SetFunction(coalitions.values_of(table, agents)) for table in tables(parameters) if coalitions.is_superadditive(table, agents))


ADDITIVE_TABLES = tuple(SetFunction(coalitions.values_of(table, 3)) for table in coalitions.normalised_tables(3) if coalitions.is_additive(table, 3))


def accumulation_is_no_interaction(table: int, parameters: Values) -> bool:
    """Additive exactly when no coalition of two or more has a Möbius coefficient other than 0."""
    agents = parameters["n"]
    return coalitions.is_additive(table, agents) == (not any(coalitions.interactions(coalitions.values_of(table, agents))))


def has_interaction(function: SetFunction, parameters: Values) -> bool:
    """Whether some coalition of two or more has a Möbius coefficient other than 0."""
    return any(coalitions.interactions(function.values))


def largest_interaction(function: SetFunction, parameters: Values) -> Real:
    """The greatest of their sizes."""
    return maximum([abs(coefficient) for coefficient in coalitions.interactions(function.values)])


def census(parameters: Values) -> Iterator[tuple[int, int, int, int]]:
    """How many functions there are, and how many are additive, superadditive, emergent."""
    yield coalitions.counts(parameters["n"])


def census_as_printed(element: tuple[int, int, int, int], parameters: Values) -> bool:
    """As the claim says."""
    return element == CENSUS[parameters["n"]]


def threshold_census(parameters: Values) -> Iterator[tuple[int, int]]:
    """How many Boolean functions one linear-threshold agent computes, and how many there are."""
    inputs = parameters["n"]
    yield len(coalitions.threshold_tables(inputs)), 2 ** 2**inputs


def threshold_as_printed(element: tuple[int, int], parameters: Values) -> bool:
    """As the claim says."""
    return element[0] == THRESHOLD[parameters["n"]]


def xor_by_one_agent(parameters: Values) -> Problem:
    """Weights and a threshold for XOR, or for its negation."""
    return coalitions.strict_separation(XNOR if parameters["negated"] else XOR, 2)


def margin_of_two_inputs(parameters: Values) -> Problem:
    """The greatest margin for a function of two inputs."""
    return coalitions.separation(parameters["table"] % 16, 2)


def margin_as_printed(parameters: Values) -> Real:
    """1, or 0 for XOR and its negation."""
    return F(parameters["table"] % 16 not in (XOR, XNOR))


def inputs_of_two(parameters: Values) -> Iterator[tuple[int, int]]:
    """The four inputs."""
    yield from ((x, y) for x in (0, 1) for y in (0, 1))


def computes_xor(inputs: tuple[int, int], parameters: Values) -> bool:
    """Whether the two layers fire exactly when the inputs differ."""
    return coalitions.two_layers(inputs) == int(inputs[0] != inputs[1])
