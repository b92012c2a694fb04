"""Perfect covert channels: M equally likely messages, output law exactly the cover law P, and no decoding error.

Systematic sampling (the keyed stegosystem): the key is U, uniform on [0, 1/M); the item sent for message m is the one whose interval on the cdf of P contains
U + m/M. Then U + m/M is uniform on [0, 1), so that items have law P.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations, pairwise, product
from math import gcd, lcm

from exact.linear_programs import Problem, Row
from exact.reals import Real, log, maximum

Law = tuple[Fraction, ...]

MOST_STATES = 500_000
"""The search for equal cells gives up after so many states."""
_MOST_OF_A_HALF = 17
"""So many items make up half of those of which all sums are formed."""


@dataclass(frozen=True)
class Cell:
    """Keys from ``start`` to ``end`` between two breakpoints: for all of them, the item sent for each message."""

    start: Fraction
    end: Fraction
    items: tuple[int, ...]


def systematic_sampling(law: Law, messages: int) -> list[Cell]:
    """The stegosystem, cell by cell of the key. Whether it can be decoded is another question."""
    step = Fraction(1, messages)
    ends = list(accumulate(law))
    breakpoints = sorted({Fraction(0), step, *(end % step for end in ends)})
    return [Cell(a, b, tuple(_item(ends, a + m * step) for m in range(messages))) for a, b in pairwise(breakpoints)]


def _item(ends: Sequence[Fraction], point: Fraction) -> int:
    """The item whose half-open interval of the cdf contains the point."""
    return next(item for item, end in enumerate(ends) if point < end)


def is_decodable(cells: Sequence[Cell]) -> bool:
    """Whether, whatever the key, different messages are sent as different items."""
    return all(len(set(cell.items)) == len(cell.items) for cell in cells)


def output_law(cells: Sequence[Cell], items: int) -> Law:
    """The law of the item sent, for a uniform message and the key."""
    law = [Fraction(0)] * items
    for cell in cells:
        for item in cell.items:
            law[item] += cell.end - cell.start
    return tuple(law)


def keyed_channel_exists(law: Law, messages: int) -> bool:
    """Whether a keyed channel exists; max P <= 1/M is necessary for any, and then systematic sampling is one.

    Answered by building that channel and looking at it: it has output law P always, and can be decoded or not.
    """
    cells = systematic_sampling(law, messages)
    if output_law(cells, len(law)) != law:
        raise ArithmeticError("systematic sampling missed its output law")  # it cannot, by construction
    return is_decodable(cells)


def mixture_program(law: Law, messages: int) -> Problem:
    """Any keyed channel: a probability for each set of M items (those that one key uses), so that each item has its probability.

    For one key the messages go to M different items, each sent with probability 1/M.
    """
    keys = list(combinations(range(len(law)), messages))
    rows = [Row({number: Fraction(1, messages) for number, key in enumerate(keys) if item in key}, lower=p, upper=p) for item, p in enumerate(law)]
    return Problem(columns=len(keys), rows=[*rows, Row(dict.fromkeys(range(len(keys)), Fraction(1)), lower=1, upper=1)])


def packing_program(law: Law, messages: int) -> Problem:
    """The most of the keys that can be given sets of M items without any item being sent too often: all of them (1) exactly when a keyed channel exists.

    (The probabilities of all items then add up to 1, so that none is sent too seldom.)
    """
    keys = list(combinations(range(len(law)), messages))
    rows = [Row({number: Fraction(1, messages) for number, key in enumerate(keys) if item in key}, upper=p) for item, p in enumerate(law)]
    return Problem(sense="maximise", columns=len(keys), objective=dict.fromkeys(range(len(keys)), Fraction(1)), rows=rows)


class TooManyCells(ValueError):
    """The search for equal cells was given up; the message says after how much."""


def unkeyed_channel_exists(law: Law, messages: int) -> bool:
    """Whether the items fall into M cells of probability exactly 1/M each. Raises TooManyCells."""
    common = lcm(*(p.denominator for p in law), messages)
    weights = tuple(sorted((int(p * common) for p in law if p), reverse=True))
    room = common // messages
    if weights[0] > room or room % gcd(*weights):  # whatever the cells, they hold multiples of the greatest common divisor
        return False
    try:
        return _fill_item_by_item(weights, messages, room)
    except TooManyCells:
        return _CellByCell(room).fills(weights, messages)


def _fill_item_by_item(weights: tuple[int, ...], messages: int, room: int) -> bool:
    """Items go one by one, the heaviest first, into a cell that has room; which rooms are left is all that counts, whatever led there."""
    reached = {(room,) * messages}
    seen = 0
    for weight in weights:
        reached = {tuple(sorted((*rooms[:cell], rooms[cell] - weight, *rooms[cell + 1:])))
                   for rooms in reached for cell in range(messages) if rooms[cell] >= weight and (cell == 0 or rooms[cell] != rooms[cell - 1])}
        seen += len(reached)
        if seen > MOST_STATES:
            raise TooManyCells(f"more than {MOST_STATES} ways to fill {messages} cells with the heaviest items")
    return bool(reached)


class _CellByCell:
    """The search for laws with few items whose weights have few sums in common: the cell of the heaviest item is filled in every way, then the rest."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.seen = 0
        self.failed: set[tuple[int, ...]] = set()

    def fills(self, weights: tuple[int, ...], cells: int) -> bool:
        """Whether the weights, which add up to ``cells`` rooms and fall from the first on, fall into so many full cells."""
        if cells <= 1:
            return True
        if weights in self.failed:
            return False
        heaviest, others = weights[0], weights[1:]
        for left in self._rests(others, self.room - heaviest):
            if self.fills(left, cells - 1):
                return True
        self.failed.add(weights)
        return False

    def _rests(self, weights: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
        """What is left of the weights when some that add up to ``total`` are taken out: the sums of one half meet those of the other."""
        half = len(weights) // 2
        if len(weights) - half > _MOST_OF_A_HALF:
            raise TooManyCells(f"more than {2 * _MOST_OF_A_HALF} items, and more than {MOST_STATES} ways to fill the cells with the heaviest")
        front: dict[int, list[int]] = {}
        for mask, weight in enumerate(_subset_sums(weights[:half])):
            front.setdefault(weight, []).append(mask)
        back = _subset_sums(weights[half:])
        self._count(len(back))
        for upper, weight in enumerate(back):
            for lower in front.get(total - weight, ()):
                self._count(1)
                taken = lower | upper << half
                yield tuple(x for item, x in enumerate(weights) if not taken >> item & 1)

    def _count(self, work: int) -> None:
        self.seen += work
        if self.seen > 4 * MOST_STATES:
            raise TooManyCells(f"more than {4 * MOST_STATES} ways to fill single cells")


def _subset_sums(weights: Sequence[int]) -> list[int]:
    """The sum of the weights in each bitmask."""
    sums = [0]
    for weight in weights:
        sums += [weight + earlier for earlier in sums]
    return sums


def laws(items: int, denominator: int) -> Iterator[Law]:
    """Every law of so many items with this denominator."""
    for bars in combinations(range(denominator + items - 1), items - 1):
        ends = (-1, *bars, denominator + items - 1)
        yield tuple(Fraction(b - a - 1, denominator) for a, b in pairwise(ends))


def blocks(law: Law, length: int) -> Law:
    """The law of so many independent tokens."""
    probabilities = []
    for tokens in product(law, repeat=length):
        p = Fraction(1)
        for token in tokens:
            p *= token
        probabilities.append(p)
    return tuple(probabilities)


def paraphrased(law: Law, classes: Sequence[int]) -> Law:
    """The law of the class, which is all that survives where a paraphraser draws the item anew within its class."""
    return tuple(sum((p for p, cls in zip(law, classes, strict=True) if cls == wanted), Fraction(0)) for wanted in sorted(set(classes)))


def keyed_bits(law: Law, length: int = 1) -> int:
    """The most bits that a keyed channel carries in a block: the greatest k with (max P)^length <= 2^−k."""
    peak = max(law) ** length
    bits = 0
    while peak * 2 ** (bits + 1) <= 1:
        bits += 1
    return bits


def entropy(law: Law) -> Real:
    """Shannon entropy, in bits."""
    return sum((-p * log(p) / log(Fraction(2)) for p in law if p), Fraction(0))


def min_entropy(law: Law) -> Real:
    """−log2 max P, in bits."""
    return -log(maximum(law)) / log(Fraction(2))
