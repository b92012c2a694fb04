"""`evaluation` and `grid`: programs without variables, and programs at every point of a finite grid."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import NamedTuple

from .documents import RELATIONS, Field, Rejected
from .intervals import ONE, ZERO, Impossible, Interval, Value, ends, picture, proves, rounded
from .linear_program import check_optimum
from .programs import Program, Source, evaluate, expand, on_values, read_program
from .series import Series

MAX_POINTS = 10_000_000
MAX_LOOPS = 100  # the loops of a grid are nested


class Comparison(NamedTuple):
    """A relation between two nodes, and where it is stated."""

    relation: str
    left: int
    right: int
    place: str

    def check(self, values: Mapping[int, Value], where: Callable[[], str] = str) -> None:
        """Rejected unless the enclosures prove it (a node is equal to itself, whatever its enclosure)."""
        a, b = values[self.left], values[self.right]
        same = self.left == self.right and self.relation in ("<=", ">=", "==")
        if not same and not proves(self.relation, a, b):
            raise Rejected(self.place, f"{picture(a)} {self.relation} {picture(b)} is not proved{where()}")


def read_comparisons(field: Field, nodes: int) -> list[Comparison]:
    """A list of [relation, node, node]."""
    comparisons = []
    for entry in field.items():
        relation, left, right = entry.items(3)
        comparisons.append(
            Comparison(relation.choice(*RELATIONS), left.index(nodes), right.index(nodes), entry.place))
    return comparisons


def check_evaluation(proposition: Field, proof: Field) -> str:
    """The conclusion and the steering comparisons hold; the summary of what was proved."""
    stated = proposition.record("program", "conclusion", "systems", "linear_programs")
    given = proof.record("precision", "steering", "preconditioners", "optima")
    bits = given["precision"].integer(16, 100_000)
    systems = [system.record("equations", "box") for system in stated["systems"].items()]
    sizes = [len(system["box"].items()) for system in systems]
    programs = stated["linear_programs"].items()
    program = read_program(stated["program"], sizes, len(programs))
    if program.variables:
        stated["program"].rejected("an evaluation has no variables")
    conclusion = read_comparisons(stated["conclusion"], len(program.steps))
    steering = read_comparisons(given["steering"], len(program.steps))
    if not conclusion:
        stated["conclusion"].rejected("nothing is concluded")
    inputs: dict[Source, Value] = {}
    for index, (lp, optimum) in enumerate(zip(programs, given["optima"].items(len(programs)), strict=True)):
        inputs[Source("optimum", index)] = check_optimum(lp, optimum)
    for index, preconditioner in enumerate(given["preconditioners"].items(len(systems))):
        inputs |= _solve(program, index, systems[index], preconditioner, inputs, bits)
    values = evaluate(program, inputs, bits, stated["program"].place)
    for comparison in conclusion + steering:
        comparison.check(values)
    return "; ".join(f"{picture(values[c.left])} {c.relation} {picture(values[c.right])}" for c in conclusion)


def _solve(program: Program, index: int, system: dict[str, Field], preconditioner: Field,
           inputs: Mapping[Source, Value], bits: int) -> dict[Source, Value]:
    """Krawczyk's test: K = m - Y F(m) + (I - Y J(X)) (X - m) in the interior of X proves one root, in K, and no other.

    Earlier unknowns are enclosures: the test then holds for every value in them.
    """
    box: list[tuple[Fraction, Fraction]] = []
    for end in system["box"].items():
        lo, hi = (number.number() for number in end.items(2))
        if lo >= hi:
            end.rejected("expected lo < hi")
        box.append((lo, hi))
    n = len(box)
    equations = [equation.index(len(program.steps)) for equation in system["equations"].items(n)]
    unknowns = [Source("unknown", index, i) for i in range(n)]
    cone = program.cone(equations)
    for equation, field in zip(equations, system["equations"].items(), strict=True):
        for source in program.sources(equation) - set(inputs) - set(unknowns):
            field.rejected(f"depends on {' '.join(map(str, source))}, which is not yet proved to exist")
    Y = [[entry.number() for entry in row.items(n)] for row in preconditioner.items(n)]
    middle = [(lo + hi) / 2 for lo, hi in box]
    place = system["equations"].place
    at_middle = evaluate(program, {**inputs, **dict(zip(unknowns, middle, strict=True))}, bits, place, cone)
    seeds = {source: Series({(): value}, 1, bits) for source, value in inputs.items()}
    seeds |= {source: Series({(): Interval(lo, hi), (i,): ONE}, 1, bits)
              for i, (source, (lo, hi)) in enumerate(zip(unknowns, box, strict=True))}
    on_box = expand(program, seeds, 1, bits, {}, place, cone)
    F = [at_middle[equation] for equation in equations]
    J = [[on_box[equation].terms.get((j,), ZERO) for j in range(n)] for equation in equations]
    roots: dict[Source, Value] = {}
    for i, (lo, hi) in enumerate(box):
        K: Value = middle[i]
        for row in range(n):
            K = rounded(K - Y[i][row] * F[row], bits)
        for j in range(n):
            entry: Value = ONE if i == j else ZERO
            for row in range(n):
                entry = rounded(entry - Y[i][row] * J[row][j], bits)
            K = rounded(K + entry * Interval(box[j][0] - middle[j], box[j][1] - middle[j]), bits)
        k_lo, k_hi = ends(K)
        if k_lo is None or k_hi is None or not lo < k_lo <= k_hi < hi:
            system["box"].items()[i].rejected(f"Krawczyk's test gives {picture(K)}, not in the interior of the box")
        roots[unknowns[i]] = K
    return roots


def check_grid(proposition: Field, proof: Field) -> str:
    """The conclusion holds at every point of the grid; the summary of what was proved."""
    stated = proposition.record("program", "ranges", "conclusion")
    given = proof.record("precision", "points")
    bits = given["precision"].integer(16, 100_000)
    program = read_program(stated["program"])
    conclusion = read_comparisons(stated["conclusion"], len(program.steps))
    if not conclusion:
        stated["conclusion"].rejected("nothing is concluded")
    ranges: list[list[Fraction]] = []
    if len(program.variables) > MAX_LOOPS:
        stated["program"].rejected(f"a grid in more than {MAX_LOOPS} variables")
    for field in stated["ranges"].items(len(program.variables)):
        ranges.append([number.number() for number in field.items()])
        if len(set(ranges[-1])) < len(ranges[-1]) or not ranges[-1]:
            field.rejected("expected one or more different numbers")
    points = prod(map(len, ranges))
    if given["points"].integer(1, MAX_POINTS) != points:
        given["points"].rejected(f"the grid has {points} points")
    _Grid(program, ranges, conclusion, bits, stated["program"].place).visit(-1)
    text = ", ".join(f"node {c.left} {c.relation} node {c.right}" for c in conclusion)
    return f"{text} at {points} points of ({', '.join(program.variables)})"


class _Grid:
    """Nested loops, one for each variable. A step is computed in the loop of the last variable that it depends on, and
    once only for the same values of all variables that it depends on."""

    def __init__(self, program: Program, ranges: list[list[Fraction]], conclusion: list[Comparison], bits: int,
                 place: str) -> None:
        self.program, self.ranges, self.bits, self.place = program, ranges, bits, place
        self.position = [0] * len(ranges)
        self.values: dict[int, Value] = {}
        self.known: dict[tuple[int, ...], Value] = {}
        self.variables: list[tuple[int, ...]] = []  # that each node depends on
        for step in program.steps:
            own = {step.source.number} if step.source else set()
            self.variables.append(tuple(sorted(own.union(*(self.variables[i] for i in step.nodes)))))
        loops = range(-1, len(ranges))
        self.steps_at = [[k for k in range(len(program.steps)) if self._loop(k) == loop] for loop in loops]
        self.checks_at = [[c for c in conclusion if self._loop(c.left, c.right) == loop] for loop in loops]

    def _loop(self, *nodes: int) -> int:
        return max((v for node in nodes for v in self.variables[node]), default=-1)

    def _point(self) -> str:
        numbers = (picture(values[i]) for values, i in zip(self.ranges, self.position, strict=True))
        return f" at ({', '.join(self.program.variables)}) = ({', '.join(numbers)})"

    def visit(self, loop: int) -> None:
        """All that depends on the variables up to this one, which have their values; then the inner loops."""
        for k in self.steps_at[loop + 1]:
            if len(self.variables[k]) == loop + 1:
                self.values[k] = self._compute(k)
            else:
                key = (k, *(self.position[v] for v in self.variables[k]))
                if key not in self.known:
                    self.known[key] = self._compute(k)
                self.values[k] = self.known[key]
        for comparison in self.checks_at[loop + 1]:
            comparison.check(self.values, self._point)
        if loop + 1 < len(self.ranges):
            for i in range(len(self.ranges[loop + 1])):
                self.position[loop + 1] = i
                self.visit(loop + 1)

    def _compute(self, k: int) -> Value:
        step = self.program.steps[k]
        if step.source is not None:
            return self.ranges[step.source.number][self.position[step.source.number]]
        try:
            return on_values(step, [self.values[i] for i in step.nodes], self.bits)
        except Impossible as failure:
            reason = f"step {k} ({step.operation}) fails{self._point()}: {failure}"
            raise Rejected(self.place, reason) from None
