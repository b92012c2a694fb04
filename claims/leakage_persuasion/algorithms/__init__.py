"""The paper's algorithms and the baselines (A1 to A12), exact. One file for each."""
