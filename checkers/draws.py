"""Draws random instances from a family with Hypothesis: generation, targeting and shrinking, the same for the same seed everywhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from checkers.certify import NotCertified

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


class GeneratorError(NotCertified):
    """The family's generator is at fault: it raises, or throws away so much that hardly an instance is left."""


class Stop(Exception):
    """Raised by a visitor at an instance that settles the search. Hypothesis then shrinks the instance as long as the same is raised."""

    def __init__(self, instance: Any, reason: str = "") -> None:
        super().__init__(reason)
        self.instance, self.reason = instance, reason


def explore(family: SearchStrategy[Any], visit: Callable[[Any], float | None], seed: int, examples: int) -> None:
    """Draw ``examples`` instances and show each to ``visit``; the scores that it returns are what the search climbs.

    Stop that ``visit`` raises comes out at the smallest instance found at which it does; GeneratorError when the family cannot be drawn from.
    Nothing is read from or written to a database, and neither time nor loaded modules have a say.
    """
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity, errors

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples, database=None, deadline=None, derandomize=False, report_multiple_bugs=False, print_blob=False,
        phases=(Phase.generate, Phase.target, Phase.shrink), verbosity=Verbosity.quiet,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.nested_given),
    )
    @hypothesis.given(family)
    def attempt(instance: Any) -> None:
        score = visit(instance)
        if score is not None and math.isfinite(score):
            hypothesis.target(score)

    try:
        with _steady():
            attempt()
    except (Stop, NotCertified):
        raise
    except (errors.FailedHealthCheck, errors.Unsatisfiable) as error:
        raise GeneratorError(f"the family's generator is at fault, not the property: {_first_line(error)} Build valid instances (map, builds, "
                             "composite) instead of filtering.") from error
    except Exception as error:  # the family is the claim's own code and may fail in any way
        raise GeneratorError(f"the family's generator raised {type(error).__name__}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


@contextmanager
def _steady() -> Iterator[None]:
    """Keep Hypothesis from mixing constants of whatever modules are loaded into its draws: those differ from process to process.

    There is no setting for this, so the method that does it is replaced meanwhile; a test holds that the draws are steady.
    """
    from hypothesis.internal.conjecture.providers import HypothesisProvider

    name = "_maybe_draw_constant"
    before = getattr(HypothesisProvider, name)
    setattr(HypothesisProvider, name, _no_constant)
    try:
        yield
    finally:
        setattr(HypothesisProvider, name, before)


def _no_constant(*_: Any, **__: Any) -> None:
    return None
