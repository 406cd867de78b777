"""The command line: what was asked, and the command that does it."""
