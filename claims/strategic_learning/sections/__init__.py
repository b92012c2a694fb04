"""The claims, section by section."""
