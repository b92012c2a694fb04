"""What formulations and mutants are made of: exact quantities, section by section."""
