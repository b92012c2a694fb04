"""`inequality`, the method `cover`: the region is cut into pieces by a tree, and each piece has its own short proof."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from .documents import Field, Rejected
from .intervals import ONE, ZERO, Interval, Value, ends, hull, picture, power, proves, reciprocal, rounded
from .programs import Source, evaluate, expand
from .region import CONTRARY, Box, Inequality
from .series import Monomial, Series

MAX_ORDER = 40


def check_cover(inequality: Inequality, proof: Field) -> str:
    """Every piece of the tree is proved; a remark on what was proved."""
    fields = proof.record("method", "precision", "tree")
    cover = _Cover(inequality, fields["precision"].integer(16, 100_000))
    pieces = [inequality.domain]
    tree = fields["tree"].items()
    vacuous = True
    for field in tree:
        if not pieces:
            field.rejected("every piece is proved already")
        entries = field.items()
        name = (entries or field.rejected("an empty node"))[0].choice(*_NODES)
        pieces.extend(reversed(_NODES[name](cover, pieces.pop(), field)))
        vacuous = vacuous and name in ("split", "empty")
    if pieces:
        fields["tree"].rejected(f"the tree ends and {len(pieces)} pieces are not proved")
    return ": no point satisfies the conditions" if vacuous else ""


@dataclass(frozen=True)
class _Cover:
    """What the nodes of a tree share. Each node proves its piece, or leaves it to pieces that it returns."""

    inequality: Inequality
    bits: int

    def proves(self, value: Value) -> bool:
        return proves(self.inequality.relation, value, ZERO)

    def on(self, box: Box, place: str) -> Value:
        """The function on a box on which the whole program is defined."""
        inputs = {Source("var", v): side for v, side in enumerate(box)}
        return evaluate(self.inequality.program, inputs, self.bits, place)[self.inequality.node]

    def expansion(self, box: Box, variables: list[int], order: int, branches: dict[int, bool], place: str) -> Series:
        """The Taylor series of the function in these variables, on a box."""
        inputs = {}
        for v, side in enumerate(box):
            seed: dict[Monomial, Value] = {(): side, (v,): ONE} if v in variables else {(): side}
            inputs[Source("var", v)] = Series(seed, order, self.bits)
        nodes = expand(self.inequality.program, inputs, order, self.bits, branches, place)
        return nodes[self.inequality.node]

    def split(self, box: Box, node: Field) -> list[Box]:
        """The piece below and the piece above a number inside the side of a variable."""
        _, variable, number = node.items(3)
        v, at = variable.index(len(box)), number.number()
        lo, hi = ends(box[v])
        if (lo is not None and at <= lo) or (hi is not None and at >= hi):
            number.rejected(f"not inside {picture(box[v])}")
        return [_replaced(box, v, hull(lo, at)), _replaced(box, v, hull(at, hi))]

    def value(self, box: Box, node: Field) -> list[Box]:
        """The enclosure of the function has the sign."""
        node.items(1)
        value = self.on(box, node.place)
        if not self.proves(value):
            self.fail(node, box, f"the function is in {picture(value)}")
        return []

    def empty(self, box: Box, node: Field) -> list[Box]:
        """A condition fails on the whole piece: no point of the region is in it."""
        relation, condition = self.inequality.where[node.items(2)[1].index(len(self.inequality.where))]
        value = self.condition(box, condition, node.place)
        if not proves(CONTRARY[relation], value, ZERO):
            self.fail(node, box, f"node {condition} is in {picture(value)}, which does not contradict {relation} 0")
        return []

    def condition(self, box: Box, node: int, place: str) -> Value:
        """The node of a condition on a box on which the steps that it needs are defined."""
        program, inputs = self.inequality.program, {Source("var", v): side for v, side in enumerate(box)}
        return evaluate(program, inputs, self.bits, place, program.cone([node]))[node]

    def is_outside(self, box: Box) -> bool:
        """Whether some condition certainly fails on the whole box."""
        for relation, node in self.inequality.where:
            with suppress(Rejected):  # a condition that is not defined on all of the box tells nothing
                if proves(CONTRARY[relation], self.condition(box, node, ""), ZERO):
                    return True
        return False

    def mean(self, box: Box, node: Field) -> list[Box]:
        """The mean value form f(c) + f'(X)(X - c) has the sign."""
        centre = self.point(box, node.items(2)[1])
        free = [v for v, side in enumerate(box) if isinstance(side, Interval)]
        if any(None in ends(side) for side in box):
            self.fail(node, box, "the piece is not bounded")
        slopes = self.expansion(box, free, 1, {}, node.place).terms
        total = self.on(centre, node.place)
        for v in free:
            total = total + slopes.get((v,), ZERO) * (box[v] - centre[v])
        if not self.proves(total):
            self.fail(node, box, f"the mean value form is {picture(total)}")
        return []

    def monotone(self, box: Box, node: Field) -> list[Box]:
        """The function is least on a face: it goes up or down all along a variable that no condition mentions."""
        _, variable, direction = node.items(3)
        v, up = variable.index(len(box)), direction.choice("up", "down") == "up"
        for _, condition in self.inequality.where:
            if Source("var", v) in self.inequality.program.sources(condition):
                variable.rejected(f"the condition on node {condition} mentions this variable")
        end = ends(box[v])[0 if up else 1]
        if end is None:
            direction.rejected(f"{picture(box[v])} has no such end")
        slope = self.expansion(box, [v], 1, {}, node.place).terms.get((v,), ZERO)
        if not proves(">=" if up else "<=", slope, ZERO):
            self.fail(node, box, f"the derivative is in {picture(slope)}")
        return [_replaced(box, v, end)]

    def taylor(self, box: Box, node: Field) -> list[Box]:
        """Taylor's theorem in one variable at p: the sum of c_k t**k (k <= n), t = x - p, c_n on the whole piece."""
        _, variable, number, count = node.items(4)
        v, p, n = variable.index(len(box)), number.number(), count.integer(1, MAX_ORDER)
        if not _contains(box[v], p):
            number.rejected(f"not in {picture(box[v])}")
        branches: dict[int, bool] = {}
        whole = self.expansion(box, [v], n, branches, node.place)
        local = self.expansion(_replaced(box, v, p), [v], max(n - 1, 1), branches, node.place)
        c = [local.terms.get((v,) * k, ZERO) for k in range(n)] + [whole.terms.get((v,) * n, ZERO)]
        off_centre = self.inequality.relation == ">" and self.is_outside(_replaced(box, v, p))
        if not self.series_has_sign(c, box[v] - p, off_centre):
            self.fail(node, box, f"the Taylor coefficients {', '.join(map(picture, c))} do not prove it")
        return []

    def series_has_sign(self, c: list[Value], t: Value, off_centre: bool) -> bool:
        """Whether the sum of c_k t**k has the sign: term by term, or as t**m (m: leading zeros) times a Horner sum.

        `off_centre` says that t = 0 is not in the region.
        """
        strict = self.inequality.relation == ">"
        if all(proves(">=", x * power(t, k, self.bits), ZERO) for k, x in enumerate(c)) \
                and (not strict or proves(">", c[0], ZERO)):
            return True
        m = next((k for k, x in enumerate(c) if x != ZERO), len(c))
        factor: Value = ZERO
        for x in reversed(c[m:]):
            factor = rounded(factor * t + x, self.bits)
        if strict and m > 0 and not off_centre:
            return False
        sign = power(t, m, self.bits)
        return any(proves(weak, sign, ZERO) and proves(strong if strict else weak, factor, ZERO)
                   for weak, strong in ((">=", ">"), ("<=", "<")))

    def hessian(self, box: Box, node: Field) -> list[Box]:
        """A convex function with a stationary point where it is >= 0. Variables with a single value do not count."""
        point = self.point(box, node.items(2)[1])
        if self.inequality.relation == ">":
            node.rejected("proves >= only")
        free = [v for v, side in enumerate(box) if isinstance(side, Interval)]
        branches: dict[int, bool] = {}
        whole = self.expansion(box, free, 2, branches, node.place).terms
        local = self.expansion(point, free, 1, branches, node.place)
        if not proves(">=", local.constant, ZERO):
            self.fail(node, box, f"the function at the point is {picture(local.constant)}")
        if not local.is_constant():
            self.fail(node, box, "the gradient at the point is not exactly 0")
        second = [[whole.get((min(v, w), max(v, w)), ZERO) * Fraction(2 if v == w else 1) for w in free] for v in free]
        for k, pivots in enumerate(second):  # LDL^T: the pivots of every matrix in the enclosure are positive
            if not proves(">", pivots[k], ZERO):
                self.fail(node, box, f"pivot {k} of the Hessian is in {picture(pivots[k])}")
            for i in range(k + 1, len(free)):
                for j in range(k + 1, len(free)):
                    top = power(pivots[i], 2, self.bits) if i == j else pivots[i] * pivots[j]
                    second[i][j] = rounded(second[i][j] - top * reciprocal(pivots[k]), self.bits)
        return []

    def point(self, box: Box, field: Field) -> Box:
        """A point of the piece."""
        point = []
        for side, entry in zip(box, field.items(len(box)), strict=True):
            point.append(entry.number())
            if not _contains(side, point[-1]):
                entry.rejected(f"not in {picture(side)}")
        return tuple(point)

    def fail(self, node: Field, box: Box, reason: str) -> NoReturn:
        node.rejected(f"on {' × '.join(map(picture, box))}: {reason}")


def _contains(side: Value, x: Fraction) -> bool:
    lo, hi = ends(side)
    return (lo is None or lo <= x) and (hi is None or x <= hi)


def _replaced(box: Box, v: int, side: Value) -> Box:
    return (*box[:v], side, *box[v + 1:])


_NODES: dict[str, Callable[[_Cover, Box, Field], list[Box]]] = {
    "split": _Cover.split,
    "value": _Cover.value,
    "empty": _Cover.empty,
    "mean": _Cover.mean,
    "monotone": _Cover.monotone,
    "taylor": _Cover.taylor,
    "hessian": _Cover.hessian,
}
