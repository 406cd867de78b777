"""The speaker process: plays cues at their moments, with the best backend that works here."""
