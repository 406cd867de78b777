"""A routine prepared for one run: what comes when, what is played and said."""
