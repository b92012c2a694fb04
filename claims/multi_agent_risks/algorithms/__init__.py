"""The algorithms of the room, one topic a module."""
