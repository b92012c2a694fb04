"""What `assay evaluate` computes for C35–C37."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims import Integers, Measurement, Parameter
from claims.multi_agent_risks.models import coalitions, voting
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Values


@dataclass(frozen=True)
class OddIntegers:
    """Odd integers from 1 to ``upper``, and the even ones ``besides``."""

    upper: int
    besides: tuple[int, ...] = ()

    def read(self, data: Any) -> int:
        """The integer."""
        value = Integers(1, self.upper).read(data)
        if value % 2 == 0 and value not in self.besides:
            raise ValueError(f"{value} is even")
        return value

    def describe(self) -> str:
        """For instance ``odd integer from 1 to 99``."""
        return f"odd integer from 1 to {self.upper}" + "".join(f", or {value}" for value in self.besides)


def majority_cycles(values: Values) -> Measurement:
    """The probability of a strict majority cycle, against its limit; Arrow's rules for two or three voters."""
    voters = values["n"]
    rules, dictatorial = voting.count_rules(voters) if voters in (2, 3) else (None, None)
    told = {"cycles": voting.cyclic_profiles(voters), "profiles": 6**voters, "arrow_rules": rules, "arrow_dictators": dictatorial}
    return Measurement(voting.cycle_probability(voters), voting.cycle_limit(), told, relation="<")


def goals_of_nobody(values: Values) -> Measurement:
    """Profiles whose issue-wise majority is nobody's top: there are some from three voters and three issues on, and none below."""
    voters, issues = values["n"], values["issues"]
    unvoted = voting.unvoted_profiles(voters, issues)
    told = {"profiles": 2 ** (issues * voters), "doctrinal": voting.doctrinal_profiles(voters), "doctrinal_profiles": 4**voters}
    return Measurement(unvoted, None, told, holds=(unvoted > 0) == (voters >= 3 and issues >= 3))


def capabilities(values: Values) -> Measurement:
    """The functions that one linear-threshold agent computes, among all."""
    agents = values["n"]
    _, additive, superadditive, emergent = coalitions.counts(agents)
    told = {"additive": additive, "superadditive": superadditive, "emergent": emergent}
    return Measurement(len(coalitions.threshold_tables(agents)), 2 ** 2**agents, told, relation="<=")


EVALUATIONS: Evaluations = {
    "C35": ((Parameter("n", OddIntegers(301, (2,)), "voters", 3),), majority_cycles),
    "C36": ((Parameter("n", OddIntegers(99), "voters, and judges", 3), Parameter("issues", Integers(1, 64), "issues", 3)), goals_of_nobody),
    "C37": ((Parameter("n", Integers(1, 4), "agents, or inputs", 3),), capabilities),
}
