"""The screens to choose a routine, and those of a routine."""
