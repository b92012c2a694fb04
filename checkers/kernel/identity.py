"""`identity`: two nodes are equal wherever the program is defined, by arithmetic in a field of rational functions.

Generators stand for exp(w_k) and for the `log` and `sqrt` nodes. They are symbols: what holds for symbols holds for the
values. (An exp is a product of generators because its argument is the same sum of w_k, so that even at a point where
some w_k is not defined numbers can stand for the w_k: the arguments satisfy the same integer relations there.)
"""

from fractions import Fraction

from .documents import Field
from .intervals import ONE, Impossible
from .polynomials import Polynomial, Quotient, add, arithmetic, constant, degree, plus, power, quotient, times, variable
from .programs import MAX_POWER, Source, Step, read_program, run


def check_identity(proposition: Field, proof: Field) -> str:
    """The two nodes are the same element of the field; the summary of what was proved."""
    stated = proposition.record("program", "left", "right")
    given = proof.record("exponentials", "exponents")
    program = read_program(stated["program"])
    left, right = (stated[side].index(len(program.steps)) for side in ("left", "right"))
    roots = sum(step.operation in ("log", "sqrt") for step in program.steps)
    generators = given["exponentials"].items()
    n = len(program.variables)
    size = n + len(generators) + roots
    inputs = {Source("var", v): Quotient(variable(v, size), constant(ONE, size)) for v in range(n)}
    logarithms = []
    for generator in generators:
        w = generator.index(len(program.steps))
        cone = program.cone([w])
        nodes = run(program, inputs, lambda _, step, a: arithmetic(step, a, size), generator.place, cone)
        logarithms.append(nodes[w])
    exponents = {}
    for entry in given["exponents"].items():
        node, powers = entry.items(2)
        if node.index(len(program.steps)) in exponents:
            node.rejected("this node appears twice")
        exponents[node.index(len(program.steps))] = [
            power.integer(-MAX_POWER, MAX_POWER) for power in powers.items(len(generators))]
    field = _Field(n, size, logarithms, exponents)
    nodes = run(program, inputs, field.operation, f"{proposition.place}.program")
    try:
        equal = field.are_equal(nodes[left], nodes[right])
    except Impossible as failure:
        proof.rejected(str(failure))
    if not equal:
        stated["right"].rejected(f"node {right} is not equal to node {left} as a rational function of the generators")
    return f"node {left} == node {right} for all {', '.join(program.variables)}"


class _Field:
    """Quotients of polynomials in variables, exponentials, logarithms and roots (in this order)."""

    def __init__(self, variables: int, size: int, logarithms: list[Quotient], exponents: dict[int, list[int]]) -> None:
        self.size, self.first, self.logarithms, self.exponents = size, variables, logarithms, exponents
        self.roots: list[tuple[str, Quotient]] = []  # the operation and the argument of each later generator

    def operation(self, k: int, step: Step, arguments: list[Quotient]) -> Quotient:
        """The element that a step computes."""
        one = constant(ONE, self.size)
        if step.operation in ("exp", "tanh"):
            top, bottom = self.exponential(k, step, arguments[0])
            if step.operation == "exp":
                return quotient(top, bottom)
            return quotient(plus(top, bottom, -ONE), plus(top, bottom))
        if step.operation in ("log", "sqrt"):
            same = [operation == step.operation and self.are_equal(argument, arguments[0])
                    for operation, argument in self.roots] + [True]
            if same.index(True) == len(self.roots):
                self.roots.append((step.operation, arguments[0]))
            return Quotient(variable(self.first + len(self.logarithms) + same.index(True), self.size), one)
        divisor = arguments[1].top if step.operation == "div" else arguments[0].top if step.exponent < 0 else one
        if not self.reduced(divisor):
            raise Impossible("division by zero")
        return arithmetic(step, arguments, self.size)

    def exponential(self, k: int, step: Step, argument: Quotient) -> tuple[Polynomial, Polynomial]:
        """exp(argument), or exp(2 argument) for tanh, as a product of generators; the exponents are verified."""
        if k not in self.exponents:
            raise Impossible("`exponents` does not mention it")
        total = Quotient({}, constant(ONE, self.size))
        top, bottom = [0] * self.size, [0] * self.size
        for index, (n, w) in enumerate(zip(self.exponents[k], self.logarithms, strict=True)):
            total = add(total, w, Fraction(n))
            top[self.first + index], bottom[self.first + index] = max(n, 0), max(-n, 0)
        if not self.are_equal(total, argument if step.operation == "exp" else add(argument, argument)):
            raise Impossible("its argument is not the sum that `exponents` states")
        return {tuple(top): ONE}, {tuple(bottom): ONE}

    def are_equal(self, a: Quotient, b: Quotient) -> bool:
        """Whether the difference is zero."""
        return not self.reduced(plus(times(a.top, b.bottom), times(b.top, a.bottom), -ONE))

    def reduced(self, p: Polynomial) -> Polynomial:
        """p times non-zero factors, without squares of roots: the last first, whose argument may have earlier ones."""
        for index in reversed(range(len(self.roots))):
            operation, argument = self.roots[index]
            g = self.first + len(self.logarithms) + index
            half = degree(p, g) // 2
            if operation == "log" or half == 0:
                continue
            total: Polynomial = {}
            for e in {exponents[g] for exponents in p}:
                part = {(*powers[:g], e % 2, *powers[g + 1:]): c for powers, c in p.items() if powers[g] == e}
                square = times(power(argument.top, e // 2, self.size), power(argument.bottom, half - e // 2, self.size))
                total = plus(total, times(part, square))
            p = total
        return p
