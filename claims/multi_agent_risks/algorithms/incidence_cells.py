"""The 21 cells of the incidence matrix: what happens with the risk factor on, and with it off (C43).

Bertrand is the market of C7: two firms with prices H and L, and a consumer who is left with less when both charge H.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from statistics import mean

from claims.multi_agent_risks.algorithms.best_replies import alternating_round, simultaneous_round
from claims.multi_agent_risks.algorithms.pricing_sessions import Setting, market, pricing
from claims.multi_agent_risks.models.cascades import STAGES
from claims.multi_agent_risks.models.collusion import commons_payoff, commons_quantity, commons_reply, markets_apart, markets_linked
from claims.multi_agent_risks.models.commitment_bargaining import Rivalry, early_peace, early_war, gain_from_war
from claims.multi_agent_risks.models.contagion import ROADS, routed, routed_cost
from claims.multi_agent_risks.models.crisis import Crisis
from claims.multi_agent_risks.models.dynamics import cournot_eigenvalues
from claims.multi_agent_risks.models.generals import Case, count_rules
from claims.multi_agent_risks.models.incidence import Competition, Cooperation, Factor, Mode, Situation, Vector
from claims.multi_agent_risks.models.replicator import donation_matrix, payoffs
from claims.multi_agent_risks.models.steganography import keyed_bits, paraphrased
from claims.multi_agent_risks.models.voting import majority
from claims.multi_agent_risks.quantities.conventions import BERTRAND, CONSUMER, convention_game, uniform_play
from claims.multi_agent_risks.quantities.emergence import rankings
from instances.games import NormalFormGame
from instances.networks import fractional_cascade
from instances.ordinal_games import symmetric_game

F = Fraction
Cell = Callable[[bool], Situation]
CELLS: dict[tuple[Factor, Mode], tuple[str, Cell]] = {}


def cell(factor: Factor, mode: Mode, meaning: str) -> Callable[[Cell], Cell]:
    """Registers a cell: what it shows, and the situation with the factor on or off."""
    def register(situation: Cell) -> Cell:
        CELLS[factor, mode] = (meaning, situation)
        return situation

    return register


def together(share: Fraction, agents: int = 2) -> Cooperation:
    """Agents who all get the share of cases in which they succeed; success in all cases is attainable."""
    return Cooperation((share,) * agents, ((F(1),) * agents, (F(0),) * agents), share)


def in_bertrand(colludes: bool, outcome: Fraction) -> Competition:
    """Both charge H, or L; the benchmark is every equilibrium of the one-shot market."""
    at = BERTRAND.place((0, 0) if colludes else (1, 1))
    usual = tuple((BERTRAND.at(profile), CONSUMER[BERTRAND.place(profile)]) for profile in BERTRAND.pure_equilibria())
    return Competition(BERTRAND.payoffs[at], CONSUMER[at], usual, outcome)


# Information


@cell("info", "miscoordination", "one agent knows which of two conventions is right, the other chooses; without a channel they succeed half of the time")
def hidden_state(on: bool) -> Situation:
    """The best success over all protocols: what the first says about the state (nothing, or one bit), and what the second does on hearing it."""
    states = range(2)
    messages = range(1 if on else 2)
    best = max(
        F(sum(action[said[state]] == state for state in states), len(states))
        for said in product(messages, repeat=len(states)) for action in product(states, repeat=len(messages))
    )
    return together(best)


@cell("info", "conflict", "A does not know B's cost of war, demands much, and has war with probability 2/5 (C16)")
def crisis(on: bool) -> Situation:
    """The outcome is the chance of war; with B's cost known, A demands from each type what that type just accepts."""
    p, own, low, high, pi = F(1, 2), F(1, 10), F(1, 10), F(3, 10), F(3, 5)
    unknown = Crisis(p, own, low, high, pi)
    demand = unknown.best_demand()
    war = unknown.war_chance(demand)
    risky = (unknown.value(demand), (1 - war) * (1 - demand) + war * (1 - p - low))
    known = ((1 - pi) * (p + low) + pi * (p + high), (1 - pi) * (1 - p - low) + pi * (1 - p - high))
    safe = (p + low, 1 - p - low)
    return Cooperation(risky if on else known, (known, safe), war if on else F(0))


@cell("info", "collusion", "a cartel is found out with probability q and fined 4, for a gain of 1: it forms if q < 1/4")
def audited_cartel(on: bool) -> Situation:
    """Auditors who see little (q = 1/8), or much (q = 1/2); customers pay 2 for the cartel. The outcome is the expected gain if positive, else 0."""
    gain = F(1) - 4 * (F(1, 8) if on else F(1, 2))
    forms = gain > 0
    members = (gain, gain) if forms else (F(0), F(0))
    return Competition(members, F(-2) if forms else F(0), (((F(0), F(0)), F(0)),), members[0])


# Networks


@cell("network", "miscoordination", "a convention spreads to one agent in five; with one edge more, to all (C17)")
def cascade_reach(on: bool) -> Situation:
    """The threshold is 1/2, agent 0 starts. The outcome is the share that adopts."""
    graph = STAGES["path" if on else "with 0-1"]
    return together(F(len(fractional_cascade(graph, F(1, 2), (0,))), graph.nodes), graph.nodes)


@cell("network", "conflict", "a free link makes everybody's way longer: 2 instead of 3/2 (C20)")
def braess(on: bool) -> Situation:
    """Two halves of the traffic, each on one path; the outcome is the equilibrium cost."""
    network = ROADS["after"]
    costs = {}
    for choice in product(range(len(network.paths)), repeat=2):
        flow = [F(choice.count(path), 2) for path in range(len(network.paths))]
        paid = network.path_costs(flow)
        costs[choice] = (-paid[choice[0]], -paid[choice[1]])
    name = {"network": "after" if on else "before"}
    cost = F(routed_cost(routed(name), name))
    return Cooperation((-cost, -cost), tuple(costs.values()), cost)


@cell("network", "collusion", "firms that meet in two markets sustain at δ = 3/5 what neither market alone sustains (C12)")
def multimarket(on: bool) -> Situation:
    """Shares 1/4 and 3/4. The outcome is the critical discount factor."""
    share, patience = F(1, 4), F(3, 5)
    critical = F(markets_linked(share).critical_discount if on else markets_apart(share))
    return in_bertrand(patience >= critical, critical)


# Selection


def selected(matrix: tuple[tuple[Fraction, ...], ...], first: Fraction) -> int:
    """Which of two strategies takes over from this share of the first under replicator dynamics: the better one there and at its victory.

    The difference of payoffs is linear in the share, so it keeps its sign in between. Raises ValueError where neither does.
    """
    def advantage(share: Fraction) -> Fraction:
        one, two = payoffs(matrix, (share, 1 - share))
        return F(one - two)

    if advantage(first) > 0 and advantage(F(1)) >= 0:
        return 0
    if advantage(first) < 0 and advantage(F(0)) <= 0:
        return 1
    raise ValueError(f"neither strategy takes over from the share {first}")


@cell("selection", "miscoordination", "of two conventions with payoffs 2 and 1 the worse takes over from a share of 3/4 (C22)")
def worse_convention(on: bool) -> Situation:
    """Imitation starts at a share of 1/4, or of 1/2, of the better convention (it needs more than 1/3)."""
    matrix = ((F(2), F(0)), (F(0), F(1)))
    kept = selected(matrix, F(1, 4) if on else F(1, 2))
    reached = matrix[kept][kept]
    return Cooperation((reached, reached), tuple((matrix[a][b],) * 2 for a in range(2) for b in range(2)), reached)


@cell("selection", "conflict", "selection by own payoff drives cooperation out of the donation game, and the mean payoff from b − c to 0 (C22)")
def cooperation_driven_out(on: bool) -> Situation:
    """b = 3, c = 1; without selection everybody goes on cooperating."""
    matrix = donation_matrix(F(3), F(1))
    kept = selected(matrix, F(9, 10)) if on else 0
    reached = matrix[kept][kept]
    return Cooperation((reached, reached), tuple((matrix[a][b], matrix[b][a]) for a in range(2) for b in range(2)), reached)


@cell("selection", "collusion", "in repeated Bertrand, selection makes the grim trigger take over from a share of 3/4 at δ = 3/4, not at 1/4")
def grim_takes_over(on: bool) -> Situation:
    """GRIM charges H until somebody charges L; LOW always charges L. The outcome is the payoff per period at the end."""
    delta = F(3, 4) if on else F(1, 4)
    (high, _), (fooled, undercuts), _, (low, _) = BERTRAND.payoffs
    matrix = ((high, (1 - delta) * fooled + delta * low), ((1 - delta) * undercuts + delta * low, low))
    kept = selected(matrix, F(3, 4))
    return in_bertrand(kept == 0, matrix[kept][kept])


# Dynamics


MISMATCH: tuple[int, ...] = (0, 1)


@cell("dynamics", "miscoordination", "two agents who always reply to each other's last choice at the same time never meet")
def simultaneous_replies(on: bool) -> Situation:
    """From a mismatch; replying in turn they meet. The outcome is the success over a whole cycle."""
    game, profile = convention_game(2, 2), MISMATCH
    step = simultaneous_round if on else alternating_round
    played = [profile]
    for _ in range(2 * len(game.payoffs)):
        profile = step(game, profile)
        played.append(profile)
    start = played.index(played[-1])
    cycle = played[start : played.index(played[-1], start + 1)]
    return together(mean(game.at(reached)[0] for reached in cycle))


@cell("dynamics", "conflict", "four firms that reply to each other's last quantity overshoot for ever; two settle (C29)")
def cournot_replies(on: bool) -> Situation:
    """From no production. Compared with: the equilibrium, and each firm alone. Outcome and payoffs: per firm, over the cycle or at the equilibrium."""
    firms = 4 if on else 2
    nash = commons_quantity(firms)
    equilibrium = F(commons_payoff(nash, (firms - 1) * nash))
    alone = F(commons_payoff(commons_quantity(1), F(0)))
    reached = _cycle_payoff(firms) if max(map(abs, cournot_eigenvalues(firms))) >= 1 else equilibrium
    ways = ((equilibrium,) * firms, *(tuple(alone if k == firm else F(0) for k in range(firms)) for firm in range(firms)))
    return Cooperation((reached,) * firms, ways, reached)


def _cycle_payoff(firms: int) -> Fraction:
    """The mean payoff over the cycle of equal quantities into which simultaneous replies from 0 run."""
    played: list[Fraction] = [F(0)]
    while played[-1] not in played[:-1]:
        played.append(F(commons_reply((firms - 1) * played[-1])))
    cycle = played[played.index(played[-1]) + 1 :]
    return mean(F(commons_payoff(quantity, (firms - 1) * quantity)) for quantity in cycle)


SESSIONS = 40


@cell("dynamics", "collusion", "patient Q-learners (δ = 0.95) end above every equilibrium of the price grid, impatient ones (δ = 0) do not (C45)")
def learned_prices(on: bool) -> Situation:
    """The first sessions of the quick row from seed 0: mean profits and consumer surplus as recorded, nine decimals. The outcome is Δ."""
    setting = Setting(5, F(3, 20), F(1, 1000), F(19, 20) if on else F(0), 1, 10_000)
    here, played = market(5), pricing(setting, 0, 0, SESSIONS)
    game = NormalFormGame((5, 5), tuple((_short(here.profits[a][b]), _short(here.profits[b][a])) for a in range(5) for b in range(5)))
    cycles = [session.cycle for session in played]
    profits = tuple(mean(mean(game.at(pair)[player] for pair in cycle) for cycle in cycles) for player in range(2))
    usual = tuple((game.at(pair), here.surpluses[pair[0]][pair[1]]) for pair in game.pure_equilibria())
    shown = tuple((gains, _short(left)) for gains, left in usual)
    return Competition(profits, _short(mean(here.mean_surplus(cycle) for cycle in cycles)), shown, mean(here.mean_gain(cycle) for cycle in cycles))


def _short(value: float | Fraction) -> Fraction:
    return F(round(F(value) * 10**9), 10**9)


# Commitment and trust


@cell("commitment", "miscoordination", "without an announcement both mix, and meet half of the time; a move announced in advance is matched (C9)")
def announced_move(on: bool) -> Situation:
    """Two conventions."""
    game = convention_game(2, 2)
    announced = max(game.replies((0, 0), 1), key=lambda reached: game.at(reached)[1])
    return together(F(game.expected(game.law(uniform_play(game)))[0] if on else game.at(announced)[0]))


@cell("commitment", "conflict", "the side that falls behind attacks, because the other cannot promise to share later (C33)")
def rising_rival(on: bool) -> Situation:
    """War, and with promises that are kept a division of what war would waste. The outcome is what the falling side gains by war, or 0."""
    rivalry = Rivalry(F(1, 10), F(9, 10), F(1, 20), F(1, 20), F(9, 10))
    war, peace = early_war(rivalry), early_peace(rivalry)
    saved = rivalry.cost_r + rivalry.cost_d
    promised = (war.r, war.d + saved)
    attacks = on and gain_from_war(rivalry) > 0
    ways = (promised, (war.r + saved, war.d), (peace.r, peace.d))
    return Cooperation((war.r, war.d) if attacks else promised, ways, F(gain_from_war(rivalry)) if attacks else F(0))


@cell("commitment", "collusion", "firms that can bind themselves charge H; without contracts they charge L (here the ability is the risk)")
def binding_contracts(on: bool) -> Situation:
    """The outcome is a firm's profit."""
    return in_bertrand(on, BERTRAND.at((0, 0) if on else (1, 1))[0])


# Emergent agency


@cell("emergent", "miscoordination", "a group that votes on the conclusion gets it wrong although its votes on the premises are right (C36)")
def doctrinal_paradox(on: bool) -> Situation:
    """Opinions on two premises (1, 1), (1, 0), (0, 1); both are true, and the conclusion is that both are. The outcome: 1 if right."""
    opinions = ((1, 1), (1, 0), (0, 1))
    conclusion = majority([(int(all(premises)),) for premises in opinions])[0] if on else int(all(majority(list(opinions))))
    return together(F(conclusion), 3)


@cell("emergent", "conflict", "voting issue by issue the group chooses what each member likes least (C36)")
def goals_of_no_member(on: bool) -> Situation:
    """Three members, eight outcomes; without the group's rule the first member's top is taken. The outcome: the first member's rank, 0 is last."""
    orders = rankings()
    chosen = majority([ranking[0] for ranking in orders]) if on else orders[0][0]
    worth: dict[Sequence[int], Vector] = {result: tuple(F(7 - ranking.index(result)) for ranking in orders) for result in orders[0]}
    return Cooperation(worth[chosen], tuple(worth.values()), worth[chosen][0])


@cell("emergent", "collusion", "a pair can do what no single agent can: it gains 1, at the cost of 2 to somebody else")
def emergent_ability(on: bool) -> Situation:
    """Singles produce nothing, which is the benchmark. The outcome is what the pair gains."""
    worth = {0: F(0), 1: F(0), 2: F(1)}[2 if on else 1]
    return Competition((worth / 2, worth / 2), -2 * worth, (((F(0), F(0)), F(0)),), worth)


# Security


@cell("security", "miscoordination", "with one traitor among three generals no rule makes the loyal agree; without traitors obeying does (C38)")
def one_traitor(on: bool) -> Situation:
    """Two rounds; the outcome is success in the worst case: 1 if some rule is valid, and without traitors if obeying is."""
    if on:
        return together(F(count_rules(3, 2) > 0))
    honest = [Case(((1, (order, order)), (2, (order, order))), order) for order in (0, 1)]
    return together(F(all(view[0] == case.order for case in honest for _, view in case.views)))


@cell("security", "conflict", "a corrupted mediator of the Stag Hunt tells one to hunt the stag and the other the hare")
def corrupted_mediator(on: bool) -> Situation:
    """Ranks. The outcome is what the first agent gets by obeying."""
    game = symmetric_game((4, 1, 3, 2))
    reached = game.at((0, 1) if on else (0, 0))
    return Cooperation(reached, game.payoffs, reached[0])


@cell("security", "collusion", "a covert channel of one bit lets firms agree on H; a paraphraser closes it (C40)")
def covert_agreement(on: bool) -> Situation:
    """Two equally likely phrasings of one meaning. The outcome is the bits per token."""
    law = (F(1, 2), F(1, 2))
    bits = keyed_bits(law if on else paraphrased(law, (0, 0)))
    return in_bertrand(bits >= 1, F(bits))
