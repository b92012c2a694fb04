"""Confidence intervals for the mean of bounded outcomes, by betting: valid at every time at once, whatever made one stop.

To exclude a mean m, bet against it: whoever stakes the fraction f of a fortune on outcomes above m multiplies it by 1 − f + f·y/q, where y and q are
the outcome's and m's places in the range, from 0 to 1. If the mean is m, given all that came before, no such fortune grows on average, and the
chance that the mean of several fortunes ever reaches k is at most 1/k (Ville). It falls as m grows, so one number marks what is excluded. The other
end bets on outcomes below m. Fortunes are rounded down to multiples of 2^-128, so the confidence is at least what is stated.

Source: I. Waudby-Smith, A. Ramdas, Estimating means of bounded random variables by betting, J. R. Stat. Soc. B 86 (2024); here with a fixed set of
fractions, which needs no tuning from the data and is checked with whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Interval: TypeAlias = tuple[Fraction, Fraction]
Side: TypeAlias = Literal["above", "below"]

STAKES = tuple(Fraction(numerator, 2 ** (k + 1)) for k in range(1, 9) for numerator in (3, 2))
"""The fractions f of the fortune that are staked: 3/4, 1/2, 3/8, 1/4, … 3/512, 1/256. The same for every experiment."""

RESOLUTION = 10**6
"""Interval ends are multiples of the range's width over RESOLUTION above its lower end, rounded outward."""

_BITS = 64
_ONE = 1 << _BITS
_START = 1 << 2 * _BITS


@dataclass(frozen=True)
class Sample:
    """Outcomes in order, each between ``low`` and ``high``. Raises ValueError for one that is not, for an empty range, or for none."""

    outcomes: tuple[Fraction, ...]
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"the range from {self.low} to {self.high} is empty")
        if not self.outcomes:
            raise ValueError("no outcomes")
        for number, outcome in enumerate(self.outcomes):
            if not self.low <= outcome <= self.high:
                raise ValueError(f"outcome {number} is {outcome}, outside the range from {self.low} to {self.high}")

    @property
    def mean(self) -> Fraction:
        """The mean of the outcomes."""
        return sum(self.outcomes, Fraction(0)) / len(self.outcomes)

    def place(self, value: Fraction) -> Fraction:
        """Where a value stands in the range: 0 at its lower, 1 at its upper end."""
        return (value - self.low) / (self.high - self.low)

    def units(self, side: Side) -> tuple[int, ...]:
        """The distances of the outcomes to the end of the range that lies on the other side, in units of the width over 2^64, rounded down."""
        width = self.high - self.low
        distances = (outcome - self.low if side == "above" else self.high - outcome for outcome in self.outcomes)
        return tuple(int(distance * _ONE / width) for distance in distances)


def exclusion_time(units: Sequence[int], place: Fraction, threshold: Fraction) -> int | None:
    """After how many outcomes the mean of the fortunes first reaches ``threshold``, betting that the mean is above ``place``; None if never.

    ``units`` as :meth:`Sample.units` gives them for that side, 0 < place <= 1 counted from the same end.
    """
    goal = threshold * len(STAKES) * _START
    return next((time for time, total in enumerate(_fortunes(units, place), start=1) if total >= goal), None)


def p_value(sample: Sample, value: Fraction, side: Side) -> Fraction:
    """An upper bound, valid at all times, of the chance of such luck when the mean is not on this side of ``value``: one over the best fortune."""
    place = sample.place(value) if side == "above" else 1 - sample.place(value)
    if place <= 0:
        return Fraction(0) if place < 0 else Fraction(1)
    if place >= 1:
        return Fraction(1)
    best = max(_fortunes(sample.units(side), place))
    return min(Fraction(1), Fraction(_START * len(STAKES), best)) if best else Fraction(1)


def _fortunes(units: Sequence[int], place: Fraction) -> Iterator[int]:
    """The sum of the fortunes after each outcome, in units of 2^-128."""
    top, bottom = place.numerator, place.denominator
    odds = [((f.denominator - f.numerator) * top * _ONE, f.numerator * bottom, f.denominator * top) for f in STAKES]
    fortunes = [_START] * len(odds)
    for unit in units:
        fortunes = [
            fortune * ((kept + gained * unit) // divisor) >> _BITS for fortune, (kept, gained, divisor) in zip(fortunes, odds, strict=True)
        ]
        yield sum(fortunes)


def decision_time(sample: Sample, value: Fraction, confidence: Fraction) -> int | None:
    """After how many outcomes the interval at this confidence leaves out ``value``, which lies inside the range; None if never."""
    threshold, place = 2 / (1 - confidence), sample.place(value)
    times = (exclusion_time(sample.units("above"), place, threshold), exclusion_time(sample.units("below"), 1 - place, threshold))
    return min((time for time in times if time is not None), default=None)


def interval(sample: Sample, confidence: Fraction, value: Fraction | None = None) -> Interval:
    """An interval that contains the mean with at least this confidence, at this time and at all times before; it ends at ``value``, if that is left out.

    An end that is not the end of the range is itself left out. Raises ValueError.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"the confidence {confidence} is not between 0 and 1")
    threshold = 2 / (1 - confidence)
    width, up, down = sample.high - sample.low, sample.units("above"), sample.units("below")
    lower = sample.low + _last_excluded(up, threshold) * width
    upper = sample.high - _last_excluded(down, threshold) * width
    if value is not None and sample.low < value < sample.high:
        lower = value if lower < value and exclusion_time(up, sample.place(value), threshold) else lower
        upper = value if upper > value and exclusion_time(down, 1 - sample.place(value), threshold) else upper
    return min(lower, upper), max(lower, upper)


def _last_excluded(units: Sequence[int], threshold: Fraction) -> Fraction:
    """The last multiple of 1/RESOLUTION that is excluded, counted from the end of the range where the bets against it win most; 0 if none is."""
    excluded, open_end = 0, RESOLUTION
    while open_end - excluded > 1:
        middle = (excluded + open_end) // 2
        if exclusion_time(units, Fraction(middle, RESOLUTION), threshold) is None:
            open_end = middle
        else:
            excluded = middle
    return Fraction(excluded, RESOLUTION)
