"""The history: what was done and what happened, the month, and what a person says of a cramp."""
