"""Small networks of roads with affine costs, and the flow that settles on them.

One unit of traffic goes from origin to destination along given paths. A link that carries y costs everyone on it slope·y + intercept. In equilibrium no used
path costs more than another path (J. G. Wardrop, 1952).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from exact.linear_programs import Problem, Row, solve
from exact.reals import Real
from instances.errors import InstanceError
from instances.instance import Instance, count, rationals, sequence

MOST_PATHS = 10


@dataclass(frozen=True)
class CongestionNetwork(Instance):
    """Links with costs ``slopes[l]``·y + ``intercepts[l]`` (both non-negative), and the paths as lists of links.

    Raises InstanceError for lists that do not fit together, a path without links or with a link twice, or more than MOST_PATHS paths.
    """

    slopes: tuple[Fraction, ...]
    intercepts: tuple[Fraction, ...]
    paths: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        slopes, intercepts = rationals("slopes", self.slopes, lower=0), rationals("intercepts", self.intercepts, lower=0)
        if len(slopes) != len(intercepts):
            raise InstanceError("intercepts", f"{len(intercepts)} intercepts for {len(slopes)} slopes")
        paths = tuple(
            tuple(count(f"paths[{k}]", link) for link in sequence(f"paths[{k}]", path)) for k, path in enumerate(sequence("paths", self.paths))
        )
        if not 1 <= len(paths) <= MOST_PATHS:
            raise InstanceError("paths", f"{len(paths)} paths, where 1 to {MOST_PATHS} are due")
        for k, path in enumerate(paths):
            if not path or len(set(path)) != len(path) or max(path) >= len(slopes):
                raise InstanceError(f"paths[{k}]", "is no list of different links")
        for name, value in (("slopes", slopes), ("intercepts", intercepts), ("paths", paths)):
            object.__setattr__(self, name, value)

    def traffic(self, flow: Sequence[Real]) -> tuple[Real, ...]:
        """What each link carries when the paths carry ``flow``."""
        return tuple(
            sum((share for share, path in zip(flow, self.paths, strict=True) if link in path), Fraction(0)) for link in range(len(self.slopes))
        )

    def path_costs(self, flow: Sequence[Real]) -> tuple[Real, ...]:
        """What each path costs."""
        costs = [a * y + b for a, b, y in zip(self.slopes, self.intercepts, self.traffic(flow), strict=True)]
        return tuple(sum((costs[link] for link in path), Fraction(0)) for path in self.paths)

    def total_cost(self, flow: Sequence[Real]) -> Real:
        """What everybody pays together; with unit flow, on average."""
        return sum((share * cost for share, cost in zip(flow, self.path_costs(flow), strict=True)), Fraction(0))


def equilibrium(network: CongestionNetwork) -> tuple[Fraction, ...]:
    """A Wardrop equilibrium of one unit of flow over the paths; every equilibrium has the same path costs.

    Tries the sets of used paths, smallest first: for each, equal costs on it that no other path undercuts are linear conditions on the flow.
    """
    paths = range(len(network.paths))
    for used in chain.from_iterable(combinations(paths, size) for size in range(1, len(network.paths) + 1)):
        solution = solve(_support_program(network, used))
        if solution.primal is not None:
            return tuple(Fraction(solution.primal[k]) for k in paths)
    raise ArithmeticError("a congestion network with continuous costs has an equilibrium, and none was found")


def _support_program(network: CongestionNetwork, used: Sequence[int]) -> Problem:
    """Flows on the used paths, and their common cost (the last column), that no path undercuts."""
    size = len(network.paths)
    rows = [Row(dict.fromkeys(used, 1), lower=1, upper=1)]
    for k, path in enumerate(network.paths):
        entries: dict[int, Fraction] = {size: Fraction(-1)}
        for other in used:
            shared = sum((network.slopes[link] for link in path if link in network.paths[other]), Fraction(0))
            if shared != 0:
                entries[other] = shared
        constant = -sum((network.intercepts[link] for link in path), Fraction(0))
        rows.append(Row(entries, lower=constant, upper=constant if k in used else None))
    bounds = {k: (Fraction(0), Fraction(0)) for k in range(size) if k not in used}
    return Problem(columns=size + 1, rows=rows, column_bounds=bounds)
