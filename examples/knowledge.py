"""What is it worth to commit, and to know the game? Put in games of your own, and get exact answers.

    python -m examples.knowledge        (from the project's root)

A supplier (player 1) concedes or insists; a buyer (player 2) offers a low or a high price. A soft supplier would accept the low price, a tough one never
does. The supplier knows her type; the buyer has a test that is right in three cases of four.
"""

from __future__ import annotations

from fractions import Fraction

from checkers import kernel
from claims.strategic_learning.knowledge import price_of_not_knowing, stackelberg_values
from instances.bayesian_games import BayesianGame, symmetric
from instances.stage_games import BimatrixGame

BUYER = ((3, 0), (0, 2))
SOFT = BimatrixGame(((1, 1), (0, 3)), BUYER)
TOUGH = BimatrixGame(((0, 0), (2, 2)), BUYER)


def main() -> None:
    """Print the answers."""
    print("What commitment is worth")
    for name, game in (("soft", SOFT), ("tough", TOUGH)):
        values = stackelberg_values(game)
        supplier, buyer = (found.value for found in (values.first, values.second))
        print(f"  {name} supplier: {supplier} to her (rows {[str(x) for x in values.first.mixture]}), {buyer} to the buyer")

    print("\nWhat the buyer misses by not knowing the supplier's type, at every equilibrium of the repeated game")
    for right in (Fraction(1, 2), Fraction(3, 4), Fraction(99, 100), Fraction(1)):
        answer = price_of_not_knowing(BayesianGame((SOFT, TOUGH), (Fraction(2, 3), Fraction(1, 3)), symmetric(2, right)))
        print(f"  test right with probability {right}: at most {answer.bound} of {answer.benchmark}, gap {answer.gap}")

    report = kernel.check(
        price_of_not_knowing(BayesianGame((SOFT, TOUGH), (Fraction(2, 3), Fraction(1, 3)), symmetric(2, Fraction(3, 4)))).certificate()
    )
    print(f"\nThe bound's certificate is accepted by the kernel: {report.summary}")


if __name__ == "__main__":
    main()
