"""Lengths of time, safe text and suggestions: words that know nothing of routines."""
