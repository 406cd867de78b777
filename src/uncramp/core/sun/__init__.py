"""When the sun rises and sets."""
