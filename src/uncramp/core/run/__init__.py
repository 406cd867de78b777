"""A plan being followed: where it is, what a person does to it, what it tells."""
