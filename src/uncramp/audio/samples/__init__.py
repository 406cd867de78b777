"""Sound as samples: reading files, loudness, and what the night makes of a sound."""
