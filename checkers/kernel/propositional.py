"""`model`, `refutation`, `model_count`: clauses over Boolean variables, and what satisfies them.

A literal is v or -v, where the variables are numbered from 1. A refutation adds clauses, each of which follows from earlier ones by unit
propagation alone (Cruz-Filipe et al., "Efficient certified RAT verification", CADE 2017: LRAT without its RAT steps), until the empty one.
"""

from .documents import Field, Rejected

MAX_VARIABLES = 1_000_000
MAX_WORK = 100_000_000  # literals that unit propagation looks at

Clause = tuple[int, ...]


def check_model(proposition: Field, proof: Field) -> str:
    """The assignment satisfies every clause; the summary of what was proved."""
    stated = proposition.record("variables", "clauses")
    size = _read_variables(stated["variables"])
    clauses = _read_clauses(stated["clauses"], size)
    _check_assignment(proof.record("values")["values"], clauses, size)
    return f"{len(clauses)} clauses in {size} variables are satisfiable"


def check_refutation(proposition: Field, proof: Field) -> str:
    """No assignment satisfies every clause; the summary of what was proved."""
    stated = proposition.record("variables", "clauses")
    size = _read_variables(stated["variables"])
    clauses = _read_clauses(stated["clauses"], size)
    number = len(clauses)
    _check_steps(proof.record("steps")["steps"], clauses, size)
    return f"{number} clauses in {size} variables are unsatisfiable"


def check_model_count(proposition: Field, proof: Field) -> str:
    """So many assignments (or at least so many) to the counted variables extend to a model; the summary of what was proved."""
    stated = proposition.record("variables", "clauses", "counted", "relation", "count")
    given = proof.record("models", "steps")
    size = _read_variables(stated["variables"])
    clauses = _read_clauses(stated["clauses"], size)
    number = len(clauses)
    counted = _read_counted(stated["counted"], size)
    models = given["models"].items(stated["count"].integer(0, 10**9))
    if len(models) * (size + sum(map(len, clauses))) > MAX_WORK:
        given["models"].rejected(f"to check them means to look at more than {MAX_WORK} literals")
    seen: dict[Clause, int] = {}
    for m, field in enumerate(models):
        values = _check_assignment(field, clauses[:number], size)
        other = tuple(-v if values[v - 1] else v for v in counted)
        if other in seen:
            field.rejected(f"it gives the counted variables the values of model {seen[other]}")
        seen[other] = m
    clauses.extend(seen)
    relation = stated["relation"].choice("==", ">=")
    if relation == "==":
        _check_steps(given["steps"], clauses, size)
    else:
        given["steps"].items(0)
    least = "" if relation == "==" else "at least "
    return f"{number} clauses have {least}{len(models)} models in {len(counted)} of {size} variables"


def _read_variables(field: Field) -> int:
    """How many variables there are; their names are different."""
    names = [name.text() for name in field.items()]
    if len(names) > MAX_VARIABLES:
        field.rejected(f"more than {MAX_VARIABLES} variables")
    if len(set(names)) < len(names):
        field.rejected("a variable appears twice")
    return len(names)


def _read_clauses(field: Field, size: int) -> list[Clause]:
    return [_read_clause(clause, size) for clause in field.items()]


def _read_clause(field: Field, size: int) -> Clause:
    """Literals, no two of the same variable."""
    literals = tuple(literal.integer(-size, size) for literal in field.items())
    if 0 in literals:
        field.rejected("0 is no literal")
    if len({abs(literal) for literal in literals}) < len(literals):
        field.rejected("a variable appears twice")
    return literals


def _read_counted(field: Field, size: int) -> list[int]:
    counted = [variable.integer(1, size) for variable in field.items()]
    if counted != sorted(set(counted)):
        field.rejected("variables must increase")
    return counted


def _check_assignment(field: Field, clauses: list[Clause], size: int) -> list[bool]:
    """The values of the variables, which satisfy every clause."""
    if not isinstance(field.value, str) or len(field.value) != size or set(field.value) - {"0", "1"}:
        field.rejected(f"expected a string of {size} characters 0 and 1")
    values = [character == "1" for character in field.value]
    for number, clause in enumerate(clauses):
        if not any(values[abs(literal) - 1] == (literal > 0) for literal in clause):
            field.rejected(f"it does not satisfy clause {number}")
    return values


def _check_steps(field: Field, clauses: list[Clause], size: int) -> None:
    """Every step follows from the clauses before it, and the last one is the empty clause."""
    work = 0
    steps = field.items()
    for step in steps:
        clause, hints = step.items(2)
        added = _read_clause(clause, size)
        work += _check_step(added, hints, clauses, MAX_WORK - work)
        clauses.append(added)
    if not steps or clauses[-1]:
        field.rejected("the last step is not the empty clause")


def _check_step(added: Clause, hints: Field, clauses: list[Clause], work: int) -> int:
    """Whoever makes all literals of the added clause false is driven into a contradiction by the hinted clauses, one by one.

    Gives the number of literals that were looked at, at most `work`.
    """
    false = set(added)
    spent = 0
    numbers = hints.items()
    for position, hint in enumerate(numbers):
        clause = clauses[hint.index(len(clauses))]
        spent += len(clause)
        if spent > work:
            hint.rejected(f"unit propagation looks at more than {MAX_WORK} literals")
        left = [literal for literal in clause if literal not in false]
        if not left:
            if position < len(numbers) - 1:
                hint.rejected(f"clause {hint.value} is contradicted already, and more hints follow")
            return spent
        if len(left) > 1:
            hint.rejected(f"clause {hint.value} is not unit: {len(left)} of its literals are not false")
        if -left[0] in false:
            hint.rejected(f"clause {hint.value} says nothing new: its literal {left[0]} is true already")
        false.add(-left[0])
    raise Rejected(hints.place, "the hints do not end in a contradiction")
