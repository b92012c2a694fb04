"""Crisis bargaining under uncertainty about the other side's cost of war (C16).

A demands a share x of a pie of size 1; B accepts or fights. A wins a war with probability p; war costs A ``own_cost`` and B ``low_cost``, or ``high_cost``
with probability π. B, with cost c, accepts exactly if 1 − x >= 1 − p − c. Indifferent B accepts, and indifferent A makes the demand that risks less.

Source: J. D. Fearon, Rationalist explanations for war, International Organization 49 (1995).
"""

from __future__ import annotations

from dataclasses import dataclass

from exact.reals import Real


@dataclass(frozen=True)
class Crisis:
    """0 <= p, 0 <= own_cost, 0 <= low_cost < high_cost, p + high_cost <= 1, 0 <= π <= 1."""

    p: Real
    own_cost: Real
    low_cost: Real
    high_cost: Real
    pi: Real

    def war_chance(self, demand: Real) -> Real:
        """The probability that B refuses the demand."""
        refuses_low = 1 - self.pi if demand > self.p + self.low_cost else 0
        refuses_high = self.pi if demand > self.p + self.high_cost else 0
        return refuses_low + refuses_high

    def value(self, demand: Real) -> Real:
        """What A expects from the demand."""
        war = self.war_chance(demand)
        return (1 - war) * demand + war * (self.p - self.own_cost)

    def demands(self) -> list[Real]:
        """The demands that can be best, the less risky first: between them the value rises with the demand.

        Up to p + low_cost all accept, up to p + high_cost only the type with the high cost, beyond it nobody: there every demand means war.
        """
        return [self.p + self.low_cost, self.p + self.high_cost, 1]

    def best_demand(self) -> Real:
        """The demand of the greatest value; among equals the least risky."""
        best, *others = self.demands()
        for demand in others:
            if self.value(demand) > self.value(best):
                best = demand
        return best

    @property
    def threshold(self) -> Real:
        """(c_l + c_A)/(c_h + c_A)."""
        return (self.low_cost + self.own_cost) / (self.high_cost + self.own_cost)

    def predicted_war_chance(self) -> Real:
        """1 − π above the threshold, 0 up to it."""
        return 1 - self.pi if self.pi > self.threshold else 0

    @property
    def war_waste(self) -> Real:
        """The expected cost of war that is wasted at the best demand, A's and B's: B's is the low one, for the type with the high cost accepts."""
        return self.war_chance(self.best_demand()) * (self.own_cost + self.low_cost)
