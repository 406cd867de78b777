"""Which routine suits a person, and what their conditions change in it."""
