"""Exact rationals, intervals with rational or infinite ends, and rigorous enclosures of the elementary functions.

Sums, products and quotients of intervals are exact; only `rounded` and the elementary functions lose anything, and
they lose it outward. The elementary functions work on integers that count units of 2**-w, called ulps.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import TypeAlias

EXACT_BITS = 200_000  # a rational number stays exact up to this length
MAX_EXPONENT = 2**17  # a rounded end is 0, infinite, or between 2**-MAX_EXPONENT and 2**MAX_EXPONENT in size
ZERO, ONE = Fraction(0), Fraction(1)

End: TypeAlias = Fraction | None  # None: infinite
Bounds: TypeAlias = Callable[[Fraction, int], tuple[End, End]]  # of a function at a number, to so many bits


class Impossible(Exception):
    """An operation is not defined for every number in the enclosures of its arguments."""


class Interval:
    """All real numbers between two ends."""

    __slots__ = ("hi", "lo")

    def __init__(self, lo: End, hi: End) -> None:
        self.lo, self.hi = lo, hi

    def __neg__(self) -> "Interval":
        return Interval(None if self.hi is None else -self.hi, None if self.lo is None else -self.lo)

    def __add__(self, other: "Value") -> "Interval":
        c, d = ends(other)
        return Interval(None if self.lo is None or c is None else self.lo + c,
                        None if self.hi is None or d is None else self.hi + d)

    def __sub__(self, other: "Value") -> "Interval":
        return self + -other

    def __rsub__(self, other: Fraction) -> "Interval":
        return -self + other

    def __mul__(self, other: "Value") -> "Value":
        (a, b), (c, d) = (self.lo, self.hi), ends(other)
        if isinstance(other, Fraction) and not other:
            return ZERO
        if a is not None and a.numerator >= 0:
            return Interval(_product(a if c is not None and c.numerator >= 0 else b, c),
                            _product(b if d is None or d.numerator >= 0 else a, d))
        if b is not None and b.numerator <= 0:
            return -(-self * other)
        if (c is not None and c.numerator >= 0) or (d is not None and d.numerator <= 0):
            return Interval(c, d) * self
        if a is None or b is None or c is None or d is None:
            return Interval(None, None)
        return Interval(min(a * d, b * c), max(a * c, b * d))

    __radd__, __rmul__ = __add__, __mul__


Value: TypeAlias = Fraction | Interval  # an exact number, or an enclosure of a real number


def ends(value: Value) -> tuple[End, End]:
    """The lower and the upper end."""
    return (value, value) if isinstance(value, Fraction) else (value.lo, value.hi)


def hull(lo: End, hi: End) -> Value:
    """The interval, or the number when the ends are one."""
    return lo if lo is not None and lo == hi else Interval(lo, hi)


def _product(x: End, y: End) -> End:
    """Of two ends: 0 times an infinite end is 0, because the numbers in the intervals are finite."""
    if x is None or y is None:
        return ZERO if x == 0 or y == 0 else None
    return x * y


def proves(relation: str, a: Value, b: Value) -> bool:
    """Whether the relation holds between any number in a and any number in b."""
    (a_lo, a_hi), (b_lo, b_hi) = ends(a), ends(b)
    if relation in (">", ">="):
        return proves("<" if relation == ">" else "<=", b, a)
    if relation == "!=":
        return proves("<", a, b) or proves("<", b, a)
    if relation == "==":
        return a_lo is not None and a_lo == a_hi == b_lo == b_hi
    if a_hi is None or b_lo is None:
        return False
    return a_hi < b_lo if relation == "<" else a_hi <= b_lo


# Rounding


def length(x: Fraction) -> int:
    """The bits of the longer part."""
    n, d = x.as_integer_ratio()
    return max(n.bit_length(), d.bit_length())


def rounded(value: Value, bits: int) -> Value:
    """The value itself while it is short, else an enclosure of it with ends of this many bits."""
    if isinstance(value, Fraction):
        return value if length(value) <= EXACT_BITS else Interval(_down(value, bits), _up(value, bits))
    lo, hi = value.lo, value.hi
    if lo is not None and length(lo) > 2 * bits:
        if lo == hi and length(lo) <= EXACT_BITS:
            return lo
        lo = _down(lo, bits)
    if hi is not None and length(hi) > 2 * bits:
        hi = _up(hi, bits)
    return Interval(lo, hi)


def _down(x: Fraction, bits: int) -> End:
    """A lower bound of x with at most this many significant bits."""
    n, d = x.as_integer_ratio()
    exponent = n.bit_length() - d.bit_length()  # 2**(exponent - 1) < |x| < 2**(exponent + 1)
    if exponent > MAX_EXPONENT:
        return Fraction(1 << MAX_EXPONENT) if n > 0 else None
    if exponent < -MAX_EXPONENT:
        return ZERO if n > 0 else Fraction(-1, 1 << MAX_EXPONENT)
    return _scaled(n // (d << exponent - bits) if exponent > bits else (n << bits - exponent) // d, exponent - bits)


def _up(x: Fraction, bits: int) -> End:
    low = _down(-x, bits)
    return None if low is None else -low


def _scaled(n: int, exponent: int) -> Fraction:
    """n * 2**exponent."""
    return Fraction(n << exponent) if exponent >= 0 else Fraction(n, 1 << -exponent)


def picture(value: Value) -> str:
    """A short text for messages."""
    if isinstance(value, Interval):
        lo = "(-∞" if value.lo is None else f"[{picture(value.lo)}"
        return f"{lo}, ∞)" if value.hi is None else f"{lo}, {picture(value.hi)}]"
    n, d = value.as_integer_ratio()
    if length(value) <= 40:
        return str(value)
    exponent = n.bit_length() - d.bit_length()
    return f"≈{'-' if n < 0 else ''}2^{exponent}" if abs(exponent) > 1000 else f"≈{n / d:.6g}"


# Operations beyond sums and products


def reciprocal(a: Value) -> Value:
    """1/a."""
    lo, hi = ends(a)
    if (lo is None or lo <= 0) and (hi is None or hi >= 0):
        raise Impossible(f"division by {picture(a)}")
    if isinstance(a, Fraction):
        return 1 / a
    return Interval(ZERO if hi is None else 1 / hi, ZERO if lo is None else 1 / lo)


def quotient(a: Value, b: Value) -> Value:
    """a/b."""
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) and b else a * reciprocal(b)


def maximum(a: Value, b: Value) -> Value:
    """The larger of two numbers."""
    (a_lo, a_hi), (b_lo, b_hi) = ends(a), ends(b)
    lo = a_lo if b_lo is None else b_lo if a_lo is None else max(a_lo, b_lo)
    return hull(lo, None if a_hi is None or b_hi is None else max(a_hi, b_hi))


def minimum(a: Value, b: Value) -> Value:
    """The smaller of two numbers."""
    return -maximum(-a, -b)


def absolute(a: Value) -> Value:
    """The size of a number."""
    return maximum(maximum(a, -a), ZERO)


def _increasing(bounds: Bounds, a: Value, bits: int, left: End = None, right: End = None) -> Value:
    """The image of a under an increasing function: bounds at the ends, limits (left, right) at infinite ends."""
    if isinstance(a, Fraction):
        return hull(*bounds(a, bits))
    return hull(left if a.lo is None else bounds(a.lo, bits)[0], right if a.hi is None else bounds(a.hi, bits)[1])


def power(a: Value, n: int, bits: int) -> Value:
    """a**n; 0**0 is 1."""
    if n < 0:
        return reciprocal(power(a, -n, bits))
    if n == 0:
        return ONE
    if isinstance(a, Fraction) and n * length(a) <= EXACT_BITS:
        return a**n
    return _increasing(lambda x, w: _power(x, n, w), a if n % 2 else absolute(a), bits)


def _power(x: Fraction, n: int, bits: int) -> tuple[End, End]:
    """Repeated squaring; each of at most 2 log2(n) products is rounded outward."""
    if n * length(x) <= 4 * bits:
        return x**n, x**n
    w = bits + 2 * n.bit_length()
    total: Value = ONE
    square: Value = Interval(x, x)
    while n:
        total = rounded(square * total, w) if n % 2 else total
        n //= 2
        square = rounded(square * square, w) if n else square
    return ends(total)


def real_power(a: Value, b: Value, bits: int) -> Value:
    """a**b = exp(b log a) for a > 0; also 0**b = 0 for b > 0."""
    lo, hi = ends(a)
    if lo is None or lo < 0 or (lo == 0 and not proves(">", b, ZERO)):
        raise Impossible(f"{picture(a)} to the power {picture(b)}")
    if isinstance(b, Fraction) and b.denominator == 1 and abs(b) <= 1_000_000:
        return power(a, b.numerator, bits)
    if hi == 0:
        return ZERO
    logarithm = log(a, bits + 32) if lo else _increasing(_log, Interval(None, hi), bits + 32)  # log 0 is -infinity
    return exp(rounded(b * logarithm, bits + 32), bits)


def sqrt(a: Value, bits: int) -> Value:
    """The square root; exact for squares of rational numbers."""
    if not proves(">=", a, ZERO):
        raise Impossible(f"square root of {picture(a)}")
    return _increasing(_sqrt, a, bits)


def exp(a: Value, bits: int) -> Value:
    """The exponential function; exact at 0."""
    return _increasing(_exp, a, bits, left=ZERO)


def log(a: Value, bits: int) -> Value:
    """The natural logarithm; exact at 1."""
    if not proves(">", a, ZERO):
        raise Impossible(f"logarithm of {picture(a)}")
    return _increasing(_log, a, bits)


def tanh(a: Value, bits: int) -> Value:
    """The hyperbolic tangent; exact at 0."""
    return _increasing(_tanh, a, bits, -ONE, ONE)


def _sqrt(x: Fraction, bits: int) -> tuple[End, End]:
    """With r = isqrt(floor(4**s x)): r <= 2**s sqrt(x) < r + 1."""
    n, d = x.as_integer_ratio()
    if isqrt(n) ** 2 == n and isqrt(d) ** 2 == d:
        return Fraction(isqrt(n), isqrt(d)), Fraction(isqrt(n), isqrt(d))
    s = max(0, bits + 2 - (n.bit_length() - d.bit_length()) // 2)
    r = isqrt((n << 2 * s) // d)
    return _scaled(r, -s), _scaled(r + 1, -s)


def _exp(x: Fraction, bits: int) -> tuple[End, End]:
    """e**x = 2**k e**r with r = x - k log 2, and e**r is (e**(r/2**s))**(2**s), whose root is a Taylor sum."""
    if not x:
        return ONE, ONE
    if abs(x) > 2**16:  # 2**|x| < e**|x|
        return (_scaled(1, 2**16), None) if x > 0 else (ZERO, _scaled(1, -(2**16)))
    s = isqrt(bits) // 2 + 2
    w, v = bits + 32, bits + 32 + s
    n, d = x.as_integer_ratio()
    k, r = divmod((n << w) // d, _log2(w))
    # r counts ulps of 2**-w; it is wrong by less than 1 + 2|k|, because x 2**w lost < 1 and each log 2 lacks < 2.
    # The Taylor terms of y = r/2**v < 2**-s <= 1/4 count ulps of 2**-v. Each is too small by e_i <= e_(i-1)/4 + 1 < 2;
    # when it is 0 the true one is < 2, and the rest of the series < 1. So the sum lacks less than 2 i + 1.
    total = term = 1 << v
    i = 0
    while term:
        i += 1
        term = (term * r >> v) // i
        total += term
    low, high = total, total + 2 * i + 1
    for _ in range(s):
        low, high = low * low >> v, (high * high >> v) + 1
    # Now the error of r: for |t| <= 1, 1 - |t| <= e**t <= 1 + 2|t|.
    slack = 1 + 2 * abs(k)
    low, high = low - (low * slack >> w) - 1, high + (2 * high * slack >> w) + 1
    return _scaled(low >> s, k - w), _scaled((high >> s) + 1, k - w)


def _log(x: Fraction, bits: int) -> tuple[End, End]:
    """log x = e log 2 + 2**s log a with 1 <= 2**-e x < 2, a its 2**s-th root, log a = 2 artanh((a - 1)/(a + 1))."""
    n, d = x.as_integer_ratio()
    near = d.bit_length() - abs(n - d).bit_length()  # |x - 1| < 2**(1 - near)
    if near > bits or n == d:
        return (x - 1) / x, x - 1  # 1 - 1/x <= log x <= x - 1
    s = isqrt(bits) // 2 + 1
    v = bits + 32 + s + max(near, 0)
    e = n.bit_length() - d.bit_length()
    if n << max(-e, 0) < d << max(e, 0):
        e -= 1
    one = 1 << v
    a = (n << v - e) // d if e < v else n // (d << e - v)
    for _ in range(s):
        a = isqrt(a << v)
    # The true root exceeds a by less than 2 ulps: an error c becomes c/2, because a >= 1, and rounding adds 1.
    z = (a - one << v) // (a + one)
    square = z * z >> v
    total, term, i = 0, z, 1
    while term:
        total += term // i
        term = term * square >> v
        i += 2
    # Each of the i // 2 terms lacks < 3 ulps (its power c <= c/9 + 4/3 < 3/2, and the division 1), the rest of the
    # series < 2, z < 1 and so artanh < 2; doubling, and 2 ulps for a, give less than 3 i + 10.
    low, high = 2 * total << s, 2 * total + 3 * i + 10 << s
    log2 = _log2(v)
    return _scaled(low + min(e * log2, e * (log2 + 2)), -v), _scaled(high + max(e * log2, e * (log2 + 2)), -v)


@lru_cache(maxsize=64)
def _log2(w: int) -> int:
    """An integer with 0 <= 2**w log 2 - it < 2: log 2 = 2 artanh(1/3), in units 2**32 times as fine.

    There are fewer than w terms, each lacks less than 3 units, and 3 w + 3 < 2**32.
    """
    term = (2 << w + 32) // 3
    total, i = 0, 1
    while term:
        total += term // i
        term //= 9
        i += 2
    return total >> 32


def _tanh(x: Fraction, bits: int) -> tuple[End, End]:
    """tanh x = 1 - 2/(e**(2x) + 1); near 0, where this cancels, tanh x lies between x and x - x**3/3."""
    n, d = x.as_integer_ratio()
    near = d.bit_length() - abs(n).bit_length()  # |x| < 2**(1 - near)
    if near > bits:
        cubic = x - x**3 / 3
        return min(x, cubic), max(x, cubic)
    return ends(ONE - Fraction(2) * reciprocal(ONE + exp(2 * x, bits + 8 + max(near, 0))))
