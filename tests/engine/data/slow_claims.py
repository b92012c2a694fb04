"""Claims that take a noticeable time each, so that a run can be interrupted in the middle."""

import time
from fractions import Fraction

from claims import Claim, Enumeration, Mutant, Paper, Part, Settings, Source, Witness

PAUSE = 0.12
SIZES = Settings(quick=tuple({"n": n} for n in range(1, 4)))


def slowly(element, parameters):
    time.sleep(PAUSE / parameters["n"])
    return element >= 0


def claim(number):
    return Claim(
        number=f"C{number}", title=f"Claim {number}", statement="Numbers are not negative.", source=Source(f"Theorem {number}"), relation=">=",
        parts=(Part("", "not negative", (Enumeration(
            statement="i >= 0", elements=lambda parameters: range(parameters["n"]), predicate=slowly, settings=SIZES),)),),
        mutants=(Mutant("all below a half", (Witness(
            instance=lambda parameters: Fraction(number, 1), quantity=lambda instance, parameters: instance, relation="<=",
            bound=lambda instance, parameters: Fraction(1, 2)),)),),
    )


PAPER = Paper(slug="slow", title="Slow claims", citation="nobody", arxiv="", claims=tuple(claim(number) for number in range(1, 7)))
