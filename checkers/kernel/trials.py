"""`trials`: recorded trials and a Clopper-Pearson interval. `enumeration`: a count that must be replayed."""

from fractions import Fraction
from math import ceil, comb

from .documents import Field
from .intervals import ONE, Interval, ends, length, picture, power

MAX_TRIALS = 100_000
MAX_LENGTH = 10_000
MAX_EXACT_BITS = 100_000


def check_trials(proposition: Field, proof: Field) -> str:
    """The outcomes have s ones, and the interval contains the Clopper-Pearson interval."""
    stated = proposition.record("successes", "trials", "confidence", "interval")
    n = stated["trials"].integer(1, MAX_TRIALS)
    s = stated["successes"].integer(0, n)
    confidence = stated["confidence"].number()
    if not 0 < confidence < 1:
        stated["confidence"].rejected("expected a number between 0 and 1")
    lower, upper = stated["interval"].items(2)
    lo, hi = lower.number(), upper.number()
    if not 0 <= lo <= hi <= 1 or max(map(length, (lo, hi, confidence))) > MAX_LENGTH:
        stated["interval"].rejected(f"expected 0 <= lo <= hi <= 1, and numbers of at most {MAX_LENGTH} bits")
    outcomes = proof.record("outcomes")["outcomes"]
    if not isinstance(outcomes.value, str) or len(outcomes.value) != n or set(outcomes.value) - {"0", "1"}:
        outcomes.rejected(f"expected a string of {n} characters 0 and 1")
    if outcomes.value.count("1") != s:
        outcomes.rejected(f"it has {outcomes.value.count('1')} ones, not {s}")
    w = 128 + length(1 - confidence)
    if lo == 1 or (lo > 0 and _upper_tail(n, s, lo, w) > (1 - confidence) / 2):
        lower.rejected("P(at least so many successes) is not proved to be at most (1 - confidence)/2 at this end")
    if hi == 0 or (hi < 1 and _upper_tail(n, n - s, 1 - hi, w) > (1 - confidence) / 2):
        upper.rejected("P(at most so many successes) is not proved to be at most (1 - confidence)/2 at this end")
    return f"{s} of {n} trials: success probability in {picture(Interval(lo, hi))} at confidence {picture(confidence)}"


def _upper_tail(n: int, s: int, p: Fraction, w: int) -> Fraction:
    """An upper bound of P(Bin(n, p) >= s), p < 1: the terms, each from the one before, rounded up to so many units.

    In units of d**-n, for p = a/d, all terms are whole; that is exact. For long numbers the units are 2**-w.
    """
    a, d = p.as_integer_ratio()
    if n * length(p) <= MAX_EXACT_BITS:
        units: int = d**n
        term = comb(n, s) * a**s * (d - a) ** (n - s)
    else:
        units = 1 << w
        first = power(Interval(p, p), s, w) * power(Interval(1 - p, 1 - p), n - s, w) * Fraction(comb(n, s))
        term = ceil((ends(first)[1] or ONE) * units)
    total = term
    for k in range(s, n):
        term = -(-term * (n - k) * a // ((k + 1) * (d - a)))
        total += term
        if total > units:
            break
    return Fraction(total, units)


def check_enumeration(proposition: Field, proof: Field) -> str:
    """The document has the right form; the summary of what a replay would have to confirm."""
    stated = proposition.record("statement", "count", "digest")
    statement, count = stated["statement"].text(), stated["count"].integer(0, 10**18)
    digest = stated["digest"].text()
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        stated["digest"].rejected("expected 64 hexadecimal digits")
    replay = proof.record("replay")["replay"].record("claim", "part", "formulation", "parameters")
    replay["claim"].text()
    replay["part"].text()
    replay["formulation"].integer(0, 1_000_000)
    if not isinstance(replay["parameters"].value, dict):
        replay["parameters"].rejected("expected an object")
    return f"{statement}: {count} cases"
