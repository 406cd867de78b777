"""One run, from the choice of a routine to its record."""
