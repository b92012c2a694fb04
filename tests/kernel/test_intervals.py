"""Enclosures contain the value (against Arb at high precision), are tight, and extreme arguments cost nothing."""

import time
from collections.abc import Callable
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checkers.kernel import intervals as iv
from checkers.kernel.intervals import EXACT_BITS, ONE, ZERO, Impossible, Interval, Value, ends, hull, proves, rounded

BITS = st.sampled_from([16, 24, 53, 64, 113, 300])
SCALES = st.integers(-200, 200)
FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def numbers(draw: st.DrawFn, scales: st.SearchStrategy[int] = SCALES) -> Fraction:
    """Rational numbers of very different sizes."""
    mantissa = draw(st.fractions(-4, 4, max_denominator=10**draw(st.integers(0, 12))))
    return mantissa * Fraction(2) ** draw(scales)


@st.composite
def intervals(draw: st.DrawFn, bounded: bool = False) -> Value:
    """Points, intervals, half-lines and the line."""
    lo, hi = sorted([draw(numbers(st.integers(-5, 5))), draw(numbers(st.integers(-5, 5)))])
    kind = draw(st.integers(3 if bounded else 0, 9))
    return hull(None if kind in (0, 2) else lo, None if kind in (1, 2) else lo if kind == 3 else hi)


def member(value: Value, weight: Fraction) -> Fraction:
    """A number in an interval, far out where it has no end."""
    lo, hi = ends(value)
    if lo is None and hi is None:
        return weight * 2000 - 1000
    if lo is None or hi is None:
        return hi - weight * 1000 if lo is None and hi is not None else lo + weight * 1000
    return lo + weight * (hi - lo)


WEIGHTS = st.fractions(0, 1, max_denominator=64)


def contains(value: Value, x: Fraction) -> bool:
    lo, hi = ends(value)
    return (lo is None or lo <= x) and (hi is None or x <= hi)


def to_arb(x: Fraction) -> arb:
    return arb(fmpq(x.numerator, x.denominator))


def check_enclosure(value: Value, truth: arb, bits: int) -> None:
    """The value encloses the number, and is no wider than a few units in the last of these bits."""
    lo, hi = ends(value)
    assert lo is not None
    assert hi is not None
    assert not to_arb(lo) > truth
    assert not to_arb(hi) < truth
    assert (hi - lo) * 2**bits <= 4 * max(abs(lo), abs(hi))


FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "exp": lambda x: x.exp(), "log": lambda x: x.log(), "sqrt": lambda x: x.sqrt(), "tanh": lambda x: x.tanh(),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@FEW
@given(x=numbers(), bits=BITS)
def test_elementary_functions_enclose_their_values_tightly(name: str, x: Fraction, bits: int) -> None:
    x = abs(x) if name in ("log", "sqrt") else x
    assume(x > 0 or name not in ("log", "sqrt"))
    assume(abs(x) < 2**15 or name != "exp")
    ctx.prec = 3000
    check_enclosure(getattr(iv, name)(x, bits), FUNCTIONS[name](to_arb(x)), bits)


@FEW
@given(x=numbers(st.integers(-300, -1)), bits=BITS)
def test_log_near_1_keeps_its_relative_precision(x: Fraction, bits: int) -> None:
    assume(abs(x) < Fraction(1, 2))
    assume(x != 0)
    ctx.prec = 3000
    check_enclosure(iv.log(1 + x, bits), to_arb(1 + x).log(), bits)


@FEW
@given(x=numbers(st.integers(-20, 20)), y=numbers(st.integers(-8, 4)), bits=BITS)
def test_real_powers_enclose_their_values_tightly(x: Fraction, y: Fraction, bits: int) -> None:
    assume(x != 0)
    ctx.prec = 3000
    check_enclosure(iv.real_power(abs(x), y, bits), to_arb(abs(x)) ** to_arb(y), bits)


@FEW
@given(x=numbers(st.integers(-3, 3)), n=st.integers(-3000, 3000), bits=BITS)
def test_integer_powers_of_wide_points_enclose_their_values_tightly(x: Fraction, n: int, bits: int) -> None:
    assume(x != 0)
    ctx.prec = 3000
    check_enclosure(rounded(iv.power(Interval(x, x), n, bits), bits), to_arb(x) ** n, bits)


UNARY: dict[str, Callable[[Value], Value]] = {
    "neg": lambda a: -a,
    "reciprocal": iv.reciprocal,
    "abs": iv.absolute,
    "square": lambda a: iv.power(a, 2, 64),
    "cube": lambda a: iv.power(a, 3, 64),
    "power -3": lambda a: iv.power(a, -3, 64),
    "power 0": lambda a: iv.power(a, 0, 64),
    "rounded": lambda a: rounded(a, 16),
}
BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": iv.quotient,
    "max": iv.maximum,
    "min": iv.minimum,
}


@pytest.mark.parametrize("name", UNARY)
@FEW
@given(a=intervals(), s=WEIGHTS)
def test_operations_on_one_interval_contain_every_result(name: str, a: Value, s: Fraction) -> None:
    try:
        enclosure = UNARY[name](a)
    except Impossible:
        assert contains(a, ZERO)
        return
    assert contains(enclosure, _point(UNARY[name](member(a, s))))


@pytest.mark.parametrize("name", BINARY)
@FEW
@given(a=intervals(), b=intervals(), s=WEIGHTS, t=WEIGHTS)
def test_operations_on_two_intervals_contain_every_result(name: str, a: Value, b: Value, s: Fraction,
t: Fraction) -> None:
    try:
        enclosure = BINARY[name](a, b)
    except Impossible:
        assert contains(b, ZERO)
        return
    assert contains(enclosure, _point(BINARY[name](member(a, s), member(b, t))))


def _point(value: Value) -> Fraction:
    """The result of an operation on numbers: a number, or close to one."""
    lo, hi = ends(value)
    assert lo is not None
    assert hi is not None
    return (lo + hi) / 2


@pytest.mark.parametrize("name", BINARY)
@FEW
@given(a=intervals(bounded=True), b=intervals(bounded=True))
def test_bounded_results_are_attained_at_corners(name: str, a: Value, b: Value) -> None:
    """Sharpness: the ends of the result come from ends of the arguments."""
    corners = [(x, y) for x in ends(a) for y in ends(b)]
    assume(name != "div" or not contains(b, ZERO))
    results = [_point(BINARY[name](x, y)) for x, y in corners if x is not None and y is not None]
    assert ends(BINARY[name](a, b)) == (min(results), max(results))


@pytest.mark.parametrize("name", FUNCTIONS)
@FEW
@given(a=intervals(), s=WEIGHTS, bits=BITS)
def test_functions_of_an_interval_contain_every_value(name: str, a: Value, s: Fraction, bits: int) -> None:
    try:
        enclosure = getattr(iv, name)(a, bits)
    except Impossible:
        assert not proves(">", a, ZERO)
        return
    value = getattr(iv, name)(member(a, s), 400)
    (lo, hi), (value_lo, value_hi) = ends(enclosure), ends(value)
    assert lo is None or value_hi is None or lo <= value_hi
    assert hi is None or value_lo is None or value_lo <= hi


@FEW
@given(a=intervals(), bits=BITS)
def test_rounding_is_outward_short_and_tight(a: Value, bits: int) -> None:
    wide = a * Interval(Fraction(1, 3**200), Fraction(7**100, 5**100))
    (lo, hi), (low, high) = ends(wide), ends(rounded(wide, bits))
    assert (low is None) == (lo is None)
    assert (high is None) == (hi is None)
    for exact, end, sign in ((lo, low, -1), (hi, high, 1)):
        if exact is not None and end is not None:
            assert sign * (end - exact) >= 0
            assert abs(end - exact) * 2 ** (bits - 2) <= abs(exact)
            assert iv.length(end) <= max(2 * bits, 1000)


def test_exact_values_stay_exact() -> None:
    long = Fraction(3**60_000, 2**90_000)
    assert rounded(long, 16) == long
    assert iv.power(Fraction(3, 7), 20_000, 16) == Fraction(3, 7) ** 20_000
    assert iv.power(Fraction(-1), 999_999, 16) == -1
    assert iv.exp(ZERO, 64) == iv.power(ZERO, 0, 64) == iv.real_power(ONE, Fraction(1, 3), 64) == ONE
    assert iv.log(ONE, 64) == iv.tanh(ZERO, 64) == iv.real_power(ZERO, Fraction(1, 3), 64) == ZERO
    assert iv.sqrt(Fraction(9, 4), 64) == Fraction(3, 2)
    assert iv.real_power(Fraction(3, 2), Fraction(-2), 64) == Fraction(4, 9)
    assert Interval(None, None) * ZERO == ZERO


def test_numbers_beyond_the_limit_become_enclosures() -> None:
    long = Fraction(3**EXACT_BITS)
    value = rounded(long, 64)
    lo, hi = ends(value)
    assert isinstance(value, Interval)
    assert lo is not None
    assert lo <= long
    assert hi is None or long <= hi


@pytest.mark.parametrize("x", [Fraction(10**9), Fraction(2**1000), Fraction(2**100_000), Fraction(2**1000, 3)])
@pytest.mark.parametrize("bits", [16, 64, 1000])
def test_extreme_arguments_are_enclosed_at_once(x: Fraction, bits: int) -> None:
    start = time.perf_counter()
    assert ends(iv.exp(x, bits)) == (2**65536, None)
    assert ends(iv.exp(-x, bits)) == (0, Fraction(1, 2**65536))
    tiny = iv.exp(1 / x, bits)
    assert proves(">", tiny, Fraction(1, 2))
    assert proves("<", tiny, Fraction(2))
    assert proves(">", iv.log(x, bits), Fraction(20))
    assert proves("<", iv.log(1 / x, bits), Fraction(-20))
    assert proves(">", iv.tanh(x, bits), Fraction(99, 100))
    assert proves("<=", iv.tanh(-x, bits), Fraction(-99, 100))
    assert proves("<", iv.tanh(1 / x, bits), 2 / x)
    assert proves(">", iv.sqrt(x, bits), Fraction(30_000))
    assert ends(iv.power(Interval(x, x), 1_000_000, bits))[1] is None
    assert ends(iv.power(Interval(1 / x, 1 / x), 1_000_000, bits))[0] == 0
    assert ends(iv.real_power(x, x, bits))[1] is None
    assert time.perf_counter() - start < 1


def test_towers_of_exponentials_do_not_explode() -> None:
    value: Value = ONE
    for _ in range(50):
        value = rounded(iv.exp(value, 64), 64)
    assert ends(value)[1] is None
    for _ in range(50):
        value = rounded(iv.log(value, 64), 64) if proves(">", value, ZERO) else value
    for _ in range(50):
        value = rounded(value * value, 64)
    assert ends(value)[1] is None


UNDEFINED: dict[str, Callable[[], Value]] = {
    "1/0": lambda: iv.reciprocal(ZERO),
    "1/[0, 1]": lambda: iv.reciprocal(Interval(ZERO, ONE)),
    "1/[-1, 0]": lambda: iv.reciprocal(Interval(-ONE, ZERO)),
    "1/line": lambda: iv.reciprocal(Interval(None, None)),
    "0/0": lambda: iv.quotient(ZERO, ZERO),
    "log 0": lambda: iv.log(ZERO, 64),
    "log [0, 1]": lambda: iv.log(Interval(ZERO, ONE), 64),
    "log of a line": lambda: iv.log(Interval(None, ONE), 64),
    "sqrt -1": lambda: iv.sqrt(-ONE, 64),
    "sqrt [-1, 1]": lambda: iv.sqrt(Interval(-ONE, ONE), 64),
    "sqrt of a line": lambda: iv.sqrt(Interval(None, ONE), 64),
    "0^-1": lambda: iv.power(ZERO, -1, 64),
    "[-1, 1]^-2": lambda: iv.power(Interval(-ONE, ONE), -2, 64),
    "0^0, real": lambda: iv.real_power(ZERO, ZERO, 64),
    "[0, 1]^[0, 1]": lambda: iv.real_power(Interval(ZERO, ONE), Interval(ZERO, ONE), 64),
    "(-1)^2, real": lambda: iv.real_power(-ONE, Fraction(2), 64),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_what_is_not_defined_everywhere_is_refused(name: str) -> None:
    with pytest.raises(Impossible):
        UNDEFINED[name]()


def test_infinite_ends() -> None:
    line, half = Interval(None, None), Interval(ZERO, None)
    assert ends(half - half) == (None, None)
    assert ends(half * half) == (0, None)
    assert ends(half * -half) == (None, 0)
    assert ends(line * line) == (None, None)
    assert ends(iv.power(line, 2, 64)) == (0, None)
    assert ends(iv.reciprocal(Interval(ONE, None))) == (0, 1)
    assert ends(iv.exp(line, 64)) == (0, None)
    assert ends(iv.tanh(line, 64)) == (-1, 1)
    assert ends(iv.log(Interval(ONE, None), 64)) == (0, None)
    assert ends(iv.real_power(half, Fraction(1, 2), 64)) == (0, None)
    assert not proves("<=", half, half)
    assert not proves("!=", line, ZERO)
    assert not proves("==", line, line)
