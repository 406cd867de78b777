"""The speaker process: sounds cues at their moments, by the best backend that works here."""
