"""The paper's algorithms and the baselines, each exact or certified, under one roof.

1. Normalised Borda: :mod:`voting`. 2. Reward maximum likelihood and DPO: :mod:`rewards`. 3. RLHF in a KL ball and regularised: :mod:`kl_ball`.
4. Maximal lotteries: :mod:`maximal_lotteries`. 5. NLHF and its regularised and misprinted forms: :mod:`nash`, :mod:`printed_nash`.
6. Exploitability: :mod:`kl_ball`. 7., 8. Worst-case programs and pool certificates: :mod:`worst_case`. Finite samples: :mod:`concentration`, :mod:`sampling`.
"""

from __future__ import annotations

from claims.alignment_distortion.concentration import (
    Majority,
    binomial_window,
    borda_radius,
    borda_radius_without_minimum,
    deviation_outside,
    latent_borda_failure,
    latent_win_rate_failure,
    majority,
    win_rate_deviation,
    win_rate_radius,
    win_rate_radius_without_minimum,
)
from claims.alignment_distortion.kl_ball import (
    Reference,
    Tilt,
    best_response_bound,
    dual_value,
    exploitability,
    maximise,
    regularised_policy,
    tilt,
)
from claims.alignment_distortion.maximal_lotteries import divergence, least_kl_maximal_lottery, maximal_lottery
from claims.alignment_distortion.nash import (
    Equilibrium,
    nlhf,
    population_nlhf,
    population_regularised_nlhf,
    regularised_nlhf,
)
from claims.alignment_distortion.printed_nash import population_printed_nlhf, printed_regularised_nlhf
from claims.alignment_distortion.rewards import (
    NoMaximumError,
    dpo_policy,
    implicit_reward_shift,
    maximum_likelihood_rewards,
    negative_log_likelihood,
    pair_law_rewards,
    population_rewards,
    reward_sign,
    wins_of_table,
)
from claims.alignment_distortion.voting import (
    Tally,
    borda_scores_of,
    empirical_margins,
    empirical_win_rates,
    plackett_luce_marginals,
    printed_borda_scores_of,
    uniform_on_best,
)
from claims.alignment_distortion.worst_case import (
    PoolCertificate,
    borda_certificate,
    borda_loss_worst_case,
    borda_worst_case,
    decode_population,
    grid_types,
    holds_on_grid,
    maximal_lottery_worst_case,
    misordering_certificate,
    misordering_worst_case,
)

__all__ = [
    "Equilibrium", "Majority", "NoMaximumError", "PoolCertificate", "Reference", "Tally", "Tilt", "best_response_bound", "binomial_window",
    "borda_certificate", "borda_loss_worst_case", "borda_radius", "borda_radius_without_minimum", "borda_scores_of", "borda_worst_case",
    "decode_population", "deviation_outside", "divergence", "dpo_policy", "dual_value", "empirical_margins", "empirical_win_rates",
    "exploitability", "grid_types", "holds_on_grid", "implicit_reward_shift", "latent_borda_failure", "latent_win_rate_failure",
    "least_kl_maximal_lottery", "majority", "maximal_lottery", "maximal_lottery_worst_case", "maximise", "maximum_likelihood_rewards",
    "misordering_certificate", "misordering_worst_case", "negative_log_likelihood", "nlhf", "pair_law_rewards", "plackett_luce_marginals",
    "population_nlhf", "population_printed_nlhf", "population_regularised_nlhf", "population_rewards", "printed_borda_scores_of", "printed_regularised_nlhf",
    "regularised_nlhf", "regularised_policy", "reward_sign", "tilt", "uniform_on_best", "win_rate_deviation", "win_rate_radius",
    "win_rate_radius_without_minimum", "wins_of_table",
]
