"""Which routine suits a person, and what their conditions change of it."""
