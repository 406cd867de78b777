"""The voice: a phrase becomes a clip, made ahead, cached, and played like any chime."""
