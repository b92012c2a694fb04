"""What do leaks between receivers cost you? Pose a persuasion problem of your own, and get exact answers.

    python -m examples.persuasion        (from the project's root)

A platform tells three users whether to adopt a product. It earns the square of the number of adopters; the users ask for a posterior of 1/5, 1/3 and
1/2, and one product in ten is good. Signals leak: every user may see what one friend was told, and nobody knows who that will be.
"""

from __future__ import annotations

from fractions import Fraction

from claims.leakage_persuasion.algorithms.obedience_programs import private_scheme
from claims.leakage_persuasion.algorithms.transformations import mask
from claims.leakage_persuasion.model import is_persuasive, value
from claims.leakage_persuasion.pricing import price_of_leaks, price_over_supermodular, told
from instances.persuasion_problems import PersuasionProblem
from instances.set_functions import SetFunction, max_of_additive


def main() -> None:
    """Print the answers."""
    prior, thresholds = Fraction(1, 10), (Fraction(1, 5), Fraction(1, 3), Fraction(1, 2))

    print("The utility as a formula on the set of adopters: |S|²")
    problem = PersuasionProblem(prior, thresholds, SetFunction.from_formula(3, lambda adopters: len(adopters) ** 2))
    answer = price_of_leaks(problem, leaks=1)
    print(f"  private {answer.private}, robust to one leak {answer.robust}, public {answer.public}; price {answer.price}")

    print("\nThe utility as a table, in bitmask order: the best of two teams, {1, 2} or {3} worth double")
    problem = PersuasionProblem(prior, thresholds, max_of_additive([(1, 1, 0), (0, 0, 2)]))
    answer = price_of_leaks(problem, leaks=1)
    print(f"  private {answer.private}, robust to one leak {answer.robust}, public {answer.public}; price {answer.price}")
    print("  an optimal robust scheme:")
    for line in told(answer.scheme):
        print(f"    tell {line['adopt'] or 'nobody'}: probability {line['state 1']} with state 1, {line['state 0']} with state 0")

    print("\nAny private scheme, made robust by masking")
    private = private_scheme(problem)
    masked = mask(private, leaks=1)
    print(f"  the private scheme is robust: {is_persuasive(problem, private, 1)}; masked, it is: {is_persuasive(problem, masked, 1)}")
    print(f"  it keeps {value(problem, masked)} of {answer.private}")

    print("\nOnly the class is known: the worst supermodular utility at these thresholds")
    worst = price_over_supermodular(prior, thresholds, leaks=1)
    print(f"  the price is {worst.price}, at the utility {[str(v) for v in worst.worst.utility.values]}")


if __name__ == "__main__":
    main()
