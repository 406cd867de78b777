"""What a routine is, and how its file is read."""
