"""Roots of systems of equations, with proof: exactly one root in a box, by Krawczyk's test in Arb.

Reference: R. Krawczyk, Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken, Computing 4 (1969).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import arb, arb_mat, ctx

from exact.balls import DEFAULT_PRECISION, Ball, fraction_of, to_arb
from exact.programs import Program, evaluate_with_gradient
from exact.reals import Real
from exact.recording import Recorded, Recorder, System, active, recording

_NEWTON_STEPS = 60
_RADIUS_BITS = 90
_COARSEST_RADIUS_BITS = 30
_MIDPOINT_BITS = 160
_PRECONDITIONER_BITS = 60


def _extra_bits() -> int:
    """By how much the working precision exceeds the default: candidates and boxes get as much finer."""
    return max(0, int(ctx.prec) - DEFAULT_PRECISION)


class NoRoot(ArithmeticError):
    """No root could be proved near the guess (a poor guess, a multiple root, or none)."""


def certified_root(equations: Callable[[Sequence[Real]], Sequence[Real]], guess: Sequence[Fraction]) -> tuple[Real, ...]:
    """The root of ``equations(x) = 0`` near ``guess``, as rigorous balls.

    ``equations`` takes n unknowns and returns n values; it uses :mod:`exact.reals`. Inside ``with recording()`` the unknowns come back recorded, and the
    certificate proves with Krawczyk's test that the box holds exactly one root. Raises NoRoot, and Undecidable where the equations compare what the
    box does not decide: a branch that changes at the root.
    """
    with recording(scratch=True) as scratch:
        unknowns = [Recorded(scratch, scratch.step("var", i), Ball(x)) for i, x in enumerate(guess)]
        outputs = [scratch.number(value).node for value in equations(unknowns)]
    program = Program(tuple(f"x{i}" for i in range(len(guess))), tuple(scratch.steps))
    if len(outputs) != len(guess):
        raise ValueError(f"{len(guess)} unknowns need as many equations, not {len(outputs)}")
    midpoint = _refine(program, outputs, list(guess))
    box, inverse, sharper = _krawczyk(program, outputs, midpoint)
    _require_one_branch(equations, box, scratch)
    recorder = active()
    if recorder is None or recorder.scratch:
        return tuple(Ball(x) for x in sharper)
    return _record(recorder, equations, box, inverse, sharper)


def _require_one_branch(equations: Callable[[Sequence[Real]], Sequence[Real]], box: Sequence[tuple[Fraction, Fraction]], recorded: Recorder) -> None:
    """The comparisons that steered the recorded run come out the same on the whole box, so that what was recorded there is all that the equations say.

    Raises NoRoot, and Undecidable where a comparison has both answers in the box.
    """
    with recording(scratch=True) as everywhere:
        equations([Recorded(everywhere, everywhere.step("var", i), Ball.between(lo, hi)) for i, (lo, hi) in enumerate(box)])
    if everywhere.steering != recorded.steering:
        raise NoRoot("the equations change their branch between the guess and the root")


def _record(recorder: Recorder, equations: Callable[[Sequence[Real]], Sequence[Real]], box: Sequence[tuple[Fraction, Fraction]],
            inverse: Sequence[Sequence[Fraction]], sharper: Sequence[arb]) -> tuple[Recorded, ...]:
    system = len(recorder.systems)
    recorder.systems.append(None)
    unknowns = tuple(Recorded(recorder, recorder.step("unknown", system, i), Ball(x)) for i, x in enumerate(sharper))
    nodes = tuple(recorder.number(value).node for value in equations(unknowns))
    recorder.systems[system] = System(nodes, tuple(box), tuple(tuple(row) for row in inverse))
    return unknowns


def _jacobian(program: Program, outputs: Sequence[int], point: Sequence[arb]) -> tuple[list[arb], arb_mat]:
    nodes = evaluate_with_gradient(program, point)
    n = len(outputs)
    values = [nodes[output][0] for output in outputs]
    return values, arb_mat(n, n, [nodes[output][1].get(j, arb(0)) for output in outputs for j in range(n)])


def _refine(program: Program, outputs: Sequence[int], guess: list[Fraction]) -> list[Fraction]:
    """Newton's method on midpoints: finds the candidate that Krawczyk's test then decides on."""
    previous = None
    for _ in range(_NEWTON_STEPS):
        values, jacobian = _jacobian(program, outputs, [to_arb(x) for x in guess])
        try:
            step = jacobian.mid().solve(arb_mat(len(guess), 1, [value.mid() for value in values]))
        except ZeroDivisionError:
            raise NoRoot("the Jacobian is singular near the guess") from None
        moves = [fraction_of(step[i, 0]) for i in range(len(guess))]
        guess = [_short(x - move, _MIDPOINT_BITS + _extra_bits()) for x, move in zip(guess, moves, strict=True)]
        size = max((abs(move) for move in moves), default=Fraction(0))
        scale = 1 + max((abs(x) for x in guess), default=Fraction(0))
        settled = size <= scale / 2 ** (_RADIUS_BITS + 40 + _extra_bits())
        if settled or (previous is not None and previous <= size < scale / 2**_COARSEST_RADIUS_BITS):  # the second: only rounding noise is left
            return guess
        previous = size
    raise NoRoot("Newton's method did not settle near the guess")


def _short(x: Fraction, bits: int) -> Fraction:
    """A rational with a power of two as denominator within relative 2^-bits: keeps candidates, and certificates, short."""
    if x == 0:
        return x
    shift = max(0, bits - (abs(x.numerator).bit_length() - x.denominator.bit_length()))
    return Fraction(round(x * 2**shift), 2**shift)


def _krawczyk(program: Program, outputs: Sequence[int], midpoint: Sequence[Fraction]
              ) -> tuple[list[tuple[Fraction, Fraction]], list[list[Fraction]], list[arb]]:
    n = len(midpoint)
    values, jacobian = _jacobian(program, outputs, [to_arb(x) for x in midpoint])
    inverse_balls = jacobian.mid().inv()
    inverse = [[_short(fraction_of(inverse_balls[i, j]), _PRECONDITIONER_BITS + _extra_bits()) for j in range(n)] for i in range(n)]
    matrix = arb_mat(n, n, [to_arb(x) for row in inverse for x in row])
    correction = matrix * arb_mat(n, 1, values)
    finest = _RADIUS_BITS + _extra_bits()
    for bits in range(finest, _COARSEST_RADIUS_BITS - 1, -max(20, (finest - _COARSEST_RADIUS_BITS) // 12)):
        radii = [_short((1 + abs(x)) / 2**bits, 8) for x in midpoint]
        box = [(x - radius, x + radius) for x, radius in zip(midpoint, radii, strict=True)]
        spread = arb_mat(n, 1, [arb(0, to_arb(radius)) for radius in radii])
        _, over_box = _jacobian(program, outputs, [to_arb(lo).union(to_arb(hi)) for lo, hi in box])
        identity = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        image = (identity - matrix * over_box) * spread
        sharper = [to_arb(midpoint[i]) - correction[i, 0] + image[i, 0] for i in range(n)]
        if all(to_arb(lo) < x and x < to_arb(hi) for x, (lo, hi) in zip(sharper, box, strict=True)):
            return box, inverse, sharper
    raise NoRoot("Krawczyk's test does not prove a root near the guess")
