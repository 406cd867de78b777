"""Runs on disk: the history, and runs that go on or were cut off."""
