"""The keys of the full screen, and those that a person set."""
