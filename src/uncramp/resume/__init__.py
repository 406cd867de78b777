"""A run under way, kept on disk so that it can be taken up again, whatever became of it."""
