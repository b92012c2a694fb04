"""The claims with their parts, formulations and arguments, section by section in the paper's order."""
