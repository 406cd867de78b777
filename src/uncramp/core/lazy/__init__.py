"""Things that are made at their first use, so that commands that never need them start sooner."""
