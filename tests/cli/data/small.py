"""Claims on products of two numbers, for the tests of the command line: every way in which a claim can come out."""

from fractions import Fraction

from claims import (
    Choices,
    Claim,
    Discrepancy,
    Enumeration,
    Integers,
    Lists,
    Measurement,
    Mutant,
    Paper,
    Parameter,
    Part,
    Property,
    Rationals,
    Settings,
    Source,
    Witness,
)
from exact import reals
from instances import InstanceError

SOURCE = Source("Lemma 1")


def pair(parameters):
    return (Fraction(3), Fraction(4))


def product(instance, parameters):
    return instance[0] * instance[1]


def below(limit):
    """product <= limit for the pair (3, 4)."""
    return Witness(instance=pair, quantity=product, relation="<=", bound=lambda instance, parameters: Fraction(limit))


def measure(parameters):
    if parameters["kind"] == "misfit":
        raise InstanceError("weights", "2 entries for 3 types")
    kinds = {
        "rational": Measurement(measured=Fraction(parameters["x"]) * 2, bound=Fraction(7), values={"count": 3, "vacuous": False}),
        "ball": Measurement(measured=reals.exp(Fraction(parameters["x"])), bound=Fraction(1), values={"root": reals.sqrt(Fraction(2))}, relation=">="),
        "infinite": Measurement(measured="inf", bound=Fraction(5), values={}),
        "float": Measurement(measured=0.5, bound=Fraction(1), values={}),
        "overridden": Measurement(measured=Fraction(9), bound=Fraction(1), values={}, holds=True),
        "equal": Measurement(measured=reals.exp(Fraction(1)), bound=reals.exp(Fraction(1)), values={}, relation="=="),
    }
    return kinds[parameters["kind"]]


C1 = Claim(
    number="C1", title="Twelve is at most twelve", statement="3 · 4 <= 12.", source=SOURCE, relation="<=",
    parts=(Part("a", "3 · 4 <= 12", (below(12),), quantifier="exists"), Part("b", "and at most 13", (
        Witness(instance=pair, quantity=product, relation="<=", bound=lambda instance, parameters: Fraction(13),
                argument="Twelve is less than thirteen, says arithmetic.", rests_on=("Peano 1889",)),), quantifier="exists")),
    mutants=(Mutant("12 becomes 11", (below(11),)),),
    parameters=(
        Parameter("x", Rationals(lower=0), "a number", default=Fraction(1)),
        Parameter("kind", Choices(("rational", "ball", "infinite", "float", "overridden", "equal", "misfit")), "what to measure", default="rational"),
        Parameter("weights", Lists(Rationals(lower=0), total=1), "weights"),
        Parameter("n", Integers(lower=1), "a count"),
    ),
    measure=measure,
)

FALSE = Claim(number="C2", title="Twelve is at most eleven", statement="3 · 4 <= 11.", source=SOURCE, relation="<=",
              parts=(Part("a", "3 · 4 <= 11", (below(11),)),))

PRINTED = Claim(number="P1", title="Twelve is at most ten, as printed", statement="3 · 4 <= 10.", source=SOURCE, relation="<=",
                parts=(Part("a", "3 · 4 <= 10", (below(10),)),), expected="refuted", reason="a misprint for 12", corrected_by="C1")

OPEN = Claim(number="O1", title="Nobody knows", statement="The instance shows it, or another one does.", source=SOURCE, relation=">=",
             parts=(Part("a", "some product is above 12", (Witness(
                 instance=pair, quantity=product, relation=">", bound=lambda instance, parameters: Fraction(12)),), quantifier="exists"),),
             expected="undecided", reason="open since 1900")

SQUARES = Enumeration(
    statement="k² is even or odd, as k is", elements=lambda parameters: range(parameters["top"]), predicate=lambda k, parameters: (k * k - k) % 2 == 0,
    settings=Settings(quick=({"top": 10},)),
)
COUNTED = Claim(number="E1", title="Squares keep parity", statement="k² - k is even.", source=SOURCE, relation="iff",
                parts=(Part("a", "for k < 10", (SQUARES,)),))


def small_numbers(parameters):
    from hypothesis import strategies as st

    return st.integers(-20, 20).map(Fraction)


SEARCHED = Claim(number="S1", title="Squares are at most 99", statement="x² <= 99.", source=SOURCE, relation="<=", parts=(Part("a", "x² <= limit", (
    Property(family=small_numbers, quantity=lambda x, parameters: x * x, relation="<=", bound=lambda x, parameters: Fraction(parameters["limit"]),
             settings=Settings(quick=({"limit": 400},))),)),))

PAPER = Paper(slug="small", title="Small claims", citation="N. Obody, Small claims, 1900.", arxiv="", claims=(C1, FALSE, PRINTED, OPEN, COUNTED, SEARCHED),
              discrepancies=(Discrepancy("D1", "12 is printed as 21.", "See the proof.", "P1"),))
