"""The keys of the full screen, and the person's own keys."""
