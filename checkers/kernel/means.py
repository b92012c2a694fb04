"""`means`: recorded outcomes of one or two arms, and intervals for their means that hold at all times at once (betting, Ville's inequality)."""

from fractions import Fraction

from .documents import Field
from .intervals import Interval, length, picture

MAX_OUTCOMES = 200_000
MAX_LENGTH = 1_000
STAKES = tuple((numerator, 2 ** (k + 1)) for k in range(1, 9) for numerator in (3, 2))
BITS = 64


def check_means(proposition: Field, proof: Field) -> str:
    """Every outcome lies in the range, and the fortunes won by betting exclude what lies outside each interval."""
    stated = proposition.record("range", "confidence", "arms", "stopping")
    low, high = (end.number() for end in stated["range"].items(2))
    confidence = stated["confidence"].number()
    if not low < high or max(map(length, (low, high, confidence))) > MAX_LENGTH:
        stated["range"].rejected(f"expected lower < upper, and numbers of at most {MAX_LENGTH} bits")
    if not 0 < confidence < 1:
        stated["confidence"].rejected("expected a number between 0 and 1")
    arms, recorded = stated["arms"].items(), proof.record("outcomes")["outcomes"].items()
    if len(arms) not in (1, 2) or len(recorded) != len(arms):
        stated["arms"].rejected("expected one or two arms, and as many lists of outcomes")
    goal = 2 * len(arms) / (1 - confidence)
    places = [_places(outcomes, low, high) for outcomes in recorded]
    shown = [_check_arm(arm, outcomes, low, high, goal) for arm, outcomes in zip(arms, places, strict=True)]
    if stated["stopping"].value is not None:
        _check_stopping(stated["stopping"], places, low, high, goal)
    return f"mean{'s' * (len(arms) - 1)} in {' and '.join(shown)} at confidence {picture(confidence)}"


def _places(recorded: Field, low: Fraction, high: Fraction) -> list[Fraction]:
    """The outcomes, from 0 at the lower to 1 at the upper end of the range."""
    items = recorded.items()
    if not 1 <= len(items) <= MAX_OUTCOMES:
        recorded.rejected(f"expected 1 to {MAX_OUTCOMES} outcomes, found {len(items)}")
    places = []
    for item in items:
        outcome = item.number()
        if not low <= outcome <= high or length(outcome) > MAX_LENGTH:
            item.rejected(f"expected an outcome within the range, of at most {MAX_LENGTH} bits")
        places.append((outcome - low) / (high - low))
    return places


def _check_arm(arm: Field, places: list[Fraction], low: Fraction, high: Fraction, goal: Fraction) -> str:
    stated = arm.record("trials", "interval")
    if stated["trials"].integer(1, MAX_OUTCOMES) != len(places):
        stated["trials"].rejected(f"there are {len(places)} outcomes")
    ends = stated["interval"].items(2)
    lo, hi = (end.number() for end in ends)
    if not low <= lo <= hi <= high or max(length(lo), length(hi)) > MAX_LENGTH:
        stated["interval"].rejected(f"expected ends in order, within the range, of at most {MAX_LENGTH} bits")
    p, q = ((end - low) / (high - low) for end in (lo, hi))
    if p > 0 and exclusion(places, p, goal) is None:
        ends[0].rejected("no bet on larger outcomes wins enough to exclude a mean at this end")
    if q < 1 and exclusion([1 - y for y in places], 1 - q, goal) is None:
        ends[1].rejected("no bet on smaller outcomes wins enough to exclude a mean at this end")
    return picture(Interval(lo, hi))


def _check_stopping(field: Field, places: list[list[Fraction]], low: Fraction, high: Fraction, goal: Fraction) -> None:
    """One arm stopped at the first look at which the mean was known to lie above or below the value, or at the last."""
    stated = field.record("value", "every", "at_most")
    value = stated["value"].number()
    last = stated["at_most"].integer(1, MAX_OUTCOMES)
    every = stated["every"].integer(1, last)
    if len(places) != 1 or not low < value < high or length(value) > MAX_LENGTH:
        field.rejected(f"expected one arm, and a value inside the range, of at most {MAX_LENGTH} bits")
    p, taken = (value - low) / (high - low), len(places[0])
    times = (exclusion(places[0], p, goal), exclusion([1 - y for y in places[0]], 1 - p, goal))
    decided = min((time for time in times if time is not None), default=last)
    due = min(-(-decided // every) * every, last)
    if taken != due:
        stated["at_most"].rejected(f"the rule stops after {due} outcomes, and {taken} are recorded")


def exclusion(places: list[Fraction], mean: Fraction, goal: Fraction) -> int | None:
    """After how many outcomes the average fortune first reaches the goal, if all start at 1; None if it never does.

    A stake f multiplies a fortune by 1 - f + f*y/mean. Whole numbers count units of 2**-64 (fortunes: 2**-128), all rounded down.
    """
    p, q = mean.as_integer_ratio()
    fortunes = [1 << 2 * BITS] * len(STAKES)
    due = goal * len(STAKES) * (1 << 2 * BITS)
    for time, y in enumerate(places, 1):
        unit = (y.numerator << BITS) // y.denominator
        for j, (f, g) in enumerate(STAKES):
            factor = (((g - f) * p << BITS) + f * q * unit) // (g * p)
            fortunes[j] = fortunes[j] * factor >> BITS
        if sum(fortunes) >= due:
            return time
    return None
