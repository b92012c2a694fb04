"""False variants of the claims, section by section."""
