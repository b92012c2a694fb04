"""The claims of the report, section by section."""
