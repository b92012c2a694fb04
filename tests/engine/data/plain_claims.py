"""Claims that are quick to check, for tests of the engine."""

from fractions import Fraction

from claims import Claim, Enumeration, Mutant, Paper, Part, Settings, Source, Witness


def square(instance, parameters):
    return instance * instance


def number(parameters):
    return Fraction(parameters["n"], 3)


def bound(instance, parameters):
    return Fraction(parameters["n"] ** 2, 9)


def nothing(instance, parameters):
    return Fraction(-1)


def numbers(parameters):
    return range(parameters.get("n", 5))


SIZES = Settings(quick=tuple({"n": n} for n in range(1, 5)), standard=({"n": 7},))

C1 = Claim(
    number="C1", title="Squares", statement="The square of n/3 is n²/9.", source=Source("Lemma 1"), relation="==",
    parts=(Part("(a)", "for some n", (Witness(instance=number, quantity=square, relation="==", bound=bound, settings=SIZES),), quantifier="exists"),),
    mutants=(Mutant("squares are negative", (Witness(instance=number, quantity=square, relation="<=", bound=nothing, settings=SIZES),)),),
)
C2 = Claim(
    number="C2", title="Small numbers", statement="Small numbers are small.", source=Source("Lemma 2"), relation="<=",
    parts=(
        Part("(a)", "below 100", (Enumeration(statement="i < 100", elements=numbers, predicate=lambda i, p: i < 100, settings=SIZES),)),
        Part("(b)", "not negative", (Enumeration(statement="i >= 0", elements=numbers, predicate=lambda i, p: i >= 0, settings=SIZES,
                                                 argument="Squares are not negative.", rests_on=("C1", "Euclid, Elements, Book II")),)),
    ),
)
P1 = Claim(
    number="P1", title="A false claim", statement="Squares are at most -1.", source=Source("Remark 3"), relation="<=", expected="refuted",
    reason="squares are not negative", corrected_by="C1",
    parts=(Part("", "as printed", (Witness(instance=number, quantity=square, relation="<=", bound=nothing, settings=SIZES),)),),
)

PAPER = Paper(slug="plain", title="Plain claims", citation="nobody, nowhere", arxiv="", claims=(C1, C2, P1))
