"""Runs and cramps night by night, and the conclusions from them."""
