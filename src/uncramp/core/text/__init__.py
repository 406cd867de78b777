"""Lengths of time, safe text and suggestions: text without knowledge of routines."""
