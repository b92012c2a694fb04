"""Covers: a region is cut into pieces, and on each piece a short argument proves the sign of a function.

The search is adaptive subdivision in interval arithmetic whose elementary functions are Arb's. It finds the tree of a ``cover`` proof
(docs/certificates.md), which the kernel then re-checks, or points at which the proposition fails. Its decisions mirror the kernel's rules for each
kind of leaf; should the two ever differ, the kernel's rejection stands.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from checkers.propositions import Document, Proposition, rejection
from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import Algebra, BoxFunction, Jet, multivariate, univariate
from exact.intervals import ZERO, Interval, Undefined, rounded
from exact.numerals import numeral
from exact.simplest import middle, simplest_between

_TAIL_LIMIT = Fraction(2**60)
_NARROWEST = Fraction(1, 2**44)
_ORDERS = (3, 8)
_HIGH_ORDERS = (3, 8, 16, 40)
_PATIENT = 1000
_CONTRARY = {">=": "<", ">": "<=", "!=": "==", "==": "!="}

Node = list[Any]
"""A node of the tree as the certificate writes it."""

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Limits:
    """What a search may spend."""

    pieces: int = 4000
    seconds: float = 4.0


@dataclass
class _Piece:
    """A box still to be proved, or how it was proved: its node, and the pieces that this leaves."""

    box: tuple[Interval, ...]
    cuts: tuple[int, ...]
    node: Node | None = None
    children: tuple[_Piece, ...] = ()


@dataclass(frozen=True)
class Cover:
    """The tree of a complete cover, in preorder, with the precision at which it was found."""

    tree: tuple[Node, ...]
    precision: int

    def count(self, kind: str) -> int:
        """How many nodes of a kind the tree has."""
        return sum(node[0] == kind for node in self.tree)

    def describe(self) -> str:
        """One line for people."""
        leaves = len(self.tree) - self.count("split") - self.count("monotone")
        names = {"taylor": "Taylor", "mean": "mean-value", "hessian": "Hessian", "monotone": "monotone"}
        kinds = [f"{self.count(kind)} {name}" for kind, name in names.items() if self.count(kind)]
        return f"box cover, {leaves} piece{'s' * (leaves != 1)}" + (f" ({', '.join(kinds)})" if kinds else "")


@dataclass
class Search:
    """How a search ended: a cover, a point that violates the proposition, or the piece at which it stopped.

    ``margin`` is a positive lower bound of the function on the region, where the cover shows one; ``stuck`` tells that a piece could not be cut
    further (more digits may help), not that the limits were met.
    """

    cover: Cover | None = None
    violation: Point | None = None
    stopped_at: tuple[Interval, ...] | None = None
    margin: Fraction | None = None
    stuck: bool = False


def search(proposition: Proposition, limits: Limits, precision: int = 64, marks: Sequence[Sequence[Fraction]] = ()) -> Search:
    """Look for a cover. ``marks`` gives, per variable, values at which the function is known to touch 0."""
    with working_precision(precision + 16):
        return _Subdivision(proposition, limits, precision, marks).run()


def prove(proposition: Proposition, cover: Cover, about: dict[str, Any]) -> Document | None:
    """The certificate, when the kernel accepts it (at the precision of the search, or a higher one)."""
    for precision in (cover.precision, 2 * cover.precision, 4 * cover.precision):
        document = proposition.document({"method": "cover", "precision": precision, "tree": [list(node) for node in cover.tree]}, about)
        if rejection(document) is None:
            return document
    return None


@dataclass
class _Subdivision:
    proposition: Proposition
    limits: Limits
    bits: int
    given_marks: Sequence[Sequence[Fraction]]
    pieces: int = 0
    least: Any = None
    function: BoxFunction = field(init=False)
    marks: list[list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        program = self.proposition.program
        self.function = BoxFunction(program, range(len(program.steps)))
        self.marks = [[iv.rational(mark) for mark in marks] for marks in self.given_marks] or [[] for _ in program.variables]
        self.fixed = {v for _, node in self.proposition.where for v in _sources(program.steps, node)}

    def run(self) -> Search:
        """Breadth first, so that neither a touching point nor a tail starves the rest."""
        deadline = time.process_time() + self.limits.seconds
        root = _Piece(tuple(iv.between(*side) for side in self.proposition.domain), (0,) * len(self.proposition.domain))
        queue = deque([root])
        while queue:
            piece = queue.popleft()
            self.pieces += 1
            if self.pieces > self.limits.pieces or time.process_time() > deadline:
                return Search(stopped_at=piece.box)
            violation = self.settle(piece)
            if violation is not None:
                return Search(violation=violation)
            if piece.node is None:
                return Search(stopped_at=piece.box, stuck=True)
            queue.extend(piece.children)
        margin = None if self.least is None or self.least <= 0 else iv.fraction(self.least)
        short = None if margin is None else simplest_between(margin * Fraction(99, 100), margin)
        return Search(cover=Cover(tuple(_preorder(root)), self.bits), margin=short)

    def settle(self, piece: _Piece) -> Point | None:
        """Prove a piece, cut it, or find a violation in it."""
        box = piece.box
        value = self.value(box)
        if value is not None and self.has_sign(value):
            piece.node = ["value"]
            self.bounded_by(value.lo)
            return None
        piece.node = self.empty(box)
        if piece.node is not None:
            return None
        centre = tuple(_inside(side) for side in box)
        violation = self.violated([centre])
        if violation is not None:
            return violation
        slopes = None if value is None else self.gradient(box)
        if slopes is not None:
            violation = self.violated([_lowest_corner(box, centre, slopes)])
            if violation is not None:
                return violation
            if self.by_slopes(piece, centre, slopes):
                return None
        if value is not None:
            piece.node = self.touching(box)
            if piece.node is not None:
                self.bounded_by(iv.rational(0))
                return None
        self.cut(piece, slopes)
        return None

    def bounded_by(self, lower: Any) -> None:
        """A piece is proved on which the function is at least this."""
        self.least = lower if self.least is None else min(self.least, lower)

    # What a piece is

    def value(self, box: Sequence[Interval]) -> Interval | None:
        """The enclosure of the function where the whole program is defined."""
        try:
            return self.function.values(box, self.bits)[self.proposition.node]
        except Undefined:
            return None

    def has_sign(self, value: Interval) -> bool:
        """Whether every number in the interval has the sign that the proposition claims."""
        return value.positive if self.proposition.strict else value.nonnegative

    def empty(self, box: Sequence[Interval]) -> Node | None:
        """A condition that fails on the whole piece."""
        for index, (relation, node) in enumerate(self.proposition.where):
            condition = self.condition(node, box)
            if condition is not None and _holds(_CONTRARY[relation], condition):
                return ["empty", index]
        return None

    def condition(self, node: int, box: Sequence[Interval]) -> Interval | None:
        try:
            return BoxFunction(self.proposition.program, [node]).values(box, self.bits)[node]
        except Undefined:
            return None

    def violated(self, points: Sequence[Sequence[Any]]) -> Point | None:
        """The first of the points at which the conditions hold and the proposition does not, for certain."""
        for point in points:
            box = [Interval(x, x) for x in point]
            value = self.value(box)
            if value is None or not (value.negative or (self.proposition.strict and value.nonpositive)):
                continue
            conditions = [(relation, self.condition(node, box)) for relation, node in self.proposition.where]
            if all(condition is not None and _holds(relation, condition) for relation, condition in conditions):
                return tuple(iv.fraction(x) for x in point)
        return None

    # Arguments by derivatives

    def jet(self, box: Sequence[Interval], algebra: Algebra, whole: Sequence[Interval] | None = None) -> Jet | None:
        """The Taylor coefficients on a box; min, max and abs take the branch that rules on ``whole``."""
        try:
            branches = self.function.branches(self.function.values(whole or box, self.bits))
            return self.function.jets(box, algebra, branches, self.bits)[self.proposition.node]
        except Undefined:
            return None

    def gradient(self, box: Sequence[Interval]) -> list[Interval] | None:
        jet = self.jet(box, multivariate(len(box), 1))
        return None if jet is None else jet[1:]

    def by_slopes(self, piece: _Piece, centre: Sequence[Any], slopes: Sequence[Interval]) -> bool:
        """Reduce to a face along which the function is least, or use the mean value form."""
        box = piece.box
        for v, (side, slope) in enumerate(zip(box, slopes, strict=True)):
            if side.thin or v in self.fixed:
                continue
            for direction, end, fits in (("up", side.lo, slope.nonnegative), ("down", side.hi, slope.nonpositive)):
                if fits and end is not None:
                    piece.node = ["monotone", v, direction]
                    piece.children = (_Piece(_replaced(box, v, Interval(end, end)), piece.cuts),)
                    return True
        if not all(side.bounded for side in box):
            return False
        total = self.value([Interval(x, x) for x in centre])
        if total is None:
            return False
        for side, x, slope in zip(box, centre, slopes, strict=True):
            if not side.thin:
                total = iv.add(total, iv.multiply(slope, Interval(side.lo - x, side.hi - x)))
        if self.has_sign(total):
            self.bounded_by(total.lo)
            piece.node = ["mean", [_numeral(x) for x in centre]]
            return True
        return False

    def touching(self, box: Sequence[Interval]) -> Node | None:
        """Taylor's theorem at a point where the function is 0 or from which it only grows, and convexity around a minimum."""
        free = [v for v, side in enumerate(box) if not side.thin]
        for v in free:
            for p in self.expansion_points(box, v):
                node = self.taylor(box, v, p)
                if node is not None:
                    return node
        if len(free) > 1 and not self.proposition.strict and all(side.bounded for side in box):
            return self.hessian(box, free)
        return None

    def expansion_points(self, box: Sequence[Interval], v: int) -> list[Any]:
        """Where a Taylor expansion may help: ends, marks and the simplest number of a side, if the function is 0 there or grows for ever."""
        side = box[v]
        ends = [end for end in (side.lo, side.hi) if end is not None]
        marks = [mark for mark in self.marks[v] if side.contains(mark) and mark not in ends]
        guesses = [] if marks or not side.bounded else [iv.rational(simplest_between(iv.fraction(side.lo), iv.fraction(side.hi)))]
        points = []
        for p in [*ends, *marks, *(guess for guess in guesses if guess not in ends)]:
            face = self.value(_replaced(box, v, Interval(p, p)))
            if face is not None and (face.is_zero or (not side.bounded and face.lo is not None and face.lo > 0)):
                points.append(p)
        return points

    def taylor(self, box: Sequence[Interval], v: int, p: Any) -> Node | None:
        """The Taylor expansion in one variable at p, of as high an order as leading zeros ask for."""
        for order in _HIGH_ORDERS if len(box) == 1 and self.limits.pieces >= _PATIENT else _ORDERS:
            local = self.jet(_replaced(box, v, Interval(p, p)), univariate(v, order), box)
            if local is None:
                return None
            zeros = next((k for k, x in enumerate(local) if not x.is_zero), order + 1)
            if zeros >= order:
                continue
            whole = self.jet(box, univariate(v, order))
            node = None if whole is None else self.taylor_leaf(box, v, p, local, whole)
            if node is not None or (order > 2 * zeros + 2 and not self.grows_for_ever(box[v], p, local)):
                return node
        return None

    def grows_for_ever(self, side: Interval, p: Any, local: Jet) -> bool:
        """Whether, on an unbounded side, no coefficient yet speaks against the sign: then a higher order may prove it."""
        t = Interval(None if side.lo is None else side.lo - p, None if side.hi is None else side.hi - p)
        return not side.bounded and all(iv.multiply(x, iv.power(t, k, self.bits)).nonnegative for k, x in enumerate(local))

    def taylor_leaf(self, box: Sequence[Interval], v: int, p: Any, local: Jet, whole: Jet) -> Node | None:
        """The lowest order at which the expansion proves the sign."""
        side = box[v]
        t = Interval(None if side.lo is None else side.lo - p, None if side.hi is None else side.hi - p)
        outside = self.proposition.strict and self.empty(_replaced(box, v, Interval(p, p))) is not None
        for n in range(1, len(local)):
            if self.series_has_sign([*local[:n], whole[n]], t, outside):
                return ["taylor", v, _numeral(p), n]
        return None

    def series_has_sign(self, c: Sequence[Interval], t: Interval, outside: bool) -> bool:
        """Whether Σ c_k t^k has the sign: term by term, or as t^m times a factor (``outside``: t = 0 is not in the region)."""
        strict = self.proposition.strict
        if all(iv.multiply(x, iv.power(t, k, self.bits)).nonnegative for k, x in enumerate(c)) and not (strict and not c[0].positive):
            return True
        m = next((k for k, x in enumerate(c) if not x.is_zero), None)
        if m is None or (strict and m > 0 and not outside):
            return False
        factor = ZERO
        for x in reversed(c[m:]):
            factor = rounded(iv.add(iv.multiply(factor, t), x), self.bits)
        sign = iv.power(t, m, self.bits)
        if strict:
            return (sign.nonnegative and factor.positive) or (sign.nonpositive and factor.negative)
        return (sign.nonnegative and factor.nonnegative) or (sign.nonpositive and factor.nonpositive)

    def hessian(self, box: Sequence[Interval], free: Sequence[int]) -> Node | None:
        """Convexity around a stationary point with simple coordinates."""
        point = [side.lo if side.thin else iv.rational(simplest_between(iv.fraction(side.lo), iv.fraction(side.hi))) for side in box]
        value = self.value([Interval(x, x) for x in point])
        if value is None or not value.is_zero:
            return None
        local = self.jet([Interval(x, x) for x in point], multivariate(len(box), 1), box)
        if local is None or not all(local[1 + v].is_zero for v in free):
            return None
        second = multivariate(len(box), 2)
        whole = self.jet(box, second)
        if whole is None or not self.positive_definite(whole, len(box), free):
            return None
        return ["hessian", [_numeral(x) for x in point]]

    def positive_definite(self, whole: Jet, variables: int, free: Sequence[int]) -> bool:
        place = {}
        index = 1 + variables
        for v in range(variables):
            for w in range(v, variables):
                place[v, w] = index
                index += 1
        matrix = [[iv.scale(whole[place[min(v, w), max(v, w)]], iv.rational(2 if v == w else 1)) for w in free] for v in free]
        for k in range(len(free)):
            if not matrix[k][k].positive:
                return False
            inverse = iv.reciprocal(matrix[k][k])
            for i in range(k + 1, len(free)):
                for j in range(k + 1, len(free)):
                    top = iv.power(matrix[i][k], 2, self.bits) if i == j else iv.multiply(matrix[i][k], matrix[j][k])
                    matrix[i][j] = rounded(iv.subtract(matrix[i][j], iv.multiply(top, inverse)), self.bits)
        return True

    # Cutting

    def cut(self, piece: _Piece, slopes: Sequence[Interval] | None) -> None:
        """Cut a piece in two, along the variable that promises most; leave ``node`` empty when it is too small."""
        box = piece.box
        best, where, score = -1, Fraction(0), (-1, 0.0)
        for v, side in enumerate(box):
            at = None if side.thin else self.position(side, v)
            if at is None:
                continue
            rank = (1, -float(piece.cuts[v])) if not side.bounded else (0, _smear(side, None if slopes is None else slopes[v]))
            if rank > score:
                best, where, score = v, at, rank
        if best < 0:
            return
        piece.node = ["split", best, numeral(where)]
        at = iv.rational(where)
        cuts = tuple(count + (v == best) for v, count in enumerate(piece.cuts))
        side = box[best]
        piece.children = tuple(_Piece(_replaced(box, best, part), cuts) for part in (Interval(side.lo, at), Interval(at, side.hi)))

    def position(self, side: Interval, v: int) -> Fraction | None:
        """Where to cut a side: at a mark, near the middle, or further and further out on an unbounded side."""
        for mark in self.marks[v]:
            if side.contains(mark) and mark not in (side.lo, side.hi):
                return iv.fraction(mark)
        lo, hi = (None if end is None else iv.fraction(end) for end in (side.lo, side.hi))
        if lo is not None and hi is not None:
            size = max(abs(lo), abs(hi))
            return None if hi - lo < _NARROWEST * max(Fraction(1), size) and size > _NARROWEST**4 else middle(lo, hi)
        if lo is None and hi is None:
            return Fraction(0)
        end = lo if lo is not None else -hi if hi is not None else Fraction(0)
        if end > _TAIL_LIMIT:
            return None
        outward = Fraction(0) if end < 0 else Fraction(1) if end < 1 else Fraction(4) ** (len(f"{int(end):b}") // 2 + 1)
        return outward if lo is not None else -outward


def _sources(steps: Sequence[Any], node: int) -> set[int]:
    """The variables that a node is computed from."""
    from exact.boxes import arguments

    needed, found = {node}, set()
    for k in range(node, -1, -1):
        if k in needed:
            needed.update(arguments(steps[k]))
            if steps[k][0] == "var":
                found.add(int(steps[k][1]))
    return found


def _holds(relation: str, value: Interval) -> bool:
    """Whether every number in the interval stands in the relation to 0."""
    return {
        ">=": value.nonnegative, ">": value.positive, "<": value.negative, "<=": value.nonpositive,
        "==": value.is_zero, "!=": value.positive or value.negative,
    }[relation]


def _inside(side: Interval) -> Any:
    """A short number inside a side."""
    if side.thin:
        return side.lo
    if side.bounded:
        return iv.rational(middle(iv.fraction(side.lo), iv.fraction(side.hi)))
    if side.lo is None and side.hi is None:
        return iv.rational(0)
    if side.lo is not None:
        return iv.rational(max(1, 2 * int(iv.fraction(side.lo)) + 1)) if side.lo >= 0 else iv.rational(0)
    return iv.rational(min(-1, 2 * int(iv.fraction(side.hi)) - 1)) if side.hi <= 0 else iv.rational(0)


def _lowest_corner(box: Sequence[Interval], centre: Sequence[Any], slopes: Sequence[Interval]) -> tuple[Any, ...]:
    """The corner (or, without an end, the centre) towards which the slopes point down."""
    corner = []
    for side, x, slope in zip(box, centre, slopes, strict=True):
        total = None if slope.lo is None or slope.hi is None else slope.lo + slope.hi
        end = x if total is None else side.lo if total > 0 else side.hi
        corner.append(x if end is None else end)
    return tuple(corner)


def _smear(side: Interval, slope: Interval | None) -> float:
    """How much the function may vary along a side."""
    width = iv.fraction(side.hi) - iv.fraction(side.lo)
    if slope is None or not slope.bounded:
        return 1e300 * min(1.0, float(width))
    steepest: Fraction = max(abs(iv.fraction(slope.lo)), abs(iv.fraction(slope.hi)))
    return float(min(width * steepest, Fraction(10**300)))


def _replaced(box: Sequence[Interval], v: int, side: Interval) -> tuple[Interval, ...]:
    return (*box[:v], side, *box[v + 1:])


def _numeral(value: Any) -> str:
    return numeral(iv.fraction(value))


def _preorder(root: _Piece) -> Iterator[Node]:
    stack = [root]
    while stack:
        piece = stack.pop()
        if piece.node is None:
            raise AssertionError("a cover with an open piece")
        yield piece.node
        stack.extend(reversed(piece.children))
