"""The definitions, topic by topic, as pure functions on instances."""
