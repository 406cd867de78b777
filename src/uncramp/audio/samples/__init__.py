"""Sound as samples: reading files, loudness, and the filter for the night."""
