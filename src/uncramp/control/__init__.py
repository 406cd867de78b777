"""Steering a run from elsewhere: a socket for this person's programs, media keys."""
