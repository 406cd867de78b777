"""Words to sound: a phrase becomes a clip, made ahead, kept, and played like any chime."""
