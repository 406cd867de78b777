"""The names of the history's files in its folder."""

FILE_NAME = "runs.jsonl"
"""The file of runs that ended."""

DATABASE_NAME = "history.sqlite3"
"""The database beside it, which takes in what the file has."""
