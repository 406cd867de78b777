"""A plan being run: where it is, what a person does to it, its events."""
