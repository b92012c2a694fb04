"""What should a service show, and what does friction do to it? A user with five levels of satisfaction, exactly solved.

    python -m examples.content_selection        (from the project's root)

Content that satisfies more earns less: a move from satisfaction x to y earns 2 − (y − x). After each round the user stays with a probability
that depends on the level; a user who left comes back with probability ρ per round. Then two kinds of content without memory: friction (a
smaller ρ) lowers the service's revenue and yet makes it choose the content that keeps users.
"""

from __future__ import annotations

from fractions import Fraction

from claims.user_disengagement.algorithms.ladders import is_optimal, label_setting
from claims.user_disengagement.model import LadderUser, constant, effective_demand, engaged_fraction, nearest_moves

DEMAND = tuple(Fraction(text) for text in ("1/5", "1/2", "3/5", "9/10", "19/20"))
LEVELS = tuple(Fraction(level) for level in range(5))
GAMMA = Fraction(9, 10)
ARMS = ((Fraction(3), Fraction(1, 2)), (Fraction(2), Fraction(1)))
"""Reward, and the probability that the user stays."""


def main() -> None:
    """Print the optimal policy at several frictions, and the two-arm effect."""
    print("Five levels, one step up or down per round")
    for text in ("0", "1/4", "1"):
        user = LadderUser(GAMMA, LEVELS, DEMAND, constant(Fraction(text), DEMAND), Fraction(2), Fraction(1), Fraction(1), nearest_moves(5))
        found = label_setting(user)
        assert is_optimal(user, found.values, found.successors)
        arrows = ", ".join(f"{i + 1}→{j + 1}" for i, j in enumerate(found.successors))
        print(f"  ρ = {text}: {arrows}; worth {found.values[0]} from level 1; {found.steps} steps; Bellman equation holds")

    print("\nTwo kinds of content without memory: pays 3 and keeps half the users, or pays 2 and keeps all")
    for text in ("1", "8/9", "1/2", "0"):
        rho = Fraction(text)
        worth, reward, stay = max((reward * effective_demand(GAMMA, stay, rho), reward, stay) for reward, stay in ARMS)
        rounds, share = effective_demand(GAMMA, stay, rho), engaged_fraction(stay, rho)
        print(f"  ρ = {text}: show the one that pays {reward}: revenue {worth}, {rounds} discounted rounds, engaged {share} of the time")


if __name__ == "__main__":
    main()
