"""Listening for two claps, in a separate process, if the person wants that."""
