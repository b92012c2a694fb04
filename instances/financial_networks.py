"""Networks of debts, and the payments that clear them.

Bank i owes ``liabilities[i][j]`` to bank j and holds outside assets ``assets[i]``. Each pays what it owes, or else all it has, to its creditors in
proportion. Payments p clear the network when p = min(p̄, e + Πᵀp), with total liabilities p̄ and shares Π.

Reference: L. Eisenberg, T. H. Noe, Systemic risk in financial systems, Management Science 47 (2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.linear_algebra import solve as solve_system
from exact.linear_programs import Problem, Row
from exact.reals import Real, minimum
from instances.errors import InstanceError
from instances.instance import Instance, matrix, rationals

Payments = tuple[Fraction, ...]


@dataclass(frozen=True)
class FinancialNetwork(Instance):
    """Debts between banks, and their outside assets; all non-negative.

    Raises InstanceError unless the liabilities are a square matrix with zeros on its diagonal, with one outside asset for each row.
    """

    liabilities: tuple[tuple[Fraction, ...], ...]
    assets: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        liabilities, assets = matrix("liabilities", self.liabilities, lower=0), rationals("assets", self.assets, lower=0)
        if len(liabilities) != len(liabilities[0]):
            raise InstanceError("liabilities", f"{len(liabilities)} rows of {len(liabilities[0])} entries are no square matrix")
        if len(assets) != len(liabilities):
            raise InstanceError("assets", f"{len(assets)} entries for {len(liabilities)} banks")
        for i, row in enumerate(liabilities):
            if row[i] != 0:
                raise InstanceError(f"liabilities[{i}][{i}]", "a bank owes nothing to itself")
        object.__setattr__(self, "liabilities", liabilities)
        object.__setattr__(self, "assets", assets)

    @property
    def banks(self) -> int:
        """The number of banks."""
        return len(self.assets)

    @property
    def obligations(self) -> tuple[Real, ...]:
        """p̄: what each bank owes in all."""
        return tuple(sum(row, Fraction(0)) for row in self.liabilities)

    def shares(self) -> tuple[tuple[Real, ...], ...]:
        """Π: the part of each bank's payment that each other bank receives; zero where nothing is owed."""
        return tuple(
            tuple(entry / total if total > 0 else Fraction(0) for entry in row) for row, total in zip(self.liabilities, self.obligations, strict=True)
        )

    def means(self, payments: Sequence[Real]) -> tuple[Real, ...]:
        """e + Πᵀp: what each bank has when the others pay so."""
        shares = self.shares()
        return tuple(self.assets[j] + sum((shares[i][j] * payments[i] for i in range(self.banks)), Fraction(0)) for j in range(self.banks))

    def settled(self, payments: Sequence[Real]) -> tuple[Real, ...]:
        """min(p̄, e + Πᵀp): what each bank pays next. Payments clear the network where this changes nothing."""
        return tuple(minimum([owed, has]) for owed, has in zip(self.obligations, self.means(payments), strict=True))

    def defaults(self, payments: Sequence[Real]) -> tuple[int, ...]:
        """The banks that pay less than they owe."""
        return tuple(i for i, (paid, owed) in enumerate(zip(payments, self.obligations, strict=True)) if paid < owed)


def greatest_clearing(network: FinancialNetwork) -> Payments:
    """The greatest clearing payments, by the fictitious default algorithm: at most one exact linear system for each bank.

    Start from full payment. As long as more banks come short, let exactly these pay all they have, the others in full, and solve. The systems are regular:
    a group of defaulting banks that owes to itself only would have to lose money that nobody receives.
    """
    payments: Payments = network.obligations
    short: set[int] = set()
    while True:
        means = network.means(payments)
        more = short | {i for i in range(network.banks) if means[i] < network.obligations[i]}
        if more == short:
            return payments
        short = more
        payments = _paid_by(network, short)


def _paid_by(network: FinancialNetwork, short: set[int]) -> Payments:
    """Payments where exactly the banks that come short pay all they have: p_S − Π_SSᵀ p_S = e_S + what the others pay them."""
    order, shares, owed = sorted(short), network.shares(), network.obligations
    place = {bank: k for k, bank in enumerate(order)}
    rows: list[Mapping[int, Fraction]] = []
    right = []
    for j in order:
        row = {place[i]: -shares[i][j] for i in order if shares[i][j] != 0 and i != j}
        row[place[j]] = Fraction(1)
        rows.append(row)
        right.append(network.assets[j] + sum((shares[i][j] * owed[i] for i in range(network.banks) if i not in short), Fraction(0)))
    solution = solve_system(rows, right)
    return tuple(solution[place[i]] if i in short else owed[i] for i in range(network.banks))


def least_clearing(network: FinancialNetwork) -> Payments:
    """The least clearing payments: nothing where no outside asset arrives along debts, and elsewhere the only ones that there are.

    Two clearing vectors leave every bank with the same equity (Eisenberg and Noe, Theorem 1), so they differ only on a group that owes to itself only and
    receives nothing from outside. Where money arrives, every payment on its way is positive, so there is no such group.
    """
    reached = {i for i in range(network.banks) if network.assets[i] > 0}
    fresh = set(reached)
    while fresh:
        fresh = {j for i in fresh for j in range(network.banks) if network.liabilities[i][j] > 0} - reached
        reached |= fresh
    kept = tuple(
        tuple(entry if i in reached else Fraction(0) for entry in row) for i, row in enumerate(network.liabilities)
    )
    return greatest_clearing(FinancialNetwork(kept, network.assets))


def clearing_program(network: FinancialNetwork) -> Problem:
    """Maximise Σp over 0 <= p <= min(p̄, e + Πᵀp): its only optimal point is the greatest clearing vector.

    The feasible set contains the greater of any two of its points, entry by entry, so it has a greatest point, and settling that point again cannot
    raise it: it clears.
    """
    shares, banks = network.shares(), range(network.banks)
    rows = []
    for j in banks:
        entries = {i: -shares[i][j] for i in banks if shares[i][j] != 0}
        rows.append(Row({**entries, j: Fraction(1)}, upper=network.assets[j]))
    bounds = [(Fraction(0), owed) for owed in network.obligations]
    return Problem(sense="maximise", columns=network.banks, objective=dict.fromkeys(banks, 1), rows=rows, column_bounds=bounds)
