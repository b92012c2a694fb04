"""Intervals contain what they should, and exact numbers stay exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exact import intervals as iv
from exact.balls import Ball, working_precision
from exact.intervals import Interval, Undefined

rationals = st.fractions(-20, 20, max_denominator=12)


@st.composite
def sides(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval, possibly unbounded, and a number in it."""
    a, b, c = sorted((draw(rationals), draw(rationals), draw(rationals)))
    lo, hi = draw(st.sampled_from([(a, c), (None, c), (a, None), (None, None), (b, b)]))
    return iv.between(lo, hi), b


def contains(interval: Interval, value: Fraction | Ball) -> bool:
    lo = interval.lo is None or iv.fraction(interval.lo) <= (value.lower if isinstance(value, Ball) else value)
    hi = interval.hi is None or (value.upper if isinstance(value, Ball) else value) <= iv.fraction(interval.hi)
    return lo and hi


def exactly(interval: Interval, value: Fraction) -> bool:
    return interval.thin and iv.fraction(interval.lo) == value


@given(sides(), sides())
def test_arithmetic_encloses(x: tuple[Interval, Fraction], y: tuple[Interval, Fraction]) -> None:
    (a, p), (b, q) = x, y
    assert contains(iv.add(a, b), p + q)
    assert contains(iv.subtract(a, b), p - q)
    assert contains(iv.multiply(a, b), p * q)
    assert contains(iv.negative(a), -p)
    assert contains(iv.absolute(a), abs(p))
    assert contains(iv.maximum(a, b), max(p, q))
    assert contains(iv.minimum(a, b), min(p, q))
    if b.positive or b.negative:
        assert contains(iv.divide(a, b), p / q)
    else:
        with pytest.raises(Undefined):
            iv.divide(a, b)


@given(sides(), st.integers(-4, 5))
def test_powers_enclose(x: tuple[Interval, Fraction], n: int) -> None:
    a, p = x
    assume(n >= 0 or a.positive or a.negative)
    power = iv.power(a, n, 64)
    assert contains(power, p**n)
    assert n % 2 or n < 0 or power.nonnegative


@given(sides())
def test_elementary_functions_enclose(x: tuple[Interval, Fraction]) -> None:
    a, p = x
    with working_precision(64):
        outer = {"exp": iv.exp(a), "tanh": iv.tanh(a)}
        if a.positive:
            outer["log"] = iv.log(a)
        if a.nonnegative:
            outer["sqrt"] = iv.sqrt(a)
    for name, enclosure in outer.items():
        assert contains(enclosure, getattr(Ball(p), name)())


def test_the_image_of_a_wide_interval_is_sharp() -> None:
    with working_precision(64):
        image = iv.exp(iv.between(0, 10))
        assert iv.fraction(image.lo) == 1
        assert 22026 < iv.fraction(image.hi) < 22027
        assert iv.exp(iv.between(None, 0)).lo == 0
        assert iv.tanh(iv.between(None, None)).hi == 1


def test_exact_numbers_stay_exact() -> None:
    with working_precision(64):
        assert exactly(iv.exp(iv.point(0)), Fraction(1))
        assert exactly(iv.log(iv.point(1)), Fraction(0))
        assert exactly(iv.tanh(iv.point(0)), Fraction(0))
        assert exactly(iv.sqrt(iv.point(Fraction(9, 4))), Fraction(3, 2))
        assert exactly(iv.multiply(iv.point(0), iv.between(None, None)), Fraction(0))
        assert exactly(iv.power(iv.point(Fraction(1, 3)), 5, 8), Fraction(1, 243))
        assert not iv.exp(iv.point(1)).thin


def test_huge_and_tiny_values_are_bounded_not_computed() -> None:
    with working_precision(64):
        huge = iv.exp(iv.point(10**9))
        assert huge.hi is None
        assert huge.lo > 10**1000
        tiny = iv.exp(iv.point(-(10**9)))
        assert tiny.lo == 0
        assert tiny.hi > 0


def test_real_powers_and_their_edges() -> None:
    with working_precision(64):
        third = iv.real_power(iv.between(0, 8), iv.point(Fraction(1, 3)), 64)
        assert third.lo == 0
        assert 2 <= iv.fraction(third.hi) < Fraction(2001, 1000)
        assert exactly(iv.real_power(iv.point(3), iv.point(-2), 64), Fraction(1, 9))
        for base, exponent in ((iv.between(-1, 1), iv.point(Fraction(1, 2))), (iv.between(0, 1), iv.between(-1, 1))):
            with pytest.raises(Undefined):
                iv.real_power(base, exponent, 64)
