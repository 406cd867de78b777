"""A routine made ready for one run: what comes when, what is sounded and said."""
