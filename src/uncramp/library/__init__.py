"""Which routines there are, and how files of routines are written."""
