"""What was done and what happened, night by night, and what can be said of it."""
